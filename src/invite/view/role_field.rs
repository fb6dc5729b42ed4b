//! Draws the choice of a role.

use crate::domain::Known;
use crate::feedback::ids;
use crate::i18n::{Message, error_sentence};
use crate::invite::update::Msg;
use crate::invite::view::View;
use crate::ui::{Icon, button, icon, line, problem};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

const HINT: &str = "invite-role-hint";

/// Draws the roles to choose from, by name, and below them what the chosen one is for.
pub fn role_field(view: &View) -> Html {
    let words = view.words;
    let roles = view.roles.value().filter(|roles| !roles.all.is_empty());
    let Some(roles) = roles else { return without_roles(view) };
    let onchange = {
        let (on, roles) = (view.on.clone(), roles.clone());
        Callback::from(move |event: Event| {
            let index = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            // The values are positions, because nothing guarantees that each role has another key.
            let role = index.and_then(|index| roles.all.get(index.parse::<usize>().ok()?).cloned());
            if let Some(role) = role {
                on.emit(Msg::RoleChosen(role.key));
            }
        })
    };
    let chosen = view.model.role(Some(roles)).and_then(|key| roles.find(key));
    let is_missing = view.model.lacks_role;
    let description = chosen.map(|role| role.description.clone()).filter(|text| !text.is_empty());
    let described = if is_missing { Some(ids::ROLE_PROBLEM) } else { description.as_ref().map(|_| HINT) };
    html! {
        <div class="field role">
            <label for={ids::ROLE}>{ line(words, Message::InviteRole) }</label>
            <span class="select">
                <select
                    class="input"
                    id={ids::ROLE}
                    disabled={roles.migrating || view.outbox.sending().is_some()}
                    aria-invalid={is_missing.to_string()}
                    aria-describedby={described}
                    {onchange}
                >
                    if chosen.is_none() {
                        <option value="" selected=true disabled=true>{ line(words, Message::RoleChoose) }</option>
                    }
                    { for roles.all.iter().enumerate().map(|(index, role)| html! {
                        <option value={index.to_string()} selected={chosen == Some(role)}>{ &role.name }</option>
                    }) }
                </select>
                { icon(Icon::Caret) }
            </span>
            if let Some(text) = description {
                <p class="hint clip" id={HINT} title={text.clone()}>{ text }</p>
            }
        </div>
    }
}

/// The field while there is no role to choose: it shows that the roles are being fetched, or why there is none, with a retry.
fn without_roles(view: &View) -> Html {
    let words = view.words;
    let label = words.say(Message::InviteRole);
    let reason = match view.roles {
        Known::Nothing => {
            return html! {
                <div class="field role">
                    <label for={ids::ROLE}>{ label }</label>
                    <span class="select">
                        <select class="input" id={ids::ROLE} disabled=true aria-busy="true">
                            <option>{ line(words, Message::RolesLoading) }</option>
                        </select>
                        { icon(Icon::Caret) }
                    </span>
                </div>
            };
        }
        Known::Value(_) => words.say(Message::RolesEmpty),
        Known::Failure { error, .. } => {
            [words.say(Message::RolesFailed), error_sentence(words, error)].join(" ")
        }
    };
    html! {
        <div class="field role">
            <span class="label">{ label }</span>
            { problem(None, &reason) }
            { button("small", &words.say(Message::Retry), view.on_retry_roles.clone()) }
        </div>
    }
}
