//! Inviting somebody.

use crate::browser::{lowercase, place_focus};
use crate::clerk::OrganizationInvitations;
use crate::components::{Form, Icon, Problems, icon, ids, invite_form, notice};
use crate::domain::sending;
use crate::domain::{Email, Error, Field, Invitation, Known, RoleKey, Roles, Sent};
use crate::hooks::{Said, Surroundings, Tone, use_action};
use crate::i18n::{Message, Words, email_problem, error_sentence, problem_sentence};
use yew::prelude::*;

/// What inviting needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What stands around the page.
    pub around: Surroundings,
    /// Where invitations are sent from.
    pub service: OrganizationInvitations,
    /// The roles, as far as they are known.
    pub roles: Known<Roles>,
    /// Ask for the roles again.
    pub on_retry_roles: Callback<()>,
    /// An invitation is pending, proved.
    pub on_sent: Callback<Invitation>,
    /// The list may have changed.
    pub on_changed: Callback<()>,
}

/// What a form says besides what it says at its fields.
#[derive(Clone, Debug, Default, PartialEq)]
struct Outcome {
    problems: Problems,
    notice: Option<(Tone, String, Message)>,
}

/// The form with what became of it.
#[function_component]
pub fn Invite(props: &Props) -> Html {
    let Surroundings { words, say, .. } = &props.around;
    let email = use_state_eq(String::new);
    let picked = use_state_eq(|| None::<RoleKey>);
    let outcome = use_state_eq(Outcome::default);
    let roles = props.roles.value();
    let preselected = roles.and_then(|roles| roles.preselected()).map(|role| role.key.clone());
    // A picked role that has gone from the set is picked no longer.
    let role =
        (*picked).clone().filter(|key| roles.is_some_and(|roles| roles.find(key).is_some())).or(preselected);

    let done = {
        let (words, say, email, outcome) = (words.clone(), say.clone(), email.setter(), outcome.setter());
        let (on_sent, on_changed) = (props.on_sent.clone(), props.on_changed.clone());
        Callback::from(move |(asked, sent): (Email, Sent)| match sent {
            Sent::Proved(invitation) => {
                email.set(String::new());
                outcome.set(Outcome::default());
                let text = words.fill(Message::InviteSent, &[("email", &invitation.email)]);
                say.emit(Said { tone: Tone::Success, text });
                on_sent.emit(invitation);
                place_focus(ids::EMAIL);
            }
            Sent::NotSent(error) => {
                let (refused, focus) = refusal(&words, &error);
                outcome.set(refused);
                place_focus(focus);
            }
            Sent::Unknown(_) => {
                let text = words.fill(Message::InviteUnknown, &[("email", asked.as_str())]);
                let notice = Some((Tone::Warning, text, Message::InviteUnknownHint));
                outcome.set(Outcome { notice, ..Outcome::default() });
                on_changed.emit(());
                place_focus(ids::EMAIL);
            }
        })
    };
    let service = props.service.clone();
    let send = use_action(
        move |(email, role): (Email, RoleKey)| {
            let service = service.clone();
            async move {
                let sent = sending::invite(&service, &email, &role).await;
                (email, sent)
            }
        },
        done,
    );
    let on_send = {
        let (words, email, outcome, run) = (words.clone(), email.clone(), outcome.setter(), send.run.clone());
        let role = role.clone();
        Callback::from(move |()| match (Email::parse(&email, lowercase), role.clone()) {
            (Ok(address), Some(role)) => {
                outcome.set(Outcome::default());
                run.emit((address, role));
            }
            (address, role) => {
                let problems = Problems {
                    email: address.err().map(|problem| email_problem(&words, problem)),
                    role: role.is_none().then(|| words.say(Message::RoleMissing)),
                };
                place_focus(if problems.email.is_some() { ids::EMAIL } else { ids::ROLE });
                outcome.set(Outcome { problems, notice: None });
            }
        })
    };
    let on_email = {
        let (email, outcome) = (email.setter(), outcome.clone());
        Callback::from(move |text| {
            email.set(text);
            // What was wrong with the old text is not what is wrong with the new one.
            outcome.set(Outcome {
                problems: Problems { email: None, ..outcome.problems.clone() },
                notice: None,
            });
        })
    };
    let on_role = {
        let (picked, outcome) = (picked.setter(), outcome.clone());
        Callback::from(move |key| {
            picked.set(Some(key));
            outcome
                .set(Outcome { problems: Problems { role: None, ..outcome.problems.clone() }, notice: None });
        })
    };
    let form = Form {
        email: (*email).clone(),
        role,
        roles: props.roles.clone(),
        problems: outcome.problems.clone(),
        is_sending: send.is_running,
        on_email,
        on_role,
        on_send,
        on_retry_roles: props.on_retry_roles.clone(),
    };
    html! {
        <section class="panel" aria-labelledby="invite-heading">
            <h2 id="invite-heading">{ words.say(Message::InviteTitle) }</h2>
            if roles.is_some_and(|roles| roles.migrating) {
                { migrating(words) }
            }
            if let Some((tone, text, hint)) = &outcome.notice {
                { notice(*tone, true, text, Some(&words.say(*hint)), Html::default()) }
            }
            { invite_form(words, &form) }
        </section>
    }
}

fn migrating(words: &Words) -> Html {
    html! {
        <div class="notice warning">
            { icon(Icon::Lock) }
            <div>
                <p>{ words.say(Message::RolesMigrating) }</p>
                <p class="hint">{ words.say(Message::RolesMigratingHint) }</p>
            </div>
        </div>
    }
}

/// A refusal, each reason at the field that it is about, and where the keyboard goes: to what has to change.
fn refusal(words: &Words, error: &Error) -> (Outcome, &'static str) {
    let at = |field: Field| {
        let Error::Refused(problems) = error else { return None };
        let sentences: Vec<_> = problems
            .iter()
            .filter(|problem| problem.field == field)
            .map(|problem| problem_sentence(words, problem))
            .collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    };
    let problems = Problems { email: at(Field::Email), role: at(Field::Role) };
    let rest = match error {
        Error::Refused(_) => at(Field::Form),
        other => Some(error_sentence(words, other)),
    };
    let focus = match (&problems.email, &problems.role) {
        (Some(_), _) => ids::EMAIL,
        (None, Some(_)) => ids::ROLE,
        (None, None) => ids::SEND,
    };
    let notice = rest.map(|text| (Tone::Danger, text, Message::InviteKept));
    (Outcome { problems, notice }, focus)
}
