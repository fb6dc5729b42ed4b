//! The controls over HTTP.

use sandbox::{Sandbox, Serve, World};
use serde_json::{Value, json};

use crate::wire::{ask, get};

async fn sandbox() -> Sandbox {
    Sandbox::start(World::demo(), Serve::new("no-bundles")).await.expect("a free port")
}

async fn control(sandbox: &Sandbox, request: &str, body: &Value) -> Value {
    let reply = ask(sandbox, request, &[], &body.to_string()).await.expect("an answer");
    assert_eq!(reply.status, 200, "{}", reply.body);
    serde_json::from_str(&reply.body).expect("JSON")
}

#[tokio::test]
async fn a_fault_can_be_queued_and_cleared() {
    let sandbox = sandbox().await;
    for what in [
        json!({ "error": { "status": 503, "code": "service_unavailable", "message": "no" } }),
        json!({ "answer": { "status": 503, "body": { "text": { "content_type": "text/html", "text": "no" } } } }),
        json!({ "answer": { "status": 503, "body": { "json": { "errors": [] } } } }),
    ] {
        control(&sandbox, "POST /__sandbox/faults", &json!({ "on": { "path": "/v1/client" }, "what": what }))
            .await;
        assert_eq!(get(&sandbox, "/__clerk/v1/client", &[]).await.status, 503);
        control(&sandbox, "DELETE /__sandbox/faults", &json!({})).await;
        assert_eq!(get(&sandbox, "/__clerk/v1/client", &[]).await.status, 200);
    }
    for what in [json!("applied_then_lost"), json!("drop")] {
        let fault = json!({ "on": { "path": "/v1/client" }, "times": 1, "what": what });
        control(&sandbox, "POST /__sandbox/faults", &fault).await;
        assert!(ask(&sandbox, "GET /__clerk/v1/client", &[], "").await.is_none());
    }
}

#[tokio::test]
async fn a_gate_can_be_shut_and_opened() {
    let sandbox = sandbox().await;
    let control_api = sandbox.control();
    let on = json!({ "method": "GET", "path": "/v1/client" });
    let shut = control(&sandbox, "POST /__sandbox/gates", &on).await;
    let held = get(&sandbox, "/__clerk/v1/client", &[]);
    let opened = async {
        control_api.seen(|log| !log.is_empty()).await;
        assert_eq!(control_api.requests()[0].status, None);
        control(&sandbox, &format!("DELETE /__sandbox/gates/{}", shut["gate"]), &json!({})).await
    };
    assert_eq!(tokio::join!(held, opened).0.status, 200);
    let again = ask(&sandbox, "DELETE /__sandbox/gates/1", &[], "").await.expect("an answer");
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn the_log_says_what_was_asked_and_answered() {
    let sandbox = sandbox().await;
    let form = ["Content-Type: application/x-www-form-urlencoded"];
    ask(&sandbox, "POST /__clerk/v1/client/sessions?_method=DELETE&a=1&a=2", &form, "b=3&c=%C3%A9").await;
    let log = control(&sandbox, "GET /__sandbox/requests", &json!({})).await;
    assert_eq!(
        log,
        json!([{
            "method": "DELETE", "path": "/v1/client/sessions", "status": 200,
            "query": [["_method", "DELETE"], ["a", "1"], ["a", "2"]], "form": [["b", "3"], ["c", "é"]],
        }])
    );
    control(&sandbox, "DELETE /__sandbox/requests", &json!({})).await;
    assert_eq!(control(&sandbox, "GET /__sandbox/requests", &json!({})).await, json!([]));
}

#[tokio::test]
async fn the_world_can_be_changed_from_outside() {
    let sandbox = sandbox().await;
    let change = async |change: Value| control(&sandbox, "POST /__sandbox/changes", &change).await;
    let made = change(json!({ "do": "invite", "organization": "org_blank", "email_address": "a@b.test", "role": "org:member" })).await;
    change(json!({ "do": "set_invitation_status", "invitation": made["id"], "status": "accepted" })).await;
    let greeted = change(json!({ "do": "greet", "user": "user_ada", "organization": "org_blank" })).await;
    change(json!({ "do": "add_membership", "organization": "org_blank", "user": "user_max", "role": "org:member" })).await;
    change(json!({ "do": "remove_membership", "organization": "org_acme", "user": "user_max" })).await;
    change(json!({ "do": "set_role_migration", "organization": "org_blank", "under_way": true })).await;
    change(json!({ "do": "set_organization_selection_forced", "forced": true })).await;
    change(json!({ "do": "set_organizations_enabled", "enabled": false })).await;
    assert!(get(&sandbox, "/__clerk/v1/client", &[]).await.body.contains("Lovelace"));
    change(json!({ "do": "sign_out", "session": greeted["session"] })).await;
    sandbox.control().change(|w| {
        let invitation = w.invitations.pending_for("org_blank", "a@b.test");
        assert!(invitation.is_none() && w.invitations.iter().any(|i| i.email_address == "a@b.test"));
        assert!(w.organizations["org_blank"].membership_of("user_max").is_some());
        assert!(w.organizations["org_acme"].membership_of("user_max").is_none());
        assert!(w.organizations["org_blank"].role_set_migration);
        assert!(w.environment.force_organization_selection && !w.environment.organizations_enabled);
        assert!(w.sessions.values().all(|s| !s.is_live()));
    });
}

#[tokio::test]
async fn a_control_that_cannot_be_read_is_refused() {
    let sandbox = sandbox().await;
    for (request, body, status) in [
        ("POST /__sandbox/faults", "{", 400),
        ("POST /__sandbox/changes", r#"{"do":"nothing"}"#, 400),
        ("GET /__sandbox/nothing", "", 404),
    ] {
        let reply = ask(&sandbox, request, &[], body).await.expect("an answer");
        assert_eq!(reply.status, status, "{request}");
        assert!(reply.body.contains("error"));
    }
}

#[tokio::test]
async fn a_page_of_another_site_cannot_drive_the_sandbox() {
    let sandbox = sandbox().await;
    let own = format!("Origin: {}", sandbox.url().trim_end_matches('/'));
    for (headers, status) in [
        (vec!["Origin: https://evil.example"], 403),
        (vec!["Origin: null"], 403),
        (vec!["Host: rebound.example"], 403),
        (vec!["Host: 127.0.0.1.evil.example:80"], 403),
        (vec![own.as_str()], 200),
        (vec![], 200),
    ] {
        let reply = get(&sandbox, "/__sandbox/requests", &headers).await;
        assert_eq!(reply.status, status, "{headers:?}");
        assert!(reply.header("access-control-allow-origin").is_empty());
    }
}

#[tokio::test]
async fn reports_of_violations_are_kept() {
    let sandbox = sandbox().await;
    let body = r#"{"csp-report":{"blocked-uri":"inline"}}"#;
    let kind = ["Content-Type: application/csp-report"];
    let reply = ask(&sandbox, "POST /__sandbox/csp", &kind, body).await.expect("an answer");
    assert_eq!(reply.status, 204);
    assert_eq!(sandbox.control().violations(), [json!({ "csp-report": { "blocked-uri": "inline" } })]);
    let over_http = control(&sandbox, "GET /__sandbox/violations", &json!({})).await;
    assert_eq!(over_http[0]["csp-report"]["blocked-uri"], "inline");
}
