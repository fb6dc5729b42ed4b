report(async () => {
  const field = document.getElementById("list-search");
  const rows = () => document.querySelectorAll("tr[data-invitation]");
  /** Types as a person does, a letter every tenth of a second, and waits until only `address` is found. */
  const search = async (address) => {
    for (let letters = 1; letters <= address.length; letters += 1) {
      field.value = address.slice(0, letters);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await new Promise((typed) => setTimeout(typed, 100));
    }
    await until(() => {
      const isRead = !document.querySelector(".reading .button");
      return isRead && rows().length === 1 && rows()[0].querySelector("th").textContent.includes(address);
    });
  };
  field.focus();
  const [first, longest] = await measure(() => search(`person${input - 1}@`));
  const [again, again_longest] = await measure(() => search("person12345@"));
  field.value = "";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await until(() => rows().length > 1);
  const [sorted, sorted_longest] = await measure(async () => {
    document.querySelector("th[aria-sort] button").click();
    await until(() => document.querySelector("th[aria-sort=ascending]") && rows()[0].textContent.includes("person0@"));
  });
  document.querySelector("thead input[type=checkbox]").click();
  const every = input.toLocaleString("en");
  const button = () => [...document.querySelectorAll(".selection button")].find((button) => button.textContent.includes(every));
  await until(button);
  const [selected, selected_longest] = await measure(async () => {
    button().click();
    await until(() => document.querySelector(".selection [role=status]").textContent.includes(every));
  });
  return { until: first, longest, again, again_longest, sorted, sorted_longest, selected, selected_longest };
});
