//! Text from people.

use crate::i18n::{Message, Words};
use crate::ui::icon::{Icon, icon};
use yew::prelude::*;

/// A message. Never inlined: it stands in some sixty places, and each visitor would download it sixty times.
#[inline(never)]
pub fn line(words: &Words, message: Message) -> Html {
    html! { words.say(message) }
}

/// A name, an address, a role: isolated from the direction of the text around it, cut off by the styles
/// where it is too long, whole on hover.
pub fn clip(text: &str) -> Html {
    html! { <span class="clip" title={text.to_owned()}>{ text }</span> }
}

/// The first letters of the first two words of a name, for where a logo would stand.
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
}

/// What is wrong, at the place where it is.
pub fn problem(id: Option<&'static str>, text: &str) -> Html {
    // Those of a field answer what was just done in it, where the keyboard stays; those of a row are said elsewhere.
    html! { <p class="problem" {id} role={id.map(|_| "alert")}>{ icon(Icon::Alert) }<span class="clip">{ text }</span></p> }
}
