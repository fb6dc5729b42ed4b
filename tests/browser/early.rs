//! The calls that `boot.js` makes ahead of the page: only those that the page would make, and their answers only for these.

use crate::world::{
    self, KEY, World, exists, json, kept, refusal, replace_address, rows, settle, until, until_rung,
};
use clerk_invitations::browser::{decode, decode_base64, parse_json};
use clerk_invitations::clerk::{Client, Starter};
use clerk_invitations::config;
use clerk_invitations::domain::{Error, Invitations, ListQuery, OrganizationId, Status};
use js_sys::{Function, JSON, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/assets/boot.js")]
extern "C" {
    #[wasm_bindgen(js_name = firstCalls)]
    fn first_calls(config: &JsValue, address: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = loadClerk)]
    fn load_clerk(clerk: &JsValue, config: &JsValue);
    #[wasm_bindgen(js_name = firstCallsSent)]
    fn first_calls_sent() -> Promise;
}

const PENDING: [Status; 1] = [Status::Pending];

fn org(id: &str) -> OrganizationId {
    OrganizationId(id.to_owned())
}

/// What `boot.js` passes to a method at this address, as the scripted clerk-js tells it; `None` when it does not call it.
fn early(method: &str, page_size: &str, path: &str, search: &str) -> Option<String> {
    let address = json(&serde_json::json!({ "pathname": path, "search": search }).to_string());
    let calls = first_calls(&json(&format!(r#"{{"pageSize": {page_size}}}"#)), &address);
    let parameters = Reflect::get(&calls, &method.into()).expect("an object");
    let parameters = parameters.is_object().then(|| JSON::stringify(&parameters).expect("plain values"))?;
    Some(format!("[{parameters}]"))
}

#[wasm_bindgen_test]
async fn whatever_boot_js_asks_first_the_page_asks_too() {
    let world = World::signed_in();
    let client = world.client().await;
    let sizes = ["null", "5", "10", "25", "50", "7", "0", "-1", "2.5", "1e3"];
    let searches = [
        "",
        "?",
        "?lang=de",
        "?view=pending",
        "?view=accepted",
        "?view=revoked&page=2",
        "?view=all&size=50",
        "?view=attention",
        "?view=x",
        "?view=",
        "?view",
        "?view=constructor",
        "?view=all&view=revoked",
        "?page=3&size=25",
        "?page=3&page=4",
        "?page=0",
        "?page=-1",
        "?page=+2",
        "?page=02",
        "?page=2.5",
        "?page=99999999999999999999",
        "?page=x&size=x",
        "?size=7",
        "?size=1000",
        "?search=ada",
        "?search=",
        "?search=%20",
        "?sort=email",
        "?sort=nonsense",
        "?sort=-invited&page=2",
        "?invite=ada@example.com&role=org:member",
        "?page=%32",
        "?&&page=2&",
    ];
    let (mut asked, mut left) = (0, 0);
    for size in sizes {
        let text = format!(r#"{{"publishableKey": "{KEY}", "pageSize": {size}}}"#);
        let usual = config::read(200, &text, parse_json, decode_base64).0;
        let usual = usual.expect("a configuration").page_size;
        for search in searches {
            let Some(early) = early("getInvitations", size, "/", search) else {
                left += 1;
                continue;
            };
            let query = ListQuery::from_query(search, usual, decode);
            assert!(!query.needs_all(), "{search}: the page reads the whole list");
            let (page, rows) = (query.page.page.number(), query.page.size.rows());
            let invitations = client.invitations(&org("org_a"));
            let _ = invitations.list(&query.filter.statuses(), page, rows).await;
            assert_eq!(early, world.clerk.given("getInvitations", asked), "{search}, {size} rows");
            asked += 1;
        }
    }
    // What stands in an address most often is asked for.
    for search in ["", "?lang=de", "?page=2", "?view=revoked", "?view=all&size=50"] {
        assert!(early("getInvitations", "null", "/", search).is_some(), "{search}");
    }
    assert!(asked > 50 && left > 50, "{asked} were asked, {left} were not");
    let _ = client.roles(&org("org_a")).await;
    assert_eq!(early("getRoles", "10", "/", "?view=attention"), Some(world.clerk.given("getRoles", 0)));
}

#[wasm_bindgen_test]
fn boot_js_asks_for_nothing_where_no_list_stands() {
    for path in ["/accept", "/nowhere", "/accept/", "/index.htm", "//"] {
        for method in ["getInvitations", "getRoles"] {
            assert_eq!(early(method, "10", path, ""), None, "{path}");
        }
    }
    assert!(early("getInvitations", "10", "/index.html", "").is_some());
}

/// A clerk-js that `boot.js` is to start, for a viewer who may manage members.
fn manager() -> World {
    let world = World::signed_in();
    world.clerk.put("loaded", &false.into());
    world.clerk.fill("org_a", 23);
    let manages =
        Function::new_with_args("asked", "return asked.permission === 'org:sys_memberships:manage'");
    world.clerk.put("session.checkAuthorization", &manages);
    world
}

/// Starts it, as `boot.js` does when clerk-js arrives.
async fn booted(more: &str) {
    let clerk = Reflect::get(&js_sys::global(), &"Clerk".into()).expect("the scripted one");
    load_clerk(&clerk, &json(&format!(r#"{{"publishableKey": "{KEY}"{more}}}"#)));
    settle().await;
}

/// What `boot.js` has left for the page, at this key.
fn left_by_boot(key: &str) -> JsValue {
    let boot = Reflect::get(&js_sys::global(), &"clerkInvitations".into()).expect("boot.js");
    Reflect::get(&boot, &key.into()).expect("a plain object")
}

/// Whether a promise is kept by now.
fn watched(promise: &Promise) -> Rc<Cell<bool>> {
    let (is_kept, promise) = (Rc::<Cell<bool>>::default(), JsFuture::from(promise.clone()));
    let kept = is_kept.clone();
    spawn_local(async move {
        promise.await.expect("a promise that is kept");
        kept.set(true);
    });
    is_kept
}

/// The page's own start, which goes on with that.
async fn taken_over(world: &World) -> Client {
    Starter::default().start(&world::config(""), &world.mount).await.expect("a running clerk-js")
}

#[wasm_bindgen_test]
async fn the_page_takes_the_answers_to_the_calls_that_it_would_make() {
    let world = manager();
    booted("").await;
    assert_eq!((world.clerk.count("page"), world.clerk.count("getRoles")), (1, 1));
    world.draw();
    until("the list", || rows().len() == 10 && exists("#invite-role option[value='0']")).await;
    assert_eq!((world.clerk.count("page"), world.clerk.count("getRoles")), (1, 1), "it asked once more");
    assert_eq!(world.clerk.count("load"), 1);
}

#[wasm_bindgen_test]
async fn the_page_hears_of_the_start_a_task_after_the_first_calls() {
    let world = manager();
    world.clerk.hold("load");
    booted("").await;
    let loading: Promise =
        Reflect::get(&left_by_boot("started"), &"loading".into()).expect("it").unchecked_into();
    let is_loaded = watched(&loading);
    world.clerk.release("load", 0);
    for _ in 0..20 {
        kept(Promise::resolve(&JsValue::UNDEFINED)).await;
    }
    assert_eq!((world.clerk.count("page"), is_loaded.get()), (1, false));
    settle().await;
    assert!(is_loaded.get());
    taken_over(&world).await;
}

#[wasm_bindgen_test]
async fn the_page_is_mounted_at_once_unless_clerk_js_works_on_an_answer_and_then_behind_the_first_calls() {
    kept(first_calls_sent()).await;
    let world = manager();
    world.clerk.hold("load");
    booted("").await;
    kept(first_calls_sent()).await;
    assert_eq!(world.clerk.count("page"), 0);

    let hear: Function = left_by_boot("hear").unchecked_into();
    hear.call0(&JsValue::UNDEFINED).expect("it is kept");
    world.stage.stop_clock();
    let is_mounted = watched(&first_calls_sent());
    settle().await;
    assert!(!is_mounted.get());
    world.clerk.release("load", 0);
    until_rung(&world.stage, "the page", || is_mounted.get()).await;
    assert_eq!(world.clerk.count("page"), 1);
    taken_over(&world).await;
}

#[wasm_bindgen_test]
async fn the_page_is_mounted_where_the_first_calls_do_not_come_or_clerk_does_not_start() {
    let world = manager();
    world.clerk.hold("load");
    world.stage.stop_clock();
    booted("").await;
    let hear: Function = left_by_boot("hear").unchecked_into();
    hear.call0(&JsValue::UNDEFINED).expect("it is kept");
    let is_mounted = watched(&first_calls_sent());
    let waited = until_rung(&world.stage, "the page", || is_mounted.get()).await;
    assert!((500.0..=2000.0).contains(&waited), "{waited}");

    let is_mounted = watched(&first_calls_sent());
    world.clerk.refuse("load", 0, &js_sys::Error::new("no"));
    settle().await;
    assert!(is_mounted.get(), "it is the page that says why");
    forget_start();
}

#[wasm_bindgen_test]
async fn a_start_that_fails_before_the_page_is_here_is_left_for_the_page_to_report() {
    let world = manager();
    world.clerk.hold("load");
    booted("").await;
    let seen = Rc::<Cell<bool>>::default();
    let note = seen.clone();
    let heard = Closure::<dyn FnMut()>::new(move || note.set(true));
    let window = web_sys::window().expect("a window");
    let event = "unhandledrejection";
    let heard = heard.as_ref().unchecked_ref();
    window.add_event_listener_with_callback(event, heard).expect("it can be heard");
    world.clerk.refuse("load", 0, &js_sys::Error::new("no"));
    settle().await;
    window.remove_event_listener_with_callback(event, heard).expect("it can be left");
    assert!(!seen.get(), "the browser reports it as an error of the page");
    forget_start();
}

#[wasm_bindgen_test]
async fn what_clerk_answers_beside_the_invitations_is_heard_from_the_start() {
    let world = manager();
    world.clerk.let_listen();
    let (early, later) = (1_790_000_000_000.0, 1_791_000_000_000.0);
    world.clerk.leave_out("org_a", "p1@a.example", "expires_at", &early.into());
    booted("").await;
    let client = taken_over(&world).await;
    let invitations = client.invitations(&org("org_a"));
    let first = invitations.list(&PENDING, 1, 10).await.expect("a page").0;
    assert_eq!(first.first().and_then(|row| row.expires).map(|time| time.0), Some(early));
    world.clerk.leave_out("org_a", "p1@a.example", "expires_at", &later.into());
    let second = invitations.list(&PENDING, 1, 10).await.expect("a page").0;
    assert_eq!(second.first().and_then(|row| row.expires).map(|time| time.0), Some(later));
    // What guards the session hears of answers too.
    assert_eq!((world.clerk.hearing(), world.clerk.count("page")), (2, 2));
}

#[wasm_bindgen_test]
async fn an_answer_is_taken_once_and_never_by_a_later_call() {
    let world = manager();
    booted("").await;
    let client = taken_over(&world).await;
    let invitations = client.invitations(&org("org_a"));
    for calls in 1..3 {
        let (rows, total) = invitations.list(&PENDING, 1, 10).await.expect("a page");
        assert_eq!((rows.len(), total, world.clerk.count("page")), (10, 23, calls));
    }
}

#[wasm_bindgen_test]
async fn the_answer_to_another_question_is_not_taken_then_or_later() {
    for (what, organization, page, size, statuses) in [
        ("another organization", "org_b", 1, 10, &PENDING[..]),
        ("another page", "org_a", 2, 10, &PENDING),
        ("another size", "org_a", 1, 25, &PENDING),
        ("another status", "org_a", 1, 10, &[Status::Revoked]),
        ("any status", "org_a", 1, 10, &[]),
    ] {
        let world = manager();
        booted("").await;
        let client = taken_over(&world).await;
        world.clerk.switch_to(organization);
        let asked = client.invitations(&org(organization)).list(statuses, page, size).await;
        assert!(asked.is_ok(), "{what}: {asked:?}");
        assert_eq!(world.clerk.count("page"), 2, "{what} got the early answer");
        world.clerk.switch_to("org_a");
        client.invitations(&org("org_a")).list(&PENDING, 1, 10).await.expect("a page");
        assert_eq!(world.clerk.count("page"), 3, "after {what} an old answer was taken");
    }
}

#[wasm_bindgen_test]
async fn the_answer_to_another_session_is_not_taken() {
    let world = manager();
    booted("").await;
    let client = taken_over(&world).await;
    world.clerk.put("session.id", &"sess_2".into());
    client.invitations(&org("org_a")).list(&PENDING, 1, 10).await.expect("a page");
    client.roles(&org("org_a")).await.expect("roles");
    assert_eq!((world.clerk.count("page"), world.clerk.count("getRoles")), (2, 2));
}

#[wasm_bindgen_test]
async fn a_page_whose_address_has_changed_meanwhile_asks_for_what_it_names_now() {
    let world = manager();
    booted("").await;
    replace_address("/?page=2");
    world.draw();
    until("the second page", || rows().first().is_some_and(|row| row.contains("p11@a.example"))).await;
    assert_eq!(world.clerk.count("page"), 2);
}

#[wasm_bindgen_test]
async fn a_call_that_clerk_refuses_is_refused_as_the_page_s_own_and_another_try_asks_anew() {
    for (status, code) in [
        (401, "authentication_invalid"),
        (403, "missing_organization_permission"),
        (429, "too_many_requests"),
        (503, "service_unavailable"),
    ] {
        let refused = || refusal(status, code, "m");
        let own = {
            let world = manager();
            world.clerk.put("loaded", &true.into());
            world.clerk.instead("getInvitations", "rejects", &refused());
            world.client().await.invitations(&org("org_a")).list(&PENDING, 1, 10).await
        };
        let world = manager();
        world.clerk.instead("getInvitations", "rejects", &refused());
        booted("").await;
        let client = taken_over(&world).await;
        let invitations = client.invitations(&org("org_a"));
        let early: Result<_, Error> = invitations.list(&PENDING, 1, 10).await;
        assert!(own.is_err() && early == own, "{early:?} instead of {own:?}");
        assert_eq!(world.clerk.count("page"), 1);
        invitations.list(&PENDING, 1, 10).await.expect("a page");
        assert_eq!(world.clerk.count("page"), 2);
    }
}

#[wasm_bindgen_test]
async fn a_call_that_throws_at_once_is_the_page_s_to_make() {
    let world = manager();
    world.clerk.instead("getInvitations", "throws", &"at once".into());
    booted("").await;
    world.draw();
    until("the list", || rows().len() == 10).await;
    assert_eq!(world.clerk.count("page"), 2);
}

#[wasm_bindgen_test]
async fn boot_js_asks_for_nobody_whom_clerk_would_refuse() {
    type Change = fn(&World);
    let changes: [(&str, Change); 6] = [
        ("somebody without the right", |world| {
            world.clerk.put("session.checkAuthorization", &Function::new_no_args("return false"));
        }),
        ("a clerk-js that does not say", |world| {
            world.clerk.put("session.checkAuthorization", &JsValue::UNDEFINED);
        }),
        ("a session with a task", |world| world.clerk.put("session.status", &"pending".into())),
        ("nobody", |world| world.clerk.put("session", &JsValue::NULL)),
        ("nowhere", |world| world.clerk.put("organization", &JsValue::NULL)),
        ("a switch on its way", |world| world.clerk.put("organization", &JsValue::UNDEFINED)),
    ];
    for (who, change) in changes {
        let world = manager();
        change(&world);
        booted("").await;
        assert_eq!(world.clerk.count("load"), 1, "{who}");
        assert_eq!(world.clerk.count("getInvitations") + world.clerk.count("getRoles"), 0, "{who}");
    }
}

#[wasm_bindgen_test]
async fn a_satellite_is_left_to_the_page() {
    let world = manager();
    booted(r#", "isSatellite": true"#).await;
    assert_eq!(world.clerk.count("load") + world.clerk.count("getInvitations"), 0);
}

#[wasm_bindgen_test]
async fn an_instance_that_boot_js_has_not_started_has_no_early_answers() {
    let world = manager();
    booted("").await;
    // Another copy of clerk-js has taken the place of the one that boot.js has started.
    let second = crate::world::ScriptedClerk::new(6);
    second.sign_in();
    second.fill("org_a", 3);
    world.stage.install(&second);
    let client = taken_over(&world).await;
    let (rows, _) = client.invitations(&org("org_a")).list(&PENDING, 1, 10).await.expect("a page");
    assert_eq!((rows.len(), second.count("page")), (3, 1));
    forget_start();
}

/// Leaves nothing of a start that nobody has taken over for the tests that follow.
fn forget_start() {
    let boot = Reflect::get(&js_sys::global(), &"clerkInvitations".into()).expect("boot.js");
    Reflect::set(&boot, &"started".into(), &JsValue::UNDEFINED).expect("a plain object");
}
