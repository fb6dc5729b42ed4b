//! Which invitations are shown: by what became of them, and by words that are searched for.

use crate::components::ids;
use crate::components::text::line;
use crate::domain::{Counts, Listing, PageSize, Shown};
use crate::hooks::listing_address;
use crate::i18n::{Message, Words};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Draws the ways to each kind of invitations, with how many there are, as far as that is known.
pub fn views(
    words: &Words,
    listing: &Listing,
    counts: Option<&Counts>,
    usual: PageSize,
    on_go: &Callback<Listing>,
) -> Html {
    html! {
        <nav class="views" aria-label={words.say(Message::ShownTitle)}>
            { for Shown::ALL.into_iter().map(|shown| {
                // Another kind in the same order and by the same words, where that has a meaning.
                let sort = listing.sort.filter(|sort| sort.by.fits(shown));
                let there = Listing { shown, sort, ..listing.clone() }.on_first_page();
                let href = listing_address(&there, usual);
                let onclick = on_go.reform(move |event: MouseEvent| {
                    event.prevent_default();
                    there.clone()
                });
                html! {
                    <a {href} onclick={only_here(onclick)} aria-current={(shown == listing.shown).then_some("page")}>
                        { line(words, name(shown)) }
                        if let Some(number) = counts.and_then(|counts| number(words, counts, shown)) {
                            { " " }<span class="badge">{ number }</span>
                        }
                    </a>
                }
            }) }
        </nav>
    }
}

/// A link that somebody wants in another tab is the browser's.
fn only_here(onclick: Callback<MouseEvent>) -> Callback<MouseEvent> {
    Callback::from(move |event: MouseEvent| {
        if !(event.meta_key() || event.ctrl_key() || event.shift_key()) {
            onclick.emit(event);
        }
    })
}

/// How many there are; nothing where none was met so far.
fn number(words: &Words, counts: &Counts, shown: Shown) -> Option<String> {
    let count = counts.each[shown as usize];
    let number = words.number(count);
    match shown {
        Shown::Attention if counts.is_at_least => (count > 0).then(|| [&*number, "+"].concat()),
        _ => Some(number),
    }
}

fn name(shown: Shown) -> Message {
    match shown {
        Shown::Pending => Message::ShownPending,
        Shown::Attention => Message::ShownAttention,
        Shown::Accepted => Message::ShownAccepted,
        Shown::Revoked => Message::ShownRevoked,
        Shown::All => Message::ShownAll,
    }
}

/// Draws the field for the words that are searched for.
pub fn search_box(words: &Words, value: String, on_text: Callback<String>) -> Html {
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            on_text.emit(field.value());
        }
    });
    html! {
        <input
            id={ids::SEARCH}
            class="input"
            type="search"
            autocomplete="off"
            aria-label={words.say(Message::ListSearch)}
            placeholder={words.say(Message::ListSearch)}
            {value}
            {oninput}
        />
    }
}
