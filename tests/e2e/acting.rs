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

fn too_many(seconds: u32) -> What {
    let headers = vec![("Retry-After".to_owned(), seconds.to_string())];
    let (code, message) = ("too_many_requests".into(), "Slow down".into());
    What::Error { status: 429, code, message, meta: Value::Null, headers }
}

/// Has somebody take up an invitation.
fn accepts(page: &Page, email: &str) {
    page.control.change(|world| {
        let id = world.invitations.pending_for("org_pages", email).expect("pending").id.clone();
        world.invitations.set_status(&id, Status::Accepted);
    });
}

/// A resend that was left half-way: the address is in the box, the row says so and can be tried again.
async fn is_left_half_way(page: &Page, email: &str, why: &str) {
    let said = format!("Withdrawn, not sent again: {why}");
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
        .play(async |page| {
            page.open_list("").await;
            let gate = page.control.gate(On::post(REVOKE));
            page.click(resend("p2@pages.test")).await;
            gate.reached(1).await;
            page.see(row("p2@pages.test").named("Sending…")).await;
            assert!(page.row_of("p2@pages.test").await.is_busy);
            page.is_accessible("an invitation being resent").await;
            gate.open();
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
            page.lists(&emails(&[1, 2, 3])).await;
            let row = page.row_of("p2@pages.test").await;
            assert!(row.is_new && row.role == "Admin", "{row:?}");
            assert_eq!(calls(page), (1, 1));
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked, Status::Pending]);
            assert_eq!(all_of(page, "p2@pages.test")[1].role, ADMIN);
            page.focus_is_on(heading("Pending invitations 3")).await;
            page.has_counted("Revoked 1").await;
            page.is_accessible("an invitation resent").await;
        })
        .await;
}

#[tokio::test]
async fn what_has_ended_is_invited_again_and_nothing_is_revoked() {
    for (status, view) in [
        (Status::Revoked, "revoked"),
        (Status::Expired, "attention"),
        (Status::Other("paused".into()), "all"),
    ] {
        Stage::signed_in("user_ada", Some("org_blank"))
            .world(|world| {
                let at = now_ms() - 40 * 86_400_000;
                world.invite("org_blank", "old@board.test", ADMIN, status.clone(), at);
            })
            .play(async |page| {
                page.open_list(&format!("?view={view}")).await;
                page.click(button("Invite again: old@board.test")).await;
                page.is_told(match status {
                    Status::Expired => "old@board.test was invited anew; the earlier link no longer works.",
                    _ => "Invitation sent to old@board.test.",
                })
                .await;
                assert_eq!(calls(page), (0, 1));
                assert_eq!(statuses(page, "old@board.test"), [status.clone(), Status::Pending]);
                assert_eq!(all_of(page, "old@board.test")[1].role, ADMIN);
                page.looks_at("Pending").await;
                assert!(page.row_of("old@board.test").await.is_new);
            })
            .await;
    }
}

#[tokio::test]
async fn who_has_come_in_can_be_invited_again_in_case_they_left() {
    Stage::signed_in("user_ada", Some("org_blank"))
        .world(|world| {
            world.invite("org_blank", "in@board.test", MEMBER, Status::Accepted, now_ms() - 1000);
        })
        .play(async |page| {
            page.open_list("?view=accepted").await;
            page.click(more("in@board.test")).await;
            page.click(button("Invite again").within(dialog("Invitation"))).await;
            page.is_told("Invitation sent to in@board.test.").await;
            page.no_longer_see(any("dialog")).await;
            assert_eq!(statuses(page, "in@board.test"), [Status::Accepted, Status::Pending]);
        })
        .await;
}

