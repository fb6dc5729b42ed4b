//! What an admin does on most days, in Firefox and in WebKit. The other tests show it in Chromium, with all that can go wrong.

use sandbox::world::{DEMO_PASSWORD, now_ms};
use sandbox::{On, Status, What};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";

/// Each journey as a test of its own in each engine.
macro_rules! journeys {
    ($($journey:ident)*) => {
        journeys! { mod firefox: Firefox { $($journey)* } }
        journeys! { mod webkit: WebKit { $($journey)* } }
    };
    (mod $name:ident: $engine:ident { $($journey:ident)* }) => {
        mod $name {
            use crate::support::Engine;
            $(
                #[tokio::test]
                async fn $journey() {
                    super::$journey(Engine::$engine).await;
                }
            )*
        }
    };
}

journeys! {
    signing_in_leads_to_the_choice_of_an_organization_and_to_its_list
    the_list_goes_to_the_next_page_and_back_with_the_browser
    one_is_invited_by_keyboard
    what_is_pasted_and_dropped_is_sent
    a_revoke_asks_in_a_small_dialog_and_leaves_the_focus_at_the_row
    a_resend_replaces_the_invitation
    a_search_goes_over_the_whole_list
    what_matches_is_exported_and_copied
    offline_the_address_is_kept_and_goes_out_once
    dark_where_the_system_is_dark
    arabic_is_written_from_right_to_left
    it_fits_a_telephone
}

/// Ada administers an organization with 25 pending invitations, `p1@pages.test` and so on.
fn pages(engine: Engine) -> Stage {
    Stage::signed_in("user_ada", Some("org_pages"))
        .world(|world| pages_world(world, "org_pages", 25))
        .in_engine(engine)
}

fn emails(numbers: std::ops::RangeInclusive<u8>) -> Vec<String> {
    numbers.map(|n| format!("p{n}@pages.test")).collect()
}

fn statuses(page: &Page, email: &str) -> Vec<Status> {
    page.control.change(|world| world.invitations.addressed_to(email).map(|one| one.status.clone()).collect())
}

async fn signing_in_leads_to_the_choice_of_an_organization_and_to_its_list(engine: Engine) {
    Stage::signed_out()
        .in_engine(engine)
        .play(async |page| {
            page.open("").await;
            page.write(textbox("Email address"), "ada@demo.test").await;
            page.click(button("Continue")).await;
            page.write(textbox("Password"), DEMO_PASSWORD).await;
            page.click(button("Continue")).await;
            page.click(button("Open Acme")).await;
            page.range_is("1–10 of 57").await;
            page.see(heading("Acme")).await;
        })
        .await;
}

async fn the_list_goes_to_the_next_page_and_back_with_the_browser(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("").await;
            page.lists(&emails(1..=10)).await;
            page.click(button("Next page")).await;
            page.lists(&emails(11..=20)).await;
            page.address_becomes("?page=2").await;
            page.back().await;
            page.lists(&emails(1..=10)).await;
            page.forward().await;
            page.lists(&emails(11..=20)).await;
        })
        .await;
}

async fn one_is_invited_by_keyboard(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("").await;
            page.focus_on(addresses()).await;
            page.press("new@key.test").await;
            page.press(Key::Enter).await;
            page.keeps(&["new@key.test"]).await;
            page.press(Key::Enter).await;
            page.is_told("new@key.test").await;
            page.keeps(&[]).await;
            page.focus_is_on(addresses()).await;
            assert_eq!(page.row_of("new@key.test").await.role, "Member");
            assert_eq!(statuses(page, "new@key.test"), [Status::Pending]);
            assert_eq!(page.requests("POST", LIST).len(), 1);
        })
        .await;
}

async fn what_is_pasted_and_dropped_is_sent(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("").await;
            page.paste("Ann <ann@new.test>; p3@pages.test\nann@new.test").await;
            page.knows_all().await;
            page.drop_file("people.csv", "Name,Email\nBob,bob@new.test\nCid,cid@new.test\n").await;
            page.would_send("Send 3 invitations").await;
            page.click(sender()).await;
            page.until("all to be sent", async || {
                let all = ["ann@new.test", "bob@new.test", "cid@new.test"];
                all.iter().all(|email| statuses(page, email) == [Status::Pending]).then_some(())
            })
            .await;
            page.keeps(&["p3@pages.test"]).await;
            assert_eq!(statuses(page, "p3@pages.test"), [Status::Pending]);
        })
        .await;
}

