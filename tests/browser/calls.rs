//! What is asked of clerk-js, in which words, and what is believed of its answers.

use crate::hostile::spoil;
use crate::world::{World, json, passing};
use clerk_invitations::browser::{ADDRESS_KEY, copied};
use clerk_invitations::clerk::{Client, OrganizationInvitations, parse_rows_by};
use clerk_invitations::domain::service::Members;
use clerk_invitations::domain::{Email, Error, InvitationId, Invitations, OrganizationId, RoleKey, Status};
use clerk_invitations::json::parse_list;
use clerk_invitations::outbox::Service;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn org(id: &str) -> OrganizationId {
    OrganizationId(id.to_owned())
}

fn email(text: &str) -> Email {
    Email::parse(text, ADDRESS_KEY).expect("an address")
}

fn member() -> RoleKey {
    RoleKey("org:member".to_owned())
}

async fn service(world: &World) -> (Client, OrganizationInvitations) {
    let client = world.client().await;
    let invitations = client.invitations(&org("org_a"));
    (client, invitations)
}

#[wasm_bindgen_test]
async fn a_page_is_asked_for_by_status_number_and_size() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 23);
    let (_, invitations) = service(&world).await;
    let (rows, total) = invitations.list(&[Status::Pending], 3, 10).await.expect("a page");
    assert_eq!(
        world.clerk.given("getInvitations", 0),
        r#"[{"initialPage":3,"pageSize":10,"status":["pending"]}]"#
    );
    let emails: Vec<_> = rows.iter().map(|row| row.email.as_str()).collect();
    assert_eq!((emails.as_slice(), total), (&["p21@a.example", "p22@a.example", "p23@a.example"][..], 23));
    let first = rows.first().expect("a row");
    assert_eq!(first.role, member());
    assert_eq!(first.role_name.as_deref(), Some("member"));
    assert_eq!(first.created.map(|time| time.0), Some(1_787_486_400_000.0));
    let _ = invitations.list(&[Status::Other("completed".to_owned())], 1, 5).await;
    assert!(world.clerk.given("getInvitations", 1).contains(r#""status":["completed"]"#));
}

#[wasm_bindgen_test]
async fn a_row_that_can_not_be_read_costs_only_itself() {
    let world = World::signed_in();
    world.stage.hush();
    let (_, invitations) = service(&world).await;
    let answer = json(
        r#"{"total_count": 5, "data": [null, {"id": "a"}, {"id": "b", "emailAddress": "b@x.de", "status": "pending"},
            {"emailAddress": "c@x.de", "status": "pending"}, 7]}"#,
    );
    world.clerk.instead("getInvitations", "gives", &answer);
    let (rows, total) = invitations.list(&[Status::Pending], 1, 10).await.expect("a page");
    assert_eq!((rows.len(), total), (1, 5));
    let row = rows.first().expect("a row");
    assert_eq!((row.id.0.as_str(), row.created, row.role.0.as_str()), ("b", None, ""));
}

#[wasm_bindgen_test]
async fn a_page_without_rows_or_without_a_total_is_none() {
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    for answer in [
        "null",
        "{}",
        "[]",
        r#"{"data": []}"#,
        r#"{"total_count": 0}"#,
        r#"{"data": {}, "total_count": 0}"#,
        r#"{"data": "rows", "total_count": 0}"#,
        r#"{"data": [], "total_count": -1}"#,
        r#"{"data": [], "total_count": "7"}"#,
    ] {
        world.clerk.instead("getInvitations", "gives", &json(answer));
        let listed = invitations.list(&[Status::Pending], 1, 10).await;
        assert!(matches!(listed, Err(Error::Unexpected(_))), "{answer}: {listed:?}");
    }
}

