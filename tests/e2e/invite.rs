//! Inviting somebody.

use sandbox::world::{MANAGE_MEMBERSHIPS, MEMBER};
use sandbox::{Body, On, Status, What};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const ROLES: &str = "/v1/organizations/*/roles";

fn email() -> Thing {
    textbox("Email address")
}

fn send() -> Thing {
    button("Send invitation")
}

fn refusal(status: u16, code: &str, parameter: Option<&str>) -> What {
    let meta = parameter.map_or(json!({}), |name| json!({ "param_name": name }));
    What::Error { status, code: code.into(), message: "In Clerk's own words.".into(), meta, headers: vec![] }
}

async fn invite(page: &Page, address: &str) {
    page.write(email(), address).await;
    page.click(send()).await;
}

fn is_pending(page: &Page, organization: &str, address: &str) -> bool {
    page.control.change(|world| world.invitations.pending_for(organization, address).is_some())
}

#[tokio::test]
async fn an_invitation_sent_stands_on_top_marked_as_new_and_the_form_is_ready_for_the_next() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let before = page.emails().await;
            let gate = page.control.gate(On::post(LIST));
            page.write(email(), "grace@navy.test").await;
            page.double_click(send()).await;
            gate.reached(1).await;
            page.see(button("Sending…")).await;
            page.has(button("Sending…"), "aria-disabled", Some("true")).await;
            page.is(email(), ":read-only").await;
            page.is_accessible("an invitation on its way").await;
            page.click(button("Sending…")).await;
            page.click(email()).await;
            page.press(Key::Enter).await;
            gate.open();
            page.is_told("Invitation sent to grace@navy.test.").await;
            page.holds(email(), "").await;
            page.focus_is_on(email()).await;
            page.see(heading("Pending invitations 58")).await;
            page.settled().await;
            let rows = page.rows().await;
            assert_eq!(rows[0].email, "grace@navy.test");
            assert!(rows[0].is_new && rows[0].role == "Member", "{:?}", rows[0]);
            assert_eq!(rows.iter().filter(|row| row.is_new).count(), 1);
            assert_eq!(rows[1..].iter().map(|row| row.email.clone()).collect::<Vec<_>>(), before[..9]);
            page.see(row("grace@navy.test New")).await;
            assert!(page.text(region("Seats")).await.contains("58 pending invitations"));
            page.is_accessible("an invitation sent").await;
            let sent = page.requests("POST", LIST);
            assert_eq!(sent.len(), 1, "{sent:?}");
            assert_eq!(sent[0].field("email_address"), Some("grace@navy.test"));
            assert_eq!(sent[0].field("role"), Some("org:member"));
            page.dismiss().await;
        })
        .await;
}

#[tokio::test]
async fn enter_sends_and_enter_with_a_click_at_once_sends_only_one() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.write(email(), "first@enter.test").await;
            page.press(Key::Enter).await;
            page.is_told("Invitation sent to first@enter.test.").await;
            let gate = page.control.gate(On::post(LIST));
            page.write(email(), "second@enter.test").await;
            page.press(Key::Enter + Key::Enter).await;
            page.click(any("button").within(region("Invite"))).await;
            gate.reached(1).await;
            gate.open();
            page.is_told("Invitation sent to second@enter.test.").await;
            page.settled().await;
            assert_eq!(page.requests("POST", LIST).len(), 2);
        })
        .await;
}

#[tokio::test]
async fn an_invitation_sent_from_another_page_of_the_list_leads_to_the_first() {
    Stage::admin()
        .play(async |page| {
            page.open_list("?page=3").await;
            invite(page, "  Late.Comer@Example.ORG ").await;
            page.is_told("Invitation sent to Late.Comer@Example.ORG.").await;
            page.range_is("1–10 of 58").await;
            page.address_becomes("").await;
            page.settled().await;
            assert_eq!(page.rows().await[0].email, "late.comer@example.org");
        })
        .await;
}

