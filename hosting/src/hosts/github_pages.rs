//! GitHub Pages, which sends no headers of the deployer's and answers `/accept` with `accept.html`.

use anyhow::{Context, Result};

use super::{ACCEPT, Deployment, INDEX, Packed};
use crate::{Files, policy::content_security_policy};

/// The files stand at the root whatever the path is: GitHub serves a project's files below the project's name.
pub fn files(page: &Deployment) -> Result<Files> {
    let root = Deployment { path: "/".to_owned(), page: page.page.clone(), clerk: page.clerk.clone() };
    let mut files = root.placed("", Packed::LeftOut);
    let index = with_policy(page)?.into_bytes();
    files.insert(INDEX.to_owned(), index.clone());
    files.insert(format!("{ACCEPT}.html"), index);
    files.insert("404.html".to_owned(), page.not_found().into_bytes());
    // Otherwise GitHub would pass the files through its site generator.
    files.insert(".nojekyll".to_owned(), Vec::new());
    Ok(files)
}

/// index.html with the policy in an element, before all that it is for. Browsers heed all of it but `frame-ancestors` there.
fn with_policy(page: &Deployment) -> Result<String> {
    let policy = content_security_policy(&page.clerk);
    let (policy, _) =
        policy.split_once("; frame-ancestors").context("the policy does not end in frame-ancestors")?;
    let (before, after) = page.index()?.split_once("<base").context("index.html has no <base>")?;
    Ok(format!("{before}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<base{after}"))
}
