//! A role that allows more than is harmless, with who would get it.

use crate::domain::Role;
use crate::i18n::{Message, Plural, Words};
use yew::prelude::*;

/// How many people are named.
const NAMED: usize = 5;

/// Names the people, the role, and what it allows.
pub fn grant(words: &Words, role: &Role, people: &[String]) -> Html {
    let count = people.len() as u64;
    let who = match people {
        [only] => only.clone(),
        _ => words.count(Plural::CountPeople, count),
    };
    html! {
        <>
            if count > 1 {
                <ul class="named">
                    { for people.iter().take(NAMED).map(|email| html! {
                        <li class="clip" title={email.clone()}>{ email }</li>
                    }) }
                    if people.len() > NAMED {
                        <li>{ words.count(Plural::AndMore, count.saturating_sub(NAMED as u64)) }</li>
                    }
                </ul>
            }
            <p class="clip">{ words.fill(Message::GrantText, &[("people", &who), ("role", &role.name)]) }</p>
            <ul>
                { for role.permissions.iter().map(|permission| html! { <li class="clip">{ &permission.name }</li> }) }
            </ul>
        </>
    }
}
