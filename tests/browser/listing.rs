//! The list, drawn: its pages, in whatever order they come, and taking an invitation back.

use crate::world::{
    PAGER, World, address, close, exists, go_to, happen, how_many, json, pick_in_menu, press, press_named,
    replace_address, settle, text, until,
};
use wasm_bindgen_test::wasm_bindgen_test;

const FIRST_ROW: &str = "tbody tr:has(th):first-child th";

/// The page of somebody who may manage `org_a`, with that many pending invitations.
async fn drawn(invitations: u32) -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", invitations);
    world.draw();
    until("the list", || exists("tbody tr:has(th)")).await;
    world
}

async fn first_row(email: &'static str) {
    until(email, || text(FIRST_ROW).contains(email)).await;
}

#[wasm_bindgen_test]
async fn the_first_page_is_drawn_with_what_it_is_of() {
    let world = drawn(23).await;
    assert_eq!(how_many("tbody tr:has(th)"), 10);
    assert!(text(FIRST_ROW).contains("p1@a.example"));
    assert!(text(PAGER).contains("1–10 of 23"), "{}", text(PAGER));
    until("the frame to be gone", || exists("#skeleton[hidden]")).await;
    assert_eq!((world.clerk.count("page"), world.clerk.count("getRoles")), (1, 1));
}

#[wasm_bindgen_test]
async fn the_box_for_all_rows_is_neither_checked_nor_unchecked_while_some_are_selected() {
    let _world = drawn(2).await;
    const ALL: &str = "thead input[type=checkbox]";
    assert!(!exists("thead input:indeterminate") && !exists("thead input:checked"));
    press("tbody tr:has(th) input[type=checkbox]");
    until("some", || exists("thead input:indeterminate") && !exists("thead input:checked")).await;
    press(ALL);
    until("all", || exists("thead input:checked") && !exists("thead input:indeterminate")).await;
    press(ALL);
    until("none", || !exists("thead input:checked") && !exists("thead input:indeterminate")).await;
}

#[wasm_bindgen_test]
async fn each_date_of_a_row_stands_there_for_programs_too() {
    let _world = drawn(1).await;
    assert_eq!((how_many("tbody tr:has(th) time"), how_many("tbody tr:has(th) time[datetime$=Z]")), (2, 2));
}

#[wasm_bindgen_test]
async fn the_old_page_stays_until_the_new_one_is_there() {
    let world = drawn(23).await;
    world.clerk.hold("page");
    press_named("Next page");
    until("a busy table", || exists("table[aria-busy=true]")).await;
    until("page 2 asked", || world.clerk.count("page") == 2).await;
    assert_eq!(address(), "/?page=2");
    assert!(text(FIRST_ROW).contains("p1@a.example"));
    // Meanwhile there is nowhere to go.
    assert_eq!(how_many("nav button:not([aria-disabled=true])"), 0);
    press_named("Next page");
    settle().await;
    assert_eq!((address().as_str(), world.clerk.count("page")), ("/?page=2", 2));
    world.clerk.release("page", 1);
    first_row("p11@a.example").await;
    assert!(exists("table[aria-busy=false]"));
}

#[wasm_bindgen_test]
async fn a_page_that_never_was_is_corrected_without_a_step_in_the_history() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 23);
    replace_address("/?page=9000000000&lang=en");
    let steps = || web_sys::window().and_then(|window| window.history().ok()?.length().ok());
    let before = steps();
    world.draw();
    first_row("p21@a.example").await;
    until("the address", || address() == "/?lang=en&page=3").await;
    assert_eq!(steps(), before);
}

#[wasm_bindgen_test]
async fn a_refresh_that_fails_keeps_what_is_shown() {
    let world = drawn(3).await;
    let thrown = json(r#"{"clerkError": true, "status": 503, "errors": []}"#);
    world.clerk.instead("page", "rejects", &thrown);
    press_named("Refresh");
    until("the failure", || text("[role=alert]").contains("may be out of date")).await;
    until("the reason", || text("[role=alert]").contains("503")).await;
    assert_eq!(how_many("tbody tr:has(th)"), 3);
}

/// Asks for the row's invitation to be revoked and says yes.
async fn revoke(email: &str) {
    pick_in_menu(email, "Revoke").await;
    until("the question", || text("dialog[open]").contains(email)).await;
    press_named("Revoke invitation");
    // The browser says a moment later that the dialog was closed.
    until("no question", || !exists("dialog[open]")).await;
    settle().await;
}

#[wasm_bindgen_test]
async fn a_question_is_not_closed_by_the_echo_of_the_one_before() {
    let _world = drawn(3).await;
    pick_in_menu("p2@a.example", "Revoke").await;
    until("the question", || exists("dialog[open]")).await;
    happen("dialog[open]", "close");
    settle().await;
    assert!(exists("dialog[open]"));
    close("dialog[open]");
    until("the question is gone", || !exists("dialog h2")).await;
    pick_in_menu("p2@a.example", "Revoke").await;
    until("the same question once more", || exists("dialog[open]")).await;
}

#[wasm_bindgen_test]
async fn a_page_that_is_taken_away_is_not_missed_by_what_is_under_way() {
    let world = drawn(3).await;
    for name in ["page", "revoke", "inviteMember"] {
        world.clerk.hold(name);
    }
    press_named("Refresh");
    revoke("p1@a.example").await;
    crate::world::write("#invite-email", "new@x.de");
    settle().await;
    press("#invite-send");
    until("all asked", || world.clerk.count("inviteMember") == 1 && world.clerk.count("revoke") == 1).await;
    world.take_away();
    settle().await;
    assert_eq!(world.clerk.listeners(), 0);
    world.clerk.let_go("page");
    world.clerk.release("page", 1);
    world.clerk.release("revoke", 0);
    world.clerk.release("inviteMember", 0);
    world.clerk.emit();
    go_to("/?page=2");
    settle().await;
}
