//! What changes for the person in front of the screen is said in a sentence, and nothing of theirs is lost.

use sandbox::world::{ADMIN, MEMBER};
use sandbox::{Status, World};
use serde_json::json;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";

/// Ada administers One and Two, each with three invitations.
fn places() -> Stage {
    Stage::signed_in("user_ada", Some("org_one")).world(|world| {
        for (id, name) in [("org_one", "One"), ("org_two", "Two")] {
            pages_world(world, id, 3);
            named(world, id, name);
        }
    })
}

fn named(world: &mut World, id: &str, name: &str) {
    world.organizations.get_mut(id).expect("the organization").name = name.to_owned();
}

/// clerk-js asks who is there, as it does when it starts.
async fn clerk_asks(page: &Page) {
    page.eval::<()>("await Clerk.__internal_reloadInitialResources()", json!(null)).await;
}

/// clerk-js hears of the world as it is, as it does with each call that changes something.
async fn clerk_hears(page: &Page) {
    page.eval::<()>("await Clerk.session?.touch().catch(() => {})", json!(null)).await;
}

#[tokio::test]
async fn a_permission_lost_and_given_back_is_told() {
    places()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            page.write(addresses(), "kept@place.test").await;
            page.control.change(|world| world.add_membership("org_one", "user_ada", MEMBER));
            clerk_hears(page).await;
            page.is_told("You can no longer manage invitations in One.").await;
            page.see(heading("You don’t have permission to invite people")).await;
            assert!(!page.shows(any("table")).await);
            page.is_accessible("a permission lost").await;
            page.control.change(|world| world.add_membership("org_one", "user_ada", ADMIN));
            clerk_hears(page).await;
            page.is_told("You can now manage invitations in One.").await;
            page.lists(&(1..=3).map(|n| format!("p{n}@pages.test")).collect::<Vec<_>>()).await;
            page.holds(addresses(), "kept@place.test").await;
        })
        .await;
}

#[tokio::test]
async fn who_is_removed_is_told_where_from() {
    places()
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 3").await;
            page.control.change(|world| world.remove_membership("org_one", "user_ada"));
            clerk_asks(page).await;
            page.is_told("You’re no longer a member of One, or it was deleted.").await;
            page.see(heading("Choose an organization")).await;
            assert_eq!(page.emails().await.len(), 0);
            page.is_accessible("removed").await;
        })
        .await;
}

#[tokio::test]
async fn a_session_that_ends_elsewhere_is_told() {
    // Who asks to join is asked for at some time after the list, and would find out first.
    places()
        .world(without_requests)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 3").await;
            page.control.change(|world| {
                let sessions: Vec<_> = world.sessions.keys().cloned().collect();
                sessions.iter().for_each(|session| world.sign_out(session));
            });
            page.resends("p2@pages.test").await;
            page.see(heading("Sign in")).await;
            page.is_told("Your session has ended. Sign in again.").await;
            assert_eq!(page.emails().await.len(), 0);
            let pending = page.control.change(|world| world.pending_count("org_one"));
            assert_eq!(pending, 3);
        })
        .await;
}

/// How many pending and how many revoked invitations an address has in an organization.
fn of_address(page: &Page, organization: &str, email: &str) -> (usize, usize) {
    page.control.change(|world| {
        let count = |status: Status| {
            let all = world.invitations.addressed_to(email).filter(|one| one.organization_id == organization);
            all.filter(|one| one.status == status).count()
        };
        (count(Status::Pending), count(Status::Revoked))
    })
}

#[tokio::test]
async fn two_tabs_work_in_two_organizations_and_a_switch_is_told() {
    places()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            let first = page.open_second_tab("").await;
            // clerk-js tells the server of a switch only in the tab that has the focus; the next list undoes any other.
            page.chromium("Page.bringToFront", json!({})).await;
            page.settled().await;
            page.eval::<()>("await Clerk.setActive({ organization: 'org_two' })", json!(null)).await;
            page.see(heading("Two")).await;
            page.is_told("Switched to Two.").await;
            page.settled().await;
            page.picks("p2@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            page.is_told("Invitation for p2@pages.test revoked.").await;
            assert_eq!(of_address(page, "org_one", "p2@pages.test"), (1, 0));
            assert_eq!(of_address(page, "org_two", "p2@pages.test"), (0, 1));
            page.go_to_tab(&first).await;
            page.settled().await;
            let name = page.text(any("heading")).await;
            page.picks("p3@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            let (here, there) = if name == "One" { ("org_one", "org_two") } else { ("org_two", "org_one") };
            page.until("that to be revoked", async || {
                (of_address(page, here, "p3@pages.test") == (0, 1)).then_some(())
            })
            .await;
            assert_eq!(of_address(page, there, "p3@pages.test"), (1, 0));
        })
        .await;
}

