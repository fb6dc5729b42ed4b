//! Inviting somebody.

use sandbox::world::{MANAGE_MEMBERSHIPS, MEMBER};
use sandbox::{Body, On, Status, What};
use serde_json::{Value, json};
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
        .play(async |page| {
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
            page.see(row("grace@navy.test New")).await;
            page.has_seats("58 pending invitations").await;
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
async fn enter_takes_in_then_sends_and_enter_with_a_click_at_once_sends_only_one() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.write(addresses(), "first@enter.test").await;
            page.press(Key::Enter).await;
            page.keeps(&["first@enter.test"]).await;
            page.holds(addresses(), "").await;
            assert_eq!(page.requests("POST", "/**").len(), 0);
            page.press(Key::Enter).await;
            page.is_told("Invitation sent to first@enter.test.").await;
            let gate = page.control.gate(On::post(LIST));
            page.write(addresses(), "second@enter.test").await;
            page.press(Key::Enter + Key::Enter + Key::Enter).await;
            page.click(sender()).await;
            gate.reached(1).await;
            gate.open();
            page.is_told("Invitation sent to second@enter.test.").await;
            page.settled().await;
            assert_eq!(page.requests("POST", LIST).len(), 2);
            // With Ctrl, Enter sends at once.
            page.write(addresses(), "third@enter.test").await;
            let keys = Key::Control + Key::Enter;
            page.element(&addresses()).await.send_keys(keys).await.expect("keys");
            page.is_told("Invitation sent to third@enter.test.").await;
            assert_eq!(page.requests("POST", LIST).len(), 3);
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
async fn a_text_that_cannot_be_an_address_is_marked_and_nothing_is_sent() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.click(sender()).await;
            page.is_described_by(addresses(), "Type the address of the person whom you want to invite.")
                .await;
            page.has(addresses(), "aria-invalid", Some("true")).await;
            page.focus_is_on(addresses()).await;
            let long = format!("{}@c.test", "a".repeat(300));
            for (address, sentence) in [
                ("ada", "it has no @"),
                ("a@b@c.test", "it has more than one @"),
                ("@b.test", "nothing stands before the @"),
                ("a@", "nothing stands after the @"),
                ("a@b", "is not a domain like example.com"),
                ("a@b..test", "is not a domain like example.com"),
                ("a\\b@c.test", "it holds “\\”"),
                (&long, "it is too long"),
            ] {
                page.write(addresses(), address).await;
                page.has(addresses(), "aria-invalid", Some("false")).await;
                page.click(sender()).await;
                page.says_of(address, sentence).await;
                page.is_described_by(addresses(), "Nothing here can be sent as it is.").await;
                page.has(addresses(), "aria-invalid", Some("true")).await;
                page.focus_is_on(addresses()).await;
                page.holds(addresses(), "").await;
            }
            page.is_accessible("texts that cannot be addresses").await;
            assert_eq!(page.requests("POST", "/**").len(), 0);
        })
        .await;
}

#[tokio::test]
async fn what_comes_along_with_an_address_is_cleaned_away() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            for (written, address) in [
                ("b\u{202e}@c.test", "b@c.test"),
                ("\u{feff}c\u{200b}@c.test\u{a0}", "c@c.test"),
                ("<d@c.test>", "d@c.test"),
                ("(e@c.test)", "e@c.test"),
                ("Fay Doe <f@c.test>", "f@c.test"),
                ("mailto:g@c.test", "g@c.test"),
            ] {
                invite(page, written).await;
                page.is_told(&format!("Invitation sent to {address}.")).await;
                page.holds(addresses(), "").await;
                assert!(is_pending(page, "org_acme", address));
            }
            // A comma ends an address while it is typed; what stands behind it is another one.
            page.write(addresses(), "h@c.test,i@c.test").await;
            page.keeps(&["h@c.test"]).await;
            page.holds(addresses(), "i@c.test").await;
            page.click(sender()).await;
            page.is_told("2 sent").await;
            assert!(is_pending(page, "org_acme", "h@c.test") && is_pending(page, "org_acme", "i@c.test"));
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
            page.is_told(&format!("{pending}: An invitation is pending already")).await;
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
            let mut is_first = true;
            for (status, code, parameter, sentence) in [
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
                (400, "brand_new_code", None, "In Clerk's own words."),
                (
                    422,
                    "form_param_value_invalid",
                    Some("role"),
                    "This role can’t be given by invitation. Choose another one.",
                ),
                (
                    404,
                    "resource_not_found",
                    Some("role"),
                    "This role does not exist any more. Choose another one.",
                ),
            ] {
                page.fails_once(On::post(LIST), refusal(status, code, parameter));
                if std::mem::take(&mut is_first) {
                    page.write(addresses(), "refused@example.org").await;
                }
                page.click(sender()).await;
                page.says_of("refused@example.org", sentence).await;
                page.is_told(
                    &format!("refused@example.org: {sentence}").replace(": belongs", ": This person belongs"),
                )
                .await;
                assert_eq!(page.entry("refused@example.org").await.tone, "danger");
                page.keeps(&["refused@example.org"]).await;
                page.focus_is_on(addresses()).await;
                page.settled().await;
            }
            page.is_accessible("an address refused").await;
            page.fails_once(
                On::post(LIST),
                What::Answer { status: 400, body: Body::Json(json!({ "errors": [] })), headers: vec![] },
            );
            page.press(Key::Enter).await;
            page.says_of("refused@example.org", "Clerk refused without saying why.").await;
            page.focus_is_on(addresses()).await;
            assert!(!is_pending(page, "org_acme", "refused@example.org"));
            page.press(Key::Enter).await;
            page.is_told("Invitation sent to refused@example.org.").await;
            page.keeps(&[]).await;
        })
        .await;
}

