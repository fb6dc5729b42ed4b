// The document and the clock of one test.

/** What a person reads in an element: without the marks that keep the direction of names to themselves. */
export const text = (selector) =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent.replace(/[\u2066-\u2069]/gu, "")).join("\n");

export const exists = (selector) => document.querySelector(selector) !== null;

export const count = (selector) => document.querySelectorAll(selector).length;

export function press(selector) {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`nothing to press at ${selector}`);
  element.click();
}

/** Moves the keyboard to an element. */
export function focus(selector) {
  document.querySelector(selector).focus();
}

/** Presses the button that says `words`; `within` something. */
export function pressNamed(words, within = "#app") {
  const named = [...document.querySelectorAll(`${within} button`)].find(
    (button) => (button.getAttribute("aria-label") ?? button.textContent).replace(/[\u2066-\u2069]/gu, "").trim() === words,
  );
  if (!named) throw new Error(`no button says ${words}`);
  named.click();
}

/** Clicks the box that says `words`, with the shift key when asked. */
export function pick(words, shiftKey) {
  const box = [...document.querySelectorAll("#app input[type=checkbox]")].find(
    (box) => box.getAttribute("aria-label").replace(/[\u2066-\u2069]/gu, "") === words,
  );
  if (!box) throw new Error(`no box says ${words}`);
  box.dispatchEvent(new MouseEvent("click", { shiftKey, bubbles: true, cancelable: true }));
}

/** Is the box that says `words` checked? */
export const isPicked = (words) =>
  [...document.querySelectorAll("#app input[type=checkbox]")].some(
    (box) => box.getAttribute("aria-label").replace(/[\u2066-\u2069]/gu, "") === words && box.checked,
  );

export function type(selector, written) {
  const field = document.querySelector(selector);
  if (!field) throw new Error(`nothing to write into at ${selector}`);
  field.value = written;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export const value = (selector) => document.querySelector(selector).value;

/** Presses a key, on whatever has the keyboard, or is named. */
export function key(selector, name, more = {}) {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more });
  document.querySelector(selector).dispatchEvent(event);
}

/** Pastes as the browser does: into the field, unless the page takes it. `true` when it did. */
export function paste(selector, pasted) {
  const field = document.querySelector(selector);
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", pasted);
  const isTaken = !field.dispatchEvent(pasting(clipboardData));
  if (!isTaken) type(selector, field.value + pasted);
  return isTaken;
}

/** Pastes files together with texts of other formats: `{ "text/plain": … }`. `true` when the page took them. */
export function pasteAll(selector, texts, files) {
  const clipboardData = carrying(files);
  for (const [format, text] of Object.entries(texts)) clipboardData.setData(format, text);
  return !document.querySelector(selector).dispatchEvent(pasting(clipboardData));
}

/** The event of a paste. Firefox ignores the `clipboardData` that the constructor is given. */
function pasting(clipboardData) {
  const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
  return Object.defineProperty(event, "clipboardData", { value: clipboardData });
}

const carrying = (files) => {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
};

/** Drops files. `true` when the page takes them: otherwise the browser would leave the page to show them. */
export function drop(selector, files) {
  const event = new DragEvent("drop", { dataTransfer: carrying(files), bubbles: true, cancelable: true });
  return !document.querySelector(selector).dispatchEvent(event);
}

/** Drops texts. `true` when the page takes them. */
export function dropTexts(selector, texts) {
  const dataTransfer = carrying([]);
  for (const [format, text] of Object.entries(texts)) dataTransfer.setData(format, text);
  const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
  return !document.querySelector(selector).dispatchEvent(event);
}

/** Lets an event of a drag that brings a file happen to an element. `true` when the page takes the drag. */
export function drag(selector, event) {
  const dataTransfer = carrying([new File(["a@x.de"], "list.txt")]);
  return !document.querySelector(selector).dispatchEvent(
    new DragEvent(event, { dataTransfer, bubbles: true, cancelable: true }),
  );
}

/** Chooses files in a file field. */
export function chooseFiles(selector, files) {
  const field = document.querySelector(selector);
  field.files = carrying(files).files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

export const file = (name, bytes) => new File([bytes], name, { type: name.endsWith(".png") ? "image/png" : "" });

/** Chooses the option that says `words`. */
export function choose(selector, words) {
  const select = document.querySelector(selector);
  select.selectedIndex = [...select.options].findIndex((option) => option.textContent === words);
  if (select.selectedIndex < 0) throw new Error(`no option says ${words}`);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Would whoever leaves the page now be asked first? */
export function asksBeforeLeaving() {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

const JOURNALS = "clerk-invitations:journal:";

/** All journals: for each the user and the organization on a line of its own, then its lines. */
export function recorded() {
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(JOURNALS));
  const journals = keys.sort().map((key) => `${key.slice(JOURNALS.length)}\n${sessionStorage.getItem(key)}`);
  return journals.length ? journals.join("") : undefined;
}

export function record(text) {
  const [owner, ...lines] = text.split("\n");
  sessionStorage.setItem(JOURNALS + owner, lines.join("\n"));
}

export const happen = (selector, event) => document.querySelector(selector).dispatchEvent(new Event(event));

export const close = (selector) => document.querySelector(selector).close();

export const shadowText = (element) => element.shadowRoot?.textContent ?? "";

export const place = () => ({
  root: document.getElementById("app"),
  skeleton: document.getElementById("skeleton"),
  frame: document.documentElement,
});

export const focused = () => document.activeElement?.id ?? "";

/** Resolves when the browser is about to draw the next frame. */
export const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));

