//! The invitee's side: the link in the mail in each state, and what a person finds without one.

use sandbox::world::{ADMIN, MEMBER, OtherAddress, now_ms};
use sandbox::{On, Status, What};
use serde_json::json;

use crate::support::*;

/// The call that asks a suggested organization.
const SUGGESTION: &str = "/v1/me/organization_suggestions/*/accept";

#[tokio::test]
async fn the_link_in_the_mail_signs_in_who_has_an_account_and_leads_into_the_organization() {
    let (stage, id, ticket) = with_link(Stage::signed_out());
    stage
        .play(async |page| {
            page.open(&format!("__clerk/v1/tickets/accept?ticket={ticket}")).await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’ve joined Acme.").await;
            says(page, "You can close this page.").await;
            page.address_becomes("accept?__clerk_status=complete").await;
            assert_eq!(active_organizations(page, "user_nora"), [Some("org_acme".to_owned())]);
            page.is_accessible("joined by signing in").await;
            page.reload().await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’re a member of Acme.").await;
            // The link is followed once more, now that it is used up.
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’re a member of Acme.").await;
            let status =
                page.control.change(|world| world.invitations.by_id(&id).map(|one| one.status.clone()));
            assert_eq!(status, Some(Status::Accepted));
        })
        .await;
}

#[tokio::test]
async fn the_link_in_the_mail_signs_up_who_is_new() {
    let mut ticket = String::new();
    Stage::signed_out()
        .world(|world| ticket = invited(world, "newcomer@demo.test", ADMIN).1)
        .play(async |page| {
            page.open(&format!("__clerk/v1/tickets/accept?ticket={ticket}")).await;
            page.see(heading("Sign up")).await;
            page.write(textbox("Password"), "long-enough-and-odd").await;
            page.is_accessible("signing up").await;
            page.click(button("Continue")).await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’ve joined Acme.").await;
            // Who may manage the invitations is led to them.
            page.click(link("Go to invitations")).await;
            page.settled().await;
            page.see(heading("Acme")).await;
        })
        .await;
}

#[tokio::test]
async fn the_right_form_is_found_where_the_link_does_not_say_which_or_says_the_wrong_one() {
    for (email, query) in [
        ("nora@demo.test", ""),
        ("nora@demo.test", "&__clerk_status=sign_up"),
        ("newcomer@demo.test", ""),
        ("newcomer@demo.test", "&__clerk_status=sign_in"),
    ] {
        let mut ticket = String::new();
        Stage::signed_out()
            .world(|world| ticket = invited(world, email, MEMBER).1)
            .play(async |page| {
                page.open(&format!("accept?__clerk_ticket={ticket}{query}")).await;
                if email.starts_with("newcomer") {
                    page.see(alert("There’s no account with the invited address yet.")).await;
                    page.is_accessible("no account yet").await;
                    page.write(textbox("Password"), "long-enough-and-odd").await;
                    page.click(button("Continue")).await;
                }
                page.see(heading("Welcome to Acme")).await;
                says(page, "You’ve joined Acme.").await;
            })
            .await;
    }
}

#[tokio::test]
async fn a_ticket_that_clerk_does_not_take_is_explained_and_there_is_a_way_on() {
    let (stage, id, ticket) = with_link(Stage::signed_out());
    stage
        .play(async |page| {
            for (status, heading_text, text) in [
                (Status::Revoked, "This invitation was revoked", "An admin revoked it."),
                (Status::Expired, "This invitation has expired", "Ask the person who invited you"),
                (
                    Status::Accepted,
                    "This invitation was already accepted",
                    "Sign in with the invited email address to open the organization.",
                ),
            ] {
                page.control.change(|world| world.invitations.set_status(&id, status));
                page.open(&link_with(&ticket, "sign_in")).await;
                page.see(heading(heading_text)).await;
                page.focus_is_on(heading(heading_text)).await;
                says(page, text).await;
                page.is_accessible(heading_text).await;
            }
            page.resize(360, 800).await;
            page.fits_its_width("a refused ticket").await;
            for hostile in ["ticket_of_nobody", "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "eyJ.e30.x"] {
                page.open(&link_with(hostile, "sign_in")).await;
                page.see(heading("This link doesn’t work")).await;
            }
            page.control.change(|world| {
                world.invitations.set_status(&id, Status::Pending);
                world.organizations.remove("org_acme");
            });
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("This organization no longer exists")).await;
            page.click(link("Sign in")).await;
            page.address_becomes("accept").await;
            says(page, "Sign in with the invited email address to see your invitations.").await;
            page.see(textbox("Email address")).await;
        })
        .await;
}

