//! Coming back to the page: what others have done meanwhile is told once, and nothing moves.

use sandbox::world::{ADMIN, MEMBER, now_ms};
use sandbox::{On, Status, What};
use serde_json::json;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const ROLES: &str = "/v1/organizations/*/roles";
const REVOKE: &str = "/v1/organizations/*/invitations/*/revoke";

fn in_pages(count: u64) -> Stage {
    Stage::signed_in("user_ada", Some("org_pages")).world(|world| pages_world(world, "org_pages", count))
}

fn emails(numbers: impl IntoIterator<Item = u64>) -> Vec<String> {
    numbers.into_iter().map(|n| format!("p{n}@pages.test")).collect()
}

fn becomes(page: &Page, email: &str, status: Status) {
    page.control.change(|world| {
        let id = world.invitations.pending_for("org_pages", email).expect("pending").id.clone();
        world.invitations.set_status(&id, status);
    });
}

/// Waits until nothing is on its way any more and all of it is drawn.
async fn is_quiet(page: &Page) {
    let script = "
        const count = () => performance.getEntriesByType('resource').length;
        let before;
        do {
          before = count();
          for (let n = 0; n < 12; n++) await new Promise((drawn) => requestAnimationFrame(drawn));
        } while (count() !== before);
        return true";
    page.until_true("quiet", script, json!(null)).await;
    page.until("all answers", async || {
        page.control.requests().iter().all(|seen| seen.status.is_some()).then_some(())
    })
    .await;
    page.is_drawn().await;
}

/// Lets the page draw what has come.
async fn is_drawn_for_a_while(page: &Page) {
    for _ in 0..5 {
        page.is_drawn().await;
    }
}

#[tokio::test]
async fn what_another_admin_did_is_told_once_marked_at_its_row_and_moves_nothing() {
    in_pages(12)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 12").await;
            becomes(page, "p2@pages.test", Status::Accepted);
            becomes(page, "p5@pages.test", Status::Revoked);
            page.control.change(|world| {
                world.invite("org_pages", "else@pages.test", MEMBER, Status::Pending, now_ms());
                let id =
                    world.invitations.pending_for("org_pages", "p7@pages.test").expect("there").id.clone();
                world.invitations.change(&id, |one| one.role = ADMIN.to_owned());
            });
            page.control.forget_requests();
            page.comes_back_after(16).await;
            page.is_told("While you were away:").await;
            let told = page.said().await;
            for piece in ["p2@pages.test: accepted", "p5@pages.test: revoked", "new"] {
                assert!(told.contains(piece), "{told}");
            }
            page.says_of_row("p2@pages.test", "While you were away: accepted").await;
            page.says_of_row("p5@pages.test", "While you were away: revoked").await;
            assert_eq!(page.emails().await, emails(1..=10), "rows have moved");
            assert_eq!(page.row_of("p7@pages.test").await.role, "Admin");
            // What has ended is no longer revoked or resent.
            let gone = page.row_of("p2@pages.test").await;
            assert!(!gone.offers.iter().any(|offer| offer.starts_with("Revoke")), "{gone:?}");
            page.is_accessible("news").await;
            page.has_counted("Pending 11").await;
            page.has_counted("Accepted 1").await;
            page.dismiss().await;
            // Told once: another look finds nothing that was not told.
            is_quiet(page).await;
            page.comes_back_after(16).await;
            is_quiet(page).await;
            assert!(!page.shows(status("While you were away")).await, "it is told again");
            page.says_of_row("p2@pages.test", "While you were away: accepted").await;
            assert_eq!(page.emails().await, emails(1..=10));
        })
        .await;
}

#[tokio::test]
async fn the_list_as_it_is_now_is_an_offer() {
    in_pages(4)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 4").await;
            becomes(page, "p2@pages.test", Status::Accepted);
            page.control.change(|world| {
                world.invite("org_pages", "else@pages.test", MEMBER, Status::Pending, now_ms());
            });
            page.comes_back_after(16).await;
            page.says_of_row("p2@pages.test", "While you were away: accepted").await;
            page.click(button("Show the list as it is now")).await;
            page.lists(
                &["else@pages.test", "p1@pages.test", "p3@pages.test", "p4@pages.test"].map(str::to_owned),
            )
            .await;
            page.see(heading("Pending invitations 4")).await;
        })
        .await;
}

#[tokio::test]
async fn the_list_is_asked_for_at_most_once_in_fifteen_seconds() {
    in_pages(4)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 4").await;
            is_quiet(page).await;
            page.control.forget_requests();
            for _ in 0..3 {
                page.comes_back_after(3).await;
            }
            is_quiet(page).await;
            assert!(page.requests("GET", LIST).is_empty(), "{:?}", page.requests("GET", LIST));
            page.comes_back_after(8).await;
            page.is_asked(1, "GET", LIST).await;
            is_quiet(page).await;
            // Once for the rows, five times for the counts, and not again.
            assert_eq!(page.requests("GET", LIST).len(), 6);
            page.comes_back_after(2).await;
            page.eval::<()>(
                "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
                json!(null),
            )
            .await;
            is_quiet(page).await;
            assert_eq!(page.requests("GET", LIST).len(), 6);
            page.lets_pass(16).await;
            becomes(page, "p3@pages.test", Status::Expired);
            page.eval::<()>(
                "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
                json!(null),
            )
            .await;
            page.says_of_row("p3@pages.test", "While you were away: expired").await;
        })
        .await;
}

