//! Moves the keyboard among the entries.

use crate::feedback::{Focus, ids};
use crate::invite::composer::{Update, entry_id};
use crate::invite::entry::EntryId;
use crate::invite::update::{Effect, Step};

impl Update<'_, '_> {
    /// Goes from an entry to another one that is drawn, or to the box.
    pub(super) fn walk(&mut self, from: Option<EntryId>, step: Step) {
        let to = self.model.composer.shown().after(from, step);
        self.model.composer.current = to;
        let id = to.map_or_else(|| ids::EMAIL.to_owned(), entry_id);
        self.effects.push(Effect::Focus(Focus::to(id)));
    }

    /// Takes an entry out. Returns the id of the element that gets the focus: the entry that the step leads to, else the one
    /// on its other side, else the box.
    pub(super) fn remove_and_go(&mut self, id: EntryId, step: Step) -> String {
        let shown = self.model.composer.shown();
        let other = if step == Step::Previous { Step::Next } else { Step::Box };
        let to =
            [step, other].into_iter().find_map(|step| shown.after(Some(id), step).filter(|to| *to != id));
        self.take_out(&[id]);
        self.model.composer.current = to;
        to.map_or_else(|| ids::EMAIL.to_owned(), entry_id)
    }

    /// Forgets the entry that the keyboard had reached when it is gone, and shows all entries when each can be sent as it is.
    pub(super) fn show_what_is_left(&mut self) {
        let composer = &mut self.model.composer;
        composer.current = composer.current.filter(|id| composer.entries.get(*id).is_some());
        if composer.only_to_fix && composer.held_back() == 0 {
            composer.only_to_fix = false;
        }
    }
}
