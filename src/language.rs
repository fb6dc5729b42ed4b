//! The language of the page: chosen at the start, its words fetched. `boot.js` waits a moment for them before it mounts the page: what is
//! drawn before they are here is English.

use crate::browser::{self, Mount, languages, list, log_warning, number, plural_category};
use crate::domain::query_string::named;
use crate::i18n::{Formats, LANGUAGES, Language, Texts, Words, choose};

/// The words that are built in. `configured` is the deployer's choice.
pub fn words_at_start(mount: &Mount, configured: Option<&str>) -> Words {
    let [english, ..] = LANGUAGES;
    let (language, locale) = wanted(mount, configured);
    words(english, if language == english { &locale } else { english.tag }, Texts::default())
}

/// Fetches the words of the wanted language, unless `boot.js` has done so; `None` when it is the one that is built in, and when
/// they did not arrive.
pub async fn load_words(mount: &Mount, configured: Option<&str>) -> Option<Words> {
    let (language, locale) = wanted(mount, configured);
    let address = mount.whole_address(&language.texts()?)?;
    let texts = Texts::read(&browser::words(&address).await);
    if texts.is_none() {
        log_warning(&[&*address, " is missing, or made for another version of the page"].concat());
    }
    Some(words(language, &locale, texts?))
}

/// The language to speak, and the tag that names it: the deployer's choice, then `?lang=`, then the browser's.
fn wanted(mount: &Mount, configured: Option<&str>) -> (Language, String) {
    let (query, languages) = (mount.query(), languages());
    let asked = named(&query, "lang");
    let (language, locale) =
        choose(configured.into_iter().chain(asked).chain(languages.iter().map(String::as_str)));
    (language, locale.to_owned())
}

fn words(language: Language, locale: &str, texts: Texts) -> Words {
    Words::new(language, locale, texts, Formats { category: plural_category, number, list })
}
