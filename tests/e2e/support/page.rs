//! The page as a person meets it, and the strings behind it.

use std::fmt::Display;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sandbox::{Control, Fault, On, Sandbox, Seen, What};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::session::scriptret::ScriptRet;
use thirtyfour::{BrowserLogEntry, Key, TypingData, WebElement, WindowHandle, prelude::*};
use tokio::time::{sleep, timeout};

use super::browser::Browser;
use super::thing::{Thing, any};

/// As long as anything is waited for before the wait is a failure.
const PATIENCE: Duration = Duration::from_secs(25);
/// How often is looked while waiting.
const LOOK_EVERY: Duration = Duration::from_millis(25);

const FINDER: &str = include_str!("finder.js");

/// A row of the list, as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    pub email: String,
    pub invited: String,
    /// How long it still works, or when it ended; `None` where there is no such column.
    pub expires: Option<String>,
    pub role: String,
    /// What became of it; `None` where there is no such column.
    pub status: Option<String>,
    /// What is said of it, in the row below it.
    pub said: String,
    pub is_chosen: bool,
    /// What the buttons say that do something with it.
    pub offers: Vec<String>,
    pub is_new: bool,
    pub is_busy: bool,
}

/// The page in its browser, and the sandbox that serves it.
pub struct Page {
    pub browser: Browser,
    pub control: Control,
    url: String,
    /// Everything the console has said so far; the driver tells it only once.
    pub(super) console: Mutex<Vec<BrowserLogEntry>>,
    /// The same of what happened in the browser.
    pub(super) events: Mutex<Vec<String>>,
    // They serve until they are dropped.
    _sandboxes: Vec<Sandbox>,
}

impl Page {
    /// `url` is where the page is, if a server of its own serves it.
    /// The sandboxes are the one that has Clerk and the page, and those that only serve files.
    pub fn new(browser: Browser, sandboxes: Vec<Sandbox>, url: Option<String>) -> Page {
        let first = sandboxes.first().expect("a sandbox");
        let control = first.control();
        let url = url.unwrap_or_else(|| first.url());
        Page {
            browser,
            control,
            url,
            console: Mutex::default(),
            events: Mutex::default(),
            _sandboxes: sandboxes,
        }
    }

    pub(super) fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    // Going there.

    /// Opens an address below the page's own, e.g. `?page=2`.
    pub async fn open(&self, below: &str) {
        self.driver().goto(format!("{}{below}", self.url)).await.expect("the page opens");
    }

    /// Opens the page and waits for the list's first page.
    pub async fn open_list(&self, below: &str) {
        self.open(below).await;
        self.settled().await;
    }

    /// Waits until the list is there and nothing is on its way.
    pub async fn settled(&self) {
        self.until_true(
            "the list to be there, not busy",
            "
            const [table] = all('table');
            // While nothing is known, an empty table stands there for the eye.
            const isEmpty = !!listSection() && !listSection().querySelector('table');
            const roles = byId('invite-role');
            return (table?.getAttribute('aria-busy') === 'false' || isEmpty) && !!roles && !roles.disabled
              && roles.getAttribute('aria-busy') !== 'true';
        ",
            json!(null),
        )
        .await;
    }

    pub async fn reload(&self) {
        self.driver().refresh().await.expect("the page loads anew");
    }

    /// Leaves a mark that a reload would wipe off.
    pub async fn mark(&self) {
        self.eval::<()>("window.isMarked = true", json!(null)).await;
    }

    /// Fails when the mark is gone.
    pub async fn was_not_reloaded(&self) {
        assert!(
            self.eval::<bool>("return window.isMarked === true", json!(null)).await,
            "the page was loaded anew"
        );
    }

    pub async fn back(&self) {
        self.driver().back().await.expect("back");
    }

    pub async fn forward(&self) {
        self.driver().forward().await.expect("forward");
    }

    /// The address below the page's own.
    pub async fn address(&self) -> String {
        let url = self.driver().current_url().await.expect("an address").to_string();
        url.strip_prefix(&self.url).map_or(url.clone(), str::to_owned)
    }

