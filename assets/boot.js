// Starts what need not wait for the wasm, then the wasm itself. A file of its own because the page's policy allows no
// inline script. Everything it finds out stands in `globalThis.clerkInvitations`, for src/browser and src/clerk to take.

/** `later` brings a chunk of code that the page can start without; here, where nothing was split off, there is nothing to bring. */
const boot = (globalThis.clerkInvitations = { later: async () => {}, blocked: [] });

// What the site's Content-Security-Policy blocks, for the sentence that says why Clerk did not start. Node has no such event.
globalThis.addEventListener?.("securitypolicyviolation", ({ blockedURI }) => boot.blocked.push(blockedURI));

/** The config.json in the folder at `base` as it came: `{ status: 0, text: "" }` when there was no answer. Never rejects. */
export function fetchConfig(base) {
  return fetch(new URL("config.json", base), { signal: AbortSignal.timeout(15_000) })
    .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
    .catch(() => ({ status: 0, text: "" }));
}

/** The text at a key of the configuration, trimmed; "" when there is none. */
const chosen = (config, key) => (typeof config?.[key] === "string" ? config[key].trim() : "");

/** The first value of `name` in a query, undecoded, as src/domain/query_string.rs reads it; null when there is none. */
function named(search, name) {
  const found = new RegExp(`[?&]${name}(?:=([^&]*))?(?![^&])`).exec(search);
  return found && (found[1] ?? "");
}

/** The Frontend API host inside a publishable key, or null: "pk_test_" or "pk_live_" and base64 of "host$". */
function frontendApi(publishableKey) {
  const encoded = /^pk_(?:test|live)_([A-Za-z\d+/=]+)$/.exec(publishableKey)?.[1];
  try {
    return /^([A-Za-z\d.:-]*\.[A-Za-z\d.:-]*)\$$/.exec(atob(encoded ?? ""))?.[1] ?? null;
  } catch {
    return null;
  }
}

/**
 * The script tag that loads clerk-js: `{ src, attributes }`, or null when it is not for this script to say: the
 * configuration names none, or a satellite's, whose rules only src/config.rs knows. Where both derive it, they
 * derive the same; a test holds them together. `cargo xtask dist` calls it as well, by node, for what index.html says of it.
 */
export function clerkScript(config) {
  const publishableKey = chosen(config, "publishableKey");
  const host = frontendApi(publishableKey);
  if (!host) return null;
  if (chosen(config, "domain")) return null;
  const proxyUrl = chosen(config, "proxyUrl").replace(/\/+$/, "");
  const base = proxyUrl || `https://${host}`;
  const version = chosen(config, "clerkJsVersion") || "6";
  return {
    src: chosen(config, "clerkJsUrl") || `${base}/npm/@clerk/clerk-js@${version}/dist/clerk.browser.js`,
    attributes: {
      "data-clerk-publishable-key": publishableKey,
      ...(proxyUrl && { "data-clerk-proxy-url": proxyUrl }),
    },
  };
}

/**
 * What `Clerk.load` is told when it need not wait for the wasm: throttled, that is half a second before the first row.
 * src/clerk/load.rs tells it the same when it is the one to start it, and alone knows of satellites; a test holds them
 * together.
 */
export function clerkOptions(config, ui, go) {
  const texts = ["signInUrl", "signUpUrl"].filter((key) => chosen(config, key)).map((key) => [key, chosen(config, key)]);
  const proxyUrl = chosen(config, "proxyUrl").replace(/\/+$/, "");
  return {
    ui: { ClerkUI: ui },
    experimental: { rethrowOfflineNetworkErrors: true },
    telemetry: false,
    afterSignOutUrl: new URL(".", document.baseURI).pathname,
    isSatellite: false,
    routerPush: go,
    routerReplace: go,
    ...(proxyUrl && { proxyUrl }),
    ...Object.fromEntries(texts),
  };
}

/**
 * Goes to an address that clerk-js hands over, unless it is no `http` or `https` address: a `javascript:` address would run
 * in this page. `go_to` in src/browser/address.rs follows the same ones; a test compares them.
 */
export function follow(address) {
  try {
    const { protocol, href } = new URL(address, document.baseURI);
    if (protocol === "http:" || protocol === "https:") location.assign(href);
  } catch {
    // Not an address.
  }
}

