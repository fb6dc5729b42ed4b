//! A `window.Clerk` of which every part in turn is missing, of another kind, or a trap. Whatever it does, the page
//! answers with an error or with an absence, in time, and never with a panic.

use crate::world::{
    ENTRY, PROGRESS, SUMMARY, ScriptedClerk, World, config, exists, how_many, json, passing, paste, press,
    settle, text, trying, until, until_rung,
};
use clerk_invitations::browser::ADDRESS_KEY;
use clerk_invitations::clerk::{Client, Component, Starter};
use clerk_invitations::domain::Members;
use clerk_invitations::domain::{
    AuthState, Email, InvitationId, Invitations, OrganizationId, RoleKey, SessionTask, StartFailure, Status,
};
use clerk_invitations::outbox::Service;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/tests/browser/hostile.js")]
extern "C" {
    pub fn values() -> Vec<String>;
    pub fn value(name: &str) -> JsValue;
    pub fn faults() -> Vec<String>;
    pub fn spoil(root: &JsValue, path: &str, fault: &str);
    #[wasm_bindgen(js_name = spoilAnswer)]
    fn spoil_answer(clerk: &ScriptedClerk, name: &str, path: &str, fault: &str);
    #[wasm_bindgen(js_name = spoilHeard)]
    pub fn spoil_heard(clerk: &ScriptedClerk, path: &str, fault: &str);
}

/// What clerk-js itself holds.
const HELD: [&str; 44] = [
    "loaded",
    "load",
    "addListener",
    "setActive",
    "mountUserButton",
    "unmountUserButton",
    "mountTaskSetupMFA",
    "user",
    "user.id",
    "user.fullName",
    "user.username",
    "user.primaryEmailAddress",
    "user.primaryEmailAddress.emailAddress",
    "user.organizationMemberships",
    "user.organizationMemberships.1",
    "user.organizationMemberships.1.organization",
    "user.organizationMemberships.1.organization.id",
    "user.organizationMemberships.1.role",
    "user.organizationMemberships.1.roleName",
    "user.organizationMemberships.1.permissions",
    "user.organizationMemberships.1.permissions.0",
    "session",
    "session.id",
    "session.status",
    "session.currentTask",
    "session.checkAuthorization",
    "organization",
    "organization.id",
    "organization.name",
    "organization.imageUrl",
    "organization.hasImage",
    "organization.membersCount",
    "organization.pendingInvitationsCount",
    "organization.maxAllowedMemberships",
    "organization.getRoles",
    "organization.getInvitations",
    "organization.getMemberships",
    "organization.inviteMember",
    "organization.inviteMembers",
    "__internal_environment",
    "__internal_environment.organizationSettings",
    "__internal_environment.organizationSettings.enabled",
    "__internal_environment.organizationSettings.domains",
    "__internal_environment.organizationSettings.domains.defaultRole",
];

