//! Texts and files that the admin pastes, drops or chooses.

use crate::browser::address::EventWatch;
use crate::browser::boot::read_workbook;
use crate::browser::html::Html;
use crate::browser::mount::Mount;
use crate::browser::text::copied;
use crate::browser::time::sleep;
use crate::files::{self, FileProblem, FileText, Kind, MAX_SIZE, ReadFile};
use js_sys::{JsString, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList, HtmlInputElement, TextDecoder,
    TextDecoderOptions,
};

/// What the admin pasted, dropped or chose: a text, files, or both.
#[derive(Clone, Debug, Default)]
pub struct Transferred {
    /// The text; empty when there is none.
    pub text: String,
    /// The same text with its markup, which tells the cells of a table apart; empty when there is none.
    html: String,
    files: Vec<File>,
    /// The text, in the place of `text`, while the browser still has it because it is long.
    long: Option<JsString>,
}

/// A longer text, in UTF-16 units, is read in a task of its own.
const LONG: u32 = 16 * 1024;

/// What is read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// Files, in their order.
    Files(Vec<ReadFile>),
}

impl Transferred {
    /// A text from elsewhere, for example from the page's address.
    pub fn of_text(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Does it hold files?
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// Is its text known only once it is [read](Self::read)?
    pub fn is_unread(&self) -> bool {
        self.has_files() || self.is_long() || !self.html.is_empty()
    }

    /// Is its text so long that it is read in a task of its own?
    pub fn is_long(&self) -> bool {
        self.long.is_some()
    }

    /// The text without what only its markup tells.
    pub fn plain(&self) -> String {
        self.long.as_ref().map_or_else(|| self.text.clone(), String::from)
    }

    /// Reads it. Called by code that is fetched later only: it takes all that tells files apart.
    pub async fn read(mut self) -> Content {
        if self.files.is_empty() {
            if let Some(long) = self.long.take() {
                // The browser can draw before.
                sleep(0).await;
                self.text = copied(&long).unwrap_or_default();
            }
            return Content::Text(self.rich_text());
        }
        let mut read = vec![];
        for file in &self.files {
            let name = file.name();
            read.push(ReadFile { content: content_of(file, &name).await, name });
        }
        Content::Files(read)
    }

    /// The text, with what only its markup tells: which cells it has, and where its links lead to.
    fn rich_text(self) -> String {
        let has_cells = self.text.as_bytes().contains(&b'\t');
        // The text does not say what is struck out.
        let is_struck = files::has_struck(&self.html);
        let html = Some(&self.html).filter(|html| (!has_cells || is_struck) && !html.is_empty());
        let Some(html) = html.and_then(|html| Html::parse(html)) else { return self.text };
        let links = || {
            Some(html.mail_links()).filter(|links| !self.text.as_bytes().contains(&b'@') && !links.is_empty())
        };
        let marked = || Some(html.text()).filter(|text| is_struck && text.contains('@'));
        html.table().or_else(links).or_else(marked).unwrap_or(self.text)
    }

    fn of(transfer: Option<DataTransfer>) -> Self {
        let Some(transfer) = transfer else { return Self::default() };
        let text = |format: &str| transfer.get_data(format).unwrap_or_default();
        let long = transfer.unchecked_ref::<TextTransfer>().get_data("text/plain").ok();
        let long = long.filter(|text| text.length() > LONG);
        let plain = || Some(text("text/plain")).filter(|plain| !plain.is_empty());
        let mut transferred = Self {
            text: match long {
                Some(_) => String::new(),
                // Of a link that is dragged some programs tell only where it leads to.
                None => plain().unwrap_or_else(|| text("text/uri-list")),
            },
            html: text("text/html"),
            files: list(transfer.files()),
            long,
        };
        if transferred.is_long() || !transferred.text.trim().is_empty() {
            // Spreadsheets put a picture of the cells beside their text.
            transferred.files.retain(|file| !file.type_().starts_with("image/"));
        }
        transferred
    }
}

#[wasm_bindgen]
extern "C" {
    /// A `DataTransfer` whose text stays with the browser.
    type TextTransfer;

    #[wasm_bindgen(method, catch, js_name = getData)]
    fn get_data(this: &TextTransfer, format: &str) -> Result<JsString, JsValue>;
}

/// The content of a `paste` event.
pub fn pasted(event: &Event) -> Transferred {
    Transferred::of(event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data))
}

