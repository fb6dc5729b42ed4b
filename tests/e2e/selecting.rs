//! Choosing several invitations, and what is done with all of them.

use std::collections::BTreeMap;
use std::time::Duration;

use sandbox::world::MEMBER;
use sandbox::{On, Status, What};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const BULK: &str = "/v1/organizations/*/invitations/bulk";
const REVOKE: &str = "/v1/organizations/*/invitations/*/revoke";

fn in_pages(count: u64) -> Stage {
    Stage::signed_in("user_ada", Some("org_pages")).world(|world| pages_world(world, "org_pages", count))
}

fn emails(numbers: impl IntoIterator<Item = u64>) -> Vec<String> {
    numbers.into_iter().map(|n| format!("p{n}@pages.test")).collect()
}

fn counts(page: &Page) -> BTreeMap<String, usize> {
    page.control.change(|world| {
        let mut counts = BTreeMap::new();
        for one in world.invitations.iter().filter(|one| one.organization_id == "org_pages") {
            *counts.entry(one.status.as_str().to_owned()).or_default() += 1;
        }
        counts
    })
}

fn statuses(page: &Page, email: &str) -> Vec<Status> {
    page.control.change(|world| world.invitations.addressed_to(email).map(|one| one.status.clone()).collect())
}

async fn chosen(page: &Page) -> Vec<String> {
    page.rows().await.into_iter().filter(|row| row.is_chosen).map(|row| row.email).collect()
}

#[tokio::test]
async fn rows_are_chosen_one_by_one_by_a_range_by_the_page_and_over_pages() {
    in_pages(23)
        .play(async |page| {
            page.open_list("").await;
            page.choose_rows(&["p2@pages.test"]).await;
            page.has_chosen("1 selected").await;
            // With Shift, all from the one before.
            let script = "
                find(arguments[0])[0].dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true, cancelable: true }))";
            page.eval::<()>(script, json!(choice("p6@pages.test"))).await;
            page.has_chosen("5 selected").await;
            assert_eq!(chosen(page).await, emails(2..=6));
            page.is_accessible("a selection").await;
            page.click(choice("p4@pages.test")).await;
            page.has_chosen("4 selected").await;
            // Upwards too.
            page.click(choice("p10@pages.test")).await;
            page.eval::<()>(script, json!(choice("p8@pages.test"))).await;
            page.has_chosen("7 selected").await;
            assert_eq!(chosen(page).await, emails([2, 3, 5, 6, 8, 9, 10]));
            page.click(checkbox("Select all on this page")).await;
            page.has_chosen("10 selected").await;
            page.click(button("Next page")).await;
            page.lists(&emails(11..=20)).await;
            page.has_chosen("10 selected").await;
            page.is(checkbox("Select all on this page"), ":not(:checked)").await;
            page.choose_rows(&["p12@pages.test"]).await;
            page.has_chosen("11 selected").await;
            page.click(button("Previous page")).await;
            page.lists(&emails(1..=10)).await;
            page.is(checkbox("Select all on this page"), ":checked").await;
            page.click(checkbox("Select all on this page")).await;
            page.has_chosen("1 selected").await;
            assert_eq!(chosen(page).await, emails([]));
            page.does_with_chosen("Clear selection").await;
            page.has_chosen("").await;
            assert!(!page.shows(button("Clear selection")).await);
            assert!(page.requests("POST", "/**").is_empty());
        })
        .await;
}

#[tokio::test]
async fn revoking_many_asks_once_and_names_the_first_of_them() {
    in_pages(12)
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            page.choose_rows(&[
                "p1@pages.test",
                "p2@pages.test",
                "p4@pages.test",
                "p5@pages.test",
                "p7@pages.test",
            ])
            .await;
            page.does_with_chosen("Revoke").await;
            page.see(dialog("Revoke these invitations?")).await;
            let text = page.text(any("dialog")).await;
            for piece in ["5 people", "and 2 more", "The links in their emails will stop working."] {
                assert!(text.contains(piece), "{text}");
            }
            assert_eq!(text.matches("@pages.test").count(), 3, "{text}");
            page.focus_is_on(button("Cancel")).await;
            page.is_accessible("the question whether to revoke many").await;
            page.press(Key::Escape).await;
            page.no_longer_see(any("dialog")).await;
            page.has_chosen("5 selected").await;
            assert!(page.requests("POST", "/**").is_empty());
            page.does_with_chosen("Revoke").await;
            let gate = page.control.gate(On::post(REVOKE));
            page.click(button("Revoke 5 invitations")).await;
            gate.reached(3).await;
            page.see(progressbar("Revoking…")).await;
            page.progresses("0 of 5 done").await;
            page.is_accessible("many being revoked").await;
            gate.open();
            page.is_told("5 revoked").await;
            page.has_become("p7@pages.test", "Revoked").await;
            page.has_chosen("").await;
            page.see(heading("Pending invitations 7")).await;
            page.has_counted("Revoked 5").await;
            page.is_accessible("many revoked").await;
            assert_eq!(page.requests("POST", REVOKE).len(), 5);
            assert!(page.requests("POST", LIST).is_empty());
            page.click(button("Invite again")).await;
            page.is_told("5 sent").await;
            page.see(heading("Pending invitations 12")).await;
            assert_eq!(page.rows().await.iter().filter(|row| row.is_new).count(), 5);
            assert_eq!(counts(page)["pending"], 12);
            assert_eq!(page.requests("POST", REVOKE).len(), 5);
        })
        .await;
}