#[tokio::test]
async fn an_address_that_cannot_be_one_is_said_at_the_field_and_nothing_is_sent() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            for (address, sentence) in [
                ("", "Type the address of the person whom you want to invite."),
                ("ada", "it has no @"),
                ("a@b@c.test", "it has more than one @"),
                ("@b.test", "nothing stands before the @"),
                ("a@", "nothing stands after the @"),
                ("a@b", "is not a domain like example.com"),
                ("a@b..test", "is not a domain like example.com"),
                ("a b@c.test", "there is a space or an invisible character in it"),
                ("a\u{202e}@c.test", "there is a space or an invisible character in it"),
                ("<a@c.test>", "it holds “<”"),
                ("a@c.test,b@c.test", "it holds “,”"),
            ] {
                page.write(email(), address).await;
                page.click(send()).await;
                page.is_described_by(email(), sentence).await;
                page.has(email(), "aria-invalid", Some("true")).await;
                page.focus_is_on(email()).await;
                page.holds(email(), address).await;
            }
            page.is_accessible("an address that cannot be one").await;
            page.press("x").await;
            page.has(email(), "aria-invalid", Some("false")).await;
            page.write(email(), &format!("{}@c.test", "a".repeat(300))).await;
            page.press(Key::Enter).await;
            page.is_described_by(email(), "it is too long").await;
            assert_eq!(page.requests("POST", "/**").len(), 0);
        })
        .await;
}

#[tokio::test]
async fn a_refusal_stands_at_the_field_it_is_about_and_the_address_is_kept() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let pending = page.emails().await[3].clone();
            for (address, sentence) in [
                (pending.as_str(), "An invitation to this address is already pending."),
                ("max@demo.test", "This person is already a member."),
            ] {
                invite(page, address).await;
                page.is_described_by(email(), sentence).await;
                page.holds(email(), address).await;
                page.focus_is_on(email()).await;
            }
            page.is_accessible("an address refused").await;
            for (status, code, parameter, sentence) in [
                (400, "organization_invitation_not_unique", None, "already pending"),
                (403, "not_allowed_access", None, "This application does not allow this address."),
                (
                    422,
                    "form_param_format_invalid",
                    Some("email_address"),
                    "Clerk does not take this for an address.",
                ),
                (422, "form_param_nil", Some("email_address"), "Clerk misses a value here."),
                (
                    422,
                    "exclusive_organization_membership",
                    None,
                    "belongs to an organization that allows no other",
                ),
            ] {
                page.fails_once(On::post(LIST), refusal(status, code, parameter));
                invite(page, "kept@example.org").await;
                page.is_described_by(email(), sentence).await;
                page.has(email(), "aria-invalid", Some("true")).await;
                page.holds(email(), "kept@example.org").await;
                page.focus_is_on(email()).await;
            }
            for (status, code, parameter, sentence) in [
                (
                    422,
                    "form_param_value_invalid",
                    "role",
                    "This role can’t be given by invitation. Choose another one.",
                ),
                (404, "resource_not_found", "role", "This role does not exist any more. Choose another one."),
            ] {
                page.fails_once(On::post(LIST), refusal(status, code, Some(parameter)));
                invite(page, "kept@example.org").await;
                page.is_described_by(combobox("Role"), sentence).await;
                page.has(combobox("Role"), "aria-invalid", Some("true")).await;
                page.holds(email(), "kept@example.org").await;
                page.focus_is_on(combobox("Role")).await;
            }
            page.is_accessible("a role refused").await;
            assert!(!is_pending(page, "org_acme", "kept@example.org"));
        })
        .await;
}

