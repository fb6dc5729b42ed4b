//! Draws the choice of a role.

use crate::domain::Roles;
use crate::feedback::ids;
use crate::i18n::Message;
use crate::invite::update::Msg;
use crate::invite::view::View;
use crate::ui::{Icon, icon, line};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

const HINT: &str = "invite-role-hint";

/// Draws the roles to choose from, by name, and beside them what the chosen one is for. As long as they are not known, it says
/// that they are being fetched.
pub fn role_field(view: &View) -> Html {
    let words = view.words;
    let none = Rc::new(Roles::default());
    let is_known = view.roles.value().is_some();
    let roles = view.roles.value().unwrap_or(&none);
    let onchange = {
        let (on, roles) = (view.on.clone(), roles.clone());
        Callback::from(move |event: Event| {
            let index = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            // The values are positions, because nothing guarantees that each role has another key.
            let role = index.and_then(|index| {
                let index = index.parse::<u64>().ok()?;
                roles.all.get(usize::try_from(index).ok()?).cloned()
            });
            if let Some(role) = role {
                on.emit(Msg::RoleChosen(role.key));
            }
        })
    };
    let chosen = view.model.role(Some(roles)).and_then(|key| roles.find(key));
    let prompt = if is_known { Message::RoleChoose } else { Message::RolesLoading };
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
                    disabled={!is_known || roles.migrating || view.outbox.sending().is_some()}
                    aria-busy={(!is_known).then_some("true")}
                    aria-invalid={is_missing.to_string()}
                    aria-describedby={described}
                    {onchange}
                >
                    if chosen.is_none() {
                        <option value="" selected=true disabled=true>{ line(words, prompt) }</option>
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
