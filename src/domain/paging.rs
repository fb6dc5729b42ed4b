//! The arithmetic of pages.

use std::num::NonZeroU32;

/// The most pages: servers keep the offset of a row in 32 bits, and a page has at most 50 rows.
const MOST_PAGES: u32 = i32::MAX as u32 / 50;

/// A page number, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Page(NonZeroU32);

/// How many rows stand on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageSize {
    /// 5
    Five,
    /// 10, the default.
    #[default]
    Ten,
    /// 25
    TwentyFive,
    /// 50
    Fifty,
}

/// Which part of a longer list a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// How many rows are shown.
    pub rows: u64,
    /// Which page it is.
    pub page: Page,
    /// How many rows a page has.
    pub size: PageSize,
    /// How many rows the whole list has.
    pub total: u64,
}

impl Page {
    /// The first page.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The valid page nearest to `number`, as far as that can be told without knowing how many there are.
    pub fn nearest(number: u64) -> Self {
        let number = u32::try_from(number).unwrap_or(u32::MAX).min(MOST_PAGES);
        Self(NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN))
    }

    /// The number, from 1.
    pub fn number(self) -> u32 {
        self.0.get()
    }

    /// How many rows stand on the pages before this one.
    pub fn rows_before(self, size: PageSize) -> u64 {
        u64::from(self.number().saturating_sub(1)) * u64::from(size.rows())
    }

    /// The page after this one.
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The page before this one; the first has itself.
    pub fn previous(self) -> Self {
        Self(NonZeroU32::new(self.0.get().saturating_sub(1)).unwrap_or(NonZeroU32::MIN))
    }
}

impl PageSize {
    /// All of them, smallest first.
    pub const ALL: [Self; 4] = [Self::Five, Self::Ten, Self::TwentyFive, Self::Fifty];

    /// How many rows.
    pub const fn rows(self) -> u32 {
        match self {
            Self::Five => 5,
            Self::Ten => 10,
            Self::TwentyFive => 25,
            Self::Fifty => 50,
        }
    }

    /// The size nearest to `rows`; of two equally near ones the smaller.
    pub fn nearest(rows: u64) -> Self {
        Self::ALL.into_iter().min_by_key(|size| u64::from(size.rows()).abs_diff(rows)).unwrap_or_default()
    }
}

impl Slice {
    /// The last page that has rows; the first when there are none.
    pub fn last_page(&self) -> Page {
        let pages = self.total.div_ceil(u64::from(self.size.rows()));
        Page(u32::try_from(pages).ok().and_then(NonZeroU32::new).unwrap_or(if pages == 0 {
            NonZeroU32::MIN
        } else {
            NonZeroU32::MAX
        }))
    }

    /// The numbers of the first and the last row of this page, from 1; `None` when it has no rows.
    pub fn range(&self) -> Option<(u64, u64)> {
        let before = self.page.rows_before(self.size);
        // More rows may be shown than a page has: the list keeps rows that are no longer part of the page.
        let rows = self.rows.min(u64::from(self.size.rows())).min(self.total.saturating_sub(before));
        (rows > 0).then(|| (before + 1, before + rows))
    }

    /// The page to show instead, when this one lies behind the end: its last row was revoked, or the address
    /// named a page that never was.
    pub fn instead(&self) -> Option<Page> {
        let last = self.last_page();
        (self.rows == 0 && self.page > last).then_some(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slice(page: u64, size: PageSize, total: u64) -> Slice {
        let page = Page::nearest(page);
        let rows = total.saturating_sub(page.rows_before(size)).min(u64::from(size.rows()));
        Slice { rows, page, size, total }
    }

    #[test]
    fn page_numbers_from_an_address_become_the_nearest_page() {
        for (number, page) in [(0, 1), (1, 1), (3, 3), (9_000_000_000, 42_949_672)] {
            assert_eq!(Page::nearest(number).number(), page);
        }
    }

    #[test]
    fn sizes_from_an_address_become_the_nearest_size() {
        for (rows, size) in [(0, 5), (7, 5), (8, 10), (u64::MAX, 50)] {
            assert_eq!(PageSize::nearest(rows).rows(), size);
        }
    }

    #[test]
    fn the_third_page_of_137_reads_21_to_30() {
        let third = slice(3, PageSize::Ten, 137);
        assert_eq!(third.range(), Some((21, 30)));
        assert_eq!(third.last_page().number(), 14);
        assert_eq!(slice(14, PageSize::Ten, 137).range(), Some((131, 137)));
    }

    #[test]
    fn an_empty_list_has_one_page_and_the_longest_as_many_as_can_be_numbered() {
        assert_eq!(slice(1, PageSize::Ten, 0).last_page(), Page::FIRST);
        assert_eq!(slice(1, PageSize::Ten, u64::MAX).last_page().number(), u32::MAX);
    }

    #[test]
    fn only_a_page_without_rows_behind_the_end_gives_way_to_the_last_one() {
        assert_eq!(slice(3, PageSize::Ten, 12).instead(), Some(Page::nearest(2)));
        assert_eq!(slice(1, PageSize::Ten, 0).instead(), None);
        // The list keeps rows on screen that are no longer part of the page.
        assert_eq!(Slice { rows: 1, ..slice(3, PageSize::Ten, 12) }.instead(), None);
    }

    proptest! {
        #[test]
        fn exactly_one_page_is_the_end_and_nothing_lies_behind_it(number in 0u64..200, total in 0u64..1000, size in 0usize..4) {
            let slice = slice(number, PageSize::ALL[size], total);
            prop_assert_eq!(slice.instead().is_none(), slice.page <= slice.last_page());
            if let Some(page) = slice.instead() {
                prop_assert_eq!(page, slice.last_page());
                prop_assert!(slice.range().is_none());
            }
            if let Some((first, last)) = slice.range() {
                prop_assert!(first <= last && last <= total);
                prop_assert_eq!(slice.page < slice.last_page(), last < total);
                prop_assert_eq!(slice.page > Page::FIRST, first > 1);
            }
        }

        #[test]
        fn next_and_previous_undo_each_other(number in 1u64..42_000_000) {
            let page = Page::nearest(number);
            prop_assert_eq!(page.next().previous(), page);
        }
    }
}
