//! Coming back to the page: what has changed meanwhile is told, and nothing moves under the pointer.

use crate::world::{TOAST, World, listed, settle, text, until};
use wasm_bindgen_test::wasm_bindgen_test;

async fn ready() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 4);
    world.draw();
    listed().await;
    world
}

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
    assert_eq!(text(TOAST), "", "nothing has changed");
}
