//! A world of its own for each test: a document to draw into, a clock, and whatever stands at `window.Clerk`.

use clerk_invitations::app;
use clerk_invitations::browser::{Mount, Unmount, decode_base64, parse_json};
use clerk_invitations::clerk::{Client, Starter};
use clerk_invitations::config::{self, Config};
use clerk_invitations::program::Beginning;
use futures_util::future::join;
use js_sys::{Array, JSON, Promise};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Once;
use std::task::Poll;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// `clerk.example.com$`, in base64.
pub const KEY: &str = "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k";

/// The status line of the page, which stands behind what a screen reader reads out.
pub const TOAST: &str = "div[role=status] + div";
/// What a screen reader reads out.
pub const SPOKEN: &str = "div[role=status]";
/// The form that invites.
pub const FORM: &str = "section:has(#invite-email)";
/// What stands below its fields: runs, reports, entries.
pub const BELOW: &str = "form ~ div";
/// What is known of all entries, in the line below the box.
pub const SUMMARY: &str = "form + div";
/// The entries: their list tells whether more is still being found out about them.
pub const ENTRY: &str = "ul[aria-busy] > li";
/// The text of an entry.
pub const ENTRY_TEXT: &str = "ul[aria-busy] > li > button:first-of-type";
/// The role that an entry names.
pub const ENTRY_ROLE: &str = "ul[aria-busy] > li > button + span:not(:last-of-type)";
/// What is said of an entry.
pub const ENTRY_STATE: &str = "ul[aria-busy] > li > span:last-of-type";
/// The role of the entry that is being edited.
pub const EDITOR_ROLE: &str = "li:has(#entry-editor) select";
/// A run on its way.
pub const PROGRESS: &str = "div:has(> progress)";
/// The bar about the selected rows.
pub const SELECTION: &str = "section:has(#list-heading) div:has(> p[role=status] + div)";
/// How far the whole list is read.
pub const READING: &str = "section:has(#list-heading) > div:has(> [role=status])";
/// The ways from page to page.
pub const PAGER: &str = "nav:has(select)";
/// What is said of a row, in a row of its own.
pub const ROW_SAID: &str = "table:not([aria-hidden]) > tbody > tr:not(:has(th))";
/// A row that was sent from here.
pub const NEW_ROW: &str = "tr:has(th > span + span)";

/// In milliseconds: far more than anything here takes, far less than the whole run may.
const PATIENCE: f64 = 10_000.0;

