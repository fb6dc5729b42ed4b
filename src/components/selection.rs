//! What was chosen, and what can be done with it.

use crate::components::button::button;
use crate::hooks::ManyWish;
use crate::i18n::{Message, Plural, Words};
use yew::prelude::*;

/// Draws how many were chosen and what can be done with them; nothing when none was. `total` is how many match.
pub fn selection(words: &Words, chosen: u64, total: u64, on_wish: &Callback<ManyWish>) -> Html {
    let wish = |text: &str, wish| button("small", text, on_wish.reform(move |_: MouseEvent| wish));
    let said = |message, wished| wish(&words.say(message), wished);
    // The line is always there: a live region that arrives together with its text is not read out.
    html! {
        <div class={if chosen > 0 { "selection" } else { "visually-hidden" }}>
            <p role="status">{ (chosen > 0).then(|| words.count(Plural::Selected, chosen)) }</p>
            if chosen > 0 {
                <div class="actions">
                    if chosen < total { { wish(&words.count(Plural::SelectAll, total), ManyWish::ChooseAll) } }
                    { said(Message::EntryResend, ManyWish::Send) }
                    { said(Message::RoleChange, ManyWish::Role) }
                    { said(Message::Revoke, ManyWish::Revoke) }
                    { said(Message::ListCopy, ManyWish::Copy) }
                    { said(Message::ListExport, ManyWish::Export) }
                    { said(Message::SelectNone, ManyWish::ChooseNone) }
                </div>
            }
        </div>
    }
}
