// Remembers the memories of whatever wasm the page starts.
const memories = new Set();
for (const name of ["instantiate", "instantiateStreaming"]) {
  const instantiate = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    const { exports } = made.instance ?? made;
    for (const value of Object.values(exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
    return made;
  };
}
globalThis.wasmBytes = () => [...memories].reduce((bytes, memory) => bytes + memory.buffer.byteLength, 0);
