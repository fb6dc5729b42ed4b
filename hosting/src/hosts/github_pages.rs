//! GitHub Pages, which sends no headers of the deployer's and answers `/accept` with `accept.html`.

use anyhow::Result;

use super::{ACCEPT, Deployment, Packed};
use crate::Files;

/// The files stand at the root whatever the path is: GitHub serves a project's files below the project's name.
pub fn files(page: &Deployment) -> Result<Files> {
    let root = Deployment { path: "/".to_owned(), page: page.page.clone(), clerk: page.clerk.clone() };
    let mut files = root.placed("", Packed::LeftOut);
    files.insert(format!("{ACCEPT}.html"), page.index()?.into());
    files.insert("404.html".to_owned(), page.not_found().into_bytes());
    // Otherwise GitHub would pass the files through its site generator.
    files.insert(".nojekyll".to_owned(), Vec::new());
    Ok(files)
}
