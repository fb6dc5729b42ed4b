//! Whatever is thrown becomes an error that somebody can act on.

use crate::hostile::{faults, spoil, value, values};
use crate::world::{World, json, trying};
use clerk_invitations::domain::{Error, Field, Invitations, OrganizationId, Problem, Reason, Status};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// What becomes of `thrown`, rejected and thrown at once.
async fn error_of(thrown: &JsValue) -> Error {
    let world = World::signed_in();
    let invitations = world.client().await.invitations(&OrganizationId("org_a".to_owned()));
    let mut errors = vec![];
    for how in ["rejects", "throws"] {
        world.clerk.instead("getInvitations", how, thrown);
        errors.push(invitations.list(&[Status::Pending], 1, 10).await.expect_err("an error"));
    }
    assert_eq!(errors.first(), errors.last(), "it matters how it was thrown");
    errors.remove(0)
}

/// A refusal, as clerk-js throws it.
fn refusal(status: u16, errors: &str, more: &str) -> JsValue {
    json(&format!(r#"{{"clerkError": true, "status": {status}, "errors": {errors}{more}}}"#))
}

#[wasm_bindgen_test]
async fn a_refusal_names_each_reason_and_its_field() {
    for (status, code, meta, reason, field) in [
        (400, "duplicate_record", r#"{"emailAddresses": ["a@x.de"]}"#, Reason::AlreadyInvited, Field::Email),
        (400, "organization_invitation_not_unique", "null", Reason::AlreadyInvited, Field::Email),
        (400, "already_a_member_in_organization", "{}", Reason::AlreadyMember, Field::Email),
        (400, "bulk_size_exceeded", "{}", Reason::BatchTooBig, Field::Form),
        (402, "insufficient_seats", r#"{"seatsQuantity": 5}"#, Reason::SeatsNeeded, Field::Form),
        (403, "organization_membership_quota_exceeded", "{}", Reason::Full, Field::Form),
        (403, "not_allowed_access", r#"{"identifiers": ["a@x.de"]}"#, Reason::AddressBlocked, Field::Email),
        (403, "missing_organization_permission", "{}", Reason::NoPermission, Field::Form),
        (403, "not_a_member_in_organization", "{}", Reason::NotMember, Field::Form),
        (404, "organization_not_found_or_unauthorized", "{}", Reason::OrganizationGone, Field::Form),
        (404, "resource_not_found", r#"{"paramName": "role"}"#, Reason::RoleGone, Field::Role),
        (404, "resource_not_found", r#"{"paramName": 7}"#, Reason::OrganizationGone, Field::Form),
        (403, "invitations_not_supported_in_organization", "{}", Reason::InvitationsOff, Field::Form),
        (403, "organization_not_enabled_in_instance", "{}", Reason::OrganizationsOff, Field::Form),
        (403, "session_reverification_required", "{}", Reason::ReverificationNeeded, Field::Form),
        (403, "action_blocked", "{}", Reason::Blocked, Field::Form),
        (404, "organization_invitation_not_found", "{}", Reason::InvitationGone, Field::Form),
        (404, "organization_invitation_not_pending", "{}", Reason::NotPending, Field::Form),
        (409, "role_migration_in_progress", "{}", Reason::RoleMigration, Field::Form),
        (409, "resource_locked", "{}", Reason::Locked, Field::Form),
        (
            422,
            "form_param_format_invalid",
            r#"{"paramName": "email_address"}"#,
            Reason::NotAnAddress,
            Field::Email,
        ),
        (422, "form_param_value_invalid", r#"{"paramName": "role"}"#, Reason::InvalidValue, Field::Role),
        (422, "exclusive_organization_membership", "{}", Reason::Exclusive, Field::Email),
        (418, "a_code_of_tomorrow", "{}", Reason::Unknown, Field::Form),
    ] {
        let entry = format!(
            r#"[{{"code": "{code}", "message": "short", "longMessage": "The long of it.", "meta": {meta}}}]"#
        );
        let named = if meta.contains("[\"") { vec!["a@x.de".to_owned()] } else { vec![] };
        let problem = Problem { reason, field, said: "The long of it.".to_owned(), named };
        assert_eq!(error_of(&refusal(status, &entry, "")).await, Error::Refused(vec![problem]), "{code}");
    }
}

#[wasm_bindgen_test]
async fn all_reasons_of_a_refusal_are_kept_in_order() {
    let entries =
        r#"[{"code": "not_allowed_access", "message": "one"}, null, {"code": "insufficient_seats"}]"#;
    let Error::Refused(problems) = error_of(&refusal(403, entries, "")).await else { panic!("no refusal") };
    let reasons: Vec<_> = problems.iter().map(|problem| (problem.reason, problem.said.as_str())).collect();
    assert_eq!(reasons, [(Reason::AddressBlocked, "one"), (Reason::Unknown, ""), (Reason::SeatsNeeded, "")]);
}

#[wasm_bindgen_test]
async fn a_refusal_without_reasons_is_still_a_refusal() {
    for errors in ["[]", "null", "{}", "7", r#""errors""#] {
        let error = error_of(&refusal(400, errors, "")).await;
        assert_eq!(error, Error::Refused(vec![Problem::new("", None, "")]), "{errors}");
    }
}

#[wasm_bindgen_test]
async fn too_many_requests_say_how_long_to_wait_when_clerk_does() {
    for (wait, seconds) in [
        (r#", "retryAfter": 17"#, Some(17)),
        (r#", "retryAfter": 0"#, Some(0)),
        ("", None),
        (r#", "retryAfter": "17""#, None),
        (r#", "retryAfter": -1"#, None),
        (r#", "retryAfter": 1e300"#, None),
        (r#", "retryAfter": null"#, None),
    ] {
        let error = error_of(&refusal(429, r#"[{"code": "too_many_requests"}]"#, wait)).await;
        assert_eq!(error, Error::TooMany { wait: seconds }, "{wait}");
    }
}

#[wasm_bindgen_test]
async fn a_session_that_ended_is_said_as_such() {
    for code in ["signed_out", "authentication_invalid"] {
        let error = error_of(&refusal(401, &format!(r#"[{{"code": "{code}"}}]"#), "")).await;
        assert_eq!(error, Error::SignedOut);
    }
}

#[wasm_bindgen_test]
async fn a_server_that_fails_is_told_apart_from_a_refusal() {
    for status in [500, 502, 503, 504, 599] {
        assert_eq!(error_of(&refusal(status, "[]", "")).await, Error::Failing { status: Some(status) });
    }
}

/// An error as the browser makes it.
fn named(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}

#[wasm_bindgen_test]
async fn a_body_that_is_not_json_is_something_between_us_and_clerk() {
    let thrown = js_sys::JSON::parse("<!doctype html>").expect_err("no JSON");
    assert_eq!(error_of(&thrown).await, Error::Failing { status: None });
}

#[wasm_bindgen_test]
async fn a_network_that_is_gone_is_recognised_in_each_browsers_words() {
    for thrown in [
        named(
            "Error",
            "ClerkJS: Network error at \"https://clerk.example.com/v1/x\" - TypeError: Failed to fetch. Please try again.",
        ),
        named("TypeError", "Failed to fetch"),
        named("TypeError", "NetworkError when attempting to fetch resource."),
        named("TypeError", "Load failed"),
        named("TypeError", "Network request failed"),
        json(
            r#"{"clerkError": true, "clerkRuntimeError": true, "code": "network_error", "message": "offline"}"#,
        ),
        json(r#"{"code": "network_error"}"#),
        "failed to fetch".into(),
    ] {
        assert_eq!(error_of(&thrown).await, Error::Unreachable, "{thrown:?}");
    }
}

#[wasm_bindgen_test]
async fn another_mistake_of_clerks_code_is_unexpected_and_keeps_its_words_for_the_console() {
    for (thrown, said) in [
        (named("TypeError", "Cannot read properties of undefined"), "Cannot read properties of undefined"),
        ("just a text".into(), "just a text"),
        (
            json(r#"{"clerkError": true, "clerkRuntimeError": true, "code": "x", "message": "runtime"}"#),
            "runtime",
        ),
        (
            json(r#"{"clerkError": true, "status": "403", "message": "a status in quotes"}"#),
            "a status in quotes",
        ),
        (json(r#"{"clerkError": true, "status": 70000, "message": "no such status"}"#), "no such status"),
        (json(r#"{"status": 403, "message": "not Clerk's"}"#), "not Clerk's"),
    ] {
        assert_eq!(error_of(&thrown).await, Error::Unexpected(said.to_owned()));
    }
    for nameless in
        [JsValue::UNDEFINED, JsValue::NULL, 7.into(), true.into(), JsValue::symbol(Some("s")), json("{}")]
    {
        let error = error_of(&nameless).await;
        assert!(matches!(&error, Error::Unexpected(said) if !said.is_empty()), "{nameless:?}: {error:?}");
    }
}

#[wasm_bindgen_test]
async fn anything_at_all_can_be_thrown() {
    for name in values() {
        trying(format!("thrown: {name}"));
        let error = error_of(&value(&name)).await;
        assert!(matches!(&error, Error::Unexpected(said) if !said.is_empty()), "{name}: {error:?}");
    }
}

#[wasm_bindgen_test]
async fn a_refusal_may_hold_anything_at_all() {
    let world = World::signed_in();
    let invitations = world.client().await.invitations(&OrganizationId("org_a".to_owned()));
    let paths = [
        "status",
        "errors",
        "errors.0",
        "errors.0.code",
        "errors.0.message",
        "errors.0.meta",
        "errors.0.meta.paramName",
        "retryAfter",
        "clerkError",
        "code",
        "name",
        "message",
    ];
    for path in paths {
        let status = if path == "retryAfter" { 429 } else { 403 };
        for fault in faults() {
            trying(format!("a refusal whose {path} is {fault}:"));
            let thrown = refusal(
                status,
                r#"[{"code": "c", "message": "m", "longMessage": null, "meta": {"paramName": "p"}}]"#,
                r#", "retryAfter": 3, "code": "", "name": "", "message": "m""#,
            );
            spoil(&thrown, path, &fault);
            world.clerk.instead("getInvitations", "rejects", &thrown);
            let error = invitations.list(&[Status::Pending], 1, 10).await.expect_err("an error");
            assert!(!error.to_string().is_empty());
            assert!(!matches!(&error, Error::Refused(problems) if problems.is_empty()));
        }
    }
}
