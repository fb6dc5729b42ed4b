//! Beside somebody else's scripts, and under the policy the page is served with.

use serde_json::json;

use crate::support::*;

/// The tags of a host page that brings Clerk itself.
fn theirs(more: &str) -> String {
    format!(
        "<script src=\"/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js\" data-clerk-publishable-key=\"{}\" \
         data-clerk-proxy-url=\"/__clerk\"></script>{more}",
        sandbox::publishable_key()
    )
}

const THEIR_UI: &str = "<script defer src=\"/__clerk/npm/@clerk/ui@1/dist/ui.browser.js\"></script><script defer src=\"host.js\"></script>";

async fn clerk_was_loaded_once(page: &Page) {
    let downloads = page.downloads().await;
    let times = downloads.iter().filter(|name| name.ends_with("/clerk.browser.js")).count();
    assert_eq!(times, 1, "{downloads:?}");
    assert_eq!(page.requests("GET", "/v1/client").len(), 1);
}

#[tokio::test]
async fn a_clerk_that_the_host_page_has_started_is_used() {
    let script = "window.theirs = window.Clerk; window.Clerk.load({ telemetry: false, ui: { ClerkUI: window.__internal_ClerkUICtor } });";
    Stage::admin()
        .hosted(&theirs(THEIR_UI), script)
        .play(async |page| {
            page.open_list("").await;
            page.range_is("1–10 of 57").await;
            assert!(page.eval::<bool>("return window.Clerk === window.theirs", json!(null)).await);
            clerk_was_loaded_once(page).await;
            page.write(addresses(), "grace@navy.test").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to grace@navy.test.").await;
            page.click(button("Switch organization")).await;
            page.click(any("button").named("Blank Slate")).await;
            page.see(heading("Blank Slate")).await;
        })
        .await;
}

#[tokio::test]
async fn a_clerk_that_the_host_page_has_fetched_but_not_started_is_started() {
    let ahead =
        clerk_ahead("/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js", &sandbox::publishable_key());
    let theirs_behind = theirs("").replace("<script", "<script crossorigin=\"anonymous\"");
    for head in [theirs(""), ahead + &*theirs_behind] {
        Stage::admin()
            .hosted(&head, "")
            .play(async |page| {
                page.open_list("").await;
                page.range_is("1–10 of 57").await;
                clerk_was_loaded_once(page).await;
                page.click(button("Switch organization")).await;
                page.click(any("button").named("Blank Slate")).await;
                page.see(heading("Blank Slate")).await;
            })
            .await;
    }
}

#[tokio::test]
async fn the_page_is_served_under_a_strict_policy_and_its_files_are_kept_by_their_names() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let header = async |path: &str, name: &str| -> String {
                let script = "return (await fetch(arguments[0][0])).headers.get(arguments[0][1]) ?? ''";
                page.eval(script, json!([path, name])).await
            };
            let policy = header("", "content-security-policy").await;
            assert!(!policy.contains("'unsafe-eval'"), "{policy}");
            let scripts =
                policy.split(';').find(|part| part.trim().starts_with("script-src")).expect("script-src");
            assert!(!scripts.contains("'unsafe-inline'"), "{scripts}");
            for path in ["", "config.json", "theme.css"] {
                assert_eq!(header(path, "cache-control").await, "no-cache", "{path}");
            }
            let wasm =
                page.downloads().await.into_iter().find(|name| name.ends_with(".wasm")).expect("the wasm");
            assert!(header(&wasm, "cache-control").await.contains("immutable"));
        })
        .await;
}

#[tokio::test]
async fn nothing_is_kept_by_a_service_worker_and_other_sites_learn_no_ticket() {
    Stage::signed_out()
        .embedded()
        .play(async |page| {
            page.open("bare.html?__clerk_ticket=secret&__clerk_status=sign_in").await;
            let kept = "return [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]";
            let script = "
                const script = await (await fetch('embedded.js')).text();
                location.href = /from \"(.*)embed[.]js\"/.exec(script)[1];";
            page.eval::<()>(script, json!(null)).await;
            page.see(textbox("Email address")).await;
            assert_eq!(page.eval::<[usize; 2]>(kept, json!(null)).await, [0, 0]);
            let host: String = page.eval("return document.referrer", json!(null)).await;
            assert!(host.starts_with("http://") && !host.contains("secret"), "{host}");
        })
        .await;
}

#[tokio::test]
#[should_panic(expected = "CSP")]
async fn a_violated_policy_fails_a_test() {
    Stage::admin()
        .expecting("Executing inline script")
        .play(async |page| {
            page.open_list("").await;
            page.eval::<()>(
                "document.head.append(Object.assign(document.createElement('script'), { text: '1' }))",
                json!(null),
            )
            .await;
            page.until("the report", async || (!page.control.violations().is_empty()).then_some(())).await;
        })
        .await;
}

#[tokio::test]
#[should_panic(expected = "console")]
async fn an_error_in_the_console_fails_a_test() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.eval::<()>("setTimeout(() => { throw new Error('on purpose') })", json!(null)).await;
            page.console_says("on purpose").await;
        })
        .await;
}

#[tokio::test]
#[should_panic(expected = "a stranger was asked")]
async fn a_request_to_a_stranger_fails_a_test() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.eval::<()>("await new Promise((over) => { const image = new Image(); image.onerror = over; image.src = 'https://img.clerk.com/x'; })", json!(null)).await;
        })
        .await;
}
