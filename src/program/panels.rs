//! Draws the two parts of a workspace: the form and the list.

use crate::browser;
use crate::feedback::{Severity, ids};
use crate::i18n::Message;
use crate::program::messages::Msg;
use crate::program::messages::Part;
use crate::program::model::{Chunk, Lazy, Model, Scope, Workspace};
use crate::program::store::Program;
use crate::ui::{notice, usable_button};
use crate::{accept, invite, list, requests};
use yew::prelude::*;

/// Draws a part of a workspace; `dialog` is the node of its dialog.
pub fn panel(program: &Program, scope: &Scope, part: Part, dialog: NodeRef) -> Html {
    program.read(|model| {
        let Some(workspace) = workspace(model, scope) else { return Html::default() };
        if part == Part::Invite && !model.draws_form() {
            return awaited_form(program, model, workspace);
        }
        let draw = if part == Part::Invite { draw_form } else { draw_list };
        draw(program, model, workspace, dialog)
    })
}

/// Whether a part of a workspace asks something in its dialog.
pub fn asks(program: &Program, scope: &Scope, part: Part) -> bool {
    let asks = |workspace: &Workspace| match part {
        Part::Invite => workspace.invite.composer.question.is_some(),
        _ => {
            let is_asked = |requests: &requests::Model| requests.asking.is_some();
            workspace.list.actions.dialog.is_some() || workspace.requests.as_ref().is_some_and(is_asked)
        }
    };
    program.read(|model| workspace(model, scope).is_some_and(asks))
}

/// What stands in the place of the form until that is drawn.
fn awaited_form(program: &Program, model: &Model, workspace: &Workspace) -> Html {
    if model.lazy(Chunk::Form).has_failed() {
        return html! { <div id={ids::NO_FORM}>{ lazy(program, model, Chunk::Form) }</div> };
    }
    let heading = model.words.say(Message::InviteTitle);
    let placeholder = program.mount().form_placeholder(&heading, workspace.has_no_invitation());
    placeholder.map_or_else(Html::default, Html::VRef)
}

fn draw_form(program: &Program, model: &Model, workspace: &Workspace, dialog: NodeRef) -> Html {
    let scope = &workspace.scope;
    let view = invite::view::View {
        words: &model.words,
        model: &workspace.invite,
        outbox: &workspace.outbox,
        is_online: model.is_online,
        roles: &workspace.roles.known,
        seats: workspace.seats(),
        now: browser::monotonic_now(),
        has_shortcuts: program.config().has_shortcuts,
        dialog,
        on: on(program, scope, Msg::Invite),
        on_transferred: {
            let (program, scope) = (program.clone(), scope.clone());
            Callback::from(move |transferred| program.bring(&scope, transferred))
        },
        is_dragged_over: model.is_dragged_over,
        is_first: workspace.has_no_invitation(),
        on_focus: program.callback(|_| Msg::Wanted(Chunk::Later)),
        on_retry_roles: {
            let scope = scope.clone();
            program.callback(move |_| Msg::RolesWanted(scope.clone()))
        },
    };
    let parts = match program.later() {
        Some(later) => (later.draw_composer)(&view),
        None => invite::view::Parts { below: lazy(program, model, Chunk::Later), ..Default::default() },
    };
    invite::view::form(&view, parts)
}

fn draw_list(program: &Program, model: &Model, workspace: &Workspace, dialog: NodeRef) -> Html {
    let view = list::view::View {
        mount: program.mount(),
        words: &model.words,
        model: &workspace.list,
        outbox: &workspace.outbox,
        is_online: model.is_online,
        roles: workspace.known_roles(),
        membership: &workspace.active.membership,
        usual_size: model.usual_size,
        now: browser::monotonic_now(),
        today: browser::wall_clock(),
        has_shortcuts: program.config().has_shortcuts,
        draw_row: program.later().map(|later| later.draw_row),
        dialog,
        on: on(program, &workspace.scope, Msg::List),
    };
    let around = match program.later() {
        Some(later) => (later.draw_around)(program, model, workspace, &view),
        None => list::view::Around {
            below: lazy(program, model, Chunk::Later),
            is_awaited: !model.later.has_failed(),
            ..Default::default()
        },
    };
    list::view::panel(&view, around)
}

/// The invitee's side. Not a component: it is drawn with the frame, which it takes the place of.
pub fn accept_screen(program: &Program, model: &Model) -> Html {
    let Some((later, client)) = program.later().zip(program.client()) else {
        let is_waiting = !model.later.has_failed();
        return html! {
            <main class="gate" aria-busy={is_waiting.then_some("true")}>
                if is_waiting { <div class="host sign-in"></div> } else { { lazy(program, model, Chunk::Later) } }
            </main>
        };
    };
    (later.draw_invitee)(&accept::view::View {
        words: &model.words,
        mount: program.mount(),
        client: &client,
        model: &model.accept,
        auth: model.session.auth.as_ref(),
        is_invitees_page: model.address.is_accept,
        may_manage: model.session.managed().is_some(),
        after_accept_url: program.config().after_accept_url.as_deref(),
        on_sign_in: program.signs_in_elsewhere().then(|| program.callback(|_| Msg::SignInPressed)),
        on: program.callback(Msg::Accept),
    })
}

fn workspace<'a>(model: &'a Model, scope: &Scope) -> Option<&'a Workspace> {
    model.workspaces.iter().find(|workspace| workspace.scope == *scope)
}

/// Sends messages of a feature in a workspace.
pub(super) fn on<M: 'static>(program: &Program, scope: &Scope, message: fn(Scope, M) -> Msg) -> Callback<M> {
    let scope = scope.clone();
    program.callback(move |msg| message(scope.clone(), msg))
}

/// Draws what stands in the place of code that has not arrived.
pub fn lazy(program: &Program, model: &Model, chunk: Chunk) -> Html {
    let state = model.lazy(chunk);
    let (text, label) = match state {
        Lazy::Failed | Lazy::Retried => (Message::LaterFailed, Message::Retry),
        Lazy::Outdated => (Message::LaterOutdated, Message::Reload),
        Lazy::Unwanted | Lazy::Loading | Lazy::Here => return Html::default(),
    };
    let is_outdated = state == Lazy::Outdated;
    let pressed = move |_| if is_outdated { Msg::ReloadPressed } else { Msg::RetryPressed(chunk) };
    let is_usable = state != Lazy::Retried;
    let act = usable_button("small", &model.words.say(label), is_usable, program.callback(pressed));
    // It becomes news again when another try has failed.
    notice(Severity::Danger, is_usable, &model.words.say(text), None, act)
}
