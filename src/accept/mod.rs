//! Where the link in an invitation's mail leads.

use crate::clerk::{Client, Component};
use crate::domain::AuthState;
use crate::domain::query_string::named;
use crate::i18n::{Message, Words};
use crate::session::view::clerk_screen;
use crate::ui::{Icon, card, link};
use yew::prelude::*;

/// Hands the ticket to Clerk's own component, which takes it from the address. `query` is that of the address.
pub fn accept(words: &Words, client: &Client, auth: &AuthState, query: &str) -> Html {
    let status = named(query, "__clerk_status").unwrap_or_default();
    let has_ticket = named(query, "__clerk_ticket").is_some_and(|ticket| !ticket.is_empty());
    let signed_in = match auth {
        AuthState::Active(active) => Some(&active.viewer),
        AuthState::NoOrganization(viewer) | AuthState::OrganizationsOff(viewer) => Some(viewer),
        _ => None,
    };
    let text = match (&signed_in, status) {
        (_, "complete") => words.say(Message::AcceptDone),
        // Clerk's component would let the ticket of a person who is signed in already lapse without a word.
        (Some(viewer), _) => words.fill(Message::AcceptSignedIn, &[("name", &viewer.name)]),
        (None, _) if !has_ticket => words.say(Message::AcceptNone),
        (None, "sign_up") => return clerk_screen(words, client, Component::SignUp, Message::SignUp),
        (None, _) => return clerk_screen(words, client, Component::SignIn, Message::SignIn),
    };
    let body = html! {
        <>
            <p class="clip">{ text }</p>
            <div class="actions">{ link(&words.say(Message::ToInvitations), "./") }</div>
        </>
    };
    card(Icon::Mail, &words.say(Message::AcceptTitle), body)
}
