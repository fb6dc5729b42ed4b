//! Clerk does not take the ticket: says why, and what to do.

use crate::accept::ticket::Refusal;
use crate::accept::update::Msg;
use crate::accept::view::frame::{View, screen};
use crate::i18n::Message;
use crate::ui::{Icon, button, line};
use yew::prelude::*;

/// Why it does not, and what to do then.
pub fn sentences(refusal: Refusal) -> (Message, Message) {
    match refusal {
        Refusal::Revoked => (Message::RefusedRevoked, Message::RefusedRevokedText),
        Refusal::Accepted => (Message::RefusedAccepted, Message::RefusedAcceptedText),
        Refusal::Ended => (Message::RefusedEnded, Message::RefusedAskAgain),
        Refusal::Expired => (Message::RefusedExpired, Message::RefusedAskAgain),
        Refusal::OrganizationGone => (Message::RefusedGone, Message::RefusedGoneText),
        Refusal::Full => (Message::RefusedFull, Message::RefusedFullText),
        Refusal::Invalid | Refusal::NoAccount | Refusal::AccountExists => {
            (Message::RefusedInvalid, Message::RefusedInvalidText)
        }
    }
}

/// Draws why a ticket is refused, and the next step.
pub fn refused(view: &View, refusal: Refusal) -> Html {
    let words = view.words;
    let (heading, text) = sentences(refusal);
    let sign_in = if refusal == Refusal::Accepted { "accept?__clerk_status=complete" } else { "accept" };
    let body = html! {
        <>
            <p>{ line(words, text) }</p>
            <div class="actions">
                if refusal == Refusal::Full {
                    { button("primary", &words.say(Message::Retry), view.sends(Msg::TicketRetried)) }
                }
                // Loaded anew, because another tab may have signed in meanwhile and clerk-js does not hear of that.
                <a class="button" href={view.mount.link(sign_in.to_owned())}>{ line(words, Message::SignIn) }</a>
            </div>
            if refusal != Refusal::Accepted {
                <p class="hint">{ line(words, Message::RefusedSignIn) }</p>
            }
        </>
    };
    screen(if refusal == Refusal::Accepted { Icon::Info } else { Icon::Mail }, &words.say(heading), body)
}
