//! Who may go where: from who is there to the screen that is for them.

use crate::browser::{set_title, show_skeleton};
use crate::clerk::Component;
use crate::components::{Icon, card, line};
use crate::domain::{Change, Presence, SessionTask};
use crate::hooks::{Desks, Said, Surroundings, Tone, use_presence};
use crate::i18n::{Message, Words};
use crate::pages::accept::accept;
use crate::pages::clerk_host::{ClerkHost, clerk_screen};
use crate::pages::organization::organization;
use crate::route::Route;
use yew::prelude::*;

/// Where one is.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What stands around the page.
    pub around: Surroundings,
    /// Which page it is.
    pub route: Route,
}

/// The screen for whoever is there.
#[function_component]
pub fn Gate(props: &Props) -> Html {
    let around = &props.around;
    let words = &around.words;
    let presence = use_presence(&around.client);
    let title = match &presence {
        Some(Presence::In(place)) => {
            words.fill(Message::PageTitleOf, &[("organization", &place.organization.name)])
        }
        _ => words.say(Message::PageTitle),
    };
    use_effect_with((title, presence.is_none()), |(title, is_waiting)| {
        set_title(title);
        show_skeleton(*is_waiting);
    });
    {
        // What was said of one organization must not stand under another; what is said from now on may.
        let (around, was) = (around.clone(), use_mut_ref(|| None::<Presence>));
        use_effect_with(presence.clone(), move |presence| {
            let Some(now) = presence.clone() else { return };
            let Some(before) = was.borrow_mut().replace(now.clone()) else { return };
            let change = Change::between(&before, &now, |organization| around.client.is_member(organization));
            match change {
                Some(change) => around.say.emit(Some(said(&around.words, &change))),
                None if before.key() != now.key() => around.say.emit(None),
                None => {}
            }
        });
    }
    {
        // Whoever signs out takes along what was being sent. A start that finds nobody is no such moment: the same person
        // may sign in again and wants to know what had gone out.
        let was_in = use_mut_ref(|| false);
        let is_in = matches!(presence, Some(Presence::In(_)));
        let is_out = matches!(presence, Some(Presence::SignedOut));
        use_effect_with((is_in, is_out), move |(is_in, is_out)| {
            let was_in = was_in.replace_with(|was_in| (*was_in || *is_in) && !is_out);
            if was_in && *is_out {
                Desks::signed_out();
            }
        });
    }
    let Some(presence) = presence else { return Html::default() };
    if props.route == Route::Accept && !matches!(presence, Presence::Task(_)) {
        return accept(around, &presence);
    }
    match presence {
        Presence::SignedOut => clerk_screen(around, Component::SignIn, Message::SignIn),
        Presence::Task(task) => task_screen(around, task),
        Presence::OrganizationsOff(_) => {
            let body = html! {
                <>
                    <p>{ line(words, Message::OffText) }</p>
                    <p class="hint">{ line(words, Message::OffHint) }</p>
                </>
            };
            card(Icon::Info, &words.say(Message::OffTitle), body)
        }
        Presence::NoOrganization(_) => {
            let body = html! {
                <>
                    <p>{ line(words, Message::ChooseText) }</p>
                    <ClerkHost around={around.clone()} component={Component::OrganizationSwitcher { open: false }} />
                </>
            };
            card(Icon::Switch, &words.say(Message::ChooseTitle), body)
        }
        Presence::In(place) => organization(around, &place),
    }
}

/// What is said of a change.
fn said(words: &Words, change: &Change) -> Said {
    let of = |message, organization: &str| words.fill(message, &[("organization", organization)]);
    let (tone, text) = match change {
        Change::SignedOut => (Tone::Warning, words.say(Message::ChangeSignedOut)),
        Change::SignedIn(name) => (Tone::Neutral, words.fill(Message::ChangeSignedIn, &[("name", name)])),
        Change::Switched(name) => (Tone::Neutral, of(Message::ChangeSwitched, name)),
        Change::Left(name) => (Tone::Warning, of(Message::ChangeRemoved, name)),
        Change::RightLost(name) => (Tone::Warning, of(Message::ChangeRightLost, name)),
        Change::RightGained(name) => (Tone::Success, of(Message::ChangeRightGained, name)),
        Change::Renamed { before, after } => {
            (Tone::Neutral, words.fill(Message::ChangeRenamed, &[("before", before), ("after", after)]))
        }
    };
    Said::new(tone, text)
}

fn task_screen(around: &Surroundings, task: SessionTask) -> Html {
    let words = &around.words;
    let wanted = match &task {
        SessionTask::ChooseOrganization => Message::TaskOrganization,
        SessionTask::ResetPassword => Message::TaskPassword,
        SessionTask::SetUpMfa => Message::TaskMfa,
        SessionTask::Other(_) => Message::TaskOther,
    };
    let key = wanted.key();
    let wanted = match &task {
        SessionTask::Other(task) => words.fill(wanted, &[("task", task)]),
        _ => words.say(wanted),
    };
    let is_known = !matches!(task, SessionTask::Other(_));
    let body = html! {
        <>
            <p class="clip">{ wanted }</p>
            if is_known {
                <ClerkHost {key} around={around.clone()} component={Component::Task(task)} />
            } else {
                <p class="hint">{ line(words, Message::TaskHint) }</p>
            }
        </>
    };
    card(Icon::Lock, &words.say(Message::TaskTitle), body)
}
