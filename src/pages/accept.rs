//! Where the link in an invitation's mail leads.

use crate::browser::query;
use crate::clerk::Component;
use crate::components::{Icon, card, link};
use crate::domain::Presence;
use crate::domain::view::named;
use crate::hooks::Surroundings;
use crate::i18n::Message;
use crate::pages::clerk_host::clerk_screen;
use yew::prelude::*;

/// Hands the ticket to Clerk's own component, which takes it from the address.
pub fn accept(around: &Surroundings, presence: &Presence) -> Html {
    let words = &around.words;
    let query = query();
    let status = named(&query, "__clerk_status").unwrap_or_default();
    let has_ticket = named(&query, "__clerk_ticket").is_some_and(|ticket| !ticket.is_empty());
    let signed_in = match presence {
        Presence::In(place) => Some(&place.viewer),
        Presence::NoOrganization(viewer) | Presence::OrganizationsOff(viewer) => Some(viewer),
        _ => None,
    };
    let text = match (&signed_in, status) {
        (_, "complete") => words.say(Message::AcceptDone),
        // Clerk's component would let the ticket of somebody who is signed in already lapse without a word.
        (Some(viewer), _) => words.fill(Message::AcceptSignedIn, &[("name", &viewer.name)]),
        (None, _) if !has_ticket => words.say(Message::AcceptNone),
        (None, "sign_up") => return clerk_screen(around, Component::SignUp, Message::SignUp),
        (None, _) => return clerk_screen(around, Component::SignIn, Message::SignIn),
    };
    let body = html! {
        <>
            <p class="clip">{ text }</p>
            <div class="actions">{ link(&words.say(Message::ToInvitations), "./") }</div>
        </>
    };
    card(Icon::Mail, &words.say(Message::AcceptTitle), body)
}
