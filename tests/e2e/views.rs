//! The kinds of invitations: pending, in need of attention, accepted, revoked, all; and what each row says.

use sandbox::world::{ADMIN, Invitation, MEMBER, now_ms};
use sandbox::{On, Status, World};
use serde_json::json;

use crate::support::*;

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;

/// Acme, with statuses that Clerk knows and this page need not.
fn acme() -> Stage {
    Stage::admin().world(|world| {
        world.invite("org_acme", "completed@acme.test", MEMBER, Status::Completed, now_ms() - 5 * DAY);
        let paused = Status::Other("paused".into());
        world.invite("org_acme", "paused@acme.test", ADMIN, paused, now_ms() - HOUR / 12);
    })
}

/// The addresses of Acme's invitations that `is_wanted`, the newest first.
fn emails_of(world: &World, is_wanted: impl Fn(&Invitation) -> bool) -> Vec<String> {
    let page = world.invitations.page("org_acme", &[], 0, 1000);
    page.rows.iter().filter(|row| is_wanted(row)).map(|row| row.email_address.clone()).collect()
}

fn needs_attention(row: &Invitation) -> bool {
    let is_soon = row.expires_at.is_some_and(|at| at < now_ms() + 5 * DAY);
    row.status == Status::Expired || row.status == Status::Pending && is_soon
}

async fn columns(page: &Page) -> Vec<String> {
    let script = "return find(arguments[0]).map((one) => clean(one.textContent))";
    page.eval(script, json!(any("columnheader"))).await
}

#[tokio::test]
async fn each_kind_is_a_link_with_how_many_there_are_and_shows_those_and_no_others() {
    acme()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("?size=50").await;
            let all = page.control.change(|world| emails_of(world, |_| true));
            let [pending, accepted, revoked, mut attention] = page.control.change(|world| {
                [
                    emails_of(world, |row| row.status == Status::Pending),
                    emails_of(world, |row| matches!(row.status, Status::Accepted | Status::Completed)),
                    emails_of(world, |row| row.status == Status::Revoked),
                    emails_of(world, needs_attention),
                ]
            });
            // Who has joined last comes first.
            let accepted = page.control.change(|world| {
                let joined = |email: &String| {
                    let mut rows = world.invitations.addressed_to(email);
                    rows.find(|row| row.organization_id == "org_acme").map(|row| row.updated_at)
                };
                let mut accepted = accepted.clone();
                accepted.sort_by_key(|email| std::cmp::Reverse(joined(email)));
                accepted
            });
            // What has waited longest needs attention first.
            attention.reverse();
            let kinds = [
                ("Pending", "Pending invitations", pending, "?size=50", &["Expires"][..]),
                (
                    "Needs attention",
                    "Invitations that need attention",
                    attention,
                    "?view=attention&size=50",
                    &["Expires", "Status"],
                ),
                ("Accepted", "Accepted invitations", accepted, "?view=accepted&size=50", &["Joined"]),
                ("Revoked", "Revoked invitations", revoked, "?view=revoked&size=50", &["Revoked"]),
                ("All", "All invitations", all, "?view=all&size=50", &["Last change", "Status"]),
            ];
            for (name, title, emails, address, more) in &kinds {
                let view = format!("{name} {}", emails.len());
                page.has_counted(&view).await;
                page.click(link(&view).within(navigation("Filter by status"))).await;
                page.see(heading(&format!("{title} {}", emails.len()))).await;
                page.address_becomes(address).await;
                page.has_read_all().await;
                page.has(link(&view), "aria-current", Some("page")).await;
                page.has(link(&view), "href", Some(&format!("/{address}"))).await;
                let first = &emails[..emails.len().min(50)];
                page.lists(first).await;
                let mut expected = vec!["", "Email", "Invited", "Role"];
                more.iter().for_each(|column| {
                    expected.insert(if *column == "Status" { expected.len() } else { 3 }, column);
                });
                expected.push("Actions");
                assert_eq!(columns(page).await, expected, "{name}");
                page.is_accessible(name).await;
            }
            let current = "return document.querySelectorAll('nav [aria-current]').length";
            assert_eq!(page.eval::<usize>(current, json!(null)).await, 1);
        })
        .await;
}

