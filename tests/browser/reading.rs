//! The whole list, read because Clerk neither searches nor sorts; what it says of each invitation; and finding again what
//! was met on the way through it.

use crate::hostile::{faults, spoil_heard};
use crate::world::{
    PAGER, READING, SELECTION, ScriptedClerk, TOAST, World, address, exists, go_to, how_many, listed,
    pick_in_menu, press, press_named, press_within, refusal, rows, settle, shown, text, trying, until, value,
    write,
};
use clerk_invitations::browser::copied;
use clerk_invitations::clerk::parse_rows_by;
use clerk_invitations::domain::{Invitations, OrganizationId, Status};
use clerk_invitations::json::parse_list;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const SEARCH: &str = "#list-search";

/// The page in `org_a`, where so many are pending: `p1@a.example` is the newest.
async fn ready(pending: u32) -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", pending);
    drawn(world).await
}

async fn drawn(world: World) -> World {
    world.draw();
    listed().await;
    world
}

async fn searched(words: &str, found: &[&str]) {
    write(SEARCH, words);
    shown(found).await;
}

/// The pages that were asked for because of the whole list, from the `nth` on.
fn pages(world: &World, from: u32) -> Vec<String> {
    (from..world.clerk.count("whole")).map(|nth| world.clerk.given("whole", nth)).collect()
}

fn page(number: u32) -> String {
    format!(r#"[{{"initialPage":{number},"pageSize":500,"status":["pending"]}}]"#)
}

#[wasm_bindgen_test]
async fn how_many_there_are_is_asked_once_the_first_rows_are_there() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    for status in ["expired", "accepted", "completed", "revoked", "a word that is new"] {
        world.clerk.invited("org_a", &format!("{}@x.de", status.replace(' ', "")), status);
    }
    world.clerk.aged("org_a", "p1@a.example", 1.0);
    world.clerk.aged("org_a", "p2@a.example", 26.0);
    world.clerk.hold("page");
    world.draw();
    until("the first question", || world.clerk.count("page") == 1).await;
    settle().await;
    assert_eq!(world.clerk.count("getInvitations"), 1, "nobody waits for the numbers");
    world.clerk.release("page", 0);
    listed().await;
    assert_eq!(text("nav a > span"), "2\n2\n2\n1\n7");
    assert_eq!((world.clerk.count("whole"), world.clerk.count("number")), (1, 0));
}

#[wasm_bindgen_test]
async fn numbers_that_can_not_be_read_are_left_out() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 3);
    for _ in 0..4 {
        world.clerk.instead("whole", "rejects", &refusal(503, "x", "m"));
    }
    world.draw();
    until("the rows", || how_many("tbody tr:has(th)") == 3).await;
    until("the question", || world.clerk.count("whole") >= 1).await;
    settle().await;
    assert!(!exists("nav a > span") && !exists("#app [role=alert]"));
}

#[wasm_bindgen_test]
async fn letters_in_quick_succession_are_one_search_and_one_step_of_the_history() {
    let world = ready(30).await;
    world.stage.stop_clock();
    // The history itself tells no longer how many steps it has once it has fifty.
    let before = world.stage.pushes();
    for text in ["p", "p2", "p22"] {
        write(SEARCH, text);
        settle().await;
        assert_eq!((value(SEARCH).as_str(), address().as_str()), (text, "/"));
    }
    crate::world::until_rung(&world.stage, "what was found", || rows() == ["p22@a.example"]).await;
    assert_eq!(address(), "/?search=p22");
    write(SEARCH, "p23");
    crate::world::until_rung(&world.stage, "what was found", || rows() == ["p23@a.example"]).await;
    assert_eq!((address().as_str(), world.stage.pushes()), ("/?search=p23", before + 1));
}

