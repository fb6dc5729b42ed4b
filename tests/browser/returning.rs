//! Coming back to the page: what has changed meanwhile is told, and nothing moves under the pointer.

use crate::world::{
    World, exists, how_many, listed, press, press_named, press_within, refusal, row_said, rows, settle, text,
    until,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

async fn ready() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 4);
    world.draw();
    listed().await;
    world
}

const ROWS: [&str; 4] = ["p1@a.example", "p2@a.example", "p3@a.example", "p4@a.example"];

/// Somebody comes back after a while, and the list is there again.
async fn back(world: &World) {
    let before = world.clerk.count("page");
    world.stage.pass(15_000.0);
    world.stage.come_back();
    until("the question", || world.clerk.count("page") == before + 1).await;
}

#[wasm_bindgen_test]
async fn whoever_comes_back_soon_asks_for_nothing_and_later_once() {
    let world = ready().await;
    let asked = || (world.clerk.count("page"), world.clerk.count("getRoles"));
    assert_eq!(asked(), (1, 1));
    for _ in 0..5 {
        world.stage.come_back();
        settle().await;
    }
    assert_eq!(asked(), (1, 1));
    // The window has the focus, and the tab can be seen: that is once.
    back(&world).await;
    settle().await;
    assert_eq!(asked(), (2, 2));
    for _ in 0..5 {
        world.stage.come_back();
        settle().await;
    }
    assert_eq!(asked(), (2, 2));
    back(&world).await;
    settle().await;
    assert_eq!(asked(), (3, 3));
    assert_eq!(text(".status"), "", "nothing has changed");
}

#[wasm_bindgen_test]
async fn what_has_changed_is_told_once_and_marked_and_nothing_moves() {
    let world = ready().await;
    world.clerk.change("org_a", "p2@a.example", "status", &"accepted".into());
    world.clerk.change("org_a", "p3@a.example", "role", &"org:admin".into());
    world.clerk.invited("org_a", "new@x.de", "pending");
    world.clerk.aged("org_a", "new@x.de", 0.0);
    world.clerk.hold("page");
    back(&world).await;
    assert!(!exists("table[aria-busy=true]"), "it is asked for quietly");
    world.clerk.let_go("page");
    world.clerk.release("page", 1);
    until("the news", || text(".status").contains("While you were away:")).await;
    let said = text(".status");
    assert!(said.contains("p2@a.example: accepted") && said.contains("1 new"), "{said}");
    assert_eq!(rows(), ROWS, "nothing may move");
    until("the mark", || row_said().contains("While you were away: accepted")).await;
    assert!(text("tr[data-invitation]:nth-child(1)").contains("p1@a.example"));
    press_named("Dismiss");
    until("silence", || text(".status").is_empty()).await;
    back(&world).await;
    settle().await;
    assert!(!text(".status").contains("p2@a.example"), "that was told: {}", text(".status"));
    assert_eq!(rows(), ROWS);
    press_named("Refresh");
    until("the list as it is", || rows() == ["new@x.de", "p1@a.example", "p3@a.example", "p4@a.example"])
        .await;
    assert_eq!(row_said(), "");
}

#[wasm_bindgen_test]
async fn the_list_as_it_is_now_is_shown_when_somebody_wants_it() {
    let world = ready().await;
    world.clerk.change("org_a", "p2@a.example", "status", &"revoked".into());
    back(&world).await;
    until("the news", || text(".status").contains("p2@a.example: revoked")).await;
    press_within("Show the list as it is now", ".status");
    until("the list as it is", || rows() == ["p1@a.example", "p3@a.example", "p4@a.example"]).await;
    assert_eq!(row_said(), "");
}

#[wasm_bindgen_test]
async fn many_changes_are_counted() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 8);
    world.draw();
    listed().await;
    for number in 1..=6 {
        world.clerk.change("org_a", &format!("p{number}@a.example"), "status", &"accepted".into());
    }
    back(&world).await;
    until("the news", || text(".status").contains("While you were away:")).await;
    assert!(text(".status").contains("and 3 more"), "{}", text(".status"));
    assert_eq!((rows().len(), how_many("tr.row-said")), (8, 6));
}

