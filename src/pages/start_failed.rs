//! clerk-js does not run.

use crate::components::{Icon, button, card};
use crate::domain::StartFailure;
use crate::hooks::use_words;
use crate::i18n::Message;
use yew::prelude::*;

/// Why, and the way to another try.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Why.
    pub failure: StartFailure,
    /// Try again.
    pub on_retry: Callback<()>,
}

/// What happened, what it may come from, and another try without reloading the page.
#[function_component]
pub fn StartFailed(props: &Props) -> Html {
    let words = use_words();
    let (happened, hint) = match &props.failure {
        StartFailure::Script { address } => {
            (words.fill(Message::StartScript, &[("address", address)]), Message::StartScriptHint)
        }
        StartFailure::TooSlow => (words.say(Message::StartSlow), Message::StartSlowHint),
        StartFailure::Foreign => (words.say(Message::StartForeign), Message::StartForeignHint),
        StartFailure::Refused(reason) => {
            (words.fill(Message::StartRefused, &[("reason", reason)]), Message::StartRefusedHint)
        }
        StartFailure::Offline => (words.say(Message::StartOffline), Message::StartOfflineHint),
    };
    let body = html! {
        <>
            <p class="clip" role="alert">{ happened }</p>
            <p class="hint">{ words.say(hint) }</p>
            <div class="actions">
                { button("primary", &words.say(Message::Retry), props.on_retry.reform(|_| ())) }
            </div>
        </>
    };
    card(Icon::Warning, &words.say(Message::StartTitle), body)
}
