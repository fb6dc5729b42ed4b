//! What an invitee does and what happens to them: the only place that changes the model.

use crate::accept::model::{Action, Arrival, Finding, Model};
use crate::accept::screen::{Screen, viewer};
use crate::accept::service::{PublicOrganization, Received, ReceivedInvitation, SuggestionId};
use crate::accept::ticket::{Link, LinkStatus, Refusal, Ticket};
use crate::domain::{AuthState, Error, Event, InvitationId, OrganizationId, Question, Remote, Viewer};
use crate::feedback::{Focus, FocusWhen, ids};

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Another person is signed in, another organization is active, or the address has changed.
    WorldChanged,
    /// Clerk does not take the ticket.
    TicketRefused(Refusal),
    /// The ticket is to be tried once more.
    TicketRetried,
    /// Clerk has answered what can be chosen from.
    Received(Question<Viewer>, Result<Received, Error>),
    /// That is to be asked again.
    RetryPressed,
    /// The invitee wants to join.
    JoinPressed(InvitationId),
    /// The invitee is a member of the organization, or is not.
    Joined(ReceivedInvitation, Result<(), Error>),
    /// The invitee wants to ask for being let in.
    RequestPressed(SuggestionId),
    /// That was asked, or was not.
    Requested(SuggestionId, Result<(), Error>),
    /// The invitee wants to go to an organization.
    OpenPressed(PublicOrganization),
    /// It is the active one, or is not.
    Opened(OrganizationId, Result<(), Error>),
    /// The invitee wants to see what else there is to choose from.
    OthersPressed,
    /// The invitee wants to go on with another account that is signed in to.
    SwitchPressed(String),
    /// That account is the active one, or is not.
    Switched(String, Result<(), Error>),
    /// The invitee wants to sign out: to go on with the same link, when it is `kept`.
    SignOutPressed {
        /// Whether the link is followed again.
        is_link_kept: bool,
    },
    /// Nobody is signed in any more, or the same person still is.
    SignedOut(Result<(), Error>),
}

/// What the runner does.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Tells from now on when Clerk refuses a ticket.
    HearRefusals,
    /// Puts `sign_in` in the place of the address's status: Clerk's sign-in form leads away when it finds `sign_up` there.
    SayThatThereIsAnAccount,
    /// Asks Clerk what can be chosen from.
    Receive(Question<Viewer>, Option<Ticket>),
    /// Accepts an invitation.
    Join(ReceivedInvitation),
    /// Asks to join a suggested organization.
    Request(SuggestionId),
    /// Makes an organization the active one.
    Open(OrganizationId),
    /// Makes another session the active one.
    Switch(String),
    /// Signs out.
    SignOut {
        /// Whether the address stays as it is.
        is_link_kept: bool,
    },
    /// Goes to the address where nothing but the account decides what is shown.
    GoToChoice,
    /// Takes back what the status line says: the invitee has just done that.
    HushToast,
    /// Moves the keyboard.
    Focus(Focus),
}

/// What an update is decided by.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Who is signed in, and where; `None` while clerk-js has not said so.
    pub auth: Option<&'a AuthState>,
    /// What the address says.
    pub link: Link,
    /// Whether the address is the one that invitees are sent to, rather than the admin's page.
    pub is_invitees_page: bool,
}

