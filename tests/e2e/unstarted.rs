//! When files of the page are missing, outdated or blocked, the page says so in a sentence.

use sandbox::{Body, On, What};
use serde_json::json;

use crate::support::*;

const SENTENCE: &str = "This page hasn’t started yet. Reload it.";

fn answer(status: u16, content_type: &str, text: &str) -> What {
    let body = Body::Text { content_type: content_type.to_owned(), text: text.to_owned() };
    What::Answer { status, body, headers: vec![] }
}

#[tokio::test]
async fn a_page_whose_files_are_not_found_says_so_at_once() {
    Stage::admin()
        .play(async |page| {
            // As under an index.html that a cache has kept from an older version.
            page.fails(On::get("/page/style-*.css"), answer(404, "text/css", ""));
            page.fails(On::get("/page/boot-*.js"), answer(404, "text/javascript", ""));
            page.open("").await;
            assert!(page.text(alert("")).await.contains(SENTENCE));
        })
        .await;
}

#[tokio::test]
async fn a_page_whose_script_was_altered_says_so_after_a_while() {
    Stage::admin()
        .expecting("digest")
        .play(async |page| {
            page.fails(On::get("/page/boot-*.js"), answer(200, "text/javascript", "console.log('altered')"));
            page.open("").await;
            page.see(heading("Loading…")).await;
            assert!(!page.shows(alert("")).await);
            // All but those that never end, which draw the page as busy.
            let pass_time = "
                for (const animation of document.getAnimations())
                  if (animation.effect.getComputedTiming().iterations === 1) animation.finish()";
            page.eval::<()>(pass_time, json!(null)).await;
            assert!(page.text(alert("")).await.contains(SENTENCE));
            page.resize(360, 700).await;
            page.fits_its_width("the sentence").await;
        })
        .await;
}

#[tokio::test]
async fn a_script_that_is_started_without_boot_js_says_what_to_load_instead() {
    Stage::admin()
        .play(async |page| {
            page.open("theme.css").await;
            let start = "
                const page = new DOMParser().parseFromString(await (await fetch('./')).text(), 'text/html');
                const { js, wasm } = page.getElementById('app-loader').dataset;
                const { default: init } = await import(new URL(js, location));
                return init({ module_or_path: new URL(wasm, location) }).then(() => '', String)";
            let said: String = page.eval(start, json!(null)).await;
            assert!(said.contains("This script is started by boot.js or embed.js."), "{said}");
        })
        .await;
}

#[tokio::test]
async fn a_page_that_has_started_does_not_say_so() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let is_said =
                "return [...document.querySelectorAll('[role=alert]')].some((one) => one.checkVisibility())";
            assert!(!page.eval::<bool>(is_said, json!(null)).await);
        })
        .await;
}

#[tokio::test]
async fn a_page_whose_code_can_not_be_had_says_so_in_the_readers_language_and_can_be_reloaded() {
    Stage::admin()
        .expecting("404")
        .expecting("wasm")
        .play(async |page| {
            page.fails(On::get("/page/*.wasm"), answer(404, "text/plain", "no"));
            page.open("?lang=de").await;
            page.see(heading("Diese Seite konnte nicht starten")).await;
            page.is_accessible("a page that could not start").await;
            page.control.clear_faults();
            page.click(button("Neu laden")).await;
            page.see(button("Einladung senden")).await;
        })
        .await;
}

#[tokio::test]
async fn a_page_without_its_stylesheet_works_and_takes_back_what_it_said_at_first() {
    Stage::admin()
        .play(async |page| {
            page.fails(On::get("/page/style-*.css"), answer(404, "text/css", ""));
            page.open_list("").await;
            page.range_is("1–10 of 57").await;
            page.no_longer_see(alert(SENTENCE)).await;
        })
        .await;
}

#[tokio::test]
async fn a_page_whose_code_has_arrived_in_part_says_so() {
    Stage::admin()
        .expecting("The wasm is not whole")
        .expecting("digest")
        .expecting("Failed to fetch dynamically")
        .play(async |page| {
            page.keep_no_copies().await;
            for (file, content_type, part) in [
                ("/page/clerk-invitations-*.wasm", "application/wasm", "\0asm\u{1}\0\0\0\u{1}"),
                ("/page/clerk-invitations-*.js", "text/javascript", "export default async function init("),
            ] {
                page.fails(On::get(file), answer(200, content_type, part));
                page.open("").await;
                page.see(heading("This page couldn’t start")).await;
                page.control.clear_faults();
                page.click(button("Reload")).await;
                page.range_is("1–10 of 57").await;
            }
        })
        .await;
}

#[tokio::test]
async fn what_draws_the_page_is_asked_for_once_more_when_it_broke_off_and_then_that_is_said() {
    Stage::admin()
        .expecting("It broke off")
        .play(async |page| {
            let source = "
                const [fetched, cuts] = [window.fetch, Number(new URLSearchParams(location.search).get('cuts'))];
                window.asked = 0;
                window.fetch = async (...request) => {
                    const answer = await fetched(...request);
                    if (!/clerk-invitations-[0-9a-f]+\\.wasm$/.test(answer.url) || (asked += 1) > cuts) return answer;
                    const [first] = JSON.parse(document.getElementById('app-loader').dataset.modules);
                    const pieces = [new Uint8Array(await answer.arrayBuffer()).slice(0, first + 100)];
                    const pull = (body) =>
                        pieces.length ? body.enqueue(pieces.pop()) : body.error(new TypeError('It broke off.'));
                    return new Response(new ReadableStream({ pull }));
                }";
            page.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
            page.open_list("?cuts=1").await;
            page.range_is("1–10 of 57").await;
            assert_eq!(page.eval::<u64>("return asked", json!(null)).await, 2);
            page.open("?cuts=2").await;
            page.see(heading("This page couldn’t start")).await;
            page.see(button("Reload")).await;
        })
        .await;
}

#[tokio::test]
async fn a_page_that_takes_code_which_can_not_be_had_says_so() {
    Stage::admin()
        .expecting("404")
        .expecting("-cold-")
        .play(async |page| {
            page.keep_no_copies().await;
            page.fails(On::get("/page/*-cold-*.wasm"), answer(404, "text/plain", "no"));
            page.open("").await;
            page.range_is("1–10 of 57").await;
            // The rows came without it; to go on to the next ones takes it.
            page.click(button("Next page")).await;
            page.see(heading("This page couldn’t start")).await;
            page.control.clear_faults();
            page.click(button("Reload")).await;
            page.range_is("1–10 of 57").await;
            page.see(button("Send invitation")).await;
        })
        .await;
}
