//! Pages that embed this one, for the demo and the tests: a plain one, two with a Clerk of their own, an application of React.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{
    bundle::Files,
    folder,
    npm::{self, Packages},
    paths, react,
};

/// The pages, and what each is.
pub const PAGES: [(&str, &str); 4] = [
    ("plain.html", "a plain page without a Clerk of its own"),
    ("react.html", "an application of React with @clerk/react"),
    ("clerk-6.html", "a page that loads clerk-js 6"),
    ("clerk-5.html", "a page that loads clerk-js 5"),
];

/// The script by which each of them takes the element from where the page is.
const ELEMENT: &str = "embedded.js";

/// Builds them into a folder. They work once [`embed`] has said where the page is.
///
/// # Errors
/// When a package cannot be installed, or the application of React cannot be bundled.
pub fn build(packages: &Packages) -> Result<PathBuf> {
    let sources = paths::root().join("xtask/embedded");
    let old_clerk = npm::install(&sources.join("clerk-js-5"), "clerk-js 5", |_| Ok(()))?;
    let mut files: Files = folder::read(&sources)?;
    files.retain(|name, _| !name.contains('/') && !name.ends_with(".jsx"));
    files.insert("react.js".to_owned(), react::bundled(&sources.join("react.jsx"), packages)?);
    for (name, bytes) in folder::read(&old_clerk.join("@clerk/clerk-js/dist"))? {
        if name.ends_with(".js") {
            files.insert(format!("clerk-js-5/{name}"), bytes);
        }
    }
    let built = paths::scratch()?.join("embedding");
    if built.exists() {
        fs::remove_dir_all(&built)?;
    }
    folder::write(&files, &built)?;
    Ok(built)
}

/// Has the pages in this folder embed the page at `url`.
///
/// # Errors
/// When the folder cannot be written to.
pub fn embed(folder: &Path, url: &str) -> Result<()> {
    Ok(fs::write(folder.join(ELEMENT), format!("export * from \"{url}embed.js\";\n"))?)
}
