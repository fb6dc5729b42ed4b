//! A page that has broken down.

use serde_json::json;

use crate::support::*;

/// From now on the browser's format of numbers presses a button while the page asks for a number to draw: that is a change of
/// the page's state in the middle of looking at it, and a panic. A press of a tab has the list drawn anew.
const BREAK: &str = "
    const { get } = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, 'format');
    const press = () => document.querySelector('[aria-label=Refresh]')?.click();
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', {
        get() { const format = get.call(this); return (number) => { press(); return format(number); }; },
    });
    document.querySelector('nav a:not([aria-current])').click();";

#[tokio::test]
async fn a_page_that_has_broken_down_says_so_and_shows_nothing_else() {
    Stage::admin()
        .expecting("RuntimeError")
        .play(async |page| {
            page.open_list("").await;
            page.eval::<()>(BREAK, json!(null)).await;
            let said = "This page stopped working. Reload it and check the list before sending again.";
            page.until_true(
                "the last message",
                "return document.body.innerText.trim() === arguments[0]",
                json!(said),
            )
            .await;
        })
        .await;
}
