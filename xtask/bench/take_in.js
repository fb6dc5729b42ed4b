report(async () => {
  await wake();
  const text = lines("person", input);
  const clipboard = copied(text);
  const [ours, longest] = await measure(async () => {
    paste(clipboard);
    await until(() => button.textContent.includes(input.toLocaleString("en")));
  });
  const [peer, peer_longest] = await measure(async () => {
    const found = new Map();
    for (const line of text.split("\n")) {
      const [, name, address] = /^\s*(.*?)\s*<([^<>@\s]+@[^<>@\s]+\.[^<>@\s]+)>\s*$/.exec(line) ?? [];
      if (address) found.set(address.toLowerCase(), { name, address });
    }
    await until(() => found.size === input);
  });
  return { ours, longest, peer, peer_longest };
});
