//! Who gets to see what: from a Clerk that does not start to the three rights.

use sandbox::{Body, On, What};
use serde_json::json;

use crate::support::*;

const SCRIPT: &str = "/npm/@clerk/*/dist/clerk.browser.js";
const COMPONENTS: &str = "/npm/@clerk/*/dist/ui.browser.js";

fn not_found() -> What {
    let body = Body::Text { content_type: "text/plain".into(), text: "There is nothing here.".into() };
    What::Answer { status: 404, body, headers: vec![] }
}

fn refusal(status: u16, code: &str, message: &str) -> What {
    What::Error { status, code: code.into(), message: message.into(), meta: json!({}), headers: vec![] }
}

#[tokio::test]
async fn within_another_site_it_does_not_act() {
    Stage::admin()
        .embedded()
        .in_frames()
        .play(async |page| {
            page.open_in_a_frame_of_another_site().await;
            page.see(heading("This page isn’t available inside another site")).await;
            page.see(link("Open it in its own tab")).await;
            assert!(page.control.requests().is_empty(), "Clerk was started there");
        })
        .await;
}

#[tokio::test]
async fn a_policy_that_blocks_clerk_is_named() {
    let elsewhere = "https://scripts.example/clerk.browser.js";
    Stage::admin()
        .configured(&[("clerkJsUrl", json!(elsewhere))])
        .expecting("scripts.example")
        .play(async |page| {
            page.open("").await;
            page.see(heading("Can’t connect to Clerk")).await;
            page.see(alert("This site’s Content-Security-Policy blocks Clerk at https://scripts.example"))
                .await;
            page.is_accessible("Clerk blocked by the policy").await;
        })
        .await;
}

#[tokio::test]
async fn clerks_script_missing_or_blocked_is_said_and_another_try_needs_no_reload() {
    Stage::admin()
        .play(async |page| {
            page.fails(On::get(SCRIPT), not_found());
            page.open("").await;
            page.see(heading("Can’t connect to Clerk")).await;
            page.see(alert("Clerk’s script didn’t load from")).await;
            page.see(alert("/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js")).await;
            page.is_accessible("clerk-js missing").await;
            page.mark().await;
            page.control.clear_faults();
            page.fails(On::get(SCRIPT), What::Drop);
            page.click(button("Try again")).await;
            page.console_says("net::ERR_EMPTY_RESPONSE").await;
            page.see(button("Try again")).await;
            page.control.clear_faults();
            // As an ad blocker would.
            page.chromium("Network.enable", json!({})).await;
            page.chromium("Network.setBlockedURLs", json!({ "urls": ["*clerk.browser.js*"] })).await;
            page.eval::<()>("find(arguments[0])[0].dataset.old = ''", json!(any("alert"))).await;
            page.click(button("Try again")).await;
            let is_another = "return find(arguments[0]).some((alert) => !('old' in alert.dataset))";
            page.until_true("the same said again", is_another, json!(any("alert"))).await;
            page.chromium("Network.setBlockedURLs", json!({ "urls": [] })).await;
            page.be_offline(true).await;
            page.click(button("Try again")).await;
            page.see(alert("You’re offline.")).await;
            page.is_accessible("a start offline").await;
            page.be_offline(false).await;
            page.click(button("Try again")).await;
            page.range_is("1–10 of 57").await;
            page.was_not_reloaded().await;
        })
        .await;
}

#[tokio::test]
async fn clerk_refusing_to_start_is_said_in_its_words_and_another_try_needs_no_reload() {
    Stage::admin()
        .expecting("clerk-js did not start")
        .play(async |page| {
            page.fails(
                On::get("/v1/client"),
                refusal(400, "origin_invalid", "This key belongs to another domain."),
            );
            page.open("").await;
            page.see(heading("Can’t connect to Clerk")).await;
            page.see(alert("Clerk refused to start: This key belongs to another domain.")).await;
            page.is_accessible("clerk-js refusing").await;
            page.mark().await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.range_is("1–10 of 57").await;
            page.was_not_reloaded().await;
        })
        .await;
}

