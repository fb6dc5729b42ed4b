//! Between the page and its features: hands each update what it is decided by, and turns what follows into effects of the page.

use crate::domain::{Error, Reason};
use crate::program::messages::{Effect, Environment, LaterEffect, Msg, Part};
use crate::program::model::{Chunk, Model, Scope, Workspace};
use crate::{invite, list, outbox, session};

/// How long the admin must have stopped typing, in milliseconds, before the search begins.
const SEARCH_PAUSE: u32 = 150;

/// Whether an error says that the viewer may not manage members any more.
pub(super) fn denies(error: &Error) -> bool {
    error.says(Reason::NoPermission)
}

pub(super) fn denied(scope: &Scope) -> Effect {
    Effect::Dispatch(Msg::Session(session::Msg::PermissionDenied(scope.key.to_string())))
}

/// Leaves out what is of no use for a workspace that is not on screen: nobody looks at it, and address bar and keyboard
/// belong to another one.
pub(super) fn for_open(model: &Model, scope: &Scope, mut effects: Vec<Effect>) -> Vec<Effect> {
    if model.open.as_ref() != Some(scope) {
        effects.retain(|effect| !effect.serves_the_screen());
    }
    effects
}

/// Updates a form with what it is decided by.
pub(super) fn with_invite(
    model: &mut Model,
    scope: &Scope,
    environment: &Environment,
    update: impl FnOnce(&mut invite::Model, &invite::Context) -> Vec<invite::Effect>,
) -> Vec<invite::Effect> {
    let is_current = model.open.as_ref() == Some(scope);
    let Model { words, workspaces, .. } = model;
    let Some(workspace) = workspaces.iter_mut().find(|workspace| workspace.scope.owner == scope.owner) else {
        return vec![];
    };
    let seats = workspace.seats();
    let Workspace { active, roles, outbox, invite, .. } = workspace;
    let context = invite::Context {
        words,
        roles: roles.known.value().map(|roles| &**roles),
        membership: &active.membership,
        own: &active.viewer.own,
        seats,
        outbox,
        is_current,
        today: environment.today,
        lowercase: environment.lowercase,
        address_key: environment.address_key,
    };
    update(invite, &context)
}

pub(super) fn invite_effect(scope: &Scope, effect: invite::Effect) -> Effect {
    let compose = |msg| Msg::Compose(scope.clone(), msg);
    match effect {
        invite::Effect::Compose(msg) => Effect::Dispatch(compose(msg)),
        invite::Effect::ContinueImport => {
            Effect::Sleep(0, Box::new(compose(invite::ComposerMsg::ImportContinued)))
        }
        invite::Effect::LookAgainSoon => {
            Effect::Sleep(invite::SECOND_LOOK, Box::new(compose(invite::ComposerMsg::LookAgain)))
        }
        invite::Effect::ReadFiles(files) => Effect::Later(LaterEffect::ReadFiles(scope.clone(), files)),
        invite::Effect::LookUp(lookup) => Effect::Later(LaterEffect::LookUp(scope.clone(), lookup)),
        invite::Effect::Send(tasks) => {
            let request = outbox::RunRequest { origin: outbox::Origin::Form, tasks, left_out: 0 };
            Effect::Dispatch(Msg::Outbox(scope.clone(), outbox::Msg::RunRequested(request)))
        }
        invite::Effect::Stop(run) => {
            Effect::Dispatch(Msg::Outbox(scope.clone(), outbox::Msg::StopPressed(run)))
        }
        invite::Effect::SaveJournal => {
            Effect::Dispatch(Msg::Outbox(scope.clone(), outbox::Msg::JournalChanged))
        }
        invite::Effect::SaveDraft(draft) => Effect::SaveDraft(scope.clone(), draft),
        invite::Effect::TellSent(sent) => {
            Effect::Dispatch(Msg::List(scope.clone(), list::Msg::SentFromForm(sent)))
        }
        invite::Effect::ReloadRoles => Effect::Dispatch(Msg::RolesWanted(scope.clone())),
        invite::Effect::Toast(toast) => Effect::Dispatch(Msg::Told(toast)),
        invite::Effect::Say(speech) => Effect::Dispatch(Msg::Said(speech)),
        invite::Effect::Focus(focus) => Effect::Focus(focus),
        invite::Effect::ShowText(text) => Effect::Later(LaterEffect::ShowText(scope.clone(), text)),
        invite::Effect::Copy(text) => Effect::Later(LaterEffect::Copy(text)),
        invite::Effect::Download(table) => Effect::Later(LaterEffect::Download(table)),
    }
}

