//! The two macros that the catalogue is written in.

/// A text of the catalogue. Its key is not in here: the page needs only the place, and each visitor would download the keys.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Which one it is among its like, in the order of the catalogue.
    pub(super) place: u16,
    /// What it says in English; of what is counted, for one and for any other number, with a `|` between them.
    pub(super) english: &'static str,
}

/// Declares the messages: each a constant, a key in the files of `assets/locales`, an English text.
///
/// They are no enum: its function from a variant to a text would refer to all texts, and all would be downloaded at the
/// first visit. A constant refers to its own text only, so that the build can put a text where the message is used.
macro_rules! messages {
    ($($name:ident $key:literal $english:literal)*) => {
        /// Something that the page says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Message(pub(super) &'static $crate::i18n::declare::Entry);

        #[allow(dead_code)] // It only numbers them.
        enum Place { $($name),* }

        #[allow(missing_docs, non_upper_case_globals)] // Each stands beside its English text.
        impl Message {
            $(pub const $name: Self =
                Self(&$crate::i18n::declare::Entry { place: Place::$name as u16, english: $english });)*

            /// All of them. Not for the page: it would download all texts.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Their keys in the files of `assets/locales`. Not for the page either.
            pub const KEYS: &[&'static str] = &[$($key),*];

            /// Its English text.
            pub fn english(self) -> &'static str {
                self.0.english
            }
        }
    };
}

/// Declares what is counted, in the same way: each a constant, a key, and the English for one and for any other number.
macro_rules! plurals {
    ($($name:ident $key:literal $one:literal $other:literal)*) => {
        /// Something that the page counts. Its keys are the one here, a dot, and CLDR's plural category.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Plural(pub(super) &'static $crate::i18n::declare::Entry);

        #[allow(dead_code)] // It only numbers them.
        enum Place { $($name),* }

        #[allow(missing_docs, non_upper_case_globals)] // Each stands beside its English text.
        impl Plural {
            $(pub const $name: Self = Self(&$crate::i18n::declare::Entry {
                place: Place::$name as u16,
                english: concat!($one, "|", $other),
            });)*

            /// All of them. Not for the page: it would download all texts.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What their keys in the files of `assets/locales` start with. Not for the page either.
            pub const KEYS: &[&'static str] = &[$($key),*];

            /// Its English text for `count`.
            pub fn english(self, count: u64) -> &'static str {
                let (one, other) = self.0.english.split_once('|').unwrap_or_default();
                if count == 1 { one } else { other }
            }
        }
    };
}

pub(super) use {messages, plurals};
