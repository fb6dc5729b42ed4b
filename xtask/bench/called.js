// Before the page's scripts: hands its wasm the functions by which its own functions tell that they are called (xtask/src/cold_code),
// and keeps their names, also over a reload. `functions.all` are those that could tell, `functions.called` those that did. The code that
// draws the page is the last that comes, so that nothing of what takes more is called: other code is on its way for ever, or does not arrive
// (`codeIsMissing`), because the host has another version of the page by now or for another reason (`codeIsMissing.isOutdated`).
(() => {
  let boot;
  const never = new Promise(() => {});
  Object.defineProperty(globalThis, "clerkInvitations", {
    get: () => boot,
    set(object) {
      let { later } = (boot = object);
      const other = () => (globalThis.codeIsMissing ? Promise.reject(new TypeError("It is missing.")) : never);
      const get = () => (name) => (name === "drawing" ? later(name) : other());
      Object.defineProperty(boot, "later", { get, set: (bring) => void (later = bring) });
      const isOutdated = async () => globalThis.codeIsMissing?.isOutdated;
      Object.defineProperty(boot, "isOutdated", { get: () => isOutdated, set() {} });
      Object.defineProperty(boot, "coldCode", { get: () => () => never, set() {} });
    },
  });
  const before = JSON.parse(sessionStorage.getItem("called") ?? "[]");
  const functions = (globalThis.functions = { all: new Set(), called: new Set(before) });
  addEventListener("pagehide", () => sessionStorage.setItem("called", JSON.stringify([...functions.called])));
  const heard = new Proxy({}, { get: (_, name) => () => void functions.called.add(name) });
  const { instantiate, instantiateStreaming } = WebAssembly;
  const note = (module) => {
    for (const { module: from, name } of WebAssembly.Module.imports(module)) if (from === "c") functions.all.add(name);
  };
  WebAssembly.instantiateStreaming = async (answer, imports) => {
    const started = await instantiateStreaming.call(WebAssembly, answer, { ...imports, c: heard });
    note(started.module);
    return started;
  };
  WebAssembly.instantiate = async (module, imports) => {
    if (module instanceof WebAssembly.Module) note(module);
    return instantiate.call(WebAssembly, module, { ...imports, c: heard });
  };
})();
