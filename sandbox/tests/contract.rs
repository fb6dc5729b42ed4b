//! The sandbox answers as the files of `tests/fixtures` say, identifiers and times apart. The page's
//! own tests read the same files, so neither side can drift alone.
//!
//! Beside that, every answer that a test of this package gets is held against Clerk's description of its API, as far as
//! `support/description.txt` has it.
//!
//! `UPDATE_FIXTURES=1 cargo test -p sandbox --test contract` writes down what is answered instead:
//! read the difference before you keep it.

mod support;

use std::collections::BTreeSet;
use std::path::PathBuf;

use sandbox::{Body, Control, Fault, On, Status, What, World};
use serde_json::{Value, json};
use support::Browser;

/// 2026-01-05 09:00 UTC.
const MONDAY: u64 = 1_767_603_600_000;
const HOUR: u64 = 3_600_000;

fn fixture_file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(format!("{name}.json"))
}

fn fixture(name: &str) -> Value {
    let text = std::fs::read_to_string(fixture_file(name)).expect("the fixture is there");
    serde_json::from_str(&text).expect("the fixture is JSON")
}

/// One organization with three pending invitations and one of each other status.
fn small_world() -> World {
    let mut world = World::empty();
    world.add_user("user_ada", "ada@demo.test", "Ada Lovelace").created_at = MONDAY;
    world.add_user("user_max", "max@demo.test", "Max Planck").created_at = MONDAY;
    world.add_organization("org_acme", "Acme").created_at = MONDAY;
    world.add_role("org_acme", "org:editor", "Editor", "Writes and edits.", &["org:sys_memberships:read"]);
    world.add_membership("org_acme", "user_ada", "org:admin");
    world.add_membership("org_acme", "user_max", "org:member");
    let statuses = ["pending", "revoked", "pending", "accepted", "expired", "pending", "completed"]
        .map(Status::from_word);
    for (n, status) in statuses.into_iter().enumerate() {
        let role = if n == 2 { "org:editor" } else { "org:member" };
        let at = MONDAY + n as u64 * HOUR;
        world.invite("org_acme", &format!("guest{n}@example.org"), role, status, at);
    }
    world
}

fn signed_in() -> (Control, Browser) {
    let mut world = small_world();
    let session = world.sign_in("user_ada", Some("org_acme"));
    world.greet_new_clients_with(&session);
    let control = Control::new(world);
    let browser = Browser::new(&control);
    (control, browser)
}

/// Answers the fixture's request and compares; `{session}` and the like in its path are as they are
/// in the small world.
async fn holds(name: &str, browser: &mut Browser) {
    let told = fixture(name);
    let told = match told["exchanges"].as_array() {
        Some(several) => several.clone(),
        None => vec![told.clone()],
    };
    let mut answered = Vec::new();
    for one in &told {
        let request = &one["request"];
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let form: Vec<(String, String)> = serde_json::from_value(request["form"].clone()).unwrap_or_default();
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let reply = browser.call(&text(&request["method"]), &text(&request["path"]), &form).await;
        answered.push((reply.status, reply.body));
    }
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        return update(name, &answered);
    }
    for (one, (status, body)) in told.iter().zip(&answered) {
        assert_eq!(one["status"], json!(status), "{name}: {}", one["request"]["path"]);
        if let Err(difference) = alike(&one["body"], body) {
            panic!("{name}, {}: {difference}", one["request"]["path"]);
        }
    }
}

fn update(name: &str, answered: &[(u16, Value)]) {
    let mut told = fixture(name);
    if told["exchanges"].is_array() {
        for (n, (status, body)) in answered.iter().enumerate() {
            told["exchanges"][n]["status"] = json!(status);
            told["exchanges"][n]["body"] = body.clone();
        }
    } else {
        told["status"] = json!(answered[0].0);
        told["body"] = answered[0].1.clone();
    }
    let text = serde_json::to_string_pretty(&told).expect("JSON");
    std::fs::write(fixture_file(name), text + "\n").expect("the fixture can be written");
}

/// Whether two values agree, identifiers and times apart: those must only be of one kind.
fn alike(told: &Value, answered: &Value) -> Result<(), String> {
    differ("", told, answered)
}

fn differ(key: &str, told: &Value, answered: &Value) -> Result<(), String> {
    let same_kind = std::mem::discriminant(told) == std::mem::discriminant(answered);
    match (told, answered) {
        _ if same_kind && (key.ends_with("_at") || key == "clerk_trace_id" || key == "jwt") => Ok(()),
        (Value::String(a), Value::String(b)) if key == "id" || key.ends_with("_id") => {
            let prefix = |id: &str| id.split('_').next().map(str::to_owned);
            if prefix(a) == prefix(b) { Ok(()) } else { Err(format!("{key}: {a} and {b}")) }
        }
        (Value::Object(a), Value::Object(b)) => {
            // Whether an object keeps the order of its fields is a feature of serde_json, which other packages may switch on.
            let (names, others): (BTreeSet<_>, BTreeSet<_>) = (a.keys().collect(), b.keys().collect());
            if names != others {
                return Err(format!("{key} has the fields {names:?} in the file and {others:?} here"));
            }
            a.iter()
                .try_for_each(|(name, value)| differ(name, value, &b[name]).map_err(|e| format!("{key}.{e}")))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).try_for_each(|(a, b)| differ(key, a, b))
        }
        _ if told == answered => Ok(()),
        _ => Err(format!("{key}: {told} in the file, {answered} here")),
    }
}

