//! The list, drawn: its pages, in whatever order they come, and taking an invitation back.

use crate::world::{
    World, close, exists, focused, happen, how_many, json, press, press_named, settle, text, until,
    until_rung,
};
use clerk_invitations::browser::{address, go_to, replace_address};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const FIRST_ROW: &str = "tr[data-invitation]:first-child th";

/// The page of somebody who may manage `org_a`, with that many pending invitations.
async fn drawn(invitations: u32) -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", invitations);
    world.draw();
    until("the list", || exists("tr[data-invitation]")).await;
    world
}

fn refusal(code: &str) -> JsValue {
    json(&format!(
        r#"{{"clerkError": true, "status": 404, "errors": [{{"code": "{code}", "message": "m"}}]}}"#
    ))
}

async fn first_row(email: &'static str) {
    until(email, || text(FIRST_ROW).contains(email)).await;
}

#[wasm_bindgen_test]
async fn the_first_page_is_drawn_with_what_it_is_of() {
    let world = drawn(23).await;
    assert_eq!(how_many("tr[data-invitation]"), 10);
    assert!(text(FIRST_ROW).contains("p1@a.example"));
    assert!(text(".pager").contains("1–10 of 23"), "{}", text(".pager"));
    assert!(exists("#skeleton[hidden]"));
    assert_eq!((world.clerk.count("page"), world.clerk.count("getRoles")), (1, 1));
}

#[wasm_bindgen_test]
async fn the_box_for_all_rows_is_neither_checked_nor_unchecked_while_some_are_selected() {
    let _world = drawn(2).await;
    const ALL: &str = "thead input[type=checkbox]";
    assert!(!exists("thead input:indeterminate") && !exists("thead input:checked"));
    press("tr[data-invitation] input[type=checkbox]");
    until("some", || exists("thead input:indeterminate") && !exists("thead input:checked")).await;
    press(ALL);
    until("all", || exists("thead input:checked") && !exists("thead input:indeterminate")).await;
    press(ALL);
    until("none", || !exists("thead input:checked") && !exists("thead input:indeterminate")).await;
}

#[wasm_bindgen_test]
async fn each_date_of_a_row_stands_there_for_programs_too() {
    let _world = drawn(1).await;
    assert_eq!(
        (how_many("tr[data-invitation] time"), how_many("tr[data-invitation] time[datetime$=Z]")),
        (2, 2)
    );
}

#[wasm_bindgen_test]
async fn news_without_a_change_ask_for_nothing() {
    let world = drawn(3).await;
    for _ in 0..100 {
        world.clerk.emit();
    }
    settle().await;
    assert_eq!((world.clerk.count("page"), world.clerk.count("getRoles")), (1, 1));
    assert_eq!(world.clerk.listeners(), 1);
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
    world.clerk.release("page", 1);
    first_row("p11@a.example").await;
    assert!(exists("table[aria-busy=false]"));
}

#[wasm_bindgen_test]
async fn an_answer_to_an_old_question_is_dropped_when_it_comes_late() {
    let world = drawn(53).await;
    world.clerk.hold("page");
    go_to("/?page=2");
    until("page 2 asked", || world.clerk.count("page") == 2).await;
    go_to("/?page=3");
    until("page 3 asked", || world.clerk.count("page") == 3).await;
    world.clerk.release("page", 2);
    first_row("p21@a.example").await;
    world.clerk.release("page", 1);
    settle().await;
    assert!(text(FIRST_ROW).contains("p21@a.example"), "page 2 came late and stayed");
    assert!(text(".pager").contains("21–30 of 53"));
}

#[wasm_bindgen_test]
async fn an_answer_to_an_old_question_is_dropped_when_it_comes_early() {
    let world = drawn(53).await;
    world.clerk.hold("page");
    go_to("/?page=2");
    until("page 2 asked", || world.clerk.count("page") == 2).await;
    go_to("/?page=3");
    until("page 3 asked", || world.clerk.count("page") == 3).await;
    world.clerk.refuse("page", 1, &JsValue::NULL);
    settle().await;
    assert!(text(FIRST_ROW).contains("p1@a.example"));
    assert!(exists("table[aria-busy=true]"), "the wait for page 3 is over before page 3 is there");
    assert!(!exists("#app [role=alert]"), "page 2 is nobody's concern any more");
    world.clerk.release("page", 2);
    first_row("p21@a.example").await;
}

