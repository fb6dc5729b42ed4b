//! What is served over a real connection: the page, the bundles, the controls, and silence.

mod controls;
mod faults;
mod page;
mod wire;

use std::path::Path;

use sandbox::{Sandbox, Serve, World};
use tempfile::TempDir;

/// A small built page and two bundles, in a folder that goes when the test ends.
fn built() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in [
        ("page/index.html", "<!doctype html><title>The page</title>"),
        ("page/app-1a2b3c4d5e6f7a8b.js", "console.log('plain')"),
        ("page/app-1a2b3c4d5e6f7a8b.js.br", "packed by brotli"),
        ("page/app-1a2b3c4d5e6f7a8b.js.gz", "packed by gzip"),
        ("page/app-1a2b3c4d5e6f7a8b_bg.wasm", "\0asm"),
        ("page/theme.css", ":root{}"),
        ("page/config.json", r#"{"publishableKey":"from the folder"}"#),
        ("page/locales/de.json", "{}"),
        ("secret.txt", "not for the page"),
        ("bundles/clerk-js/dist/clerk.browser.js", "clerk"),
        ("bundles/clerk-js/package.json", "not a bundle"),
        ("bundles/ui/dist/ui.browser.js", "ui"),
        ("bundles/ui/dist/ui.browser.js.br", "ui by brotli"),
    ] {
        write(folder.path(), file, text);
    }
    folder
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

async fn serve(folder: &TempDir, base: &str, config: Option<&str>) -> Sandbox {
    let serve = Serve {
        page: Some(folder.path().join("page")),
        base: base.to_owned(),
        config: config.map(str::to_owned),
        ..Serve::new(folder.path().join("bundles"))
    };
    Sandbox::start(World::demo(), serve).await.expect("a free port")
}
