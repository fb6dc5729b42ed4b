//! The message that replaces the page after a panic.

use crate::browser::mount::Mount;

/// Replaces the page by a message. After a panic no component works any more, so this is plain DOM, and the message
/// catalogue is out of reach, so it is English.
///
/// Never inlined: `cargo xtask dist` finds it by its name, and has each panic call it.
#[inline(never)]
pub fn show_crash_message() {
    Mount::all().iter().for_each(show_crash_message_in);
}

/// The same for one of the pages in the document.
pub fn show_crash_message_in(mount: &Mount) {
    const SENTENCE: &str = "This page stopped working. Reload it and check the list before sending again.";
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Ok(alert) = document.create_element("p") {
        let _ = alert.set_attribute("role", "alert");
        let _ = alert.set_attribute("class", "gate");
        let _ = alert.set_attribute("lang", "en");
        let _ = alert.set_attribute("dir", "ltr");
        alert.set_text_content(Some(SENTENCE));
        mount.root().set_text_content(None);
        mount.show_skeleton(false);
        let _ = mount.root().append_child(&alert);
    }
}