#[tokio::test]
async fn when_nothing_has_changed_nothing_is_said_and_nothing_is_marked_busy() {
    in_pages(12)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 12").await;
            is_quiet(page).await;
            let before: String =
                page.eval("return document.querySelector('main').innerText", json!(null)).await;
            page.control.forget_requests();
            let gate = page.control.gate(On::get(LIST));
            page.comes_back_after(16).await;
            gate.reached(1).await;
            page.is_drawn().await;
            page.has(table("Pending invitations 12"), "aria-busy", Some("false")).await;
            gate.open();
            page.is_asked(6, "GET", LIST).await;
            is_quiet(page).await;
            assert_eq!(page.said().await, "");
            let now: String = page.eval("return document.querySelector('main').innerText", json!(null)).await;
            assert_eq!(now, before);
        })
        .await;
}

#[tokio::test]
async fn what_was_only_pushed_to_another_page_is_not_said_to_have_gone() {
    in_pages(12)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 12").await;
            page.control.change(|world| {
                world.invite("org_pages", "else@pages.test", MEMBER, Status::Pending, now_ms());
            });
            page.comes_back_after(16).await;
            page.is_told("While you were away: 1 new").await;
            assert_eq!(page.emails().await, emails(1..=10));
            assert!(page.rows().await.iter().all(|row| row.said.is_empty()), "{:?}", page.rows().await);
        })
        .await;
}

#[tokio::test]
async fn a_search_is_brought_up_to_date_without_moving_anything_whichever_answer_comes_first() {
    for late in [LIST, ROLES] {
        in_pages(120)
            .play(async |page| {
                page.open_list("").await;
                page.has_counted("All 120").await;
                page.write(search_box(), "p11").await;
                page.see(heading("Pending invitations 11")).await;
                page.has_read_all().await;
                let shown = emails([11].into_iter().chain(110..=118));
                page.lists(&shown).await;
                becomes(page, "p112@pages.test", Status::Accepted);
                let (roles, rows) = (page.requests("GET", ROLES).len(), page.requests("GET", LIST).len());
                let gate = page.control.gate(On::get(late));
                page.comes_back_after(16).await;
                gate.reached(1).await;
                match late {
                    LIST => page.is_asked(roles + 1, "GET", ROLES).await,
                    _ => page.is_asked(rows + 1, "GET", LIST).await,
                }
                is_drawn_for_a_while(page).await;
                gate.open();
                page.says_of_row("p112@pages.test", "While you were away: accepted").await;
                page.is_told("p112@pages.test: accepted").await;
                assert_eq!(page.emails().await, shown);
                page.click(button("Show the list as it is now")).await;
                page.lists(&emails([11, 110, 111].into_iter().chain(113..=119))).await;
                page.see(heading("Pending invitations 10")).await;
            })
            .await;
    }
}

#[tokio::test]
async fn what_is_chosen_stays_chosen_and_what_has_gone_costs_no_second_mail() {
    in_pages(5)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 5").await;
            page.choose_rows(&["p1@pages.test", "p2@pages.test", "p3@pages.test"]).await;
            becomes(page, "p2@pages.test", Status::Accepted);
            page.comes_back_after(16).await;
            page.says_of_row("p2@pages.test", "While you were away: accepted").await;
            page.has_chosen("3 selected").await;
            page.does_with_chosen("Revoke").await;
            page.see(dialog("Revoke these invitations?")).await;
            let text = page.text(any("dialog")).await;
            assert!(text.contains("2 people") && !text.contains("p2@"), "{text}");
            page.click(button("Revoke 2 invitations")).await;
            page.is_told("2 revoked").await;
            assert_eq!(page.requests("POST", REVOKE).len(), 2);
            page.lists(&emails(1..=5)).await;
            page.click(button("Refresh")).await;
            page.lists(&emails([4, 5])).await;
        })
        .await;
}

#[tokio::test]
async fn what_is_being_done_goes_on_while_one_comes_back() {
    in_pages(5)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 5").await;
            let gate = page.control.gate(On::post(REVOKE));
            page.click(revoke("p2@pages.test")).await;
            page.click(button("Revoke invitation")).await;
            gate.reached(1).await;
            becomes(page, "p4@pages.test", Status::Accepted);
            page.comes_back_after(16).await;
            page.says_of_row("p4@pages.test", "While you were away: accepted").await;
            page.see(row("p2@pages.test").named("Revoking…")).await;
            gate.open();
            page.is_told("The invitation of p2@pages.test is revoked.").await;
            page.has_become("p2@pages.test", "Revoked").await;
            page.lists(&emails(1..=5)).await;
        })
        .await;
}

#[tokio::test]
async fn an_unreadable_list_on_coming_back_leaves_the_rows_and_says_so() {
    in_pages(5)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 5").await;
            let refusal = What::Error {
                status: 403,
                code: "action_blocked".into(),
                message: "No".into(),
                meta: json!({}),
                headers: vec![],
            };
            page.fails(On::get(LIST), refusal);
            page.comes_back_after(16).await;
            page.see(alert("What you see may be out of date: the list could not be refreshed.")).await;
            assert_eq!(page.emails().await, emails(1..=5));
            page.control.clear_faults();
            becomes(page, "p2@pages.test", Status::Accepted);
            page.click(button("Try again")).await;
            page.lists(&emails([1, 3, 4, 5])).await;
            page.no_longer_see(any("alert")).await;
        })
        .await;
}
