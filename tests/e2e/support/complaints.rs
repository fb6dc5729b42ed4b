//! What a browser has to say when a test is over, or has failed.

use serde_json::Value;
use thirtyfour::BrowserLogEntry;

use super::page::{FINDER, Page};

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

    /// What no test may leave behind: a policy violated, a script gone wrong, a stranger asked.
    pub async fn complaints(&self, expected: &[String]) -> Vec<String> {
        let mut complaints: Vec<_> =
            self.control.violations().iter().map(|report| format!("CSP: {report}")).collect();
        for entry in self.console().await {
            let is_network = entry.source.as_deref() == Some("network");
            let is_expected = expected.iter().any(|text| entry.message.contains(text));
            if entry.level == "SEVERE" && !is_network && !is_expected {
                complaints.push(format!("console: {}", entry.message));
            }
        }
        let Some(events) = self.events().await else {
            complaints.push("the browser does not say what it asked for".to_owned());
            return complaints;
        };
        for url in events.iter().filter_map(|event| requested(event)) {
            let is_ours = ["http://127.0.0.1:", "data:", "blob:", "about:", "chrome:"];
            if !is_ours.iter().any(|start| url.starts_with(start)) {
                complaints.push(format!("a stranger was asked: {url}"));
            }
        }
        complaints
    }

    /// What somebody needs to see who wonders why a test failed.
    pub async fn report(&self) -> String {
        let script = "return [location.href, document.activeElement?.outerHTML.slice(0, 200) ?? '', clean(document.body?.innerText)].join('\\n')";
        let seen = self.driver().execute(format!("{FINDER}{script}"), vec![]).await;
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
