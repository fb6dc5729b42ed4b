//! Clerk's own components, fetched when one is needed, in the page and out of it.

use crate::world::{
    World, both, config, exists, go_to, how_many, json, passing, press_named, replace_address, script_of,
    settle, text, until,
};
use clerk_invitations::clerk::{Client, Component, MountError, Starter};
use clerk_invitations::domain::{Error, SessionTask};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

const BUNDLE: &str = "https://clerk.example.com/npm/@clerk/ui@1/dist/ui.browser.js";

fn document() -> web_sys::Document {
    web_sys::window().and_then(|window| window.document()).expect("a document")
}

/// A place in the page.
fn node() -> Element {
    let node = document().create_element("div").expect("an element");
    document().get_element_by_id("app").expect("#app").append_child(&node).expect("a place");
    node
}

/// A world whose clerk-js is for this page to start, so that the component bundle is as well; nobody is signed in.
fn ours() -> World {
    let world = World::signed_in();
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.clerk.put("loaded", &false.into());
    let tag = document().create_element("script").expect("a tag");
    for mark in ["data-clerk-js-script", "data-clerk-invitations"] {
        tag.set_attribute(mark, "").expect("a mark");
    }
    document().head().expect("a head").append_child(&tag).expect("a place");
    world.stage.keep_scripts();
    world
}

fn bundle_arrives(world: &World, nth: u32) {
    let constructor = Closure::<dyn FnMut()>::new(|| ()).into_js_value();
    js_sys::Reflect::set(&js_sys::global(), &"__internal_ClerkUICtor".into(), &constructor)
        .expect("a global");
    world.stage.end(nth, "load");
}

async fn client(world: &World) -> Client {
    Starter::default().start(&config(""), &world.mount).await.expect("a running clerk-js")
}

#[wasm_bindgen_test]
async fn the_bundle_is_fetched_when_something_is_to_be_mounted_and_not_before() {
    let world = ours();
    let client = client(&world).await;
    assert_eq!(world.stage.tags(), 0);
    let place = node();
    let arrives = async {
        settle().await;
        assert_eq!(world.stage.tag(0), format!("async=\ncrossorigin=anonymous\ndata-address={BUNDLE}"));
        bundle_arrives(&world, 0);
    };
    let (mounted, ()) = both(client.mount(&Component::SignIn, place.clone()), arrives).await;
    let mounted = mounted.expect("a component");
    assert_eq!(place.text_content().as_deref(), Some("SignIn"));
    let promised: js_sys::Promise = world.clerk.at("options.ui.ClerkUI").unchecked_into();
    assert!(crate::world::kept(promised).await.is_function(), "clerk-js was promised the constructor");
    drop(mounted);
    assert_eq!(place.child_element_count(), 0);
    let second = client.mount(&Component::UserButton, node()).await;
    assert!(second.is_ok());
    assert_eq!(world.stage.tags(), 1, "once is enough");
}

#[wasm_bindgen_test]
async fn a_bundle_that_does_not_arrive_is_fetched_anew_by_the_next_try() {
    let world = ours();
    let client = client(&world).await;
    let fails = async {
        settle().await;
        world.stage.end(0, "error");
    };
    let (mounted, ()) = both(client.mount(&Component::SignIn, node()), fails).await;
    assert!(matches!(mounted, Err(MountError::Failed(Error::Unreachable))));
    let arrives = async {
        settle().await;
        bundle_arrives(&world, 1);
    };
    let (mounted, ()) = both(client.mount(&Component::SignIn, node()), arrives).await;
    assert!(mounted.is_ok());
}

#[wasm_bindgen_test]
async fn a_bundle_that_is_not_clerks_is_said_and_fetched_anew_by_the_next_try() {
    let world = ours();
    let client = client(&world).await;
    for nth in 0..2 {
        let arrives_empty = async {
            settle().await;
            world.stage.end(nth, "load");
        };
        let (mounted, ()) = both(client.mount(&Component::SignIn, node()), arrives_empty).await;
        assert!(matches!(mounted, Err(MountError::Failed(Error::Unexpected(_)))));
    }
}

