//! A notice: what happened, what was kept, what to do.

use crate::components::icon::{Icon, icon};
use crate::hooks::Tone;
use yew::prelude::*;

/// Draws a notice. `is_new` when it answers something that a person just did, so that it is read out.
pub fn notice(tone: Tone, is_new: bool, text: &str, hint: Option<&str>, action: Html) -> Html {
    let (class, shown) = match tone {
        Tone::Success => ("success", Icon::Check),
        Tone::Neutral => ("", Icon::Info),
        Tone::Warning => ("warning", Icon::Warning),
        Tone::Danger => ("danger", Icon::Alert),
    };
    html! {
        <div class={classes!("notice", class)} role={is_new.then_some("alert")}>
            { icon(shown) }
            <div>
                <p class="clip" title={text.to_owned()}>{ text }</p>
                if let Some(hint) = hint {
                    <p class="clip hint">{ hint }</p>
                }
            </div>
            { action }
        </div>
    }
}
