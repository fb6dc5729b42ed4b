//! The list as it is on screen, and what somebody wants done with it. Drawn by what every visitor downloads, worked on by
//! what is fetched later.

use crate::domain::refresh::{keeping, quietly};
use crate::domain::{Invitation, InvitationId, Listing, Slice, Status};
use crate::i18n::Message;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Callback;

/// The sheet of an organization. Clones are the same one.
#[derive(Clone, Default)]
pub struct Sheet(Rc<Inner>);

#[derive(Default)]
struct Inner {
    leaf: RefCell<Leaf>,
    redraw: RefCell<Callback<()>>,
}

/// What is on it.
#[derive(Default)]
pub struct Leaf {
    /// What is shown.
    pub slice: Option<Slice<Invitation>>,
    /// What that answers.
    pub listing: Option<Listing>,
    /// More may match than is shown: not everything was looked through.
    pub is_partial: bool,
    /// The answer that was laid on it last, to know the next one by.
    last: Option<Rc<Answer>>,
    /// The rows that something is said of.
    pub states: Vec<(InvitationId, RowState)>,
    /// What was chosen, by id.
    pub chosen: Vec<Invitation>,
    last_chosen: Option<InvitationId>,
    /// What is wanted and not yet attended to.
    pub wishes: Vec<Wish>,
    /// What the last quiet look has found to be different.
    pub news: Option<News>,
    /// What is being typed into the search box, until the address has it.
    pub typed: Option<String>,
    /// How far the whole list is read, and what can be done about that.
    pub reading: Option<(String, Message)>,
    /// Counts the letters, to know when there are no more for a while.
    pub letters: u32,
    /// When the list was last asked for ([`now`](crate::browser::now)).
    pub asked: f64,
    /// It is being asked for without anybody having wished so: nothing may move.
    pub is_quiet: bool,
}

/// What is known of a part of the list.
#[derive(Debug, PartialEq)]
pub struct Answer {
    /// What was asked for.
    pub listing: Listing,
    /// The part; nothing where Clerk can't be asked for it.
    pub slice: Option<Slice<Invitation>>,
}

/// What is said of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowState {
    /// Something is being done with it: what.
    Busy(String),
    /// That failed, for this reason; it can be tried again.
    Failed(String),
    /// It is done; the next list knows.
    Done(String),
    /// This has happened while nobody looked.
    News(String),
}

/// What is wanted of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Something with one row.
    Row(RowWish, InvitationId),
    /// Copy the addresses of all that match.
    Copy,
    /// Keep all that match as a file.
    Export,
    /// Stop reading the whole list, or go on.
    Reading,
}

/// Rows that are chosen, or no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which one; all of the page when none is named.
    pub row: Option<InvitationId>,
    /// Is it chosen now?
    pub is_chosen: bool,
    /// So are those from the one before up to it.
    pub is_range: bool,
}

/// What is wanted of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowWish {
    /// Take the invitation back.
    Revoke,
    /// Take it back and send another one.
    Resend,
    /// Send another one in the place of one that has ended.
    Again,
    /// See what else can be done.
    More,
    /// Do what failed once more.
    Retry,
}

/// Something that is wanted of what was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManyWish {
    /// Choose everything that matches.
    ChooseAll,
    /// Resend those that are pending, invite those again that have ended.
    Send,
    /// Give those that are pending another role.
    Role,
    /// Revoke those that are pending.
    Revoke,
    /// Copy their addresses.
    Copy,
    /// Keep them as a file.
    Export,
    /// Choose none.
    ChooseNone,
}

/// What was found to be different.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// Rows that are no longer among those that were asked for.
    pub gone: Vec<InvitationId>,
    /// Rows whose role or status has changed.
    pub changed: Vec<InvitationId>,
    /// How many there are that were not there before.
    pub joined: u64,
    /// Somebody was told.
    pub is_told: bool,
}

impl PartialEq for Sheet {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Sheet {
    /// Looks at it.
    pub fn read<T>(&self, look: impl FnOnce(&Leaf) -> T) -> T {
        look(&self.0.leaf.borrow())
    }

    /// Changes it without drawing it: whoever draws it does this, or is told to in the end.
    pub fn note(&self, change: impl FnOnce(&mut Leaf)) {
        change(&mut self.0.leaf.borrow_mut());
    }

    /// Changes it, and has it drawn.
    pub fn change(&self, change: impl FnOnce(&mut Leaf)) {
        self.note(change);
        self.redraw();
    }

    /// Has it drawn.
    pub fn redraw(&self) {
        let redraw = self.0.redraw.borrow().clone();
        redraw.emit(());
    }

    /// Who draws it from now on.
    pub fn drawn_by(&self, redraw: Callback<()>) {
        self.0.redraw.replace(redraw);
    }

