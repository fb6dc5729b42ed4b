//! Fetches the words of a language. Only those who do not read English download this.

use crate::browser::fetch_text;
use crate::domain::Roles;
use crate::i18n::{Texts, Words, name_system_roles};
use crate::json::{Scalar, parse_list};
use std::pin::Pin;

/// What is fetched of a language.
pub struct Loaded {
    /// Its texts.
    pub texts: Texts,
    /// Names Clerk's own roles in it.
    pub name_roles: fn(&Words, &mut Roles),
}

/// Fetches the file at `address`; `None` when it is missing, or made for another version of the page.
pub fn fetch(address: String) -> Pin<Box<dyn Future<Output = Option<Loaded>>>> {
    Box::pin(async move {
        let (status, text) = fetch_text(&address).await;
        let mut list = parse_list(&text).filter(|_| status == 200)?.into_iter();
        let Some(Scalar::Number(digest)) = list.next() else { return None };
        let texts = list.map(|text| match text {
            Scalar::Text(text) => text,
            _ => String::new(),
        });
        let texts = Texts::of(digest as u32, texts.collect())?;
        Some(Loaded { texts, name_roles: name_system_roles })
    })
}
