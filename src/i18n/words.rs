//! The texts and formats of one language.

use crate::i18n::catalogue::Message;
use crate::i18n::plurals::Plural;
use crate::i18n::texts::Texts;
use std::rc::Rc;

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag, as in `lang` and in the name of its file.
    pub tag: &'static str,
    /// Is it written from right to left?
    pub is_rtl: bool,
}

impl Language {
    /// The address of its words, from the folder of the page; `None` for English, which is built in.
    pub fn texts(self) -> Option<String> {
        self.file("locales/")
    }

    /// The address of the words of Clerk's own components; `None` for English, which they have built in.
    pub fn clerk_texts(self) -> Option<String> {
        self.file("locales/clerk/")
    }

    fn file(self, folder: &str) -> Option<String> {
        let [english, ..] = LANGUAGES;
        (self != english).then(|| [folder, self.tag, ".json"].concat())
    }
}

/// All languages, English (which is built in) first.
pub const LANGUAGES: [Language; 12] = [
    Language { tag: "en", is_rtl: false },
    Language { tag: "ar", is_rtl: true },
    Language { tag: "de", is_rtl: false },
    Language { tag: "es", is_rtl: false },
    Language { tag: "fr", is_rtl: false },
    Language { tag: "it", is_rtl: false },
    Language { tag: "ja", is_rtl: false },
    Language { tag: "nl", is_rtl: false },
    Language { tag: "pl", is_rtl: false },
    Language { tag: "pt-BR", is_rtl: false },
    Language { tag: "tr", is_rtl: false },
    Language { tag: "zh-CN", is_rtl: false },
];

/// The first of `preferred` (language tags, the most wanted first) that the page speaks, with the tag itself: it says how
/// dates and numbers are written (`de-AT`). Otherwise English.
pub fn choose<'a>(preferred: impl IntoIterator<Item = &'a str>) -> (Language, &'a str) {
    let [english, ..] = LANGUAGES;
    let speaks = |tag: &'a str| {
        LANGUAGES
            .into_iter()
            .find(|language| primary(language.tag).eq_ignore_ascii_case(primary(tag)))
            .map(|language| (language, if is_tag(tag) { tag } else { language.tag }))
    };
    preferred.into_iter().find_map(speaks).unwrap_or((english, english.tag))
}

/// The language itself, without the region and the script: `pt-PT` is understood by who reads `pt-BR`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// Is it a tag that `Intl` takes? One that it does not take would leave the page without dates.
fn is_tag(tag: &str) -> bool {
    tag.split('-')
        .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// A plural category's name as CLDR has it: `zero`, `one`, `two`, `few`, `many` or `other`.
pub type Category = String;

/// How the browser writes numbers and lists for a locale: the first parameter of each function is the locale's tag.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    /// The plural category of a number.
    pub category: fn(&str, u64) -> Category,
    /// Writes a number.
    pub number: fn(&str, u64) -> String,
    /// Writes several things as a list.
    pub list: fn(&str, &[String]) -> String,
}

impl Formats {
    /// Plain English, for tests that run without a browser.
    pub const ENGLISH: Self = Self {
        category: |_, count| if count == 1 { "one" } else { "other" }.to_owned(),
        number: |_, number| number.to_string(),
        list: |_, parts| parts.join(", "),
    };
}

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Words {
    /// Which one.
    pub language: Language,
    /// The full tag that numbers and dates are written by, for example `de-AT`.
    pub locale: Rc<str>,
    texts: Rc<Texts>,
    formats: Formats,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.locale == other.locale
            && self.language == other.language
            && Rc::ptr_eq(&self.texts, &other.texts)
    }
}

impl Words {
    /// The words of `language`, with the formats that its numbers and lists are written by.
    pub fn new(language: Language, locale: &str, texts: Texts, formats: Formats) -> Self {
        Self { language, locale: locale.into(), texts: Rc::new(texts), formats }
    }

    /// Says `message`.
    pub fn say(&self, message: Message) -> String {
        self.text(message).to_owned()
    }

    /// Says `message` with its placeholders filled.
    pub fn fill(&self, message: Message, values: &[(&str, &str)]) -> String {
        filled(self.text(message), values)
    }

    /// The same for a text that no direction can be lost in: an attribute, or numbers alone. People find and say such a text as
    /// they read it, without the marks that isolate values.
    pub fn fill_plain(&self, message: Message, values: &[(&str, &str)]) -> String {
        replaced(self.text(message), values, "", "")
    }