#[wasm_bindgen_test]
async fn the_reading_is_stopped_and_goes_on() {
    let world = ready(1203).await;
    let before = world.clerk.count("whole");
    world.clerk.hold("whole");
    write(SEARCH, "3@");
    until("the first page", || world.clerk.count("whole") == before + 1).await;
    until("how far it is", || text(READING).contains("Loading invitations…")).await;
    // That is drawn seldom.
    world.stage.pass(1_000.0);
    world.clerk.release("whole", before);
    until("the second page", || world.clerk.count("whole") == before + 2).await;
    until("how far it is", || text(READING).contains("Loading invitations: 500 of 1,203…")).await;
    until("what is found so far", || text(PAGER).contains("of 50")).await;
    press_named("Stop");
    until("the end", || text(READING).contains("were loaded.")).await;
    world.clerk.let_go("whole");
    world.clerk.release("whole", before + 1);
    settle().await;
    assert_eq!(world.clerk.count("whole"), before + 2, "it was to stop");
    assert!(text(READING).contains("of 1,203 invitations were loaded."));
    press_named("Continue");
    until("all", || text(PAGER).contains("of 121")).await;
    assert_eq!(text(READING), "");
}

thread_local! {
    /// The clerk-js of the test, and how often it was asked for pages of the whole list before each of them was read.
    static ASKED: RefCell<Option<(ScriptedClerk, Vec<u32>)>> = const { RefCell::new(None) };
}

#[wasm_bindgen_test]
async fn the_next_page_of_the_whole_list_is_asked_for_before_one_is_read() {
    let world = ready(1203).await;
    searched("p1203", &["p1203@a.example"]).await;
    let before = world.clerk.count("whole");
    ASKED.replace(Some((world.clerk.clone(), vec![])));
    parse_rows_by(|text| {
        let rows = parse_list(&copied(text)?)?;
        ASKED.with_borrow_mut(|asked| {
            let whole = asked.as_mut().filter(|_| rows.len() >= 203);
            whole.into_iter().for_each(|(clerk, counts)| counts.push(clerk.count("whole")));
        });
        Some(rows)
    });
    go_to("?view=all&search=3%40");
    until("all", || text(PAGER).contains("of 121")).await;
    let (_, counts) = ASKED.take().expect("counts");
    assert_eq!(counts.first().map(|count| count - before), Some(2));
}

#[wasm_bindgen_test]
async fn a_page_of_the_whole_list_that_fails_is_said_and_read_again() {
    let world = ready(1203).await;
    let before = world.clerk.count("whole");
    world.clerk.hold("whole");
    write(SEARCH, "3@");
    until("the first page", || world.clerk.count("whole") == before + 1).await;
    world.clerk.release("whole", before);
    until("the second page", || world.clerk.count("whole") == before + 2).await;
    world.clerk.refuse("whole", before + 1, &refusal(503, "x", "m"));
    let says = "Only 500 of 1,203 invitations were loaded, then loading failed.";
    until("the failure", || text(READING).contains(says)).await;
    assert!(text(READING).contains("503"), "{}", text(READING));
    assert!(text(PAGER).contains("of 50"), "what was found stays");
    world.clerk.let_go("whole");
    press("section:has(#list-heading) > div:has(> [role=status]) > button");
    until("all", || text(PAGER).contains("of 121")).await;
    // Afterwards the invitations outside the tab are read, for the numbers of the tabs.
    assert_eq!(pages(&world, before)[..4], [page(1), page(2), page(2), page(3)]);
}

#[wasm_bindgen_test]
async fn a_search_that_could_read_nothing_does_not_say_that_nothing_was_found() {
    let world = ready(30).await;
    world.clerk.instead("whole", "rejects", &refusal(503, "x", "m"));
    write(SEARCH, "p2");
    until("the failure", || text(READING).contains("The invitations couldn’t be loaded.")).await;
    assert!(!text(READING).contains(" of "), "{}", text(READING));
    assert_eq!(text("#list-heading").trim(), "Pending invitations");
    press_within("Try again", READING);
    until("what is found", || rows().len() == 10 && rows().iter().all(|row| row.starts_with("p2"))).await;
}

// What Clerk says of an invitation.

