//! What the admin does with invitations of the list: revoking them, sending them anew, giving another role, for one or
//! for many. Fetched when the admin is about to.

use crate::domain::{Email, Error, Invitation, InvitationId, Reason, RoleKey, Status};
use crate::feedback::{Focus, FocusWhen, Severity, Toast, ToastAction, ids};
use crate::i18n::{Message, Plural, error_sentence};
use crate::list::dialog::Step;
use crate::list::messages::{ActionMsg, BulkAction, Context, DialogMsg, Effect, RowAction};
use crate::list::model::{AfterReading, Dialog, Model, RowNote};
use crate::list::{export, whole_list};
use crate::outbox::wording::{counts_of, outcome_table, sentence_of};
use crate::outbox::{Action, ActiveRun, Job, Order, Origin, Outcome, Report, Stage, Task};
use rustc_hash::{FxHashMap, FxHashSet};

/// Carries a message out.
pub fn update(model: &mut Model, msg: ActionMsg, context: &Context) -> Vec<Effect> {
    match msg {
        ActionMsg::WorldChanged(world) => whole_list::world_changed(model, world, context),
        ActionMsg::ReadingToggled => whole_list::toggle(model, context),
        ActionMsg::PageRead(reading, question, answer) => {
            whole_list::page_read(model, reading, question, answer, context)
        }
        ActionMsg::All(after) => whole_list::with_all(model, after, context),
        ActionMsg::GoneFound(found) => whole_list::tell_changes(model, &found, context),
        ActionMsg::CopyPressed(text) => vec![Effect::Copy(text)],
        ActionMsg::StopPressed(run) => vec![Effect::Stop(run)],
        msg => Acting { model, context, effects: vec![] }.carry_out(msg),
    }
}

/// Something that the admin does, on its way.
struct Acting<'a, 'b> {
    model: &'a mut Model,
    context: &'a Context<'b>,
    effects: Vec<Effect>,
}

impl Acting<'_, '_> {
    fn carry_out(mut self, msg: ActionMsg) -> Vec<Effect> {
        match msg {
            ActionMsg::Row(action, id) => self.act_on_row(action, id),
            ActionMsg::Bulk(action) => self.act_on_selected(action),
            ActionMsg::Dialog(msg) => self.dialog(msg),
            ActionMsg::RetryFailedPressed => {
                let failed = self.failed_tasks();
                self.order(failed, 0);
            }
            ActionMsg::CopyFailedPressed => {
                let failed = self.failed_tasks();
                let texts: Vec<_> = failed.iter().map(|task| task.email.as_str()).collect();
                self.effects.push(Effect::Copy(texts.join("\n")));
            }
            ActionMsg::DownloadPressed => {
                let report = self.model.actions.report.as_ref();
                let table = report.map(|report| outcome_table(self.context.words, &report.jobs));
                self.effects.extend(table.map(Effect::Download));
            }
            ActionMsg::InviteAgainPressed(ids) => {
                self.effects.push(Effect::Toast(None));
                self.send(ids, None);
            }
            ActionMsg::RunEnded(run, report) => self.run_ended(&run, report),
            _ => {}
        }
        self.effects
    }

    fn act_on_row(&mut self, action: RowAction, id: InvitationId) {
        let job = self.context.outbox.job_of(&id);
        // A second press of the same button comes before the row is drawn anew. What failed can be tried again although
        // its run goes on.
        let is_busy = job.is_some_and(|job| action != RowAction::Retry || job.again().is_none());
        if is_busy || self.model.rows.get(&id).is_none() {
            return;
        }
        match action {
            RowAction::Revoke => self.model.actions.dialog = Some(Dialog::Revoke(vec![id])),
            RowAction::More => self.model.actions.dialog = Some(Dialog::More(id, None)),
            RowAction::Resend | RowAction::InviteAgain => self.send(vec![id], None),
            RowAction::Retry => match job.and_then(Job::again).or_else(|| self.failed_on(&id)) {
                Some(task) => self.order(vec![task], 0),
                None => self.send(vec![id], None),
            },
        }
    }

    /// What would be tried again on a row whose run has ended.
    fn failed_on(&self, id: &InvitationId) -> Option<Task> {
        self.model.actions.failed.get(id).cloned()
    }

    fn act_on_selected(&mut self, action: BulkAction) {
        let selected = self.selected();
        let ids = |rows: &[&Invitation]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
        let pending: Vec<_> = selected.iter().filter(|row| row.status == Status::Pending).copied().collect();
        let dialog = match action {
            BulkAction::SelectAll => {
                self.effects = whole_list::with_all(self.model, AfterReading::Select, self.context);
                return;
            }
            BulkAction::SelectNone => return self.model.selected.clear(),
            BulkAction::Copy => return self.effects.push(Effect::Copy(export::addresses(&selected))),
            BulkAction::Export => {
                let table = export::csv(&selected, self.context.roles, self.context.today, self.context.iso);
                return self.effects.push(Effect::Download(table));
            }
            BulkAction::Send => Dialog::Send(ids(&one_of_each(&selected))),
            BulkAction::ChangeRole => Dialog::Role(ids(&pending), None),
            BulkAction::Revoke => Dialog::Revoke(ids(&pending)),
        };
        if dialog.rows().is_empty() {
            return self.tell(Severity::Warning, self.context.words.say(Message::ActNothing));
        }
        self.model.actions.dialog = Some(dialog);
    }

