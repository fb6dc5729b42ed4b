//! The dialog that asks the admin before something that can't be undone.

use crate::i18n::{Message, Words};
use crate::ui::button::button;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What is asked, with a heading that is filled.
pub struct Asked {
    /// The heading.
    pub heading: String,
    /// What it is about, and what follows.
    pub text: Html,
    /// The label of the button that cancels.
    pub keep: String,
    /// The label of the button that confirms; `None` while there is nothing to confirm.
    pub confirm: Option<String>,
    /// The class of the button that confirms.
    pub class: &'static str,
}

/// What is asked, under a heading that is always the same.
pub struct Question {
    /// The heading.
    pub heading: Message,
    /// What it is about, and what follows.
    pub text: Html,
    /// The label of the button that cancels.
    pub keep: Message,
    /// The label of the button that confirms; `None` while there is nothing to confirm.
    pub confirm: Option<String>,
    /// The class of the button that confirms.
    pub class: &'static str,
}

/// Draws a question; nothing while there is none.
///
/// It is the browser's own modal dialog, which keeps the focus inside, closes on Escape, and then returns the focus. The
/// caller opens and closes it ([`show_dialog`](crate::ui::show_dialog)). It stays in the document: a dialog that is removed
/// while it is open returns no focus.
pub fn dialog(
    words: &Words,
    node: NodeRef,
    question: Option<Question>,
    on_confirm: Callback<MouseEvent>,
    on_keep: Callback<()>,
) -> Html {
    let asked = question.map(|Question { heading, text, keep, confirm, class }| {
        let [heading, keep] = [heading, keep].map(|message| words.say(message));
        Asked { heading, text, keep, confirm, class }
    });
    dialog_asking(node, asked, on_confirm, on_keep)
}

/// The same for a heading that is filled.
pub fn dialog_asking(
    node: NodeRef,
    question: Option<Asked>,
    on_confirm: Callback<MouseEvent>,
    on_keep: Callback<()>,
) -> Html {
    let keep = on_keep.reform(|_: MouseEvent| ());
    // The browser closes the dialog on Escape; the question has to be withdrawn then.
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
                <h2 id="confirm-heading">{ question.heading }</h2>
                <div id="confirm-text">{ question.text }</div>
                <div class="actions">
                    { button("", &question.keep, keep) }
                    if let Some(confirm) = question.confirm {
                        { button(question.class, &confirm, on_confirm) }
                    }
                </div>
            }
        </dialog>
    }
}
