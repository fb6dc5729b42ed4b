//! The invitee's side: what is asked of clerk-js, what is believed of its answers, and Clerk's own forms with a ticket.

use crate::world::{
    World, address, config, exists, json, press_named, refusal, replace_address, settle, text, until,
};
use clerk_invitations::accept::{Invitee, OtherSession, SuggestionId, join};
use clerk_invitations::domain::{Error, InvitationId, OrganizationId, Reason, Status};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const LINK: &str = "/accept?__clerk_ticket=ticket_orginv_1&__clerk_status=";

fn nobody() -> World {
    let world = World::signed_in();
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.clerk.let_listen();
    world
}

fn with_status(status: &str) -> String {
    [LINK, status].concat()
}

#[wasm_bindgen_test]
async fn received_invitations_and_suggestions_are_read_to_the_last_page() {
    let world = World::signed_in();
    (0..103).for_each(|n| world.clerk.receive(&format!("orginv_{n}"), "org_x", "pending"));
    world.clerk.receive("orginv_old", "org_y", "accepted");
    world.clerk.suggest("orgsug_1", "org_z");
    let client = world.client().await;
    let pending = client.received_invitations(&Status::Pending).await.expect("a list");
    assert_eq!(pending.len(), 103);
    let first = pending.first().expect("one");
    assert_eq!(
        (&*first.organization.name, &*first.email, &*first.role.0),
        ("Organization org_x", "ada@example.com", "org:member")
    );
    assert_eq!(first.created.map(|time| time.0), Some(1_787_486_400_000.0));
    let asked = |nth| world.clerk.given("getOrganizationInvitations", nth);
    assert_eq!(asked(0), r#"[{"initialPage":1,"pageSize":100,"status":"pending"}]"#);
    assert_eq!(asked(1), r#"[{"initialPage":2,"pageSize":100,"status":"pending"}]"#);
    assert_eq!(client.received_invitations(&Status::Accepted).await.expect("a list").len(), 1);
    let suggested = client.suggestions().await.expect("a list");
    assert!(matches!(&suggested[..], [one] if one.id.0 == "orgsug_1" && !one.is_requested));
}

#[wasm_bindgen_test]
async fn an_acceptance_is_believed_when_the_same_invitation_comes_back_accepted() {
    let world = World::signed_in();
    world.clerk.receive("orginv_1", "org_x", "pending");
    let client = world.client().await;
    let invitation = client.received_invitations(&Status::Pending).await.expect("a list").remove(0);
    for answer in ["{}", r#"{"id": "orginv_2", "status": "accepted"}"#, "null"] {
        world.clerk.instead("acceptInvitation", "gives", &json(answer));
        assert_eq!(client.accept(&invitation.id).await, Err(Error::Unproved), "{answer}");
    }
    // As clerk-js does while it is offline.
    world.clerk.instead("acceptInvitation", "gives", &json(r#"{"id": "orginv_1", "status": "pending"}"#));
    assert_eq!(join(&client, &invitation).await, Err(Error::Unproved));
    world.clerk.instead("acceptInvitation", "loses", &js_sys::Error::new("Failed to fetch").into());
    assert_eq!(join(&client, &invitation).await, Ok(()));
    assert_eq!(
        client.accept(&invitation.id).await,
        Err(Error::of(Reason::NotPending)),
        "it is in no list any more"
    );
    assert_eq!(client.belongs_to(&OrganizationId("org_x".to_owned())).await, Ok(true));
    assert_eq!(client.belongs_to(&OrganizationId("org_nowhere".to_owned())).await, Ok(false));
}

#[wasm_bindgen_test]
async fn a_suggestion_is_asked_for_and_an_unknown_one_is_not() {
    let world = World::signed_in();
    world.clerk.suggest("orgsug_1", "org_z");
    let client = world.client().await;
    assert_eq!(client.request(&SuggestionId("orgsug_1".to_owned())).await, Ok(true));
    assert!(client.suggestions().await.expect("a list").iter().all(|one| one.is_requested));
    assert!(client.request(&SuggestionId("orgsug_2".to_owned())).await.is_err());
}

#[wasm_bindgen_test]
async fn what_clerk_js_knows_of_the_account_is_read_and_what_can_not_be_read_costs_only_itself() {
    let world = World::signed_in();
    world.stage.hush();
    let addresses = r#"[{"emailAddress": "ada@example.com", "verification": {"status": "verified"}},
        {"emailAddress": "a.l@x.de", "verification": {"status": "unverified"}}, {"emailAddress": "b@x.de"}, null, {}]"#;
    world.clerk.put("user.emailAddresses", &json(addresses));
    let sessions = r#"{"signedInSessions": [{"id": "sess_1"}, null, {"id": "sess_3"},
        {"id": "sess_2", "publicUserData": {"identifier": "max@x.de"}}]}"#;
    world.clerk.put("client", &json(sessions));
    let client = world.client().await;
    let account = client.account();
    assert_eq!(account.unverified, ["a.l@x.de", "b@x.de"]);
    assert_eq!(account.sessions, [OtherSession { id: "sess_2".to_owned(), user: "max@x.de".to_owned() }]);
    let ids: Vec<_> = account.organizations.iter().map(|organization| &*organization.id.0).collect();
    assert_eq!(ids, ["org_z", "org_a", "org_b"]);
    let rows = r#"{"total_count": 4, "data": [null, 7, {"id": "a", "status": "pending"},
        {"id": "b", "status": "pending", "publicOrganizationData": {"id": "org_b"}}]}"#;
    world.clerk.instead("getOrganizationInvitations", "gives", &json(rows));
    let read = client.received_invitations(&Status::Pending).await.expect("a list");
    assert!(
        matches!(&read[..], [one] if one.id == InvitationId("b".to_owned()) && one.organization.name == "org_b")
    );
    world.clerk.put("user.getOrganizationInvitations", &JsValue::UNDEFINED);
    assert!(client.received_invitations(&Status::Pending).await.is_err());
}

