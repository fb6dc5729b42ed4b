//! Searching and sorting, neither of which Clerk does: the whole list is read for it.

use std::time::Duration;

use sandbox::world::{ADMIN, MEMBER, now_ms};
use sandbox::{On, Status, What};
use serde_json::json;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const LATER: &str = "/page/*-later-*.wasm";

fn emails(of: &[&str]) -> Vec<String> {
    of.iter().map(|email| (*email).to_owned()).collect()
}

/// Ada administers Board, with a few invitations of each kind.
fn board() -> Stage {
    Stage::signed_in("user_ada", Some("org_board")).world(|world| {
        world.add_organization("org_board", "Board");
        world.add_membership("org_board", "user_ada", ADMIN);
        world.add_role("org_board", "org:scribe", "Scribe", "", &[]);
        let now = now_ms();
        for (n, (email, role, status)) in [
            ("cleo@north.test", MEMBER, Status::Pending),
            ("adam@south.test", "org:scribe", Status::Pending),
            ("böb@north.test", ADMIN, Status::Pending),
            ("dora@admin.test", MEMBER, Status::Pending),
            ("emil@north.test", MEMBER, Status::Revoked),
            ("fay@north.test", "org:scribe", Status::Accepted),
            ("gil@north.test", MEMBER, Status::Expired),
        ]
        .into_iter()
        .enumerate()
        {
            world.invite("org_board", email, role, status, now - (n as u64 + 1) * 3_600_000);
        }
    })
}

/// Ada administers Huge, with 20,000 invitations pending.
fn huge() -> Stage {
    Stage::signed_in("user_ada", Some("org_huge")).world(|world| {
        world.add_organization("org_huge", "Huge");
        world.add_membership("org_huge", "user_ada", ADMIN);
        let now = now_ms();
        let rows = (1..=20_000u64).map(|n| {
            let place = if n % 1000 == 7 { "rare" } else { "huge" };
            (format!("p{n:05}@{place}.test"), MEMBER.to_owned(), Status::Pending, now - n * 60_000)
        });
        world.invite_many("org_huge", rows.collect::<Vec<_>>());
    })
}

async fn sorts_are(page: &Page, expected: [&str; 4]) {
    let script = "
        const heads = find({ role: 'columnheader', name: null, whole: true, within: null });
        const sorts = heads.map((one) => one.getAttribute('aria-sort')).filter((sort) => sort);
        return JSON.stringify(sorts) === JSON.stringify(arguments[0])";
    page.until_true(format!("the orders {expected:?}"), script, json!(expected)).await;
}

#[tokio::test]
async fn each_word_is_looked_for_in_the_address_the_role_and_the_status() {
    board()
        .play(async |page| {
            page.open_list("").await;
            for (words, found) in [
                ("north admin", &["böb@north.test"][..]),
                ("  ", &["cleo@north.test", "adam@south.test", "böb@north.test", "dora@admin.test"]),
            ] {
                page.write(search_box(), words).await;
                page.lists(&emails(found)).await;
                page.see(heading(&format!("Pending invitations {}", found.len()))).await;
            }
            page.write(search_box(), "revoked").await;
            page.see(heading("Pending invitations 0")).await;
            let text = page.text(region("Pending invitations 0")).await;
            assert!(text.contains("No pending invitation matches “revoked”."), "{text}");
            page.has_counted("Revoked 1").await;
            page.has_counted("Pending 0").await;
            page.see(button("1 in Revoked")).await;
            page.is_accessible("a search without a result").await;
            // The words go along into another kind.
            page.looks_at("All").await;
            page.lists(&emails(&["emil@north.test"])).await;
            page.address_becomes("?view=all&search=revoked").await;
            page.is_accessible("a search among all").await;
            page.write(search_box(), "north").await;
            page.lists(&emails(&[
                "cleo@north.test",
                "böb@north.test",
                "emil@north.test",
                "fay@north.test",
                "gil@north.test",
            ]))
            .await;
            assert!(page.requests("POST", "/**").is_empty());
        })
        .await;
}

#[tokio::test]
async fn a_head_sorts_upwards_then_downwards_then_not_at_all() {
    board()
        .play(async |page| {
            page.open_list("").await;
            let usual = ["cleo@north.test", "adam@south.test", "böb@north.test", "dora@admin.test"];
            page.lists(&emails(&usual)).await;
            sorts_are(page, ["none"; 4]).await;
            let by_email = ["adam@south.test", "böb@north.test", "cleo@north.test", "dora@admin.test"];
            page.click(button("Email")).await;
            page.lists(&emails(&by_email)).await;
            sorts_are(page, ["ascending", "none", "none", "none"]).await;
            page.address_becomes("?sort=email").await;
            page.is_accessible("sorted upwards").await;
            page.click(button("Email")).await;
            let mut down = by_email;
            down.reverse();
            page.lists(&emails(&down)).await;
            sorts_are(page, ["descending", "none", "none", "none"]).await;
            page.address_becomes("?sort=-email").await;
            page.click(button("Email")).await;
            page.lists(&emails(&usual)).await;
            sorts_are(page, ["none"; 4]).await;
            page.address_becomes("").await;
            // By the name of the role, as it is shown: Admin, Member, Scribe.
            page.click(button("Role")).await;
            page.lists(&emails(&["böb@north.test", "cleo@north.test", "dora@admin.test", "adam@south.test"]))
                .await;
            sorts_are(page, ["none", "none", "none", "ascending"]).await;
        })
        .await;
}

