//! What works on the list: it comes later than the list itself, and what is wanted of it waits for it. Choosing, and
//! doing something with many.

use crate::world::{
    PROGRESS, SELECTION, TOAST, World, address, close, exists, focused, go_to, how_many, is_picked, json,
    listed, pick, pick_in_menu, place_focus, press, press_named, press_within, replace_address, rows, settle,
    shown, text, trying, until, until_rung, value, write,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

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

/// As [`ready`], with what works on the list still on its way.
async fn without_later(pending: u32) -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", pending);
    world.stage.hold_later();
    world.stage.keep_files();
    let world = drawn(world).await;
    assert!(!world.stage.is_later_asked(), "nobody has wanted anything yet");
    world
}

async fn later_asked(world: &World) {
    until("what it takes is asked for", || world.stage.is_later_asked()).await;
}

#[wasm_bindgen_test]
async fn a_revoke_that_is_wanted_early_is_asked_about_once_what_it_takes_is_there() {
    let world = without_later(3).await;
    press_named("More actions for p2@a.example");
    later_asked(&world).await;
    settle().await;
    assert!(!exists("[role=menu]"));
    world.stage.later_ends(true);
    until("the menu", || exists("[role=menu]")).await;
    press_within("Revoke", "[role=menu]");
    until("the question", || text("dialog[open]").contains("p2@a.example")).await;
    press_named("Revoke invitation");
    until("the outcome", || text(TOAST).contains("Invitation for p2@a.example revoked.")).await;
    assert_eq!(world.clerk.writes(), ["revoke"]);
}

#[wasm_bindgen_test]
async fn words_that_are_searched_for_early_are_found_once_what_it_takes_is_there_and_stay_in_the_field() {
    let world = without_later(30).await;
    place_focus("list-search");
    write("#list-search", "p2");
    later_asked(&world).await;
    until("the address", || address() == "/?search=p2").await;
    assert_eq!((value("#list-search").as_str(), focused().as_str()), ("p2", "list-search"));
    write("#list-search", "p29");
    until("the address", || address() == "/?search=p29").await;
    world.stage.later_ends(true);
    shown(&["p29@a.example"]).await;
    assert_eq!((value("#list-search").as_str(), focused().as_str()), ("p29", "list-search"));
}

#[wasm_bindgen_test]
async fn when_what_it_takes_does_not_arrive_that_is_said_and_a_retry_does_what_was_wanted() {
    let world = without_later(12).await;
    place_focus("list-search");
    press_named("More actions for p1@a.example");
    later_asked(&world).await;
    world.stage.later_ends(false);
    until("the failure", || text("#app [role=alert]").contains("didn’t load")).await;
    assert!(!exists("[role=menu]"));
    write("#list-search", "p1");
    later_asked(&world).await;
    world.stage.later_ends(false);
    until("the failure", || text("#app [role=alert]").contains("didn’t load")).await;
    assert_eq!((value("#list-search").as_str(), focused().as_str()), ("p1", "list-search"));
    press_within("Try again", "[role=alert]");
    later_asked(&world).await;
    world.stage.later_ends(true);
    until("what was found", || rows() == ["p1@a.example", "p10@a.example", "p11@a.example", "p12@a.example"])
        .await;
    assert!(!exists("#app [role=alert]"));
    until("the menu", || exists("[role=menu]")).await;
}

// Choosing.

#[wasm_bindgen_test]
async fn with_shift_all_from_the_one_before_are_chosen() {
    let _world = ready(12).await;
    pick("Select p2@a.example", false);
    until("one", || text(SELECTION).contains("1 selected")).await;
    pick("Select p5@a.example", true);
    until("four", || text(SELECTION).contains("4 selected")).await;
    for number in 2..=5 {
        assert!(is_picked(&format!("Select p{number}@a.example")), "{number}");
    }
    // Upwards too, and out again.
    pick("Select p8@a.example", false);
    until("five", || text(SELECTION).contains("5 selected")).await;
    pick("Select p7@a.example", true);
    until("six", || text(SELECTION).contains("6 selected")).await;
    pick("Select p8@a.example", false);
    until("five", || text(SELECTION).contains("5 selected")).await;
    pick("Select p3@a.example", true);
    until("what is left", || text(SELECTION).contains("1 selected")).await;
    assert!(is_picked("Select p2@a.example"));
    press_named("Clear selection");
    until("none", || !exists(SELECTION) && how_many("tbody tr:has(input:checked)") == 0).await;
}

#[wasm_bindgen_test]
async fn a_connection_that_is_lost_while_a_call_hangs_is_said_at_once_and_until_it_is_back() {
    let world = ready(3).await;
    revoking(&world, "p1@a.example").await;
    settle().await;
    assert!(!exists(PROGRESS), "what is over in a moment is seen on its row");
    world.stage.offline();
    until("the word of it", || text(PROGRESS).contains("You’re offline.")).await;
    world.stage.online();
    until("the row alone", || !exists(PROGRESS)).await;
    world.clerk.release("revoke", 0);
    until("the outcome", || text(TOAST).contains("Invitation for p1@a.example revoked.")).await;
}

