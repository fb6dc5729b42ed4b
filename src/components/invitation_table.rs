//! The invitations.

use crate::browser::{DateStyle, date};
use crate::components::text::line;
use crate::components::text::{clip, problem};
use crate::domain::{Invitation, InvitationId, Roles, Timestamp};
use crate::i18n::{Message, Words};
use yew::prelude::*;

/// What is going on with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowState {
    /// Its invitation is being revoked.
    Revoking,
    /// That failed, for this reason.
    Failed(String),
    /// It is pending no longer. The next list comes without it; until then there is nothing to do with it.
    Gone,
}

/// The rows with which something is going on.
pub type RowStates = Vec<(InvitationId, RowState)>;

/// What the table shows.
pub struct Table<'a> {
    /// The rows, in the server's order.
    pub rows: &'a [Invitation],
    /// The roles, for their names.
    pub roles: Option<&'a Roles>,
    /// The rows with which something is going on.
    pub states: &'a RowStates,
    /// The invitations that were sent from here since the page was opened.
    pub fresh: &'a [InvitationId],
    /// Are newer rows on their way?
    pub is_busy: bool,
    /// Somebody wants an invitation revoked.
    pub on_revoke: Callback<Invitation>,
}

/// Draws who was invited, when, as what; and the way to take it back.
pub fn invitation_table(words: &Words, table: &Table) -> Html {
    html! {
        <table class="table" role="table" aria-labelledby={crate::components::ids::LIST} aria-busy={table.is_busy.to_string()}>
            <thead role="rowgroup">
                <tr role="row">
                    { for [Message::ListUser, Message::ListInvited, Message::ListRole].map(|label| html! {
                        <th role="columnheader" scope="col">{ line(words, label) }</th>
                    }) }
                    <th role="columnheader" scope="col">
                        <span class="visually-hidden">{ line(words, Message::ListActions) }</span>
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                { for table.rows.iter().map(|invitation| row(words, table, invitation)) }
            </tbody>
        </table>
    }
}

/// The id of the button that revokes an invitation, to find out whether the keyboard is on it.
pub fn revoke_id(id: &InvitationId) -> String {
    ["revoke-", &id.0].concat()
}

fn row(words: &Words, table: &Table, invitation: &Invitation) -> Html {
    let state = table.states.iter().find(|(id, _)| *id == invitation.id).map(|(_, state)| state);
    let is_revoking = state == Some(&RowState::Revoking);
    let is_new = table.fresh.contains(&invitation.id);
    let role = role_name(table.roles, invitation);
    let (role_label, invited_label) = (words.say(Message::ListRole), words.say(Message::ListInvited));
    html! {
        <tr
            key={invitation.id.0.clone()}
            role="row"
            class={is_new.then_some("new")}
            aria-busy={is_revoking.then_some("true")}
            data-invitation={invitation.id.0.clone()}
        >
            <th role="rowheader" scope="row">
                { clip(&invitation.email) }
                // The space keeps the address and the badge apart for those who hear them.
                if is_new { { " " }<span class="badge accent">{ line(words, Message::ListNew) }</span> }
                if let Some(RowState::Failed(text)) = state { { problem(None, text) } }
            </th>
            <td role="cell" data-label={invited_label}>{ invited(words, invitation.created) }</td>
            <td role="cell" data-label={role_label}>{ clip(&role) }</td>
            <td role="cell">
                if state != Some(&RowState::Gone) { { revoke_button(words, table, invitation, state) } }
            </td>
        </tr>
    }
}

fn revoke_button(words: &Words, table: &Table, invitation: &Invitation, state: Option<&RowState>) -> Html {
    let is_revoking = state == Some(&RowState::Revoking);
    let onclick = {
        let invitation = invitation.clone();
        table.on_revoke.reform(move |_: MouseEvent| invitation.clone())
    };
    let label = words.fill(Message::RevokeOf, &[("email", &invitation.email)]);
    // What is read out holds what is seen, so that it can be spoken to.
    let label = if state.is_some() { [words.say(Message::Retry), label].join(": ") } else { label };
    html! {
        <button
            class="button small"
            id={revoke_id(&invitation.id)}
            type="button"
            aria-label={(!is_revoking).then_some(label)}
            aria-disabled={is_revoking.then_some("true")}
            onclick={if is_revoking { Callback::noop() } else { onclick }}
        >
            if is_revoking {
                <span class="spinner" aria-hidden="true"></span>
                { line(words, Message::Revoking) }
            } else if state.is_some() {
                { line(words, Message::Retry) }
            } else {
                { line(words, Message::Revoke) }
            }
        </button>
    }
}

fn invited(words: &Words, created: Option<Timestamp>) -> Html {
    let write = |style| created.and_then(|time| date(&words.locale, time, style));
    match write(DateStyle::Day) {
        Some(day) => html! { <time title={write(DateStyle::Exact)}>{ day }</time> },
        None => html! { line(words, Message::ListUnknownDate) },
    }
}

/// The role's name as the role set has it, else as the invitation has it, else its key.
fn role_name(roles: Option<&Roles>, invitation: &Invitation) -> String {
    let known = roles.and_then(|roles| roles.find(&invitation.role)).map(|role| role.name.clone());
    known.or_else(|| invitation.role_name.clone()).unwrap_or_else(|| invitation.role.0.clone())
}

/// Draws as many rows as are to be expected, without anything in them.
pub fn skeleton_rows(words: &Words, rows: u32) -> Html {
    let bone = || html! { <span class="skeleton"></span> };
    html! {
        <>
            <p class="visually-hidden" role="status">{ line(words, Message::ListLoading) }</p>
            <table class="table" aria-hidden="true">
                <tbody>
                    { for (0..rows).map(|_| html! {
                        <tr><th>{ bone() }</th><td>{ bone() }</td><td>{ bone() }</td><td>{ bone() }</td></tr>
                    }) }
                </tbody>
            </table>
        </>
    }
}