#[wasm_bindgen_test]
async fn a_page_and_back_again_before_the_answer_asks_anew() {
    let world = drawn(23).await;
    world.clerk.hold("page");
    go_to("/?page=2");
    until("page 2 asked", || world.clerk.count("page") == 2).await;
    go_to("/");
    until("page 1 asked", || world.clerk.count("page") == 3).await;
    world.clerk.release("page", 1);
    settle().await;
    assert!(text(FIRST_ROW).contains("p1@a.example"));
    world.clerk.release("page", 2);
    until("an idle table", || exists("table[aria-busy=false]")).await;
    assert!(text(FIRST_ROW).contains("p1@a.example"));
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
async fn a_list_that_fails_says_so_and_can_be_tried_again() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.instead("page", "rejects", &JsValue::UNDEFINED);
    world.draw();
    until("the failure", || text("[role=alert]").contains("The invitations could not be loaded.")).await;
    assert!(text("[role=alert]").contains("could not be understood"));
    press_named("Try again");
    first_row("p1@a.example").await;
    assert!(!exists("#app [role=alert]"));
}

#[wasm_bindgen_test]
async fn a_refresh_that_fails_keeps_what_is_shown() {
    let world = drawn(3).await;
    let thrown = json(r#"{"clerkError": true, "status": 503, "errors": []}"#);
    world.clerk.instead("page", "rejects", &thrown);
    press_named("Refresh");
    until("the failure", || text("[role=alert]").contains("may be out of date")).await;
    assert!(text("[role=alert]").contains("503"));
    assert_eq!(how_many("tr[data-invitation]"), 3);
}

/// Asks for the row's invitation to be revoked and says yes.
async fn revoke(email: &str) {
    press_named(&format!("Revoke the invitation of {email}"));
    until("the question", || text("dialog[open]").contains(email)).await;
    press_named("Revoke invitation");
    // The browser says a moment later that the dialog was closed.
    until("no question", || !exists("dialog[open]")).await;
    settle().await;
}

#[wasm_bindgen_test]
async fn a_revoke_shows_its_progress_on_the_row_and_what_became_of_it_on_the_status_line() {
    let world = drawn(3).await;
    world.clerk.hold("revoke");
    revoke("p2@a.example").await;
    until("a busy row", || exists("tr[data-invitation][aria-busy=true]")).await;
    assert!(text("tr[aria-busy=true]").contains("p2@a.example"));
    assert!(!exists("dialog[open]"));
    assert!(text("tr[aria-busy=true]").contains("Revoking…"));
    assert!(!exists("tr[aria-busy=true] button"), "it is being revoked already");
    world.clerk.release("revoke", 0);
    until("what became of it", || text("tr[data-invitation]:nth-child(2)").contains("Revoked")).await;
    assert_eq!(how_many("tr[data-invitation]"), 3, "nothing moves");
    assert!(text(".status").contains("The invitation of p2@a.example is revoked."));
    assert!(text(".status button").contains("Invite again (sends a new mail)"));
    assert_eq!(world.clerk.writes(), ["revoke"]);
    until("the focus", || focused() == "list-heading").await;
}

#[wasm_bindgen_test]
async fn presses_in_quick_succession_revoke_once() {
    let world = drawn(3).await;
    world.clerk.hold("revoke");
    press_named("Revoke the invitation of p2@a.example");
    until("the question", || exists("dialog[open]")).await;
    press_named("Revoke invitation");
    press_named("Revoke invitation");
    settle().await;
    assert_eq!(world.clerk.count("revoke"), 1);
}

#[wasm_bindgen_test]
async fn a_question_is_not_closed_by_the_echo_of_the_one_before() {
    let _world = drawn(3).await;
    press_named("Revoke the invitation of p2@a.example");
    until("the question", || exists("dialog[open]")).await;
    happen("dialog[open]", "close");
    settle().await;
    assert!(exists("dialog[open]"));
    close("dialog[open]");
    until("the question is gone", || !exists("dialog h2")).await;
    press_named("Revoke the invitation of p2@a.example");
    until("the same question once more", || exists("dialog[open]")).await;
}

#[wasm_bindgen_test]
async fn two_revokes_at_once_do_not_mix() {
    let world = drawn(3).await;
    world.clerk.hold("revoke");
    revoke("p1@a.example").await;
    until("a busy row", || how_many("tr[aria-busy=true]") == 1).await;
    revoke("p3@a.example").await;
    until("two busy rows", || how_many("tr[aria-busy=true]") == 2).await;
    until("two calls", || world.clerk.count("revoke") == 2).await;
    world.clerk.refuse("revoke", 1, &refusal("resource_locked_for_good"));
    let says = "Not revoked: the invitation stands as before.";
    until("the refusal", || text(".status").contains("p3@a.example") && text(".status").contains(says)).await;
    until("the row", || text("tr[data-invitation]:nth-child(3) + tr.row-said").contains(says)).await;
    assert!(text("tr[aria-busy=true]").contains("p1@a.example"));
    world.clerk.release("revoke", 0);
    until("the first row", || text("tr[data-invitation]:first-child").contains("Revoked")).await;
    assert!(text("tr.row-said").contains(says), "what is wrong is still said");
    assert_eq!(world.clerk.count("revoke"), 2);
}

#[wasm_bindgen_test]
async fn an_invitation_that_is_no_longer_pending_is_news() {
    for code in ["organization_invitation_not_pending", "organization_invitation_not_found"] {
        let world = drawn(2).await;
        world.clerk.hold("revoke");
        revoke("p1@a.example").await;
        until("a busy row", || exists("tr[aria-busy=true]")).await;
        until("the call", || world.clerk.count("revoke") == 1).await;
        world.clerk.refuse("revoke", 0, &refusal(code));
        until("the news", || text(".status").contains("p1@a.example: No longer pending")).await;
        assert!(!exists("#app .status .danger"), "{code}");
        until("the row", || text("tr[data-invitation]:first-child").contains("No longer pending")).await;
    }
}

#[wasm_bindgen_test]
async fn a_revoke_that_proves_nothing_is_settled_by_the_list_and_tried_again() {
    let world = drawn(2).await;
    world.stage.stop_clock();
    for _ in 0..3 {
        world.clerk.instead("revoke", "gives", &JsValue::UNDEFINED);
    }
    revoke("p1@a.example").await;
    let says = "Not revoked: the invitation stands as before. Clerk’s answer did not confirm it.";
    until_rung(&world.stage, "the outcome", || {
        text(".status").contains(says) && text("tr[data-invitation]:first-child + tr.row-said").contains(says)
    })
    .await;
    assert_eq!((how_many("tr[data-invitation]"), world.clerk.count("revoke")), (2, 3));
    press_named("Try again: p1@a.example");
    until_rung(&world.stage, "the row", || text("tr[data-invitation]:first-child").contains("Revoked")).await;
    assert!(text(".status").contains("The invitation of p1@a.example is revoked."));
    assert_eq!(world.clerk.count("revoke"), 4);
}

#[wasm_bindgen_test]
async fn a_revoke_whose_answer_was_lost_is_claimed_when_the_list_says_so() {
    let world = drawn(2).await;
    world.stage.stop_clock();
    world.clerk.instead("revoke", "loses", &js_sys::TypeError::new("Failed to fetch"));
    revoke("p1@a.example").await;
    until_rung(&world.stage, "the outcome", || {
        text(".status").contains("The invitation of p1@a.example is revoked.")
    })
    .await;
    assert_eq!(world.clerk.writes(), ["revoke"]);
}

#[wasm_bindgen_test]
async fn the_last_row_of_the_last_page_steps_back_when_it_goes() {
    let world = drawn(11).await;
    press_named("Next page");
    first_row("p11@a.example").await;
    revoke("p11@a.example").await;
    until("the outcome", || text("tr[data-invitation]").contains("Revoked")).await;
    assert_eq!(address(), "/?page=2", "nothing moves");
    press_named("Refresh");
    first_row("p1@a.example").await;
    assert_eq!(address(), "/");
    assert!(text(".pager").contains("1–10 of 10"), "{}", text(".pager"));
    drop(world);
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

#[wasm_bindgen_test]
async fn a_row_that_could_not_be_revoked_says_why() {
    let world = drawn(2).await;
    world.clerk.hold("revoke");
    revoke("p1@a.example").await;
    until("the call", || world.clerk.count("revoke") == 1).await;
    world.clerk.refuse("revoke", 0, &refusal("organization_not_enabled_in_instance"));
    until("the refusal", || exists("tr.row-said")).await;
    assert!(text("tr.row-said").contains("organizations switched off"), "{}", text("tr.row-said"));
}
