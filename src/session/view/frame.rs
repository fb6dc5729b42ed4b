//! What stands around a workspace: the organization, and the ways to another one and to one's account.

use crate::clerk::{Client, Component};
use crate::domain::role::MANAGE;
use crate::domain::{ActiveOrganization, Rights};
use crate::i18n::{Message, Words};
use crate::session::view::opener::Opener;
use crate::ui::{Icon, button, fact, icon, initials, line};
use yew::prelude::*;

/// Draws the header, and below it `workspace`, or what the viewer lacks: with another try, where only Clerk's last answer
/// says that it is lacking. Another user, session or organization is drawn from scratch.
pub fn frame(
    words: &Words,
    client: &Client,
    active: &ActiveOrganization,
    workspace: Html,
    on_retry: Option<Callback<MouseEvent>>,
) -> Html {
    html! {
        <div class="page" key={active.scope_key()}>
            { header(words, client, active) }
            <main class="main">
                if active.membership.rights == Rights::Manage {
                    { workspace }
                } else {
                    { no_right(words, active, on_retry) }
                }
            </main>
        </div>
    }
}

/// Draws name and logo, and two buttons that become Clerk's components when they are pressed: their bundle is many times
/// as large as this page, and most visits need none of it.
fn header(words: &Words, client: &Client, active: &ActiveOrganization) -> Html {
    let ActiveOrganization { viewer, organization, .. } = active;
    let account = words.fill(Message::HeaderAccount, &[("name", &viewer.name)]);
    let opener = |shown, label: String, is_square, component| {
        html! {
            <Opener words={words.clone()} client={client.clone()} icon={shown} {label} {is_square} {component} />
        }
    };
    html! {
        <header class="header">
            if let Some(src) = organization.image.clone() {
                <img class="avatar" {src} alt="" width="40" height="40" />
            } else {
                <span class="avatar" aria-hidden="true">{ initials(&organization.name) }</span>
            }
            <hgroup>
                <h1 class="clip" title={organization.name.clone()}>{ &organization.name }</h1>
                <p class="muted">{ line(words, Message::HeaderLead) }</p>
            </hgroup>
            <div class="header-actions">
                { opener(Icon::Switch, words.say(Message::HeaderSwitch), false, Component::OrganizationSwitcher) }
                { opener(Icon::Account, account, true, Component::UserButton) }
            </div>
        </header>
    }
}

fn no_right(words: &Words, active: &ActiveOrganization, on_retry: Option<Callback<MouseEvent>>) -> Html {
    let ActiveOrganization { viewer, organization, membership } = active;
    let what = match membership.rights {
        Rights::Read => Message::RightRead,
        Rights::Neither | Rights::Manage => Message::RightNeither,
    };
    let role = &membership.role_name;
    html! {
        <section class="card">
            { icon(Icon::Lock) }
            <h2>{ line(words, Message::RightTitle) }</h2>
            <p>{ line(words, what) }</p>
            <dl class="facts">
                { fact(&words.say(Message::RightViewer), viewer.email.as_ref().unwrap_or(&viewer.name)) }
                { fact(&words.say(Message::RightOrganization), &organization.name) }
                if !role.is_empty() { { fact(&words.say(Message::RightRole), role) } }
                { fact(&words.say(Message::RightMissing), MANAGE) }
            </dl>
            <p class="hint">{ line(words, Message::RightHint) }</p>
            if let Some(on_retry) = on_retry {
                <div class="actions">{ button("", &words.say(Message::Retry), on_retry) }</div>
            }
        </section>
    }
}
