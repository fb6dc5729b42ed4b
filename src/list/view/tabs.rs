//! Draws which invitations are shown: tabs by what became of them, and a field for words to search for.

use crate::browser::{FocusStep, step_focus};
use crate::domain::{Counts, StatusFilter};
use crate::feedback::ids;
use crate::i18n::{Message, Words};
use crate::list::messages::Msg;
use crate::list::view::{FurtherTab, View};
use crate::route::list_address;
use crate::ui::{Icon, icon, line};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Draws a tab for each kind of invitations, with how many there are, as far as that is known, and behind them a `further`
/// one. `is_elsewhere` where that one is current. Once `on_key` is there, they are one stop of the Tab key.
pub fn tabs(view: &View, further: Html, is_elsewhere: bool, on_key: Option<Callback<KeyboardEvent>>) -> Html {
    let (words, query) = (view.words, &view.model.query);
    // While a search is on, how many match.
    let counts = match view.model.is_searching() {
        true => view.model.matches.as_ref(),
        false => view.model.counts.known.value().map(|counts| &**counts),
    };
    html! {
        <nav aria-label={words.say(Message::ShownTitle)}>
        <div class="views" role={on_key.as_ref().map(|_| "toolbar")} onkeydown={on_key.clone()}>
            { for StatusFilter::ALL.into_iter().map(|filter| {
                let there = filter.of(query);
                let address = list_address(view.mount, &there, view.usual_size);
                let href = view.mount.link(address.clone());
                let onclick = if is_elsewhere {
                    goes_to(view, address)
                } else {
                    view.on.reform(move |event: MouseEvent| {
                        event.prevent_default();
                        Msg::QueryChosen(there.clone())
                    })
                };
                let is_current = !is_elsewhere && filter == query.filter;
                let number = counts.and_then(|counts| number(words, counts, filter));
                tab(words, href, onclick, is_current, name(filter), number, on_key.is_none())
            }) }
            { further }
        </div>
        </nav>
    }
}

fn tab(
    words: &Words,
    href: String,
    onclick: Callback<MouseEvent>,
    is_current: bool,
    label: Message,
    number: Option<String>,
    is_stop: bool,
) -> Html {
    html! {
        <a
            {href}
            onclick={only_here(onclick)}
            tabindex={(!is_stop && !is_current).then_some("-1")}
            aria-current={is_current.then_some("page")}
        >
            { line(words, label) }
            if let Some(number) = number { { " " }<span class="badge">{ number }</span> }
        </a>
    }
}

/// Draws a tab that leads to something else than invitations. Only for what is fetched later.
pub fn further_tab(view: &View, further: FurtherTab) -> Html {
    let onclick = goes_to(view, further.address.clone());
    let number = further.count.map(|count| view.words.number(count));
    let href = view.mount.link(further.address);
    tab(view.words, href, onclick, further.is_current, further.label, number, false)
}

/// The keys that walk from tab to tab. Only for what is fetched later.
pub fn tab_keys(view: &View) -> Callback<KeyboardEvent> {
    let is_rtl = view.words.language.is_rtl;
    Callback::from(move |event: KeyboardEvent| {
        let step = match &*event.key() {
            "ArrowRight" if is_rtl => FocusStep::Previous,
            "ArrowLeft" if is_rtl => FocusStep::Next,
            "ArrowRight" => FocusStep::Next,
            "ArrowLeft" => FocusStep::Previous,
            "Home" => FocusStep::First,
            "End" => FocusStep::Last,
            _ => return,
        };
        // With Alt or ⌘ an arrow is the browser's.
        if !(event.alt_key() || event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            step_focus(&event, step);
        }
    })
}

fn goes_to(view: &View, address: String) -> Callback<MouseEvent> {
    let mount = view.mount.clone();
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        mount.go_to(&address);
    })
}

/// A link that the admin wants in another tab is the browser's.
fn only_here(onclick: Callback<MouseEvent>) -> Callback<MouseEvent> {
    Callback::from(move |event: MouseEvent| {
        if !(event.meta_key() || event.ctrl_key() || event.shift_key()) {
            onclick.emit(event);
        }
    })
}

/// How many there are; nothing where none was met so far.
fn number(words: &Words, counts: &Counts, filter: StatusFilter) -> Option<String> {
    let count = counts.of(filter);
    let number = words.number(count);
    match filter {
        StatusFilter::Attention if counts.is_at_least => (count > 0).then(|| [&*number, "+"].concat()),
        _ => Some(number),
    }
}

pub(super) fn name(filter: StatusFilter) -> Message {
    match filter {
        StatusFilter::Pending => Message::ShownPending,
        StatusFilter::Attention => Message::ShownAttention,
        StatusFilter::Accepted => Message::ShownAccepted,
        StatusFilter::Revoked => Message::ShownRevoked,
        StatusFilter::All => Message::ShownAll,
    }
}

/// Draws the search field. `tip` is what is said of it where the pointer rests on it, where that names a key.
pub fn search_field(view: &View, tip: Option<String>) -> Html {
    let on = view.on.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            on.emit(Msg::SearchTyped(field.value()));
        }
    });
    let label = view.words.say(Message::ListSearch);
    html! {
        <span class="search">
            { icon(Icon::Search) }
            <input
                id={ids::SEARCH}
                class="input"
                type="search"
                autocomplete="off"
                aria-label={label.clone()}
                aria-keyshortcuts={tip.as_ref().map(|_| "/")}
                title={tip.unwrap_or(label)}
                placeholder={view.words.say(Message::ListSearchShort)}
                value={view.model.search_text().to_owned()}
                {oninput}
            />
        </span>
    }
}