#[tokio::test]
async fn the_days_left_are_counted_from_what_clerk_says_and_are_about_when_it_says_nothing() {
    const MOMENT: u64 = 1_772_698_150_000; // 2026-03-05T08:09:10Z
    Stage::signed_in("user_ada", Some("org_blank"))
        .world(|world| {
            let now = now_ms();
            let mut add = |email: &str, status: Status, created: u64, expires: Option<u64>| {
                let id = world.invite("org_blank", email, MEMBER, status, created);
                world.invitations.change(&id, |one| one.expires_at = expires);
            };
            add("twelve@left.test", Status::Pending, now - HOUR, Some(now + 12 * DAY - HOUR));
            add("one@left.test", Status::Pending, now - 2 * HOUR, Some(now + HOUR));
            add("none@left.test", Status::Pending, now - 3 * HOUR, Some(now - HOUR));
            add("about@left.test", Status::Pending, now - 20 * DAY - HOUR, None);
            add("about.one@left.test", Status::Pending, now - 29 * DAY - HOUR, None);
            add("ended@left.test", Status::Expired, now - 40 * DAY, Some(MOMENT));
            add("in@left.test", Status::Accepted, now - 41 * DAY, Some(now + DAY));
        })
        .play(async |page| {
            page.chromium("Emulation.setTimezoneOverride", json!({ "timezoneId": "Europe/Berlin" })).await;
            page.open_list("").await;
            for (email, expires) in [
                ("twelve@left.test", "in 12 days"),
                ("one@left.test", "in 1 day"),
                ("about@left.test", "in about 10 days"),
                ("about.one@left.test", "in about 1 day"),
            ] {
                let found = page.row_of(email).await;
                assert_eq!(found.expires.as_deref(), Some(expires), "{email}");
            }
            // On hover, when exactly.
            let titles: Vec<String> = page
                .eval(
                    "return rows().map((row) => row.cell('Expires')?.querySelector('time')?.title).filter((title) => title)",
                    json!(null),
                )
                .await;
            assert_eq!(titles.len(), 5);
            assert!(titles.iter().all(|title| title.contains("GMT")), "{titles:?}");
            page.is_accessible("days left").await;
            page.open_list("?view=attention").await;
            page.see(heading("Invitations that need attention 4")).await;
            page.lists(
                &["ended@left.test", "about.one@left.test", "none@left.test", "one@left.test"]
                    .map(str::to_owned),
            )
            .await;
        })
        .await;
}

#[tokio::test]
async fn the_link_can_be_copied_only_where_clerk_tells_it() {
    const URL: &str = "https://accounts.example.org/accept?__clerk_ticket=abc";
    Stage::signed_in("user_ada", Some("org_pages"))
        .world(|world| {
            pages_world(world, "org_pages", 2);
            let id = world.invitations.pending_for("org_pages", "p1@pages.test").expect("pending").id.clone();
            world.invitations.change(&id, |one| one.url = Some(URL.to_owned()));
        })
        .play(async |page| {
            page.open_list("").await;
            page.watch_the_clipboard().await;
            page.click(more("p1@pages.test")).await;
            page.see(any("menu").named("More actions for p1@pages.test")).await;
            page.is_accessible("what else can be done").await;
            page.click(any("menuitem").named("Copy invite link")).await;
            assert_eq!(page.copied().await, URL);
            page.no_longer_see(any("menu")).await;
            page.focus_is_on(more("p1@pages.test")).await;
            page.watch_the_clipboard().await;
            page.picks("p1@pages.test", "Copy email address").await;
            assert_eq!(page.copied().await, "p1@pages.test");
            page.click(more("p2@pages.test")).await;
            page.see(any("menuitem").named("Copy email address")).await;
            assert!(!page.shows(any("menuitem").named("Copy invite link")).await);
            assert_eq!(page.requests("POST", "/**").len(), 0);
        })
        .await;
}

