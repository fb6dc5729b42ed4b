report(async () => {
  await wake();
  paste(copied(lines("ours", input)));
  await until(() => button.textContent.includes(String(input)));
  const [ours, longest] = await measure(async () => {
    button.click();
    await until(() => document.querySelector(".under .notice.success")?.textContent.includes(String(input)));
  });
  const [peer, peer_longest] = await measure(async () => {
    const addresses = Array.from({ length: input }, (_, n) => `peer${n}@example.org`);
    const worker = async () => {
      while (addresses.length) {
        const emailAddresses = addresses.splice(0, 10);
        await Clerk.organization.inviteMembers({ emailAddresses, role: "org:member" });
      }
    };
    // As many at a time as the page.
    await Promise.all([worker(), worker(), worker()]);
  });
  return { ours, longest, peer, peer_longest };
});
