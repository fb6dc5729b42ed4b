//! The frame around a workspace: the organization, and the buttons for another one and for the account.

use crate::browser::place_focus_near;
use crate::domain::{ActiveOrganization, Rights};
use crate::feedback::ids;
use crate::i18n::{Message, Words};
use crate::session::Opener;
use crate::ui::{Icon, button, classed, icon, initials, line};
use yew::prelude::*;

/// Draws the header, with the `seats` of the organization where they are known, and below it `content`. Another user, session
/// or organization is drawn from scratch.
pub fn frame(
    words: &Words,
    active: &ActiveOrganization,
    seats: Option<Html>,
    openers: Html,
    content: Html,
) -> Html {
    html! {
        <div class="page" key={active.scope_key()}>
            if active.membership.rights == Rights::Manage { { skip_link(words) } }
            { header(words, active, seats, openers) }
            <main class="main">{ content }</main>
        </div>
    }
}

/// Draws the way past the form, for those who come by keyboard: it shows when it has the focus.
fn skip_link(words: &Words) -> Html {
    let onclick = Callback::from(|event: MouseEvent| place_focus_near(&event, ids::LIST));
    button("skip", &words.say(Message::PageSkip), onclick)
}

/// Draws name and logo, and two buttons that become Clerk's components when they are pressed: their bundle is many times
/// as large as this page, and most visits need none of it.
fn header(words: &Words, active: &ActiveOrganization, seats: Option<Html>, openers: Html) -> Html {
    let organization = &active.organization;
    html! {
        <header class="header">
            if let Some(src) = organization.image.clone() {
                <img class="avatar" {src} alt="" width="40" height="40" />
            } else {
                <span class="avatar" aria-hidden="true">{ initials(&organization.name) }</span>
            }
            <div class="title">
                <h1 class="clip" title={organization.name.clone()}>{ &organization.name }</h1>
                { seats.unwrap_or_else(|| html! { <p class="muted">{ line(words, Message::HeaderLead) }</p> }) }
            </div>
            <div class="header-actions">{ openers }</div>
        </header>
    }
}

/// Draws the button that opens Clerk's own dialog with the members.
pub fn members(words: &Words, is_loading: bool, onclick: Callback<MouseEvent>) -> Html {
    header_button("square", Icon::People, &words.say(Message::RightManage), is_loading, onclick)
}

/// Draws the button that becomes one of Clerk's components when it is pressed.
pub fn opener(
    words: &Words,
    active: &ActiveOrganization,
    opener: Opener,
    is_loading: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    match opener {
        Opener::Switcher => {
            header_button("", Icon::Switch, &words.say(Message::HeaderSwitch), is_loading, onclick)
        }
        Opener::Account => {
            let label = words.fill_plain(Message::HeaderAccount, &[("name", &active.viewer.name)]);
            header_button("square account", Icon::Account, &label, is_loading, onclick)
        }
    }
}

/// Of a `square` one the label is not to be seen.
fn header_button(
    shape: &'static str,
    shown: Icon,
    label: &str,
    is_loading: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let is_square = !shape.is_empty();
    let button = html! {
        <button
            class="button"
            type="button"
            title={is_square.then(|| label.to_owned())}
            aria-label={is_square.then(|| label.to_owned())}
            aria-disabled={is_loading.then_some("true")}
            {onclick}
        >
            if is_loading {
                <span class="spinner" aria-hidden="true"></span>
            } else {
                { icon(shown) }
            }
            if !is_square {
                { label }
            }
        </button>
    };
    classed(&["button ", shape].concat(), button)
}
