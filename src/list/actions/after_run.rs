//! After a run: the rows say what became of them where they stand, the admin is told, and the keyboard is placed.

use crate::domain::{Error, Invitation, InvitationId, Reason, Status};
use crate::feedback::{Focus, FocusWhen, Severity, Toast, ToastAction, ids};
use crate::i18n::{Message, Plural, error_sentence};
use crate::list::actions::{Update, action_id};
use crate::list::messages::{Effect, RowAction};
use crate::list::model::RowNote;
use crate::list::{matches, whole_list};
use crate::outbox::wording::{counts_of, sentence_of};
use crate::outbox::{ActiveRun, Job, Origin, Outcome, Report, Stage};
use rustc_hash::FxHashSet;

impl Update<'_, '_> {
    pub(super) fn run_ended(&mut self, run: &ActiveRun, report: Report) {
        self.note_sent(&report);
        // The outcome is announced; that there is one row less is not.
        self.model.is_chosen = false;
        if run.origin == Origin::Form {
            return self.effects.extend(whole_list::show_again(self.model, self.context));
        }
        let listed = self.listed_on_screen();
        let mut gone = FxHashSet::default();
        for job in &report.jobs {
            let Some(row) = job.task.row.clone() else { continue };
            self.note_job(&row, job, report.halted.as_ref());
            match job.retry() {
                Some(retry) => drop(self.model.actions.failed.insert(row, retry)),
                None => drop(gone.insert(row)),
            }
        }
        self.change_in_place(&report);
        whole_list::sum_up(self.model, self.context);
        self.effects.extend(matches::look_around(self.model, self.context));
        self.adjust_total(listed);
        self.model.see_rows();
        self.model.selected.retain(|id| !gone.contains(id));
        self.effects.extend(self.model.count());
        self.effects.push(Effect::TellForm);
        // Other runs may have taken over all of its jobs.
        if !report.jobs.is_empty() {
            self.tell_what_became(run, &report);
        }
        if self.context.is_current {
            if report.says(Reason::RoleMigration) {
                self.effects.push(Effect::ReloadRoles);
            }
            self.place_focus(run, &report, &gone);
        }
        // A toast is enough for a run in which nothing failed.
        if report.jobs.len() > 1 && report.jobs.iter().any(|job| job.can_be_retried()) {
            self.model.actions.report = Some(report);
        }
    }

    /// Notes the invitations that were sent: they are the newest of the whole list.
    fn note_sent(&mut self, report: &Report) {
        let sent: Vec<_> = report.jobs.iter().filter_map(Job::sent).cloned().collect();
        self.model.fresh.extend(sent.iter().map(|row| row.id.clone()));
        if let Some(whole) = &mut self.model.actions.full {
            whole.list.add_on_top(sent.iter().map(|row| row.id.clone()));
            self.model.actions.order = None;
        }
        sent.into_iter().for_each(|row| self.model.rows.put(row));
    }

    /// Notes the outcome of a job in its row, and the row's new status. `halted` is why the run ended early.
    pub(super) fn note_job(&mut self, id: &InvitationId, job: &Job, halted: Option<&Error>) {
        let Some(result) = job.result() else { return };
        let status = match result.outcome {
            Outcome::Accepted => Some(Status::Accepted),
            _ if result.is_revoked => Some(Status::Revoked),
            _ => None,
        };
        if let Some((status, row)) = status.zip(self.model.rows.get(id)) {
            let row = Invitation { status, updated: Some(self.context.today), ..row.clone() };
            self.model.rows.put(row);
            self.model.actions.order = None;
        }
        // The run did not reach the row: the admin stopped it, or an error ended it.
        let note = if result.outcome == Outcome::Kept && !result.is_revoked {
            halted.cloned().map(RowNote::NotReached)
        } else {
            Some(RowNote::Ended(Box::new(job.clone())))
        };
        match note {
            Some(note) => drop(self.model.notes.insert(id.clone(), note)),
            None => drop(self.model.notes.remove(id)),
        }
    }