async fn a_revoke_asks_in_a_small_dialog_and_leaves_the_focus_at_the_row(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("").await;
            page.picks("p2@pages.test", "Revoke").await;
            page.see(any("dialog")).await;
            assert!(page.text(any("dialog")).await.contains("p2@pages.test"));
            let height: f64 = page
                .eval("return find(arguments[0])[0].getBoundingClientRect().height", json!(any("dialog")))
                .await;
            assert!(height < 400.0, "the dialog is {height} pixels tall");
            page.press(Key::Escape).await;
            page.no_longer_see(any("dialog")).await;
            page.picks("p2@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            page.has_become("p2@pages.test", "Revoked").await;
            page.see(heading("Pending invitations 24")).await;
            page.focus_is_on(more("p2@pages.test")).await;
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Revoked]);
        })
        .await;
}

async fn a_resend_replaces_the_invitation(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("").await;
            page.resends("p2@pages.test").await;
            page.until("it to be replaced", async || {
                (statuses(page, "p2@pages.test") == [Status::Revoked, Status::Pending]).then_some(())
            })
            .await;
            page.is_told("p2@pages.test").await;
        })
        .await;
}

async fn a_search_goes_over_the_whole_list(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("").await;
            page.write(search_box(), "p2").await;
            page.address_becomes("?search=p2").await;
            page.lists(&["p2@pages.test".to_owned()].into_iter().chain(emails(20..=25)).collect::<Vec<_>>())
                .await;
        })
        .await;
}

async fn what_matches_is_exported_and_copied(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("").await;
            page.catch_downloads().await;
            page.click(button("Export as CSV")).await;
            let (name, text) = page.downloaded().await;
            assert_eq!((name.as_str(), text.lines().count()), ("invitations.csv", 26));
            // Read anew for the copy: by then the click is over.
            page.open_list("").await;
            page.fails(On::get(LIST), What::Delay(std::time::Duration::from_millis(700)));
            page.click(button("Copy email addresses")).await;
            page.is_told("Copied").await;
            page.press_in(search_box(), Key::Control + "v").await;
            let pasted = "return find(arguments[0])[0].value.startsWith('p1@pages.test')";
            page.until_true("what was copied", pasted, json!(search_box())).await;
        })
        .await;
}

async fn offline_the_address_is_kept_and_goes_out_once(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("").await;
            page.write(addresses(), "kept@off.test").await;
            page.press(Key::Enter).await;
            page.keeps(&["kept@off.test"]).await;
            page.loses_its_connection().await;
            page.click(sender()).await;
            page.until_true(
                "that it is offline",
                "return document.body.innerText.includes('You’re offline')",
                json!(null),
            )
            .await;
            page.keeps(&["kept@off.test"]).await;
            assert!(statuses(page, "kept@off.test").is_empty());
            page.has_its_connection_again().await;
            page.until("it to go out", async || {
                if page.entries().await.iter().any(|entry| entry.text == "kept@off.test") {
                    // Where the page does not go on by itself, the admin does.
                    page.click(sender()).await;
                }
                (!statuses(page, "kept@off.test").is_empty()).then_some(())
            })
            .await;
            page.keeps(&[]).await;
            assert_eq!(statuses(page, "kept@off.test"), [Status::Pending]);
        })
        .await;
}

async fn dark_where_the_system_is_dark(engine: Engine) {
    pages(engine)
        .dark()
        .play(async |page| {
            page.open_list("").await;
            assert!(page.lightness().await < 0.2);
        })
        .await;
}

async fn arabic_is_written_from_right_to_left(engine: Engine) {
    pages(engine)
        .play(async |page| {
            page.open_list("?lang=ar").await;
            let script = "
                const [address, buttons] = [rows()[0].name, rows()[0].buttons[0]].map((one) => one.getBoundingClientRect().left);
                return document.documentElement.dir === 'rtl' && address > buttons";
            page.until_true("rows from right to left", script, json!(null)).await;
            page.fits_its_width("the page in Arabic").await;
        })
        .await;
}

async fn it_fits_a_telephone(engine: Engine) {
    Stage::signed_in("user_ada", Some("org_pages"))
        .world(|world| {
            pages_world(world, "org_pages", 2);
            let long = format!("{}@{}.test", "a".repeat(60), "b".repeat(60));
            world.invite("org_pages", &long, "org:member", Status::Pending, now_ms());
        })
        .in_frames()
        .in_engine(engine)
        .play(async |page| {
            page.open_in_a_frame("", 360, 740).await;
            page.settled().await;
            page.fits_its_width("the list").await;
            page.paste("one@new.test\nx@gmial.com").await;
            page.knows_all().await;
            page.fits_its_width("entries").await;
            page.picks("p2@pages.test", "Revoke").await;
            page.see(any("dialog")).await;
            page.fits_its_width("the question").await;
        })
        .await;
}
