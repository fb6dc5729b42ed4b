//! Keys that are commands, and where the keyboard is when another screen comes.

use crate::world::{
    World, close, config, exists, focus, focused, go_to, how_many, json, key, key_with, press, settle, text,
    until,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const DIALOG: &str = "dialog[aria-labelledby=shortcuts-heading][open]";

/// The page of somebody who may manage `org_a`.
async fn ready(more: &str) -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    world.draw_with(config(more));
    until("the form and the list", || exists("#invite-role:not([disabled])") && exists("tbody tr:has(th)"))
        .await;
    world
}

#[wasm_bindgen_test]
async fn keys_lead_to_the_box_and_the_search_and_refresh_the_list() {
    let world = ready("").await;
    key("body", "i");
    until("the box for addresses", || focused() == "invite-email").await;
    press("h1");
    focus(".account");
    key(".account", "/");
    until("the search", || focused() == "list-search").await;
    let before = world.clerk.count("getInvitations");
    focus(".account");
    key(".account", "R");
    until("the list is asked for", || world.clerk.count("getInvitations") > before).await;
    // On a keyboard of other letters.
    key_with(".account", "ه", &json(r#"{"code": "KeyI"}"#));
    until("the box for addresses", || focused() == "invite-email").await;
}

#[wasm_bindgen_test]
async fn the_tabs_are_one_stop_and_arrows_walk_from_one_to_the_next() {
    let _world = ready("").await;
    focus("#invite-email");
    until("the code that is fetched later", || exists("[role=toolbar]")).await;
    let current = "[role=toolbar] [aria-current]";
    assert!(exists(current) && !exists("[role=toolbar] a:not([tabindex='-1'], [aria-current])"));
    focus(current);
    for (pressed, tab) in [
        ("ArrowRight", "Needs attention"),
        ("Home", "Pending"),
        ("ArrowLeft", "All"),
        ("ArrowRight", "Pending"),
    ] {
        key("[role=toolbar] :focus", pressed);
        assert!(text("[role=toolbar] :focus").contains(tab), "{pressed}: {}", text("[role=toolbar] :focus"));
    }
}

#[wasm_bindgen_test]
async fn a_key_is_named_where_the_pointer_rests_on_what_it_does_unless_the_deployer_wants_none() {
    for (more, named) in [("", 3), (r#", "shortcuts": false"#, 0)] {
        let _world = ready(more).await;
        focus("#invite-email");
        until("the code that is fetched later", || exists("[role=toolbar]")).await;
        assert_eq!(how_many("[aria-keyshortcuts]"), named, "{more}");
        assert_eq!(exists("#list-search[aria-keyshortcuts='/'][title$='(/)']"), named > 0, "{more}");
    }
}

#[wasm_bindgen_test]
async fn the_keys_are_listed_in_a_dialog() {
    let _world = ready("").await;
    focus(".account");
    key(".account", "?");
    until("the dialog", || exists(DIALOG)).await;
    // The keys are those of the dialog now.
    key("body", "i");
    settle().await;
    assert_ne!(focused(), "invite-email");
    close(DIALOG);
    // The browser tells of the closing a moment after it.
    until("it is gone", || !exists("dialog[aria-labelledby=shortcuts-heading]")).await;
    key("body", "?");
    until("it comes again", || exists(DIALOG)).await;
}

#[wasm_bindgen_test]
async fn a_key_is_no_command_in_a_field_or_with_another_one_or_where_the_deployer_wants_none() {
    let world = ready("").await;
    focus("#list-search");
    for typed in ["i", "r", "?", "/"] {
        key("#list-search", typed);
    }
    for held in ["ctrlKey", "metaKey", "altKey"] {
        key_with("body", "i", &json(&format!(r#"{{"{held}": true}}"#)));
    }
    settle().await;
    assert!(focused() == "list-search" && !exists(DIALOG));
    drop(world);
    let _world = ready(r#", "shortcuts": false"#).await;
    for pressed in ["i", "r", "?", "/"] {
        key("body", pressed);
    }
    settle().await;
    assert!(focused().is_empty() && !exists(DIALOG));
}

#[wasm_bindgen_test]
async fn the_keyboard_goes_to_the_heading_of_another_screen() {
    let world = World::signed_in();
    let session = world.clerk.at("session");
    world.clerk.put("session", &JsValue::NULL);
    world.draw();
    until("the sign-in", || exists("h1")).await;
    assert!(!exists("h1:focus"), "the first screen is where the reader begins");
    world.clerk.put("session", &session);
    world.clerk.emit();
    until("the heading of the page", || exists(".header h1:focus")).await;
    go_to("/nowhere");
    until("the heading of the next one", || exists(".card h1:focus")).await;
}
