//! In a language that nobody speaks, whose texts are long and have accents: what is too narrow for them?
//!
//! With `CLERK_INVITATIONS_PICTURES` set to a folder, a picture of each state is left there to be looked at.

use languages::{Catalogue, pseudo};
use sandbox::{Body, On, What};
use serde_json::json;
use std::path::Path;
use std::{env, fs};

use crate::support::*;

/// The states that are looked at, at each width.
async fn look(page: &Page, tag: &str, width: u32) {
    page.resize(width, 800).await;
    page.open_list(&format!("?lang={tag}")).await;
    let later = "return !!document.querySelector('[role=toolbar]')";
    page.until_true("the code that is fetched later", later, json!(null)).await;
    shows(page, &format!("{tag}-{width}-list")).await;
    page.eval::<()>("document.querySelectorAll('tbody [type=checkbox]')[1].click()", json!(null)).await;
    shows(page, &format!("{tag}-{width}-selection")).await;
    page.eval::<()>("document.querySelector('tbody [aria-haspopup=menu]').click()", json!(null)).await;
    page.see(any("menu")).await;
    shows(page, &format!("{tag}-{width}-menu")).await;
    page.eval::<()>("document.querySelector('[role=menuitem]').click()", json!(null)).await;
    page.see(any("dialog")).await;
    shows(page, &format!("{tag}-{width}-question")).await;
    page.open_list(&format!(
        "?lang={tag}&view=attention&invite=a@gmial.com,b@gmial.com,bad@@x.test,ok@x.test"
    ))
    .await;
    page.until_true("four entries", "return document.querySelectorAll('.entry').length === 4", json!(null))
        .await;
    page.until_true(
        "what needs attention",
        "return !!document.querySelector('.attention .primary')",
        json!(null),
    )
    .await;
    shows(page, &format!("{tag}-{width}-entries")).await;
    page.eval::<()>("document.querySelector('.foot [aria-pressed]').click()", json!(null)).await;
    page.until_true("rows", "return !!document.querySelector('.groups')", json!(null)).await;
    shows(page, &format!("{tag}-{width}-fixes")).await;
    // What is in the form would be there again at the next width.
    page.eval::<()>("document.querySelector('.foot .actions button').click()", json!(null)).await;
    page.until_true("an empty form", "return !document.querySelector('.entry')", json!(null)).await;
}

async fn shows(page: &Page, state: &str) {
    page.settled().await;
    page.fits_its_width(state).await;
    // On a wide window eight rows are to be seen without scrolling, whatever the language: the tabs take one line.
    let lines = "
        const tops = [...document.querySelectorAll('.views a')].map((tab) => tab.getBoundingClientRect().top);
        return new Set(tops.map(Math.round)).size";
    assert_eq!(page.eval::<usize>(lines, json!(null)).await, 1, "{state}: the tabs");
    if let Some(folder) = env::var_os("CLERK_INVITATIONS_PICTURES") {
        let picture = page.picture().await;
        fs::write(Path::new(&folder).join(format!("pseudo-{state}.png")), picture)
            .expect("a folder for pictures");
    }
}

/// `tag` is the language whose words are replaced: it gives the direction.
async fn fits(tag: &'static str) {
    Stage::admin()
        .play(async move |page| {
            let read = |path: &str| {
                fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
                    .expect("a source of the page")
            };
            let catalogue = Catalogue::read(&read("src/i18n/catalogue.rs"), &read("src/i18n/plurals.rs"));
            let body = Body::Text { content_type: "application/json".into(), text: pseudo(&catalogue) };
            page.fails(
                On::get(&format!("/page/locales/{tag}.json")),
                What::Answer { status: 200, body, headers: vec![] },
            );
            for width in [1280, 800, 360, 320] {
                look(page, tag, width).await;
            }
        })
        .await;
}

#[tokio::test]
async fn long_texts_with_accents_fit() {
    fits("nl").await;
}

#[tokio::test]
async fn long_texts_from_right_to_left_fit() {
    fits("ar").await;
}
