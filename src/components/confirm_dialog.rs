//! Asking before something that can't be taken back.

use crate::components::button::button;
use crate::components::text::line;
use crate::i18n::{Message, Words};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Draws the question whether the invitation of `email` is to be revoked; nothing while there is no such question.
///
/// It is a modal dialog of the browser's own: it keeps the keyboard inside, closes on Escape and gives the focus back.
/// Its owner opens and closes it, and it never leaves the document: one that is taken away while it is open gives
/// nothing back.
pub fn confirm_dialog(
    words: &Words,
    node: NodeRef,
    email: Option<&str>,
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
            if let Some(email) = email {
                <h2 id="confirm-heading">{ line(words, Message::RevokeTitle) }</h2>
                <div id="confirm-text">
                    <p class="clip" title={email.to_owned()}><strong>{ email }</strong></p>
                    <p class="hint">{ line(words, Message::RevokeText) }</p>
                </div>
                <div class="actions">
                    { button("", &words.say(Message::RevokeKeep), keep) }
                    { button("danger", &words.say(Message::RevokeConfirm), on_confirm) }
                </div>
            }
        </dialog>
    }
}
