//! Taking an invitation back.

use sandbox::{On, Status, What};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const REVOKE: &str = "/v1/organizations/*/invitations/*/revoke";

fn of(email: &str) -> Thing {
    button(&format!("Revoke the invitation of {email}"))
}

fn again(email: &str) -> Thing {
    button(&format!("Try again: Revoke the invitation of {email}"))
}

fn question() -> Thing {
    dialog("Revoke this invitation?")
}

fn three() -> Stage {
    Stage::signed_in("user_ada", Some("org_pages")).world(|world| pages_world(world, "org_pages", 3))
}

fn status_of(page: &Page, email: &str) -> Status {
    page.control
        .change(|world| world.invitations.addressed_to(email).next().expect("an invitation").status.clone())
}

fn emails(numbers: &[u8]) -> Vec<String> {
    numbers.iter().map(|n| format!("p{n}@pages.test")).collect()
}

#[tokio::test]
async fn revoking_asks_first_naming_the_person_and_escape_or_keep_leaves_it() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.click(of("p2@pages.test")).await;
            page.see(question()).await;
            assert!(page.text(question()).await.contains("p2@pages.test"));
            page.focus_is_on(button("Keep it")).await;
            page.is_accessible("the question whether to revoke").await;
            page.press(Key::Escape).await;
            page.no_longer_see(question()).await;
            page.focus_is_on(of("p2@pages.test")).await;
            page.click(of("p1@pages.test")).await;
            page.see(question()).await;
            assert!(page.text(question()).await.contains("p1@pages.test"));
            page.click(button("Keep it")).await;
            page.no_longer_see(question()).await;
            page.focus_is_on(of("p1@pages.test")).await;
            assert_eq!(page.requests("POST", "/**").len(), 0);
            page.lists(&emails(&[1, 2, 3])).await;
        })
        .await;
}

