fn main() {
    let out = std::env::args().nth(1).unwrap();
    let linked = std::fs::read(std::env::args().nth(2).unwrap()).unwrap();
    let linked = xtask::panics::without_texts(&linked).unwrap();
    std::fs::write(format!("{out}/linked.wasm"), &linked).unwrap();
    let tools = xtask::set_up::Tools::install().unwrap();
    let split =
        xtask::wasm_split::split(&linked, "clerk-invitations", tools.command("wasm-bindgen")).unwrap();
    std::fs::write(format!("{out}/primary.wasm"), &split.primary).unwrap();
    std::fs::write(format!("{out}/glue.js"), &split.glue).unwrap();
    for (name, wasm) in split.secondary {
        std::fs::write(format!("{out}/s-{name}.wasm"), wasm).unwrap();
    }
}
