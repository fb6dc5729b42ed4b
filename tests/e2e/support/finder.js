// Finds what a person sees by role and name. Set in front of each script that a test runs.
const clean = (text) => (text ?? "").replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();

const SELECTORS = {
  button: "button, [role=button]",
  cell: "td, th, [role=cell], [role=rowheader]",
  checkbox: "input[type=checkbox], [role=checkbox]",
  columnheader: "th[scope=col], [role=columnheader]",
  combobox: "select, [role=combobox]",
  dialog: "dialog[open], [role=dialog]",
  file: "input[type=file]",
  heading: "h1, h2, h3, [role=heading]",
  main: "main, [role=main]",
  link: "a[href], [role=link]",
  navigation: "nav, [role=navigation]",
  progressbar: "progress, [role=progressbar]",
  region: "section[aria-label], section[aria-labelledby], [role=region]",
  row: "tr, [role=row]",
  submit: "button[type=submit]",
  table: "table, [role=table]",
  textbox: "input:not([type=checkbox], [type=file], [type=hidden], [type=radio]), textarea, [role=textbox]",
};

const isVisible = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest("[aria-hidden=true], [inert]");

const nameOf = (element) => {
  const labelled = element.getAttribute("aria-labelledby");
  const spoken =
    (labelled && labelled.split(" ").map((id) => document.getElementById(id)?.textContent).join(" ")) ||
    element.getAttribute("aria-label") ||
    (element.labels?.length && element.labels[0].firstChild.textContent) ||
    element.innerText;
  return clean(spoken);
};

const find = (thing) => {
  const roots = thing.within ? find(thing.within) : [document];
  const selector = SELECTORS[thing.role] ?? `[role=${thing.role}]`;
  return roots
    .flatMap((root) => [...root.querySelectorAll(selector)])
    .filter((element) => isVisible(element))
    .filter((element) => {
      if (thing.name === null) return true;
      const name = nameOf(element);
      return thing.whole ? name === thing.name : name.includes(thing.name);
    });
};
