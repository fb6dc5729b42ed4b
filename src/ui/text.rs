//! Short texts: messages, and what people wrote.

use crate::i18n::{Message, Words};
use crate::ui::icon::{Icon, icon};
use yew::prelude::*;

/// A message. Never inlined: some sixty callers would each bring a copy of this code to every visitor.
#[inline(never)]
pub fn line(words: &Words, message: Message) -> Html {
    html! { words.say(message) }
}

/// A name, an address, a role: isolated from the direction of the text around it, cut off by the styles
/// where it is too long, whole on hover.
pub fn clip(text: &str) -> Html {
    html! { <span class="clip" title={text.to_owned()}>{ text }</span> }
}

/// What is said of a field or a button where the pointer rests on it, with the key that does the same.
pub fn tooltip(words: &Words, label: &str, key: &str) -> String {
    words.fill_plain(Message::ShortcutsOf, &[("act", label), ("key", key)])
}

/// The first letters of the first two words of a name, for where a logo would stand.
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
}

/// What is wrong, said beside the field or the row that it is about.
pub fn problem(id: Option<&'static str>, text: &str) -> Html {
    // A problem of a field is read out, because the focus stays there. That of a row is read out by the toast.
    html! { <p class="problem" {id} role={id.map(|_| "alert")}>{ icon(Icon::Alert) }<span class="clip">{ text }</span></p> }
}