#[tokio::test]
async fn another_role_is_given_by_another_invitation_and_a_mighty_one_says_what_it_allows() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.click(more("p2@pages.test")).await;
            page.see(dialog("Invitation")).await;
            assert!(!page.shows(button("Change role").within(any("dialog"))).await);
            let offered = "return [...document.getElementById('other-role').options].map((one) => one.text)";
            let offered: Vec<String> = page.eval(offered, json!(null)).await;
            assert_eq!(offered, ["Choose a role", "Admin"], "the role it has is no other one");
            page.choose(combobox("Give another role"), "Admin").await;
            page.see(button("Change role").within(any("dialog"))).await;
            let text = page.text(any("dialog")).await;
            assert!(text.contains("the earlier one is revoked, and a new mail is sent"), "{text}");
            assert!(
                text.contains("That role allows:") && text.contains("org:sys_memberships:manage"),
                "{text}"
            );
            page.is_accessible("another role").await;
            page.click(button("Change role").within(any("dialog"))).await;
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
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
async fn a_refused_revoke_sends_nothing() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails_once(On::post(REVOKE), refusal(422, "something_new", json!({})));
            page.click(resend("p2@pages.test")).await;
            page.says_of_row("p2@pages.test", "Not revoked: the invitation stands as before.").await;
            assert_eq!(calls(page), (1, 0));
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Pending]);
            assert_eq!(page.entries().await, [], "nothing was withdrawn, so nothing is in the box");
            page.is_accessible("a resend refused at once").await;
            page.click(again("p2@pages.test")).await;
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
            assert_eq!(calls(page), (2, 1));
        })
        .await;
}

#[tokio::test]
async fn a_lost_revoke_is_looked_up_before_anything_is_sent() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.fails_once(On::post(REVOKE), What::AppliedThenLost);
            page.click(resend("p1@pages.test")).await;
            page.is_told("p1@pages.test was invited anew; the earlier link no longer works.").await;
            assert_eq!(calls(page), (1, 1));
            page.fails_once(On::post(REVOKE), What::Drop);
            page.click(resend("p2@pages.test")).await;
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
            assert_eq!(calls(page), (3, 2));
            page.fails(On::post(REVOKE), What::Drop);
            page.click(resend("p3@pages.test")).await;
            page.says_of_row("p3@pages.test", "Not revoked: the invitation stands as before.").await;
            assert_eq!(calls(page), (6, 2));
            assert_eq!(statuses(page, "p3@pages.test"), [Status::Pending]);
            for email in emails(&[1, 2]) {
                assert_eq!(statuses(page, &email), [Status::Revoked, Status::Pending], "{email}");
            }
        })
        .await;
}

#[tokio::test]
async fn who_was_found_to_have_joined_gets_no_other_mail() {
    three()
        .play(async |page| {
            page.open_list("").await;
            accepts(page, "p2@pages.test");
            page.click(resend("p2@pages.test")).await;
            page.is_told("p2@pages.test: Accepted meanwhile: this person has joined. Nothing more was sent.")
                .await;
            page.has_become("p2@pages.test", "Accepted meanwhile: this person has joined.").await;
            page.lists(&emails(&[1, 2, 3])).await;
            assert_eq!(calls(page), (1, 0));
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Accepted]);
            assert_eq!(page.entries().await, []);
            page.has_counted("Accepted 1").await;
            assert!(!page.shows(any("alert")).await);
        })
        .await;
}

#[tokio::test]
async fn withdrawn_and_refused_is_said_kept_and_tried_again() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails_once(On::post(LIST), refusal(403, "not_allowed_access", json!({})));
            page.click(resend("p2@pages.test")).await;
            is_left_half_way(page, "p2@pages.test", "This application does not allow this address.").await;
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

#[tokio::test]
async fn withdrawn_and_kept_in_the_box_it_can_be_sent_from_there() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails_once(On::post(LIST), refusal(403, "not_allowed_access", json!({})));
            page.click(resend("p2@pages.test")).await;
            is_left_half_way(page, "p2@pages.test", "This application does not allow this address.").await;
            page.would_send("Send 1 invitation").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to p2@pages.test.").await;
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked, Status::Pending]);
            assert_eq!(calls(page), (1, 2));
        })
        .await;
}

