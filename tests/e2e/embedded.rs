//! The page as an element of other pages, which have another origin than its files.

use std::time::Duration;

use sandbox::{On, What};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::support::*;

const CLIENT: &str = "/v1/client";
const INVITATIONS: &str = "/v1/organizations/*/invitations";

/// Ada's first page of invitations is there, in an element.
async fn listed(page: &Page) {
    page.settled().await;
    page.range_is("1–10 of 57").await;
}

async fn open(page: &Page, host: &str) {
    page.open(host).await;
    listed(page).await;
}

/// Does something to the first element: `element` in the script.
async fn to_element(page: &Page, script: &str) {
    let script = format!("const element = document.querySelector('clerk-invitations'); {script}");
    page.eval::<()>(&script, json!(null)).await;
}

/// Counts from the start of each document on what is added to its window, to itself and to Clerk, and not taken away; and the timers
/// that are set.
async fn count_listeners(page: &Page) {
    let source = "
        const added = new Map();
        const { addEventListener, removeEventListener } = EventTarget.prototype;
        const key = (target, event, listener) => added.get(target)?.get(event)?.delete(listener);
        EventTarget.prototype.addEventListener = function (event, listener, options) {
          const target = this ?? window;
          if ((target === window || target === document) && listener) {
            if (!added.has(target)) added.set(target, new Map());
            const events = added.get(target);
            if (!events.has(event)) events.set(event, new Set());
            events.get(event).add(listener);
            options?.signal?.addEventListener('abort', () => key(target, event, listener));
          }
          return addEventListener.call(target, event, listener, options);
        };
        EventTarget.prototype.removeEventListener = function (event, listener, options) {
          key(this ?? window, event, listener);
          return removeEventListener.call(this ?? window, event, listener, options);
        };
        const timers = new Set();
        for (const [set, clear, isOnce] of [['setTimeout', 'clearTimeout', true], ['setInterval', 'clearInterval', false]]) {
          const [begin, end] = [window[set], window[clear]];
          window[set] = (run, ...rest) => {
            const timer = begin(typeof run === 'function' ? (...given) => { if (isOnce) timers.delete(timer); run(...given); } : run, ...rest);
            timers.add(timer);
            return timer;
          };
          window[clear] = (timer) => { timers.delete(timer); end(timer); };
        }
        window.countTimers = () => timers.size;
        window.listenersOfClerk = 0;
        window.countListeners = () => [...added.values()].flatMap((events) => [...events.values()])
          .reduce((sum, listeners) => sum + listeners.size, 0) + window.listenersOfClerk;";
    page.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
}

#[tokio::test]
async fn neither_the_host_s_styles_nor_the_page_s_own_cross_the_border() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            open(page, "plain.html").await;
            let styles: Value = page
                .eval(
                    "const style = (element, name) => getComputedStyle(element)[name];
                     const [title] = document.querySelectorAll('h1'), ours = find({ role: 'heading', name: 'Acme', whole: true })[0];
                     const send = find({ role: 'submit', name: null })[0], theirs = document.querySelector('p > button');
                     await Promise.all(send.getAnimations().map((one) => one.finished));
                     return {
                       title: [style(title, 'fontSize'), style(title, 'textTransform')],
                       theirs: style(theirs, 'backgroundColor'),
                       ours: [style(ours, 'fontSize'), style(ours, 'textTransform'), style(ours, 'letterSpacing')],
                       send: [style(send, 'backgroundColor'), style(send, 'borderTopStyle')],
                       document: [document.title, document.documentElement.lang, document.documentElement.dir],
                       sheets: document.querySelectorAll('style, link[rel=stylesheet]').length,
                     }",
                    json!(null),
                )
                .await;
            assert_eq!(
                styles,
                json!({
                    "title": ["36px", "uppercase"],
                    "theirs": "rgb(255, 0, 0)",
                    "ours": ["20px", "none", "-0.2px"],
                    // The accent is the host's: its custom properties are the one thing that reaches in.
                    "send": ["rgb(102, 51, 153)", "solid"],
                    "document": ["A plain page", "en", ""],
                    "sheets": 1,
                })
            );
            page.fits_its_width("a plain page").await;
        })
        .await;
}

