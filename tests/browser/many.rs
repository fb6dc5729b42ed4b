//! Many addresses at once: what is known of each before it is sent, sending them, and what is left when that ends, in
//! whatever way.

use crate::world::{
    BELOW, EDITOR_ROLE, ENTRY, ENTRY_ROLE, ENTRY_STATE, ENTRY_TEXT, FORM, NEW_ROW, PROGRESS, SPOKEN, SUMMARY,
    TOAST, World, asks_before_leaving, choose, choose_files, drop as drop_files, exists, file, focused,
    how_many, json, key, paste, press, press_named, record, recorded, settle, text, until, until_rung, value,
    write,
};
use clerk_invitations::browser::address_key;
use clerk_invitations::domain::Email;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const EMAIL: &str = "#invite-email";
const SEND: &str = "#invite-send";

/// The page of somebody who may manage `org_a`, where `p1@a.example` and `p2@a.example` are pending.
async fn ready() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    drawn(world).await
}

async fn drawn(world: World) -> World {
    world.draw();
    until("the form", || {
        exists("#invite-role:not([disabled])")
            && exists("tbody tr:has(th), section:has(#list-heading) > div > svg + p")
    })
    .await;
    world
}

/// Pastes a text, or types one address, and waits for that many entries and for what is known of them.
async fn pasted(addresses: &str, entries: u32) {
    if !paste(EMAIL, addresses) {
        key(EMAIL, "Enter");
    }
    until("the entries", || how_many(ENTRY) == entries).await;
    looked_up().await;
}

async fn looked_up() {
    until("what is known", || !text(BELOW).contains("Checking for") && exists("ul[aria-busy=false]")).await;
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
    let (texts, states) = (text(ENTRY_TEXT), text(ENTRY_STATE));
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
    assert_eq!((text(ENTRY_TEXT).as_str(), value(EMAIL).as_str()), ("a@x.de\nb@x.de\nc@x.de", ""));
    assert_eq!(text(ENTRY_STATE), "\n\n");
    until("the button", || text(SEND).contains("Send 3 invitations")).await;
    press(SEND);
    until("the report", || text(BELOW).contains("3 sent")).await;
    assert_eq!(
        world.clerk.given("inviteMembers", 0),
        r#"[{"emailAddresses":["a@x.de","b@x.de","c@x.de"],"role":"org:member"}]"#
    );
    assert_eq!(world.clerk.writes(), ["inviteMembers"]);
    until("the rows", || how_many(NEW_ROW) == 3).await;
    // The report stands in the form: no toast says the same.
    until("the outcome", || text(SPOKEN).contains("3 sent")).await;
    assert_eq!(text(TOAST), "");
    until("the button", || !exists(ENTRY) && text(SEND).contains("Send invitation")).await;
    until("the focus", || focused() == "invite-email").await;
}

#[wasm_bindgen_test]
async fn a_single_word_is_pasted_where_the_cursor_is() {
    let _world = ready().await;
    write(EMAIL, "ada@");
    assert!(!paste(EMAIL, "x.de"));
    settle().await;
    assert_eq!((value(EMAIL).as_str(), how_many(ENTRY)), ("ada@x.de", 0));
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
    assert_eq!(text(ENTRY_TEXT), "a@x\nb@x.de");
    edit("a@x.de", "Enter").await;
    assert_eq!((text(ENTRY_TEXT).as_str(), text(ENTRY_STATE).as_str()), ("a@x.de\nb@x.de", "\n"));

    press("#entry-1");
    until("the editor", || focused() == "entry-editor").await;
    choose(EDITOR_ROLE, "The org:admin");
    press_named("Done");
    until("the role", || text(ENTRY_ROLE) == "The org:admin").await;
    press("#entry-1");
    until("the editor", || exists("#entry-editor")).await;
    choose(EDITOR_ROLE, "The role for everyone");
    key(EDITOR_ROLE, "Enter");
    until("no role of its own", || !exists(ENTRY_ROLE) && !exists("#entry-editor")).await;
    assert!(world.clerk.writes().is_empty());
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
        let says = format!("sending resumes in {left} {unit}");
        until(&says, || text("[role=timer]").contains(&says)).await;
        settle().await;
        assert_eq!(world.clerk.count("inviteMembers"), 1);
        // What is read out has its own times.
        let due = f64::from(4 - left) * 1000.0;
        while (0.0..due).contains(&world.stage.ring()) {}
        if left == 3 {
            until("the pause", || text(SPOKEN) == "Paused: sending resumes in 3 seconds").await;
        }
    }
    until("the report", || text(BELOW).contains("2 sent")).await;
    assert_eq!(world.clerk.count("inviteMembers"), 2);
}

#[wasm_bindgen_test]
async fn whoever_is_offline_is_told_and_nothing_is_given_up() {
    let world = ready().await;
    pasted("a@x.de, b@x.de", 2).await;
    world.stage.stop_clock();
    world.stage.offline();
    world.clerk.instead("inviteMembers", "rejects", &js_sys::TypeError::new("Failed to fetch"));
    press(SEND);
    until("the wait", || text(PROGRESS).contains("You’re offline.")).await;
    for _ in 0..20 {
        assert!(world.stage.ring() > 0.0);
        settle().await;
    }
    assert_eq!(world.clerk.count("inviteMembers"), 1, "it is tried again before the connection is back");
    world.stage.online();
    until_rung(&world.stage, "the report", || text(BELOW).contains("2 sent")).await;
    assert_eq!(world.clerk.count("inviteMembers"), 2);
}

