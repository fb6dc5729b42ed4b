//! Carries out what happens to the page. Messages to code that is fetched later are in `update_later`.

use crate::domain::query_string::named;
use crate::domain::{ActiveOrganization, AuthState, Error, Event, ListQuery, Question, Remote, Roles};
use crate::feedback::{Due, Next, Severity, Toast, ids};
use crate::i18n::{Message, Words, name_system_roles};
use crate::program::features::{denied, denies, for_open, invite_effect, with_invite, with_list};
use crate::program::messages::{Effect, Environment, Fetched, Msg, News, Part};
use crate::program::model::{Address, Chunk, Lazy, Model, Scope, Workspace};
use crate::program::update_code::{loaded, retry, tell_of, want, want_screens};
use crate::program::update_form::{focus_for_first_invitation, form_loaded, save_drafts, want_form_soon};
use crate::session::Opener;
use crate::{accept, invite, list, outbox, requests, session};

/// Carries a message out. A toast that it brings is read out, and may go by itself.
pub fn update(model: &mut Model, msg: Msg, environment: &Environment) -> Vec<Effect> {
    let mut effects = carry_out(model, msg, environment);
    effects.extend(std::mem::take(&mut model.due).into_iter().map(come_back));
    effects
}

/// Comes back when something is due.
fn come_back((milliseconds, due): (u32, Due)) -> Effect {
    Effect::Sleep(milliseconds, Box::new(Msg::Due(due)))
}

fn carry_out(model: &mut Model, msg: Msg, environment: &Environment) -> Vec<Effect> {
    match msg {
        Msg::Session(msg) => {
            let mut effects = vec![];
            for effect in session::update(&mut model.session, msg) {
                effects.extend(session_effect(model, effect, environment));
            }
            effects.extend(want_screens(model));
            effects
        }
        // Nothing could read the text yet: it stays in the box, and no button moves away from under the pointer.
        Msg::Invite(_, invite::Msg::BoxLeft) if model.later != Lazy::Here => vec![],
        Msg::Invite(scope, msg) => update_invite(model, &scope, msg, environment),
        Msg::List(scope, msg) => update_list(model, &scope, msg, environment),
        Msg::RolesAnswered(scope, question, answer) => roles_answered(model, &scope, question, answer),
        Msg::RolesWanted(scope) => with(model, &scope, ask_roles).unwrap_or_default(),
        Msg::AddressChanged(address) => {
            model.address = address;
            let mut effects = open_wanted(model, environment);
            let query = model.query(environment.decode);
            let changed = |scope| Effect::Dispatch(Msg::List(scope, list::Msg::QueryChanged(query)));
            effects.extend(model.open.clone().map(changed));
            effects.extend(open_requests(model));
            effects.extend(want_screens(model));
            effects.extend(tell_accept(model));
            effects
        }
        Msg::WordsLoaded(words) => words_loaded(model, words).into_iter().collect(),
        // What it takes to ask again comes with the form.
        Msg::Returned if !model.draws_form() => vec![],
        Msg::Returned => {
            let returned = |workspace: &Workspace| {
                Effect::Dispatch(Msg::List(workspace.scope.clone(), list::Msg::Returned))
            };
            model.current().map(returned).into_iter().collect()
        }
        Msg::ConnectionChanged(is_online) => {
            // What it takes to tell of it comes with these.
            let may_tell = model.draws_form() || model.screens == Lazy::Here;
            if may_tell {
                connection_changed(model, is_online)
            } else {
                model.is_online = is_online
            }
            vec![]
        }
        Msg::DraggedOver(is_over) => {
            model.is_dragged_over = is_over;
            vec![]
        }
        Msg::Told(toast) => {
            model.tell(toast);
            vec![]
        }
        Msg::MembersOpened(problem) => {
            members_opened(model, problem);
            vec![]
        }
        Msg::ShortcutsClosed => {
            model.shows_shortcuts = false;
            vec![]
        }
        Msg::Said(speech) => vec![come_back(model.announcer.say(speech))],
        Msg::Due(due) => is_due(model, due, environment).into_iter().collect(),
        // The session has ended, and another document may take the place of this one.
        Msg::SignInPressed => {
            let mut effects = save_drafts(model);
            effects.push(Effect::SignIn);
            effects
        }
        Msg::OpenerPressed(opener) => opener_pressed(model, opener).into_iter().collect(),
        Msg::DraftFound(scope, draft) => vec![draft_found(model, scope, draft)],
        Msg::Wanted(chunk) => want(model, chunk).into_iter().collect(),
        Msg::RetryPressed(chunk) => retry(model, chunk).into_iter().collect(),
        Msg::Loaded(chunk, fetched) => {
            let form_was = model.lazy(Chunk::Form);
            loaded(model, chunk, fetched);
            let mut effects = form_loaded(model, form_was, environment);
            if chunk == Chunk::Later && fetched == Fetched::Here {
                effects.push(Effect::Draw(Part::Invite));
                effects.push(Effect::Draw(Part::List));
            }
            effects
        }
        // Who has signed out leaves nothing behind.
        Msg::Leaving if model.session.auth == Some(AuthState::SignedOut) => vec![],
        Msg::Leaving => save_drafts(model),
        Msg::ReloadPressed => vec![Effect::Reload],
        // The store hands these to the code that is fetched later.
        Msg::Compose(..)
        | Msg::Act(..)
        | Msg::Outbox(..)
        | Msg::Accept(_)
        | Msg::Requests(..)
        | Msg::MembersPressed
        | Msg::LinkFound(..)
        | Msg::News(_)
        | Msg::Retell
        | Msg::ToastPressed
        | Msg::Copied(_)
        | Msg::ShortcutPressed(_) => vec![],
    }
}

