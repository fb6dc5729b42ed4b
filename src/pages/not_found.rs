//! There is nothing at this address.

use crate::components::{Icon, card};
use crate::hooks::use_words;
use crate::i18n::Message;
use crate::route::Route;
use yew::prelude::*;
use yew_router::components::Link;

/// Says so, and leads back.
#[function_component]
pub fn NotFound() -> Html {
    let words = use_words();
    let body = html! {
        <>
            <p>{ words.say(Message::NotFoundText) }</p>
            <div class="actions">
                <Link<Route> to={Route::Home} classes="button primary">{ words.say(Message::ToInvitations) }</Link<Route>>
            </div>
        </>
    };
    card(Icon::Info, &words.say(Message::NotFoundTitle), body)
}
