//! Many addresses at once: what is known of each before it is sent, sending them, and what is left when that ends, in
//! whatever way.

use crate::world::{
    World, asks_before_leaving, choose, choose_files, close, drop as drop_files, exists, file, focused,
    how_many, json, key, paste, press, press_named, record, recorded, settle, text, until, until_rung, value,
    write,
};
use clerk_invitations::browser::address_key;
use clerk_invitations::domain::Email;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const EMAIL: &str = "#invite-email";
const SEND: &str = "#invite-send";
const ENTRY: &str = "li.entry .entry-text";
const STATE: &str = "li.entry .entry-state";

/// The page of somebody who may manage `org_a`, where `p1@a.example` and `p2@a.example` are pending.
async fn ready() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    drawn(world).await
}

async fn drawn(world: World) -> World {
    world.draw();
    until("the form", || exists("#invite-role:not([disabled])") && exists("tr[data-invitation], .empty"))
        .await;
    world
}

/// Pastes a text, or types one address, and waits for that many entries and for what is known of them.
async fn pasted(addresses: &str, entries: u32) {
    if !paste(EMAIL, addresses) {
        key(EMAIL, "Enter");
    }
    until("the entries", || how_many("li.entry") == entries).await;
    looked_up().await;
}

async fn looked_up() {
    until("what is known", || !text(".batch").contains("Looking up") && exists(".entries[aria-busy=false]"))
        .await;
}

/// So many addresses, a line each: `n1@x.de` and so on.
fn numbered(count: u32) -> String {
    (1..=count).map(|number| format!("n{number}@x.de\n")).collect()
}

