//! In the reader's language.

use sandbox::{Body, On, Status, What};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const MOMENT: u64 = 1_772_698_150_000; // 2026-03-05T08:09:10Z

/// An organization with one old invitation, so that its date is known.
fn dated() -> Stage {
    Stage::signed_in("user_ada", Some("org_blank")).world(|world| {
        world.invite("org_blank", "one@time.test", "org:member", Status::Pending, MOMENT);
    })
}

async fn speaks(page: &Page, language: &str, direction: &str) {
    let script = "
        const { lang, dir } = document.documentElement;
        return lang === arguments[0][0] && dir === arguments[0][1]";
    page.until_true(format!("{language}, {direction}"), script, json!([language, direction])).await;
}

#[tokio::test]
async fn german_by_the_address_stays_while_pages_are_turned() {
    Stage::admin()
        .play(async |page| {
            page.open_list("?lang=de").await;
            speaks(page, "de", "ltr").await;
            page.see(heading("Ausstehende Einladungen 57")).await;
            page.see(button("Einladung senden")).await;
            page.see(textbox("E-Mail-Adressen")).await;
            page.range_is("1–10 von 57").await;
            page.is_accessible("German").await;
            page.click(button("Nächste Seite")).await;
            page.range_is("11–20 von 57").await;
            page.address_becomes("?lang=de&page=2").await;
            page.settled().await;
            page.write(textbox("E-Mail-Adressen"), "ada").await;
            page.click(button("Einladung senden")).await;
            page.has(textbox("E-Mail-Adressen"), "aria-invalid", Some("true")).await;
            let text: String = page.eval("return clean(document.body.innerText)", json!(null)).await;
            for english in
                ["Send invitation", "Email address", "pending", "Revoke", "Rows per page", "can’t be"]
            {
                assert!(!text.contains(english), "{english} is in {text}");
            }
            page.see(button("Einladung senden")).await;
        })
        .await;
}

#[tokio::test]
async fn words_that_come_soon_are_waited_for_so_that_the_page_is_drawn_once() {
    Stage::admin()
        .play(async |page| {
            let source = "
                // The page gives its words up by a timer.
                const begin = window.setTimeout;
                window.setTimeout = (run, wait, ...rest) => begin(run, (wait ?? 0) * 100, ...rest);
                new MutationObserver((_, observer) => {
                    if (!document.querySelector('[data-invitation]')) return;
                    observer.disconnect();
                    window.drawnFirst = document.querySelector('#app').innerText;
                }).observe(document, { childList: true, subtree: true });";
            page.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
            let german = page.control.gate(On::get("/page/locales/de.json"));
            page.open("?lang=de").await;
            german.reached(1).await;
            let answered = "return performance.getEntriesByType('resource')
                .some(({ name, responseEnd }) => name.includes('/invitations?') && responseEnd > 0)";
            page.until_true("the rows to be here".to_owned(), answered, json!(null)).await;
            german.open();
            page.until_true("a row".to_owned(), "return 'drawnFirst' in window", json!(null)).await;
            let drawn_first: String = page.eval("return window.drawnFirst", json!(null)).await;
            assert!(drawn_first.contains("Ausstehende Einladungen"), "{drawn_first}");
        })
        .await;
}

#[tokio::test]
async fn arabic_runs_from_right_to_left() {
    dated()
        .play(async |page| {
            page.open_list("?lang=ar").await;
            speaks(page, "ar", "rtl").await;
            page.see(button("إرسال الدعوة")).await;
            assert_eq!(page.emails().await, ["one@time.test"]);
            page.is_accessible("Arabic").await;
            let (user, role): (f64, f64) = page
                .eval(
                    "const { cells } = rows()[0].element;
                     return [cells[1].getBoundingClientRect().left, cells[4].getBoundingClientRect().left]",
                    json!(null),
                )
                .await;
            assert!(user > role, "the first column is not the right-most");
            page.fits_its_width("Arabic").await;
            page.resize(320, 800).await;
            page.fits_its_width("Arabic, narrow").await;
            page.eval::<()>("rows()[0].buttons.at(-1).click()", json!(null)).await;
            page.see(any("menu")).await;
            page.press(Key::End).await;
            page.press(Key::Enter).await;
            page.see(any("dialog")).await;
            page.is_accessible("the question in Arabic").await;
            page.fits_its_width("the question in Arabic, narrow").await;
        })
        .await;
}

#[tokio::test]
async fn the_configured_language_wins_over_the_address_and_the_browser() {
    dated()
        .configured(&[("locale", json!("de-AT"))])
        .languages("ar")
        .play(async |page| {
            page.open_list("?lang=ar").await;
            speaks(page, "de-AT", "ltr").await;
            page.see(button("Einladung senden")).await;
            assert_eq!(page.rows().await[0].invited, "05.03.2026");
        })
        .await;
}

#[tokio::test]
async fn without_a_choice_the_browser_says_the_language_and_the_address_may_say_another() {
    dated()
        .languages("sv,de,en")
        .play(async |page| {
            page.open_list("").await;
            speaks(page, "de", "ltr").await;
            assert_eq!(page.rows().await[0].invited, "05.03.2026");
            page.open_list("?lang=en-GB").await;
            speaks(page, "en-GB", "ltr").await;
            page.see(button("Send invitation")).await;
            assert_eq!(page.rows().await[0].invited, "5 Mar 2026");
            page.open_list("?lang=xx").await;
            speaks(page, "de", "ltr").await;
        })
        .await;
}

#[tokio::test]
async fn words_that_cannot_be_had_are_english_and_words_that_are_late_hold_nothing_up() {
    dated()
        .play(async |page| {
            let german = page.control.gate(On::get("/page/locales/de.json"));
            page.open("?lang=de").await;
            german.reached(1).await;
            page.see(button("Send invitation")).await;
            page.settled().await;
            page.write(addresses(), "half@written.test").await;
            german.open();
            page.see(button("1 Einladung senden")).await;
            page.holds(textbox("E-Mail-Adressen"), "half@written.test").await;
            page.fails(
                On::get("/page/locales/de.json"),
                What::Answer {
                    status: 404,
                    body: Body::Text { content_type: "text/plain".into(), text: "no".into() },
                    headers: vec![],
                },
            );
            page.open_list("?lang=de").await;
            page.see(button("Send 1 invitation")).await;
            speaks(page, "en", "ltr").await;
            page.console_says("locales/de.json is missing").await;
        })
        .await;
}

#[tokio::test]
async fn clerks_own_components_speak_the_readers_language() {
    Stage::signed_out()
        .play(async |page| {
            page.open("?lang=de").await;
            page.see(textbox("E-Mail-Adresse").partly()).await;
            let texts =
                async || page.downloads().await.iter().filter(|name| name.contains("/locales/")).count();
            assert_eq!(texts().await, 2, "the page's and Clerk's");
            page.open("?lang=en").await;
            page.see(button("Continue")).await;
            assert_eq!(texts().await, 0, "English was fetched");
        })
        .await;
}
