//! An invitation is accepted once and the page says the truth, whatever is clicked, reloaded or opened meanwhile.

use sandbox::On;
use sandbox::world::MEMBER;

use crate::support::*;

const SIGN_IN: &str = "/v1/client/sign_ins";
const MEMBERSHIPS: &str = "/v1/me/organization_memberships";

/// How many memberships of Acme a person has: two would be the mishap.
fn memberships(page: &Page, user: &str) -> usize {
    page.control.change(|world| {
        let all = &world.organizations["org_acme"].memberships;
        all.iter().filter(|membership| membership.user == user).count()
    })
}

/// Waits until a tab is in the organization, be it after it was told that another one was faster.
async fn arrives(page: &Page) {
    let (welcome, slower) = (heading("Welcome to Acme"), heading("This invitation was already accepted"));
    let is_told =
        async || (page.shows(welcome.clone()).await || page.shows(slower.clone()).await).then_some(());
    page.until("what became of the ticket", is_told).await;
    if page.shows(slower).await {
        page.click(link("Sign in")).await;
        page.see(welcome).await;
    }
}

#[tokio::test]
async fn two_tabs_sign_in_by_the_same_ticket() {
    let (stage, _, ticket) = with_link(Stage::signed_out());
    stage
        .play(async |page| {
            let gate = page.control.gate(On::post(SIGN_IN));
            page.open(&link_with(&ticket, "sign_in")).await;
            gate.reached(1).await;
            let first = page.open_second_tab(&link_with(&ticket, "sign_in")).await;
            gate.reached(2).await;
            gate.open();
            arrives(page).await;
            page.go_to_tab(&first).await;
            arrives(page).await;
            assert_eq!(memberships(page, "user_nora"), 1);
            assert_eq!(active_organizations(page, "user_nora"), [Some("org_acme".to_owned())]);
        })
        .await;
}

#[tokio::test]
async fn two_tabs_sign_up_by_the_same_ticket() {
    let mut ticket = String::new();
    Stage::signed_out()
        .world(|world| ticket = invited(world, "newcomer@demo.test", MEMBER).1)
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_up")).await;
            page.see(textbox("Password")).await;
            let first = page.open_second_tab(&link_with(&ticket, "sign_up")).await;
            page.write(textbox("Password"), "long-enough-and-odd").await;
            page.click(button("Continue")).await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’ve joined Acme.").await;
            page.go_to_tab(&first).await;
            page.reload().await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’re a member of Acme.").await;
        })
        .await;
}

#[tokio::test]
async fn a_reload_before_clerk_has_accepted_offers_it_again_and_one_after_that_does_not() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            let gate = page.control.gate(On::post(ACCEPT));
            page.open(&link_with(&ticket, "sign_in")).await;
            page.click(button("Join Acme")).await;
            gate.reached(1).await;
            page.reload().await;
            page.see(heading("Acme invited you")).await;
            assert!(!has_joined(page, "user_nora"));
            gate.open();
            // Clerk has accepted it, and the page has not heard of that.
            let gate = page.control.gate(On::get(MEMBERSHIPS));
            page.click(button("Join Acme")).await;
            gate.reached(1).await;
            assert!(has_joined(page, "user_nora"));
            page.reload().await;
            gate.open();
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’re a member of Acme.").await;
            page.click(button("Open Acme")).await;
            says(page, "You can close this page.").await;
            assert_eq!(memberships(page, "user_nora"), 1);
            assert_eq!(active_organizations(page, "user_nora"), [Some("org_acme".to_owned())]);
        })
        .await;
}

#[tokio::test]
async fn back_and_forward_after_joining_say_what_is_so_now() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.open("accept").await;
            page.see(button("Join Acme")).await;
            page.open(&link_with(&ticket, "sign_in")).await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            page.back().await;
            page.address_becomes("accept").await;
            page.see(button("Open Acme")).await;
            assert!(!page.shows(button("Join Acme")).await);
            page.forward().await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’re a member of Acme.").await;
            assert_eq!(page.requests("POST", ACCEPT).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn back_after_signing_in_by_a_ticket_asks_for_nothing_again() {
    let (stage, _, ticket) = with_link(Stage::signed_out());
    stage
        .play(async |page| {
            page.open("accept").await;
            page.see(textbox("Email address")).await;
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("Welcome to Acme")).await;
            page.back().await;
            page.see(heading("Welcome to Acme")).await;
            page.back().await;
            page.see(button("Open Acme")).await;
            assert_eq!(memberships(page, "user_nora"), 1);
        })
        .await;
}