#[wasm_bindgen(module = "/tests/browser/clerk.js")]
extern "C" {
    /// A `window.Clerk` that does as it is told.
    #[derive(Clone)]
    pub type ScriptedClerk;
    #[wasm_bindgen(constructor)]
    pub fn new(major: u32) -> ScriptedClerk;
    #[wasm_bindgen(method, js_name = signIn)]
    pub fn sign_in(this: &ScriptedClerk);
    #[wasm_bindgen(method)]
    pub fn fill(this: &ScriptedClerk, organization: &str, count: u32);
    #[wasm_bindgen(method, js_name = roles)]
    fn set_roles(this: &ScriptedClerk, organization: &str, keys: &Array, migrating: bool);
    #[wasm_bindgen(method)]
    pub fn members(this: &ScriptedClerk, organization: &str, people: &JsValue);
    #[wasm_bindgen(method)]
    pub fn invited(this: &ScriptedClerk, organization: &str, email: &str, status: &str);
    #[wasm_bindgen(method)]
    pub fn change(this: &ScriptedClerk, organization: &str, email: &str, key: &str, value: &JsValue);
    #[wasm_bindgen(method)]
    pub fn aged(this: &ScriptedClerk, organization: &str, email: &str, days: f64);
    #[wasm_bindgen(method)]
    pub fn lose(this: &ScriptedClerk, organization: &str, email: &str);
    #[wasm_bindgen(method, js_name = leaveOut)]
    pub fn leave_out(this: &ScriptedClerk, organization: &str, email: &str, key: &str, value: &JsValue);
    #[wasm_bindgen(method, js_name = letListen)]
    pub fn let_listen(this: &ScriptedClerk);
    #[wasm_bindgen(method, getter)]
    pub fn hearing(this: &ScriptedClerk) -> u32;
    #[wasm_bindgen(method)]
    pub fn invitations(this: &ScriptedClerk, organization: &str, email: &str) -> u32;
    #[wasm_bindgen(method)]
    pub fn forbid(this: &ScriptedClerk, email: &str, thrown: &JsValue);
    #[wasm_bindgen(method)]
    pub fn writes(this: &ScriptedClerk) -> Vec<String>;
    #[wasm_bindgen(method)]
    pub fn receive(this: &ScriptedClerk, id: &str, organization: &str, status: &str);
    #[wasm_bindgen(method)]
    pub fn suggest(this: &ScriptedClerk, id: &str, organization: &str);
    #[wasm_bindgen(method, js_name = refuseForm)]
    pub fn refuse_form(this: &ScriptedClerk, path: &str, code: &str);
    #[wasm_bindgen(method, js_name = switchTo)]
    pub fn switch_to(this: &ScriptedClerk, organization: &str);
    #[wasm_bindgen(method)]
    pub fn emit(this: &ScriptedClerk);
    #[wasm_bindgen(method)]
    pub fn listeners(this: &ScriptedClerk) -> u32;
    #[wasm_bindgen(method)]
    pub fn hold(this: &ScriptedClerk, name: &str);
    #[wasm_bindgen(method, js_name = let)]
    pub fn let_go(this: &ScriptedClerk, name: &str);
    #[wasm_bindgen(method)]
    pub fn release(this: &ScriptedClerk, name: &str, nth: u32);
    #[wasm_bindgen(method)]
    pub fn refuse(this: &ScriptedClerk, name: &str, nth: u32, thrown: &JsValue);
    #[wasm_bindgen(method)]
    pub fn instead(this: &ScriptedClerk, name: &str, how: &str, value: &JsValue);
    #[wasm_bindgen(method)]
    pub fn count(this: &ScriptedClerk, name: &str) -> u32;
    #[wasm_bindgen(method)]
    pub fn given(this: &ScriptedClerk, name: &str, nth: u32) -> String;
    #[wasm_bindgen(method)]
    pub fn put(this: &ScriptedClerk, path: &str, value: &JsValue);
    #[wasm_bindgen(method)]
    pub fn at(this: &ScriptedClerk, path: &str) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn complaints(this: &ScriptedClerk) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    pub fn ended(this: &ScriptedClerk) -> u32;
}

