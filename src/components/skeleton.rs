//! What stands there while clerk-js starts: the same as in `index.html` before any script ran.

use crate::i18n::{Message, Words};
use yew::prelude::*;

/// Draws the frame of the page without anything in it.
pub fn skeleton(words: &Words) -> Html {
    let bone = |class: &'static str| html! { <span class={classes!("skeleton", class)}></span> };
    html! {
        <div class="page boot" aria-busy="true">
            <p class="visually-hidden" role="status">{ words.say(Message::Loading) }</p>
            <div class="header" aria-hidden="true">
                { bone("avatar") }
                <div class="boot-title">{ bone("") }{ bone("") }</div>
            </div>
            <div class="main" aria-hidden="true">
                <div class="panel">{ bone("") }{ bone("tall") }</div>
                <div class="panel">{ bone("") }{ for (0..5).map(|_| bone("line")) }</div>
            </div>
        </div>
    }
}