#[wasm_bindgen_test]
async fn several_statuses_are_asked_for_at_once_and_none_means_all() {
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    let _ = invitations.list(&[Status::Accepted, Status::Revoked], 1, 500).await;
    assert!(world.clerk.given("getInvitations", 0).contains(r#""status":["accepted","revoked"]"#));
    let _ = invitations.list(&[], 1, 500).await;
    assert_eq!(world.clerk.given("getInvitations", 1), r#"[{"initialPage":1,"pageSize":500}]"#);
}

#[wasm_bindgen_test]
async fn members_are_read_with_their_names_and_whoever_has_no_address_is_left_out() {
    let world = World::signed_in();
    world.clerk.members(
        "org_a",
        &json(
            r#"[{"identifier": "ADA@x.de", "firstName": "Ada", "lastName": "Lovelace"}, {"identifier": "+43123"},
                {"identifier": "bob@x.de", "firstName": null, "lastName": "Bob"}, {"identifier": "eve@x.de"}, null]"#,
        ),
    );
    let (_, invitations) = service(&world).await;
    let (members, total) = invitations.members(1, 500).await.expect("a page");
    let members: Vec<_> = members.iter().map(|it| (it.email_key.as_str(), it.name.as_str())).collect();
    assert_eq!(members, [("ada@x.de", "Ada Lovelace"), ("bob@x.de", "Bob"), ("eve@x.de", "")]);
    assert_eq!(total, 5);
    assert_eq!(world.clerk.given("getMemberships", 0), r#"[{"initialPage":1,"pageSize":500}]"#);
    for answer in ["null", "{}", r#"{"data": []}"#, r#"{"total_count": 0}"#] {
        world.clerk.instead("getMemberships", "gives", &json(answer));
        let listed = invitations.members(1, 500).await;
        assert!(matches!(listed, Err(Error::Unexpected(_))), "{answer}: {listed:?}");
    }
}

#[wasm_bindgen_test]
async fn roles_are_read_from_all_pages() {
    let world = World::signed_in();
    let keys: Vec<_> = (0..230).map(|number| format!("org:role_{number}")).collect();
    let keys: Vec<_> = keys.iter().map(String::as_str).collect();
    world.clerk.roles("org_a", &keys, true);
    let (client, _) = service(&world).await;
    let roles = client.roles(&org("org_a")).await.expect("roles");
    let found: Vec<_> = roles.all.iter().map(|role| role.key.0.as_str()).collect();
    assert_eq!(found, keys);
    assert!(roles.migrating);
    assert_eq!(roles.all.first().map(|role| role.description.as_str()), Some("For org:role_0"));
    assert_eq!(roles.preferred, Some(member()));
    let pages: Vec<_> =
        (0..world.clerk.count("getRoles")).map(|nth| world.clerk.given("getRoles", nth)).collect();
    assert_eq!(pages, [1, 2, 3].map(|page| format!(r#"[{{"initialPage":{page},"pageSize":100}}]"#)));
}

#[wasm_bindgen_test]
async fn a_count_of_roles_that_is_wrong_does_not_keep_us_asking() {
    let world = World::signed_in();
    let (client, _) = service(&world).await;
    let endless = json(r#"{"data": [{"key": "org:a"}], "total_count": 1e300}"#);
    for _ in 0..60 {
        world.clerk.instead("getRoles", "gives", &endless);
    }
    assert!(client.roles(&org("org_a")).await.is_ok());
    assert_eq!(world.clerk.count("getRoles"), 50);
}

#[wasm_bindgen_test]
async fn a_role_without_a_key_can_not_be_given_and_one_without_a_name_goes_by_its_key() {
    let world = World::signed_in();
    let (client, _) = service(&world).await;
    let answer = json(
        r#"{"data": [null, {"name": "No key"}, {"key": "org:x", "permissions": [{"key": "p"}, null, {"key": 7}, {"key": "q", "name": "May q"}]}],
            "total_count": 3}"#,
    );
    world.clerk.instead("getRoles", "gives", &answer);
    let roles = client.roles(&org("org_a")).await.expect("roles");
    let role = match roles.all.as_slice() {
        [role] => role,
        other => panic!("{other:?}"),
    };
    assert_eq!((role.name.as_str(), role.description.as_str()), ("org:x", ""));
    // A permission goes by its key too, when it has no name.
    let permissions: Vec<_> = role.permissions.iter().map(|it| (it.key.as_str(), it.name.as_str())).collect();
    assert_eq!(permissions, [("p", "p"), ("q", "May q")]);
    assert!(!roles.migrating);
}

#[wasm_bindgen_test]
async fn an_invite_is_believed_when_an_id_and_the_same_address_come_back() {
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    let invited = invitations.invite(&email("new@x.de"), &member()).await.expect("an invitation");
    assert_eq!(invited.email, "new@x.de");
    assert_eq!(world.clerk.given("inviteMember", 0), r#"[{"emailAddress":"new@x.de","role":"org:member"}]"#);
    for proof in [
        r#"{"id": "orginv_1", "emailAddress": "NEW@X.de", "status": "pending"}"#,
        r#"{"id": "orginv_1", "emailAddress": "New@x.DE", "status": "a word that is new"}"#,
    ] {
        world.clerk.instead("inviteMember", "gives", &json(proof));
        assert!(invitations.invite(&email("new@x.de"), &member()).await.is_ok(), "{proof}");
    }
}

#[wasm_bindgen_test]
async fn an_invite_is_not_believed_without_proof() {
    let world = World::signed_in();
    world.stage.hush();
    let (_, invitations) = service(&world).await;
    for doubtful in [
        "{}",
        "null",
        "true",
        "[]",
        r#""orginv_1""#,
        r#"{"id": "", "emailAddress": "new@x.de", "status": "pending"}"#,
        r#"{"emailAddress": "new@x.de", "status": "pending"}"#,
        r#"{"id": "orginv_1", "status": "pending"}"#,
        r#"{"id": 1, "emailAddress": "new@x.de", "status": "pending"}"#,
    ] {
        world.clerk.instead("inviteMember", "gives", &json(doubtful));
        let invited = invitations.invite(&email("new@x.de"), &member()).await;
        assert_eq!(invited, Err(Error::Unproved), "{doubtful}");
    }
    world.clerk.instead("inviteMember", "gives", &JsValue::UNDEFINED);
    assert_eq!(invitations.invite(&email("new@x.de"), &member()).await, Err(Error::Unproved));
}

#[wasm_bindgen_test]
async fn an_invitation_of_another_address_is_handed_on_as_what_it_is() {
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    let other = r#"{"id": "orginv_1", "emailAddress": "other@x.de", "status": "pending"}"#;
    world.clerk.instead("inviteMember", "gives", &json(other));
    let invited = invitations.invite(&email("new@x.de"), &member()).await.expect("an invitation");
    assert_eq!(invited.email_key, "other@x.de");
}

#[wasm_bindgen_test]
async fn a_revoke_is_believed_when_the_same_invitation_comes_back_revoked() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 1);
    let (_, invitations) = service(&world).await;
    let (rows, _) = invitations.list(&[Status::Pending], 1, 10).await.expect("a page");
    let id = rows.first().expect("a row").id.clone();
    for doubtful in [
        "{}".to_owned(),
        "null".to_owned(),
        format!(r#"{{"id": "{}", "emailAddress": "p1@a.example", "status": "pending"}}"#, id.0),
        r#"{"id": "orginv_other", "emailAddress": "p1@a.example", "status": "revoked"}"#.to_owned(),
        r#"{"emailAddress": "p1@a.example", "status": "revoked"}"#.to_owned(),
    ] {
        world.clerk.instead("revoke", "gives", &json(&doubtful));
        assert_eq!(invitations.revoke(&id).await, Err(Error::Unproved), "{doubtful}");
    }
    let revoked = invitations.revoke(&id).await.expect("a revoked invitation");
    assert_eq!((revoked.id, revoked.status), (id, Status::Revoked));
}

#[wasm_bindgen_test]
async fn an_invitation_that_was_never_listed_can_not_be_revoked() {
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    assert!(invitations.revoke(&InvitationId("orginv_nowhere".to_owned())).await.is_err());
    assert_eq!(world.clerk.count("revoke"), 0);
}

#[wasm_bindgen_test]
async fn an_invitation_that_was_just_sent_can_be_revoked() {
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    let invited = invitations.invite(&email("new@x.de"), &member()).await.expect("an invitation");
    assert!(invitations.revoke(&invited.id).await.is_ok());
}

#[wasm_bindgen_test]
async fn several_addresses_go_out_in_one_call_and_only_what_comes_back_counts() {
    let world = World::signed_in();
    world.stage.hush();
    let (_, invitations) = service(&world).await;
    let emails = [email("a@x.de"), email("b@x.de")];
    let invited = invitations.invite_many(&emails, &member()).await.expect("invitations");
    assert_eq!(invited.len(), 2);
    assert_eq!(
        world.clerk.given("inviteMembers", 0),
        r#"[{"emailAddresses":["a@x.de","b@x.de"],"role":"org:member"}]"#
    );
    let half = json(r#"[{"id": "orginv_1", "emailAddress": "a@x.de", "status": "pending"}, {}]"#);
    world.clerk.instead("inviteMembers", "gives", &half);
    assert_eq!(invitations.invite_many(&emails, &member()).await.map(|invited| invited.len()), Ok(1));
    world.clerk.instead("inviteMembers", "gives", &json("{}"));
    assert!(matches!(invitations.invite_many(&emails, &member()).await, Err(Error::Unexpected(_))));
}

#[wasm_bindgen_test]
async fn a_call_goes_to_its_own_organization_whichever_is_active() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 1);
    world.clerk.fill("org_b", 2);
    let (client, invitations) = service(&world).await;
    let _subscription = client.subscribe(|| ()).expect("a subscription");
    world.clerk.switch_to("org_b");
    let (rows, total) = invitations.list(&[Status::Pending], 1, 10).await.expect("a page");
    assert_eq!((rows.first().map(|row| row.email.as_str()), total), (Some("p1@a.example"), 1));
}

#[wasm_bindgen_test]
async fn an_organization_that_was_called_while_it_was_active_can_be_called_later() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 1);
    let (_, invitations) = service(&world).await;
    assert!(invitations.list(&[Status::Pending], 1, 10).await.is_ok());
    world.clerk.switch_to("org_b");
    assert!(invitations.list(&[Status::Pending], 1, 10).await.is_ok());
}

#[wasm_bindgen_test]
async fn an_organization_that_was_never_active_is_not_asked() {
    let world = World::signed_in();
    let client = world.client().await;
    let elsewhere = client.invitations(&org("org_elsewhere"));
    assert_eq!(elsewhere.list(&[Status::Pending], 1, 10).await, Err(Error::Moved));
    assert_eq!(elsewhere.invite(&email("a@x.de"), &member()).await, Err(Error::Moved));
    assert_eq!(client.roles(&org("org_elsewhere")).await, Err(Error::Moved));
    assert_eq!(world.clerk.count("getInvitations") + world.clerk.count("inviteMember"), 0);
}

#[wasm_bindgen_test]
async fn an_answer_that_never_comes_is_given_up_after_three_quarters_of_a_minute() {
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    world.clerk.hold("getInvitations");
    world.stage.stop_clock();
    let (listed, time) = passing(&world.stage, invitations.list(&[Status::Pending], 1, 10)).await;
    assert_eq!((listed, time), (Err(Error::NoAnswer), 45_000.0));
    assert_eq!(world.stage.timers(), 0);
}

/// A page of rows, the first of which has `value` at `key`.
fn page_with(rows: &str, key: &str, value: &JsValue) -> JsValue {
    let page = json(&format!(r#"{{"total_count": 7, "data": [{rows}]}}"#));
    let first = js_sys::Reflect::get(&page, &"data".into())
        .and_then(|rows| js_sys::Reflect::get_u32(rows.unchecked_ref(), 0));
    js_sys::Reflect::set(&first.expect("a row"), &key.into(), value).expect("an object");
    page
}

/// Has lists be handed over together.
fn hand_over_together() {
    parse_rows_by(|text| parse_list(&copied(text)?));
}

/// Counts how often `key` of the first row of a page is read: a function that tells it.
fn counting(page: &JsValue, key: &str) -> js_sys::Function {
    let count = "const [row] = this.data, value = row[key];
        let reads = 0;
        Object.defineProperty(row, key, { get: () => ((reads += 1), value) });
        return () => reads;";
    let counting = js_sys::Function::new_with_args("key", count).call1(page, &key.into());
    counting.expect("a function").unchecked_into()
}

#[wasm_bindgen_test]
async fn rows_that_are_handed_over_together_are_read_as_each_by_itself() {
    const ROWS: &str = r#"
        {"id": "a", "emailAddress": "\u00c4da@x.de", "role": "org:member", "roleName": "Member", "status": "pending",
         "updatedAt": 1787486400123},
        {"id": "b", "emailAddress": "b@x.de", "role": 7, "roleName": "", "status": "a new word", "createdAt": null},
        {"id": 7, "emailAddress": "c@x.de", "status": "pending"},
        {"id": "d", "emailAddress": "d@x.de", "status": "expired", "createdAt": "yesterday", "updatedAt": {}},
        {"id": "e", "emailAddress": "e@x.de", "status": "expired"}"#;
    hand_over_together();
    let world = World::signed_in();
    world.stage.hush();
    let (_, invitations) = service(&world).await;
    let created = js_sys::Date::new(&1_787_486_400_000.0.into());
    let mut read = vec![];
    // One getter that throws, one half of a character: then rows can't be handed over together.
    for (path, fault) in [
        ("data.4.role", "missing"),
        ("data.4.role", "a getter that throws an error"),
        ("data.4.role", "half a character"),
    ] {
        let page = page_with(ROWS, "createdAt", &created);
        spoil(&page, path, fault);
        let reads = counting(&page, "emailAddress");
        world.clerk.instead("getInvitations", "gives", &page);
        let (mut rows, _) = invitations.list(&[], 1, 500).await.expect("a page");
        assert_eq!(rows.pop().map(|row| row.id.0), Some("e".to_owned()), "{fault}");
        read.push(rows);
        // What was handed over is not read again.
        let once = if fault == "missing" { 1.0 } else { 2.0 };
        assert_eq!(reads.call0(&JsValue::UNDEFINED), Ok(once.into()), "{fault}");
    }
    let ids: Vec<_> = read[0].iter().map(|row| row.id.0.as_str()).collect();
    assert_eq!(ids, ["a", "b", "d"]);
    assert_eq!(read[0][0].created.map(|time| time.0), Some(1_787_486_400_000.0));
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0], read[2]);
}

#[wasm_bindgen_test]
async fn members_that_are_handed_over_together_are_read_as_each_by_itself() {
    hand_over_together();
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    let page = json(
        r#"{"total_count": 4, "data": [
            {"publicUserData": {"identifier": "Ada@x.de", "firstName": "Ada", "lastName": null}},
            {"publicUserData": {"identifier": "+4912345", "firstName": "Bo"}},
            {"publicUserData": null}, {"publicUserData": {"identifier": "c@x.de", "firstName": "C", "lastName": "D"}}]}"#,
    );
    let reads = counting(&page, "publicUserData");
    world.clerk.instead("getMemberships", "gives", &page);
    let (members, total) = invitations.members(1, 500).await.expect("a page");
    let read: Vec<_> =
        members.iter().map(|member| (member.email_key.as_str(), member.name.as_str())).collect();
    assert_eq!((read, total), (vec![("ada@x.de", "Ada"), ("c@x.de", "C D")], 4));
    // Once for each of its three values, and not again.
    assert_eq!(reads.call0(&JsValue::UNDEFINED), Ok(3.into()));
}

#[wasm_bindgen_test]
async fn a_row_that_writes_itself_otherwise_is_read_as_what_it_is() {
    hand_over_together();
    let world = World::signed_in();
    let (_, invitations) = service(&world).await;
    let row = r#"{"id": "a", "emailAddress": "a@x.de", "status": "pending"}"#;
    let page = page_with(
        row,
        "toJSON",
        &js_sys::Function::new_no_args("return { id: 'other', emailAddress: 'b@x.de', status: 'pending' }"),
    );
    world.clerk.instead("getInvitations", "gives", &page);
    let (rows, _) = invitations.list(&[], 1, 500).await.expect("a page");
    let emails: Vec<_> = rows.iter().map(|row| (row.id.0.as_str(), row.email.as_str())).collect();
    assert_eq!(emails, [("a", "a@x.de")]);
}
