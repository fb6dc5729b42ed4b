//! Who may go where: from who is there to the screen that is for them.

use crate::browser::set_title;
use crate::clerk::{Client, Component};
use crate::components::{Icon, card, skeleton};
use crate::domain::{Presence, SessionTask};
use crate::hooks::{use_presence, use_words};
use crate::i18n::{Message, Words};
use crate::pages::clerk_host::ClerkScreen;
use crate::pages::organization::Organization;
use yew::prelude::*;

/// clerk-js, running.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// It.
    pub client: Client,
}

/// The screen for whoever is there.
#[function_component]
pub fn Gate(props: &Props) -> Html {
    let words = use_words();
    let presence = use_presence(&props.client);
    {
        let title = match &presence {
            Some(Presence::In(place)) => {
                words.fill(Message::PageTitleOf, &[("organization", &place.organization.name)])
            }
            _ => words.say(Message::PageTitle),
        };
        use_effect_with(title, |title| set_title(title));
    }
    match presence {
        None => skeleton(&words),
        Some(Presence::SignedOut) => html! {
            <main class="gate">
                <h1 class="visually-hidden">{ words.say(Message::SignIn) }</h1>
                <ClerkScreen component={Component::SignIn} class="sign-in" />
            </main>
        },
        Some(Presence::Task(task)) => task_screen(&words, task),
        Some(Presence::OrganizationsOff(_)) => {
            let body = html! {
                <>
                    <p>{ words.say(Message::OffText) }</p>
                    <p class="hint">{ words.say(Message::OffHint) }</p>
                </>
            };
            card(Icon::Info, &words.say(Message::OffTitle), body)
        }
        Some(Presence::NoOrganization(_)) => {
            let body = html! {
                <>
                    <p>{ words.say(Message::ChooseText) }</p>
                    <ClerkScreen component={Component::OrganizationSwitcher { open: false }} />
                </>
            };
            card(Icon::Switch, &words.say(Message::ChooseTitle), body)
        }
        Some(Presence::In(place)) => {
            let key = place.key();
            html! { <Organization {key} {place} /> }
        }
    }
}

fn task_screen(words: &Words, task: SessionTask) -> Html {
    let wanted = match &task {
        SessionTask::ChooseOrganization => words.say(Message::TaskOrganization),
        SessionTask::ResetPassword => words.say(Message::TaskPassword),
        SessionTask::SetUpMfa => words.say(Message::TaskMfa),
        SessionTask::Other(task) => words.fill(Message::TaskOther, &[("task", task)]),
    };
    let is_known = !matches!(task, SessionTask::Other(_));
    let body = html! {
        <>
            <p class="clip">{ wanted }</p>
            if is_known {
                <ClerkScreen component={Component::Task(task)} />
            } else {
                <p class="hint">{ words.say(Message::TaskHint) }</p>
            }
        </>
    };
    card(Icon::Lock, &words.say(Message::TaskTitle), body)
}
