//! Faults and gates.

use std::time::Duration;

use sandbox::{Body, Control, Fault, On, Sandbox, Serve, What, World};

use crate::wire::{ask, connect, get, host, read_to_end, write};
use crate::{built, serve};

const CLIENT: &str = "/__clerk/v1/client";

async fn sandbox() -> (Sandbox, Control) {
    let sandbox = Sandbox::start(World::demo(), Serve::new("no-bundles")).await.expect("a free port");
    let control = sandbox.control();
    (sandbox, control)
}

fn fault(path: &str, times: Option<u32>, what: What) -> Fault {
    Fault { on: On::any(path), times, what }
}

fn error(status: u16, code: &str, headers: &[(&str, &str)]) -> What {
    What::Error {
        status,
        code: code.to_owned(),
        message: "no".to_owned(),
        meta: serde_json::json!({}),
        headers: headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
    }
}

#[tokio::test]
async fn a_fault_strikes_as_often_as_it_says() {
    let (sandbox, control) = sandbox().await;
    control.fault(fault("/v1/client", Some(2), error(429, "too_many_requests", &[("Retry-After", "7")])));
    let first = get(&sandbox, CLIENT, &[]).await;
    assert_eq!((first.status, first.header("retry-after")), (429, "7"));
    assert!(first.body.contains("clerk_trace_id"));
    assert_eq!(get(&sandbox, CLIENT, &[]).await.status, 429);
    assert_eq!(get(&sandbox, CLIENT, &[]).await.status, 200);
}

#[tokio::test]
async fn a_fault_without_a_count_lasts_until_cleared() {
    let (sandbox, control) = sandbox().await;
    control.fault(fault("/v1/**", None, error(503, "service_unavailable", &[])));
    for _ in 0..3 {
        assert_eq!(get(&sandbox, CLIENT, &[]).await.status, 503);
    }
    control.clear_faults();
    assert_eq!(get(&sandbox, CLIENT, &[]).await.status, 200);
}

#[tokio::test]
async fn faults_strike_in_the_order_they_were_queued() {
    let (sandbox, control) = sandbox().await;
    control.fault(fault("/v1/client", Some(1), error(500, "a", &[])));
    control.fault(fault("/v1/**", Some(1), error(502, "b", &[])));
    let statuses = [get(&sandbox, CLIENT, &[]).await.status, get(&sandbox, CLIENT, &[]).await.status];
    assert_eq!(statuses, [500, 502]);
}

#[tokio::test]
async fn a_glob_stays_within_a_segment_and_a_method_within_its_own() {
    let on = On::post("/v1/organizations/*/invitations");
    assert!(on.fits("POST", "/v1/organizations/org_acme/invitations"));
    assert!(!on.fits("GET", "/v1/organizations/org_acme/invitations"));
    assert!(!on.fits("POST", "/v1/organizations/org_acme/invitations/bulk"));
    assert!(!on.fits("POST", "/v1/organizations/a/b/invitations"));
    assert!(On::any("/v1/**").fits("GET", "/v1/a/b/c"));
}

#[tokio::test]
async fn a_firewall_may_answer_in_html() {
    let (sandbox, control) = sandbox().await;
    let body = Body::Text { content_type: "text/html".to_owned(), text: "<h1>Blocked</h1>".to_owned() };
    control.fault(fault("/v1/client", Some(1), What::Answer { status: 403, body, headers: Vec::new() }));
    let reply = get(&sandbox, CLIENT, &[]).await;
    assert_eq!(
        (reply.status, reply.header("content-type"), reply.body.as_str()),
        (403, "text/html", "<h1>Blocked</h1>")
    );
}

#[tokio::test]
async fn a_delayed_answer_is_the_real_one() {
    let (sandbox, control) = sandbox().await;
    control.fault(fault("/v1/client", Some(1), What::Delay(Duration::from_millis(1))));
    assert_eq!(get(&sandbox, CLIENT, &[]).await.status, 200);
}