#[tokio::test]
async fn resending_many_says_what_became_of_each_and_tries_the_failed_again() {
    in_pages(9)
        .play(async |page| {
            page.open_list("").await;
            // One has joined meanwhile, one is blocked by now.
            page.control.change(|world| {
                let id =
                    world.invitations.pending_for("org_pages", "p2@pages.test").expect("there").id.clone();
                world.invitations.set_status(&id, Status::Accepted);
                world.environment.blocked = vec!["p3@pages.test".to_owned()];
            });
            page.choose_rows(&["p1@pages.test", "p2@pages.test", "p3@pages.test", "p4@pages.test"]).await;
            page.does_with_chosen("Resend").await;
            page.see(dialog("Resend these invitations?")).await;
            assert!(page.text(any("dialog")).await.contains("each person gets a new email"));
            page.is_accessible("the question whether to resend many").await;
            page.click(button("Resend 4 invitations")).await;
            page.reports("2 sent, 1 already invited or joined, 1 not sent").await;
            page.says_of_row("p3@pages.test", "Revoked, but not resent: This app doesn’t allow this address")
                .await;
            page.says_of("p3@pages.test", "This app doesn’t allow this address").await;
            let kept = "Revoked but not resent: now in the box above.";
            page.until_true(kept, "return document.body.innerText.includes(arguments[0])", json!(kept)).await;
            page.is_accessible("a report with a failure").await;
            assert_eq!(statuses(page, "p2@pages.test"), [Status::Accepted]);
            assert_eq!(statuses(page, "p3@pages.test"), [Status::Revoked]);
            page.watch_the_clipboard().await;
            page.click(button("Copy unsent addresses")).await;
            assert_eq!(page.copied().await, "p3@pages.test");
            page.catch_downloads().await;
            page.click(button("Download report")).await;
            let (name, text) = page.downloaded().await;
            assert_eq!(name, "invitations.csv");
            let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().collect();
            assert_eq!(lines.len(), 5, "{text}");
            assert_eq!(lines[0], "email,role,result");
            assert!(lines[1].starts_with("p1@pages.test,org:member,Sent"), "{text}");
            assert!(lines[3].contains("Revoked, but not resent"), "{text}");
            page.control.change(|world| world.environment.blocked.clear());
            let before = page.requests("POST", REVOKE).len();
            page.click(button("Retry failed")).await;
            page.is_told("Invitation sent to p3@pages.test.").await;
            assert_eq!(statuses(page, "p3@pages.test"), [Status::Revoked, Status::Pending]);
            assert_eq!(page.requests("POST", REVOKE).len(), before);
            page.keeps(&[]).await;
            for email in emails([1, 4]) {
                assert_eq!(statuses(page, &email), [Status::Revoked, Status::Pending]);
            }
        })
        .await;
}

#[tokio::test]
async fn what_is_being_done_with_many_can_be_stopped_and_nobody_is_left_without_an_invitation() {
    in_pages(30)
        .play(async |page| {
            page.open_list("?size=50").await;
            page.click(checkbox("Select all on this page")).await;
            page.does_with_chosen("Resend").await;
            page.fails(On::post(LIST), What::Delay(Duration::from_millis(300)));
            page.click(button("Resend 30 invitations")).await;
            page.progresses("of 30 done").await;
            page.until_true(
                "some to be done",
                "return find(arguments[0]).some((bar) => bar.value >= 3 && bar.value <= 9)",
                json!(any("progressbar")),
            )
            .await;
            page.is_accessible("many being resent").await;
            page.click(button("Stop")).await;
            page.see(button("Download report")).await;
            let counts = counts(page);
            assert_eq!(counts["pending"], 30, "somebody has none, or two");
            assert!(counts["revoked"] < 30, "it did not stop");
            page.is_told(&format!("{} sent", counts["revoked"])).await;
            // What it was not the turn of is chosen still.
            let left = 30 - counts["revoked"];
            page.has_chosen(&format!("{left} selected")).await;
        })
        .await;
}