#[tokio::test]
async fn withdrawn_and_lost_is_looked_up_and_sent_once() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.fails_once(On::post(LIST), What::AppliedThenLost);
            page.click(resend("p1@pages.test")).await;
            page.is_told("p1@pages.test was invited anew; the earlier link no longer works.").await;
            assert_eq!(calls(page), (1, 1));
            page.fails_once(On::post(LIST), What::Drop);
            page.click(resend("p2@pages.test")).await;
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
            assert_eq!(calls(page), (2, 3));
            page.fails(On::post(LIST), What::Drop);
            page.click(resend("p3@pages.test")).await;
            is_left_half_way(page, "p3@pages.test", "Clerk could not be reached. Check your connection.")
                .await;
            assert_eq!(calls(page), (3, 6));
            page.is_accessible("a resend lost half-way").await;
            page.control.clear_faults();
            page.click(again("p3@pages.test")).await;
            page.is_told("Invitation sent to p3@pages.test.").await;
            for email in emails(&[1, 2, 3]) {
                assert_eq!(statuses(page, &email), [Status::Revoked, Status::Pending], "{email}");
            }
        })
        .await;
}

#[tokio::test]
async fn withdrawn_and_of_the_rest_nothing_is_known_says_so() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.fails(On::any(LIST), What::Drop);
            page.click(resend("p2@pages.test")).await;
            let said = "Withdrawn. Whether a new invitation went out could not be found out. \
                        Look for it in the list before you send it again.";
            page.says_of_row("p2@pages.test", said).await;
            page.is_accessible("a resend of which half is known").await;
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked]);
        })
        .await;
}

#[tokio::test]
async fn when_clerk_asks_for_patience_between_the_halves_the_seconds_are_counted_and_it_goes_on() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails_once(On::post(LIST), too_many(3));
            page.click(resend("p2@pages.test")).await;
            page.progresses("Clerk asks for patience. It goes on in 3 seconds.").await;
            page.progresses("Clerk asks for patience. It goes on in 1 second.").await;
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
            assert_eq!(calls(page), (1, 2));
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked, Status::Pending]);
        })
        .await;
}

#[tokio::test]
async fn stopped_while_clerk_asks_for_patience_the_second_half_is_tried_once_more() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails(On::post(LIST), too_many(600));
            page.click(resend("p2@pages.test")).await;
            page.progresses("Clerk asks for patience. It goes on in 600 seconds.").await;
            page.is_accessible("patience").await;
            page.click(button("Stop")).await;
            page.says_of_row("p2@pages.test", "Withdrawn, not sent again:").await;
            assert_eq!(page.entry("p2@pages.test").await.text, "p2@pages.test");
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked]);
            page.control.clear_faults();
            page.click(again("p2@pages.test")).await;
            page.is_told("Invitation sent to p2@pages.test.").await;
        })
        .await;
}

#[tokio::test]
async fn nothing_is_revoked_of_which_it_is_known_that_it_could_not_be_sent_again() {
    three()
        .world(|world| {
            world.invite("org_pages", "former@pages.test", "org:former", Status::Pending, now_ms());
        })
        .play(async |page| {
            page.open_list("").await;
            page.click(resend("former@pages.test")).await;
            page.is_told("Nothing was changed: the role that former@pages.test was invited as can’t be given any more.")
                .await;
            page.is_accessible("a role that has gone").await;
            assert_eq!(calls(page), (0, 0));
            page.control.change(|world| {
                world.organizations.get_mut("org_pages").expect("there").role_set_migration = true;
            });
            page.reload().await;
            page.see(row("p2@pages.test")).await;
            page.see(region("Invite").named("Invite")).await;
            page.until_true(
                "that roles are migrated",
                "return document.body.innerText.includes('The roles of this organization are being migrated.')",
                json!(null),
            )
            .await;
            page.click(resend("p2@pages.test")).await;
            page.is_told("Nothing was changed: the roles of this organization are being migrated.").await;
            page.click(more("p2@pages.test")).await;
            assert!(page.text(any("dialog")).await.contains("being migrated"));
            assert!(!page.shows(combobox("Give another role")).await);
            page.is_accessible("no other role while roles are migrated").await;
            assert_eq!(calls(page), (0, 0));
        })
        .await;
}

