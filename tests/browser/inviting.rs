//! The form, drawn: sending once, and saying what became of it where it belongs.

use crate::world::{World, exists, focused, json, press, press_named, settle, text, until, write};
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
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let field = document.query_selector(EMAIL).ok().flatten().expect("the box");
    field.unchecked_into::<web_sys::HtmlInputElement>().value()
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
async fn an_address_that_can_not_be_one_is_said_at_the_field_and_nothing_is_sent() {
    let world = ready().await;
    for (typed, said) in
        [("", "Type the address"), ("nobody", "it has no @"), ("a@b@c.de", "more than one @")]
    {
        write(EMAIL, typed);
        settle().await;
        press(SEND);
        until(said, || text("#invite-email-problem").contains(said)).await;
        assert!(exists("#invite-email[aria-invalid=true][aria-describedby=invite-email-problem]"));
        assert_eq!(focused(), "invite-email");
    }
    assert_eq!(world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn a_refusal_stands_at_the_field_that_it_is_about() {
    for (errors, place, said, focus) in [
        (r#"[{"code": "duplicate_record"}]"#, "#invite-email-problem", "already pending", "invite-email"),
        (
            r#"[{"code": "form_param_value_invalid", "meta": {"paramName": "role"}}]"#,
            "#invite-role-problem",
            "can’t be given by invitation",
            "invite-role",
        ),
        (
            r#"[{"code": "organization_membership_quota_exceeded"}]"#,
            ".panel [role=alert]",
            "reached its maximum",
            "invite-send",
        ),
        (
            r#"[{"code": "a_code_of_tomorrow", "message": "Only on Sundays."}]"#,
            ".panel [role=alert]",
            "Only on Sundays.",
            "invite-send",
        ),
    ] {
        let world = ready().await;
        world.clerk.instead("inviteMember", "rejects", &refusal(403, errors));
        press(SEND);
        until(said, || text(place).contains(said)).await;
        until(errors, || focused() == focus).await;
        assert_eq!(written(), "new@x.de", "{errors}");
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_was_lost_is_settled_by_the_list() {
    let world = ready().await;
    world.clerk.hold("inviteMember");
    press(SEND);
    until("the call", || world.clerk.count("inviteMember") == 1).await;
    // Clerk's list has somebody else by now, and not this person.
    world.clerk.fill("org_a", 1);
    write(EMAIL, "new@x.de");
    world.clerk.refuse("inviteMember", 0, &js_sys::TypeError::new("Failed to fetch"));
    until("the outcome", || text(".panel [role=alert]").contains("list has no such invitation.")).await;
    assert_eq!(written(), "new@x.de");

    // It has this one: sent just now or before, nobody can say, so neither is claimed.
    write(EMAIL, "p1@a.example");
    settle().await;
    world.clerk.instead("inviteMember", "rejects", &js_sys::TypeError::new("Failed to fetch"));
    press(SEND);
    until("the outcome", || text(".status").contains("an invitation to p1@a.example is pending.")).await;
}

#[wasm_bindgen_test]
async fn what_could_not_be_found_out_is_not_claimed() {
    let world = ready().await;
    for (name, times) in [("inviteMember", 1), ("getInvitations", 1)] {
        for _ in 0..times {
            world.clerk.instead(name, "rejects", &js_sys::TypeError::new("Failed to fetch"));
        }
    }
    press(SEND);
    let says = "It could not be found out whether the invitation to new@x.de went out.";
    until("the outcome", || text(".panel [role=alert]").contains(says)).await;
    assert_eq!(written(), "new@x.de");
    assert!(!text(".status").contains("sent"));
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
    assert_eq!((world.clerk.count("inviteMember"), focused().as_str()), (0, "invite-role"));
}
