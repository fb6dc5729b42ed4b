// Runs before the page does. Remembers each layout shift and each long task.
{
  const seen = (type) => {
    const entries = [];
    new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true });
    return entries;
  };
  const shifts = seen("layout-shift");
  const tasks = seen("longtask");
  /** What steadiness.rs reads; `row` is when the first row was there. */
  globalThis.steadiness = (row) => {
    const after = tasks.filter(({ startTime }) => startTime >= row).map(({ duration }) => duration);
    const unasked = shifts.filter(({ hadRecentInput }) => !hadRecentInput);
    return {
      shift: unasked.reduce((sum, { value }) => sum + value, 0),
      longest: Math.max(0, ...after),
      tasks: after.length,
    };
  };
}
