//! Which entries are drawn: all of them or those that need a fix, and of many a page.

use crate::domain::{Page, PageRequest, PageSize, Slice};
use crate::invite::entry::{Entry, EntryId};
use crate::invite::model::Composer;
use crate::invite::update::Step;
use crate::invite::verdict::Verdict;

/// How many entries are drawn at once, unless the admin chooses another number.
pub(super) const ROWS: PageSize = PageSize::Fifty;

/// The entries that are drawn.
pub struct Shown<'a> {
    /// Each with its place among all entries.
    pub entries: Vec<(usize, &'a Entry)>,
    /// Which page of how many they are.
    pub slice: Slice,
}

impl Composer {
    /// The entries that are drawn.
    pub fn shown(&self) -> Shown<'_> {
        let all = self.entries.all().iter().enumerate();
        let chosen: Vec<_> =
            all.filter(|(at, entry)| !self.only_to_fix || self.is_held_back(*at, entry)).collect();
        let PageRequest { page, size } = self.page.unwrap_or(PageRequest { page: Page::FIRST, size: ROWS });
        let mut slice = Slice { rows: 0, page, size, total: chosen.len() as u64 };
        slice.page = page.min(slice.last_page());
        let before = slice.page.rows_before(size);
        slice.rows = slice.total.saturating_sub(before).min(u64::from(size.rows()));
        let entries = chosen.into_iter().skip(before as usize).take(slice.rows as usize).collect();
        Shown { entries, slice }
    }

    /// Whether the entry at this place can't be sent as it is, or was not sent.
    pub fn needs_fix(&self, at: usize, entry: &Entry) -> bool {
        entry.was_not_sent() || self.verdicts.each.get(at).is_some_and(|verdict| verdict.needs_review())
    }

    /// How many entries need a fix.
    pub fn to_fix(&self) -> u64 {
        let all = self.entries.all().iter().enumerate();
        all.filter(|(at, entry)| self.needs_fix(*at, entry)).count() as u64
    }

    /// Whether the entry at this place is not sent as it is: it needs a fix, or there is nothing to send.
    fn is_held_back(&self, at: usize, entry: &Entry) -> bool {
        let is_skipped = |verdict: &Verdict| {
            matches!(verdict, Verdict::Pending(..) | Verdict::Member(_) | Verdict::Yourself | Verdict::Twice)
        };
        self.needs_fix(at, entry) || self.verdicts.each.get(at).is_some_and(is_skipped)
    }

    /// How many entries are not sent as they are.
    pub fn held_back(&self) -> u64 {
        let all = self.entries.all().iter().enumerate();
        all.filter(|(at, entry)| self.is_held_back(*at, entry)).count() as u64
    }

    /// The entries that the line below the box may tell of: the one that the keyboard has reached, then the first that needs a
    /// fix.
    pub fn told_of(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let all = || self.entries.all().iter().enumerate();
        let current = all().find(|(_, entry)| Some(entry.id) == self.current);
        current.into_iter().chain(all().find(|(at, entry)| self.needs_fix(*at, entry)))
    }
}

impl Shown<'_> {
    /// The entry at which the keyboard arrives among them.
    pub fn tab_stop(&self, current: Option<EntryId>) -> Option<EntryId> {
        let ids = || self.entries.iter().map(|(_, entry)| entry.id);
        ids().find(|id| Some(*id) == current).or_else(|| ids().next_back())
    }

    /// The entry that a step leads to; `None` for the box.
    pub fn after(&self, from: Option<EntryId>, step: Step) -> Option<EntryId> {
        let ids = || self.entries.iter().map(|(_, entry)| entry.id);
        let before = || ids().take_while(|id| Some(*id) != from).last();
        match step {
            Step::First => ids().next(),
            Step::Last => ids().next_back(),
            // In front of the first one there is nothing: the keyboard stays.
            Step::Previous => before().or(from),
            Step::Next => ids().skip_while(|id| Some(*id) != from).nth(1),
            Step::Box => None,
        }
    }
}
