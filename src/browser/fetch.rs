//! Files beside the page.

/// Has the browser fetch a text that will be asked for by [`fetch_text`] in a moment.
pub fn preload(address: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some((document, head)) = document.and_then(|document| Some((document.clone(), document.head()?)))
    else {
        return;
    };
    if let Ok(link) = document.create_element("link") {
        // As `fetch` asks: otherwise the browser would fetch it twice.
        for (name, value) in
            [("rel", "preload"), ("as", "fetch"), ("crossorigin", "anonymous"), ("href", address)]
        {
            let _ = link.set_attribute(name, value);
        }
        let _ = head.append_child(&link);
    }
}

/// Fetches a text: its HTTP status (0 when there was no answer) and its body.
pub async fn fetch_text(address: &str) -> (u16, String) {
    match gloo_net::http::Request::get(address).send().await {
        Ok(answer) => (answer.status(), answer.text().await.unwrap_or_default()),
        Err(_) => (0, String::new()),
    }
}
