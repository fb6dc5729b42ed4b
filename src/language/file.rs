//! Fetches the words of a language. Only those who do not read English download this.

use crate::browser::{fetch_text, parse_texts};
use crate::i18n::Texts;
use std::pin::Pin;

/// Fetches the file at `address`; `None` when it is missing, or made for another version of the page.
pub fn fetch(address: String) -> Pin<Box<dyn Future<Output = Option<Texts>>>> {
    Box::pin(async move {
        let (status, text) = fetch_text(&address).await;
        let (digest, texts) = parse_texts(&text).filter(|_| status == 200)?;
        Texts::of(digest as u32, texts)
    })
}
