//! Elements whose class changes.

use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VNode};

/// The element with this class in the place of its own. `class={…}` takes a set of yew's, whose code would be 1.7 kB more
/// for each visitor: only what is fetched later uses it.
///
/// The element has to have a class, and an attribute whose value is no literal: yew keeps those of other elements where
/// they can't be changed.
#[inline(never)]
pub fn classed(class: &str, mut element: Html) -> Html {
    let VNode::VTag(tag) = &mut element else { return element };
    let attributes = Rc::get_mut(tag).map(|tag| &mut tag.attributes);
    debug_assert!(
        matches!(attributes, Some(Attributes::Dynamic { .. })),
        "yew keeps these where they can't be changed"
    );
    if let Some(Attributes::Dynamic { keys, values }) = attributes {
        for (_, value) in keys.iter().zip(values.iter_mut()).filter(|(key, _)| **key == "class") {
            *value = (!class.is_empty()).then(|| AttributeOrProperty::Attribute(class.to_owned().into()));
        }
    }
    element
}
