// Before the page's scripts: hands its wasm the functions by which its own functions tell that they are called (xtask/src/cold_code),
// and keeps their names. `functions.all` are those that could tell, `functions.called` those that did. No code comes behind the one that
// draws the page: what that is needed for is not called.
(() => {
  let boot;
  const never = new Promise(() => {});
  Object.defineProperty(globalThis, "clerkInvitations", {
    get: () => boot,
    set(object) {
      let { later } = (boot = object);
      const get = () => (name) => (name === "drawing" ? later(name) : never);
      Object.defineProperty(boot, "later", { get, set: (bring) => void (later = bring) });
    },
  });
  const functions = (globalThis.functions = { all: new Set(), called: new Set() });
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