/// Takes the words of the reader's language in.
fn words_loaded(model: &mut Model, words: Words) -> Option<Effect> {
    // Roles that came before the words have their English names.
    for workspace in &mut model.workspaces {
        workspace.roles.known.revise(|roles| name_system_roles(&words, roles));
    }
    model.words = words;
    let has_told = model.later == Lazy::Here && model.toast.is_some();
    has_told.then_some(Effect::Dispatch(Msg::Retell))
}

#[inline(never)] // Cold: see xtask/src/cold_code.
fn is_due(model: &mut Model, due: Due, environment: &Environment) -> Option<Effect> {
    match model.announcer.due(due, (environment.is_attended)(ids::STATUS)) {
        Next::ToastGoes => {
            // What was read out stays where a screen reader finds it.
            model.toast = None;
            None
        }
        Next::Later(milliseconds, due) => Some(come_back((milliseconds, due))),
        Next::Nothing => None,
    }
}

/// Has Clerk's component come that a button of the header opens.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn opener_pressed(model: &mut Model, opener: Opener) -> Option<Effect> {
    if !model.pressed.contains(&opener) {
        model.pressed.push(opener);
    }
    want(model, Chunk::Screens)
}

/// Has what was in the form put back there. Until that is done it is kept, for another time that the page is left.
fn draft_found(model: &mut Model, scope: Scope, draft: String) -> Effect {
    with(model, &scope, |workspace| workspace.invite.found.clone_from(&draft));
    Effect::Dispatch(Msg::Compose(scope, invite::ComposerMsg::DraftFound(draft)))
}

/// Says what went wrong when the members were to be opened.
fn members_opened(model: &mut Model, problem: Option<Message>) {
    model.opens_members = false;
    if let Some(problem) = problem {
        tell_of(model, problem);
    }
}

/// Takes an event in.
fn step<K: Clone + PartialEq, T>(remote: &mut Remote<K, T>, event: Event<K, T>) {
    if let Some(next) = remote.after(event) {
        *remote = next;
    }
}

/// Does something with a workspace, in whatever session: what the admin typed outlives the session.
fn with<T>(model: &mut Model, scope: &Scope, change: impl FnOnce(&mut Workspace) -> T) -> Option<T> {
    let is_it = |workspace: &&mut Workspace| workspace.scope.owner == scope.owner;
    model.workspaces.iter_mut().find(is_it).map(change)
}

fn ask_roles(workspace: &mut Workspace) -> Vec<Effect> {
    step(&mut workspace.roles, Event::Reload);
    let question = workspace.roles.asked.clone();
    question.map(|question| Effect::ListRoles(workspace.scope.clone(), question)).into_iter().collect()
}

#[inline(never)] // Cold: see xtask/src/cold_code.
fn update_invite(
    model: &mut Model,
    scope: &Scope,
    msg: invite::Msg,
    environment: &Environment,
) -> Vec<Effect> {
    let is_typed = matches!(msg, invite::Msg::TextTyped { .. });
    let effects = with_invite(model, scope, environment, |form, _| invite::update(form, msg));
    let mut effects: Vec<_> = effects.into_iter().map(|effect| invite_effect(scope, effect)).collect();
    // What went well has been read by an admin who types on.
    let is_read = |toast: &Toast| toast.severity == Severity::Success && toast.action.is_none();
    if is_typed && model.toast.as_ref().is_some_and(is_read) {
        effects.push(Effect::Dispatch(Msg::Told(None)));
    }
    for_open(model, scope, effects)
}