/** Resolves in the next turn of the event loop, behind every promise that is settled now. */
export const turn = () =>
  new Promise((next) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      next();
    };
    port2.postMessage(0);
  });

const { setTimeout: ask } = globalThis;

/** Resolves behind every timer without delay that is set now. */
export const breath = () => new Promise((next) => ask(next));

export const now = () => performance.now();

/** The stage of a test that failed half way is still set: its `tidy` was never reached. */
let last;

/** A world of its own: what the document and the window held before is there again after `tidy`. */
export class Stage {
  faults = [];
  /** Tags of scripts that were added while `keepScripts` kept them from being fetched. */
  scripts = [];
  popstates = 0;
  /** Steps of the history. */
  pushes = 0;
  copied = "";
  files = [];
  navigations = [];
  formats = 0;
  #later;
  #undo = [];
  #timers = new Map();
  #time = 0;
  #ids = 1_000_000;

  constructor() {
    last?.tidy();
    last = this;
    const address = location.href;
    const { title } = document;
    sessionStorage.clear();
    for (const id of ["app", "skeleton"]) {
      const element = Object.assign(document.createElement("div"), { id });
      document.body.append(element);
      this.#undo.push(() => element.remove());
    }
    // A page that was loaded anew, or a test that failed, would go on asking whoever leaves.
    const { addEventListener } = window;
    const add = (event, listener, ...more) => {
      addEventListener.call(window, event, listener, ...more);
      if (event === "beforeunload") this.#undo.push(() => window.removeEventListener(event, listener));
    };
    this.replace(window, "addEventListener", { value: add });
    this.listen("error", ({ message }) => this.faults.push(`thrown to the window: ${message}`));
    this.listen("unhandledrejection", ({ reason }) => this.faults.push(`a rejection nobody caught: ${describe(reason)}`));
    this.listen("popstate", () => (this.popstates += 1));
    const { pushState } = history;
    this.replace(history, "pushState", {
      value: (...step) => {
        pushState.apply(history, step);
        this.pushes += 1;
      },
    });
    this.#undo.push(() => {
      // Only then: browsers stop obeying those who do this hundreds of times.
      if (location.href !== address) history.replaceState(null, "", address);
      document.title = title;
      sessionStorage.clear();
      for (const name of ["Clerk", "__internal_ClerkUICtor"]) delete globalThis[name];
      for (const tag of document.querySelectorAll("script[crossorigin], script[data-clerk-js-script]")) tag.remove();
    });
  }

  listen(event, listener) {
    window.addEventListener(event, listener);
    this.#undo.push(() => window.removeEventListener(event, listener));
  }

  /** Gives an object another property until this test is over. */
  replace(object, name, descriptor) {
    const before = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, { configurable: true, ...descriptor });
    this.#undo.push(() => {
      delete object[name];
      if (before) Object.defineProperty(object, name, before);
    });
  }

  install(clerk) {
    Object.defineProperty(globalThis, "Clerk", { configurable: true, writable: true, value: clerk });
  }

  offline() {
    this.replace(navigator, "onLine", { get: () => false });
    dispatchEvent(new Event("offline"));
  }

  online() {
    Object.defineProperty(navigator, "onLine", { configurable: true, get: () => true });
    dispatchEvent(new Event("online"));
  }

  /** No script is fetched any more: tests say what becomes of each. */
  keepScripts() {
    const { scripts } = this;
    this.replace(HTMLScriptElement.prototype, "src", {
      set(address) {
        this.dataset.address = address;
        scripts.push(this);
      },
      get() {
        return this.dataset.address ?? "";
      },
    });
  }

  /** What the `nth` tag was made of, sorted: `name=value`, a line each. */
  tag(nth) {
    return [...this.scripts[nth].attributes]
      .map(({ name, value }) => `${name}=${value}`)
      .sort()
      .join("\n");
  }

  /** The `nth` script `load`s or meets an `error`. */
  end(nth, event) {
    this.scripts[nth].dispatchEvent(new Event(event));
  }

  /** A chunk of what the build splits off from the page does not arrive before `laterEnds` says so. */
  holdLater(held = "later") {
    const wait = (arrives, fails) => (this.#later = { arrives, fails });
    const later = (chunk) => (chunk === held ? new Promise(wait) : Promise.resolve());
    this.replace(globalThis, "clerkInvitations", { value: { later } });
  }

  /** It arrives, or it does not. */
  laterEnds(isThere) {
    if (isThere) this.#later.arrives();
    else this.#later.fails(new TypeError("Failed to fetch"));
    this.#later = undefined;
  }

  isLaterAsked() {
    return this.#later !== undefined;
  }

  /** Takes hold of the clock: from now on time passes only in `pass`. */
  stopClock() {
    const set = (action, delay = 0) => {
      // No time passes in those: Yew takes a breath between two drawings.
      if (delay < 1) return ask(action);
      this.#ids += 1;
      this.#timers.set(this.#ids, { action, due: this.#time + delay });
      return this.#ids;
    };
    const { clearTimeout } = globalThis;
    this.replace(globalThis, "setTimeout", { value: set });
    this.replace(globalThis, "clearTimeout", {
      // Timers from before are still the browser's.
      value: (id) => this.#timers.delete(id) || clearTimeout(id),
    });
  }

  /** Lets the next timer ring, and says at which millisecond that was; -1 when none is set. */
  ring() {
    const [first] = [...this.#timers].sort(([, one], [, other]) => one.due - other.due);
    if (!first) return -1;
    const [id, { action, due }] = first;
    this.#timers.delete(id);
    this.#time = due;
    action();
    return due;
  }

  /** So many milliseconds later. */
  pass(milliseconds) {
    const { now } = performance;
    this.replace(performance, "now", { value: () => now.call(performance) + milliseconds });
  }

  /** Somebody comes back to the page, as browsers tell it: the window gets the focus, and the tab can be seen. */
  comeBack() {
    window.dispatchEvent(new Event("focus"));
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }

  /**
   * What is copied is kept here, or the clipboard is `absent`, `throws`, `rejects`, or takes only what is `promised` in a click,
   * as WebKit does when a text has to be read first.
   */
  clipboard(how) {
    if (how === "promised") {
      const isClicked = () => window.event?.type === "click";
      const refusal = () => new DOMException("no", "NotAllowedError");
      const write = async ([item]) => {
        if (!isClicked()) throw refusal();
        this.copied = await (await item.getType("text/plain")).text();
      };
      this.replace(navigator, "clipboard", { value: { write, writeText: () => Promise.reject(refusal()) } });
      return;
    }
    const writeText = {
      keeps: (text) => {
        this.copied = text;
        return Promise.resolve();
      },
      throws: () => {
        throw new Error("no clipboard for you");
      },
      rejects: () => Promise.reject(new DOMException("no", "NotAllowedError")),
    }[how];
    this.replace(navigator, "clipboard", { value: writeText && { writeText } });
  }

  /** Files that the page offers come here instead of to the disk. */
  keepFiles() {
    const stage = this;
    const { click } = HTMLElement.prototype;
    this.files = [];
    this.replace(HTMLAnchorElement.prototype, "click", {
      value() {
        if (!this.download) return click.call(this);
        stage.files.push(`${this.download}\n${decodeURIComponent(this.href.slice(this.href.indexOf(",") + 1))}`);
      },
    });
  }

  /** Addresses of other documents come here instead of taking this one away. */
  keepNavigations() {
    this.navigations = [];
    const keep = (event) => {
      if (event.destination.sameDocument) return;
      event.preventDefault();
      this.navigations.push(event.destination.url);
    };
    navigation.addEventListener("navigate", keep);
    this.#undo.push(() => navigation.removeEventListener("navigate", keep));
  }

  /** From now on `formats` says how many formats of `Intl` were made. */
  countFormats() {
    this.formats = 0;
    const stage = this;
    for (const name of ["DateTimeFormat", "NumberFormat", "PluralRules", "ListFormat"]) {
      const value = class extends Intl[name] {
        constructor(...given) {
          super(...given);
          stage.formats += 1;
        }
      };
      this.replace(Intl, name, { value });
    }
  }

  /** How many timers are set. */
  timers() {
    return this.#timers.size;
  }

  /** Keeps what is written to the console out of the test's output, but for panics. */
  hush() {
    const { error } = console;
    this.replace(console, "warn", { value: () => {} });
    this.replace(console, "error", { value: (said) => String(said).includes("panicked") && error(said) });
  }

  tidy() {
    for (const undo of this.#undo.reverse()) undo();
    this.#undo = [];
  }
}

export function describe(value) {
  try {
    return value instanceof Error ? `${value.name}: ${value.message}` : String(value);
  } catch {
    return "something that can't be written";
  }
}

/** The address of a script with this text. */
export const scriptOf = (source) => URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
