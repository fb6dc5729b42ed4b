//! The document around the page, its address, and what `boot.js` left for it.

use crate::world::{KEY, World, exists, focused, json, place, script_of, settle, text, until};
use clerk_invitations::app;
use clerk_invitations::browser::{fetch_text, is_online, serve_mounts, show_crash_message};
use clerk_invitations::route;
use js_sys::{Function, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn steps() -> Option<u32> {
    web_sys::window()?.history().ok()?.length().ok()
}

#[wasm_bindgen_test]
fn going_somewhere_is_a_step_and_is_heard_of() {
    let world = World::without_clerk();
    let before = steps().expect("a history");
    world.mount.go_to("/?page=2");
    assert_eq!((world.mount.address().as_str(), world.stage.popstates()), ("/?page=2", 1));
    world.mount.go_to("?page=3");
    assert_eq!((world.mount.address().as_str(), world.stage.popstates()), ("/?page=3", 2));
    // A history is cut off at fifty.
    assert!(steps().expect("a history") >= (before + 2).min(50));
}

#[wasm_bindgen_test]
async fn a_path_of_two_slashes_leads_to_no_other_host() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 1);
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).expect("an origin");
    world.mount.replace_address(&[&*origin, "//"].concat());
    assert_eq!(world.mount.path(), "/");
    world.draw();
    until("the tabs", || exists("nav a[href='/?view=all']")).await;
    assert!(!exists("nav a[href^='//']"));
}

#[wasm_bindgen_test]
fn a_correction_is_heard_of_and_is_no_step() {
    let world = World::without_clerk();
    let before = steps();
    world.mount.replace_address("/?page=2");
    assert_eq!((world.mount.address().as_str(), world.stage.popstates()), ("/?page=2", 1));
    assert_eq!(steps(), before);
}

#[wasm_bindgen_test]
fn an_address_that_the_browser_refuses_changes_nothing() {
    let world = World::without_clerk();
    let before = world.mount.address();
    for refused in ["https://elsewhere.example/", "http://[", "javascript:alert(1)"] {
        world.mount.replace_address(refused);
        assert_eq!(world.mount.address(), before, "{refused}");
    }
    assert_eq!(world.stage.popstates(), 0);
}

#[wasm_bindgen(module = "/assets/boot.js")]
extern "C" {
    fn follow(address: &str);
}

/// Goes to an address as the page does, then as `boot.js` does: the documents that the browser was sent to.
async fn navigations(world: &World, address: &str) -> Vec<String> {
    world.stage.keep_navigations();
    world.mount.go_to(address);
    follow(address);
    settle().await;
    world.stage.navigations()
}

#[wasm_bindgen_test]
async fn an_address_that_is_no_page_is_not_followed() {
    for refused in [
        "javascript:void(globalThis.hasRun = true)",
        " \u{1}JavaScript:void(globalThis.hasRun = true)",
        "java\tscript:void(globalThis.hasRun = true)",
        "data:text/html,<script>opener</script>",
        "blob:https://elsewhere.example/1",
        "about:blank",
        "mailto:a@x.de",
        "http://[",
    ] {
        let world = World::without_clerk();
        let before = world.mount.address();
        assert_eq!(navigations(&world, refused).await, [""; 0], "{refused}");
        assert_eq!((world.mount.address(), world.stage.popstates()), (before, 0), "{refused}");
        let has_run = Reflect::has(&js_sys::global(), &"hasRun".into()).expect("a global");
        assert!(!has_run, "{refused}");
    }
}

#[wasm_bindgen_test]
async fn an_address_of_another_origin_is_another_document() {
    for (address, document) in [
        ("https://elsewhere.example/a?b=c#d", "https://elsewhere.example/a?b=c#d"),
        ("http://elsewhere.example", "http://elsewhere.example/"),
        ("//elsewhere.example:444/", "http://elsewhere.example:444/"),
    ] {
        let world = World::without_clerk();
        assert_eq!(navigations(&world, address).await, [document; 2]);
        assert_eq!(world.stage.popstates(), 0);
    }
}

#[wasm_bindgen_test]
async fn an_address_of_this_origin_is_another_document_only_before_the_page_is_there() {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).expect("an origin");
    let there = [&*origin, "/?page=2"].concat();
    for way in ["/?page=2", "?page=2", &there] {
        let world = World::without_clerk();
        assert_eq!(navigations(&world, way).await, [&*there], "{way}");
        assert_eq!((world.mount.address().as_str(), world.stage.popstates()), ("/?page=2", 1), "{way}");
    }
}

#[wasm_bindgen_test]
async fn what_the_site_map_lacks_is_another_document_although_it_is_of_this_origin() {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).expect("an origin");
    let world = World::without_clerk();
    world.stage.keep_navigations();
    for (address, document) in
        [("/register?a=b", "/register?a=b"), ("/login#/?redirect_url=x", "/login#/?redirect_url=x")]
    {
        route::follow(&world.mount, address);
        settle().await;
        assert_eq!(world.stage.navigations().last(), Some(&[&*origin, document].concat()));
    }
    let left = world.stage.navigations().len();
    route::follow(&world.mount, "/accept?a=b");
    assert_eq!((world.mount.address().as_str(), world.stage.navigations().len()), ("/accept?a=b", left));
}

