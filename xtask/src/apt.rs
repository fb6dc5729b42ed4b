//! apt-get, where the system has it.

use std::{fs, process::Command};

use crate::run;

/// Whether the system has apt-get.
pub fn is_here() -> bool {
    which::which("apt-get").is_ok()
}

/// Whether the system is Ubuntu, where some packages have other names than in Debian.
pub fn is_ubuntu() -> bool {
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    system.lines().any(|line| line == "ID=ubuntu")
}

/// apt-get, through sudo unless the user is root: a container that runs as root often has no sudo.
pub fn get(arguments: &[&str]) -> Command {
    let is_root = run::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim_ascii() == b"0");
    let mut command = if is_root { run::command("apt-get") } else { run::command("sudo") };
    if !is_root {
        command.arg("apt-get");
    }
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}