    /// The selected rows as Clerk lists them, the newest first: it is asked for one page after the other then.
    fn selected(&self) -> Vec<&Invitation> {
        let mut rows = self.model.rows.of(&self.model.selected);
        let age = |row: &Invitation| row.created.map_or(f64::MIN, |created| created.0);
        rows.sort_by(|one, other| age(other).total_cmp(&age(one)).then_with(|| one.id.cmp(&other.id)));
        rows
    }

    fn dialog(&mut self, msg: DialogMsg) {
        let Some(dialog) = self.model.actions.dialog.take() else { return };
        match dialog.update(msg) {
            Step::Stays(dialog) => self.model.actions.dialog = Some(dialog),
            Step::Closes => {}
            Step::Revokes(ids) => {
                let rows = self.model.rows.of(&ids);
                let tasks =
                    rows.into_iter().map(|row| task(row, Action::Revoke(row.id.clone()), None)).collect();
                self.order(tasks, 0);
            }
            Step::Sends(ids, role) => self.send(ids, role),
        }
    }

    /// Sends anew: pending invitations are revoked first. None is revoked of which it is known that it could not be sent
    /// again.
    fn send(&mut self, ids: Vec<InvitationId>, role: Option<RoleKey>) {
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
        self.order(tasks, left_out);
    }

