//! The words, in the reader's language.

use crate::browser::{fetch_text, languages, log_warning, number, plural_category, query, set_language};
use crate::domain::view::named;
use crate::i18n::{LANGUAGES, Language, Words, choose};
use crate::json::Members;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Chooses the language (`configured`, then `?lang=`, then the browser's) and fetches its words. Nothing waits for
/// them: what is drawn before they are here is English.
#[hook]
pub fn use_words(configured: Option<&str>) -> Words {
    let [english, ..] = LANGUAGES;
    let current = use_state_eq(|| {
        let (language, locale) = wished(configured);
        words(english, if language == english { &locale } else { english.tag }, Members::default())
    });
    {
        let (loaded, (language, locale)) = (current.setter(), wished(configured));
        use_effect_with((), move |()| {
            if language != english {
                spawn_local(async move {
                    let address = ["locales/", language.tag, ".json"].concat();
                    let (status, text) = fetch_text(&address).await;
                    match Members::parse(&text) {
                        Some(texts) if status == 200 => loaded.set(words(language, &locale, texts)),
                        _ => log_warning(&[&*address, " is missing or no JSON object"].concat()),
                    }
                });
            }
        });
    }
    // The document is in the language of what stands in it, not of what was wished for.
    use_effect_with((*current).clone(), |words| set_language(&words.locale, words.language.is_rtl));
    (*current).clone()
}

/// The language to speak, and the tag that it was wished for by.
fn wished(configured: Option<&str>) -> (Language, String) {
    let (query, languages) = (query(), languages());
    let asked = named(&query, "lang");
    let (language, locale) =
        choose(configured.into_iter().chain(asked).chain(languages.iter().map(String::as_str)));
    (language, locale.to_owned())
}

fn words(language: Language, locale: &str, texts: Members) -> Words {
    Words::new(language, locale, texts, plural_category, number)
}
