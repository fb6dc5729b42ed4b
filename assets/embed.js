// The page as an element of another page: defines `<clerk-invitations>`, and exports two functions that mount it.
//
// This file keeps its name over all versions. It takes the current one from index.html, which stands beside it: the names of the
// other files, the stylesheets, and what is shown until the page has started. What another page would bend stays out of its
// reach in a shadow root; what Clerk's components need of it stands outside.

const NAME = "clerk-invitations";
/** The folder of the page's files. */
const base = new URL(".", import.meta.url).href;

/** The attributes that say what config.json says otherwise, and how each is read. */
const text = (value) => value;
/** What is no number stays a text: the page says that it is none. */
const number = (value) => (value.trim() === "" || Number.isNaN(Number(value)) ? value : Number(value));
const truth = (value) => value !== "false";
const SETTINGS = {
  "publishable-key": text,
  "proxy-url": text,
  domain: text,
  "is-satellite": truth,
  "sign-in-url": text,
  "sign-up-url": text,
  "after-accept-url": text,
  "clerk-js-version": text,
  "clerk-js-url": text,
  "clerk-ui-url": text,
  locale: text,
  "page-size": number,
  shortcuts: truth,
};
/** The attributes with which the page starts anew when they change. `appearance` is for the stylesheet alone. */
const ATTRIBUTES = [...Object.keys(SETTINGS), "routing", "path"];

/** `pageSize` for `page-size`. */
const camelCase = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** The attributes by the names that they have as properties. */
const PROPERTIES = new Map([...ATTRIBUTES, "appearance"].map((name) => [camelCase(name), name]));

/** How long the host may take to bring Clerk where nothing else says which Clerk to use, in milliseconds. */
const PATIENCE = 5_000;
/** Milliseconds between two looks at whether it has. */
const POLL_INTERVAL = 50;

/** The address of what `selector` names in index.html. */
const addressIn = (page, selector, attribute) => new URL(page.querySelector(selector).getAttribute(attribute), base).href;

let coming;

/**
 * The current version: its document (`page`), boot.js, its stylesheets, and the function that mounts the page, once that has come.
 * All elements share it. After a failure the next element tries again.
 */
function currentVersion() {
  coming ??= bringVersion();
  coming.then(({ started }) => started).catch(() => (coming = undefined));
  return coming;
}

/** How often a script was asked for in vain, by its address. */
const failures = new Map();

/**
 * Brings a script, and resolves with the address by which it is here then. A browser remembers for as long as the document lives that
 * a script did not arrive: it is asked for once more by another address.
 */
async function bringScript(address) {
  const count = failures.get(address) ?? 0;
  const asked = count > 0 ? `${address}?${count}` : address;
  try {
    await import(asked);
  } catch (error) {
    failures.set(address, count + 1);
    throw error;
  }
  return asked;
}

/**
 * The document that index.html is, for what stands in it. The policy of the page around holds for it too: a `<base>` or a `<style>`
 * in it would be reported as a violation, although nothing comes of either here. theme.css is fetched, so its copy is not needed.
 */
function parsed(html) {
  const text = html.replace(/<base\b[^>]*>|<style data-theme>.*?<\/style>/gs, "").replace(/<(\/?)style>/g, (_, end) => (end ? "</script>" : '<script type="text/css">'));
  return new DOMParser().parseFromString(text, "text/html");
}

