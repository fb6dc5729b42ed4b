//! What was typed outlives the page: a reload, and an update by the host while the page is open.

use sandbox::{Body, On, What};

use crate::support::*;

const LATER: &str = "/page/*-later-*.wasm";

#[tokio::test]
async fn what_was_not_sent_is_there_again_after_a_reload() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.paste("one@new.test\ntwo@gmial.com").await;
            page.keeps(&["one@new.test", "two@gmial.com"]).await;
            page.write(addresses(), "half@typ").await;
            page.reload().await;
            page.is_told("What you hadn’t sent is back in the form.").await;
            page.keeps(&["one@new.test", "two@gmial.com"]).await;
            page.holds(addresses(), "half@typ").await;
            // What was taken out stays out.
            page.click(button("Clear all")).await;
            page.write(addresses(), "").await;
            page.reload().await;
            page.settled().await;
            page.click(addresses()).await;
            page.has_composer().await;
            page.keeps(&[]).await;
        })
        .await;
}

#[tokio::test]
async fn a_tab_whose_host_got_a_newer_version_says_so_and_loses_nothing() {
    let html = |text: &str| Body::Text { content_type: "text/html".to_owned(), text: text.to_owned() };
    Stage::admin()
        .expecting("the server responded with a status of 404")
        .expecting("integrity")
        .play(async |page| {
            page.keep_no_copies().await;
            let gone = What::Answer { status: 404, body: html("Not found"), headers: vec![] };
            page.fails(On::get(LATER), gone);
            page.open_list("").await;
            let newer = html("<!doctype html><meta id=\"app-loader\" data-wasm=\"newer_bg.wasm\">");
            page.fails(On::get("/page/"), What::Answer { status: 200, body: newer, headers: vec![] });
            page.write(addresses(), "kept@new.test").await;
            page.see(alert("There’s a new version of this page.")).await;
            page.is_accessible("a newer version").await;
            page.control.clear_faults();
            page.click(button("Reload")).await;
            page.is_told("What you hadn’t sent is back in the form.").await;
            page.holds(addresses(), "kept@new.test").await;
        })
        .await;
}
