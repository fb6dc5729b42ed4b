//! Where the link in an invitation's mail leads.

use crate::browser::query;
use crate::clerk::{Client, Component};
use crate::components::{Icon, card};
use crate::domain::Presence;
use crate::domain::view::named;
use crate::hooks::{use_presence, use_words};
use crate::i18n::Message;
use crate::pages::clerk_host::ClerkScreen;
use crate::route::Route;
use yew::prelude::*;
use yew_router::components::Link;

/// clerk-js, running.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// It.
    pub client: Client,
}

/// Hands the ticket to Clerk's own component, which takes it from the address.
#[function_component]
pub fn Accept(props: &Props) -> Html {
    let words = use_words();
    let presence = use_presence(&props.client);
    let query = query();
    let status = named(&query, "__clerk_status").unwrap_or_default();
    let has_ticket = named(&query, "__clerk_ticket").is_some_and(|ticket| !ticket.is_empty());
    let signed_in = match presence {
        Some(Presence::In(place)) => Some(place.viewer),
        Some(Presence::NoOrganization(viewer) | Presence::OrganizationsOff(viewer)) => Some(viewer),
        _ => None,
    };
    let text = match (&signed_in, status) {
        (_, "complete") => words.say(Message::AcceptDone),
        // Clerk's component would let the ticket of somebody who is signed in already lapse without a word.
        (Some(viewer), _) => words.fill(Message::AcceptSignedIn, &[("name", &viewer.name)]),
        (None, _) if !has_ticket => words.say(Message::AcceptNone),
        (None, "sign_up") => return screen(Component::SignUp, &words.say(Message::SignUp)),
        (None, _) => return screen(Component::SignIn, &words.say(Message::SignIn)),
    };
    let body = html! {
        <>
            <p class="clip">{ text }</p>
            <div class="actions">
                <Link<Route> to={Route::Home} classes="button primary">{ words.say(Message::ToInvitations) }</Link<Route>>
            </div>
        </>
    };
    card(Icon::Mail, &words.say(Message::AcceptTitle), body)
}

fn screen(component: Component, heading: &str) -> Html {
    html! {
        <main class="gate">
            <h1 class="visually-hidden">{ heading }</h1>
            <ClerkScreen {component} class="sign-in" />
        </main>
    }
}
