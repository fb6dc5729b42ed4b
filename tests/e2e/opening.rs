//! The first moments of a visit: what is asked for and how often, and that nothing moves.

use std::time::Duration;

use sandbox::{Body, Gate, On, What, publishable_key};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const CLERK_JS: &str = "/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js";
const ANOTHER: &str = "/__clerk/npm/@clerk/clerk-js@5/dist/clerk.browser.js";

/// How often a script was asked for, by its address below the origin.
async fn asked_for(page: &Page, script: &str) -> usize {
    page.downloads().await.iter().filter(|name| name.ends_with(script)).count()
}

/// What a first visit to the list costs: four calls before the rows, and clerk-js once.
async fn took_no_detour(page: &Page, invitations: &str) {
    page.settled().await;
    assert_eq!(asked_for(page, CLERK_JS).await, 1, "{:?}", page.downloads().await);
    let calls = page.control.requests();
    let of_first_page =
        |seen: &&sandbox::Seen| seen.query.iter().any(|(name, value)| name == "limit" && value == "10");
    let count = |method: &str, path: &str| page.requests(method, path).len();
    assert_eq!(count("GET", "/v1/client"), 1, "{calls:#?}");
    assert_eq!(count("PATCH", "/v1/environment"), 1, "{calls:#?}");
    assert_eq!(count("GET", "/v1/organizations/*/roles"), 1, "{calls:#?}");
    let listed = page.requests("GET", "/v1/organizations/*/invitations");
    let listed: Vec<_> = listed.iter().filter(of_first_page).collect();
    assert!(listed.len() == 1 && listed[0].path.contains(invitations), "{calls:#?}");
}

#[tokio::test]
async fn a_page_that_asks_for_clerk_js_in_its_head_downloads_it_once() {
    Stage::admin()
        .hosted(&clerk_ahead(CLERK_JS, &publishable_key()), "")
        .play(async |page| {
            page.open_list("").await;
            page.range_is("1–10 of 57").await;
            took_no_detour(page, "org_acme").await;
        })
        .await;
}

#[tokio::test]
async fn a_page_that_does_not_takes_no_detour_either() {
    Stage::admin()
        .hosted("", "")
        .play(async |page| {
            page.open_list("?page=2&view=all").await;
            page.range_is("11–20 of 137").await;
            took_no_detour(page, "org_acme").await;
        })
        .await;
}

#[tokio::test]
async fn clerk_js_runs_while_the_configuration_is_awaited_but_asks_clerk_nothing() {
    Stage::admin()
        .hosted(&clerk_ahead(CLERK_JS, &publishable_key()), "")
        .play(async |page| {
            let gate = page.control.gate(On::get("/page/config.json"));
            page.open("").await;
            gate.reached(1).await;
            page.until_true("clerk-js", "return Boolean(window.Clerk?.load)", json!(null)).await;
            // What follows from its arrival is done in the next task.
            let is_started = "
                await new Promise((next) => setTimeout(next));
                return Boolean(clerkInvitations.started)";
            assert!(!page.eval::<bool>(is_started, json!(null)).await);
            assert!(page.control.requests().is_empty());
            gate.open();
            page.range_is("1–10 of 57").await;
            took_no_detour(page, "org_acme").await;
        })
        .await;
}

