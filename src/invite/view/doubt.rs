//! Says why another address may be meant, and offers what settles that.

use crate::addresses::{Cause, Doubt};
use crate::i18n::{Message, Words};
use crate::invite::entry::Entry;
use crate::invite::update::ComposerMsg;
use crate::invite::view::View;
use crate::invite::view::known::remedy;
use yew::prelude::*;

/// What is odd about an entry.
pub fn doubt_sentence(words: &Words, doubt: &Doubt) -> String {
    words.say(match &doubt.cause {
        Cause::Edge => Message::DoubtEdge,
        Cause::Blank => Message::DoubtBlank,
        Cause::Comma => Message::DoubtComma,
        Cause::Apostrophe => Message::DoubtApostrophe,
        Cause::Encoded => Message::DoubtEncoded,
        Cause::Lookalike(character) => {
            let character = character.to_string();
            return words.fill(Message::DoubtLookalike, &[("character", &character)]);
        }
        Cause::Damaged => Message::DoubtDamaged,
        Cause::Guessed => Message::DoubtGuessed,
        Cause::Column(heading) if heading.trim().is_empty() => Message::DoubtColumnUnnamed,
        Cause::Column(heading) => return words.fill(Message::DoubtColumn, &[("heading", heading)]),
        Cause::Beside(beside) => return words.fill(Message::DoubtBeside, &[("words", beside)]),
        Cause::NoReply => Message::DoubtNoReply,
        Cause::Example => Message::DoubtExample,
    })
}

/// The address that was probably meant, and the text as it is where it can be sent.
pub fn doubt_offers(view: &View, entry: &Entry, doubt: &Doubt) -> Html {
    let words = view.words;
    let small = |label: &str, msg| remedy(view, entry, label, msg);
    let keep = match doubt.cause {
        Cause::Column(_) | Cause::Beside(_) | Cause::Example | Cause::Guessed | Cause::NoReply => {
            Message::EntryUseIt
        }
        _ => Message::EntryKeep,
    };
    html! {
        <>
            if let Some(offer) = &doubt.offer {
                { small(&words.fill_plain(Message::EntryUse, &[("domain", offer)]), ComposerMsg::OfferUsed(entry.id)) }
            }
            if entry.can_be_confirmed() {
                { small(&words.say(keep), ComposerMsg::TextConfirmed(entry.id)) }
            }
        </>
    }
}
