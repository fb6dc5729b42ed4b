//! A button that becomes one of Clerk's components when it is pressed: most people need none of them.

use crate::clerk::{Client, Component};
use crate::i18n::Words;
use crate::session::view::ClerkHost;
use crate::ui::{Icon, icon};
use yew::prelude::*;

/// The button, and the component in its place.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The reader's words.
    pub words: Words,
    /// clerk-js, running.
    pub client: Client,
    /// What the button shows.
    pub icon: Icon,
    /// What the button says.
    pub label: String,
    /// The component.
    pub component: Component,
}

/// Draws the button, and once it was pressed the component.
#[function_component]
pub fn ClerkButton(props: &Props) -> Html {
    let is_pressed = use_state_eq(|| false);
    let is_drawn = use_state_eq(|| false);
    let onclick = {
        let is_pressed = is_pressed.setter();
        Callback::from(move |_: MouseEvent| is_pressed.set(true))
    };
    let on_drawn = {
        let is_drawn = is_drawn.setter();
        Callback::from(move |()| is_drawn.set(true))
    };
    let Props { words, client, component, .. } = props.clone();
    html! {
        <>
            if !*is_drawn {
                <button class="button" type="button" aria-disabled={is_pressed.then_some("true")} {onclick}>
                    if *is_pressed {
                        <span class="spinner" aria-hidden="true"></span>
                    } else {
                        { icon(props.icon) }
                    }
                    { &props.label }
                </button>
            }
            if *is_pressed {
                <ClerkHost {words} {client} {component} {on_drawn} />
            }
        </>
    }
}
