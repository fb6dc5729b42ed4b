//! clerk-js does not run.

use crate::domain::StartFailure;
use crate::i18n::{Message, Words};
use crate::ui::{Icon, button, card, line};
use yew::prelude::*;

/// What happened, what it may come from, and another try without reloading the page.
pub fn start_failed(words: &Words, failure: &StartFailure, on_retry: Callback<MouseEvent>) -> Html {
    let (happened, hint) = match failure {
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
            <p class="hint">{ line(words, hint) }</p>
            <div class="actions">
                { button("primary", &words.say(Message::Retry), on_retry) }
            </div>
        </>
    };
    card(Icon::Warning, &words.say(Message::StartTitle), body)
}
