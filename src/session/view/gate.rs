//! Who may go where: the screen for everybody who is not at work in an organization.

use crate::clerk::{Client, Component};
use crate::domain::{AuthState, SessionTask};
use crate::i18n::{Message, Words};
use crate::session::view::clerk_host::{ClerkHost, clerk_screen};
use crate::ui::{Icon, button, card, line};
use yew::prelude::*;

/// Draws the screen for a viewer; nothing where an organization is active. `on_sign_in` leads to the deployer's own sign-in page,
/// where there is one.
pub fn gate(
    words: &Words,
    client: &Client,
    auth: &AuthState,
    on_sign_in: Option<Callback<MouseEvent>>,
) -> Html {
    match auth {
        AuthState::SignedOut => match on_sign_in {
            Some(on_sign_in) => sign_in_card(words, on_sign_in),
            None => clerk_screen(words, client, Component::SignIn, Message::SignIn),
        },
        AuthState::Task(task, _) => task_screen(words, client, task),
        AuthState::OrganizationsOff(_) => {
            let body = html! {
                <>
                    <p>{ line(words, Message::OffText) }</p>
                    <p class="hint">{ line(words, Message::OffHint) }</p>
                </>
            };
            card(Icon::Info, &words.say(Message::OffTitle), body)
        }
        // The invitee's side is for those without an organization.
        AuthState::NoOrganization(_) | AuthState::Active(_) => Html::default(),
    }
}

fn sign_in_card(words: &Words, on_sign_in: Callback<MouseEvent>) -> Html {
    let body = html! {
        <>
            <p>{ line(words, Message::SignInText) }</p>
            <div class="actions">{ button("primary", &words.say(Message::SignIn), on_sign_in) }</div>
        </>
    };
    card(Icon::Lock, &words.say(Message::SignInTitle), body)
}

fn task_screen(words: &Words, client: &Client, task: &SessionTask) -> Html {
    let message = match task {
        SessionTask::ChooseOrganization => Message::TaskOrganization,
        SessionTask::ResetPassword => Message::TaskPassword,
        SessionTask::SetUpMfa => Message::TaskMfa,
        SessionTask::Other(_) => Message::TaskOther,
    };
    let wanted = match task {
        SessionTask::Other(task) => words.fill(message, &[("task", task)]),
        _ => words.say(message),
    };
    let is_known = !matches!(task, SessionTask::Other(_));
    let body = html! {
        <>
            <p class="clip">{ wanted }</p>
            if is_known {
                <ClerkHost
                    key={message.english()}
                    words={words.clone()}
                    client={client.clone()}
                    component={Component::Task(task.clone())}
                />
            } else {
                <p class="hint">{ line(words, Message::TaskHint) }</p>
            }
        </>
    };
    card(Icon::Lock, &words.say(Message::TaskTitle), body)
}
