//! Files that the page offers.

use wasm_bindgen::prelude::*;
use web_sys::HtmlAnchorElement;

/// Has the browser save `text` as a CSV file called `name`.
pub fn download(name: &str, text: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let anchor = document.create_element("a").ok().and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
    let Some(anchor) = anchor else { return };
    // The byte order mark (EF BB BF) tells spreadsheets that the text is UTF-8.
    let encoded = String::from(js_sys::encode_uri_component(text));
    anchor.set_href(&["data:text/csv;charset=utf-8,%EF%BB%BF", &encoded].concat());
    anchor.set_download(name);
    anchor.click();
}
