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
    pub fn parse(text: &str) -> Result<Self, KeyProblem> {
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
        let decoded =
            base64(coded).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(KeyProblem::Host)?;
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
    host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'))
}

/// Base64 without a crate: the page needs it for this one short text, and a crate costs each visitor more.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0u32, 0u32);
    for c in text.trim_end_matches('=').bytes() {
        let digit = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    // What is left over are padding bits; a whole unused digit means that the text was cut off.
    (held < 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The alphabet of RFC 4648, written down a second time so that the test does not trust the code.
    fn encode(bytes: &[u8]) -> String {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
        let mut text: String = bits
            .as_bytes()
            .chunks(6)
            .map(|six| {
                let six = format!("{:0<6}", String::from_utf8_lossy(six));
                char::from(DIGITS[usize::from_str_radix(&six, 2).expect("binary")])
            })
            .collect();
        while !text.len().is_multiple_of(4) {
            text.push('=');
        }
        text
    }

    #[test]
    fn a_key_names_its_host() {
        let key = PublishableKey::parse(" pk_test_Y2xlcmsuZXhhbXBsZS5jb20k ").expect("a key");
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
            ("pk_test_bG9jYWxob3N0JA", KeyProblem::Host),
        ] {
            assert_eq!(PublishableKey::parse(text), Err(problem), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_host_survives_the_round_trip_with_or_without_padding(host in "[a-z0-9-]{1,20}\\.[a-z]{2,8}") {
            let coded = encode(format!("{host}$").as_bytes());
            for text in [format!("pk_live_{coded}"), format!("pk_live_{}", coded.trim_end_matches('='))] {
                prop_assert_eq!(PublishableKey::parse(&text).map(|key| key.host().to_owned()), Ok(host.clone()));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = PublishableKey::parse(&text);
            let _ = PublishableKey::parse(&format!("pk_test_{text}"));
        }
    }
}