#[wasm_bindgen_test]
async fn a_quiet_look_that_fails_says_that_the_list_may_be_out_of_date() {
    let world = ready().await;
    world.clerk.instead("page", "rejects", &refusal(503, "x", "m"));
    back(&world).await;
    until("the failure", || text("#app [role=alert]").contains("may be out of date")).await;
    assert_eq!(rows(), ROWS);
    press_within("Try again", "[role=alert]");
    until("no failure", || !exists("#app [role=alert]")).await;
}

#[wasm_bindgen_test]
async fn whoever_refreshes_after_a_quiet_look_has_failed_sees_the_list_as_it_is() {
    let world = ready().await;
    world.clerk.instead("page", "rejects", &refusal(503, "x", "m"));
    back(&world).await;
    until("the failure", || text("#app [role=alert]").contains("may be out of date")).await;
    world.clerk.invited("org_a", "new@x.de", "pending");
    press_named("Refresh");
    until("the list as it is", || rows().first().is_some_and(|row| row == "new@x.de")).await;
}

#[wasm_bindgen_test]
async fn whoever_refreshes_during_a_quiet_look_sees_the_list_as_it_is() {
    let world = ready().await;
    world.clerk.hold("page");
    back(&world).await;
    world.clerk.invited("org_a", "new@x.de", "pending");
    press_named("Refresh");
    until("the second question", || world.clerk.count("page") == 3).await;
    world.clerk.let_go("page");
    for nth in 1..3 {
        world.clerk.release("page", nth);
    }
    until("the list as it is", || rows().first().is_some_and(|row| row == "new@x.de")).await;
}

#[wasm_bindgen_test]
async fn a_quiet_look_disturbs_nothing_that_is_being_done() {
    let world = ready().await;
    crate::world::pick("Select p4@a.example", false);
    until("one", || text(".selection").contains("1 selected")).await;
    world.clerk.hold("revoke");
    press_named("Revoke the invitation of p2@a.example");
    until("the question", || text("dialog[open]").contains("p2@a.example")).await;
    press_named("Revoke invitation");
    until("the call", || world.clerk.count("revoke") == 1).await;
    world.clerk.change("org_a", "p3@a.example", "status", &"accepted".into());
    back(&world).await;
    until("the news", || text(".status").contains("p3@a.example: accepted")).await;
    assert!(text("tr[aria-busy=true]").contains("p2@a.example") && text(".selection").contains("1 selected"));
    world.clerk.release("revoke", 0);
    until("the outcome", || text(".status").contains("The invitation of p2@a.example is revoked.")).await;
    assert_eq!(rows(), ["p1@a.example", "p2@a.example", "p3@a.example", "p4@a.example"], "nothing moves");
    press_named("Refresh");
    until("the list", || rows() == ["p1@a.example", "p4@a.example"]).await;
}

/// Something is chosen and no longer: the list is drawn, and whatever stands to be said is said.
async fn looked_at_again() {
    crate::world::pick("Select p4@a.example", false);
    until("one", || text(".selection").contains("1 selected")).await;
    crate::world::pick("Select p4@a.example", false);
    until("none", || !exists(".selection")).await;
    settle().await;
}

#[wasm_bindgen_test]
async fn news_that_are_the_same_at_the_next_return_are_not_told_again() {
    let world = ready().await;
    world.clerk.change("org_a", "p2@a.example", "status", &"accepted".into());
    world.clerk.invited("org_a", "new@x.de", "pending");
    world.clerk.aged("org_a", "new@x.de", 0.0);
    back(&world).await;
    until("the news", || text(".status").contains("p2@a.example: accepted")).await;
    assert!(text(".status").contains("1 new"), "{}", text(".status"));
    press_named("Dismiss");
    until("silence", || text(".status").is_empty()).await;
    for _ in 0..2 {
        back(&world).await;
        settle().await;
        looked_at_again().await;
        assert_eq!(text(".status"), "", "that was told");
    }
}

