//! Inviting somebody.

use sandbox::world::MEMBER;
use sandbox::{Body, On, Status, What};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const ROLES: &str = "/v1/organizations/*/roles";

fn refusal(status: u16, code: &str, parameter: Option<&str>) -> What {
    let meta = parameter.map_or(json!({}), |name| json!({ "param_name": name }));
    What::Error { status, code: code.into(), message: "In Clerk's own words.".into(), meta, headers: vec![] }
}

async fn invite(page: &Page, address: &str) {
    page.write(addresses(), address).await;
    page.click(sender()).await;
}

fn is_pending(page: &Page, organization: &str, address: &str) -> bool {
    page.control.change(|world| world.invitations.pending_for(organization, address).is_some())
}

#[tokio::test]
async fn an_invitation_sent_stands_on_top_marked_as_new_and_the_form_is_ready_for_the_next() {
    Stage::admin()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            let before = page.emails().await;
            let gate = page.control.gate(On::post(LIST));
            page.write(addresses(), "grace@navy.test").await;
            page.double_click(sender()).await;
            gate.reached(1).await;
            page.see(button("Sending…")).await;
            page.has(button("Sending…"), "aria-disabled", Some("true")).await;
            page.says_of("grace@navy.test", "Sending…").await;
            page.progresses("0 of 1 done").await;
            page.is_accessible("an invitation on its way").await;
            page.click(button("Sending…")).await;
            page.click(addresses()).await;
            page.press(Key::Enter).await;
            gate.open();
            page.is_told("Invitation sent to grace@navy.test.").await;
            page.holds(addresses(), "").await;
            page.keeps(&[]).await;
            page.focus_is_on(addresses()).await;
            page.see(heading("Pending invitations 58")).await;
            page.settled().await;
            let rows = page.rows().await;
            assert_eq!(rows[0].email, "grace@navy.test");
            assert!(rows[0].is_new && rows[0].role == "Member", "{:?}", rows[0]);
            assert_eq!(rows.iter().filter(|row| row.is_new).count(), 1);
            assert_eq!(rows[1..].iter().map(|row| row.email.clone()).collect::<Vec<_>>(), before[..9]);
            page.see(row("grace@navy.test Just sent")).await;
            page.has_seats("58 pending invitations").await;
            page.is_accessible("an invitation sent").await;
            let sent = page.requests("POST", LIST);
            assert_eq!(sent.len(), 1, "{sent:?}");
            assert_eq!(sent[0].field("email_address"), Some("grace@navy.test"));
            assert_eq!(sent[0].field("role"), Some("org:member"));
        })
        .await;
}

#[tokio::test]
async fn a_refusal_stands_in_the_entry_it_is_about_and_the_address_is_kept() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            // Sent without waiting for the list: Clerk says that it is pending, which is what was wanted.
            let pending = page.emails().await[3].clone();
            invite(page, &pending).await;
            page.is_told(&format!("{pending}: Already invited")).await;
            page.keeps(&[]).await;
            page.holds(addresses(), "").await;
            let member = "max@demo.test";
            invite(page, member).await;
            page.says_of(member, "lready a member").await;
            page.holds(addresses(), "").await;
            page.focus_is_on(addresses()).await;
            page.click(button(&format!("Remove {member}"))).await;
            page.keeps(&[]).await;
            page.focus_is_on(addresses()).await;
            for (status, code, sentence) in [
                (400, "brand_new_code", "In Clerk's own words."),
                (403, "not_allowed_access", "This app doesn’t allow this address"),
            ] {
                page.fails_once(On::post(LIST), refusal(status, code, None));
                if page.entries().await.is_empty() {
                    page.write(addresses(), "refused@example.org").await;
                }
                page.click(sender()).await;
                page.says_of("refused@example.org", sentence).await;
                page.is_told(&format!("refused@example.org: {sentence}")).await;
                page.keeps(&["refused@example.org"]).await;
                page.focus_is_on(addresses()).await;
                page.settled().await;
            }
            page.is_accessible("an address refused").await;
            assert!(!is_pending(page, "org_acme", "refused@example.org"));
            // Clerk would refuse it again: it is not sent before it is changed.
            page.press(Key::Enter).await;
            page.has(addresses(), "aria-invalid", Some("true")).await;
            page.says_of("refused@example.org", "This app doesn’t allow this address").await;
            assert!(!is_pending(page, "org_acme", "refused@example.org"));
            page.click(button("Remove refused@example.org")).await;
            page.keeps(&[]).await;
        })
        .await;
}