    pub async fn address_becomes(&self, below: &str) {
        self.until(format!("the address {below:?}"), async || (self.address().await == below).then_some(()))
            .await;
    }

    // Looking.

    /// Waits until it is there to see.
    pub async fn see(&self, thing: Thing) {
        self.element(&thing).await;
    }

    /// Waits until none is there to see.
    pub async fn no_longer_see(&self, thing: Thing) {
        let script = "return find(arguments[0]).length === 0";
        self.until_true(format!("no {thing:?}"), script, json!(thing)).await;
    }

    /// Is it there to see now?
    pub async fn shows(&self, thing: Thing) -> bool {
        self.eval::<bool>("return find(arguments[0]).length > 0", json!(thing)).await
    }

    /// Its text, as soon as it is there.
    pub async fn text(&self, thing: Thing) -> String {
        self.element(&thing).await;
        self.eval("return clean(find(arguments[0])[0].innerText)", json!(thing)).await
    }

    /// Waits until it has the attribute with that value; `None` is without.
    pub async fn has(&self, thing: Thing, attribute: &str, value: Option<&str>) {
        let script = "
            const [thing, name, value] = arguments[0];
            return find(thing).some((element) => element.getAttribute(name) === value)";
        let what = format!("{thing:?} with {attribute}={value:?}");
        self.until_true(what, script, json!([thing, attribute, value])).await;
    }

    /// Puts the keyboard on it, as soon as it is there.
    pub async fn focus_on(&self, thing: Thing) {
        self.element(&thing).await;
        self.eval::<()>("find(arguments[0])[0].focus()", json!(thing)).await;
    }

    /// Waits until a pseudo-class such as `:disabled` fits it.
    pub async fn is(&self, thing: Thing, state: &str) {
        let script = "return find(arguments[0][0]).some((element) => element.matches(arguments[0][1]))";
        self.until_true(format!("{thing:?} to be {state}"), script, json!([thing, state])).await;
    }

    /// Waits until a field holds this text.
    pub async fn holds(&self, field: Thing, text: &str) {
        let script = "return find(arguments[0][0]).some((field) => field.value === arguments[0][1])";
        self.until_true(format!("{field:?} to hold {text:?}"), script, json!([field, text])).await;
    }

    /// Waits until the dialog has the width that the stylesheet of the later code gives it.
    pub async fn dialog_has_its_style(&self) {
        let script = "return getComputedStyle(find(arguments[0])[0]).maxWidth === '416px'";
        self.until_true("the width of the dialog", script, json!(any("dialog"))).await;
    }

    /// Waits until the keyboard is on it.
    pub async fn focus_is_on(&self, thing: Thing) {
        let script = "return find(arguments[0]).includes(focused())";
        self.until_true(format!("the focus on {thing:?}"), script, json!(thing)).await;
    }

    /// Waits until the status line says this.
    pub async fn is_told(&self, text: &str) {
        let script = "return all('status').some((line) => clean(line.textContent).includes(arguments[0]))";
        self.until_true(format!("the status {text:?}"), script, json!(text)).await;
    }

    /// What the problem below a field says, as its description tells a screen reader.
    pub async fn is_described_by(&self, field: Thing, text: &str) {
        let script = "
            const [field, text] = arguments[0];
            return find(field).some((element) => (element.getAttribute('aria-describedby') ?? '').split(' ')
              .some((id) => clean(document.getElementById(id)?.textContent).includes(text)))";
        self.until_true(format!("{text:?} at {field:?}"), script, json!([field, text])).await;
    }

    /// The rows of the list as they are drawn now.
    pub async fn rows(&self) -> Vec<Row> {
        self.eval(
            "const fact = (cell) => cell && clean(cell.textContent);
             return rows().map((row) => ({
               email: clean(row.name.textContent),
               invited: clean(row.element.querySelector('time')?.textContent),
               expires: fact(row.cell('Expires')),
               role: fact(row.cell('Role')) ?? '',
               status: fact(row.cell('Status')),
               said: clean(row.below?.querySelector('p')?.textContent),
               is_chosen: row.box.checked,
               offers: row.buttons.map(nameOf),
               is_new: row.isNew,
               is_busy: row.element.getAttribute('aria-busy') === 'true',
             }))",
            json!(null),
        )
        .await
    }

