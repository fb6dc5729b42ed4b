//! One organization after another: nothing of one is ever shown under another, whatever order answers come in.

use crate::world::{
    World, exists, focused, how_many, json, press, press_named, settle, text, until, value, write,
};
use clerk_invitations::browser::{address, go_to, place_focus};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const HEADING: &str = "header h1";

/// The page in `org_a`, with 3 invitations; `org_b` has 23.
async fn in_a() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.fill("org_b", 23);
    world.draw();
    until("the page", || exists("tr[data-invitation]") && exists("#invite-role:not([disabled])")).await;
    world
}

async fn switched_to_b(world: &World) {
    world.clerk.switch_to("org_b");
    until("the other organization", || text(HEADING).contains("org_b")).await;
}

fn shows_a() -> bool {
    text("#app main").contains("@a.example")
}

async fn send(world: &World) {
    world.clerk.hold("inviteMember");
    write("#invite-email", "new@x.de");
    settle().await;
    press("#invite-send");
    until("the call", || world.clerk.count("inviteMember") == 1).await;
}

#[wasm_bindgen_test]
async fn no_row_outlives_a_switch() {
    let world = in_a().await;
    world.clerk.hold("page");
    switched_to_b(&world).await;
    assert!(!shows_a(), "a row of org_a under org_b");
    until("the question", || world.clerk.count("page") == 2).await;
    world.clerk.release("page", 1);
    until("its rows", || how_many("tr[data-invitation]") == 10).await;
    assert!(text("tr[data-invitation]:first-child").contains("p1@b.example"));
    assert!(text("title").contains("Organization org_b"));
}

#[wasm_bindgen_test]
async fn a_page_of_the_old_organization_that_comes_late_is_dropped() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.fill("org_b", 2);
    world.clerk.hold("page");
    world.clerk.hold("getRoles");
    world.clerk.roles("org_a", &["org:only_in_a"], false);
    world.draw();
    until("the first question", || world.clerk.count("page") == 1).await;
    switched_to_b(&world).await;
    until("the second question", || world.clerk.count("page") == 2).await;
    for name in ["page", "getRoles"] {
        world.clerk.release(name, 1);
    }
    until("its rows", || how_many("tr[data-invitation]") == 2).await;
    for name in ["page", "getRoles"] {
        world.clerk.release(name, 0);
    }
    settle().await;
    assert!(!shows_a());
    assert_eq!(how_many("tr[data-invitation]"), 2);
    assert!(!text("#invite-role").contains("only_in_a"), "a role of org_a under org_b");
}

#[wasm_bindgen_test]
async fn while_clerk_is_under_way_what_is_shown_stays() {
    let world = in_a().await;
    for key in ["organization", "session", "user"] {
        world.clerk.put(key, &JsValue::UNDEFINED);
        world.clerk.emit();
        settle().await;
        assert_eq!(how_many("tr[data-invitation]"), 3, "{key}");
        assert!(exists("#skeleton[hidden]"));
    }
    world.clerk.sign_in();
    switched_to_b(&world).await;
    until("its rows", || how_many("tr[data-invitation]") == 10).await;
    assert!(!shows_a());
}

#[wasm_bindgen_test]
async fn back_in_the_first_organization_its_list_is_asked_for_anew() {
    let world = in_a().await;
    switched_to_b(&world).await;
    until("its rows", || how_many("tr[data-invitation]") == 10).await;
    world.clerk.fill("org_a", 1);
    world.clerk.switch_to("org_a");
    until("its rows", || how_many("tr[data-invitation]") == 4).await;
}

#[wasm_bindgen_test]
async fn an_invitation_under_way_during_a_switch_is_still_said_to_be_sent() {
    let world = in_a().await;
    send(&world).await;
    switched_to_b(&world).await;
    until("its rows", || how_many("tr[data-invitation]") == 10).await;
    world.clerk.release("inviteMember", 0);
    until("the outcome", || text(".status").contains("Invitation sent to new@x.de.")).await;
    settle().await;
    assert!(!text("#app main").contains("new@x.de"), "a row of org_a under org_b");
    assert!(!exists("tr.new"));
}

