//! Signing in, working somewhere, signing out.

use sandbox::Control;
use sandbox::world::DEMO_PASSWORD;
use serde_json::Value;

use crate::support::{Browser, Reply};
use crate::{acme, open};

async fn sign_in(browser: &mut Browser, email: &str, password: &str) -> Reply {
    let begun = browser.post("/v1/client/sign_ins", &[("identifier", email)]).await;
    let Some(id) = begun.body["response"]["id"].as_str() else { return begun };
    let form = [("strategy", "password"), ("password", password)];
    browser.post(&format!("/v1/client/sign_ins/{id}/attempt_first_factor"), &form).await
}

fn stranger() -> (Control, Browser) {
    let (control, _) = acme();
    control.change(|w| w.greeting = None);
    let browser = Browser::new(&control);
    (control, browser)
}

#[tokio::test]
async fn a_greeted_browser_is_signed_in_from_its_first_request() {
    let (_control, mut browser) = acme();
    let reply = browser.get("/v1/client").await;
    let session = &reply.body["response"]["sessions"][0];
    assert_eq!(session["user"]["first_name"], "Ada");
    assert_eq!(session["last_active_organization_id"], "org_acme");
    assert_eq!(reply.body["response"]["last_active_session_id"], session["id"]);
}

#[tokio::test]
async fn the_right_password_signs_in_and_the_wrong_one_does_not() {
    let (_control, mut browser) = stranger();
    let wrong = sign_in(&mut browser, "ada@demo.test", "guess").await;
    assert_eq!((wrong.status, wrong.code()), (422, "form_password_incorrect"));
    let right = sign_in(&mut browser, "Ada@demo.test", DEMO_PASSWORD).await;
    assert_eq!(right.body["response"]["status"], "complete");
    assert_eq!(right.body["client"]["sessions"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn identifier_and_password_may_come_together() {
    let (_control, mut browser) = stranger();
    let form = [("identifier", "max@demo.test"), ("strategy", "password"), ("password", DEMO_PASSWORD)];
    let reply = browser.post("/v1/client/sign_ins", &form).await;
    assert_eq!(reply.body["response"]["status"], "complete");
}

#[tokio::test]
async fn an_unknown_address_is_refused_by_the_identifier() {
    let (_control, mut browser) = stranger();
    let reply = sign_in(&mut browser, "nobody@demo.test", DEMO_PASSWORD).await;
    assert_eq!((reply.status, reply.code()), (422, "form_identifier_not_found"));
}

#[tokio::test]
async fn who_is_signed_in_cannot_sign_in_once_more() {
    let (_control, mut browser) = acme();
    browser.get("/v1/client").await;
    assert_eq!(sign_in(&mut browser, "max@demo.test", DEMO_PASSWORD).await.code(), "session_exists");
}

#[tokio::test]
async fn a_cookie_of_another_sandbox_is_nobodys() {
    let (control, mut browser) = acme();
    browser.get("/v1/client").await;
    control.change(|w| {
        w.clients.clear();
        w.greeting = None;
    });
    assert_eq!(browser.get("/v1/client").await.body["response"], Value::Null);
    assert_eq!(browser.get("/v1/me").await.status, 401);
}

#[tokio::test]
async fn a_browser_cannot_speak_for_the_session_of_another() {
    let (control, mut browser) = acme();
    let first = browser.get("/v1/client").await;
    let session = first.body["response"]["sessions"][0]["id"].as_str().expect("an id").to_owned();
    control.change(|w| w.greeting = None);
    let mut other = Browser::new(&control);
    other.post("/v1/client", &[]).await;
    assert_eq!(other.get(&format!("/v1/me?_clerk_session_id={session}")).await.code(), "signed_out");
    assert_eq!(other.post(&format!("/v1/client/sessions/{session}/end"), &[]).await.code(), "signed_out");
    assert_eq!(browser.get("/v1/me").await.status, 200);
}

#[tokio::test]
async fn signing_out_ends_the_session_for_every_call() {
    let (_control, mut browser) = acme();
    browser.get("/v1/client").await;
    let out = browser.call("DELETE", "/v1/client/sessions", &[]).await;
    assert_eq!(out.body["client"]["sessions"], serde_json::json!([]));
    let refused = browser.get("/v1/organizations/org_acme/invitations").await;
    assert_eq!((refused.status, refused.code()), (401, "signed_out"));
}

#[tokio::test]
async fn a_session_ended_elsewhere_vanishes_from_the_client() {
    let (control, mut browser) = acme();
    let first = browser.get("/v1/client").await;
    let session = first.body["response"]["sessions"][0]["id"].as_str().expect("an id").to_owned();
    control.change(|w| w.sign_out(&session));
    let later = browser.get("/v1/client").await;
    assert_eq!(later.body["response"]["sessions"], serde_json::json!([]));
    assert_eq!(later.body["response"]["last_active_session_id"], Value::Null);
    assert_eq!(browser.post(&format!("/v1/client/sessions/{session}/tokens"), &[]).await.status, 401);
}

#[tokio::test]
async fn a_session_can_be_ended_by_itself() {
    let (_control, mut browser) = acme();
    let first = browser.get("/v1/client").await;
    let session = first.body["response"]["sessions"][0]["id"].as_str().expect("an id").to_owned();
    let ended = browser.post(&format!("/v1/client/sessions/{session}/end"), &[]).await;
    assert_eq!(ended.body["response"]["status"], "ended");
    assert_eq!(browser.get("/v1/me").await.status, 401);
}

#[tokio::test]
async fn a_session_moves_only_to_organizations_of_its_user() {
    let (control, mut browser) = acme();
    control.change(|w| {
        w.add_organization("org_other", "Other");
    });
    let first = browser.get("/v1/client").await;
    let session = first.body["response"]["sessions"][0]["id"].as_str().expect("an id");
    let touch = format!("/v1/client/sessions/{session}/touch");
    let away = browser.post(&touch, &[("active_organization_id", "")]).await;
    assert_eq!(away.body["response"]["last_active_organization_id"], Value::Null);
    let refused = browser.post(&touch, &[("active_organization_id", "org_other")]).await;
    assert_eq!((refused.status, refused.code()), (404, "organization_not_found_or_unauthorized"));
}

#[tokio::test]
async fn a_forced_choice_of_organization_leaves_the_session_pending_until_made() {
    let (control, _) = acme();
    let mut world = control.change(|w| w.clone());
    world.environment.force_organization_selection = true;
    let session = world.sign_in("user_ada", None);
    world.greet_new_clients_with(&session);
    let mut browser = Browser::new(&Control::new(world));
    let first = browser.get("/v1/client").await;
    let shown = &first.body["response"]["sessions"][0];
    assert_eq!(
        (&shown["status"], &shown["tasks"][0]["key"]),
        (&"pending".into(), &"choose-organization".into())
    );
    let form = [("active_organization_id", "org_acme")];
    let chosen = browser.post(&format!("/v1/client/sessions/{session}/touch"), &form).await;
    assert_eq!(chosen.body["response"]["status"], "active");
    assert_eq!(chosen.body["response"]["tasks"], Value::Null);
}

#[tokio::test]
async fn a_token_has_three_parts_and_an_end() {
    use base64::Engine;
    let (control, mut browser) = acme();
    control.change(|w| w.environment.token_seconds = 90);
    let first = browser.get("/v1/client").await;
    let session = first.body["response"]["sessions"][0]["id"].as_str().expect("an id");
    let reply = browser.post(&format!("/v1/client/sessions/{session}/tokens"), &[]).await;
    let jwt = reply.body["jwt"].as_str().expect("a token");
    let parts: Vec<&str> = jwt.split('.').collect();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(parts[1]).expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    assert_eq!(parts.len(), 3);
    assert_eq!(claims["exp"].as_u64(), claims["iat"].as_u64().map(|at| at + 90));
    assert_eq!(claims["o"]["rol"], "admin");
}

#[tokio::test]
async fn who_leaves_an_organization_works_in_it_no_more() {
    let (control, _) = acme();
    let (_control, mut browser) = open(control.change(|w| w.clone()), "user_max");
    browser.get("/v1/client").await;
    let left = browser.call("DELETE", "/v1/me/organization_memberships/org_acme", &[]).await;
    assert_eq!(left.body["client"]["sessions"][0]["last_active_organization_id"], Value::Null);
    assert_eq!(browser.get("/v1/organizations/org_acme").await.code(), "not_a_member_in_organization");
}

#[tokio::test]
async fn an_admin_changes_and_removes_members_and_renames_the_organization() {
    let (control, mut browser) = acme();
    browser.get("/v1/client").await;
    let max = "/v1/organizations/org_acme/memberships/user_max";
    let promoted = browser.call("PATCH", max, &[("role", "org:admin")]).await;
    assert_eq!(promoted.body["response"]["role"], "org:admin");
    browser.call("PATCH", "/v1/organizations/org_acme", &[("name", "Acme & Sons")]).await;
    browser.call("DELETE", max, &[]).await;
    control.change(|w| {
        assert_eq!(w.organizations["org_acme"].name, "Acme & Sons");
        assert_eq!(w.organizations["org_acme"].memberships.len(), 1);
    });
}

#[tokio::test]
async fn who_founds_an_organization_is_its_admin() {
    let (_control, mut browser) = acme();
    browser.get("/v1/client").await;
    let made = browser.post("/v1/organizations", &[("name", "Fresh")]).await;
    assert_eq!(made.body["response"]["name"], "Fresh");
    let own = browser.get("/v1/me/organization_memberships").await;
    assert_eq!(own.body["response"]["data"][0]["role"], "org:admin");
}

#[tokio::test]
async fn where_one_must_be_chosen_an_empty_organization_keeps_the_one_before() {
    let (control, mut browser) = acme();
    control.change(|w| w.environment.force_organization_selection = true);
    let first = browser.get("/v1/client").await;
    let session = format!(
        "/v1/client/sessions/{}",
        first.body["response"]["sessions"][0]["id"].as_str().expect("an id")
    );
    let kept = browser.post(&format!("{session}/touch"), &[("active_organization_id", "")]).await;
    assert_eq!(kept.body["response"]["last_active_organization_id"], "org_acme");
    let token = browser.post(&format!("{session}/tokens"), &[("organization_id", "")]).await;
    let named = browser.post(&format!("{session}/tokens"), &[("organization_id", "acme")]).await;
    let organization = |reply: &Reply| {
        use base64::Engine;
        let jwt = reply.body["jwt"].as_str().expect("a token").to_owned();
        let claims = jwt.split('.').nth(1).expect("claims");
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).expect("base64");
        let claims: Value = serde_json::from_slice(&claims).expect("JSON");
        claims["o"]["id"].clone()
    };
    assert_eq!((organization(&token), organization(&named)), ("org_acme".into(), "org_acme".into()));
}

#[tokio::test]
async fn a_user_sees_their_sessions_and_ends_one_of_another_browser() {
    let (control, mut browser) = acme();
    let first = browser.get("/v1/client").await;
    let here = first.body["response"]["sessions"][0]["id"].clone();
    let elsewhere = control.change(|w| w.sign_in("user_ada", None));
    control.change(|w| w.sign_in("user_max", None));
    let active = browser.get("/v1/me/sessions/active").await;
    let ids: Vec<&Value> = active.body.as_array().expect("a list").iter().map(|s| &s["id"]).collect();
    assert_eq!(ids, [&here, &elsewhere.as_str().into()]);
    let ended = browser.post(&format!("/v1/me/sessions/{elsewhere}/revoke"), &[]).await;
    assert_eq!(ended.body["response"]["status"], "revoked");
    assert_eq!(browser.post(&format!("/v1/me/sessions/{elsewhere}/revoke"), &[]).await.status, 404);
    let all = browser.get("/v1/me/sessions").await;
    assert_eq!(all.body.as_array().map(Vec::len), Some(2));
    let left = browser.get("/v1/me/sessions/active").await;
    assert_eq!(left.body.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn another_proof_is_begun_and_given_by_password() {
    let (_control, mut browser) = acme();
    let first = browser.get("/v1/client").await;
    let id = first.body["response"]["sessions"][0]["id"].as_str().expect("an id");
    let verify = format!("/v1/client/sessions/{id}/verify");
    let attempt = format!("{verify}/attempt_first_factor");
    let right = [("strategy", "password"), ("password", DEMO_PASSWORD)];
    assert_eq!(browser.post(&attempt, &right).await.code(), "session_reverification_missing");
    let begun = browser.post(&verify, &[("level", "first_factor")]).await;
    assert_eq!(begun.body["response"]["status"], "needs_first_factor");
    let wrong = [("strategy", "password"), ("password", "guess")];
    assert_eq!(browser.post(&attempt, &wrong).await.code(), "form_password_incorrect");
    assert_eq!(browser.post(&attempt, &right).await.body["response"]["status"], "complete");
}
