//! Inviting somebody.

use crate::browser::{after, has_focus_or_none_has, lowercase, place_focus};
use crate::clerk::OrganizationInvitations;
use crate::components::{Form, Icon, Problems, button, icon, ids, invite_form, line, notice};
use crate::domain::sending;
use crate::domain::{Email, Error, Field, Invitation, Known, Reason, RoleKey, Roles, Sent};
use crate::hooks::{Said, Surroundings, Tone, use_action};
use crate::i18n::{Message, Words, email_problem, error_sentence, problem_sentence};
use std::rc::Rc;
use yew::platform::spawn_local;
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

/// What was typed and picked, and what the form says of it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    email: String,
    picked: Option<RoleKey>,
    problems: Problems,
    notice: Option<(Tone, String, Message)>,
}

enum Edit {
    Email(String),
    Role(RoleKey),
    /// Said of what stands in the form, which stays.
    Said(Problems, Option<(Tone, String, Message)>),
    /// It was sent.
    Sent,
}

impl Reducible for Draft {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let mut next = Self::clone(&self);
        next.notice = None;
        match edit {
            // What was wrong with the old text is not what is wrong with the new one.
            Edit::Email(email) => (next.email, next.problems.email) = (email, None),
            Edit::Role(role) => (next.picked, next.problems.role) = (Some(role), None),
            Edit::Said(problems, notice) => (next.problems, next.notice) = (problems, notice),
            // The role stays: people invite several at the same role.
            Edit::Sent => next = Self { picked: next.picked, ..Self::default() },
        }
        Rc::new(next)
    }
}

