//! Taking an invitation back and sending another one: in the middle of it the person has none, and nothing of that may be
//! lost.

use crate::world::{
    World, asks_before_leaving, choose, exists, focused, how_many, key, listed, paste, press, press_named,
    press_within, recorded, refusal, row_said, rows, settle, text, trying, until, until_rung,
};
use clerk_invitations::browser::{place_focus, replace_address};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const EMAIL: &str = "#invite-email";
const ENTRY: &str = "li.entry .entry-text";
const STATE: &str = "li.entry .entry-state";

async fn ready() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.fill("org_b", 2);
    drawn(world).await
}

async fn drawn(world: World) -> World {
    world.draw();
    listed().await;
    world
}

/// Resends what is pending for `p2@a.example`, as far as the second call, which is held back.
async fn half_way(world: &World) {
    world.clerk.hold("inviteMember");
    press_named("Resend the invitation of p2@a.example");
    until("the second call", || world.clerk.count("inviteMember") == 1).await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
}

fn sign_out(world: &World) {
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.clerk.emit();
}

#[wasm_bindgen_test]
async fn to_resend_is_one_revoke_and_then_one_invite_at_the_same_role() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.change("org_a", "p2@a.example", "role", &"org:admin".into());
    let world = drawn(world).await;
    world.clerk.hold("revoke");
    press_named("Resend the invitation of p2@a.example");
    until("the first call", || world.clerk.count("revoke") == 1).await;
    assert!(text("tr[aria-busy=true]").contains("p2@a.example"));
    assert!(asks_before_leaving());
    settle().await;
    assert_eq!(world.clerk.writes(), ["revoke"]);
    world.clerk.release("revoke", 0);
    let says = "p2@a.example was invited anew; the earlier link no longer works.";
    until("the outcome", || text(".status").contains(says)).await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
    assert_eq!(
        world.clerk.given("inviteMember", 0),
        r#"[{"emailAddress":"p2@a.example","role":"org:admin"}]"#
    );
    until("the new row", || text("tr.new").contains("p2@a.example")).await;
    assert_eq!(rows(), ["p1@a.example", "p2@a.example", "p3@a.example"], "nothing moves");
    assert!(!text("tr.new").contains("Resend"), "a second click at the same place sends nothing");
    press_named("Refresh");
    until("the list as it is", || rows() == ["p2@a.example", "p1@a.example", "p3@a.example"]).await;
    assert!(text("tr.new").contains("Resend") && !asks_before_leaving());
    assert_eq!(recorded(), None);
}