/// What its calls answer, in whole and in part.
const ANSWERED: [(&str, &str); 50] = [
    ("load", ""),
    ("setActive", ""),
    ("getRoles", ""),
    ("getRoles", "data"),
    ("getRoles", "data.0"),
    ("getRoles", "data.0.key"),
    ("getRoles", "data.0.name"),
    ("getRoles", "data.0.description"),
    ("getRoles", "data.0.permissions"),
    ("getRoles", "data.0.permissions.0"),
    ("getRoles", "data.0.permissions.0.key"),
    ("getRoles", "data.0.permissions.0.name"),
    ("getRoles", "total_count"),
    ("getRoles", "has_role_set_migration"),
    ("getInvitations", ""),
    ("getInvitations", "data"),
    ("getInvitations", "data.0"),
    ("getInvitations", "data.0.id"),
    ("getInvitations", "data.0.emailAddress"),
    ("getInvitations", "data.0.role"),
    ("getInvitations", "data.0.roleName"),
    ("getInvitations", "data.0.status"),
    ("getInvitations", "data.0.createdAt"),
    ("getInvitations", "data.0.createdAt.getTime"),
    ("getInvitations", "data.0.revoke"),
    ("getInvitations", "total_count"),
    ("getMemberships", ""),
    ("getMemberships", "data"),
    ("getMemberships", "data.0"),
    ("getMemberships", "data.0.publicUserData"),
    ("getMemberships", "data.0.publicUserData.identifier"),
    ("getMemberships", "data.0.publicUserData.firstName"),
    ("getMemberships", "data.0.publicUserData.lastName"),
    ("getMemberships", "total_count"),
    ("inviteMember", ""),
    ("inviteMember", "id"),
    ("inviteMember", "emailAddress"),
    ("inviteMember", "status"),
    ("inviteMember", "createdAt"),
    ("inviteMember", "revoke"),
    ("inviteMembers", ""),
    ("inviteMembers", "0"),
    ("inviteMembers", "0.id"),
    ("inviteMembers", "0.status"),
    ("inviteMembers", "1.emailAddress"),
    ("inviteMembers", "length"),
    ("revoke", ""),
    ("revoke", "id"),
    ("revoke", "status"),
    ("revoke", "emailAddress"),
];

