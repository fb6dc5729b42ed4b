//! What the admin does with one or many invitations of the list: revokes them, sends them anew, gives them another role.
//! This code is fetched when the admin is about to do so.

mod after_run;
mod dismissing;
mod sending;

use crate::domain::{Email, Invitation, InvitationId, RoleKey, Status};
use crate::feedback::{Focus, Severity, Speech, Toast, ids};
use crate::i18n::{Message, Plural};
use crate::list::dialog::Step;
use crate::list::messages::{ActionMsg, BulkAction, Context, DialogMsg, Effect, RowAction};
use crate::list::model::{AfterReading, Dialog, Menu, Model};
use crate::list::recipients::to_send;
use crate::list::{export, matches, news, whole_list};
use crate::outbox::wording::outcome_table;
use crate::outbox::{Action, Job, Task};

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
            ActionMsg::PageArrived(reading, question, size) => {
                self.effects.extend(whole_list::page_arrived(self.model, reading, question, size));
            }
            ActionMsg::PageRead(reading, question, answer) => {
                self.effects = whole_list::page_read(self.model, reading, question, answer, self.context);
            }
            ActionMsg::All(after) => {
                self.model.actions.menu = None;
                self.effects = whole_list::with_all(self.model, after, self.context);
            }
            ActionMsg::GoneFound(found) => {
                self.effects = news::tell_changes(self.model, &found, self.context);
            }
            ActionMsg::Row(action, id) => self.act_on_row(action, id),
            ActionMsg::Bulk(action) => self.act_on_selected(action),
            ActionMsg::Dialog(msg) => self.dialog(msg),
            ActionMsg::MenuPressed(menu) => self.press_menu(menu),
            ActionMsg::Reloaded => self.effects.push(whole_list::reloaded(self.context)),
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
            ActionMsg::MembersFound(text, answer) => matches::members_found(self.model, &text, answer),
            ActionMsg::DismissedFound(dismissed) => self.dismissed_found(dismissed),
            ActionMsg::DismissedToggled => self.toggle_dismissed(),
            ActionMsg::InviteExpiredPressed if self.tells_of_migration() => {}
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
        if action.gives_a_role() && self.tells_of_migration() {
            return;
        }
        match action {
            RowAction::Revoke => self.model.actions.dialog = Some(Dialog::Revoke(vec![id])),
            RowAction::ChangeRole => {
                let picked = self.only_other_role(&id);
                self.model.actions.dialog = Some(Dialog::Role(vec![id], picked));
            }
            RowAction::Dismiss => self.dismiss(&[id], true),
            RowAction::Restore => self.dismiss(&[id], false),
            RowAction::More => {}
            // Mail goes out: the admin is asked first, as for many.
            RowAction::Resend | RowAction::InviteAgain => {
                self.model.actions.dialog = Some(Dialog::Send(vec![id]))
            }
            RowAction::Retry => match job.and_then(Job::retry).or_else(|| self.failed_on(&id)) {
                // The admin wanted that already, at this role.
                Some(task) => self.start_run(vec![task], 0),
                None => self.ask_or_send(vec![id]),
            },
        }
    }

    /// Whether no role can be given now, because they are being migrated; the admin is told so.
    fn tells_of_migration(&mut self) -> bool {
        let migrates = self.context.roles.is_some_and(|roles| roles.migrating);
        if migrates {
            self.tell(Severity::Warning, self.context.words.say(Message::ActMigrating));
        }
        migrates
    }

    /// The role that can take the place of an invitation's, where there is only one.
    fn only_other_role(&self, id: &InvitationId) -> Option<RoleKey> {
        let (row, roles) = (self.model.rows.get(id)?, self.context.roles?);
        let mut others = roles.all.iter().filter(|role| role.key != row.role);
        others.next().filter(|_| others.next().is_none()).map(|role| role.key.clone())
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
        if action.gives_a_role() && self.tells_of_migration() {
            return;
        }
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
                let said = self.context.words.count(Plural::Selected, 0);
                let said = Effect::Say(Speech::State(said));
                return self.effects.extend([said, Effect::Focus(Focus::to(ids::SELECT_PAGE))]);
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
            // The dialogs name the roles that allow more than is harmless.
            Step::Sends(ids, role) => self.send(ids, role),
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

impl RowAction {
    /// Whether it sends an invitation with a role, which Clerk refuses while it migrates the roles.
    pub fn gives_a_role(self) -> bool {
        matches!(self, Self::Resend | Self::InviteAgain | Self::ChangeRole)
    }

    /// Those that have a button in the row.
    pub const ON_ROW: [Self; 4] = [Self::Resend, Self::InviteAgain, Self::More, Self::Retry];
}

impl BulkAction {
    /// The same for the selected rows.
    pub fn gives_a_role(self) -> bool {
        matches!(self, Self::Send | Self::ChangeRole)
    }
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

#[cfg(test)]
mod tests;
