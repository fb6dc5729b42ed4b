//! Draws the invitations of a page.

use crate::browser::{DateStyle, date, iso};
use crate::domain::{Column, Invitation, ListQuery, Sort, Status, StatusFilter};
use crate::feedback::ids;
use crate::i18n::{Message, Plural, role_name, status_name};
use crate::list::actions::action_id;
use crate::list::messages::{ActionMsg, Msg, RowAction, Selection};
use crate::list::model::Menu;
use crate::list::view::{RowProgress, View};
use crate::ui::{Icon, classed, clip, day, icon, line, menu_button};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// No literal in `html!`: see [`classed`].
const ROW: &str = "row";

/// Draws who was invited, when, as what, and what the admin can do about it.
pub fn table(view: &View, rows: &[&Invitation], is_busy: bool) -> Html {
    let words = view.words;
    let columns: Vec<_> =
        Column::ALL.into_iter().filter(|column| column.fits(view.model.query.filter)).collect();
    html! {
        <table class="table" role="table" aria-labelledby={ids::LIST} aria-busy={is_busy.to_string()}>
            <thead role="rowgroup">
                <tr role="row">
                    <th class="choose" role="columnheader" scope="col"><label>{ select_page(view, rows) }</label></th>
                    { for columns.iter().map(|column| header(view, *column)) }
                    <th class="row-actions" role="columnheader" scope="col">
                        <span class="visually-hidden">{ line(words, Message::ListActions) }</span>
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                { for (0..).zip(rows).flat_map(|(at, invitation)| {
                    let key = key(rows, at, invitation);
                    let mut progress = view.draw_row.map(|draw| draw(view, invitation)).unwrap_or_default();
                    let below =
                        progress.below.take().map(|content| below(view, columns.len(), invitation, &key, content));
                    [Some(row(view, &columns, invitation, key, progress)), below]
                }).flatten() }
            </tbody>
        </table>
    }
}

/// The box that selects all rows of the page, or none.
fn select_page(view: &View, rows: &[&Invitation]) -> Html {
    let selected = rows.iter().filter(|row| view.model.selected.contains(&row.id)).count();
    let is_whole = selected > 0 && selected == rows.len();
    let onclick = view.on.reform(|event: MouseEvent| {
        Msg::Selected(Selection { row: None, is_selected: is_checked(&event), is_range: false })
    });
    html! {
        <input
            id={ids::SELECT_PAGE}
            type="checkbox"
            aria-label={view.words.say(Message::SelectPage)}
            checked={is_whole}
            ~indeterminate={selected > 0 && !is_whole}
            {onclick}
        />
    }
}

/// What a row is recognised by: its id. Ids that are not each their own would confuse the drawing.
fn key(rows: &[&Invitation], at: usize, row: &Invitation) -> String {
    let is_twin = rows.iter().take(at).any(|other| other.id == row.id);
    if is_twin { [&*row.id.0, "#", &at.to_string()].concat() } else { row.id.0.clone() }
}

pub(super) fn label(filter: StatusFilter, column: Column) -> Message {
    match column {
        Column::Changed => match filter {
            StatusFilter::Accepted => Message::ListJoined,
            StatusFilter::Revoked => Message::ListRevokedOn,
            _ => Message::ListChanged,
        },
        Column::Email => Message::ListUser,
        Column::Invited => Message::ListInvited,
        Column::Expires => Message::ListExpires,
        Column::Role => Message::ListRole,
        Column::Status => Message::ListStatus,
    }
}