#[tokio::test]
async fn a_refusal_about_no_field_stands_above_the_form_each_in_its_own_words() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            for (status, code, sentence) in [
                (402, "insufficient_seats", "All paid seats are taken. Buy more seats, then invite again."),
                (403, "organization_membership_quota_exceeded", "The organization is full"),
                (
                    403,
                    "missing_organization_permission",
                    "You may no longer manage the members of this organization.",
                ),
                (403, "not_a_member_in_organization", "You are no longer a member of this organization."),
                (
                    404,
                    "organization_not_found_or_unauthorized",
                    "This organization is gone, or you can no longer see it.",
                ),
                (
                    403,
                    "invitations_not_supported_in_organization",
                    "This organization does not take invitations.",
                ),
                (
                    403,
                    "organization_not_enabled_in_instance",
                    "This application has organizations switched off.",
                ),
                (
                    403,
                    "session_reverification_required",
                    "Clerk wants you to prove once more that it is you.",
                ),
                (403, "action_blocked", "Clerk’s protection against abuse refused this."),
                (409, "role_migration_in_progress", "The roles of this organization are being migrated."),
                (409, "resource_locked", "The organization is busy with another change."),
                (400, "brand_new_code", "In Clerk's own words."),
                (401, "authentication_invalid", "Your session has ended. Sign in again."),
            ] {
                page.fails_once(On::post(LIST), refusal(status, code, None));
                invite(page, "kept@example.org").await;
                page.see(alert(sentence)).await;
                page.see(alert("Nothing was sent. The address is still in the box.")).await;
                page.holds(email(), "kept@example.org").await;
                page.focus_is_on(send()).await;
            }
            page.is_accessible("a refusal above the form").await;
            page.fails_once(
                On::post(LIST),
                What::Answer { status: 400, body: Body::Json(json!({ "errors": [] })), headers: vec![] },
            );
            page.press(Key::Enter).await;
            page.see(alert("Clerk refused without saying why.")).await;
            page.press(Key::Enter).await;
            page.is_told("Invitation sent to kept@example.org.").await;
            page.no_longer_see(any("alert")).await;
        })
        .await;
}

#[tokio::test]
async fn too_many_requests_say_how_long_to_wait_when_clerk_does() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            for (headers, sentence) in [
                (vec![("Retry-After".to_owned(), "30".to_owned())], "Try again in 30 seconds."),
                (vec![], "Wait a minute, then try again."),
            ] {
                let (code, message) = ("too_many_requests".into(), "Slow down".into());
                page.fails_once(
                    On::post(LIST),
                    What::Error { status: 429, code, message, meta: Value::Null, headers },
                );
                invite(page, "patient@example.org").await;
                page.see(alert(sentence)).await;
                page.holds(email(), "patient@example.org").await;
                page.focus_is_on(send()).await;
            }
            assert_eq!(page.requests("POST", LIST).len(), 2);
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
            for (fault, sentence) in [
                (html(403), "Clerk has trouble at the moment. Try again in a minute."),
                (html(503), "Clerk has trouble at the moment (HTTP status 503)."),
                (
                    What::Answer {
                        status: 200,
                        body: Body::Json(json!({ "response": {} })),
                        headers: vec![],
                    },
                    "did not confirm it",
                ),
                (What::Drop, "Clerk could not be reached. Check your connection."),
            ] {
                page.fails_once(On::post(LIST), fault);
                invite(page, "doubt@example.org").await;
                page.see(alert(sentence)).await;
                page.see(alert("Clerk’s list has no such invitation. The address is still in the box."))
                    .await;
                page.holds(email(), "doubt@example.org").await;
            }
            assert!(!is_pending(page, "org_acme", "doubt@example.org"));
            page.click(send()).await;
            page.is_told("Invitation sent to doubt@example.org.").await;
        })
        .await;
}

#[tokio::test]
async fn an_invitation_whose_answer_was_lost_is_recognised_and_not_sent_twice() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.fails_once(On::post(LIST), What::AppliedThenLost);
            invite(page, "Lost@Example.org").await;
            page.is_told("an invitation to Lost@Example.org is pending.").await;
            page.holds(email(), "").await;
            page.settled().await;
            let rows = page.rows().await;
            assert!(rows[0].email == "lost@example.org", "{:?}", rows[0]);
            assert_eq!(page.requests("POST", LIST).len(), 1);
        })
        .await;
}

