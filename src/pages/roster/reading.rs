//! Reading all of the list, and what is found in it.

use super::{Acts, After, LONG, Reader, Work};
use crate::browser::{clock, lowercase, now};
use crate::components::status_name;
use crate::domain::roll::{self, Course, Roll};
use crate::domain::search::{self, Vocabulary};
use crate::domain::sending::MOST_ROWS;
use crate::domain::{Listing, Slice};
use crate::hooks::{Answer, Tone};
use crate::i18n::{Message, error_sentence};
use crate::pages::list;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::platform::spawn_local;

/// How often, in milliseconds at the least, it is drawn how far the reading is and what was found.
const SELDOM: f64 = 200.0;

impl Acts {
    pub(super) fn see_to_reading(self: &Rc<Self>, wants_all: bool) {
        let list::Props { listing, changes, sheet, counted, .. } = &self.props;
        let mut work = self.work.borrow_mut();
        let is_other = work.reader.as_ref().is_some_and(|reader| reader.shown != listing.shown);
        if is_other {
            // What was to be done with all of the one is nothing to be done with the other.
            work.after = None;
        }
        let wants_all = if is_other { listing.needs_all() } else { wants_all };
        if is_other || !wants_all && work.reader.as_ref().is_some_and(|reader| !reader.is_complete()) {
            work.reader.iter().chain(&work.next).for_each(|reader| reader.is_wanted.set(false));
            (work.reader, work.next) = (None, None);
        }
        if !wants_all {
            work.next.take().iter().for_each(|next| next.is_wanted.set(false));
            sheet.change(|leaf| leaf.reading = None);
            return;
        }
        let is_quiet = sheet.read(|leaf| leaf.is_quiet);
        let (is_patched, before) = (std::mem::take(&mut work.is_patched), work.counted);
        work.counted = *counted;
        let Work { reader, next, .. } = &mut *work;
        let has_next = next.is_some();
        match next.as_mut().or(reader.as_mut()) {
            Some(reader) if reader.changes == *changes && (!is_quiet || before == *counted) => {}
            Some(reader)
                if !has_next
                    && reader.roll.borrow().progress().1 > LONG
                    && (is_patched || is_quiet && before == *counted) =>
            {
                reader.changes = *changes;
            }
            _ => {
                drop(work);
                self.read();
            }
        }
    }

    /// Reads all of it; anew, when it is known already.
    fn read(self: &Rc<Self>) {
        let list::Props { listing, changes, .. } = &self.props;
        let reader = Reader {
            shown: listing.shown,
            roll: Rc::new(RefCell::new(Roll::new(MOST_ROWS))),
            is_wanted: Rc::new(Cell::new(true)),
            changes: *changes,
        };
        {
            let mut work = self.work.borrow_mut();
            work.next.take().iter().for_each(|next| next.is_wanted.set(false));
            let place = if work.reader.is_some() { &mut work.next } else { &mut work.reader };
            *place = Some(reader.clone());
        }
        self.go_on(reader);
    }

    fn go_on(self: &Rc<Self>, reader: Reader) {
        let (acts, service) = (self.clone(), self.props.service.clone());
        spawn_local(async move {
            let said = Cell::new((f64::MIN, 0));
            let goes_on = || {
                let (then, of) = said.get();
                let (_, total) = reader.roll.borrow().progress();
                // Each time is a drawing, and each drawing keeps the next page waiting.
                if total != of || now() - then > SELDOM {
                    said.set((now(), total));
                    acts.say_how_far(&reader);
                }
                reader.is_wanted.get()
            };
            goes_on();
            roll::read(&service, &reader.shown.statuses(), &reader.roll, goes_on).await;
            if reader.is_wanted.get() {
                acts.has_read(&reader);
            }
        });
    }

    /// It is over, or was stopped. What was read anew takes the place of what was known, when it is all of it.
    fn has_read(&self, reader: &Reader) {
        let is_next = {
            let mut work = self.work.borrow_mut();
            let is_next = work.next.take_if(|next| Rc::ptr_eq(&next.roll, &reader.roll)).is_some();
            if is_next && reader.is_complete() {
                work.reader = Some(reader.clone());
            }
            is_next
        };
        match reader.roll.borrow().course() {
            Course::Failed(error) if is_next => {
                self.work.borrow_mut().after = None;
                let words = self.words();
                self.say(
                    Tone::Danger,
                    [words.say(Message::ListStale), error_sentence(words, error)].join(" "),
                );
                self.props.sheet.change(|leaf| leaf.reading = None);
            }
            _ => self.say_how_far(reader),
        }
    }

    /// Says beside the search how far the reading is, and what can be done about that.
    fn say_how_far(&self, reader: &Reader) {
        let words = self.words();
        let roll = reader.roll.borrow();
        let (read, of) = roll.progress();
        let [read, of] = [read, of].map(|number| words.number(number));
        let values = [("read", &*read), ("total", &of)];
        let said = match roll.course() {
            Course::Complete => None,
            Course::Failed(error) => {
                let what = match roll.progress() {
                    (_, 0) => words.say(Message::ListFailed),
                    _ => words.fill(Message::ListReadFailed, &values),
                };
                let text = [what, error_sentence(words, error)].join(" ");
                Some((text, Message::Retry))
            }
            Course::Stopped => Some((words.fill(Message::ListReadStopped, &values), Message::ListReadOn)),
            Course::Reading => Some((words.fill(Message::ListReading, &values), Message::InviteStop)),
        };
        drop(roll);
        self.props.sheet.change(|leaf| leaf.reading = said);
    }

