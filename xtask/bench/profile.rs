//! Writes the profile of the page's functions: those that are not called in a visit in which nobody touches it.

use std::{collections::BTreeSet, path::Path, time::Duration};

use anyhow::{Context, Result, bail};
use sandbox::{Fault, On, What, World, world::Invitations};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::prelude::*;
use xtask::cold_code::Profile;

use crate::{
    pages,
    visit::{Browser, Line, first_row, throttle, until_nothing_comes},
};

/// The first screens: the list in three languages, one of which is written from right to left, with another filter, and another page of it.
const ADDRESSES: [&str; 5] = ["", "?lang=de", "?lang=ar", "?view=all", "?page=2"];
/// A desktop and a phone: the width in pixels, and the line.
const DEVICES: [(u32, Line); 2] = [(1280, Line::Free), (360, Line::Slow)];
/// What Clerk answers late, so that the page draws without it first, and then again: nothing, the rows, the roles.
const LATE: [&str; 3] = ["", "invitations", "roles"];
/// How late that is.
const DELAY: Duration = Duration::from_millis(700);

/// Keeps for the page what a former visit has left in the storage of the session: what was in the form, and what a run was at.
const LEFT: &str = "
    for (const what of ['draft', 'journal'])
        sessionStorage.setItem(`clerk-invitations:${what}:user_ada org_acme`, 'text\\ta@example.com\\n')";

/// What happens around a page by itself. What it does then must take no file: there may be no connection, and a page that is left can't
/// wait for one.
const EVENTS: &str = "
    for (const event of ['offline', 'online', 'focus', 'pagehide', 'pageshow']) dispatchEvent(new Event(event));
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));";

/// Has the page tell what it calls.
const CALLED: &str = include_str!("called.js");

/// For how long at most a notice is waited for, and between two looks at it.
const LONGEST_NOTICE: Duration = Duration::from_secs(30);
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// Parts of the names of functions that are called when something has gone wrong for good, or by chance: the last one when two keys of a
/// table have similar hashes, which differ in each visit.
const NEVER_COLD: [&str; 4] = ["::crash::", "::throw_str", "panicking", "::find_or_find_insert_index::"];

/// The names of functions.
#[derive(Default, Deserialize)]
struct Functions {
    all: BTreeSet<String>,
    called: BTreeSet<String>,
}

/// Visits the page in `folder`, whose functions tell that they are called, and writes down the names of those that never did.
/// What arrives in another order is handled by other functions, so that it has to arrive in each order.
///
/// # Errors
/// When a visit shows no row, or the profile cannot be written.
pub async fn write(browser: &Browser, folder: &Path, bundles: &Path) -> Result<()> {
    let page = pages::serve(folder, bundles).await?;
    let mut seen = Functions::default();
    for address in ADDRESSES {
        for (width, line) in DEVICES {
            let url = [&page.url(), address].concat();
            for late in LATE {
                page.control().clear_faults();
                let on = On::get(&["/v1/organizations/*/", late].concat());
                page.control().fault(Fault { on, times: None, what: What::Delay(DELAY) });
                let visit =
                    browser.look(&url, async |driver| functions(driver, &url, width, line).await).await?;
                let [called, all] = [&visit.called, &visit.all].map(BTreeSet::len);
                println!("{url} at {width} pixels, late: {late:?}: {called} of {all} functions");
                seen.all.extend(visit.all);
                seen.called.extend(visit.called);
            }
        }
    }
    // Why Clerk's answers did not come is said without a file too.
    for what in [
        What::Drop,
        What::Error {
            status: 503,
            code: String::new(),
            message: String::new(),
            meta: json!({}),
            headers: vec![],
        },
    ] {
        page.control().clear_faults();
        page.control().fault(Fault { on: On::any("/v1/organizations/*"), times: None, what: what.clone() });
        page.control().fault(Fault { on: On::any("/v1/organizations/*/*"), times: None, what });
        seen.called.extend(screen(browser, &page.url(), "").await?);
    }
    page.control().clear_faults();
    seen.called.extend(screen(browser, &page.url(), LEFT).await?);
    for is_outdated in [false, true] {
        seen.called.extend(screen_without_code(browser, &page.url(), is_outdated).await?);
    }
    page.control().change(|world| world.invitations = Invitations::default());
    seen.called.extend(screen(browser, &page.url(), "").await?);
    for world in [World::demo(), pages::signed_in(None)?] {
        let page = pages::serve_world(world, folder, bundles).await?;
        for address in ["", "accept"] {
            seen.called.extend(screen(browser, &[&page.url(), address].concat(), "").await?);
        }
    }
    let cold = seen.all.difference(&seen.called).filter(|name| may_be_cold(name)).cloned().collect();
    let file = Profile::file();
    std::fs::write(&file, Profile::text(&cold))
        .with_context(|| format!("could not write {}", file.display()))?;
    println!("{} of {} names are cold: {}", cold.len(), seen.all.len(), file.display());
    Ok(())
}

