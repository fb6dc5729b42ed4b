//! Draws what is asked before something is done with rows.

use crate::domain::{Invitation, Role, RoleKey, Status};
use crate::feedback::ids;
use crate::i18n::{Message, Plural, Words};
use crate::list::messages::{ActionMsg, DialogMsg, Msg};
use crate::list::model::Dialog;
use crate::list::view::View;
use crate::ui::{Icon, Question, abilities, grant, icon};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// So many people are named in a question.
const NAMED: usize = 3;

/// The question of a dialog.
pub fn question(view: &View, dialog: &Dialog) -> Question {
    let rows = view.model.rows.of(dialog.rows());
    match dialog {
        Dialog::Revoke(_) => revoke(view, &rows),
        Dialog::Send(_) => send(view, &rows),
        Dialog::Role(_, picked) => {
            // Of one invitation, its own role is no other one.
            let now = match rows.as_slice() {
                [row] => Some(&row.role),
                _ => None,
            };
            Question {
                heading: Message::RoleChangeTitle,
                text: html! { <>{ named(view, &rows) }{ roles_to_give(view, now, picked.as_ref()) }</> },
                keep: Message::RevokeKeep,
                confirm: Some(view.words.say(Message::RoleChange)),
                class: "primary",
            }
        }
    }
}

fn hint(words: &Words, message: Message) -> Html {
    html! { <p class="hint">{ words.say(message) }</p> }
}

fn revoke(view: &View, rows: &[&Invitation]) -> Question {
    let words = view.words;
    let is_one = rows.len() == 1;
    let text = if is_one { Message::RevokeText } else { Message::RevokeManyText };
    Question {
        heading: if is_one { Message::RevokeTitle } else { Message::RevokeManyTitle },
        text: html! { <>{ named(view, rows) }{ hint(words, text) }</> },
        keep: Message::RevokeKeep,
        confirm: Some(match rows {
            [_] => words.say(Message::RevokeConfirm),
            _ => words.count(Plural::RevokeCount, rows.len() as u64),
        }),
        class: "danger",
    }
}

fn send(view: &View, rows: &[&Invitation]) -> Question {
    let words = view.words;
    let grants = grants(view, rows);
    let is_resent = rows.iter().any(|row| row.status == Status::Pending);
    let count = rows.len() as u64;
    let (heading, text, confirm) = match (rows, is_resent) {
        ([_], true) => (Message::ResendTitle, Message::ResendOneText, words.say(Message::EntryResend)),
        ([_], false) => (Message::AgainTitle, Message::AgainOneText, words.say(Message::Again)),
        (_, true) => (Message::ResendManyTitle, Message::ResendText, words.count(Plural::ResendCount, count)),
        (_, false) => (Message::AgainManyTitle, Message::AgainText, words.count(Plural::AgainCount, count)),
    };
    Question {
        heading,
        text: html! { <>{ named(view, rows) }{ hint(words, text) }{ for grants }</> },
        keep: Message::RevokeKeep,
        confirm: Some(confirm),
        class: "primary",
    }
}

/// The roles among these that allow more than is harmless, each with who gets it.
fn grants(view: &View, rows: &[&Invitation]) -> Vec<Html> {
    let roles = view.roles.iter().flat_map(|roles| &roles.all);
    let asked = roles.filter(|role| view.membership.should_ask_before_giving(role));
    let draw = |role: &Role| {
        let of_role = rows.iter().filter(|row| row.role == role.key);
        let people: Vec<_> = of_role.map(|row| row.email.clone()).collect();
        (!people.is_empty()).then(|| grant(view.words, role, &people))
    };
    asked.filter_map(draw).collect()
}

/// The roles that can be given in the place of `now`, and what the picked one allows when that is much.
fn roles_to_give(view: &View, now: Option<&RoleKey>, picked: Option<&RoleKey>) -> Html {
    let words = view.words;
    let roles = match view.roles {
        Some(roles) if !roles.migrating => roles,
        Some(_) => return hint(words, Message::ActMigrating),
        // The form says whether they are on their way or what is wrong with them.
        None => return hint(words, Message::RolesUnknown),
    };
    let onchange = {
        let keys: Vec<_> = roles.all.iter().map(|role| role.key.clone()).collect();
        view.on.reform(move |event: Event| {
            // Values are positions: a role's key is a stranger's text, and two roles could share one.
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let at = select.and_then(|select| select.value().parse::<usize>().ok());
            let picked = at.and_then(|at| keys.get(at).cloned());
            Msg::Action(ActionMsg::Dialog(DialogMsg::RolePicked(picked)))
        })
    };
    let others = roles.all.iter().enumerate().filter(|(_, role)| Some(&role.key) != now);
    let chosen = picked.and_then(|key| roles.find(key));
    let asks = |role: &&Role| view.membership.should_ask_before_giving(role);
    html! {
        <div class="field">
            <label for={ids::OTHER_ROLE}>{ words.say(Message::RoleChangeNew) }</label>
            <span class="select">
                <select class="input" id={ids::OTHER_ROLE} {onchange}>
                    <option value="" selected={chosen.is_none()} disabled=true>{ words.say(Message::RoleChoose) }</option>
                    { for others.map(|(at, role)| html! {
                        <option value={at.to_string()} selected={chosen == Some(role)}>{ &role.name }</option>
                    }) }
                </select>
                { icon(Icon::Caret) }
            </span>
            { hint(words, Message::RoleChangeText) }
            { for chosen.filter(asks).map(|role| abilities(words, role)) }
        </div>
    }
}

/// The address; for several how many they are, with the first of them: of those that are on screen, if any is.
fn named(view: &View, rows: &[&Invitation]) -> Html {
    let (words, count) = (view.words, rows.len() as u64);
    let shown = view.model.shown.iter().flat_map(|shown| &shown.ids);
    let on_screen = shown.filter_map(|id| rows.iter().find(|row| row.id == *id)).take(NAMED);
    let mut first: Vec<_> = on_screen.collect();
    if first.is_empty() {
        first.extend(rows.iter().take(NAMED));
    }
    let others = count.saturating_sub(first.len() as u64);
    html! {
        <>
            if count > 1 { <p><strong>{ words.count(Plural::CountPeople, count) }</strong></p> }
            <ul class="named">
                { for first.iter().map(|row| html! { <li class="clip" title={row.email.clone()}>{ &row.email }</li> }) }
                if others > 0 { <li>{ words.count(Plural::AndMore, others) }</li> }
            </ul>
        </>
    }
}