#[tokio::test]
async fn a_dropped_request_is_not_applied_and_a_lost_one_is() {
    let (sandbox, control) = sandbox().await;
    let sessions = |control: &Control| control.change(|w| w.clients.len());
    control.fault(fault("/v1/client", Some(1), What::Drop));
    assert!(ask(&sandbox, &format!("POST {CLIENT}"), &[], "").await.is_none());
    assert_eq!(sessions(&control), 0);
    control.fault(fault("/v1/client", Some(1), What::AppliedThenLost));
    assert!(ask(&sandbox, &format!("POST {CLIENT}"), &[], "").await.is_none());
    assert_eq!(sessions(&control), 1);
    let statuses: Vec<_> = control.requests().into_iter().map(|r| r.status).collect();
    assert_eq!(statuses, [None, None]);
}

/// Chromium resends a request when a reused connection closes early: the fault would be spent on the
/// first try, and the page would see the second.
#[tokio::test]
async fn no_connection_is_reused_once_one_is_to_be_dropped() {
    let (sandbox, control) = sandbox().await;
    let mut idle = connect(&sandbox).await;
    let host = format!("Host: {}", host(&sandbox));
    write(&mut idle, &format!("GET {CLIENT}"), &[&host], "").await;
    control.seen(|log| log.iter().any(|r| r.status == Some(200))).await;
    control.fault(fault("/v1/client", Some(1), What::Drop));
    let kept_alive = read_to_end(&mut idle).await.expect("the answer that was given");
    assert_eq!(kept_alive.status, 200);
    let mut fresh = connect(&sandbox).await;
    write(&mut fresh, "GET /__clerk/v1/environment", &[&host], "").await;
    let closed = read_to_end(&mut fresh).await.expect("an answer, and then the end");
    assert_eq!(closed.status, 200);
}

#[tokio::test]
async fn a_gate_holds_what_it_fits_until_it_opens() {
    let (sandbox, control) = sandbox().await;
    let sandbox = std::sync::Arc::new(sandbox);
    let gate = control.gate(On::get("/v1/client"));
    let held = tokio::spawn({
        let sandbox = std::sync::Arc::clone(&sandbox);
        async move { get(&sandbox, CLIENT, &[]).await.status }
    });
    gate.reached(1).await;
    assert_eq!(get(&sandbox, "/__clerk/v1/environment", &[]).await.status, 200);
    let unanswered = control.requests().into_iter().find(|r| r.is("GET", "/v1/client")).expect("logged");
    assert_eq!(unanswered.status, None);
    gate.open();
    assert_eq!(held.await.expect("an answer"), 200);
    assert_eq!(get(&sandbox, CLIENT, &[]).await.status, 200);
}

#[tokio::test]
async fn bundles_and_the_pages_files_can_fail_too() {
    let folder = built();
    let sandbox = serve(&folder, "/team/", None).await;
    let control = sandbox.control();
    control.fault(fault("/npm/**", None, error(500, "down", &[])));
    control.fault(fault("/page/config.json", None, error(404, "gone", &[])));
    control.fault(fault("/page/", Some(1), error(502, "bad_gateway", &[])));
    assert_eq!(get(&sandbox, "/__clerk/npm/@clerk/ui@1/dist/ui.browser.js", &[]).await.status, 500);
    assert_eq!(get(&sandbox, "/team/config.json", &[]).await.status, 404);
    assert_eq!(get(&sandbox, "/team/accept", &[]).await.status, 502);
    assert_eq!(get(&sandbox, "/team/", &[]).await.status, 200);
    assert!(control.requests().is_empty(), "only the API is in the log");
}

#[tokio::test]
async fn a_dropped_sandbox_serves_no_more() {
    let (sandbox, control) = sandbox().await;
    let gate = control.gate(On::any("/v1/client"));
    let mut waiting = connect(&sandbox).await;
    let host = format!("Host: {}", host(&sandbox));
    write(&mut waiting, &format!("GET {CLIENT}"), &[&host], "").await;
    gate.reached(1).await;
    drop(sandbox);
    assert!(read_to_end(&mut waiting).await.is_none());
}