impl ScriptedClerk {
    pub fn roles(&self, organization: &str, keys: &[&str], migrating: bool) {
        let keys: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
        self.set_roles(organization, &keys, migrating);
    }
}

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    pub fn text(selector: &str) -> String;
    pub fn exists(selector: &str) -> bool;
    #[wasm_bindgen(js_name = count)]
    pub fn how_many(selector: &str) -> u32;
    pub fn press(selector: &str);
    #[wasm_bindgen(js_name = pressNamed)]
    pub fn press_named(words: &str);
    #[wasm_bindgen(js_name = pressNamed)]
    pub fn press_within(words: &str, within: &str);
    pub fn pick(words: &str, is_shifted: bool);
    #[wasm_bindgen(js_name = isPicked)]
    pub fn is_picked(words: &str) -> bool;
    #[wasm_bindgen(js_name = type)]
    pub fn write(selector: &str, written: &str);
    pub fn value(selector: &str) -> String;
    pub fn key(selector: &str, name: &str);
    #[wasm_bindgen(js_name = key)]
    pub fn key_with(selector: &str, name: &str, more: &JsValue);
    /// `true` when the page took it.
    pub fn paste(selector: &str, pasted: &str) -> bool;
    /// `true` when the page took them.
    pub fn drop(selector: &str, files: Vec<JsValue>) -> bool;
    /// `true` when the page took them.
    #[wasm_bindgen(js_name = pasteAll)]
    pub fn paste_all(selector: &str, texts: &JsValue, files: Vec<JsValue>) -> bool;
    /// `true` when the page took them.
    #[wasm_bindgen(js_name = dropTexts)]
    pub fn drop_texts(selector: &str, texts: &JsValue) -> bool;
    /// `true` when the page takes the drag.
    pub fn drag(selector: &str, event: &str) -> bool;
    #[wasm_bindgen(js_name = chooseFiles)]
    pub fn choose_files(selector: &str, files: Vec<JsValue>);
    pub fn file(name: &str, bytes: &[u8]) -> JsValue;
    /// Chooses the option that says `words`.
    pub fn choose(selector: &str, words: &str);
    #[wasm_bindgen(js_name = asksBeforeLeaving)]
    pub fn asks_before_leaving() -> bool;
    /// What is kept, should the page be loaded anew.
    pub fn recorded() -> Option<String>;
    pub fn record(text: &str);
    pub fn focused() -> String;
    /// What the page is told of the document, as `boot.js` tells it.
    pub fn place() -> JsValue;
    /// Moves the keyboard to an element.
    pub fn focus(selector: &str);
    /// Lets an event happen to an element.
    pub fn happen(selector: &str, event: &str);
    /// Closes a dialog as the Escape key does.
    pub fn close(selector: &str);
    #[wasm_bindgen(js_name = scriptOf)]
    pub fn script_of(source: &str) -> String;
    fn frame() -> Promise;
    fn turn() -> Promise;
    fn breath() -> Promise;
    fn now() -> f64;

    /// The document, the window and the clock of one test.
    pub type Stage;
    #[wasm_bindgen(constructor)]
    fn set() -> Stage;
    #[wasm_bindgen(method, getter)]
    fn faults(this: &Stage) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    pub fn popstates(this: &Stage) -> u32;
    #[wasm_bindgen(method)]
    pub fn install(this: &Stage, clerk: &JsValue);
    #[wasm_bindgen(method)]
    pub fn offline(this: &Stage);
    #[wasm_bindgen(method)]
    pub fn online(this: &Stage);
    #[wasm_bindgen(method, js_name = keepScripts)]
    pub fn keep_scripts(this: &Stage);
    #[wasm_bindgen(method, getter)]
    fn scripts(this: &Stage) -> Array;
    #[wasm_bindgen(method)]
    pub fn tag(this: &Stage, nth: u32) -> String;
    #[wasm_bindgen(method)]
    pub fn end(this: &Stage, nth: u32, event: &str);
    #[wasm_bindgen(method, js_name = holdLater)]
    pub fn hold_later(this: &Stage);
    #[wasm_bindgen(method, js_name = holdLater)]
    pub fn hold_chunk(this: &Stage, chunk: &str);
    #[wasm_bindgen(method, js_name = laterEnds)]
    pub fn later_ends(this: &Stage, is_there: bool);
    #[wasm_bindgen(method, js_name = isLaterAsked)]
    pub fn is_later_asked(this: &Stage) -> bool;
    #[wasm_bindgen(method, js_name = stopClock)]
    pub fn stop_clock(this: &Stage);
    #[wasm_bindgen(method)]
    pub fn ring(this: &Stage) -> f64;
    #[wasm_bindgen(method)]
    pub fn pass(this: &Stage, milliseconds: f64);
    #[wasm_bindgen(method, js_name = comeBack)]
    pub fn come_back(this: &Stage);
    #[wasm_bindgen(method)]
    pub fn clipboard(this: &Stage, how: &str);
    #[wasm_bindgen(method, getter)]
    pub fn copied(this: &Stage) -> String;
    #[wasm_bindgen(method, js_name = keepFiles)]
    pub fn keep_files(this: &Stage);
    #[wasm_bindgen(method, getter)]
    pub fn files(this: &Stage) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    pub fn pushes(this: &Stage) -> u32;
    #[wasm_bindgen(method, js_name = keepNavigations)]
    pub fn keep_navigations(this: &Stage);
    #[wasm_bindgen(method, getter)]
    pub fn navigations(this: &Stage) -> Vec<String>;
    #[wasm_bindgen(method, js_name = countFormats)]
    pub fn count_formats(this: &Stage);
    #[wasm_bindgen(method, getter)]
    pub fn formats(this: &Stage) -> u32;
    #[wasm_bindgen(method)]
    pub fn timers(this: &Stage) -> u32;
    #[wasm_bindgen(method)]
    pub fn hush(this: &Stage);
    #[wasm_bindgen(method)]
    fn tidy(this: &Stage);
}