/// The head of a column sorts by it: upwards, downwards, not at all.
fn header(view: &View, column: Column) -> Html {
    let sort = view.model.query.sort.filter(|sort| sort.by == column);
    let (aria_sort, next) = match sort {
        None => ("none", Some(Sort { by: column, is_descending: false })),
        Some(Sort { is_descending: false, .. }) => {
            ("ascending", Some(Sort { by: column, is_descending: true }))
        }
        Some(_) => ("descending", None),
    };
    let query = ListQuery { sort: next, ..view.model.query.clone() }.on_first_page();
    let onclick = view.on.reform(move |_| Msg::QueryChosen(query.clone()));
    html! {
        <th role="columnheader" scope="col" aria-sort={aria_sort}>
            <button class="sort" type="button" {onclick}>
                { line(view.words, label(view.model.query.filter, column)) }
                { icon(Icon::Caret) }
            </button>
        </th>
    }
}

fn row(view: &View, columns: &[Column], invitation: &Invitation, key: String, progress: RowProgress) -> Html {
    let is_new = view.model.fresh.contains(&invitation.id) && invitation.status == Status::Pending;
    let is_selected = view.model.selected.contains(&invitation.id);
    let onclick = {
        let id = invitation.id.clone();
        view.on.reform(move |event: MouseEvent| {
            let (is_selected, is_range) = (is_checked(&event), event.shift_key());
            Msg::Selected(Selection { row: Some(id.clone()), is_selected, is_range })
        })
    };
    let label = view.words.fill_plain(Message::SelectOf, &[("email", &invitation.email)]);
    let class = [if is_new { "new " } else { "" }, chosen(is_selected)].concat();
    let row = html! {
        <tr
            {key}
            role="row"
            class="new"
            aria-busy={progress.is_busy.then_some("true")}
            data-invitation={invitation.id.0.clone()}
        >
            <td class="choose" role="cell">
                <label><input type="checkbox" aria-label={label} checked={is_selected} {onclick} /></label>
            </td>
            { for columns.iter().map(|column| {
                let beside = progress.beside.iter().find(|(of, _)| of == column);
                cell(view, *column, invitation, is_new, beside.map(|(_, beside)| beside.clone()))
            }) }
            <td class="row-actions" role="cell">{ actions(view, invitation, progress) }</td>
        </tr>
    };
    classed(&class, row)
}

/// `beside` is what stands beside the content.
fn cell(view: &View, column: Column, invitation: &Invitation, is_new: bool, beside: Option<Html>) -> Html {
    let words = view.words;
    let content = match column {
        Column::Email => {
            return html! {
                <th role="rowheader" scope="row">
                    { clip(&invitation.email) }
                    { beside }
                    // The space keeps the address and the badge apart for those who hear them.
                    if is_new { { " " }<span class="badge">{ line(words, Message::ListNew) }</span> }
                </th>
            };
        }
        Column::Invited => day(words, invitation.created),
        Column::Changed => html! { <>{ day(words, invitation.updated) }{ beside }</> },
        Column::Expires => expiry(view, invitation),
        Column::Role => clip(&role_name(view.roles, invitation)),
        Column::Status => {
            let status = invitation.status_at(view.today);
            html! { <><span class="badge">{ status_name(words, &status) }</span>{ beside }</> }
        }
    };
    let label = words.say(label(view.model.query.filter, column));
    classed(column.word(), html! { <td class="email" role="cell" data-label={label}>{ content }</td> })
}

/// What is said of a row, in a row of its own.
fn below(view: &View, columns: usize, invitation: &Invitation, key: &str, content: Html) -> Html {
    let is_selected = view.model.selected.contains(&invitation.id);
    let colspan = columns.saturating_add(2).to_string();
    let row = html! {
        <tr class="row-said" key={["said-", key].concat()} role={ROW}>
            <td role="cell" {colspan}><div>{ content }</div></td>
        </tr>
    };
    classed(&["row-said ", chosen(is_selected)].concat(), row)
}

/// The class of a row that is selected.
fn chosen(is_selected: bool) -> &'static str {
    if is_selected { "chosen" } else { "" }
}

