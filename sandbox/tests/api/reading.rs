//! What a read brings along, and what cannot be read.

use crate::support::Browser;
use crate::{acme, open};

const LISTS: [&str; 5] = ["invitations", "roles", "memberships", "membership_requests", "domains"];

#[tokio::test]
async fn a_read_brings_the_client_with_counts_as_they_are_now() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.domains_enabled = true);
    browser.get("/v1/client").await;
    control.change(|w| w.add_membership("org_acme", "user_nora", "org:member"));
    for list in LISTS {
        let reply = browser.get(&format!("/v1/organizations/org_acme/{list}")).await;
        let memberships = &reply.body["client"]["sessions"][0]["user"]["organization_memberships"];
        assert_eq!(memberships[0]["organization"]["members_count"], 3, "{list}");
    }
}

#[tokio::test]
async fn a_read_can_be_told_to_leave_the_client_out() {
    let (control, _) = acme();
    control.change(|w| w.environment.client_on_reads = false);
    let mut browser = Browser::unchecked(&control);
    browser.get("/v1/client").await;
    assert!(browser.get("/v1/organizations/org_acme/roles").await.body["client"].is_null());
    let renamed = browser.call("PATCH", "/v1/organizations/org_acme", &[("name", "Acme")]).await;
    assert!(renamed.body["client"].is_object(), "a change carries it all the same");
}

#[tokio::test]
async fn a_page_that_cannot_be_is_refused_by_every_list() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.domains_enabled = true);
    browser.get("/v1/client").await;
    let own = ["organization_invitations", "organization_memberships", "organization_suggestions"];
    let lists = LISTS.iter().map(|l| format!("/v1/organizations/org_acme/{l}"));
    for list in lists.chain(own.iter().map(|l| format!("/v1/me/{l}"))) {
        let reply = browser.get(&format!("{list}?limit=501")).await;
        assert_eq!((reply.status, reply.code()), (422, "form_param_value_invalid"), "{list}");
    }
}

#[tokio::test]
async fn a_plain_member_reads_neither_requests_nor_domains() {
    let (control, _) = acme();
    let (control, mut browser) = open(control.change(|w| w.clone()), "user_max");
    control.change(|w| w.environment.domains_enabled = true);
    browser.get("/v1/client").await;
    for list in ["membership_requests", "domains"] {
        let reply = browser.get(&format!("/v1/organizations/org_acme/{list}")).await;
        assert_eq!((reply.status, reply.code()), (403, "missing_organization_permission"), "{list}");
    }
}

#[tokio::test]
async fn an_instance_without_domains_refuses_their_calls() {
    let (_control, mut browser) = acme();
    browser.get("/v1/client").await;
    let refused = browser.get("/v1/organizations/org_acme/domains").await;
    assert_eq!((refused.status, refused.code()), (403, "organization_domains_not_enabled"));
    let settings = browser.get("/v1/environment").await;
    assert_eq!(settings.body["organization_settings"]["domains"]["enabled"], false);
}