impl Stage {
    /// How many tags of scripts were added.
    pub fn tags(&self) -> u32 {
        self.scripts().length()
    }
}

thread_local! {
    static PANICS: RefCell<Vec<String>> = const { RefCell::new(vec![]) };
    /// What is being tried, for a test that tries many things: a panic names it.
    static TRYING: RefCell<String> = const { RefCell::new(String::new()) };
    static PAGE: Cell<Option<Unmount>> = const { Cell::new(None) };
}

/// Says what is being tried, should it end in a panic.
pub fn trying(what: String) {
    TRYING.set(what);
}

/// A panic in a task or in an event listener of the page's does not reach the test that caused it, so all are noted.
fn note_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        yew::set_custom_panic_hook(Box::new(move |panic| {
            let trying = TRYING.with(|trying| trying.try_borrow().map(|it| it.clone()).unwrap_or_default());
            PANICS.with(|panics| panics.borrow_mut().push(format!("{trying} {panic}")));
            before(panic);
        }));
    });
    PANICS.take();
    // Of a test that failed before its end.
    if let Some(unmount) = PAGE.take() {
        unmount();
    }
}

fn mount() -> Mount {
    Mount::at(&place()).expect("#app")
}

/// What the page shows, as a path and a query.
pub fn address() -> String {
    mount().address()
}

/// Goes to an address, as a link of the page does.
pub fn go_to(address: &str) {
    mount().go_to(address);
}

/// Makes another address the current one.
pub fn replace_address(address: &str) {
    mount().replace_address(address);
}

/// Moves the keyboard to an element, as the page does.
pub fn place_focus(id: &str) {
    mount().place_focus(id);
}

/// What a test stands in. Dropped at its end, it looks back: nothing may have panicked, nothing may have been thrown
/// to where nobody catches it.
pub struct World {
    pub clerk: ScriptedClerk,
    pub stage: Stage,
    pub mount: Mount,
}

impl World {
    /// A document without clerk-js. `clerk` stands nowhere yet, with somebody signed in.
    pub fn without_clerk() -> Self {
        Self::of_version(6)
    }

    /// A document with a running clerk-js and somebody signed in.
    pub fn signed_in() -> Self {
        let world = Self::without_clerk();
        world.stage.install(&world.clerk);
        world
    }

    /// As [`World::without_clerk`], with a clerk-js of this major version.
    pub fn of_version(major: u32) -> Self {
        note_panics();
        let clerk = ScriptedClerk::new(major);
        clerk.sign_in();
        let stage = Stage::set();
        Self { clerk, stage, mount: mount() }
    }

    /// The running clerk-js, as the page sees it.
    pub async fn client(&self) -> Client {
        Starter::default().start(&config(""), &self.mount).await.expect("a running clerk-js")
    }

    /// Draws the page.
    pub fn draw(&self) {
        self.draw_with(config(""));
    }

    /// Draws the page with another configuration.
    pub fn draw_with(&self, config: Config) {
        let (mount, starter) = (self.mount.clone(), Rc::default());
        PAGE.set(Some(app::draw(Beginning { config: Rc::new(config), mount, starter })));
    }

