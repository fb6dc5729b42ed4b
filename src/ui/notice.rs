//! A notice: what happened, what was kept, what to do.

use crate::browser::place_focus_near;
use crate::feedback::Severity;
use crate::ui::element::classed;
use crate::ui::icon::{Icon, icon};
use yew::prelude::*;

/// Draws a notice. With `is_new` a screen reader reads it out: it answers what the person just did.
pub fn notice(severity: Severity, is_new: bool, text: &str, hint: Option<&str>, action: Html) -> Html {
    let (class, shown) = match severity {
        Severity::Success => ("success", Icon::Check),
        Severity::Info => ("", Icon::Info),
        Severity::Warning => ("warning", Icon::Warning),
        Severity::Danger => ("danger", Icon::Alert),
    };
    let notice = html! {
        <div class="notice" role={is_new.then_some("alert")}>
            { icon(shown) }
            <div>
                <p class="clip" title={text.to_owned()}>{ text }</p>
                if let Some(hint) = hint {
                    <p class="clip hint">{ hint }</p>
                }
            </div>
            { action }
        </div>
    };
    classed(&["notice ", class].concat(), notice)
}

/// What the button of a notice does that goes when it is pressed: it acts, and the keyboard goes to the element with the id `to`.
pub fn leaving_to(to: &'static str, act: Callback<MouseEvent>) -> Callback<MouseEvent> {
    Callback::from(move |event: MouseEvent| {
        place_focus_near(&event, to);
        act.emit(event);
    })
}