/// The content of a `drop` event.
pub fn dropped(event: &Event) -> Transferred {
    Transferred::of(event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer))
}

/// What happens to files that are dragged over the page.
#[derive(Clone, Debug)]
pub enum Drag {
    /// They are over the page.
    Over,
    /// They are not any more, dropped or not.
    Gone,
    /// They were dropped.
    Dropped(Transferred),
}

impl Mount {
    /// Calls `listener` when files are dragged over the page, until the watches are dropped. The browser would leave the page
    /// to show a file that is dropped on it; it no longer does, whatever `listener` makes of the file.
    pub fn watch_drags(&self, listener: impl Fn(Drag) + 'static) -> Vec<EventWatch> {
        let listener = Rc::new(listener);
        // A drag over the page enters one element and then leaves the other. It leaves the page when it leaves the element
        // that it entered last.
        let entered = Rc::new(RefCell::new(None));
        let watch = |name| {
            let (listener, entered) = (listener.clone(), entered.clone());
            EventWatch::new(self.frame().clone().into(), name, move |event| {
                if name == "dragleave" {
                    if *entered.borrow() == event.target() {
                        listener(Drag::Gone);
                    }
                    return;
                }
                if !brings_files(&event) {
                    return;
                }
                event.prevent_default();
                match name {
                    "dragenter" => {
                        entered.replace(event.target());
                        listener(Drag::Over);
                    }
                    "drop" => {
                        listener(Drag::Gone);
                        listener(Drag::Dropped(dropped(&event)));
                    }
                    _ => {}
                }
            })
        };
        ["dragenter", "dragover", "dragleave", "drop"].map(watch).into()
    }
}

/// Does a drag event bring files, as far as the browser tells before they are dropped?
fn brings_files(event: &Event) -> bool {
    let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    transfer.is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
}

/// The files of a file field, on its `change` event. The field is emptied: otherwise the browser would send no event when
/// the admin chooses the same file once more.
pub fn chosen(event: &Event) -> Transferred {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return Transferred::default() };
    let files = list(field.files());
    field.set_value("");
    Transferred { files, ..Transferred::default() }
}

fn list(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return vec![] };
    (0..files.length()).filter_map(|at| files.get(at)).collect()
}

/// The text of a file, or why it has none.
async fn content_of(file: &File, name: &str) -> Result<FileText, FileProblem> {
    if file.size() > MAX_SIZE as f64 {
        return Err(FileProblem::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileProblem::Unreadable)?;
    let array = Uint8Array::new(&buffer);
    let bytes = array.to_vec();
    match files::kind(name, &bytes) {
        Kind::Text => {
            let read = files::text_of(&bytes, decode)?;
            Ok(FileText { text: without_markup(read.text), ..read })
        }
        Kind::Workbook => files::workbook_text(&read_workbook(&array).await.ok_or(FileProblem::NotFetched)?),
        Kind::Other(problem) => Err(problem),
    }
}

/// The text of an HTML file. Many programs write a table of HTML where they say that they write a workbook.
fn without_markup(text: String) -> String {
    let start = text.trim_start().get(..14).unwrap_or_default().to_ascii_lowercase();
    if !["<!doctype html", "<html", "<table", "<meta"].iter().any(|tag| start.starts_with(tag)) {
        return text;
    }
    let html = Html::parse(&text);
    html.map(|html| html.table().unwrap_or_else(|| html.text())).unwrap_or(text)
}

fn decode(encoding: &str, bytes: &[u8]) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(encoding, &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}