#[tokio::test]
async fn a_full_organization_is_said_and_tried_again() {
    let (stage, _, ticket) = with_link(Stage::signed_out());
    stage
        .play(async |page| {
            let full = refusal(403, "organization_membership_quota_exceeded");
            page.fails(On::post("/v1/client/sign_ins"), full);
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("This organization is full")).await;
            page.is_accessible("a full organization").await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.see(heading("Welcome to Acme")).await;
        })
        .await;
}

#[tokio::test]
async fn an_organization_that_is_full_at_the_end_of_the_sign_up_is_said_and_tried_again() {
    let mut ticket = String::new();
    let most = |page: &Page, most: usize| {
        page.control.change(|world| {
            world.organizations.get_mut("org_acme").expect("Acme").max_allowed_memberships = most;
        });
    };
    Stage::signed_out()
        .world(|world| ticket = invited(world, "newcomer@demo.test", MEMBER).1)
        .play(async |page| {
            most(page, 1);
            page.open(&link_with(&ticket, "sign_up")).await;
            page.write(textbox("Password"), "long-enough-and-odd").await;
            page.click(button("Continue")).await;
            page.see(heading("This organization is full")).await;
            page.focus_is_on(heading("This organization is full")).await;
            most(page, 0);
            page.click(button("Try again")).await;
            page.write(textbox("Password"), "long-enough-and-odd").await;
            page.click(button("Continue")).await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’ve joined Acme.").await;
        })
        .await;
}

#[tokio::test]
async fn who_is_signed_in_as_the_invited_person_joins_by_one_click() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("Acme invited you")).await;
            says(page, "As Member, invited").await;
            says(page, "you don’t have to do anything").await;
            page.is_accessible("invited").await;
            assert!(!has_joined(page, "user_nora"), "before anybody has said so");
            page.double_click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You can close this page.").await;
            page.focus_is_on(heading("Welcome to Acme")).await;
            assert_eq!(page.requests("POST", ACCEPT).len(), 1);
            assert_eq!(
                page.requests("POST", "/v1/client/sign_ins").len(),
                0,
                "that call would fail silently"
            );
            assert_eq!(active_organizations(page, "user_nora"), [Some("org_acme".to_owned())]);
            page.reload().await;
            page.see(heading("Welcome to Acme")).await;
            page.click(button("Other invitations and organizations")).await;
            page.address_becomes("accept").await;
            says(page, "Your organizations").await;
            says(page, "Active").await;
            page.back().await;
            page.see(heading("Welcome to Acme")).await;
        })
        .await;
}

#[tokio::test]
async fn two_tabs_join_once_and_both_say_so() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            let address = link_with(&ticket, "sign_in");
            page.open(&address).await;
            page.see(button("Join Acme")).await;
            let first = page.open_second_tab(&address).await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            page.go_to_tab(&first).await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            assert_eq!(page.requests("POST", ACCEPT).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn an_acceptance_whose_answer_is_lost_is_settled_and_a_refusal_stands_at_its_card() {
    let (stage, _, _) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.open("accept").await;
            page.fails_once(On::post(ACCEPT), refusal(403, "organization_membership_quota_exceeded"));
            page.click(button("Join Acme")).await;
            page.see(alert("The organization is full")).await;
            page.is_accessible("a refused acceptance").await;
            assert!(!has_joined(page, "user_nora"));
            page.fails_once(On::post(ACCEPT), What::AppliedThenLost);
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            assert_eq!(page.requests("POST", ACCEPT).len(), 2);
        })
        .await;
}

#[tokio::test]
async fn the_wrong_account_is_told_whose_it_is_and_goes_on_with_the_same_link_in_another_one() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_max", Some("org_guild")));
    stage
        .world(|world| {
            let email_address = "m.planck@demo.test".to_owned();
            let unverified = OtherAddress { email_address, is_verified: false };
            world.users.get_mut("user_max").expect("max").other_addresses.push(unverified);
        })
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("This invitation isn’t in your account")).await;
            says(page, "You’re signed in as max@demo.test.").await;
            says(page, "Or ask for a new invitation.").await;
            says(page, "Not verified yet: m.planck@demo.test.").await;
            page.see(button("Manage account")).await;
            page.is_accessible("the wrong account").await;
            page.click(button("Use another account")).await;
            page.see(heading("Welcome to Acme")).await;
            says(page, "You’ve joined Acme.").await;
            says(page, "Signed in as nora@demo.test").await;
            assert!(has_joined(page, "user_nora"));
        })
        .await;
}