#[tokio::test]
async fn a_refusal_that_concerns_everything_is_said_in_its_own_words_and_the_address_is_kept() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.write(addresses(), "kept@example.org,").await;
            for (status, code, sentence) in [
                (402, "insufficient_seats", "All paid seats are taken. Buy more seats, then invite again."),
                (403, "organization_membership_quota_exceeded", "The organization is full"),
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
                (401, "authentication_invalid", "Your session has ended. Sign in again."),
            ] {
                page.fails_once(On::post(LIST), refusal(status, code, None));
                page.click(sender()).await;
                page.is_told(&format!("kept@example.org: {sentence}")).await;
                page.says_of("kept@example.org", "Not sent yet").await;
                page.keeps(&["kept@example.org"]).await;
                page.focus_is_on(addresses()).await;
                page.settled().await;
            }
            page.is_accessible("a refusal that concerns everything").await;
            assert!(!is_pending(page, "org_acme", "kept@example.org"));
            // A lock is waited out.
            page.fails_once(On::post(LIST), refusal(409, "resource_locked", None));
            page.press(Key::Enter).await;
            page.is_told("Invitation sent to kept@example.org.").await;
            page.keeps(&[]).await;
            page.no_longer_see(any("alert")).await;
        })
        .await;
}

#[tokio::test]
async fn too_many_requests_are_waited_out_and_the_seconds_counted_down() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            for (headers, first, address) in [
                (
                    vec![("Retry-After".to_owned(), "7".to_owned())],
                    "It goes on in 7 seconds.",
                    "a@patient.test",
                ),
                (vec![], "It goes on in 5 seconds.", "b@patient.test"),
            ] {
                let (code, message) = ("too_many_requests".into(), "Slow down".into());
                page.fails_once(
                    On::post(LIST),
                    What::Error { status: 429, code, message, meta: Value::Null, headers },
                );
                invite(page, address).await;
                page.progresses(first).await;
                page.says_of(address, "Waiting").await;
                page.is_accessible("a wait that Clerk asked for").await;
                page.progresses("It goes on in 1 second.").await;
                page.is_told(&format!("Invitation sent to {address}.")).await;
            }
            assert_eq!(page.requests("POST", LIST).len(), 4);
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
                [(html(403), "a@doubt.test"), (empty.clone(), "b@doubt.test"), (What::Drop, "c@doubt.test")]
            {
                page.fails_once(On::post(LIST), fault);
                invite(page, address).await;
                page.is_told(&format!("Invitation sent to {address}.")).await;
                posts += 2;
                assert_eq!(page.requests("POST", LIST).len(), posts);
            }
            // At most three times.
            for (fault, sentence) in [
                (html(403), "Clerk has trouble at the moment. Try again in a minute."),
                (html(503), "Clerk has trouble at the moment (HTTP status 503)."),
                (empty, "Clerk’s answer did not confirm it."),
            ] {
                page.fails(On::post(LIST), fault);
                if posts == 6 {
                    page.write(addresses(), "kept@doubt.test").await;
                }
                page.click(sender()).await;
                page.says_of("kept@doubt.test", "Not sent: Clerk’s list has no such invitation.").await;
                page.says_of("kept@doubt.test", sentence).await;
                page.control.clear_faults();
                posts += 3;
                assert_eq!(page.requests("POST", LIST).len(), posts);
                page.is_told("kept@doubt.test: Not sent").await;
            }
            assert!(!is_pending(page, "org_acme", "kept@doubt.test"));
            page.click(sender()).await;
            page.is_told("Invitation sent to kept@doubt.test.").await;
        })
        .await;
}

