//! Nothing that comes in may bring down more than itself, or be answered in other than Clerk's shape.

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use proptest::prelude::*;
use sandbox::{Serve, World};
use serde_json::Value;
use tower::ServiceExt;

use crate::acme;
use crate::support::Browser;

const FORM: &str = "application/x-www-form-urlencoded";

async fn send(method: &str, path: &str, kind: &str, body: Vec<u8>) -> (u16, Value) {
    let app = sandbox::app(sandbox::Control::new(World::demo()), Serve::new("no-bundles"));
    let request = Request::builder().method(method).uri(path).header("content-type", kind);
    let response = app.oneshot(request.body(Body::from(body)).expect("a request")).await.expect("infallible");
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    (status, serde_json::from_slice(&bytes).expect("JSON"))
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_in_clerks_shape() {
    let path = "/__clerk/v1/client/sign_ins";
    let large = vec![b'a'; 2 << 20];
    for (kind, body, status) in [
        ("application/json", br#"{"identifier":"ada@demo.test"}"#.to_vec(), 415),
        ("text/plain", b"identifier=ada".to_vec(), 415),
        (FORM, vec![0xff, 0xfe, b'='], 400),
        (FORM, large, 413),
    ] {
        let (answered, body) = send("POST", path, kind, body).await;
        assert_eq!(answered, status, "{kind}");
        assert!(body["errors"][0]["code"].is_string() && body["clerk_trace_id"].is_string());
    }
}

#[tokio::test]
async fn an_unknown_address_is_refused_in_clerks_shape() {
    for path in [
        "/__clerk",
        "/__clerk/",
        "/__clerk/v2/client",
        "/__clerk/v1",
        "/__clerk/v1/",
        "/__clerk/v1/client/%ff",
    ] {
        let (status, body) = send("GET", path, FORM, Vec::new()).await;
        assert_eq!((status, &body["errors"][0]["code"]), (404, &"resource_not_found".into()), "{path}");
    }
}

#[tokio::test]
async fn a_link_cannot_stand_for_a_change() {
    let (_control, mut browser) = acme();
    browser.get("/v1/client").await;
    browser.get("/v1/client/sessions?_method=DELETE").await;
    assert_eq!(browser.get("/v1/me").await.status, 200);
}

#[tokio::test]
async fn a_page_that_cannot_be_is_refused_by_name() {
    let (_control, mut browser) = acme();
    browser.get("/v1/client").await;
    for (query, param) in
        [("limit=0", "limit"), ("limit=x", "limit"), ("offset=-1", "offset"), ("offset=9e9", "offset")]
    {
        let reply = browser.get(&format!("/v1/organizations/org_acme/invitations?{query}")).await;
        assert_eq!((reply.status, reply.code()), (422, "form_param_value_invalid"), "{query}");
        assert_eq!(reply.body["errors"][0]["meta"]["param_name"], param);
    }
    let far = format!("/v1/organizations/org_acme/invitations?offset={}", usize::MAX);
    assert_eq!(browser.get(&far).await.status, 200);
}

fn segment() -> impl Strategy<Value = String> {
    let known = [
        "v1",
        "client",
        "sessions",
        "sign_ins",
        "sign_ups",
        "me",
        "organizations",
        "org_acme",
        "bulk",
        "invitations",
        "roles",
        "memberships",
        "membership_requests",
        "domains",
        "organization_suggestions",
        "verify",
        "touch",
        "tokens",
        "revoke",
        "accept",
        "..",
        "",
    ];
    prop_oneof![4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "[ -~é]{0,6}"]
}

fn pair() -> impl Strategy<Value = (String, String)> {
    let names = [
        "email_address",
        "role",
        "strategy",
        "ticket",
        "password",
        "identifier",
        "limit",
        "offset",
        "status",
        "_clerk_session_id",
        "active_organization_id",
        "name",
    ];
    (prop::sample::select(names.to_vec()).prop_map(str::to_owned), "\\PC{0,12}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is asked of whatever address, by whatever method, is answered, and as JSON.
    #[test]
    fn anything_is_answered(
        segments in prop::collection::vec(segment(), 0..7),
        query in prop::collection::vec(pair(), 0..3),
        form in prop::collection::vec(pair(), 0..4),
        method in prop::sample::select(vec!["GET", "POST", "PATCH", "PUT", "DELETE"]),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let (control, _) = acme();
            let mut browser = Browser::unchecked(&control);
            browser.get("/v1/client").await;
            let segments: Vec<String> = segments
                .iter()
                .map(|s| form_urlencoded::byte_serialize(s.as_bytes()).collect())
                .collect();
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
            let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let reply = browser.call(method, &format!("/{}?{query}", segments.join("/")), &form).await;
            assert!(reply.status == 200 || reply.status == 303 || !reply.code().is_empty());
        });
    }
}
