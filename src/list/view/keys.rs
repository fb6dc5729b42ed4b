//! Draws what names the single keys that are commands. Fetched later, as what they do.

use crate::i18n::Message;
use crate::list::view::View;
use crate::list::view::panel::{Keys, reload};
use crate::ui::{Icon, icon_button_with_key, tooltip};

/// Draws it, where single keys are commands.
pub fn keys(view: &View) -> Option<Keys> {
    let words = view.words;
    let tip = |message, key| tooltip(words, &words.say(message), key);
    view.has_shortcuts.then(|| {
        let label = words.say(Message::ListRefresh);
        let named = (&*label, &*tip(Message::ListRefresh, "r"), "r");
        let is_usable = !view.model.is_busy();
        let refresh = icon_button_with_key("quiet wide-only", Icon::Retry, named, is_usable, reload(view));
        Keys { search: Some(tip(Message::ListSearch, "/")), refresh: Some(refresh) }
    })
}