/// Carries a message out.
pub fn update(model: &mut Model, msg: Msg, context: &Context) -> Vec<Effect> {
    match msg {
        Msg::WorldChanged => world_changed(model, context),
        Msg::TicketRefused(refusal) => ticket_refused(model, refusal, context),
        Msg::TicketRetried => {
            model.refusal = None;
            vec![]
        }
        Msg::Received(question, answer) => received(model, question, answer, context),
        Msg::RetryPressed => reload(model),
        Msg::JoinPressed(id) => {
            let invitations =
                model.known().map(|received| received.invitations.as_slice()).unwrap_or_default();
            let Some(invitation) = invitations.iter().find(|one| one.id == id).cloned() else {
                return vec![];
            };
            start(model, Action::Join(id), Effect::Join(invitation))
        }
        Msg::Joined(invitation, answer) => joined(model, invitation, answer),
        Msg::RequestPressed(id) => start(model, Action::Request(id.clone()), Effect::Request(id)),
        Msg::Requested(id, answer) => {
            if end(model, Action::Request(id.clone()), answer) {
                model.requested.push(id);
            }
            vec![]
        }
        Msg::OpenPressed(organization) => open_pressed(model, organization, context),
        Msg::Opened(id, answer) => {
            let has_arrived = model.arrival.as_ref().is_some_and(|arrival| arrival.organization.id == id);
            let is_open = end(model, Action::Open(id), answer);
            if is_open && has_arrived { vec![Effect::Focus(Focus::to(ids::ACCEPT))] } else { vec![] }
        }
        Msg::OthersPressed => {
            (model.arrival, model.given) = (None, None);
            // Without its ticket the address is another one: that is asked about anew when it has changed.
            let asked = if model.link.ticket.is_none() { reload(model) } else { vec![] };
            asked.into_iter().chain([Effect::GoToChoice]).collect()
        }
        Msg::SwitchPressed(session) => start(model, Action::Switch(session.clone()), Effect::Switch(session)),
        Msg::Switched(session, answer) => {
            end(model, Action::Switch(session), answer);
            vec![]
        }
        Msg::SignOutPressed { is_link_kept } => {
            start(model, Action::SignOut, Effect::SignOut { is_link_kept })
        }
        Msg::SignedOut(answer) => {
            end(model, Action::SignOut, answer);
            vec![]
        }
    }
}

fn world_changed(model: &mut Model, context: &Context) -> Vec<Effect> {
    if model.link != context.link {
        let is_other_ticket = model.link.ticket != context.link.ticket;
        model.link = context.link.clone();
        if is_other_ticket && !model.link.is_done() {
            // What was read so far was not read for this ticket.
            (model.refusal, model.arrival, model.received) = (None, None, None);
            model.failures.clear();
        }
    }
    // What another tab has done is news, what the invitee has just done is not.
    let hush = model.running.is_some().then_some(Effect::HushToast);
    let effects = match (context.auth, viewer(context.auth)) {
        (_, Some(viewer)) => signed_in(model, viewer),
        (Some(AuthState::SignedOut), _) => signed_out(model),
        _ => vec![],
    };
    hush.into_iter().chain(effects).collect()
}

/// Nobody is signed in: Clerk's form gets the ticket.
fn signed_out(model: &mut Model) -> Vec<Effect> {
    let was_signed_in = model.received.take().is_some();
    forget_account(model);
    // Clerk's form takes the ticket off the address when it is used up, and only then clerk-js tells of the session.
    if was_signed_in || model.link.ticket.is_some() {
        model.given = model.link.ticket.clone();
    }
    let hears = std::mem::replace(&mut model.hears_refusals, true);
    if hears { vec![] } else { vec![Effect::HearRefusals] }
}

fn signed_in(model: &mut Model, viewer: &Viewer) -> Vec<Effect> {
    let next = match &model.received {
        None => Some(Remote::new(viewer.clone())),
        // What another account was offered is nobody else's business, not even while its successor is asked for.
        Some(received) if !received.is_about(viewer) => Some(Remote::new(viewer.clone())),
        Some(_) => None,
    };
    let Some(next) = next else { return vec![] };
    forget_account(model);
    model.received = Some(next);
    ask(model)
}

/// What another account was doing is over: its answers are dropped when they come.
fn forget_account(model: &mut Model) {
    (model.running, model.arrival) = (None, None);
    model.requested.clear();
    model.failures.clear();
}

fn reload(model: &mut Model) -> Vec<Effect> {
    let Some(next) = model.received.as_ref().and_then(|received| received.after(Event::Reload)) else {
        return vec![];
    };
    model.received = Some(next);
    ask(model)
}

fn ask(model: &Model) -> Vec<Effect> {
    let question = model.received.as_ref().and_then(|received| received.asked.clone());
    question.map(|question| Effect::Receive(question, model.ticket().cloned())).into_iter().collect()
}

