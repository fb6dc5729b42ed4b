//! The whole list, read because Clerk neither searches nor sorts; what it says of each invitation; and finding again what
//! was met on the way through it.

use crate::hostile::{faults, spoil_heard};
use crate::world::{
    World, exists, focused, how_many, listed, press, press_named, press_within, refusal, rows, settle, shown,
    text, trying, until, value, write,
};
use clerk_invitations::browser::{address, go_to, place_focus, replace_address};
use clerk_invitations::domain::{Invitations, OrganizationId, Status};
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
    assert_eq!(text(".views .badge"), "2\n2\n2\n1\n7");
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
    until("the rows", || how_many("tr[data-invitation]") == 3).await;
    until("the question", || world.clerk.count("whole") >= 1).await;
    settle().await;
    assert!(!exists(".views .badge") && !exists("#app [role=alert]"));
}

#[wasm_bindgen_test]
async fn a_search_reads_the_whole_list_500_at_a_time_and_looks_at_all_of_it() {
    let world = ready(1203).await;
    let before = world.clerk.count("whole");
    place_focus("list-search");
    let all = ["p120@a.example", "p1200@a.example", "p1201@a.example", "p1202@a.example", "p1203@a.example"];
    searched("P120", &all).await;
    assert_eq!(pages(&world, before), [page(1), page(2), page(3)]);
    assert_eq!((address().as_str(), focused().as_str()), ("/?search=P120", "list-search"));
    assert!(text("#list-heading").ends_with(" 5"), "{}", text("#list-heading"));
    // What is known is not read again for other words.
    searched("p120 3", &["p1203@a.example"]).await;
    searched("p120 member pending 2@", &["p1202@a.example"]).await;
    searched("nobody", &[]).await;
    assert!(text(".empty").contains("Nothing matches"));
    assert_eq!(world.clerk.count("whole"), before + 3);
    write(SEARCH, "");
    until("the page", || rows().len() == 10).await;
    assert_eq!(address(), "/");
}

#[wasm_bindgen_test]
async fn letters_in_quick_succession_are_one_search_and_one_step_of_the_history() {
    let world = ready(30).await;
    world.stage.stop_clock();
    let steps = || web_sys::window().and_then(|window| window.history().ok()?.length().ok()).unwrap_or(0);
    let before = steps();
    for text in ["p", "p2", "p22"] {
        write(SEARCH, text);
        settle().await;
        assert_eq!((value(SEARCH).as_str(), address().as_str()), (text, "/"));
    }
    crate::world::until_rung(&world.stage, "what was found", || rows() == ["p22@a.example"]).await;
    assert_eq!(address(), "/?search=p22");
    write(SEARCH, "p23");
    crate::world::until_rung(&world.stage, "what was found", || rows() == ["p23@a.example"]).await;
    assert_eq!((address().as_str(), steps()), ("/?search=p23", before + 1));
}

#[wasm_bindgen_test]
async fn the_reading_is_stopped_and_goes_on() {
    let world = ready(1203).await;
    let before = world.clerk.count("whole");
    world.clerk.hold("whole");
    write(SEARCH, "3@");
    until("the first page", || world.clerk.count("whole") == before + 1).await;
    until("how far it is", || text(".reading").contains("Reading the list: 0 of 0…")).await;
    // That is drawn seldom.
    world.stage.pass(1_000.0);
    world.clerk.release("whole", before);
    until("the second page", || world.clerk.count("whole") == before + 2).await;
    until("how far it is", || text(".reading").contains("Reading the list: 500 of 1,203…")).await;
    until("what is found so far", || text(".pager").contains("of 50")).await;
    press_named("Stop");
    until("the end", || text(".reading").contains("were looked through.")).await;
    world.clerk.let_go("whole");
    world.clerk.release("whole", before + 1);
    settle().await;
    assert_eq!(world.clerk.count("whole"), before + 2, "it was to stop");
    assert!(text(".reading").contains("of 1,203 were looked through."));
    press_named("Go on");
    until("all", || text(".pager").contains("of 121")).await;
    assert_eq!(text(".reading"), "");
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
    let says = "Only 500 of 1,203 were looked through, then the list could not be read on.";
    until("the failure", || text(".reading").contains(says)).await;
    assert!(text(".reading").contains("503"), "{}", text(".reading"));
    assert!(text(".pager").contains("of 50"), "what was found stays");
    world.clerk.let_go("whole");
    press(".reading button");
    until("all", || text(".pager").contains("of 121")).await;
    assert_eq!(pages(&world, before), [page(1), page(2), page(2), page(3)]);
}

