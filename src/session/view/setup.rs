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
        ConfigProblem::WebPage => Message::SetupWebPage,
        ConfigProblem::Syntax { line, column } => {
            let place = [("line", &*line.to_string()), ("column", &*column.to_string())];
            return words.fill(Message::SetupSyntax, &place);
        }
        ConfigProblem::NotAnObject => Message::SetupNotAnObject,
        ConfigProblem::Key(KeyProblem::Missing) => Message::SetupKeyMissing,
        ConfigProblem::Key(KeyProblem::Secret) => {
            return words.fill(Message::SetupSecret, &[("key", "publishableKey")]);
        }
        ConfigProblem::Key(KeyProblem::Prefix) => Message::SetupKeyPrefix,
        ConfigProblem::Key(KeyProblem::Host) => Message::SetupKeyHost,
        ConfigProblem::Secret(key) => return words.fill(Message::SetupSecret, &[("key", key)]),
        ConfigProblem::ProxyUrl => Message::SetupProxyUrl,
        ConfigProblem::Unknown(key) => return words.fill(Message::SetupUnknown, &[("key", key)]),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Formats, LANGUAGES};

    #[test]
    fn each_problem_says_which_key_is_wrong_and_how() {
        let words = Words::new(LANGUAGES[0], "en", Default::default(), Formats::ENGLISH);
        let kind = |key, wanted| ConfigProblem::Kind { key, wanted };
        for (problem, said) in [
            (ConfigProblem::NoFile(404), "There is no config.json beside index.html (HTTP status 404)."),
            (ConfigProblem::WebPage, "The host answered config.json with a web page."),
            (
                ConfigProblem::Syntax { line: 3, column: 1 },
                "config.json is not valid JSON: see line 3, column 1.",
            ),
            (ConfigProblem::NotAnObject, "config.json is not a JSON object."),
            (ConfigProblem::ProxyUrl, "proxyUrl must start with / or https://"),
            (ConfigProblem::Unknown("publishable_key".to_owned()), "does not know: publishable_key."),
            (ConfigProblem::Secret("secretKey".to_owned()), "secretKey holds a secret key (sk_…)."),
            (ConfigProblem::Key(KeyProblem::Missing), "publishableKey is missing."),
            (ConfigProblem::Key(KeyProblem::Secret), "publishableKey holds a secret key (sk_…)."),
            (ConfigProblem::Key(KeyProblem::Prefix), "it must start with pk_test_ or pk_live_."),
            (ConfigProblem::Key(KeyProblem::Host), "what follows pk_test_ or pk_live_ names no host."),
            (kind("proxyUrl", Kind::Text), "proxyUrl must be a text in quotes."),
            (kind("pageSize", Kind::Number), "pageSize must be a number."),
            (kind("isSatellite", Kind::Truth), "isSatellite must be true or false."),
        ] {
            let sentence = sentence(&words, &problem).replace(['\u{2068}', '\u{2069}'], "");
            assert!(sentence.contains(said), "{sentence}");
        }
    }
}
