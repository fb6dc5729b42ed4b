//! Draws the invitee's side: one screen at a time, in the middle of the window.

mod account;
mod account_button;
mod arrived;
mod choice;
mod clerk_button;
mod form;
mod frame;
mod refused;

pub use frame::View;

use crate::accept::screen::Screen;
use crate::accept::update::Msg;
use crate::accept::view::frame::screen;
use crate::domain::Error;
use crate::feedback::Severity;
use crate::i18n::{Message, error_sentence};
use crate::ui::{Icon, button, line, notice};
use yew::prelude::*;

/// Draws the screen of a visitor.
pub fn invitee(view: &View) -> Html {
    match view.model.screen(view.auth) {
        Screen::Waiting => waiting(view),
        Screen::Form(form, reason) => form::form(view, form, reason),
        Screen::Refused(refusal) => refused::refused(view, refusal),
        Screen::Failed(error) => failed(view, error),
        Screen::Choice(lead, received) => choice::choice(view, &lead, received),
        Screen::Arrived(arrival) => arrived::arrived(view, &arrival),
    }
}

fn waiting(view: &View) -> Html {
    html! {
        <main class="gate">
            <p class="wait" role="status">
                <span class="spinner" aria-hidden="true"></span>
                { line(view.words, Message::AcceptLoading) }
            </p>
        </main>
    }
}

fn failed(view: &View, error: &Error) -> Html {
    let words = view.words;
    let retry = button("small", &words.say(Message::Retry), view.sends(Msg::RetryPressed));
    let hint = error_sentence(words, error);
    let body = html! {
        <>
            { notice(Severity::Danger, true, &words.say(Message::AcceptFailed), Some(&hint), retry) }
            { account::account(view, &[], "small") }
        </>
    };
    screen(Icon::Warning, &words.say(Message::AcceptTitle), body)
}
