//! The form, drawn: sending once, and saying what became of it where it belongs.

use crate::world::{
    World, exists, focus, focused, how_many, json, key, press, press_named, settle, text, until, until_rung,
    value, write,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const EMAIL: &str = "#invite-email";
const SEND: &str = "#invite-send";

/// The page of somebody who may manage `org_a`, ready to send, with `new@x.de` in the box.
async fn ready() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    world.draw();
    until("the form", || exists("#invite-role:not([disabled])") && exists("tr[data-invitation]")).await;
    write(EMAIL, "new@x.de");
    settle().await;
    world
}

fn written() -> String {
    value(EMAIL)
}

fn refusal(status: u16, errors: &str) -> JsValue {
    json(&format!(r#"{{"clerkError": true, "status": {status}, "errors": {errors}}}"#))
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
    until("the new row", || text("tr.new").contains("new@x.de")).await;
    assert!(text("tr.new").contains("New"));
    assert!(text(".status").contains("Invitation sent to new@x.de."));
    until("the focus", || focused() == "invite-email").await;
    assert_eq!(written(), "");
    assert_eq!(world.clerk.count("inviteMember"), 1);
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
    until("the reason", || text("#invite-email-problem").contains("Type the address")).await;
    assert!(exists("#invite-email[aria-invalid=true][aria-describedby=invite-email-problem]"));
    until("the focus", || focused() == "invite-email").await;
    assert_eq!(world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn a_text_that_can_not_be_an_address_is_marked_and_kept_and_keeps_no_other_back() {
    let world = ready().await;
    write(EMAIL, "new@x.de, nobody");
    settle().await;
    press(SEND);
    until("the marked text", || text("li.entry.danger .entry-state").contains("it has no @")).await;
    until("the outcome", || text(".status").contains("Invitation sent to new@x.de.")).await;
    assert_eq!((text("li.entry .entry-text").as_str(), written().as_str()), ("nobody", ""));
    assert_eq!(world.clerk.count("inviteMember"), 1);
}

#[wasm_bindgen_test]
async fn leaving_the_box_takes_in_what_was_typed_except_for_the_buttons_that_need_it() {
    let world = ready().await;
    for (to, entries) in [("#invite-send", 0), ("#invite-file", 0), ("#invite-role", 1)] {
        focus(EMAIL);
        focus(to);
        settle().await;
        assert_eq!(how_many("li.entry"), entries, "{to}");
    }
    assert_eq!((text("li.entry .entry-text").as_str(), written().as_str()), ("new@x.de", ""));
    assert_eq!(world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn a_refusal_of_an_address_or_of_its_role_stands_in_its_chip() {
    for (errors, said) in [
        (r#"[{"code": "already_a_member_in_organization"}]"#, "already a member"),
        (
            r#"[{"code": "form_param_value_invalid", "meta": {"paramName": "role"}}]"#,
            "can’t be given by invitation",
        ),
        (r#"[{"code": "a_code_of_tomorrow", "message": "Only on Sundays."}]"#, "Only on Sundays."),
    ] {
        let world = ready().await;
        world.clerk.instead("inviteMember", "rejects", &refusal(403, errors));
        press(SEND);
        until(said, || text("li.entry.danger .entry-state").contains(said)).await;
        assert_eq!(
            (how_many("li.entry"), text("li.entry .entry-text").as_str()),
            (1, "new@x.de"),
            "{errors}"
        );
        assert!(
            text(".status").contains(&format!("new@x.de: {}", text("li.entry .entry-state"))),
            "{errors}"
        );
        until(errors, || focused() == "invite-email").await;
        assert_eq!((written().as_str(), world.clerk.count("inviteMember")), ("", 1), "{errors}");
    }
}

#[wasm_bindgen_test]
async fn a_refusal_that_concerns_everybody_is_said_on_the_status_line_and_the_address_is_not_sent_yet() {
    let world = ready().await;
    let errors = r#"[{"code": "organization_membership_quota_exceeded"}]"#;
    world.clerk.instead("inviteMember", "rejects", &refusal(403, errors));
    press(SEND);
    until("the reason", || text(".status").contains("reached its maximum")).await;
    assert!(text(".status").contains("new@x.de"));
    until("the chip", || text("li.entry .entry-state") == "Not sent yet").await;
    until("the button", || text(SEND).contains("Send 1 invitation")).await;
    assert_eq!(world.clerk.count("inviteMember"), 1);
}

#[wasm_bindgen_test]
async fn a_permission_that_clerk_denies_takes_the_form_away_and_what_was_not_sent_is_there_when_it_is_back() {
    let world = ready().await;
    let errors = r#"[{"code": "missing_organization_permission"}]"#;
    world.clerk.instead("inviteMember", "rejects", &refusal(403, errors));
    press(SEND);
    until("what is missing", || text("#app main").contains("You can’t invite people here")).await;
    assert!(text(".status").contains("You may no longer manage"), "{}", text(".status"));
    // clerk-js has not heard of it: what it repeats brings nothing back.
    world.clerk.emit();
    settle().await;
    assert!(!exists(SEND));
    let permissions = json(r#"["org:sys_memberships:manage", "org:billing:read"]"#);
    world.clerk.put("user.organizationMemberships.1.permissions", &permissions);
    world.clerk.emit();
    until("the chip", || text("li.entry .entry-text") == "new@x.de").await;
    assert_eq!(world.clerk.count("inviteMember"), 1);
}

#[wasm_bindgen_test]
async fn an_address_that_is_pending_already_needs_nothing_more() {
    let world = ready().await;
    world.clerk.instead("inviteMember", "rejects", &refusal(400, r#"[{"code": "duplicate_record"}]"#));
    press(SEND);
    until("the outcome", || text(".status").contains("new@x.de: An invitation is pending already")).await;
    until("an empty box", || how_many("li.entry") == 0 && written().is_empty()).await;
}

#[wasm_bindgen_test]
async fn an_answer_that_was_lost_is_settled_by_the_list_before_anything_is_sent_again() {
    let world = ready().await;
    world.stage.stop_clock();
    for _ in 0..3 {
        world.clerk.instead("inviteMember", "rejects", &js_sys::TypeError::new("Failed to fetch"));
    }
    press(SEND);
    let has_ended = || text("li.entry").contains("list has no such invitation.");
    until_rung(&world.stage, "the outcome", has_ended).await;
    assert!(text(".status").contains("list has no such invitation."));
    assert_eq!((world.clerk.count("inviteMember"), text("li.entry .entry-text").as_str()), (3, "new@x.de"));
}

#[wasm_bindgen_test]
async fn an_invitation_whose_answer_was_lost_is_not_sent_twice() {
    let world = ready().await;
    world.stage.stop_clock();
    // It was sent before anybody had read the list: just now or earlier, nobody can say, so neither is claimed.
    world.clerk.hold("getInvitations");
    world.clerk.instead("inviteMember", "loses", &js_sys::TypeError::new("Failed to fetch"));
    press(SEND);
    until("the list is asked", || world.clerk.count("getInvitations") >= 2).await;
    world.clerk.let_go("getInvitations");
    for nth in 1..world.clerk.count("getInvitations") {
        world.clerk.release("getInvitations", nth);
    }
    let is_pending = || text(".status").contains("new@x.de: An invitation is pending already");
    until_rung(&world.stage, "the outcome", is_pending).await;
    assert_eq!(world.clerk.count("inviteMember"), 1);

    // Now all pending ones are known, and it is not among them.
    write(EMAIL, "other@x.de,");
    until("what is known", || {
        text("li.entry .entry-state") == "New" && !text(".batch").contains("Looking up")
    })
    .await;
    world.clerk.instead("inviteMember", "loses", &js_sys::TypeError::new("Failed to fetch"));
    press(SEND);
    until_rung(&world.stage, "the outcome", || text(".status").contains("Invitation sent to other@x.de."))
        .await;
    assert_eq!((world.clerk.count("inviteMember"), how_many("li.entry")), (2, 0));
}

#[wasm_bindgen_test]
async fn what_could_not_be_found_out_is_not_claimed() {
    let world = ready().await;
    world.stage.stop_clock();
    world.clerk.instead("inviteMember", "rejects", &js_sys::TypeError::new("Failed to fetch"));
    for _ in 0..20 {
        world.clerk.instead("getInvitations", "rejects", &js_sys::TypeError::new("Failed to fetch"));
    }
    press(SEND);
    let says = "It could not be found out whether this went out.";
    until_rung(&world.stage, "the outcome", || text("li.entry .entry-state").contains(says)).await;
    assert!(text(".status").contains(&format!("new@x.de: {says}")), "{}", text(".status"));
    assert_eq!((world.clerk.count("inviteMember"), text("li.entry .entry-text").as_str()), (1, "new@x.de"));
    assert!(!text(".status").contains("sent to"));
}

#[wasm_bindgen_test]
async fn enter_takes_in_what_was_typed_and_sends_once_nothing_is_left_to_take_in() {
    let world = ready().await;
    key(EMAIL, "Enter");
    until("an entry", || text("li.entry .entry-text") == "new@x.de").await;
    assert_eq!((written().as_str(), world.clerk.count("inviteMember")), ("", 0));
    key(EMAIL, "Enter");
    until("the outcome", || text(".status").contains("Invitation sent to new@x.de.")).await;
    assert_eq!(world.clerk.count("inviteMember"), 1);
}

#[wasm_bindgen_test]
async fn enter_with_ctrl_or_command_sends_at_once() {
    for more in [r#"{"ctrlKey": true}"#, r#"{"metaKey": true}"#] {
        let _world = ready().await;
        crate::world::key_with(EMAIL, "Enter", &json(more));
        until("the outcome", || text(".status").contains("Invitation sent to new@x.de.")).await;
    }
}

#[wasm_bindgen_test]
async fn enter_that_ends_a_composed_word_or_comes_with_shift_does_nothing() {
    let world = ready().await;
    for more in [r#"{"isComposing": true}"#, r#"{"shiftKey": true}"#] {
        crate::world::key_with(EMAIL, "Enter", &json(more));
        settle().await;
        assert_eq!((written().as_str(), how_many("li.entry")), ("new@x.de", 0), "{more}");
    }
    assert_eq!(world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn roles_that_fail_are_said_and_asked_for_again() {
    let world = World::signed_in();
    for _ in 0..2 {
        world.clerk.instead("getRoles", "rejects", &refusal(500, "[]"));
    }
    world.draw();
    for asked in 1..=2 {
        until("the failure", || {
            world.clerk.count("getRoles") == asked
                && text(".invite").contains("The roles could not be loaded.")
        })
        .await;
        assert!(exists("#invite-send[aria-disabled=true]"));
        press_named("Try again");
        settle().await;
    }
    until("the roles", || exists("#invite-role:not([disabled])")).await;
    assert_eq!(world.clerk.count("getRoles"), 3);
    assert!(!exists("#invite-send[aria-disabled=true]"));
}

#[wasm_bindgen_test]
async fn what_was_typed_survives_the_retry_of_the_roles() {
    let world = World::signed_in();
    world.clerk.instead("getRoles", "throws", &JsValue::NULL);
    world.draw();
    until("the failure", || text(".invite").contains("The roles could not be loaded.")).await;
    write(EMAIL, "new@x.de");
    settle().await;
    press_named("Try again");
    until("the roles", || exists("#invite-role:not([disabled])")).await;
    assert_eq!(written(), "new@x.de");
}

#[wasm_bindgen_test]
async fn an_empty_role_set_and_one_that_migrates_are_explained() {
    let world = World::signed_in();
    world.clerk.roles("org_a", &[], false);
    world.draw();
    until("the reason", || text(".invite").contains("has no roles to give")).await;
    world.clerk.roles("org_a", &["org:admin", "org:member"], true);
    press_named("Try again");
    until("the reason", || text(".panel").contains("are being migrated")).await;
    assert!(exists("#invite-role[disabled]") && exists("#invite-send[aria-disabled=true]"));
    write(EMAIL, "new@x.de");
    settle().await;
    press(SEND);
    settle().await;
    assert_eq!(world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn without_a_default_a_role_has_to_be_chosen() {
    let world = World::signed_in();
    world.clerk.roles("org_a", &["org:admin", "org:guest"], false);
    world.draw();
    until("the form", || exists("#invite-role:not([disabled])")).await;
    write(EMAIL, "new@x.de");
    settle().await;
    press(SEND);
    until("the reason", || text("#invite-role-problem").contains("Choose the role")).await;
    until("the focus", || focused() == "invite-role").await;
    assert_eq!(world.clerk.count("inviteMember"), 0);
}
