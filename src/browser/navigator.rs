//! What the browser knows of its user and its connection.

/// Does the browser say that it is online? It may say so without a working connection, but "offline" is always true.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// The language tags that the user prefers, the most preferred first.
pub fn languages() -> Vec<String> {
    let list = web_sys::window().map(|window| window.navigator().languages());
    list.map(|list| list.iter().filter_map(|tag| tag.as_string()).collect()).unwrap_or_default()
}
