//! Finding clerk-js, or fetching it; once, and again when it failed.

use crate::world::{KEY, ScriptedClerk, World, both, config, json, passing, script_of, settle};
use clerk_invitations::clerk::Starter;
use clerk_invitations::domain::{AuthState, Error, StartFailure};
use js_sys::{JSON, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const ADDRESS: &str = "https://clerk.example.com/npm/@clerk/clerk-js@6/dist/clerk.browser.js";

fn script_failure() -> StartFailure {
    StartFailure::Script { address: ADDRESS.to_owned() }
}

/// A clerk-js that nobody has started yet.
fn unloaded(world: &World) {
    world.clerk.put("loaded", &false.into());
}

#[wasm_bindgen_test]
async fn a_running_instance_is_used_as_it_is() {
    let world = World::signed_in();
    world.stage.keep_scripts();
    let client = world.client().await;
    assert!(matches!(client.auth_state(), Some(AuthState::Active(_))));
    assert_eq!(world.clerk.count("load"), 0);
    assert_eq!(world.stage.tags(), 0);
}

#[wasm_bindgen_test]
async fn an_instance_of_version_5_is_used_as_well() {
    let world = World::of_version(5);
    world.stage.install(&world.clerk);
    let client = world.client().await;
    let Some(AuthState::Active(place)) = client.auth_state() else { panic!("nobody is there") };
    let roles = client.roles(&place.organization.id).await.expect("roles");
    assert_eq!(roles.preferred.map(|role| role.0).as_deref(), Some("org:member"));
}

#[wasm_bindgen_test]
async fn an_instance_that_its_page_does_not_start_in_time_is_started() {
    let world = World::signed_in();
    unloaded(&world);
    world.stage.stop_clock();
    let (started, time) = passing(&world.stage, Starter::default().start(&config(""), &world.mount)).await;
    assert!(started.is_ok());
    assert_eq!(world.clerk.count("load"), 1);
    assert_eq!(time, 5000.0, "the page that brought it has the first go");
    assert_eq!(world.stage.timers(), 0, "a timer was left behind");
}

#[wasm_bindgen_test]
async fn an_instance_that_its_page_starts_meanwhile_is_not_started_twice() {
    let world = World::signed_in();
    unloaded(&world);
    world.stage.stop_clock();
    let clerk = world.clerk.clone();
    let (starter, config) = (Starter::default(), config(""));
    let meanwhile = async {
        settle().await;
        clerk.put("loaded", &true.into());
    };
    let ((started, ()), time) =
        passing(&world.stage, both(starter.start(&config, &world.mount), meanwhile)).await;
    assert!(started.is_ok());
    assert_eq!(world.clerk.count("load"), 0);
    assert!(time < 1000.0, "{time}");
}

#[wasm_bindgen_test]
async fn what_a_misspelt_option_would_lose_is_told_to_clerk() {
    let world = World::signed_in();
    unloaded(&world);
    world.stage.stop_clock();
    let config = config(
        r#", "proxyUrl": "/__clerk/", "domain": "b.example", "isSatellite": true,
           "signInUrl": "https://a.example/in", "signUpUrl": "https://a.example/up""#,
    );
    passing(&world.stage, Starter::default().start(&config, &world.mount))
        .await
        .0
        .expect("a running clerk-js");
    let text = |path: &str| world.clerk.at(&format!("options.{path}")).as_string();
    let truth = |path: &str| world.clerk.at(&format!("options.{path}")).as_bool();
    assert_eq!(text("proxyUrl").as_deref(), Some("/__clerk"));
    assert_eq!(text("domain").as_deref(), Some("b.example"));
    assert_eq!(text("signInUrl").as_deref(), Some("https://a.example/in"));
    assert_eq!(text("signUpUrl").as_deref(), Some("https://a.example/up"));
    assert_eq!(truth("isSatellite"), Some(true));
    assert_eq!(truth("telemetry"), Some(false));
    assert_eq!(truth("experimental.rethrowOfflineNetworkErrors"), Some(true));
    assert!(world.clerk.at("options.ui.ClerkUI").has_type::<Promise>());
    assert!(world.clerk.at("options.routerPush").is_function());
    assert!(world.clerk.at("options.routerReplace").is_function());
}

#[wasm_bindgen(module = "/assets/boot.js")]
extern "C" {
    #[wasm_bindgen(js_name = clerkOptions)]
    fn clerk_options(config: &JsValue, ui: &JsValue, go: &JsValue) -> JsValue;
}

/// Names and values, in the order of the names; of what JSON does not know (functions), the kind.
fn members(options: &JsValue) -> Vec<(String, String)> {
    let entries = Object::entries(options.unchecked_ref());
    let entries = entries.iter().map(|pair| {
        let pair: js_sys::Array = pair.unchecked_into();
        let value = JSON::stringify(&pair.get(1)).ok().and_then(|text| text.as_string());
        (pair.get(0).as_string().expect("a name"), value.unwrap_or_else(|| "a function".to_owned()))
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort();
    entries
}

#[wasm_bindgen_test]
async fn boot_js_tells_clerk_the_same_as_the_page() {
    for more in [
        "",
        r#", "proxyUrl": " /__clerk// ""#,
        r#", "proxyUrl": "/", "signInUrl": "https://a.example/in""#,
        r#", "signInUrl": " ", "signUpUrl": " https://a.example/up ", "isSatellite": false"#,
    ] {
        let world = World::signed_in();
        unloaded(&world);
        world.stage.stop_clock();
        passing(&world.stage, Starter::default().start(&config(more), &world.mount))
            .await
            .0
            .expect("a running clerk-js");
        let text = format!(r#"{{"publishableKey": "{KEY}"{more}}}"#);
        let promise = Promise::resolve(&JsValue::NULL);
        let booted = clerk_options(&json(&text), &promise, &world.clerk.at("options.routerPush"));
        assert_eq!(members(&booted), members(&world.clerk.at("options")), "{more}");
    }
}

#[wasm_bindgen_test]
async fn a_start_that_boot_js_has_made_is_gone_on_with() {
    let world = World::signed_in();
    unloaded(&world);
    world.stage.stop_clock();
    let boot = js_sys::Reflect::get(&js_sys::global(), &"clerkInvitations".into()).expect("boot.js");
    let started = Object::new();
    let set = |key: &str, value: &JsValue| {
        js_sys::Reflect::set(&started, &key.into(), value).expect("a new object");
    };
    set("clerk", &js_sys::Reflect::get(&js_sys::global(), &"Clerk".into()).expect("the scripted one"));
    set("loading", &Promise::resolve(&JsValue::NULL));
    set("bringUi", &js_sys::Function::new_no_args(""));
    js_sys::Reflect::set(&boot, &"started".into(), &started).expect("a plain object");
    passing(&world.stage, Starter::default().start(&config(""), &world.mount))
        .await
        .0
        .expect("a running clerk-js");
    assert_eq!(world.clerk.count("load"), 0);
    let left = js_sys::Reflect::get(&boot, &"started".into()).expect("a plain object");
    assert!(left.is_undefined(), "a retry would wait for the old start");
}

#[wasm_bindgen_test]
async fn what_the_deployer_left_out_is_left_out() {
    let world = World::signed_in();
    unloaded(&world);
    world.stage.stop_clock();
    passing(&world.stage, Starter::default().start(&config(""), &world.mount))
        .await
        .0
        .expect("a running clerk-js");
    for path in ["proxyUrl", "domain", "signInUrl", "signUpUrl"] {
        assert!(world.clerk.at(&format!("options.{path}")).is_undefined(), "{path}");
    }
}

#[wasm_bindgen_test]
async fn clerks_components_go_from_page_to_page_without_loading_the_document() {
    let world = World::signed_in();
    unloaded(&world);
    world.stage.stop_clock();
    passing(&world.stage, Starter::default().start(&config(""), &world.mount))
        .await
        .0
        .expect("a running clerk-js");
    let push: js_sys::Function = world.clerk.at("options.routerPush").unchecked_into();
    push.call1(&JsValue::UNDEFINED, &"/?page=2".into()).expect("a router that throws nothing");
    assert_eq!(world.mount.address(), "/?page=2");
    for senseless in [JsValue::UNDEFINED, JsValue::NULL, 7.into(), JsValue::symbol(None)] {
        push.call1(&JsValue::UNDEFINED, &senseless).expect("a router that throws nothing");
    }
    let script = "javascript:void(globalThis.hasRun = true)".into();
    push.call1(&JsValue::UNDEFINED, &script).expect("a router that throws nothing");
    settle().await;
    assert!(
        !js_sys::Reflect::has(&js_sys::global(), &"hasRun".into()).expect("a global"),
        "clerk-js ran a script"
    );
    assert_eq!(world.stage.popstates(), 1);
}

#[wasm_bindgen_test]
async fn without_an_instance_the_script_is_fetched_and_started() {
    let world = World::without_clerk();
    unloaded(&world);
    world.stage.keep_scripts();
    let (starter, config) = (Starter::default(), config(r#", "proxyUrl": "/__clerk""#));
    let arrives = async {
        settle().await;
        world.stage.install(&world.clerk);
        world.stage.end(0, "load");
    };
    let (started, ()) = both(starter.start(&config, &world.mount), arrives).await;
    assert!(started.is_ok());
    assert_eq!(world.stage.tags(), 1);
    let expected = [
        "async=",
        "crossorigin=anonymous",
        "data-address=/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js",
        "data-clerk-invitations=",
        "data-clerk-js-script=true",
        "data-clerk-proxy-url=/__clerk",
        "data-clerk-publishable-key=pk_test_Y2xlcmsuZXhhbXBsZS5jb20k",
    ];
    assert_eq!(world.stage.tag(0), expected.join("\n"));
    assert_eq!(world.clerk.count("load"), 1, "whoever added the tag calls load, and at once");
}

#[wasm_bindgen_test]
async fn a_tag_that_is_under_way_is_waited_for() {
    let world = World::without_clerk();
    unloaded(&world);
    world.stage.keep_scripts();
    let tag: web_sys::HtmlScriptElement = new_tag(&["data-clerk-js-script", "data-clerk-invitations"]);
    tag.set_src(ADDRESS);
    let (starter, config) = (Starter::default(), config(""));
    let arrives = async {
        settle().await;
        world.stage.install(&world.clerk);
        world.stage.end(0, "load");
    };
    let (started, ()) = both(starter.start(&config, &world.mount), arrives).await;
    assert!(started.is_ok());
    assert_eq!(world.stage.tags(), 1, "a second copy of the script replaces the first instance");
}

#[wasm_bindgen_test]
async fn a_tag_of_the_host_page_is_found_with_and_without_clerks_mark() {
    for (marks, address) in [
        (&["data-clerk-js-script"][..], ADDRESS),
        (&["data-clerk-publishable-key"], "/another-name.js"),
        (&[], "/npm/@clerk/clerk-js@5/dist/clerk.browser.js"),
    ] {
        let world = World::without_clerk();
        unloaded(&world);
        world.stage.keep_scripts();
        let tag = new_tag(marks);
        // Not to be fetched, as far as the browser is concerned.
        tag.set_attribute("type", "text/plain").expect("a type");
        tag.set_attribute("src", address).expect("an address");
        tag.set_src(address);
        let (starter, config) = (Starter::default(), config(""));
        let arrives = async {
            settle().await;
            world.stage.install(&world.clerk);
            world.stage.end(0, "load");
            world.clerk.put("loaded", &true.into());
        };
        let (started, ()) = both(starter.start(&config, &world.mount), arrives).await;
        assert!(started.is_ok(), "{marks:?}");
        assert_eq!((world.stage.tags(), world.clerk.count("load")), (1, 0), "{marks:?}");
        tag.remove();
    }
}

fn new_tag(marks: &[&str]) -> web_sys::HtmlScriptElement {
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let tag = document.create_element("script").expect("a tag");
    for mark in marks {
        tag.set_attribute(mark, "true").expect("a mark");
    }
    document.head().expect("a head").append_child(&tag).expect("a place");
    tag.unchecked_into()
}

#[wasm_bindgen_test]
async fn a_script_that_fails_is_said_and_fetched_anew_by_a_retry() {
    let world = World::without_clerk();
    unloaded(&world);
    world.stage.keep_scripts();
    let (starter, config) = (Starter::default(), config(""));
    for failure in 0..2 {
        let fails = async {
            settle().await;
            world.stage.end(failure, "error");
        };
        let (started, ()) = both(starter.start(&config, &world.mount), fails).await;
        assert_eq!(started, Err(script_failure()));
        assert_eq!(world.stage.tags(), failure + 1);
    }
    let arrives = async {
        settle().await;
        world.stage.install(&world.clerk);
        world.stage.end(2, "load");
    };
    let (started, ()) = both(starter.start(&config, &world.mount), arrives).await;
    assert!(started.is_ok());
    assert_eq!(world.clerk.count("load"), 1);
}

#[wasm_bindgen_test]
async fn a_script_that_never_arrives_is_given_up_after_fifteen_seconds() {
    let world = World::without_clerk();
    unloaded(&world);
    world.stage.keep_scripts();
    world.stage.stop_clock();
    let (starter, config) = (Starter::default(), config(""));
    let (started, time) = passing(&world.stage, starter.start(&config, &world.mount)).await;
    assert_eq!(started, Err(script_failure()));
    assert_eq!(time, 15_000.0);
    let arrives = async {
        settle().await;
        world.stage.install(&world.clerk);
        world.stage.end(1, "load");
    };
    let (started, ()) = both(starter.start(&config, &world.mount), arrives).await;
    assert!(started.is_ok(), "the dead tag was waited for");
}

#[wasm_bindgen_test]
async fn a_script_that_is_not_clerks_is_fetched_anew_by_a_retry() {
    let world = World::without_clerk();
    unloaded(&world);
    world.stage.keep_scripts();
    let (starter, config) = (Starter::default(), config(""));
    let arrives_empty = async {
        settle().await;
        world.stage.end(0, "load");
    };
    let (started, ()) = both(starter.start(&config, &world.mount), arrives_empty).await;
    assert_eq!(started, Err(script_failure()));
    let retried = async {
        settle().await;
        assert_eq!(world.stage.tags(), 2, "the retry waits for a tag that has long been loaded");
        world.stage.install(&world.clerk);
        world.stage.end(1, "load");
    };
    let (started, ()) = both(starter.start(&config, &world.mount), retried).await;
    assert!(started.is_ok());
}

#[wasm_bindgen_test]
async fn a_real_script_tag_arrives_or_does_not() {
    let world = World::without_clerk();
    let missing = config(r#", "clerkJsUrl": "/nothing-is-here.js""#);
    let started = Starter::default().start(&missing, &world.mount).await;
    assert!(
        matches!(&started, Err(StartFailure::Script { address }) if address.ends_with("/nothing-is-here.js")),
        "{started:?}"
    );
    let script = script_of("window.Clerk = { load: async () => { window.Clerk.loaded = true } }");
    let there = config(&format!(r#", "clerkJsUrl": "{script}""#));
    let client = Starter::default().start(&there, &world.mount).await.expect("a running clerk-js");
    assert_eq!(client.auth_state(), None, "this one says nothing about who is there");
    assert_eq!(world.clerk.count("load"), 0);
}

#[wasm_bindgen_test]
async fn offline_is_said_as_such() {
    let world = World::without_clerk();
    world.stage.keep_scripts();
    world.stage.offline();
    let (starter, config) = (Starter::default(), config(""));
    let fails = async {
        settle().await;
        world.stage.end(0, "error");
    };
    let (started, ()) = both(starter.start(&config, &world.mount), fails).await;
    assert_eq!(started, Err(StartFailure::Offline));
}

#[wasm_bindgen_test]
async fn a_load_that_is_refused_says_why_and_can_be_tried_again() {
    for (how, thrown, said) in [
        (
            "rejects",
            json(
                r#"{"clerkError": true, "status": 400, "errors": [{"message": "m", "longMessage": "The key is wrong."}]}"#,
            ),
            "The key is wrong.",
        ),
        ("rejects", json(r#"{"errors": [{"message": "Only short."}]}"#), "Only short."),
        ("throws", js_sys::Error::new("Invalid host").into(), "Invalid host"),
        ("rejects", "a text".into(), "a text"),
        ("rejects", JsValue::UNDEFINED, ""),
        ("throws", JsValue::NULL, ""),
        ("rejects", JsValue::symbol(Some("no")), ""),
        ("throws", json(r#"{"errors": [], "message": 7}"#), ""),
    ] {
        let world = World::without_clerk();
        unloaded(&world);
        world.stage.hush();
        world.stage.install(&world.clerk);
        new_tag(&["data-clerk-js-script", "data-clerk-invitations"]);
        world.clerk.instead("load", how, &thrown);
        let starter = Starter::default();
        assert_eq!(
            starter.start(&config(""), &world.mount).await,
            Err(StartFailure::Refused(said.to_owned()))
        );
        assert!(starter.start(&config(""), &world.mount).await.is_ok(), "a retry after {said:?}");
        assert_eq!(world.clerk.count("load"), 2);
    }
}

#[wasm_bindgen_test]
async fn a_start_that_fails_for_another_reason_than_the_key_says_which() {
    for (thrown, error) in [
        (
            r#"{"clerkError": true, "status": 429, "errors": [], "retryAfter": 7}"#,
            Error::TooMany { wait: Some(7) },
        ),
        (r#"{"clerkError": true, "status": 401, "errors": []}"#, Error::SignedOut),
        (r#"{"clerkError": true, "status": 503, "errors": []}"#, Error::Failing { status: Some(503) }),
        (r#"{"code": "network_error"}"#, Error::Unreachable),
    ] {
        let world = World::without_clerk();
        unloaded(&world);
        world.stage.hush();
        world.stage.install(&world.clerk);
        new_tag(&["data-clerk-js-script", "data-clerk-invitations"]);
        world.clerk.instead("load", "rejects", &json(thrown));
        assert_eq!(
            Starter::default().start(&config(""), &world.mount).await,
            Err(StartFailure::Failed(error))
        );
    }
}

#[wasm_bindgen_test]
async fn a_load_that_never_settles_is_given_up_and_a_retry_waits_for_the_same() {
    let world = World::without_clerk();
    unloaded(&world);
    world.clerk.hold("load");
    world.stage.install(&world.clerk);
    new_tag(&["data-clerk-js-script", "data-clerk-invitations"]);
    world.stage.stop_clock();
    let (starter, config) = (Starter::default(), config(""));
    for _ in 0..2 {
        let started = passing(&world.stage, starter.start(&config, &world.mount)).await.0;
        assert_eq!(started, Err(StartFailure::TooSlow));
    }
    let settles = async {
        settle().await;
        world.clerk.release("load", 0);
    };
    let (started, ()) = both(starter.start(&config, &world.mount), settles).await;
    assert!(started.is_ok());
    assert_eq!(world.clerk.count("load"), 1, "clerk-js must not be started twice");
}

#[wasm_bindgen_test]
async fn two_starts_at_once_are_one() {
    let world = World::without_clerk();
    unloaded(&world);
    world.stage.install(&world.clerk);
    new_tag(&["data-clerk-js-script", "data-clerk-invitations"]);
    let (starter, config) = (Starter::default(), config(""));
    let (one, other) = both(starter.start(&config, &world.mount), starter.start(&config, &world.mount)).await;
    assert_eq!(one, other);
    assert!(one.is_ok());
    assert_eq!(world.clerk.count("load"), 1);
}

#[wasm_bindgen_test]
async fn an_instance_that_another_has_replaced_is_forgotten() {
    let world = World::without_clerk();
    unloaded(&world);
    world.clerk.hold("load");
    world.stage.install(&world.clerk);
    new_tag(&["data-clerk-js-script", "data-clerk-invitations"]);
    world.stage.stop_clock();
    let (starter, config) = (Starter::default(), config(""));
    let started = passing(&world.stage, starter.start(&config, &world.mount)).await.0;
    assert_eq!(started, Err(StartFailure::TooSlow));
    let second = ScriptedClerk::new(6);
    second.put("user", &JsValue::NULL);
    world.stage.install(&second);
    let client = passing(&world.stage, starter.start(&config, &world.mount)).await.0.expect("the second one");
    assert_eq!(second.count("load"), 1);
    assert_eq!(client.auth_state(), Some(AuthState::SignedOut));
}

#[wasm_bindgen_test]
async fn what_only_calls_itself_clerk_is_told_apart() {
    let world = World::without_clerk();
    world.stage.keep_scripts();
    let starter = Starter::default();
    for foreign in [json("{}"), json("[]"), 7.into(), "Clerk".into(), true.into(), json(r#"{"load": true}"#)]
    {
        world.stage.install(&foreign);
        assert_eq!(starter.start(&config(""), &world.mount).await, Err(StartFailure::Foreign), "{foreign:?}");
    }
    world.stage.install(&world.clerk);
    assert!(starter.start(&config(""), &world.mount).await.is_ok());
    assert_eq!(world.stage.tags(), 0);
}
