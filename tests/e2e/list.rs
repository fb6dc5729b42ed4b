//! The list and its pages.

use std::time::Duration;

use sandbox::world::{ADMIN, MEMBER};
use sandbox::{Body, On, Status, What};
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

fn blocked() -> What {
    What::Error {
        status: 403,
        code: "action_blocked".into(),
        message: "No".into(),
        meta: json!({}),
        headers: vec![],
    }
}

fn in_pages(count: u64) -> Stage {
    Stage::signed_in("user_ada", Some("org_pages")).world(|world| pages_world(world, "org_pages", count))
}

#[tokio::test]
async fn an_admins_first_rows_take_four_calls_and_no_component_bundle_and_the_counts_come_after_them() {
    Stage::admin()
        .play(async |page| {
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
            assert_eq!(after, ["GET /v1/organizations/org_acme/invitations"; 5], "one for each count");
            let rows_wanted: Vec<_> = page
                .requests("GET", LIST)
                .iter()
                .map(|seen| seen.param("limit").map(str::to_owned))
                .collect();
            assert_eq!(rows_wanted.len(), 6);
            assert_eq!(rows_wanted[0].as_deref(), Some("10"));
            let scripts: Vec<String> = page.downloads().await;
            assert!(scripts.iter().any(|name| name.contains("/@clerk/clerk-js@")), "{scripts:?}");
            assert!(!scripts.iter().any(|name| name.contains("/@clerk/ui@")), "{scripts:?}");
            assert!(!scripts.iter().any(|name| name.contains("-later-")), "{scripts:?}");
        })
        .await;
}

#[tokio::test]
async fn the_rows_are_there_although_no_count_ever_comes() {
    in_pages(57)
        .play(async |page| {
            // The first answer is the page of the list; of the counts none comes.
            page.fails_once(On::get(LIST), What::Delay(Duration::ZERO));
            page.fails(On::get(LIST), blocked());
            page.open_list("").await;
            page.lists(&page_of(1, 10)).await;
            page.is_asked(2, "GET", LIST).await;
            page.has_received(2, "/invitations?").await;
            page.see(link("Accepted").within(navigation("Views"))).await;
            page.range_is("1–10 of 57").await;
            assert!(!page.shows(any("alert")).await);
            page.control.clear_faults();
            page.click(button("Refresh")).await;
            page.has_counted("All 57").await;
        })
        .await;
}

#[tokio::test]
async fn only_pending_invitations_are_listed_newest_first_with_role_names() {
    Stage::admin()
        .play(async |page| {
            page.open_list("?size=50").await;
            let shown = page.rows().await;
            let (expected, admins): (Vec<_>, usize) = page.control.change(|world| {
                let page = world.invitations.page("org_acme", &[Status::Pending], 0, 50);
                let admins = page.rows.iter().filter(|row| row.role == ADMIN).count();
                (page.rows.iter().map(|row| row.email_address.clone()).collect(), admins)
            });
            assert_eq!(shown.iter().map(|row| row.email.clone()).collect::<Vec<_>>(), expected);
            assert_eq!(shown.iter().filter(|row| row.role == "Admin").count(), admins);
            assert_eq!(shown.iter().filter(|row| row.role == "Member").count(), 50 - admins);
        })
        .await;
}