#[wasm_bindgen_test]
async fn presses_in_quick_succession_send_once() {
    let world = ready().await;
    world.clerk.hold("revoke");
    press_named("Resend the invitation of p2@a.example");
    press_named("Resend the invitation of p2@a.example");
    until("the first call", || world.clerk.count("revoke") == 1).await;
    settle().await;
    world.clerk.let_go("revoke");
    world.clerk.release("revoke", 0);
    until("the outcome", || text(".status").contains("was invited anew")).await;
    settle().await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
    // After a revoke the offer to undo it sends once too.
    press_named("Revoke the invitation of p3@a.example");
    until("the question", || text("dialog[open]").contains("p3@a.example")).await;
    press_named("Revoke invitation");
    press_named("Revoke invitation");
    until("the offer", || text(".status").contains("Invite again (sends a new mail)")).await;
    world.clerk.hold("inviteMember");
    press_named("Invite again (sends a new mail)");
    until("the call", || world.clerk.count("inviteMember") == 2).await;
    assert!(!text(".status").contains("Invite again"));
    world.clerk.release("inviteMember", 1);
    until("the outcome", || text(".status").contains("Invitation sent to p3@a.example.")).await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember", "revoke", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn another_role_is_given_by_revoking_and_inviting() {
    let world = ready().await;
    press_named("More for p2@a.example");
    until("the roles", || exists("dialog[open] #other-role")).await;
    assert!(!text("dialog[open] .actions").contains("Change role"), "no role is picked yet");
    assert!(!text("#other-role").contains("The org:member"), "it has that one");
    choose("#other-role", "The org:admin");
    until("the way on", || text("dialog[open]").contains("Change role")).await;
    assert!(text("dialog[open]").contains("Sing"), "what that allows");
    assert!(world.clerk.writes().is_empty());
    press_within("Change role", "dialog");
    until("the outcome", || text(".status").contains("p2@a.example was invited anew")).await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
    assert!(world.clerk.given("inviteMember", 0).contains(r#""role":"org:admin""#));
}

#[wasm_bindgen_test]
async fn what_has_ended_is_invited_again_without_a_revoke() {
    let world = World::signed_in();
    world.clerk.invited("org_a", "over@x.de", "expired");
    replace_address("/?view=attention");
    let world = drawn(world).await;
    press_named("Invite again: over@x.de");
    until("the outcome", || {
        text(".status").contains("over@x.de was invited anew; the earlier link no longer works.")
    })
    .await;
    assert_eq!(world.clerk.writes(), ["inviteMember"]);
}

#[wasm_bindgen_test]
async fn nothing_is_revoked_while_the_roles_are_migrated() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.invited("org_a", "over@x.de", "expired");
    world.clerk.roles("org_a", &["org:admin", "org:member"], true);
    replace_address("/?view=all");
    let world = drawn(world).await;
    for what in ["Resend the invitation of p2@a.example", "Invite again: over@x.de"] {
        press_named(what);
        until("the reason", || text(".status").contains("Nothing was changed: the roles")).await;
        press_named("Dismiss");
        until("silence", || text(".status").is_empty()).await;
    }
    press_named("More for p2@a.example");
    until("the dialog", || {
        text("dialog[open]").contains("the roles of this organization are being migrated")
    })
    .await;
    assert!(!exists("#other-role"));
    press_named("Close");
    until("no dialog", || !exists("dialog[open]")).await;
    settle().await;
    assert!(world.clerk.writes().is_empty());
    // To revoke needs no role.
    press_named("Revoke the invitation of p2@a.example");
    until("the question", || text("dialog[open]").contains("p2@a.example")).await;
    press_named("Revoke invitation");
    until("the outcome", || text(".status").contains("is revoked")).await;
}

#[wasm_bindgen_test]
async fn nothing_is_revoked_when_the_role_is_gone_from_the_set() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.roles("org_a", &["org:admin"], false);
    let world = drawn(world).await;
    press_named("Resend the invitation of p2@a.example");
    until("the reason", || text(".status").contains("the role that p2@a.example was invited as")).await;
    settle().await;
    assert!(world.clerk.writes().is_empty());
}

#[wasm_bindgen_test]
async fn a_migration_that_begins_in_the_middle_is_asked_about_and_costs_no_further_invitation() {
    let world = ready().await;
    crate::world::pick("Select all on this page", false);
    until("three", || text(".selection").contains("3 selected")).await;
    press_within("Resend", ".selection");
    until("the question", || exists("dialog[open] h2")).await;
    world.clerk.hold("inviteMember");
    press_within("Resend 3 invitations", "dialog");
    until("the calls", || world.clerk.count("inviteMember") == 3).await;
    world.clerk.roles("org_a", &["org:admin", "org:member"], true);
    for nth in 0..3 {
        world.clerk.refuse("inviteMember", nth, &refusal(400, "role_migration_in_progress", "m"));
    }
    until("the end", || !exists("tr[aria-busy=true]") && !text(".status").is_empty()).await;
    until("what was kept", || how_many("li.entry") == 3).await;
    assert_eq!(world.clerk.count("revoke"), 3);
}

/// Chooses the three rows that there are and has them resent, as far as the first call.
async fn all_resent() {
    crate::world::pick("Select all on this page", false);
    until("three", || text(".selection").contains("3 selected")).await;
    press_within("Resend", ".selection");
    until("the question", || exists("dialog[open] h2")).await;
    press_within("Resend 3 invitations", "dialog");
}

