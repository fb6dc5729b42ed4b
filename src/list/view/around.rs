//! Draws what stands around a page of the list. Fetched when the admin is about to do something with it.

use crate::list::view::View;
use crate::list::view::actions::actions;
use crate::list::view::attention::attention;
use crate::list::view::found::{members, no_match};
use crate::list::view::joined::joined;
use crate::list::view::panel::Around;
use crate::list::view::reading::reading;
use crate::list::view::sorts::sorts;
use crate::list::view::tools_menu::tools_menu;
use yew::prelude::*;

/// Draws what stands around a page of the list.
pub fn around(view: &View) -> Around {
    Around {
        sorts: sorts(view),
        tools: tools_menu(view),
        reading: Some(reading(view)),
        no_match: no_match(view),
        above: html! { <>{ members(view) }{ attention(view) }{ joined(view) }</> },
        below: actions(view),
        instead: None,
    }
}