#[tokio::test]
async fn when_nothing_can_be_found_out_no_success_is_claimed() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.fails(On::any(LIST), What::Drop);
            invite(page, "unknown@example.org").await;
            page.see(alert(
                "It could not be found out whether the invitation to unknown@example.org went out.",
            ))
            .await;
            page.see(alert("Look for it in the list before you send it again.")).await;
            page.holds(email(), "unknown@example.org").await;
            page.see(alert("What you see may be out of date")).await;
            page.is_accessible("an invitation of which nothing is known").await;
            assert_eq!(page.requests("POST", LIST).len(), 1);
            assert_eq!(page.said().await, "");
        })
        .await;
}

#[tokio::test]
async fn offline_no_success_is_claimed_and_back_online_it_goes_out() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.be_offline(true).await;
            invite(page, "offline@example.org").await;
            page.see(any("alert").within(region("Invite"))).await;
            page.holds(email(), "offline@example.org").await;
            assert_eq!(page.said().await, "");
            assert!(!is_pending(page, "org_acme", "offline@example.org"));
            page.is_accessible("offline").await;
            page.be_offline(false).await;
            page.click(send()).await;
            page.is_told("Invitation sent to offline@example.org.").await;
            assert!(is_pending(page, "org_acme", "offline@example.org"));
        })
        .await;
}

#[tokio::test]
async fn roles_are_offered_by_name_with_their_description_and_the_default_is_chosen() {
    Stage::signed_in("user_ada", Some("org_studio"))
        .play(async |page| {
            page.open_list("").await;
            let names: Vec<String> = page
                .eval(
                    "return [...find(arguments[0])[0].options].map((one) => one.text)",
                    json!(combobox("Role")),
                )
                .await;
            assert_eq!(names, ["Admin", "Member", "Editor", "People lead", "Guest"]);
            page.is_described_by(combobox("Role"), "Works in the organization.").await;
            page.choose(combobox("Role"), "Editor").await;
            page.is_described_by(combobox("Role"), "Writes and edits.").await;
            page.choose(combobox("Role"), "Guest").await;
            page.has(combobox("Role"), "aria-describedby", None).await;
            invite(page, "visitor@example.org").await;
            page.is_told("Invitation sent to visitor@example.org.").await;
            page.settled().await;
            assert_eq!(page.rows().await[0].role, "Guest");
            assert_eq!(page.requests("POST", LIST)[0].field("role"), Some("org:guest"));
        })
        .await;
}

#[tokio::test]
async fn without_a_default_in_the_set_a_role_has_to_be_chosen() {
    for default in [None, Some("org:former")] {
        Stage::admin()
            .world(|world| world.environment.default_role = default.map(str::to_owned))
            .play(async |page| {
                page.open_list("").await;
                page.holds(combobox("Role"), "").await;
                invite(page, "somebody@example.org").await;
                page.is_described_by(combobox("Role"), "Choose the role that this person is to have.").await;
                page.focus_is_on(combobox("Role")).await;
                page.is_accessible("no role chosen").await;
                assert_eq!(page.requests("POST", LIST).len(), 0);
                page.choose(combobox("Role"), "Admin").await;
                page.click(send()).await;
                page.is_told("Invitation sent to somebody@example.org.").await;
                assert_eq!(page.requests("POST", LIST)[0].field("role"), Some("org:admin"));
            })
            .await;
    }
}

#[tokio::test]
async fn more_roles_than_one_answer_holds_are_all_offered() {
    Stage::admin()
        .world(|world| {
            for n in 0..130 {
                world.add_role(
                    "org_acme",
                    &format!("org:role_{n}"),
                    &format!("Role {n}"),
                    "",
                    &[MANAGE_MEMBERSHIPS],
                );
            }
        })
        .play(async |page| {
            page.open_list("").await;
            let count: usize =
                page.eval("return find(arguments[0])[0].options.length", json!(combobox("Role"))).await;
            assert_eq!(count, 132);
            page.choose(combobox("Role"), "Role 129").await;
            invite(page, "last@example.org").await;
            page.is_told("Invitation sent to last@example.org.").await;
            assert_eq!(page.requests("POST", LIST)[0].field("role"), Some("org:role_129"));
        })
        .await;
}

