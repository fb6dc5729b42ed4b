//! Renames in wasm-bindgen's glue what wasm-opt has renamed in the wasm.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use super::MinifiedNames;

/// What stands before the modules that the wasm imports from.
const IMPORTS: &str = "    return {\n        __proto__: null,\n";

/// The module of the stubs (see [`crate::cold_code`]), which boot.js makes. Without boot.js the wasm says so, by no cold function.
const STUBS: &str = "        \"s\": globalThis.clerkInvitations?.stubs?.(() => wasm) ?? new Proxy({}, { get: () => () => {} }),\n";

/// The glue with what the wasm imports in the place of functions that arrive last.
///
/// # Errors
/// When the glue does not list the modules that the wasm imports from as wasm-bindgen does.
pub fn with_stubs(glue: &str) -> Result<String> {
    ensure!(
        glue.matches(IMPORTS).count() == 1,
        "the glue does not list the wasm's imports after {IMPORTS:?}"
    );
    Ok(glue.replace(IMPORTS, &[IMPORTS, STUBS].concat()))
}

/// The glue with the wasm's new names: an import is a key (`name:`), an export a member (`wasm.name`).
///
/// # Errors
/// When the glue lacks a name that the wasm imports, with which the page would not start.
pub fn with_minified_names(glue: &str, names: &MinifiedNames) -> Result<String> {
    let mut glue = glue.to_owned();
    for (long, short) in &names.modules {
        glue = glue.replace(&format!("\"{long}\":"), &format!("\"{short}\":"));
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut renamed = String::with_capacity(glue.len());
    let mut found = BTreeSet::new();
    let mut rest = glue.as_str();
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        renamed.push_str(before);
        let short = if renamed.ends_with("wasm.") {
            names.exports.get(word)
        } else if after.starts_with(':') {
            names.imports.get(word)
        } else {
            None
        };
        found.extend(short.map(|_| word));
        renamed.push_str(short.map_or(word, String::as_str));
        rest = after;
    }
    renamed.push_str(rest);
    // An export may be missing: wasm-bindgen leaves some that its glue does not use.
    let missing = names.imports.keys().find(|name| !found.contains(name.as_str()));
    ensure!(missing.is_none(), "the glue does not offer {missing:?}, which the wasm imports");
    Ok(renamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(imports: &[(&str, &str)], exports: &[(&str, &str)]) -> MinifiedNames {
        let map = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(long, short)| (long.to_string(), short.to_string())).collect()
        };
        MinifiedNames { modules: map(&[("./app.js", "a")]), imports: map(imports), exports: map(exports) }
    }

    #[test]
    fn imports_exports_and_modules_get_their_new_names_and_nothing_else_does() {
        let glue = "import0 = { __wbg_a_01: function() { f(wasm.go, wasm.gone); } }; return { \"./app.js\": import0 }";
        let renamed = with_minified_names(glue, &names(&[("__wbg_a_01", "a")], &[("go", "b")])).unwrap();
        assert_eq!(
            renamed,
            "import0 = { a: function() { f(wasm.b, wasm.gone); } }; return { \"a\": import0 }"
        );
    }

    #[test]
    fn an_import_that_the_glue_lacks_fails_the_build() {
        assert!(with_minified_names("wasm.go()", &names(&[("go", "a")], &[])).is_err());
    }

    #[test]
    fn the_stubs_are_the_first_of_the_imports_and_a_glue_without_a_list_of_imports_fails_the_build() {
        let glue = [IMPORTS, "        \"./app.js\": import0,\n    };"].concat();
        let with_stubs = with_stubs(&glue).unwrap();
        assert!(with_stubs.starts_with(&[IMPORTS, STUBS].concat()), "{with_stubs}");
        assert!(super::with_stubs("return {};").is_err());
    }
}
