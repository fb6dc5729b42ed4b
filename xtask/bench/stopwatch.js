// Runs before the page does, the same in every page that is measured. Times are milliseconds since the navigation began.
{
  let stop;
  const row = new Promise((resolve) => (stop = resolve));
  const look = new MutationObserver(() => {
    if (!document.querySelector("tbody tr[data-invitation]")) return;
    look.disconnect();
    stop(performance.now());
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
  globalThis.stopwatch = Promise.all([row, text]).then(([row]) => ({
    paint: painted("first-paint"),
    text: painted("first-contentful-paint"),
    row,
  }));
}
