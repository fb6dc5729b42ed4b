// Runs before the page does, the same in every page that is measured. Times are milliseconds since the navigation began.
{
  const language = new URLSearchParams(location.search).get("lang") ?? "";
  let stop;
  const rows = new Promise((resolve) => (stop = resolve));
  let row;
  const look = new MutationObserver(() => {
    if (!document.querySelector("tbody tr[data-invitation]")) return;
    row ??= performance.now();
    // The page says its language right after drawing its words.
    if (!document.documentElement.lang.startsWith(language)) return;
    look.disconnect();
    stop({ row, words: performance.now() });
  });
  look.observe(document, { childList: true, subtree: true, attributes: true });
  const text = new Promise((resolve) => {
    new PerformanceObserver((list, paints) => {
      if (list.getEntriesByName("first-contentful-paint").length === 0) return;
      paints.disconnect();
      resolve();
    }).observe({ type: "paint", buffered: true });
  });
  const painted = (name) => performance.getEntriesByName(name)[0].startTime;
  const wasm = () => performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"));
  globalThis.stopwatch = Promise.all([rows, text]).then(([rows]) => ({
    paint: painted("first-paint"),
    text: painted("first-contentful-paint"),
    ...rows,
    wasm: wasm()?.responseEnd,
  }));
}
