//! Firebase Hosting: `firebase.json` beside the folder that is served.

use anyhow::Result;
use serde_json::{Value, json};

use super::{ACCEPT, Deployment, INDEX, Packed, SITE, pretty};
use crate::Files;

pub fn files(page: &Deployment) -> Result<Files> {
    let mut files = page.placed(SITE, Packed::LeftOut);
    files.insert(format!("{SITE}/404.html"), page.not_found().into_bytes());
    files.insert("firebase.json".to_owned(), pretty(&settings(page))?);
    Ok(files)
}

/// Firebase looks for a file before it rewrites an address, and adds the slash to `/team` by itself.
fn settings(page: &Deployment) -> Value {
    let header = |(key, value): (&str, String)| json!({ "key": key, "value": value });
    let security = page.security_headers().into_iter().map(header).collect::<Vec<_>>();
    let path = page.path_regex();
    let mut headers = vec![json!({ "regex": format!("^{path}.*$"), "headers": security })];
    for (address, cache) in page.cache_by_address() {
        let regex = format!("^{}$", address.replace('.', r"\."));
        headers.push(json!({ "regex": regex, "headers": [header(("Cache-Control", cache.to_owned()))] }));
    }
    json!({
        "hosting": {
            "public": SITE,
            "headers": headers,
            "redirects": [{
                "regex": format!("^{path}{ACCEPT}/$"),
                "destination": format!("{}{ACCEPT}", page.path),
                "type": 301,
            }],
            "rewrites": [{ "regex": format!("^{path}[^./]+$"), "destination": format!("{}{INDEX}", page.path) }],
        }
    })
}