    /// Changes the rows on screen in their places. An invitation that was sent in the place of another one takes its row,
    /// which then shows the outcome instead of the button: a second click at the same place must not send a second mail.
    fn change_in_place(&mut self, report: &Report) {
        let Some(shown) = &mut self.model.shown else { return };
        for job in &report.jobs {
            let Some(row) = &job.task.row else { continue };
            let Some(place) = shown.ids.iter_mut().find(|id| *id == row) else { continue };
            let lists = |row: &Invitation| shown.query.filter.lists(&row.status);
            let has_left = self.model.rows.get(row).is_some_and(|row| !lists(row));
            let is_replaced = has_left || job.task.action.replaces().is_some();
            if let Some(sent) = job.sent().filter(|sent| is_replaced && lists(sent)) {
                let note = self.model.notes.remove(row);
                self.model.notes.extend(note.map(|note| (sent.id.clone(), note)));
                *place = sent.id.clone();
            }
        }
    }

    /// How many of the rows on screen Clerk would list now. The others stay there until the admin reloads the list.
    pub(super) fn listed_on_screen(&self) -> u64 {
        let Some(shown) = &self.model.shown else { return 0 };
        let rows = self.model.rows.of(&shown.ids).into_iter();
        rows.filter(|row| shown.query.filter.lists(&row.status)).count() as u64
    }

    /// Adjusts the total of the list. `listed` is [`Self::listed_on_screen`] before the change.
    pub(super) fn adjust_total(&mut self, listed: u64) {
        let now = self.listed_on_screen();
        if let Some(shown) = &mut self.model.shown {
            shown.total = shown.total.saturating_add(now).saturating_sub(listed);
        }
    }

    fn tell_what_became(&mut self, run: &ActiveRun, report: &Report) {
        let words = self.context.words;
        let halted = report.halted.as_ref().map(|error| error_sentence(words, error));
        let (mut severity, text) = match (report.jobs.as_slice(), run.left_out) {
            // The sentence of a resend: the invitee may take the earlier mail for the valid one.
            ([job], 0) if job.sent().is_some() && self.has_expired(job) => {
                (Severity::Success, words.fill(Message::ResendDone, &[("email", job.task.email.as_str())]))
            }
            ([job], 0) => sentence_of(words, job, halted),
            (_, left_out) => {
                let (severity, counts) = counts_of(words, report);
                let left_out = (left_out > 0).then(|| words.count(Plural::CountLeftOut, left_out));
                let counts: Vec<_> = [Some(counts), left_out].into_iter().flatten().collect();
                let parts: Vec<_> = [Some(words.list(&counts)), halted].into_iter().flatten().collect();
                (severity, words.sentences(&parts))
            }
        };
        if run.left_out > 0 && severity == Severity::Success {
            severity = Severity::Warning;
        }
        let is_revoked = |job: &&Job| job.stage == Stage::Done(Outcome::Revoked);
        let revoked: Vec<_> =
            report.jobs.iter().filter(is_revoked).filter_map(|job| job.task.row.clone()).collect();
        let offers = !revoked.is_empty() && self.context.is_current;
        let action = offers.then_some(ToastAction::InviteAgain(revoked));
        self.effects.push(Effect::Toast(Some(Toast { severity, text, action })));
    }

    /// Whether the row that the admin acted on had expired.
    fn has_expired(&self, job: &Job) -> bool {
        let row = job.task.row.as_ref().and_then(|row| self.model.rows.get(row));
        row.is_some_and(|row| row.status_at(self.context.today) == Status::Expired)
    }

    /// Moves the keyboard off a button that has gone while the run was under way.
    fn place_focus(&mut self, run: &ActiveRun, report: &Report, gone: &FxHashSet<InvitationId>) {
        let from: Vec<_> =
            gone.iter().flat_map(|id| RowAction::ON_ROW.map(|action| action_id(action, id))).collect();
        let shown = |id: &InvitationId| {
            self.model.shown.as_ref().is_some_and(|shown| shown.ids.contains(id)).then(|| id.clone())
        };
        let to = match run.jobs.as_slice() {
            [job] => {
                // Where another invitation has taken the place of the row's, the row has its id.
                let sent = report.jobs.iter().find_map(Job::sent).and_then(|sent| shown(&sent.id));
                let row = sent.or_else(|| shown(job.task.row.as_ref()?));
                let action = if gone.is_empty() { RowAction::Retry } else { RowAction::More };
                row.map(|row| action_id(action, &row))
            }
            _ => None,
        };
        let to = to.unwrap_or_else(|| ids::LIST.to_owned());
        self.effects.push(Effect::Focus(Focus { to, when: FocusWhen::On(from), scrolls: false }));
    }
}