fn ticket_refused(model: &mut Model, refusal: Refusal, context: &Context) -> Vec<Effect> {
    // Another answer may have come first, and a form without a ticket has its own refusals.
    if model.link.ticket.is_none() || !matches!(model.screen(context.auth), Screen::Form(..)) {
        return vec![];
    }
    let is_about_account = |refusal: Refusal| matches!(refusal, Refusal::NoAccount | Refusal::AccountExists);
    // Each form may say that the other one is right.
    let is_contradiction = is_about_account(refusal) && model.refusal.is_some_and(|before| before != refusal);
    model.refusal = Some(if is_contradiction { Refusal::Invalid } else { refusal });
    match model.refusal {
        Some(Refusal::AccountExists) if model.link.status == LinkStatus::SignUp => {
            vec![Effect::SayThatThereIsAnAccount]
        }
        Some(Refusal::NoAccount | Refusal::AccountExists) => vec![],
        _ => vec![Effect::Focus(Focus::to(ids::ACCEPT))],
    }
}

fn received(
    model: &mut Model,
    question: Question<Viewer>,
    answer: Result<Received, Error>,
    context: &Context,
) -> Vec<Effect> {
    let next = model.received.as_ref().and_then(|received| received.after(Event::Answered(question, answer)));
    let Some(next) = next else { return vec![] };
    model.received = Some(next);
    let found = model.given.as_ref().zip(model.known()).map(|(ticket, received)| received.find(ticket));
    let Some(Finding::Member(organization)) = found else { return vec![read_out()] };
    // The form was given the ticket, and Clerk lists the membership: the invitee has joined.
    let organization = organization.clone();
    model.given = None;
    arrive(model, organization, true, context)
}

/// Clerk's form, or the button that was pressed, has given way to what there is to choose from: the keyboard would be nowhere.
fn read_out() -> Effect {
    Effect::Focus(Focus { to: ids::ACCEPT.to_owned(), when: FocusWhen::On(vec![]), scrolls: false })
}

fn joined(model: &mut Model, invitation: ReceivedInvitation, answer: Result<(), Error>) -> Vec<Effect> {
    let action = Action::Join(invitation.id);
    if !end(model, action.clone(), answer) {
        // The invitation of the link has ended since it was read: how, Clerk's list says.
        let has_ended = model.failure(&action).is_some_and(Error::is_news);
        return if has_ended && model.ticket().is_some() { reload(model) } else { vec![] };
    }
    let organization = invitation.organization;
    let id = organization.id.clone();
    model.arrival = Some(Arrival { organization, is_new: true });
    start(model, Action::Open(id.clone()), Effect::Open(id))
}

/// The invitee has come to an organization: it becomes the active one unless it is.
fn arrive(
    model: &mut Model,
    organization: PublicOrganization,
    is_new: bool,
    context: &Context,
) -> Vec<Effect> {
    let id = organization.id.clone();
    model.arrival = Some(Arrival { organization, is_new });
    let is_active = matches!(context.auth, Some(AuthState::Active(active)) if active.organization.id == id);
    if is_active {
        return vec![Effect::Focus(Focus::to(ids::ACCEPT))];
    }
    start(model, Action::Open(id.clone()), Effect::Open(id))
}

fn open_pressed(model: &mut Model, organization: PublicOrganization, context: &Context) -> Vec<Effect> {
    if model.running.is_some() {
        return vec![];
    }
    if context.is_invitees_page {
        let is_new = model
            .arrival
            .as_ref()
            .is_some_and(|arrival| arrival.is_new && arrival.organization.id == organization.id);
        return arrive(model, organization, is_new, context);
    }
    // The admin's page shows itself what the viewer may do there.
    let id = organization.id;
    start(model, Action::Open(id.clone()), Effect::Open(id))
}

/// Begins an action, unless one is under way.
fn start(model: &mut Model, action: Action, effect: Effect) -> Vec<Effect> {
    if model.running.is_some() {
        return vec![];
    }
    model.failures.retain(|(failed, _)| *failed != action);
    model.running = Some(action);
    vec![effect]
}

/// Ends an action: whether it has succeeded. The answer to an action of an account that was left comes too late.
fn end(model: &mut Model, action: Action, answer: Result<(), Error>) -> bool {
    if model.running.as_ref() != Some(&action) {
        return false;
    }
    model.running = None;
    let failure = answer.err().map(|error| (action, error));
    let is_done = failure.is_none();
    model.failures.extend(failure);
    is_done
}

#[cfg(test)]
mod tests;