#[tokio::test]
async fn an_admin_works_in_an_element_as_in_a_page_and_the_host_hears_of_it_by_ids() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            open(page, "plain.html").await;
            let listen = "window.told = [];
                for (const event of ['invited', 'revoked'])
                  document.addEventListener(event, ({ type, detail }) => told.push([type, Object.keys(detail), detail.ids]));";
            page.eval::<()>(listen, json!(null)).await;
            let steps: usize = page.eval("return history.length", json!(null)).await;
            page.click(addresses()).await;
            page.press("grace@navy.test").await;
            page.click(sender()).await;
            page.until("the new row", async || (page.emails().await.first()? == "grace@navy.test").then_some(())).await;
            page.focus_is_on(addresses()).await;
            page.settled().await;
            // The question is a modal dialog within the shadow root: Escape answers it, and the focus returns.
            page.picks("grace@navy.test", "Revoke").await;
            page.see(any("dialog")).await;
            page.dialog_has_its_style().await;
            page.press(Key::Escape).await;
            page.no_longer_see(any("dialog")).await;
            page.focus_is_on(more("grace@navy.test")).await;
            page.picks("grace@navy.test", "Revoke").await;
            page.click(any("button").named("Revoke").within(any("dialog"))).await;
            page.is_asked(1, "POST", "/v1/organizations/*/invitations/*/revoke").await;
            let told: Value = page
                .until("what the host is told", async || {
                    let told: Vec<Value> = page.eval("return window.told", json!(null)).await;
                    (told.len() == 2).then(|| json!(told))
                })
                .await;
            let id = page.control.change(|world| {
                world.invitations.addressed_to("grace@navy.test").next().expect("an invitation").id.clone()
            });
            assert_eq!(told, json!([["invited", ["ids"], [id]], ["revoked", ["ids"], [id]]]));
            page.click(button("Next page")).await;
            page.range_is("11–20 of 57").await;
            assert_eq!(page.address().await, "plain.html", "the host's address is the host's");
            assert_eq!(page.eval::<usize>("return history.length", json!(null)).await, steps);
        })
        .await;
}

#[tokio::test]
async fn clerk_s_own_components_stand_in_the_document_where_their_styles_are() {
    Stage::signed_out()
        .embedded()
        .play(async |page| {
            page.open("plain.html").await;
            let field = || textbox("Email address");
            page.see(field()).await;
            let is_outside = "return find(arguments[0])[0].getRootNode() === document";
            assert!(page.eval::<bool>(is_outside, json!(field())).await);
            page.write(field(), "ada@demo.test").await;
            page.press(Key::Enter).await;
            page.write(textbox("Password"), sandbox::world::DEMO_PASSWORD).await;
            page.press(Key::Enter).await;
            page.see(any("heading").named("Choose an organization")).await;
            page.until_true(
                "Clerk's form to be gone",
                "return document.querySelector('clerk-invitations').children.length === 0",
                json!(null),
            )
            .await;
        })
        .await;
}

#[tokio::test]
async fn clerk_s_menus_and_dialogs_open_from_an_element() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            open(page, "plain.html").await;
            page.click(button("Manage members")).await;
            page.see(any("dialog").named("Members")).await;
            page.press(Key::Escape).await;
            page.no_longer_see(any("dialog")).await;
            page.click(button("Account: Ada Lovelace")).await;
            page.see(any("dialog").named("Account panel")).await;
            page.press(Key::Escape).await;
            page.no_longer_see(any("dialog")).await;
            page.click(button("Switch organization")).await;
            page.click(any("button").named("Blank Slate")).await;
            page.see(heading("Blank Slate")).await;
            page.settled().await;
            assert_eq!(page.address().await, "plain.html");
        })
        .await;
}

#[tokio::test]
async fn the_host_s_clerk_is_used_whichever_it_is_without_a_key_and_none_is_loaded_beside_it() {
    for (host, version) in [("clerk-6.html", "6.40.0"), ("clerk-5.html", "5.128.0"), ("react.html", "6.40.0")]
    {
        Stage::admin()
            .config("{}")
            .embedded()
            .play(async |page| {
                open(page, host).await;
                let found: String = page.eval("return window.Clerk.version", json!(null)).await;
                assert_eq!(found, version, "{host}");
                let scripts = page.downloads().await;
                let scripts = scripts.iter().filter(|address| address.ends_with("/clerk.browser.js"));
                assert_eq!(scripts.count(), 1, "{host}");
                assert_eq!(page.requests("GET", CLIENT).len(), 1, "{host}");
            })
            .await;
    }
}

