//! The invitations.

use crate::browser::{DateStyle, date};
use crate::components::button::icon_button;
use crate::components::icon::{Icon, icon};
use crate::components::text::{clip, line, problem};
use crate::domain::invitation::DAY;
use crate::domain::{Column, Invitation, InvitationId, Listing, Roles, Sort, Status, Timestamp};
use crate::hooks::{Choice, Leaf, RowState, RowWish, Wish};
use crate::i18n::{Message, Plural, Words};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the table shows.
pub struct Table<'a> {
    /// The rows, in their order.
    pub rows: &'a [Invitation],
    /// What they answer.
    pub listing: &'a Listing,
    /// What is said of them.
    pub leaf: &'a Leaf,
    /// The roles, for their names.
    pub roles: Option<&'a Roles>,
    /// The invitations that were sent from here since the page was opened.
    pub fresh: &'a [InvitationId],
    /// Are newer rows on their way?
    pub is_busy: bool,
    /// The time of day.
    pub now: Timestamp,
    /// Somebody wants them in another order.
    pub on_go: &'a Callback<Listing>,
    /// Somebody wants something done.
    pub on_wish: &'a Callback<Wish>,
    /// Somebody chooses rows.
    pub on_choose: &'a Callback<Choice>,
}

/// Draws who was invited, when, as what, and what can be done about it.
pub fn invitation_table(words: &Words, table: &Table) -> Html {
    let columns = Column::ALL.into_iter().filter(|column| column.fits(table.listing.shown));
    let is_whole = !table.rows.is_empty() && table.rows.iter().all(|row| table.leaf.is_chosen(&row.id));
    html! {
        <table class="table" role="table" aria-labelledby={crate::components::ids::LIST} aria-busy={table.is_busy.to_string()}>
            <thead role="rowgroup">
                <tr role="row">
                    <th class="choose" role="columnheader" scope="col">
                        { checkbox(words.say(Message::SelectPage), is_whole, table.on_choose.reform(|event: MouseEvent| {
                            Choice { row: None, is_chosen: is_checked(&event), is_range: false }
                        })) }
                    </th>
                    { for columns.clone().map(|column| header(words, table, column)) }
                    <th class="deeds" role="columnheader" scope="col">
                        <span class="visually-hidden">{ line(words, Message::ListActions) }</span>
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                { for (0..).zip(table.rows).flat_map(|(at, invitation)| {
                    let key = key(table.rows, at, invitation);
                    let said = said(words, table, &columns, invitation, &key);
                    [Some(row(words, table, columns.clone(), invitation, key)), said]
                }).flatten() }
            </tbody>
        </table>
    }
}

/// The id of the button that something is done to an invitation with, to find out whether the keyboard is on it.
pub fn wish_id(wish: RowWish, id: &InvitationId) -> String {
    let name = match wish {
        RowWish::Revoke => "revoke-",
        RowWish::Resend => "resend-",
        RowWish::Again => "again-",
        RowWish::More => "more-",
        RowWish::Retry => "retry-",
    };
    [name, &id.0].concat()
}

/// What a row is recognised by: its id. Ids that are not each their own would confuse the drawing.
fn key(rows: &[Invitation], at: usize, row: &Invitation) -> String {
    let is_twin = rows.iter().take(at).any(|other| other.id == row.id);
    if is_twin { [&*row.id.0, "#", &at.to_string()].concat() } else { row.id.0.clone() }
}

fn label(column: Column) -> Message {
    match column {
        Column::Email => Message::ListUser,
        Column::Invited => Message::ListInvited,
        Column::Expires => Message::ListExpires,
        Column::Role => Message::ListRole,
        Column::Status => Message::ListStatus,
    }
}

