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
async fn a_ticket_says_whether_there_is_an_account_and_an_organization() {
    let (control, id) = invited("nora@demo.test");
    let known = ticket(&control, &id);
    let stranger =
        control.change(|w| w.invite("org_acme", "new@demo.test", "org:member", Status::Pending, 1));
    let stranger = ticket(&control, &stranger);
    let form = |ticket: &'static str| [("strategy", "ticket"), ("ticket", ticket)];
    let reply = Browser::new(&control).post("/v1/client/sign_ups", &form(known.clone().leak())).await;
    assert_eq!((reply.status, reply.code()), (400, "organization_invitation_identification_already_exists"));
    let reply = Browser::new(&control).post("/v1/client/sign_ins", &form(stranger.leak())).await;
    assert_eq!((reply.status, reply.code()), (400, "organization_invitation_identification_not_exist"));
    control.change(|w| w.organizations.remove("org_acme"));
    let reply = Browser::new(&control).post("/v1/client/sign_ins", &form(known.leak())).await;
    assert_eq!(reply.code(), "organization_invitation_to_deleted_organization");
}

#[tokio::test]
async fn a_suggested_organization_can_be_asked_once_to_let_one_join() {
    let (control, _) = acme();
    let id = control.change(|w| w.suggest("org_acme", "user_nora"));
    let (control, mut browser) = open(control.change(|w| w.clone()), "user_nora");
    browser.get("/v1/client").await;
    let list = browser.get("/v1/me/organization_suggestions?status=pending&status=accepted").await;
    assert_eq!(list.body["response"]["data"][0]["public_organization_data"]["name"], "Acme");
    assert_eq!(list.body["response"]["data"][0]["status"], "pending");
    let path = format!("/v1/me/organization_suggestions/{id}/accept");
    assert_eq!(browser.post(&path, &[]).await.body["response"]["status"], "accepted");
    assert_eq!(browser.post("/v1/me/organization_suggestions/else/accept", &[]).await.status, 404);
    control.change(|w| assert!(w.organizations["org_acme"].membership_of("user_nora").is_none()));
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