#[tokio::test]
async fn when_the_head_and_the_configuration_disagree_the_configuration_is_right() {
    const CONFIG: &str = "/page/config.json";
    // `pk_test_` and "clerk.other.test$" in base64.
    let other_key = "pk_test_Y2xlcmsub3RoZXIudGVzdCQ=";
    for (head, awaited) in [
        (clerk_ahead(ANOTHER, &publishable_key()), CONFIG),
        (clerk_ahead(CLERK_JS, other_key), CONFIG),
        (clerk_ahead(ANOTHER, &publishable_key()), "/npm/@clerk/clerk-js@5/**"),
        (clerk_ahead("/__clerk/gone.js", other_key), "/gone.js"),
    ] {
        Stage::admin()
            .hosted(&head, "")
            .expecting("404")
            .play(async |page| {
                let gate = page.control.gate(On::get(awaited));
                page.open("").await;
                // What the head names has run when the configuration arrives, or arrives when the page has been drawn without it.
                if awaited == CONFIG {
                    page.until_true("clerk-js", "return Boolean(window.Clerk?.load)", json!(null)).await;
                    gate.open();
                    page.range_is("1–10 of 57").await;
                } else {
                    page.range_is("1–10 of 57").await;
                    gate.open();
                }
                page.settled().await;
                let used = "
                    const tags = [...document.querySelectorAll('script[data-clerk-publishable-key]')];
                    return [Clerk.publishableKey, ...tags.map((tag) => tag.getAttribute('src'))]";
                let expected = [publishable_key(), CLERK_JS.to_owned()];
                assert_eq!(page.eval::<Vec<String>>(used, json!(null)).await, expected, "{head}");
                assert_eq!(page.requests("GET", "/v1/client").len(), 1, "{head}");
            })
            .await;
    }
}

#[tokio::test]
async fn what_the_first_rows_do_without_is_asked_for_when_they_are_drawn() {
    Stage::admin()
        .play(async |page| {
            let source = "new MutationObserver((_, observer) => {
                if (!document.querySelector('[data-invitation]')) return;
                observer.disconnect();
                window.drawn = performance.now();
            }).observe(document, { childList: true, subtree: true })";
            page.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
            page.open_list("").await;
            page.has_counted("All 137").await;
            let asked = "const asked = [[], []];
                for (const { name, startTime } of performance.getEntriesByType('resource')) {
                    asked[Number(startTime >= drawn)].push(name);
                }
                return asked";
            let icon = "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('icon.svg'))";
            page.until_true("the icon to be asked for", icon, json!(null)).await;
            let [before, after]: [Vec<String>; 2] = page.eval(asked, json!(null)).await;
            for what in ["-later-later-", "limit=500", "icon.svg"] {
                assert!(!before.iter().any(|address| address.contains(what)), "{what}: {before:#?}");
                assert!(after.iter().any(|address| address.contains(what)), "{what}: {after:#?}");
            }
        })
        .await;
}

#[tokio::test]
async fn nothing_moves_in_the_first_second_because_each_frame_takes_from_the_start() {
    Stage::admin()
        .play(async |page| {
            let gate = page.control.gate(On::any("/v1/**"));
            page.open("").await;
            gate.reached(1).await;
            page.see(heading("Loading…")).await;
            let delays = "return document.getAnimations().map((one) => one.effect.getComputedTiming().delay)";
            let delays: Vec<f64> = page.eval(delays, json!(null)).await;
            // The rows, all in one; and what is said of a page that is late.
            assert_eq!(delays, [1000.0, 20_000.0]);
            gate.open();
        })
        .await;
}

#[tokio::test]
async fn who_may_not_manage_members_costs_clerk_no_refusal() {
    Stage::signed_in("user_ada", Some("org_guild"))
        .play(async |page| {
            page.open("").await;
            page.see(heading("You don’t have permission to invite people")).await;
            assert_eq!(page.requests("GET", "/v1/organizations/**").len(), 0);
        })
        .await;
}

#[tokio::test]
async fn a_reader_who_saves_data_is_spared_what_it_takes_to_invite() {
    let saves = "Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => true })";
    Stage::admin()
        .world(without_requests)
        .hosted("<script src=\"host.js\"></script>", saves)
        .play(async |page| {
            page.open_list("").await;
            let idle = "await new Promise((over) => requestIdleCallback(() => requestIdleCallback(over)))";
            page.eval::<()>(idle, json!(null)).await;
            let downloads = page.downloads().await;
            assert!(!downloads.iter().any(|name| name.contains("-later-")), "{downloads:?}");
        })
        .await;
}