#[wasm_bindgen_test]
async fn when_it_ends_and_its_link_are_taken_from_the_answer_itself() {
    for major in [5, 6] {
        let world = World::of_version(major);
        world.stage.install(&world.clerk);
        world.clerk.let_listen();
        world.clerk.fill("org_a", 2);
        for email in ["p1@a.example", "p2@a.example"] {
            world.clerk.aged("org_a", email, 1.0);
        }
        let end = js_sys::Date::now() + 11.5 * 86_400_000.0;
        world.clerk.leave_out("org_a", "p1@a.example", "expires_at", &end.into());
        world.clerk.leave_out("org_a", "p1@a.example", "url", &"https://clerk.example.com/ticket?x=1".into());
        world.stage.clipboard("keeps");
        let world = drawn(world).await;
        assert_eq!(world.clerk.hearing(), 1, "{major}");
        assert!(text("tbody tr:has(th):nth-child(1)").contains("in 12 days"), "{}", text("table"));
        assert!(!text("tbody tr:has(th):nth-child(1)").contains("about"));
        assert!(text("tbody tr:has(th):nth-child(2)").contains("in about 29 days"), "{}", text("table"));
        pick_in_menu("p1@a.example", "Copy invite link").await;
        until("the link", || world.stage.copied() == "https://clerk.example.com/ticket?x=1").await;
        press_named("More actions for p2@a.example");
        until("what can be done", || text("[role=menu]").contains("Copy email address")).await;
        assert!(!text("[role=menu]").contains("Copy invite link"));
    }
}

#[wasm_bindgen_test]
async fn what_was_just_sent_says_when_it_ends_too() {
    let world = World::signed_in();
    world.clerk.let_listen();
    let client = world.client().await;
    let _ = client.auth_state();
    let service = client.invitations(&OrganizationId("org_a".to_owned()));
    world.clerk.fill("org_a", 1);
    world.clerk.leave_out("org_a", "p1@a.example", "expires_at", &7.0.into());
    let (listed, _) = service.list(&[Status::Pending], 1, 10).await.expect("a page");
    let row = listed.first().expect("a row");
    assert_eq!(row.expires.map(|time| time.0), Some(7.0));
    // What was said once is not taken for the answer to another question, in which nothing was said.
    world.clerk.leave_out("org_a", "p1@a.example", "expires_at", &JsValue::UNDEFINED);
    let (listed, _) = service.list(&[Status::Pending], 1, 10).await.expect("a page");
    assert_eq!(listed.first().and_then(|row| row.expires), None);
    // Nor is it in an answer that nobody could hear.
    world.clerk.leave_out("org_a", "p1@a.example", "expires_at", &7.0.into());
    let _ = service.list(&[Status::Pending], 1, 10).await;
    spoil_heard(&world.clerk, "request.path", "null");
    let (listed, _) = service.list(&[Status::Pending], 1, 10).await.expect("a page");
    assert_eq!(listed.first().and_then(|row| row.expires), None);
    let revoked = service.revoke(&row.id).await.expect("a revoked one");
    assert_eq!((revoked.expires, revoked.url), (None, None));
}

#[wasm_bindgen_test]
async fn answers_that_are_read_later_are_told_apart() {
    let world = World::signed_in();
    world.clerk.let_listen();
    let client = world.client().await;
    let _ = client.auth_state();
    let service = client.invitations(&OrganizationId("org_a".to_owned()));
    world.clerk.fill("org_a", 4);
    let ask = async |end: f64, page| {
        for n in 1..=4 {
            let email = ["p", &n.to_string(), "@a.example"].concat();
            world.clerk.leave_out("org_a", &email, "expires_at", &(end + f64::from(n)).into());
        }
        service.page(&[Status::Pending], page, 2).await.expect("a page")
    };
    let pages = [ask(10.0, 1).await, ask(20.0, 2).await];
    let read = pages.map(|page| {
        let (rows, _) = service.read_page(page).expect("rows");
        rows.into_iter().map(|row| row.expires.map(|time| time.0)).collect::<Vec<_>>()
    });
    assert_eq!(read, [[Some(11.0), Some(12.0)], [Some(23.0), Some(24.0)]]);
}

