//! Texts and files that the admin pastes, drops or chooses.

use js_sys::Uint8Array;
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
    files: Vec<File>,
}

/// The largest file that is read, in bytes. A list of 10,000 addresses takes less than a twentieth of it.
const MAX_FILE_SIZE: f64 = 20_000_000.0;

impl Transferred {
    /// A text from elsewhere, for example from the page's address.
    pub fn of_text(text: String) -> Self {
        Self { text, files: vec![] }
    }

    /// Does it hold files?
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// The name and the text of each file; `None` for a file that can't be read.
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

/// The content of a `paste` event.
pub fn pasted(event: &Event) -> Transferred {
    Transferred::of(event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data))
}

/// The content of a `drop` event.
pub fn dropped(event: &DragEvent) -> Transferred {
    Transferred::of(event.data_transfer())
}

/// The files of a file field, on its `change` event. The field is emptied: otherwise the browser would send no event when
/// the admin chooses the same file once more.
pub fn chosen(event: &Event) -> Transferred {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return Transferred::default() };
    let files = list(field.files());
    field.set_value("");
    Transferred { text: String::new(), files }
}

fn list(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return vec![] };
    (0..files.length()).filter_map(|at| files.get(at)).collect()
}

/// The text of a file. UTF-16 is recognised by its byte order mark or, without one, by the zero bytes in its Latin text. What
/// is neither that nor UTF-8 was written by an older Windows program.
async fn text_of(file: &File) -> Option<String> {
    if file.size() > MAX_FILE_SIZE {
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
