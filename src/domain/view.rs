//! Which part of the list is looked at. The address bar owns it.

use crate::domain::paging::{Page, PageSize};

/// The page and its size, as the address names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Which page.
    pub page: Page,
    /// How many rows on it.
    pub size: PageSize,
}

const PAGE: &str = "page";
const SIZE: &str = "size";

impl View {
    /// The view that a query (`?page=3&size=25`) names; whatever is missing or senseless is the nearest
    /// that makes sense. `usual` is the size when none is named.
    pub fn from_query(query: &str, usual: PageSize) -> Self {
        Self {
            page: named(query, PAGE).and_then(number).map_or(Page::FIRST, Page::nearest),
            size: named(query, SIZE).and_then(number).map_or(usual, PageSize::nearest),
        }
    }

    /// The query of this view, without its `?`. Parameters that are not ours (`lang`) stay as they are in `query`.
    pub fn to_query(self, query: &str, usual: PageSize) -> String {
        let mut parts = without(query, &[PAGE, SIZE]);
        if self.page != Page::FIRST {
            parts.push([PAGE, "=", &self.page.number().to_string()].concat());
        }
        if self.size != usual {
            parts.push([SIZE, "=", &self.size.rows().to_string()].concat());
        }
        parts.join("&")
    }
}

/// The whole number nearest to what somebody wrote into an address, `9e9` and `-1` included; `None` for what is no
/// number at all. (`f64::from_str` knows more notations than people use, and each visitor would download them.)
fn number(text: &str) -> Option<u64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (is_negative, digits) = mantissa.strip_prefix('-').map_or((false, mantissa), |digits| (true, digits));
    let whole = digits.split('.').next().filter(|digits| !digits.is_empty())?;
    let power = exponent.parse::<u64>().ok()?.min(20) as u32;
    let value = whole.chars().try_fold(0u64, |value, digit| {
        Some(value.saturating_mul(10).saturating_add(u64::from(digit.to_digit(10)?)))
    })?;
    Some(if is_negative { 0 } else { value.saturating_mul(10u64.saturating_pow(power)) })
}

/// The first value of `name` in a query, undecoded.
pub fn named<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    pairs(query).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The parts of a query, but those of these names.
pub fn without(query: &str, names: &[&str]) -> Vec<String> {
    pairs(query)
        .filter(|(name, _)| !names.contains(name))
        .map(|(name, value)| if value.is_empty() { name.to_owned() } else { [name, "=", value].concat() })
        .collect()
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .trim_start_matches('?')
        .split('&')
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .filter(|(name, _)| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(query: &str) -> (u32, u32) {
        let view = View::from_query(query, PageSize::Ten);
        (view.page.number(), view.size.rows())
    }

    #[test]
    fn a_senseless_query_is_the_nearest_view() {
        assert_eq!(read(""), (1, 10));
        assert_eq!(read("?page=3&size=25"), (3, 25));
        assert_eq!(read("?page=0"), (1, 10));
        assert_eq!(read("?page=-1&size=-4"), (1, 5));
        assert_eq!(read("?page=x&size=x"), (1, 10));
        assert_eq!(read("?page=9e9&size=1000"), (42_949_672, 50));
        assert_eq!(read("?page=2.9&size=1e999999999999"), (2, 50));
        assert_eq!(read("?page=99999999999999999999999&size=1e18"), (42_949_672, 50));
        assert_eq!(read("?page=&&=&page"), (1, 10));
    }

    #[test]
    fn what_is_not_ours_stays_in_the_address() {
        let view = View { page: Page::nearest(2), size: PageSize::Ten };
        assert_eq!(view.to_query("?lang=de&page=7&x", PageSize::Ten), "lang=de&x&page=2");
    }

    proptest! {
        #[test]
        fn an_address_shows_what_it_was_written_for(page in 1u32..42_949_672, size in 0usize..4, usual in 0usize..4, rest in "[a-z=&]{0,12}") {
            let (size, usual) = (PageSize::ALL[size], PageSize::ALL[usual]);
            let view = View { page: Page::nearest(u64::from(page)), size };
            let query = view.to_query(&rest, usual);
            prop_assert_eq!(View::from_query(&query, usual), view);
            prop_assert_eq!(view.to_query(&query, usual), query);
        }

        #[test]
        fn no_query_makes_it_panic(query in "\\PC*") {
            let view = View::from_query(&query, PageSize::Ten);
            let _ = view.to_query(&query, PageSize::Ten);
        }
    }
}
