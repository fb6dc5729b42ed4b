//! A place for one of Clerk's own components.

use crate::clerk::{Client, Component, MountError, Mounted};
use crate::feedback::Severity;
use crate::i18n::{Message, Words, error_sentence};
use crate::ui::{button, line, notice};
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What is mounted, and where.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The reader's words.
    pub words: Words,
    /// clerk-js, running.
    pub client: Client,
    /// The component.
    pub component: Component,
    /// A class for the place.
    #[prop_or_default]
    pub class: &'static str,
    /// It is there to see.
    #[prop_or_default]
    pub on_drawn: Callback<()>,
}

/// How far a component has come. The number counts the tries.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// It is on its way.
    Waiting(u32),
    /// It is there to see.
    Drawn,
    /// It could not be drawn.
    Failed(u32, MountError),
}

/// Mounts one of Clerk's components for as long as this is drawn. What goes wrong with it is said in its place, with a
/// way to another try.
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
    let is_localized = use_localization(&props.client, &props.words);
    {
        let (node, shown, props) = (node.clone(), stage.setter(), props.clone());
        use_effect_with(attempt, move |attempt| {
            if let Some((attempt, node)) = attempt.zip(node.cast::<Element>()) {
                spawn_local(async move {
                    match props.client.mount(&props.component, node).await {
                        Ok(it) => {
                            mounted.replace(Some(it));
                            shown.set(Stage::Drawn);
                            props.on_drawn.emit(());
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
                { failure(&props.words, error, retry) }
            } else {
                // Clerk's English is from left to right in the midst of Arabic too.
                <div
                    ref={node}
                    lang={if is_localized { props.words.locale.to_string() } else { "en".to_owned() }}
                    dir="auto"
                    class={classes!("host", props.class)}
                    aria-busy={is_waiting.then_some("true")}
                ></div>
            }
        </>
    }
}

/// Has Clerk's components speak the reader's language. `true` once they do.
#[hook]
fn use_localization(client: &Client, words: &Words) -> bool {
    let is_localized = use_state_eq(|| false);
    {
        let (is_localized, client) = (is_localized.setter(), client.clone());
        use_effect_with(words.language.clerk_texts(), move |address| {
            if let Some(address) = address.clone() {
                spawn_local(async move { is_localized.set(client.localize(&address).await) });
            }
        });
    }
    *is_localized
}

/// Says why a component could not be drawn, with a way to another try where that may help.
pub fn failure(words: &Words, error: &MountError, retry: Callback<MouseEvent>) -> Html {
    let (message, hint, again) = match error {
        MountError::NoComponents => {
            (Message::ComponentMissing, words.say(Message::ComponentMissingHint), Html::default())
        }
        MountError::Failed(error) => {
            let again = button("small", &words.say(Message::Retry), retry);
            (Message::ComponentFailed, error_sentence(words, error), again)
        }
    };
    notice(Severity::Danger, true, &words.say(message), Some(&hint), again)
}

/// A screen that consists of one of Clerk's components.
pub fn clerk_screen(words: &Words, client: &Client, component: Component, heading: Message) -> Html {
    html! {
        <main class="gate">
            <h1 class="visually-hidden">{ line(words, heading) }</h1>
            <ClerkHost key={heading.english()} words={words.clone()} client={client.clone()} {component} class="sign-in" />
        </main>
    }
}