#[tokio::test]
async fn an_application_of_react_shows_and_takes_away_the_element_and_what_the_functions_mount() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            open(page, "react.html").await;
            page.write(addresses(), "grace@navy.test").await;
            page.click(sender()).await;
            page.until_true(
                "React to be told",
                "return document.getElementById('told').textContent === 'invited: 1'",
                json!(null),
            )
            .await;
            page.click(button("Show functions")).await;
            page.settled().await;
            page.range_is("1–5 of 58").await;
            page.click(button("Show nothing")).await;
            page.no_longer_see(any("table")).await;
            page.click(button("Show element")).await;
            page.settled().await;
            page.range_is("1–10 of 58").await;
        })
        .await;
}

#[tokio::test]
async fn nothing_is_left_of_an_element_that_was_mounted_fifty_times() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            count_listeners(page).await;
            open(page, "clerk-6.html").await;
            let clerk = "const { addListener } = Clerk;
                Clerk.addListener = (...given) => {
                  const end = addListener.apply(Clerk, given);
                  listenersOfClerk += 1;
                  return () => { listenersOfClerk -= 1; end(); };
                };";
            page.eval::<()>(clerk, json!(null)).await;
            let mounted = async |times: usize| {
                for _ in 0..times {
                    to_element(page, "element.remove(); document.body.append(document.createElement('clerk-invitations'))").await;
                    page.settled().await;
                }
                // What is prefetched has come.
                page.until_true("a head without links to code", "return !document.querySelector('link[rel=prefetch]')", json!(null)).await;
                page.eval::<[usize; 3]>("return [countListeners(), document.head.childElementCount, countTimers()]", json!(null)).await
            };
            let [first, in_head, timers] = mounted(2).await;
            let [now, in_head_now, _] = mounted(48).await;
            assert_eq!((now, in_head_now), (first, in_head), "listeners or the head have become more");
            // Clerk has some of its own, which come and go.
            page.until_true("no more timers than before", "return countTimers() <= arguments[0]", json!(timers)).await;
            to_element(page, "element.remove()").await;
            page.no_longer_see(any("table")).await;
            let left: usize = page.eval("return countListeners()", json!(null)).await;
            assert!(left < first, "the listeners of an element are still there");
            let asked = page.control.requests().len();
            page.eval::<()>(
                "for (const event of ['focus', 'popstate', 'offline', 'online']) window.dispatchEvent(new Event(event));
                 document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
                 return Clerk.session.touch().then(() => null)",
                json!(null),
            )
            .await;
            let since = page.control.requests()[asked..].to_vec();
            assert!(since.iter().all(|seen| !seen.is("GET", INVITATIONS)), "it goes on without a document: {since:?}");
        })
        .await;
}

#[tokio::test]
async fn two_elements_on_one_page_are_two_pages_with_one_clerk() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            open(page, "plain.html").await;
            let second = "const second = element.cloneNode(); second.pageSize = 5; element.after(second)";
            to_element(page, second).await;
            let ranges = async |ranges: [&str; 2]| {
                page.until(format!("{ranges:?}"), async || {
                    let script = "
                        const lines = find(arguments[0]).map((nav) => nav.querySelector('p'));
                        return lines.filter(Boolean).map((line) => clean(line.textContent))";
                    let found: Vec<String> = page.eval(script, json!(any("navigation"))).await;
                    (found == ranges).then_some(())
                })
                .await;
            };
            ranges(["1–10 of 57", "1–5 of 57"]).await;
            page.click(button("Next page")).await;
            ranges(["11–20 of 57", "1–5 of 57"]).await;
            assert_eq!(page.requests("GET", CLIENT).len(), 1);
            to_element(page, "element.remove()").await;
            page.range_is("1–5 of 57").await;
            page.click(button("Next page")).await;
            page.range_is("6–10 of 57").await;
        })
        .await;
}

/// Adds another element behind the first one.
async fn add_another(page: &Page) {
    to_element(page, "element.after(element.cloneNode())").await;
    page.until("two lists", async || {
        let script = "return all('table').filter((table) => table.querySelector('tbody th')).length";
        (page.eval::<usize>(script, json!(null)).await == 2).then_some(())
    })
    .await;
}