/** The rows that a page of the list may have. */
const PAGE_SIZES = ["5", "10", "25", "50"];
/** The statuses that Clerk is asked for, by the filter that `?view=` names. Other filters need the whole list. */
const STATUSES = new Map([
  ["pending", ["pending"]],
  ["revoked", ["revoked"]],
  ["all", []],
]);

/**
 * The methods of Clerk's organization that the page calls first at the address `{ pathname, search }`, and what it passes to
 * each: the roles, and the page of the list. Neither where another page stands, and no list where src/list reads the whole
 * one, or where the address takes more to understand than this. Where both derive them, they derive the same; a test
 * holds them together.
 */
export function firstCalls(config, { pathname, search }) {
  const base = new URL(".", document.baseURI).pathname;
  if (![base, `${base}index.html`].includes(pathname)) return {};
  const calls = {};
  const statuses = STATUSES.get(named(search, "view") ?? "pending");
  const page = named(search, "page") ?? "1";
  const size = named(search, "size") ?? String(config.pageSize ?? 10);
  const isWhole = named(search, "search") === null && named(search, "sort") === null;
  if (statuses && isWhole && /^[1-9]\d{0,5}$/.test(page) && PAGE_SIZES.includes(size)) {
    const parameters = { initialPage: Number(page), pageSize: Number(size) };
    // The rows first: the admin waits for those.
    calls.getInvitations = statuses.length > 0 ? { ...parameters, status: statuses } : parameters;
  }
  calls.getRoles = { initialPage: 1, pageSize: 100 };
  return calls;
}

/**
 * Makes the first calls ahead of the page, for a viewer whom Clerk will not refuse them. What they are answered with, by the
 * method, and what was asked: src/clerk/early_answers.rs takes an answer if it would have asked the same.
 */
export function askEarly({ organization, session }, config, address) {
  const answers = {};
  const manages = () => session.checkAuthorization({ permission: "org:sys_memberships:manage" });
  if (!organization || session?.status !== "active" || !manages()) return answers;
  for (const [method, parameters] of Object.entries(firstCalls(config, address))) {
    const answer = Promise.resolve(organization[method](parameters));
    answer.catch(() => {}); // Reported by the page, which takes it for the answer to its own call.
    answers[method] = { question: JSON.stringify([session.id, organization.id, parameters]), answer };
  }
  return answers;
}

/** Whether it is the path of the call that makes an organization the active one. */
const isTouch = (path) => /^\/client\/sessions\/[^/]+\/touch$/.test(path);

/** Throws at an answer about the session that is none of Clerk's: clerk-js would take it for the end of the session. */
function refuseUnreadable({ method, path }, { ok, payload }) {
  const answer = payload?.response === undefined ? (payload ?? undefined) : payload.response;
  const isNoClient = method === "GET" && path === "/client" && answer !== null && !Array.isArray(answer?.sessions);
  const isNoSession = isTouch(path) && typeof answer?.id !== "string";
  // clerk-js keeps only the text: src/clerk/error.rs reads there that it was the answer and not the connection.
  if (ok && (isNoClient || isNoSession)) throw new Error(`This is no JSON of Clerk's: ${path}`);
}

const guarded = new WeakSet();
const switchListeners = new Set();
/** After how many milliseconds a switch that Clerk does not answer is told of as well. */
const SWITCH_TIMEOUT = 20_000;

/**
 * Has `hear` hear why a switch to another organization has failed, or nothing when Clerk takes long to answer, until the function is
 * called that this returns.
 */
boot.watchSwitches = (hear) => {
  switchListeners.add(hear);
  return () => switchListeners.delete(hear);
};

/**
 * Keeps a clerk-js from losing its session to an answer that is none of Clerk's, and tells `boot.watchSwitches` of each switch to
 * another organization that has failed: Clerk's switcher says nothing of that.
 */