/// The head of a column sorts by it: upwards, downwards, not at all.
fn header(words: &Words, table: &Table, column: Column) -> Html {
    let sort = table.listing.sort.filter(|sort| sort.by == column);
    let (aria_sort, next) = match sort {
        None => ("none", Some(Sort { by: column, is_descending: false })),
        Some(Sort { is_descending: false, .. }) => {
            ("ascending", Some(Sort { by: column, is_descending: true }))
        }
        Some(_) => ("descending", None),
    };
    let onclick = {
        let listing = table.listing.clone();
        table.on_go.reform(move |_: MouseEvent| Listing { sort: next, ..listing.clone() }.on_first_page())
    };
    html! {
        <th role="columnheader" scope="col" aria-sort={aria_sort}>
            <button class="sort" type="button" {onclick}>
                { line(words, label(column)) }
                { icon(Icon::Caret) }
            </button>
        </th>
    }
}

fn row(
    words: &Words,
    table: &Table,
    columns: impl Iterator<Item = Column>,
    invitation: &Invitation,
    key: String,
) -> Html {
    let state = table.leaf.state(&invitation.id);
    let is_new = table.fresh.contains(&invitation.id) && invitation.status == Status::Pending;
    let is_chosen = table.leaf.is_chosen(&invitation.id);
    let on_choose = {
        let id = invitation.id.clone();
        table.on_choose.reform(move |event: MouseEvent| Choice {
            row: Some(id.clone()),
            is_chosen: is_checked(&event),
            is_range: event.shift_key(),
        })
    };
    let is_busy = matches!(state, Some(RowState::Busy(_)));
    html! {
        <tr
            {key}
            role="row"
            class={classes!(is_new.then_some("new"), is_chosen.then_some("chosen"))}
            aria-busy={is_busy.then_some("true")}
            data-invitation={invitation.id.0.clone()}
        >
            <td class="choose" role="cell">
                { checkbox(words.fill(Message::SelectOf, &[("email", &invitation.email)]), is_chosen, on_choose) }
            </td>
            { for columns.map(|column| cell(words, table, column, invitation, is_new)) }
            <td class="deeds" role="cell">{ deeds(words, table, invitation, state) }</td>
        </tr>
    }
}

fn cell(words: &Words, table: &Table, column: Column, invitation: &Invitation, is_new: bool) -> Html {
    let content = match column {
        Column::Email => {
            return html! {
                <th role="rowheader" scope="row">
                    { clip(&invitation.email) }
                    // The space keeps the address and the badge apart for those who hear them.
                    if is_new { { " " }<span class="badge accent">{ line(words, Message::ListNew) }</span> }
                </th>
            };
        }
        Column::Invited => day(words, invitation.created),
        Column::Expires => expiry(words, invitation, table.now),
        Column::Role => clip(&role_name(table.roles, invitation)),
        Column::Status => html! { <span class="badge">{ status_name(words, &invitation.status) }</span> },
    };
    html! { <td role="cell" data-label={words.say(label(column))}>{ content }</td> }
}

/// What is said of a row, below it.
fn said(
    words: &Words,
    table: &Table,
    columns: &(impl Iterator<Item = Column> + Clone),
    invitation: &Invitation,
    key: &str,
) -> Option<Html> {
    let content = match table.leaf.state(&invitation.id)? {
        RowState::Failed(text) => html! {
            <>
                { problem(None, text) }
                { deed(words, table, invitation, RowWish::Retry, Message::Retry, Message::RetryOf) }
            </>
        },
        RowState::News(text) => html! { <p class="hint">{ text }</p> },
        RowState::Busy(_) | RowState::Done(_) => return None,
    };
    let colspan = (columns.clone().count() + 2).to_string();
    Some(html! {
        <tr class={classes!("row-said", table.leaf.is_chosen(&invitation.id).then_some("chosen"))} key={["said-", key].concat()} role="row">
            <td role="cell" {colspan}><div>{ content }</div></td>
        </tr>
    })
}

