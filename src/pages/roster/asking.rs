//! What is asked before it is done, and what else can be done with one invitation.

use super::{Acts, Asking, NAMED};
use crate::components::{Icon, Question, button, icon};
use crate::domain::{Invitation, Role, RoleKey, Status};
use crate::i18n::{Message, Plural, Words};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

impl Acts {
    pub(super) fn question(self: &Rc<Self>, asking: &Asking, picked: Option<&RoleKey>) -> Option<Question> {
        let words = self.words();
        let hint = |message| html! { <p class="hint">{ words.say(message) }</p> };
        Some(match asking {
            Asking::Revoke(rows) => Question {
                heading: if rows.len() == 1 { Message::RevokeTitle } else { Message::RevokeManyTitle },
                text: html! {
                    <>
                        { named(words, rows) }
                        { hint(if rows.len() == 1 { Message::RevokeText } else { Message::RevokeManyText }) }
                    </>
                },
                keep: if rows.len() == 1 { Message::RevokeKeep } else { Message::GrantKeep },
                confirm: Some(match rows.as_slice() {
                    [_] => words.say(Message::RevokeConfirm),
                    _ => words.count(Plural::RevokeCount, rows.len() as u64),
                }),
                class: "danger",
            },
            Asking::Send(rows) => {
                let is_resent = rows.iter().any(|row| row.status == Status::Pending);
                Question {
                    heading: if is_resent { Message::ResendManyTitle } else { Message::AgainManyTitle },
                    text: html! {
                        <>{ named(words, rows) }{ hint(if is_resent { Message::ResendText } else { Message::AgainText }) }</>
                    },
                    keep: Message::GrantKeep,
                    confirm: {
                        let plural = if is_resent { Plural::ResendCount } else { Plural::AgainCount };
                        Some(words.count(plural, rows.len() as u64))
                    },
                    class: "primary",
                }
            }
            Asking::Role(rows) => Question {
                heading: Message::RoleChangeTitle,
                text: html! { <>{ named(words, rows) }{ self.roles_to_give(None, picked) }</> },
                keep: Message::GrantKeep,
                confirm: picked.map(|_| words.say(Message::RoleChange)),
                class: "primary",
            },
            Asking::More(row) => {
                let is_pending = row.status == Status::Pending;
                let role =
                    if is_pending { self.roles_to_give(Some(&row.role), picked) } else { Html::default() };
                Question {
                    heading: Message::MoreTitle,
                    text: html! { <>{ named(words, std::slice::from_ref(row)) }{ self.copies(row) }{ role }</> },
                    keep: Message::MoreClose,
                    confirm: picked.filter(|_| is_pending).map(|_| words.say(Message::RoleChange)),
                    class: "primary",
                }
            }
        })
    }

    /// The address and, where there is one, the link, to be taken along.
    fn copies(self: &Rc<Self>, row: &Invitation) -> Html {
        let copy = |message, text: &str| {
            let (acts, text) = (self.clone(), text.to_owned());
            button(
                "small",
                &self.words().say(message),
                Callback::from(move |_: MouseEvent| acts.copy_text(text.clone())),
            )
        };
        let again = {
            let (acts, row) = (self.clone(), row.clone());
            let again = move |_: MouseEvent| {
                acts.asking.set(None);
                acts.send(vec![row.clone()], None);
            };
            button("small", &self.words().say(Message::Again), Callback::from(again))
        };
        html! {
            <div class="actions">
                { copy(Message::MoreCopy, &row.email) }
                // Whoever has come in may have left again; Clerk says so if not.
                if row.status.is_accepted() { { again } }
                if let Some(url) = &row.url { { copy(Message::MoreLink, url) } }
            </div>
        }
    }

    /// The roles that can be given in the place of `now`, and what the picked one allows when that is much.
    fn roles_to_give(&self, now: Option<&RoleKey>, picked: Option<&RoleKey>) -> Html {
        let words = self.words();
        let roles = match &self.props.roles {
            Some(roles) if !roles.migrating => roles,
            Some(_) => return html! { <p class="hint">{ words.say(Message::ActMigrating) }</p> },
            // The form says whether they are on their way or what is wrong with them.
            None => return html! { <p class="hint">{ words.say(Message::RolesUnknown) }</p> },
        };
        let onchange = {
            let (roles, setter) = (roles.clone(), self.picked.clone());
            Callback::from(move |event: Event| {
                // Values are positions: a role's key is a stranger's text, and two roles could share one.
                let at = event
                    .target_dyn_into::<HtmlSelectElement>()
                    .and_then(|select| select.value().parse().ok());
                let role = at.and_then(|at: usize| roles.all.get(at));
                setter.set(role.map(|role| role.key.clone()));
            })
        };
        let others = roles.all.iter().enumerate().filter(|(_, role)| Some(&role.key) != now);
        let chosen = picked.and_then(|key| roles.find(key));
        let asks = |role: &&Role| self.props.place.membership.should_ask_before_giving(role);
        html! {
            <div class="field">
                <label for="other-role">{ words.say(Message::RoleChangeTitle) }</label>
                <span class="select">
                    <select class="input" id="other-role" {onchange}>
                        <option value="" selected={chosen.is_none()} disabled=true>{ words.say(Message::RoleChoose) }</option>
                        { for others.map(|(at, role)| html! {
                            <option value={at.to_string()} selected={chosen == Some(role)}>{ &role.name }</option>
                        }) }
                    </select>
                    { icon(Icon::Caret) }
                </span>
                <p class="hint">{ words.say(Message::RoleChangeText) }</p>
                if let Some(role) = chosen.filter(asks) {
                    <p>{ words.say(Message::RoleAllows) }</p>
                    <ul>
                        { for role.permissions.iter().map(|permission| html! {
                            <li class="clip">{ &permission.name }</li>
                        }) }
                    </ul>
                }
            </div>
        }
    }
}

/// The address; for several how many they are, with the first of them.
fn named(words: &Words, rows: &[Invitation]) -> Html {
    let count = rows.len() as u64;
    html! {
        <>
            if count > 1 { <p><strong>{ words.count(Plural::CountPeople, count) }</strong></p> }
            <ul class="named">
                { for rows.iter().take(NAMED).map(|row| html! { <li class="clip" title={row.email.clone()}>{ &row.email }</li> }) }
                if rows.len() > NAMED { <li>{ words.count(Plural::AndMore, count - NAMED as u64) }</li> }
            </ul>
        </>
    }
}
