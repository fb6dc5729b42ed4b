//! Coming back to the page: what others have done meanwhile is told once, and nothing moves.

use sandbox::Status;
use sandbox::world::{ADMIN, MEMBER, now_ms};
use serde_json::json;

use crate::support::*;

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

#[tokio::test]
async fn what_another_admin_did_is_told_once_marked_at_its_row_and_moves_nothing() {
    in_pages(12)
        .play_with_and_without_client_on_reads(async |page| {
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
            // The list as it is now is an offer.
            becomes(page, "p9@pages.test", Status::Revoked);
            page.comes_back_after(16).await;
            page.click(button("Show updates")).await;
            let now =
                ["else@pages.test".to_owned()].into_iter().chain(emails([1, 3, 4, 6, 7, 8, 10, 11, 12]));
            page.lists(&now.collect::<Vec<_>>()).await;
        })
        .await;
}