#[tokio::test]
async fn pages_are_turned_and_the_address_follows_back_and_forward_and_a_reload() {
    in_pages(57)
        .play(async |page| {
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
async fn another_page_size_keeps_the_row_at_the_top() {
    in_pages(57)
        .play(async |page| {
            page.open_list("?page=3").await;
            for (size, range, address) in [
                ("5", "21–25 of 57", "?page=5&size=5"),
                ("25", "1–25 of 57", "?size=25"),
                ("50", "1–50 of 57", "?size=50"),
                ("10", "1–10 of 57", ""),
            ] {
                page.choose(combobox("Rows per page"), size).await;
                page.range_is(range).await;
                page.address_becomes(address).await;
                page.settled().await;
            }
            page.open_list("?page=2&size=50").await;
            page.lists(&page_of(51, 57)).await;
        })
        .await;
}

#[tokio::test]
async fn the_deployers_page_size_holds_until_somebody_chooses_otherwise() {
    in_pages(57)
        .configured(&[("pageSize", json!(25))])
        .play(async |page| {
            page.open_list("").await;
            page.range_is("1–25 of 57").await;
            page.choose(combobox("Rows per page"), "10").await;
            page.range_is("1–10 of 57").await;
            page.address_becomes("?size=10").await;
        })
        .await;
}

#[tokio::test]
async fn the_old_page_stays_marked_busy_until_the_new_one_is_there() {
    in_pages(57)
        .play(async |page| {
            page.open_list("?page=2").await;
            page.has_counted("All 57").await;
            page.control.forget_requests();
            let gate = page.control.gate(On::get(LIST));
            page.click(button("Next page")).await;
            gate.reached(1).await;
            page.has(table("Pending invitations 57"), "aria-busy", Some("true")).await;
            page.lists(&page_of(11, 20)).await;
            page.range_is("11–20 of 57").await;
            assert_eq!(usable_steps(page).await, [""; 0]);
            page.click(button("Next page")).await;
            page.is_accessible("a page on its way").await;
            gate.open();
            page.lists(&page_of(21, 30)).await;
            page.has(table("Pending invitations 57"), "aria-busy", Some("false")).await;
            assert_eq!(page.requests("GET", LIST).len(), 1, "a press on a button out of use did something");
        })
        .await;
}

#[tokio::test]
async fn a_late_answer_to_an_old_question_is_ignored() {
    in_pages(57)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 57").await;
            page.control.forget_requests();
            page.click(button("Next page")).await;
            page.lists(&page_of(11, 20)).await;
            page.settled().await;
            page.click(button("Next page")).await;
            page.lists(&page_of(21, 30)).await;
            page.settled().await;
            // Back asks for the second page and is answered late; forward asks for the third and is answered at once.
            page.fails_once(On::get(LIST), What::Delay(Duration::from_secs(2)));
            page.back().await;
            page.until("the question", async || (page.requests("GET", LIST).len() == 3).then_some(())).await;
            page.forward().await;
            page.is_asked(3, "GET", LIST).await;
            page.lists(&page_of(21, 30)).await;
            page.is_asked(4, "GET", LIST).await;
            // The first page, five counts, and these four.
            page.has_received(10, "/invitations?").await;
            assert_eq!(page.emails().await, page_of(21, 30));
            page.range_is("21–30 of 57").await;
            page.has(table("Pending invitations 57"), "aria-busy", Some("false")).await;
        })
        .await;
}

#[tokio::test]
async fn nonsense_in_the_address_is_the_nearest_page() {
    in_pages(57)
        .play(async |page| {
            for nonsense in [
                "?page=0",
                "?page=-1",
                "?page=x",
                "?page=",
                "?page=1&page=4",
                "?page=9e9",
                "?page=99999999999999999999",
            ] {
                page.open_list(nonsense).await;
                page.range_is("1–10 of 57").await;
            }
            for (nonsense, range, address) in [
                ("?page=9000000000", "51–57 of 57", "?page=6"),
                ("?page=7", "51–57 of 57", "?page=6"),
                ("?page=9000000000&size=1000", "51–57 of 57", "?page=2&size=50"),
            ] {
                page.open(nonsense).await;
                page.range_is(range).await;
                page.address_becomes(address).await;
            }
            page.open_list("?size=x&page=2").await;
            page.range_is("11–20 of 57").await;
        })
        .await;
}

#[tokio::test]
async fn an_emptied_last_page_steps_back() {
    in_pages(11)
        .play(async |page| {
            page.open_list("?page=2").await;
            page.lists(&page_of(11, 11)).await;
            page.click(button("Revoke the invitation of p11@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            page.has_become("p11@pages.test", "Revoked").await;
            page.click(button("Refresh")).await;
            page.lists(&page_of(1, 10)).await;
            page.range_is("1–10 of 10").await;
            page.address_becomes("").await;
            page.settled().await;
            assert_eq!(usable_steps(page).await, [""; 0]);
        })
        .await;
}

#[tokio::test]
async fn an_organization_without_invitations_says_so() {
    Stage::signed_in("user_ada", Some("org_blank"))
        .play(async |page| {
            page.open_list("").await;
            page.see(heading("Pending invitations 0")).await;
            assert!(page.text(region("Pending invitations 0")).await.contains("No invitations"));
            assert!(!page.shows(navigation("Pages")).await);
            page.is_accessible("an empty list").await;
        })
        .await;
}

#[tokio::test]
async fn while_the_first_page_is_on_its_way_that_is_said() {
    Stage::admin()
        .play(async |page| {
            let gate = page.control.gate(On::get(LIST));
            page.open("").await;
            page.see(status("Loading invitations…")).await;
            page.is_accessible("the first page on its way").await;
            gate.open();
            page.range_is("1–10 of 57").await;
            page.no_longer_see(status("Loading invitations…")).await;
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
            page.see(alert("The invitations could not be loaded.")).await;
            page.see(alert("Clerk has trouble at the moment (HTTP status 502). Try again in a minute."))
                .await;
            page.is_accessible("a list that could not be loaded").await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.range_is("1–10 of 57").await;
            page.no_longer_see(any("alert")).await;
        })
        .await;
}

#[tokio::test]
async fn a_refresh_that_fails_keeps_the_old_rows_and_says_so() {
    in_pages(7)
        .play(async |page| {
            page.open_list("").await;
            page.fails(On::get(LIST), blocked());
            page.click(button("Refresh")).await;
            page.see(alert("What you see may be out of date: the list could not be refreshed.")).await;
            page.lists(&page_of(1, 7)).await;
            page.is_accessible("a list that could not be refreshed").await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.no_longer_see(any("alert")).await;
            page.lists(&page_of(1, 7)).await;
        })
        .await;
}

#[tokio::test]
async fn refresh_shows_what_changed_elsewhere() {
    in_pages(3)
        .play(async |page| {
            page.open_list("").await;
            page.lists(&page_of(1, 3)).await;
            page.control.change(|world| {
                let first =
                    world.invitations.pending_for("org_pages", "p1@pages.test").expect("pending").id.clone();
                world.invitations.set_status(&first, Status::Accepted);
                world.invite(
                    "org_pages",
                    "elsewhere@pages.test",
                    MEMBER,
                    Status::Pending,
                    sandbox::world::now_ms(),
                );
            });
            page.click(button("Refresh")).await;
            page.lists(&["elsewhere@pages.test".into(), "p2@pages.test".into(), "p3@pages.test".into()])
                .await;
            assert!(page.rows().await.iter().all(|row| !row.is_new));
        })
        .await;
}

#[tokio::test]
async fn an_invitation_shows_its_day_and_on_hover_the_exact_time() {
    const MOMENT: u64 = 1_772_698_150_000; // 2026-03-05T08:09:10Z
    Stage::signed_in("user_ada", Some("org_blank"))
        .world(|world| {
            world.invite("org_blank", "one@time.test", MEMBER, Status::Pending, MOMENT);
            world.invite("org_blank", "gone@time.test", "org:former", Status::Pending, MOMENT - 1);
        })
        .play(async |page| {
            page.chromium("Emulation.setTimezoneOverride", json!({ "timezoneId": "Europe/Berlin" })).await;
            page.open_list("").await;
            let rows = page.rows().await;
            assert_eq!(rows[0].invited, "Mar 5, 2026");
            assert_eq!(rows[0].exact.replace('\u{202f}', " "), "Thursday, March 5, 2026 at 9:09:10 AM GMT+1");
            assert_eq!(rows[1].role, "org:former", "a role that has gone is shown by its key");
        })
        .await;
}
