//! Who is there, read off clerk-js, and hearing of changes.

use crate::world::{ScriptedClerk, World, exists, json, settle, until};
use clerk_invitations::domain::{ActiveOrganization, AuthState, Rights, SessionTask};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// The presence after `change`, on a clerk-js 6 where an admin is in `org_a`.
async fn presence_after(change: impl FnOnce(&ScriptedClerk)) -> Option<AuthState> {
    let world = World::signed_in();
    change(&world.clerk);
    world.client().await.auth_state()
}

async fn place_after(change: impl FnOnce(&ScriptedClerk)) -> ActiveOrganization {
    match presence_after(change).await {
        Some(AuthState::Active(place)) => place,
        other => panic!("no place but {other:?}"),
    }
}

#[wasm_bindgen_test]
async fn all_that_is_shown_of_a_viewer_and_a_place_is_read() {
    let place = place_after(|clerk| {
        clerk.put("organization.maxAllowedMemberships", &20.into());
        clerk.put("organization.pendingInvitationsCount", &4.into());
        clerk.put("organization.imageUrl", &"https://img.example/a.png".into());
        clerk.put("organization.hasImage", &true.into());
    })
    .await;
    assert_eq!(place.scope_key(), "user_1 sess_1 org_a");
    assert_eq!(place.viewer.name, "Ada Lovelace");
    assert_eq!(place.viewer.email.as_deref(), Some("ada@example.com"));
    assert_eq!(place.organization.name, "Organization org_a");
    assert_eq!(place.organization.image.as_deref(), Some("https://img.example/a.png"));
    let seats = place.organization.seats.expect("known");
    assert_eq!((seats.members, seats.pending, seats.left()), (3, 4, Some(13)));
}

#[wasm_bindgen_test]
async fn a_logo_that_clerk_made_up_is_none_of_the_organizations() {
    let place =
        place_after(|clerk| clerk.put("organization.imageUrl", &"https://img.example/gradient".into())).await;
    assert_eq!(place.organization.image, None);
}

#[wasm_bindgen_test]
async fn a_logo_is_fetched_from_the_web_alone() {
    for address in
        ["javascript:alert(1)", "data:image/svg+xml,<svg/>", "blob:x", " https://img.example/a.png", ""]
    {
        let place = place_after(|clerk| {
            clerk.put("organization.imageUrl", &address.into());
            clerk.put("organization.hasImage", &true.into());
        })
        .await;
        assert_eq!(place.organization.image, None, "{address}");
    }
}

#[wasm_bindgen_test]
async fn a_viewer_without_a_name_goes_by_address_then_by_user_name_then_by_id() {
    let name = async |gone: &'static [&'static str]| {
        place_after(|clerk| gone.iter().for_each(|path| clerk.put(path, &JsValue::NULL))).await.viewer.name
    };
    assert_eq!(name(&["user.fullName"]).await, "ada@example.com");
    assert_eq!(name(&["user.fullName", "user.primaryEmailAddress"]).await, "ada");
    assert_eq!(name(&["user.fullName", "user.primaryEmailAddress", "user.username"]).await, "user_1");
}

#[wasm_bindgen_test]
async fn all_verified_addresses_of_a_viewer_are_their_own() {
    let own = async |addresses: &'static str| {
        place_after(|clerk| clerk.put("user.emailAddresses", &json(addresses))).await.viewer.own
    };
    let several = r#"[
        {"emailAddress": "ada@example.com", "verification": {"status": "verified"}},
        {"emailAddress": "Countess@Example.com", "verification": {"status": "verified"}},
        {"emailAddress": "not.yet@example.com", "verification": {"status": "unverified"}},
        {"emailAddress": "never@example.com", "verification": null},
        {"emailAddress": 7, "verification": {"status": "verified"}},
        {"verification": {"status": "verified"}}, null, 3, "ada"
    ]"#;
    assert_eq!(own(several).await, ["ada@example.com", "countess@example.com"]);
    for nothing in ["null", "7", "{}", r#"{"length": -1}"#, r#""ada""#] {
        assert_eq!(own(nothing).await, ["ada@example.com"], "{nothing}");
    }
    let nobody = place_after(|clerk| clerk.put("user.primaryEmailAddress", &JsValue::NULL)).await;
    assert_eq!(nobody.viewer.own, [""; 0]);
}

