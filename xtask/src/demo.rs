//! `cargo xtask demo`: the release page in a browser, against the sandbox; with `--embedded` within other pages.

use std::{
    env,
    process::{Command, Stdio},
};

use anyhow::Result;

use crate::{configure, dist::Build, embedded, npm::Packages, processes::Interrupt, sandbox::Sandbox};

/// Builds the page if need be, and serves it until Ctrl-C.
///
/// # Errors
/// When something cannot be installed, built or started.
pub fn run(port: u16) -> Result<()> {
    let build = Build::set_up()?;
    let bundles = Packages::install()?.clerk_bundles();
    build.run_if_stale()?;
    let interrupt = Interrupt::catch()?;
    let page = configure::copy_of_dist()?;
    let sandbox = Sandbox::start(&bundles, Some(&page), port)?;
    configure::fit(&page, &sandbox.settings()?)?;
    // The sandbox has said by now who can sign in, and which links there are.
    println!("\nThe page is at {}\nSign in as one of the people above. Ctrl-C ends it.", sandbox.url);
    open(&sandbox.url);
    interrupt.wait(&mut [sandbox.process])
}

/// Builds the page if need be, and serves pages of another origin that embed it until Ctrl-C.
///
/// # Errors
/// When something cannot be installed, built or started.
pub fn run_embedded(port: u16) -> Result<()> {
    let build = Build::set_up()?;
    let packages = Packages::install()?;
    let bundles = packages.clerk_bundles();
    build.run_if_stale()?;
    let pages = embedded::build(&packages)?;
    let interrupt = Interrupt::catch()?;
    let page = Sandbox::start_empty(&bundles, &configure::copy_of_dist()?)?;
    embedded::embed(&pages, &page.url)?;
    let embedding = Sandbox::start_embedding(&bundles, &pages, port, &page.url)?;
    println!("\nThe element comes from {}, another origin than that of the pages which show it:", page.url);
    for (file, what) in embedded::PAGES {
        println!("  {}{file}  {what}", embedding.url);
    }
    println!("Sign in as one of the people named here. Ctrl-C ends it.");
    open(&format!("{}{}", embedding.url, embedded::PAGES[0].0));
    interrupt.wait(&mut [page.process, embedding.process])
}

/// Opens the address in the default browser, where there is a screen. A failure does not stop the demo, which has printed
/// the address.
fn open(url: &str) {
    let opener = if cfg!(target_os = "macos") {
        ("open", None)
    } else if cfg!(windows) {
        ("explorer", None)
    } else {
        ("xdg-open", Some(["DISPLAY", "WAYLAND_DISPLAY"]))
    };
    let (program, screens) = opener;
    let has_screen = screens.is_none_or(|screens| screens.iter().any(|name| env::var_os(name).is_some()));
    if has_screen {
        let opened = Command::new(program).arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        if opened.is_err() {
            println!("(found no {program} to open it with)");
        }
    }
}
