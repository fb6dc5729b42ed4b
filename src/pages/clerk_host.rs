//! A place for one of Clerk's own components.

use crate::clerk::{Component, Mounted};
use crate::components::{button, line, notice};
use crate::domain::Error;
use crate::hooks::{Surroundings, Tone};
use crate::i18n::{Message, error_sentence};
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What is mounted, and where.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What stands around the page.
    pub around: Surroundings,
    /// The component.
    pub component: Component,
    /// A class for the place.
    #[prop_or_default]
    pub class: &'static str,
    /// It is there to see.
    #[prop_or_default]
    pub on_drawn: Callback<()>,
}

/// How far a component has come.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// On its way; for the how-manieth time.
    Waiting(u32),
    /// There to see.
    Drawn,
    /// It could not be fetched, at the how-manieth time.
    Failed(u32, Error),
}

/// Mounts one of Clerk's components for as long as this is drawn. What goes wrong with it is said in its place, with
/// a way to another try.
///
/// Where one may follow another, each needs a key of its own: the first would stay mounted in the second's place.
#[function_component]
pub fn ClerkHost(props: &Props) -> Html {
    let node = use_node_ref();
    let stage = use_state_eq(|| Stage::Waiting(0));
    let attempt = match &*stage {
        Stage::Waiting(attempt) | Stage::Failed(attempt, _) => Some(*attempt),
        Stage::Drawn => None,
    };
    let mounted = use_mut_ref(|| None::<Mounted>);
    {
        let (node, shown, mounted) = (node.clone(), stage.setter(), mounted.clone());
        let (client, component, on_drawn) =
            (props.around.client.clone(), props.component.clone(), props.on_drawn.clone());
        use_effect_with(attempt, move |attempt| {
            if let Some((attempt, node)) = attempt.zip(node.cast::<Element>()) {
                spawn_local(async move {
                    match client.mount(&component, node).await {
                        Ok(it) => {
                            mounted.replace(Some(it));
                            shown.set(Stage::Drawn);
                            on_drawn.emit(());
                        }
                        Err(error) => shown.set(Stage::Failed(attempt, error)),
                    }
                });
            }
        });
    }
    let retry = {
        let shown = stage.setter();
        Callback::from(move |_: MouseEvent| {
            shown.set(Stage::Waiting(attempt.map_or(0, |attempt| attempt.wrapping_add(1))))
        })
    };
    let is_waiting = matches!(*stage, Stage::Waiting(_));
    html! {
        <>
            if let Stage::Failed(_, error) = &*stage {
                { failure(&props.around, error, retry) }
            } else {
                <div ref={node} lang="en" class={classes!("host", props.class)} aria-busy={is_waiting.then_some("true")}></div>
            }
        </>
    }
}

fn failure(around: &Surroundings, error: &Error, retry: Callback<MouseEvent>) -> Html {
    let words = &around.words;
    let again = button("small", &words.say(Message::Retry), retry);
    notice(
        Tone::Danger,
        true,
        &words.say(Message::ComponentFailed),
        Some(&error_sentence(words, error)),
        again,
    )
}

/// A screen that consists of one of Clerk's components.
pub fn clerk_screen(around: &Surroundings, component: Component, heading: Message) -> Html {
    html! {
        <main class="gate">
            <h1 class="visually-hidden">{ line(&around.words, heading) }</h1>
            <ClerkHost key={heading.key()} around={around.clone()} {component} class="sign-in" />
        </main>
    }
}
