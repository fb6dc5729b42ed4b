//! Recognises domains that are probably mistyped.

/// The domains of most private addresses.
const PROVIDERS: [&str; 13] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "hotmail.co.uk",
    "yahoo.com",
    "yahoo.co.uk",
    "icloud.com",
    "protonmail.com",
    "proton.me",
    "fastmail.com",
    "live.com",
    "comcast.net",
];
/// Existing domains that one slip of the fingers could turn into one of those: they are not corrected.
const LOOKALIKES: [&str; 4] = ["mail.com", "ymail.com", "email.com", "fastmail.co"];
/// A shorter domain is not suggested: it is one letter away from too many others.
const SHORTEST: usize = 8;

/// The domain that the admin probably meant by `domain`: a well-known one, or the one that is most `common` in the
/// organization, when that is one slip of the fingers away. Both are given in lower case.
pub fn meant<'a>(domain: &str, common: Option<&'a str>) -> Option<&'a str> {
    let is_known = |known: &str| known == domain;
    if PROVIDERS.iter().chain(&LOOKALIKES).any(|known| is_known(known)) || common.is_some_and(is_known) {
        return None;
    }
    let targets = common.into_iter().chain(PROVIDERS);
    targets.into_iter().find(|target| target.len() >= SHORTEST && is_one_slip_away(domain, target))
}

/// Do they differ by one letter that is added, left out or replaced, or by two neighbours that changed places?
fn is_one_slip_away(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
    let (Some((a, after_one)), Some((b, after_other))) = (one.split_first(), other.split_first()) else {
        return one.len() + other.len() == 1;
    };
    let is_swapped = || match (after_one.split_first(), after_other.split_first()) {
        (Some((c, after_one)), Some((d, after_other))) => (a, c) == (d, b) && after_one == after_other,
        _ => false,
    };
    after_one == after_other || after_one == other || one == after_other || is_swapped()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_slip_is_noticed() {
        for (typed, meant_) in [
            ("gmial.com", "gmail.com"),
            ("gmai.com", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("hotmial.com", "hotmail.com"),
            ("acme-crop.test", "acme-corp.test"),
        ] {
            assert_eq!(meant(typed, Some("acme-corp.test")), Some(meant_), "{typed}");
        }
    }

    #[test]
    fn what_is_real_is_no_mistake() {
        for typed in
            ["gmail.com", "mail.com", "ymail.com", "acme-corp.test", "example.org", "", "a.b", "gmx.de"]
        {
            assert_eq!(meant(typed, Some("acme-corp.test")), None, "{typed}");
        }
        assert_eq!(meant("ab.de", Some("ac.de")), None);
    }

    /// Optimal string alignment, as textbooks have it.
    fn distance(one: &[u8], other: &[u8]) -> usize {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = match (i, j) {
                    (i, 0) => i,
                    (0, j) => j,
                    _ => {
                        let change = usize::from(one[i - 1] != other[j - 1]);
                        let mut least =
                            (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + change);
                        if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                            least = least.min(table[i - 2][j - 2] + 1);
                        }
                        least
                    }
                };
            }
        }
        table[one.len()][other.len()]
    }

    proptest! {
        #[test]
        fn a_slip_is_a_distance_of_one(one in "[ab]{0,6}", other in "[ab]{0,6}") {
            prop_assume!(one != other);
            prop_assert_eq!(is_one_slip_away(&one, &other), distance(one.as_bytes(), other.as_bytes()) == 1);
        }
    }
}
