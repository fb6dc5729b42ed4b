//! Draws how many rows are selected, and what the admin can do with them: only what applies, each act with the number of rows
//! that it applies to.

use crate::domain::{Invitation, Status, StatusFilter};
use crate::feedback::ids;
use crate::i18n::{Message, Plural};
use crate::list::messages::{ActionMsg, BulkAction};
use crate::list::model::Menu;
use crate::list::recipients::to_send;
use crate::list::view::View;
use crate::ui::{Icon, MenuItem, icon_button, line, menu, menu_button};
use yew::prelude::*;

/// An act on the selected rows that has a button of its own.
struct Act {
    action: BulkAction,
    label: Message,
    /// How many rows it applies to.
    count: u64,
    class: &'static str,
}

/// Draws the bar; nothing to see while no row is selected.
pub fn selection(view: &View) -> Html {
    let words = view.words;
    let selected = view.model.selected.len() as u64;
    // The line is always there: a live region that arrives together with its text is not read out.
    html! {
        <div class={if selected > 0 { "selection" } else { "visually-hidden" }}>
            <p role="status">{ (selected > 0).then(|| words.count(Plural::Selected, selected)) }</p>
            if selected > 0 { { bar(view, selected) } }
        </div>
    }
}

fn bar(view: &View, selected: u64) -> Html {
    let words = view.words;
    let acts = acts(view);
    let total = view.model.shown.as_ref().map_or(0, |shown| shown.total);
    let all = words.count(Plural::SelectAll, total);
    let on_all = view.act(ActionMsg::Bulk(BulkAction::SelectAll));
    let opener = Menu::Selection.opener();
    let is_open = view.model.actions.menu == Some(Menu::Selection);
    let more = words.say(Message::SelectMore);
    let on_more = view.act(ActionMsg::MenuPressed(Menu::Selection));
    let on_close = view.act(ActionMsg::MenuClosed);
    html! {
        <div class="actions">
            if selected < total {
                <button class="button small quiet wide-only" id={ids::SELECT_ALL} type="button" onclick={on_all}>{ &all }</button>
            }
            { for acts.iter().map(|act| draw(view, act)) }
            <span class="menu-place">
                { menu_button(opener.clone(), more.clone(), is_open, on_more) }
                { if is_open { menu(&opener, &more, items(view, &acts, all, selected < total), &on_close) } else { Html::default() } }
            </span>
            { icon_button("small quiet wide-only", Icon::Close, &words.say(Message::SelectNone), true, view.act(ActionMsg::Bulk(BulkAction::SelectNone))) }
        </div>
    }
}

/// What can be done with the selected rows in their statuses, what takes something away last.
fn acts(view: &View) -> Vec<Act> {
    let rows = view.model.rows.of(&view.model.selected);
    let is_pending = |row: &&&Invitation| row.status == Status::Pending;
    let pending = rows.iter().filter(is_pending).count() as u64;
    // Who has a link that works gets another one; who has none is invited again.
    let resends = rows.iter().any(|row| row.status_at(view.today) == Status::Pending);
    let send = Act {
        action: BulkAction::Send,
        label: if resends { Message::EntryResend } else { Message::Again },
        count: to_send(&rows).len() as u64,
        class: "button small",
    };
    let role = Act {
        action: BulkAction::ChangeRole,
        label: Message::RoleChange,
        count: pending,
        class: "button small wide-only",
    };
    let revoke = Act {
        action: BulkAction::Revoke,
        label: Message::Revoke,
        count: pending,
        class: "button small danger-text",
    };
    [send, role, revoke].into_iter().filter(|act| act.count > 0).collect()
}

fn draw(view: &View, act: &Act) -> Html {
    let id = (act.action == BulkAction::Send).then_some(ids::SELECTION_SEND);
    let is_off = act.action.gives_a_role() && view.roles.is_some_and(|roles| roles.migrating);
    html! {
        <button class={act.class} {id} type="button" aria-disabled={is_off.then_some("true")} onclick={view.act(ActionMsg::Bulk(act.action))}>
            { line(view.words, act.label) }
            { " " }
            <span class="badge">{ view.words.number(act.count) }</span>
        </button>
    }
}

/// What has no button of its own, on a narrow window more than on a wide one.
fn items(view: &View, acts: &[Act], all: String, has_more: bool) -> Vec<MenuItem> {
    let act = |label: String, action| MenuItem::new(label, view.act(ActionMsg::Bulk(action)));
    let item = |message, action| act(view.words.say(message), action);
    let narrow = |item: MenuItem| MenuItem { is_narrow_only: true, ..item };
    let mut items =
        vec![item(Message::ListCopy, BulkAction::Copy), item(Message::ListExport, BulkAction::Export)];
    if view.model.query.filter == StatusFilter::Attention {
        items.push(item(Message::DismissedAdd, BulkAction::Dismiss));
    }
    if acts.iter().any(|act| act.action == BulkAction::ChangeRole) {
        items.push(narrow(item(Message::RoleChange, BulkAction::ChangeRole)));
    }
    if has_more {
        items.push(narrow(act(all, BulkAction::SelectAll)));
    }
    items.push(narrow(item(Message::SelectNone, BulkAction::SelectNone)));
    items
}