export function guardSession(clerk) {
  if (guarded.has(clerk)) return;
  guarded.add(clerk);
  // The organization that a switch leaves, until Clerk has answered; and what Clerk has refused it with.
  let left, refused;
  const tell = (failure) => {
    for (const hear of switchListeners) hear(failure);
  };
  const { setActive } = clerk;
  clerk.setActive = async (parameters) => {
    const { organization } = clerk;
    if (!organization || parameters?.organization === undefined) return setActive.call(clerk, parameters);
    [left, refused] = [organization.id, undefined];
    const slow = setTimeout(tell, SWITCH_TIMEOUT);
    const outcome = setActive.call(clerk, parameters);
    // Once Clerk has agreed, what else goes wrong is no failed switch.
    const failure = await outcome.then(() => refused, (thrown) => refused ?? (left && thrown));
    clearTimeout(slow);
    left = undefined;
    if (failure && clerk.session) tell(failure);
    return outcome;
  };
  const api = clerk.getFapiClient();
  api.onBeforeRequest(({ path }) => {
    // clerk-js has noted the new one in the session already: it would go there with its next token although Clerk has not agreed, and
    // come back with the next answer. The question is written by now, and Clerk's answer brings the note anew.
    if (left && clerk.session && isTouch(path)) clerk.session.lastActiveOrganizationId = left;
  });
  api.onAfterResponse((request, answer) => {
    refuseUnreadable(request, answer);
    if (!left || !isTouch(request.path)) return;
    left = undefined;
    if (answer.ok) return;
    refused = { clerkError: true, status: answer.status, errors: answer.payload?.errors };
    // clerk-js would make a success of it. Whether a 401 ends the session is for clerk-js to find out.
    if (answer.status < 500 && answer.status !== 401) throw refused;
  });
}
boot.guardSession = guardSession;

/** Resolves in the next task: what is under way in this one, such as sending a request, is done by then. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));
/** For how many milliseconds at most the page waits until the first calls are sent. */
const FIRST_CALLS_TIMEOUT = 1000;

/**
 * Resolves when the page may be mounted. While clerk-js works on Clerk's first answers, that would take the processor from it, and
 * the calls for the first rows would leave later; while those are answered, there is time.
 */
export async function firstCallsSent() {
  const { loading, heard } = boot.started ?? {};
  if (!heard?.length) return;
  await Promise.race([loading, new Promise((resolve) => setTimeout(resolve, FIRST_CALLS_TIMEOUT))]).catch(() => {});
}

/**
 * Starts the clerk-js that has just arrived, and leaves what src/clerk needs to go on with it: the start, the answers of Clerk
 * until the page hears them itself (by `boot.hear`), and once Clerk has started, those to the first calls.
 */
export function loadClerk(clerk, config) {
  if (typeof clerk?.load !== "function" || config.isSatellite) return;
  let bringUi;
  const ui = new Promise((resolve) => (bringUi = resolve));
  // The page replaces this by its own router (src/clerk/router.rs) as soon as the wasm has started.
  boot.go = follow;
  const heard = [];
  boot.hear = (...response) => void heard.push(response);
  const loaded = Promise.resolve(clerk.load(clerkOptions(config, ui, (address) => boot.go(address))));
  const started = (boot.started = { clerk, loading: loaded.then(nextTask), bringUi, heard, answers: {} });
  // Neither is needed: the page makes the calls that were not made, and without hearing it shows when a link expires by guess.
  const orElse = () => {};
  loaded.then(() => (started.answers = askEarly(clerk, config, location))).catch(orElse);
  started.loading.catch(orElse); // Reported by the page, which may not be here yet.
  try {
    guardSession(clerk);
    clerk.getFapiClient().onAfterResponse((...response) => boot.hear(...response));
  } catch {
    orElse();
  }
}

/** The languages that the page speaks. The words of the first one are built in. */
const LANGUAGES = ["en", "ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt-BR", "tr", "zh-CN"];

/** The language itself, without the region and the script. */
const primary = (tag) => tag.split(/[-_]/)[0].toLowerCase();
const speaks = (tag) => LANGUAGES.find((language) => primary(language) === primary(tag));

/** Tells a deployer who has chosen a language that the page does not speak. */
export function checkLocale(config) {
  const locale = chosen(config, "locale");
  if (locale && !speaks(locale)) console.warn(`locale: the page does not speak ${locale}`);
}

/**
 * The address of the words that the page is going to fetch; null when it needs none. `preferred` are the reader's languages.
 * Where both choose, src/language.rs chooses the same; a test holds them together.
 */
export function wordsAddress(config, search, preferred) {
  const wanted = [chosen(config, "locale"), named(search, "lang") ?? "", ...preferred];
  const language = wanted.map(speaks).find(Boolean);
  return language && language !== LANGUAGES[0] ? `locales/${language}.json` : null;
}

/** The words of each language that was asked for, by the address of its file. */
const lists = new Map();