/// How much has moved on the page so far: the cumulative layout shift.
const SHIFTS: &str = "
    const seen = [];
    const observer = new PerformanceObserver((list) => seen.push(...list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    // Entries that are buffered are delivered in a task of their own.
    await new Promise((delivered) => setTimeout(delivered));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return seen.reduce((sum, { value }) => sum + value, 0)";

#[tokio::test]
async fn nothing_moves_while_the_page_starts() {
    Stage::admin()
        .play(async |page| {
            // The frame of index.html is still in sight when the page begins.
            let late = What::Delay(Duration::from_millis(1200));
            page.fails(On::get("/v1/client"), late);
            for (width, address) in [
                (1280, ""),
                (700, ""),
                (360, ""),
                (1280, "?lang=de"),
                (360, "?lang=de"),
                (1280, "?lang=ar"),
                (360, "?lang=ar"),
            ] {
                page.resize(width, 800).await;
                page.open(address).await;
                let script =
                    "return ['[data-invitation]', 'form'].every((part) => document.querySelector(part))";
                page.until_true("the rows and the form", script, json!(null)).await;
                page.settled().await;
                let shift: f64 = page.eval(SHIFTS, json!(null)).await;
                assert!(shift < 0.02, "{shift} at {width} pixels, {address}");
            }
        })
        .await;
}

#[tokio::test]
async fn the_rows_take_exactly_the_place_of_what_stood_for_them() {
    Stage::admin()
        .play(async |page| {
            for (width, address) in [(1280, ""), (1280, "?size=5"), (700, ""), (360, "?lang=ar&size=5")] {
                page.resize(width, 800).await;
                let gate = page.control.gate(On::get("/v1/organizations/*/invitations"));
                page.open(address).await;
                page.until_true("what stands for the rows", "return document.querySelector('#app .boot-rows') !== null", json!(null)).await;
                let place = "
                    const { x, y, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
                    return [x, y, width, height]";
                let stood: Vec<f64> = page.eval(place, json!("#app .boot-rows")).await;
                gate.open();
                page.until_true("the rows", "return document.querySelector('[data-invitation]') !== null", json!(null)).await;
                let stands: Vec<f64> = page.eval(place, json!("#app .list table")).await;
                assert_eq!(stood, stands, "at {width} pixels, {address}");
            }
        })
        .await;
}

#[tokio::test]
async fn the_form_stands_open_on_a_phone_as_soon_as_it_is_known_that_nobody_was_invited() {
    Stage::signed_in("user_ada", Some("org_pages"))
        .world(|world| pages_world(world, "org_pages", 0))
        .play(async |page| {
            page.resize(360, 800).await;
            let gate = page.control.gate(On::get(COLD));
            page.open("").await;
            let is_known = "return document.body.innerText.includes('No invitations')";
            page.until_true("the answer", is_known, json!(null)).await;
            let top = "return byId('list-heading').getBoundingClientRect().top";
            let before: f64 = page.eval(top, json!(null)).await;
            gate.open();
            page.see(button("Send invitation")).await;
            let after: f64 = page.eval(top, json!(null)).await;
            assert!((before - after).abs() < 2.0, "{before} with what stands in its place, {after}");
        })
        .await;
}

#[tokio::test]
async fn the_form_is_drawn_when_its_code_has_come_behind_the_first_rows() {
    Stage::admin()
        .play(async |page| {
            let gate = page.control.gate(On::get(COLD));
            page.open("?lang=de").await;
            page.range_is("1–10 von 57").await;
            gate.reached(1).await;
            let awaited = "
                const forms = document.querySelectorAll('#app form').length;
                const [heading] = document.querySelectorAll('#app [aria-hidden=true] h2');
                return [forms, heading.textContent]";
            let expected = (0, "Personen einladen".to_owned());
            assert_eq!(page.eval::<(usize, String)>(awaited, json!(null)).await, expected);
            gate.open();
            page.see(button("Einladung senden")).await;
            let left = "return document.querySelectorAll('#app .boot').length";
            assert_eq!(page.eval::<usize>(left, json!(null)).await, 0);
        })
        .await;
}

const COLD: &str = "/page/*-cold-*.wasm";

fn answer(status: u16, text: &str) -> What {
    let body = Body::Text { content_type: "text/html".to_owned(), text: text.to_owned() };
    What::Answer { status, body, headers: vec![] }
}

/// Whether it has been said in both places that code did not arrive: in that of the form, and in the list.
const NOTICES: &str = "return find(arguments[0]).length === 2";

/// Opens the page where the code of its form does not arrive.
async fn open_without_form_code(page: &Page, below: &str) {
    page.keep_no_copies().await;
    page.fails(On::get(COLD), answer(404, "gone"));
    page.open(below).await;
}

#[tokio::test]
async fn a_form_whose_code_does_not_arrive_leaves_the_list_and_can_be_asked_for_again() {
    Stage::admin()
        .expecting("404")
        .expecting("integrity")
        .play(async |page| {
            open_without_form_code(page, "").await;
            page.until_true("a notice in both places", NOTICES, json!(button("Try again"))).await;
            page.is_accessible("code that did not arrive").await;
            page.range_is("1–10 of 57").await;
            let gate = page.control.gate(On::get(COLD));
            let press = "const [button] = find(arguments[0]); button.focus(); button.click()";
            page.eval::<()>(press, json!(button("Try again"))).await;
            gate.reached(1).await;
            let waits = "
                const { textContent, ariaDisabled } = document.activeElement;
                return textContent === 'Try again' && ariaDisabled === 'true'";
            page.until_true("the keyboard on the button", waits, json!(null)).await;
            page.range_is("1–10 of 57").await;
            page.control.clear_faults();
            gate.open();
            page.see(button("Send invitation")).await;
            let is_in_box = "return document.activeElement.id === 'invite-email'";
            page.until_true("the keyboard in the box", is_in_box, json!(null)).await;
        })
        .await;
}

#[tokio::test]
async fn a_form_whose_code_comes_late_is_drawn_without_being_asked_for() {
    Stage::admin()
        .expecting("404")
        .expecting("integrity")
        .play(async |page| {
            open_without_form_code(page, "").await;
            page.until_true("a notice in both places", NOTICES, json!(button("Try again"))).await;
            drop_a_file(page).await;
            page.range_is("1–10 of 57").await;
            page.control.clear_faults();
            page.see(button("Send invitation")).await;
        })
        .await;
}

/// Drops a file on the page, which must not be left for it.
async fn drop_a_file(page: &Page) {
    let drop = "
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['a'], 'people.csv'));
        const options = { dataTransfer, bubbles: true, cancelable: true };
        const isTaken = (type) => !document.querySelector('main').dispatchEvent(new DragEvent(type, options));
        return ['dragenter', 'dragover', 'drop'].map(isTaken)[2]";
    assert!(page.eval::<bool>(drop, json!(null)).await, "the browser would show the file");
}

#[tokio::test]
async fn a_form_whose_code_the_host_has_replaced_says_that_there_is_a_newer_version() {
    Stage::admin()
        .expecting("404")
        .expecting("integrity")
        .play(async |page| {
            open_without_form_code(page, "?page=2").await;
            page.range_is("11–20 of 57").await;
            let newer = "<!doctype html><meta id=\"app-loader\" data-wasm=\"newer_bg.wasm\">";
            page.fails(On::get("/page/"), answer(200, newer));
            page.see(alert("There’s a new version of this page.")).await;
            page.range_is("11–20 of 57").await;
            page.control.clear_faults();
            page.click(button("Reload")).await;
            page.see(button("Send invitation")).await;
            page.range_is("11–20 of 57").await;
        })
        .await;
}

#[tokio::test]
async fn other_screens_are_not_fetched_one_after_the_other_with_the_code_that_they_call() {
    Stage::signed_out()
        .play(async |page| {
            let gates = [COLD, "/page/*-screens-*.wasm"].map(|file| page.control.gate(On::get(file)));
            page.open("").await;
            for gate in &gates {
                gate.reached(1).await;
            }
            gates.into_iter().for_each(Gate::open);
            page.see(textbox("Email address")).await;
        })
        .await;
}

/// Keeps the code that arrives last from arriving by itself, and counts how often it is asked for at once: `broughtAtOnce`.
async fn without_cold_code(page: &Page) {
    let source = "
        const [fetched, open] = [window.fetch, XMLHttpRequest.prototype.open];
        const isCold = (address) => String(address).includes('-cold-');
        window.broughtAtOnce = 0;
        window.fetch = async (address, options) =>
            isCold(address) ? new Promise(() => {}) : fetched(address, options);
        XMLHttpRequest.prototype.open = function (method, address, ...rest) {
            if (isCold(address)) broughtAtOnce += 1;
            return open.call(this, method, address, ...rest);
        }";
    page.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
}

/// Waits until the rows are there. Without the code that arrives last there is no form.
/// Has the browser collect garbage. What the wasm has handed to JavaScript it drops by code of its own then.
async fn drop_garbage(page: &Page) {
    let probe = "
        window.dropped = 0;
        window.drops = new FinalizationRegistry(() => (dropped += 1));
        drops.register({})";
    page.eval::<()>(probe, json!(null)).await;
    page.chromium("HeapProfiler.collectGarbage", json!({})).await;
    page.until_true("what is dropped", "return dropped > 0", json!(null)).await;
}

async fn rows_are_there(page: &Page) {
    let script = "return all('table')[0]?.getAttribute('aria-busy') === 'false'";
    page.until_true("the rows", script, json!(null)).await;
}

async fn brought_at_once(page: &Page) -> u64 {
    page.eval("return broughtAtOnce", json!(null)).await
}

#[tokio::test]
async fn the_first_rows_are_there_without_the_code_that_arrives_last() {
    Stage::admin()
        .play(async |page| {
            without_cold_code(page).await;
            for (width, address) in
                [(1280, ""), (360, ""), (1280, "?lang=de"), (360, "?lang=ar"), (1280, "?view=all"), (360, "?page=2")]
            {
                page.resize(width, 800).await;
                page.open(address).await;
                rows_are_there(page).await;
                let around = "
                    for (const event of ['offline', 'online', 'pagehide', 'pageshow']) dispatchEvent(new Event(event));
                    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";
                page.eval::<()>(around, json!(null)).await;
                drop_garbage(page).await;
                rows_are_there(page).await;
                let why = "`cargo xtask profile` finds out anew which functions the page starts without";
                assert_eq!(brought_at_once(page).await, 0, "{address} at {width} pixels: {why}");
            }
        })
        .await;
}

#[tokio::test]
async fn a_reader_who_goes_offline_or_presses_keys_before_all_code_has_arrived_keeps_the_list() {
    Stage::admin()
        .world(without_requests)
        .play(async |page| {
            without_cold_code(page).await;
            page.open("").await;
            rows_are_there(page).await;
            page.be_offline(true).await;
            page.until_true("the browser to know", "return !navigator.onLine", json!(null)).await;
            page.press(Key::Tab).await;
            page.press("r").await;
            page.be_offline(false).await;
            page.until_true("the browser to know", "return navigator.onLine", json!(null)).await;
            rows_are_there(page).await;
            assert_eq!(brought_at_once(page).await, 0);
        })
        .await;
}

#[tokio::test]
async fn code_that_is_needed_before_it_has_arrived_is_brought_at_once() {
    Stage::admin()
        .play(async |page| {
            without_cold_code(page).await;
            page.open("").await;
            rows_are_there(page).await;
            page.click(button("Next page")).await;
            page.range_is("11–20 of 57").await;
            assert_eq!(brought_at_once(page).await, 1);
        })
        .await;
}