#[tokio::test]
async fn roles_on_their_way_empty_or_failing_leave_no_dead_form() {
    Stage::admin()
        .play(async |page| {
            let gate = page.control.gate(On::get(ROLES));
            page.open("").await;
            page.range_is("1–10 of 57").await;
            page.has(combobox("Role"), "aria-busy", Some("true")).await;
            page.has(send(), "aria-disabled", Some("true")).await;
            invite(page, "early@example.org").await;
            page.is_accessible("roles on their way").await;
            page.fails(On::get(ROLES), What::Drop);
            page.hurry().await;
            gate.open();
            let retry = || button("Try again").within(region("Invite"));
            page.see(retry()).await;
            assert!(
                page.text(region("Invite"))
                    .await
                    .contains("The roles could not be loaded. Clerk could not be reached.")
            );
            page.has(send(), "aria-disabled", Some("true")).await;
            page.is_accessible("roles that could not be loaded").await;
            page.control.clear_faults();
            let none = Body::Json(json!({ "response": { "data": [], "total_count": 0 } }));
            page.fails_once(On::get(ROLES), What::Answer { status: 200, body: none, headers: vec![] });
            page.click(retry()).await;
            page.until_true(
                "no roles",
                "return clean(document.body.innerText).includes('This organization has no roles to give.')",
                json!(null),
            )
            .await;
            page.is_accessible("no roles").await;
            page.click(retry()).await;
            page.settled().await;
            page.holds(email(), "early@example.org").await;
            assert_eq!(page.requests("POST", LIST).len(), 0);
            page.click(send()).await;
            page.is_told("Invitation sent to early@example.org.").await;
        })
        .await;
}

#[tokio::test]
async fn while_roles_are_migrated_the_form_is_locked_and_says_why() {
    Stage::admin()
        .world(|world| world.organizations.get_mut("org_acme").expect("Acme").role_set_migration = true)
        .play(async |page| {
            page.open("").await;
            page.range_is("1–10 of 57").await;
            page.until_true("the reason", "return clean(document.body.innerText).includes('The roles of this organization are being migrated.')", json!(null)).await;
            page.is(combobox("Role"), ":disabled").await;
            page.has(send(), "aria-disabled", Some("true")).await;
            invite(page, "early@example.org").await;
            page.press(Key::Enter).await;
            page.is_accessible("roles being migrated").await;
            assert_eq!(page.requests("POST", LIST).len(), 0);
        })
        .await;
}

#[tokio::test]
async fn a_role_that_went_meanwhile_is_said_at_the_role_and_permission_lost_above_the_form() {
    Stage::signed_in("user_ada", Some("org_studio"))
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
            page.is_described_by(combobox("Role"), "This role does not exist any more. Choose another one.")
                .await;
            page.focus_is_on(combobox("Role")).await;
            page.control.change(|world| world.add_membership("org_studio", "user_ada", MEMBER));
            page.choose(combobox("Role"), "Member").await;
            page.click(send()).await;
            page.see(alert("You may no longer manage the members of this organization.")).await;
            page.holds(email(), "late@example.org").await;
            assert!(!is_pending(page, "org_studio", "late@example.org"));
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
            page.settled().await;
            let seats = page.text(region("Seats")).await;
            assert!(seats.contains("4 pending invitations of 10 seats No seat is left."), "{seats}");
            page.is_accessible("no seat left").await;
            invite(page, "eleventh@example.org").await;
            page.see(alert(
                "The organization is full: members and pending invitations have reached its maximum.",
            ))
            .await;
            page.holds(email(), "eleventh@example.org").await;
            assert!(!is_pending(page, "org_nearly", "eleventh@example.org"));
            let first = page.rows().await.pop().expect("a row").email;
            page.click(button(&format!("Revoke the invitation of {first}"))).await;
            page.click(button("Revoke invitation")).await;
            page.is_told(&format!("The invitation of {first} is revoked.")).await;
            page.click(send()).await;
            page.is_told("Invitation sent to eleventh@example.org.").await;
            let sent = page.control.change(|world| world.invitations.count("org_nearly", &Status::Pending));
            assert_eq!(sent, 4);
        })
        .await;
}
