//! The invitee's side.

use sandbox::world::now_ms;
use sandbox::{Control, Status};

use crate::support::Browser;
use crate::{acme, open};

fn invited(email: &str) -> (Control, String) {
    let (control, _) = acme();
    let id = control.change(|w| {
        w.greeting = None;
        w.invite("org_acme", email, "org:member", Status::Pending, now_ms())
    });
    (control, id)
}

fn ticket(control: &Control, id: &str) -> String {
    control.change(|w| w.invitations.by_id(id).expect("the invitation").ticket())
}

fn status(control: &Control, id: &str) -> Status {
    control.change(|w| w.invitations.by_id(id).expect("the invitation").status.clone())
}

#[tokio::test]
async fn a_ticket_signs_in_whom_it_was_sent_to() {
    let (control, id) = invited("nora@demo.test");
    let ticket = ticket(&control, &id);
    let mut browser = Browser::new(&control);
    let reply = browser.post("/v1/client/sign_ins", &[("strategy", "ticket"), ("ticket", &ticket)]).await;
    assert_eq!(reply.body["response"]["status"], "complete");
    assert_eq!(reply.body["client"]["sessions"][0]["last_active_organization_id"], "org_acme");
    assert_eq!(status(&control, &id), Status::Accepted);
}

#[tokio::test]
async fn where_a_ticket_does_not_activate_and_one_must_be_chosen_the_session_waits_for_that() {
    let (control, id) = invited("nora@demo.test");
    control.change(|w| {
        w.environment.ticket_activates = false;
        w.environment.force_organization_selection = true;
    });
    let form = [("strategy", "ticket"), ("ticket", &*ticket(&control, &id))];
    let reply = Browser::new(&control).post("/v1/client/sign_ins", &form).await;
    assert_eq!(reply.body["client"]["sessions"][0]["status"], "pending");
    assert_eq!(status(&control, &id), Status::Accepted);
}

#[tokio::test]
async fn a_ticket_leaves_who_is_signed_in_alone_and_the_invitation_pending() {
    let (control, id) = invited("nora@demo.test");
    let ticket = ticket(&control, &id);
    let (control, mut browser) = open(control.change(|w| w.clone()), "user_max");
    browser.get("/v1/client").await;
    let reply = browser.post("/v1/client/sign_ins", &[("strategy", "ticket"), ("ticket", &ticket)]).await;
    assert_eq!((reply.status, reply.code()), (400, "session_exists"));
    assert_eq!(status(&control, &id), Status::Pending);
}

#[tokio::test]
async fn a_ticket_signs_up_who_has_no_account() {
    let (control, id) = invited("new@demo.test");
    let ticket = ticket(&control, &id);
    let mut browser = Browser::new(&control);
    let begun = browser.post("/v1/client/sign_ups", &[("strategy", "ticket"), ("ticket", &ticket)]).await;
    assert_eq!(begun.body["response"]["missing_fields"], serde_json::json!(["password"]));
    let path = format!("/v1/client/sign_ups/{}", begun.body["response"]["id"].as_str().expect("an id"));
    let short = browser.call("PATCH", &path, &[("password", "short")]).await;
    assert_eq!(short.code(), "form_password_length_too_short");
    let done = browser.call("PATCH", &path, &[("first_name", "New"), ("password", "long-enough")]).await;
    assert_eq!(done.body["response"]["status"], "complete");
    assert_eq!(done.body["client"]["sessions"][0]["user"]["first_name"], "New");
    assert_eq!(status(&control, &id), Status::Accepted);
}

#[tokio::test]
async fn a_ticket_without_a_pending_invitation_says_why() {
    let (control, id) = invited("nora@demo.test");
    let ticket = ticket(&control, &id);
    for (now, code) in [
        (Status::Expired, "ticket_expired_code"),
        (Status::Revoked, "organization_invitation_revoked_code"),
        (Status::Accepted, "organization_invitation_already_accepted"),
    ] {
        control.change(|w| w.invitations.set_status(&id, now));
        let form = [("strategy", "ticket"), ("ticket", ticket.as_str())];
        assert_eq!(Browser::new(&control).post("/v1/client/sign_ins", &form).await.code(), code);
    }
    let form = [("strategy", "ticket"), ("ticket", "ticket_of_nobody")];
    assert_eq!(Browser::new(&control).post("/v1/client/sign_ins", &form).await.code(), "ticket_invalid_code");
}