#[tokio::test]
async fn an_answer_that_proves_nothing_is_settled_by_asking_what_exists() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let html = |status| What::Answer {
                status,
                body: Body::Text {
                    content_type: "text/html".into(),
                    text: "<html>Request blocked</html>".into(),
                },
                headers: vec![],
            };
            let empty =
                What::Answer { status: 200, body: Body::Json(json!({ "response": {} })), headers: vec![] };
            // The list has nothing, so it is sent again.
            let mut posts = 0;
            for (fault, address) in
                [(html(403), "a@doubt.test"), (empty, "b@doubt.test"), (What::Drop, "c@doubt.test")]
            {
                page.fails_once(On::post(LIST), fault);
                invite(page, address).await;
                page.is_told(&format!("Invitation sent to {address}.")).await;
                posts += 2;
                assert_eq!(page.requests("POST", LIST).len(), posts);
            }
        })
        .await;
}

#[tokio::test]
async fn an_invitation_whose_answer_was_lost_is_recognised_and_not_sent_twice() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            // Only once it is known that none was pending is an invitation that is found our own.
            page.write(addresses(), "Found@Example.org,").await;
            page.knows_all().await;
            page.fails_once(On::post(LIST), What::AppliedThenLost);
            page.click(sender()).await;
            page.is_told("Invitation sent to Found@Example.org.").await;
            page.keeps(&[]).await;
            page.until("the new row", async || {
                page.rows()
                    .await
                    .first()
                    .filter(|row| row.email == "found@example.org" && row.is_new)
                    .map(drop)
            })
            .await;
            assert_eq!(page.requests("POST", LIST).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn roles_are_offered_by_name_with_their_description_however_many_there_are() {
    Stage::signed_in("user_ada", Some("org_studio"))
        .world(|world| {
            // More than one answer holds.
            for n in 0..130 {
                world.add_role("org_studio", &format!("org:role_{n}"), &format!("Role {n}"), "", &[]);
            }
        })
        .play(async |page| {
            page.open_list("").await;
            let names: Vec<String> = page
                .eval(
                    "return [...find(arguments[0])[0].options].map((one) => one.text)",
                    json!(combobox("Role")),
                )
                .await;
            assert_eq!(
                (&names[..3], names.len()),
                (&["Admin", "Member", "Editor"].map(str::to_owned)[..], 135)
            );
            page.is_described_by(combobox("Role"), "Works in the organization.").await;
            page.choose(combobox("Role"), "Editor").await;
            page.is_described_by(combobox("Role"), "Writes and edits.").await;
            page.choose(combobox("Role"), "Role 129").await;
            page.has(combobox("Role"), "aria-describedby", None).await;
            invite(page, "visitor@example.org").await;
            page.is_told("Invitation sent to visitor@example.org.").await;
            page.settled().await;
            assert_eq!(page.rows().await[0].role, "Role 129");
            assert_eq!(page.requests("POST", LIST)[0].field("role"), Some("org:role_129"));
        })
        .await;
}

#[tokio::test]
async fn roles_on_their_way_or_failing_leave_no_dead_form() {
    Stage::admin()
        .play(async |page| {
            let gate = page.control.gate(On::get(ROLES));
            page.open("").await;
            page.range_is("1–10 of 57").await;
            page.has(combobox("Role"), "aria-busy", Some("true")).await;
            page.has(sender(), "aria-disabled", Some("true")).await;
            invite(page, "early@example.org").await;
            page.is_accessible("roles on their way").await;
            page.fails(On::get(ROLES), What::Drop);
            page.hurry().await;
            gate.open();
            let retry = || button("Try again").within(region("Invite people"));
            page.see(retry()).await;
            assert!(
                page.text(region("Invite people"))
                    .await
                    .contains("Couldn’t load the roles. Couldn’t reach Clerk.")
            );
            page.has(sender(), "aria-disabled", Some("true")).await;
            page.is_accessible("roles that could not be loaded").await;
            page.control.clear_faults();
            page.click(retry()).await;
            page.settled().await;
            page.holds(addresses(), "early@example.org").await;
            assert_eq!(page.requests("POST", LIST).len(), 0);
            page.click(sender()).await;
            page.is_told("Invitation sent to early@example.org.").await;
        })
        .await;
}

#[tokio::test]
async fn a_role_that_went_meanwhile_and_permission_lost_are_said_and_the_address_is_kept() {
    Stage::signed_in("user_ada", Some("org_studio"))
        // clerk-js would hear with the next list that the permission is gone, and nothing would be left to try again.
        .world(|world| world.environment.client_on_reads = false)
        .play(async |page| {
            page.open_list("").await;
            page.choose(combobox("Role"), "Editor").await;
            page.control.change(|world| {
                world
                    .organizations
                    .get_mut("org_studio")
                    .expect("Studio")
                    .roles
                    .retain(|role| role.key != "org:editor");
            });
            invite(page, "late@example.org").await;
            page.says_of("late@example.org", "This role no longer exists. Choose another one.").await;
            page.until_true(
                "the role to be offered no longer",
                "return ![...find(arguments[0])[0].options].some((one) => one.text === 'Editor')",
                json!(combobox("Role")),
            )
            .await;
            page.control.change(|world| world.add_membership("org_studio", "user_ada", MEMBER));
            page.choose(combobox("Role"), "Member").await;
            page.click(sender()).await;
            page.is_told("late@example.org: You can no longer manage members of this organization.").await;
            page.see(heading("You don’t have permission to invite people")).await;
            assert!(!is_pending(page, "org_studio", "late@example.org"));
            page.is_accessible("permission lost").await;
            page.click(button("Try again")).await;
            page.see(heading("You don’t have permission to invite people")).await;
            page.control.change(|world| world.add_membership("org_studio", "user_ada", "org:people_lead"));
            page.click(button("Try again")).await;
            page.keeps(&["late@example.org"]).await;
        })
        .await;
}

#[tokio::test]
async fn the_last_seat_is_announced_and_a_full_organization_says_what_to_do() {
    Stage::signed_in("user_ada", Some("org_nearly"))
        .play(async |page| {
            page.open_list("").await;
            let seats = page.text(region("Seats")).await;
            assert_eq!(seats, "6 members and 3 pending invitations of 10 seats 1 seat left.");
            page.is_accessible("the last seat").await;
            invite(page, "tenth@example.org").await;
            page.is_told("Invitation sent to tenth@example.org.").await;
            page.has_seats("4 pending invitations of 10 seats No seats left.").await;
            page.is_accessible("no seat left").await;
            invite(page, "eleventh@example.org").await;
            page.is_described_by(addresses(), "None of these can be sent yet.").await;
            page.says_of("eleventh@example.org", "No seat left").await;
            page.keeps(&["eleventh@example.org"]).await;
            assert_eq!(page.requests("POST", LIST).len(), 1);
            assert!(!is_pending(page, "org_nearly", "eleventh@example.org"));
            let first = page.rows().await.pop().expect("a row").email;
            page.picks(&first, "Revoke").await;
            page.click(button("Revoke invitation")).await;
            page.is_told(&format!("Invitation for {first} revoked.")).await;
            page.would_send("Send 1 invitation").await;
            // Somebody else is faster.
            let rival = page.control.change(|world| {
                world.invite(
                    "org_nearly",
                    "rival@example.org",
                    MEMBER,
                    Status::Pending,
                    sandbox::world::now_ms(),
                )
            });
            page.click(sender()).await;
            page.is_told("The organization is full. Members and pending invitations have reached its limit.")
                .await;
            page.keeps(&["eleventh@example.org"]).await;
            assert!(!is_pending(page, "org_nearly", "eleventh@example.org"));
            page.control.change(|world| world.invitations.set_status(&rival, Status::Revoked));
            page.click(button("Refresh")).await;
            page.would_send("Send 1 invitation").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to eleventh@example.org.").await;
            let sent = page.control.change(|world| world.invitations.count("org_nearly", &Status::Pending));
            assert_eq!(sent, 4);
        })
        .await;
}
