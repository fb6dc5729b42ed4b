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
      const paint = list.getEntriesByName("first-contentful-paint")[0];
      if (!paint) return;
      paints.disconnect();
      resolve(paint.startTime);
    }).observe({ type: "paint", buffered: true });
  });
  globalThis.stopwatch = Promise.all([text, row]);
}