#[wasm_bindgen_test]
async fn an_invitation_under_way_during_a_switch_is_still_said_to_have_failed() {
    for (code, said, kept) in [
        ("already_a_member_in_organization", "already a member", "already a member"),
        // It stands in the way of all: why no more of them is tried is said, and that is the switch.
        ("organization_membership_quota_exceeded", "Another organization has become active", "Not sent yet"),
    ] {
        let world = in_a().await;
        send(&world).await;
        switched_to_b(&world).await;
        let thrown = format!(r#"{{"clerkError": true, "status": 403, "errors": [{{"code": "{code}"}}]}}"#);
        world.clerk.refuse("inviteMember", 0, &json(&thrown));
        until("the outcome", || text(".status").contains(said)).await;
        assert!(text(".status").contains("new@x.de"), "whose invitation was it?");
        assert!(!exists(".panel [role=alert]") && !exists("li.entry"), "that is nothing of org_b's");
        world.clerk.switch_to("org_a");
        until("what was kept", || text("li.entry .entry-state").contains(kept)).await;
        assert_eq!(text("li.entry .entry-text"), "new@x.de");
        assert_eq!(world.clerk.count("inviteMember"), 1);
    }
}

#[wasm_bindgen_test]
async fn an_invitation_of_the_old_organization_does_not_turn_the_page_of_the_new_one() {
    let world = in_a().await;
    send(&world).await;
    switched_to_b(&world).await;
    go_to("/?page=2");
    until("page 2", || text("tr[data-invitation]:first-child").contains("p11@b.example")).await;
    place_focus("invite-role");
    assert_eq!(focused(), "invite-role");
    world.clerk.release("inviteMember", 0);
    until("the outcome", || text(".status").contains("Invitation sent to new@x.de.")).await;
    settle().await;
    assert_eq!(address(), "/?page=2");
    assert_eq!(focused(), "invite-role", "the keyboard was taken away from whoever works in org_b");
}

#[wasm_bindgen_test]
async fn what_was_said_of_one_organization_does_not_stand_under_another() {
    let world = in_a().await;
    send(&world).await;
    world.clerk.release("inviteMember", 0);
    until("the outcome", || text(".status").contains("Invitation sent to new@x.de.")).await;
    switched_to_b(&world).await;
    // Where one is now takes its place.
    until("where one is", || text(".status").contains("You are in Organization org_b now.")).await;
    assert!(exists(".status[role=status]") && !text(".status").contains("new@x.de"));
}

#[wasm_bindgen_test]
async fn what_was_typed_in_one_organization_is_not_sent_in_another() {
    let world = in_a().await;
    write("#invite-email", "new@x.de");
    settle().await;
    switched_to_b(&world).await;
    until("the form", || exists("#invite-role:not([disabled])")).await;
    press("#invite-send");
    settle().await;
    assert_eq!((world.clerk.count("inviteMember"), value("#invite-email").as_str()), (0, ""));
    world.clerk.switch_to("org_a");
    until("what was typed", || exists("#invite-email") && value("#invite-email") == "new@x.de").await;
}

#[wasm_bindgen_test]
async fn a_revoke_under_way_during_a_switch_is_still_said_to_be_done() {
    let world = in_a().await;
    world.clerk.hold("revoke");
    press_named("Revoke the invitation of p1@a.example");
    until("the question", || exists("dialog[open]")).await;
    press_named("Revoke invitation");
    until("the call", || world.clerk.count("revoke") == 1).await;
    switched_to_b(&world).await;
    until("its rows", || how_many("tr[data-invitation]") == 10).await;
    let asked = world.clerk.count("page");
    world.clerk.release("revoke", 0);
    until("the outcome", || text(".status").contains("The invitation of p1@a.example is revoked.")).await;
    settle().await;
    assert!(!shows_a());
    assert_eq!(world.clerk.count("page"), asked);
}

#[wasm_bindgen_test]
async fn a_question_that_stands_open_during_a_switch_goes_with_its_organization() {
    let world = in_a().await;
    press_named("Revoke the invitation of p1@a.example");
    until("the question", || exists("dialog[open]")).await;
    switched_to_b(&world).await;
    until("its rows", || how_many("tr[data-invitation]") == 10).await;
    assert!(!exists("dialog[open]"));
    assert_eq!(world.clerk.count("revoke"), 0);
}

#[wasm_bindgen_test]
async fn whoever_signs_out_while_the_list_is_under_way_sees_nothing_of_it() {
    let world = in_a().await;
    world.clerk.hold("page");
    press_named("Refresh");
    until("the question", || world.clerk.count("page") == 2).await;
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.clerk.emit();
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    world.clerk.release("page", 1);
    settle().await;
    assert!(!text("#app").contains("@a.example"));
}

#[wasm_bindgen_test]
async fn a_right_that_is_lost_takes_its_controls_along() {
    let world = in_a().await;
    world.clerk.put("user.organizationMemberships.1.role", &"org:member".into());
    world.clerk.put("user.organizationMemberships.1.permissions", &json(r#"["org:sys_memberships:read"]"#));
    world.clerk.emit();
    until("the reason", || text("main").contains("You can’t invite people here")).await;
    assert!(!exists("#invite-send") && !exists("tr[data-invitation]"));
    assert!(text("main").contains("org:sys_memberships:manage"));
}
