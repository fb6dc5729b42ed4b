//! The page, its headers, and Clerk's bundles.

use crate::wire::{ask, get};
use crate::{built, serve};

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

#[tokio::test]
async fn a_route_of_the_page_is_answered_with_its_index() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    for route in ["/", "/accept", "/accept?x=1", "/somewhere"] {
        let reply = get(&sandbox, route, &[]).await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{route}"
        );
        assert!(reply.body.contains("The page"));
    }
}

#[tokio::test]
async fn a_missing_file_is_missing_and_not_the_index() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    for file in
        ["/missing.js", "/locales/xx.json", "/app-0000000000000000_bg.wasm", "/org.acme", "/somewhere/else"]
    {
        assert_eq!(get(&sandbox, file, &[]).await.status, 404, "{file}");
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/locales/..%5c..%5csecret.txt",
        "/__clerk/npm/@clerk/clerk-js@6/dist/../package.json",
        "/__clerk/npm/@clerk/clerk-js@6/dist/%2e%2e/package.json",
        "/__clerk/npm/@clerk/../clerk-js@6/dist/clerk.browser.js",
    ] {
        let reply = get(&sandbox, path, &[]).await;
        assert!(!reply.body.contains("not "), "{path}: {}", reply.body);
        assert_eq!(reply.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_file_named_by_its_content_may_be_kept_for_ever_and_nothing_else() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    for (file, cache) in [
        ("/app-1a2b3c4d5e6f7a8b.js", IMMUTABLE),
        ("/app-1a2b3c4d5e6f7a8b_bg.wasm", IMMUTABLE),
        ("/", "no-cache"),
        ("/index.html", "no-cache"),
        ("/config.json", "no-cache"),
        ("/theme.css", "no-cache"),
        ("/locales/de.json", "no-cache"),
    ] {
        assert_eq!(get(&sandbox, file, &[]).await.header("cache-control"), cache, "{file}");
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    for file in ["/", "/config.json", "/theme.css"] {
        let first = get(&sandbox, file, &[]).await;
        let known = format!("If-None-Match: {}", first.header("etag"));
        let again = get(&sandbox, file, &[&known]).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{file}");
        assert!(!again.header("content-security-policy").is_empty());
    }
    crate::write(folder.path(), "page/theme.css", ":root{--changed:1}");
    let stale = get(&sandbox, "/theme.css", &["If-None-Match: \"0\""]).await;
    assert_eq!((stale.status, stale.body.as_str()), (200, ":root{--changed:1}"));
}

#[tokio::test]
async fn the_best_packing_the_browser_takes_is_sent() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    for (accepted, coding, body) in [
        ("gzip, deflate, br, zstd", "br", "packed by brotli"),
        ("gzip", "gzip", "packed by gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", "packed by gzip"),
        ("identity", "", "console.log('plain')"),
    ] {
        let accept = format!("Accept-Encoding: {accepted}");
        let reply = get(&sandbox, "/app-1a2b3c4d5e6f7a8b.js", &[&accept]).await;
        assert_eq!((reply.header("content-encoding"), reply.body.as_str()), (coding, body));
        assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(reply.header("vary"), "Accept-Encoding");
    }
}

#[tokio::test]
async fn wasm_is_sent_as_wasm_or_browsers_would_not_stream_it() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    let reply = get(&sandbox, "/app-1a2b3c4d5e6f7a8b_bg.wasm", &[]).await;
    assert_eq!(reply.header("content-type"), "application/wasm");
}

#[tokio::test]
async fn every_answer_of_the_page_carries_the_policy() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    for path in ["/", "/accept", "/config.json", "/app-1a2b3c4d5e6f7a8b.js", "/missing.js"] {
        let reply = get(&sandbox, path, &[]).await;
        let policy = reply.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval' https://challenges.cloudflare.com"),
            "{path}"
        );
        assert!(!policy.contains("'unsafe-eval'") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert!(
            !reply.header("referrer-policy").is_empty() && !reply.header("permissions-policy").is_empty()
        );
    }
}

#[tokio::test]
async fn the_page_lives_under_its_base_and_the_api_does_not() {
    let folder = built();
    for base in ["/team/", "team", "/team"] {
        let sandbox = serve(&folder, base, None).await;
        assert!(sandbox.url().ends_with("/team/"));
        assert!(get(&sandbox, "/team/accept", &[]).await.body.contains("The page"));
        assert_eq!(get(&sandbox, "/team?x=1", &[]).await.header("location"), "/team/?x=1");
        assert_eq!(get(&sandbox, "/team/accept/?x=1", &[]).await.header("location"), "/team/accept?x=1");
        assert_eq!(get(&sandbox, "/team/config.json", &[]).await.status, 200);
        assert_eq!(get(&sandbox, "/config.json", &[]).await.status, 404);
        assert_eq!(get(&sandbox, "/", &[]).await.status, 404);
        assert_eq!(get(&sandbox, "/__clerk/v1/client", &[]).await.status, 200);
    }
}

#[tokio::test]
async fn the_configuration_names_this_sandbox_unless_told_otherwise() {
    let folder = built();
    let own = get(&serve(&folder, "/", None).await, "/config.json", &[]).await;
    let own: serde_json::Value = serde_json::from_str(&own.body).expect("JSON");
    assert_eq!(own["publishableKey"], sandbox::publishable_key());
    assert_eq!(own["proxyUrl"], "/__clerk");
    let told = get(&serve(&folder, "/", Some("not { JSON")).await, "/config.json", &[]).await;
    assert_eq!((told.body.as_str(), told.header("content-type")), ("not { JSON", "application/json"));
}

#[tokio::test]
async fn a_bundle_is_served_under_every_spelling_of_its_version() {
    let folder = built();
    let sandbox = serve(&folder, "/team/", None).await;
    for (path, body) in [
        ("/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js", "clerk"),
        ("/__clerk/npm/@clerk/clerk-js@6.40.0/dist/clerk.browser.js", "clerk"),
        ("/__clerk/npm/@clerk/ui@1.36.0/dist/ui.browser.js", "ui"),
        ("/__clerk/npm/@clerk/ui@latest/dist/ui.browser.js", "ui"),
    ] {
        let reply = get(&sandbox, path, &[]).await;
        assert_eq!((reply.body.as_str(), reply.header("cache-control")), (body, IMMUTABLE));
    }
    let packed = "/__clerk/npm/@clerk/ui@1/dist/ui.browser.js";
    assert_eq!(get(&sandbox, packed, &["Accept-Encoding: br"]).await.body, "ui by brotli");
    let unknown = get(&sandbox, "/__clerk/npm/@clerk/other@1/dist/x.js", &[]).await;
    assert!(unknown.status == 404 && unknown.body.contains("resource_not_found"));
}

#[tokio::test]
async fn the_page_can_be_read_and_nothing_else() {
    let folder = built();
    let sandbox = serve(&folder, "/", None).await;
    assert_eq!(ask(&sandbox, "POST /", &[], "x").await.expect("an answer").status, 405);
    let head = ask(&sandbox, "HEAD /", &[], "").await.expect("an answer");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}
