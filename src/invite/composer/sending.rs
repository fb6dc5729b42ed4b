//! Sends the entries, and takes in what became of them.

use crate::addresses::{ParsedAddress, csv};
use crate::domain::{Reason, RoleKey};
use crate::feedback::{Focus, FocusWhen, Severity, Speech, Toast, ids};
use crate::i18n::{Plural, error_sentence};
use crate::invite::composer::Update;
use crate::invite::entry::{Entry, EntryId, EntryState};
use crate::invite::model::FieldProblem;
use crate::invite::update::Effect;
use crate::outbox::wording::{counts_of, sentence_of};
use crate::outbox::{ActiveRun, Origin, Outcome, Report, Stage, Task};
use std::collections::{HashMap, HashSet};

/// Sending.
impl Update<'_, '_> {
    /// Sends, unless a role is to be given that allows more than is harmless: then the admin is asked first.
    pub(super) fn ask_or_send(&mut self) {
        if let Some(tasks) = self.ready() {
            self.ask_or_send_tasks(tasks, HashMap::new());
        }
    }

    /// What is to be sent; `None`, with the reason said, when nothing can be.
    fn ready(&mut self) -> Option<Vec<Task>> {
        // Until the journal is settled, entries may still disappear, and the admin is to send what they see. The button says
        // meanwhile what it waits for.
        if self.context.outbox.sending().is_some() || self.model.composer.entries.unsettled() > 0 {
            return None;
        }
        if self.model.composer.is_importing() {
            self.model.composer.sends_after_import = true;
            return None;
        }
        let entries = &self.model.composer.entries;
        if entries.is_empty() {
            self.problem(FieldProblem::Missing);
            return None;
        }
        let role = self.model.role(self.context.roles).cloned();
        if role.is_none() && entries.all().iter().any(|entry| entry.role.is_none()) {
            (self.model.email_problem, self.model.lacks_role) = (None, true);
            self.effects.push(Effect::Focus(Focus::to(ids::ROLE)));
            return None;
        }
        let composer = &mut self.model.composer;
        let (verdicts, mut tasks) = composer.judge(role.as_ref(), self.context).plan(&composer.entries);
        composer.verdicts = verdicts;
        let is_busy = |task: &mut Task| self.context.outbox.is_busy_with(task.email.key());
        let busy: Vec<_> = tasks.extract_if(.., is_busy).collect();
        if tasks.is_empty() {
            self.problem(match busy.into_iter().last() {
                Some(task) => FieldProblem::Busy(task.email.as_str().to_owned()),
                None => FieldProblem::NothingToSend,
            });
            return None;
        }
        Some(tasks)
    }

    /// Sends; `granted` are the roles that the admin has agreed to, by the key of the address.
    pub(super) fn send(&mut self, tasks: Vec<Task>, granted: HashMap<String, RoleKey>) {
        self.clear_problems();
        let composer = &mut self.model.composer;
        composer.removed.clear();
        composer.is_from_link = false;
        composer.granted = granted;
        let kept = composer.verdicts.to_review;
        (composer.report, composer.found, composer.editing) = (None, None, None);
        // The admin sees all that is on its way.
        composer.only_to_fix = false;
        // What is not sent now keeps the reason of the last run.
        let keys: HashSet<_> = tasks.iter().map(|task| task.email.key()).collect();
        let is_sent = |entry: &Entry| entry.email.as_ref().is_ok_and(|email| keys.contains(email.key()));
        for entry in
            composer.entries.all_mut().iter_mut().filter(|entry| entry.was_not_sent() && is_sent(entry))
        {
            entry.state = EntryState::Draft;
        }
        self.is_judged = false;
        // A toast about an earlier run must not stand beside the progress of this one.
        self.effects.extend([Effect::Toast(None), Effect::Send(tasks)]);
        // The entries say so themselves to those who see them.
        let said = (kept > 0).then(|| self.context.words.count(Plural::LooksKept, kept));
        self.effects.extend(said.map(|said| Effect::Say(Speech::Outcome(said))));
    }

    /// Sends these entries once more. The admin is asked about roles again, except those to which they have agreed for the
    /// same address.
    pub(super) fn retry(&mut self, ids: &[EntryId]) {
        let entries = self.model.composer.entries.all().iter();
        let failed = entries.filter(|entry| ids.contains(&entry.id));
        let keys: HashSet<_> =
            failed.filter_map(|entry| Some(entry.email.as_ref().ok()?.key().to_owned())).collect();
        let role = self.model.role(self.context.roles).cloned();
        let composer = &self.model.composer;
        let (_, mut tasks) = composer.judge(role.as_ref(), self.context).plan(&composer.entries);
        tasks.retain(|task| keys.contains(task.email.key()));
        if tasks.is_empty() {
            return self.problem(FieldProblem::NothingToSend);
        }
        let granted = self.model.composer.granted.clone();
        self.ask_or_send_tasks(tasks, granted);
    }