#[wasm_bindgen_test]
async fn a_bundle_or_a_drawing_that_never_comes_is_given_up() {
    let world = ours();
    let client = client(&world).await;
    world.stage.stop_clock();
    let (mounted, time) = passing(&world.stage, client.mount(&Component::SignIn, node())).await;
    assert!(matches!(mounted, Err(MountError::Failed(Error::Unreachable))));
    assert_eq!(time, 15_000.0);
    let constructor = Closure::<dyn FnMut()>::new(|| ()).into_js_value();
    js_sys::Reflect::set(&js_sys::global(), &"__internal_ClerkUICtor".into(), &constructor)
        .expect("a global");
    let draws_nothing = Closure::<dyn FnMut()>::new(|| ()).into_js_value();
    world.clerk.put("mountSignIn", &draws_nothing);
    let (mounted, time) = passing(&world.stage, client.mount(&Component::SignIn, node())).await;
    assert!(matches!(mounted, Err(MountError::Failed(Error::NoAnswer))));
    assert_eq!(time, 35_000.0);
    assert_eq!(world.clerk.count("unmountSignIn"), 1, "what was given up must not appear later");
}

#[wasm_bindgen_test]
async fn an_instance_that_somebody_else_started_has_brought_its_own_components() {
    let world = World::signed_in();
    world.stage.keep_scripts();
    let client = world.client().await;
    let place = node();
    let mounted = client.mount(&Component::OrganizationSwitcher, place.clone()).await;
    assert!(mounted.is_ok());
    assert_eq!(world.stage.tags(), 0);
    assert_eq!(
        world.clerk.given("mountOrganizationSwitcher", 0),
        r#"[{"hidePersonal":true,"afterCreateOrganizationUrl":"/","afterLeaveOrganizationUrl":"/","defaultOpen":true}]"#
    );
}

