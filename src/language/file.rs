//! Fetches the words of a language. Only those who do not read English download this.

use crate::browser::fetch_text;
use crate::json::Members;
use std::pin::Pin;

/// Fetches the file at `address`; `None` when it is missing or no JSON object.
pub fn fetch(address: String) -> Pin<Box<dyn Future<Output = Option<Members>>>> {
    Box::pin(async move {
        let (status, text) = fetch_text(&address).await;
        Members::parse(&text).filter(|_| status == 200)
    })
}
