//! `<clerk-invitations>` where the page's files can't be had. That it works where they can is for the tests of the built page.

use crate::world::{World, until};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

#[wasm_bindgen(module = "/assets/embed.js")]
extern "C" {
    #[wasm_bindgen(js_name = mountInvitations)]
    fn mount_invitations(element: &Element) -> Element;
    #[wasm_bindgen(js_name = unmountInvitations)]
    fn unmount_invitations(element: &Element);
}

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    /// What stands in the shadow root of an element.
    #[wasm_bindgen(js_name = shadowText)]
    fn shadow_text(element: &Element) -> String;
}

#[wasm_bindgen_test]
async fn an_element_whose_files_are_missing_says_so_and_goes_without_a_trace() {
    let world = World::without_clerk();
    world.stage.hush();
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let place = document.get_element_by_id("app").expect("#app");
    let element = mount_invitations(&place);
    until("a sentence", || shadow_text(&element).contains("could not start")).await;
    assert_eq!(place.child_element_count(), 1);
    let other = mount_invitations(&place);
    assert_eq!(place.child_element_count(), 1, "it takes the place of the one before");
    assert!(!element.is_connected() && other.is_connected());
    unmount_invitations(&place);
    until("nothing", || shadow_text(&element).is_empty() && place.child_element_count() == 0).await;
}