/// Shows only one of the elements.
async fn show_only(page: &Page, nth: usize) {
    let script = "document.querySelectorAll('clerk-invitations').forEach((one, at) => (one.hidden = at !== arguments[0]))";
    page.eval::<()>(script, json!(nth)).await;
}

#[tokio::test]
async fn two_elements_of_one_organization_keep_what_was_typed_into_each() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            open(page, "plain.html").await;
            add_another(page).await;
            let typed = ["one@new.test", "two@new.test"];
            for (nth, email) in typed.iter().enumerate() {
                show_only(page, nth).await;
                page.write(addresses(), &format!("{email},")).await;
                page.keeps(&[email]).await;
            }
            page.reload().await;
            listed(page).await;
            page.keeps(&typed[..1]).await;
            add_another(page).await;
            for (nth, email) in typed.iter().enumerate() {
                show_only(page, nth).await;
                page.keeps(&[email]).await;
            }
            // Where only one is left, it takes up what the others have left, one after the other.
            to_element(page, "element.remove()").await;
            show_only(page, 0).await;
            page.keeps(&typed[1..]).await;
            for email in [typed[0], typed[1]] {
                let again = "element.remove(); await new Promise((next) => setTimeout(next)); document.body.append(element)";
                to_element(page, again).await;
                listed(page).await;
                page.keeps(&[email]).await;
                page.click(button(&format!("Remove {email}"))).await;
            }
        })
        .await;
}

#[tokio::test]
async fn what_one_of_two_elements_is_sending_the_other_neither_sends_nor_forgets() {
    let pending =
        |page: &Page, email: &str| page.control.change(|world| world.invitations.addressed_to(email).count());
    Stage::admin()
        .embedded()
        .play(async |page| {
            page.lets_documents_be_hurried().await;
            open(page, "plain.html").await;
            page.fails_once(On::post("/v1/organizations/**"), What::Delay(Duration::from_secs(60)));
            page.write(addresses(), "one@new.test").await;
            page.click(sender()).await;
            page.until("the call", async || page.requests("POST", INVITATIONS).first().map(drop)).await;
            add_another(page).await;
            show_only(page, 1).await;
            page.click(addresses()).await;
            page.has_composer().await;
            page.keeps(&[]).await;
            page.write(addresses(), "two@new.test").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to two@new.test.").await;
            page.write(addresses(), "three@new.test,").await;
            page.keeps(&["three@new.test"]).await;
            page.reload_against_its_question().await;
            page.settled().await;
            page.hurries().await;
            page.keeps(&["one@new.test", "three@new.test"]).await;
            page.click(button("Send 2 invitations")).await;
            page.keeps(&[]).await;
            page.until("all to be out", async || {
                let all = ["one@new.test", "two@new.test", "three@new.test"];
                all.iter().all(|email| pending(page, email) == 1).then_some(())
            })
            .await;
        })
        .await;
}

#[tokio::test]
async fn what_an_element_shows_stands_in_the_address_where_the_host_wants_it_and_takes_nothing_of_the_host_s()
{
    Stage::admin()
        .embedded()
        .play(async |page| {
            for (routing, at, first, second) in [
                ("hash", "plain.html", "plain.html", "plain.html#invitations?page=2"),
                (
                    "path",
                    "plain.html?tab=team#top",
                    "plain.html?tab=team#top",
                    "plain.html?tab=team&page=2#top",
                ),
            ] {
                open(page, at).await;
                to_element(page, &format!("element.routing = '{routing}'")).await;
                page.settled().await;
                page.click(button("Next page")).await;
                page.range_is("11–20 of 57").await;
                page.address_becomes(second).await;
                page.back().await;
                page.range_is("1–10 of 57").await;
                page.address_becomes(first).await;
                page.forward().await;
                page.range_is("11–20 of 57").await;
                // It stands there for the next visitor too.
                page.reload().await;
                page.settled().await;
                to_element(page, &format!("element.routing = '{routing}'")).await;
                page.range_is("11–20 of 57").await;
            }
            // An anchor of the host's is no address of the element's, which keeps its own to itself then.
            open(page, "plain.html#section").await;
            to_element(page, "element.routing = 'hash'").await;
            page.settled().await;
            page.click(button("Next page")).await;
            page.range_is("11–20 of 57").await;
            assert_eq!(page.address().await, "plain.html#section");
        })
        .await;
}

