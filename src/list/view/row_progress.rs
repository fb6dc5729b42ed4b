//! Draws what a run does with a row, and what became of it. Fetched when the admin is about to do something with the list.

use crate::domain::Invitation;
use crate::i18n::{Message, Words, error_sentence, role_name, status_name};
use crate::list::messages::RowAction;
use crate::list::model::{RowChange, RowNote};
use crate::list::view::beside::beside;
use crate::list::view::row_menu::row_menu;
use crate::list::view::table::action;
use crate::list::view::{RowProgress, View};
use crate::outbox::wording::job_sentence;
use crate::outbox::{Action, Job, Outcome, Stage};
use crate::ui::{clip, problem};
use yew::prelude::*;

/// Draws that, and the menu of the row while it is open.
pub fn row_progress(view: &View, invitation: &Invitation) -> RowProgress {
    let (menu, beside) = (row_menu(view, invitation), beside(view, invitation));
    RowProgress { menu, beside, ..progress(view, invitation) }
}

fn progress(view: &View, invitation: &Invitation) -> RowProgress {
    let (words, note) = (view.words, view.model.notes.get(&invitation.id));
    match (view.outbox.job_of(&invitation.id), note) {
        (Some(job), _) => {
            let is_busy = job.result().is_none();
            // What failed can be tried again although its run goes on.
            let below = job.can_be_retried().then(|| failed(view, invitation, &job_said(words, job)));
            RowProgress { is_busy, is_in_run: true, said: stage(words, job), below, ..RowProgress::default() }
        }
        (None, Some(RowNote::Changed(change))) => {
            let status = match change {
                RowChange::Status(status) => status_name(words, status),
                RowChange::Role(_) => role_name(view.roles, invitation),
            };
            let below = html! { <p class="hint">{ words.fill(Message::NewsOf, &[("status", &status)]) }</p> };
            RowProgress { below: Some(below), ..RowProgress::default() }
        }
        (None, Some(note)) if note.is_failure() => {
            let below = failed(view, invitation, &failure(words, note, invitation));
            RowProgress { below: Some(below), ..RowProgress::default() }
        }
        (None, Some(RowNote::Dismissed)) => RowProgress {
            said: Some(html! {
                <>
                    { ended(&words.say(Message::DismissedRow)) }
                    { action(view, invitation, RowAction::Restore, Message::Undo, Message::DismissedUndoOf) }
                </>
            }),
            ..RowProgress::default()
        },
        // Until the admin wants the list as it is, what became of a row stands where the buttons were.
        (None, Some(RowNote::Ended(job))) => {
            RowProgress { said: Some(ended(&job_said(words, job))), ..RowProgress::default() }
        }
        _ => RowProgress::default(),
    }
}

/// Draws why something failed, and another try.
fn failed(view: &View, invitation: &Invitation, said: &str) -> Html {
    html! {
        <>
            { problem(None, said) }
            { action(view, invitation, RowAction::Retry, Message::Retry, Message::RetryOf) }
        </>
    }
}

/// What became of a row, in the place of its act. It is cut off where it is too long: the row keeps its height, so that
/// nothing below it moves.
fn ended(said: &str) -> Html {
    html! { <span class="busy">{ clip(said) }</span> }
}

fn job_said(words: &Words, job: &Job) -> String {
    match (&job.stage, job.task.action.replaces()) {
        (Stage::Done(Outcome::Sent(_)), Some(_)) => words.say(Message::ResendRow),
        _ => job_sentence(words, job).map(|(_, said)| said).unwrap_or_default(),
    }
}

fn failure(words: &Words, note: &RowNote, invitation: &Invitation) -> String {
    match note {
        RowNote::Ended(job) => job_said(words, job),
        RowNote::NotReached(error) => error_sentence(words, error),
        RowNote::RoleGone => words.fill(Message::ActRoleGone, &[("email", &invitation.email)]),
        RowNote::Changed(_) | RowNote::Dismissed => String::new(),
    }
}

/// How far a job is. That it failed is said below the row, beside what can be done about it.
fn stage(words: &Words, job: &Job) -> Option<Html> {
    let said = match (&job.stage, &job.task.action) {
        (Stage::Waiting, _) => words.say(Message::StageWaiting),
        (Stage::UnderWay, Action::Revoke(_)) => words.say(Message::Revoking),
        (Stage::UnderWay, _) => words.say(Message::StageSending),
        (Stage::Done(_), _) if job.can_be_retried() => return None,
        (Stage::Done(_), _) => return Some(ended(&job_said(words, job))),
    };
    Some(html! { <span class="busy"><span class="spinner" aria-hidden="true"></span>{ said }</span> })
}
