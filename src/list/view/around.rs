//! Draws what stands around a page of the list. Fetched when the admin is about to do something with it.

use crate::domain::{Page, StatusFilter};
use crate::i18n::{Message, error_sentence};
use crate::list::view::View;
use crate::list::view::actions::actions;
use crate::list::view::attention::attention;
use crate::list::view::found::{members, no_match};
use crate::list::view::in_view::in_view;
use crate::list::view::joined::joined;
use crate::list::view::keys::keys;
use crate::list::view::panel::{Around, title};
use crate::list::view::reading::reading;
use crate::list::view::sorts::sorts;
use crate::list::view::tabs::{name, tab_keys};
use crate::list::view::tools_menu::tools_menu;
use crate::ui::range;
use yew::prelude::*;

/// Draws what stands around a page of the list.
pub fn around(view: &View) -> Around {
    Around {
        sorts: sorts(view),
        tools: tools_menu(view),
        reading: Some(reading(view)),
        no_match: no_match(view),
        empty: empty(view.model.query.filter),
        above: html! { <>{ members(view) }{ attention(view) }{ joined(view) }</> },
        below: actions(view),
        why_failed: view.model.page.known.error().map(|error| error_sentence(view.words, error)),
        announcement: announcement(view),
        further: in_view(view.words.say(name(view.model.query.filter))),
        on_tab_key: Some(tab_keys(view)),
        keys: keys(view),
        ..Around::default()
    }
}

/// What is said of a tab without invitations, and why it has none.
fn empty(filter: StatusFilter) -> Option<(Message, Option<Message>)> {
    match filter {
        StatusFilter::Attention => Some((Message::ListNoAttention, Some(Message::ListNoAttentionHint))),
        StatusFilter::Accepted => Some((Message::ListNoAccepted, None)),
        StatusFilter::Revoked => Some((Message::ListNoRevoked, None)),
        StatusFilter::Pending | StatusFilter::All => None,
    }
}

/// What is shown now, where the admin has chosen that: which invitations, how many, and which page of them.
fn announcement(view: &View) -> Option<String> {
    let model = view.model;
    let shown = model
        .shown
        .as_ref()
        .filter(|shown| model.is_chosen && shown.query == model.query && !shown.is_partial)?;
    if shown.total == 0 && model.is_searching() {
        return Some(view.words.say(Message::ListNoResults));
    }
    let title = view.words.say(title(model.query.filter));
    let total = view.words.number(shown.total);
    let range = (model.query.page.page != Page::FIRST).then(|| range(view.words, &shown.slice())).flatten();
    Some([title, total, range.unwrap_or_default()].join(" "))
}