fn update_list(model: &mut Model, scope: &Scope, msg: list::Msg, environment: &Environment) -> Vec<Effect> {
    let is_answered = matches!(msg, list::Msg::PageAnswered(..));
    let is_denied = matches!(&msg, list::Msg::PageAnswered(_, Err(error)) if denies(error));
    let update = |list: &mut list::Model, context: &list::Context| list::update(list, msg, context);
    let was_read = model.current().is_some_and(|workspace| workspace.list.shown.is_some());
    let mut effects = with_list(model, scope, environment, update);
    effects.extend((!was_read).then(|| focus_for_first_invitation(model)).flatten());
    effects.extend(is_answered.then_some(Effect::Dispatch(Msg::Wanted(Chunk::Form))));
    effects.extend(is_denied.then(|| denied(scope)));
    effects
}

/// Has the requests to join read anew when the address has come to ask for them.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn open_requests(model: &Model) -> Option<Effect> {
    let workspace = model.current().filter(|_| model.address.wants_requests())?;
    workspace.requests.as_ref()?;
    Some(Effect::Dispatch(Msg::Requests(workspace.scope.clone(), requests::Msg::Opened)))
}

fn roles_answered(
    model: &mut Model,
    scope: &Scope,
    question: Question<()>,
    mut answer: Result<Roles, Error>,
) -> Vec<Effect> {
    let is_current = model.open.as_ref() == Some(scope);
    if let Ok(roles) = &mut answer {
        name_system_roles(&model.words, roles);
    }
    let changes = with(model, scope, |workspace| {
        let was = workspace.known_roles().map(|roles| roles.migrating);
        // Another session counts its questions from the start again.
        if workspace.scope != *scope || workspace.roles.asked.as_ref() != Some(&question) {
            return (None, vec![]);
        }
        step(&mut workspace.roles, Event::Answered(question, answer));
        let now = workspace.known_roles().map(|roles| roles.migrating);
        let mut effects = vec![];
        // Why no role can be given, and what to do, is said by code that is fetched later.
        if workspace.known_roles().is_none_or(|roles| roles.migrating || roles.all.is_empty()) {
            effects.push(Effect::Dispatch(Msg::Wanted(Chunk::Later)));
        }
        if workspace.invite.needs_later() {
            let changed = invite::ComposerMsg::InputChanged { is_list: false };
            effects.push(Effect::Dispatch(Msg::Compose(scope.clone(), changed)));
        }
        if workspace.list.actions.full.is_some() {
            let changed = list::ActionMsg::InputChanged(list::Input::Words);
            effects.push(Effect::Dispatch(Msg::Act(scope.clone(), changed)));
        }
        (was.zip(now), effects)
    });
    let Some((migrating, mut effects)) = changes else { return vec![] };
    let has_changed = migrating.filter(|(before, now)| before != now && is_current);
    effects.extend(has_changed.map(|(_, now)| Effect::Dispatch(Msg::News(News::RolesMigrate(now)))));
    effects
}

fn session_effect(model: &mut Model, effect: session::Effect, environment: &Environment) -> Vec<Effect> {
    match effect {
        session::Effect::Start => vec![Effect::StartClerk],
        session::Effect::Heal => vec![Effect::Heal],
        session::Effect::ForgetStored => vec![Effect::ForgetStored],
        session::Effect::Changed(changed) => session_changed(model, *changed, environment),
        // Elsewhere the page has asked for the other organization itself, and says so there.
        session::Effect::TellOfFailedSwitch(error) if model.address.is_list => {
            vec![Effect::Dispatch(Msg::News(News::SwitchFailed(error)))]
        }
        session::Effect::TellOfFailedSwitch(_) => vec![],
    }
}

/// The viewer's situation has changed: says so, and opens the workspace that is now theirs.
fn session_changed(model: &mut Model, changed: session::Changed, environment: &Environment) -> Vec<Effect> {
    let session::Changed { before, now, change } = changed;
    let key = |auth: &AuthState| match auth {
        AuthState::Active(active) => Some(active.scope_key()),
        _ => None,
    };
    // Only who comes signed out is sent on at once: somebody whose session has ended may have typed something here. A ticket is for
    // Clerk's form on this page.
    let Address { is_list, is_accept, query, .. } = &model.address;
    let may_leave = *is_list || *is_accept && named(query, accept::TICKET).is_none();
    let comes_signed_out = before.is_none() && now == AuthState::SignedOut && may_leave;
    let is_elsewhere = before.as_ref().is_some_and(|before| key(before) != key(&now));
    if is_elsewhere {
        model.pressed.clear();
    }
    if is_elsewhere {
        // What was said of one organization must not stand under another.
        model.tell(None);
    }
    let mut effects: Vec<_> =
        change.map(|change| Effect::Dispatch(Msg::News(News::Session(change)))).into_iter().collect();
    effects.extend(open_wanted(model, environment));
    effects.extend(comes_signed_out.then_some(Effect::SignIn));
    effects.extend(tell_accept(model));
    effects
}

