//! Reading a whole list of invitations while it changes: Clerk neither searches nor sorts, so searching and sorting need
//! every row.
//!
//! A list is read from its top, a page at a time. Meanwhile rows leave it, and those behind them slip up, perhaps to a
//! page that was read already. The totals tell how far: what joins the list does so on top and pushes rows down, so that
//! no row slips up further than the total fell between two answers. (Accepted and revoked invitations join their lists
//! in the middle, but never leave them.) So one number is enough, the [floor](FullList): no row that is still to be read
//! stands above it. It falls with the total, and it rises past a page that began no lower than it. That is why a row that
//! is there the whole time is read; it is there only once because rows are told apart by their ids.
//!
//! Where the number of rows of an answer and its total tell what is due next, that is asked before the rows are read
//! ([`FullList::announce`]): Clerk answers while the browser works.

use crate::domain::service::MAX_PAGES;
use crate::domain::{Error, Invitation, InvitationId};
use crate::list::rows::Rows;
use rustc_hash::FxHashMap;

/// How far the reading is.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// It goes on.
    Reading,
    /// The admin stopped it. What was read until then is known.
    Stopped,
    /// All was read.
    Complete,
    /// It broke off. What was read until then is known.
    Failed(Error),
}

/// What Clerk is to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageQuestion {
    /// The page, from 1.
    pub page: u32,
    /// How many rows a page has.
    pub rows: u32,
    /// Answers before this one. Another question may have been on its way when the reading was resumed, and its answer is
    /// older than what is known by now.
    turn: u32,
}

/// Every invitation of a list that is known so far, by id.
#[derive(Clone, Debug)]
pub struct FullList {
    ids: Vec<InvitationId>,
    places: FxHashMap<InvitationId, u32>,
    progress: Progress,
    page_rows: u32,
    total: Option<u64>,
    /// No row that is still to be read stands above this place of Clerk's list, as of the last answer.
    floor: u64,
    /// Where among `ids` the rows at the floor belong.
    seam: usize,
    /// How many of `ids` were put on top of those that the first look brought.
    head: usize,
    /// Whether rows have left while the list was read.
    is_shrinking: bool,
    /// Whether something was added on top since the top was read.
    has_newer: bool,
    /// All was read once; now it is about what was added on top.
    is_second_look: bool,
    turn: u32,
    turns_left: u32,
    /// The last question that was asked before it was due; and why there is no answer, if that was known before it was due.
    ahead: Option<(PageQuestion, Option<Error>)>,
}

impl PageQuestion {
    /// How many rows stand before those that are asked for.
    fn from(self) -> u64 {
        u64::from(self.page.saturating_sub(1)) * u64::from(self.rows)
    }

    /// The page that reaches furthest of those that begin no lower than `place`, with no more than `most` rows.
    ///
    /// Clerk has pages and no offsets, so a page of fewer rows has to do where none of the usual ones begins there.
    fn at(place: u64, most: u32, turn: u32) -> Self {
        let of = |before: u64, rows: u64| Self {
            page: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
            rows: u32::try_from(rows).unwrap_or(most).min(most),
            turn,
        };
        let usual = of(place / u64::from(most), u64::from(most));
        let pages = place.div_ceil(u64::from(most)).max(1);
        let fitted = of(pages, place / pages);
        if fitted.to() > usual.to() { fitted } else { usual }
    }

    fn to(self) -> u64 {
        self.from() + u64::from(self.rows)
    }
}

impl FullList {
    /// Nothing yet, to be read `page_rows` at a time ([`MAX_ROWS`](crate::domain::service::MAX_ROWS), except in tests).
    pub fn new(page_rows: u32) -> Self {
        Self {
            ids: vec![],
            places: FxHashMap::default(),
            progress: Progress::Reading,
            page_rows: page_rows.max(1),
            total: None,
            floor: 0,
            seam: 0,
            head: 0,
            is_shrinking: false,
            has_newer: false,
            is_second_look: false,
            turn: 0,
            turns_left: MAX_PAGES,
            ahead: None,
        }
    }

    /// The ids of what is known: in Clerk's order when all was read, mostly so before. Rows that have left the list since
    /// they were read are still among them.
    pub fn ids(&self) -> &[InvitationId] {
        &self.ids
    }

