//! Files beside the page.

/// Fetches a text: its HTTP status (0 when there was no answer) and its body.
pub async fn fetch_text(address: &str) -> (u16, String) {
    match gloo_net::http::Request::get(address).send().await {
        Ok(answer) => (answer.status(), answer.text().await.unwrap_or_default()),
        Err(_) => (0, String::new()),
    }
}
