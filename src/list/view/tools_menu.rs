//! Draws the menu of what can be done with the whole list, for windows that are too narrow for a button each. Fetched when the
//! admin is about to do something with the list.

use crate::i18n::Message;
use crate::list::messages::{ActionMsg, Msg};
use crate::list::model::{AfterReading, Menu};
use crate::list::view::View;
use crate::ui::{MenuItem, menu};
use yew::prelude::*;

/// Draws it while it is open.
pub fn tools_menu(view: &View) -> Html {
    if view.model.actions.menu != Some(Menu::Tools) {
        return Html::default();
    }
    let words = view.words;
    let item = |message, msg| MenuItem::new(words.say(message), view.act(msg));
    let items = vec![
        item(Message::ListCopy, ActionMsg::All(AfterReading::Copy)),
        item(Message::ListExport, ActionMsg::All(AfterReading::Export)),
        MenuItem::new(words.say(Message::ListRefresh), view.on.reform(|()| Msg::ReloadPressed)),
    ];
    menu(&Menu::Tools.opener(), &words.say(Message::MoreActions), items, &view.act(ActionMsg::MenuClosed))
}