#[wasm_bindgen_test]
fn a_watch_of_the_address_ends_when_it_is_dropped() {
    let world = World::without_clerk();
    let heard = Rc::new(Cell::new(0));
    let watch = {
        let heard = Rc::clone(&heard);
        world.mount.watch_address(move || heard.set(heard.get() + 1))
    };
    world.mount.go_to("/?page=2");
    world.mount.replace_address("/?page=3");
    assert_eq!(heard.get(), 2);
    drop(watch);
    world.mount.go_to("/?page=4");
    assert_eq!(heard.get(), 2);
}

#[wasm_bindgen_test]
fn the_language_the_title_and_the_skeleton_are_the_documents() {
    let world = World::without_clerk();
    let root = web_sys::window().and_then(|window| window.document()?.document_element()).expect("a root");
    world.mount.set_language("ar-EG", true);
    assert_eq!(root.get_attribute("dir").as_deref(), Some("rtl"));
    assert_eq!(root.get_attribute("lang").as_deref(), Some("ar-EG"));
    world.mount.set_language("en", false);
    assert_eq!(root.get_attribute("dir").as_deref(), Some("ltr"));
    world.mount.set_title("<b>Invitations</b>");
    assert_eq!(text("title"), "<b>Invitations</b>");
    world.mount.show_skeleton(false);
    assert!(crate::world::exists("#skeleton[hidden]"));
    world.mount.show_skeleton(true);
    assert!(!crate::world::exists("#skeleton[hidden]"));
}

#[wasm_bindgen_test]
fn the_keyboard_is_moved_only_to_what_is_there() {
    let world = World::without_clerk();
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let field = document.create_element("input").expect("a field");
    field.set_id("field");
    document.get_element_by_id("app").expect("#app").append_child(&field).expect("a place");
    assert!(world.mount.has_focus_or_none_has(&["other", "field"]));
    world.mount.place_focus("field");
    assert_eq!(focused(), "field");
    for nowhere in ["", "nothing", "\u{0}", "a b"] {
        world.mount.place_focus(nowhere);
        assert_eq!(focused(), "field");
        assert!(!world.mount.has_focus_or_none_has(&[nowhere]));
    }
}

#[wasm_bindgen_test]
fn the_last_thing_a_broken_page_says_replaces_everything() {
    let world = World::without_clerk();
    show_crash_message();
    assert!(text("#app > [role=alert]").contains("Reload it"));
    assert!(crate::world::exists("#skeleton[hidden]"));
    for id in ["app", "skeleton"] {
        let document = web_sys::window().and_then(|window| window.document()).expect("a document");
        document.get_element_by_id(id).expect("an element").remove();
    }
    show_crash_message();
    world.mount.show_skeleton(true);
}

#[wasm_bindgen_test]
fn offline_is_what_the_browser_says() {
    let world = World::without_clerk();
    assert!(is_online());
    world.stage.offline();
    assert!(!is_online());
}

#[wasm_bindgen_test]
async fn a_text_that_can_not_be_fetched_has_no_status() {
    let _world = World::without_clerk();
    assert_eq!(fetch_text(&script_of("text")).await, (200, "text".to_owned()));
    assert_eq!(fetch_text("/nothing-is-here.json").await.0, 404);
    for unreachable in ["http://127.0.0.1:1/", "http://[", "nonsense:", "blob:null/gone"] {
        assert_eq!(fetch_text(unreachable).await, (0, String::new()), "{unreachable}");
    }
}

#[wasm_bindgen_test]
async fn the_page_is_mounted_with_what_boot_js_fetched_and_taken_away_again() {
    let world = World::signed_in();
    let global = js_sys::global();
    let before = Reflect::get(&global, &"clerkInvitations".into()).expect("a global");
    let boot = json("{}");
    Reflect::set(&global, &"clerkInvitations".into(), &boot).expect("a global");
    serve_mounts(app::start);
    let mount: Function = Reflect::get(&boot, &"mount".into()).expect("a function").unchecked_into();
    let config = json(&format!(r#"{{"status": 200, "text": "{{\"publishableKey\": \"{KEY}\"}}"}}"#));
    let place = place();
    Reflect::set(&place, &"config".into(), &config).expect("an object");
    let mounted = || mount.call1(&JsValue::UNDEFINED, &place).expect("mounted");
    let unmounted = || {
        let unmount: Function = Reflect::get(&place, &"unmount".into()).expect("a function").unchecked_into();
        unmount.call0(&JsValue::UNDEFINED).expect("unmounted");
    };
    mounted();
    until("the page", || exists("#app header")).await;
    assert_eq!(world.clerk.listeners(), 1);
    unmounted();
    until("nothing", || text("#app").is_empty() && world.clerk.listeners() == 0).await;
    // Whatever stands there instead of an answer, it is no configuration.
    for senseless in ["null", "7", "{}", r#"{"status": "200", "text": 7}"#] {
        Reflect::set(&place, &"config".into(), &json(senseless)).expect("an object");
        mounted();
        until("a sentence", || exists("#app [role=alert]")).await;
        unmounted();
        until(&format!("nothing after {senseless}"), || text("#app").is_empty()).await;
    }
    for nowhere in [JsValue::UNDEFINED, JsValue::NULL, 7.into(), json("{}"), json(r#"{"root": 7}"#)] {
        mount.call1(&JsValue::UNDEFINED, &nowhere).expect("no throw");
    }
    Reflect::set(&global, &"clerkInvitations".into(), &before).expect("a global");
}