    /// The addresses on the drawn page of the list.
    pub async fn emails(&self) -> Vec<String> {
        self.rows().await.into_iter().map(|row| row.email).collect()
    }

    /// Waits until the list shows exactly these addresses, in this order.
    pub async fn lists(&self, emails: &[String]) {
        self.until(format!("the list {emails:?}"), async || (self.emails().await == emails).then_some(()))
            .await;
    }

    /// Waits until the pager says this, e.g. `21–30 of 57`.
    pub async fn range_is(&self, range: &str) {
        let script = "return find(arguments[0][0]).some((nav) => clean(nav.querySelector('p')?.textContent) === arguments[0][1])";
        let line = super::any("navigation");
        self.until_true(format!("the range {range:?}"), script, json!([line, range])).await;
    }

    // Doing.

    /// Clicks it, as soon as it is there to be clicked.
    pub async fn click(&self, thing: Thing) {
        self.until(format!("a click on {thing:?}"), async || {
            let element = self.found(&thing).await?;
            if element.click().await.is_ok() {
                return Some(());
            }
            // Something that sticks to the window's edge lies over it: one scrolls.
            let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            self.driver().execute(script, vec![element.to_json().ok()?]).await.ok()?;
            None
        })
        .await;
    }

    /// Clicks it twice, as fast as a mouse can.
    pub async fn double_click(&self, thing: Thing) {
        let element = self.element(&thing).await;
        self.driver().action_chain().double_click_element(&element).perform().await.expect("a double click");
    }

    /// Replaces what stands in a field.
    pub async fn write(&self, field: Thing, text: &str) {
        self.until(format!("{text:?} in {field:?}"), async || {
            let element = self.found(&field).await?;
            // In the empty box of the form, Backspace goes to the entry before it.
            if element.prop("value").await.ok()?.is_some_and(|value| !value.is_empty()) {
                element.send_keys(Key::Control + "a").await.ok()?;
                element.send_keys(Key::Backspace + "").await.ok()?;
            }
            element.send_keys(text).await.ok()
        })
        .await;
    }

