//! What stands in the form that invites: what was taken in, what is known of it, what became of it.

use std::path::Path;

use serde::Deserialize;
use serde_json::json;

use super::page::Page;
use super::thing::{button, region, sender};

/// An entry, as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    pub text: String,
    /// What is said of it.
    pub said: String,
    /// The role that it names.
    pub role: Option<String>,
    /// The buttons that offer something to do about it.
    pub offers: Vec<String>,
}

/// The entries are the list that tells whether more is still being found out about them. Each is a button with its text,
/// then the role that it names, if any, and what is said of it; then what can be done about it. While it is edited, its
/// text stands in a field.
const ENTRIES: &str = "
    const entryList = () => all('list').find((list) => list.hasAttribute('aria-busy'));
    const entries = () => [...entryList()?.children ?? []].filter(isVisible).map((entry) => {
      const said = [...entry.children].filter((one) => one.matches('span:not([aria-hidden])')).map((one) => clean(one.textContent));
      const [text, ...buttons] = entry.querySelectorAll('button');
      return {
        text: clean(entry.querySelector('input')?.value ?? text.textContent),
        said: entry.querySelector('input') ? '' : said.at(-1),
        role: said.length > 1 ? said[0] : null,
        offers: buttons.map((one) => clean(one.textContent)).filter((label) => label),
      };
    });";

impl Page {
    /// The entries that are drawn now.
    pub async fn entries(&self) -> Vec<Entry> {
        self.eval(&format!("{ENTRIES} return entries()"), json!(null)).await
    }

    /// What is drawn now of one of them.
    pub async fn entry(&self, text: &str) -> Entry {
        let wanted = async || self.entries().await.into_iter().find(|entry| entry.text == text);
        self.until(format!("the entry {text:?}"), wanted).await
    }

    /// Waits until this is said of an entry.
    pub async fn says_of(&self, text: &str, said: &str) {
        let script = format!(
            "{ENTRIES} return entries().some((entry) => entry.text === arguments[0][0] && entry.said.includes(arguments[0][1]))"
        );
        self.until_true(format!("{said:?} of {text:?}"), &script, json!([text, said])).await;
    }

    /// Waits until exactly these entries stand there, in this order.
    pub async fn keeps(&self, texts: &[&str]) {
        let script = format!(
            "{ENTRIES} return JSON.stringify(entries().map((entry) => entry.text)) === JSON.stringify(arguments[0])"
        );
        self.until_true(format!("the entries {texts:?}"), &script, json!(texts)).await;
    }

    /// Waits until the line about all entries says this and no more.
    pub async fn sums_up(&self, line: &str) {
        let script = "
            const [form] = find(arguments[0][0]);
            return [...form.querySelectorAll('p')].some((said) => clean(said.textContent) === arguments[0][1])";
        self.until_true(format!("the line {line:?}"), script, json!([region("Invite people"), line])).await;
    }

    /// Waits until the whole list was read: what is said of the entries is final then.
    pub async fn knows_all(&self) {
        let script = format!("{ENTRIES} return entryList()?.getAttribute('aria-busy') === 'false'");
        self.until_true("the list to be read", &script, json!(null)).await;
    }

    /// Waits until the button that sends says this.
    pub async fn would_send(&self, label: &str) {
        let script = "return nameOf(find(arguments[0][0])[0]) === arguments[0][1]";
        self.until_true(format!("the button {label:?}"), script, json!([sender(), label])).await;
    }

    /// Waits until the report says this.
    pub async fn reports(&self, counts: &str) {
        let script = "
            const [offer] = find(arguments[0][0]);
            return clean(around(offer, 'p')?.querySelector('p').textContent) === arguments[0][1]";
        self.until_true(format!("the report {counts:?}"), script, json!([button("Download report"), counts]))
            .await;
    }

    /// Waits until this is said of the batch on its way.
    pub async fn progresses(&self, text: &str) {
        let script = "return all('progressbar').some((bar) => clean(bar.parentElement.innerText).includes(arguments[0]))";
        self.until_true(format!("{text:?} of the batch"), script, json!(text)).await;
    }

    /// Waits until what the form has beyond its frame is there: it is fetched when the form is used.
    pub async fn has_composer(&self) {
        let script = "return find(arguments[0]).some((form) => form.querySelector('dialog'))";
        self.until_true("what the form has beyond its frame", script, json!(region("Invite people"))).await;
    }

    /// Pastes a text into the box, as Ctrl+V would. A text that the page leaves to the browser goes where it would go.
    pub async fn paste(&self, text: &str) {
        let script = "
            const field = document.getElementById('invite-email');
            field.focus();
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', arguments[0]);
            // Firefox ignores the data that the constructor is given.
            const pasting = Object.defineProperty(
              new ClipboardEvent('paste', { bubbles: true, cancelable: true }), 'clipboardData', { value: clipboardData });
            if (field.dispatchEvent(pasting)) document.execCommand('insertText', false, arguments[0]);";
        self.until_true("the box", "return !!document.getElementById('invite-email')", json!(null)).await;
        self.eval::<()>(script, json!(text)).await;
    }

    /// Drops a file onto the form, as a mouse would.
    pub async fn drop_file(&self, name: &str, text: &str) {
        let script = "
            const form = document.getElementById('invite-email').closest('form');
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([arguments[0][1]], arguments[0][0]));
            for (const type of ['dragenter', 'dragover', 'drop'])
              form.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));";
        self.eval::<()>(script, json!([name, text])).await;
    }

    /// Chooses files with the button for that.
    pub async fn choose_files(&self, files: &[&Path]) {
        let paths: Vec<_> = files.iter().map(|file| file.to_str().expect("a path")).collect();
        let field = self.until("the field for files", async || {
            self.driver().find(thirtyfour::By::Css("input[type=file]")).await.ok()
        });
        field.await.send_keys(paths.join("\n")).await.expect("files chosen");
    }

    /// Puts a clipboard of its own into the page: what is copied from now on is kept for [`Page::copied`].
    pub async fn watch_the_clipboard(&self) {
        let script = "
            window.copied = null;
            navigator.clipboard.writeText = async (text) => { window.copied = text; };
            navigator.clipboard.write = async ([item]) => {
              window.copied = await (await item.getType('text/plain')).text();
            };";
        self.eval::<()>(script, json!(null)).await;
    }

    /// What was copied, as soon as something was.
    pub async fn copied(&self) -> String {
        self.until("something copied", async || {
            self.eval::<Option<String>>("return window.copied ?? null", json!(null)).await
        })
        .await
    }

    /// Keeps what is offered as a download for [`Page::downloaded`], in the place of saving it.
    pub async fn catch_downloads(&self) {
        let script = "
            window.downloaded = null;
            HTMLAnchorElement.prototype.click = function () { window.downloaded = [this.download, this.href]; };";
        self.eval::<()>(script, json!(null)).await;
    }

    /// The name and the text of the file that was offered.
    pub async fn downloaded(&self) -> (String, String) {
        let script = "
            if (!window.downloaded) return null;
            const [name, href] = window.downloaded;
            return [name, decodeURIComponent(href.slice(href.indexOf(',') + 1))]";
        self.until("a download", async || self.eval::<Option<(String, String)>>(script, json!(null)).await)
            .await
    }
}
