//! What comes in by pasting, dropping and choosing files, and what goes out to the clipboard and to a file.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList, HtmlAnchorElement, HtmlInputElement,
    TextDecoder, TextDecoderOptions,
};

/// What somebody brought: a text, files, or both.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// The text; empty when there is none.
    pub text: String,
    files: Vec<File>,
}

/// A file larger than this is no list of addresses: 10,000 lines are less than a twentieth of it.
const LARGEST: f64 = 20_000_000.0;

impl Brought {
    /// A text that came some other way.
    pub fn of_text(text: String) -> Self {
        Self { text, files: vec![] }
    }

    /// Are there files among it?
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// The texts of the files, each with the file's name; `None` for one that can't be read.
    pub async fn read(self) -> Vec<(String, Option<String>)> {
        let mut texts = vec![];
        for file in &self.files {
            texts.push((file.name(), text_of(file).await));
        }
        texts
    }

    fn of(transfer: Option<DataTransfer>) -> Self {
        let Some(transfer) = transfer else { return Self::default() };
        Self { text: transfer.get_data("text/plain").unwrap_or_default(), files: list(transfer.files()) }
    }
}

/// What an event of pasting brings.
pub fn pasted(event: &Event) -> Brought {
    Brought::of(event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data))
}

/// What an event of dropping brings.
pub fn dropped(event: &DragEvent) -> Brought {
    Brought::of(event.data_transfer())
}

/// What was chosen in a file field, which is emptied: the same file can then be chosen once more.
pub fn chosen(event: &Event) -> Brought {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return Brought::default() };
    let files = list(field.files());
    field.set_value("");
    Brought { text: String::new(), files }
}

fn list(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return vec![] };
    (0..files.length()).filter_map(|at| files.get(at)).collect()
}

/// The text of a file: UTF-8 or UTF-16, told apart by their marks and, without one, by the zeros that UTF-16 has; what
/// is neither was written by an older Windows program.
async fn text_of(file: &File) -> Option<String> {
    if file.size() > LARGEST {
        return None;
    }
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    match bytes.as_slice() {
        [0xff, 0xfe, ..] | [_, 0, ..] => decode("utf-16le", &bytes),
        [0xfe, 0xff, ..] | [0, _, ..] => decode("utf-16be", &bytes),
        _ => decode("utf-8", &bytes).or_else(|| decode("windows-1252", &bytes)),
    }
}

fn decode(encoding: &str, bytes: &[u8]) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(encoding, &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// Puts a text on the clipboard. `false` when the browser does not let us.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Missing on a page without TLS.
    let Ok(clipboard) = Reflect::get(&window.navigator(), &"clipboard".into()) else { return false };
    let Ok(write) = Reflect::get(&clipboard, &"writeText".into()) else { return false };
    let Some(write) = write.dyn_ref::<js_sys::Function>() else { return false };
    let Ok(promise) = write.call1(&clipboard, &text.into()) else { return false };
    JsFuture::from(js_sys::Promise::resolve(&promise)).await.is_ok()
}

/// Offers a text as a file to be kept.
pub fn download(name: &str, text: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let anchor = document.create_element("a").ok().and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
    let Some(anchor) = anchor else { return };
    // The mark tells spreadsheets that it is UTF-8.
    let encoded = String::from(js_sys::encode_uri_component(text));
    anchor.set_href(&["data:text/csv;charset=utf-8,%EF%BB%BF", &encoded].concat());
    anchor.set_download(name);
    anchor.click();
}
