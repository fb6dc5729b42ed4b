//! Dismisses invitations that need attention: the admin wants to be reminded of them no longer. The browser keeps that; Clerk
//! is told nothing.

use crate::domain::{Dismissed, InvitationId};
use crate::feedback::{Focus, FocusWhen, Speech};
use crate::i18n::{Message, Plural};
use crate::list::actions::{Update, action_id};
use crate::list::messages::{Effect, RowAction};
use crate::list::model::RowNote;
use crate::list::whole_list;

impl Update<'_, '_> {
    /// Takes in what was dismissed earlier.
    pub(super) fn dismissed_found(&mut self, dismissed: Dismissed) {
        if dismissed != self.model.actions.dismissed {
            self.model.actions.dismissed = dismissed;
            self.model.actions.order = None;
            self.effects.extend(whole_list::show_again(self.model, self.context));
        }
    }

    /// Dismisses invitations or takes that back. A dismissed row stays where it is, with another look at it, until the admin
    /// wants the list as it is.
    pub(super) fn dismiss(&mut self, ids: &[InvitationId], is_dismissed: bool) {
        for id in ids {
            self.model.actions.dismissed.set(id, is_dismissed);
            if is_dismissed {
                self.model.notes.insert(id.clone(), RowNote::Dismissed);
            } else {
                self.model.notes.remove(id);
            }
            self.model.selected.remove(id);
        }
        let words = self.context.words;
        self.effects.push(Effect::Say(Speech::Outcome(match ids {
            _ if !is_dismissed => words.say(Message::DismissedRestored),
            [_] => words.say(Message::DismissedRow),
            _ => words.count(Plural::DismissedCount, ids.len() as u64),
        })));
        // The button that takes it back is gone then.
        if let ([id], false) = (ids, is_dismissed) {
            let when = FocusWhen::On(vec![action_id(RowAction::Restore, id)]);
            let focus = Focus { to: action_id(RowAction::More, id), when, scrolls: false };
            self.effects.push(Effect::Focus(focus));
        }
        self.forget_unknown();
        whole_list::sum_up(self.model, self.context);
        self.effects.push(Effect::KeepDismissed(self.model.actions.dismissed.clone()));
        self.effects.extend(self.model.count());
    }

    /// Forgets what was dismissed and is not listed any more, once all of the list is known.
    fn forget_unknown(&mut self) {
        if !self.model.is_complete() {
            return;
        }
        let actions = &mut self.model.actions;
        let rows = &self.model.rows;
        actions.dismissed.retain(|id| rows.get(&InvitationId(id.to_owned())).is_some());
    }

    /// Shows what was dismissed among the rest, or not any more.
    pub(super) fn toggle_dismissed(&mut self) {
        let actions = &mut self.model.actions;
        actions.shows_dismissed = !actions.shows_dismissed;
        actions.order = None;
        self.model.notes.retain(|_, note| *note != RowNote::Dismissed);
        self.effects.extend(whole_list::show_again(self.model, self.context));
    }
}