async function bringVersion() {
  // The folder, because some hosts redirect index.html to it.
  const answer = await fetch(base, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${base} answered with HTTP status ${answer.status}`);
  const page = parsed(await answer.text());
  const loader = page.querySelector("#app-loader").dataset;
  const bytes = fetch(new URL(loader.wasm, base));
  const glue = bringScript(new URL(loader.js, base).href);
  for (const promise of [bytes, glue]) promise.catch(() => {}); // Reported once, by what starts the wasm.
  const boot = bringScript(addressIn(page, "script[type=module][src]", "src")).then((address) => import(address));
  const [module, sheets] = await Promise.all([boot, styleSheets(page)]);
  const started = glue.then((js) => module.startWasm({ ...loader, js }, bytes, base));
  return { page, boot: module, sheets, started };
}

/** The texts of the stylesheets, the deployer's theme.css last. One that can't be read is left out, as in a document. */
function styleSheets(page) {
  const read = (sheet) =>
    sheet.textContent ||
    fetch(new URL(sheet.getAttribute("href"), base))
      .then((answer) => (answer.ok ? answer.text() : ""))
      .catch(() => "");
  return Promise.all([...page.querySelectorAll("script[type='text/css'], link[rel=stylesheet]")].map(read));
}

/** Under the page's own rules: nothing that the host's elements have is inherited but the colour scheme. */
const ISOLATION = `@layer isolation { .body { all: initial; display: block; color-scheme: inherit; visibility: inherit; } }`;
/** Over them. */
const EMBEDDED = `
  :host { display: block; color-scheme: inherit; scrollbar-gutter: auto; }
  :host([hidden]) { display: none; }
  :host([appearance=light]) { color-scheme: light; }
  :host([appearance=dark]) { color-scheme: dark; }
  :host([appearance=auto]) { color-scheme: light dark; }
  .body { container-type: inline-size; }
  #app { min-block-size: 0; }
`;

/**
 * A stylesheet of the page for a shadow root: what it says of `:root` is said of the element, a `rem` is the reader's own size of
 * text (`rem`, in pixels) and not the host's, and as wide as the window is as wide as the element.
 */
const forShadowRoot = (css, rem) =>
  css
    .replace(/:root\b/g, ":host")
    .replace(/(?<![\w.#])(\d*\.?\d+)rem\b/g, (_, size) => `${size * rem}px`)
    .replace(/@media\s*(\(width[^()]*\))(?=\s*\{)/g, "@container $1");

/** The custom properties of the page that are set around `element`, which is to take them over. */
function inherited(css, element) {
  const around = element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;
  if (!around) return "";
  const set = getComputedStyle(around);
  const names = new Set(css.match(/--ci-[\w-]+(?=\s*:)/g));
  const rules = [...names].filter((name) => set.getPropertyValue(name)).map((name) => `${name}: inherit;`);
  return `:host { ${rules.join(" ")} }`;
}

/** Gives a shadow root its stylesheets. Answers what makes a further one of the page fit there. */
function adopt(root, frame, sheets, element) {
  const sheet = (css) => {
    const sheet = new CSSStyleSheet({ baseURL: base });
    sheet.replaceSync(css);
    return sheet;
  };
  root.adoptedStyleSheets = [sheet(ISOLATION)];
  const rem = parseFloat(getComputedStyle(frame).fontSize) || 16;
  const adapt = (css) => forShadowRoot(css, rem);
  root.adoptedStyleSheets = [ISOLATION, ...sheets.map(adapt), EMBEDDED, inherited(sheets[0], element)].map(sheet);
  return adapt;
}

/** What can stand in the query of the host's address. */
const IN_QUERY = /^(view|search|sort|page|size|__clerk_ticket|__clerk_status)(=|$)/;
/** The part of it that Clerk's form uses up. */
const TICKET = /^__clerk_(ticket|status)(=|$)/;
const partsOf = (search) => search.slice(1).split("&").filter(Boolean);
const asQuery = (parts) => (parts.length > 0 ? `?${parts.join("&")}` : "");

/**
 * Where the address of what the element shows stands in the host's address. `read` takes it from there, and answers null where
 * the host's address is not the element's; `write` answers the host's address with it, or null where it has no place.
 */
const ROUTINGS = {
  none: () => ({ read: () => null, write: () => null }),
  hash: () => {
    const HASH = "#invitations";
    const read = ({ hash }) => {
      if (hash === "" || hash === HASH) return "/";
      const rest = hash.startsWith(HASH) ? hash.slice(HASH.length) : "";
      return rest.startsWith("/") ? rest : rest.startsWith("?") ? `/${rest}` : null;
    };
    const write = (here, own) =>
      read(here) === null ? null : here.href.split("#")[0] + HASH + own.replace(/^\/(?=\?|$)/, "");
    return { read, write };
  },
  path: (path) => {
    const home = (path ?? location.pathname).replace(/\/$/, "");
    const read = ({ pathname, search }) => {
      const below = pathname.replace(/\/$/, "").slice(home.length);
      const isOwn = pathname.startsWith(home) && ["", "/accept"].includes(below);
      return isOwn ? (below || "/") + asQuery(partsOf(search).filter((part) => IN_QUERY.test(part))) : null;
    };
    const write = (here, own) => {
      if (read(here) === null) return null;
      const { pathname, search } = new URL(own, base);
      const others = partsOf(here.search).filter((part) => !IN_QUERY.test(part));
      const there = pathname === "/" ? home || "/" : home + pathname;
      // As the host writes it, with or without a slash at its end.
      const slash = pathname === "/" && here.pathname.endsWith("/") && home ? "/" : "";
      return here.origin + there + slash + asQuery([...others, ...partsOf(search)]) + here.hash;
    };
    return { read, write };
  },
};

/** The address of what the element shows, until `signal` ends it. Never another's: that is the host's alone. */
function addressBar(routing, path, signal) {
  const { read, write } = (ROUTINGS[routing] ?? ROUTINGS.none)(path);
  const addresses = new EventTarget();
  let current = read(location) ?? "/";
  const tell = () => addresses.dispatchEvent(new Event("popstate"));
  const hear = () => {
    const now = read(location);
    if (now === null || now === current) return;
    current = now;
    tell();
  };
  if (routing !== "none") for (const event of ["popstate", "hashchange"]) addEventListener(event, hear, { signal });
  return {
    addresses,
    path: () => current.split("?")[0],
    query: () => current.slice(current.split("?")[0].length),
    link(address) {
      const here = new URL(location);
      // Clerk's form leads to such a link once it has used the ticket up.
      here.search = asQuery(partsOf(here.search).filter((part) => !TICKET.test(part)));
      return write(here, address) ?? here.href;
    },
    goTo(address, replaces) {
      const { pathname, search } = new URL(address, new URL(current, "https://element.invalid"));
      current = pathname + search;
      const there = write(location, current);
      // With the state of before: it is the host's router's.
      if (there) history[replaces ? "replaceState" : "pushState"](history.state, "", there);
      tell();
    },
  };
}

/** Which Clerk the host has, or is about to have: what its instance says, or its tag. */
function clerkOfHost(tags) {
  const text = (key, value) => (typeof value === "string" && value ? { [key]: value } : {});
  const clerk = globalThis.Clerk;
  const { clerkPublishableKey, clerkProxyUrl, clerkDomain } = document.querySelector(tags)?.dataset ?? {};
  const found =
    typeof clerk?.load === "function"
      ? { ...text("publishableKey", clerk.publishableKey), ...text("proxyUrl", clerk.proxyUrl) }
      : { ...text("publishableKey", clerkPublishableKey), ...text("proxyUrl", clerkProxyUrl), ...text("domain", clerkDomain) };
  return found.publishableKey ? found : null;
}

/** Whether an address leads to the page that the element stands in. */
function leadsHere(address) {
  try {
    const { origin, pathname } = new URL(address, document.baseURI);
    return origin === location.origin && pathname === location.pathname;
  } catch {
    return false; // Not an address: said by the page.
  }
}

/**
 * The settings as a config.json: what the attributes say, then the Clerk that the host has, then the page's own config.json.
 * Resolves with its HTTP status and its text.
 */
async function settings(element, { fetchConfig, checkLocale, bringWords, CLERK_TAGS }, signal) {
  const own = {};
  for (const [name, read] of Object.entries(SETTINGS)) {
    if (element.hasAttribute(name)) own[camelCase(name)] = read(element.getAttribute(name));
  }
  const file = own.publishableKey ? { status: 200, text: "{}" } : await fetchConfig(base);
  let config;
  try {
    config = JSON.parse(file.text);
  } catch {
    // Said by the page, unless the host's Clerk makes the file needless.
  }
  const isComplete = own.publishableKey || config?.publishableKey;
  const end = Date.now() + (isComplete ? 0 : PATIENCE);
  let clerk = clerkOfHost(CLERK_TAGS);
  while (!clerk && Date.now() < end && !signal.aborted) {
    await new Promise((next) => setTimeout(next, POLL_INTERVAL));
    clerk = clerkOfHost(CLERK_TAGS);
  }
  if (!clerk && !isComplete) return file;
  const all = { ...config, ...clerk, ...own };
  // Who is here would be sent here: Clerk's form on this page is meant.
  if (all.signInUrl && leadsHere(all.signInUrl)) delete all.signInUrl;
  checkLocale(all);
  await bringWords(all, base);
  return { status: 200, text: JSON.stringify(all) };
}

/** The keys in the session storage that the elements on this page keep something under. */
const held = new Set();

/**
 * The function that answers under which key an element keeps what a page alone would keep under `key`, until `signal` ends the
 * element. Two elements of one organization have a key each: one would overwrite what was typed into the other, and send once more
 * what the other is sending. A new element takes up what one has left that is gone.
 */
function storageKeys(signal) {
  const own = new Map();
  signal.addEventListener("abort", () => own.forEach((key) => held.delete(key)));
  return (key) => {
    if (!own.has(key)) {
      const isOfElement = (name) => (name === key || name.startsWith(`${key}#`)) && !held.has(name);
      let free = Object.keys(sessionStorage).sort().find(isOfElement) ?? key;
      for (let number = 2; held.has(free); number += 1) free = `${key}#${number}`;
      held.add(free);
      own.set(key, free);
    }
    return own.get(key);
  };
}

