//! The two macros that the catalogue is written in.

/// Declares the messages: each a constant, a key in the files of `assets/locales`, an English text.
///
/// They are no enum: its function from a variant to a text would refer to all texts, and all would be downloaded at the
/// first visit. A constant refers to its own text only, so that the build can put a text where the message is used.
macro_rules! messages {
    ($($name:ident $key:literal $english:literal)*) => {
        /// Something that the page says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Message(&'static &'static str);

        #[allow(missing_docs, non_upper_case_globals)] // Each stands beside its English text.
        impl Message {
            $(pub const $name: Self = Self(&concat!($key, "|", $english));)*

            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its key in the files of `assets/locales`.
            pub fn key(self) -> &'static str {
                self.parts().0
            }

            /// Its English text.
            pub fn english(self) -> &'static str {
                self.parts().1
            }

            /// One text for both: each has an address and a length of its own, which every visitor would download.
            fn parts(self) -> (&'static str, &'static str) {
                self.0.split_once('|').unwrap_or_default()
            }
        }
    };
}

/// Declares what is counted, in the same way: each a constant, a key, and the English for one and for any other number.
macro_rules! plurals {
    ($($name:ident $key:literal $one:literal $other:literal)*) => {
        /// Something that the page counts. Its keys are the one here, a dot, and CLDR's plural category.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Plural(&'static &'static str);

        #[allow(missing_docs, non_upper_case_globals)] // Each stands beside its English text.
        impl Plural {
            $(pub const $name: Self = Self(&concat!($key, "|", $one, "|", $other));)*

            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What its keys in the files of `assets/locales` start with.
            pub fn key(self) -> &'static str {
                self.parts().0
            }

            /// Its English text for `count`.
            pub fn english(self, count: u64) -> &'static str {
                let (one, other) = self.parts().1.split_once('|').unwrap_or_default();
                if count == 1 { one } else { other }
            }

            fn parts(self) -> (&'static str, &'static str) {
                self.0.split_once('|').unwrap_or_default()
            }
        }
    };
}

pub(super) use {messages, plurals};