#[wasm_bindgen_test]
async fn signing_out_ends_this_session_alone_and_leads_where_it_was_told() {
    let world = World::signed_in();
    let client = world.client().await;
    assert_eq!(client.sign_out("/accept?__clerk_ticket=t").await, Ok(()));
    let given = world.clerk.given("signOut", 0);
    assert_eq!(given, r#"[{"redirectUrl":"/accept?__clerk_ticket=t","sessionId":"sess_1"}]"#);
    world.clerk.instead("signOut", "rejects", &refusal(403, "action_blocked", "m"));
    assert!(client.sign_out("/").await.is_err());
    world.clerk.sign_in();
    assert_eq!(client.set_session("sess_2").await, Ok(()));
    assert_eq!(world.clerk.given("setActive", 0), r#"[{"session":"sess_2"}]"#);
}

#[wasm_bindgen_test]
async fn a_ticket_leads_to_the_form_that_takes_it() {
    for (status, component) in [("sign_up", "SignUp"), ("sign_in", "SignIn"), ("tomorrow", "SignIn")] {
        let world = nobody();
        replace_address(&with_status(status));
        world.draw();
        until(component, || text(".cl-component") == component).await;
        let given = world.clerk.given(&format!("mount{component}"), 0);
        let after = r#""fallbackRedirectUrl":"/accept?__clerk_status=complete""#;
        assert!(given.contains(after), "a used ticket is no place: {given}");
    }
}

#[wasm_bindgen_test]
async fn the_deployers_own_sign_in_page_is_for_who_comes_without_a_ticket_which_only_the_form_here_takes() {
    for address in ["/accept", "/accept?__clerk_status=complete"] {
        let world = nobody();
        replace_address(address);
        world.draw_with(config(r#", "signInUrl": "/login""#));
        until("the way there", || world.clerk.count("redirectToSignIn") == 1).await;
        until("another way there", || text("h1") == "You’re signed out").await;
        press_named("Sign in");
        until("once more", || world.clerk.count("redirectToSignIn") == 2).await;
        assert_eq!(world.clerk.count("mountSignIn"), 0, "{address}");
    }
    let world = nobody();
    replace_address(&with_status("sign_in"));
    world.draw_with(config(r#", "signInUrl": "/login""#));
    until("the form", || text(".cl-component") == "SignIn").await;
    settle().await;
    assert_eq!(world.clerk.count("redirectToSignIn"), 0);
}

#[wasm_bindgen_test]
async fn a_form_that_is_the_wrong_one_is_replaced_by_the_other_and_the_address_says_so() {
    let world = nobody();
    replace_address(&with_status("sign_up"));
    world.draw();
    until("the sign-up", || text(".cl-component") == "SignUp").await;
    // What the form has to say of a password is its own.
    world.clerk.refuse_form("/client/sign_ups", "form_password_pwned");
    world.clerk.refuse_form("/organizations/o/invitations", "organization_invitation_revoked_code");
    settle().await;
    assert_eq!(text(".cl-component"), "SignUp");
    world.clerk.refuse_form("/client/sign_ups", "organization_invitation_identification_already_exists");
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    assert_eq!(address(), "/accept?__clerk_ticket=ticket_orginv_1&__clerk_status=sign_in");
    assert!(text("[role=alert]").contains("There’s already an account with the invited address."));
    world.clerk.refuse_form("/client/sign_ins", "ticket_expired_code");
    until("the reason", || text("h1") == "This invitation has expired").await;
    assert!(!exists(".cl-component"));
    for name in ["SignIn", "SignUp"] {
        let counts = ["mount", "unmount"].map(|call| world.clerk.count(&format!("{call}{name}")));
        assert_eq!(counts, [1, 1], "{name}");
    }
}

#[wasm_bindgen_test]
async fn a_person_without_an_organization_joins_one_and_is_there() {
    let world = World::signed_in();
    world.clerk.put("organization", &JsValue::NULL);
    world.clerk.receive("orginv_1", "org_x", "pending");
    replace_address(&with_status("sign_in"));
    world.draw();
    until("the invitation", || text("h1") == "Organization org_x invited you").await;
    world.clerk.hold("acceptInvitation");
    press_named("Join Organization org_x");
    press_named("Join Organization org_x");
    until("it is under way", || exists("li .spinner")).await;
    assert_eq!(world.clerk.count("acceptInvitation"), 1);
    world.clerk.release("acceptInvitation", 0);
    until("the organization", || text("h1") == "Welcome to Organization org_x").await;
    until("it is active", || world.clerk.count("setActive") == 1).await;
    assert_eq!(world.clerk.given("setActive", 0), r#"[{"organization":"org_x"}]"#);
    until("the heading has the keyboard", || crate::world::focused() == "accept-heading").await;
}

#[wasm_bindgen_test]
async fn one_link_for_everybody_who_was_invited_is_copied() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 1);
    replace_address("/?page=1");
    world.draw();
    until("the form", || exists("#invite-send")).await;
    world.stage.clipboard("keeps");
    press_named("Copy join link");
    until("the link", || world.stage.copied().ends_with("/accept")).await;
    assert!(world.stage.copied().starts_with("http"));
}