#[wasm_bindgen_test]
async fn a_late_page_of_another_view_is_dropped() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 600);
    world.clerk.invited("org_a", "p3gone@x.de", "revoked");
    let world = drawn(world).await;
    let before = world.clerk.count("whole");
    world.clerk.hold("whole");
    write(SEARCH, "p3");
    until("the first page", || world.clerk.count("whole") == before + 1).await;
    press(".views a:nth-child(4)");
    until("the other view", || text("#list-heading").contains("Revoked invitations")).await;
    assert!(address().contains("view=revoked") && address().contains("search=p3"));
    until("its page", || world.clerk.count("whole") == before + 2).await;
    assert!(rows().is_empty(), "pending ones among the revoked: {:?}", rows());
    world.clerk.release("whole", before);
    settle().await;
    assert!(rows().is_empty(), "pending ones among the revoked: {:?}", rows());
    world.clerk.release("whole", before + 1);
    shown(&["p3gone@x.de"]).await;
    settle().await;
    assert_eq!(world.clerk.count("whole"), before + 2, "nobody wants the rest of the pending ones");
}

#[wasm_bindgen_test]
async fn a_late_page_of_another_organization_is_dropped() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 600);
    world.clerk.fill("org_b", 40);
    let world = drawn(world).await;
    let before = world.clerk.count("whole");
    world.clerk.hold("whole");
    write(SEARCH, "p3");
    until("the first page", || world.clerk.count("whole") == before + 1).await;
    world.clerk.let_go("whole");
    world.clerk.switch_to("org_b");
    until("the other organization", || text("header h1").contains("org_b")).await;
    until("its first page, without a search", || rows().len() == 10 && value(SEARCH).is_empty()).await;
    assert_eq!(address(), "/");
    let asked = world.clerk.count("whole");
    world.clerk.release("whole", before);
    settle().await;
    assert_eq!(world.clerk.count("whole"), asked, "the list of the first organization is not read on");
    assert!(!text("#app main").contains("@a.example"));
}

#[wasm_bindgen_test]
async fn a_refresh_reads_the_whole_list_anew_and_what_was_found_stays_until_it_is_there() {
    let world = ready(1203).await;
    searched("p120@", &["p120@a.example"]).await;
    settle().await;
    let before = world.clerk.count("whole");
    world.clerk.invited("org_a", "p120@b.example", "pending");
    world.clerk.hold("whole");
    press_named("Refresh");
    until("the question", || world.clerk.count("whole") > before).await;
    settle().await;
    assert_eq!(rows(), ["p120@a.example"]);
    world.clerk.let_go("whole");
    for nth in before..world.clerk.count("whole") {
        world.clerk.release("whole", nth);
    }
    shown(&["p120@b.example", "p120@a.example"]).await;
}

#[wasm_bindgen_test]
async fn a_refresh_of_the_whole_list_that_fails_is_said_and_what_was_found_stays() {
    let world = ready(1203).await;
    searched("p120@", &["p120@a.example"]).await;
    settle().await;
    world.clerk.invited("org_a", "p120@b.example", "pending");
    // The numbers want pages of the whole list too.
    for _ in 0..2 {
        world.clerk.instead("whole", "rejects", &refusal(503, "x", "m"));
    }
    press_named("Refresh");
    until("the failure", || text(".status").contains("What you see may be out of date")).await;
    assert!(text(".status").contains("503"));
    assert_eq!((rows(), text(".reading").as_str()), (vec!["p120@a.example".to_owned()], ""));
    press_named("Refresh");
    shown(&["p120@b.example", "p120@a.example"]).await;
}

