//! The status line, and what a screen reader hears.

use crate::feedback::{Toast, ids};
use crate::i18n::{Message, Words};
use crate::ui::button::{button, icon_button};
use crate::ui::icon::Icon;
use crate::ui::notice::notice;
use yew::prelude::*;

/// Draws what a screen reader reads out. It is always in the document: a live region that arrives together with its text is
/// not read out.
pub fn live_region(spoken: &str) -> Html {
    html! { <div class="visually-hidden" role="status">{ spoken }</div> }
}

/// Draws the message on the status line, unless the reader has dismissed it. `action` is the label of its button.
pub fn status_line(
    words: &Words,
    toast: Option<&Toast>,
    action: Option<String>,
    on_action: Callback<MouseEvent>,
    on_dismiss: Callback<MouseEvent>,
) -> Html {
    let close = icon_button("small", Icon::Close, &words.say(Message::Dismiss), true, on_dismiss);
    html! {
        <div
            class="message"
            id={ids::STATUS}
            role={toast.map(|_| "region")}
            aria-label={toast.map(|_| words.say(Message::MessagesTitle))}
        >
            if let Some(toast) = toast {
                { notice(toast.severity, false, &toast.text, None, html! {
                    <div class="actions">
                        if let Some(label) = &action { { button("small", label, on_action) } }
                        { close }
                    </div>
                }) }
            }
        </div>
    }
}
