//! Domains, the suggestions that come of them, and requests to join.

use sandbox::world::EnrollmentMode;
use sandbox::{Control, World};
use serde_json::json;

use crate::support::{Browser, Reply};
use crate::{acme, open};

const ACME: &str = "/v1/organizations/org_acme";

/// Ada's browser, in a world where Nora has asked to join Acme.
async fn asked() -> (Control, Browser, String) {
    let (control, mut browser) = acme();
    let id = control.change(|w| w.request_membership("org_acme", "user_nora"));
    browser.get("/v1/client").await;
    (control, browser, id)
}

async fn answer(browser: &mut Browser, request: &str, how: &str) -> Reply {
    browser.post(&format!("{ACME}/membership_requests/{request}/{how}"), &[]).await
}

fn is_member(control: &Control) -> bool {
    control.change(|w| w.organizations["org_acme"].membership_of("user_nora").is_some())
}

#[tokio::test]
async fn an_accepted_request_makes_a_member_with_the_default_role_and_is_counted() {
    let (control, mut browser, id) = asked().await;
    let listed = browser.get(&format!("{ACME}/membership_requests?status=pending")).await;
    assert_eq!(listed.body["response"]["data"][0]["public_user_data"]["identifier"], "nora@demo.test");
    let accepted = answer(&mut browser, &id, "accept").await;
    assert_eq!(accepted.body["response"]["status"], "accepted");
    let memberships = &accepted.body["client"]["sessions"][0]["user"]["organization_memberships"];
    assert_eq!(memberships[0]["organization"]["members_count"], 3);
    control.change(|w| {
        let membership = w.organizations["org_acme"].membership_of("user_nora");
        assert_eq!(membership.map(|m| m.role.as_str()), Some("org:member"));
    });
    let left = browser.get(&format!("{ACME}/membership_requests?status=pending")).await;
    assert_eq!(left.body["response"]["total_count"], 0);
}

#[tokio::test]
async fn a_rejected_request_makes_nobody_a_member_and_cannot_be_accepted_later() {
    let (control, mut browser, id) = asked().await;
    assert_eq!(answer(&mut browser, &id, "reject").await.status, 200);
    let late = answer(&mut browser, &id, "accept").await;
    assert_eq!((late.status, late.code()), (404, "resource_not_found"));
    assert!(!is_member(&control));
}

#[tokio::test]
async fn a_full_organization_refuses_to_accept_and_the_request_stays() {
    let (control, mut browser, id) = asked().await;
    control.change(|w| w.organizations.get_mut("org_acme").expect("acme").max_allowed_memberships = 2);
    let refused = answer(&mut browser, &id, "accept").await;
    assert_eq!((refused.status, refused.code()), (403, "organization_membership_quota_exceeded"));
    control.change(|w| w.organizations.get_mut("org_acme").expect("acme").max_allowed_memberships = 3);
    assert_eq!(answer(&mut browser, &id, "accept").await.status, 200);
}

#[tokio::test]
async fn a_lost_right_refuses_to_answer_requests() {
    let (control, mut browser, id) = asked().await;
    control.change(|w| w.add_membership("org_acme", "user_ada", "org:member"));
    for how in ["accept", "reject"] {
        let refused = answer(&mut browser, &id, how).await;
        assert_eq!((refused.status, refused.code()), (403, "missing_organization_permission"));
    }
    assert!(!is_member(&control));
}

#[tokio::test]
async fn a_request_of_another_organization_and_of_a_member_is_refused() {
    let (control, mut browser, id) = asked().await;
    let other = control.change(|w| {
        w.add_organization("org_other", "Other");
        w.request_membership("org_other", "user_nora")
    });
    assert_eq!(answer(&mut browser, &other, "accept").await.code(), "resource_not_found");
    control.change(|w| w.add_membership("org_acme", "user_nora", "org:member"));
    assert_eq!(answer(&mut browser, &id, "accept").await.code(), "already_a_member_in_organization");
}