    /// Says how many: the form of `plural` that `count` takes, with `{count}` written as the reader writes numbers.
    pub fn count(&self, plural: Plural, count: u64) -> String {
        let category = (self.formats.category)(&self.locale, count);
        let text = self.texts.of_plural(plural, &category).unwrap_or_else(|| plural.english(count));
        replaced(text, &[("count", &self.number(count))], "", "")
    }

    /// Puts two sentences one behind the other.
    pub fn sentences(&self, parts: &[String]) -> String {
        match parts {
            [first, second] if !first.is_empty() => {
                // They are in the reader's language already: isolated, the first could run in the direction of a name in it.
                replaced(self.text(Message::TwoSentences), &[("first", first), ("second", second)], "", "")
            }
            parts => parts.concat(),
        }
    }

    /// Writes a number.
    pub fn number(&self, number: u64) -> String {
        (self.formats.number)(&self.locale, number)
    }

    /// Writes several things as a list, in English with commas between them.
    pub fn list(&self, parts: &[String]) -> String {
        (self.formats.list)(&self.locale, parts)
    }

    fn text(&self, message: Message) -> &str {
        self.texts.of_message(message).unwrap_or(message.english())
    }
}

/// Puts values into their placeholders, each isolated: a name written from right to left, or one that holds
/// direction overrides, must not turn the sentence around it.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    replaced(text, values, "\u{2068}", "\u{2069}")
}

/// Puts values into their placeholders, each between these two.
fn replaced(text: &str, values: &[(&str, &str)], before_value: &str, behind_value: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            out.extend([before_value, value, behind_value]);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::texts::DIGEST;
    use proptest::prelude::*;

    /// Words whose first message is this text.
    fn words(first: &str) -> Words {
        let texts = Texts::of(DIGEST, vec![first.to_owned()]).expect("the same catalogue");
        Words::new(LANGUAGES[0], "en", texts, Formats::ENGLISH)
    }

    #[test]
    fn the_most_wanted_language_that_the_page_speaks_is_chosen() {
        let tags = |preferred: &[&'static str]| {
            let (language, tag) = choose(preferred.iter().copied());
            (language.tag, tag)
        };
        assert_eq!(tags(&["sv", "de-AT", "en"]), ("de", "de-AT"));
        assert_eq!(tags(&["pt"]), ("pt-BR", "pt"));
        assert_eq!(tags(&["PT-pt"]), ("pt-BR", "PT-pt"));
        assert_eq!(tags(&["zh-Hans"]), ("zh-CN", "zh-Hans"));
        assert_eq!(tags(&["zh_CN"]), ("zh-CN", "zh-CN"));
        assert_eq!(tags(&["ar"]), ("ar", "ar"));
        assert_eq!(tags(&["de_AT"]), ("de", "de"));
        assert_eq!(tags(&["de-"]), ("de", "de"));
        assert_eq!(tags(&["xx", ""]), ("en", "en"));
    }

    #[test]
    fn what_a_language_lacks_is_said_in_english() {
        let words = words("Startet nicht");
        assert_eq!(words.say(Message::BootFailed), "Startet nicht");
        assert_eq!(words.say(Message::Dismiss), Message::Dismiss.english());
    }

    #[test]
    fn a_sentence_keeps_the_direction_of_the_language_that_it_is_in() {
        let words = Words::new(LANGUAGES[0], "en", Texts::default(), Formats::ENGLISH);
        let first = "\u{2068}team.csv\u{2069}: three people".to_owned();
        assert_eq!(
            words.sentences(&[first.clone(), "One left out".to_owned()]),
            [&first, ". One left out"].concat()
        );
    }

    #[test]
    fn one_seat_is_not_one_seats() {
        let words = words("");
        assert_eq!(words.count(Plural::SeatsLeft, 1), "1 seat left.");
        assert_eq!(words.count(Plural::SeatsLeft, 2), "2 seats left.");
    }

    #[test]
    fn a_value_is_never_taken_for_a_placeholder() {
        assert_eq!(filled("{a}{b}", &[("a", "{b}"), ("b", "x")]), "\u{2068}{b}\u{2069}\u{2068}x\u{2069}");
    }

    proptest! {
        #[test]
        fn no_text_and_no_value_make_it_panic(text in "\\PC*", value in "\\PC*") {
            let _ = filled(&text, &[("a", &value)]);
            let whole = filled("x {a} y", &[("a", &value)]);
            prop_assert!(whole.contains(&value));
        }
    }
}
