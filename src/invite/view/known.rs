//! An entry as the views draw it, and the buttons that do something about one.

use crate::i18n::Message;
use crate::invite::composer::entry_id;
use crate::invite::entry::{Entry, EntryId};
use crate::invite::model::Editing;
use crate::invite::update::ComposerMsg;
use crate::invite::verdict::Verdict;
use crate::invite::view::View;
use crate::outbox::Job;
use yew::prelude::*;

/// An entry, with what is known of it and how far a run is with it.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// What is known of it.
    pub verdict: Option<&'a Verdict>,
    /// Its job, where a run is at work on it.
    pub job: Option<&'a Job>,
}

/// The id of what is said of an entry.
pub fn said_id(id: EntryId) -> String {
    [&entry_id(id), "-said"].concat()
}

/// The message that opens an entry.
pub fn edited(entry: &Entry) -> ComposerMsg {
    ComposerMsg::Edited(Editing { id: entry.id, text: entry.text.clone(), role: entry.role.clone() })
}

/// A button that does something about an entry: its name says about which one, its description why.
pub fn remedy(view: &View, entry: &Entry, label: &str, msg: ComposerMsg) -> Html {
    let (name, _) = entry.text.split_once('@').unwrap_or((&entry.text, ""));
    let spoken = view.words.fill_plain(Message::EntryActOf, &[("act", label), ("name", name)]);
    html! {
        <button
            class="button small"
            type="button"
            aria-label={spoken}
            aria-describedby={said_id(entry.id)}
            onclick={view.compose(msg)}
        >
            { label }
        </button>
    }
}

/// The button that opens an entry.
pub fn change(view: &View, entry: &Entry) -> Html {
    remedy(view, entry, &view.words.say(Message::EntryChange), edited(entry))
}