/**
 * The list of words in the file at `address`, its elements divided by U+0000: the wasm reads that in one go. "" when the file did not
 * arrive or holds no list. Never rejects. A file is fetched once; after a failure the next call tries again.
 */
boot.words = (address) => {
  const fetched = async () => (await (await fetch(address)).json()).join("\0");
  if (!lists.has(address)) {
    const failed = () => (lists.delete(address), "");
    lists.set(address, fetched().catch(failed));
  }
  return lists.get(address);
};

/** For how many milliseconds at most the page waits for its words: it is drawn in English then. */
const WORDS_TIMEOUT = 1000;

/** Fetches the words that the page at `base` is going to ask for. Resolves when they are here, or have taken too long. */
export function bringWords(config, base) {
  const address = wordsAddress(config, location.search, navigator.languages ?? []);
  const late = new Promise((resolve) => setTimeout(resolve, WORDS_TIMEOUT));
  return address && Promise.race([boot.words(new URL(address, base).href), late]);
}

/** The tags that load clerk-js: with the mark of Clerk's loaders, or as Clerk's quickstart and its readers write it. */
export const CLERK_TAGS = 'script[data-clerk-js-script], script[data-clerk-publishable-key], script[src*="clerk.browser.js"]';

/** A second copy of clerk-js is of no use beside a live one, or a tag that is already loading. */
function clerkIsHere() {
  return typeof globalThis.Clerk?.load === "function" || document.querySelector(CLERK_TAGS);
}

let letWasmCome;
/** Resolves when clerk-js has arrived, or is not to come by this script. */
const clerkArrived = new Promise((resolve) => (letWasmCome = resolve));

/**
 * Adds the tag that loads clerk-js: `{ tag, clerk, arrived }`. When clerk-js has arrived, `clerk` is what it has put into `window.Clerk`, and
 * `arrived` resolves with that; without a value when it does not arrive.
 */
function addClerk({ src, attributes }) {
  const tag = document.createElement("script");
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  // Clerk's own mark, by which its loaders find a tag; and this page's, which says that this page calls `load`.
  tag.dataset.clerkJsScript = "true";
  tag.dataset.clerkInvitations = "";
  tag.async = true;
  tag.crossOrigin = "anonymous";
  tag.fetchPriority = "high";
  tag.src = src;
  const added = { tag };
  added.arrived = new Promise((resolve) => {
    tag.onload = () => resolve((added.clerk = globalThis.Clerk));
    // A dead tag would be waited for: its error has long been reported when the wasm arrives.
    tag.onerror = () => resolve(tag.remove());
  });
  added.arrived.then(letWasmCome);
  document.head.append(tag);
  return added;
}

/** Takes away a clerk-js that has asked Clerk for nothing yet: that takes `load`. */
function removeClerk({ tag, clerk }) {
  // A script that has not arrived does not run in another document.
  document.implementation.createHTMLDocument().adoptNode(tag);
  // Another one does not take the place of an instance that is there.
  if (clerk && clerk === globalThis.Clerk) globalThis.Clerk = undefined;
}

/**
 * Has clerk-js come and start, as config.json says. Where index.html says it too, by `cargo xtask configure`, clerk-js comes at once: with a
 * warm cache it has run by the time config.json has been asked for.
 */
async function startClerk() {
  boot.config = fetchConfig(document.baseURI);
  const ahead = document.querySelector("link[data-script]")?.dataset.script;
  // The document may have a tag of its own behind this script's.
  if (ahead) await Promise.race([parsed(), boot.config]);
  let added = ahead && !clerkIsHere() && addClerk(JSON.parse(ahead));
  const { text } = await boot.config;
  let config, script;
  try {
    config = JSON.parse(text);
    script = clerkScript(config);
  } catch {
    return letWasmCome(); // Not JSON: the page itself says so, with the reason.
  }
  checkLocale(config);
  boot.wordsCome = bringWords(config, document.baseURI);
  if (added && JSON.stringify(script) !== ahead) {
    console.warn("index.html does not fit config.json: `cargo xtask configure` makes it so.");
    removeClerk(added);
    added = undefined;
  }
  if (!added && script && !clerkIsHere()) added = addClerk(script);
  if (!added) return letWasmCome();
  const clerk = await added.arrived;
  if (clerk && clerk === globalThis.Clerk) loadClerk(clerk, config);
}

