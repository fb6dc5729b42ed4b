//! Text from people.

use crate::components::icon::{Icon, icon};
use yew::prelude::*;

/// A name, an address, a role: isolated from the direction of the text around it, cut off by the style sheet
/// where it is too long, whole on hover.
pub fn clip(text: &str) -> Html {
    html! { <span class="clip" title={text.to_owned()}>{ text }</span> }
}

/// What is wrong, at the place where it is.
pub fn problem(id: Option<&'static str>, text: &str) -> Html {
    html! { <p class="problem" {id}>{ icon(Icon::Alert) }<span class="clip">{ text }</span></p> }
}
