//! What only Chromium's driver can do: its own protocol and its logs.

use sandbox::World;
use serde_json::{Value, json};
use thirtyfour::BrowserLogEntry;

use super::page::Page;

impl Page {
    /// All that the console has said so far.
    pub async fn console(&self) -> Vec<BrowserLogEntry> {
        let news = self.driver().browser_log().await.unwrap_or_default();
        let mut all = self.console.lock().expect("the console");
        all.extend(news);
        all.clone()
    }

    /// All that has happened in the browser so far, as its own protocol tells it; `None` when it does not tell.
    pub async fn events(&self) -> Option<Vec<String>> {
        let news = self.driver().get_log("performance").await.ok()?;
        let mut all = self.events.lock().expect("the events");
        all.extend(news.into_iter().map(|event| event.message));
        Some(all.clone())
    }

    /// Waits until the console holds this.
    pub async fn console_says(&self, text: &str) {
        self.until(format!("{text:?} in the console"), async || {
            self.console().await.iter().any(|entry| entry.message.contains(text)).then_some(())
        })
        .await;
    }

    /// Loads the page anew although it asks whether that is wanted: the driver says yes to each such question.
    pub async fn reload_against_its_question(&self) {
        self.reload().await;
        self.until("the question whether to leave", async || {
            let is_it = |event: &String| {
                event.contains("Page.javascriptDialogOpening") && event.contains("beforeunload")
            };
            self.events().await?.iter().any(is_it).then_some(())
        })
        .await;
    }

    /// A command of Chromium's own protocol.
    pub async fn chromium(&self, method: &str, parameters: Value) -> Value {
        self.driver().cdp().send_raw(method, parameters).await.expect("Chromium does it")
    }

    /// Asks for each file anew, also for one that was kept from before.
    pub async fn keep_no_copies(&self) {
        self.chromium("Network.enable", json!({})).await;
        self.chromium("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
    }

    /// Lets nothing arrive from now on whose address has one of these patterns in it; `*` is anything.
    pub async fn get_none_of(&self, patterns: &[&str]) {
        self.chromium("Network.enable", json!({})).await;
        self.chromium("Network.setBlockedURLs", json!({ "urls": patterns })).await;
    }

    /// Cuts the network, or joins it again.
    pub async fn be_offline(&self, is_offline: bool) {
        self.chromium("Network.enable", json!({})).await;
        let network =
            json!({ "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.chromium("Network.emulateNetworkConditions", network).await;
    }

    /// Gives the page another width and height, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// A picture of what is on screen, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.driver().screenshot_as_png().await.expect("a picture")
    }

    /// Sets media features, e.g. `[("prefers-color-scheme", "dark")]`.
    pub async fn prefer(&self, features: &[(&str, &str)]) {
        let features: Vec<_> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.chromium("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Puts in front of each document from now on what lets [`Page::hurries`] make its timers run faster, and notes what goes wrong
    /// in a script in `window.problems`.
    pub async fn lets_documents_be_hurried(&self) {
        let source = "{
            const { setTimeout, clearTimeout } = window;
            const now = performance.now.bind(performance);
            // Each wait by the number that the page has of it: what is to be run, when it is due, and the browser's own number.
            const waits = new Map();
            let [haste, last] = [1, 1e9];
            const begin = (number, wait) => {
              const run = () => waits.delete(number) && wait.run();
              waits.set(number, { ...wait, timer: setTimeout(run, (wait.due - now()) / haste) });
            };
            window.setTimeout = (code, wait, ...rest) => {
              begin((last += 1), { run: () => code(...rest), due: now() + (wait ?? 0) });
              return last;
            };
            window.clearTimeout = (number) => {
              clearTimeout(waits.get(number)?.timer ?? number);
              waits.delete(number);
            };
            window.hurryUp = (times) => {
              haste = times;
              for (const [number, wait] of waits) {
                clearTimeout(wait.timer);
                begin(number, wait);
              }
            };
            window.problems = [];
            window.addEventListener('error', ({ message }) => message && problems.push(message));
            window.addEventListener('unhandledrejection', ({ reason }) => problems.push(`unhandled rejection: ${reason}`));
        }";
        self.chromium("Page.enable", json!({})).await;
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    }

    /// Makes timers run forty times as fast from now on, also those that are set already. Not before the page is there: what
    /// waits for a script would give up too early.
    pub async fn hurries(&self) {
        self.hurries_by(40).await;
    }

    /// Makes timers run so many times as fast. Clerk's answers take as long as before: where several are waited for, fewer times
    /// leave room for them.
    pub async fn hurries_by(&self, times: u32) {
        self.eval::<()>("window.hurryUp(arguments[0])", json!(times)).await;
    }

    /// Another world and a browser that knows nothing of the one before.
    pub async fn starts_anew_in(&self, world: World) {
        self.control.clear_faults();
        self.be_offline(false).await;
        self.eval::<()>("try { sessionStorage.clear(); localStorage.clear() } catch {}", json!(null)).await;
        self.driver().goto("about:blank").await.expect("an empty page");
        self.chromium("Network.clearBrowserCookies", json!({})).await;
        self.control.change(|served| *served = world);
        self.control.forget_requests();
    }
}
