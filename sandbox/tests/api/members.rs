//! Members: added by id, changed, removed, and the last who can look after the others.

use crate::acme;

const MEMBERS: &str = "/v1/organizations/org_acme/memberships";

#[tokio::test]
async fn an_admin_adds_a_user_by_id_once() {
    let (control, mut browser) = acme();
    browser.get("/v1/client").await;
    let form = [("user_id", "user_nora"), ("role", "org:member")];
    let added = browser.post(MEMBERS, &form).await;
    assert_eq!(added.body["response"]["public_user_data"]["identifier"], "nora@demo.test");
    assert_eq!(added.body["response"]["organization"]["members_count"], 3);
    assert_eq!(browser.post(MEMBERS, &form).await.code(), "already_a_member_in_organization");
    let unknown = [("user_id", "user_nobody"), ("role", "org:member")];
    assert_eq!(browser.post(MEMBERS, &unknown).await.code(), "resource_not_found");
    control.change(|w| w.organizations.get_mut("org_acme").expect("acme").max_allowed_memberships = 3);
    control.change(|w| {
        w.add_user("user_late", "late@demo.test", "Late");
    });
    let late = [("user_id", "user_late"), ("role", "org:member")];
    assert_eq!(browser.post(MEMBERS, &late).await.code(), "organization_membership_quota_exceeded");
}

#[tokio::test]
async fn the_last_admin_neither_leaves_nor_is_demoted_nor_removed() {
    let (control, mut browser) = acme();
    browser.get("/v1/client").await;
    let ada = format!("{MEMBERS}/user_ada");
    let own = "/v1/me/organization_memberships/org_acme";
    for (method, path, form) in [
        ("PATCH", ada.as_str(), &[("role", "org:member")][..]),
        ("DELETE", ada.as_str(), &[][..]),
        ("DELETE", own, &[][..]),
    ] {
        let refused = browser.call(method, path, form).await;
        assert_eq!((refused.status, refused.code()), (400, "organization_minimum_permissions_needed"));
    }
    control.change(|w| w.add_membership("org_acme", "user_max", "org:admin"));
    assert_eq!(browser.call("DELETE", own, &[]).await.status, 200);
}

#[tokio::test]
async fn an_organization_is_deleted_only_where_that_is_enabled_and_its_tickets_say_so() {
    let (control, mut browser) = acme();
    browser.get("/v1/client").await;
    let place = "/v1/organizations/org_acme";
    let form = [("email_address", "nora@demo.test"), ("role", "org:member")];
    let sent = browser.post(&format!("{place}/invitations"), &form).await;
    assert_eq!(browser.call("DELETE", place, &[]).await.code(), "organization_admin_delete_not_enabled");
    control.change(|w| w.environment.admin_delete_enabled = true);
    let gone = browser.call("DELETE", place, &[]).await;
    assert_eq!(gone.body["response"]["deleted"], true);
    assert!(gone.body["client"]["sessions"][0]["last_active_organization_id"].is_null());
    let id = sent.body["response"]["id"].as_str().expect("an id");
    let ticket = control.change(|w| w.invitations.by_id(id).expect("it stays").ticket());
    let reply = browser.get(&format!("/v1/tickets/accept?ticket={ticket}")).await;
    assert_eq!(reply.code(), "organization_invitation_to_deleted_organization");
}

#[tokio::test]
async fn an_organization_takes_and_loses_a_logo() {
    let (_control, mut browser) = acme();
    browser.get("/v1/client").await;
    let logo = "/v1/organizations/org_acme/logo";
    assert_eq!(browser.call("PUT", logo, &[]).await.body["response"]["has_image"], true);
    assert_eq!(browser.call("DELETE", logo, &[]).await.body["response"]["deleted"], true);
    let now = browser.get("/v1/organizations/org_acme").await;
    assert_eq!(now.body["response"]["has_image"], false);
}
