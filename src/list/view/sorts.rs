//! Draws the order of the list as a field, for windows in which the heads of the columns have no room. Fetched when the admin is
//! about to do something with the list: most visitors never sort.

use crate::domain::{Column, ListQuery, Sort, StatusFilter};
use crate::i18n::Message;
use crate::list::messages::Msg;
use crate::list::view::View;
use crate::list::view::table::label;
use crate::ui::{Icon, icon, line};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The order in which the newest stand first: Clerk's own, except where the filter's usual one begins with the oldest.
fn newest_first(filter: StatusFilter) -> Option<Sort> {
    let usual = filter.usual_sort().filter(|sort| !sort.is_descending);
    usual.map(|sort| Sort { is_descending: true, ..sort })
}

/// Draws the field: the newest first, or by a column.
pub fn sorts(view: &View) -> Html {
    let query = &view.model.query;
    let newest = newest_first(query.filter);
    let sort = query.sort.or_else(|| query.filter.usual_sort().filter(|_| newest.is_some()));
    let onchange = {
        let query = query.clone();
        view.on.reform(move |event: Event| {
            let word = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            let by = Column::ALL.into_iter().find(|column| Some(column.word()) == word.as_deref());
            let sort = by.map(|by| Sort { by, is_descending: false }).or(newest);
            Msg::QueryChosen(ListQuery { sort, ..query.clone() }.on_first_page())
        })
    };
    let columns = Column::ALL.into_iter().filter(|column| column.fits(query.filter));
    html! {
        <span class="select sorts">
            <select class="input" aria-label={view.words.say(Message::SortTitle)} {onchange}>
                <option value="" selected={sort == newest}>{ line(view.words, Message::SortNewest) }</option>
                { for columns.map(|column| html! {
                    <option value={column.word()} selected={sort != newest && sort.is_some_and(|sort| sort.by == column)}>
                        { line(view.words, label(query.filter, column)) }
                    </option>
                }) }
            </select>
            { icon(Icon::Caret) }
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_oldest_stand_first_the_newest_have_to_be_asked_for() {
        let invited_last = Some(Sort { by: Column::Invited, is_descending: true });
        assert_eq!(newest_first(StatusFilter::Attention), invited_last);
        for filter in
            [StatusFilter::Pending, StatusFilter::Accepted, StatusFilter::Revoked, StatusFilter::All]
        {
            assert_eq!(newest_first(filter), None, "{filter:?}");
        }
    }
}
