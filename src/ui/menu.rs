//! A menu: what else can be done, listed below the button that opens it. Fetched later, unlike [its
//! button](crate::ui::menu_button).

use crate::browser::{FocusStep, has_left_group, place_focus_near, step_focus};
use crate::feedback::ids;
use yew::prelude::*;

/// What a menu offers.
pub struct MenuItem {
    /// What stands on it.
    pub label: String,
    /// Whether it takes something away that can't be brought back.
    pub is_danger: bool,
    /// Whether a line separates it from the one before.
    pub starts_group: bool,
    /// Whether it has a button of its own where the window is wide.
    pub is_narrow_only: bool,
    /// Whether it can't be done now: it says why when it is picked.
    pub is_off: bool,
    /// What picking it does.
    pub on_pick: Callback<()>,
}

impl MenuItem {
    /// One like the others.
    pub fn new(label: String, on_pick: Callback<()>) -> Self {
        Self { label, is_danger: false, starts_group: false, is_narrow_only: false, is_off: false, on_pick }
    }
}

/// Draws the open menu of the button with the id `opener`.
///
/// Arrow keys, Home and End walk through it. Escape closes it and gives the focus back to the button, and so does a pick:
/// a dialog that is opened by it returns the focus to where it was before. It closes when the focus leaves it.
pub fn menu(opener: &str, label: &str, items: Vec<MenuItem>, on_close: &Callback<()>) -> Html {
    let onkeydown = {
        let (opener, on_close) = (opener.to_owned(), on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step = match &*event.key() {
                "ArrowDown" => FocusStep::Next,
                "ArrowUp" => FocusStep::Previous,
                "Home" => FocusStep::First,
                "End" => FocusStep::Last,
                "Escape" => {
                    place_focus_near(&event, &opener);
                    return on_close.emit(());
                }
                _ => return,
            };
            event.prevent_default();
            step_focus(&event, step);
        })
    };
    let onfocusout = {
        let (opener, on_close) = (opener.to_owned(), on_close.clone());
        Callback::from(move |event: FocusEvent| {
            if has_left_group(&event, "[role=menu]", &opener) {
                on_close.emit(());
            }
        })
    };
    html! {
        // Safari gives a pressed button no focus: what is pressed in the menu leaves the focus in the menu.
        <div class="menu" role="menu" aria-label={label.to_owned()} tabindex="-1" {onkeydown} {onfocusout}>
            { for items.into_iter().enumerate().map(|(at, item)| draw(opener, at == 0, item)) }
        </div>
    }
}

fn draw(opener: &str, is_first: bool, item: MenuItem) -> Html {
    let onclick = {
        let opener = opener.to_owned();
        item.on_pick.reform(move |event: MouseEvent| place_focus_near(&event, &opener))
    };
    html! {
        <>
            if item.starts_group { <div role="separator"></div> }
            <button
                class={classes!(
                    "menu-item",
                    item.is_danger.then_some("danger"),
                    item.is_narrow_only.then_some("narrow-only")
                )}
                id={is_first.then(|| ids::first_item(opener))}
                type="button"
                role="menuitem"
                tabindex="-1"
                aria-disabled={item.is_off.then_some("true")}
                {onclick}
            >
                { item.label }
            </button>
        </>
    }
}