    /// Lays an answer on it. `is_new` when it says how things are now, and not only what is already known in another way.
    ///
    /// One that was asked for quietly moves nothing: what is gone stays where it is until somebody looks anew. Otherwise
    /// only that stays which something is being done with, or was half done.
    pub fn lay(&self, answer: &Rc<Answer>, is_new: bool) {
        let mut leaf = self.0.leaf.borrow_mut();
        let leaf = &mut *leaf;
        let Answer { listing, slice: Some(slice) } = &**answer else { return };
        if leaf.last.as_ref().is_some_and(|last| Rc::ptr_eq(last, answer)) {
            return;
        }
        leaf.last = Some(answer.clone());
        if leaf.listing.as_ref().is_some_and(|before| before.shown != listing.shown) {
            // What was chosen of one kind is not there to be seen among another.
            leaf.chosen.clear();
        }
        let before = leaf.slice.take().filter(|_| leaf.listing.as_ref() == Some(listing));
        let mut slice = slice.clone();
        if let Some(before) = before.as_ref().filter(|_| leaf.is_quiet || leaf.news.is_some()) {
            let quiet = quietly(&before.rows, &slice.rows);
            if !quiet.gone.is_empty() || !quiet.changed.is_empty() || quiet.joined > 0 {
                let (gone, changed, joined) = (quiet.gone, quiet.changed, quiet.joined);
                // What was told already is not told each time somebody comes back.
                let is_told = leaf.news.as_ref().is_some_and(|told| {
                    let is_known = |id| told.gone.contains(id);
                    told.is_told && changed.is_empty() && joined <= told.joined && gone.iter().all(is_known)
                });
                leaf.news = Some(News { gone, changed, joined, is_told });
            }
            slice.rows = quiet.rows;
        } else {
            let before = before.as_ref().map_or(&[][..], |slice| &slice.rows);
            leaf.states.retain(|(id, state)| match state {
                RowState::Busy(_) => true,
                RowState::Failed(_) => {
                    let is = |rows: &[Invitation], is: fn(&Invitation) -> bool| {
                        rows.iter().any(|row| row.id == *id && is(row))
                    };
                    // Of one that was pending the list tells what became of it.
                    is(&slice.rows, |_| true) || is(before, |row| row.status != Status::Pending)
                }
                RowState::Done(_) | RowState::News(_) => false,
            });
            let keep: Vec<_> = leaf.states.iter().map(|(id, _)| id.clone()).collect();
            slice.rows = keeping(before, slice.rows, &keep);
            leaf.news = None;
        }
        leaf.is_quiet &= !is_new;
        leaf.is_partial = false;
        (leaf.slice, leaf.listing) = (Some(slice), Some(listing.clone()));
    }
}

impl Leaf {
    /// What is said of a row.
    pub fn state(&self, id: &InvitationId) -> Option<&RowState> {
        self.states.iter().find(|(other, _)| other == id).map(|(_, state)| state)
    }

    /// Says something of a row, or nothing any more.
    pub fn mark(&mut self, id: &InvitationId, state: Option<RowState>) {
        self.states.retain(|(other, _)| other != id);
        self.states.extend(state.map(|state| (id.clone(), state)));
    }

    /// It is revoked, whatever the list says that it was read from.
    pub fn mark_revoked(&mut self, id: &InvitationId) {
        let row = self.slice.as_mut().and_then(|slice| slice.rows.iter_mut().find(|row| row.id == *id));
        row.into_iter().for_each(|row| row.status = Status::Revoked);
    }

    /// Chooses rows, or no longer.
    pub fn choose(&mut self, Choice { row, is_chosen, is_range }: Choice) {
        let rows = self.slice.as_ref().map_or(&[][..], |slice| &slice.rows);
        let at = |id: &InvitationId| rows.iter().position(|row| row.id == *id);
        let (from, to) = match &row {
            None => (0, rows.len().saturating_sub(1)),
            Some(id) => {
                let Some(to) = at(id) else { return };
                let last = self.last_chosen.replace(id.clone()).filter(|_| is_range);
                let from = last.and_then(|last| at(&last)).unwrap_or(to);
                (from.min(to), from.max(to))
            }
        };
        for row in rows.get(from..=to).unwrap_or_default() {
            match self.chosen.binary_search_by(|chosen| chosen.id.cmp(&row.id)) {
                Ok(at) if !is_chosen => drop(self.chosen.remove(at)),
                Err(at) if is_chosen => self.chosen.insert(at, row.clone()),
                _ => {}
            }
        }
    }

    /// Was it chosen?
    pub fn is_chosen(&self, id: &InvitationId) -> bool {
        self.chosen.binary_search_by(|chosen| chosen.id.cmp(id)).is_ok()
    }
}
