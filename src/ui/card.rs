//! A screen with one thing to say.

use crate::ui::icon::{Icon, icon};
use crate::ui::text::clip;
use yew::prelude::*;

/// Draws a screen: an icon, a heading, and what belongs to it.
pub fn card(shown: Icon, heading: &str, body: Html) -> Html {
    html! {
        <main class="gate">
            <div class="card">
                { icon(shown) }
                <h1>{ heading }</h1>
                { body }
            </div>
        </main>
    }
}

/// One line of a list of facts.
pub fn fact(term: &str, value: &str) -> Html {
    html! { <div><dt>{ term }</dt><dd>{ clip(value) }</dd></div> }
}