#[tokio::test]
async fn attributes_and_properties_say_the_language_the_page_size_and_the_appearance() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            open(page, "plain.html").await;
            let is_dark = "return getComputedStyle(find(arguments[0])[0]).colorScheme === 'dark'";
            assert!(!page.eval::<bool>(is_dark, json!(sender())).await);
            to_element(page, "element.setAttribute('appearance', 'dark')").await;
            assert!(page.eval::<bool>(is_dark, json!(sender())).await);
            page.write(addresses(), "half@written.test").await;
            to_element(page, "Object.assign(element, { locale: 'de', pageSize: 25 })").await;
            // It starts anew, and what was typed is in the form again.
            page.see(any("button").named("1 Einladung senden")).await;
            page.see(any("button").named("half@written.test")).await;
            page.settled().await;
            page.range_is("1–25 von 57").await;
            assert_eq!(page.eval::<String>("return document.documentElement.lang", json!(null)).await, "en");
        })
        .await;
}

#[tokio::test]
async fn files_that_are_dragged_over_an_element_are_its_own_and_those_beside_it_are_the_host_s() {
    Stage::admin()
        .embedded()
        .play(async |page| {
            open(page, "plain.html").await;
            let drop = "
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File(['grace@navy.test'], 'people.txt'));
                const target = arguments[0] ? byId('list-heading') : document.querySelector('h1');
                const event = new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true });
                return !target.dispatchEvent(event)";
            assert!(!page.eval::<bool>(drop, json!(false)).await, "the host's drop was taken");
            assert!(page.eval::<bool>(drop, json!(true)).await);
            page.keeps(&["grace@navy.test"]).await;
        })
        .await;
}

#[tokio::test]
async fn the_document_is_loaded_anew_for_a_newer_version_unless_the_host_prevents_it() {
    Stage::admin()
        .embedded()
        .world(without_requests)
        .expecting("Failed to fetch")
        .play(async |page| {
            page.keep_no_copies().await;
            page.get_none_of(&["*-later-*.wasm"]).await;
            open(page, "plain.html").await;
            page.eval::<()>("clerkInvitations.isOutdated = async () => true", json!(null)).await;
            page.write(addresses(), "kept@new.test").await;
            page.see(alert("There’s a new version of this page.")).await;
            page.mark().await;
            let prevent = "addEventListener('outdated', (event) => { window.asked = event.target.localName; event.preventDefault() }, { once: true })";
            page.eval::<()>(prevent, json!(null)).await;
            page.click(button("Reload")).await;
            page.until_true("the host to be asked", "return window.asked === 'clerk-invitations'", json!(null)).await;
            page.was_not_reloaded().await;
            page.get_none_of(&[]).await;
            page.click(button("Reload")).await;
            page.until_true("another document", "return !window.isMarked", json!(null)).await;
            page.is_told("What you hadn’t sent is back in the form.").await;
            page.holds(addresses(), "kept@new.test").await;
        })
        .await;
}

#[tokio::test]
async fn an_element_whose_files_do_not_arrive_says_so_within_the_host_s_page_and_tries_again_without_it() {
    Stage::admin()
        .embedded()
        .expecting("Failed to fetch")
        .expecting("wasm")
        .play(async |page| {
            page.keep_no_copies().await;
            for (missing, again) in [
                ("/boot-*.js", "Try again"),
                ("/clerk-invitations-*.js", "Reload"),
                ("/clerk-invitations-*.wasm", "Reload"),
            ] {
                page.get_none_of(&[missing]).await;
                page.open("plain.html").await;
                page.mark().await;
                page.see(alert("This page couldn’t start")).await;
                page.see(button("Its button")).await;
                page.get_none_of(&[]).await;
                page.click(button(again)).await;
                listed(page).await;
                page.was_not_reloaded().await;
            }
        })
        .await;
}

#[tokio::test]
async fn an_element_does_not_act_within_a_frame_of_another_site() {
    Stage::admin()
        .embedded()
        .in_frames()
        .play(async |page| {
            page.open_host_in_a_frame_of_another_site("plain.html").await;
            page.see(heading("This page isn’t available inside another site")).await;
            page.see(button("Its button")).await;
            assert!(page.control.requests().is_empty(), "Clerk was started there");
        })
        .await;
}