/// Not what is in [`NEVER_COLD`], nor what the compiler numbers anew in each build.
fn may_be_cold(name: &str) -> bool {
    !NEVER_COLD.iter().any(|part| name.contains(part)) && !name.ends_with(|end: char| end.is_ascii_digit())
}

async fn functions(driver: &WebDriver, url: &str, width: u32, line: Line) -> Result<Functions> {
    run_before_the_page(driver, CALLED).await?;
    driver.set_window_rect(0, 0, width, 800).await?;
    throttle(driver, line).await?;
    first_row(driver, url).await?;
    what_was_called(driver).await
}

/// Runs a script in each document, before those of the page.
async fn run_before_the_page(driver: &WebDriver, script: &str) -> Result<()> {
    let script = json!({ "source": script });
    driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
    Ok(())
}

/// What is called on a screen on which no row is to be waited for. `before` is run before the page.
async fn screen(browser: &Browser, url: &str, before: &str) -> Result<BTreeSet<String>> {
    let visit = browser.with_driver(async |driver| {
        run_before_the_page(driver, before).await?;
        run_before_the_page(driver, CALLED).await?;
        driver.goto(url).await?;
        what_was_called(driver).await
    });
    Ok(visit.await?.called)
}

/// What is called where other code does not arrive, because the host has another version of the page by now (`is_outdated`) or for another
/// reason.
async fn screen_without_code(browser: &Browser, url: &str, is_outdated: bool) -> Result<BTreeSet<String>> {
    let visit = browser.with_driver(async |driver| {
        let missing = format!("globalThis.codeIsMissing = {{ isOutdated: {is_outdated} }}");
        run_before_the_page(driver, &missing).await?;
        run_before_the_page(driver, CALLED).await?;
        driver.goto(url).await?;
        press_the_notices(driver, is_outdated).await?;
        what_was_called(driver).await
    });
    Ok(visit.await?.called)
}

/// Does what the notices offer in the places of the form and of what belongs to the list: it is tried once more, or the page is loaded anew.
/// Waits until the same is said again.
async fn press_the_notices(driver: &WebDriver, is_outdated: bool) -> Result<()> {
    let buttons = notices(driver).await?;
    let [first, others @ ..] = &*buttons else { bail!("no notice") };
    let until = || first.wait_until().wait(LONGEST_NOTICE, POLL_INTERVAL);
    if is_outdated {
        first.click().await?;
        until().stale().await?;
    } else {
        for button in others {
            button.click().await?;
        }
        first.click().await?;
        until().has_attribute("aria-disabled", "true").await?;
        let usable = driver.query(By::Css("#form-missing button:not([aria-disabled])"));
        usable.wait(LONGEST_NOTICE, POLL_INTERVAL).first().await?;
    }
    notices(driver).await?;
    Ok(())
}

/// The buttons of both, once they are there.
async fn notices(driver: &WebDriver) -> Result<Vec<WebElement>> {
    let buttons = driver.query(By::Css("main:has(#form-missing):has(.panel .notice) .notice button"));
    Ok(buttons.wait(LONGEST_NOTICE, POLL_INTERVAL).all_from_selector_required().await?)
}

/// What was called until nothing more comes, and by what happens around the page then.
async fn what_was_called(driver: &WebDriver) -> Result<Functions> {
    until_nothing_comes(driver).await?;
    driver.execute(EVENTS, Vec::new()).await?;
    until_nothing_comes(driver).await?;
    let names = "return { all: [...functions.all], called: [...functions.called] }";
    Ok(driver.execute(names, Vec::new()).await?.convert()?)
}
