//! The status line, and what a screen reader hears.

use crate::feedback::Toast;
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

/// Draws the message on the status line, unless the reader has dismissed it. `action` is the label of its button. While the
/// pointer or the keyboard is on it, it is held.
pub fn status_line(
    words: &Words,
    toast: Option<&Toast>,
    action: Option<String>,
    on_action: Callback<MouseEvent>,
    on_dismiss: Callback<MouseEvent>,
    on_hold: Callback<bool>,
) -> Html {
    let close = icon_button("small", Icon::Close, &words.say(Message::Dismiss), true, on_dismiss);
    let [on_enter, on_leave] = [true, false].map(|is_held| on_hold.reform(move |_: MouseEvent| is_held));
    let [on_focus, on_blur] = [true, false].map(|is_held| on_hold.reform(move |_: FocusEvent| is_held));
    html! {
        <div class="status" onmouseenter={on_enter} onmouseleave={on_leave} onfocusin={on_focus} onfocusout={on_blur}>
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
