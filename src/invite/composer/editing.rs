//! Changes single entries.

use crate::addresses::{Cause, ParsedAddress, Parser};
use crate::domain::Email;
use crate::feedback::{Severity, Toast, ToastAction};
use crate::i18n::Plural;
use crate::invite::composer::Update;
use crate::invite::entry::{Entry, EntryId, EntryState, Review, Source};
use crate::invite::model::Editing;
use crate::invite::update::Effect;
use std::collections::HashSet;

impl Update<'_, '_> {
    /// Changes an entry. Another reading of the table that it comes from leaves it as it is from now on.
    pub(super) fn change(&mut self, id: EntryId, change: impl FnOnce(&mut Entry)) {
        let composer = &mut self.model.composer;
        let Some(entry) = composer.entries.get_mut(id) else { return };
        if let Source::Read(import) = entry.source {
            composer.imports.settle(import, entry.text.clone());
            entry.source = Source::Changed(import);
        }
        change(entry);
    }

    /// Takes an entry out. Another reading of the table that it comes from does not bring it back.
    pub(super) fn remove(&mut self, id: EntryId) {
        self.change(id, |_| {});
        self.model.composer.entries.retain(|entry| entry.id != id);
    }

    /// Takes entries out as the admin wants, who can have them back for some seconds.
    pub(super) fn take_out(&mut self, ids: &[EntryId]) {
        ids.iter().for_each(|id| self.change(*id, |_| {}));
        let ids: HashSet<_> = ids.iter().collect();
        let composer = &mut self.model.composer;
        composer.removed = composer.entries.take(|entry| ids.contains(&entry.id));
        // What the admin puts in next is the admin's own.
        composer.is_from_link &= !composer.entries.is_empty();
        let text = self.context.words.count(Plural::FixRemoved, composer.removed.len() as u64);
        let toast = Toast { action: Some(ToastAction::Undo), ..Toast::new(Severity::Info, text) };
        self.effects.push(Effect::Toast(Some(toast)));
    }

    /// Puts another domain into an entry.
    pub(super) fn use_domain(&mut self, id: EntryId, domain: &str) {
        let key = self.context.address_key;
        self.change(id, |entry| entry.rewrite(entry.with_domain(domain), key));
    }

    /// Puts the address that was probably meant in the place of an entry's text.
    pub(super) fn use_offer(&mut self, id: EntryId) {
        let key = self.context.address_key;
        self.change(id, |entry| {
            if let Some(offer) = entry.doubt().and_then(|doubt| doubt.offer.clone()) {
                entry.rewrite(offer, key);
            }
        });
    }

    /// Puts the edited text in the place of the entry's; where it has become several, the others follow at the end.
    pub(super) fn take_edited(&mut self, Editing { id, text, role }: Editing) {
        let before = self.model.composer.entries.get(id).and_then(|entry| entry.role.clone());
        let is_same = |entry: &Entry| entry.text == text.trim();
        if self.model.composer.entries.get(id).is_some_and(is_same) {
            self.change(id, |entry| {
                if entry.was_not_sent() {
                    entry.state = EntryState::Draft;
                }
            });
            return self.change_role(id, before, role);
        }
        let key = self.context.address_key;
        let mut parser = Parser::new(text.clone(), &|_| false);
        let Some(first) = parser.next() else { return self.remove(id) };
        let others: Vec<_> = parser.collect();
        // A single address that was typed is taken as it is, with a dash or a dot at its start.
        let typed = text.trim().to_owned();
        let is_typed = others.is_empty() && Email::parse(&typed, key).is_ok();
        let doubt = first.doubt.filter(|doubt| !is_typed || is_unseen(&doubt.cause));
        let text = if is_typed { typed } else { first.text };
        self.change(id, |entry| {
            entry.name = first.name.or(entry.name.take());
            entry.rewrite(text, key);
            if let Some(doubt) = doubt {
                entry.review = Review::Doubtful(doubt);
            }
        });
        self.change_role(id, before, role.clone());
        for parsed in others {
            let parsed = ParsedAddress { role: role.clone(), ..parsed };
            self.model.composer.entries.add(parsed, Source::Typed, key);
        }
    }
}

impl Update<'_, '_> {
    /// Gives an entry another role. An unchanged role settles nothing where several are requested.
    fn change_role(&mut self, id: EntryId, before: Option<String>, role: Option<String>) {
        if before != role {
            self.give_role(id, role);
        }
    }
}

/// Whether the admin can't see the cause of a doubt: then typing the address does not settle it.
fn is_unseen(cause: &Cause) -> bool {
    matches!(cause, Cause::Lookalike(_) | Cause::Damaged)
}
