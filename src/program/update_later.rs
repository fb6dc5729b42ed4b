//! The messages that are attended to by code which is fetched later.

use crate::domain::query_string::named;
use crate::domain::{Change, RoleKey};
use crate::feedback::{Severity, Speech, Toast, ToastAction};
use crate::i18n::{Message, Words, error_sentence};
use crate::invite::EntryState;
use crate::outbox::journal;
use crate::outbox::wording::announcement_sentence;
use crate::program::features::{denied, denies, for_open, invite_effect, with_invite, with_list};
use crate::program::messages::{Effect, Environment, LaterEffect, Msg, News, Part};
use crate::program::model::{Model, Scope, Workspace};
use crate::program::{shortcuts, update_accept};
use crate::{invite, list, outbox, requests};

/// Carries a message out.
pub fn update(model: &mut Model, msg: Msg, environment: &Environment) -> Vec<Effect> {
    match msg {
        Msg::Compose(scope, msg) => {
            let is_drawn_apart = msg.is_drawn_apart();
            let update = |form: &mut invite::Model, context: &invite::Context| {
                invite::composer::update(form, msg, context)
            };
            let effects = with_invite(model, &scope, environment, update);
            let effects = effects.into_iter().map(|effect| invite_effect(&scope, effect));
            // First, because other effects go to what it draws.
            let effects = is_drawn_apart.then_some(Effect::Draw(Part::Invite)).into_iter().chain(effects);
            for_open(model, &scope, effects.collect())
        }
        Msg::Act(scope, msg) => {
            let update =
                |list: &mut list::Model, context: &list::Context| list::actions::update(list, msg, context);
            with_list(model, &scope, environment, update)
        }
        Msg::Outbox(scope, msg) => update_outbox(model, &scope, msg, environment.now),
        Msg::Accept(msg) => update_accept::update(model, msg, environment),
        Msg::Requests(scope, msg) => update_requests(model, &scope, msg),
        Msg::MembersPressed if model.opens_members => vec![],
        Msg::MembersPressed => {
            model.opens_members = true;
            vec![Effect::Later(LaterEffect::OpenMembers)]
        }
        Msg::ShortcutPressed(key) => shortcuts::press(model, key),
        Msg::LinkFound(scope, query) => open_link(scope, &query, environment),
        Msg::Retell => retell(model).into_iter().collect(),
        Msg::News(news) => vec![tell_news(model, &news)],
        Msg::ToastPressed => press_toast(model),
        Msg::Copied(is_copied) => {
            let (severity, message) = match is_copied {
                true => (Severity::Success, Message::BatchCopied),
                false => (Severity::Danger, Message::BatchNotCopied),
            };
            vec![tell(Toast::new(severity, model.words.say(message)))]
        }
        _ => vec![],
    }
}

fn update_outbox(model: &mut Model, scope: &Scope, msg: outbox::Msg, now: f64) -> Vec<Effect> {
    let is_it = |workspace: &&mut Workspace| workspace.scope.owner == scope.owner;
    let Some(workspace) = model.workspaces.iter_mut().find(is_it) else { return vec![] };
    let effects = outbox::update(&mut workspace.outbox, msg, now);
    let announcements = workspace.outbox.announcements(now);
    let effects = effects.into_iter().flat_map(|effect| outbox_effect(workspace, scope, effect));
    let mut effects: Vec<_> = effects.collect();
    let is_open = model.open.as_ref() == Some(scope);
    effects.extend(announcements.into_iter().filter(|_| is_open).map(|announcement| {
        let said = announcement_sentence(&model.words, announcement);
        Effect::Dispatch(Msg::Said(Speech::State(said)))
    }));
    effects
}

/// Updates the requests to join. Those of another session are gone: messages to them are dropped.
fn update_requests(model: &mut Model, scope: &Scope, msg: requests::Msg) -> Vec<Effect> {
    let Model { words, workspaces, .. } = model;
    let Some(workspace) = workspaces.iter_mut().find(|workspace| workspace.scope == *scope) else {
        return vec![];
    };
    let context = requests::Context { words };
    let effects = requests::update(workspace.requests.get_or_insert_default(), msg, &context);
    for_open(model, scope, effects.into_iter().map(|effect| requests_effect(scope, effect)).collect())
}

fn requests_effect(scope: &Scope, effect: requests::Effect) -> Effect {
    match effect {
        requests::Effect::ResumeIn(seconds) => {
            let resumed = Msg::Requests(scope.clone(), requests::Msg::Resumed);
            Effect::Sleep(seconds.saturating_mul(1000), Box::new(resumed))
        }
        // Who is a member is looked up anew for the addresses in the form.
        requests::Effect::TellJoined => {
            Effect::Dispatch(Msg::Invite(scope.clone(), invite::Msg::ListChanged))
        }
        requests::Effect::TellDenied => denied(scope),
        requests::Effect::Toast(toast) => Effect::Dispatch(Msg::Told(Some(toast))),
        requests::Effect::Focus(focus) => Effect::Focus(focus),
        requests::Effect::Call(call) => Effect::Later(LaterEffect::Requests(scope.clone(), call)),
    }
}