/**
 * The bytes of the parts of the wasm file which `answer` promises, each as soon as they have come; `lengths` are theirs. The first module in
 * it can start while the others are still coming, as if they were files; together they are smaller, and come in their order.
 */
export function partsOf(answer, lengths) {
  const waiting = [];
  const parts = lengths.map((length) => new Promise((resolve, reject) => waiting.push({ length, resolve, reject })));
  const file = new Uint8Array(lengths.reduce((sum, length) => sum + length));
  let begin = 0;
  const read = async () => {
    const { body } = await answer;
    const reader = body.getReader();
    let end = 0;
    for (let piece; !(piece = await reader.read()).done; ) {
      file.set(piece.value, end);
      end += piece.value.length;
      while (waiting.length > 0 && begin + waiting[0].length <= end) {
        const { length, resolve } = waiting.shift();
        resolve(file.subarray(begin, (begin += length)));
      }
    }
    if (waiting.length > 0) throw new TypeError("The wasm is not whole.");
  };
  read().catch((error) => waiting.forEach(({ reject }) => reject(error)));
  // Reported to whoever waits for it.
  for (const part of parts) part.catch(() => {});
  return parts;
}

/**
 * The function that promises the module in what stands behind the first one in the file of the wasm: the head of a section, and what is in
 * that section. If it has not arrived, `again` brings it once more.
 */
function moduleBehind(parts, again) {
  const compiled = ([, bytes]) => {
    const coming = bytes.then((bytes) => WebAssembly.compile(bytes));
    coming.catch(() => {}); // Reported to whoever waits for it.
    return coming;
  };
  let coming = compiled(parts);
  return () => {
    const before = coming;
    return before.catch(() => {
      if (coming === before) coming = compiled(again());
      return coming;
    });
  };
}

/** The bytes of the file at `address`, at once: no script runs until they have come. Throws when they don't. */
function bytesAt(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  // A request that is waited for answers with text only. In this one each byte is a character.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new TypeError(`${address}: HTTP status ${request.status}`);
  return Uint8Array.from(request.response, (character) => character.charCodeAt(0) & 0xff);
}

/**
 * The stubs of the functions in the file at `address`, which arrives behind the first rows (xtask/src/cold_code): the wasm, whose exports
 * `exportsOf` answers, imports them in the place of these. Each has the name by which that file exports its function. They are seldom
 * called: once the file has come, its functions have replaced them. When the file can't be had, `broken` hears why, once: the wasm was
 * left in the middle of a call, and does not go on.
 */
export function stubs(address, exportsOf, broken) {
  let functions, failure;
  const bring = () => {
    if (failure) throw failure;
    try {
      // Not awaited: whoever calls the function waits for its result.
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytesAt(address)), { m: exportsOf() });
      return exports;
    } catch (error) {
      failure = error;
      broken(error);
      throw error;
    }
  };
  return new Proxy({}, { get: (_, name) => (...values) => (functions ??= bring())[name](...values) });
}

/**
 * The values at these paths of the first `length` rows, as JSON; null for an object that is no date. A path is a key, or several with
 * dots between. The wasm asks for a whole list at once, because a call from there for each value would take several times as long.
 */
boot.table = (rows, length, paths) => {
  const divided = paths.map((path) => path.split("."));
  const plain = (value) => (typeof value === "object" && !(value instanceof Date) ? null : value);
  const valueAt = (row, keys) => plain(keys.reduce((value, key) => value?.[key], row));
  return JSON.stringify(Array.from({ length }, (_, at) => divided.map((keys) => valueAt(rows[at], keys))));
};

/** After how many milliseconds a file of code that has not arrived is taken for lost. */
const CODE_TIMEOUT = 60_000;

/**
 * The function that brings a chunk of code: the files of `chunks[name]` in the folder at `base`, which continue the wasm whose
 * exports `started` promises. It brings each file once, however often it is called; after a failure the next call tries again. 0
 * in the place of a file stands for what `behind` promises: the module that comes with the first one.
 */
