//! Draws what settles all roles that do not exist here at once.

use crate::feedback::Severity;
use crate::i18n::{Message, Words};
use crate::invite::update::ComposerMsg;
use crate::invite::view::View;
use crate::ui::{button, notice};
use yew::prelude::*;

/// How many roles are named.
const NAMED: usize = 5;

/// Names the roles that do not exist here, and offers those that do; nothing when there is none.
pub fn unknown_roles(view: &View) -> Html {
    let words = view.words;
    let unknown = &view.model.composer.verdicts.unknown_roles;
    let Some(roles) = view.known_roles().filter(|_| !unknown.is_empty()) else { return Html::default() };
    let settle =
        |label: &str, role| button("small", label, view.compose(ComposerMsg::UnknownRolesSettled(role)));
    let actions = html! {
        <div class="actions" role="group" aria-label={words.say(Message::RolesGive)}>
            <span class="hint">{ words.say(Message::RolesGive) }</span>
            { for roles.all.iter().map(|role| {
                settle(&words.fill_plain(Message::EntryAs, &[("role", &role.name)]), Some(role.key.clone()))
            }) }
            { settle(&words.say(Message::RolesAsAll), None) }
        </div>
    };
    let said = words.fill(Message::RolesNotHere, &[("roles", &named(words, unknown))]);
    notice(Severity::Warning, false, &said, None, actions)
}

fn named(words: &Words, unknown: &[(String, u64)]) -> String {
    let name = |(role, count): &(String, u64)| {
        words.fill(Message::RoleCount, &[("role", role), ("count", &words.number(*count))])
    };
    let mut names: Vec<_> = unknown.iter().take(NAMED).map(name).collect();
    if unknown.len() > NAMED {
        names.push("…".to_owned());
    }
    words.list(&names)
}
