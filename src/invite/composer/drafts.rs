//! Keeps what is in the form over a reload, and over an update of the page.

use crate::feedback::{Severity, Toast};
use crate::i18n::Message;
use crate::invite::composer::Update;
use crate::invite::draft::Draft;
use crate::invite::entry::{EntryState, Review, Source};
use crate::invite::update::Effect;

impl Update<'_, '_> {
    /// Saves what is in the form. Texts that are still being read are read to their end first.
    pub(super) fn save_draft(&mut self) {
        self.model.composer.sends_after_import = false;
        while self.model.composer.is_importing() {
            self.continue_import();
        }
        let draft = Draft::of(self.model, self.context.outbox);
        self.effects.push(Effect::SaveDraft(if draft.is_empty() { String::new() } else { draft.encode() }));
    }

    /// Puts what was saved back into the form, behind what the admin has put in since.
    pub(super) fn restore_draft(&mut self, text: &str) {
        self.model.found.clear();
        let draft = Draft::decode(text);
        if draft.is_empty() {
            return;
        }
        let model = &mut *self.model;
        model.picked = model.picked.take().or(draft.picked);
        model.composer.is_from_link |= draft.is_from_link;
        for kept in draft.entries {
            model.composer.entries.add(kept.parsed, Source::Typed, self.context.address_key);
            if let Some(entry) = model.composer.entries.all_mut().last_mut() {
                if kept.is_confirmed {
                    entry.review = Review::Confirmed;
                }
                if kept.resends {
                    entry.state = EntryState::Resend;
                }
            }
        }
        for text in draft.brought {
            self.import(text);
        }
        if self.model.text.is_empty() {
            self.model.text = draft.text;
        } else {
            self.import(draft.text);
        }
        self.is_judged = false;
        let said = self.context.words.say(Message::DraftFound);
        self.effects.push(Effect::Toast(Some(Toast::new(Severity::Info, said))));
    }
}
