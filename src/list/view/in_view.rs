//! Keeps the current tab in view where the window is too narrow for all of them. Fetched later.

use crate::browser::scroll_to_current;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
struct Props {
    current: AttrValue,
}

/// Draws nothing to see. In the group around it, the link to what is shown is scrolled into view whenever that is another one;
/// `current` tells one from another.
pub fn in_view(current: String) -> Html {
    html! { <InView {current} /> }
}

#[function_component]
fn InView(props: &Props) -> Html {
    let node = use_node_ref();
    let within = node.clone();
    use_effect_with(props.current.clone(), move |_| {
        if let Some(element) = within.cast() {
            scroll_to_current(&element);
        }
    });
    html! { <span ref={node} hidden=true></span> }
}