/// Tells the invitee's side, when it is on screen, that something around it has changed.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn tell_accept(model: &Model) -> Option<Effect> {
    model.shows_accept().then_some(Effect::Dispatch(Msg::Accept(accept::Msg::WorldChanged)))
}

/// Opens the workspace that the address and the session call for, and leaves the one that was open.
fn open_wanted(model: &mut Model, environment: &Environment) -> Vec<Effect> {
    let active = model.session.managed().filter(|_| model.address.is_list).cloned();
    let wanted = active.as_ref().map(Scope::of);
    if model.open == wanted {
        if let Some((scope, active)) = wanted.zip(active) {
            with(model, &scope, |workspace| workspace.active = active);
        }
        return vec![];
    }
    let left = std::mem::replace(&mut model.open, wanted);
    let mut effects: Vec<_> = left.as_ref().and_then(|left| leave(model, left)).into_iter().collect();
    if let Some(active) = active {
        effects.extend(enter(model, active, environment));
    }
    effects
}

/// Ends what is on its way in a workspace that is left. Why it was left is derived here, once.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn leave(model: &Model, left: &Scope) -> Option<Effect> {
    let workspace = model.workspaces.iter().find(|workspace| workspace.scope == *left)?;
    if workspace.outbox.runs().is_empty() {
        return None;
    }
    let why = model.session.auth.as_ref().map_or(Error::Moved, |auth| auth.why_left(&workspace.active));
    Some(Effect::Dispatch(Msg::Outbox(left.clone(), outbox::Msg::Left(why))))
}

/// Opens a workspace. A list of another session or organization begins anew; what the admin typed is still there.
fn enter(model: &mut Model, active: ActiveOrganization, environment: &Environment) -> Vec<Effect> {
    let (scope, mut query) = (Scope::of(&active), model.query(environment.decode));
    let mut effects = vec![];
    let before = model.entered.replace(scope.organization.clone());
    if before.is_some_and(|before| before != scope.organization) {
        // The page and the words of a search belong to the organization of before.
        let first = ListQuery { search: String::new(), ..query.clone() }.on_first_page();
        if first != query {
            query = first.clone();
            effects.push(Effect::GoTo { query: first, replaces: true });
        }
    }
    let known = model.workspaces.iter_mut().find(|workspace| workspace.scope.owner == scope.owner);
    let is_new = known.is_none();
    match known {
        Some(workspace) => workspace.reopen(active, query),
        None => model.workspaces.push(Workspace::new(active, query)),
    }
    effects.extend(
        with(model, &scope, |workspace| {
            let question = workspace.roles.asked.clone();
            question.map(|question| Effect::ListRoles(workspace.scope.clone(), question))
        })
        .flatten(),
    );
    effects.push(Effect::Dispatch(Msg::List(scope.clone(), list::Msg::Opened)));
    // The rows are what the admin waits for.
    effects.push(want_form_soon());
    if with(model, &scope, |workspace| workspace.invite.needs_later()).unwrap_or_default() {
        let changed = invite::ComposerMsg::InputChanged { is_list: true };
        effects.push(Effect::Dispatch(Msg::Compose(scope.clone(), changed)));
    }
    if is_new {
        effects.push(Effect::FindStored(scope.clone()));
    }
    if named(&model.address.query, invite::LINK_PEOPLE).is_some() {
        effects.push(Effect::Dispatch(Msg::LinkFound(scope, model.address.query.clone())));
    }
    effects
}

/// Says at once that the browser is offline, whatever the reader is about to do: clerk-js would try for half a minute, and a
/// component of Clerk's says nothing at all.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn connection_changed(model: &mut Model, is_online: bool) {
    let was_online = std::mem::replace(&mut model.is_online, is_online);
    let offline = Toast::new(Severity::Warning, model.words.say(Message::Offline));
    if is_online {
        model.toast.take_if(|toast| *toast == offline);
    } else if was_online && model.session.auth.is_some() {
        model.tell(Some(offline));
    }
}

#[cfg(test)]
mod tests;