export function laterCode(chunks, started, base, behind) {
  const coming = new Map();
  // With a digest the browser hands out nothing before the whole file has come: there is no stream to compile.
  const wasmIn = ([address, integrity]) =>
    fetch(new URL(address, base), { integrity, signal: AbortSignal.timeout(CODE_TIMEOUT) }).then((answer) => answer.arrayBuffer());
  // What a file calls is there before it: a stub that is called holds up the page. The module behind the first one puts the stubs there.
  const before = (file) => {
    const first = chunks.drawing ? [0] : [];
    const [cold] = chunks.cold ?? [];
    if (file === 0) return [];
    return !cold || file[0] === cold[0] ? first : [...first, cold];
  };
  const bring = async (file) => {
    const arrived = file === 0 ? behind() : wasmIn(file);
    const [exports, wasm] = await Promise.all([started, arrived, ...before(file).map(bringOnce)]);
    await WebAssembly.instantiate(wasm, { m: exports, s: boot.stubs?.(() => exports) ?? {} });
  };
  const bringOnce = (file) => {
    const key = String(file);
    if (!coming.has(key)) {
      coming.set(
        key,
        bring(file).catch((error) => {
          coming.delete(key);
          throw error;
        }),
      );
    }
    return coming.get(key);
  };
  return (name) => Promise.all((chunks[name] ?? []).map(bringOnce));
}

/**
 * The function that makes the text of its cells of a workbook's bytes, by the wasm in the file at `address`; "" when they can't be
 * read. Each workbook gets an instance of its own: a damaged one may break it, or take all of its memory.
 */
export function workbookReader(address, integrity) {
  return async (bytes) => {
    const wasm = await fetch(address, { integrity }).then((answer) => answer.arrayBuffer());
    try {
      const { memory, input, read, output } = (await WebAssembly.instantiate(wasm)).instance.exports;
      const at = input(bytes.length) >>> 0;
      new Uint8Array(memory.buffer).set(bytes, at);
      const length = read();
      return new TextDecoder().decode(new Uint8Array(memory.buffer, output() >>> 0, length));
    } catch {
      return "";
    }
  };
}

/** For how many milliseconds at most clerk-js has the line to itself, from this script's start on. */
const HEAD_START = 60;

/**
 * Asks for the wasm, once clerk-js has arrived or had a start. index.html has no preload for it. Clerk's answers take two round trips
 * from the arrival of clerk-js on, which are over when the wasm, twice as large, has come behind it.
 *
 * No digest is asked for: with one the browser compiles nothing before the last byte has come. The file is named by its bytes, and
 * comes from the same host as the document that would hold the digest.
 */
function fetchWasm({ wasm }) {
  const late = new Promise((resolve) => setTimeout(resolve, HEAD_START));
  const bytes = Promise.race([late, clerkArrived]).then(() => fetch(wasm));
  bytes.catch(() => {}); // Reported once, by what starts it.
  return bytes;
}

/**
 * The function that has the browser fetch a chunk of code once nothing else is to be done. Not for readers who save data: most
 * of them never invite anybody.
 */
export function prefetcher(chunks, base) {
  const asked = new Set();
  return (name) => {
    if (asked.has(name) || navigator.connection?.saveData) return;
    asked.add(name);
    // The head may be another page's: nothing stays in it.
    const over = ({ target }) => target.remove();
    const link = ([address]) => {
      const properties = { rel: "prefetch", as: "fetch", crossOrigin: "anonymous", href: new URL(address, base) };
      return Object.assign(document.createElement("link"), { ...properties, onload: over, onerror: over });
    };
    // The cold code comes by itself.
    const isAsked = (file) => file !== 0 && file[0] !== chunks.cold?.[0][0];
    const links = (chunks[name] ?? []).filter(isAsked).map(link);
    (globalThis.requestIdleCallback ?? setTimeout)(() => document.head.append(...links));
  };
}

/** Whether the host has another version of the page by now than the one that runs, whose wasm is this. */
export async function isOutdated(wasm, base) {
  const answer = await fetch(new URL(".", base), { cache: "no-cache", signal: AbortSignal.timeout(15_000) });
  const page = await answer.text();
  // Not parsed: an element's host may have a policy that forbids what stands in it.
  return page.includes("app-loader") && !page.includes(wasm);
}

/**
 * After how many milliseconds the code that the first rows do without is asked for again when it did not arrive. Twice as long each time:
 * it may never come.
 */
const COLD_RETRY = 4000;
/** The most that it becomes, in milliseconds. */
const COLD_RETRY_LIMIT = 16_000;

/**
 * Leaves for the wasm the stubs of the functions that are in the file of `cold`, in the folder at `base`. Answers the function that is told
 * of each root that is mounted: there stands then why a stub could not go on.
 */
