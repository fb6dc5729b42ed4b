//! A place for one of Clerk's own components.

use crate::clerk::Client;
use crate::clerk::{Component, Mounted};
use crate::components::{button, notice};
use crate::domain::Error;
use crate::hooks::{Tone, use_words};
use crate::i18n::{Message, error_sentence};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What is mounted, and where.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The component.
    pub component: Component,
    /// A class for the place.
    #[prop_or_default]
    pub class: &'static str,
    /// It is there to see, or it could not be fetched.
    #[prop_or_default]
    pub on_settled: Callback<Result<(), Error>>,
}

/// Mounts one of Clerk's components for as long as it is drawn.
#[function_component]
pub fn ClerkHost(props: &Props) -> Html {
    let client = use_context::<Client>();
    let node = use_node_ref();
    let is_waiting = use_state_eq(|| true);
    {
        let (node, settled, waiting) = (node.clone(), props.on_settled.clone(), is_waiting.setter());
        use_effect_with(props.component.clone(), move |component| {
            let mounted: Rc<RefCell<Option<Mounted>>> = Rc::default();
            let is_wanted = Rc::new(Cell::new(true));
            if let Some((client, node)) = client.zip(node.cast::<Element>()) {
                let (mounted, is_wanted, component) = (mounted.clone(), is_wanted.clone(), component.clone());
                spawn_local(async move {
                    let outcome = client.mount(&component, node).await;
                    // Gone before it was drawn: what was mounted goes too, as `outcome` is dropped.
                    if is_wanted.get() {
                        waiting.set(false);
                        settled.emit(outcome.map(|it| drop(mounted.replace(Some(it)))));
                    }
                });
            }
            move || {
                is_wanted.set(false);
                mounted.take();
            }
        });
    }
    html! { <div ref={node} class={classes!("host", props.class)} aria-busy={is_waiting.then_some("true")}></div> }
}

/// A screen that consists of one of Clerk's components; what goes wrong with it is said in its place.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ScreenProps {
    /// The component.
    pub component: Component,
    /// A class for the place.
    #[prop_or_default]
    pub class: &'static str,
}

/// Mounts a component; when it can't be fetched, says so and offers another try.
#[function_component]
pub fn ClerkScreen(props: &ScreenProps) -> Html {
    let words = use_words();
    let failure = use_state_eq(|| None::<Error>);
    let on_settled = {
        let failure = failure.setter();
        use_callback((), move |outcome: Result<(), Error>, ()| failure.set(outcome.err()))
    };
    let Some(error) = &*failure else {
        return html! { <ClerkHost component={props.component.clone()} class={props.class} {on_settled} /> };
    };
    let retry = {
        let failure = failure.setter();
        Callback::from(move |_: MouseEvent| failure.set(None))
    };
    let again = button("small", &words.say(Message::Retry), retry);
    let hint = error_sentence(&words, error);
    notice(Tone::Danger, true, &words.say(Message::ComponentFailed), Some(&hint), again)
}
