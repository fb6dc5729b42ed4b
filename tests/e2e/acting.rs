//! What is done with one invitation: resending it, giving it another role, inviting again; and each half of that failing.

use sandbox::world::{ADMIN, Invitation, MEMBER, now_ms};
use sandbox::{On, Status, What};
use serde_json::{Value, json};

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const REVOKE: &str = "/v1/organizations/*/invitations/*/revoke";

fn three() -> Stage {
    Stage::signed_in("user_ada", Some("org_pages")).world(|world| pages_world(world, "org_pages", 3))
}

fn emails(numbers: &[u8]) -> Vec<String> {
    numbers.iter().map(|n| format!("p{n}@pages.test")).collect()
}

/// Every invitation of an address, the oldest first.
fn all_of(page: &Page, email: &str) -> Vec<Invitation> {
    page.control.change(|world| world.invitations.addressed_to(email).cloned().collect())
}

fn statuses(page: &Page, email: &str) -> Vec<Status> {
    all_of(page, email).into_iter().map(|one| one.status).collect()
}

/// How often was revoked, and how often invited.
fn calls(page: &Page) -> (usize, usize) {
    (page.requests("POST", REVOKE).len(), page.requests("POST", LIST).len())
}

fn refusal(status: u16, code: &str, meta: Value) -> What {
    What::Error { status, code: code.into(), message: "No".into(), meta, headers: vec![] }
}

/// A resend that was left half-way: the address is in the box, the row says so and can be tried again.
async fn is_left_half_way(page: &Page, email: &str, why: &str) {
    let said = format!("Revoked, but not resent: {why}");
    page.says_of_row(email, &said).await;
    page.is_told(&format!("{email}: {said}")).await;
    page.says_of(email, why).await;
    assert_eq!(statuses(page, email), [Status::Revoked]);
}

#[tokio::test]
async fn resending_revokes_the_earlier_one_and_sends_another_with_the_same_role() {
    Stage::signed_in("user_ada", Some("org_pages"))
        .world(|world| {
            pages_world(world, "org_pages", 3);
            let id = world.invitations.pending_for("org_pages", "p2@pages.test").expect("pending").id.clone();
            world.invitations.change(&id, |one| one.role = ADMIN.to_owned());
        })
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            let gate = page.control.gate(On::post(REVOKE));
            // However fast it is pressed, it is asked about once, and resent once.
            page.double_click(resend("p2@pages.test")).await;
            page.see(dialog("Resend this invitation?")).await;
            page.is_accessible("the question").await;
            assert_eq!(calls(page), (0, 0), "mail goes out only when the admin has agreed");
            page.double_click(button("Resend").within(any("dialog"))).await;
            gate.reached(1).await;
            page.see(row("p2@pages.test").named("Sending…")).await;
            assert!(page.row_of("p2@pages.test").await.is_busy);
            page.is_accessible("an invitation being resent").await;
            gate.open();
            page.is_told("Invitation resent to p2@pages.test. The earlier link no longer works.").await;
            page.lists(&emails(&[1, 2, 3])).await;
            let row = page.row_of("p2@pages.test").await;
            assert!(row.is_new && row.role == "Admin", "{row:?}");
            assert_eq!(calls(page), (1, 1));
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked, Status::Pending]);
            assert_eq!(all_of(page, "p2@pages.test")[1].role, ADMIN);
            page.focus_is_on(more("p2@pages.test")).await;
            page.has_counted("Revoked 1").await;
            page.is_accessible("an invitation resent").await;
        })
        .await;
}

#[tokio::test]
async fn after_a_reload_a_resent_invitation_is_one_row_with_all_its_days_and_the_older_one_has_ended() {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    Stage::signed_in("user_ada", Some("org_blank"))
        .world(|world| {
            world.invite("org_blank", "late@left.test", MEMBER, Status::Pending, now_ms() - 29 * DAY);
            world.invite("org_blank", "over@left.test", MEMBER, Status::Expired, now_ms() - 33 * DAY);
        })
        .play(async |page| {
            page.open_list("?view=all").await;
            page.resends("late@left.test").await;
            page.is_told("Invitation resent to late@left.test. The earlier link no longer works.").await;
            page.click(button("Invite again: over@left.test")).await;
            page.click(button("Invite again").within(any("dialog"))).await;
            page.is_told("Invitation resent to over@left.test. The earlier link no longer works.").await;
            page.reload().await;
            let [late, over] = ["late@left.test", "over@left.test"].map(str::to_owned);
            page.lists(&[over.clone(), late.clone(), late.clone(), over.clone()]).await;
            let statuses: Vec<_> = page
                .rows()
                .await
                .into_iter()
                .filter_map(|row| Some(row.status?.split_whitespace().next()?.to_owned()))
                .collect();
            assert_eq!(statuses, ["pending", "pending", "revoked", "expired"]);
            page.open_list("").await;
            page.lists(&[over, late]).await;
            let expires: Vec<_> =
                page.rows().await.into_iter().map(|row| row.expires.unwrap_or_default()).collect();
            assert_eq!(expires, ["in 30 days", "in 30 days"]);
        })
        .await;
}

#[tokio::test]
async fn another_role_is_given_by_another_invitation_and_a_mighty_one_says_what_it_allows() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.picks("p2@pages.test", "Change role").await;
            page.see(dialog("Change role")).await;
            let offered = "return [...document.getElementById('other-role').options].map((one) => one.text)";
            let offered: Vec<String> = page.eval(offered, json!(null)).await;
            assert_eq!(offered, ["Choose a role", "Admin"], "the role it has is no other one");
            page.choose(combobox("New role"), "Admin").await;
            let text = page.text(any("dialog")).await;
            assert!(text.contains("This revokes the invitation and sends a new email"), "{text}");
            assert!(
                text.contains("They will be able to:") && text.contains("Invite, remove and re-role members"),
                "{text}"
            );
            page.is_accessible("another role").await;
            page.click(button("Change role").within(any("dialog"))).await;
            page.is_told("Invitation resent to p2@pages.test. The earlier link no longer works.").await;
            page.no_longer_see(any("dialog")).await;
            page.lists(&emails(&[1, 2, 3])).await;
            assert_eq!(page.row_of("p2@pages.test").await.role, "Admin");
            let all: Vec<_> =
                all_of(page, "p2@pages.test").into_iter().map(|one| (one.status, one.role)).collect();
            assert_eq!(all, [(Status::Revoked, MEMBER.to_owned()), (Status::Pending, ADMIN.to_owned())]);
            assert_eq!(calls(page), (1, 1));
        })
        .await;
}

#[tokio::test]
async fn withdrawn_and_refused_is_said_kept_and_tried_again() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails_once(On::post(LIST), refusal(403, "not_allowed_access", json!({})));
            page.resends("p2@pages.test").await;
            is_left_half_way(page, "p2@pages.test", "This app doesn’t allow this address").await;
            assert_eq!(calls(page), (1, 1));
            page.is_accessible("a resend left half-way").await;
            page.has_counted("Revoked 1").await;
            page.lists(&emails(&[1, 2, 3])).await;
            // It stays although the list says by now that it is revoked; trying again does not revoke once more.
            page.click(button("Refresh")).await;
            page.settled().await;
            page.click(again("p2@pages.test")).await;
            page.is_told("Invitation sent to p2@pages.test.").await;
            assert_eq!(calls(page), (1, 2));
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked, Status::Pending]);
            page.keeps(&[]).await;
            page.lists(&emails(&[1, 2, 3])).await;
        })
        .await;
}