#[tokio::test]
async fn a_confirmed_revoke_shows_its_progress_on_the_row_and_refreshes_list_and_counts() {
    three()
        .play(async |page| {
            page.open_list("").await;
            let gate = page.control.gate(On::post(REVOKE));
            page.click(of("p2@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            gate.reached(1).await;
            page.no_longer_see(question()).await;
            page.has(button("Revoking…"), "aria-disabled", Some("true")).await;
            assert_eq!(
                page.rows().await.iter().map(|row| row.is_busy).collect::<Vec<_>>(),
                [false, true, false]
            );
            page.is_accessible("an invitation being revoked").await;
            page.click(button("Revoking…")).await;
            assert!(!page.shows(question()).await);
            gate.open();
            page.is_told("The invitation of p2@pages.test is revoked.").await;
            page.lists(&emails(&[1, 3])).await;
            page.see(heading("Pending invitations 2")).await;
            page.range_is("1–2 of 2").await;
            assert!(page.text(region("Seats")).await.contains("2 pending invitations"));
            page.focus_is_on(heading("Pending invitations 2")).await;
            page.is_accessible("an invitation revoked").await;
            assert_eq!(page.requests("POST", REVOKE).len(), 1);
            assert_eq!(status_of(page, "p2@pages.test"), Status::Revoked);
        })
        .await;
}

#[tokio::test]
async fn two_can_be_revoked_at_the_same_time() {
    three()
        .play(async |page| {
            page.open_list("").await;
            let gate = page.control.gate(On::post(REVOKE));
            for email in ["p1@pages.test", "p3@pages.test"] {
                page.click(of(email)).await;
                page.click(button("Revoke invitation")).await;
            }
            gate.reached(2).await;
            gate.open();
            page.lists(&emails(&[2])).await;
            page.see(heading("Pending invitations 1")).await;
        })
        .await;
}

#[tokio::test]
async fn an_invitation_no_longer_pending_is_news_and_no_error() {
    for status in [Status::Accepted, Status::Revoked, Status::Expired] {
        three()
            .play(async |page| {
                page.open_list("").await;
                page.control.change(|world| {
                    let id = world
                        .invitations
                        .pending_for("org_pages", "p2@pages.test")
                        .expect("pending")
                        .id
                        .clone();
                    world.invitations.set_status(&id, status.clone());
                });
                page.click(of("p2@pages.test")).await;
                page.click(button("Revoke invitation")).await;
                page.is_told("The invitation of p2@pages.test was no longer pending").await;
                page.lists(&emails(&[1, 3])).await;
                page.see(heading("Pending invitations 2")).await;
                assert!(!page.shows(any("alert")).await);
                page.is_accessible("news").await;
                assert_eq!(status_of(page, "p2@pages.test"), status);
            })
            .await;
    }
}

#[tokio::test]
async fn a_failure_stands_at_its_row_with_another_try() {
    three()
        .play(async |page| {
            page.open_list("").await;
            let refusal = What::Error {
                status: 403,
                code: "action_blocked".into(),
                message: "No".into(),
                meta: json!({}),
                headers: vec![],
            };
            page.fails_once(On::post(REVOKE), refusal);
            page.click(of("p2@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.see(row("p2@pages.test Not revoked. Clerk’s protection against abuse refused this.")).await;
            page.is_told("Not revoked.").await;
            page.focus_is_on(again("p2@pages.test")).await;
            page.is_accessible("an invitation that was not revoked").await;
            page.lists(&emails(&[1, 2, 3])).await;
            page.click(again("p2@pages.test")).await;
            page.see(question()).await;
            page.click(button("Revoke invitation")).await;
            page.is_told("The invitation of p2@pages.test is revoked.").await;
            page.lists(&emails(&[1, 3])).await;
        })
        .await;
}

#[tokio::test]
async fn a_revoke_whose_answer_was_lost_is_settled_by_asking_what_exists() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails_once(On::post(REVOKE), What::AppliedThenLost);
            page.click(of("p1@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.is_told("The invitation of p1@pages.test is revoked.").await;
            page.lists(&emails(&[2, 3])).await;
            page.fails_once(On::post(REVOKE), What::Drop);
            page.click(of("p2@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.see(row("p2@pages.test Not revoked. Clerk could not be reached.")).await;
            assert_eq!(status_of(page, "p2@pages.test"), Status::Pending);
            page.click(again("p2@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.lists(&emails(&[3])).await;
            assert_eq!(page.requests("POST", REVOKE).len(), 3);
        })
        .await;
}

#[tokio::test]
async fn when_nothing_can_be_found_out_the_row_says_so() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.fails(On::any(LIST), What::Drop);
            page.fails(On::any(REVOKE), What::Drop);
            page.click(of("p1@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.see(row("It could not be found out whether this invitation is revoked.")).await;
            page.is_accessible("a revoke of which nothing is known").await;
            page.control.clear_faults();
            page.click(button("Refresh")).await;
            page.no_longer_see(any("alert")).await;
        })
        .await;
}

#[tokio::test]
async fn offline_no_revoke_is_claimed() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.be_offline(true).await;
            page.click(of("p1@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.see(again("p1@pages.test")).await;
            assert!(!page.said().await.contains("The invitation of"));
            assert_eq!(status_of(page, "p1@pages.test"), Status::Pending);
            page.be_offline(false).await;
            page.click(again("p1@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.is_told("The invitation of p1@pages.test is revoked.").await;
            page.lists(&emails(&[2, 3])).await;
        })
        .await;
}

#[tokio::test]
async fn the_way_from_an_address_to_an_invitation_and_back_needs_no_mouse() {
    Stage::signed_in("user_ada", Some("org_blank"))
        .play(async |page| {
            page.open_list("").await;
            // The tab order: header, form, list.
            page.press(Key::Tab).await;
            page.focus_is_on(button("Switch organization")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(button("Account of Ada Lovelace")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(addresses()).await;
            page.press("key@board.test").await;
            page.press(Key::Tab).await;
            page.focus_is_on(any("file")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(combobox("Role")).await;
            page.press("Admin").await;
            page.press(Key::Tab).await;
            page.focus_is_on(button("Send invitation")).await;
            page.press(Key::Space).await;
            page.focus_is_on(button("Go back")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(button("Send")).await;
            page.press(Key::Enter).await;
            page.is_told("Invitation sent to key@board.test.").await;
            page.focus_is_on(addresses()).await;
            page.settled().await;
            assert_eq!(page.rows().await[0].role, "Admin");
            page.press(Key::Tab + Key::Tab + Key::Tab + Key::Tab).await;
            page.focus_is_on(button("Refresh")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(of("key@board.test")).await;
            page.press(Key::Enter).await;
            page.focus_is_on(button("Keep it")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(button("Revoke invitation")).await;
            page.press(Key::Enter).await;
            page.is_told("The invitation of key@board.test is revoked.").await;
            page.focus_is_on(heading("Pending invitations 0")).await;
            page.is_accessible("an emptied list").await;
        })
        .await;
}
