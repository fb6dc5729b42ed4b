//! One organization after another: nothing of one is ever shown under another, whatever order answers come in.

use crate::world::{World, exists, how_many, pick_in_menu, settle, text, until};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const HEADING: &str = "header h1";

/// The page in `org_a`, with 3 invitations; `org_b` has 23.
async fn in_a() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    world.clerk.fill("org_b", 23);
    world.draw();
    until("the page", || exists("tbody tr:has(th)") && exists("#invite-role:not([disabled])")).await;
    world
}

async fn switched_to_b(world: &World) {
    world.clerk.switch_to("org_b");
    until("the other organization", || text(HEADING).contains("org_b")).await;
}

fn shows_a() -> bool {
    text("#app main").contains("@a.example")
}

#[wasm_bindgen_test]
async fn no_row_outlives_a_switch() {
    let world = in_a().await;
    world.clerk.hold("page");
    switched_to_b(&world).await;
    assert!(!shows_a(), "a row of org_a under org_b");
    until("the question", || world.clerk.count("page") == 2).await;
    world.clerk.release("page", 1);
    until("its rows", || how_many("tbody tr:has(th)") == 10).await;
    assert!(text("tbody tr:has(th):first-child").contains("p1@b.example"));
    until("its title", || text("title").contains("Organization org_b")).await;
}

#[wasm_bindgen_test]
async fn while_clerk_is_under_way_what_is_shown_stays() {
    let world = in_a().await;
    for key in ["organization", "session", "user"] {
        world.clerk.put(key, &JsValue::UNDEFINED);
        world.clerk.emit();
        settle().await;
        assert_eq!(how_many("tbody tr:has(th)"), 3, "{key}");
        assert!(exists("#skeleton[hidden]"));
    }
    world.clerk.sign_in();
    switched_to_b(&world).await;
    until("its rows", || how_many("tbody tr:has(th)") == 10).await;
    assert!(!shows_a());
}

#[wasm_bindgen_test]
async fn a_question_that_stands_open_during_a_switch_goes_with_its_organization() {
    let world = in_a().await;
    pick_in_menu("p1@a.example", "Revoke").await;
    until("the question", || exists("dialog[open]")).await;
    switched_to_b(&world).await;
    until("its rows", || how_many("tbody tr:has(th)") == 10).await;
    assert!(!exists("dialog[open]"));
    assert_eq!(world.clerk.count("revoke"), 0);
}
