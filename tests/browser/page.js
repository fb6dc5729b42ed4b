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

/** Presses the button that says `words`. */
export function pressNamed(words) {
  const named = [...document.querySelectorAll("#app button")].find(
    (button) => (button.getAttribute("aria-label") ?? button.textContent).replace(/[\u2066-\u2069]/gu, "").trim() === words,
  );
  if (!named) throw new Error(`no button says ${words}`);
  named.click();
}

export function type(selector, written) {
  const field = document.querySelector(selector);
  if (!field) throw new Error(`nothing to write into at ${selector}`);
  field.value = written;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export const happen = (selector, event) => document.querySelector(selector).dispatchEvent(new Event(event));

export const close = (selector) => document.querySelector(selector).close();

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
  #undo = [];
  #timers = new Map();
  #time = 0;
  #ids = 1_000_000;

  constructor() {
    last?.tidy();
    last = this;
    const address = location.href;
    const { title } = document;
    for (const id of ["app", "skeleton"]) {
      const element = Object.assign(document.createElement("div"), { id });
      document.body.append(element);
      this.#undo.push(() => element.remove());
    }
    this.listen("error", ({ message }) => this.faults.push(`thrown to the window: ${message}`));
    this.listen("unhandledrejection", ({ reason }) => this.faults.push(`a rejection nobody caught: ${describe(reason)}`));
    this.listen("popstate", () => (this.popstates += 1));
    this.#undo.push(() => {
      // Only then: browsers stop obeying those who do this hundreds of times.
      if (location.href !== address) history.replaceState(null, "", address);
      document.title = title;
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