#[wasm_bindgen_test]
async fn where_nobody_may_listen_the_end_is_about() {
    for fault in [
        "missing",
        "undefined",
        "null",
        "an empty object",
        "a function",
        "a function that throws an error",
        "a function that throws null",
        "a function that rejects with nothing",
        "a function that gives a number",
        "a function that gives a revoked proxy",
        "a function that never answers",
        "a function proxy that throws",
        "a revoked function",
        "a getter that throws an error",
        "a getter that throws undefined",
        "a class",
    ] {
        trying(format!("getFapiClient is {fault}:"));
        let world = World::signed_in();
        world.clerk.let_listen();
        crate::hostile::spoil(&world.clerk, "getFapiClient", fault);
        world.clerk.fill("org_a", 1);
        world.clerk.aged("org_a", "p1@a.example", 1.0);
        let end = js_sys::Date::now() + 11.5 * 86_400_000.0;
        world.clerk.leave_out("org_a", "p1@a.example", "expires_at", &end.into());
        let _world = drawn(world).await;
        assert!(text("tbody tr:has(th)").contains("in about 29 days"), "{fault}: {}", text("table"));
    }
}

#[wasm_bindgen_test]
async fn a_payload_may_be_anything_and_no_row_is_lost() {
    for path in [
        "request.path",
        "request",
        "answer",
        "answer.payload",
        "answer.payload.response",
        "answer.payload.response.data",
        "answer.payload.response.data.0",
        "answer.payload.response.data.0.id",
        "answer.payload.response.data.0.expires_at",
        "answer.payload.response.data.0.url",
    ] {
        for fault in faults() {
            // There it is the scripted clerk-js that would throw.
            if fault.starts_with("a getter") && !path.contains('.') {
                continue;
            }
            trying(format!("heard is {path} that is {fault}:"));
            let world = World::signed_in();
            world.stage.hush();
            world.clerk.let_listen();
            spoil_heard(&world.clerk, path, &fault);
            world.clerk.fill("org_a", 2);
            world.clerk.leave_out("org_a", "p2@a.example", "expires_at", &7.0.into());
            let client = world.client().await;
            let _ = client.auth_state();
            let service = client.invitations(&OrganizationId("org_a".to_owned()));
            let (listed, total) = service.list(&[Status::Pending], 1, 10).await.expect("a page");
            assert_eq!((listed.len(), total), (2, 2), "{path} {fault}");
            for row in &listed {
                assert!(row.expires.is_none_or(|time| time.0.is_finite()), "{path} {fault}");
            }
            if path.contains("data.0.") {
                assert_eq!(listed[1].expires.map(|time| time.0), Some(7.0), "{path} {fault}");
            }
        }
    }
}

#[wasm_bindgen_test]
async fn an_end_beyond_all_time_is_drawn_without_a_panic() {
    for end in
        [1e308, -1e308, 8.64e15, 8.64e15 + 1.0, -8.64e15 - 1.0, 0.0, -0.0, 0.5, 2f64.powi(53), f64::NAN]
    {
        trying(format!("an end at {end}:"));
        let world = World::signed_in();
        world.clerk.let_listen();
        world.clerk.fill("org_a", 2);
        world.clerk.invited("org_a", "over@x.de", "expired");
        for email in ["p1@a.example", "over@x.de"] {
            world.clerk.leave_out("org_a", email, "expires_at", &end.into());
            world.clerk.change("org_a", email, "createdAt", &end.into());
        }
        world.stage.keep_files();
        let world = drawn(world).await;
        for view in ["all", "attention", "pending&sort=expires", "pending&sort=-invited"] {
            go_to(&format!("/?view={view}"));
            let what = format!("the rows of {view} at {end}");
            until(&what, || exists("tbody tr:has(th)") && !exists("table[aria-busy=true]")).await;
        }
        press_named("Export as CSV");
        until("the file", || !world.stage.files().is_empty()).await;
        press_named("More actions for p1@a.example");
        until("the menu", || exists("[role=menu]")).await;
    }
}