    /// Takes the page away again.
    pub fn take_away(&self) {
        if let Some(unmount) = PAGE.take() {
            unmount();
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.take_away();
        let faults = [PANICS.take(), self.stage.faults(), self.clerk.complaints()].concat();
        self.stage.tidy();
        TRYING.take();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

/// A configuration; `more` are further members, each behind a comma.
pub fn config(more: &str) -> Config {
    let text = format!(r#"{{"publishableKey": "{KEY}"{more}}}"#);
    config::read(200, &text, parse_json, decode_base64).0.expect("a configuration")
}

/// A JavaScript value from JSON.
pub fn json(text: &str) -> JsValue {
    JSON::parse(text).expect("JSON")
}

/// Waits for a promise of the tests' own.
pub async fn kept(promise: Promise) -> JsValue {
    JsFuture::from(promise).await.expect("a promise that is kept")
}

/// Waits for two things that happen side by side, but not for ever.
pub async fn both<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    let (mut both, start) = (pin!(join(one, other)), now());
    loop {
        if let Poll::Ready(done) = poll_fn(|context| Poll::Ready(both.as_mut().poll(context))).await {
            return done;
        }
        assert!(now() - start < PATIENCE, "waited in vain");
        kept(turn()).await;
    }
}

/// Waits until the browser has drawn what makes `condition` true.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    let start = now();
    for _ in 0..10 {
        if condition() {
            return;
        }
        kept(breath()).await;
    }
    while !condition() {
        let panics = PANICS.with_borrow(|panics| panics.join("\n"));
        let is_patient = now() - start < PATIENCE && panics.is_empty();
        assert!(is_patient, "waited in vain: {what}\n{panics}\nthe page says: {}", text("#app"));
        kept(frame()).await;
    }
}

/// Waits until all that can happen without time or the network has happened, as far as one can tell from outside.
pub async fn settle() {
    for _ in 0..5 {
        kept(turn()).await;
        kept(breath()).await;
    }
}

/// Opens the menu of a row and picks something in it.
pub async fn pick_in_menu(email: &str, what: &str) {
    press_named(&["More actions for ", email].concat());
    until("the menu", || exists("[role=menu]")).await;
    press_within(what, "[role=menu]");
    until("no menu", || !exists("[role=menu]")).await;
}

/// Waits while the clock stands: when nothing else can happen, the next timer rings. Says at which millisecond the last
/// one rang.
pub async fn until_rung(stage: &Stage, what: &str, condition: impl Fn() -> bool) -> f64 {
    let mut time = 0.0;
    loop {
        for _ in 0..6 {
            if condition() {
                return time;
            }
            kept(turn()).await;
            kept(breath()).await;
        }
        let rung = stage.ring();
        let panics = PANICS.with_borrow(|panics| panics.join("\n"));
        let goes_on = rung >= 0.0 && panics.is_empty();
        assert!(goes_on, "no timer is left: {what}\n{panics}\nthe page says: {}", text("#app"));
        time = rung;
    }
}

/// Waits for `future` while the clock stands: when nothing else can happen, the next timer rings. Also says at which
/// millisecond the last one rang.
pub async fn passing<T>(stage: &Stage, future: impl Future<Output = T>) -> (T, f64) {
    let (mut future, mut time) = (pin!(future), 0.0);
    loop {
        for _ in 0..3 {
            if let Poll::Ready(value) = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
                return (value, time);
            }
            kept(turn()).await;
        }
        let rung = stage.ring();
        assert!(rung >= 0.0, "nothing is left that could end this wait");
        time = rung;
    }
}

/// The addresses of the rows, in their order.
pub fn rows() -> Vec<String> {
    text("tbody tr:has(th) > th > span:first-child").lines().map(str::to_owned).collect()
}

/// What is said of rows, in their order.
pub fn row_said() -> String {
    text(ROW_SAID)
}

/// Waits until just these rows are shown.
pub async fn shown(emails: &[&str]) {
    until(&format!("just {emails:?}"), || rows() == emails).await;
}

/// Waits until the list is shown, and how many there are of each kind.
pub async fn listed() {
    until("the list, and how many there are", || {
        exists("tbody tr:has(th)")
            && how_many("nav a > span") == 5
            && !text("#app").contains("Loading roles…")
    })
    .await;
}

/// An error as clerk-js throws it, with one code.
pub fn refusal(status: u16, code: &str, message: &str) -> JsValue {
    json(&format!(
        r#"{{"clerkError": true, "status": {status}, "errors": [{{"code": "{code}", "message": "{message}"}}]}}"#
    ))
}
