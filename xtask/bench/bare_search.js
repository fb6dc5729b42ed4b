// The least that a search can be: ask clerk-js for all pages, look through them.
report(async () => {
  let all = [];
  const find = (text) => until(() => all.filter(({ emailAddress }) => emailAddress.includes(text)).length === 1);
  /** As long as a person takes to type it. */
  const typed = async (text) => {
    for (const _ of text) await new Promise((typed) => setTimeout(typed, 100));
  };
  const [first, longest] = await measure(async () => {
    const typing = typed(`person${input - 1}@`);
    for (let initialPage = 1; all.length < input; initialPage += 1) {
      const page = { status: ["pending"], pageSize: 500, initialPage };
      all = all.concat((await Clerk.organization.getInvitations(page)).data);
    }
    await typing;
    await find(`person${input - 1}@`);
  });
  const [again, again_longest] = await measure(async () => {
    await typed("person12345@");
    await find("person12345@");
  });
  const [sorted, sorted_longest] = await measure(async () => {
    all.sort((one, other) => (one.emailAddress < other.emailAddress ? -1 : 1));
    await until(() => all[0].emailAddress.startsWith("person0@"));
  });
  const [selected, selected_longest] = await measure(async () => {
    globalThis.ids = new Set(all.map(({ id }) => id));
    await until(() => ids.size === input);
  });
  globalThis.held = all;
  return { until: first, longest, again, again_longest, sorted, sorted_longest, selected, selected_longest };
});