#[tokio::test]
async fn a_resend_is_not_left_half_way_in_silence_because_another_tab_works_elsewhere() {
    places()
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 3").await;
            // As another tab does: the session is at work in Two from now on, and the answer to the next call says so.
            page.control.change(|world| {
                let sessions: Vec<_> = world.sessions.keys().cloned().collect();
                sessions.iter().for_each(|session| world.activate(session, Some("org_two")));
            });
            page.resends("p1@pages.test").await;
            page.see(heading("Two")).await;
            page.settled().await;
            page.until("the errand to be over", async || {
                let (pending, revoked) = of_address(page, "org_one", "p1@pages.test");
                if (pending, revoked) == (1, 1) {
                    return Some(());
                }
                // Or else the admin is told that somebody has no invitation any more.
                let told = page.said().await;
                (told.contains("p1@pages.test") && told.contains("Revoked, but not resent")).then_some(())
            })
            .await;
            assert_eq!(of_address(page, "org_two", "p1@pages.test"), (1, 0));
        })
        .await;
}

// A link that says who is to be invited.

#[tokio::test]
async fn a_link_brings_addresses_and_a_role_into_the_box_and_sends_nothing() {
    places()
        .play(async |page| {
            page.open_list("?invite=a@x.test,b@y.test&role=org:admin&size=5").await;
            page.keeps(&["a@x.test", "b@y.test"]).await;
            page.would_send("Send 2 invitations").await;
            page.see(alert("Filled in by a link")).await;
            page.until_true(
                "the role",
                "return [...find(arguments[0])[0].selectedOptions].map((one) => one.text).join() === 'Admin'",
                json!(combobox("Role")),
            )
            .await;
            // It is said once: loaded anew, the box would have them twice.
            page.address_becomes("?size=5").await;
            page.knows_all().await;
            page.is_accessible("prefilled").await;
            assert!(page.requests("POST", LIST).is_empty());
            assert!(page.requests("POST", "/v1/organizations/*/invitations/bulk").is_empty());
            page.click(sender()).await;
            // A role that allows much is asked about first.
            page.focus_is_on(button("Cancel")).await;
            let text = page.text(dialog("Invite 2 people as Admin?")).await;
            for piece in ["They will be able to:", "Invite, remove and re-role members"] {
                assert!(text.contains(piece), "{piece} is not in {text}");
            }
            page.is_accessible("the question about a role").await;
            page.press(thirtyfour::Key::Escape).await;
            page.no_longer_see(any("dialog")).await;
            page.focus_is_on(sender()).await;
            page.click(sender()).await;
            page.click(button("Invite as Admin").within(any("dialog"))).await;
            page.is_told("2 sent").await;
            let roles: Vec<_> = page.control.change(|world| {
                ["a@x.test", "b@y.test"]
                    .map(|email| world.invitations.pending_for("org_one", email).map(|one| one.role.clone()))
                    .to_vec()
            });
            assert_eq!(roles, [Some(ADMIN.to_owned()), Some(ADMIN.to_owned())]);
        })
        .await;
}

#[tokio::test]
async fn such_a_link_survives_signing_in() {
    Stage::signed_out()
        .world(|world| {
            pages_world(world, "org_one", 3);
            let others: Vec<_> = world.organizations.keys().filter(|id| *id != "org_one").cloned().collect();
            others.iter().for_each(|id| world.remove_membership(id, "user_ada"));
        })
        .play(async |page| {
            page.open("?invite=a@x.test&role=org:admin").await;
            page.write(textbox("Email address"), "ada@demo.test").await;
            page.click(button("Continue")).await;
            page.write(textbox("Password"), sandbox::world::DEMO_PASSWORD).await;
            page.click(button("Continue")).await;
            page.see(heading("Choose an organization")).await;
            page.click(button("Open org_one")).await;
            page.keeps(&["a@x.test"]).await;
            assert!(page.requests("POST", LIST).is_empty());
        })
        .await;
}
