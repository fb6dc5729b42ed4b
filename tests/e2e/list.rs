//! The list and its pages.

use sandbox::{Body, On, What};
use serde_json::json;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const STEPS: [&str; 4] = ["First page", "Previous page", "Next page", "Last page"];

async fn usable_steps(page: &Page) -> Vec<&'static str> {
    let mut usable = Vec::new();
    for step in STEPS {
        let script = "return find(arguments[0])[0].getAttribute('aria-disabled')";
        if page.eval::<Option<String>>(script, json!(button(step))).await.is_none() {
            usable.push(step);
        }
    }
    usable
}

fn page_of(first: u64, last: u64) -> Vec<String> {
    (first..=last).map(|n| format!("p{n}@pages.test")).collect()
}

fn in_pages(count: u64) -> Stage {
    Stage::signed_in("user_ada", Some("org_pages")).world(|world| pages_world(world, "org_pages", count))
}

#[tokio::test]
async fn an_admins_first_rows_take_four_calls_and_no_component_bundle_and_the_counts_come_after_them() {
    Stage::admin()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            page.range_is("1–10 of 57").await;
            page.see(heading("Acme")).await;
            page.see(heading("Pending invitations 57")).await;
            assert_eq!(page.rows().await.len(), 10);
            page.has_counted("Accepted 40").await;
            page.is_accessible("the first page").await;
            let asked: Vec<_> =
                page.control.requests().iter().map(|seen| format!("{} {}", seen.method, seen.path)).collect();
            let (mut first, after) = (asked[..4].to_vec(), &asked[4..]);
            first.sort();
            assert_eq!(
                first,
                [
                    "GET /v1/client",
                    "GET /v1/organizations/org_acme/invitations",
                    "GET /v1/organizations/org_acme/roles",
                    "PATCH /v1/environment",
                ]
            );
            let after_them = ["/invitations", "/membership_requests"]
                .map(|what| format!("GET /v1/organizations/org_acme{what}"));
            assert_eq!(after, after_them, "one for all counts, and one for who asks to join");
            let rows_wanted: Vec<_> = page
                .requests("GET", LIST)
                .iter()
                .map(|seen| seen.param("limit").map(str::to_owned))
                .collect();
            assert_eq!(rows_wanted.len(), 2);
            assert_eq!(rows_wanted[0].as_deref(), Some("10"));
            let scripts: Vec<String> = page.downloads().await;
            assert!(scripts.iter().any(|name| name.contains("/@clerk/clerk-js@")), "{scripts:?}");
            assert!(!scripts.iter().any(|name| name.contains("/@clerk/ui@")), "{scripts:?}");
            // What it takes to invite comes when nothing else does; the other screens do not.
            assert!(!scripts.iter().any(|name| name.contains("-later-screens-")), "{scripts:?}");
        })
        .await;
}

#[tokio::test]
async fn pages_are_turned_and_the_address_follows_back_and_forward_and_a_reload() {
    in_pages(57)
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            page.lists(&page_of(1, 10)).await;
            assert_eq!(usable_steps(page).await, ["Next page", "Last page"]);
            page.click(button("Next page")).await;
            page.range_is("11–20 of 57").await;
            page.click(button("Next page")).await;
            page.range_is("21–30 of 57").await;
            page.lists(&page_of(21, 30)).await;
            assert_eq!(page.address().await, "?page=3");
            page.settled().await;
            assert_eq!(usable_steps(page).await, STEPS);
            page.click(button("Last page")).await;
            page.range_is("51–57 of 57").await;
            page.lists(&page_of(51, 57)).await;
            page.address_becomes("?page=6").await;
            page.settled().await;
            assert_eq!(usable_steps(page).await, ["First page", "Previous page"]);
            page.back().await;
            page.lists(&page_of(21, 30)).await;
            page.forward().await;
            page.lists(&page_of(51, 57)).await;
            page.reload().await;
            page.range_is("51–57 of 57").await;
            page.settled().await;
            page.click(button("Previous page")).await;
            page.range_is("41–50 of 57").await;
            page.settled().await;
            page.click(button("First page")).await;
            page.range_is("1–10 of 57").await;
            page.address_becomes("").await;
        })
        .await;
}

#[tokio::test]
async fn the_deployers_page_size_holds_until_somebody_chooses_otherwise_and_an_unknown_key_or_language_is_named()
 {
    in_pages(57)
        .configured(&[("pageSize", json!(25)), ("pageSise", json!(5)), ("locale", json!("english"))])
        .play(async |page| {
            page.open_list("").await;
            page.range_is("1–25 of 57").await;
            page.console_says("config.json: pageSise is not a key").await;
            page.console_says("locale: the page does not speak english").await;
            page.choose(combobox("Rows per page"), "10").await;
            page.range_is("1–10 of 57").await;
            page.address_becomes("?size=10").await;
        })
        .await;
}

#[tokio::test]
async fn a_list_that_cannot_be_loaded_says_so_and_loads_on_another_try() {
    Stage::admin()
        .play(async |page| {
            let nonsense =
                Body::Text { content_type: "text/html".into(), text: "<h1>Bad gateway</h1>".into() };
            page.fails(On::get(LIST), What::Answer { status: 502, body: nonsense, headers: vec![] });
            page.open("").await;
            page.see(heading("Acme")).await;
            page.hurry().await;
            page.see(alert("The invitations couldn’t be loaded.")).await;
            page.see(alert("Clerk is having problems (HTTP 502). Try again in a minute.")).await;
            page.is_accessible("a list that could not be loaded").await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.range_is("1–10 of 57").await;
            page.no_longer_see(any("alert")).await;
            page.focus_is_on(heading("Pending invitations 57")).await;
        })
        .await;
}