#[tokio::test]
async fn there_is_no_sign_up_without_a_ticket() {
    let (control, _) = invited("new@demo.test");
    let reply = Browser::new(&control).post("/v1/client/sign_ups", &[("email_address", "x@y.test")]).await;
    assert_eq!((reply.status, reply.code()), (403, "sign_up_mode_restricted"));
}

#[tokio::test]
async fn who_is_signed_in_finds_and_accepts_their_own_invitations_only() {
    let (control, id) = invited("nora@demo.test");
    let other = control.change(|w| w.invite("org_acme", "else@x.test", "org:member", Status::Pending, 1));
    let (control, mut browser) = open(control.change(|w| w.clone()), "user_nora");
    browser.get("/v1/client").await;
    let own = browser.get("/v1/me/organization_invitations?status=pending").await;
    assert_eq!(own.body["response"]["total_count"], 1);
    assert_eq!(own.body["response"]["data"][0]["public_organization_data"]["name"], "Acme");
    let accept = |id: &str| format!("/v1/me/organization_invitations/{id}/accept");
    assert_eq!(browser.post(&accept(&other), &[]).await.code(), "organization_invitation_not_found");
    assert_eq!(browser.post(&accept(&id), &[]).await.body["response"]["status"], "accepted");
    assert_eq!(browser.post(&accept(&id), &[]).await.code(), "organization_invitation_not_pending");
    control.change(|w| assert!(w.organizations["org_acme"].membership_of("user_nora").is_some()));
}

#[tokio::test]
async fn a_ticket_tells_who_has_an_account_from_who_has_none() {
    for (email, path, code) in [
        ("nora@demo.test", "/v1/client/sign_ups", "organization_invitation_identification_already_exists"),
        ("new@demo.test", "/v1/client/sign_ins", "organization_invitation_identification_not_exist"),
    ] {
        let (control, id) = invited(email);
        let ticket = ticket(&control, &id);
        let form = [("strategy", "ticket"), ("ticket", ticket.as_str())];
        let reply = Browser::new(&control).post(path, &form).await;
        assert_eq!((reply.status, reply.code()), (400, code));
        assert_eq!(status(&control, &id), Status::Pending);
    }
}

#[tokio::test]
async fn a_full_organization_lets_nobody_in_and_makes_no_account() {
    let full = |control: &Control| {
        control.change(|w| w.organizations.get_mut("org_acme").expect("acme").max_allowed_memberships = 2);
    };
    let (control, id) = invited("nora@demo.test");
    full(&control);
    let ticket_of_nora = ticket(&control, &id);
    let form = [("strategy", "ticket"), ("ticket", ticket_of_nora.as_str())];
    let reply = Browser::new(&control).post("/v1/client/sign_ins", &form).await;
    assert_eq!((reply.status, reply.code()), (403, "organization_membership_quota_exceeded"));
    assert_eq!(status(&control, &id), Status::Pending);

    let (control, id) = invited("new@demo.test");
    full(&control);
    let mut browser = Browser::new(&control);
    let ticket = ticket(&control, &id);
    let form = [("strategy", "ticket"), ("ticket", ticket.as_str())];
    let begun = browser.post("/v1/client/sign_ups", &form).await;
    let path = format!("/v1/client/sign_ups/{}", begun.body["response"]["id"].as_str().expect("an id"));
    let reply = browser.call("PATCH", &path, &[("password", "long-enough")]).await;
    assert_eq!(reply.code(), "organization_membership_quota_exceeded");
    assert!(control.change(|w| w.user_by_email("new@demo.test").is_none()));
}

#[tokio::test]
async fn only_a_verified_address_of_an_account_receives_invitations() {
    for (is_verified, count) in [(true, 1), (false, 0)] {
        let (control, _) = invited("nora@home.test");
        control.change(|w| w.add_address("user_nora", "nora@home.test", is_verified));
        let (_control, mut browser) = open(control.change(|w| w.clone()), "user_nora");
        browser.get("/v1/client").await;
        let own = browser.get("/v1/me/organization_invitations").await;
        assert_eq!(own.body["response"]["total_count"], count);
    }
}