    /// Stops the reading, or goes on with it.
    pub(super) fn toggle_reading(self: &Rc<Self>) {
        let (reader, next) = {
            let mut work = self.work.borrow_mut();
            (work.reader.clone(), work.next.take())
        };
        if let Some(next) = next {
            // What was known stays.
            next.is_wanted.set(false);
            self.work.borrow_mut().after = None;
            return self.props.sheet.change(|leaf| leaf.reading = None);
        }
        let Some(reader) = reader else { return };
        let is_going = *reader.roll.borrow().course() == Course::Reading;
        if is_going {
            reader.roll.borrow_mut().stop();
            self.work.borrow_mut().after = None;
            self.say_how_far(&reader);
            return;
        }
        self.resume(reader);
    }

    fn resume(self: &Rc<Self>, reader: Reader) {
        reader.roll.borrow_mut().resume();
        self.go_on(reader);
    }

    /// Everything that matches, in its order, as far as it was read: the rows, and where among them.
    pub(super) fn matching(&self) -> Option<(Reader, Vec<u32>)> {
        let (listing, words, roles) = (&self.props.listing, self.words(), self.roles());
        let mut work = self.work.borrow_mut();
        let reader = work.reader.clone().filter(|reader| reader.shown == listing.shown)?;
        let (roll, edition) = reader.edition();
        let vocabulary = Vocabulary { roles, statuses: &|status| status_name(words, status), lowercase };
        let whole = Listing { search: String::new(), view: listing.view, ..listing.clone() };
        let role_set = roles.map_or(0, |roles| std::ptr::from_ref(roles) as usize);
        let ordered = (roll, edition, whole, role_set);
        let order = match &work.order {
            // Where nothing but the words has changed, the order is still right: one types faster than thousands are sorted.
            Some((of, order)) if *of == ordered => order.clone(),
            _ => {
                let order = search::order(
                    reader.roll.borrow().rows(),
                    listing.shown,
                    listing.sort,
                    &vocabulary,
                    clock(),
                );
                let order = Rc::new(order);
                work.order = Some((ordered, order.clone()));
                order
            }
        };
        drop(work);
        let found = search::matching(reader.roll.borrow().rows(), &order, &listing.search, &vocabulary);
        Some((reader, found))
    }

    /// Lays the page that is wanted of what was found on the sheet.
    pub(super) fn lay_found(&self) {
        let listing = &self.props.listing;
        if !listing.needs_all() {
            return;
        }
        let Some((reader, found)) = self.matching() else { return };
        let roll = reader.roll.borrow();
        let (page, size) = (listing.view.page, listing.view.size);
        let before = (page.number() as usize).saturating_sub(1).saturating_mul(size.rows() as usize);
        let here = found.iter().skip(before).take(size.rows() as usize);
        let rows: Vec<_> = here.filter_map(|at| roll.rows().get(*at as usize).cloned()).collect();
        let is_partial = *roll.course() != Course::Complete;
        // Nothing is found yet: what was shown before stays until something is, or all is read.
        if rows.is_empty() && *roll.course() == Course::Reading {
            return;
        }
        let slice = Slice { rows, page, size, total: found.len() as u64 };
        let answer = Rc::new(Answer { listing: listing.clone(), slice: Some(slice) });
        let is_new = { self.work.borrow_mut().laid.replace(reader.edition()) != Some(reader.edition()) };
        self.props.sheet.lay(&answer, is_new);
        self.props.sheet.change(|leaf| leaf.is_partial = is_partial);
    }

    /// Does what was to wait until all is read.
    pub(super) fn finish_reading(self: &Rc<Self>) {
        let Some(after) = self.work.borrow().after else { return };
        let is_over = self.work.borrow().reader.as_ref().is_some_and(|reader| {
            let is_newest = reader.changes == self.props.changes;
            reader.shown == self.props.listing.shown && is_newest && reader.is_complete()
        });
        if !is_over {
            return;
        }
        self.work.borrow_mut().after = None;
        let Some((reader, found)) = self.matching() else { return };
        let roll = reader.roll.borrow();
        let rows: Vec<_> = found.iter().filter_map(|at| roll.rows().get(*at as usize)).collect();
        match after {
            After::Copy => self.copy(&rows),
            After::Export => self.export(&rows),
            After::Choose => self.choose(rows.into_iter().cloned().collect()),
        }
        drop(roll);
        self.props.sheet.redraw();
    }

    /// Does something with all that match: at once when they are known, otherwise as soon as they are.
    pub(super) fn with_all(self: &Rc<Self>, after: After) {
        self.work.borrow_mut().after = Some(after);
        let reader = { self.work.borrow().reader.clone() };
        let stands =
            |reader: &Reader| matches!(reader.roll.borrow().course(), Course::Stopped | Course::Failed(_));
        if let Some(reader) = reader.filter(stands) {
            self.resume(reader);
        }
        // The drawing sees that all of the list is wanted now.
        self.props.sheet.redraw();
    }
}
