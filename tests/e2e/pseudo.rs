//! In a language that nobody speaks, whose texts are long and have accents: what is too narrow for them?
//!
//! With `CLERK_INVITATIONS_PICTURES` set to a folder, a picture of each state is left there to be looked at.

use languages::{Catalogue, pseudo};
use sandbox::world::{MEMBER, OtherAddress, now_ms};
use sandbox::{Body, On, Status, What};
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
    leaves_a_picture(page, state).await;
}

async fn leaves_a_picture(page: &Page, state: &str) {
    if let Some(folder) = env::var_os("CLERK_INVITATIONS_PICTURES") {
        let picture = page.picture().await;
        fs::write(Path::new(&folder).join(format!("pseudo-{state}.png")), picture)
            .expect("a folder for pictures");
    }
}

/// Has the page speak the language that nobody speaks where it would speak `tag`, which gives the direction.
fn speaks_at_length(page: &Page, tag: &str) {
    let read = |path: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a source of the page")
    };
    let catalogue = Catalogue::read(&read("src/i18n/catalogue.rs"), &read("src/i18n/plurals.rs"));
    let body = Body::Text { content_type: "application/json".into(), text: pseudo(&catalogue) };
    page.fails(
        On::get(&format!("/page/locales/{tag}.json")),
        What::Answer { status: 200, body, headers: vec![] },
    );
}

async fn fits(tag: &'static str) {
    Stage::admin()
        .play(async move |page| {
            speaks_at_length(page, tag);
            for width in [1280, 800, 360, 320] {
                look(page, tag, width).await;
            }
        })
        .await;
}

/// What an invitee sees, as soon as something of this selector is there: its words are nobody's to wait for.
async fn invitee_sees(page: &Page, state: &str, there: &str) {
    page.until_true(state, &format!("return !!document.querySelector('main {there}')"), json!(null)).await;
    page.fits_its_width(state).await;
    leaves_a_picture(page, state).await;
}

async fn invitees_screens_fit(tag: &'static str) {
    let (stage, id, ticket) = with_link(Stage::signed_in("user_max", Some("org_guild")));
    let unverified = OtherAddress { email_address: "m.planck@demo.test".to_owned(), is_verified: false };
    let link = format!("{}&lang={tag}", link_with(&ticket, "sign_in"));
    stage
        .world(|world| {
            world.invite("org_blank", "max@demo.test", MEMBER, Status::Pending, now_ms());
            world.suggest("org_nearly", "user_max");
            world.users.get_mut("user_max").expect("max").other_addresses.push(unverified);
        })
        .play(async move |page| {
            speaks_at_length(page, tag);
            for width in [320, 360] {
                page.resize(width, 800).await;
                page.open(&format!("accept?lang={tag}")).await;
                invitee_sees(page, &format!("{tag}-{width}-choice"), ".offers .primary").await;
                page.open(&link).await;
                invitee_sees(page, &format!("{tag}-{width}-another-account"), ".account-ways ~ .offers")
                    .await;
            }
            page.eval::<()>("document.querySelector('.offers .primary').click()", json!(null)).await;
            invitee_sees(page, &format!("{tag}-arrived"), ".card:not(:has(.offers)) .account-ways").await;
            page.control.change(|world| world.invitations.set_status(&id, Status::Revoked));
            page.eval::<()>("return Clerk.signOut()", json!(null)).await;
            page.open(&link).await;
            invitee_sees(page, &format!("{tag}-refused"), ".card > .actions:not(:has(button))").await;
        })
        .await;
}

#[tokio::test]
async fn what_invitees_see_fits_with_long_texts() {
    invitees_screens_fit("nl").await;
}

#[tokio::test]
async fn what_invitees_see_fits_from_right_to_left() {
    invitees_screens_fit("ar").await;
}

#[tokio::test]
async fn long_texts_with_accents_fit() {
    fits("nl").await;
}

#[tokio::test]
async fn long_texts_from_right_to_left_fit() {
    fits("ar").await;
}