#[tokio::test]
async fn an_address_that_is_added_to_the_account_brings_its_invitation() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_max", Some("org_guild")));
    stage
        .world(|world| {
            let nora = world.users.get_mut("user_nora").expect("nora");
            nora.email_address = "nora.b@demo.test".to_owned();
        })
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("This invitation isn’t in your account")).await;
            says(page, "Or add the invited address to this account and verify it.").await;
            page.is_accessible("an address that is not in the account").await;
            page.click(button("Manage account")).await;
            page.click(button("Add email address").within(any("dialog"))).await;
            page.write(textbox("Email address").within(any("dialog")), "nora@demo.test").await;
            page.click(button("Add").within(any("dialog"))).await;
            page.write(textbox("Enter verification code").within(any("dialog")), "424242").await;
            // Behind the dialog: it is asked anew what waits for this person.
            page.click(button("Close modal")).await;
            page.see(heading("Acme invited you")).await;
            says(page, "Sent to nora@demo.test").await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            assert!(has_joined(page, "user_max"));
        })
        .await;
}

#[tokio::test]
async fn clerks_dialog_about_the_account_that_does_not_arrive_is_said_and_tried_again() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_max", Some("org_guild")));
    stage
        .play(async |page| {
            page.keep_no_copies().await;
            page.fails(On::get("/npm/@clerk/*/dist/ui.browser.js"), What::Drop);
            page.open(&link_with(&ticket, "sign_in")).await;
            page.click(button("Manage account")).await;
            page.see(alert("This part comes from Clerk and didn’t load.")).await;
            page.is_accessible("a dialog of Clerk's that did not arrive").await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.see(button("Add email address").within(any("dialog"))).await;
        })
        .await;
}

#[tokio::test]
async fn a_link_that_is_damaged_or_whose_organization_is_gone_is_not_in_the_account() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.control.change(|world| world.remove_organization("org_acme"));
            for ticket in [&*ticket, "ticket_of_nobody", "eyJ.e30.x", "%3Cb%3E"] {
                page.open(&link_with(ticket, "sign_in")).await;
                page.see(heading("This invitation isn’t in your account")).await;
                says(page, "You’re signed in as nora@demo.test.").await;
                says(page, "or no longer open.").await;
                assert!(!page.shows(button("Join Acme")).await, "{ticket}");
            }
        })
        .await;
}

#[tokio::test]
async fn another_account_is_used_without_a_link_too() {
    let (stage, _, _) = with_link(Stage::signed_in("user_lise", None));
    stage
        .play(async |page| {
            page.open("accept").await;
            page.see(button("Join Atlas")).await;
            page.click(button("Use another account")).await;
            page.address_becomes("accept").await;
            says(page, "Sign in with the invited email address to see your invitations.").await;
            signs_in(page, "nora@demo.test").await;
            page.see(button("Join Acme")).await;
            says(page, "Signed in as nora@demo.test").await;
            assert!(!page.shows(button("Join Atlas")).await);
        })
        .await;
}

#[tokio::test]
async fn a_link_to_an_invitation_that_is_over_says_so_to_its_invitee() {
    let (stage, id, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            for (status, heading_text, text) in [
                (Status::Revoked, "This invitation was revoked", "An admin revoked it."),
                (Status::Expired, "This invitation has expired", "Ask the person who invited you"),
            ] {
                page.control.change(|world| world.invitations.set_status(&id, status));
                page.open(&link_with(&ticket, "sign_in")).await;
                page.see(heading(heading_text)).await;
                says(page, text).await;
                page.is_accessible(heading_text).await;
                assert!(!page.shows(button("Join Acme")).await, "{heading_text}");
            }
        })
        .await;
}

#[tokio::test]
async fn another_account_that_is_signed_in_to_is_offered() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_max", Some("org_guild")));
    stage
        .world(|world| world.environment.single_session_mode = false)
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("This invitation isn’t in your account")).await;
            page.control.change(|world| {
                let session = world.sign_in("user_nora", None);
                world.clients.values_mut().for_each(|client| client.sessions.push(session.clone()));
            });
            page.reload().await;
            page.click(button("Continue as nora@demo.test")).await;
            page.see(heading("Acme invited you")).await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            assert!(has_joined(page, "user_nora"));
        })
        .await;
}

