//! The texts of one language, as they come: a list without keys, in the order of the catalogue.
//!
//! Keys would be a third of what a reader downloads. `cargo xtask texts`, which trunk runs after each build, makes the lists of
//! the files in `assets/locales`. A page of another version has another catalogue, and would say one thing for another: so each
//! list begins with the digest of the catalogue that it was made for.

use crate::i18n::catalogue::Message;
use crate::i18n::plurals::Plural;

/// The digest of this catalogue: of all keys, in their order.
pub const DIGEST: u32 = digest(digest(START, Message::KEYS), Plural::KEYS);

/// CLDR's plural categories, in the order in which a list has them for each thing that is counted.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// How many messages come before what is counted.
const MESSAGES: usize = Message::KEYS.len();

/// The texts of one language. What it lacks is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(Vec<String>);

impl Texts {
    /// The texts of a list, whose elements are divided by U+0000; `None` when it is none, or was made for another catalogue.
    pub fn read(list: &str) -> Option<Self> {
        let (digest, texts) = list.split_once('\0')?;
        Self::of(digest.parse().ok()?, texts.split('\0').map(str::to_owned).collect())
    }

    /// These texts; `None` when they were made for another catalogue.
    pub fn of(digest: u32, texts: Vec<String>) -> Option<Self> {
        (digest == DIGEST).then_some(Self(texts))
    }

    /// What the language says for `message`.
    pub(super) fn of_message(&self, message: Message) -> Option<&str> {
        self.at(usize::from(message.0.place))
    }

    /// What it says of so many things, by their plural category; for a category without a text, what it says for `other`.
    pub(super) fn of_plural(&self, plural: Plural, category: &str) -> Option<&str> {
        let [.., other] = CATEGORIES;
        let text = |category: &str| {
            let place = CATEGORIES.iter().position(|name| *name == category)?;
            self.at(MESSAGES + usize::from(plural.0.place) * CATEGORIES.len() + place)
        };
        text(category).or_else(|| text(other))
    }

    fn at(&self, place: usize) -> Option<&str> {
        self.0.get(place).map(String::as_str).filter(|text| !text.is_empty())
    }
}

/// Where the digest of no key begins.
const START: u32 = 0x811c_9dc5;

/// FNV-1a, each key ended by a line break: `languages` computes the same, and a test holds both together.
const fn digest(mut digest: u32, mut keys: &[&str]) -> u32 {
    while let [key, rest @ ..] = keys {
        let mut bytes = key.as_bytes();
        while let [byte, behind @ ..] = bytes {
            digest = (digest ^ *byte as u32).wrapping_mul(0x0100_0193);
            bytes = behind;
        }
        digest = (digest ^ b'\n' as u32).wrapping_mul(0x0100_0193);
        keys = rest;
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_another_catalogue_are_none() {
        assert_eq!(Texts::of(DIGEST ^ 1, vec!["Noch einmal".to_owned()]), None);
        assert!(Texts::of(DIGEST, vec![]).is_some());
    }

    #[test]
    fn a_list_is_read_by_its_digest_and_what_is_none_is_not() {
        let list = |list: &str| Texts::read(&list.replace("DIGEST", &DIGEST.to_string()));
        assert_eq!(
            list("DIGEST\0Noch einmal\0\0zwei"),
            Texts::of(DIGEST, ["Noch einmal", "", "zwei"].map(str::to_owned).into())
        );
        for none in
            ["", "DIGEST", "1\0Noch einmal", "-\0Noch einmal", "<!doctype html>", "DIGEST1\0Noch einmal"]
        {
            assert_eq!(list(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_category_without_a_text_takes_that_of_the_others() {
        let mut list = vec![String::new(); MESSAGES + 2 * CATEGORIES.len()];
        (list[MESSAGES + 1], list[MESSAGES + 5]) = ("{count} Mitglied".into(), "{count} Mitglieder".into());
        let texts = Texts::of(DIGEST, list).expect("the same catalogue");
        assert_eq!(texts.of_plural(Plural::Members, "one"), Some("{count} Mitglied"));
        for category in ["other", "many", "no category"] {
            assert_eq!(texts.of_plural(Plural::Members, category), Some("{count} Mitglieder"), "{category}");
        }
        assert_eq!(texts.of_plural(Plural::PendingInvitations, "one"), None);
    }
}