#[tokio::test]
async fn back_and_forward_lead_over_views_words_orders_and_pages() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let mut steps: Vec<(String, Vec<String>)> = vec![(String::new(), page.emails().await)];
            let mut arrived = async |address: &str| {
                page.address_becomes(address).await;
                page.has_read_all().await;
                page.settled().await;
                steps.push((address.to_owned(), page.emails().await));
            };
            page.looks_at("All").await;
            page.see(heading("All invitations 137")).await;
            arrived("?view=all").await;
            page.write(search_box(), "acme").await;
            page.until("fewer rows", async || {
                (!page.text(any("heading").named("All invitations")).await.contains("137")).then_some(())
            })
            .await;
            arrived("?view=all&search=acme").await;
            page.click(button("Email")).await;
            page.has(columnheader("Email"), "aria-sort", Some("ascending")).await;
            arrived("?view=all&search=acme&sort=email").await;
            page.click(button("Next page")).await;
            page.is_asked(1, "GET", LIST).await;
            page.until("the second page", async || {
                page.text(navigation("Pages")).await.contains("11–").then_some(())
            })
            .await;
            arrived("?view=all&search=acme&sort=email&page=2").await;
            // Typing on is no step of its own. Not emptied first: that would be one where the browser is slow.
            page.press_in(search_box(), ".test").await;
            page.address_becomes("?view=all&search=acme.test&sort=email").await;
            page.back().await;
            for (address, emails) in steps.iter().rev().skip(1) {
                page.address_becomes(address).await;
                page.lists(emails).await;
                page.back().await;
            }
            for (address, emails) in &steps[..steps.len() - 1] {
                page.forward().await;
                page.address_becomes(address).await;
                page.lists(emails).await;
            }
            page.holds(search_box(), "acme").await;
        })
        .await;
}

#[tokio::test]
async fn when_the_rest_cannot_be_fetched_that_is_said_and_another_try_brings_what_was_wanted() {
    board()
        .world(without_requests)
        .play(async |page| {
            page.keep_no_copies().await;
            page.open_list("").await;
            page.has_counted("All 7").await;
            page.fails(On::get(LATER), What::Drop);
            page.click(more("cleo@north.test")).await;
            page.see(alert("didn’t load")).await;
            page.is_accessible("the rest could not be fetched").await;
            page.control.clear_faults();
            page.click(button("Try again")).await;
            page.see(any("menu")).await;
        })
        .await;
}

#[tokio::test]
async fn twenty_thousand_invitations_are_searched_and_paged_through_and_a_page_is_drawn_at_a_time() {
    huge()
        .play(async |page| {
            page.open_list("").await;
            page.range_is("1–10 of 20,000").await;
            page.has_counted("Pending 20,000").await;
            let script = "
                window.mostRows = 0;
                window.longest = 0;
                new MutationObserver(() => {
                  mostRows = Math.max(mostRows, rows().length);
                }).observe(document.body, { childList: true, subtree: true });
                new PerformanceObserver((all) => {
                  for (const one of all.getEntries()) longest = Math.max(longest, one.duration);
                }).observe({ entryTypes: ['longtask'] });";
            page.eval::<()>(script, json!(null)).await;
            let rare: Vec<_> = (0..20).map(|n| format!("p{:05}@rare.test", n * 1000 + 7)).collect();
            page.fails(On::get(LIST), What::Delay(Duration::from_millis(100)));
            page.write(search_box(), "rare").await;
            // Something is there to see long before all is read.
            page.until_true(
                "the first of them, and how far it is",
                "return /^p00007@rare.test/.test(clean(rows()[0]?.name.textContent))
                  && /Loading invitations: [\\d,]+ of 20,000…/.test(clean(document.body.innerText))",
                json!(null),
            )
            .await;
            page.is_accessible("a long list being read").await;
            page.control.clear_faults();
            page.see(heading("Pending invitations 20")).await;
            page.has_read_all().await;
            page.lists(&rare[..10]).await;
            page.click(button("Next page")).await;
            page.lists(&rare[10..]).await;
            // It is known by now: nothing more is asked for.
            let asked = page.requests("GET", LIST).len();
            page.write(search_box(), "p1999").await;
            page.see(heading("Pending invitations 10")).await;
            page.write(search_box(), "").await;
            page.see(heading("Pending invitations 20,000")).await;
            page.click(button("Email")).await;
            page.range_is("1–10 of 20,000").await;
            page.lists(
                &(1..=10)
                    .map(|n| match n {
                        7 => "p00007@rare.test".to_owned(),
                        _ => format!("p{n:05}@huge.test"),
                    })
                    .collect::<Vec<_>>(),
            )
            .await;
            page.click(button("Last page")).await;
            page.range_is("19,991–20,000 of 20,000").await;
            page.click(button("Previous page")).await;
            page.range_is("19,981–19,990 of 20,000").await;
            let more = page.requests("GET", LIST).len() - asked;
            assert!(more <= 1, "{more} more answers were wanted");
            let most: u32 = page.eval("return window.mostRows", json!(null)).await;
            assert!(most <= 10, "{most} rows were drawn at once");
            let longest: f64 = page.eval("return window.longest", json!(null)).await;
            assert!(longest < 1000.0, "the page stood still for {longest} ms");
        })
        .await;
}
