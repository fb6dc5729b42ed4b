//! What texts are compared by: one comparison for the addresses of entries, of invitations, of members and of refusals,
//! and one for the words of a search.
//!
//! Two spellings are the same where Unicode says so: the same letters, composed or decomposed, in any letter case. A
//! letter outside of ASCII is never the same as one of ASCII, although Unicode's tables turn a few of them into one: the
//! Kelvin sign is no k. Mail servers differ about those, and a mail to the wrong person can't be called back.

use crate::domain::punycode;

/// Turns a text into what words are compared by: composed and in lower case, whatever its script.
pub type Lowercase = fn(&str) -> String;

/// How addresses are written and compared.
#[derive(Clone, Copy, Debug)]
pub struct AddressKey {
    /// Writes an address as it is sent: its letters composed (NFC), and nothing else changed.
    pub compose: fn(&str) -> String,
    /// Makes of an address what it is compared by.
    pub key: fn(&str) -> String,
}

/// What needs Unicode's tables. The browser has them; in the page a crate would make each visitor download them again.
#[derive(Clone, Copy, Debug)]
pub struct Unicode {
    /// Composes letters and their marks (NFC).
    pub compose: fn(&str) -> String,
    /// Turns a text into lower case.
    pub lowercase: fn(&str) -> String,
}

impl Unicode {
    /// Writes letters and their marks as one where Unicode has one. No letter becomes one of ASCII.
    pub fn composed(self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_owned();
        }
        // The Greek question mark, varia and the Kelvin sign would become `;`, a grave accent and K.
        change(text, &['\u{37e}', '\u{1fef}', '\u{212a}'], self.compose)
    }

    /// What a text is compared by.
    pub fn folded(self, text: &str) -> String {
        // Most texts are ASCII, and with thousands of them two calls of JavaScript for each would take noticeable time.
        if text.is_ascii() {
            return text.to_ascii_lowercase();
        }
        // The Kelvin sign would become k, and I with a dot an i with a mark that few readers see.
        let lower = change(&self.composed(text), &['\u{130}', '\u{212a}'], self.lowercase);
        // The same letter, written in another form at the end of a word.
        let lower: String = lower.chars().map(|c| if c == 'ς' { 'σ' } else { c }).collect();
        // Some letters and marks are composed only in lower case.
        self.composed(&lower)
    }

    /// What an address is compared by: its domain in the script that people read, so that `bücher.example` and
    /// `xn--bcher-kva.example` are the same.
    pub fn address_key(self, address: &str) -> String {
        let folded = self.folded(address);
        match folded.rsplit_once('@') {
            Some((name, domain)) => [name, "@", &readable_domain(domain, |text| self.folded(text))].concat(),
            None => folded,
        }
    }
}

/// A domain, in lower case, in the script that people read. `folded` is [`Unicode::folded`].
pub fn readable_domain(domain: &str, folded: impl Fn(&str) -> String) -> String {
    let mut readable = String::with_capacity(domain.len());
    for (nth, label) in domain.split('.').enumerate() {
        if nth > 0 {
            readable.push('.');
        }
        // An encoding of letters that no domain has (upper case, decomposed) stands for no domain that exists.
        let decoded =
            punycode::decode(label).filter(|decoded| !decoded.is_ascii() && folded(decoded) == *decoded);
        readable.push_str(decoded.as_deref().unwrap_or(label));
    }
    readable
}

/// Changes the parts of a text that stand between these characters.
fn change(text: &str, apart: &[char], change: fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut part = String::new();
    for c in text.chars() {
        if apart.contains(&c) {
            out.push_str(&change(&std::mem::take(&mut part)));
            out.push(c);
        } else {
            part.push(c);
        }
    }
    out.push_str(&change(&part));
    out
}

/// A text with the letters of the full-width form, which input methods of East Asia write, as those of ASCII.
pub fn narrow(text: &str) -> String {
    let narrowed = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => {
            // The forms stand in the order of ASCII.
            char::from_u32(u32::from(c).wrapping_sub(0xfee0)).unwrap_or(c)
        }
        '\u{3002}' | '\u{ff61}' => '.',
        c => c,
    };
    text.chars().map(narrowed).collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::{ADDRESS_KEY, UNICODE};
    use proptest::prelude::*;

    include!("../../tests/fixtures/address_keys.rs");

    #[test]
    fn one_address_in_two_spellings_has_one_key() {
        for (one, other) in SAME {
            assert_eq!((ADDRESS_KEY.key)(one), (ADDRESS_KEY.key)(other), "{one} {other}");
        }
    }

    #[test]
    fn two_addresses_that_look_alike_have_two_keys() {
        for (one, other) in APART {
            assert_ne!((ADDRESS_KEY.key)(one), (ADDRESS_KEY.key)(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_sent_is_composed_and_nothing_else() {
        for (written, sent) in SENT {
            assert_eq!((ADDRESS_KEY.compose)(written), *sent, "{written}");
        }
    }

    #[test]
    fn full_width_letters_are_narrowed_for_a_search() {
        assert_eq!(super::narrow("ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ"), "jane@example.com");
        assert_eq!(super::narrow("山田。例"), "山田.例");
    }

    proptest! {
        #[test]
        fn nothing_becomes_ascii_that_was_not(text in "\\PC{0,20}") {
            // A letter that is composed of ASCII and a mark may be decomposed, but not the other way round.
            let count = |text: &str| text.chars().filter(char::is_ascii).count();
            prop_assert!(count(&UNICODE.folded(&text)) <= count(&text), "{}", UNICODE.folded(&text));
            prop_assert!(count(&UNICODE.composed(&text)) <= count(&text));
        }

        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,12}", domain in "[a-zA-Z0-9\u{e4}\u{c4}\u{212a}\u{308}.-]{0,20}(xn--[a-z0-9-]{0,10})?") {
            let key = UNICODE.address_key(&[&name, "@", &domain].concat());
            prop_assert_eq!(&UNICODE.address_key(&key), &key);
            let sent = UNICODE.composed(&name);
            prop_assert_eq!(UNICODE.folded(&sent), UNICODE.folded(&name));
            prop_assert_eq!(UNICODE.composed(&sent), sent);
        }
    }
}