fn outbox_effect(workspace: &Workspace, scope: &Scope, effect: outbox::Effect) -> Vec<Effect> {
    vec![match effect {
        outbox::Effect::Execute(run, tasks) => Effect::Later(LaterEffect::Execute(scope.clone(), run, tasks)),
        outbox::Effect::Stop(run, why) => Effect::Later(LaterEffect::StopRun(scope.clone(), run, why)),
        outbox::Effect::SaveJournal => {
            Effect::Later(LaterEffect::SaveJournal(scope.clone(), journal_of(workspace)))
        }
        outbox::Effect::TellEnded(run, report) => {
            let is_denied = report.halted.as_ref().is_some_and(denies);
            let host =
                Effect::Later(LaterEffect::TellHost { invited: report.sent(), revoked: report.revoked() });
            let form = invite::ComposerMsg::RunEnded(run.clone(), report.clone());
            let list = list::ActionMsg::RunEnded(run, report);
            let told = [
                host,
                Effect::Dispatch(Msg::Compose(scope.clone(), form)),
                Effect::Dispatch(Msg::Act(workspace.scope.clone(), list)),
            ];
            return told.into_iter().chain(is_denied.then(|| denied(&workspace.scope))).collect();
        }
    }]
}

/// What would be left undone if the page were reloaded now: what is on its way, and what was on its way before the last
/// reload as long as it is not known what became of that.
fn journal_of(workspace: &Workspace) -> String {
    let running: Vec<_> = workspace.outbox.unfinished().map(journal::JournalEntry::from).collect();
    let unsettled = workspace.invite.composer.entries.all().iter().filter_map(|entry| match &entry.state {
        EntryState::Unsettled(journaled) => Some(journaled),
        _ => None,
    });
    journal::encode(running.iter().chain(unsettled))
}

fn tell(toast: Toast) -> Effect {
    Effect::Dispatch(Msg::Told(Some(toast)))
}

fn press_toast(model: &Model) -> Vec<Effect> {
    let action = model.toast.as_ref().and_then(|toast| toast.action.clone());
    let scope = model.current().map(|workspace| workspace.scope.clone());
    let Some((action, scope)) = action.zip(scope) else { return vec![] };
    let pressed = match action {
        ToastAction::InviteAgain(rows) => Msg::Act(scope, list::ActionMsg::InviteAgainPressed(rows)),
        ToastAction::ShowList => Msg::List(scope, list::Msg::ReloadPressed),
        ToastAction::Undo => Msg::Compose(scope, invite::ComposerMsg::UndoPressed),
    };
    vec![Effect::Dispatch(Msg::Told(None)), Effect::Dispatch(pressed)]
}

/// What a link says that the form is to be filled with. A link may say who is to be invited, never that it is done.
fn open_link(scope: Scope, query: &str, environment: &Environment) -> Vec<Effect> {
    let named = |name| named(query, name);
    // The `+` of `jane+news@example.com` is a plus: a blank within an address is never what a link means.
    let plus_kept = named(invite::LINK_PEOPLE).map(|people| people.replace('+', "%2B"));
    let Some(people) = plus_kept.as_deref().map(environment.decode) else { return vec![] };
    let role = named(invite::LINK_ROLE).map(environment.decode).map(RoleKey);
    let opened = Msg::Invite(scope, invite::Msg::LinkOpened { people, role });
    // It says so once: after a reload the form would have the people twice.
    vec![Effect::Dispatch(opened), Effect::ForgetLink]
}

/// Tells once more, in the reader's language, of what was left in the form: that is found as soon as code can read it, and the words may
/// come later.
fn retell(model: &Model) -> Option<Effect> {
    let shown = model.toast.as_ref().filter(|toast| toast.text == Message::DraftFound.english())?;
    Some(tell(Toast::new(shown.severity, model.words.say(Message::DraftFound))))
}

/// Tells of news. What has failed stays on screen until the reader has seen it: other news are then only read out.
fn tell_news(model: &Model, news: &News) -> Effect {
    let toast = news_toast(&model.words, news);
    let has_failed = |toast: &Toast| toast.severity == Severity::Danger;
    match &model.toast {
        Some(shown) if has_failed(shown) && !has_failed(&toast) => {
            Effect::Dispatch(Msg::Said(Speech::State(toast.text)))
        }
        _ => tell(toast),
    }
}

fn news_toast(words: &Words, news: &News) -> Toast {
    match news {
        News::Session(change) => change_toast(words, change),
        News::SwitchFailed(error) => {
            let reason = error_sentence(words, error);
            Toast::new(Severity::Danger, words.fill(Message::SwitchFailed, &[("reason", &reason)]))
        }
        News::RolesMigrate(true) => Toast::new(Severity::Warning, words.say(Message::RolesMigrating)),
        News::RolesMigrate(false) => Toast::new(Severity::Success, words.say(Message::ChangeMigrationOver)),
    }
}

fn change_toast(words: &Words, change: &Change) -> Toast {
    let of = |message, organization: &str| words.fill(message, &[("organization", organization)]);
    let (severity, text) = match change {
        Change::SignedOut => (Severity::Warning, words.say(Message::ChangeSignedOut)),
        Change::SignedIn(name) => (Severity::Info, words.fill(Message::ChangeSignedIn, &[("name", name)])),
        Change::Switched(name) => (Severity::Info, of(Message::ChangeSwitched, name)),
        Change::Left(name) => (Severity::Warning, of(Message::ChangeRemoved, name)),
        Change::RightLost(name) => (Severity::Warning, of(Message::ChangeRightLost, name)),
        Change::RightGained(name) => (Severity::Success, of(Message::ChangeRightGained, name)),
        Change::Renamed { before, after } => {
            (Severity::Info, words.fill(Message::ChangeRenamed, &[("before", before), ("after", after)]))
        }
    };
    Toast::new(severity, text)
}