#[tokio::test]
async fn a_kind_of_which_there_is_none_is_waited_for_until_the_code_that_says_so_is_here() {
    Stage::signed_in("user_ada", Some("org_blank"))
        .world(without_requests)
        .play(async |page| {
            let gate = page.control.gate(On::get("/page/*-later-later-*.wasm"));
            page.open("?view=revoked").await;
            page.see(heading("Revoked invitations 0")).await;
            let waits = "return document.querySelector('#app .list .boot-rows') !== null";
            page.until_true("that it is waited for", waits, json!(null)).await;
            gate.open();
            let says = "return document.querySelector('.list .empty') !== null";
            page.until_true("that there is none", says, json!(null)).await;
            assert!(!page.eval::<bool>(waits, json!(null)).await);
        })
        .await;
}

#[tokio::test]
async fn each_kind_says_so_when_there_is_none() {
    Stage::signed_in("user_ada", Some("org_blank"))
        .play(async |page| {
            for (view, title, text) in [
                ("pending", "Pending invitations 0", "No invitations"),
                ("attention", "Invitations that need attention 0", "Nothing needs attention"),
                ("accepted", "Accepted invitations 0", "No one has joined by invitation yet"),
                ("revoked", "Revoked invitations 0", "No revoked invitations"),
                ("all", "All invitations 0", "No invitations"),
            ] {
                page.open_list(&format!("?view={view}")).await;
                page.see(heading(title)).await;
                // What is said of some kinds comes with code that is fetched later.
                let says = "return find(arguments[0][0])[0].innerText.includes(arguments[0][1])";
                page.until_true(text, says, json!([region(title), text])).await;
                assert!(!page.shows(any("table")).await, "{view}");
                assert!(!page.shows(navigation("Pages")).await, "{view}");
                page.is_accessible(title).await;
            }
            page.open_list("?search=nobody").await;
            page.see(heading("Pending invitations 0")).await;
            page.see(region("Pending invitations 0")).await;
            assert!(
                page.text(region("Pending invitations 0"))
                    .await
                    .contains("No pending invitation matches “nobody”.")
            );
        })
        .await;
}

#[tokio::test]
async fn a_shared_address_shows_the_same_to_another_admin() {
    acme()
        .world(|world| world.add_membership("org_acme", "user_max", ADMIN))
        .play(async |page| {
            let address = "?view=all&search=acme%20member&sort=-email&page=2&size=5";
            page.open_list(address).await;
            page.has_read_all().await;
            let seen = page.rows().await;
            assert_eq!(seen.len(), 5);
            let mut sorted: Vec<_> = seen.iter().map(|row| row.email.clone()).collect();
            sorted.sort_by(|a, b| b.cmp(a));
            assert_eq!(page.emails().await, sorted);
            let range = page.text(navigation("Pages")).await;
            page.control.change(|world| {
                let session = world.sign_in("user_max", Some("org_acme"));
                world.greet_new_clients_with(&session);
            });
            page.eval::<()>("localStorage.clear(); sessionStorage.clear()", json!(null)).await;
            page.chromium("Network.clearBrowserCookies", json!({})).await;
            page.open_list(address).await;
            page.see(button("Account: Max Planck")).await;
            page.has_read_all().await;
            page.lists(&sorted).await;
            assert_eq!(page.rows().await, seen);
            assert_eq!(page.text(navigation("Pages")).await, range);
            page.holds(search_box(), "acme member").await;
            page.has(columnheader("Email"), "aria-sort", Some("descending")).await;
        })
        .await;
}
