//! A day.

use crate::browser::{DateStyle, date, iso};
use crate::domain::Timestamp;
use crate::i18n::{Message, Words};
use crate::ui::text::line;
use yew::prelude::*;

/// Draws the day of a time, with the exact time for who points at it.
pub fn day(words: &Words, time: Option<Timestamp>) -> Html {
    let write = |style| time.and_then(|time| date(&words.locale, time, style));
    match write(DateStyle::Day) {
        Some(day) => html! {
            <time datetime={time.map(iso)} title={write(DateStyle::Exact)}>{ day }</time>
        },
        None => html! { line(words, Message::ListUnknownDate) },
    }
}
