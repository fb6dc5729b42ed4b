//! The line that says how things ended.

use crate::components::button::icon_button;
use crate::components::icon::Icon;
use crate::components::notice::notice;
use crate::hooks::{Said, use_words};
use crate::i18n::Message;
use yew::prelude::*;

/// What the line says.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The last thing that was said, unless it was dismissed.
    pub said: Option<Said>,
    /// Somebody has read it.
    pub on_dismiss: Callback<()>,
}

/// Always in the document: a live region that arrives together with its text is not read out.
#[function_component]
pub fn StatusLine(props: &Props) -> Html {
    let words = use_words();
    let dismiss = props.on_dismiss.reform(|_: MouseEvent| ());
    let close = icon_button("small", Icon::Close, &words.say(Message::Dismiss), true, dismiss);
    html! {
        <div class="status" role="status">
            if let Some(said) = &props.said {
                { notice(said.tone, false, &said.text, None, close) }
            }
        </div>
    }
}
