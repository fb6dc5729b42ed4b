//! A role that allows more than is harmless, with who would get it.

use crate::domain::Role;
use crate::i18n::{Message, Plural, Words, allowed};
use crate::ui::text::line;
use yew::prelude::*;

/// How many people are named.
const NAMED: usize = 3;

/// Names the people, the role, and what it allows.
pub fn grant(words: &Words, role: &Role, people: &[String]) -> Html {
    let who = match people {
        [only] => only.clone(),
        _ => words.count(Plural::CountPeople, people.len() as u64),
    };
    let said = words.fill(Message::GrantText, &[("people", &who), ("role", &role.name)]);
    html! { <><p class="clip"><strong>{ said }</strong></p>{ granted(words, role, people) }</> }
}

/// The same where a heading has named the role and who would get it: the first of several people, and what the role allows.
pub fn granted(words: &Words, role: &Role, people: &[String]) -> Html {
    let count = people.len() as u64;
    html! {
        <>
            if count > 1 {
                <ul class="named">
                    { for people.iter().take(NAMED).map(|email| html! {
                        <li title={email.clone()}><span class="clip">{ email }</span></li>
                    }) }
                    if people.len() > NAMED {
                        <li>{ words.count(Plural::AndMore, count.saturating_sub(NAMED as u64)) }</li>
                    }
                </ul>
            }
            { abilities(words, role) }
        </>
    }
}

/// What a role allows, worst first; nothing where Clerk does not say.
pub fn abilities(words: &Words, role: &Role) -> Html {
    if role.permissions.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <p>{ line(words, Message::RoleAllows) }</p>
            <ul>
                // The text is cut off inside: a list item that is a box of its own would lose its bullet.
                { for allowed(words, role).into_iter().map(|said| html! { <li><span class="clip">{ said }</span></li> }) }
            </ul>
        </>
    }
}
