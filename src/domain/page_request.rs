//! Which page of a list is requested, and how many rows it has. The address bar owns it.

use crate::domain::paging::{Page, PageSize};
use crate::domain::query_string::{add, named, without};

/// The page and its size, as the address names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// The number of the page.
    pub page: Page,
    /// How many rows it has.
    pub size: PageSize,
}

const PAGE: &str = "page";
const SIZE: &str = "size";

impl PageRequest {
    /// Reads a query (`?page=3&size=25`). A number out of range counts as the nearest one in range; what is missing or
    /// is no whole number counts as the first page, or as `usual` rows.
    pub fn from_query(query: &str, usual: PageSize) -> Self {
        Self {
            page: named(query, PAGE).and_then(number).map_or(Page::FIRST, Page::nearest),
            size: named(query, SIZE).and_then(number).map_or(usual, PageSize::nearest),
        }
    }

    /// Writes it into `query`, and returns that without its `?`. Parameters of other features (`lang`) stay as they are.
    pub fn to_query(self, query: &str, usual: PageSize) -> String {
        let mut query = without(query, &[PAGE, SIZE]);
        if self.page != Page::FIRST {
            add(&mut query, PAGE, &self.page.number().to_string());
        }
        if self.size != usual {
            add(&mut query, SIZE, &self.size.rows().to_string());
        }
        query
    }
}

/// The whole number that `text` is. A negative one counts as the smallest, 0.
fn number(text: &str) -> Option<u64> {
    if text.starts_with('-') { Some(0) } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(query: &str) -> (u32, u32) {
        let request = PageRequest::from_query(query, PageSize::Ten);
        (request.page.number(), request.size.rows())
    }

    #[test]
    fn a_senseless_query_counts_as_the_nearest_request_or_as_none() {
        assert_eq!(read(""), (1, 10));
        assert_eq!(read("?page=3&size=25"), (3, 25));
        assert_eq!(read("?page=0"), (1, 10));
        assert_eq!(read("?page=-1&size=-4"), (1, 5));
        assert_eq!(read("?page=x&size=x"), (1, 10));
        assert_eq!(read("?page=18446744073709551615&size=1000"), (42_949_672, 50));
        assert_eq!(read("?page=99999999999999999999999&size=1e18"), (1, 10));
        assert_eq!(read("?page=9e9&size=2.9"), (1, 10));
        assert_eq!(read("?page=&&=&page"), (1, 10));
    }

    #[test]
    fn what_is_not_ours_stays_in_the_address() {
        let request = PageRequest { page: Page::nearest(2), size: PageSize::Ten };
        assert_eq!(request.to_query("?lang=de&page=7&x", PageSize::Ten), "lang=de&x&page=2");
    }

    proptest! {
        #[test]
        fn an_address_shows_what_it_was_written_for(page in 1u32..42_949_672, size in 0usize..4, usual in 0usize..4, rest in "[a-z=&]{0,12}") {
            let (size, usual) = (PageSize::ALL[size], PageSize::ALL[usual]);
            let request = PageRequest { page: Page::nearest(u64::from(page)), size };
            let query = request.to_query(&rest, usual);
            prop_assert_eq!(PageRequest::from_query(&query, usual), request);
            prop_assert_eq!(request.to_query(&query, usual), query);
        }

        #[test]
        fn no_query_makes_it_panic(query in "\\PC*") {
            let request = PageRequest::from_query(&query, PageSize::Ten);
            let _ = request.to_query(&query, PageSize::Ten);
        }
    }
}