    /// How the reading goes.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// How many rows are known, of how many. The first is never the greater one, and never falls.
    pub fn count(&self) -> (u64, u64) {
        let read = self.ids.len() as u64;
        (read, self.total.unwrap_or(0).max(read))
    }

    /// The question whose answer brings the reading forward; `None` when the reading does not go on.
    pub fn next(&self) -> Option<PageQuestion> {
        (self.progress == Progress::Reading).then(|| self.due(self.floor, self.turn))
    }

    /// What to ask for now; `None` when the reading does not go on, or when the next answer is on its way.
    pub fn to_ask(&self) -> Option<PageQuestion> {
        self.next().filter(|next| self.ahead.as_ref().is_none_or(|(ahead, _)| ahead != next))
    }

    /// What is due in this turn, when no row that is still to be read stands above `floor`.
    fn due(&self, floor: u64, turn: u32) -> PageQuestion {
        let at = |place| PageQuestion::at(place, self.page_rows, turn);
        // Where each answer is shorter than the one before, pages that only touch would send the reading back each time.
        let overlap = if self.is_shrinking { u64::from(self.page_rows / 5) } else { 0 };
        let careful = at(floor.saturating_sub(overlap));
        if careful.to() > floor { careful } else { at(floor) }
    }

    /// Clerk has answered with so many rows, of `total` in all, which are yet to be [taken in](Self::take). What to ask for
    /// meanwhile: the question that is due behind them, where that does not depend on the rows themselves.
    pub fn announce(&mut self, asked: PageQuestion, rows: u64, total: u64) -> Option<PageQuestion> {
        let is_due = self.next() == Some(asked) && self.turns_left > 1 && !self.is_second_look;
        let has_shrunk = self.total.is_some_and(|before| total < before);
        let is_full = rows == u64::from(asked.rows) && asked.from() <= self.floor && asked.to() < total;
        if is_due && is_full && !has_shrunk {
            let next = self.due(asked.to(), self.turn.wrapping_add(1));
            self.ahead = Some((next, None));
            return Some(next);
        }
        None
    }

    /// Takes in what Clerk answered: these rows, of `total` in all. An answer to a question that is not the one which is
    /// due tells of rows, but nothing of how far the reading is.
    ///
    /// The reading is over after [`MAX_PAGES`] answers in any case: such a list never ends.
    pub fn take(&mut self, asked: PageQuestion, page: Vec<Invitation>, total: u64, rows: &mut Rows) {
        let ids: Vec<_> = page.iter().map(|row| row.id.clone()).collect();
        page.into_iter().for_each(|row| rows.put(row));
        if asked != self.due(self.floor, self.turn) {
            // Of an answer that came before it was due the rows are known, and it is asked for again.
            self.ahead.take_if(|(ahead, _)| *ahead == asked);
            return self.merge(ids, false);
        }
        let before = self.total.replace(total).unwrap_or(total);
        let floor = self.floor.saturating_sub(before.saturating_sub(total));
        let is_joined = floor >= asked.from();
        self.floor = if is_joined { asked.to() } else { floor };
        self.is_shrinking |= total < before;
        self.turn = self.turn.wrapping_add(1);
        self.turns_left = self.turns_left.saturating_sub(1);

        let (count, known) = (ids.len(), self.ids.len());
        let last = ids.last().cloned();
        self.merge(ids, is_joined);
        // What is added on top pushes rows down to where they are met again.
        let are_pushed = !self.is_second_look && self.ids.len() - known < count;
        self.has_newer |= asked.from() > 0 && (total > before || are_pushed);
        let place = last.and_then(|id| self.places.get(&id)).map(|place| *place as usize);
        let is_enough = place.is_none_or(|place| self.is_second_look && place >= self.head);
        self.end_when(self.floor >= total || (is_joined && is_enough));
        if let Some((ahead, Some(error))) = self.ahead.take_if(|(_, failure)| failure.is_some()) {
            self.fail(ahead, error);
        }
    }

