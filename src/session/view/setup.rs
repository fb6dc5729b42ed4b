//! The page is not configured.

use crate::browser::{self, Mount, Unmount};
use crate::config::{ConfigFailure, ConfigProblem, Kind};
use crate::domain::KeyProblem;
use crate::i18n::{Message, Words};
use crate::json::NotMembers;
use crate::session::view::start_failed::config_not_loaded;
use crate::ui::{Icon, card, line};
use yew::prelude::*;

/// A configuration to copy. JSON needs no translation.
const EXAMPLE: &str = "{\n  \"publishableKey\": \"pk_test_…\"\n}";

#[derive(Clone, Debug, PartialEq, Properties)]
struct Props {
    mount: Mount,
    words: Words,
    failure: ConfigFailure,
}

/// Says in the place of the page what keeps it from starting: without a configuration there is no program to draw it.
pub fn show_setup(mount: Mount, words: Words, failure: ConfigFailure) -> Unmount {
    let root = mount.root().clone();
    let shown =
        yew::Renderer::<Unconfigured>::with_root_and_props(root, Props { mount, words, failure }).render();
    Box::new(move || shown.destroy())
}

#[function_component]
fn Unconfigured(props: &Props) -> Html {
    match &props.failure {
        ConfigFailure::Problems(problems) => setup(&props.words, problems),
        ConfigFailure::NotLoaded(status) => {
            let on_retry = Callback::from({
                let mount = props.mount.clone();
                move |_| mount.restart()
            });
            config_not_loaded(&props.words, *status, browser::is_online(), on_retry)
        }
    }
}

/// For the developer who deploys the page: which key is missing or malformed, and where to put it.
fn setup(words: &Words, problems: &[ConfigProblem]) -> Html {
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
        ConfigProblem::NotJson(text) => match NotMembers::of(text) {
            NotMembers::WebPage => Message::SetupWebPage,
            NotMembers::Syntax { line, column } => {
                let place = [("line", &*line.to_string()), ("column", &*column.to_string())];
                return words.fill(Message::SetupSyntax, &place);
            }
            NotMembers::OtherValue => Message::SetupNotAnObject,
        },
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
                Kind::Bool => Message::SetupTruth,
                Kind::Address => Message::SetupAddress,
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
        let not_json = |text: &str| ConfigProblem::NotJson(text.to_owned());
        for (problem, said) in [
            (ConfigProblem::NoFile(404), "config.json wasn’t found next to index.html (HTTP 404)."),
            (not_json("<html>"), "A web page came instead of config.json."),
            (
                not_json(
                    "{

}}",
                ),
                "config.json isn’t valid JSON: see line 3, column 2.",
            ),
            (not_json("[]"), "config.json isn’t a JSON object."),
            (ConfigProblem::ProxyUrl, "proxyUrl must start with / or https://"),
            (ConfigProblem::Unknown("publishable_key".to_owned()), "an unknown key: publishable_key."),
            (ConfigProblem::Secret("secretKey".to_owned()), "secretKey contains a secret key (sk_…)."),
            (ConfigProblem::Key(KeyProblem::Missing), "publishableKey is missing."),
            (ConfigProblem::Key(KeyProblem::Secret), "publishableKey contains a secret key (sk_…)."),
            (ConfigProblem::Key(KeyProblem::Prefix), "publishableKey must start with pk_test_ or pk_live_."),
            (
                ConfigProblem::Key(KeyProblem::Host),
                "publishableKey isn’t complete after pk_test_ or pk_live_.",
            ),
            (kind("proxyUrl", Kind::Text), "proxyUrl must be a string (in quotes)."),
            (kind("pageSize", Kind::Number), "pageSize must be a number."),
            (kind("isSatellite", Kind::Bool), "isSatellite must be true or false."),
            (
                kind("afterAcceptUrl", Kind::Address),
                "afterAcceptUrl must be an http or https address, or one",
            ),
        ] {
            let sentence = sentence(&words, &problem).replace(['\u{2068}', '\u{2069}'], "");
            assert!(sentence.contains(said), "{sentence}");
        }
    }
}
