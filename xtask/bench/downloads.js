// Calls `done` with all that the page downloads, the document first, once nothing has come for a while.
const [done] = arguments;
const entries = () => [
  ...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource"),
];
const look = (before) => {
  const now = entries();
  if (now.length > before) return setTimeout(look, 1500, now.length);
  // What another request has brought already, such as a preload, was not transferred again.
  const transferred = now.filter(({ transferSize }) => transferSize > 0);
  done(
    transferred.map(({ name, encodedBodySize, startTime }) => ({
      address: name.split("?")[0],
      bytes: encodedBodySize,
      asked: startTime,
    })),
  );
};
look(0);
