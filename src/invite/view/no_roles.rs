//! Says why no role can be given now, and what to do. Fetched when that is so, or when the admin is about to invite.

use crate::domain::Known;
use crate::i18n::{Message, error_sentence};
use crate::invite::view::View;
use crate::ui::{Icon, button, icon, line, problem};
use yew::prelude::*;

/// Draws why there is no role to choose, with a retry; `None` where there is one, or will be in a moment.
pub fn no_roles(view: &View) -> Option<Html> {
    let words = view.words;
    if view.known_roles().is_some_and(|roles| !roles.all.is_empty()) {
        return None;
    }
    let reason = match view.roles {
        Known::Nothing => return None,
        Known::Value(_) => words.say(Message::RolesEmpty),
        Known::Failure { error, .. } => {
            [words.say(Message::RolesFailed), error_sentence(words, error)].join(" ")
        }
    };
    Some(html! {
        <div class="field role">
            <span class="label">{ line(words, Message::InviteRole) }</span>
            { problem(None, &reason) }
            { button("small", &words.say(Message::Retry), view.on_retry_roles.clone()) }
        </div>
    })
}

/// Says that the roles are being migrated, while they are.
pub fn migrating(view: &View) -> Html {
    let words = view.words;
    if !view.known_roles().is_some_and(|roles| roles.migrating) {
        return Html::default();
    }
    html! {
        <div class="notice warning">
            { icon(Icon::Lock) }
            <div>
                <p>{ line(words, Message::RolesMigrating) }</p>
                <p class="hint">{ line(words, Message::RolesMigratingHint) }</p>
            </div>
            { button("small", &words.say(Message::Retry), view.on_retry_roles.clone()) }
        </div>
    }
}
