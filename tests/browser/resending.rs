//! Taking an invitation back and sending another one: in the middle of it the person has none, and nothing of that may be
//! lost.

use crate::world::{
    BELOW, ENTRY, ENTRY_STATE, ENTRY_TEXT, TOAST, World, exists, focused, key, listed, pick_in_menu,
    place_focus, press, press_named, press_within, refusal, replace_address, row_said, settle, text, trying,
    until,
};
use wasm_bindgen_test::wasm_bindgen_test;

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

/// Agrees to what is asked: the button that says `words`.
async fn agree(words: &str) {
    until("the question", || exists("dialog[open] h2")).await;
    press_within(words, "dialog[open]");
    until("no question", || !exists("dialog[open]")).await;
}

/// Resends what is pending for `p2@a.example`, as far as the second call, which is held back.
async fn half_way(world: &World) {
    world.clerk.hold("inviteMember");
    press_named("Resend invitation to p2@a.example");
    agree("Resend").await;
    until("the second call", || world.clerk.count("inviteMember") == 1).await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn presses_in_quick_succession_send_once() {
    let world = ready().await;
    world.clerk.hold("revoke");
    press_named("Resend invitation to p2@a.example");
    press_named("Resend invitation to p2@a.example");
    until("the question", || exists("dialog[open] h2")).await;
    press_within("Resend", "dialog[open]");
    press_within("Resend", "dialog[open]");
    until("the first call", || world.clerk.count("revoke") == 1).await;
    settle().await;
    world.clerk.let_go("revoke");
    world.clerk.release("revoke", 0);
    until("the outcome", || text(TOAST).contains("Invitation resent to")).await;
    settle().await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
    // After a revoke the offer to undo it sends once too.
    pick_in_menu("p3@a.example", "Revoke").await;
    until("the question", || text("dialog[open]").contains("p3@a.example")).await;
    press_named("Revoke invitation");
    press_named("Revoke invitation");
    until("the offer", || text(TOAST).contains("Invite again")).await;
    world.clerk.hold("inviteMember");
    press_named("Invite again");
    until("the call", || world.clerk.count("inviteMember") == 2).await;
    assert!(!text(TOAST).contains("Invite again"));
    world.clerk.release("inviteMember", 1);
    until("the outcome", || text(TOAST).contains("Invitation sent to p3@a.example.")).await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember", "revoke", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn what_has_ended_is_invited_again_and_who_has_joined_only_on_a_second_thought() {
    let world = World::signed_in();
    world.clerk.invited("org_a", "over@x.de", "expired");
    world.clerk.invited("org_a", "in@x.de", "accepted");
    replace_address("/?view=all");
    let world = drawn(world).await;
    press_named("Invite again: over@x.de");
    agree("Invite again").await;
    until("the outcome", || text(TOAST).contains("Invitation resent to over@x.de.")).await;
    assert!(!text("table").contains("Resend"), "{}", text("table"));
    pick_in_menu("in@x.de", "Invite again").await;
    agree("Invite again").await;
    until("the outcome", || text(TOAST).contains("Invitation sent to in@x.de.")).await;
    assert_eq!(world.clerk.writes(), ["inviteMember", "inviteMember"]);
}

// The keyboard.

/// Presses the button with this id by keyboard: it has the focus.
async fn pressed_by_keyboard(id: &str) {
    place_focus(id);
    assert_eq!(focused(), id);
    press(&format!("#{id}"));
    settle().await;
}

/// Picks "Revoke" in the menu of `p2@a.example`, and says yes to the question that comes.
async fn revoked_by_keyboard() {
    pressed_by_keyboard(&format!("more-{OF_P2}")).await;
    until("the first item", || focused() == format!("more-{OF_P2}-first")).await;
    key(&format!("#more-{OF_P2}-first"), "End");
    press("[role=menuitem]:focus");
    until("the question", || exists("dialog[open] h2")).await;
    press_named("Revoke invitation");
    until("no question", || !exists("dialog[open]")).await;
}

async fn resent_by_keyboard() {
    pressed_by_keyboard(&format!("resend-{OF_P2}")).await;
    agree("Resend").await;
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
            match (nth, action) {
                (0, "revoke") => revoked_by_keyboard().await,
                (0, _) => resent_by_keyboard().await,
                _ => pressed_by_keyboard(&retry).await,
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
        until("the outcome", || text(TOAST).contains("p2@a.example") && row_said().is_empty()).await;
        until("the row", || exists(":focus[aria-label='More actions for p2@a.example']")).await;
    }
}

#[wasm_bindgen_test]
async fn after_a_success_the_keyboard_is_on_the_menu_of_the_row() {
    for action in ["resend", "revoke"] {
        trying(format!("{action}:"));
        let world = ready().await;
        world.clerk.hold("revoke");
        if action == "revoke" {
            revoked_by_keyboard().await;
        } else {
            resent_by_keyboard().await;
        }
        until("the call", || world.clerk.count("revoke") == 1).await;
        until("a busy row", || exists("tr[aria-busy=true]")).await;
        world.clerk.release("revoke", 0);
        until("the outcome", || text(TOAST).contains("p2@a.example")).await;
        until("the row", || exists(":focus[aria-label='More actions for p2@a.example']")).await;
    }
}

#[wasm_bindgen_test]
async fn whoever_has_gone_on_meanwhile_is_not_called_back() {
    for is_refused in [true, false] {
        trying(format!("refused: {is_refused}:"));
        let world = ready().await;
        world.clerk.hold("revoke");
        resent_by_keyboard().await;
        until("the call", || world.clerk.count("revoke") == 1).await;
        place_focus("invite-email");
        if is_refused {
            world.clerk.refuse("revoke", 0, &refusal(403, "a_code", "Not today."));
        } else {
            world.clerk.release("revoke", 0);
        }
        until("the outcome", || text(TOAST).contains("p2@a.example")).await;
        settle().await;
        assert_eq!(focused(), "invite-email");
    }
}

#[wasm_bindgen_test]
async fn what_is_being_resent_is_not_taken_for_what_a_page_that_is_gone_has_sent() {
    let world = ready().await;
    half_way(&world).await;
    settle().await;
    assert!(!exists(ENTRY), "{} {}", text(ENTRY_TEXT), text(ENTRY_STATE));
    world.clerk.release("inviteMember", 0);
    until("the outcome", || text(TOAST).contains("Invitation resent to p2@a.example")).await;
    settle().await;
    assert!(!text("#app").contains("The page was loaded anew"), "{}", text(BELOW));
}
