//! Compares entries with what Clerk has of their addresses.

use crate::addresses::ParsedAddress;
use crate::domain::known_people::Reading;
use crate::invite::composer::Update;
use crate::invite::entry::EntryState;
use crate::invite::update::Effect;
use crate::outbox::journal::{self, Settled};

/// How often Clerk's list is read before an entry of the journal counts as not sent: the browser may carry out a call a
/// moment after the reload that cut it off.
const LOOKS: u32 = 2;

impl Update<'_, '_> {
    pub(super) fn look_up(&mut self) {
        let lookup = self.model.composer.people.read();
        self.effects.push(Effect::LookUp(lookup));
    }

    /// Reads Clerk's lists if there are entries and what is known may be out of date.
    pub(super) fn look_up_if_stale(&mut self) {
        let composer = &self.model.composer;
        if !composer.entries.is_empty() && *composer.people.reading() == Reading::Idle {
            self.look_up();
        }
    }

    /// Makes entries of the tasks that a reload has cut off.
    pub(super) fn restore(&mut self, text: &str) {
        let key = self.context.address_key;
        for entry in journal::decode(text) {
            let role = Some(entry.role.0.clone()).filter(|role| !role.is_empty());
            let parsed = ParsedAddress { role, ..ParsedAddress::of_text(entry.email.clone()) };
            let state = EntryState::Unsettled(entry);
            self.model.composer.entries.add_confirmed(parsed, state, key);
        }
        self.model.composer.looks_left = LOOKS;
        self.is_judged = false;
        self.look_up();
    }

    /// Reads Clerk's list once more, unless all entries of the journal are settled.
    pub(super) fn look_again(&mut self) {
        let composer = &mut self.model.composer;
        if composer.entries.unsettled() > 0 {
            composer.looks_left = composer.looks_left.saturating_sub(1);
            self.look_up();
        }
    }

    /// Compares the entries of the journal with Clerk's list, once the pending invitations are known. That an invitation has
    /// gone out is believed at once. That none has, is believed only after the last reading of all lists: their later pages
    /// may have the invitee among the members.
    pub(super) fn settle(&mut self) {
        let composer = &mut self.model.composer;
        if !composer.people.has_read_pending() || composer.entries.unsettled() == 0 {
            return;
        }
        let is_whole = *composer.people.reading() == Reading::Complete;
        let is_last = is_whole && composer.looks_left <= 1;
        let (people, mut found) = (&composer.people, 0);
        composer.entries.retain(|entry| {
            let EntryState::Unsettled(journaled) = &entry.state else { return true };
            let standing = entry.email.as_ref().ok().and_then(|email| people.of(email.key()));
            match journal::settle(journaled, standing.as_ref()) {
                Settled::GoneOut | Settled::Joined => {
                    found += 1;
                    return false;
                }
                Settled::NotBegun if is_last => entry.state = EntryState::Resend,
                Settled::NotSent if is_last => entry.state = EntryState::Draft,
                Settled::NotBegun | Settled::NotSent => {}
            }
            true
        });
        composer.found = Some(composer.found.unwrap_or(0) + found);
        if composer.entries.unsettled() > 0 && is_whole {
            self.effects.push(Effect::LookAgainSoon);
        }
        self.is_judged = false;
    }
}