#[tokio::test]
async fn without_the_settings_of_the_instance_the_list_works_all_the_same() {
    Stage::admin()
        .play(async |page| {
            page.fails(On::any("/v1/environment"), refusal(400, "unsupported", "Not today."));
            page.open("").await;
            page.range_is("1–10 of 57").await;
            page.choose(combobox("Role"), "Member").await;
            page.write(addresses(), "grace@navy.test").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to grace@navy.test.").await;
        })
        .await;
}

#[tokio::test]
async fn signing_in_with_a_password_leads_to_the_choice_of_an_organization_and_to_its_list() {
    Stage::signed_out()
        .play(async |page| {
            page.open("").await;
            page.write(textbox("Email address"), "ada@demo.test").await;
            page.is_accessible("signed out").await;
            page.click(button("Continue")).await;
            page.write(textbox("Password"), sandbox::world::DEMO_PASSWORD).await;
            page.click(button("Continue")).await;
            page.see(heading("Choose an organization")).await;
            page.see(button("Open Acme")).await;
            page.is_accessible("no organization chosen").await;
            page.click(button("Open Acme")).await;
            page.settled().await;
            page.see(heading("Acme")).await;
            page.range_is("1–10 of 57").await;
            assert_eq!(page.address().await, "");
        })
        .await;
}

#[tokio::test]
async fn a_component_of_clerks_that_cannot_be_fetched_is_said_and_tried_again() {
    Stage::signed_out()
        .play(async |page| {
            page.fails(On::get(COMPONENTS), not_found());
            page.open("").await;
            page.see(alert("This part comes from Clerk and didn’t load.")).await;
            page.is_accessible("no sign-in to be had").await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.see(textbox("Email address")).await;
            page.no_longer_see(any("alert")).await;
        })
        .await;
}

#[tokio::test]
async fn a_pending_task_is_named_and_clerks_own_screen_shown_where_there_is_one() {
    Stage::signed_out()
        .world(|world| {
            world.environment.force_organization_selection = true;
            let session = world.sign_in("user_ada", None);
            world.greet_new_clients_with(&session);
        })
        .play(async |page| {
            page.open("").await;
            page.see(heading("One more step")).await;
            page.until_true(
                "the task",
                "return clean(document.body.innerText).includes('Choose an organization to continue.')",
                json!(null),
            )
            .await;
            page.see(any("button").named("Acme")).await;
            page.is_accessible("choosing an organization as a task").await;
            page.click(any("button").named("Acme")).await;
            page.range_is("1–10 of 57").await;
        })
        .await;
}

#[tokio::test]
async fn a_task_newer_than_this_page_is_explained() {
    Stage::signed_out()
        .world(|world| {
            let session = world.sign_in("user_ada", Some("org_acme"));
            world.demand_task(&session, "swear-an-oath");
            world.greet_new_clients_with(&session);
        })
        .play(async |page| {
            page.open("").await;
            page.see(heading("One more step")).await;
            let text = page.text(any("main")).await;
            assert!(
                text.contains("There’s one more step that this page can’t show (swear-an-oath)."),
                "{text}"
            );
            page.is_accessible("an unknown task").await;
            assert!(!page.shows(addresses()).await);
        })
        .await;
}

#[tokio::test]
async fn organizations_switched_off_are_said() {
    Stage::signed_in("user_ada", None)
        .world(|world| world.environment.organizations_enabled = false)
        .play(async |page| {
            page.open("").await;
            page.see(heading("Organizations are turned off")).await;
            page.is_accessible("organizations off").await;
        })
        .await;
}

#[tokio::test]
async fn any_role_that_may_manage_members_gets_the_page_whichever_membership_it_is() {
    Stage::signed_in("user_ada", Some("org_studio"))
        .world(|world| {
            let all: Vec<_> =
                world.memberships_of("user_ada").iter().map(|(place, _)| place.id.clone()).collect();
            // Clerk's list of memberships comes in tens: the active one is beyond the first.
            for (n, id) in all.iter().filter(|id| *id != "org_studio").enumerate() {
                let place = world.organizations.get_mut(id).expect("a place");
                place.memberships.iter_mut().for_each(|one| one.created_at = 2_000_000_000_000 + n as u64);
            }
            let order: Vec<_> =
                world.memberships_of("user_ada").iter().map(|(place, _)| place.id.clone()).collect();
            assert_eq!(order.iter().position(|id| id == "org_studio"), Some(order.len() - 1));
            assert!(order.len() >= 12);
        })
        .play(async |page| {
            page.open_list("").await;
            page.see(heading("Studio Ünïcode")).await;
            page.see(button("Send invitation")).await;
            page.see(button("More actions for gast@example.org")).await;
            page.is_accessible("a custom role that may manage").await;
        })
        .await;
}

