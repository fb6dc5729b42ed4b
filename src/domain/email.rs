//! The address of an invitee.

use crate::domain::text::{AddressKey, narrow};
use std::rc::Rc;

/// An address that could exist, kept as it was typed, its letters composed, with the key that it is compared by.
///
/// A value of this type was checked. The rules are looser than Clerk's on purpose: an address that this page refuses can't be
/// invited at all, so only what no mail server accepts is refused here, and Clerk judges the rest. Clones share the text,
/// because a list can have thousands of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    typed: Rc<str>,
    key: Rc<str>,
}

/// Why a text can't be an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// Nothing was typed.
    Missing,
    /// There is no `@`.
    NoAt,
    /// There is more than one `@`, which usually means two addresses.
    SeveralAts,
    /// Nothing stands before the `@`.
    NoName,
    /// Nothing stands after the `@`.
    NoDomain,
    /// What stands after the `@` is not a domain: no dot, an empty part, a part that starts or ends with `-`.
    BadDomain,
    /// It holds white space or a character that no address has.
    BadCharacter(char),
    /// It is longer than mail allows (RFC 5321: 64 bytes before the `@`, 254 in all).
    TooLong,
}

const LONGEST: usize = 254;
const LONGEST_NAME: usize = 64;
const LONGEST_LABEL: usize = 63;

impl Email {
    /// An address that Clerk has accepted already, and its key: the rules of [`Email::parse`] need not hold for it.
    pub(crate) fn known(text: String, key: String) -> Self {
        Self { typed: text.into(), key: key.into() }
    }

    /// Reads an address, ignoring white space around it. `key` tells how it is sent, and what it is compared by.
    ///
    /// # Errors
    /// The first reason for which `text` can't be an address.
    pub fn parse(text: &str, key: AddressKey) -> Result<Self, EmailProblem> {
        let typed = (key.compose)(text.trim());
        Self::check(&typed)?;
        Ok(Self { key: (key.key)(&typed).into(), typed: typed.into() })
    }

    /// Whether a text could be an address, ignoring white space around it.
    ///
    /// # Errors
    /// The first reason for which it can't be one.
    pub fn check(text: &str) -> Result<(), EmailProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailProblem::Missing);
        }
        // Before the check of characters: of "Jane Doe" the missing `@` is to be said, not the blank.
        let (name, domain) = text.split_once('@').ok_or(EmailProblem::NoAt)?;
        if let Some(bad) = text.chars().find(|c| !belongs(*c)) {
            return Err(EmailProblem::BadCharacter(bad));
        }
        if domain.contains('@') {
            return Err(EmailProblem::SeveralAts);
        }
        if name.is_empty() {
            return Err(EmailProblem::NoName);
        }
        if domain.is_empty() {
            return Err(EmailProblem::NoDomain);
        }
        if text.len() > LONGEST || name.len() > LONGEST_NAME {
            return Err(EmailProblem::TooLong);
        }
        if !domain.contains('.') || !domain.split('.').all(is_label) {
            return Err(EmailProblem::BadDomain);
        }
        Ok(())
    }

    /// The address as it is sent: as it was typed, its letters composed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// What the address is compared by ([`Unicode::address_key`](crate::domain::text::Unicode::address_key)): two with
    /// the same key are the same mailbox.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The part behind the `@`, in lower case and in the script that people read.
    pub fn domain(&self) -> &str {
        domain_of(&self.key)
    }

    /// Whether that is this domain.
    pub fn is_at(&self, domain: &str) -> bool {
        self.key.strip_suffix(domain).is_some_and(|name| name.ends_with('@'))
    }
}

/// The part of an address behind its last `@`; empty without one.
pub fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// Whether two addresses, by their [`Email::key`]s, may be one mailbox although they are not the same address: they differ
/// in dots, in what follows a plus sign, or in letters that some mail servers take for one.
pub fn may_be_one_mailbox(key: &str, other: &str) -> bool {
    mailbox(key) == mailbox(other)
}

fn mailbox(key: &str) -> String {
    let plain = |c: char| match c {
        '\u{212a}' => 'k',
        '\u{130}' | '\u{131}' => 'i',
        c => c.to_ascii_lowercase(),
    };
    let key: String = narrow(key).chars().map(plain).collect();
    let (name, domain) = key.rsplit_once('@').unwrap_or((&key, ""));
    let name = name.split('+').next().unwrap_or_default();
    let name: String = name.chars().filter(|c| *c != '.' && *c != '\u{307}').collect();
    let domain = if domain == "googlemail.com" { "gmail.com" } else { domain };
    [&name, "@", domain].concat()
}

