//! The page is not configured.

use crate::config::{ConfigProblem, Kind};
use crate::domain::KeyProblem;
use crate::i18n::{Message, Words};
use crate::ui::{Icon, card, line};
use yew::prelude::*;

/// A configuration to copy. JSON needs no translation.
const EXAMPLE: &str = "{\n  \"publishableKey\": \"pk_test_…\"\n}";

/// For the developer who deploys the page: which key is missing or malformed, and where to put it.
pub fn setup(words: &Words, problems: &[ConfigProblem]) -> Html {
    let body = html! {
        <>
            { for problems.iter().map(|problem| html! { <p role="alert">{ sentence(words, problem) }</p> }) }
            <pre class="code" role="group" tabindex="0" dir="ltr" aria-label="config.json"><code>{ EXAMPLE }</code></pre>
            <p class="hint">{ line(words, Message::SetupWhere) }</p>
            <p class="hint">{ line(words, Message::SetupDevelop) }</p>
        </>
    };
    card(Icon::Key, &words.say(Message::SetupTitle), body)
}

fn sentence(words: &Words, problem: &ConfigProblem) -> String {
    words.say(match problem {
        ConfigProblem::NoFile(status) => {
            return words.fill(Message::SetupNoFile, &[("status", &status.to_string())]);
        }
        ConfigProblem::NotJson => Message::SetupNotJson,
        ConfigProblem::Key(KeyProblem::Missing) => Message::SetupKeyMissing,
        ConfigProblem::Key(KeyProblem::Secret) => Message::SetupKeySecret,
        ConfigProblem::Key(KeyProblem::Prefix) => Message::SetupKeyPrefix,
        ConfigProblem::Key(KeyProblem::Host) => Message::SetupKeyHost,
        ConfigProblem::Kind { key, wanted } => {
            let message = match wanted {
                Kind::Text => Message::SetupText,
                Kind::Number => Message::SetupNumber,
                Kind::Truth => Message::SetupTruth,
            };
            return words.fill(message, &[("key", key)]);
        }
    })
}
