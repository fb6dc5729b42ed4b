//! Asking before something that can't be taken back.

use crate::components::button::button;
use crate::hooks::use_words;
use crate::i18n::Message;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// Whose invitation is to be revoked.
    pub email: String,
    /// Yes.
    pub on_confirm: Callback<()>,
    /// No.
    pub on_keep: Callback<()>,
}

/// A modal dialog of the browser's own: it keeps the keyboard inside, closes on Escape and gives the focus back.
#[function_component]
pub fn ConfirmDialog(props: &Props) -> Html {
    let words = use_words();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            // Closed before it goes, or the browser would not give the focus back.
            move || dialog.iter().for_each(HtmlDialogElement::close)
        });
    }
    let on_keep = props.on_keep.reform(|_: MouseEvent| ());
    let on_confirm = props.on_confirm.reform(|_: MouseEvent| ());
    let oncancel = props.on_keep.reform(|_: Event| ());
    html! {
        <dialog
            ref={node}
            class="dialog"
            aria-labelledby="confirm-heading"
            aria-describedby="confirm-text"
            {oncancel}
        >
            <h2 id="confirm-heading">{ words.say(Message::RevokeTitle) }</h2>
            <div id="confirm-text">
                <p class="clip" title={props.email.clone()}><strong>{ &props.email }</strong></p>
                <p class="hint">{ words.say(Message::RevokeText) }</p>
            </div>
            <div class="actions">
                <button class="button" type="button" autofocus=true onclick={on_keep}>
                    { words.say(Message::RevokeKeep) }
                </button>
                { button("danger", &words.say(Message::RevokeConfirm), on_confirm) }
            </div>
        </dialog>
    }
}