    /// Has tasks done; `left_out` are as many as the admin wanted that for too, in vain.
    fn order(&mut self, mut tasks: Vec<Task>, left_out: u64) {
        let words = self.context.words;
        let sends = |task: &Task| !matches!(task.action, Action::Revoke(_));
        if self.context.roles.is_some_and(|roles| roles.migrating) && tasks.iter().any(sends) {
            return self.tell(Severity::Warning, words.say(Message::ActMigrating));
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
        let order = Order { origin: Origin::List, tasks, left_out };
        self.effects.extend([Effect::Toast(None), Effect::Order(order)]);
    }

    /// Whether a run is at work on the address of a task, or has done with its row what was wanted.
    fn is_busy(&self, task: &Task) -> bool {
        let outbox = self.context.outbox;
        let job = task.row.as_ref().and_then(|row| outbox.job_of(row));
        outbox.is_busy_with(task.email.key()) || job.is_some_and(|job| job.again().is_none())
    }

    /// What was said of the row of a task holds no longer. When the row has failed in a run that goes on, what that run
    /// has done already is known now: an invitation that it has revoked can't be revoked again.
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

    fn failed_tasks(&self) -> Vec<Task> {
        let jobs = self.model.actions.report.iter().flat_map(|report| &report.jobs);
        jobs.filter_map(Job::again).collect()
    }

    fn tell(&mut self, severity: Severity, text: String) {
        self.effects.push(Effect::Toast(Some(Toast::new(severity, text))));
    }
}

/// After a run.
impl Acting<'_, '_> {
    fn run_ended(&mut self, run: &ActiveRun, report: Report) {
        self.note_sent(&report);
        if run.origin == Origin::Form {
            return self.effects.extend(whole_list::show_again(self.model, self.context));
        }
        let listed = self.listed_on_screen();
        let mut gone = FxHashSet::default();
        for job in &report.jobs {
            let Some(row) = job.task.row.clone() else { continue };
            self.note_job(&row, job, report.halted.as_ref());
            match job.again() {
                Some(again) => drop(self.model.actions.failed.insert(row, again)),
                None => drop(gone.insert(row)),
            }
        }
        self.change_in_place(&report);
        self.adjust_total(listed);
        self.model.see_rows();
        self.model.selected.retain(|id| !gone.contains(id));
        self.effects.extend(self.model.count());
        self.effects.push(Effect::TellForm);
        // Another run may have taken over all that failed.
        if !report.jobs.is_empty() {
            self.tell_what_became(run, &report);
        }
        if self.context.is_current {
            if report.says(Reason::RoleMigration) {
                self.effects.push(Effect::ReloadRoles);
            }
            self.place_focus(run, &gone);
        }
        // What went well throughout needs no more than a toast.
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

    /// Puts down what is said of a row, and what is known of it now. `halted` is why the run ended early.
    fn note_job(&mut self, id: &InvitationId, job: &Job, halted: Option<&Error>) {
        let Some(result) = job.result() else { return };
        let status = match result.outcome {
            Outcome::Revoked => Some(Status::Revoked),
            Outcome::Accepted => Some(Status::Accepted),
            _ if result.is_revoked => Some(Status::Revoked),
            _ => None,
        };
        if let Some((status, row)) = status.zip(self.model.rows.get(id)) {
            let row = Invitation { status, updated: Some(self.context.today), ..row.clone() };
            self.model.rows.put(row);
            self.model.actions.order = None;
        }
        // It was not its turn, and it is as it was: because the admin wished so, or because nothing can be done now.
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

    /// Changes the rows on screen where they stand: nothing moves until the admin wants that. An invitation that was sent
    /// in the place of another one takes its row, and says so instead of offering the same again: a second click at the
    /// same place must not send a second mail.
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

    /// How many of the rows on screen Clerk would list now. Others stay there until the admin wants the list as it is.
    fn listed_on_screen(&self) -> u64 {
        let Some(shown) = &self.model.shown else { return 0 };
        let rows = self.model.rows.of(&shown.ids).into_iter();
        rows.filter(|row| shown.query.filter.lists(&row.status)).count() as u64
    }

    /// Adjusts the total of the list to what has changed on screen since so many rows were listed there.
    fn adjust_total(&mut self, listed: u64) {
        let now = self.listed_on_screen();
        if let Some(shown) = &mut self.model.shown {
            shown.total = shown.total.saturating_add(now).saturating_sub(listed);
        }
    }

    fn tell_what_became(&mut self, run: &ActiveRun, report: &Report) {
        let words = self.context.words;
        let halted = report.halted.as_ref().map(|error| error_sentence(words, error));
        let (mut severity, text) = match report.jobs.as_slice() {
            // As after a resend: somebody may still hold the earlier mail for the valid one.
            [job] if job.sent().is_some() && self.has_expired(job) => {
                (Severity::Success, words.fill(Message::ResendDone, &[("email", job.task.email.as_str())]))
            }
            [job] => sentence_of(words, job, halted),
            _ => {
                let (severity, counts) = counts_of(words, report);
                let left_out = (run.left_out > 0).then(|| words.count(Plural::CountLeftOut, run.left_out));
                let counts: Vec<_> = [Some(counts), left_out].into_iter().flatten().collect();
                let parts: Vec<_> = [Some(words.list(&counts)), halted].into_iter().flatten().collect();
                (severity, words.sentences(&parts))
            }
        };
        if run.left_out > 0 && report.jobs.len() > 1 && severity == Severity::Success {
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

    /// A button that was pressed has gone while the run was under way, and the keyboard with it.
    fn place_focus(&mut self, run: &ActiveRun, gone: &FxHashSet<InvitationId>) {
        let shown = self.model.shown.iter().flat_map(|shown| &shown.ids);
        let from: Vec<_> = shown
            .chain(gone)
            .filter(|id| gone.contains(*id))
            .flat_map(|id| RowAction::ON_ROW.map(|action| action_id(action, id)))
            .collect();
        let to = match run.jobs.as_slice() {
            [job] if gone.is_empty() => {
                let row = job.task.row.as_ref();
                row.map_or_else(|| ids::LIST.to_owned(), |row| action_id(RowAction::Retry, row))
            }
            _ => ids::LIST.to_owned(),
        };
        self.effects.push(Effect::Focus(Focus { to, when: FocusWhen::On(from), scrolls: false }));
    }
}

impl RowAction {
    /// Those that have a button in the row.
    pub const ON_ROW: [Self; 4] = [Self::Revoke, Self::Resend, Self::InviteAgain, Self::Retry];
}

/// The id of the button for an action on a row, to find out whether the keyboard is on it.
pub fn action_id(action: RowAction, id: &InvitationId) -> String {
    let name = match action {
        RowAction::Revoke => "revoke-",
        RowAction::Resend => "resend-",
        RowAction::InviteAgain => "again-",
        RowAction::More => "more-",
        RowAction::Retry => "retry-",
    };
    [name, &id.0].concat()
}

/// What is to be done with a row. Somebody else may have invited the same address meanwhile: an invitation that is found
/// after a lost answer need not be ours.
fn task(row: &Invitation, action: Action, role: Option<RoleKey>) -> Task {
    let email: Email = row.address();
    let role = role.unwrap_or_else(|| row.role.clone());
    Task { email, role, action, was_free: false, row: Some(row.id.clone()) }
}

/// One row of each address, the pending one where there is one: nobody is to get two mails.
fn one_of_each<'a>(rows: &[&'a Invitation]) -> Vec<&'a Invitation> {
    let mut of: FxHashMap<&str, &Invitation> = FxHashMap::default();
    for row in rows {
        let best = of.entry(&row.email_key).or_insert(row);
        if row.status == Status::Pending {
            *best = row;
        }
    }
    rows.iter().filter(|row| of.get(&*row.email_key).is_some_and(|best| best.id == row.id)).copied().collect()
}

#[cfg(test)]
mod tests;