    /// The entries that were not sent, so that they read back as they are: as plain addresses, or as a table where they
    /// have names or roles.
    pub(super) fn not_sent_as_text(&self) -> String {
        let entries = self.model.composer.entries.all().iter();
        let parsed: Vec<_> = entries.filter(|entry| entry.was_not_sent()).map(Entry::parsed).collect();
        if parsed.iter().any(|entry| entry.name.is_some() || entry.role.is_some()) {
            return csv::to_csv(&parsed);
        }
        let texts: Vec<_> = parsed.iter().map(|entry| entry.text.as_str()).collect();
        texts.join("\n")
    }
}

/// After a run.
impl Update<'_, '_> {
    pub(super) fn run_ended(&mut self, run: &ActiveRun, report: Report) {
        for job in &report.jobs {
            if let Stage::Done(Outcome::Sent(invitation)) = &job.stage {
                self.model.composer.people.note(invitation);
            }
        }
        self.is_judged = false;
        match run.origin {
            Origin::Form => self.sent_from_form(report),
            Origin::List => self.keep_what_was_lost(&report),
        }
    }

    /// Removes the entries that were sent. The others stay, each with its reason.
    fn sent_from_form(&mut self, report: Report) {
        let jobs: HashMap<_, _> = report.jobs.iter().map(|job| (job.task.email.key(), job)).collect();
        let mut sent = HashSet::new();
        self.model.composer.entries.retain(|entry| {
            let job = entry.email.as_ref().ok().and_then(|email| jobs.get(email.key()));
            let Some(result) = job.and_then(|job| job.result()) else { return true };
            let stays = !matches!(
                result.outcome,
                Outcome::Sent(_)
                    | Outcome::Pending
                    | Outcome::Revoked
                    | Outcome::NoLongerPending
                    | Outcome::Accepted
            );
            entry.state = EntryState::NotSent(result);
            if !stays {
                sent.extend(entry.import());
            }
            stays
        });
        // To read such a table again would bring back the people who were invited just now.
        self.model.composer.imports.forget(|id| sent.contains(&id));
        // The report of several stands in the form: beside it a toast would say the same once more.
        let toast = self.toast_of(&report);
        self.effects.push(match report.jobs.as_slice() {
            [_] => Effect::Toast(Some(toast)),
            _ => Effect::Say(Speech::Outcome(toast.text)),
        });
        self.effects.push(Effect::TellSent(report.sent()));
        if self.context.is_current {
            if report.says(Reason::RoleGone) || report.says(Reason::RoleMigration) {
                self.effects.push(Effect::ReloadRoles);
            }
            let from = [ids::EMAIL, ids::ROLE, ids::SEND].map(str::to_owned).to_vec();
            let focus = Focus { when: FocusWhen::On(from), ..Focus::to(ids::EMAIL) };
            self.effects.push(Effect::Focus(focus));
        }
        let composer = &mut self.model.composer;
        // Several reasons do not fit the line below the box: each stands beside its entry.
        let left = composer.entries.all().iter().filter(|entry| entry.was_not_sent()).count();
        composer.only_to_fix = left > 1;
        composer.page = None;
        composer.report = Some(report);
    }

    /// Removes the report of a run in which everything went well.
    pub(super) fn forget_success(&mut self) {
        let words = self.context.words;
        self.model.composer.report.take_if(|report| counts_of(words, report).0 == Severity::Success);
    }

    fn toast_of(&self, report: &Report) -> Toast {
        let words = self.context.words;
        let halted = report.halted.as_ref().map(|error| error_sentence(words, error));
        let (severity, text) = match report.jobs.as_slice() {
            [job] => sentence_of(words, job, halted),
            _ => {
                let (severity, counts) = counts_of(words, report);
                (severity, words.sentences(&[Some(counts), halted].into_iter().flatten().collect::<Vec<_>>()))
            }
        };
        Toast::new(severity, text)
    }

    /// Adds an entry for each person whose invitation a run of the list has revoked without sending another one, so that the
    /// address is not lost. The entry is removed once the person has been invited.
    fn keep_what_was_lost(&mut self, report: &Report) {
        let key = self.context.address_key;
        for job in &report.jobs {
            let Some(result) = job.result() else { continue };
            let is_lost = job.is_without_invitation();
            if !is_lost && !matches!(result.outcome, Outcome::Sent(_) | Outcome::Pending) {
                continue;
            }
            let entries = &mut self.model.composer.entries;
            entries.retain(|entry| !(entry.was_not_sent() && entry.has_key(job.task.email.key())));
            if is_lost {
                let text = job.task.email.as_str().to_owned();
                let parsed =
                    ParsedAddress { role: Some(job.task.role.0.clone()), ..ParsedAddress::of_text(text) };
                entries.add_confirmed(parsed, EntryState::NotSent(result), key);
            }
        }
    }
}
