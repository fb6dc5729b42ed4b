//! The language of the page: chosen at the start, its words fetched. Nothing waits for them: what is drawn before they are
//! here is English.

use crate::browser::{fetch_text, languages, list, log_warning, number, plural_category, query};
use crate::domain::query_string::named;
use crate::i18n::{Formats, LANGUAGES, Language, Words, choose};
use crate::json::Members;
use yew::platform::spawn_local;

/// The words that are built in. `configured` is the deployer's choice.
pub fn words_at_start(configured: Option<&str>) -> Words {
    let [english, ..] = LANGUAGES;
    let (language, locale) = wanted(configured);
    words(english, if language == english { &locale } else { english.tag }, Members::default())
}

/// Fetches the words of the wanted language, if it is another than the one that is built in, and hands them to `loaded`.
pub fn load_words(configured: Option<&str>, loaded: impl Fn(Words) + 'static) {
    let [english, ..] = LANGUAGES;
    let (language, locale) = wanted(configured);
    if language == english {
        return;
    }
    spawn_local(async move {
        let address = ["locales/", language.tag, ".json"].concat();
        let (status, text) = fetch_text(&address).await;
        match Members::parse(&text) {
            Some(texts) if status == 200 => loaded(words(language, &locale, texts)),
            _ => log_warning(&[&*address, " is missing or no JSON object"].concat()),
        }
    });
}

/// The language to speak, and the tag that names it: the deployer's choice, then `?lang=`, then the browser's.
fn wanted(configured: Option<&str>) -> (Language, String) {
    let (query, languages) = (query(), languages());
    let asked = named(&query, "lang");
    let (language, locale) =
        choose(configured.into_iter().chain(asked).chain(languages.iter().map(String::as_str)));
    (language, locale.to_owned())
}

fn words(language: Language, locale: &str, texts: Members) -> Words {
    Words::new(language, locale, texts, Formats { category: plural_category, number, list })
}
