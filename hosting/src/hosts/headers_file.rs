//! Netlify and Cloudflare, which both read `_headers` and answer `/accept` with `accept.html`.

use anyhow::{Result, ensure};

use super::{ACCEPT, Deployment, Packed};
use crate::Files;

/// What `<base>` says in the page that is built.
const RELATIVE_BASE: &str = r#"<base href="./">"#;

/// Netlify also answers `/accept/` with `accept.html`, so that its `<base>` must say where the page is.
pub fn netlify(page: &Deployment) -> Result<Files> {
    let index = page.index()?;
    ensure!(index.contains(RELATIVE_BASE), "index.html has no {RELATIVE_BASE}");
    let base = format!(r#"<base href="{}">"#, page.path);
    Ok(files(page, &index.replace(RELATIVE_BASE, &base)))
}

/// Cloudflare redirects `/accept/` to `/accept`. Without a `404.html` at its root it answers each missing file with
/// index.html and status 200.
pub fn cloudflare(page: &Deployment) -> Result<Files> {
    let mut files = files(page, page.index()?);
    files.insert("404.html".to_owned(), page.not_found().into_bytes());
    Ok(files)
}

fn files(page: &Deployment, accept: &str) -> Files {
    let mut files = page.placed("", Packed::LeftOut);
    files.insert(page.place("", &format!("{ACCEPT}.html")), accept.into());
    files.insert(page.place("", "404.html"), page.not_found().into_bytes());
    files.insert("_headers".to_owned(), headers(page).into_bytes());
    files
}

/// One rule for the security headers and one for each address's `Cache-Control`. No address gets a header from two rules:
/// Cloudflare would join both values with a comma.
fn headers(page: &Deployment) -> String {
    let mut text = format!("{}*\n", page.path);
    for (name, value) in page.security_headers() {
        text += &format!("  {name}: {value}\n");
    }
    for (address, cache) in page.cache_by_address() {
        text += &format!("{address}\n  Cache-Control: {cache}\n");
    }
    text
}
