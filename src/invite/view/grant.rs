//! Draws the question whether roles are to be given that allow more than is harmless.

use crate::i18n::Message;
use crate::invite::model::{Grant, GrantQuestion};
use crate::invite::view::View;
use crate::ui::{Question, grant};
use yew::prelude::*;

/// Names each role, who would get it, and what it allows.
pub fn grant_question(view: &View, question: &GrantQuestion) -> Question {
    let is_one = question.grants.len() == 1;
    let draw = |Grant { role, people }: &Grant| {
        let role = view.known_roles().and_then(|roles| roles.find(role));
        role.map(|role| grant(view.words, role, people))
    };
    Question {
        heading: if is_one { Message::GrantTitle } else { Message::GrantManyTitle },
        text: html! { <>{ for question.grants.iter().filter_map(draw) }</> },
        keep: Message::GrantKeep,
        confirm: Some(view.words.say(Message::GrantConfirm)),
        class: "primary",
    }
}