fn deeds(words: &Words, table: &Table, invitation: &Invitation, state: Option<&RowState>) -> Html {
    match state {
        Some(RowState::Busy(text)) => {
            return html! {
                <span class="busy"><span class="spinner" aria-hidden="true"></span>{ text }</span>
            };
        }
        Some(RowState::Done(text)) => return html! { <span class="busy">{ text }</span> },
        _ => {}
    }
    let deed = |wish, said, of| deed(words, table, invitation, wish, said, of);
    let more = {
        let wish = Wish::Row(RowWish::More, invitation.id.clone());
        let label = words.fill(Message::MoreOf, &[("email", &invitation.email)]);
        icon_button(
            "small",
            Icon::More,
            &label,
            true,
            table.on_wish.reform(move |_: MouseEvent| wish.clone()),
        )
    };
    html! {
        <>
            if invitation.status == Status::Pending {
                { deed(RowWish::Resend, Message::EntryResend, Message::ResendOf) }
                { deed(RowWish::Revoke, Message::Revoke, Message::RevokeOf) }
            } else if !invitation.status.is_accepted() {
                { deed(RowWish::Again, Message::Again, Message::AgainOf) }
            }
            { more }
        </>
    }
}

fn deed(
    words: &Words,
    table: &Table,
    invitation: &Invitation,
    wish: RowWish,
    said: Message,
    of: Message,
) -> Html {
    let wished = Wish::Row(wish, invitation.id.clone());
    html! {
        <button
            class="button small"
            id={wish_id(wish, &invitation.id)}
            type="button"
            aria-label={words.fill(of, &[("email", &invitation.email)])}
            onclick={table.on_wish.reform(move |_: MouseEvent| wished.clone())}
        >
            { line(words, said) }
        </button>
    }
}

fn checkbox(label: String, checked: bool, onclick: Callback<MouseEvent>) -> Html {
    html! { <input type="checkbox" aria-label={label} {checked} {onclick} /> }
}

fn is_checked(event: &MouseEvent) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|field| field.checked())
}

fn day(words: &Words, time: Option<Timestamp>) -> Html {
    let write = |style| time.and_then(|time| date(&words.locale, time, style));
    match write(DateStyle::Day) {
        Some(day) => html! { <time title={write(DateStyle::Exact)}>{ day }</time> },
        None => html! { line(words, Message::ListUnknownDate) },
    }
}

/// How long a pending one still works; when an expired one has ended. Of others that says nothing.
fn expiry(words: &Words, invitation: &Invitation, now: Timestamp) -> Html {
    let Some(expiry) = invitation.expiry() else { return html! { line(words, Message::ListUnknownDate) } };
    match invitation.status {
        Status::Pending => {}
        Status::Expired => return day(words, Some(expiry.at)),
        _ => return html! { "–" },
    }
    let days = ((expiry.at.0 - now.0) / DAY).ceil().max(0.0) as u64;
    let plural = if expiry.is_about { Plural::DaysLeftAbout } else { Plural::DaysLeft };
    let class = invitation.needs_attention(now).then_some("soon");
    html! {
        <time {class} title={date(&words.locale, expiry.at, DateStyle::Exact)}>{ words.count(plural, days) }</time>
    }
}

/// The role's name as the role set has it, else as the invitation has it, else its key.
pub fn role_name(roles: Option<&Roles>, invitation: &Invitation) -> String {
    let known = roles.and_then(|roles| roles.find(&invitation.role)).map(|role| role.name.clone());
    known.or_else(|| invitation.role_name.clone()).unwrap_or_else(|| invitation.role.0.clone())
}

/// What became of an invitation, in words; Clerk's own where we have none.
pub fn status_name(words: &Words, status: &Status) -> String {
    words.say(match status {
        Status::Pending => Message::StatusPending,
        Status::Accepted => Message::StatusAccepted,
        Status::Revoked => Message::StatusRevoked,
        Status::Expired => Message::StatusExpired,
        Status::Other(word) => return word.clone(),
    })
}

/// Draws as many rows as are to be expected, without anything in them.
pub fn skeleton_rows(words: &Words, rows: u32) -> Html {
    let bone = || html! { <td><span class="skeleton"></span></td> };
    html! {
        <>
            <p class="visually-hidden" role="status">{ line(words, Message::ListLoading) }</p>
            <table class="table" aria-hidden="true">
                <tbody>
                    { for (0..rows).map(|_| html! { <tr>{ for (0..4).map(|_| bone()) }</tr> }) }
                </tbody>
            </table>
        </>
    }
}
