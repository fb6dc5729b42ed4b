// Starts what need not wait for the wasm, then the wasm itself. A file of its own because the page's policy allows no
// inline script. Everything it finds out stands in `globalThis.clerkInvitations`, for src/browser and src/clerk to take.

/** config.json as it came: `{ status: 0, text: "" }` when there was no answer. Never rejects. */
const config = fetch(new URL("config.json", document.baseURI), { signal: AbortSignal.timeout(15_000) })
  .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
  .catch(() => ({ status: 0, text: "" }));

globalThis.clerkInvitations = { config };

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
  const chosen = (key) => (typeof config?.[key] === "string" ? config[key].trim() : "");
  const publishableKey = chosen("publishableKey");
  const host = frontendApi(publishableKey);
  if (!host) return null;
  if (chosen("domain")) return null;
  const proxyUrl = chosen("proxyUrl").replace(/\/+$/, "");
  const base = proxyUrl || `https://${host}`;
  const version = chosen("clerkJsVersion") || "6";
  return {
    src: chosen("clerkJsUrl") || `${base}/npm/@clerk/clerk-js@${version}/dist/clerk.browser.js`,
    attributes: {
      "data-clerk-publishable-key": publishableKey,
      ...(proxyUrl && { "data-clerk-proxy-url": proxyUrl }),
    },
  };
}

/** A second copy of clerk-js would replace the first: leave alone a live one, and a tag that is already loading. */
function clerkIsHere() {
  return typeof globalThis.Clerk?.load === "function" || document.querySelector("script[data-clerk-js-script]");
}

async function startClerk() {
  const { text } = await config;
  let script;
  try {
    script = clerkScript(JSON.parse(text));
  } catch {
    return; // Not JSON: the page itself says so, with the reason.
  }
  if (!script || clerkIsHere()) return;
  const tag = document.createElement("script");
  for (const [name, value] of Object.entries(script.attributes)) tag.setAttribute(name, value);
  // Clerk's own mark, by which its loaders find a tag; and ours: whoever added the tag is the one to call `load`.
  tag.dataset.clerkJsScript = "true";
  tag.dataset.clerkInvitations = "";
  // A dead tag would be waited for: its error has long been reported when the wasm arrives.
  tag.addEventListener("error", () => tag.remove());
  tag.async = true;
  tag.crossOrigin = "anonymous";
  tag.fetchPriority = "high";
  tag.src = script.src;
  document.head.append(tag);
}

async function startPage() {
  const { js, wasm } = document.getElementById("app-loader").dataset;
  const bytes = fetch(wasm, {
    // The browser ignores the digest on the preload link, but not here. Asking the same way also reuses the preload.
    integrity: document.querySelector('link[rel="preload"][type="application/wasm"]')?.integrity ?? "",
  });
  bytes.catch(() => {}); // Reported once, by the await below.
  const { default: init } = await import(new URL(js, document.baseURI));
  await init({ module_or_path: bytes });
}

function sayItFailed(error) {
  console.error(error);
  const alert = document.createElement("div");
  alert.setAttribute("role", "alert");
  alert.className = "card";
  alert.textContent =
    "The page could not start. Reload it. If that does not help, update your browser, or tell whoever runs this page.";
  const main = document.createElement("main");
  main.className = "gate";
  main.append(alert);
  document.getElementById("skeleton").hidden = true;
  document.getElementById("app").replaceChildren(main);
}

// Parsed, because an async script may run while the element the page draws into is still to come.
const parsed = new Promise((resolve) => {
  if (document.readyState !== "loading") resolve();
  else document.addEventListener("DOMContentLoaded", resolve, { once: true });
});

// Only in the page: a test imports `clerkScript` from a document without a loader.
if (document.getElementById("app-loader")) {
  startClerk();
  parsed.then(startPage).catch(sayItFailed);
}