#[wasm_bindgen_test]
async fn a_refresh_of_the_whole_list_is_stopped() {
    let world = ready(1203).await;
    searched("p120@", &["p120@a.example"]).await;
    settle().await;
    world.clerk.invited("org_a", "p120@b.example", "pending");
    world.clerk.hold("getInvitations");
    let before = world.clerk.count("whole");
    press_named("Refresh");
    until("the question", || text(".reading").contains("Stop")).await;
    settle().await;
    let asked = world.clerk.count("whole");
    assert!(asked > before);
    press_within("Stop", ".reading");
    settle().await;
    assert!(!text(".reading").contains("Stop"), "{}", text(".reading"));
    for nth in before..asked {
        world.clerk.release("whole", nth);
    }
    settle().await;
    let after: Vec<_> = pages(&world, asked);
    assert!(!after.contains(&page(2)), "it was to stop: {after:?}");
}

#[wasm_bindgen_test]
async fn a_search_that_could_read_nothing_does_not_say_that_nothing_was_found() {
    let world = ready(30).await;
    world.clerk.instead("whole", "rejects", &refusal(503, "x", "m"));
    write(SEARCH, "p2");
    until("the failure", || text(".reading").contains("The invitations could not be loaded.")).await;
    assert!(!text(".reading").contains(" of "), "{}", text(".reading"));
    assert_eq!(text("#list-heading").trim(), "Pending invitations");
    press_within("Try again", ".reading");
    until("what is found", || rows().len() == 10 && rows().iter().all(|row| row.starts_with("p2"))).await;
}

#[wasm_bindgen_test]
async fn what_is_typed_does_not_lead_back_from_a_view_that_was_chosen_since() {
    let world = ready(30).await;
    world.stage.stop_clock();
    write(SEARCH, "p2");
    settle().await;
    press(".views a:nth-child(5)");
    until("all of them", || text("#list-heading").contains("All invitations")).await;
    while world.stage.ring() >= 0.0 {
        settle().await;
    }
    assert!(text("#list-heading").contains("All invitations"), "{}", address());
    assert!(address().contains("view=all"), "{}", address());
}

#[wasm_bindgen_test]
async fn what_is_typed_does_not_stand_in_the_address_of_another_organization() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 30);
    world.clerk.fill("org_b", 30);
    let world = drawn(world).await;
    world.stage.stop_clock();
    write(SEARCH, "p2");
    settle().await;
    world.clerk.switch_to("org_b");
    until("the other organization", || text("header h1").contains("org_b") && rows().len() == 10).await;
    while world.stage.ring() >= 0.0 {
        settle().await;
    }
    assert_eq!((address().as_str(), value(SEARCH).as_str()), ("/", ""));
}

#[wasm_bindgen_test]
async fn a_file_of_one_view_is_not_one_of_another() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 600);
    world.clerk.invited("org_a", "gone@x.de", "revoked");
    world.stage.keep_files();
    let world = drawn(world).await;
    let before = world.clerk.count("whole");
    world.clerk.hold("whole");
    press_named("Export as CSV");
    until("the first page", || world.clerk.count("whole") == before + 1).await;
    press(".views a:nth-child(4)");
    settle().await;
    shown(&["gone@x.de"]).await;
    world.clerk.let_go("whole");
    for nth in before..world.clerk.count("whole") {
        world.clerk.release("whole", nth);
    }
    settle().await;
    settle().await;
    let files = world.stage.files();
    assert!(files.iter().all(|file| !file.contains("gone@x.de")), "{files:?}");
}

#[wasm_bindgen_test]
async fn a_file_that_is_wanted_while_the_reading_stands_still_has_it_go_on() {
    let world = ready(1203).await;
    world.stage.keep_files();
    let before = world.clerk.count("whole");
    world.clerk.hold("whole");
    write(SEARCH, "3@");
    until("the first page", || world.clerk.count("whole") == before + 1).await;
    world.clerk.let_go("whole");
    until("how far it is", || text(".reading").contains("Stop")).await;
    press_within("Stop", ".reading");
    world.clerk.release("whole", before);
    until("the end", || text(".reading").contains("were looked through.")).await;
    press_named("Export as CSV");
    until("the file, of all", || world.stage.files().concat().lines().count() == 2 + 121).await;
}

