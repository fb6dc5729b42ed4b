//! The dialog that lists the keys.

use crate::i18n::{Message, Words};
use crate::ui::text::line;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What is listed.
#[derive(Clone, PartialEq, Properties)]
struct Props {
    words: Words,
    keys: &'static [(&'static str, Message)],
    on_close: Callback<()>,
}

/// Draws the dialog, open: it is there for as long as it is drawn. `keys` are the keys, and what each does.
pub fn shortcuts_dialog(
    words: &Words,
    keys: &'static [(&'static str, Message)],
    on_close: Callback<()>,
) -> Html {
    html! { <Shortcuts words={words.clone()} {keys} {on_close} /> }
}

#[function_component]
fn Shortcuts(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let onclose = props.on_close.reform(|_: Event| ());
    html! {
        <dialog ref={node} class="dialog" aria-labelledby="shortcuts-heading" {onclose}>
            <h2 id="shortcuts-heading">{ line(&props.words, Message::ShortcutsTitle) }</h2>
            <dl class="facts keys">
                { for props.keys.iter().map(|(key, what)| html! {
                    <div>
                        <dt><kbd class="badge">{ *key }</kbd></dt>
                        <dd>{ line(&props.words, *what) }</dd>
                    </div>
                }) }
            </dl>
            // The browser closes the dialog itself, and then returns the focus.
            <form class="actions" method="dialog">
                <button class="button">{ line(&props.words, Message::Close) }</button>
            </form>
        </dialog>
    }
}