#[tokio::test]
async fn a_migration_that_begins_between_look_and_deed_costs_nobody_an_invitation_and_is_said() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails_once(On::post(LIST), refusal(409, "role_migration_in_progress", json!({})));
            page.click(resend("p2@pages.test")).await;
            is_left_half_way(
                page,
                "p2@pages.test",
                "The roles of this organization are being migrated. Try again when that is over.",
            )
            .await;
            page.click(again("p2@pages.test")).await;
            page.is_told("Invitation sent to p2@pages.test.").await;
            page.lists(&emails(&[1, 2, 3])).await;
        })
        .await;
}

#[tokio::test]
async fn two_things_at_a_time_are_not_done_with_one_address() {
    three()
        .world(|world| {
            world.invite("org_pages", "p2@pages.test", MEMBER, Status::Revoked, now_ms() - 86_400_000);
        })
        .play(async |page| {
            page.open_list("?view=all").await;
            let gate = page.control.gate(On::post(REVOKE));
            page.click(resend("p2@pages.test")).await;
            gate.reached(1).await;
            page.click(button("Invite again: p2@pages.test")).await;
            page.is_told("Something is already being done with p2@pages.test.").await;
            gate.open();
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
            assert_eq!(calls(page), (1, 1));
        })
        .await;
}

#[tokio::test]
async fn a_double_click_on_resend_sends_once() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.double_click(resend("p2@pages.test")).await;
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
            page.lists(&emails(&[1, 2, 3])).await;
            assert_eq!(calls(page), (1, 1));
        })
        .await;
}

#[tokio::test]
async fn loaded_anew_between_the_halves_the_address_is_in_the_box_and_nothing_is_sent_unasked() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.fails(On::post(LIST), too_many(600));
            page.click(resend("p2@pages.test")).await;
            page.progresses("Clerk asks for patience.").await;
            let asks = "
                const leaving = new Event('beforeunload', { cancelable: true });
                return !window.dispatchEvent(leaving)";
            assert!(page.eval::<bool>(asks, json!(null)).await, "whoever leaves now is not asked");
            page.control.clear_faults();
            let before = calls(page);
            page.reload_against_its_question().await;
            page.see(alert("The page was loaded anew while it was sending. What had not gone out is below."))
                .await;
            page.keeps(&["p2@pages.test"]).await;
            page.is_accessible("loaded anew between the halves").await;
            assert_eq!(calls(page), before, "something was sent without being asked for");
            page.would_send("Send 1 invitation").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to p2@pages.test.").await;
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked, Status::Pending]);
            assert!(!page.eval::<bool>(asks, json!(null)).await);
        })
        .await;
}

#[tokio::test]
async fn when_all_is_done_leaving_asks_nothing_and_loading_anew_finds_nothing_left() {
    three()
        .play(async |page| {
            page.open_list("").await;
            page.click(resend("p2@pages.test")).await;
            page.is_told("p2@pages.test was invited anew; the earlier link no longer works.").await;
            page.click(revoke("p3@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.is_told("The invitation of p3@pages.test is revoked.").await;
            page.reload().await;
            page.settled().await;
            page.click(addresses()).await;
            page.until_true("the form", "return !!document.querySelector('.batch')", json!(null)).await;
            page.keeps(&[]).await;
            assert!(!page.shows(any("alert")).await);
        })
        .await;
}
