//! Inviting and revoking.

use sandbox::world::{MANAGE_MEMBERSHIPS, now_ms};
use sandbox::{Bulk, Control, Status, World};

use crate::support::{Browser, Reply};
use crate::{acme, open};

const INVITATIONS: &str = "/v1/organizations/org_acme/invitations";

async fn invite(browser: &mut Browser, email: &str) -> Reply {
    browser.get("/v1/client").await;
    browser.post(INVITATIONS, &[("email_address", email), ("role", "org:member")]).await
}

async fn invite_all(browser: &mut Browser, emails: &[&str]) -> Reply {
    browser.get("/v1/client").await;
    let mut form: Vec<_> = emails.iter().map(|e| ("email_address", *e)).collect();
    form.push(("role", "org:member"));
    browser.post(&format!("{INVITATIONS}/bulk"), &form).await
}

async fn revoke(browser: &mut Browser, id: &str) -> Reply {
    browser.get("/v1/client").await;
    browser.post(&format!("{INVITATIONS}/{id}/revoke"), &[]).await
}

fn pending(control: &Control) -> usize {
    control.change(|w| w.pending_count("org_acme"))
}

fn limit_seats(control: &Control, seats: usize) {
    control.change(|w| w.organizations.get_mut("org_acme").expect("acme").max_allowed_memberships = seats);
}

#[tokio::test]
async fn an_invitation_sent_is_pending_and_counted() {
    let (control, mut browser) = acme();
    let reply = invite(&mut browser, "guest@example.org").await;
    assert_eq!((reply.status, &reply.body["response"]["status"]), (200, &"pending".into()));
    let memberships = &reply.body["client"]["sessions"][0]["user"]["organization_memberships"];
    assert_eq!(memberships[0]["organization"]["pending_invitations_count"], 1);
    assert_eq!(pending(&control), 1);
}

#[tokio::test]
async fn an_invitation_runs_out_after_thirty_days() {
    let (_control, mut browser) = acme();
    let reply = invite(&mut browser, "guest@example.org").await;
    let at = |field: &str| reply.body["response"][field].as_u64().expect("a time");
    assert_eq!(at("expires_at") - at("created_at"), 30 * 24 * 60 * 60 * 1000);
    assert!(reply.body["response"]["url"].is_null());
}

#[tokio::test]
async fn the_same_address_cannot_be_pending_twice_whatever_its_case() {
    let (control, mut browser) = acme();
    invite(&mut browser, "guest@example.org").await;
    let reply = invite(&mut browser, "Guest@Example.ORG").await;
    assert_eq!((reply.status, reply.code()), (400, "duplicate_record"));
    assert_eq!(pending(&control), 1);
}

#[tokio::test]
async fn a_revoked_address_may_be_invited_again() {
    let (_control, mut browser) = acme();
    let first = invite(&mut browser, "guest@example.org").await;
    revoke(&mut browser, first.body["response"]["id"].as_str().expect("an id")).await;
    assert_eq!(invite(&mut browser, "guest@example.org").await.status, 200);
}

#[tokio::test]
async fn a_revoked_invitation_cannot_be_revoked_again() {
    let (_control, mut browser) = acme();
    let first = invite(&mut browser, "guest@example.org").await;
    let id = first.body["response"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(revoke(&mut browser, &id).await.body["response"]["status"], "revoked");
    let again = revoke(&mut browser, &id).await;
    assert_eq!((again.status, again.code()), (404, "organization_invitation_not_pending"));
}

#[tokio::test]
async fn an_invitation_of_another_organization_is_not_found_here() {
    let (control, mut browser) = acme();
    let id = control.change(|w| {
        w.add_organization("org_other", "Other");
        w.invite("org_other", "guest@example.org", "org:member", Status::Pending, now_ms())
    });
    assert_eq!(revoke(&mut browser, &id).await.code(), "organization_invitation_not_found");
}

#[tokio::test]
async fn members_and_pending_invitations_share_the_seats() {
    let (control, mut browser) = acme();
    limit_seats(&control, 3);
    assert_eq!(invite(&mut browser, "third@example.org").await.status, 200);
    let reply = invite(&mut browser, "fourth@example.org").await;
    assert_eq!((reply.status, reply.code()), (403, "organization_membership_quota_exceeded"));
}

#[tokio::test]
async fn a_plain_member_neither_lists_nor_invites() {
    let (control, _) = acme();
    let (_control, mut browser) = open(control.change(|w| w.clone()), "user_max");
    let refused = invite(&mut browser, "guest@example.org").await;
    assert_eq!((refused.status, refused.code()), (403, "missing_organization_permission"));
    assert_eq!(browser.get(INVITATIONS).await.code(), "missing_organization_permission");
}

#[tokio::test]
async fn a_custom_role_that_manages_members_may_invite() {
    let (control, _) = acme();
    let mut world: World = control.change(|w| w.clone());
    world.add_role("org_acme", "org:people_lead", "People lead", "", &[MANAGE_MEMBERSHIPS]);
    world.add_membership("org_acme", "user_max", "org:people_lead");
    let (_control, mut browser) = open(world, "user_max");
    assert_eq!(invite(&mut browser, "guest@example.org").await.status, 200);
}

#[tokio::test]
async fn a_stranger_is_told_so() {
    let (control, _) = acme();
    let (_control, mut browser) = open(control.change(|w| w.clone()), "user_nora");
    assert_eq!(invite(&mut browser, "guest@example.org").await.code(), "not_a_member_in_organization");
}

#[tokio::test]
async fn a_role_migration_locks_inviting_and_shows_in_the_roles() {
    let (control, mut browser) = acme();
    control.change(|w| w.organizations.get_mut("org_acme").expect("acme").role_set_migration = true);
    let refused = invite(&mut browser, "guest@example.org").await;
    assert_eq!((refused.status, refused.code()), (409, "role_migration_in_progress"));
    let roles = browser.get("/v1/organizations/org_acme/roles").await;
    assert_eq!(roles.body["response"]["has_role_set_migration"], true);
}

#[tokio::test]
async fn an_instance_without_organizations_refuses_their_calls() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.organizations_enabled = false);
    assert_eq!(
        invite(&mut browser, "guest@example.org").await.code(),
        "organization_not_enabled_in_instance"
    );
}

