//! Asking before something that can not be taken back.

use crate::i18n::{Message, Words};
use crate::ui::button::button;
use crate::ui::text::line;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What is asked.
pub struct Question {
    /// In a few words.
    pub heading: Message,
    /// What it is about, and what follows.
    pub text: Html,
    /// The way back.
    pub keep: Message,
    /// The way on, where there is one.
    pub confirm: Option<String>,
    /// The class of the button that leads on.
    pub class: &'static str,
}

/// Draws a question; nothing while there is none.
///
/// It is a modal dialog of the browser's own: it keeps the keyboard inside, closes on Escape and gives the focus back.
/// Its owner opens and closes it, and it never leaves the document: one that is taken away while it is open gives
/// nothing back.
pub fn dialog(
    words: &Words,
    node: NodeRef,
    question: Option<Question>,
    on_confirm: Callback<MouseEvent>,
    on_keep: Callback<()>,
) -> Html {
    let keep = on_keep.reform(|_: MouseEvent| ());
    // Escape closes the dialog whether or not anybody listens; what it asks has to go with it.
    let onclose = {
        let node = node.clone();
        Callback::from(move |_: Event| {
            // The event comes a moment after the closing, when the next question may be open already.
            if !node.cast::<HtmlDialogElement>().is_some_and(|dialog| dialog.open()) {
                on_keep.emit(());
            }
        })
    };
    html! {
        <dialog ref={node} class="dialog" aria-labelledby="confirm-heading" aria-describedby="confirm-text" {onclose}>
            if let Some(question) = question {
                <h2 id="confirm-heading">{ line(words, question.heading) }</h2>
                <div id="confirm-text">{ question.text }</div>
                <div class="actions">
                    { button("", &words.say(question.keep), keep) }
                    if let Some(confirm) = question.confirm {
                        { button(question.class, &confirm, on_confirm) }
                    }
                </div>
            }
        </dialog>
    }
}
