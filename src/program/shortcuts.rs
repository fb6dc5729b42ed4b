//! What a single key does. The code is fetched later, with what it leads to.

use crate::feedback::{Focus, ids};
use crate::i18n::Message;
use crate::program::messages::{Effect, Msg};
use crate::program::model::Model;
use crate::{invite, list};

/// The keys, and what each does.
pub const SHORTCUTS: [(&str, Message); 5] = [
    ("i", Message::ShortcutsInvite),
    ("/", Message::ShortcutsSearch),
    ("r", Message::ShortcutsRefresh),
    // The list knows that one: it comes with the click.
    ("Shift", Message::ShortcutsRange),
    ("?", Message::ShortcutsShow),
];

/// Does what a key stands for, where invitations are managed.
pub fn press(model: &mut Model, key: char) -> Vec<Effect> {
    let Some(workspace) = model.current() else { return vec![] };
    match key {
        'i' => vec![Effect::Dispatch(Msg::Invite(workspace.scope.clone(), invite::Msg::Opened))],
        '/' => vec![Effect::Focus(Focus::to(ids::SEARCH))],
        'r' => vec![Effect::Dispatch(Msg::List(workspace.scope.clone(), list::Msg::ReloadPressed))],
        '?' => {
            model.shows_shortcuts = true;
            vec![]
        }
        _ => vec![],
    }
}