#[tokio::test]
async fn a_signed_in_page_starts_from_the_environment_and_the_client() {
    let (_control, mut browser) = signed_in();
    holds("environment", &mut browser).await;
    holds("client_signed_in", &mut browser).await;
}

#[tokio::test]
async fn a_stranger_has_no_client() {
    let mut browser = Browser::new(&Control::new(small_world()));
    holds("client_signed_out", &mut browser).await;
}

#[tokio::test]
async fn a_password_signs_in() {
    let mut browser = Browser::new(&Control::new(small_world()));
    holds("sign_in", &mut browser).await;
}

#[tokio::test]
async fn invitations_come_in_pages() {
    let (_control, mut browser) = signed_in();
    browser.get("/v1/client").await;
    holds("invitations", &mut browser).await;
}

#[tokio::test]
async fn inviting_and_revoking_answer_the_invitation() {
    let (_control, mut browser) = signed_in();
    browser.get("/v1/client").await;
    holds("invitation_created", &mut browser).await;
    holds("invitations_bulk", &mut browser).await;
    holds("invitation_revoked", &mut browser).await;
}

#[tokio::test]
async fn roles_and_memberships_come_in_pages() {
    let (_control, mut browser) = signed_in();
    browser.get("/v1/client").await;
    holds("roles", &mut browser).await;
    holds("memberships", &mut browser).await;
}

#[tokio::test]
async fn a_switch_of_organization_answers_the_session() {
    let (_control, mut browser) = signed_in();
    browser.get("/v1/client").await;
    holds("session_touched", &mut browser).await;
    holds("token", &mut browser).await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_clerks_words() {
    let (_control, mut browser) = signed_in();
    browser.get("/v1/client").await;
    holds("refusals", &mut browser).await;
}

/// The whole table of refusals, those included that only a fault brings about here.
#[tokio::test]
async fn every_refusal_of_the_catalogue_can_be_had_on_demand() {
    let told = fixture("errors");
    for one in told["errors"].as_array().expect("a list") {
        let control = Control::new(World::empty());
        let first = &one["body"]["errors"][0];
        let text = |name: &str| first[name].as_str().expect("text").to_owned();
        control.fault(Fault {
            on: On::any("/v1/**"),
            times: Some(1),
            what: What::Error {
                status: u16::try_from(one["status"].as_u64().expect("a status")).expect("small"),
                code: text("code"),
                message: text("long_message"),
                meta: first["meta"].clone(),
                headers: Vec::new(),
            },
        });
        let reply = Browser::unchecked(&control).post("/v1/organizations/org_acme/invitations", &[]).await;
        assert_eq!((&one["status"], reply.code()), (&json!(reply.status), text("code").as_str()));
        alike(&one["body"], &reply.body).expect("the body of the file");
    }
}

/// The check of every answer can fail: each required field of an invitation is missed, each type is looked at.
#[tokio::test]
async fn an_answer_that_lacks_what_clerk_describes_is_noticed() {
    let (_control, mut browser) = signed_in();
    browser.get("/v1/client").await;
    let path = "/v1/organizations/org_acme/invitations";
    let right = browser.get(path).await.body;
    let check = |body: &Value| support::description::check("GET", path, 200, body);
    assert_eq!(check(&right), Ok(()));
    for field in ["id", "email_address", "role_name", "url", "expires_at", "created_at"] {
        let mut without = right.clone();
        without["response"]["data"][0].as_object_mut().expect("a row").remove(field);
        assert_eq!(check(&without), Err(format!("organization_invitation lacks {field}")));
    }
    for (at, wrong) in [
        ("/response/data/0/status", json!("waiting")),
        ("/response/data/0/created_at", json!("today")),
        ("/response/total_count", json!(null)),
        ("/client", json!(null)),
        ("/client/sessions/0/user/email_addresses/0/verification", json!({ "status": "maybe" })),
    ] {
        let mut mistyped = right.clone();
        *mistyped.pointer_mut(at).expect("there") = wrong;
        assert!(check(&mistyped).is_err(), "{at}");
    }
    assert!(support::description::check("GET", path, 418, &json!({ "errors": [] })).is_err());
}

#[tokio::test]
async fn an_answer_can_be_anything_at_all() {
    let control = Control::new(World::empty());
    let body = Body::Json(json!({ "errors": [] }));
    control.fault(Fault {
        on: On::get("/v1/client"),
        times: None,
        what: What::Answer { status: 500, body, headers: Vec::new() },
    });
    let reply = Browser::unchecked(&control).get("/v1/client").await;
    assert_eq!((reply.status, reply.body), (500, json!({ "errors": [] })));
}
