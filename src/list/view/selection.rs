//! Draws how many rows are selected, and what the admin can do with them.

use crate::i18n::{Message, Plural};
use crate::list::messages::{ActionMsg, BulkAction};
use crate::list::view::View;
use crate::ui::button;
use yew::prelude::*;

/// Draws the bar; nothing to see while no row is selected.
pub fn selection(view: &View) -> Html {
    let words = view.words;
    let selected = view.model.selected.len() as u64;
    let total = view.model.shown.as_ref().map_or(0, |shown| shown.total);
    let bulk = |label: &str, action| button("small", label, view.act(ActionMsg::Bulk(action)));
    let said = |message, action| bulk(&words.say(message), action);
    // The line is always there: a live region that arrives together with its text is not read out.
    html! {
        <div class={if selected > 0 { "selection" } else { "visually-hidden" }}>
            <p role="status">{ (selected > 0).then(|| words.count(Plural::Selected, selected)) }</p>
            if selected > 0 {
                <div class="actions">
                    if selected < total { { bulk(&words.count(Plural::SelectAll, total), BulkAction::SelectAll) } }
                    { said(Message::EntryResend, BulkAction::Send) }
                    { said(Message::RoleChange, BulkAction::ChangeRole) }
                    { said(Message::Revoke, BulkAction::Revoke) }
                    { said(Message::ListCopy, BulkAction::Copy) }
                    { said(Message::ListExport, BulkAction::Export) }
                    { said(Message::SelectNone, BulkAction::SelectNone) }
                </div>
            }
        </div>
    }
}
