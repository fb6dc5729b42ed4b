//! A button that opens Clerk's dialog about the account: an address can be added and verified there.

use crate::clerk::{Client, Dialog, MountError};
use crate::i18n::{Message, Words};
use crate::session::view::failure;
use crate::ui::{Icon, icon, line};
use yew::platform::spawn_local;
use yew::prelude::*;

/// The button.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The reader's words.
    pub words: Words,
    /// clerk-js, running.
    pub client: Client,
}

/// How far the dialog has come.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// It can be opened.
    Ready,
    /// It is on its way: Clerk's components may still have to be fetched.
    Opening,
    /// It could not be opened.
    Failed(MountError),
}

/// Draws the button, or why the dialog could not be opened.
#[function_component]
pub fn AccountButton(props: &Props) -> Html {
    let stage = use_state_eq(|| Stage::Ready);
    let is_opening = *stage == Stage::Opening;
    let onclick = {
        let (props, stage) = (props.clone(), stage.setter());
        Callback::from(move |_: MouseEvent| {
            if is_opening {
                return;
            }
            stage.set(Stage::Opening);
            let (props, stage) = (props.clone(), stage.clone());
            spawn_local(async move {
                let texts = props.words.language.clerk_texts();
                let opened = props.client.open(Dialog::Account, texts.as_deref()).await;
                stage.set(opened.err().map_or(Stage::Ready, Stage::Failed));
            });
        })
    };
    if let Stage::Failed(error) = &*stage {
        return failure(&props.words, error, onclick);
    }
    html! {
        <button
            class="button small"
            type="button"
            aria-busy={is_opening.then_some("true")}
            aria-disabled={is_opening.then_some("true")}
            {onclick}
        >
            if is_opening {
                <span class="spinner" aria-hidden="true"></span>
            } else {
                { icon(Icon::Account) }
            }
            { line(&props.words, Message::AcceptManage) }
        </button>
    }
}
