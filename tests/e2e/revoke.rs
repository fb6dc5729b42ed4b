//! Taking an invitation back.

use sandbox::{On, Status, What};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const REVOKE: &str = "/v1/organizations/*/invitations/*/revoke";

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
async fn revoking_asks_first_naming_the_person_then_shows_its_progress_on_the_row() {
    three()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            let gate = page.control.gate(On::post(REVOKE));
            page.picks("p2@pages.test", "Revoke").await;
            page.see(question()).await;
            assert!(page.text(question()).await.contains("p2@pages.test"));
            page.focus_is_on(button("Cancel")).await;
            page.is_accessible("the question whether to revoke").await;
            page.press(Key::Escape).await;
            page.no_longer_see(question()).await;
            page.focus_is_on(more("p2@pages.test")).await;
            assert_eq!(page.requests("POST", "/**").len(), 0);
            page.picks("p2@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            gate.reached(1).await;
            page.no_longer_see(question()).await;
            page.see(row("Revoking…").named("p2@pages.test")).await;
            page.until("only that row to be busy", async || {
                let busy: Vec<_> = page.rows().await.iter().map(|row| row.is_busy).collect();
                (busy == [false, true, false]).then_some(())
            })
            .await;
            assert!(!page.shows(more("p2@pages.test")).await, "it could be revoked twice");
            assert!(!page.shows(resend("p2@pages.test")).await, "it could be resent meanwhile");
            page.is_accessible("an invitation being revoked").await;
            gate.open();
            page.is_told("Invitation for p2@pages.test revoked.").await;
            page.see(button("Invite again")).await;
            page.has_become("p2@pages.test", "Revoked").await;
            page.lists(&emails(&[1, 2, 3])).await;
            page.see(heading("Pending invitations 2")).await;
            page.range_is("1–2 of 2").await;
            page.has_seats("2 pending invitations").await;
            page.focus_is_on(more("p2@pages.test")).await;
            page.is_accessible("an invitation revoked").await;
            page.refreshes_to(&emails(&[1, 3])).await;
            assert_eq!(page.requests("POST", REVOKE).len(), 1);
            assert_eq!(status_of(page, "p2@pages.test"), Status::Revoked);
        })
        .await;
}

