//! Sends invitations of the list anew, and asks first where that gives a role that allows more than is harmless.

use crate::domain::{Invitation, InvitationId, RoleKey, Status};
use crate::feedback::Severity;
use crate::i18n::Message;
use crate::list::actions::{Update, task};
use crate::list::messages::Effect;
use crate::list::model::{Dialog, RowNote};
use crate::outbox::{Action, Origin, RunRequest, Task};

impl Update<'_, '_> {
    /// Sends anew, unless that gives a role again that allows more than is harmless: then the admin is asked first.
    ///
    /// Resending an invitation whose link works gives nothing new: the same person keeps the same role. One that has ended
    /// gives it again.
    pub(super) fn ask_or_send(&mut self, ids: Vec<InvitationId>) {
        let roles = self.context.roles.iter().flat_map(|roles| &roles.all);
        let asked: Vec<_> =
            roles.filter(|role| self.context.membership.should_ask_before_giving(role)).collect();
        let gives_again = |row: &Invitation| {
            let has_ended = row.status_at(self.context.today) != Status::Pending;
            has_ended && asked.iter().any(|role| role.key == row.role)
        };
        if self.model.rows.of(&ids).into_iter().any(gives_again) {
            self.model.actions.dialog = Some(Dialog::Send(ids));
        } else {
            self.send(ids, None);
        }
    }

    /// Sends anew; pending invitations are revoked first. An invitation that is certain to be refused is not revoked.
    pub(super) fn send(&mut self, ids: Vec<InvitationId>, role: Option<RoleKey>) {
        let rows = self.model.rows.of(&ids);
        let set = self.context.roles.filter(|roles| !roles.all.is_empty() && !roles.migrating);
        let can_be_given = |row: &&Invitation| {
            set.is_none_or(|roles| roles.find(role.as_ref().unwrap_or(&row.role)).is_some())
        };
        let (can, can_not): (Vec<_>, Vec<_>) = rows.into_iter().partition(can_be_given);
        let tasks: Vec<_> = can
            .into_iter()
            .map(|row| {
                let action = match row.status {
                    Status::Pending if row.is_overdue(self.context.today) => Action::Renew(row.id.clone()),
                    Status::Pending => Action::Replace(row.id.clone()),
                    _ => Action::Invite,
                };
                task(row, action, role.clone())
            })
            .collect();
        let left_out = can_not.len() as u64;
        let first = can_not.first().map(|row| row.email.clone());
        let notes: Vec<_> = can_not.into_iter().map(|row| (row.id.clone(), RowNote::RoleGone)).collect();
        self.model.notes.extend(notes);
        if let Some(email) = first.filter(|_| tasks.is_empty()) {
            let text = self.context.words.fill(Message::ActRoleGone, &[("email", &email)]);
            self.tell(Severity::Warning, text);
        }
        self.start_run(tasks, left_out);
    }

    /// Starts a run. `left_out` is how many more rows the admin had selected that nothing can be done with.
    pub(super) fn start_run(&mut self, mut tasks: Vec<Task>, left_out: u64) {
        let words = self.context.words;
        let sends = |task: &Task| !matches!(task.action, Action::Revoke(_));
        if tasks.iter().any(sends) && self.tells_of_migration() {
            return;
        }
        let busy: Vec<_> = tasks.extract_if(.., |task| self.is_busy(task)).collect();
        if tasks.is_empty() {
            if let Some(task) = busy.first() {
                let text = words.fill(Message::ActBusy, &[("email", task.email.as_str())]);
                self.tell(Severity::Warning, text);
            }
            return;
        }
        for task in &mut tasks {
            self.take_over(task);
        }
        self.model.actions.report = None;
        let left_out = left_out + busy.len() as u64;
        // A toast about an earlier run must not stand beside the progress of this one.
        let request = RunRequest { origin: Origin::List, tasks, left_out };
        self.effects.extend([Effect::Toast(None), Effect::StartRun(request)]);
    }

    /// Whether a run is working on the address of a task, or has carried out the task of its row.
    fn is_busy(&self, task: &Task) -> bool {
        let outbox = self.context.outbox;
        let job = task.row.as_ref().and_then(|row| outbox.job_of(row));
        outbox.is_busy_with(task.email.key()) || job.is_some_and(|job| job.retry().is_none())
    }

    /// Removes the note of a task's row. If the row has failed in a run that goes on, the task continues from there: an
    /// invitation that the other run has revoked can't be revoked again.
    fn take_over(&mut self, task: &mut Task) {
        let Some(row) = &task.row else { return };
        if let Some(job) = self.context.outbox.job_of(row) {
            let listed = self.listed_on_screen();
            self.note_job(row, job, None);
            self.adjust_total(listed);
            if job.is_revoked && task.action.replaces().is_some() {
                task.action = Action::Invite;
            }
        }
        self.model.actions.failed.remove(row);
        self.model.notes.remove(row);
    }
}
