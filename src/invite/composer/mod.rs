//! The update of the entries: it reads texts, looks addresses up, and sends. This code is fetched when the admin is about to
//! invite.

mod drafts;
mod editing;
mod granting;
mod importing;
mod looking_up;
mod moving;
mod reading;
mod roles;
mod sending;
mod typing;

pub use importing::{change_id, column_id};

use crate::addresses::{ParsedAddress, csv};
use crate::feedback::{Focus, Speech, ids};
use crate::i18n::Plural;
use crate::invite::entry::{EntryId, EntryState, Review};
use crate::invite::model::{Context, FieldProblem, Model};
use crate::invite::summary::summary;
use crate::invite::update::{ComposerMsg, Effect, Step};
use crate::outbox::wording::outcome_table;

/// Carries a message out.
pub fn update(model: &mut Model, msg: ComposerMsg, context: &Context) -> Vec<Effect> {
    let unsettled = model.composer.entries.unsettled();
    let mut update = Update { model, context, effects: vec![], is_judged: true, unsettled };
    update.carry_out(msg);
    update.finish()
}

/// One update that is being carried out.
struct Update<'a, 'b> {
    model: &'a mut Model,
    context: &'a Context<'b>,
    effects: Vec<Effect>,
    /// Whether the verdicts still hold. If not, they are derived anew at the end.
    is_judged: bool,
    /// How many entries were unsettled before the update: the journal holds those.
    unsettled: usize,
}

impl Update<'_, '_> {
    fn carry_out(&mut self, msg: ComposerMsg) {
        match msg {
            ComposerMsg::TextTyped { text, cursor } => self.read_typed(&text, cursor),
            ComposerMsg::TextEntered { text, sends } => {
                self.read_entered(text);
                if sends {
                    self.ask_or_send();
                }
            }
            ComposerMsg::BeginningTyped(text) => self.keep_beginning(text),
            ComposerMsg::TextBrought(text) => self.read_brought(text),
            ComposerMsg::FilesBrought(files) => self.effects.push(Effect::ReadFiles(files)),
            ComposerMsg::FilesRead(files) => self.read_files(files),
            ComposerMsg::ImportContinued => self.continue_import(),
            ComposerMsg::JournalFound(text) => self.restore(&text),
            ComposerMsg::DraftFound(text) => self.restore_draft(&text),
            ComposerMsg::Leaving => self.save_draft(),
            ComposerMsg::LookedUp(lookup, found) => {
                let next = self.model.composer.people.take(lookup, found);
                self.effects.extend(next.map(Effect::LookUp));
                self.judge_apart_if_many();
                self.settle();
            }
            ComposerMsg::LookUpRetried => self.look_up(),
            ComposerMsg::LookAgain => self.look_again(),
            ComposerMsg::InputChanged { is_list } => {
                self.is_judged = false;
                if is_list {
                    self.model.composer.people.expire();
                    self.look_up_if_stale();
                }
            }
            ComposerMsg::RunEnded(run, report) => self.run_ended(&run, report),
            ComposerMsg::Reached(id) => self.model.composer.current = Some(id),
            ComposerMsg::Walked(from, step) => self.walk(from, step),
            other => self.edit(other),
        }
    }

