//! `config.json`: what a host may make of it, and what is said where it can't be used.

use sandbox::{Body, On, What};
use serde_json::json;

use crate::support::*;

const CONFIG: &str = "/page/config.json";

/// An answer of the host's with this status and content type.
fn answer(status: u16, content_type: &str, text: &str) -> What {
    let body = Body::Text { content_type: content_type.into(), text: text.into() };
    What::Answer { status, body, headers: vec![] }
}

fn config(text: &str) -> What {
    answer(200, "application/json", text)
}

/// The sandbox's own settings and a key that the page does not know.
fn settings() -> String {
    format!(
        r#"{{"publishableKey": " {}\n", "proxyUrl": "/__clerk", "größe": 1}}"#,
        sandbox::publishable_key()
    )
}

#[tokio::test]
async fn a_page_that_is_not_set_up_says_which_key_is_wrong_and_where_it_goes() {
    Stage::signed_out()
        .play(async |page| {
            let wrong = r#"{"publishableKey": "sk_live_abc", "pageSize": "ten", "proxyUrl": 1}"#;
            for (config, sentences) in [
                (
                    answer(404, "text/plain", "There is nothing here."),
                    &["config.json wasn’t found next to index.html (HTTP 404)."][..],
                ),
                (config("<!doctype html>"), &["A web page came instead of config.json."]),
                (
                    config("{\n  \"publishableKey\": \"pk_test_x\",\n}"),
                    &["config.json isn’t valid JSON: see line 3, column 1."],
                ),
                // All that is wrong is said at once.
                (
                    config(wrong),
                    &[
                        "publishableKey contains a secret key (sk_…).",
                        "pageSize must be a number.",
                        "proxyUrl must be a string (in quotes).",
                    ],
                ),
            ] {
                page.fails(On::get(CONFIG), config);
                page.open("").await;
                page.see(heading("This page isn’t set up yet")).await;
                for sentence in sentences {
                    page.see(alert(sentence)).await;
                }
                page.control.clear_faults();
            }
            let text: String = page.eval("return clean(document.body.innerText)", json!(null)).await;
            assert!(text.contains("Save this as config.json next to index.html, then reload."), "{text}");
            assert!(text.contains(r#""publishableKey": "pk_test_…""#), "{text}");
            page.is_accessible("not set up").await;
            assert_eq!(page.requests("GET", "/v1/**").len(), 0, "Clerk was asked");
        })
        .await;
}

#[tokio::test]
async fn a_configuration_that_does_not_load_is_asked_for_again() {
    Stage::admin()
        .play(async |page| {
            let failing = |status| answer(status, "text/plain", "Not now.");
            for (what, said) in [
                (What::Drop, "config.json didn’t load."),
                (failing(503), "The host answered config.json with HTTP 503."),
                (failing(403), "The host answered config.json with HTTP 403."),
            ] {
                page.fails(On::get(CONFIG), what);
                page.open("").await;
                page.see(heading("This page didn’t load")).await;
                page.see(alert(said)).await;
                page.is_accessible(said).await;
                page.control.clear_faults();
                page.click(button("Try again")).await;
                page.range_is("1–10 of 57").await;
            }
        })
        .await;
}

#[tokio::test]
async fn a_configuration_is_read_as_utf_8_whatever_the_host_calls_it() {
    let header = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    Stage::admin()
        .play(async |page| {
            for (content_type, text, headers) in [
                ("text/plain", settings(), header("x-content-type-options", "nosniff")),
                ("text/html; charset=iso-8859-1", settings(), vec![]),
                ("application/octet-stream", settings(), header("content-disposition", "attachment")),
                ("application/json; charset=utf-16", format!("\u{feff}{}", settings()), vec![]),
            ] {
                let body = Body::Text { content_type: content_type.into(), text };
                page.fails(On::get(CONFIG), What::Answer { status: 200, body, headers });
                page.open_list("").await;
                page.range_is("1–10 of 57").await;
                page.console_says("config.json: größe is not a key").await;
                page.control.clear_faults();
            }
        })
        .await;
}

#[tokio::test]
async fn a_configuration_that_never_comes_is_given_up_and_asked_for_again() {
    // Whoever sets a limit waits for a hundredth of it.
    let hurry = "const { timeout } = AbortSignal; AbortSignal.timeout = (limit) => timeout.call(AbortSignal, limit / 100);";
    Stage::admin()
        .hosted("<script src=\"host.js\"></script>", hurry)
        .play(async |page| {
            let gate = page.control.gate(On::get(CONFIG));
            page.open("").await;
            page.see(heading("This page didn’t load")).await;
            page.see(alert("config.json didn’t load.")).await;
            gate.open();
            page.click(button("Try again")).await;
            page.range_is("1–10 of 57").await;
        })
        .await;
}