/// A world with a clerk-js whose every call has something to answer, no time, and no noise.
fn world() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    world
        .clerk
        .members("org_a", &json(r#"[{"identifier": "ada@x.de", "firstName": "Ada", "lastName": "L"}]"#));
    world.stage.hush();
    world.stage.stop_clock();
    world
}

/// All that the page ever does with clerk-js. What it believes has to be true.
async fn tour(client: &Client) {
    let presence = client.auth_state();
    let subscription = client.subscribe(|| ());
    let org = OrganizationId("org_a".to_owned());
    let _ = client.roles(&org).await;
    let invitations = client.invitations(&org);
    let email = Email::parse("new@x.de", ADDRESS_KEY).expect("an address");
    let role = RoleKey("org:member".to_owned());
    if let Ok(invited) = invitations.invite(&email, &role).await {
        assert!(!invited.id.0.is_empty() && !invited.email.is_empty());
        let _ = invitations.revoke(&invited.id).await;
    }
    let several = [Email::parse("a@x.de", ADDRESS_KEY).expect("an address"), email];
    if let Ok(invited) = invitations.invite_many(&several, &role).await {
        assert!(invited.iter().all(|invitation| !invitation.id.0.is_empty() && !invitation.email.is_empty()));
    }
    if let Ok((members, _)) = invitations.members(1, 500).await {
        assert!(members.iter().all(|member| member.email_key.contains('@')));
    }
    if let Ok((rows, _)) = invitations.list(&[Status::Pending], 1, 10).await {
        for row in rows {
            assert!(!row.id.0.is_empty() && !row.email.is_empty());
            assert!(row.created.is_none_or(|time| time.0.is_finite()));
            if let Ok(revoked) = invitations.revoke(&row.id).await {
                assert_eq!((revoked.id, revoked.status), (row.id, Status::Revoked));
            }
        }
    }
    let _ = invitations.revoke(&InvitationId("orginv_nowhere".to_owned())).await;
    for component in [Component::UserButton, Component::Task(SessionTask::SetUpMfa)] {
        let document = web_sys::window().and_then(|window| window.document()).expect("a document");
        let node = document.create_element("div").expect("an element");
        document.get_element_by_id("app").expect("#app").append_child(&node).expect("a place");
        drop(client.mount(&component, node).await);
    }
    let _ = client.set_active(&OrganizationId("org_b".to_owned())).await;
    let _ = client.auth_state();
    drop(subscription);
    if let Some(AuthState::Active(place)) = presence {
        assert!(!place.scope_key().contains("  "), "a part of the key is missing: {}", place.scope_key());
    }
}

async fn start_and_tour(world: &World) -> Result<(), StartFailure> {
    let client = Starter::default().start(&config(""), &world.mount).await?;
    tour(&client).await;
    Ok(())
}

async fn try_all_deeds(places: &[&str]) {
    for place in places {
        for fault in faults() {
            trying(format!("Clerk.{place} is {fault}:"));
            let world = world();
            // Only one that is not loaded yet is asked to load.
            world.clerk.put("loaded", &(*place != "load").into());
            spoil(&world.clerk, place, &fault);
            let _ = passing(&world.stage, start_and_tour(&world)).await;
        }
    }
}

#[wasm_bindgen_test]
async fn the_tour_calls_all_that_can_be_spoilt() {
    let world = world();
    passing(&world.stage, start_and_tour(&world)).await.0.expect("a running clerk-js");
    for (name, times) in [
        ("addListener", 1),
        ("getRoles", 1),
        ("inviteMember", 1),
        ("inviteMembers", 1),
        ("getMemberships", 1),
        // A page of it, and the search for the one that nobody has heard of.
        ("getInvitations", 2),
        // The one that was sent, the two of the one call, the two that were there.
        ("revoke", 5),
        ("mountUserButton", 1),
        ("unmountUserButton", 1),
        ("mountTaskSetupMFA", 1),
        ("setActive", 1),
    ] {
        assert_eq!(world.clerk.count(name), times, "{name}");
    }
    assert_eq!(world.clerk.listeners(), 0);
}

#[wasm_bindgen_test]
async fn clerks_own_methods_may_be_anything() {
    try_all_deeds(&HELD[..7]).await;
}

#[wasm_bindgen_test]
async fn the_user_may_be_anything() {
    try_all_deeds(&HELD[7..21]).await;
}

#[wasm_bindgen_test]
async fn the_session_may_be_anything() {
    try_all_deeds(&HELD[21..26]).await;
}

#[wasm_bindgen_test]
async fn the_organization_may_be_anything() {
    try_all_deeds(&HELD[26..39]).await;
}

#[wasm_bindgen_test]
async fn the_environment_may_be_anything() {
    try_all_deeds(&HELD[39..]).await;
}

#[wasm_bindgen_test]
async fn answers_may_be_anything() {
    for (name, path) in ANSWERED {
        for fault in faults() {
            trying(format!("{name}() answers with {path:?} that is {fault}:"));
            let world = world();
            world.clerk.put("loaded", &(name != "load").into());
            spoil_answer(&world.clerk, name, path, &fault);
            let _ = passing(&world.stage, start_and_tour(&world)).await;
        }
    }
}

#[wasm_bindgen_test]
async fn window_clerk_may_be_anything() {
    for fault in faults() {
        trying(format!("window.Clerk is {fault}:"));
        let world = world();
        world.stage.keep_scripts();
        spoil(&js_sys::global(), "Clerk", &fault);
        let (started, _) = passing(&world.stage, Starter::default().start(&config(""), &world.mount)).await;
        match started {
            Err(StartFailure::Foreign) => assert_eq!(world.stage.tags(), 0, "{fault}"),
            Err(StartFailure::Script { .. }) => assert_eq!(world.stage.tags(), 1, "{fault}"),
            Ok(_) if fault == "a getter that changes its mind" => {}
            other => panic!("{fault}: {other:?}"),
        }
    }
}

#[wasm_bindgen_test]
async fn what_is_called_instead_may_give_anything_at_once() {
    for name in [
        "getRoles",
        "getInvitations",
        "getMemberships",
        "inviteMember",
        "inviteMembers",
        "revoke",
        "setActive",
    ] {
        for given in values() {
            trying(format!("{name}() gives {given} at once:"));
            let world = world();
            for _ in 0..3 {
                world.clerk.instead(name, "gives", &value(&given));
            }
            let _ = passing(&world.stage, start_and_tour(&world)).await;
        }
    }
}

#[wasm_bindgen_test]
async fn the_page_draws_itself_whatever_clerk_holds() {
    // Without these nobody can know yet who is there.
    const AWAITED: [&str; 4] = ["loaded", "user", "session", "organization"];
    const FAULTS: [&str; 12] = [
        "a getter that throws an error",
        "null",
        "-1",
        "1e308",
        "a long text",
        "a symbol",
        "an empty object",
        "a function",
        "a list of length 2**53",
        "a promise that is never kept",
        "a proxy that throws",
        "a revoked proxy",
    ];
    for place in HELD {
        for fault in FAULTS {
            trying(format!("drawn while Clerk.{place} is {fault}:"));
            let world = world();
            spoil(&world.clerk, place, fault);
            world.draw();
            settle().await;
            if !AWAITED.contains(&place) {
                let what = format!("a page although Clerk.{place} is {fault}");
                until(&what, || exists("#app h1") && exists("#skeleton[hidden]")).await;
            }
            world.take_away();
            settle().await;
        }
    }
}

/// What a batch has to do with, and what it is answered.
const BATCH: [(&str, &str); 14] = [
    ("inviteMembers", ""),
    ("inviteMembers", "0"),
    ("inviteMembers", "0.id"),
    ("inviteMembers", "0.emailAddress"),
    ("inviteMembers", "0.status"),
    ("inviteMember", ""),
    ("getInvitations", ""),
    ("getInvitations", "data"),
    ("getInvitations", "data.0.emailAddress"),
    ("getInvitations", "total_count"),
    ("getMemberships", ""),
    ("getMemberships", "data.0.publicUserData"),
    ("getMemberships", "data.0.publicUserData.identifier"),
    ("getMemberships", "total_count"),
];

/// What somebody does who invites two people, to the end of it.
async fn invite_two(world: &World) {
    world.draw();
    let what = "the form";
    until_rung(&world.stage, what, || exists("#invite-send:not([aria-disabled])")).await;
    assert!(paste("#invite-email", "a@x.de, b@x.de"));
    until_rung(&world.stage, "two entries", || how_many(ENTRY) == 2).await;
    press("#invite-send");
    until_rung(&world.stage, "the end", || {
        !exists(PROGRESS)
            && exists("#invite-send:not([aria-disabled])")
            && text(SUMMARY).contains("Download report")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_batch_comes_to_an_end_whatever_is_answered_and_nothing_is_sent_twice_or_lost() {
    const FAULTS: [&str; 5] = [
        "a getter that throws an error",
        "null",
        "an empty object",
        "a list of length 2**53",
        "a proxy that throws",
    ];
    for (name, path) in BATCH {
        for fault in FAULTS {
            trying(format!("two are invited while {name}() answers with {path:?} that is {fault}:"));
            let world = world();
            spoil_answer(&world.clerk, name, path, fault);
            invite_two(&world).await;
            for email in ["a@x.de", "b@x.de"] {
                let sent = world.clerk.invitations("org_a", email);
                // Where the list can't be read nobody knows, and then it is not sent again.
                let is_there = text("ul[aria-busy]").contains(email);
                assert!(
                    sent == 1 || (sent == 0 && is_there),
                    "{name} {path} {fault}: {email} was sent {sent} times"
                );
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_batch_comes_to_an_end_whatever_the_organization_is() {
    for place in ["inviteMembers", "inviteMember", "getInvitations", "getMemberships"] {
        for fault in [
            "missing",
            "a getter that throws undefined",
            "a symbol",
            "a function that never answers",
            "a revoked proxy",
        ] {
            trying(format!("two are invited while organization.{place} is {fault}:"));
            let world = world();
            spoil(&world.clerk, &format!("organization.{place}"), fault);
            invite_two(&world).await;
            for email in ["a@x.de", "b@x.de"] {
                let sent = world.clerk.invitations("org_a", email);
                let is_there = text("ul[aria-busy]").contains(email);
                assert!(
                    sent == 1 || (sent == 0 && is_there),
                    "{place} {fault}: {email} was sent {sent} times"
                );
            }
        }
    }
}