#[tokio::test]
async fn who_may_not_manage_members_is_offered_nothing_and_told_what_is_missing() {
    for (user, organization, address, role, sentence) in [
        (
            "user_ada",
            "org_guild",
            "?view=all&search=x",
            "Member",
            "Your role can see members, but can’t invite people",
        ),
        (
            "user_max",
            "org_studio",
            "?invite=jane@example.com&role=org:member",
            "Guest",
            "Your role can’t see members or manage invitations.",
        ),
    ] {
        Stage::signed_in(user, Some(organization))
            .play(async |page| {
                page.open(address).await;
                page.see(heading("You don’t have permission to invite people")).await;
                let text = page.text(any("main")).await;
                for piece in [sentence, role, "Manage members", "@demo.test", "Ask an admin"] {
                    assert!(text.contains(piece), "{piece} is not in {text}");
                }
                for thing in [any("textbox"), any("combobox"), any("table"), button("Send invitation")] {
                    assert!(!page.shows(thing.clone()).await, "{thing:?}");
                }
                page.see(button("Switch organization")).await;
                page.is_accessible(role).await;
                for method in ["GET", "POST"] {
                    let asked = page.requests(method, "/v1/organizations/**").len();
                    assert_eq!(asked, 0, "something was asked in vain by {method}");
                }
            })
            .await;
    }
}

#[tokio::test]
async fn who_was_here_before_can_work_although_clerk_starts_without_the_client() {
    Stage::admin()
        // The list would bring the client, and with it the seats that there really are.
        .world(|world| world.environment.client_on_reads = false)
        .play(async |page| {
            page.open_list("").await;
            let trouble = What::Answer {
                status: 503,
                body: Body::Text { content_type: "text/html".into(), text: "<h1>Unavailable</h1>".into() },
                headers: vec![],
            };
            page.fails(On::get("/v1/client"), trouble);
            page.reload().await;
            page.range_is("1–10 of 57").await;
            page.settled().await;
            assert!(!page.shows(region("Seats")).await, "seats that clerk-js has made up");
            page.is_accessible("started without the client").await;
            page.write(addresses(), "grace@navy.test").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to grace@navy.test.").await;
            page.control.clear_faults();
            page.reload().await;
            page.see(heading("Acme")).await;
            page.range_is("1–10 of 58").await;
        })
        .await;
}

#[tokio::test]
async fn the_first_list_brings_the_seats_that_clerk_started_without() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let body = Body::Text { content_type: "text/html".into(), text: "<h1>Unavailable</h1>".into() };
            page.fails(On::get("/v1/client"), What::Answer { status: 503, body, headers: vec![] });
            page.reload().await;
            page.range_is("1–10 of 57").await;
            page.see(region("Seats")).await;
            assert_eq!(page.text(region("Seats")).await, "12 members and 57 pending invitations");
        })
        .await;
}

#[tokio::test]
async fn a_client_that_comes_late_completes_what_is_shown() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let client = page.control.gate(On::get("/v1/client"));
            page.reload().await;
            page.range_is("1–10 of 57").await;
            client.open();
            page.see(heading("Acme")).await;
            page.see(region("Seats")).await;
            assert_eq!(page.text(region("Seats")).await, "12 members and 57 pending invitations");
        })
        .await;
}

#[tokio::test]
async fn who_comes_for_the_first_time_is_let_in_when_a_late_client_knows_them() {
    Stage::admin()
        .play(async |page| {
            // Longer than clerk-js waits: it starts degraded, with nobody signed in, and hears of the session later.
            let client = page.control.gate(On::get("/v1/client"));
            page.open("").await;
            page.see(heading("Sign in")).await;
            client.open();
            page.see(heading("Acme")).await;
            page.range_is("1–10 of 57").await;
            assert_eq!(page.text(region("Seats")).await, "12 members and 57 pending invitations");
        })
        .await;
}
