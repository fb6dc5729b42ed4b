//! Builds the wasm that reads workbooks: the package `workbook`, which needs no JavaScript.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use walrus::{Module, passes::gc};

use crate::run;

/// What assets/boot.js takes of it.
const EXPORTS: [&str; 4] = ["memory", "input", "read", "output"];

/// Builds it with these compiler flags, in this target folder: in the page's own, cargo would build everything anew each time,
/// because the page has other flags.
///
/// # Errors
/// When it cannot be compiled, or would need JavaScript.
pub fn build(target: &Path, flags: &str) -> Result<Vec<u8>> {
    let mut cargo = run::cargo();
    cargo.args(["build", "--quiet", "--release", "--locked", "--package=workbook"]);
    cargo.arg("--target=wasm32-unknown-unknown").arg("--target-dir").arg(target);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    run::run(&mut cargo)?;
    let wasm = target.join("wasm32-unknown-unknown/release/workbook.wasm");
    let wasm = std::fs::read(&wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    without_other_exports(&wasm)
}

/// The module with nothing but [`EXPORTS`] and what they lead to. Dependencies bring bindings to JavaScript that nothing calls,
/// but that the linker exports, for wasm-bindgen.
fn without_other_exports(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).context("the wasm for workbooks cannot be read")?;
    let others: Vec<_> = module.exports.iter().filter(|export| !EXPORTS.contains(&&*export.name)).collect();
    let others: Vec<_> = others.into_iter().map(|export| export.id()).collect();
    others.into_iter().for_each(|export| module.exports.delete(export));
    gc::run(&mut module);
    let import = module.imports.iter().next().map(|import| &import.name);
    ensure!(import.is_none(), "the wasm for workbooks imports {import:?}: assets/boot.js gives it nothing");
    ensure!(module.exports.iter().count() == EXPORTS.len(), "the wasm for workbooks lacks an export");
    Ok(module.emit_wasm())
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, FunctionId};

    use super::*;

    /// A module with these exports, of which one calls a function that is imported.
    fn module(exports: &[&str], calls: &str) -> Vec<u8> {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        let ty = module.types.add(&[], &[]);
        let (imported, _) = module.add_import_func("__wbindgen_placeholder__", "describe", ty);
        for name in exports {
            let function = function(&mut module, (*name == calls).then_some(imported));
            module.exports.add(name, function);
        }
        module.emit_wasm()
    }

    fn function(module: &mut Module, calls: Option<FunctionId>) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        if let Some(called) = calls {
            builder.func_body().call(called);
        }
        builder.finish(vec![], &mut module.funcs)
    }

    #[test]
    fn what_only_other_exports_lead_to_is_removed() {
        let wasm =
            without_other_exports(&module(&["input", "read", "output", "describe"], "describe")).unwrap();
        let module = Module::from_buffer(&wasm).unwrap();
        assert_eq!((module.imports.iter().count(), module.exports.iter().count()), (0, 4));
    }

    #[test]
    fn a_wasm_that_needs_javascript_fails_the_build() {
        let error =
            without_other_exports(&module(&["input", "read", "output"], "read")).unwrap_err().to_string();
        assert!(error.contains("describe"), "{error}");
        assert!(without_other_exports(&module(&["input", "read"], "")).is_err());
    }
}