// Its live object.

#[wasm_bindgen_test]
async fn what_was_met_on_the_way_is_found_again_with_one_more_request_and_revoked() {
    let world = ready(600).await;
    searched("p555@", &["p555@a.example"]).await;
    let before = world.clerk.count("whole");
    world.clerk.hold("whole");
    revoke("p555@a.example").await;
    until("the question for it", || world.clerk.count("whole") == before + 1).await;
    assert_eq!(pages(&world, before), [page(2)]);
    assert_eq!(world.clerk.count("revoke"), 0);
    world.clerk.let_go("whole");
    world.clerk.release("whole", before);
    until("the outcome", || text(TOAST).contains("Invitation for p555@a.example revoked.")).await;
    assert_eq!(world.clerk.writes(), ["revoke"]);
    assert_eq!(rows(), ["p555@a.example"], "it stays where it was pressed");
}

/// Asks for the row's invitation to be revoked and says yes.
async fn revoke(email: &str) {
    pick_in_menu(email, "Revoke").await;
    until("the question", || text("dialog[open]").contains(email)).await;
    press_named("Revoke invitation");
}

#[wasm_bindgen_test]
async fn what_has_moved_to_another_page_meanwhile_is_found_there() {
    let world = ready(1100).await;
    searched("p1055@", &["p1055@a.example"]).await;
    for number in 1..=600 {
        world.clerk.lose("org_a", &format!("p{number}@a.example"));
    }
    revoke("p1055@a.example").await;
    until("the outcome", || text(TOAST).contains("Invitation for p1055@a.example revoked.")).await;
    assert_eq!(world.clerk.writes(), ["revoke"]);
}

#[wasm_bindgen_test]
async fn what_is_gone_meanwhile_is_no_longer_pending_and_nothing_is_revoked() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 700);
    let world = drawn(world).await;
    searched("p555@", &["p555@a.example"]).await;
    world.clerk.lose("org_a", "p555@a.example");
    revoke("p555@a.example").await;
    until("the outcome", || text(TOAST).contains("p555@a.example: No longer pending")).await;
    assert!(world.clerk.writes().is_empty());

    searched("p556@", &["p556@a.example"]).await;
    world.clerk.change("org_a", "p556@a.example", "status", &"accepted".into());
    press_named("Resend invitation to p556@a.example");
    until("the question", || exists("dialog[open] h2")).await;
    press_within("Resend", "dialog[open]");
    until("the outcome", || text(TOAST).contains("p556@a.example: Already joined")).await;
    assert_eq!(world.clerk.writes(), ["revoke"], "it was refused, so nothing was sent");
}

#[wasm_bindgen_test]
async fn several_of_one_page_are_found_again_with_one_request() {
    let world = ready(600).await;
    searched(
        "p55",
        &[
            "p55@a.example",
            "p550@a.example",
            "p551@a.example",
            "p552@a.example",
            "p553@a.example",
            "p554@a.example",
            "p555@a.example",
            "p556@a.example",
            "p557@a.example",
            "p558@a.example",
        ],
    )
    .await;
    let before = world.clerk.count("whole");
    crate::world::pick("Select all on this page", false);
    until("the selection", || text(SELECTION).contains("10 selected")).await;
    press_within("Revoke 10", SELECTION);
    until("the question", || text("dialog[open]").contains("10 people")).await;
    press_named("Revoke 10 invitations");
    until("the outcome", || text(TOAST).contains("10 revoked")).await;
    assert_eq!(world.clerk.count("revoke"), 10);
    let asked = pages(&world, before);
    // Three at a time, none of whom has found the objects of the page yet.
    assert!(asked.len() <= 12, "{asked:?}");
}