/// Asks for the row's invitation to be revoked, says yes, and waits for the call, which is held back.
async fn revoking(world: &World, email: &str) {
    world.clerk.hold("revoke");
    let before = world.clerk.count("revoke");
    pick_in_menu(email, "Revoke").await;
    until("the question", || text("dialog[open]").contains(email)).await;
    press_named("Revoke invitation");
    until("the call", || world.clerk.count("revoke") == before + 1).await;
}

#[wasm_bindgen_test]
async fn addresses_are_copied_and_where_that_can_not_be_it_is_said() {
    let world = ready(12).await;
    world.stage.clipboard("keeps");
    press_named("Copy email addresses");
    until("the outcome", || text(TOAST).contains("Copied.")).await;
    let all: Vec<_> = (1..=12).map(|number| format!("p{number}@a.example")).collect();
    assert_eq!(world.stage.copied(), all.join("\n"));
    pick("Select p3@a.example", false);
    pick("Select p1@a.example", false);
    until("two", || text(SELECTION).contains("2 selected")).await;
    pick_of_selection("Copy email addresses").await;
    until("those", || world.stage.copied().lines().count() == 2).await;
    for how in ["absent", "throws", "rejects"] {
        world.stage.clipboard(how);
        pick_of_selection("Copy email addresses").await;
        let says = "Your browser blocked copying.";
        until(how, || text(TOAST).contains(says)).await;
        press_named("Dismiss");
        until("silence", || text(TOAST).is_empty()).await;
    }
}

#[wasm_bindgen_test]
async fn addresses_that_have_to_be_read_first_are_promised_to_the_clipboard_in_the_click() {
    let world = ready(12).await;
    world.stage.clipboard("promised");
    press_named("Copy email addresses");
    until("the outcome", || text(TOAST).contains("Copied.")).await;
    assert_eq!(world.stage.copied().lines().count(), 12);
}

/// Picks something in the menu of the selection.
async fn pick_of_selection(what: &str) {
    press("#selection-more");
    until("the menu", || exists("[role=menu]")).await;
    press_within(what, "[role=menu]");
    until("no menu", || !exists("[role=menu]")).await;
}

// A link.

#[wasm_bindgen_test]
async fn a_link_with_anything_in_it_is_no_more_than_text() {
    for link in [
        "/?invite=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%40x.de&role=%3Cb%3E",
        "/?invite=%",
        "/?invite=%E0%A4%A&role=%",
        "/?invite=",
        "/?invite",
        "/?role=org:admin",
        "/?invite=a@x.de&invite=b@x.de&role=org:nothing",
    ] {
        trying(link.to_owned());
        let world = World::signed_in();
        world.clerk.fill("org_a", 1);
        replace_address(link);
        let world = drawn(world).await;
        settle().await;
        assert!(!exists("#app img") && world.clerk.writes().is_empty(), "{link}");
        assert!(!address().contains("invite="), "{link}: {}", address());
    }
}

// Whatever Clerk holds.

const VIEWS: [&str; 5] = ["/", "/?view=attention", "/?view=accepted", "/?view=revoked", "/?view=all"];

/// Addresses that people would not have.
fn strange() -> Vec<String> {
    vec![
        "<img src=x onerror=alert(1) id=evil>@x.de".to_owned(),
        "</td></tr></table><script id=evil>alert(1)</script>".to_owned(),
        format!("{}@x.de", "x".repeat(10_000)),
        "\u{202e}ed.x@ada\u{202c}".to_owned(),
        "\u{2067}\u{2066}unclosed@x.de".to_owned(),
        "a\0b\n\tc@x.de".to_owned(),
        "{email}{count}{organization}@x.de".to_owned(),
        "🦀@x.de".to_owned(),
        "no address".to_owned(),
        " ".to_owned(),
    ]
}

