//! What the admin does with one or many invitations of the list: revokes them, sends them anew, gives them another role.
//! This code is fetched when the admin is about to do so.

mod dismissing;
mod sending;

use crate::domain::{Email, Error, Invitation, InvitationId, Reason, RoleKey, Status};
use crate::feedback::{Focus, FocusWhen, Severity, Toast, ToastAction, ids};
use crate::i18n::{Message, Plural, error_sentence};
use crate::list::dialog::Step;
use crate::list::messages::{ActionMsg, BulkAction, Context, DialogMsg, Effect, RowAction};
use crate::list::model::{AfterReading, Dialog, Menu, Model, RowNote};
use crate::list::{export, whole_list};
use crate::outbox::wording::{counts_of, outcome_table, sentence_of};
use crate::outbox::{Action, ActiveRun, Job, Origin, Outcome, Report, Stage, Task};
use rustc_hash::{FxHashMap, FxHashSet};

/// Carries a message out.
pub fn update(model: &mut Model, msg: ActionMsg, context: &Context) -> Vec<Effect> {
    let mut update = Update { model, context, effects: vec![] };
    update.carry_out(msg);
    update.effects
}

/// One update that is being carried out.
struct Update<'a, 'b> {
    model: &'a mut Model,
    context: &'a Context<'b>,
    effects: Vec<Effect>,
}

impl Update<'_, '_> {
    fn carry_out(&mut self, msg: ActionMsg) {
        match msg {
            ActionMsg::InputChanged(input) => {
                self.effects = whole_list::input_changed(self.model, input, self.context);
            }
            ActionMsg::ReadingToggled => self.effects = whole_list::toggle(self.model, self.context),
            ActionMsg::PageRead(reading, question, answer) => {
                self.effects = whole_list::page_read(self.model, reading, question, answer, self.context);
            }
            ActionMsg::All(after) => {
                self.model.actions.menu = None;
                self.effects = whole_list::with_all(self.model, after, self.context);
            }
            ActionMsg::GoneFound(found) => {
                self.effects = whole_list::tell_changes(self.model, &found, self.context);
            }
            ActionMsg::Row(action, id) => self.act_on_row(action, id),
            ActionMsg::Bulk(action) => self.act_on_selected(action),
            ActionMsg::Dialog(msg) => self.dialog(msg),
            ActionMsg::MenuPressed(menu) => self.press_menu(menu),
            ActionMsg::MenuClosed => self.model.actions.menu = None,
            ActionMsg::CopyPressed(text) => {
                self.model.actions.menu = None;
                self.effects.push(Effect::Copy(text));
            }
            ActionMsg::StopPressed(run) => self.effects.push(Effect::Stop(run)),
            ActionMsg::RetryFailedPressed => {
                let failed = self.failed_tasks();
                self.start_run(failed, 0);
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
                self.ask_or_send(ids);
            }
            ActionMsg::DismissedFound(dismissed) => self.dismissed_found(dismissed),
            ActionMsg::DismissedToggled => self.toggle_dismissed(),
            ActionMsg::InviteExpiredPressed => {
                let expired = self.model.actions.attention.as_ref().map(|attention| &attention.expired);
                let dialog = expired.filter(|ids| !ids.is_empty()).cloned().map(Dialog::Send);
                self.model.actions.dialog = dialog;
            }
            ActionMsg::RunEnded(run, report) => self.run_ended(&run, report),
        }
    }

    fn act_on_row(&mut self, action: RowAction, id: InvitationId) {
        let job = self.context.outbox.job_of(&id);
        // A second press of the same button comes before the row is drawn anew. What failed can be tried again although
        // its run goes on.
        let is_busy = job.is_some_and(|job| action != RowAction::Retry || job.retry().is_none());
        if is_busy || self.model.rows.get(&id).is_none() {
            return;
        }
        if action == RowAction::More {
            return self.press_menu(Menu::Row(id));
        }
        self.model.actions.menu = None;
        match action {
            RowAction::Revoke => self.model.actions.dialog = Some(Dialog::Revoke(vec![id])),
            RowAction::ChangeRole => self.model.actions.dialog = Some(Dialog::Role(vec![id], None)),
            RowAction::Dismiss => self.dismiss(&[id], true),
            RowAction::Restore => self.dismiss(&[id], false),
            RowAction::More => {}
            RowAction::Resend | RowAction::InviteAgain => self.ask_or_send(vec![id]),
            RowAction::Retry => match job.and_then(Job::retry).or_else(|| self.failed_on(&id)) {
                // The admin wanted that already, at this role.
                Some(task) => self.start_run(vec![task], 0),
                None => self.ask_or_send(vec![id]),
            },
        }
    }

    /// Opens a menu and sends the keyboard there, or closes it.
    fn press_menu(&mut self, menu: Menu) {
        if self.model.actions.menu.take_if(|open| *open == menu).is_none() {
            self.effects.push(Effect::Focus(Focus::to(ids::first_item(&menu.opener()))));
            self.model.actions.menu = Some(menu);
        }
    }

    /// The task that a retry of a row carries out whose run has ended.
    fn failed_on(&self, id: &InvitationId) -> Option<Task> {
        self.model.actions.failed.get(id).cloned()
    }

