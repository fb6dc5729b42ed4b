//! Sessions that Clerk does not count as signed in before something is done, where invitees are sent to. An application in
//! which everybody works in an organization, which is Clerk's default, leaves a new person so until they have chosen one.

use sandbox::World;
use sandbox::world::{MEMBER, RESET_PASSWORD};

use crate::support::*;

fn must_choose(world: &mut World) {
    world.environment.force_organization_selection = true;
}

/// Somebody who has signed in and has yet to choose an organization.
fn choosing(user: &str) -> Stage {
    Stage::signed_out().world(|world| {
        must_choose(world);
        let session = world.sign_in(user, None);
        world.greet_new_clients_with(&session);
    })
}

#[tokio::test]
async fn who_has_yet_to_choose_an_organization_chooses_it_by_joining() {
    let (stage, _, ticket) = with_link(choosing("user_nora"));
    for address in ["accept".to_owned(), link_with(&ticket, "sign_in")] {
        stage
            .clone()
            .play_with_and_without_client_on_reads(async |page| {
                page.open(&address).await;
                page.see(button("Join Acme")).await;
                page.is_accessible("invited, with an organization to choose").await;
                page.double_click(button("Join Acme")).await;
                page.see(heading("Welcome to Acme")).await;
                says(page, "You can close this page.").await;
                page.focus_is_on(heading("Welcome to Acme")).await;
                assert_eq!(page.requests("POST", ACCEPT).len(), 1);
                assert_eq!(active_organizations(page, "user_nora"), [Some("org_acme".to_owned())]);
            })
            .await;
    }
}

#[tokio::test]
async fn an_organization_that_one_belongs_to_is_chosen_there_too() {
    choosing("user_max")
        .play(async |page| {
            page.open("accept").await;
            says(page, "No invitation is waiting for max@demo.test.").await;
            page.click(button("Open Guild")).await;
            page.see(heading("Welcome to Guild")).await;
            assert_eq!(active_organizations(page, "user_max"), [Some("org_guild".to_owned())]);
        })
        .await;
}

#[tokio::test]
async fn whom_clerks_form_leaves_with_an_organization_to_choose_has_chosen_by_the_ticket() {
    for email in ["nora@demo.test", "newcomer@demo.test"] {
        let mut ticket = String::new();
        Stage::signed_out()
            .world(|world| {
                must_choose(world);
                world.environment.ticket_activates = false;
                ticket = invited(world, email, MEMBER).1;
            })
            .play(async |page| {
                page.open(&format!("__clerk/v1/tickets/accept?ticket={ticket}")).await;
                if email.starts_with("newcomer") {
                    page.write(textbox("Password"), "long-enough-and-odd").await;
                    page.click(button("Continue")).await;
                }
                page.see(heading("Welcome to Acme")).await;
                says(page, "You’ve joined Acme.").await;
                says(page, "You can close this page.").await;
                page.reload().await;
                says(page, "Signed in as").await;
                page.click(button("Sign out")).await;
                page.see(textbox("Email address")).await;
            })
            .await;
    }
}

#[tokio::test]
async fn the_wrong_account_with_an_organization_to_choose_goes_on_with_another_one() {
    let (stage, _, ticket) = with_link(choosing("user_lise"));
    stage
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("This invitation isn’t in your account")).await;
            says(page, "You’re signed in as lise@acme.test.").await;
            // What else waits for them stands below, by itself.
            page.see(heading("Your invitations")).await;
            page.click(button("Use another account")).await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "Signed in as nora@demo.test").await;
        })
        .await;
}

#[tokio::test]
async fn every_other_task_comes_first_and_the_link_is_kept() {
    let (stage, _, ticket) = with_link(Stage::signed_out());
    stage
        .world(|world| {
            let session = world.sign_in("user_nora", None);
            world.demand_task(&session, RESET_PASSWORD);
            world.greet_new_clients_with(&session);
        })
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("One more step")).await;
            says(page, "You need to set a new password.").await;
            page.is_accessible("a password to choose before joining").await;
            page.write(textbox("New password"), "long-enough-and-odd").await;
            page.write(textbox("Confirm password"), "long-enough-and-odd").await;
            page.click(button("Reset Password")).await;
            page.see(heading("Acme invited you")).await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
        })
        .await;
}