class ClerkInvitations extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  /** Ends what is mounted; nothing while nothing is. */
  #mounted;

  connectedCallback() {
    // Set before this file had come, they hide the accessors below.
    for (const property of PROPERTIES.keys()) {
      if (!Object.hasOwn(this, property)) continue;
      const value = this[property];
      delete this[property];
      this[property] = value;
    }
    // It may only have been moved.
    if (!this.#mounted) this.#mount();
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  attributeChangedCallback(_name, before, now) {
    const mounted = this.#mounted;
    // Once for all attributes that change together.
    if (before !== now && mounted) queueMicrotask(() => mounted === this.#mounted && this.#restart());
  }

  #restart() {
    this.#unmount();
    if (this.isConnected) this.#mount();
  }

  #unmount() {
    this.#mounted?.abort();
    this.#mounted = undefined;
  }

  /**
   * The host has another version of the files by now, and a document runs one version: it is loaded anew, unless the page around takes
   * that upon itself, which may have something to save.
   */
  #reload() {
    const outdated = new CustomEvent("outdated", { bubbles: true, composed: true, cancelable: true });
    if (this.dispatchEvent(outdated)) location.reload();
  }

  async #mount() {
    const { signal } = (this.#mounted = new AbortController());
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const frame = document.createElement("div");
    frame.className = "body";
    signal.addEventListener("abort", () => frame.remove());
    // In the task after this one: a framework that has just drawn this element is about to start its Clerk.
    await new Promise((next) => setTimeout(next));
    try {
      const { page, boot, sheets, started } = await currentVersion();
      if (signal.aborted) return;
      for (const id of ["skeleton", "app"]) frame.append(document.importNode(page.getElementById(id), true));
      root.replaceChildren(frame);
      const adapt = adopt(root, frame, sheets, this);
      if (boot.isFramedByAnother(window)) return boot.refuseTheFrame(frame, base);
      const settled = settings(this, boot, signal);
      try {
        const [mount, config] = await Promise.all([started, settled]);
        if (signal.aborted) return;
        const place = { ...this.#place(frame, config, signal), addStyle: boot.styleAdder(root, adapt) };
        mount(place);
        signal.addEventListener("abort", () => place.unmount());
        await clerkInvitations.later("drawing");
      } catch (error) {
        if (!signal.aborted) boot.sayItFailed(frame, error, base, () => this.#restart());
      }
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      frame.setAttribute("role", "alert");
      const retry = Object.assign(document.createElement("button"), { textContent: "Try again", onclick: () => this.#restart() });
      frame.replaceChildren("This page couldn’t start: some of its files are missing, or another site may not use them. ", retry);
      root.replaceChildren(frame);
    }
  }

  /** What the page is told of this element: see src/browser/mount.rs and host.rs. */
  #place(frame, config, signal) {
    return {
      root: frame.querySelector("#app"),
      skeleton: frame.querySelector("#skeleton"),
      frame,
      config,
      base,
      ...addressBar(this.getAttribute("routing"), this.getAttribute("path"), signal),
      place: (node) => this.#slotted(node, signal),
      tell: (event, ids) => this.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true, detail: { ids } })),
      keptUnder: storageKeys(signal),
      restart: () => this.#restart(),
      reload: () => this.#reload(),
    };
  }

  /**
   * An element of the document that is shown in the place of `node`, which is in the shadow root. Not before it has something to
   * show: until then the node is empty, and looks like it.
   */
  #slotted(node, signal) {
    const slot = document.createElement("slot");
    slot.name = `clerk-${(ClerkInvitations.#slots += 1)}`;
    const light = document.createElement("div");
    light.slot = slot.name;
    const drawn = new MutationObserver(() => {
      drawn.disconnect();
      node.append(slot);
    });
    drawn.observe(light, { childList: true });
    signal.addEventListener("abort", () => light.remove());
    this.append(light);
    return light;
  }
  static #slots = 0;
}

// `element.pageSize = 25` is the attribute, for frameworks that set properties.
for (const [property, name] of PROPERTIES) {
  Object.defineProperty(ClerkInvitations.prototype, property, {
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value === undefined || value === null || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? "" : value);
    },
  });
}

// Another copy of this file may have defined it: a document has one element of a name.
if (!customElements.get(NAME)) customElements.define(NAME, ClerkInvitations);

/**
 * Mounts the page into `element`, in the place of what it mounted there before. The options are the element's attributes by their
 * names as properties: `{ locale: "de", pageSize: 25, routing: "hash" }`. Answers the `<clerk-invitations>` that it has made.
 */
export function mountInvitations(element, options = {}) {
  unmountInvitations(element);
  const page = document.createElement(NAME);
  for (const [name, value] of Object.entries(options)) page[name] = value;
  element.append(page);
  return page;
}

/** Takes away what `mountInvitations` has mounted into `element`. */
export function unmountInvitations(element) {
  for (const page of element.querySelectorAll(`:scope > ${NAME}`)) page.remove();
}
