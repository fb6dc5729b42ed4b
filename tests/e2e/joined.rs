//! Who has joined, and since when.

use sandbox::world::{ADMIN, MEMBER, now_ms};
use sandbox::{Status, World};

use crate::support::*;

const DAY: u64 = 86_400_000;

/// Ada administers Crew, to which people have come so many days ago.
fn crew(world: &mut World) {
    world.add_organization("org_crew", "Crew");
    world.add_membership("org_crew", "user_ada", ADMIN);
    world.add_membership("org_crew", "user_max", MEMBER);
    let now = now_ms();
    for (email, days) in [("ten@crew.test", 10), ("two@crew.test", 2), ("old@crew.test", 60)] {
        let id = world.invite("org_crew", email, MEMBER, Status::Accepted, now - 90 * DAY);
        world.invitations.change(&id, |one| one.updated_at = now - days * DAY);
    }
}

#[tokio::test]
async fn those_who_have_joined_within_some_days_are_listed_newest_first() {
    Stage::signed_in("user_ada", Some("org_crew"))
        .world(crew)
        .play(async |page| {
            page.open_list("?view=accepted").await;
            let list = |emails: &[&str]| emails.iter().map(|email| (*email).to_owned()).collect::<Vec<_>>();
            page.lists(&list(&["two@crew.test", "ten@crew.test", "old@crew.test"])).await;
            page.see(row("after 88 days")).await;
            page.see(row("after 30 days")).await;
            page.click(button("Last 30 days")).await;
            page.lists(&list(&["two@crew.test", "ten@crew.test"])).await;
            page.address_becomes("?view=accepted&joined=30").await;
            page.click(button("Last 7 days")).await;
            page.lists(&list(&["two@crew.test"])).await;
            page.has(button("Last 7 days"), "aria-pressed", Some("true")).await;
            page.is_accessible("who has joined within seven days").await;
            page.reload().await;
            page.lists(&list(&["two@crew.test"])).await;
            page.click(button("Any time")).await;
            page.lists(&list(&["two@crew.test", "ten@crew.test", "old@crew.test"])).await;
        })
        .await;
}

#[tokio::test]
async fn a_search_says_since_when_somebody_is_a_member() {
    Stage::signed_in("user_ada", Some("org_crew"))
        .world(crew)
        .play(async |page| {
            page.open_list("").await;
            page.write(search_box(), "max@demo.test").await;
            let said = any("list").named("max@demo.test has been a member since");
            page.see(said).await;
        })
        .await;
}

#[tokio::test]
async fn who_has_joined_is_shown_by_name() {
    Stage::signed_in("user_ada", Some("org_crew"))
        .world(|world| {
            crew(world);
            world.invite("org_crew", "max@demo.test", MEMBER, Status::Accepted, now_ms());
        })
        .play(async |page| {
            page.open_list("?view=accepted").await;
            page.see(row("max@demo.test Max Planck")).await;
        })
        .await;
}
