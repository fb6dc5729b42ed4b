//! The line that says how things ended.

use crate::components::button::{button, icon_button};
use crate::components::icon::Icon;
use crate::components::notice::notice;
use crate::hooks::Said;
use crate::i18n::{Message, Words};
use yew::prelude::*;

/// Draws the last thing that was said, unless it was dismissed.
///
/// The line is always in the document: a live region that arrives together with its text is not read out.
pub fn status_line(words: &Words, said: Option<&Said>, on_dismiss: Callback<MouseEvent>) -> Html {
    let close = icon_button("small", Icon::Close, &words.say(Message::Dismiss), true, on_dismiss);
    html! {
        <div class="status" role="status">
            if let Some(said) = said {
                { notice(said.tone, false, &said.text, None, html! {
                    <div class="actions">
                        if let Some(offer) = &said.offer {
                            { button("small", &offer.label, offer.accept.reform(|_: MouseEvent| ())) }
                        }
                        { close }
                    </div>
                }) }
            }
        </div>
    }
}