#[tokio::test]
async fn an_invitation_whose_answer_was_lost_is_recognised_and_not_sent_twice() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            // Whether anything was pending before is not known yet, so it is not claimed that this went out now.
            page.fails_once(On::post(LIST), What::AppliedThenLost);
            invite(page, "Lost@Example.org").await;
            page.is_told("Lost@Example.org: An invitation is pending already").await;
            page.holds(addresses(), "").await;
            page.keeps(&[]).await;
            page.settled().await;
            let rows = page.rows().await;
            assert!(rows[0].email == "lost@example.org" && !rows[0].is_new, "{:?}", rows[0]);
            // Once it is known that nothing was, it is.
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
            assert_eq!(page.requests("POST", LIST).len(), 2);
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
            let sentence = "It could not be found out whether this went out. Look for it in the list before you send it again.";
            page.says_of("unknown@example.org", sentence).await;
            page.is_told(&format!("unknown@example.org: {sentence}")).await;
            page.keeps(&["unknown@example.org"]).await;
            page.see(alert("What you see may be out of date")).await;
            page.is_accessible("an invitation of which nothing is known").await;
            assert_eq!(page.requests("POST", LIST).len(), 1);
            assert!(!page.said().await.contains("sent to"));
        })
        .await;
}

#[tokio::test]
async fn offline_from_the_start_no_success_is_claimed_and_back_online_it_goes_out() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.hurry().await;
            page.be_offline(true).await;
            invite(page, "offline@example.org").await;
            // What it takes to invite comes when it is needed, and does not come now.
            page.see(alert("What you typed is kept.").within(region("Invite"))).await;
            page.holds(addresses(), "offline@example.org").await;
            assert_eq!(page.said().await, "");
            assert!(!is_pending(page, "org_acme", "offline@example.org"));
            page.is_accessible("offline").await;
            page.be_offline(false).await;
            page.click(sender()).await;
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
                page.keeps(&["somebody@example.org"]).await;
                page.choose(combobox("Role"), "Admin").await;
                page.click(sender()).await;
                page.click(button("Send").within(dialog("Give this role?"))).await;
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
            page.click(button("Send").within(dialog("Give this role?"))).await;
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
            page.has(sender(), "aria-disabled", Some("true")).await;
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
            page.has(sender(), "aria-disabled", Some("true")).await;
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
            page.holds(addresses(), "early@example.org").await;
            assert_eq!(page.requests("POST", LIST).len(), 0);
            page.click(sender()).await;
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
            page.has(sender(), "aria-disabled", Some("true")).await;
            invite(page, "early@example.org").await;
            page.press(Key::Enter).await;
            page.is_accessible("roles being migrated").await;
            assert_eq!(page.requests("POST", LIST).len(), 0);
        })
        .await;
}

#[tokio::test]
async fn a_role_that_went_meanwhile_and_permission_lost_are_said_and_the_address_is_kept() {
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
            page.says_of("late@example.org", "This role does not exist any more. Choose another one.").await;
            page.until_true(
                "the role to be offered no longer",
                "return ![...find(arguments[0])[0].options].some((one) => one.text === 'Editor')",
                json!(combobox("Role")),
            )
            .await;
            page.control.change(|world| world.add_membership("org_studio", "user_ada", MEMBER));
            page.choose(combobox("Role"), "Member").await;
            page.click(sender()).await;
            page.is_told("late@example.org: You may no longer manage the members of this organization.")
                .await;
            page.see(heading("You can’t invite people here")).await;
            assert!(!is_pending(page, "org_studio", "late@example.org"));
            page.is_accessible("permission lost").await;
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
            page.has_seats("4 pending invitations of 10 seats No seat is left.").await;
            page.is_accessible("no seat left").await;
            invite(page, "eleventh@example.org").await;
            page.is_described_by(addresses(), "Nothing here can be sent as it is.").await;
            page.says_of("eleventh@example.org", "No seat left").await;
            page.keeps(&["eleventh@example.org"]).await;
            assert_eq!(page.requests("POST", LIST).len(), 1);
            assert!(!is_pending(page, "org_nearly", "eleventh@example.org"));
            let first = page.rows().await.pop().expect("a row").email;
            page.click(button(&format!("Revoke the invitation of {first}"))).await;
            page.click(button("Revoke invitation")).await;
            page.is_told(&format!("The invitation of {first} is revoked.")).await;
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
            page.is_told(
                "The organization is full: members and pending invitations have reached its maximum.",
            )
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