#[tokio::test]
async fn without_a_link_a_person_finds_what_waits_for_them() {
    Stage::signed_in("user_max", Some("org_guild"))
        .world(|world| {
            world.invite("org_blank", "max@demo.test", "org:people_lead", Status::Pending, now_ms());
            world.suggest("org_nearly", "user_max");
        })
        .play(async |page| {
            page.open("accept").await;
            page.see(heading("Your invitations")).await;
            says(page, "As people lead, invited").await;
            page.see(heading("Suggested for your email domain")).await;
            page.see(button("Open Studio Ünïcode")).await;
            page.see(button("Open Guild")).await;
            says(page, "Signed in as max@demo.test").await;
            page.is_accessible("what waits for a person").await;
            page.resize(360, 800).await;
            page.fits_its_width("what waits for a person").await;
            page.fails_once(On::post(SUGGESTION), refusal(403, "action_blocked"));
            page.click(button("Request to join Nearly Full")).await;
            page.see(alert("Clerk")).await;
            page.is_accessible("a suggestion that could not be asked for").await;
            page.click(button("Request to join Nearly Full")).await;
            page.no_longer_see(any("alert")).await;
            page.is_told("Request sent. An admin will review it.").await;
            page.reload().await;
            page.is_told("Request sent. An admin will review it.").await;
            page.click(button("Open Studio Ünïcode")).await;
            page.see(heading("Welcome to Studio Ünïcode")).await;
            says(page, "You’re a member of Studio Ünïcode.").await;
            page.click(button("Sign out")).await;
            page.see(textbox("Email address")).await;
            page.address_becomes("accept").await;
            page.click(link("Don’t have an account? Sign up")).await;
            page.see(heading("Sign up")).await;
        })
        .await;
}

#[tokio::test]
async fn a_person_without_an_organization_joins_one_where_they_are() {
    let (stage, _, _) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.open("").await;
            page.see(heading("Choose an organization")).await;
            page.see(button("Create organization")).await;
            page.is_accessible("no organization chosen").await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            assert_eq!(active_organizations(page, "user_nora"), [Some("org_acme".to_owned())]);
            page.reload().await;
            page.see(heading("You don’t have permission to invite people")).await;
        })
        .await;
}

#[tokio::test]
async fn the_deployer_says_where_people_go_who_have_joined() {
    let (stage, _, ticket) = with_link(Stage::signed_out());
    stage
        .configured(&[("afterAcceptUrl", json!("/welcome?from=mail"))])
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(heading("Welcome to Acme")).await;
            page.has(link("Continue"), "href", Some("/welcome?from=mail")).await;
            page.click(link("Continue")).await;
            page.address_becomes("welcome?from=mail").await;
        })
        .await;
}

#[tokio::test]
async fn no_link_and_no_name_makes_the_page_say_what_clerk_has_not_said() {
    Stage::signed_out()
        .world(|world| {
            world.add_organization("org_evil", "<img src=x onerror=alert(1)>\u{202e}Acme");
            world.invite("org_evil", "nora@demo.test", "org:<b>x</b>", Status::Pending, now_ms());
        })
        .play(async |page| {
            page.open("accept?__clerk_status=complete").await;
            says(page, "Sign in to see the organizations you belong to.").await;
            assert!(!page.text(any("main")).await.contains("member"));
            page.open("accept?__clerk_ticket=&__clerk_status=complete").await;
            says(page, "Sign in to see the organizations you belong to.").await;
            page.control.change(|world| {
                let session = world.sign_in("user_nora", None);
                world.clients.values_mut().for_each(|client| {
                    client.sessions.push(session.clone());
                    client.last_active_session = Some(session.clone());
                });
                world.greet_new_clients_with(&session);
            });
            page.open("accept?__clerk_status=complete&__clerk_ticket=").await;
            says(page, "<img src=x onerror=alert(1)>").await;
            says(page, "As <b>x</b>, invited").await;
            assert!(!page.text(any("main")).await.contains("member of"));
            page.fits_its_width("a hostile organization").await;
        })
        .await;
}

#[tokio::test]
async fn what_is_fetched_for_invitees_and_does_not_arrive_is_said_and_tried_again() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            page.keep_no_copies().await;
            page.fails(On::get("/page/*-later-*.wasm"), What::Drop);
            page.open(&link_with(&ticket, "sign_in")).await;
            page.see(alert("Part of this page didn’t load.")).await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.see(heading("Acme invited you")).await;
            page.fails(On::get("/v1/me/organization_invitations"), refusal(403, "action_blocked"));
            page.reload().await;
            page.see(alert("Your invitations didn’t load.")).await;
            page.is_accessible("invitations that could not be loaded").await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.see(heading("Acme invited you")).await;
        })
        .await;
}