#[tokio::test]
async fn the_permission_lost_on_the_way_ends_it_and_says_so() {
    in_pages(8)
        .play(async |page| {
            page.open_list("").await;
            page.click(checkbox("Select all on this page")).await;
            page.does_with_chosen("Revoke").await;
            let gate = page.control.gate(On::post(REVOKE));
            page.click(button("Revoke 8 invitations")).await;
            gate.reached(3).await;
            page.control.change(|world| world.add_membership("org_pages", "user_ada", MEMBER));
            gate.open();
            page.is_told("You can no longer manage").await;
            assert!(page.requests("POST", REVOKE).len() <= 3, "it went on although it may not");
            assert_eq!(counts(page)["pending"], 8);
            page.is_accessible("a permission lost").await;
        })
        .await;
}

#[tokio::test]
async fn the_addresses_and_a_table_of_all_that_match_are_taken_along() {
    Stage::admin()
        .play(async |page| {
            page.open_list("?view=all").await;
            page.watch_the_clipboard().await;
            page.click(button("Copy email addresses")).await;
            let copied: Vec<_> = page.copied().await.lines().map(str::to_owned).collect();
            let all: Vec<_> = page.control.change(|world| {
                let page = world.invitations.page("org_acme", &[], 0, 1000);
                page.rows.iter().map(|row| row.email_address.clone()).collect()
            });
            assert_eq!(copied, all);
            page.catch_downloads().await;
            page.click(button("Export as CSV")).await;
            let (name, text) = page.downloaded().await;
            assert_eq!(name, "invitations.csv");
            let mut lines = text.trim_start_matches('\u{feff}').lines();
            assert_eq!(
                lines.next(),
                Some("email,role,role_name,status,invited,expires,expires_is_estimate,updated,link,id")
            );
            let rows: Vec<Vec<_>> = lines.map(|line| line.split(',').collect()).collect();
            assert_eq!(rows.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>(), all);
            assert!(rows.iter().all(|row| row[6] == "false" && row[9].starts_with("orginv_")), "{text}");
            assert_eq!(rows.iter().filter(|row| row[3] == "accepted").count(), 40);
            // Of a search only what it found; of a selection only that.
            page.write(search_box(), "admin").await;
            page.see(heading("All invitations 15")).await;
            page.catch_downloads().await;
            page.click(button("Export as CSV")).await;
            assert_eq!(page.downloaded().await.1.lines().count(), 16);
            let two: Vec<_> = page.emails().await[..2].to_vec();
            page.choose_rows(&[&two[0], &two[1]]).await;
            page.catch_downloads().await;
            page.does_with_chosen("Export as CSV").await;
            let text = page.downloaded().await.1;
            assert_eq!(text.lines().count(), 3, "{text}");
            assert!(two.iter().all(|email| text.contains(email)));
            assert!(page.requests("POST", "/**").is_empty());
        })
        .await;
}

#[tokio::test]
async fn with_the_keyboard_alone_several_are_chosen_and_revoked() {
    in_pages(3)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 3").await;
            let until = async |thing: Thing| {
                let script = "return find(arguments[0]).includes(document.activeElement)";
                for _ in 0..60 {
                    if page.eval::<bool>(script, json!(thing)).await {
                        return;
                    }
                    page.press(Key::Tab).await;
                }
                panic!("Tab never comes to {thing:?}");
            };
            until(choice("p1@pages.test")).await;
            page.press(Key::Space).await;
            page.has_chosen("1 selected").await;
            page.focus_is_on(choice("p1@pages.test")).await;
            until(choice("p3@pages.test")).await;
            page.press(Key::Space).await;
            page.has_chosen("2 selected").await;
            until(button("Revoke 2").within(any("main"))).await;
            page.press(Key::Enter).await;
            page.focus_is_on(button("Cancel")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(button("Revoke 2 invitations")).await;
            page.press(Key::Space).await;
            page.is_told("2 revoked").await;
            page.has_become("p3@pages.test", "Revoked").await;
            // The keyboard is somewhere that can be seen, not lost with what has gone.
            page.until_true(
                "the keyboard to be somewhere",
                "return document.activeElement !== document.body && document.activeElement.isConnected",
                json!(null),
            )
            .await;
            page.see(heading("Pending invitations 1")).await;
            assert_eq!(counts(page)["revoked"], 2);
        })
        .await;
}