    /// Presses keys wherever the keyboard is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        self.driver().action_chain().send_keys(keys).perform().await.expect("keys");
    }

    /// Presses keys together in a field, e.g. `Key::Control + "v"`.
    pub async fn press_in(&self, field: Thing, keys: impl Into<TypingData>) {
        self.element(&field).await.send_keys(keys).await.expect("keys");
    }

    /// Goes back to where the keyboard was before the last Tab.
    pub async fn go_back_by_tab(&self) {
        let keys = self.driver().action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift);
        keys.perform().await.expect("keys");
    }

    /// Chooses an option of a select by its text.
    pub async fn choose(&self, select: Thing, option: &str) {
        self.element(&select).await;
        let script =
            "return [...find(arguments[0][0])[0].options].find((one) => clean(one.text) === arguments[0][1])";
        let option = self.run(script, vec![json!([select, option])]).await.expect("an answer");
        option.element().expect("the option").click().await.expect("a click on the option");
    }

    // The browser.

    /// Runs a script in the page with one argument, `arguments[0]`.
    pub async fn eval<T: DeserializeOwned>(&self, script: &str, argument: Value) -> T {
        self.until(format!("an answer of {script}"), async || self.try_eval(script, argument.clone()).await)
            .await
    }

    async fn try_eval<T: DeserializeOwned>(&self, script: &str, argument: Value) -> Option<T> {
        self.run(script, vec![argument]).await.ok()?.convert().ok()
    }

    /// Runs a script, which may wait for promises: not each driver lets a script do that by itself.
    pub(super) async fn run(&self, script: &str, arguments: Vec<Value>) -> WebDriverResult<ScriptRet> {
        let script = format!("return (async function () {{ {FINDER}{script}\n}}).apply(null, arguments)");
        self.driver().execute(script, arguments).await
    }

    /// Waits until a script answers `true`.
    pub async fn until_true(&self, what: impl Display, script: &str, argument: Value) {
        self.until(what, async || {
            self.try_eval::<bool>(script, argument.clone()).await.filter(|answer| *answer)
        })
        .await;
    }

    /// Waits until `look` finds something.
    pub async fn until<T>(&self, what: impl Display, look: impl AsyncFn() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            if start.elapsed() > PATIENCE {
                panic!("waited in vain for {what}\n{}", self.report().await);
            }
            sleep(LOOK_EVERY).await;
        }
    }

    async fn found(&self, thing: &Thing) -> Option<WebElement> {
        self.run("return find(arguments[0])[0]", vec![json!(thing)]).await.ok()?.element().ok()
    }

    /// The element, as soon as it is there to see.
    pub async fn element(&self, thing: &Thing) -> WebElement {
        self.until(format!("{thing:?}"), async || self.found(thing).await).await
    }

    /// The addresses of all that this document has downloaded.
    pub async fn downloads(&self) -> Vec<String> {
        self.eval("return performance.getEntriesByType('resource').map((entry) => entry.name)", json!(null))
            .await
    }

    /// Waits until that many answers from addresses with this piece have arrived, and were drawn if they were to be.
    pub async fn has_received(&self, times: usize, piece: &str) {
        let script = "
            const arrived = performance.getEntriesByType('resource').filter((entry) =>
              entry.name.includes(arguments[0][1]) && entry.responseEnd > 0);
            await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            return arrived.length >= arguments[0][0]";
        self.until_true(format!("{times} answers of {piece}"), script, json!([times, piece])).await;
    }

    /// Makes the timers of this document run twenty times as fast from now on: clerk-js retries for half a minute.
    pub async fn hurry(&self) {
        let script = "
            const slow = window.setTimeout;
            window.setTimeout = (run, wait, ...rest) => slow(run, (wait ?? 0) / 20, ...rest);";
        self.eval::<()>(script, json!(null)).await;
    }

    /// The lightness of what is behind everything, from 0 to 1.
    pub async fn lightness(&self) -> f64 {
        let script = "
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            const layers = [document.documentElement, document.body].map((one) => getComputedStyle(one).backgroundColor);
            for (const colour of layers) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
            const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
            return (r + g + b) / 765";
        self.eval(script, json!(null)).await
    }

    /// Opens the page in a frame within a document of another origin. What follows happens in the frame. It takes a
    /// [`Stage::embedded`](super::Stage::embedded) and a [`Stage::in_frames`](super::Stage::in_frames).
    pub async fn open_in_a_frame_of_another_site(&self) {
        self.open("host.css").await;
        let script = "
            const script = await (await fetch('embedded.js')).text();
            const [, src] = /from \"(.*)embed[.]js\"/.exec(script);
            const frame = Object.assign(document.createElement('iframe'), { src, width: 800, height: 600 });
            document.body.replaceChildren(frame);";
        self.eval::<()>(script, json!(null)).await;
        self.driver().enter_frame(0).await.expect("the frame");
    }

    /// Opens a page that embeds this one in a frame within a document of another origin. What follows happens in the frame. It takes the
    /// same.
    pub async fn open_host_in_a_frame_of_another_site(&self, host: &str) {
        self.open("host.css").await;
        let script = "
            const script = await (await fetch('embedded.js')).text();
            location.href = /from \"(.*)embed[.]js\"/.exec(script)[1] + 'theme.css';";
        self.eval::<()>(script, json!(null)).await;
        self.until_true("the other origin", "return location.href.endsWith('/theme.css')", json!(null)).await;
        let script = "
            const [src, width, height] = [arguments[0], 800, 600];
            document.body.replaceChildren(Object.assign(document.createElement('iframe'), { src, width, height }));";
        self.eval::<()>(script, json!(format!("{}{host}", self.url))).await;
        self.driver().enter_frame(0).await.expect("the frame");
    }

    /// Opens an address below the page's own in a frame of that size, in CSS pixels: not each browser's window can be that
    /// small. What follows happens in the frame. It takes a [`Stage::in_frames`](super::Stage::in_frames).
    pub async fn open_in_a_frame(&self, below: &str, width: u32, height: u32) {
        // Browsers load no page into itself, so another file of it stands around the frame.
        self.open("theme.css").await;
        let script = "
            const frame = document.createElement('iframe');
            const [src, width, height] = arguments[0];
            Object.assign(frame, { src, width, height });
            document.body.replaceChildren(frame);";
        self.eval::<()>(script, json!([format!("{}{below}", self.url), width, height])).await;
        self.driver().enter_frame(0).await.expect("the frame");
    }

    /// Takes the network away: no answer comes from Clerk any more, and the browser says that it is offline. In Chromium
    /// [`Page::be_offline`] cuts it.
    pub async fn loses_its_connection(&self) {
        self.fails(On::any("/v1/**"), What::Drop);
        self.says_it_is_online(false).await;
    }

    /// Gives it back.
    pub async fn has_its_connection_again(&self) {
        self.control.clear_faults();
        self.says_it_is_online(true).await;
    }

    async fn says_it_is_online(&self, is_online: bool) {
        let script = "
            Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => arguments[0] });
            window.dispatchEvent(new Event(arguments[0] ? 'online' : 'offline'));";
        self.eval::<()>(script, json!(is_online)).await;
    }

    /// Fails when something stands out to the side of the window.
    pub async fn fits_its_width(&self, where_: &str) {
        let out: Vec<String> = self
            .eval(
                "const width = document.documentElement.clientWidth;
                 const out = document.documentElement.scrollWidth > width ? ['the document'] : [];
                 const clips = (element) => element && (getComputedStyle(element).overflowX !== 'visible' || clips(element.parentElement));
                 for (const element of document.body.querySelectorAll('*')) {
                   const box = element.getBoundingClientRect();
                   if (!isVisible(element) || element.closest('.visually-hidden, svg') || !box.width) continue;
                   if (out.length < 8 && (box.right > width + 1 || box.left < -1) && !clips(element.parentElement))
                     out.push(element.outerHTML.slice(0, 160));
                 }
                 return out",
                json!(null),
            )
            .await;
        assert!(out.is_empty(), "{where_}: wider than the window: {out:#?}");
    }

    // Tabs.

    /// Opens another tab on the same address and goes there. The tab before.
    pub async fn open_second_tab(&self, below: &str) -> WindowHandle {
        let first = self.driver().window().await.expect("a tab");
        let second = self.driver().new_tab().await.expect("another tab");
        self.driver().switch_to_window(second).await.expect("the other tab");
        self.open(below).await;
        first
    }

    pub async fn go_to_tab(&self, tab: &WindowHandle) {
        self.driver().switch_to_window(tab.clone()).await.expect("the tab");
    }

    // The sandbox.

    /// Makes something go wrong until [`Control::clear_faults`].
    pub fn fails(&self, on: On, what: What) {
        self.control.fault(Fault { on, times: None, what });
    }

    /// Makes something go wrong once.
    pub fn fails_once(&self, on: On, what: What) {
        self.control.fault(Fault { on, times: Some(1), what });
    }

    /// The requests so far of that method to that path; see [`On`] for the glob.
    pub fn requests(&self, method: &str, path: &str) -> Vec<Seen> {
        self.control.requests().into_iter().filter(|seen| seen.is(method, path)).collect()
    }

    /// Waits until that many such requests were answered.
    pub async fn is_asked(&self, times: usize, method: &str, path: &str) {
        let enough = |log: &[Seen]| {
            log.iter().filter(|seen| seen.is(method, path) && seen.status.is_some()).count() >= times
        };
        if timeout(PATIENCE, self.control.seen(enough)).await.is_err() {
            panic!("waited in vain for {times} × {method} {path}\n{}", self.report().await);
        }
    }

    /// What the status lines say now.
    pub async fn said(&self) -> String {
        self.eval("return all('status').map((line) => clean(line.innerText)).join('\\n')", json!(null)).await
    }

    /// Dismisses what the status line says.
    pub async fn dismiss(&self) {
        self.click(super::button("Dismiss")).await;
        self.no_longer_see(super::button("Dismiss")).await;
    }
}
