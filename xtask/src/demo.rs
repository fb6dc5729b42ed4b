//! The release page in the browser, against the sandbox.

use std::{
    env,
    process::{Command, Stdio},
};

use anyhow::Result;

use crate::{children::Interruption, dist::Dist, packages, places, sandbox::Sandbox};

/// Builds what is not built, serves it, and goes on until Ctrl-C.
///
/// # Errors
/// When something cannot be installed, built or started.
pub fn run(port: u16) -> Result<()> {
    let dist = Dist::ready("/")?;
    let bundles = packages::clerk()?;
    dist.fresh()?;
    let interruption = Interruption::expected()?;
    let sandbox = Sandbox::start(&bundles, Some(&places::dist()), port)?;
    println!("\nThe page is at {}\nCtrl-C ends it. Sign in as one of:", sandbox.url);
    open(&sandbox.url);
    interruption.wait(&mut [sandbox.child])
}

/// Opens the address where there is a screen to show it on. That it cannot is no reason to stop: the address is printed.
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
        let silent = Command::new(program).arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        if silent.is_err() {
            println!("(found no {program} to open it with)");
        }
    }
}