/// Updates a list with what it is decided by. A list of another session is gone: its messages are dropped.
pub(super) fn with_list(
    model: &mut Model,
    scope: &Scope,
    environment: &Environment,
    update: impl FnOnce(&mut list::Model, &list::Context) -> Vec<list::Effect>,
) -> Vec<Effect> {
    let is_current = model.open.as_ref() == Some(scope);
    let Model { words, workspaces, .. } = model;
    let Some(workspace) = workspaces.iter_mut().find(|workspace| workspace.scope == *scope) else {
        return vec![];
    };
    let (seats_before, was_read) = (workspace.seats(), workspace.list.shown.is_some());
    let Workspace { active, roles, outbox, list, invite, .. } = workspace;
    let context = list::Context {
        words,
        roles: roles.known.value().map(|roles| &**roles),
        membership: &active.membership,
        outbox,
        people: &invite.composer.people,
        is_current,
        now: environment.now,
        today: environment.today,
        lowercase: environment.lowercase,
        iso: environment.iso,
    };
    let mut effects: Vec<_> =
        update(list, &context).into_iter().map(|effect| list_effect(scope, effect)).collect();
    // The totals of the list are the seats that the form judges by.
    if workspace.seats() != seats_before {
        effects.push(Effect::Dispatch(Msg::Invite(scope.clone(), invite::Msg::SeatsChanged)));
    }
    // Nothing may delay the first row.
    if !was_read && workspace.list.shown.is_some() {
        effects.push(Effect::FindRequests(scope.clone()));
    }
    for_open(model, scope, effects)
}

fn list_effect(scope: &Scope, effect: list::Effect) -> Effect {
    match effect {
        list::Effect::Act(msg) => Effect::Dispatch(Msg::Act(scope.clone(), msg)),
        list::Effect::ListPage(question) => Effect::ListPage(scope.clone(), question),
        list::Effect::Count(question) => Effect::Count(scope.clone(), question),
        list::Effect::GoTo { query, replaces } => Effect::GoTo { query, replaces },
        list::Effect::WaitForPause(keystroke) => {
            let paused = Msg::List(scope.clone(), list::Msg::SearchPaused(keystroke));
            Effect::Sleep(SEARCH_PAUSE, Box::new(paused))
        }
        list::Effect::ReadPage(reading, statuses, question) => {
            Effect::Later(LaterEffect::ReadPage(scope.clone(), reading, statuses, question))
        }
        list::Effect::FindGone(gone) => Effect::Later(LaterEffect::FindGone(scope.clone(), gone)),
        list::Effect::FindMembers(text) => Effect::Later(LaterEffect::FindMembers(scope.clone(), text)),
        list::Effect::FindDismissed => Effect::Later(LaterEffect::FindDismissed(scope.clone())),
        list::Effect::KeepDismissed(dismissed) => {
            Effect::Later(LaterEffect::KeepDismissed(scope.clone(), dismissed))
        }
        list::Effect::StartRun(request) => {
            Effect::Dispatch(Msg::Outbox(scope.clone(), outbox::Msg::RunRequested(request)))
        }
        list::Effect::Stop(run) => {
            Effect::Dispatch(Msg::Outbox(scope.clone(), outbox::Msg::StopPressed(run)))
        }
        list::Effect::WantLater => Effect::Dispatch(Msg::Wanted(Chunk::Later)),
        list::Effect::TellForm => Effect::Dispatch(Msg::Invite(scope.clone(), invite::Msg::ListChanged)),
        list::Effect::ReloadRoles => Effect::Dispatch(Msg::RolesWanted(scope.clone())),
        list::Effect::Toast(toast) => Effect::Dispatch(Msg::Told(toast)),
        list::Effect::Say(speech) => Effect::Dispatch(Msg::Said(speech)),
        list::Effect::Draw => Effect::Draw(Part::List),
        list::Effect::Focus(focus) => Effect::Focus(focus),
        list::Effect::Copy(text) => Effect::Later(LaterEffect::Copy(text)),
        list::Effect::PromiseCopy => Effect::PromiseCopy,
        list::Effect::CopyPromised(text) => Effect::Later(LaterEffect::CopyPromised(text)),
        list::Effect::Download(table) => Effect::Later(LaterEffect::Download(table)),
    }
}
