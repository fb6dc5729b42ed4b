//! Draws within how many days people have joined. Fetched when the admin looks at who has.

use crate::domain::{JoinedWithin, ListQuery, StatusFilter};
use crate::i18n::{Message, Plural};
use crate::list::messages::Msg;
use crate::list::view::View;
use yew::prelude::*;

/// Draws the choice above those who have joined.
pub fn joined(view: &View) -> Html {
    let (words, query) = (view.words, &view.model.query);
    if query.filter != StatusFilter::Accepted {
        return Html::default();
    }
    let choice = |joined: Option<JoinedWithin>| {
        let label = match joined {
            Some(joined) => words.count(Plural::JoinedWithin, u64::from(joined.days())),
            None => words.say(Message::JoinedEver),
        };
        let there = ListQuery { joined, ..query.clone() }.on_first_page();
        let onclick = view.on.reform(move |_: MouseEvent| Msg::QueryChosen(there.clone()));
        let is_chosen = (query.joined == joined).to_string();
        html! { <button class="button small quiet" type="button" aria-pressed={is_chosen} {onclick}>{ label }</button> }
    };
    html! {
        <div class="attention" role="group" aria-label={words.say(Message::ListJoined)}>
            { choice(None) }
            { for JoinedWithin::ALL.into_iter().rev().map(|joined| choice(Some(joined))) }
        </div>
    }
}