    fn act_on_selected(&mut self, action: BulkAction) {
        self.model.actions.menu = None;
        let selected = self.selected();
        let ids = |rows: &[&Invitation]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
        let pending: Vec<_> = selected.iter().filter(|row| row.status == Status::Pending).copied().collect();
        let dialog = match action {
            BulkAction::SelectAll => {
                self.effects = whole_list::with_all(self.model, AfterReading::Select, self.context);
                return;
            }
            BulkAction::Dismiss => {
                let ids = ids(&selected);
                return self.dismiss(&ids, true);
            }
            BulkAction::SelectNone => {
                self.model.selected.clear();
                return self.effects.push(Effect::Focus(Focus::to(ids::SELECT_PAGE)));
            }
            BulkAction::Copy => return self.effects.push(Effect::Copy(export::addresses(&selected))),
            BulkAction::Export => {
                let table = export::csv(&selected, self.context.roles, self.context.today, self.context.iso);
                return self.effects.push(Effect::Download(table));
            }
            BulkAction::Send => Dialog::Send(ids(&to_send(&selected))),
            BulkAction::ChangeRole => Dialog::Role(ids(&pending), None),
            BulkAction::Revoke => Dialog::Revoke(ids(&pending)),
        };
        // The bar offers only what can be done; the selection may have changed since.
        if !dialog.rows().is_empty() {
            self.model.actions.dialog = Some(dialog);
        }
    }

    /// The selected rows, the newest first as in Clerk's list: to revoke them, their pages are then read one after the other.
    fn selected(&self) -> Vec<&Invitation> {
        let mut rows = self.model.rows.of(&self.model.selected);
        let age = |row: &Invitation| row.created.map_or(f64::MIN, |created| created.0);
        rows.sort_by(|one, other| age(other).total_cmp(&age(one)).then_with(|| one.id.cmp(&other.id)));
        rows
    }

    fn dialog(&mut self, msg: DialogMsg) {
        let Some(dialog) = self.model.actions.dialog.take() else { return };
        let is_confirmed = msg == DialogMsg::Confirmed;
        // That dialog names the roles that allow more than is harmless.
        let was_asked = matches!(dialog, Dialog::Send(_));
        match dialog.update(msg) {
            Step::Stays(dialog) => {
                // What is missing for a confirmation is the role.
                if is_confirmed {
                    self.effects.push(Effect::Focus(Focus::to(ids::OTHER_ROLE)));
                }
                self.model.actions.dialog = Some(dialog);
            }
            Step::Closes => {}
            Step::Revokes(ids) => {
                let rows = self.model.rows.of(&ids);
                let tasks =
                    rows.into_iter().map(|row| task(row, Action::Revoke(row.id.clone()), None)).collect();
                self.start_run(tasks, 0);
            }
            Step::Sends(ids, Some(role)) => self.send(ids, Some(role)),
            Step::Sends(ids, None) if was_asked => self.send(ids, None),
            Step::Sends(ids, None) => self.ask_or_send(ids),
        }
    }

    fn failed_tasks(&self) -> Vec<Task> {
        let jobs = self.model.actions.report.iter().flat_map(|report| &report.jobs);
        jobs.filter_map(Job::retry).collect()
    }

    fn tell(&mut self, severity: Severity, text: String) {
        self.effects.push(Effect::Toast(Some(Toast::new(severity, text))));
    }
}

/// After a run.
impl Update<'_, '_> {
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
            match job.retry() {
                Some(retry) => drop(self.model.actions.failed.insert(row, retry)),
                None => drop(gone.insert(row)),
            }
        }
        self.change_in_place(&report);
        whole_list::sum_up(self.model, self.context);
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
    fn listed_on_screen(&self) -> u64 {
        let Some(shown) = &self.model.shown else { return 0 };
        let rows = self.model.rows.of(&shown.ids).into_iter();
        rows.filter(|row| shown.query.filter.lists(&row.status)).count() as u64
    }

    /// Adjusts the total of the list. `listed` is [`Self::listed_on_screen`] before the change.
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
            // The sentence of a resend: the invitee may take the earlier mail for the valid one.
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

impl RowAction {
    /// Those that have a button in the row.
    pub const ON_ROW: [Self; 4] = [Self::Resend, Self::InviteAgain, Self::More, Self::Retry];
}

impl Menu {
    /// The id of the button that opens it.
    pub fn opener(&self) -> String {
        match self {
            Self::Row(id) => action_id(RowAction::More, id),
            Self::Selection => "selection-more".to_owned(),
            Self::Tools => "list-more".to_owned(),
        }
    }
}

/// The id of the button for an action on a row, to find out whether the keyboard is on it.
pub fn action_id(action: RowAction, id: &InvitationId) -> String {
    let name = match action {
        RowAction::Revoke => "revoke-",
        RowAction::Resend => "resend-",
        RowAction::InviteAgain => "again-",
        RowAction::ChangeRole => "role-",
        RowAction::Dismiss => "dismiss-",
        RowAction::Restore => "restore-",
        RowAction::More => "more-",
        RowAction::Retry => "retry-",
    };
    [name, &id.0].concat()
}

/// The task for a row. Another admin may have invited the same address meanwhile, so an invitation that is found after a
/// lost answer need not come from this run.
fn task(row: &Invitation, action: Action, role: Option<RoleKey>) -> Task {
    let email: Email = row.address();
    let role = role.unwrap_or_else(|| row.role.clone());
    Task { email, role, action, was_free: false, row: Some(row.id.clone()) }
}

/// The rows that are sent anew of those that are selected. Who has joined is sent nothing.
pub fn to_send<'a>(rows: &[&'a Invitation]) -> Vec<&'a Invitation> {
    let open: Vec<_> = rows.iter().filter(|row| !row.status.is_accepted()).copied().collect();
    one_of_each(&open)
}

/// One row of each address, the pending one where there is one: no invitee is to get two mails.
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
