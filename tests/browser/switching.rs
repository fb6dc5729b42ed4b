//! One organization after another: nothing of one is ever shown under another, whatever order answers come in, and a switch that
//! has failed is said.

use crate::world::{World, exists, how_many, json, pick_in_menu, settle, text, until};
use js_sys::{Function, JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
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

#[wasm_bindgen(module = "/assets/boot.js")]
extern "C" {
    #[wasm_bindgen(js_name = guardSession)]
    fn guard_session(clerk: &JsValue);
}

/// A guarded clerk-js that asks Clerk for another organization, and makes of its answer what clerk-js makes of it.
const ASKS: &str = r#"
    const [before, listeners] = [[], []];
    const clerk = {
      organization: { id: "org_a" },
      session: { lastActiveOrganizationId: "org_a" },
      noted: [],
      getFapiClient: () => ({
        onBeforeRequest: (listener) => before.push(listener),
        onAfterResponse: (listener) => listeners.push(listener),
      }),
      hears: (request, answer) => listeners.forEach((listener) => listener(request, answer)),
      async setActive({ organization }) {
        this.session.lastActiveOrganizationId = organization;
        const { status, payload } = asked;
        const request = { method: "POST", path: "/client/sessions/sess_1/touch" };
        before.forEach((listener) => listener(request));
        this.noted.push(this.session.lastActiveOrganizationId);
        let isHeard;
        try {
          this.hears(request, { ok: status < 300, status, payload });
          isHeard = true;
        } finally {
          if (!isHeard) throw new Error("Network error");
        }
        if (status >= 500) throw new Error("refused");
        if (status >= 300) return;
        this.organization = { id: organization };
        this.session.lastActiveOrganizationId = organization;
      },
    };
    return clerk;"#;

/// Asks for `org_b` where Clerk answers so. What clerk-js has noted while it asks and what afterwards, where the viewer is then, and
/// how often a failure was told.
async fn asks(status: u32, payload: &str) -> (String, String, String, u32) {
    let asked = json(&format!(r#"{{"status": {status}, "payload": {payload}}}"#));
    let clerk =
        Function::new_with_args("asked", ASKS).call1(&JsValue::UNDEFINED, &asked).expect("a clerk-js");
    guard_session(&clerk);
    // A retry of the start guards it once more.
    guard_session(&clerk);
    let switch = "
        let told = 0;
        const end = clerkInvitations.watchSwitches(() => (told += 1));
        return clerk.setActive({ organization: 'org_b' }).catch(() => {}).then(() => {
          end();
          return [...clerk.noted, clerk.session.lastActiveOrganizationId, clerk.organization.id, told];
        });";
    let switched =
        Function::new_with_args("clerk", switch).call1(&JsValue::UNDEFINED, &clerk).expect("a promise");
    let told = JsFuture::from(Promise::from(switched)).await.expect("what became of it");
    serde_json::from_str(&String::from(JSON::stringify(&told).expect("plain values"))).expect("four values")
}

#[wasm_bindgen_test]
async fn clerk_js_is_in_another_organization_when_clerk_agrees_and_else_why_not_is_told_once() {
    let session = r#"{"response": {"id": "sess_1"}}"#;
    let is = |(first, then, organization, told): (String, String, String, u32), expected: (&str, u32)| {
        assert_eq!((&*first, &*then, &*organization, told), ("org_a", expected.0, expected.0, expected.1));
    };
    is(asks(200, session).await, ("org_b", 0));
    for status in [400, 401, 403, 404, 409, 422, 429, 500, 503] {
        is(asks(status, r#"{"errors": []}"#).await, ("org_a", 1));
    }
    for nonsense in ["null", "{}", r#"{"response": {"some": "thing"}}"#, r#"{"response": null}"#, "[]", "7"] {
        is(asks(200, nonsense).await, ("org_a", 1));
    }
}

/// Whether clerk-js would believe this answer to a request.
fn believes(method: &str, path: &str, payload: &str) -> bool {
    let answer = json(&format!(r#"{{"ok": true, "status": 200, "payload": {payload}}}"#));
    let request = json(&format!(r#"{{"method": "{method}", "path": "{path}"}}"#));
    let clerk = Function::new_with_args("asked", ASKS).call0(&JsValue::UNDEFINED).expect("a clerk-js");
    guard_session(&clerk);
    let hears = Function::new_with_args("clerk, request, answer", "clerk.hears(request, answer)");
    hears.call3(&JsValue::UNDEFINED, &clerk, &request, &answer).is_ok()
}

#[wasm_bindgen_test]
fn only_an_answer_of_clerk_s_ends_a_session() {
    for client in [
        r#"{"response": null, "client": null}"#,
        r#"{"response": {"object": "client", "sessions": []}, "client": null}"#,
        r#"{"object": "client", "sessions": []}"#,
    ] {
        assert!(believes("GET", "/client", client), "{client}");
    }
    for nonsense in ["null", "{}", r#"{"response": {"some": "thing"}}"#, r#"{"response": 7}"#, "[]", "7"] {
        assert!(!believes("GET", "/client", nonsense), "{nonsense}");
        for (method, path) in
            [("DELETE", "/client"), ("GET", "/organizations/org_a/roles"), ("POST", "/client/sign_ins")]
        {
            assert!(believes(method, path, nonsense), "{path}: {nonsense}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_switch_that_has_failed_is_said() {
    let world = in_a().await;
    world.clerk.let_listen();
    guard_session(&world.clerk);
    world.clerk.instead("setActive", "rejects", &js_sys::Error::new("Failed to fetch").into());
    let switch = "Clerk.setActive({ organization: 'org_b' }).catch(() => {})";
    Function::new_no_args(switch).call0(&JsValue::UNDEFINED).expect("a call");
    until("what has happened", || {
        text("#app").contains("Couldn’t switch organizations. Couldn’t reach Clerk.")
    })
    .await;
    assert!(text(HEADING).contains("org_a") && shows_a());
}
