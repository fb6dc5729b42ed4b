// Finds what a person sees by role and name. Set in front of each script that a test runs.
const clean = (text) => (text ?? "").replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();

const SELECTORS = {
  button: "button, [role=button]",
  cell: "td, th, [role=cell], [role=rowheader]",
  checkbox: "input[type=checkbox], [role=checkbox]",
  columnheader: "th[scope=col], [role=columnheader]",
  combobox: "select, [role=combobox]",
  dialog: "dialog[open], [role=dialog]",
  file: "input[type=file]",
  heading: "h1, h2, h3, [role=heading]",
  main: "main, [role=main]",
  link: "a[href], [role=link]",
  list: "ul, ol, [role=list]",
  navigation: "nav, [role=navigation]",
  progressbar: "progress, [role=progressbar]",
  region: "section[aria-label], section[aria-labelledby], [role=region]",
  row: "tr, [role=row]",
  submit: "button[type=submit]",
  table: "table, [role=table]",
  textbox: "input:not([type=checkbox], [type=file], [type=hidden], [type=radio]), textarea, [role=textbox]",
};

const isVisible = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest("[aria-hidden=true], [inert]");

// The document, and the shadow roots of the elements that show the page in it.
const trees = () => {
  const embedded = [...document.querySelectorAll("clerk-invitations")].map((element) => element.shadowRoot);
  return [document, ...embedded.filter(Boolean)];
};
const byId = (id) => trees().map((tree) => tree.getElementById(id)).find(Boolean) ?? null;
const focused = () => trees().map((tree) => tree.activeElement).filter(Boolean).at(-1);

const nameOf = (element) => {
  const labelled = element.getAttribute("aria-labelledby");
  const spoken =
    (labelled && labelled.split(" ").map((id) => element.getRootNode().getElementById(id)?.textContent).join(" ")) ||
    element.getAttribute("aria-label") ||
    (element.labels?.length && element.labels[0].firstChild.textContent) ||
    element.innerText;
  return clean(spoken);
};

const find = (thing) => {
  const roots = thing.within ? find(thing.within) : trees();
  const selector = SELECTORS[thing.role] ?? `[role=${thing.role}]`;
  return roots
    .flatMap((root) => [...root.querySelectorAll(selector)])
    .filter((element) => isVisible(element))
    .filter((element) => {
      if (thing.name === null) return true;
      const name = nameOf(element);
      return thing.whole ? name === thing.name : name.includes(thing.name);
    });
};

const all = (role) => find({ role, name: null, whole: true, within: null });

// What stands around an element: the nearest that holds something else, too.
const around = (element, selector) => {
  let outer = element?.parentElement;
  while (outer && !outer.querySelector(selector)) outer = outer.parentElement;
  return outer;
};

// The rows of the list: each begins with whom it is about. What is said of one stands in a row of its own below it.
const rows = () =>
  all("table")
    .flatMap((table) => [...table.querySelectorAll("tbody > tr")])
    .filter((row) => isVisible(row) && row.querySelector("th[scope=row]"))
    .map((row) => {
      const heads = [...row.closest("table").querySelectorAll("thead th")].map((head) => clean(head.textContent));
      const next = row.nextElementSibling;
      const below = next && !next.querySelector("th") ? next : null;
      return {
        element: row,
        name: row.querySelector("th").firstElementChild,
        isNew: !!row.querySelector("th > :not([title])"),
        box: row.querySelector("input[type=checkbox]"),
        cell: (head) => row.cells[heads.indexOf(head)] ?? null,
        below,
        buttons: [row, below].flatMap((one) => [...(one?.querySelectorAll("button") ?? [])]),
      };
    });

// The section of the list: its heading is what names the table.
const listSection = () => byId("list-heading")?.closest("section");