function serveStubs([[address]], base) {
  let mounted = [];
  let functions;
  const broken = (error) => mounted.forEach((root) => sayItFailed(root.getRootNode(), error, base));
  // The glue asks first, then the module behind the first one: both get the same.
  boot.stubs = (exportsOf) => (functions ??= stubs(new URL(address, base), exportsOf, broken));
  return (root) => {
    mounted = [...mounted.filter((root) => root.isConnected), root];
  };
}

/** Calls `work` when the browser has nothing else to do, or after a second; in the next task where it does not tell (Safari). */
function whenIdle(work) {
  if (globalThis.requestIdleCallback) requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work);
}

/**
 * Has the code come that the page starts without: what the first rows do without behind what draws the page, anything else when it is asked
 * for.
 */
function serveLater(chunks, started, base, behind) {
  const later = laterCode(chunks, started, base, behind);
  const bringCold = async (wait) => {
    try {
      await later("cold");
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
      await bringCold(Math.min(2 * wait, COLD_RETRY_LIMIT));
    }
  };
  let cold;
  /** Resolves when that code is here. */
  boot.coldCode = () => (cold ??= bringCold(COLD_RETRY));
  boot.later = (name) => {
    const coming = later(name);
    // While Clerk answers, the line is idle. Not before the processor is idle too: the rows come first.
    if (name === "drawing") coming.then(() => whenIdle(boot.coldCode), () => {});
    return coming;
  };
  const prefetch = prefetcher(chunks, base);
  boot.prefetch = (name) => boot.coldCode().then(() => prefetch(name));
}

/**
 * Starts the wasm with these `bytes`, whose other files are in the folder at `base`. Resolves with the function that mounts the page
 * (`serve_mounts` in src/browser/mount.rs).
 */
export async function startWasm({ js, wasm, modules, chunks, workbook, workbookIntegrity }, bytes, base) {
  const inParts = (answer) => (modules ? partsOf(answer, JSON.parse(modules)) : [answer]);
  const [first, ...others] = inParts(bytes);
  const behind = modules && moduleBehind(others, () => inParts(fetch(new URL(wasm, base))).slice(1));
  const files = chunks && JSON.parse(chunks);
  const noteRoot = files?.cold && serveStubs(files.cold, base);
  const started = import(new URL(js, base)).then(({ default: init }) => init({ module_or_path: first }));
  // A file that is not whole does not say why.
  const isThere = bytes.then(({ ok, status, url }) => {
    if (!ok) throw new TypeError(`${url}: HTTP status ${status}`);
  });
  // Before the wasm starts, which may ask for the rest at once: `init` resolves only when it has started.
  if (files) serveLater(files, started, base, behind);
  boot.isOutdated = () => isOutdated(wasm, base);
  if (workbook) boot.readWorkbook = workbookReader(new URL(workbook, base), workbookIntegrity);
  await Promise.all([isThere, started]);
  return (place) => {
    noteRoot?.(place.root);
    boot.mount(place);
  };
}

/**
 * Whether a document of another origin shows `frame` inside of itself, at whatever depth: there a click may be meant for
 * something else, and one click sends an invitation. Most hosts refuse that by a header; not all can send one.
 */
export function isFramedByAnother(frame) {
  try {
    for (; frame !== frame.top; frame = frame.parent) if (frame.parent.origin !== frame.origin) return true;
    return false;
  } catch {
    return true; // The browser does not tell the origin of a document of another one.
  }
}

/**
 * What is said where the page has not started. A test holds it to the page's own English, and to its place: these are the first
 * texts of each language's list, behind the digest of the catalogue.
 */
const TEXTS = {
  "boot.failed": "This page couldn’t start",
  "boot.failedHint": "Reload it, or update your browser. If that doesn’t help, contact the site’s owner.",
  "boot.reload": "Reload",
  "boot.framed": "This page isn’t available inside another site",
  "boot.open": "Open it in its own tab",
};

/** The same in the reader's language, as far as that is known and its words arrive. */
async function texts(base) {
  try {
    const config = JSON.parse((await (boot.config ?? fetchConfig(base))).text);
    const address = wordsAddress(config, location.search, navigator.languages ?? []);
    const [, ...list] = address ? (await boot.words(new URL(address, base).href)).split("\0") : [];
    return Object.fromEntries(Object.entries(TEXTS).map(([key, text], place) => [key, list[place] || text]));
  } catch {
    return TEXTS;
  }
}

