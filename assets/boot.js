// Starts what need not wait for the wasm, then the wasm itself. A file of its own because the page's policy allows no
// inline script. Everything it finds out stands in `globalThis.clerkInvitations`, for src/browser and src/clerk to take.

/** config.json as it came: `{ status: 0, text: "" }` when there was no answer. Never rejects. */
const config = fetch(new URL("config.json", document.baseURI), { signal: AbortSignal.timeout(15_000) })
  .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
  .catch(() => ({ status: 0, text: "" }));

/** `later` brings the code that the page can start without; here, where nothing was split off, there is nothing to bring. */
const boot = (globalThis.clerkInvitations = { config, later: async () => {}, blocked: [] });

// What the site's Content-Security-Policy blocks, for the sentence that says why Clerk did not start.
addEventListener("securitypolicyviolation", ({ blockedURI }) => boot.blocked.push(blockedURI));

/** The text at a key of the configuration, trimmed; "" when there is none. */
const chosen = (config, key) => (typeof config?.[key] === "string" ? config[key].trim() : "");

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
 * derive the same; a test holds them together.
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

/** Starts the clerk-js that has just arrived, and leaves what src/clerk/load.rs needs to go on with it. */
function loadClerk(clerk, config) {
  if (typeof clerk?.load !== "function" || config.isSatellite) return;
  let bringUi;
  const ui = new Promise((resolve) => (bringUi = resolve));
  // The page replaces this by its own router (src/clerk/router.rs) as soon as the wasm has started.
  boot.go = follow;
  const loading = Promise.resolve(clerk.load(clerkOptions(config, ui, (address) => boot.go(address))));
  loading.catch(() => {}); // Reported by the page, which waits for it too.
  boot.started = { clerk, loading, bringUi };
}

/** The tags that load clerk-js: with the mark of Clerk's loaders, or as Clerk's quickstart and its readers write it. */
const CLERK_TAGS = 'script[data-clerk-js-script], script[data-clerk-publishable-key], script[src*="clerk.browser.js"]';

/** A second copy of clerk-js would replace the first: leave alone a live one, and a tag that is already loading. */
function clerkIsHere() {
  return typeof globalThis.Clerk?.load === "function" || document.querySelector(CLERK_TAGS);
}

async function startClerk() {
  const { text } = await boot.config;
  let config, script;
  try {
    config = JSON.parse(text);
    script = clerkScript(config);
  } catch {
    return; // Not JSON: the page itself says so, with the reason.
  }
  if (!script || clerkIsHere()) return;
  const tag = document.createElement("script");
  for (const [name, value] of Object.entries(script.attributes)) tag.setAttribute(name, value);
  // Clerk's own mark, by which its loaders find a tag; and this page's, which says that this page calls `load`.
  tag.dataset.clerkJsScript = "true";
  tag.dataset.clerkInvitations = "";
  // A dead tag would be waited for: its error has long been reported when the wasm arrives.
  tag.addEventListener("error", () => tag.remove());
  tag.addEventListener("load", () => loadClerk(globalThis.Clerk, config));
  tag.async = true;
  tag.crossOrigin = "anonymous";
  tag.fetchPriority = "high";
  tag.src = script.src;
  document.head.append(tag);
}

/**
 * The function that brings the code in the file at `address`, which continues the wasm whose exports `started` promises.
 * It brings it once, however often it is called; after a failure the next call tries again.
 */
export function laterCode(address, integrity, started) {
  let coming = null;
  const bring = async () => {
    // With a digest the browser hands out nothing before the whole file has come: there is no stream to compile.
    const [exports, bytes] = await Promise.all([
      started,
      fetch(address, { integrity }).then((answer) => answer.arrayBuffer()),
    ]);
    await WebAssembly.instantiate(bytes, { m: exports });
  };
  return () =>
    (coming ??= bring().catch((error) => {
      coming = null;
      throw error;
    }));
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

async function startPage() {
  const { js, wasm, later, laterIntegrity, workbook, workbookIntegrity } = document.getElementById("app-loader").dataset;
  const bytes = fetch(wasm, {
    // The browser ignores the digest on the preload link, but not here. Asking the same way also reuses the preload.
    integrity: document.querySelector('link[rel="preload"][type="application/wasm"]')?.integrity ?? "",
  });
  bytes.catch(() => {}); // Reported once, by the await below.
  const started = import(new URL(js, document.baseURI)).then(({ default: init }) => init({ module_or_path: bytes }));
  // Before the wasm starts, which may ask for the rest at once: `init` resolves only when it has started.
  if (later) boot.later = laterCode(later, laterIntegrity, started);
  if (workbook) boot.readWorkbook = workbookReader(workbook, workbookIntegrity);
  await started;
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

/** Shows this and nothing else. */
function show(...content) {
  const alert = document.createElement("div");
  alert.setAttribute("role", "alert");
  alert.className = "card";
  alert.append(...content);
  const main = document.createElement("main");
  main.className = "gate";
  main.append(alert);
  document.getElementById("skeleton")?.remove();
  document.getElementById("app").replaceChildren(main);
}

function sayItFailed(error) {
  console.error(error);
  show(
    "The page could not start. Reload it. If that does not help, update your browser, or tell whoever runs this page.",
  );
}

function refuseTheFrame() {
  const link = Object.assign(document.createElement("a"), { href: location.href, target: "_blank", textContent: "Open it in a tab of its own" });
  show("This page is not available inside another site. ", link);
}

// Parsed, because an async script may run while the element the page draws into is still to come.
const parsed = new Promise((resolve) => {
  if (document.readyState !== "loading") resolve();
  else document.addEventListener("DOMContentLoaded", resolve, { once: true });
});

// Only in the page: a test imports `clerkScript` from a document without a loader.
if (document.getElementById("app-loader")) {
  if (isFramedByAnother(window)) {
    parsed.then(refuseTheFrame);
  } else {
    startClerk();
    parsed.then(startPage).catch(sayItFailed);
  }
}
