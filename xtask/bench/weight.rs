//! What a first visit downloads, and what it asks Clerk.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};
use sandbox::Seen;
use xtask::{bundle::Files, dist, paths};

/// The tables, from the addresses a visit downloaded and the requests the sandbox saw.
///
/// # Errors
/// When a file that was downloaded is not where it came from.
pub fn report(downloaded: &[String], asked: &[Seen], bundles: &Path) -> Result<String> {
    let (mut own, mut clerk) = (Files::new(), Files::new());
    // A browser does not say that it fetched the icon.
    let mut names = BTreeSet::from(["icon.svg".to_owned()]);
    for address in downloaded {
        let path = address.split('?').next().unwrap_or_default();
        let path = path.splitn(4, '/').nth(3).unwrap_or_default();
        if let Some(bundle) = path.strip_prefix("__clerk/npm/@clerk/") {
            clerk.insert(bundle.to_owned(), bundled(bundles, bundle)?);
        } else if !path.starts_with("__clerk/") {
            names.insert(if path.is_empty() { "index.html".to_owned() } else { path.to_owned() });
        }
    }
    for name in names {
        let bytes = fs::read(paths::dist().join(&name)).with_context(|| format!("dist/ has no {name}"))?;
        own.insert(name, bytes);
    }
    let mut report = format!("\nOwn files of a first visit, bytes\n{}", dist::table(&own)?);
    report += &format!("\nClerk's scripts, bytes\n{}", dist::table(&clerk)?);
    report += &format!("\n{} requests, of them {} to Clerk's API:\n", downloaded.len() + 1, asked.len());
    for call in asked {
        let query = call.query.iter().filter(|(name, _)| !name.starts_with('_'));
        let query = query.map(|(name, value)| format!(" {name}={value}")).collect::<String>();
        report += &format!("  {} {}{query}\n", call.method, call.path);
    }
    Ok(report)
}

/// `clerk-js@6/dist/clerk.browser.js` as it lies among the bundles, whatever version was asked for.
fn bundled(bundles: &Path, address: &str) -> Result<Vec<u8>> {
    let (package, rest) = address.split_once('@').context("a bundle without a version")?;
    let (_, file) = rest.split_once('/').context("a bundle without a file")?;
    Ok(fs::read(bundles.join(package).join(file))?)
}
