// What the measurements in the page share. Set in front of each, behind `const [input, done] = arguments;`.
let longest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
}).observe({ type: "longtask" });

const until = async (condition) => {
  const patience = performance.now() + 50_000;
  while (!condition()) {
    if (performance.now() > patience) throw new Error(`waited in vain for ${condition}`);
    // Not a frame: to ask for each has the browser draw sixty times a second.
    await new Promise((waited) => setTimeout(waited, 20));
  }
};

/** What `work` takes, in milliseconds, and the longest task meanwhile. */
const measure = async (work) => {
  // Tasks are told of a little later.
  await new Promise((told) => setTimeout(told, 300));
  longest = 0;
  const start = performance.now();
  await work();
  const took = performance.now() - start;
  await new Promise((told) => setTimeout(told, 300));
  return [took, longest];
};

const box = document.getElementById("invite-email");
const button = document.getElementById("invite-send");

/** A text as the browser hands it over: it takes the text from the clipboard before the page hears of it. */
const copied = (text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  return clipboardData;
};

const paste = (clipboardData) => {
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
};

/** Wakes the form up: what stands behind it is fetched at the first use. */
const wake = async () => {
  box.focus();
  await until(() => document.querySelector(".batch"));
};

const lines = (name, count) =>
  Array.from({ length: count }, (_, n) => `Person ${n} <${name}${n}@example.org>`).join("\n");

const report = (run) => run().then(done, (error) => done(String(error)));