#[wasm_bindgen_test]
async fn whose_role_is_gone_is_left_out_and_the_others_are_resent() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.change("org_a", "p2@a.example", "role", &"org:gone".into());
    let world = drawn(world).await;
    all_resent().await;
    until("the outcome", || text(".status").contains("2 sent")).await;
    assert!(text(".status").contains("1 left out"), "{}", text(".status"));
    until("the new rows", || how_many("tr.new") == 2).await;
    settle().await;
    assert!(row_said().contains("the role that p2@a.example was invited as"), "{}", text("table"));
    assert_eq!((world.clerk.count("revoke"), world.clerk.count("inviteMember")), (2, 2));
    let invited = ["p1@a.example", "p2@a.example", "p3@a.example"];
    assert_eq!(invited.map(|email| world.clerk.invitations("org_a", email)), [2, 1, 2]);
}

#[wasm_bindgen_test]
async fn what_somebody_else_has_revoked_is_no_longer_pending_and_not_called_already_there() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    let world = drawn(world).await;
    world.clerk.change("org_a", "p2@a.example", "status", &"revoked".into());
    all_resent().await;
    until("the outcome", || text(".status").contains("2 sent")).await;
    let said = text(".status");
    assert!(said.contains("1 no longer pending") && !said.contains("already there"), "{said}");
    settle().await;
    assert_eq!((world.clerk.count("revoke"), world.clerk.count("inviteMember")), (3, 2));
    assert_eq!(world.clerk.invitations("org_a", "p2@a.example"), 1);
}

// The keyboard.

/// Presses the button with this id by keyboard: it has the focus.
async fn pressed_by_keyboard(id: &str) {
    place_focus(id);
    assert_eq!(focused(), id);
    press(&format!("#{id}"));
    settle().await;
}

/// As [`pressed_by_keyboard`], and says yes to the question that comes.
async fn revoked_by_keyboard(id: &str) {
    pressed_by_keyboard(id).await;
    until("the question", || exists("dialog[open] h2")).await;
    press_named("Revoke invitation");
    until("no question", || !exists("dialog[open]")).await;
}

/// What the buttons for `p2@a.example` are called by, when there are three.
const OF_P2: &str = "orginv_org_a_2";

#[wasm_bindgen_test]
async fn after_a_failure_the_keyboard_is_where_it_can_be_tried_again() {
    for action in ["resend", "revoke"] {
        trying(format!("{action}:"));
        let world = ready().await;
        let retry = format!("retry-{OF_P2}");
        for nth in 0..2 {
            world.clerk.hold("revoke");
            let id = if nth == 0 { format!("{action}-{OF_P2}") } else { retry.clone() };
            if id.starts_with("revoke") {
                revoked_by_keyboard(&id).await;
            } else {
                pressed_by_keyboard(&id).await;
            }
            until("the call", || world.clerk.count("revoke") == nth + 1).await;
            until("a busy row", || exists("tr[aria-busy=true]")).await;
            settle().await;
            world.clerk.refuse("revoke", nth, &refusal(403, "a_code", "Not today."));
            until("the failure", || row_said().contains("Not today.")).await;
            until("the keyboard", || focused() == retry).await;
            settle().await;
            assert_eq!((focused(), text(&format!("#{retry}")).as_str()), (retry.clone(), "Try again"));
        }
        // Then it goes well.
        world.clerk.let_go("revoke");
        pressed_by_keyboard(&retry).await;
        until("the outcome", || text(".status").contains("p2@a.example") && row_said().is_empty()).await;
        until("the heading", || focused() == "list-heading").await;
        settle().await;
        assert_eq!(focused(), "list-heading");
    }
}

#[wasm_bindgen_test]
async fn after_a_success_the_keyboard_is_on_the_heading_of_the_list() {
    for action in ["resend", "revoke"] {
        trying(format!("{action}:"));
        let world = ready().await;
        world.clerk.hold("revoke");
        let id = format!("{action}-{OF_P2}");
        if action == "revoke" {
            revoked_by_keyboard(&id).await;
        } else {
            pressed_by_keyboard(&id).await;
        }
        until("the call", || world.clerk.count("revoke") == 1).await;
        until("a busy row", || exists("tr[aria-busy=true]")).await;
        world.clerk.release("revoke", 0);
        until("the outcome", || text(".status").contains("p2@a.example")).await;
        until("the heading", || focused() == "list-heading").await;
        settle().await;
        assert_eq!(focused(), "list-heading");
    }
}