#[tokio::test]
async fn what_the_keyboard_is_on_is_never_hidden_behind_the_selection_bar() {
    for (width, height) in [(1280, 800), (360, 740)] {
        in_pages(23)
            .play(async |page| {
                page.resize(width, height).await;
                page.open_list("?size=25").await;
                page.has_counted("All 23").await;
                page.choose_rows(&["p1@pages.test"]).await;
                page.has_chosen("1 selected").await;
                let hidden: Vec<String> = {
                    let script = "
                        const at = document.activeElement;
                        const box = at.getBoundingClientRect();
                        const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                        return at === document.body || at.contains(seen) || !!seen?.closest('label, .select')?.contains(at)
                          ? null : at.outerHTML.slice(0, 120)";
                    let mut hidden = vec![];
                    for _ in 0..50 {
                        page.press(Key::Tab).await;
                        page.is_drawn().await;
                        hidden.extend(page.eval::<Option<String>>(script, json!(null)).await);
                    }
                    hidden
                };
                assert!(hidden.is_empty(), "{width}: {hidden:#?}");
            })
            .await;
    }
}

#[tokio::test]
async fn a_message_and_the_selection_bar_do_not_cover_each_other() {
    for (width, height) in [(1280, 800), (360, 740)] {
        in_pages(3)
            .play(async |page| {
                page.resize(width, height).await;
                page.open_list("").await;
                page.choose_rows(&["p1@pages.test"]).await;
                page.has_chosen("1 selected").await;
                page.picks("p2@pages.test", "Resend").await;
                page.click(button("Resend").within(any("dialog"))).await;
                page.is_told("Invitation resent to p2@pages.test. The earlier link no longer works.").await;
                let apart = "
                    const message = find(arguments[0].message)[0].getBoundingClientRect();
                    const more = find(arguments[0].more)[0];
                    const bar = more.parentElement.parentElement.parentElement.getBoundingClientRect();
                    return message.top >= bar.bottom || message.bottom <= bar.top";
                let asked = json!({
                    "message": any("region").named("Messages"),
                    "more": button("More actions for the selection"),
                });
                page.until_true("a message beside the bar", apart, asked).await;
            })
            .await;
    }
}

#[tokio::test]
async fn a_selection_fits_a_narrow_screen_from_right_to_left() {
    in_pages(12)
        .languages("ar")
        .play(async |page| {
            page.resize(360, 740).await;
            page.open_list("").await;
            let script = "
                const boxes = rows().map((row) => row.box);
                boxes.slice(0, 4).forEach((one) => one.click());
                return boxes.length > 3";
            page.until_true("boxes", script, json!(null)).await;
            page.see(button("إجراءات أخرى للتحديد")).await;
            page.fits_its_width("a selection").await;
            // Enough of the list is left to be seen above the bar.
            let share = "
                const bar = find(arguments[0])[0].parentElement.parentElement.parentElement;
                return bar.getBoundingClientRect().height / innerHeight";
            let share: f64 = page.eval(share, json!(button("إجراءات أخرى للتحديد"))).await;
            assert!(share < 0.4, "the bar takes {share} of the window");
            page.is_accessible("a selection, narrow").await;
            page.eval::<()>("rows()[0].buttons.at(-1).click()", json!(null)).await;
            page.see(any("menu")).await;
            page.fits_its_width("what else can be done").await;
            page.is_accessible("what else can be done, narrow").await;
            page.press(Key::Escape).await;
            page.no_longer_see(any("menu")).await;
            page.open_list("?view=all&sort=-status&search=p").await;
            page.has_read_all().await;
            page.fits_its_width("all, sorted").await;
            page.is_accessible("all, sorted, narrow").await;
            let direction =
                page.eval::<String>("return getComputedStyle(document.body).direction", json!(null)).await;
            assert_eq!(direction, "rtl");
        })
        .await;
}

#[tokio::test]
async fn bulk_calls_are_made_where_nothing_is_to_be_revoked() {
    in_pages(1)
        .world(|world| {
            let now = sandbox::world::now_ms();
            let rows = (1..=20u64).map(|n| {
                (
                    format!("old{n}@pages.test"),
                    MEMBER.to_owned(),
                    Status::Expired,
                    now - (n + 40) * 86_400_000,
                )
            });
            world.invite_many("org_pages", rows.collect::<Vec<_>>());
        })
        .play(async |page| {
            page.open_list("?view=attention&size=25").await;
            page.see(heading("Invitations that need attention 20")).await;
            page.click(checkbox("Select all on this page")).await;
            page.does_with_chosen("Invite again").await;
            page.click(button("Invite 20 people again")).await;
            page.is_told("20 sent").await;
            assert_eq!(page.requests("POST", BULK).len(), 2);
            assert!(page.requests("POST", REVOKE).is_empty());
            page.has_counted("Pending 21").await;
        })
        .await;
}