/** An element with these properties. */
const element = (name, properties) => Object.assign(document.createElement(name), properties);

/** Shows a heading and what is below it in `page`, the document or what stands for it, and nothing else. */
function show(page, heading, ...below) {
  const card = element("div", { className: "card" });
  card.setAttribute("role", "alert");
  card.append(element("h1", { textContent: heading }), ...below);
  const main = element("main", { className: "gate", dir: "auto" });
  main.append(card);
  page.querySelector("#skeleton")?.remove();
  page.querySelector("#app").replaceChildren(main);
}

export async function sayItFailed(page, error, base, reload = () => location.reload()) {
  console.error(error);
  const words = await texts(base);
  const button = { className: "button primary", textContent: words["boot.reload"], onclick: reload };
  show(page, words["boot.failed"], element("p", { textContent: words["boot.failedHint"] }), element("button", button));
}

export async function refuseTheFrame(page, base) {
  const words = await texts(base);
  const own = { className: "button", href: location.href, target: "_blank", textContent: words["boot.open"] };
  show(page, words["boot.framed"], element("a", own));
}

/**
 * The function that adds a stylesheet to those of `root`, the document or a shadow root, once: code that is fetched later brings its own.
 * `adapt` makes of its text what fits there.
 */
export function styleAdder(root, adapt = (css) => css) {
  const added = new Set();
  return (css) => {
    if (added.has(css)) return;
    added.add(css);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(adapt(css));
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  };
}

/** Whether the stylesheet of `link` has arrived. Firefox has it before, and does not tell its rules until then. */
function hasArrived({ sheet }) {
  try {
    return Boolean(sheet?.cssRules);
  } catch ({ name }) {
    return name !== "InvalidAccessError";
  }
}

/**
 * Puts theme.css in the place of its copy in index.html, from `cargo xtask configure`, once it has arrived. The first text does not wait for
 * it, because its medium is one that the page is not drawn for.
 */
function applyTheme() {
  const link = document.querySelector('link[href="theme.css"][media="print"]');
  const apply = () => {
    // Not that of the link: with another one, browsers fetch the file once more.
    link.sheet.media.mediaText = "all";
    document.querySelector("style[data-theme]")?.remove();
  };
  if (link && hasArrived(link)) apply();
  else if (link) link.onload = apply;
}

/** Has the browser fetch the icon of the page. */
function showIcon() {
  const icon = document.querySelector("link[rel=icon][data-href]");
  if (icon) icon.href = icon.dataset.href;
}

/** What the page is told of where it is, and of its configuration: see src/browser/mount.rs. */
const placeInDocument = async () => ({
  root: document.getElementById("app"),
  skeleton: document.getElementById("skeleton"),
  frame: document.documentElement,
  config: await boot.config,
});

/** Parsed, because an async script may run while the element the page draws into is still to come. */
const parsed = () =>
  new Promise((resolve) => {
    if (document.readyState !== "loading") resolve();
    else document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });

// Only in the page: a test imports `clerkScript` from a document without a loader, and node has no document.
const loader = globalThis.document?.getElementById("app-loader");
if (loader) parsed().then(applyTheme);
if (loader && isFramedByAnother(window)) {
  parsed().then(() => refuseTheFrame(document, document.baseURI));
} else if (loader) {
  boot.addStyle = styleAdder(document);
  // Until the form is here to take it, the browser would show a file that is dropped in the place of the page.
  for (const type of ["dragover", "drop"]) {
    addEventListener(type, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  }
  startClerk();
  const bytes = fetchWasm(loader.dataset);
  parsed()
    .then(() => startWasm(loader.dataset, bytes, document.baseURI))
    .then(async (mount) => {
      await boot.config; // What follows from it is under way now.
      await Promise.all([firstCallsSent(), boot.wordsCome]);
      // Kept: if it were garbage, the wasm would drop what ends the page, by code that may not be here yet.
      boot.place = await placeInDocument();
      mount(boot.place);
      await boot.later("drawing");
      whenIdle(async () => {
        await boot.coldCode?.();
        whenIdle(showIcon);
      });
    })
    .catch((error) => sayItFailed(document, error, document.baseURI));
  // At the first number or date that it writes, a browser loads what it knows of languages: on a slow processor that takes a
  // tenth of a second, for which the first row would wait.
  globalThis.requestIdleCallback?.(() => (new Date().toLocaleDateString(), (0).toLocaleString()));
}
