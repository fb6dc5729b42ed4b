//! Which page stands at which address, at the root and below it.

use sandbox::{Status, World};

use crate::support::*;

/// Invites an address to Acme and returns the path of the link in the mail, below the origin.
fn mailed(world: &mut World, email: &str) -> String {
    let id = world.invite("org_acme", email, "org:member", Status::Pending, sandbox::world::now_ms());
    world.invitations.by_id(&id).expect("an invitation").ticket()
}

fn is_accepted(page: &Page, email: &str) -> bool {
    page.control.change(|world| {
        world.invitations.addressed_to(email).any(|invitation| invitation.status == Status::Accepted)
    })
}

#[tokio::test]
async fn an_unknown_address_says_so_and_leads_to_the_invitations() {
    Stage::admin()
        .play(async |page| {
            for address in ["nowhere", "404", "nowhere?page=2"] {
                page.open(address).await;
                page.see(heading("There is no such page")).await;
            }
            page.is_accessible("not found").await;
            page.mark().await;
            page.click(link("To the invitations")).await;
            page.range_is("1–10 of 57").await;
            page.address_becomes("").await;
            page.back().await;
            page.see(heading("There is no such page")).await;
            page.forward().await;
            page.range_is("1–10 of 57").await;
            page.was_not_reloaded().await;
            page.open_list("index.html?page=2").await;
            page.range_is("11–20 of 57").await;
        })
        .await;
}

#[tokio::test]
async fn all_of_it_works_under_a_sub_path() {
    Stage::admin()
        .under("/team/")
        .play(async |page| {
            page.open_list("").await;
            page.range_is("1–10 of 57").await;
            page.click(button("Next page")).await;
            page.range_is("11–20 of 57").await;
            page.address_becomes("?page=2").await;
            page.reload().await;
            page.range_is("11–20 of 57").await;
            page.settled().await;
            page.click(button("First page")).await;
            page.address_becomes("").await;
            page.open("nowhere").await;
            page.see(heading("There is no such page")).await;
            page.click(link("To the invitations")).await;
            page.range_is("1–10 of 57").await;
            page.address_becomes("").await;
            page.settled().await;
            page.open_list("?lang=de").await;
            page.see(button("Einladung senden")).await;
            page.open("accept/?lang=en").await;
            page.see(heading("Your invitation")).await;
            page.address_becomes("accept?lang=en").await;
            page.click(link("To the invitations")).await;
            page.settled().await;
            page.click(button("Switch organization")).await;
            page.click(any("button").named("Blank Slate")).await;
            page.see(heading("Blank Slate")).await;
            page.address_becomes("").await;
        })
        .await;
}

#[tokio::test]
async fn signing_in_under_a_sub_path_stays_there() {
    Stage::signed_out()
        .under("/team/")
        .play(async |page| {
            page.open("").await;
            page.write(textbox("Email address"), "ada@demo.test").await;
            page.click(button("Continue")).await;
            page.write(textbox("Password"), sandbox::world::DEMO_PASSWORD).await;
            page.click(button("Continue")).await;
            page.see(heading("Choose an organization")).await;
            page.address_becomes("").await;
        })
        .await;
}

#[tokio::test]
async fn the_link_in_the_mail_signs_in_who_has_an_account_and_accepts() {
    let mut ticket = String::new();
    Stage::signed_out()
        .world(|world| ticket = mailed(world, "nora@demo.test"))
        .play(async |page| {
            page.open(&format!("__clerk/v1/tickets/accept?ticket={ticket}")).await;
            page.until("the invitation accepted", async || is_accepted(page, "nora@demo.test").then_some(()))
                .await;
            page.see(heading("Acme")).await;
            page.see(heading("You can’t invite people here")).await;
            page.address_becomes("").await;
        })
        .await;
}

#[tokio::test]
async fn the_link_in_the_mail_signs_up_who_is_new_and_accepts() {
    let mut ticket = String::new();
    Stage::signed_out()
        .world(|world| ticket = mailed(world, "newcomer@demo.test"))
        .play(async |page| {
            page.open(&format!("__clerk/v1/tickets/accept?ticket={ticket}")).await;
            page.see(heading("Sign up")).await;
            page.write(textbox("Password"), "long-enough-and-odd").await;
            page.is_accessible("signing up").await;
            page.click(button("Continue")).await;
            page.until("the invitation accepted", async || {
                is_accepted(page, "newcomer@demo.test").then_some(())
            })
            .await;
        })
        .await;
}

#[tokio::test]
async fn without_a_ticket_or_after_it_was_used_accepting_says_so() {
    Stage::signed_out()
        .play(async |page| {
            page.open("accept").await;
            page.see(heading("Your invitation")).await;
            assert!(page.text(any("main")).await.contains("This address carries no invitation."));
            page.is_accessible("no invitation in the address").await;
            page.open("accept?__clerk_ticket=&__clerk_status=sign_in").await;
            page.see(heading("Your invitation")).await;
            assert!(page.text(any("main")).await.contains("This address carries no invitation."));
            page.open("accept?__clerk_status=complete").await;
            page.see(heading("Your invitation")).await;
            assert!(page.text(any("main")).await.contains("Clerk says that the invitation is accepted."));
            page.click(link("To the invitations")).await;
            page.see(heading("Sign in")).await;
        })
        .await;
}

#[tokio::test]
async fn who_is_signed_in_already_is_told_where_the_invitation_waits() {
    let mut ticket = String::new();
    Stage::admin()
        .world(|world| ticket = mailed(world, "nora@demo.test"))
        .play(async |page| {
            page.open(&format!("accept?__clerk_ticket={ticket}&__clerk_status=sign_in")).await;
            page.see(heading("Your invitation")).await;
            assert!(page.text(any("main")).await.contains("You are signed in as Ada Lovelace."));
            page.is_accessible("accepting while signed in").await;
            assert!(!is_accepted(page, "nora@demo.test"));
            page.click(link("To the invitations")).await;
            page.range_is("1–10 of 58").await;
        })
        .await;
}