#[tokio::test]
async fn many_are_invited_in_one_call_or_none() {
    let (control, mut browser) = acme();
    let reply = invite_all(&mut browser, &["a@example.org", "b@example.org", "A@example.org"]).await;
    assert_eq!(reply.body["response"].as_array().map(Vec::len), Some(2));
    let mixed = invite_all(&mut browser, &["c@example.org", "a@example.org"]).await;
    assert_eq!(mixed.body["errors"][0]["meta"]["email_addresses"], serde_json::json!(["a@example.org"]));
    assert_eq!(pending(&control), 2);
}

#[tokio::test]
async fn a_bulk_call_beyond_the_seats_creates_nothing() {
    let (control, mut browser) = acme();
    limit_seats(&control, 3);
    let reply = invite_all(&mut browser, &["a@example.org", "b@example.org"]).await;
    assert_eq!(reply.code(), "organization_membership_quota_exceeded");
    assert_eq!(pending(&control), 0);
}

#[tokio::test]
async fn a_bulk_call_can_be_told_to_do_what_it_can_and_answer_that() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.bulk = Bulk::PartialAnswered);
    let reply = invite_all(&mut browser, &["a@example.org", "max@demo.test"]).await;
    assert_eq!((reply.status, reply.body["response"].as_array().map(Vec::len)), (200, Some(1)));
    assert_eq!(pending(&control), 1);
}

#[tokio::test]
async fn a_bulk_call_can_be_told_to_do_what_it_can_and_refuse() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.bulk = Bulk::PartialRefused);
    let reply = invite_all(&mut browser, &["a@example.org", "max@demo.test"]).await;
    assert_eq!(reply.code(), "already_a_member_in_organization");
    assert_eq!(pending(&control), 1);
}

#[tokio::test]
async fn a_blocked_address_refuses_a_call_that_does_not_say_which_it_is() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.blocked.push("spam@example.org".to_owned()));
    for reply in [
        invite(&mut browser, "Spam@example.org").await,
        invite_all(&mut browser, &["a@example.org", "spam@example.org"]).await,
    ] {
        assert_eq!((reply.status, reply.code()), (403, "not_allowed_access"));
        assert!(!reply.body.to_string().contains("spam@example.org"), "{}", reply.body);
    }
    assert_eq!(pending(&control), 0);
}

#[tokio::test]
async fn the_limit_of_a_bulk_call_can_be_moved() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.bulk_limit = 2);
    let reply = invite_all(&mut browser, &["a@example.org", "b@example.org", "c@example.org"]).await;
    assert_eq!((reply.status, reply.code()), (400, "bulk_size_exceeded"));
}

#[tokio::test]
async fn what_is_no_address_is_refused_by_name_of_its_field() {
    let (_control, mut browser) = acme();
    let two_hundred = format!("{}@example.org", "x".repeat(250));
    for wrong in
        ["a", "@b.test", "a@", "a@b", "a b@c.test", "a@b@c.test", "a..b@c.test", "a@-b.test", &two_hundred]
    {
        let reply = invite(&mut browser, wrong).await;
        assert_eq!((reply.status, reply.code()), (422, "form_param_format_invalid"), "{wrong}");
        assert_eq!(reply.body["errors"][0]["meta"]["param_name"], "email_address");
    }
    for right in ["a@b.test", "o'neil+tag@example.co.uk", "büro@böcker.example", "\"quoted\"@example.org"] {
        assert_eq!(invite(&mut browser, right).await.status, 200, "{right}");
    }
}
