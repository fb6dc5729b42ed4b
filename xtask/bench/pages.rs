//! The pages that are measured side by side, each served by a sandbox of its own with the same organization.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sandbox::{Sandbox, Serve, World};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use xtask::{
    bundle::{self, Files},
    configure, folder,
    hex::hex,
    npm::Packages,
    paths, react,
};

/// The folders to serve.
pub struct Folders {
    /// The page of this project, configured.
    pub ours: PathBuf,
    /// The least that shows invitations: a script that calls clerk-js.
    pub bare: TempDir,
    /// The React example of Clerk's guide.
    pub react: TempDir,
}

impl Folders {
    /// Configures a copy of `dist/`, and builds the others, packed as that is.
    ///
    /// # Errors
    /// When `dist/` is missing, the packages of the React example cannot be installed, or esbuild refuses it.
    pub fn build(packages: &Packages) -> Result<Self> {
        let sources = paths::root().join("xtask/bench");
        let folder = sources.join("react");
        let document = std::fs::read(folder.join("index.html"))?;
        let script = react::bundled(&folder.join("main.jsx"), packages)?;
        let react = Files::from([("index.html".to_owned(), document), ("main.js".to_owned(), script)]);
        let ours = configure::copy_of_dist()?;
        configure::fit(&ours, &sandbox::config())?;
        Ok(Self { ours, bare: packed(folder::read(&sources.join("floor"))?)?, react: packed(react)? })
    }
}

/// A folder with these files: with the sandbox's key, the scripts named by their content, so that the sandbox serves them as
/// immutable like those of the real page, and compressed.
fn packed(mut files: Files) -> Result<TempDir> {
    for text in files.values_mut() {
        let with_key = String::from_utf8_lossy(text).replace("PUBLISHABLE_KEY", &sandbox::publishable_key());
        *text = with_key.into_bytes();
    }
    let files = with_hashed_names(files)?;
    let compressed = bundle::compressed(&files)?;
    let folder = tempfile::tempdir()?;
    for (name, bytes) in files.iter().chain(&compressed) {
        std::fs::write(folder.path().join(name), bytes)?;
    }
    Ok(folder)
}

fn with_hashed_names(mut files: Files) -> Result<Files> {
    let document = files.remove("index.html").context("a page without index.html")?;
    let mut document = String::from_utf8(document)?;
    let mut named = Files::new();
    for (name, bytes) in files {
        let (stem, extension) = name.rsplit_once('.').context("a file without an extension")?;
        let hashed = format!("{stem}-{}.{extension}", hex(&Sha256::digest(&bytes)[..8]));
        document = document.replace(&format!("\"/{name}\""), &format!("\"/{hashed}\""));
        named.insert(hashed, bytes);
    }
    named.insert("index.html".to_owned(), document.into_bytes());
    Ok(named)
}

/// The running sandboxes.
pub struct Pages {
    /// The page of this project.
    pub ours: Sandbox,
    /// The bare page.
    pub bare: Sandbox,
    /// The React example.
    pub react: Sandbox,
}

impl Pages {
    /// Serves all three.
    ///
    /// # Errors
    /// When one cannot be served.
    pub async fn serve(folders: &Folders, bundles: &Path) -> Result<Self> {
        Ok(Self {
            ours: serve(&folders.ours, bundles).await?,
            bare: serve(folders.bare.path(), bundles).await?,
            react: serve(folders.react.path(), bundles).await?,
        })
    }

    /// Each with its name in the tables.
    pub fn named(&self) -> [(&'static str, &Sandbox); 3] {
        [("this page", &self.ours), ("bare page", &self.bare), ("React example", &self.react)]
    }
}

/// A page before an admin who is signed in, with 57 pending invitations to see.
///
/// # Errors
/// When it cannot be served.
pub async fn serve(page: &Path, bundles: &Path) -> Result<Sandbox> {
    serve_world(signed_in(Some("org_acme"))?, page, bundles).await
}

/// The demo's world, in which every new visitor is Ada, at work in this organization or in none.
///
/// # Errors
/// When the demo has no Ada.
pub fn signed_in(organization: Option<&str>) -> Result<World> {
    let mut world = World::demo();
    let ada = world.user_by_email("ada@demo.test").context("the demo has no Ada")?.id.clone();
    let session = world.sign_in(&ada, organization);
    world.greet_new_clients_with(&session);
    Ok(world)
}

/// A page in this world.
///
/// # Errors
/// When it cannot be served.
pub async fn serve_world(world: World, page: &Path, bundles: &Path) -> Result<Sandbox> {
    let serve = Serve { page: Some(page.to_owned()), ..Serve::new(bundles) };
    Ok(Sandbox::start(world, serve).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_named_by_its_content_where_the_document_asks_for_it() {
        let files = [("index.html", "<script src=\"/a.js\">"), ("a.js", "1")];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let named = with_hashed_names(Files::from(files)).unwrap();
        let script = named.keys().find(|name| name.ends_with(".js")).unwrap();
        assert_eq!(script, "a-6b86b273ff34fce1.js");
        assert_eq!(named["index.html"], format!("<script src=\"/{script}\">").into_bytes());
    }
}