#[wasm_bindgen_test]
async fn a_role_that_is_another_is_told_once_and_does_not_have_the_rest_told_again() {
    let world = ready().await;
    world.clerk.change("org_a", "p2@a.example", "status", &"accepted".into());
    world.clerk.change("org_a", "p3@a.example", "role", &"org:admin".into());
    back(&world).await;
    until("the news", || text(".status").contains("p2@a.example: accepted")).await;
    assert!(text(".status").contains("p3@a.example"), "{}", text(".status"));
    press_named("Dismiss");
    until("silence", || text(".status").is_empty()).await;
    back(&world).await;
    settle().await;
    looked_at_again().await;
    assert_eq!(text(".status"), "", "that was told");
}

#[wasm_bindgen_test]
async fn news_that_change_no_number_are_told_at_a_later_return_too() {
    let world = ready().await;
    world.clerk.change("org_a", "p2@a.example", "role", &"org:admin".into());
    back(&world).await;
    until("the news", || text(".status").contains("p2@a.example: The org:admin")).await;
    settle().await;
    world.clerk.change("org_a", "p3@a.example", "role", &"org:admin".into());
    back(&world).await;
    until("more news", || text(".status").contains("p3@a.example: The org:admin")).await;
}

#[wasm_bindgen_test]
async fn what_is_sent_after_news_is_a_row_and_no_news() {
    let world = ready().await;
    world.clerk.change("org_a", "p2@a.example", "status", &"accepted".into());
    back(&world).await;
    until("the news", || text(".status").contains("p2@a.example: accepted")).await;
    settle().await;
    world.clerk.hold("page");
    let before = world.clerk.count("page");
    crate::world::write("#invite-email", "mine@x.de");
    settle().await;
    press("#invite-send");
    until("the question", || world.clerk.count("page") > before).await;
    // It is the newest that there is.
    world.clerk.aged("org_a", "mine@x.de", 0.0);
    world.clerk.let_go("page");
    for nth in before..world.clerk.count("page") {
        world.clerk.release("page", nth);
    }
    until("the row", || text("tr.new th .clip") == "mine@x.de").await;
    assert_eq!(rows(), ["mine@x.de", "p1@a.example", "p3@a.example", "p4@a.example"]);
    settle().await;
    looked_at_again().await;
    let said = text(".status");
    assert!(
        said.contains("Invitation sent to mine@x.de.") && !said.contains("While you were away"),
        "{said}"
    );
    assert_eq!(row_said(), "");
}

#[wasm_bindgen_test]
async fn news_of_one_organization_are_not_told_under_another() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 4);
    world.clerk.fill("org_b", 2);
    world.draw();
    listed().await;
    world.clerk.change("org_a", "p2@a.example", "status", &"accepted".into());
    world.clerk.hold("whole");
    back(&world).await;
    // What became of somebody may stand under any status, unlike what is counted.
    let looks = |nth: &u32| !world.clerk.given("whole", *nth).contains("pending");
    let of_news = || (0..world.clerk.count("whole")).find(looks);
    until("the look for what became of it", || of_news().is_some()).await;
    let nth = of_news().expect("a look");
    world.clerk.let_go("whole");
    world.clerk.switch_to("org_b");
    until("the other organization", || text("header h1").contains("org_b") && rows().len() == 2).await;
    world.clerk.release("whole", nth);
    settle().await;
    settle().await;
    let said = text(".status");
    assert!(!said.contains("While you were away") && !said.contains("@a.example"), "{said}");
    assert_eq!(
        (rows(), row_said().as_str()),
        (vec!["p1@b.example".to_owned(), "p2@b.example".to_owned()], "")
    );
}

#[wasm_bindgen_test]
async fn news_of_a_search_are_those_of_the_rows_that_are_shown() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 30);
    world.draw();
    listed().await;
    crate::world::write("#list-search", "p2");
    until("what is found", || rows().len() == 10 && rows().iter().all(|row| row.starts_with("p2"))).await;
    world.clerk.change("org_a", "p20@a.example", "status", &"revoked".into());
    settle().await;
    // Whatever the roles do is another test's.
    world.clerk.hold("getRoles");
    let before = world.clerk.count("whole");
    world.stage.pass(15_000.0);
    world.stage.come_back();
    until("the question", || world.clerk.count("whole") > before).await;
    until("the news", || text(".status").contains("p20@a.example: revoked")).await;
    assert!(rows().contains(&"p20@a.example".to_owned()), "nothing may move");
}

