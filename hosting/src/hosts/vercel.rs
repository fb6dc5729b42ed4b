//! Vercel: `vercel.json` at the root of what is deployed.

use anyhow::Result;
use serde_json::{Value, json};

use super::{ACCEPT, Deployment, INDEX, Packed, pretty};
use crate::Files;

pub fn files(page: &Deployment) -> Result<Files> {
    let mut files = page.placed("", Packed::LeftOut);
    files.insert("vercel.json".to_owned(), pretty(&settings(page))?);
    Ok(files)
}

/// Vercel looks for a file before it rewrites an address, and redirects before both.
fn settings(page: &Deployment) -> Value {
    let path = &page.path;
    let header = |(key, value): (&str, String)| json!({ "key": key, "value": value });
    let security = page.security_headers().into_iter().map(header).collect::<Vec<_>>();
    let mut headers = vec![json!({ "source": format!("{path}(.*)"), "headers": security })];
    for (address, cache) in page.cache_by_address() {
        // A source is a pattern, in which a dot is a dot.
        headers.push(json!({ "source": address, "headers": [header(("Cache-Control", cache.to_owned()))] }));
    }
    let mut redirects = vec![redirect(&format!("{path}{ACCEPT}/"), &format!("{path}{ACCEPT}"))];
    redirects.extend(page.path_without_slash().map(|short| redirect(short, path)));
    json!({
        "$schema": "https://openapi.vercel.sh/vercel.json",
        "headers": headers,
        "redirects": redirects,
        "rewrites": [{ "source": format!("{path}:route([^./]+)"), "destination": format!("{path}{INDEX}") }],
    })
}

fn redirect(source: &str, destination: &str) -> Value {
    json!({ "source": source, "destination": destination, "permanent": true })
}