    /// Ends the reading, or begins to look at what was added on top, when `has_ended`.
    fn end_when(&mut self, has_ended: bool) {
        if has_ended && self.has_newer {
            (self.floor, self.seam, self.has_newer, self.is_second_look) = (0, 0, false, true);
        } else if has_ended {
            self.progress = Progress::Complete;
        }
        if self.turns_left == 0 && self.progress == Progress::Reading {
            self.progress = Progress::Failed(Error::NoAnswer);
        }
    }

    /// Puts rows on top, in this order, unless they are known already.
    pub fn add_on_top(&mut self, ids: impl IntoIterator<Item = InvitationId>) {
        // Each id has its own place below.
        let is_new = |id: &InvitationId| self.places.insert(id.clone(), 0).is_none();
        let new: Vec<_> = ids.into_iter().filter(is_new).collect();
        let count = new.len();
        self.ids.splice(0..0, new);
        (self.head, self.seam) = (self.head + count, self.seam + count);
        for (id, place) in self.ids.iter().zip(0..) {
            self.places.insert(id.clone(), place);
        }
    }

    /// There is no page in answer to this question. When it is the one that is due, the reading breaks off; when it was asked
    /// ahead, once it is due.
    pub fn fail(&mut self, asked: PageQuestion, error: Error) {
        if self.next() == Some(asked) {
            self.turn_to(Progress::Failed(error));
        } else if let Some((_, failure)) = self.ahead.as_mut().filter(|(ahead, _)| *ahead == asked) {
            *failure = Some(error);
        }
    }

    /// The reading is not to go on.
    pub fn stop(&mut self) {
        self.turn_to(Progress::Stopped);
    }

    /// The reading goes on where it broke off or was stopped.
    pub fn resume(&mut self) {
        self.turns_left = MAX_PAGES;
        self.turn_to(Progress::Reading);
    }

    fn turn_to(&mut self, progress: Progress) {
        // An answer that is on its way belongs to the reading as it was.
        self.ahead = None;
        if self.progress != Progress::Complete {
            self.progress = progress;
        }
    }

    /// Inserts a row among those that were added on top.
    fn insert(&mut self, at: usize, id: InvitationId) {
        self.places.values_mut().filter(|place| **place as usize >= at).for_each(|place| *place += 1);
        self.places.insert(id.clone(), at as u32);
        self.ids.insert(at, id);
        self.head += 1;
    }

    /// Merges rows that stand one behind the other in Clerk's list.
    fn merge(&mut self, ids: Vec<InvitationId>, are_joined: bool) {
        if self.is_second_look { self.merge_newer(ids, are_joined) } else { self.merge_page(ids, are_joined) }
    }

    /// New rows are put behind the row that stands before them; nothing else moves.
    fn merge_newer(&mut self, ids: Vec<InvitationId>, are_joined: bool) {
        let mut at = self.seam;
        for id in ids {
            let place = self.places.get(&id).map(|place| *place as usize);
            if place.is_none() {
                self.insert(at, id);
            }
            at = at.max(place.unwrap_or(at) + 1);
        }
        if are_joined {
            self.seam = at;
        }
    }

    /// Those that are joined to the ones before the seam are put there. Where the others belong, it takes a later page to
    /// tell; until then they stand at the end.
    fn merge_page(&mut self, ids: Vec<InvitationId>, are_joined: bool) {
        let mut run = Vec::with_capacity(ids.len());
        for id in ids {
            let end = self.ids.len();
            let place = *self.places.entry(id.clone()).or_insert(end as u32) as usize;
            if place == end {
                self.ids.push(id);
            }
            if place >= self.seam && !(place < end && run.contains(&place)) {
                run.push(place);
            }
        }
        if !are_joined {
            return;
        }
        let begins = self.seam;
        self.seam += run.len();
        if run.iter().zip(begins..).all(|(place, wanted)| *place == wanted) {
            return;
        }
        let mut tail: Vec<_> = self.ids.drain(begins..).map(Some).collect();
        self.ids.extend(run.iter().filter_map(|place| tail.get_mut(place - begins)?.take()));
        self.ids.extend(tail.into_iter().flatten());
        for (id, place) in self.ids.iter().zip(0..).skip(begins) {
            self.places.insert(id.clone(), place);
        }
    }
}

#[cfg(test)]
mod tests;