#[wasm_bindgen_test]
async fn each_component_leads_back_to_this_page() {
    let world = World::signed_in();
    let client = world.client().await;
    replace_address("/?page=2");
    for (component, name, key) in [
        (Component::SignIn, "mountSignIn", "fallbackRedirectUrl"),
        (Component::SignUp, "mountSignUp", "fallbackRedirectUrl"),
        (
            Component::Task(SessionTask::ChooseOrganization),
            "mountTaskChooseOrganization",
            "redirectUrlComplete",
        ),
        (Component::Task(SessionTask::ResetPassword), "mountTaskResetPassword", "redirectUrlComplete"),
        (Component::Task(SessionTask::SetUpMfa), "mountTaskSetupMFA", "redirectUrlComplete"),
    ] {
        client.mount(&component, node()).await.expect("a component");
        let given = world.clerk.given(name, 0);
        assert!(given.contains(&format!(r#""{key}":"/?page=2""#)), "{given}");
    }
    let unknown = Component::Task(SessionTask::Other("sing-a-song".to_owned()));
    assert!(matches!(client.mount(&unknown, node()).await, Err(MountError::Failed(Error::Unexpected(_)))));
}

#[wasm_bindgen_test]
async fn a_host_page_that_has_started_clerk_without_its_components_is_told_so() {
    let world = World::signed_in();
    world.clerk.put("mountSignIn", &JsValue::UNDEFINED);
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.draw();
    until("the reason", || text("main").contains("started Clerk without it")).await;
    assert!(!text("main").contains("Try again"), "another try would not help");
}

#[wasm_bindgen_test]
async fn a_visitor_who_comes_signed_out_is_sent_to_the_deployers_own_sign_in_page() {
    let world = World::signed_in();
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.draw_with(config(r#", "signInUrl": "/login""#));
    until("the way there", || world.clerk.count("redirectToSignIn") == 1).await;
    until("the card", || text("#app").contains("Sign in")).await;
    assert_eq!(world.clerk.count("mountSignIn"), 0);
    press_named("Sign in");
    until("once more", || world.clerk.count("redirectToSignIn") == 2).await;
}

#[wasm_bindgen_test]
async fn a_session_that_ends_leaves_what_was_typed_on_the_page_also_with_an_own_sign_in_page() {
    let world = World::signed_in();
    world.draw_with(config(r#", "signInUrl": "/login""#));
    until("the form", || exists("#invite-email")).await;
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.clerk.emit();
    until("the card", || text("h1") == "You’re signed out").await;
    settle().await;
    assert_eq!(world.clerk.count("redirectToSignIn"), 0);
}

#[wasm_bindgen_test]
async fn a_sign_in_url_that_leads_to_this_page_means_the_form_on_it() {
    let world = World::signed_in();
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.draw_with(config(r#", "signInUrl": "/""#));
    until("the form", || text(".cl-component") == "SignIn").await;
    assert_eq!(world.clerk.count("redirectToSignIn"), 0);
}

#[wasm_bindgen_test]
async fn whoever_is_signed_in_before_the_sign_in_has_arrived_sees_the_page() {
    let world = ours();
    world.clerk.fill("org_a", 1);
    world.draw();
    until("the bundle is asked for", || world.stage.tags() == 1).await;
    world.clerk.sign_in();
    world.clerk.emit();
    until("the page", || exists("tbody tr:has(th)")).await;
    bundle_arrives(&world, 0);
    until("it is taken away", || world.clerk.count("unmountSignIn") == world.clerk.count("mountSignIn"))
        .await;
    settle().await;
    assert_eq!(how_many(".cl-component"), 0);
}

#[wasm_bindgen_test]
async fn a_page_that_is_taken_away_while_a_component_is_fetched_leaves_nothing_mounted() {
    let world = ours();
    world.draw();
    until("the bundle is asked for", || world.stage.tags() == 1).await;
    world.take_away();
    settle().await;
    bundle_arrives(&world, 0);
    settle().await;
    assert_eq!(world.clerk.count("unmountSignIn"), world.clerk.count("mountSignIn"));
}

#[wasm_bindgen_test]
async fn a_component_that_could_not_be_fetched_is_tried_again_in_its_place() {
    let world = ours();
    world.draw();
    for nth in 0..2 {
        until("the bundle is asked for", || world.stage.tags() == nth + 1).await;
        world.stage.end(nth, "error");
        until("the failure", || text("[role=alert]").contains("didn’t load")).await;
        press_named("Try again");
    }
    until("the bundle is asked for", || world.stage.tags() == 3).await;
    bundle_arrives(&world, 2);
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    assert!(!exists("[role=alert]"));
}

#[wasm_bindgen_test]
async fn a_component_is_unmounted_when_it_is_no_longer_wanted() {
    let world = World::signed_in();
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.draw();
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    world.clerk.sign_in();
    world.clerk.emit();
    until("the page", || exists("#invite-email")).await;
    assert_eq!((world.clerk.count("mountSignIn"), world.clerk.count("unmountSignIn")), (1, 1));
    press_named("Switch organization");
    until("the switcher", || text(".cl-component") == "OrganizationSwitcher").await;
    world.take_away();
    settle().await;
    assert_eq!(world.clerk.count("unmountOrganizationSwitcher"), 1);
}

#[wasm_bindgen_test]
async fn one_component_takes_the_place_of_another() {
    let world = World::signed_in();
    world.clerk.put("organization", &JsValue::NULL);
    world.clerk.put("session.status", &"pending".into());
    let task = |key: &str| {
        world.clerk.put("session.currentTask", &json(&format!(r#"{{"key": "{key}"}}"#)));
        world.clerk.emit();
    };
    task("choose-organization");
    world.draw();
    until("the first task", || text(".cl-component") == "TaskChooseOrganization").await;
    task("setup-mfa");
    until("the next task", || text(".cl-component") == "TaskSetupMFA").await;
    task("sing-a-song");
    until("a task that is not known", || text("main").contains("sing-a-song") && !exists(".cl-component"))
        .await;
    task("reset-password");
    until("a task that is known", || text(".cl-component") == "TaskResetPassword").await;
    world.clerk.put("session.status", &"active".into());
    world.clerk.emit();
    until("the invitee's side", || text("h1") == "Choose an organization" && !exists(".cl-component")).await;
    press_named("Create organization");
    until("the switcher", || text(".cl-component") == "OrganizationSwitcher").await;
    world.clerk.put("session", &JsValue::NULL);
    world.clerk.emit();
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    for name in ["TaskChooseOrganization", "TaskSetupMFA", "TaskResetPassword", "OrganizationSwitcher"] {
        let counts = ["mount", "unmount"].map(|call| world.clerk.count(&format!("{call}{name}")));
        assert_eq!(counts, [1, 1], "{name}");
    }
}

#[wasm_bindgen_test]
async fn an_address_without_a_page_is_explained() {
    let world = World::signed_in();
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.draw();
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    go_to("/nowhere");
    until("not found", || text("h1") == "Page not found").await;
    go_to("/");
    until("the sign-in", || text(".cl-component") == "SignIn").await;
}

#[wasm_bindgen_test]
async fn a_start_that_fails_says_so_and_can_be_tried_again() {
    let world = World::without_clerk();
    world.stage.keep_scripts();
    world.draw();
    until("the tag", || world.stage.tags() == 1).await;
    assert!(!exists("#skeleton[hidden]"));
    world.stage.end(0, "error");
    until("the failure", || text("h1") == "Can’t connect to Clerk").await;
    assert!(text("[role=alert]").contains("didn’t load from https://clerk.example.com/npm/"));
    until("it takes the place of the skeleton", || exists("#skeleton[hidden]")).await;
    press_named("Try again");
    until("the second tag", || world.stage.tags() == 2).await;
    world.stage.install(&world.clerk);
    world.stage.end(1, "load");
    until("the page", || exists("#invite-email")).await;
}

#[wasm_bindgen_test]
async fn a_clerk_that_refuses_to_start_is_quoted() {
    let world = World::without_clerk();
    world.stage.hush();
    let script =
        script_of("window.Clerk = { load() { throw new Error('This key is for <b>another</b> domain.') } }");
    world.draw_with(config(&format!(r#", "clerkJsUrl": "{script}""#)));
    until("the refusal", || text("[role=alert]").contains("This key is for <b>another</b> domain.")).await;
}

#[wasm_bindgen_test]
async fn components_speak_the_language_of_their_reader_where_this_page_has_started_clerk() {
    let texts = script_of(r#"{"locale": "de-DE"}"#);
    let world = ours();
    let update = js_sys::Function::new_with_args("props", "this.updated = props; return Promise.resolve();");
    world.clerk.put("__internal_updateProps", &update);
    let client = client(&world).await;
    assert!(!client.localize("/nothing-is-here.json").await);
    assert!(!client.localize(&script_of("no JSON")).await);
    assert!(world.clerk.at("updated").is_undefined());
    assert!(client.localize(&texts).await);
    assert_eq!(world.clerk.at("updated.options.localization.locale"), "de-DE");
    // The host page has a language of its own choice.
    let world = World::signed_in();
    world.clerk.put("__internal_updateProps", &update);
    let client = world.client().await;
    assert!(!client.localize(&texts).await);
    assert!(world.clerk.at("updated").is_undefined());
}

// The code for what stands around them.

#[wasm_bindgen_test]
async fn a_screen_whose_code_does_not_arrive_is_spoken_of_and_can_be_had_by_another_try() {
    let world = World::signed_in();
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.stage.hold_chunk("screens");
    world.draw();
    until("the code is asked for", || world.stage.is_later_asked()).await;
    assert!(!exists("#skeleton[hidden]"), "nothing else is there to see");
    world.stage.later_ends(false);
    until("the failure", || text("#app [role=alert]").contains("didn’t load")).await;
    assert!(exists("#skeleton[hidden]"));
    press_named("Try again");
    until("it is asked for again", || world.stage.is_later_asked()).await;
    world.stage.later_ends(true);
    until("the screen", || text(".cl-component") == "SignIn").await;
}

#[wasm_bindgen_test]
async fn a_button_of_the_header_that_is_pressed_before_its_code_is_here_waits_for_it() {
    let world = World::signed_in();
    world.stage.hold_chunk("screens");
    world.draw();
    until("the header", || exists(".header-actions button")).await;
    assert!(!world.stage.is_later_asked(), "nobody has wanted anything yet");
    press_named("Switch organization");
    until("the code is asked for", || world.stage.is_later_asked()).await;
    assert!(exists(".header-actions [aria-disabled]"));
    world.stage.later_ends(false);
    until("the failure", || text("#app").contains("didn’t load")).await;
    assert!(!exists(".header-actions [aria-disabled]"));
    press_named("Switch organization");
    until("it is asked for again", || world.stage.is_later_asked()).await;
    world.stage.later_ends(true);
    until("the component", || text(".cl-component") == "OrganizationSwitcher").await;
}