#[wasm_bindgen_test]
async fn a_file_after_a_refresh_is_one_of_the_list_as_it_is_now() {
    let world = ready(3).await;
    world.stage.keep_files();
    press_named("Export as CSV");
    until("the first file", || world.stage.files().len() == 1).await;
    world.clerk.invited("org_a", "late@x.de", "pending");
    world.clerk.lose("org_a", "p2@a.example");
    press_named("Refresh");
    shown(&["late@x.de", "p1@a.example", "p3@a.example"]).await;
    press_named("Export as CSV");
    until("the second file", || world.stage.files().len() == 2).await;
    let [first, second] = [0, 1].map(|nth| world.stage.files()[nth].clone());
    assert!(first.contains("p2@a.example") && !first.contains("late@x.de"), "{first}");
    assert!(second.contains("late@x.de") && !second.contains("p2@a.example"), "{second}");
    assert_eq!(second.lines().count(), 1 + 1 + 3);
    settle().await;
    assert_eq!(world.stage.files().len(), 2);
}

#[wasm_bindgen_test]
async fn what_is_sent_from_the_form_is_found_when_it_matches() {
    let _world = ready(30).await;
    searched("p29", &["p29@a.example"]).await;
    settle().await;
    for (email, found) in [
        ("p29new@x.de", &["p29new@x.de", "p29@a.example"]),
        ("other@x.de", &["p29new@x.de", "p29@a.example"]),
    ] {
        write("#invite-email", email);
        settle().await;
        press("#invite-send");
        let says = format!("Invitation sent to {email}.");
        until("the outcome", || text(".status").contains(&says)).await;
        shown(found).await;
        settle().await;
        assert_eq!(
            (rows(), text("tr.new th .clip").as_str()),
            (found.map(str::to_owned).to_vec(), "p29new@x.de")
        );
    }
    assert_eq!((address().as_str(), value(SEARCH).as_str()), ("/?search=p29", "p29"));
}

#[wasm_bindgen_test]
async fn the_head_of_a_column_sorts_both_ways_and_not_at_all() {
    let world = World::signed_in();
    for email in ["b@x.de", "c@x.de", "A@x.de"] {
        world.clerk.invited("org_a", email, "pending");
    }
    let world = drawn(world).await;
    shown(&["A@x.de", "c@x.de", "b@x.de"]).await;
    press("thead th:nth-child(2) button");
    shown(&["A@x.de", "b@x.de", "c@x.de"]).await;
    assert!(exists("thead th:nth-child(2)[aria-sort=ascending]"));
    assert_eq!(address(), "/?sort=email");
    press("thead th:nth-child(2) button");
    shown(&["c@x.de", "b@x.de", "A@x.de"]).await;
    assert!(exists("thead th:nth-child(2)[aria-sort=descending]"));
    press("thead th:nth-child(2) button");
    shown(&["A@x.de", "c@x.de", "b@x.de"]).await;
    assert_eq!((address().as_str(), how_many("th[aria-sort=none]")), ("/", 4));
    drop(world);
}

#[wasm_bindgen_test]
async fn an_address_with_all_of_it_shows_that() {
    let world = World::signed_in();
    world.clerk.fill("org_a", 30);
    replace_address("/?view=all&search=a.example&sort=-email&page=2&size=5");
    world.draw();
    shown(&["p4@a.example", "p3@a.example", "p30@a.example", "p2@a.example", "p29@a.example"]).await;
    assert_eq!(value(SEARCH), "a.example");
    assert!(exists(".views a:nth-child(5)[aria-current=page]"));
    go_to("/?view=all&search=a.example&sort=-email&page=99&size=5");
    shown(&["p14@a.example", "p13@a.example", "p12@a.example", "p11@a.example", "p10@a.example"]).await;
    until("the address", || address().contains("page=6")).await;
    go_to("/");
    until("the pending ones", || rows().len() == 10 && value(SEARCH).is_empty()).await;
}