#[tokio::test]
async fn a_verified_domain_is_suggested_and_accepting_asks_to_join() {
    let (control, _) = acme();
    let mut world: World = control.change(|w| w.clone());
    world.add_address("user_nora", "Nora@Acme.test", true);
    world.add_user("user_unproved", "else@demo.test", "Else");
    world.add_address("user_unproved", "else@acme.test", false);
    world.add_verified_domain("org_acme", "acme.test", EnrollmentMode::AutomaticSuggestion);
    assert_eq!(world.suggestions.len(), 1, "an address that nobody has verified suggests nothing");
    let (control, mut browser) = open(world, "user_nora");
    browser.get("/v1/client").await;
    let listed = browser.get("/v1/me/organization_suggestions?status=pending&status=accepted").await;
    let row = &listed.body["response"]["data"][0];
    assert_eq!(row["public_organization_data"]["name"], "Acme");
    let path = format!("/v1/me/organization_suggestions/{}/accept", row["id"].as_str().expect("an id"));
    assert_eq!(browser.post(&path, &[]).await.body["response"]["status"], "accepted");
    assert_eq!(browser.post(&path, &[]).await.code(), "organization_suggestion_already_accepted");
    assert_eq!(control.change(|w| w.membership_requests.len()), 1);
}

#[tokio::test]
async fn a_domain_is_added_verified_by_a_code_and_then_suggested() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.domains_enabled = true);
    browser.get("/v1/client").await;
    let form = [("name", "Demo.test"), ("enrollment_mode", "automatic_suggestion")];
    let made = browser.post(&format!("{ACME}/domains"), &form).await;
    assert_eq!(made.body["response"]["verification"], json!(null));
    let one = format!("{ACME}/domains/{}", made.body["response"]["id"].as_str().expect("an id"));
    let foreign = [("affiliation_email_address", "ada@else.test")];
    let prepare = format!("{one}/prepare_affiliation_verification");
    assert_eq!(browser.post(&prepare, &foreign).await.code(), "organization_domain_mismatch");
    let own = [("affiliation_email_address", "ada@demo.test")];
    assert_eq!(browser.post(&prepare, &own).await.body["response"]["verification"]["status"], "unverified");
    let attempt = format!("{one}/attempt_affiliation_verification");
    assert_eq!(browser.post(&attempt, &[("code", "1")]).await.code(), "form_code_incorrect");
    let verified = browser.post(&attempt, &[("code", "424242")]).await;
    assert_eq!(verified.body["response"]["verification"]["status"], "verified");
    // Ada and Max belong to Acme; Nora does not.
    assert_eq!(verified.body["response"]["total_pending_suggestions"], 1);
    let again = browser.post(&format!("{ACME}/domains"), &form).await;
    assert_eq!(again.code(), "organization_domain_already_exists_same_organization");
}

#[tokio::test]
async fn another_mode_takes_suggestions_back_when_asked_and_a_domain_can_be_removed() {
    let (control, mut browser) = acme();
    let id = control.change(|w| {
        w.environment.domains_enabled = true;
        w.add_verified_domain("org_acme", "demo.test", EnrollmentMode::AutomaticSuggestion)
    });
    browser.get("/v1/client").await;
    let one = format!("{ACME}/domains/{id}");
    let form = [("enrollment_mode", "manual_invitation"), ("delete_pending", "true")];
    let changed = browser.post(&format!("{one}/update_enrollment_mode"), &form).await;
    assert_eq!(changed.body["response"]["enrollment_mode"], "manual_invitation");
    assert!(control.change(|w| w.suggestions.is_empty()));
    let manual =
        browser.get(&format!("{ACME}/domains?verified=true&enrollment_mode=manual_invitation")).await;
    assert_eq!(manual.body["response"]["total_count"], 1);
    assert_eq!(browser.call("DELETE", &one, &[]).await.body["response"]["deleted"], true);
    assert_eq!(browser.get(&one).await.status, 404);
}
