//! Draws what a search finds outside the tab that is shown. Fetched when the admin searches.

use crate::browser::{DateStyle, date};
use crate::domain::StatusFilter;
use crate::domain::service::FoundMember;
use crate::i18n::{Message, Plural};
use crate::list::messages::Msg;
use crate::list::view::View;
use crate::list::view::tabs::name;
use crate::ui::{Icon, button, icon};
use yew::prelude::*;

/// So many members are named.
const NAMED: usize = 3;

/// Draws the members that the search finds.
pub fn members(view: &View) -> Html {
    let found =
        view.model.actions.members.as_ref().filter(|found| view.model.is_searching() && found.total > 0);
    let Some(found) = found else { return Html::default() };
    let more = found.total.saturating_sub(found.people.len().min(NAMED) as u64);
    html! {
        <ul class="found">
            { for found.people.iter().take(NAMED).map(|member| html! { <li class="hint clip">{ said(view, member) }</li> }) }
            if more > 0 { <li class="hint">{ view.words.count(Plural::MoreMembers, more) }</li> }
        </ul>
    }
}

fn said(view: &View, member: &FoundMember) -> String {
    let day = member.since.and_then(|since| date(&view.words.locale, since, DateStyle::Day));
    match day {
        Some(day) => view.words.fill(Message::SearchMember, &[("email", &member.email), ("date", &day)]),
        None => view.words.fill(Message::SearchMemberUndated, &[("email", &member.email)]),
    }
}

/// Says that nothing matches in this tab, with a way to what matches in others.
pub fn no_match(view: &View) -> Html {
    let (words, query) = (view.words, &view.model.query);
    let message = match query.filter {
        StatusFilter::Pending => Message::NoMatchPending,
        StatusFilter::Attention => Message::NoMatchAttention,
        StatusFilter::Accepted => Message::NoMatchAccepted,
        StatusFilter::Revoked => Message::NoMatchRevoked,
        StatusFilter::All => Message::NoMatchAll,
    };
    let elsewhere = [StatusFilter::Pending, StatusFilter::Accepted, StatusFilter::Revoked, StatusFilter::All];
    let matches = view.model.matches.as_ref();
    let number = |filter| matches.map_or(0, |matches| matches.of(filter));
    let mut ways: Vec<_> =
        elsewhere.into_iter().filter(|filter| *filter != query.filter && number(*filter) > 0).collect();
    // What is found in a tab of its own needs no look at all of them; what has expired stands in no other.
    if ways.iter().map(|filter| if *filter == StatusFilter::All { 0 } else { number(*filter) }).sum::<u64>()
        == number(StatusFilter::All)
    {
        ways.retain(|filter| *filter != StatusFilter::All);
    }
    let way = |filter: StatusFilter| {
        let there = filter.of(query);
        let values = [("count", &*words.number(number(filter))), ("view", &*words.say(name(filter)))];
        button(
            "small",
            &words.fill_plain(Message::MatchesIn, &values),
            view.on.reform(move |_| Msg::QueryChosen(there.clone())),
        )
    };
    html! {
        <div class="empty">
            { icon(Icon::Search) }
            <p class="clip">{ words.fill(message, &[("search", query.search.trim())]) }</p>
            <div class="actions">{ for ways.into_iter().map(way) }</div>
        </div>
    }
}
