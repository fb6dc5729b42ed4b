//! What is pasted and dropped: which of the formats of a clipboard is read, where files can be dropped, and what the
//! browser's decoders make of their bytes.

use crate::world::{
    ENTRY, ENTRY_TEXT, World, drag, drop as drop_files, drop_texts, exists, file, how_many, json, paste_all,
    settle, text, until, value, write,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const EMAIL: &str = "#invite-email";
const TARGET: &str = ".panel.drop-target";
const SEND: &str = "#invite-send";

const PICTURE: &[u8] = include_bytes!("../fixtures/cases/clipboard-image.png");
const CELLS: &str = include_str!("../fixtures/cases/clipboard-text.txt");
const WORKBOOK: &[u8] = include_bytes!("../fixtures/cases/staff.xlsx");
const OLD_WORKBOOK: &[u8] = include_bytes!("../fixtures/cases/staff.xls");
const PDF: &[u8] = include_bytes!("../fixtures/cases/staff.pdf");
const TABLE: &[u8] = include_bytes!("../fixtures/cases/heading-with-spaces.csv");
const MARKED: &[u8] = include_bytes!("../fixtures/cases/utf8-bom-no-heading.csv");
const OUTLOOK: &[u8] = include_bytes!("../fixtures/cases/outlook-contacts-cp1252.csv");
const GOOGLE: &[u8] = include_bytes!("../fixtures/cases/google-contacts-old-utf16.csv");

async fn ready() -> World {
    let world = World::signed_in();
    world.clerk.fill("org_a", 2);
    world.draw();
    until("the form", || exists("#invite-role:not([disabled])") && exists("tr[data-invitation]")).await;
    world
}

fn texts(plain: &str, html: &str) -> JsValue {
    json(&serde_json::json!({ "text/plain": plain, "text/html": html }).to_string())
}

fn entries() -> Vec<String> {
    text(ENTRY_TEXT).lines().map(str::to_owned).collect()
}

async fn entered(expected: &[&str]) {
    until("the entries", || how_many(ENTRY) == expected.len() as u32).await;
    assert_eq!(entries(), expected);
}

fn notices() -> String {
    text(".batch > .notice")
}

#[wasm_bindgen_test]
async fn the_picture_that_a_spreadsheet_puts_beside_its_cells_is_ignored() {
    let _world = ready().await;
    let picture = || vec![file("image.png", PICTURE)];
    assert!(paste_all(EMAIL, &json(&serde_json::json!({ "text/plain": CELLS }).to_string()), picture()));
    entered(&["jane@example.com", "rick@example.com"]).await;
    assert_eq!(notices(), "");
    write(EMAIL, "mia@example.org");
    assert!(paste_all(EMAIL, &texts("kim@example.com\tmember\r\n", ""), picture()));
    entered(&["jane@example.com", "rick@example.com", "mia@example.org", "kim@example.com"]).await;
    assert_eq!(notices(), "");
    // A single word goes where the cursor is, picture or not: the browser puts it there.
    assert!(!paste_all(EMAIL, &texts("lee@example.com", ""), picture()));
}

#[wasm_bindgen_test]
async fn a_picture_alone_is_named_with_what_to_do() {
    let _world = ready().await;
    assert!(paste_all(EMAIL, &json("{}"), vec![file("image.png", PICTURE)]));
    until("what is wrong", || notices().contains("image.png is a picture.")).await;
    assert!(!exists(ENTRY));
}

#[wasm_bindgen_test]
async fn the_cells_of_a_table_on_the_clipboard_are_told_apart_by_its_markup() {
    let _world = ready().await;
    let html = "<style>@page{}</style><table><tr><th>Name<th>Email</tr>\
        <tr><td>Doe,\n Jane</td><td>jane@example.com<br>j.doe@example.com</td></tr></table><script>window.evil=1</script>";
    assert!(paste_all(
        EMAIL,
        &texts("Name Email Doe, Jane jane@example.com j.doe@example.com", html),
        vec![]
    ));
    entered(&["jane@example.com", "j.doe@example.com"]).await;
    assert!(exists(".entry-text[title='Doe, Jane']"));
    // An address beside the table is not lost.
    let html = "rick@example.com<table><tr><td>Kim</td><td>kim@example.com</td></tr></table>";
    assert!(paste_all(EMAIL, &texts("rick@example.com Kim kim@example.com", html), vec![]));
    until("the rest", || entries().contains(&"rick@example.com".to_owned())).await;
    assert!(text(ENTRY).contains("kim@example.com"));
    assert_eq!(js_sys::Reflect::get(&js_sys::global(), &"evil".into()), Ok(JsValue::UNDEFINED));
}

#[wasm_bindgen_test]
async fn what_is_struck_out_or_hidden_on_the_clipboard_wants_a_look() {
    let _world = ready().await;
    let html = "<style><!--td{padding:0}\n.xl65\n\t{text-decoration:line-through;}--></style><table>\
        <tr><td>Kim</td><td>kim@example.com</td></tr><tr><td><s>Lou</s></td><td><s>lou@example.com</s></td></tr>\
        <tr><td>Mia</td><td class=xl65>mia@example.com</td></tr>\
        <tr style='display:none'><td>Lee</td><td>lee@example.com</td></tr></table>";
    let plain = "Kim\tkim@example.com\nLou\tlou@example.com\nMia\tmia@example.com\nLee\tlee@example.com\n";
    assert!(paste_all(EMAIL, &texts(plain, html), vec![]));
    entered(&["kim@example.com", "~~lou@example.com~~", "~~mia@example.com~~", "~~lee@example.com~~"]).await;
    until("the button", || text(SEND).contains("Send 1 invitation")).await;
}

#[wasm_bindgen_test]
async fn the_table_of_a_page_is_read_by_its_heading_though_an_address_stands_below_it() {
    let _world = ready().await;
    let html = "<html><body><h1>People</h1><table><tr><th>Name</th><th>E-mail</th><th>Manager e-mail</th></tr>\
        <tr><td>Kim</td><td>kim@example.com</td><td>boss@example.com</td></tr>\
        <tr><td>Lou</td><td>lou@example.com</td><td>boss@example.com</td></tr></table><p>Printed by sam@example.com</p></body></html>";
    assert!(paste_all(EMAIL, &texts("", ""), vec![file("people.xls", html.as_bytes())]));
    entered(&["kim@example.com", "lou@example.com"]).await;
}

#[wasm_bindgen_test]
async fn the_addresses_of_links_are_read_where_only_names_are_seen() {
    let _world = ready().await;
    let html = "<p><a href='mailto:jane@example.com'>Jane Doe</a> and <a href='MAILTO:rick@example.com'>Rick</a></p>";
    assert!(paste_all(EMAIL, &texts("Jane Doe and Rick", html), vec![]));
    entered(&["jane@example.com", "rick@example.com"]).await;
    let link = json(r#"{ "text/uri-list": "mailto:kim@example.com" }"#);
    assert!(drop_texts("section.panel", &link));
    entered(&["jane@example.com", "rick@example.com", "kim@example.com"]).await;
}

#[wasm_bindgen_test]
async fn each_file_that_is_no_text_is_named_and_the_good_one_is_read() {
    let _world = ready().await;
    for (name, bytes, said) in [
        ("staff.xls", OLD_WORKBOOK, "Couldn’t read the workbook staff.xls."),
        ("staff.pdf", PDF, "staff.pdf is a PDF."),
        ("clipboard-image.png", PICTURE, "clipboard-image.png is a picture."),
    ] {
        assert!(drop_files("section.panel", vec![file(name, bytes)]));
        until(name, || notices().contains(said)).await;
        assert!(!exists(ENTRY), "{name}: {:?}", entries());
    }
    // Here is no code that reads workbooks.
    assert!(drop_files("section.panel", vec![file("staff.xlsx", WORKBOOK), file("good.csv", TABLE)]));
    until("the good one", || exists(ENTRY)).await;
    assert!(notices().contains("Couldn’t read the workbook staff.xlsx."), "{}", notices());
    assert!(!entries().iter().any(|entry| entry.contains("PK")), "{:?}", entries());
}

#[wasm_bindgen_test]
async fn a_workbook_is_read_by_the_code_that_is_fetched_for_it() {
    let _world = ready().await;
    let read = "bytes => Promise.resolve(\
        'Notes\\x1f\\x1e\\x1dName\\x1fEmail\\x1f\\x1eJane Doe\\x1fjane@example.com\\x1f\\x1e\\x1d')";
    let _reader = WorkbookReader::new(read);
    assert!(drop_files("section.panel", vec![file("staff.xlsx", WORKBOOK)]));
    entered(&["jane@example.com"]).await;
    assert!(exists(".entry-text[title='Jane Doe']"));
    assert_eq!(notices(), "");
}

#[wasm_bindgen_test]
async fn a_workbook_whose_reader_does_not_arrive_is_named_with_what_to_do() {
    let _world = ready().await;
    let _reader = WorkbookReader::new("() => Promise.reject(new TypeError('Failed to fetch'))");
    assert!(drop_files("section.panel", vec![file("staff.xlsx", WORKBOOK)]));
    until("what is wrong", || notices().contains("Check your connection, then choose staff.xlsx again."))
        .await;
    assert!(notices().starts_with("Couldn’t load what reads workbooks.") && !exists(ENTRY), "{}", notices());
}

/// What stands in the place of the reader that assets/boot.js offers, until dropped.
struct WorkbookReader(js_sys::Object);

impl WorkbookReader {
    fn new(source: &str) -> Self {
        let boot = js_sys::Reflect::get(&js_sys::global(), &"clerkInvitations".into()).expect("boot.js");
        let reader = js_sys::eval(source).expect("a function");
        js_sys::Reflect::set(&boot, &"readWorkbook".into(), &reader).expect("an object");
        Self(boot.unchecked_into())
    }
}

impl Drop for WorkbookReader {
    fn drop(&mut self) {
        let _ = js_sys::Reflect::delete_property(&self.0, &"readWorkbook".into());
    }
}

#[wasm_bindgen_test]
async fn encodings_are_told_by_a_mark_or_guessed_and_a_guess_is_said() {
    let _world = ready().await;
    assert!(drop_files("section.panel", vec![file("marked.csv", MARKED), file("google.csv", GOOGLE)]));
    until("the entries", || how_many(ENTRY) >= 3).await;
    assert_eq!(entries()[..2], ["jane@example.com", "rick@example.com"]);
    assert_eq!(notices(), "");
    assert!(drop_files("section.panel", vec![file("outlook.csv", OUTLOOK)]));
    until("the guess", || notices().contains("outlook.csv doesn’t name its encoding.")).await;
    assert!(notices().contains("Western European (windows-1252)"), "{}", notices());
    let japanese = b"\x8e\x52\x93\x63 \x89\xd4\x8e\x71 <hanako@example.com>\n".to_vec();
    assert!(drop_files("section.panel", vec![file("list.txt", &japanese)]));
    until("the name", || exists(".entry-text[title='山田 花子']")).await;
}

#[wasm_bindgen_test]
async fn a_file_is_taken_wherever_on_the_page_it_is_dropped() {
    let _world = ready().await;
    assert!(drop_files("tr[data-invitation]", vec![file("list.txt", b"a@x.de")]));
    entered(&["a@x.de"]).await;
    assert!(drop_files("body", vec![file("list.txt", b"b@x.de")]));
    entered(&["a@x.de", "b@x.de"]).await;
    assert_eq!(value(EMAIL), "");
    // A text that is dropped elsewhere is the browser's.
    assert!(!drop_texts("tr[data-invitation]", &texts("c@x.de, d@x.de", "")));
}

#[wasm_bindgen_test]
async fn the_form_shows_that_files_can_be_dropped_as_long_as_they_are_over_the_page() {
    let _world = ready().await;
    let shows = |event: &'static str| move || exists(TARGET) == (event == "dragenter");
    assert!(!exists(TARGET));
    assert!(drag("tr[data-invitation]", "dragenter") && drag("tr[data-invitation]", "dragover"));
    until("the target", shows("dragenter")).await;
    // It goes from one element to another: it enters the one before it leaves the other.
    drag("section.panel", "dragenter");
    drag("tr[data-invitation]", "dragleave");
    settle().await;
    assert!(exists(TARGET));
    drag("section.panel", "dragleave");
    until("no target", shows("dragleave")).await;
    drag("section.panel", "dragenter");
    until("the target", shows("dragenter")).await;
    assert!(drop_files("section.panel", vec![file("list.txt", b"a@x.de")]));
    until("no target", shows("drop")).await;
    entered(&["a@x.de"]).await;
}

#[wasm_bindgen_test]
async fn where_there_is_no_form_a_dropped_file_is_not_opened_either() {
    let world = ready().await;
    for key in ["user", "session", "organization"] {
        world.clerk.put(key, &JsValue::NULL);
    }
    world.clerk.emit();
    until("no form", || !exists(EMAIL)).await;
    assert!(drop_files("body", vec![file("list.txt", b"a@x.de")]));
    settle().await;
    assert!(!exists(ENTRY));
    drop(world);
    until("the end of the listeners", || !drop_files("body", vec![file("list.txt", b"a@x.de")])).await;
}