#[wasm_bindgen_test]
async fn whoever_has_gone_on_meanwhile_is_not_called_back() {
    for is_refused in [true, false] {
        trying(format!("refused: {is_refused}:"));
        let world = ready().await;
        world.clerk.hold("revoke");
        pressed_by_keyboard(&format!("resend-{OF_P2}")).await;
        until("the call", || world.clerk.count("revoke") == 1).await;
        place_focus("invite-email");
        if is_refused {
            world.clerk.refuse("revoke", 0, &refusal(403, "a_code", "Not today."));
        } else {
            world.clerk.release("revoke", 0);
        }
        until("the outcome", || text(".status").contains("p2@a.example")).await;
        settle().await;
        assert_eq!(focused(), "invite-email");
    }
}

// Two ways to the same address.

#[wasm_bindgen_test]
async fn what_the_box_is_sending_is_not_resent_from_the_list() {
    let world = ready().await;
    if !paste(EMAIL, "p2@a.example") {
        key(EMAIL, "Enter");
    }
    until("the entry", || text(STATE).contains("Pending since")).await;
    press_within("Resend", ".entries");
    until("the plan", || text(STATE).contains("is revoked, then a new one sent")).await;
    world.clerk.hold("revoke");
    press("#invite-send");
    until("the first call", || world.clerk.count("revoke") == 1).await;
    press_named("Resend the invitation of p2@a.example");
    until("the reason", || text(".status").contains("Something is already being done with p2@a.example."))
        .await;
    press_named("Revoke the invitation of p2@a.example");
    until("the question", || text("dialog[open]").contains("p2@a.example")).await;
    press_named("Revoke invitation");
    settle().await;
    assert_eq!(world.clerk.count("revoke"), 1);
    world.clerk.let_go("revoke");
    world.clerk.release("revoke", 0);
    until("the outcome", || text(".status").contains("p2@a.example was invited anew")).await;
    settle().await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn what_the_list_is_resending_is_not_sent_from_the_box() {
    let world = ready().await;
    if !paste(EMAIL, "p2@a.example") {
        key(EMAIL, "Enter");
    }
    until("the entry", || text(STATE).contains("Pending since")).await;
    press_within("Resend", ".entries");
    until("the plan", || text(STATE).contains("is revoked, then a new one sent")).await;
    half_way(&world).await;
    press("#invite-send");
    settle().await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
    assert!(text(ENTRY).contains("p2@a.example"));
    world.clerk.let_go("inviteMember");
    world.clerk.release("inviteMember", 0);
    until("the outcome", || text(".status").contains("p2@a.example was invited anew")).await;
    settle().await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn why_the_box_does_not_send_what_the_list_is_resending_is_said() {
    let world = ready().await;
    if !paste(EMAIL, "p2@a.example") {
        key(EMAIL, "Enter");
    }
    until("the entry", || text(STATE).contains("Pending since")).await;
    press_within("Resend", ".entries");
    until("the plan", || text(STATE).contains("is revoked, then a new one sent")).await;
    half_way(&world).await;
    press("#invite-send");
    until("the reason", || text("#app").contains("Something is already being done with p2@a.example.")).await;
}

// In the middle.

#[wasm_bindgen_test]
async fn a_second_half_that_is_refused_is_said_and_the_address_is_in_the_box_once() {
    let world = ready().await;
    half_way(&world).await;
    world.clerk.refuse("inviteMember", 0, &refusal(403, "a_code", "Not today."));
    let says = "Withdrawn, not sent again: Not today.";
    until("the row", || row_said().contains(says)).await;
    assert!(text(".status").contains(says) && text(".status").contains("p2@a.example"));
    until("the box", || text(ENTRY) == "p2@a.example").await;
    assert!(text(STATE).contains(says), "{}", text(STATE));
    press_named("Refresh");
    until("the list", || world.clerk.count("page") == 2 && rows().len() == 3).await;
    assert!(row_said().contains(says), "it stays although the list has it no more");
    // Once more in vain: it is there once.
    press_named("Try again: p2@a.example");
    until("the call", || world.clerk.count("inviteMember") == 2).await;
    world.clerk.refuse("inviteMember", 1, &refusal(403, "a_code", "Not tomorrow either."));
    until("the row", || row_said().contains("Not tomorrow either.")).await;
    settle().await;
    assert_eq!(text(ENTRY), "p2@a.example");
    world.clerk.let_go("inviteMember");
    press_named("Try again: p2@a.example");
    until("the outcome", || text(".status").contains("Invitation sent to p2@a.example.")).await;
    until("an empty box", || !exists("li.entry")).await;
    until("one row", || text("tr.new").contains("p2@a.example") && row_said().is_empty()).await;
    assert_eq!(rows(), ["p1@a.example", "p2@a.example", "p3@a.example"]);
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember", "inviteMember", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn what_was_not_sent_again_is_sent_from_the_box() {
    let world = ready().await;
    half_way(&world).await;
    world.clerk.refuse("inviteMember", 0, &refusal(403, "a_code", "Not today."));
    until("the box", || text(ENTRY) == "p2@a.example").await;
    world.clerk.let_go("inviteMember");
    until("a button", || {
        exists("#invite-send:not([aria-disabled=true])") && !text(".batch").contains("Looking up")
    })
    .await;
    press("#invite-send");
    until("the outcome", || text(".status").contains("Invitation sent to p2@a.example.")).await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember", "inviteMember"]);
    assert!(!exists("li.entry"));
}

#[wasm_bindgen_test]
async fn a_first_half_that_is_refused_sends_nothing_and_leaves_the_box_alone() {
    let world = ready().await;
    world.clerk.instead("revoke", "rejects", &refusal(403, "a_code", "Not today."));
    press_named("Resend the invitation of p2@a.example");
    until("the row", || row_said().contains("Not revoked: the invitation stands as before. Not today."))
        .await;
    assert_eq!(world.clerk.writes(), ["revoke"]);
    settle().await;
    assert!(!exists("li.entry"));
    press_named("Try again: p2@a.example");
    until("the outcome", || text(".status").contains("was invited anew")).await;
    assert_eq!(world.clerk.writes(), ["revoke", "revoke", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn a_second_half_whose_answer_is_lost_is_looked_up_and_not_sent_twice() {
    let world = ready().await;
    world.stage.stop_clock();
    world.clerk.instead("inviteMember", "loses", &js_sys::TypeError::new("Failed to fetch"));
    press_named("Resend the invitation of p2@a.example");
    until_rung(&world.stage, "the outcome", || text(".status").contains("p2@a.example was invited anew"))
        .await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
    assert_eq!(world.clerk.invitations("org_a", "p2@a.example"), 2);
}

#[wasm_bindgen_test]
async fn a_switch_in_the_middle_leaves_nobody_without_a_word() {
    let world = ready().await;
    world.clerk.hold("revoke");
    press_named("Resend the invitation of p2@a.example");
    until("the first call", || world.clerk.count("revoke") == 1).await;
    world.clerk.switch_to("org_b");
    until("the other organization", || text("header h1").contains("org_b") && rows().len() == 2).await;
    world.clerk.release("revoke", 0);
    until("the outcome", || text(".status").contains("p2@a.example")).await;
    settle().await;
    assert!(!text("#app main").contains("@a.example"), "a row of org_a under org_b");
    assert!(!exists("li.entry"), "that is nothing of org_b's");
    let was_sent = world.clerk.count("inviteMember") == 1;
    world.clerk.switch_to("org_a");
    until("its rows", || rows().iter().any(|row| row == "p1@a.example")).await;
    settle().await;
    assert_eq!(
        (text(ENTRY) == "p2@a.example", rows().contains(&"p2@a.example".to_owned())),
        (!was_sent, was_sent)
    );
}

#[wasm_bindgen_test]
async fn a_switch_after_the_first_half_does_not_undo_the_second() {
    let world = ready().await;
    half_way(&world).await;
    world.clerk.switch_to("org_b");
    until("the other organization", || text("header h1").contains("org_b") && rows().len() == 2).await;
    world.clerk.release("inviteMember", 0);
    until("the outcome", || text(".status").contains("p2@a.example was invited anew")).await;
    settle().await;
    assert!(!text("#app main").contains("@a.example"));
    world.clerk.switch_to("org_a");
    until("its rows", || rows().iter().any(|row| row == "p2@a.example")).await;
    assert!(!exists("li.entry"));
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn a_sign_out_in_the_middle_keeps_the_address_for_the_same_person_only() {
    let world = ready().await;
    half_way(&world).await;
    sign_out(&world);
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    assert_eq!(recorded(), None);
    world.clerk.refuse("inviteMember", 0, &refusal(401, "signed_out", "m"));
    settle().await;
    assert_eq!(recorded(), None);
    world.clerk.let_go("inviteMember");
    world.clerk.sign_in();
    world.clerk.put("user.id", &"user_2".into());
    world.clerk.emit();
    until("somebody else's page", || exists("#invite-role:not([disabled])") && exists("tr[data-invitation]"))
        .await;
    settle().await;
    assert!(!text("#app main").contains("p2@a.example"), "{}", text("#app main"));
    world.clerk.sign_in();
    world.clerk.emit();
    until("what was kept", || text(ENTRY) == "p2@a.example").await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn what_is_being_resent_is_recorded_and_what_is_only_revoked_is_not() {
    let world = ready().await;
    // What stands behind the form is here already, see the next test.
    press_named("Copy the addresses");
    half_way(&world).await;
    assert_eq!(recorded().as_deref(), Some("user_1 org_a\np2@a.example\torg:member\torginv_org_a_2\n"));
    world.clerk.hold("revoke");
    press_named("Revoke the invitation of p3@a.example");
    until("the question", || text("dialog[open]").contains("p3@a.example")).await;
    press_named("Revoke invitation");
    until("the call", || world.clerk.count("revoke") == 2).await;
    assert_eq!(recorded().as_deref(), Some("user_1 org_a\np2@a.example\torg:member\torginv_org_a_2\n"));
    world.clerk.release("inviteMember", 0);
    until("the outcome", || text(".status").contains("p2@a.example was invited anew")).await;
    assert_eq!(recorded(), None);
    world.clerk.release("revoke", 1);
    until("the outcome", || text(".status").contains("The invitation of p3@a.example is revoked.")).await;
    assert_eq!(recorded(), None);
}

#[wasm_bindgen_test]
async fn what_is_being_resent_is_not_taken_for_what_a_page_that_is_gone_has_sent() {
    let world = ready().await;
    half_way(&world).await;
    settle().await;
    assert!(!exists("li.entry"), "{} {}", text(ENTRY), text(STATE));
    world.clerk.release("inviteMember", 0);
    until("the outcome", || text(".status").contains("p2@a.example was invited anew")).await;
    settle().await;
    assert!(!text("#app").contains("The page was loaded anew"), "{}", text(".batch"));
}

#[wasm_bindgen_test]
async fn what_was_being_resent_when_the_page_was_loaded_anew_is_found_in_the_box() {
    let world = ready().await;
    world.stage.stop_clock();
    half_way(&world).await;
    world.take_away();
    settle().await;
    world.draw();
    until_rung(&world.stage, "what was being resent", || {
        text(ENTRY) == "p2@a.example" && text(STATE).contains("revoked")
    })
    .await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"], "it sent by itself");
    // What the browser does with a page that is gone.
    world.clerk.refuse("inviteMember", 0, &refusal(403, "action_blocked", "m"));
    until("its end", || !asks_before_leaving()).await;
}
