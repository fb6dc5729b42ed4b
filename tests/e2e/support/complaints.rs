//! What a browser has to say when a test is over, or has failed.

use serde_json::{Value, json};

use super::browser::Engine;
use super::page::Page;

impl Page {
    /// What no test may leave behind: a policy violated, a script gone wrong, a stranger asked.
    pub async fn complaints(&self, expected: &[String]) -> Vec<String> {
        let is_expected = |said: &str| expected.iter().any(|text| said.contains(text));
        let violations = self.control.violations();
        let violations = violations.iter().map(|report| format!("CSP: {report}"));
        let mut complaints: Vec<_> = violations.filter(|violation| !is_expected(violation)).collect();
        if self.browser.engine != Engine::Chromium {
            complaints.extend(self.noted_complaints().await);
            return complaints;
        }
        for entry in self.console().await {
            let is_network = entry.source.as_deref() == Some("network");
            if entry.level == "SEVERE" && !is_network && !is_expected(&entry.message) {
                complaints.push(format!("console: {}", entry.message));
            }
        }
        let Some(events) = self.events().await else {
            complaints.push("the browser does not say what it asked for".to_owned());
            return complaints;
        };
        for url in events.iter().filter_map(|event| requested(event)) {
            let is_ours = ["http://127.0.0.1:", "data:", "blob:", "about:", "chrome:"];
            if !is_ours.iter().any(|start| url.starts_with(start)) && !is_expected(&url) {
                complaints.push(format!("a stranger was asked: {url}"));
            }
        }
        complaints
    }

    /// What went wrong in a page of [`Stage::in_engine`], which notes that by itself.
    async fn noted_complaints(&self) -> Vec<String> {
        self.eval("return JSON.parse(sessionStorage.getItem('complaints') ?? '[]')", json!(null)).await
    }

    /// What somebody needs to see who wonders why a test failed.
    pub async fn report(&self) -> String {
        let script = "return [location.href, document.activeElement?.outerHTML.slice(0, 200) ?? '', clean(document.body?.innerText)].join('\\n')";
        let seen = self.run(script, vec![]).await;
        let seen = seen.and_then(|seen| seen.convert::<String>()).unwrap_or_default();
        let requests: Vec<_> = self
            .control
            .requests()
            .iter()
            .rev()
            .take(12)
            .rev()
            .map(|seen| format!("{} {} {:?}", seen.method, seen.path, seen.status))
            .collect();
        let console: Vec<_> =
            self.console().await.iter().rev().take(6).rev().map(|entry| entry.message.clone()).collect();
        format!("page: {seen}\nrequests: {requests:#?}\nconsole: {console:#?}")
    }
}

/// The address of a request, out of an entry of the network log.
fn requested(entry: &str) -> Option<String> {
    let event: Value = serde_json::from_str(entry).ok()?;
    let message = &event["message"];
    (message["method"] == "Network.requestWillBeSent")
        .then(|| message["params"]["request"]["url"].as_str().unwrap_or_default().to_owned())
}
