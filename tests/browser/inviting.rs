//! The form, drawn: sending once, and saying what became of it where it belongs.

use crate::world::{
    ENTRY, ENTRY_TEXT, FORM, NEW_ROW, TOAST, World, exists, focus, focused, how_many, json, key, press,
    press_named, settle, text, until, value, write,
};
use wasm_bindgen_test::wasm_bindgen_test;

const EMAIL: &str = "#invite-email";
const SEND: &str = "#invite-send";

/// The page of somebody who may manage `org_a`, ready to send, with `new@x.de` in the box.
async fn ready() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    world.draw();
    until("the form", || exists("#invite-role:not([disabled])") && exists("tbody tr:has(th)")).await;
    write(EMAIL, "new@x.de");
    until("what it takes to invite", || exists(".batch")).await;
    world
}

fn written() -> String {
    value(EMAIL)
}

#[wasm_bindgen_test]
async fn presses_in_quick_succession_send_once() {
    let world = ready().await;
    world.clerk.hold("inviteMember");
    press(SEND);
    press(SEND);
    settle().await;
    press(SEND);
    assert!(text(SEND).contains("Sending…"));
    settle().await;
    assert_eq!(world.clerk.count("inviteMember"), 1);
    world.clerk.release("inviteMember", 0);
    until("the new row", || text(NEW_ROW).contains("new@x.de")).await;
    assert!(text(NEW_ROW).contains("Just sent"));
    assert!(text(TOAST).contains("Invitation sent to new@x.de."));
    until("the focus", || focused() == "invite-email").await;
    assert_eq!(written(), "");
    assert_eq!(world.clerk.count("inviteMember"), 1);
}

#[wasm_bindgen_test]
async fn what_is_taken_out_of_the_box_is_out_of_it_before_the_next_key() {
    let world = ready().await;
    write(EMAIL, "new@x.de, b");
    assert_eq!(written(), "b");
    write(EMAIL, "b@x.de");
    key(EMAIL, "Enter");
    assert_eq!(written(), "");
    settle().await;
    assert_eq!(how_many(ENTRY), 2);
    drop(world);
}

#[wasm_bindgen_test]
async fn a_press_in_the_moment_of_success_does_not_send_again() {
    let world = ready().await;
    world.clerk.hold("inviteMember");
    press(SEND);
    until("the call", || world.clerk.count("inviteMember") == 1).await;
    world.clerk.let_go("inviteMember");
    world.clerk.release("inviteMember", 0);
    for _ in 0..20 {
        if exists(SEND) {
            press(SEND);
        }
        settle().await;
    }
    assert_eq!(world.clerk.count("inviteMember"), 1);
}

#[wasm_bindgen_test]
async fn a_form_without_an_address_says_so_at_the_field() {
    let world = ready().await;
    write(EMAIL, "");
    settle().await;
    press(SEND);
    until("the reason", || text("#invite-email-problem").contains("Enter an email address")).await;
    assert!(exists("#invite-email[aria-invalid=true][aria-describedby=invite-email-problem]"));
    until("the focus", || focused() == "invite-email").await;
    assert_eq!(world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn leaving_the_box_takes_in_what_was_typed_except_for_the_buttons_that_need_it() {
    let world = ready().await;
    for (to, entries) in [("#invite-send", 0), ("#invite-file", 0), ("#invite-role", 1)] {
        focus(EMAIL);
        focus(to);
        settle().await;
        assert_eq!(how_many(ENTRY), entries, "{to}");
    }
    assert_eq!((text(ENTRY_TEXT).as_str(), written().as_str()), ("new@x.de", ""));
    assert_eq!(world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn enter_with_ctrl_or_command_sends_at_once() {
    for more in [r#"{"ctrlKey": true}"#, r#"{"metaKey": true}"#] {
        let _world = ready().await;
        crate::world::key_with(EMAIL, "Enter", &json(more));
        until("the outcome", || text(TOAST).contains("Invitation sent to new@x.de.")).await;
    }
}

#[wasm_bindgen_test]
async fn enter_that_ends_a_composed_word_or_comes_with_shift_does_nothing() {
    let world = ready().await;
    for more in [r#"{"isComposing": true}"#, r#"{"shiftKey": true}"#] {
        crate::world::key_with(EMAIL, "Enter", &json(more));
        settle().await;
        assert_eq!((written().as_str(), how_many(ENTRY)), ("new@x.de", 0), "{more}");
    }
    assert_eq!(world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn where_nobody_has_been_invited_yet_the_keyboard_is_in_the_box() {
    let world = World::signed_in();
    world.draw();
    until("the focus", || focused() == "invite-email").await;
    assert!(world.clerk.writes().is_empty());
}

#[wasm_bindgen_test]
async fn where_somebody_has_been_the_form_may_be_a_button_which_opens_it() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    world.draw();
    until("the list and the form", || exists("tbody tr:has(th)") && exists(FORM)).await;
    assert_ne!(focused(), "invite-email");
    press_named("Invite people");
    until("the focus", || focused() == "invite-email").await;
    assert!(!text(FORM).contains("Invite peopleEmail"), "the button is still there");
}

#[wasm_bindgen_test]
async fn an_empty_role_set_and_one_that_migrates_are_explained() {
    let world = World::signed_in();
    world.clerk.roles("org_a", &[], false);
    world.draw();
    until("the reason", || text(FORM).contains("There are no roles you can assign")).await;
    world.clerk.roles("org_a", &["org:admin", "org:member"], true);
    press_named("Try again");
    until("the reason", || text(FORM).contains("are being updated")).await;
    assert!(exists("#invite-role[disabled]") && exists("#invite-send[aria-disabled=true]"));
    write(EMAIL, "new@x.de");
    settle().await;
    press(SEND);
    settle().await;
    assert_eq!(world.clerk.count("inviteMember"), 0);
}
