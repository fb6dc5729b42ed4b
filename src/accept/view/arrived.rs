//! The invitee belongs to an organization: says so and leads on.

use crate::accept::model::{Action, Arrival};
use crate::accept::update::Msg;
use crate::accept::view::account::account;
use crate::accept::view::frame::{View, screen};
use crate::domain::AuthState;
use crate::i18n::Message;
use crate::ui::{Icon, button, line, link};
use yew::prelude::*;

/// Draws where the invitee has come to, and the way on.
pub fn arrived(view: &View, arrival: &Arrival) -> Html {
    let words = view.words;
    let Arrival { organization, is_new } = arrival;
    let name = [("organization", &*organization.name)];
    let said = words.fill(if *is_new { Message::AcceptJoined } else { Message::AcceptMember }, &name);
    let is_active =
        matches!(view.auth, Some(AuthState::Active(active)) if active.organization.id == organization.id);
    let open = Action::Open(organization.id.clone());
    let body = html! {
        <>
            <p class="clip">{ said }</p>
            if is_active {
                { way_on(view) }
            } else {
                <div class="actions">
                    { view.acts("primary", &open, Msg::OpenPressed(organization.clone()),
                        &words.fill(Message::AcceptOpenOf, &name), None) }
                </div>
            }
            { view.failure(&open) }
            <div class="actions">
                { button("small", &words.say(Message::AcceptOthers), view.sends(Msg::OthersPressed)) }
            </div>
            { account(view, &[], "small") }
        </>
    };
    screen(Icon::Check, &words.fill(Message::AcceptWelcome, &name), body)
}

/// Where the deployer wants it; otherwise to the invitations, for those who may manage them.
fn way_on(view: &View) -> Html {
    let words = view.words;
    if let Some(url) = view.after_accept_url {
        // The browser follows it: it may lead out of this page.
        let href = url.to_owned();
        return html! {
            <div class="actions"><a class="button primary" {href}>{ line(words, Message::AcceptContinue) }</a></div>
        };
    }
    if view.may_manage {
        return html! { <div class="actions">{ link("primary", &words.say(Message::ToInvitations), "./") }</div> };
    }
    html! { <p class="hint">{ line(words, Message::AcceptClose) }</p> }
}
