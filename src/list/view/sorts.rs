//! Draws the order of the list as a field, for windows in which the heads of the columns have no room. Fetched when the admin is
//! about to do something with the list: most visitors never sort.

use crate::domain::{Column, ListQuery, Sort};
use crate::i18n::Message;
use crate::list::messages::Msg;
use crate::list::view::View;
use crate::list::view::table::label;
use crate::ui::{Icon, icon, line};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Draws the field: the newest first, which is Clerk's own order, or by a column.
pub fn sorts(view: &View) -> Html {
    let query = &view.model.query;
    let onchange = {
        let query = query.clone();
        view.on.reform(move |event: Event| {
            let word = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            let by = Column::ALL.into_iter().find(|column| Some(column.word()) == word.as_deref());
            let sort = by.map(|by| Sort { by, is_descending: false });
            Msg::QueryChosen(ListQuery { sort, ..query.clone() }.on_first_page())
        })
    };
    let columns = Column::ALL.into_iter().filter(|column| column.fits(query.filter));
    html! {
        <span class="select sorts">
            <select class="input" aria-label={view.words.say(Message::SortTitle)} {onchange}>
                <option value="" selected={query.sort.is_none()}>{ line(view.words, Message::SortNewest) }</option>
                { for columns.map(|column| html! {
                    <option value={column.word()} selected={query.sort.is_some_and(|sort| sort.by == column)}>
                        { line(view.words, label(query.filter, column)) }
                    </option>
                }) }
            </select>
            { icon(Icon::Caret) }
        </span>
    }
}