fn belongs(c: char) -> bool {
    !(c.is_whitespace() || c.is_control() || is_invisible(c) || "()<>[],;:\\\"".contains(c))
}

/// Zero-width and direction marks: a paste brings them along, the admin does not see them, and mail to such an address
/// bounces.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= LONGEST_LABEL
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c == '-' || c.is_ascii_alphanumeric() || !c.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::ADDRESS_KEY;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<Email, EmailProblem> {
        Email::parse(text, ADDRESS_KEY)
    }

    #[test]
    fn ordinary_addresses_are_taken_as_typed() {
        for text in ["a@b.co", "Ada.Lovelace+x@Example.ORG", "o'neil@x-y.museum", "jörg@bücher.example"] {
            assert_eq!(parse(text).map(|e| e.as_str().to_owned()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn an_address_is_at_the_whole_of_its_domain() {
        let email = parse("ada@Example.com").expect("an address");
        assert_eq!(
            ["example.com", "ample.com", "com", "a@example.com"].map(|of| email.is_at(of)),
            [true, false, false, false]
        );
    }

    #[test]
    fn each_kind_of_nonsense_has_its_own_reason() {
        let long_name = format!("{}@b.co", "a".repeat(65));
        let long = format!("a@{}co", "abcdefgh.".repeat(30));
        for (text, problem) in [
            (" ", EmailProblem::Missing),
            ("ada", EmailProblem::NoAt),
            ("Ada Lovelace", EmailProblem::NoAt),
            ("a@b@c.d", EmailProblem::SeveralAts),
            ("@b.co", EmailProblem::NoName),
            ("a@", EmailProblem::NoDomain),
            ("a@b", EmailProblem::BadDomain),
            ("a@b..co", EmailProblem::BadDomain),
            ("a@-b.co", EmailProblem::BadDomain),
            ("a@b.co.", EmailProblem::BadDomain),
            ("a b@c.de", EmailProblem::BadCharacter(' ')),
            ("a\u{202e}@c.de", EmailProblem::BadCharacter('\u{202e}')),
            ("<a@c.de>", EmailProblem::BadCharacter('<')),
            (long_name.as_str(), EmailProblem::TooLong),
            (long.as_str(), EmailProblem::TooLong),
        ] {
            assert_eq!(parse(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn an_address_may_be_as_long_as_mail_allows_and_no_longer() {
        let name = |length| format!("{}@b.co", "a".repeat(length));
        let whole = |last: &str| format!("a@{}{last}", "abcdefgh.".repeat(27));
        assert_eq!(whole("abcdefghi").len(), 254);
        assert!(parse(&name(64)).is_ok() && parse(&whole("abcdefghi")).is_ok());
        assert_eq!(parse(&name(65)), Err(EmailProblem::TooLong));
        assert_eq!(parse(&whole("abcdefghij")), Err(EmailProblem::TooLong));
    }

    #[test]
    fn letter_case_does_not_make_another_address() {
        let key = |text| parse(text).map(|email| email.key().to_owned());
        assert_eq!(key("JÖRG@B.co"), key("jörg@b.CO "));
        assert_ne!(key("ada@b.co"), key("ada@b.com"));
    }

    #[test]
    fn letters_that_came_decomposed_are_sent_composed() {
        let parsed = parse("jo\u{308}rg@example.com");
        assert_eq!(parsed.as_ref().map(Email::as_str), Ok("j\u{f6}rg@example.com"));
        assert_eq!(parsed, parse("j\u{f6}rg@example.com"));
    }

    #[test]
    fn spellings_that_some_servers_take_for_one_may_be_one_mailbox() {
        for (one, other) in [
            ("a.da+x@gmail.com", "ada@googlemail.com"),
            ("mi\u{212a}e@x.de", "mike@x.de"),
            ("\u{ff4a}ane@x.de", "jane@x.de"),
            ("\u{130}da@x.de", "ida@x.de"),
        ] {
            assert!(may_be_one_mailbox(one, other), "{one} {other}");
        }
        assert!(!may_be_one_mailbox("ada@x.de", "ada@y.de") && !may_be_one_mailbox("ada@x.de", "adam@x.de"));
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again_unchanged(text in "\\PC{0,40}(@\\PC{0,40})?") {
            if let Ok(email) = parse(&text) {
                prop_assert_eq!(email.as_str(), (ADDRESS_KEY.compose)(text.trim()));
                prop_assert_eq!(parse(email.as_str()), Ok(email.clone()));
                prop_assert_eq!(email.key(), (ADDRESS_KEY.key)(text.trim()));
            }
        }
    }
}
