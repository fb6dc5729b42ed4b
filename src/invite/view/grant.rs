//! Draws the question whether roles are to be given that allow more than is harmless.

use crate::domain::Role;
use crate::i18n::{Message, Plural};
use crate::invite::model::GrantQuestion;
use crate::invite::view::View;
use crate::ui::{Asked, grant, granted};

/// Names each role, who would get it, and what it allows.
pub fn grant_question(view: &View, question: &GrantQuestion) -> Asked {
    let words = view.words;
    let grants = question.grants.iter();
    let known: Vec<(&Role, &[String])> =
        grants.filter_map(|grant| Some((view.known_roles()?.find(&grant.role)?, &*grant.people))).collect();
    let keep = words.say(Message::GrantKeep);
    match known.as_slice() {
        [(role, people)] => {
            let who = match people {
                [only] => only.clone(),
                _ => words.count(Plural::CountPeople, people.len() as u64),
            };
            let as_role = ("role", &*role.name);
            Asked {
                heading: words.fill(Message::GrantHeading, &[("people", &who), as_role]),
                text: granted(words, role, people),
                keep,
                confirm: Some(words.fill(Message::GrantConfirm, &[as_role])),
                class: "primary",
            }
        }
        several => Asked {
            heading: words.say(Message::GrantManyTitle),
            text: several.iter().map(|(role, people)| grant(words, role, people)).collect(),
            keep,
            confirm: Some(words.say(Message::GrantConfirmMany)),
            class: "primary",
        },
    }
}
