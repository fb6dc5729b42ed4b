//! Clerk's publishable key.

/// A publishable key that names a host.
///
/// `pk_test_` or `pk_live_`, then the Frontend API's host and a `$` in base64, whose padding may be missing.
/// Source: Clerk's `parsePublishableKey`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishableKey {
    text: String,
    host: String,
}

/// Decodes base64, with or without padding, into a text of one character for each byte; `None` for what is no base64. In
/// the page it is the browser's `atob`, as in `assets/boot.js`.
pub type Base64 = fn(&str) -> Option<String>;

/// Why a text is not a publishable key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// There is none.
    Missing,
    /// It is a secret key, which must never be in a page.
    Secret,
    /// It starts with neither `pk_test_` nor `pk_live_`.
    Prefix,
    /// What follows is not base64 of a host and a `$`: most often a part got lost while copying.
    Host,
}

impl PublishableKey {
    /// Reads a key, ignoring white space around it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, decode: Base64) -> Result<Self, KeyProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(KeyProblem::Missing);
        }
        if text.starts_with("sk_") {
            return Err(KeyProblem::Secret);
        }
        let coded = text
            .strip_prefix("pk_test_")
            .or_else(|| text.strip_prefix("pk_live_"))
            .ok_or(KeyProblem::Prefix)?;
        // `atob` ignores white space, which a key may not hold.
        let is_base64 = coded.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='));
        let decoded = Some(coded).filter(|_| is_base64).and_then(decode).ok_or(KeyProblem::Host)?;
        let host = decoded.strip_suffix('$').filter(|host| is_host(host)).ok_or(KeyProblem::Host)?;
        Ok(Self { text: text.to_owned(), host: host.to_owned() })
    }

    /// The key as Clerk wants it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The Frontend API's host, for example `clerk.example.com`.
    pub fn host(&self) -> &str {
        &self.host
    }
}

fn is_host(host: &str) -> bool {
    host.as_bytes().contains(&b'.')
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use base64::alphabet::STANDARD;
    use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
    use base64::prelude::BASE64_STANDARD;
    use proptest::prelude::*;

    /// Stands for the browser's `atob`.
    pub(crate) fn decode(text: &str) -> Option<String> {
        let padding = DecodePaddingMode::Indifferent;
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(padding);
        let bytes = GeneralPurpose::new(&STANDARD, config).decode(text).ok()?;
        Some(bytes.into_iter().map(char::from).collect())
    }

    fn parse(text: &str) -> Result<PublishableKey, KeyProblem> {
        PublishableKey::parse(text, decode)
    }

    #[test]
    fn a_key_names_its_host() {
        let key = parse(" pk_test_Y2xlcmsuZXhhbXBsZS5jb20k ").expect("a key");
        assert_eq!(key.host(), "clerk.example.com");
        assert_eq!(key.as_str(), "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k");
    }

    #[test]
    fn each_mistake_has_its_name() {
        for (text, problem) in [
            ("", KeyProblem::Missing),
            ("sk_test_Y2xlcmsuZXhhbXBsZS5jb20k", KeyProblem::Secret),
            ("pk_Y2xlcmsuZXhhbXBsZS5jb20k", KeyProblem::Prefix),
            ("pk_test_", KeyProblem::Host),
            ("pk_test_Y2xlcmsuZXhhbXBsZS5j", KeyProblem::Host),
            ("pk_live_!!!!", KeyProblem::Host),
            ("pk_test_Y2xlcmsu ZXhhbXBsZS5jb20k", KeyProblem::Host),
            ("pk_test_bG9jYWxob3N0JA", KeyProblem::Host),
        ] {
            assert_eq!(parse(text), Err(problem), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_host_survives_the_round_trip_with_or_without_padding(host in "[a-z0-9-]{1,20}\\.[a-z]{2,8}") {
            let coded = BASE64_STANDARD.encode(format!("{host}$"));
            for text in [format!("pk_live_{coded}"), format!("pk_live_{}", coded.trim_end_matches('='))] {
                prop_assert_eq!(parse(&text).map(|key| key.host().to_owned()), Ok(host.clone()));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = parse(&text);
            let _ = parse(&format!("pk_test_{text}"));
        }
    }
}
