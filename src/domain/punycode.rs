//! Reads the ASCII form of a domain's labels (RFC 3492, "Punycode"): `xn--bcher-kva` is `bücher`.

/// What an encoded label begins with.
const PREFIX: &str = "xn--";

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 0x80;

/// The longest label that a domain may have. A longer one is not read: the work grows with its square.
const LONGEST_LABEL: usize = 63;

/// The label that an encoded one stands for; `None` for a label that is not encoded, or not as the RFC says. `label` is
/// in lower case.
pub fn decode(label: &str) -> Option<String> {
    let encoded = label.strip_prefix(PREFIX).filter(|_| label.len() <= LONGEST_LABEL)?;
    let (basic, deltas) =
        encoded.rsplit_once('-').filter(|(basic, _)| !basic.is_empty()).unwrap_or(("", encoded));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut place, mut bias) = (INITIAL_N, 0u32, INITIAL_BIAS);
    let mut digits = deltas.bytes().peekable();
    while digits.peek().is_some() {
        let before = place;
        let (mut weight, mut k) = (1u32, BASE);
        loop {
            let digit = digit(digits.next()?)?;
            place = place.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k = k.checked_add(BASE)?;
        }
        let count = u32::try_from(out.len()).ok()?.checked_add(1)?;
        bias = adapted(place - before, count, before == 0);
        n = n.checked_add(place.checked_div(count)?)?;
        place = place.checked_rem(count)?;
        out.insert(place as usize, char::from_u32(n)?);
        place += 1;
    }
    Some(out.into_iter().collect())
}

fn digit(byte: u8) -> Option<u32> {
    match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        _ => None,
    }
}

fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta = delta.saturating_add(delta.checked_div(count).unwrap_or_default());
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_encoded_label_is_read_and_any_other_is_none() {
        for (label, read) in [
            ("xn--bcher-kva", Some("bücher")),
            ("xn--fsq", Some("例")),
            ("xn--mgbh0fb", Some("مثال")),
            ("xn--strae-oqa", Some("straße")),
            ("bcher-kva", None),
            ("xn--bcher-kv!", None),
            ("xn--99999999", None),
            ("xn--", Some("")),
        ] {
            assert_eq!(decode(label).as_deref(), read, "{label}");
        }
    }

    #[test]
    fn a_letter_far_behind_the_one_before_it_changes_how_the_next_ones_are_read() {
        assert_eq!(decode("xn--lunt-cpa59ej1b").as_deref(), Some("luéțnūt"));
        assert_eq!(decode("xn--rk-kta85eca").as_deref(), Some("šțrkț"));
    }

    proptest! {
        #[test]
        fn what_the_idna_crate_encodes_is_read_as_it_was(text in "[a-z0-9\u{e4}-\u{17f}\u{430}-\u{44f}\u{4e00}-\u{4eff}]{1,12}") {
            prop_assume!(!text.is_ascii());
            let encoded = idna::punycode::encode_str(&text).expect("it is short");
            prop_assert_eq!(decode(&[PREFIX, &encoded].concat()), Some(text));
        }

        #[test]
        fn what_can_be_read_reads_as_the_idna_crate_reads_it(deltas in "[a-z0-9-]{0,20}") {
            if let Some(read) = decode(&[PREFIX, &deltas].concat()) {
                prop_assert_eq!(idna::punycode::decode_to_string(&deltas), Some(read));
            }
        }
    }
}
