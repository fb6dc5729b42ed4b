//! A button that becomes one of Clerk's components when it is pressed.

use crate::clerk::{Client, Component};
use crate::i18n::Words;
use crate::session::view::clerk_host::ClerkHost;
use crate::ui::{Icon, icon};
use yew::prelude::*;

/// What is drawn, and what takes its place.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The reader's words.
    pub words: Words,
    /// clerk-js, running.
    pub client: Client,
    /// The button's icon.
    pub icon: Icon,
    /// The button's label.
    pub label: String,
    /// Whether the button shows its icon alone.
    pub is_square: bool,
    /// What takes its place.
    pub component: Component,
}

#[derive(Clone, Copy, PartialEq)]
enum Opening {
    Closed,
    Loading,
    Open,
}

/// Draws the button until the component is there.
#[function_component]
pub fn Opener(props: &Props) -> Html {
    let opening = use_state_eq(|| Opening::Closed);
    let to = |next: Opening| {
        let opening = opening.setter();
        Callback::from(move |()| opening.set(next))
    };
    let is_loading = *opening == Opening::Loading;
    let onclick = if is_loading { Callback::noop() } else { to(Opening::Loading).reform(|_: MouseEvent| ()) };
    html! {
        <>
            if *opening != Opening::Open {
                <button
                    class={if props.is_square { "button square account" } else { "button" }}
                    type="button"
                    aria-label={props.is_square.then(|| props.label.clone())}
                    aria-disabled={is_loading.then_some("true")}
                    {onclick}
                >
                    if is_loading {
                        <span class="spinner" aria-hidden="true"></span>
                    } else {
                        { icon(props.icon) }
                    }
                    if !props.is_square {
                        { &props.label }
                    }
                </button>
            }
            if *opening != Opening::Closed {
                <ClerkHost
                    words={props.words.clone()}
                    client={props.client.clone()}
                    component={props.component.clone()}
                    on_drawn={to(Opening::Open)}
                />
            }
        </>
    }
}