#[wasm_bindgen_test]
async fn strange_values_are_text_in_every_view_and_every_dialog() {
    let world = World::signed_in();
    world.stage.hush();
    world.clerk.let_listen();
    world.stage.keep_files();
    world.stage.clipboard("keeps");
    let all = ["pending", "accepted", "revoked", "<b id=evil>\u{202e}new word"];
    // What has expired needs attention where the address has nothing newer.
    let expired = strange().into_iter().map(|email| (["+", &email].concat(), &["expired"][..]));
    for (email, statuses) in strange().into_iter().map(|email| (email, &all[..])).chain(expired) {
        for status in statuses {
            world.clerk.invited("org_a", &email, status);
        }
        for (key, value) in [
            ("role", JsValue::from("org:<i id=evil>\u{202e}")),
            ("roleName", JsValue::from("{role}<i id=evil>\u{202e}".repeat(100))),
            ("createdAt", JsValue::UNDEFINED),
            ("updatedAt", JsValue::NULL),
        ] {
            world.clerk.change("org_a", &email, key, &value);
        }
        world.clerk.leave_out("org_a", &email, "url", &"javascript:alert(1)".into());
    }
    replace_address("/?size=50");
    let _world = drawn(world).await;
    for view in VIEWS {
        trying(format!("strange rows at {view}:"));
        go_to(&format!("{view}{}size=50", if view.contains('?') { "&" } else { "?" }));
        // Nothing of what was pending ever had a date, so none of that needs attention.
        let count = if view.ends_with("all") { 50 } else { 10 };
        until("the rows", || {
            exists("table[aria-busy=false]")
                && how_many("tbody tr:has(th)") == count
                && exists(&format!("nav a[aria-current=page][href^='{view}']"))
        })
        .await;
        for nth in 1..=count.min(10) {
            let more = format!("tbody tr:nth-of-type({nth}) td:last-child [aria-haspopup=menu]");
            press(&more);
            until("the menu", || exists("[role=menu]")).await;
            assert!(!exists("#evil"), "{view}");
            press(&more);
            until("no menu", || !exists("[role=menu]")).await;
        }
        pick("Select all on this page", false);
        until("the selection", || exists(SELECTION)).await;
        pick_of_selection("Copy email addresses").await;
        pick_of_selection("Export as CSV").await;
        for nth in 1..=3 {
            let act = format!("{SELECTION} button:has(span):nth-of-type({nth})");
            if exists(&act) {
                press(&act);
            }
            settle().await;
            if exists("dialog[open]") {
                assert!(!exists("#evil"), "{view} {nth}");
                close("dialog[open]");
                until("no dialog", || !exists("dialog[open]") && !exists("dialog h2")).await;
            }
        }
        press_named("Clear selection");
        until("no selection", || !exists(SELECTION)).await;
        for column in 2..how_many("thead th") {
            press(&format!("thead th:nth-child({column}) button"));
            settle().await;
        }
        assert!(!exists("#evil") && !exists("#app script") && !exists("#app img"), "{view}");
    }
}

#[wasm_bindgen_test]
async fn strange_addresses_are_revoked_and_sent_again_or_refused_with_a_reason() {
    for email in strange().into_iter().take(8) {
        trying(format!("resending {}:", email.chars().take(40).collect::<String>()));
        let world = World::signed_in();
        world.stage.stop_clock();
        world.clerk.invited("org_a", &email, "pending");
        world.draw();
        until_rung(&world.stage, "the list", || {
            exists("td:last-child button") && how_many("nav a > span") == 5
        })
        .await;
        press("td:last-child button");
        until_rung(&world.stage, "the question", || exists("dialog[open] h2")).await;
        press("dialog[open] .primary");
        until_rung(&world.stage, "the end", || !exists("tr[aria-busy=true]") && !text(TOAST).is_empty())
            .await;
        assert!(!exists("#evil"));
        let writes = world.clerk.writes();
        assert!(writes.iter().filter(|write| *write == "inviteMember").count() <= 1, "{writes:?}");
        assert!(writes.len() != 1, "withdrawn and not sent: {}", text(TOAST));
    }
}

#[wasm_bindgen_test]
async fn rows_of_the_same_id_are_drawn_and_nothing_panics() {
    let world = World::signed_in();
    world.stage.hush();
    world.clerk.fill("org_a", 5);
    for number in 1..=4 {
        world.clerk.change("org_a", &format!("p{number}@a.example"), "id", &"the_same".into());
    }
    let _world = drawn(world).await;
    assert_eq!(how_many("tbody tr:has(th)"), 5);
    // The last of those with the same id is the one that is known.
    pick("Select p4@a.example", false);
    until("a selection", || exists(SELECTION)).await;
    press_named("Refresh");
    until("the rows", || how_many("tbody tr:has(th)") == 5 && !exists("table[aria-busy=true]")).await;
    go_to("/?sort=email");
    until("sorted", || exists("th[aria-sort=ascending]")).await;
    settle().await;
    go_to("/?view=all");
    until("all", || text("#list-heading").contains("All invitations") && exists("tbody tr:has(th)")).await;
}

#[wasm_bindgen_test]
async fn rows_that_are_no_objects_cost_only_themselves_in_the_whole_list_too() {
    let world = World::signed_in();
    world.stage.hush();
    world.clerk.let_listen();
    world.clerk.fill("org_a", 3);
    let world = drawn(world).await;
    let good =
        r#"{"id": "x", "emailAddress": "x@x.de", "status": "pending", "role": 7, "createdAt": "soon"}"#;
    let answer = json(&format!(r#"{{"total_count": 7, "data": [null, 7, "row", [], {{}}, {good}, true]}}"#));
    world.clerk.instead("whole", "gives", &answer);
    write("#list-search", "x.de");
    until("what was found", || rows() == ["x@x.de"]).await;
    assert!(text("tbody tr:has(th)").contains("unknown"), "{}", text("table"));
}