#[wasm_bindgen_test]
async fn news_of_a_search_stay_when_the_roles_come_after_them() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 30);
    world.draw();
    listed().await;
    crate::world::write("#list-search", "p2");
    until("what is found", || rows().len() == 10 && rows().iter().all(|row| row.starts_with("p2"))).await;
    settle().await;
    world.clerk.change("org_a", "p20@a.example", "status", &"revoked".into());
    world.clerk.hold("getRoles");
    world.stage.pass(15_000.0);
    world.stage.come_back();
    until("the news", || row_said().contains("While you were away: revoked")).await;
    world.clerk.release("getRoles", 1);
    settle().await;
    assert!(rows().contains(&"p20@a.example".to_owned()), "nothing may move: {:?}", rows());
    assert!(row_said().contains("While you were away: revoked"));
}

#[wasm_bindgen_test]
async fn news_of_a_search_are_told_when_the_roles_come_before_them() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 30);
    world.draw();
    listed().await;
    crate::world::write("#list-search", "p2");
    until("what is found", || rows().len() == 10 && rows().iter().all(|row| row.starts_with("p2"))).await;
    settle().await;
    world.clerk.change("org_a", "p20@a.example", "status", &"revoked".into());
    world.clerk.hold("whole");
    let before = world.clerk.count("whole");
    world.stage.pass(15_000.0);
    world.stage.come_back();
    until("the question", || world.clerk.count("whole") > before).await;
    settle().await;
    world.clerk.let_go("whole");
    for nth in before..world.clerk.count("whole") {
        world.clerk.release("whole", nth);
    }
    until("the news", || row_said().contains("While you were away: revoked")).await;
    assert!(rows().contains(&"p20@a.example".to_owned()), "nothing may move: {:?}", rows());
}

// Whoever, and wherever.

#[wasm_bindgen_test]
async fn what_changes_for_the_viewer_is_said() {
    let world = ready().await;
    world.clerk.put("organization.name", &"Another name".into());
    world.clerk.emit();
    until("the name", || text(".status").contains("Organization org_a is called Another name now.")).await;
    assert_eq!(rows(), ROWS, "it is the same list");
    let manage = crate::world::json(r#"["org:sys_memberships:manage"]"#);
    world.clerk.put("user.organizationMemberships.1.permissions", &crate::world::json("[]"));
    world.clerk.put("user.organizationMemberships.1.role", &"org:member".into());
    world.clerk.emit();
    until("the loss", || text(".status").contains("You may no longer manage invitations in Another name."))
        .await;
    world.clerk.put("user.organizationMemberships.1.permissions", &manage);
    world.clerk.emit();
    until("the gain", || text(".status").contains("You may manage invitations in Another name now.")).await;
    until("the list", || rows() == ROWS).await;
    world.clerk.put("user.organizationMemberships", &crate::world::json("[]"));
    world.clerk.put("organization", &JsValue::NULL);
    world.clerk.emit();
    until("the removal", || text(".status").contains("You are no longer a member of Another name")).await;
}

#[wasm_bindgen_test]
async fn a_session_that_ends_is_said() {
    let world = ready().await;
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.clerk.emit();
    until("the end", || text(".status").contains("Your session has ended.")).await;
    assert!(!text("#app").contains("@a.example"));
}

#[wasm_bindgen_test]
async fn a_session_that_takes_the_place_of_another_is_said() {
    let world = ready().await;
    world.clerk.put("session.id", &"sess_2".into());
    world.clerk.put("user.id", &"user_2".into());
    world.clerk.put("user.fullName", &"Grace Hopper".into());
    world.clerk.emit();
    until("who it is", || text(".status").contains("You are signed in as Grace Hopper now.")).await;
}

#[wasm_bindgen_test]
async fn a_migration_that_begins_and_ends_meanwhile_is_said() {
    let world = ready().await;
    world.clerk.roles("org_a", &["org:admin", "org:member"], true);
    back(&world).await;
    until("the begin", || text(".status").contains("The roles of this organization are being migrated."))
        .await;
    world.clerk.roles("org_a", &["org:admin", "org:member"], false);
    back(&world).await;
    until("the end", || text(".status").contains("The migration of the roles is over.")).await;
}
