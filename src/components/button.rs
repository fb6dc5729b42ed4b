//! Buttons.

use crate::components::icon::{Icon, icon};
use yew::prelude::*;

/// A button with words on it.
pub fn button(class: &'static str, text: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button class={classes!("button", class)} type="button" {onclick}>{ text }</button> }
}

/// A button with only an icon on it. One that can't be used now stays where the keyboard finds it.
pub fn icon_button(
    class: &'static str,
    shown: Icon,
    label: &str,
    is_usable: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let onclick = if is_usable { onclick } else { Callback::noop() };
    html! {
        <button
            class={classes!("button", "square", class)}
            type="button"
            aria-label={label.to_owned()}
            aria-disabled={(!is_usable).then_some("true")}
            {onclick}
        >
            { icon(shown) }
        </button>
    }
}
