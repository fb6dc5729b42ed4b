//! clerk-js does not run, or the page can't find out how to run it.

use crate::domain::{Error, StartFailure};
use crate::i18n::{Message, Words, error_sentence};
use crate::ui::{Icon, button, card, line};
use yew::prelude::*;

/// What happened, what it may come from, and another try without reloading the page.
pub fn start_failed(words: &Words, failure: &StartFailure, on_retry: Callback<MouseEvent>) -> Html {
    let (happened, hint) = match failure {
        StartFailure::Script { address } => {
            (words.fill(Message::StartScript, &[("address", address)]), Some(Message::StartScriptHint))
        }
        StartFailure::Policy { address } => {
            (words.fill(Message::StartPolicy, &[("address", address)]), Some(Message::StartPolicyHint))
        }
        StartFailure::TooSlow => (words.say(Message::StartSlow), Some(Message::StartSlowHint)),
        StartFailure::Foreign => (words.say(Message::StartForeign), Some(Message::StartForeignHint)),
        StartFailure::Failed(Error::SignedOut) => {
            (words.say(Message::StartSession), Some(Message::StartSessionHint))
        }
        // The sentence says what to do.
        StartFailure::Failed(error) => (error_sentence(words, error), None),
        StartFailure::Refused(reason) => {
            (words.fill(Message::StartRefused, &[("reason", reason)]), Some(Message::StartRefusedHint))
        }
        StartFailure::Offline => (words.say(Message::StartOffline), Some(Message::StartOfflineHint)),
    };
    failed(words, Message::StartTitle, &happened, hint, on_retry)
}

/// `config.json` could not be loaded: its HTTP status, or 0 when there was no answer.
pub fn config_not_loaded(
    words: &Words,
    status: u16,
    is_online: bool,
    on_retry: Callback<MouseEvent>,
) -> Html {
    let (happened, hint) = match status {
        0 if !is_online => (words.say(Message::StartOffline), Message::StartOfflineHint),
        0 => (words.say(Message::LoadNoAnswer), Message::LoadHint),
        _ => (words.fill(Message::LoadStatus, &[("status", &status.to_string())]), Message::LoadHint),
    };
    failed(words, Message::LoadTitle, &happened, Some(hint), on_retry)
}

fn failed(
    words: &Words,
    title: Message,
    happened: &str,
    hint: Option<Message>,
    on_retry: Callback<MouseEvent>,
) -> Html {
    let body = html! {
        <>
            <p class="clip" role="alert">{ happened }</p>
            if let Some(hint) = hint { <p class="hint">{ line(words, hint) }</p> }
            <div class="actions">
                { button("primary", &words.say(Message::Retry), on_retry) }
            </div>
        </>
    };
    card(Icon::Warning, &words.say(title), body)
}
