//! The status line.

use crate::feedback::Toast;
use crate::i18n::{Message, Words};
use crate::ui::button::{button, icon_button};
use crate::ui::icon::Icon;
use crate::ui::notice::notice;
use yew::prelude::*;

/// Draws the message on the status line, unless the reader has dismissed it. `action` is the label of its button.
///
/// The line is always in the document: a live region that arrives together with its text is not read out.
pub fn status_line(
    words: &Words,
    toast: Option<&Toast>,
    action: Option<String>,
    on_action: Callback<MouseEvent>,
    on_dismiss: Callback<MouseEvent>,
) -> Html {
    let close = icon_button("small", Icon::Close, &words.say(Message::Dismiss), true, on_dismiss);
    html! {
        <div class="status" role="status">
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