fn refusal(status: u16, errors: &str) -> JsValue {
    json(&format!(r#"{{"clerkError": true, "status": {status}, "errors": {errors}}}"#))
}

/// What is said of an address.
fn state_of(email: &str) -> String {
    let (texts, states) = (text(ENTRY), text(STATE));
    let at = texts.lines().position(|text| text == email).unwrap_or_else(|| panic!("no {email} in {texts}"));
    states.lines().nth(at).unwrap_or_default().to_owned()
}

/// How often an address was invited.
fn sent(world: &World, email: &str) -> u32 {
    world.clerk.invitations("org_a", email)
}

/// Starts to send so many addresses, whose answers are held back.
async fn sending(world: &World, count: u32) {
    pasted(&numbered(count), count).await;
    world.clerk.hold("inviteMembers");
    press(SEND);
    until("the calls", || world.clerk.count("inviteMembers") == count.div_ceil(10).min(3)).await;
}

fn sign_out(world: &World) {
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.clerk.emit();
}

#[wasm_bindgen_test]
async fn several_pasted_addresses_become_entries_and_go_out_in_one_call() {
    let world = ready().await;
    pasted("a@x.de, b@x.de; Carl <c@x.de>", 3).await;
    assert_eq!((text(ENTRY).as_str(), value(EMAIL).as_str()), ("a@x.de\nb@x.de\nc@x.de", ""));
    assert_eq!(text(STATE), "New\nNew\nNew");
    until("the button", || text(SEND).contains("Send 3 invitations")).await;
    press(SEND);
    until("the report", || text(".batch .notice").contains("3 sent")).await;
    assert_eq!(
        world.clerk.given("inviteMembers", 0),
        r#"[{"emailAddresses":["a@x.de","b@x.de","c@x.de"],"role":"org:member"}]"#
    );
    assert_eq!(world.clerk.writes(), ["inviteMembers"]);
    until("the rows", || how_many("tr.new") == 3).await;
    assert!(text(".status").contains("3 sent"));
    until("the button", || !exists("li.entry") && text(SEND).contains("Send invitation")).await;
    until("the focus", || focused() == "invite-email").await;
}

#[wasm_bindgen_test]
async fn a_single_word_is_pasted_where_the_cursor_is() {
    let _world = ready().await;
    write(EMAIL, "ada@");
    assert!(!paste(EMAIL, "x.de"));
    settle().await;
    assert_eq!((value(EMAIL).as_str(), how_many("li.entry")), ("ada@x.de", 0));
}

#[wasm_bindgen_test]
async fn what_was_typed_before_a_paste_is_not_glued_to_it_when_it_is_complete() {
    let _world = ready().await;
    write(EMAIL, "a@x.de");
    settle().await;
    pasted("b@x.de\nc@x.de", 3).await;
    assert_eq!(text(ENTRY), "a@x.de\nb@x.de\nc@x.de");
}

#[wasm_bindgen_test]
async fn presses_in_quick_succession_send_once_and_nothing_else_is_sent_meanwhile() {
    let world = ready().await;
    pasted("a@x.de b@x.de", 2).await;
    world.clerk.hold("inviteMembers");
    press(SEND);
    press(SEND);
    until("the progress", || text(".progress").contains("0 of 2 done")).await;
    assert!(exists("#invite-send[aria-disabled=true]"));
    // What comes in meanwhile waits for the next time.
    assert!(paste(EMAIL, "c@x.de, d@x.de"));
    until("the entries", || how_many("li.entry") == 4).await;
    for what in ["", "e@x.de"] {
        write(EMAIL, what);
        press(SEND);
        key(EMAIL, "Enter");
        crate::world::key_with(EMAIL, "Enter", &json(r#"{"ctrlKey": true}"#));
        settle().await;
    }
    assert_eq!(world.clerk.writes(), ["inviteMembers"]);
    world.clerk.let_go("inviteMembers");
    world.clerk.release("inviteMembers", 0);
    until("the report", || text(".batch .notice").contains("2 sent")).await;
    settle().await;
    assert_eq!(world.clerk.writes(), ["inviteMembers"]);
    assert_eq!(text(ENTRY).lines().take(2).collect::<Vec<_>>(), ["c@x.de", "d@x.de"]);
    assert!(text(ENTRY).contains("e@x.de") || value(EMAIL) == "e@x.de");
}

#[wasm_bindgen_test]
async fn each_address_has_its_verdict_before_it_is_sent() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 1);
    world.clerk.invited("org_a", "gone@x.de", "expired");
    world.clerk.members(
        "org_a",
        &json(
            r#"[{"identifier": "Ada@x.de", "firstName": "Ada", "lastName": "Lovelace"},
                {"identifier": "evil@x.de", "firstName": "<i id=evil>Eve</i>", "lastName": ""}]"#,
        ),
    );
    let world = drawn(world).await;
    pasted(
        "email,role\nnew@x.de,\nNEW@x.de,member\np1@a.example,\nada@x.de,\nevil@x.de,\nbob@gmial.com,\ngone@x.de,\n\
         eve@x.de,emperor\nnonsense,\nboss@x.de,The org:admin\n",
        10,
    )
    .await;
    until("what has ended", || state_of("gone@x.de").contains("expired")).await;
    for (email, said) in [
        ("new@x.de", "New"),
        ("NEW@x.de", "Stands here twice"),
        ("p1@a.example", "Pending since"),
        ("ada@x.de", "Already a member: Ada Lovelace"),
        ("evil@x.de", "Already a member: <i id=evil>Eve</i>"),
        ("bob@gmial.com", "Mistyped?"),
        ("gone@x.de", "Invited on"),
        ("eve@x.de", "No role is called “emperor”"),
        ("nonsense", "That can’t be an address: it has no @."),
        ("boss@x.de", "New"),
    ] {
        assert!(state_of(email).contains(said), "{email}: {}", state_of(email));
    }
    assert!(!exists("#evil"));
    let summary = text(".summary");
    assert!(summary.contains("3 new, 1 already pending, 2 members, 1 twice, 3 to look at"), "{summary}");
    until("the button", || text(SEND).contains("Send 3 invitations")).await;
    press(SEND);
    // A role that allows much is asked about first.
    until("the question", || exists("dialog[open]")).await;
    assert!(text("dialog[open]").contains("boss@x.de as The org:admin"), "{}", text("dialog[open]"));
    press_named("Go back");
    until("no question", || !exists("dialog h2") && !exists("dialog[open]")).await;
    assert!(world.clerk.writes().is_empty());
    press(SEND);
    until("the question", || exists("dialog[open]")).await;
    close("dialog[open]");
    until("no question", || !exists("dialog h2")).await;
    press(SEND);
    until("the question", || exists("dialog[open]")).await;
    press_named("Send");
    until("the report", || text(".batch .notice").contains("3 sent")).await;
    assert_eq!(world.clerk.writes(), ["inviteMembers", "inviteMember"]);
    for email in ["new@x.de", "boss@x.de"] {
        assert_eq!(sent(&world, email), 1, "{email}");
    }
    assert!(!text(ENTRY).contains("NEW@x.de"), "it is the same as the one that was sent");
    for email in ["ada@x.de", "evil@x.de", "bob@gmial.com", "eve@x.de", "nonsense"] {
        assert_eq!(sent(&world, email), 0, "{email}");
        assert!(text(ENTRY).contains(email), "{email} was lost");
    }
}

#[wasm_bindgen_test]
async fn when_nothing_can_be_sent_as_it_is_that_is_said() {
    let world = ready().await;
    pasted("p1@a.example, bob@gmial.com, nonsense", 3).await;
    press(SEND);
    until("the reason", || text("#invite-email-problem").contains("Nothing here can be sent as it is."))
        .await;
    until("the focus", || focused() == "invite-email").await;
    assert!(world.clerk.writes().is_empty());
}

#[wasm_bindgen_test]
async fn a_mistyped_domain_is_put_right_or_meant() {
    let world = ready().await;
    pasted("ada@gmial.com, bob@gmial.com", 2).await;
    until("the button", || text(SEND).contains("Send invitation")).await;
    press_named("Use gmail.com");
    until("the domain", || text(ENTRY) == "ada@gmail.com\nbob@gmial.com").await;
    until("the focus", || focused() == "entry-1").await;
    press_named("It is right");
    until("the verdicts", || text(STATE) == "New\nNew").await;
    until("the focus", || focused() == "entry-2").await;
    press(SEND);
    until("the report", || text(".batch .notice").contains("2 sent")).await;
    assert_eq!((sent(&world, "ada@gmail.com"), sent(&world, "bob@gmial.com")), (1, 1));
}

#[wasm_bindgen_test]
async fn the_domain_that_most_members_have_is_the_one_that_was_meant() {
    let world = World::signed_in();
    let members: Vec<_> =
        (0..3).map(|number| format!(r#"{{"identifier": "m{number}@analytical.example"}}"#)).collect();
    world.clerk.members("org_a", &json(&format!("[{}]", members.join(","))));
    let _world = drawn(world).await;
    pasted("ada@anlaytical.example, bob@x.de", 2).await;
    until("the verdict", || text(STATE) == "Mistyped?\nNew").await;
    assert!(text("li.entry").contains("Use analytical.example"));
}

#[wasm_bindgen_test]
async fn an_entry_is_edited_with_the_keyboard() {
    let world = ready().await;
    pasted("a@x, b@x.de", 2).await;
    let edit = async |written: &str, key_name: &str| {
        press("#entry-1");
        until("the editor", || focused() == "entry-editor").await;
        write("#entry-editor", written);
        settle().await;
        key("#entry-editor", key_name);
        until("the chip", || !exists("#entry-editor") && focused() == "entry-1").await;
    };
    edit("other@x.de", "Escape").await;
    assert_eq!(text(ENTRY), "a@x\nb@x.de");
    edit("a@x.de", "Enter").await;
    assert_eq!((text(ENTRY).as_str(), text(STATE).as_str()), ("a@x.de\nb@x.de", "New\nNew"));

    press("#entry-1");
    until("the editor", || focused() == "entry-editor").await;
    choose(".editor select", "The org:admin");
    press_named("Done");
    until("the role", || text("li.entry .badge") == "The org:admin").await;
    press("#entry-1");
    until("the editor", || exists("#entry-editor")).await;
    choose(".editor select", "As for all");
    key(".editor select", "Enter");
    until("no role of its own", || !exists("li.entry .badge") && !exists("#entry-editor")).await;
    assert!(world.clerk.writes().is_empty());
}

#[wasm_bindgen_test]
async fn an_entry_that_is_edited_into_several_becomes_several_and_into_nothing_goes() {
    let _world = ready().await;
    pasted("a@x.de, b@x.de", 2).await;
    press("#entry-1");
    until("the editor", || exists("#entry-editor")).await;
    write("#entry-editor", "a@x.de, c@x.de");
    settle().await;
    key("#entry-editor", "Enter");
    until("three", || text(ENTRY) == "a@x.de\nb@x.de\nc@x.de").await;
    press("#entry-2");
    until("the editor", || exists("#entry-editor")).await;
    write("#entry-editor", " ");
    settle().await;
    key("#entry-editor", "Enter");
    until("two", || text(ENTRY) == "a@x.de\nc@x.de").await;
}

#[wasm_bindgen_test]
async fn removing_moves_the_keyboard_on_to_the_next() {
    let world = ready().await;
    pasted("a@x.de, b@x.de, c@x.de", 3).await;
    press_named("Remove b@x.de");
    until("the next", || focused() == "entry-3").await;
    press_named("Remove c@x.de");
    until("the box, behind the last", || focused() == "invite-email").await;
    assert_eq!(text(ENTRY), "a@x.de");
    press(SEND);
    until("the outcome", || text(".status").contains("Invitation sent to a@x.de.")).await;
    assert_eq!(world.clerk.writes(), ["inviteMember"], "one goes out alone");
}

#[wasm_bindgen_test]
async fn many_entries_stand_in_rows_of_which_a_page_is_drawn() {
    let world = ready().await;
    assert!(paste(EMAIL, &(numbered(60) + "nonsense\n")));
    until("a page of rows", || how_many("ul.entries.rows li") == 50).await;
    until("the count", || text(SEND).contains("Send 60 invitations")).await;
    press_named("Next page");
    until("the rest", || how_many("ul.entries.rows li") == 11).await;
    press_named("Show only what needs a look");
    until("the one", || text(ENTRY) == "nonsense").await;
    press_named("Show all");
    until("all", || how_many("ul.entries.rows li") > 1).await;
    press_named("Remove all");
    until("none", || !exists("ul.entries") && focused() == "invite-email").await;
    assert!(world.clerk.writes().is_empty());
}

#[wasm_bindgen_test]
async fn to_resend_is_to_revoke_and_then_to_invite() {
    let world = ready().await;
    pasted("p1@a.example", 1).await;
    assert!(text(STATE).contains("Pending since"));
    press_named("Resend");
    until("the plan", || text(STATE).contains("is revoked, then a new one sent")).await;
    press_named("Leave it");
    until("no plan", || text(STATE).contains("Pending since")).await;
    press_named("Resend");
    until("the plan", || text(STATE).contains("is revoked, then a new one sent")).await;
    press(SEND);
    until("the outcome", || text(".status").contains("p1@a.example was invited anew")).await;
    assert_eq!(world.clerk.writes(), ["revoke", "inviteMember"]);
    until("the list", || text("tr.new").contains("p1@a.example") && how_many("tr[data-invitation]") == 2)
        .await;
}

#[wasm_bindgen_test]
async fn what_can_not_be_revoked_is_not_sent_again() {
    let world = ready().await;
    pasted("p1@a.example", 1).await;
    press_named("Resend");
    until("the plan", || text(STATE).contains("is revoked, then a new one sent")).await;
    world.clerk.instead(
        "revoke",
        "rejects",
        &refusal(403, r#"[{"code": "a_code", "message": "Not today."}]"#),
    );
    press(SEND);
    until("the outcome", || text(STATE).contains("Not revoked: the invitation stands as before. Not today."))
        .await;
    assert_eq!(world.clerk.writes(), ["revoke"]);
}

#[wasm_bindgen_test]
async fn a_refusal_that_names_an_address_keeps_only_that_one() {
    let world = ready().await;
    pasted("a@x.de, b@x.de, c@x.de", 3).await;
    let named = refusal(
        422,
        r#"[{"code": "already_a_member_in_organization", "meta": {"emailAddresses": ["B@x.de"]}}]"#,
    );
    world.clerk.instead("inviteMembers", "rejects", &named);
    press(SEND);
    until("the report", || text(".batch .notice").contains("2 sent, 1 not sent")).await;
    assert_eq!((text(ENTRY).as_str(), text(STATE).as_str()), ("b@x.de", "This person is already a member."));
    assert!(world.clerk.given("inviteMembers", 1).contains(r#"["a@x.de","c@x.de"]"#));
    assert_eq!(world.clerk.writes(), ["inviteMembers", "inviteMembers"]);
    press_named("Try the failed again");
    until("the outcome", || text(".status").contains("Invitation sent to b@x.de.")).await;
    assert_eq!(world.clerk.writes(), ["inviteMembers", "inviteMembers", "inviteMember"]);
}

#[wasm_bindgen_test]
async fn a_refusal_that_names_nobody_is_split_until_it_is_known_whom_it_is_about() {
    let world = ready().await;
    pasted(&numbered(7), 7).await;
    world.clerk.forbid("n3@x.de", &refusal(403, r#"[{"code": "not_allowed_access"}]"#));
    press(SEND);
    until("the report", || text(".batch .notice").contains("6 sent, 1 not sent")).await;
    assert_eq!(text(ENTRY), "n3@x.de");
    assert!(text(STATE).contains("does not allow this address"));
    for number in [1, 2, 4, 5, 6, 7] {
        assert_eq!(sent(&world, &format!("n{number}@x.de")), 1, "n{number}@x.de");
    }
    assert_eq!(sent(&world, "n3@x.de"), 0);
}

#[wasm_bindgen_test]
async fn an_answer_of_many_that_is_lost_is_looked_up_and_not_sent_twice() {
    let world = ready().await;
    pasted("a@x.de, b@x.de, c@x.de", 3).await;
    world.clerk.instead("inviteMembers", "loses", &js_sys::TypeError::new("Failed to fetch"));
    press(SEND);
    until("the report", || text(".batch .notice").contains("3 sent")).await;
    assert_eq!(world.clerk.writes(), ["inviteMembers"]);
    assert!(!exists("li.entry"));
}

#[wasm_bindgen_test]
async fn an_answer_that_lacks_some_is_believed_for_the_others_and_the_list_knows_the_rest() {
    let world = ready().await;
    world.stage.stop_clock();
    pasted("a@x.de, b@x.de", 2).await;
    let half = json(r#"[{"id": "orginv_half", "emailAddress": "a@x.de", "status": "pending"}]"#);
    world.clerk.instead("inviteMembers", "gives", &half);
    press(SEND);
    until_rung(&world.stage, "the report", || text(".batch .notice").contains("2 sent")).await;
    assert_eq!(world.clerk.writes(), ["inviteMembers", "inviteMember"]);
    assert!(world.clerk.given("inviteMember", 0).contains("b@x.de"));
}

#[wasm_bindgen_test]
async fn too_many_requests_are_waited_out() {
    let world = ready().await;
    pasted("a@x.de, b@x.de", 2).await;
    world.stage.stop_clock();
    let busy = json(r#"{"clerkError": true, "status": 429, "errors": [], "retryAfter": 3}"#);
    world.clerk.instead("inviteMembers", "rejects", &busy);
    press(SEND);
    for (left, unit) in [(3, "seconds"), (2, "seconds"), (1, "second")] {
        let says = format!("It goes on in {left} {unit}.");
        until(&says, || text(".progress [role=timer]").contains(&says)).await;
        settle().await;
        assert_eq!(world.clerk.count("inviteMembers"), 1);
        assert_eq!(world.stage.ring(), f64::from(4 - left) * 1000.0);
    }
    until("the report", || text(".batch .notice").contains("2 sent")).await;
    assert_eq!((world.clerk.count("inviteMembers"), world.stage.timers()), (2, 0));
}

#[wasm_bindgen_test]
async fn whoever_is_offline_is_told_and_nothing_is_given_up() {
    let world = ready().await;
    pasted("a@x.de, b@x.de", 2).await;
    world.stage.stop_clock();
    world.stage.offline();
    world.clerk.instead("inviteMembers", "rejects", &js_sys::TypeError::new("Failed to fetch"));
    press(SEND);
    until("the wait", || text(".progress").contains("You are offline.")).await;
    for _ in 0..20 {
        assert!(world.stage.ring() > 0.0);
        settle().await;
    }
    assert_eq!(world.clerk.count("inviteMembers"), 1, "it is tried again before the connection is back");
    world.stage.online();
    until_rung(&world.stage, "the report", || text(".batch .notice").contains("2 sent")).await;
    assert_eq!(world.clerk.count("inviteMembers"), 2);
}

#[wasm_bindgen_test]
async fn stop_keeps_what_was_not_sent() {
    let world = ready().await;
    sending(&world, 35).await;
    press_named("Stop");
    until("the stop", || text(".progress").contains("Stopping…")).await;
    for nth in 0..3 {
        world.clerk.release("inviteMembers", nth);
    }
    until("the report", || text(".batch .notice").contains("30 sent, 5 not sent")).await;
    assert!(text(".batch .notice").contains("Stopped."));
    assert_eq!(world.clerk.count("inviteMembers"), 3);
    assert_eq!(text(ENTRY), "n31@x.de\nn32@x.de\nn33@x.de\nn34@x.de\nn35@x.de");
    assert_eq!(text(STATE).lines().filter(|state| *state == "Not sent yet").count(), 5);
    world.clerk.let_go("inviteMembers");
    until("the button", || text(SEND).contains("Send 5 invitations")).await;
    press(SEND);
    until("the report", || text(".batch .notice").contains("5 sent")).await;
    for number in 1..=35 {
        assert_eq!(sent(&world, &format!("n{number}@x.de")), 1);
    }
}

#[wasm_bindgen_test]
async fn another_organization_half_way_ends_it_and_the_rest_is_there_when_one_comes_back() {
    let world = ready().await;
    world.clerk.fill("org_b", 1);
    sending(&world, 35).await;
    world.clerk.switch_to("org_b");
    until("the other one", || text("header h1").contains("org_b") && exists("tr[data-invitation]")).await;
    assert!(!exists("li.entry") && !exists(".progress"), "what is org_a's stands under org_b");
    for nth in 0..3 {
        world.clerk.release("inviteMembers", nth);
    }
    let says = "Another organization has become active";
    until("the reason", || text(".status").contains(says)).await;
    assert!(text(".status").contains("30 sent, 5 not sent"), "{}", text(".status"));
    assert_eq!((world.clerk.count("inviteMembers"), recorded()), (3, None));
    assert_eq!(world.clerk.invitations("org_b", "n1@x.de"), 0);
    world.clerk.let_go("inviteMembers");
    world.clerk.switch_to("org_a");
    until("the rest", || how_many("li.entry") == 5 && exists("#invite-role:not([disabled])")).await;
    settle().await;
    assert_eq!(world.clerk.count("inviteMembers"), 3, "nothing goes out by itself");
    press(SEND);
    until("the report", || text(".batch .notice").contains("5 sent")).await;
    for number in 1..=35 {
        assert_eq!(sent(&world, &format!("n{number}@x.de")), 1);
    }
}

#[wasm_bindgen_test]
async fn what_is_sent_from_one_organization_does_not_forget_what_was_being_sent_from_another() {
    let world = ready().await;
    sending(&world, 2).await;
    world.clerk.switch_to("org_b");
    until("the other one", || text("header h1").contains("org_b") && exists("#invite-role:not([disabled])"))
        .await;
    assert!(paste(EMAIL, "b1@x.de b2@x.de"));
    until("the entries", || how_many("li.entry") == 2).await;
    press(SEND);
    until("the question", || exists("dialog[open]")).await;
    press_named("Send");
    until("the second call", || world.clerk.count("inviteMembers") == 2).await;
    let both = "user_1 org_a\nn1@x.de\torg:member\t\nn2@x.de\torg:member\t\n\
        user_1 org_b\nb1@x.de\torg:member\t\nb2@x.de\torg:member\t\n";
    assert_eq!(recorded().as_deref(), Some(both), "each organization has a journal of its own");
    world.clerk.release("inviteMembers", 0);
    until("the first outcome", || text(".status").contains("2 sent")).await;
    assert!(recorded().is_some_and(|kept| kept.starts_with("user_1 org_b\n")), "org_b's is still on its way");
    world.clerk.release("inviteMembers", 1);
    until("the report", || text(".batch .notice").contains("2 sent")).await;
    assert_eq!(recorded(), None);
}

#[wasm_bindgen_test]
async fn whoever_signs_out_leaves_no_record_and_the_next_one_sees_nothing() {
    let world = ready().await;
    sending(&world, 12).await;
    assert!(recorded().is_some_and(|kept| kept.starts_with("user_1 org_a\nn1@x.de\torg:member\t\nn2@x.de")));
    sign_out(&world);
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    until("no record", || recorded().is_none()).await;
    for nth in 0..2 {
        world.clerk.release("inviteMembers", nth);
    }
    until("the outcome", || text(".status").contains("12 sent")).await;
    world.clerk.sign_in();
    world.clerk.put("user.id", &"user_2".into());
    world.clerk.emit();
    until("somebody else's page", || exists("#invite-role:not([disabled])")).await;
    settle().await;
    assert!(!exists("li.entry") && !exists(".batch .notice"));
}

#[wasm_bindgen_test]
async fn what_lies_in_the_box_of_one_person_is_not_shown_to_another() {
    let world = ready().await;
    pasted("secret@x.de, b@x.de", 2).await;
    world.clerk.put("user.id", &"user_2".into());
    world.clerk.emit();
    until("an empty box", || !exists("li.entry") && exists("#invite-role:not([disabled])")).await;
    settle().await;
    assert!(
        !text("#app").contains("secret@x.de") && text(SEND).contains("Send invitation"),
        "{}",
        text(SEND)
    );
    world.clerk.put("user.id", &"user_1".into());
    world.clerk.emit();
    until("it is still there", || text(ENTRY) == "secret@x.de\nb@x.de").await;
}

#[wasm_bindgen_test]
async fn a_start_that_finds_nobody_keeps_the_record_for_the_same_person() {
    let world = World::signed_in();
    world.clerk.invited("org_a", "a@x.de", "pending");
    record("user_1 org_a\na@x.de\torg:member\nb@x.de\torg:admin");
    sign_out(&world);
    world.draw();
    until("the sign-in", || text(".cl-component") == "SignIn").await;
    settle().await;
    assert!(recorded().is_some());
    world.clerk.sign_in();
    world.clerk.emit();
    until("what is left", || text(".batch .notice").contains("1 had gone out")).await;
    assert_eq!((text(ENTRY).as_str(), text("li.entry .badge").as_str()), ("b@x.de", "The org:admin"));
    until("the second look", || recorded().is_none()).await;
    assert_eq!(text(STATE), "New");
}

#[wasm_bindgen_test]
async fn a_record_of_somebody_else_or_of_another_organization_is_not_taken_up() {
    for whose in ["user_2 org_a", "user_1 org_b", "", "user_1 org_a "] {
        let world = World::signed_in();
        record(&format!("{whose}\na@x.de\torg:member"));
        let _world = drawn(world).await;
        settle().await;
        assert!(!exists("li.entry") && !exists("#invite-send[aria-disabled]"), "{whose}");
    }
}

#[wasm_bindgen_test]
async fn a_page_that_is_loaded_anew_half_way_finds_what_went_out_and_keeps_the_rest() {
    let world = ready().await;
    // So that the call of the page that is gone is not given up in the middle of another test.
    world.stage.stop_clock();
    sending(&world, 3).await;
    world.take_away();
    world.clerk.invited("org_a", "n2@x.de", "pending");
    world.clerk.hold("getInvitations");
    let asked = world.clerk.count("getInvitations");
    world.draw();
    until("what is not known yet", || text(STATE).contains("Looking up whether it went out…")).await;
    until("the lists are asked", || world.clerk.count("getInvitations") >= asked + 2).await;
    assert!(exists("#invite-send[aria-disabled=true]"));
    press(SEND);
    settle().await;
    world.clerk.let_go("getInvitations");
    for nth in asked..world.clerk.count("getInvitations") {
        world.clerk.release("getInvitations", nth);
    }
    until("what is found", || text(".batch .notice").contains("1 had gone out")).await;
    // The browser may carry a call out a moment after the reload that cut it off.
    assert!(text(STATE).contains("Looking up whether it went out…"), "{}", text(STATE));
    until_rung(&world.stage, "the rest", || text(ENTRY) == "n1@x.de\nn3@x.de" && text(STATE) == "New\nNew")
        .await;
    assert_eq!(
        (world.clerk.writes(), recorded()),
        (vec!["inviteMembers".to_owned()], None),
        "it sent by itself"
    );
    press(SEND);
    until("the second call", || world.clerk.count("inviteMembers") == 2).await;
    assert!(world.clerk.given("inviteMembers", 1).contains(r#"["n1@x.de","n3@x.de"]"#));
    world.clerk.release("inviteMembers", 1);
    until("the report", || text(".batch .notice").contains("2 sent")).await;
    // What the browser does with a page that is gone.
    world.clerk.refuse("inviteMembers", 0, &refusal(403, r#"[{"code": "action_blocked"}]"#));
    until("its end", || !asks_before_leaving()).await;
}

#[wasm_bindgen_test]
async fn what_is_edited_or_typed_before_it_is_known_what_went_out_hides_nothing() {
    let world = World::signed_in();
    world.clerk.invited("org_a", "b@x.de", "pending");
    record("user_1 org_a\na@x.de\torg:member\nb@x.de\torg:member");
    world.clerk.hold("getInvitations");
    world.draw();
    until("what is not known yet", || how_many("li.entry") == 2 && exists("#invite-role:not([disabled])"))
        .await;
    press("#entry-1");
    until("the editor", || exists("#entry-editor")).await;
    write("#entry-editor", "other@x.de");
    settle().await;
    key("#entry-editor", "Enter");
    until("another text", || text(ENTRY) == "other@x.de\nb@x.de").await;
    assert!(exists("#invite-send[aria-disabled=true]"));
    until("the lists are asked", || world.clerk.count("getInvitations") == 2).await;
    world.clerk.let_go("getInvitations");
    for nth in 0..2 {
        world.clerk.release("getInvitations", nth);
    }
    until("what is found", || text(".batch .notice").contains("1 had gone out")).await;
    assert_eq!((text(ENTRY).as_str(), recorded()), ("other@x.de", None));
}

#[wasm_bindgen_test]
async fn what_is_sent_before_the_code_for_it_has_arrived_does_not_take_the_place_of_what_is_kept() {
    let world = World::signed_in();
    world.clerk.invited("org_a", "a@x.de", "pending");
    record("user_1 org_a\na@x.de\torg:member\nb@x.de\torg:member");
    world.stage.hold_later();
    let world = drawn(world).await;
    until("the code is asked for", || world.stage.is_later_asked()).await;
    write(EMAIL, "new@x.de");
    settle().await;
    press(SEND);
    settle().await;
    world.stage.later_ends(true);
    until("what is found", || text(".batch .notice").contains("1 had gone out")).await;
    assert_eq!((text(ENTRY).as_str(), world.clerk.writes().len()), ("b@x.de", 0));
    assert_eq!(value(EMAIL), "new@x.de");
}

#[wasm_bindgen_test]
async fn code_that_does_not_arrive_is_said_and_what_was_done_meanwhile_is_attended_to_when_it_does() {
    let world = World::signed_in();
    world.stage.hold_later();
    let world = drawn(world).await;
    write(EMAIL, "a@x.de");
    until("the code is asked for", || world.stage.is_later_asked()).await;
    world.stage.later_ends(false);
    until("the failure", || {
        text(".panel [role=alert]").contains("could not be fetched. What you typed is kept.")
    })
    .await;
    assert_eq!(value(EMAIL), "a@x.de");
    press(SEND);
    until("it is asked for again", || world.stage.is_later_asked()).await;
    press(SEND);
    settle().await;
    assert!(world.clerk.writes().is_empty());
    world.stage.later_ends(true);
    until("the outcome", || text(".status").contains("Invitation sent to a@x.de.")).await;
    settle().await;
    assert_eq!((world.clerk.writes().len(), sent(&world, "a@x.de")), (1, 1));
}

#[wasm_bindgen_test]
async fn whoever_leaves_is_asked_first_only_while_it_is_sending() {
    let world = ready().await;
    pasted("a@x.de, b@x.de", 2).await;
    assert!(!asks_before_leaving());
    world.clerk.hold("inviteMembers");
    press(SEND);
    until("the call", || world.clerk.count("inviteMembers") == 1).await;
    assert!(asks_before_leaving());
    world.clerk.release("inviteMembers", 0);
    until("the report", || text(".batch .notice").contains("2 sent")).await;
    assert!(!asks_before_leaving());
}

#[wasm_bindgen_test]
async fn what_looks_like_html_is_text() {
    let world = ready().await;
    pasted("<img src=x id=evil onerror=alert(1)>; a@x.de; \"<b id=evil>B</b>\" <b@x.de>", 3).await;
    assert!(text(ENTRY).contains("onerror=alert"), "{}", text(ENTRY));
    assert!(!exists("#evil") && !exists("#app img"));
    world.clerk.instead(
        "inviteMembers",
        "rejects",
        &refusal(
            422,
            r#"[{"code": "c", "message": "<u id=evil>a@x.de</u>", "meta": {"emailAddresses": ["a@x.de"]}}]"#,
        ),
    );
    press(SEND);
    until("the report", || text(".batch .notice").contains("1 sent, 1 not sent")).await;
    assert_eq!(state_of("a@x.de"), "<u id=evil>a@x.de</u>");
    assert!(!exists("#evil"));
}

#[wasm_bindgen_test]
async fn a_domain_in_its_own_script_and_the_same_as_dns_has_it_are_one() {
    let key = "jörg@bücher.example";
    for written in [
        "jörg@BÜCHER.example",
        "JÖRG@bücher.example",
        "jörg@xn--bcher-kva.example",
        "Jörg@XN--BCHER-KVA.EXAMPLE",
    ] {
        assert_eq!(address_key(written), key, "{written}");
    }
    assert_eq!(address_key("Ada@X.de"), "ada@x.de");
    for odd in ["ä", "ä@", "@ä", "ä@ä b.de", "a@ä/x.de", "a@ä:99999.de"] {
        let _ = address_key(odd);
    }
    // What only looks like a domain to whom reads addresses of pages is none, before or after.
    for odd in ["a@ä/x.de", "a@ä?x.de", "a@ä:1.de", "a@b@ä.de"] {
        assert!(Email::check(odd).is_err(), "{odd}");
    }
    let wide = |domain| address_key(&format!("a@{domain}"));
    assert_ne!(wide("ä\u{ff0f}x.de"), wide("ä\u{ff0f}y.de"));
    let _world = ready().await;
    pasted("jörg@BÜCHER.example, jörg@xn--bcher-kva.example", 2).await;
    assert_eq!(text(STATE), "New\nStands here twice");
}

fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[wasm_bindgen_test]
async fn files_are_read_in_whatever_encoding_they_were_written() {
    let _world = ready().await;
    let windows_1252 = b"email,name\r\nfour@x.de,J\xf6rg \x80\r\n".to_vec();
    let files = vec![
        file("one.csv", &utf_16("\u{feff}email\tname\none@x.de\tJörg\n", u16::to_le_bytes)),
        file("two.csv", &utf_16("\u{feff}two@x.de\n", u16::to_be_bytes)),
        file("three.csv", "\u{feff}email,name\nthree@x.de,Jörg 日本\n".as_bytes()),
        file("four.csv", &windows_1252),
        file("five.csv", &utf_16("five@x.de\n", u16::to_le_bytes)),
        file("six.txt", "jörg@x.de".as_bytes()),
        file("empty.txt", b""),
    ];
    assert!(drop_files("section.panel", files));
    until("the entries", || how_many("li.entry") == 6).await;
    assert_eq!(text(ENTRY), "one@x.de\ntwo@x.de\nthree@x.de\nfour@x.de\nfive@x.de\njörg@x.de");
    for name in ["Jörg", "Jörg 日本", "Jörg €"] {
        assert!(exists(&format!(".entry-text[title='{name}']")), "{name}");
    }
    assert!(!text(".batch").contains("could not be read"));
}

#[wasm_bindgen_test]
async fn a_file_that_can_not_be_read_is_named_and_the_others_are_read() {
    let _world = ready().await;
    let large = vec![b'a'; 20_000_001];
    choose_files("input[type=file]", vec![file("large.bin", &large), file("list.txt", b"a@x.de")]);
    until("what is wrong", || text(".batch .notice").contains("large.bin is larger than 20 MB.")).await;
    assert_eq!((text(ENTRY).as_str(), value("input[type=file]").as_str()), ("a@x.de", ""));
}

#[wasm_bindgen_test]
async fn no_more_is_sent_than_there_are_seats() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    world.clerk.put("organization.maxAllowedMemberships", &7.into());
    let world = drawn(world).await;
    pasted("a@x.de, b@x.de, c@x.de", 3).await;
    assert_eq!(text(STATE), "New\nNew\nNo seat left");
    assert!(text(".summary").contains("2 of 7 seats left, this needs 3."), "{}", text(".summary"));
    press(SEND);
    until("the report", || text(".batch .notice").contains("2 sent")).await;
    assert_eq!((text(ENTRY).as_str(), sent(&world, "c@x.de")), ("c@x.de", 0));
}

#[wasm_bindgen_test]
async fn a_lookup_that_fails_is_said_and_tried_again_and_hinders_nobody() {
    let world = ready().await;
    for _ in 0..2 {
        world.clerk.instead("getMemberships", "rejects", &refusal(503, "[]"));
    }
    assert!(paste(EMAIL, "a@x.de, ada@x.de"));
    until("the failure", || text(".summary").contains("could not be looked up to the end.")).await;
    until("the button", || text(SEND).contains("Send 2 invitations")).await;
    world
        .clerk
        .members("org_a", &json(r#"[{"identifier": "ada@x.de", "firstName": "Ada", "lastName": ""}]"#));
    press(".summary button");
    until("the second try", || world.clerk.count("getMemberships") == 2).await;
    until("the failure", || text(".summary").contains("could not be looked up to the end.")).await;
    press(".summary button");
    until("the verdict", || text(STATE) == "New\nAlready a member: Ada").await;
}

#[wasm_bindgen_test]
async fn a_lookup_of_an_organization_that_one_has_left_is_dropped() {
    let world = ready().await;
    world.clerk.members("org_b", &json(r#"[{"identifier": "a@x.de", "firstName": "In B", "lastName": ""}]"#));
    world.clerk.members("org_a", &json(r#"[{"identifier": "a@x.de", "firstName": "In A", "lastName": ""}]"#));
    world.clerk.hold("getMemberships");
    assert!(paste(EMAIL, "a@x.de, b@x.de"));
    until("the question", || world.clerk.count("getMemberships") == 1).await;
    world.clerk.switch_to("org_b");
    until("the other one", || text("header h1").contains("org_b") && exists("#invite-role:not([disabled])"))
        .await;
    assert!(paste(EMAIL, "a@x.de, b@x.de"));
    until("the question", || world.clerk.count("getMemberships") == 2).await;
    world.clerk.release("getMemberships", 1);
    until("the verdict", || text(STATE) == "Already a member: In B\nNew").await;
    world.clerk.release("getMemberships", 0);
    settle().await;
    assert_eq!(text(STATE), "Already a member: In B\nNew");
}