    /// Carries out what the admin does with entries.
    fn edit(&mut self, msg: ComposerMsg) {
        self.clear_problems();
        self.is_judged = false;
        let composer = &mut self.model.composer;
        let mut focus = None;
        match msg {
            ComposerMsg::Removed(id) => focus = Some(self.remove_and_go(id, Step::Next)),
            ComposerMsg::RemovedBackwards(id) => focus = Some(self.remove_and_go(id, Step::Previous)),
            ComposerMsg::AllRemoved(ids) => {
                focus = Some(ids::EMAIL.to_owned());
                self.take_out(&ids);
            }
            ComposerMsg::DomainUsedForAll(ids, domain) => {
                focus = Some(ids::EMAIL.to_owned());
                ids.into_iter().for_each(|id| self.use_domain(id, &domain));
            }
            ComposerMsg::Edited(editing) => {
                let is_new = composer.editing.as_ref().is_none_or(|now| now.id != editing.id);
                focus = is_new.then(|| ids::EDITOR.to_owned());
                composer.editing = Some(editing);
            }
            ComposerMsg::EditLeft => focus = composer.editing.take().map(|editing| entry_id(editing.id)),
            ComposerMsg::EditTaken => {
                if let Some(editing) = composer.editing.take() {
                    focus = Some(entry_id(editing.id));
                    self.take_edited(editing);
                }
            }
            ComposerMsg::DomainUsed(id, domain) => {
                focus = Some(entry_id(id));
                self.use_domain(id, &domain);
            }
            ComposerMsg::OfferUsed(id) => {
                focus = Some(entry_id(id));
                self.use_offer(id);
            }
            ComposerMsg::TextConfirmed(id) => {
                focus = Some(entry_id(id));
                self.change(id, |entry| {
                    if entry.can_be_confirmed() {
                        entry.review = Review::Confirmed;
                    }
                });
            }
            ComposerMsg::RoleSettled(id, role) => {
                focus = Some(entry_id(id));
                self.give_role(id, Some(role.0));
            }
            ComposerMsg::UnknownRolesSettled(role) => {
                focus = Some(ids::SEND.to_owned());
                self.settle_unknown_roles(role.as_ref());
            }
            ComposerMsg::Import(id, msg) => focus = self.attend_to_import(id, msg),
            ComposerMsg::ResendChosen(id, resends) => self.change(id, |entry| {
                entry.state = if resends { EntryState::Resend } else { EntryState::Draft };
            }),
            ComposerMsg::PageChosen(page) => composer.page = Some(page),
            ComposerMsg::OnlyToFixChosen(only_to_fix) => {
                composer.only_to_fix = only_to_fix;
                // A screen reader hears how many entries there are now.
                let total = composer.shown().slice.total;
                let said = self.context.words.count(Plural::CountPeople, total);
                self.effects.push(Effect::Say(Speech::State(said)));
            }
            ComposerMsg::Cleared => {
                focus = Some(ids::EMAIL.to_owned());
                composer.imports.forget(|_| true);
                composer.only_to_fix = false;
                let all: Vec<_> = composer.entries.all().iter().map(|entry| entry.id).collect();
                self.take_out(&all);
            }
            ComposerMsg::UndoPressed => {
                focus = Some(ids::EMAIL.to_owned());
                let removed = std::mem::take(&mut composer.removed);
                composer.entries.put_back(removed);
            }
            ComposerMsg::GrantConfirmed => {
                if let Some(question) = composer.question.take() {
                    self.send(question.tasks, question.granted);
                }
            }
            ComposerMsg::GrantDismissed => composer.question = None,
            other => self.attend_to_run(&other),
        }
        self.effects.extend(focus.map(|id| Effect::Focus(Focus::to(id))));
    }

    /// Carries out what the admin does with a run or with its report.
    fn attend_to_run(&mut self, msg: &ComposerMsg) {
        match msg {
            ComposerMsg::RetryPressed(ids) => self.retry(ids),
            ComposerMsg::CopyPressed => {
                let text = self.not_sent_as_text();
                self.effects.push(Effect::Copy(text));
            }
            ComposerMsg::JoinLinkPressed(link) => self.effects.push(Effect::Copy(link.clone())),
            ComposerMsg::DownloadPressed => {
                let report = self.model.composer.report.as_ref();
                let table = report.map(|report| outcome_table(self.context.words, &report.jobs));
                self.effects.extend(table.map(Effect::Download));
            }
            ComposerMsg::TemplatePressed => {
                let role = self.model.role(self.context.roles).map(|role| role.0.clone());
                let person = ParsedAddress {
                    name: Some("Ada Lovelace".to_owned()),
                    role,
                    ..ParsedAddress::of_text("ada@example.com".to_owned())
                };
                self.effects.push(Effect::Download(csv::to_csv(&[person])));
            }
            ComposerMsg::StopPressed => {
                // The button is removed when the run is over; the focus must not be lost with it.
                self.effects.push(Effect::Focus(Focus::to(ids::SEND)));
                self.effects.extend(self.context.outbox.sending().map(|run| Effect::Stop(run.id)));
            }
            _ => {}
        }
    }

    /// Derives the verdicts, looks new entries up, and saves the journal where entries of it were settled.
    fn finish(mut self) -> Vec<Effect> {
        if !self.is_judged {
            let before = summary(self.context.words, &self.model.composer.verdicts);
            self.look_up_if_stale();
            self.forget_empty_imports();
            let role = self.model.role(self.context.roles).cloned();
            let composer = &mut self.model.composer;
            composer.verdicts = composer.judge(role.as_ref(), self.context).judge(&composer.entries);
            self.show_what_is_left();
            let now = summary(self.context.words, &self.model.composer.verdicts);
            if now != before && !now.is_empty() && self.context.is_current {
                self.effects.push(Effect::Say(Speech::State(now)));
            }
        }
        if self.model.composer.entries.unsettled() < self.unsettled {
            self.effects.push(Effect::SaveJournal);
        }
        self.effects
    }

    fn clear_problems(&mut self) {
        (self.model.email_problem, self.model.lacks_role) = (None, false);
    }

    fn problem(&mut self, problem: FieldProblem) {
        (self.model.email_problem, self.model.lacks_role) = (Some(problem), false);
        self.effects.push(Effect::Focus(Focus::to(ids::EMAIL)));
    }
}

/// The id of the button that opens an entry, for the keyboard to come back to.
pub fn entry_id(id: EntryId) -> String {
    ["entry-", &id.to_string()].concat()
}

#[cfg(test)]
mod tests;