/// The form with what became of it.
#[function_component]
pub fn Invite(props: &Props) -> Html {
    let Surroundings { words, say, .. } = &props.around;
    let draft = use_reducer_eq(Draft::default);
    let here = use_node_ref();
    let roles = props.roles.value();
    let preselected = roles.and_then(|roles| roles.preselected()).map(|role| role.key.clone());
    // A picked role that has gone from the set is picked no longer.
    let picked = draft.picked.clone().filter(|key| roles.is_some_and(|roles| roles.find(key).is_some()));
    let role = picked.or(preselected);

    let done = {
        let (words, say, edit, here) = (words.clone(), say.clone(), draft.dispatcher(), here.clone());
        let (on_sent, on_changed) = (props.on_sent.clone(), props.on_changed.clone());
        let on_retry_roles = props.on_retry_roles.clone();
        Callback::from(move |(asked, sent): (Email, Sent)| {
            // The organization was switched meanwhile: address bar and keyboard belong to another form by now.
            if here.get().is_none() {
                return say.emit(Some(parting(&words, &asked, &sent)));
            }
            let mut focus = ids::EMAIL;
            match &sent {
                Sent::Proved(_) | Sent::Found(_) => {
                    edit.dispatch(Edit::Sent);
                    say.emit(Some(parting(&words, &asked, &sent)));
                }
                Sent::NotSent(error) | Sent::Missing(error) => {
                    let kept =
                        if error.leaves_doubt() { Message::InviteMissing } else { Message::InviteKept };
                    let (problems, notice);
                    (problems, notice, focus) = refusal(&words, error, kept);
                    edit.dispatch(Edit::Said(problems, notice));
                    if error.says(Reason::RoleGone) || error.says(Reason::RoleMigration) {
                        on_retry_roles.emit(());
                    }
                }
                Sent::Unknown(_) => {
                    let text = parting(&words, &asked, &sent).text;
                    let notice = (Tone::Warning, text, Message::InviteUnknownHint);
                    edit.dispatch(Edit::Said(Problems::default(), Some(notice)));
                }
            }
            // Not before the form is drawn as one that sends no more: until then the roles are out of use, and what is out
            // of use takes no keyboard.
            spawn_local(async move {
                after(0).await;
                if has_focus_or_none_has(&[ids::EMAIL, ids::ROLE, ids::SEND]) {
                    place_focus(focus);
                }
            });
            match sent {
                Sent::Proved(invitation) => on_sent.emit(invitation),
                // Refused because it is pending already: then the list on screen is not the newest.
                Sent::NotSent(error) if !error.says(Reason::AlreadyInvited) => {}
                _ => on_changed.emit(()),
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
        let (words, say, edit, run) = (words.clone(), say.clone(), draft.dispatcher(), send.run.clone());
        let (email, role) = (draft.email.clone(), role.clone());
        Callback::from(move |()| match (Email::parse(&email, lowercase), role.clone()) {
            (Ok(address), Some(role)) => {
                edit.dispatch(Edit::Said(Problems::default(), None));
                // What was said of the one before must not stand beside what is said of this one.
                say.emit(None);
                run.emit((address, role));
            }
            (address, role) => {
                let problems = Problems {
                    email: address.err().map(|problem| email_problem(&words, problem)),
                    role: role.is_none().then(|| words.say(Message::RoleMissing)),
                };
                place_focus(if problems.email.is_some() { ids::EMAIL } else { ids::ROLE });
                edit.dispatch(Edit::Said(problems, None));
            }
        })
    };
    let edit = draft.dispatcher();
    let on_email = Callback::from(move |email| edit.dispatch(Edit::Email(email)));
    let edit = draft.dispatcher();
    let on_role = Callback::from(move |role| edit.dispatch(Edit::Role(role)));
    let form = Form {
        email: draft.email.clone(),
        role,
        roles: props.roles.clone(),
        problems: draft.problems.clone(),
        is_sending: send.is_running,
        on_email,
        on_role,
        on_send,
        on_retry_roles: props.on_retry_roles.clone(),
    };
    html! {
        <section ref={here} class="panel" aria-labelledby="invite-heading">
            <h2 id="invite-heading">{ line(words, Message::InviteTitle) }</h2>
            if roles.is_some_and(|roles| roles.migrating) {
                { migrating(words, &props.on_retry_roles) }
            }
            if let Some((tone, text, hint)) = &draft.notice {
                { notice(*tone, true, text, Some(&words.say(*hint)), Html::default()) }
            }
            { invite_form(words, &form) }
        </section>
    }
}

/// What became of an invitation, in one sentence that names the address: it may no longer stand in any box.
fn parting(words: &Words, asked: &Email, sent: &Sent) -> Said {
    let of = |message| words.fill(message, &[("email", asked.as_str())]);
    match sent {
        Sent::Proved(_) => Said { tone: Tone::Success, text: of(Message::InviteSent) },
        Sent::Found(_) => Said { tone: Tone::Success, text: of(Message::InviteFound) },
        Sent::Unknown(_) => Said { tone: Tone::Warning, text: of(Message::InviteUnknown) },
        Sent::NotSent(error) | Sent::Missing(error) => {
            let text = ["\u{2068}", asked.as_str(), "\u{2069}: ", &error_sentence(words, error)].concat();
            Said { tone: Tone::Danger, text }
        }
    }
}

fn migrating(words: &Words, on_retry: &Callback<()>) -> Html {
    html! {
        <div class="notice warning">
            { icon(Icon::Lock) }
            <div>
                <p>{ line(words, Message::RolesMigrating) }</p>
                <p class="hint">{ line(words, Message::RolesMigratingHint) }</p>
            </div>
            { button("small", &words.say(Message::Retry), on_retry.reform(|_| ())) }
        </div>
    }
}

/// A refusal: each reason at the field that it is about, the rest above the form, and where the keyboard goes: to what
/// has to change.
fn refusal(
    words: &Words,
    error: &Error,
    kept: Message,
) -> (Problems, Option<(Tone, String, Message)>, &'static str) {
    let at = |field: Field| {
        let Error::Refused(problems) = error else { return None };
        let about = problems.iter().filter(|problem| problem.field == field);
        let sentences: Vec<_> = about.map(|problem| problem_sentence(words, problem)).collect();
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
    (problems, rest.map(|text| (Tone::Danger, text, kept)), focus)
}