#[wasm_bindgen_test]
async fn stop_keeps_what_was_not_sent() {
    let world = ready().await;
    sending(&world, 35).await;
    press_named("Stop");
    until("the stop", || text(PROGRESS).contains("Stopping…")).await;
    for nth in 0..3 {
        world.clerk.release("inviteMembers", nth);
    }
    until("the report", || text(BELOW).contains("30 sent, 5 not sent")).await;
    assert!(text(BELOW).contains("Stopped."));
    assert_eq!(world.clerk.count("inviteMembers"), 3);
    assert_eq!(text(ENTRY_TEXT), "n31@x.de\nn32@x.de\nn33@x.de\nn34@x.de\nn35@x.de");
    assert_eq!(text(ENTRY_STATE).lines().filter(|state| *state == "Not sent yet").count(), 5);
    world.clerk.let_go("inviteMembers");
    until("the button", || text(SEND).contains("Send 5 invitations")).await;
    press(SEND);
    until("the report", || text(BELOW).contains("5 sent")).await;
    for number in 1..=35 {
        assert_eq!(sent(&world, &format!("n{number}@x.de")), 1);
    }
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
    until("what is left", || text(BELOW).contains("1 was already sent")).await;
    assert_eq!((text(ENTRY_TEXT).as_str(), text(ENTRY_ROLE).as_str()), ("b@x.de", "The org:admin"));
    until("the second look", || recorded().is_none() && text(ENTRY_STATE).is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_record_of_somebody_else_or_of_another_organization_is_not_taken_up() {
    for whose in ["user_2 org_a", "user_1 org_b", "", "user_1 org_a "] {
        let world = World::signed_in();
        record(&format!("{whose}\na@x.de\torg:member"));
        let _world = drawn(world).await;
        settle().await;
        assert!(!exists(ENTRY) && !exists("#invite-send[aria-disabled]"), "{whose}");
    }
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
    until("what is found", || text(BELOW).contains("1 was already sent")).await;
    assert_eq!((text(ENTRY_TEXT).as_str(), world.clerk.writes().len()), ("b@x.de\nnew@x.de", 0));
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
        text("section:has(#invite-email) [role=alert]").contains("didn’t load. What you typed is safe.")
    })
    .await;
    assert_eq!(value(EMAIL), "a@x.de");
    press(SEND);
    until("it is asked for again", || world.stage.is_later_asked()).await;
    press(SEND);
    settle().await;
    assert!(world.clerk.writes().is_empty());
    world.stage.later_ends(true);
    until("the outcome", || text(TOAST).contains("Invitation sent to a@x.de.")).await;
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
    until("the report", || text(BELOW).contains("2 sent")).await;
    assert!(!asks_before_leaving());
}

#[wasm_bindgen_test]
async fn what_looks_like_html_is_text() {
    let world = ready().await;
    // A whole tag is not read; half of one is text, as a browser would still take it for a tag.
    pasted("<img src=x id=evil onerror=alert(1) ; a@x.de; \"<b id=evil>B</b>\" <b@x.de>", 3).await;
    assert!(text(ENTRY_TEXT).contains("onerror=alert"), "{}", text(ENTRY_TEXT));
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
    until("the report", || text(BELOW).contains("1 sent, 1 not sent")).await;
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
    assert_eq!(text(ENTRY_STATE), "\nDuplicate");
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
    assert!(drop_files(FORM, files));
    until("the entries", || how_many(ENTRY) == 6).await;
    assert_eq!(text(ENTRY_TEXT), "one@x.de\ntwo@x.de\nthree@x.de\nfour@x.de\nfive@x.de\njörg@x.de");
    for name in ["Jörg", "Jörg 日本", "Jörg €"] {
        assert!(exists(&format!("li > button[title='{name}']")), "{name}");
    }
    assert!(!text(BELOW).contains("could not be read"));
}

#[wasm_bindgen_test]
async fn a_file_that_can_not_be_read_is_named_and_the_others_are_read() {
    let _world = ready().await;
    let large = vec![b'a'; 20_000_001];
    choose_files("input[type=file]", vec![file("large.bin", &large), file("list.txt", b"a@x.de")]);
    until("what is wrong", || text(BELOW).contains("large.bin is larger than 20 MB.")).await;
    assert_eq!((text(ENTRY_TEXT).as_str(), value("input[type=file]").as_str()), ("a@x.de", ""));
}

#[wasm_bindgen_test]
async fn a_lookup_that_fails_is_said_and_tried_again_and_hinders_nobody() {
    let world = ready().await;
    for _ in 0..2 {
        world.clerk.instead("getMemberships", "rejects", &refusal(503, "[]"));
    }
    assert!(paste(EMAIL, "a@x.de, ada@x.de"));
    until("the failure", || text(SUMMARY).contains("Couldn’t check everyone")).await;
    until("the button", || text(SEND).contains("Send 2 invitations")).await;
    world
        .clerk
        .members("org_a", &json(r#"[{"identifier": "ada@x.de", "firstName": "Ada", "lastName": ""}]"#));
    press("form + div button");
    until("the second try", || world.clerk.count("getMemberships") == 2).await;
    until("the failure", || text(SUMMARY).contains("Couldn’t check everyone")).await;
    press("form + div button");
    until("the verdict", || text(ENTRY_STATE) == "\nAlready a member: Ada").await;
}