/// What the admin can do with a row; while a run is at work on it, how far that is, and afterwards what became of it.
fn actions(view: &View, invitation: &Invitation, progress: RowProgress) -> Html {
    if progress.is_in_run {
        return progress.said.unwrap_or_default();
    }
    let menu = Menu::Row(invitation.id.clone());
    let is_open = view.model.actions.menu.as_ref() == Some(&menu);
    let label = view.words.fill_plain(Message::MoreOf, &[("email", &invitation.email)]);
    let on_more = on_action(view, invitation, RowAction::More);
    html! {
        <>
            { progress.said.unwrap_or_else(|| usual_action(view, invitation)) }
            <span class="menu-place">
                { menu_button(action_id(RowAction::More, &invitation.id), label, is_open, on_more) }
                // Always a child: without one, the button beside it would be drawn anew and lose the focus.
                { progress.menu.unwrap_or_default() }
            </span>
        </>
    }
}

/// The act that a row offers without its menu.
fn usual_action(view: &View, invitation: &Invitation) -> Html {
    match &invitation.status_at(view.today) {
        Status::Pending => {
            action(view, invitation, RowAction::Resend, Message::EntryResend, Message::ResendOf)
        }
        status if status.is_accepted() => Html::default(),
        _ => action(view, invitation, RowAction::InviteAgain, Message::Again, Message::AgainOf),
    }
}

pub(super) fn action(
    view: &View,
    invitation: &Invitation,
    action: RowAction,
    said: Message,
    of: Message,
) -> Html {
    // It looks as if it can't be used, and says why when it is pressed.
    let is_off = action.gives_a_role() && view.roles.is_some_and(|roles| roles.migrating);
    html! {
        <button
            class="button small quiet"
            id={action_id(action, &invitation.id)}
            type="button"
            aria-label={view.words.fill_plain(of, &[("email", &invitation.email)])}
            aria-disabled={is_off.then_some("true")}
            onclick={on_action(view, invitation, action)}
        >
            { line(view.words, said) }
        </button>
    }
}

fn on_action(view: &View, invitation: &Invitation, action: RowAction) -> Callback<MouseEvent> {
    let id = invitation.id.clone();
    view.on.reform(move |_| Msg::Action(ActionMsg::Row(action, id.clone())))
}

fn is_checked(event: &MouseEvent) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|field| field.checked())
}

/// How long a pending one still works; when an expired one has ended. Of others that says nothing.
fn expiry(view: &View, invitation: &Invitation) -> Html {
    let words = view.words;
    let Some(expiry) = invitation.expiry() else { return html! { line(words, Message::ListUnknownDate) } };
    match invitation.status {
        // Where no column says that it has expired, this one does.
        Status::Pending
            if invitation.is_overdue(view.today) && !Column::Status.fits(view.model.query.filter) =>
        {
            let expired = status_name(words, &Status::Expired);
            return html! { <>{ day(words, Some(expiry.at)) }{ " " }<span class="badge">{ expired }</span></> };
        }
        Status::Pending if !invitation.is_overdue(view.today) => {}
        Status::Pending | Status::Expired => return day(words, Some(expiry.at)),
        _ => return html! { "–" },
    }
    let days = invitation.days_left(view.today).unwrap_or_default();
    let plural = if expiry.is_about { Plural::DaysLeftAbout } else { Plural::DaysLeft };
    let class = if invitation.needs_attention(view.today) { "soon" } else { "" };
    let title = date(&words.locale, expiry.at, DateStyle::Exact);
    classed(
        class,
        html! { <time class="soon" datetime={iso(expiry.at)} {title}>{ words.count(plural, days) }</time> },
    )
}

/// Says that the list is on its way, above what looks like its rows.
pub fn awaited_rows(view: &View) -> Html {
    let are_few = view.model.query.page.size.rows() < 10;
    html! {
        <>
            <p class="visually-hidden" role="status">{ line(view.words, Message::ListLoading) }</p>
            { view.mount.rows_placeholder(are_few).map_or_else(Html::default, Html::VRef) }
        </>
    }
}
