//! Buttons.

use crate::browser::follow_link;
use crate::ui::element::classed;
use crate::ui::icon::{Icon, icon};
use web_sys::HtmlAnchorElement;
use yew::prelude::*;

/// No literal in `html!`: see [`classed`].
const BUTTON: &str = "button";

/// A button with words on it.
pub fn button(class: &'static str, text: &str, onclick: Callback<MouseEvent>) -> Html {
    usable_button(class, text, true, onclick)
}

/// A button with words on it. One that can't be used now stays where the keyboard finds it.
pub fn usable_button(
    class: &'static str,
    text: &str,
    is_usable: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let class = ["button ", class].concat();
    let onclick = if is_usable { onclick } else { Callback::noop() };
    let disabled = (!is_usable).then_some("true");
    let button = html! {
        <button class="button" type={BUTTON} aria-disabled={disabled} {onclick}>{ text }</button>
    };
    classed(&class, button)
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
    let button = html! {
        <button
            class="button square"
            type="button"
            aria-label={label.to_owned()}
            title={label.to_owned()}
            aria-disabled={(!is_usable).then_some("true")}
            {onclick}
        >
            { icon(shown) }
        </button>
    };
    classed(&["button square ", class].concat(), button)
}

/// The same with another tooltip than its label, which names the key that does the same.
pub fn icon_button_with_key(
    class: &'static str,
    shown: Icon,
    (label, title, key): (&str, &str, &'static str),
    is_usable: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let onclick = if is_usable { onclick } else { Callback::noop() };
    html! {
        <button
            class={classes!("button", "square", class)}
            type="button"
            aria-label={label.to_owned()}
            title={title.to_owned()}
            aria-keyshortcuts={key}
            aria-disabled={(!is_usable).then_some("true")}
            {onclick}
        >
            { icon(shown) }
        </button>
    }
}

/// The button of a [menu](crate::ui::menu).
///
/// A press leaves the focus where it is: the menu, which closes when it loses the focus, would be closed by the press and
/// opened again by the click that follows.
pub fn menu_button(id: String, label: String, is_open: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button
            class="button square small quiet"
            {id}
            type="button"
            aria-label={label}
            aria-haspopup="menu"
            aria-expanded={is_open.to_string()}
            onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())}
            {onclick}
        >
            { icon(Icon::More) }
        </button>
    }
}

/// A link to another address of this page that looks like a button. It is followed without loading the page anew,
/// unless the viewer wants it in another tab.
pub fn link(class: &'static str, text: &str, href: &'static str) -> Html {
    let onclick = Callback::from(|event: MouseEvent| {
        if event.meta_key() || event.ctrl_key() || event.shift_key() {
            return;
        }
        if let Some(anchor) = event.target_dyn_into::<HtmlAnchorElement>() {
            event.prevent_default();
            follow_link(&anchor);
        }
    });
    html! { <a class={classes!("button", class)} {href} {onclick}>{ text }</a> }
}
