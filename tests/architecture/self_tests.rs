//! The rules can fail.

use super::{LONGEST, Sources};

/// The faults of a crate of a few files: this one, and one that defines something in each of some modules.
fn faults(path: &str, text: &str) -> Vec<String> {
    let others = [
        ("src/lib.rs", "pub mod domain; pub mod clerk;"),
        ("src/domain/mod.rs", "mod role; pub use role::Role; pub fn rule() {}"),
        ("src/domain/role.rs", "pub struct Role;"),
        ("src/clerk/mod.rs", "mod client; pub use client::Client; pub use client::client;"),
        ("src/clerk/client.rs", "pub struct Client; pub fn client() {}"),
    ];
    let others = others.into_iter().filter(|(other, _)| *other != path);
    Sources::read(others.chain([(path, text)])).faults().into_iter().collect()
}

#[test]
fn no_way_of_writing_an_import_hides_it() {
    for text in [
        "use crate::clerk::Client;",
        "use crate::{domain::Role, clerk::{Client as Other}};",
        "use crate::clerk; fn f() { clerk::client(); }",
        "use crate::clerk as door; fn f(_: &door::Client) {}",
        "use crate::clerk::client;",
        "use crate::clerk::*;",
        "use super::super::clerk::client::Client;",
        "pub use self::super::super::clerk::Client;",
        "use clerk_invitations::clerk::Client;",
        "fn f() { crate::clerk::client(); }",
        "fn f() { use crate::clerk::Client; }",
        "fn f() -> Vec<crate::clerk::Client> { vec![] }",
        "fn f() { vec![1, crate::clerk::Client::new()]; }",
        "macro_rules! m { () => { $crate::clerk::client() } }",
        "mod inner { use super::super::super::clerk::Client; }",
        "#[cfg(not(test))] mod inner { use crate::clerk::Client; }",
    ] {
        assert_eq!(
            faults("src/domain/email.rs", text),
            ["src/domain/email.rs:1: domain may not use clerk"],
            "{text}"
        );
    }
}

#[test]
fn what_may_be_used_is_no_fault() {
    for text in [
        "use super::Role; use crate::domain::rule; pub(in crate::domain) fn f() { rule() }",
        "#[cfg(test)] mod tests { use crate::clerk::Client; }",
        "#[cfg(all(test, not(target_arch = \"wasm32\")))] mod tests { use crate::clerk::Client; }",
        "/// [`crate::clerk::Client`]\nconst A: &str = \"use crate::clerk::Client;\"; // crate::clerk",
        "fn f(clerk: u8) -> u8 { clerk }",
    ] {
        assert_eq!(faults("src/domain/email.rs", text), [""; 0], "{text}");
    }
    assert_eq!(faults("src/domain/email/tests.rs", "use crate::clerk::Client;"), [""; 0]);
    assert_eq!(faults("src/clerk/call.rs", "use crate::domain::{Role, rule};"), [""; 0]);
}

#[test]
fn a_layer_below_another_has_its_own_line() {
    let text = "use crate::clerk::Client; use yew::Html;";
    assert_eq!(faults("src/session/view/gate.rs", text), [""; 0]);
    let found = ["session may not know yew", "session may not use clerk"];
    assert_eq!(
        faults("src/session/model.rs", text),
        found.map(|fault| format!("src/session/model.rs:1: {fault}"))
    );
    assert_eq!(faults("src/shared.rs", ""), ["src/shared.rs: is in no layer that this test knows"]);
}

#[test]
fn javascript_stops_at_its_door() {
    for (path, text, is_fault) in [
        ("src/domain/email.rs", "use yew::prelude::*;", true),
        ("src/domain/email.rs", "fn f() { gloo_net::f() }", true),
        ("src/domain/email.rs", "fn yewtree(_: gloom::X) {}", false),
        ("src/ui/button.rs", "use yew::prelude::*; use web_sys::Event;", false),
        ("src/ui/button.rs", "fn f(_: &JsValue) {}", true),
        ("src/ui/button.rs", "fn f() { x!(js_sys::Array::new()) }", true),
        ("src/ui/button.rs", "use wasm_bindgen_futures::spawn_local;", true),
        ("src/clerk/call.rs", "use wasm_bindgen::JsValue;", false),
        ("src/clerk/call.rs", "extern \"C\" { #[wasm_bindgen(catch, js_name = g)] fn f(); type T; }", false),
        ("src/clerk/call.rs", "extern \"C\" { #[wasm_bindgen(method)] fn f(); }", true),
        ("src/clerk/call.rs", "extern \"C\" { fn f(); }", true),
    ] {
        assert_eq!(faults(path, text).len(), usize::from(is_fault), "{path} {text}");
    }
}

#[test]
fn files_that_use_each_other_are_found() {
    let circle = |parent, child| {
        let sources = [("src/lib.rs", ""), ("src/domain/mod.rs", parent), ("src/domain/role.rs", child)];
        Sources::read(sources).faults().into_iter().collect::<Vec<_>>()
    };
    let uses_parent = "use crate::domain::rule; pub struct Role;";
    let found = circle("mod role; use role::Role; pub fn rule() {}", uses_parent);
    let expected = [
        "src/domain/mod.rs:1: in a circle with src/domain/role.rs",
        "src/domain/role.rs:1: in a circle with src/domain/mod.rs",
    ];
    assert_eq!(found, expected);
    // That a module hands on what its files define is no use of them.
    assert_eq!(circle("mod role; pub use role::Role; pub fn rule() {}", uses_parent), [""; 0]);
    // What a file takes from its neighbour by the module's name is the neighbour's.
    assert_eq!(circle("mod role; pub use crate::domain::role::Role;", "pub struct Role;"), [""; 0]);
}

#[test]
fn a_long_file_is_found_and_its_tests_do_not_count() {
    let (line, tests) = ("pub const A: u8 = 1;\n", "#[cfg(test)]\nmod tests {\n    fn f() {}\n}\n");
    assert_eq!(faults("src/domain/email.rs", &(line.repeat(LONGEST) + tests)), [""; 0]);
    let found = faults("src/domain/email.rs", &(line.repeat(LONGEST + 1) + tests));
    assert_eq!(found, [format!("src/domain/email.rs: {} lines without its tests", LONGEST + 1)]);
}