#[tokio::test]
async fn an_invitation_no_longer_pending_is_news_and_no_error() {
    let said = "Already joined. Nothing was sent.";
    three()
        .play(async |page| {
            page.open_list("").await;
            page.control.change(|world| {
                let id =
                    world.invitations.pending_for("org_pages", "p2@pages.test").expect("pending").id.clone();
                world.invitations.set_status(&id, Status::Accepted);
            });
            page.picks("p2@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            page.is_told(&format!("p2@pages.test: {said}")).await;
            page.has_become("p2@pages.test", said).await;
            assert!(!page.shows(any("alert")).await);
            page.is_accessible("news").await;
            page.refreshes_to(&emails(&[1, 3])).await;
            page.see(heading("Pending invitations 2")).await;
            assert_eq!(status_of(page, "p2@pages.test"), Status::Accepted);
        })
        .await;
}

#[tokio::test]
async fn a_refusal_about_one_invitation_stands_at_its_row() {
    three()
        .play(async |page| {
            page.open_list("").await;
            let refusal = What::Error {
                status: 422,
                code: "something_new".into(),
                message: "No".into(),
                meta: json!({}),
                headers: vec![],
            };
            page.fails_once(On::post(REVOKE), refusal);
            page.picks("p2@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            page.says_of_row("p2@pages.test", "Not revoked. The invitation is unchanged.").await;
            page.is_told("p2@pages.test: Not revoked. The invitation is unchanged.").await;
            page.is_accessible("a refused revoke").await;
            // Another look at the list leaves it standing: it is not settled by that.
            page.click(button("Refresh")).await;
            page.is_asked(2, "GET", LIST).await;
            page.settled().await;
            page.says_of_row("p2@pages.test", "Not revoked. The invitation is unchanged.").await;
            page.click(again("p2@pages.test")).await;
            page.is_told("Invitation for p2@pages.test revoked.").await;
            page.has_become("p2@pages.test", "Revoked").await;
        })
        .await;
}

#[tokio::test]
async fn a_revoke_whose_answer_was_lost_is_settled_by_asking_what_exists() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.fails_once(On::post(REVOKE), What::AppliedThenLost);
            page.picks("p1@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            page.is_told("Invitation for p1@pages.test revoked.").await;
            page.has_become("p1@pages.test", "Revoked").await;
            assert_eq!(page.requests("POST", REVOKE).len(), 1);

            page.fails_once(On::post(REVOKE), What::Drop);
            page.picks("p2@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            page.is_told("Invitation for p2@pages.test revoked.").await;
            page.has_become("p2@pages.test", "Revoked").await;
            assert_eq!(page.requests("POST", REVOKE).len(), 3);
        })
        .await;
}

#[tokio::test]
async fn the_way_from_an_address_to_an_invitation_and_back_needs_no_mouse() {
    Stage::signed_in("user_ada", Some("org_blank"))
        .play(async |page| {
            page.open_list("").await;
            // Where nobody has been invited yet the keyboard is in the box. Before it are the header, the link and the file.
            page.focus_is_on(addresses()).await;
            for stop in [
                any("file"),
                button("Copy join link"),
                button("Account: Ada Lovelace"),
                button("Switch organization"),
                button("Manage members"),
            ] {
                page.go_back_by_tab().await;
                page.focus_is_on(stop).await;
            }
            page.press(Key::Tab + Key::Tab + Key::Tab + Key::Tab + Key::Tab).await;
            page.focus_is_on(addresses()).await;
            page.press("key@board.test").await;
            page.press(Key::Tab).await;
            page.focus_is_on(combobox("Role")).await;
            page.press("Admin").await;
            page.press(Key::Tab).await;
            page.focus_is_on(button("Send 1 invitation")).await;
            page.press(Key::Space).await;
            page.focus_is_on(button("Cancel")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(button("Invite as Admin")).await;
            page.press(Key::Enter).await;
            page.is_told("Invitation sent to key@board.test.").await;
            page.focus_is_on(addresses()).await;
            page.settled().await;
            page.has_counted("All 1").await;
            assert_eq!(page.row_of("key@board.test").await.role, "Admin");
            for stop in [
                combobox("Role"),
                button("CSV template"),
                button("Send invitation"),
                link("Pending 1"),
                search_box(),
                button("Copy email addresses"),
                button("Export as CSV"),
                button("Refresh"),
                checkbox("Select all on this page"),
                button("Email"),
                button("Invited"),
                button("Expires"),
                button("Role"),
                choice("key@board.test"),
                resend("key@board.test"),
                more("key@board.test"),
            ] {
                page.press(Key::Tab).await;
                page.focus_is_on(stop).await;
            }
            page.press(Key::Enter).await;
            page.focus_is_on(any("menuitem").named("Resend")).await;
            page.press(Key::Up).await;
            page.focus_is_on(any("menuitem").named("Revoke")).await;
            page.press(Key::Home).await;
            page.press(Key::Down).await;
            page.focus_is_on(any("menuitem").named("Change role")).await;
            page.press(Key::Escape).await;
            page.no_longer_see(any("menu")).await;
            page.focus_is_on(more("key@board.test")).await;
            page.press(Key::Enter).await;
            page.focus_is_on(any("menuitem").named("Resend")).await;
            page.press(Key::End).await;
            page.press(Key::Enter).await;
            page.focus_is_on(button("Cancel")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(button("Revoke invitation")).await;
            page.press(Key::Enter).await;
            page.is_told("Invitation for key@board.test revoked.").await;
            page.focus_is_on(more("key@board.test")).await;
            page.is_accessible("an emptied list").await;
        })
        .await;
}
