//! There is nothing at this address.

use crate::i18n::{Message, Words};
use crate::ui::{Icon, card, line, link};
use yew::prelude::*;

/// Says so, and leads back.
pub fn not_found(words: &Words) -> Html {
    let body = html! {
        <>
            <p>{ line(words, Message::NotFoundText) }</p>
            <div class="actions">{ link("primary", &words.say(Message::ToInvitations), "./") }</div>
        </>
    };
    card(Icon::Info, &words.say(Message::NotFoundTitle), body)
}