#[wasm_bindgen_test]
async fn what_has_expired_or_soon_will_needs_attention_the_oldest_first() {
    let world = World::signed_in();
    for (email, status, days) in [
        ("fresh@x.de", "pending", 3.0),
        ("soon@x.de", "pending", 26.0),
        ("sooner@x.de", "pending", 29.0),
        ("over@x.de", "expired", 40.0),
        ("joined@x.de", "accepted", 40.0),
    ] {
        world.clerk.invited("org_a", email, status);
        world.clerk.aged("org_a", email, days);
    }
    let world = drawn(world).await;
    press(".views a:nth-child(2)");
    shown(&["over@x.de", "sooner@x.de", "soon@x.de"]).await;
    assert!(text("#list-heading").contains("Invitations that need attention 3"));
    assert!(text(".views a:nth-child(2) .badge") == "3");
    assert!(text("tr[data-invitation]:nth-child(3)").contains("about 4 days left"), "{}", text("table"));
    assert!(exists("tr[data-invitation]:nth-child(2) time.soon"));
    assert!(text("tr[data-invitation]:nth-child(1)").contains("Invite again"));
    drop(world);
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
        assert!(text("tr[data-invitation]:nth-child(1)").contains("12 days left"), "{}", text("table"));
        assert!(!text("tr[data-invitation]:nth-child(1)").contains("about"));
        assert!(text("tr[data-invitation]:nth-child(2)").contains("about 29 days left"), "{}", text("table"));
        press_named("More for p1@a.example");
        until("what can be done", || text("dialog[open]").contains("Copy the link")).await;
        press_named("Copy the link");
        until("the link", || world.stage.copied() == "https://clerk.example.com/ticket?x=1").await;
        press_named("Close");
        until("no dialog", || !exists("dialog[open]")).await;
        settle().await;
        press_named("More for p2@a.example");
        until("what can be done", || text("dialog[open]").contains("p2@a.example")).await;
        assert!(!text("dialog[open]").contains("Copy the link"));
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
        assert!(text("tr[data-invitation]").contains("about 29 days left"), "{fault}: {}", text("table"));
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
            until(&what, || exists("tr[data-invitation]") && !exists("table[aria-busy=true]")).await;
        }
        press_named("Export as CSV");
        until("the file", || !world.stage.files().is_empty()).await;
        press_named("More for p1@a.example");
        until("the dialog", || exists("dialog[open] h2")).await;
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
    until("the outcome", || text(".status").contains("The invitation of p555@a.example is revoked.")).await;
    assert_eq!(world.clerk.writes(), ["revoke"]);
    assert_eq!(rows(), ["p555@a.example"], "it stays where it was pressed");
}

/// Asks for the row's invitation to be revoked and says yes.
async fn revoke(email: &str) {
    press_named(&format!("Revoke the invitation of {email}"));
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
    until("the outcome", || text(".status").contains("The invitation of p1055@a.example is revoked.")).await;
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
    until("the outcome", || text(".status").contains("p555@a.example: No longer pending")).await;
    assert!(world.clerk.writes().is_empty());

    searched("p556@", &["p556@a.example"]).await;
    world.clerk.change("org_a", "p556@a.example", "status", &"accepted".into());
    press_named("Resend the invitation of p556@a.example");
    until("the outcome", || text(".status").contains("p556@a.example: Accepted meanwhile")).await;
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
    until("the selection", || text(".selection").contains("10 selected")).await;
    press_within("Revoke", ".selection");
    until("the question", || text("dialog[open]").contains("10 people")).await;
    press_named("Revoke 10 invitations");
    until("the outcome", || text(".status").contains("10 revoked")).await;
    assert_eq!(world.clerk.count("revoke"), 10);
    let asked = pages(&world, before);
    // Three at a time, none of whom has found the objects of the page yet.
    assert!(asked.len() <= 12, "{asked:?}");
}
