//! What a first visit downloads, and what it asks Clerk.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};
use sandbox::Seen;
use xtask::{bundle::Files, dist};

use crate::{
    pages::Pages,
    visit::{Browser, Download},
};

/// Prints the files of this page, and the bytes of all pages side by side.
///
/// # Errors
/// When a page shows no row, or a file that was downloaded is not where it came from.
pub async fn compare(browser: &Browser, pages: &Pages, ours: &Path, bundles: &Path) -> Result<()> {
    let mut rows = String::new();
    for (name, page) in pages.named() {
        page.control().forget_requests();
        let (times, downloads) = browser.load(&page.url()).await?;
        if rows.is_empty() {
            print!("{}", files(&downloads, &page.control().requests(), ours, bundles)?);
        }
        rows += &Weight::of(&downloads, times.row).row(name);
    }
    println!("\nBodies as they came over the line, bytes");
    println!(
        "{:14} {:>9} {:>9} {:>9} {:>10} {:>9} {:>9}  API calls before the first row",
        "", "own", "later", "clerk-js", "Clerk's UI", "API", "all"
    );
    print!("{rows}");
    Ok(())
}

/// The bytes of a first visit by what they are.
#[derive(Default)]
struct Weight {
    own: u64,
    /// Own files that the page starts without.
    later: u64,
    clerk_js: u64,
    ui: u64,
    api: u64,
    calls: usize,
    calls_before_row: usize,
}

impl Weight {
    fn of(downloads: &[Download], row: f64) -> Self {
        let mut weight = Self::default();
        for download in downloads {
            let path = path(&download.address);
            let bytes = if path.starts_with("__clerk/npm/@clerk/clerk-js") {
                &mut weight.clerk_js
            } else if path.starts_with("__clerk/npm/") {
                &mut weight.ui
            } else if path.starts_with("__clerk/") {
                weight.calls += 1;
                weight.calls_before_row += usize::from(download.asked < row);
                &mut weight.api
            } else if ["-cold-", "-later-"].iter().any(|part| path.contains(part)) {
                &mut weight.later
            } else {
                &mut weight.own
            };
            *bytes += download.bytes;
        }
        weight
    }

    fn row(&self, name: &str) -> String {
        let Self { own, later, clerk_js, ui, api, calls, calls_before_row } = self;
        let all = own + later + clerk_js + ui + api;
        format!(
            "{name:14} {own:>9} {later:>9} {clerk_js:>9} {ui:>10} {api:>9} {all:>9}  {calls_before_row} of {calls}\n"
        )
    }
}

/// The tables of the files of this page, whose folder is `ours`.
fn files(downloads: &[Download], asked: &[Seen], ours: &Path, bundles: &Path) -> Result<String> {
    let (mut own, mut clerk) = (Files::new(), Files::new());
    let mut names = BTreeSet::new();
    for download in downloads {
        let path = path(&download.address);
        if let Some(bundle) = path.strip_prefix("__clerk/npm/@clerk/") {
            clerk.insert(bundle.to_owned(), bundled(bundles, bundle)?);
        } else if !path.starts_with("__clerk/") {
            names.insert(if path.is_empty() { "index.html".to_owned() } else { path.to_owned() });
        }
    }
    for name in names {
        let bytes = fs::read(ours.join(&name)).with_context(|| format!("the page has no {name}"))?;
        own.insert(name, bytes);
    }
    let mut report = format!("\nOwn files of a first visit, bytes\n{}", dist::table(&own)?);
    report += &format!("\nClerk's scripts, bytes\n{}", dist::table(&clerk)?);
    report += &format!("\n{} requests, of them {} to Clerk's API:\n", downloads.len(), asked.len());
    for call in asked {
        let query = call.query.iter().filter(|(name, _)| !name.starts_with('_'));
        let query = query.map(|(name, value)| format!(" {name}={value}")).collect::<String>();
        report += &format!("  {} {}{query}\n", call.method, call.path);
    }
    Ok(report)
}

/// The path of an address, without its first slash.
fn path(address: &str) -> &str {
    address.splitn(4, '/').nth(3).unwrap_or_default()
}

/// `clerk-js@6/dist/clerk.browser.js` as it lies among the bundles, whatever version was asked for.
fn bundled(bundles: &Path, address: &str) -> Result<Vec<u8>> {
    let (package, rest) = address.split_once('@').context("a bundle without a version")?;
    let (_, file) = rest.split_once('/').context("a bundle without a file")?;
    Ok(fs::read(bundles.join(package).join(file))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_apart_by_where_they_come_from() {
        let downloads = [
            ("", 1),
            ("app-0a.js", 2),
            ("app-later-0b.wasm", 4),
            ("__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js", 8),
            ("__clerk/npm/@clerk/ui@1/dist/ui.browser.js", 16),
            ("__clerk/v1/client", 32),
            ("__clerk/v1/environment", 64),
        ];
        let downloads = downloads.map(|(path, bytes)| Download {
            address: format!("http://127.0.0.1:80/{path}"),
            bytes,
            asked: bytes as f64,
        });
        let row = Weight::of(&downloads, 40.0).row("a page");
        let row = row.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(row, "a page 3 4 8 16 96 127 1 of 2");
    }
}