#[wasm_bindgen_test]
async fn undefined_is_a_change_under_way() {
    for key in ["user", "session", "organization"] {
        let presence = presence_after(|clerk| clerk.put(key, &JsValue::UNDEFINED)).await;
        assert_eq!(presence, None, "{key}");
    }
}

#[wasm_bindgen_test]
async fn null_is_nobody() {
    let presence = presence_after(|clerk| {
        ["user", "session", "organization"].iter().for_each(|key| clerk.put(key, &JsValue::NULL));
    });
    assert_eq!(presence.await, Some(AuthState::SignedOut));
    for key in ["user", "session"] {
        let presence = presence_after(|clerk| clerk.put(key, &JsValue::NULL)).await;
        assert_eq!(presence, Some(AuthState::SignedOut), "{key}");
    }
}

#[wasm_bindgen_test]
async fn a_pending_session_wants_something_first() {
    for (key, task) in [
        (r#"{"key": "choose-organization"}"#, SessionTask::ChooseOrganization),
        (r#"{"key": "reset-password"}"#, SessionTask::ResetPassword),
        (r#"{"key": "setup-mfa"}"#, SessionTask::SetUpMfa),
        (r#"{"key": "sing-a-song"}"#, SessionTask::Other("sing-a-song".to_owned())),
        ("null", SessionTask::Other(String::new())),
        (r#"{"key": 7}"#, SessionTask::Other(String::new())),
    ] {
        let presence = presence_after(|clerk| {
            clerk.put("session.status", &"pending".into());
            clerk.put("session.currentTask", &json(key));
            // As in clerk-js while a task is pending.
            clerk.put("organization", &JsValue::NULL);
        });
        let presence = presence.await;
        assert!(
            matches!(&presence, Some(AuthState::Task(wanted, viewer)) if *wanted == task && viewer.user == "user_1"),
            "{key}: {presence:?}"
        );
    }
}

#[wasm_bindgen_test]
async fn without_an_active_organization_one_is_to_be_chosen() {
    let presence = presence_after(|clerk| clerk.put("organization", &JsValue::NULL)).await;
    assert!(matches!(presence, Some(AuthState::NoOrganization(viewer)) if viewer.user == "user_1"));
}

#[wasm_bindgen_test]
async fn organizations_are_off_only_when_clerk_says_so() {
    const ENABLED: &str = "__internal_environment.organizationSettings.enabled";
    let off = presence_after(|clerk| {
        clerk.put("organization", &JsValue::NULL);
        clerk.put(ENABLED, &false.into());
    });
    assert!(matches!(off.await, Some(AuthState::OrganizationsOff(_))));
    for unsaid in [JsValue::NULL, JsValue::UNDEFINED, 0.into(), "false".into()] {
        let presence = presence_after(|clerk| {
            clerk.put("organization", &JsValue::NULL);
            clerk.put(ENABLED, &unsaid);
        });
        assert!(matches!(presence.await, Some(AuthState::NoOrganization(_))), "{unsaid:?}");
    }
    let unknown = presence_after(|clerk| {
        clerk.put("organization", &JsValue::NULL);
        clerk.put("__internal_environment", &JsValue::UNDEFINED);
    });
    assert!(matches!(unknown.await, Some(AuthState::NoOrganization(_))));
    // A start without `/environment` says that they are off; the active one proves that they are not.
    assert_eq!(
        place_after(|clerk| clerk.put(ENABLED, &false.into())).await.membership.rights,
        Rights::Manage
    );
}

#[wasm_bindgen_test]
async fn version_5_says_that_organizations_are_off_in_another_place() {
    let world = World::of_version(5);
    world.clerk.put("organization", &JsValue::NULL);
    world.clerk.put("__unstable__environment.organizationSettings.enabled", &false.into());
    world.stage.install(&world.clerk);
    let presence = world.client().await.auth_state();
    assert!(matches!(presence, Some(AuthState::OrganizationsOff(_))), "{presence:?}");
}

/// A membership of `organization`, as clerk-js has it.
fn membership(organization: &str, role: &str, permissions: &str) -> String {
    format!(
        r#"{{"organization": {{"id": "{organization}"}}, "role": "{role}", "roleName": "R", "permissions": {permissions}}}"#
    )
}

#[wasm_bindgen_test]
async fn the_active_membership_is_found_wherever_it_stands() {
    for position in [0, 1, 10, 57, 99] {
        let all: Vec<_> = (0..100)
            .map(|number| match number {
                number if number == position => {
                    membership("org_a", "org:host", r#"["org:sys_memberships:manage"]"#)
                }
                number => membership(&format!("org_{number}"), "org:guest", "[]"),
            })
            .collect();
        let place = place_after(|clerk| {
            clerk.put("user.organizationMemberships", &json(&format!("[{}]", all.join(","))));
        });
        let membership = place.await.membership;
        assert_eq!((membership.role.0.as_str(), membership.rights), ("org:host", Rights::Manage));
    }
}

#[wasm_bindgen_test]
async fn a_role_allows_what_its_permissions_say_and_the_admins_always_all() {
    for (role, permissions, rights) in [
        ("org:admin", "[]", Rights::Manage),
        ("org:admin", "null", Rights::Manage),
        ("org:x", r#"["org:sys_memberships:manage"]"#, Rights::Manage),
        ("org:x", r#"["org:sys_memberships:read", null, 7]"#, Rights::Read),
        ("org:member", r#"["org:other:manage"]"#, Rights::Neither),
        ("admin", "[]", Rights::Neither),
        ("", "{}", Rights::Neither),
        ("org:x", r#""org:sys_memberships:manage""#, Rights::Neither),
    ] {
        let all = json(&format!("[{}]", membership("org_a", role, permissions)));
        let place = place_after(|clerk| clerk.put("user.organizationMemberships", &all)).await;
        assert_eq!(place.membership.rights, rights, "{role} {permissions}");
    }
}

#[wasm_bindgen_test]
async fn a_start_that_left_out_the_memberships_asks_the_session() {
    let manage = "org:sys_memberships:manage";
    let read = "org:sys_memberships:read";
    for (allowed, rights) in [
        (&[manage, read][..], Rights::Manage),
        (&[manage], Rights::Manage),
        (&[read], Rights::Read),
        (&[], Rights::Neither),
    ] {
        for memberships in ["[]", "null", r#"[{"organization": null}]"#] {
            let allowed: Vec<_> = allowed.iter().map(|key| (*key).to_owned()).collect();
            let check = Closure::<dyn FnMut(JsValue) -> bool>::new(move |question: JsValue| {
                let key = js_sys::Reflect::get(&question, &"permission".into()).expect("a question");
                allowed.iter().any(|allowed| key == *allowed)
            });
            let place = place_after(|clerk| {
                clerk.put("user.organizationMemberships", &json(memberships));
                clerk.put("session.checkAuthorization", &check.into_js_value());
            });
            assert_eq!(place.await.membership.rights, rights, "{memberships}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_listener_hears_of_changes_until_it_is_dropped() {
    let world = World::signed_in();
    let client = world.client().await;
    let heard = Rc::new(Cell::new(0));
    let subscription = {
        let heard = Rc::clone(&heard);
        client.subscribe(move || heard.set(heard.get() + 1)).expect("a subscription")
    };
    assert_eq!(heard.get(), 1, "clerk-js calls at once");
    world.clerk.emit();
    world.clerk.emit();
    assert_eq!(heard.get(), 3);
    drop(subscription);
    assert_eq!((world.clerk.listeners(), world.clerk.ended()), (0, 1));
    world.clerk.emit();
    assert_eq!(heard.get(), 3);
}

#[wasm_bindgen_test]
async fn a_listener_may_look_around_and_may_end_others() {
    let world = World::signed_in();
    let client = world.client().await;
    let seen = Rc::new(RefCell::new(vec![]));
    let other = Rc::new(RefCell::new(Some(client.subscribe(|| ()).expect("a subscription"))));
    let subscription = {
        let (client, seen, other) = (client.clone(), Rc::clone(&seen), Rc::clone(&other));
        client.clone().subscribe(move || {
            other.take();
            if let Some(AuthState::Active(place)) = client.auth_state() {
                seen.borrow_mut().push(place.organization.id.0);
            }
        })
    };
    world.clerk.switch_to("org_b");
    drop(subscription.expect("a subscription"));
    assert_eq!(*seen.borrow(), ["org_a", "org_b"]);
    assert_eq!(world.clerk.listeners(), 0);
}

#[wasm_bindgen_test]
async fn a_clerk_that_takes_no_listeners_or_can_not_end_them_is_survived() {
    let world = World::signed_in();
    let client = world.client().await;
    let throws = Closure::<dyn FnMut() -> Result<JsValue, JsValue>>::new(|| Err(JsValue::NULL));
    let gives_nothing = Closure::<dyn FnMut()>::new(|| ());
    world.clerk.put("addListener", throws.as_ref());
    assert!(client.subscribe(|| ()).is_err());
    world.clerk.put("addListener", &7.into());
    assert!(client.subscribe(|| ()).is_err());
    world.clerk.put("addListener", gives_nothing.as_ref());
    drop(client.subscribe(|| ()).expect("a subscription"));
}

#[wasm_bindgen_test]
async fn an_organization_is_made_active_or_it_is_said_why_not() {
    let world = World::signed_in();
    let client = world.client().await;
    let id = clerk_invitations::domain::OrganizationId("org_b".to_owned());
    client.set_active(&id).await.expect("a switch");
    assert_eq!(world.clerk.given("setActive", 0), r#"[{"organization":"org_b"}]"#);
    assert!(matches!(client.auth_state(), Some(AuthState::Active(place)) if place.organization.id == id));
    world.clerk.instead("setActive", "rejects", &JsValue::NULL);
    assert!(client.set_active(&id).await.is_err());
}

/// Leaves clerk-js as a start without an answer from `/client` does: signed out, but with a session.
fn degrade(clerk: &ScriptedClerk) {
    ["user", "session", "organization"].iter().for_each(|key| clerk.put(key, &JsValue::NULL));
    clerk.put("status", &"degraded".into());
    clerk.put("client", &json(r#"{"lastActiveSessionId": "sess_1"}"#));
}

#[wasm_bindgen_test]
async fn reading_who_is_signed_in_changes_nothing() {
    let world = World::signed_in();
    let client = world.client().await;
    degrade(&world.clerk);
    assert_eq!(client.auth_state(), Some(AuthState::SignedOut));
    settle().await;
    assert_eq!(world.clerk.count("setActive"), 0);
}

#[wasm_bindgen_test]
async fn a_degraded_start_is_healed_once() {
    let world = World::signed_in();
    let client = world.client().await;
    assert!(!client.heal_degraded_start(), "the user is signed in");
    degrade(&world.clerk);
    world.clerk.instead("setActive", "rejects", &JsValue::NULL);
    assert!(client.heal_degraded_start());
    settle().await;
    assert_eq!(world.clerk.given("setActive", 0), r#"[{"session":"sess_1"}]"#);
    assert!(!client.heal_degraded_start());
    assert_eq!(world.clerk.count("setActive"), 1);
}

#[wasm_bindgen_test]
async fn a_start_that_is_not_degraded_or_without_a_session_is_not_healed() {
    for (path, value) in
        [("status", "ready".into()), ("client", JsValue::NULL), ("client.lastActiveSessionId", JsValue::NULL)]
    {
        let world = World::signed_in();
        let client = world.client().await;
        degrade(&world.clerk);
        world.clerk.put(path, &value);
        assert!(!client.heal_degraded_start(), "{path}");
        assert_eq!(world.clerk.count("setActive"), 0, "{path}");
    }
}

#[wasm_bindgen_test]
async fn the_page_takes_up_the_session_that_a_degraded_start_has_missed() {
    let world = World::signed_in();
    degrade(&world.clerk);
    world.draw();
    until("the page", || exists("#invite-email")).await;
    assert_eq!(world.clerk.count("setActive"), 1);
}
