// Stands in front of the page's own scripts where another browser than Chromium shows it.
Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false });

const note = (what) => {
  const noted = JSON.parse(sessionStorage.getItem("complaints") ?? "[]");
  sessionStorage.setItem("complaints", JSON.stringify([...noted, what]));
};
addEventListener("error", ({ message }) => message && note(`error: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => note(`unhandled rejection: ${reason}`));
const { error } = console;
console.error = (...said) => {
  note(`console: ${said.join(" ")}`);
  error(...said);
};
