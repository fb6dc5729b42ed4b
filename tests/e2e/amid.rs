//! What happens elsewhere while an invitee has the link open, and what is left to do before they may follow it.

use sandbox::Status;
use sandbox::world::RESET_PASSWORD;

use crate::support::*;

#[tokio::test]
async fn an_invitation_that_is_revoked_while_its_link_is_open_says_so_when_joined() {
    let (stage, id, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(button("Join Acme")).await;
            page.control.change(|world| world.invitations.set_status(&id, Status::Revoked));
            page.click(button("Join Acme")).await;
            page.see(heading("This invitation was revoked")).await;
            page.focus_is_on(heading("This invitation was revoked")).await;
            assert!(!page.shows(button("Join Acme")).await);
            assert!(!has_joined(page, "user_nora"));
            // Without the link the sentence stands at the card.
            page.control.change(|world| world.invitations.set_status(&id, Status::Pending));
            page.open("accept").await;
            page.see(button("Join Acme")).await;
            page.control.change(|world| world.invitations.set_status(&id, Status::Revoked));
            page.click(button("Join Acme")).await;
            page.see(alert("This invitation is no longer pending.")).await;
            page.is_accessible("an invitation that has ended meanwhile").await;
        })
        .await;
}

#[tokio::test]
async fn an_organization_that_fills_up_or_goes_while_the_link_is_open_is_said() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(button("Join Acme")).await;
            page.control.change(|world| {
                world.organizations.get_mut("org_acme").expect("Acme").max_allowed_memberships = 1;
            });
            page.click(button("Join Acme")).await;
            page.see(alert("The organization is full")).await;
            page.control.change(|world| world.remove_organization("org_acme"));
            page.click(button("Join Acme")).await;
            page.see(heading("This invitation isn’t in your account")).await;
            assert!(!page.shows(button("Join Acme")).await);
        })
        .await;
}

#[tokio::test]
async fn offline_nothing_is_claimed_and_another_try_joins() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(button("Join Acme")).await;
            page.be_offline(true).await;
            page.click(button("Join Acme")).await;
            page.see(alert("Couldn’t reach Clerk. Check your connection.")).await;
            assert!(!has_joined(page, "user_nora"));
            page.be_offline(false).await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            assert_eq!(page.requests("POST", ACCEPT).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn who_is_signed_out_meanwhile_goes_on_with_the_same_link() {
    let mut session = String::new();
    let (stage, _, ticket) = with_link(Stage::signed_out().world(|world| {
        session = world.sign_in("user_nora", None);
        world.greet_new_clients_with(&session);
    }));
    stage
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(button("Join Acme")).await;
            page.control.change(|world| world.sign_out(&session));
            page.click(button("Join Acme")).await;
            // Clerk's form takes the ticket, and signs in with it.
            page.see(heading("Welcome to Acme")).await;
            assert!(has_joined(page, "user_nora"));
            assert_eq!(active_organizations(page, "user_nora"), [Some("org_acme".to_owned())]);
        })
        .await;
}

#[tokio::test]
async fn two_tasks_are_done_one_after_the_other_and_the_link_is_kept() {
    let (stage, _, ticket) = with_link(Stage::signed_out());
    stage
        .world(|world| {
            world.environment.force_organization_selection = true;
            let session = world.sign_in("user_nora", None);
            world.demand_task(&session, RESET_PASSWORD);
            world.sessions.get_mut(&session).expect("a session").tasks.reverse();
            world.greet_new_clients_with(&session);
        })
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            says(page, "You need to set a new password.").await;
            page.write(textbox("New password"), "long-enough-and-odd").await;
            page.write(textbox("Confirm password"), "long-enough-and-odd").await;
            page.click(button("Reset Password")).await;
            page.see(heading("Acme invited you")).await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            assert_eq!(active_organizations(page, "user_nora"), [Some("org_acme".to_owned())]);
        })
        .await;
}

#[tokio::test]
async fn where_the_application_sends_everybody_to_the_invitees_page_an_admin_finds_the_way_to_the_list() {
    Stage::signed_out()
        .play(async |page| {
            page.open("accept").await;
            signs_in(page, "ada@demo.test").await;
            page.see(heading("Your invitations")).await;
            page.address_becomes("accept").await;
            page.click(button("Open Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            page.click(link("Go to invitations")).await;
            page.settled().await;
            page.range_is("1–10 of 57").await;
        })
        .await;
}
