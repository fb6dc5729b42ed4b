//! The words, in the reader's language.

use crate::browser::{fetch_text, languages, log_warning, number, plural_category, query, set_language};
use crate::domain::view::named;
use crate::i18n::{LANGUAGES, Language, Words, choose};
use serde_json::{Map, Value};
use yew::platform::spawn_local;
use yew::prelude::*;

/// The words that the page speaks with.
#[hook]
pub fn use_words() -> Words {
    let [english, ..] = LANGUAGES;
    use_context().unwrap_or_else(|| words(english, english.tag, Map::new()))
}

/// Chooses the language (`configured`, then `?lang=`, then the browser's) and fetches its words. Nothing waits for
/// them: what is drawn before they are here is English.
#[hook]
pub fn use_loaded_words(configured: Option<&str>) -> Words {
    let wishes = use_memo(configured.map(str::to_owned), |configured| {
        let asked = named(&query(), "lang").map(str::to_owned);
        configured.clone().into_iter().chain(asked).chain(languages()).collect::<Vec<_>>()
    });
    let (language, locale) = choose(wishes.iter().map(String::as_str));
    let [english, ..] = LANGUAGES;
    let current =
        use_state_eq(|| words(english, if language == english { locale } else { english.tag }, Map::new()));
    {
        let (loaded, locale) = (current.setter(), locale.to_owned());
        use_effect_with(language.tag, move |tag| {
            if *tag == english.tag {
                return;
            }
            let address = ["locales/", tag, ".json"].concat();
            spawn_local(async move {
                match fetch_text(&address).await {
                    (200, text) => match serde_json::from_str(&text) {
                        Ok(Value::Object(texts)) => loaded.set(words(language, &locale, texts)),
                        _ => log_warning(&[&*address, " is not a JSON object"].concat()),
                    },
                    (status, _) => log_warning(&[&*address, ": HTTP status ", &status.to_string()].concat()),
                }
            });
        });
    }
    // The document is in the language of what stands in it, not of what was wished for.
    use_effect_with((*current).clone(), |words| set_language(&words.locale, words.language.is_rtl));
    (*current).clone()
}

fn words(language: Language, locale: &str, texts: Map<String, Value>) -> Words {
    Words::new(language, locale, texts, plural_category, number)
}
