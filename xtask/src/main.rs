//! `cargo xtask COMMAND`: see `HELP`.

use anyhow::{Result, bail};
use lexopt::prelude::*;
use xtask::{config, dist::Dist};

const HELP: &str = "\
cargo xtask COMMAND

  demo [--port 4173]             build the page and show it against a local stand-in for Clerk
  dev [--port 8080]              the same with live reload, rebuilt at each change
  dist [--public-url /team/]     build the folder to deploy, dist/
  test [FILTER]                  check and test everything
  bench                          measure the release page against a bare one

Each one first installs what is missing, and says so.
";

fn main() {
    if let Err(error) = start() {
        eprintln!("error: {error:#}");
        std::process::exit(1);
    }
}

fn start() -> Result<()> {
    let mut words = lexopt::Parser::from_env();
    let command = match words.next()? {
        Some(Value(command)) => command.string()?,
        Some(Short('h') | Long("help")) | None => {
            print!("{HELP}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "dist" => {
            let public_url = option(&mut words, "public-url")?;
            Dist::ready(public_url.as_deref().unwrap_or("/"))?.build()
        }
        // For trunk, after each of its builds.
        "config" => {
            option(&mut words, "")?;
            config::write()
        }
        other => bail!("there is no command {other:?}\n\n{HELP}"),
    }
}

/// The value of the one option a command has; refuses everything else.
fn option(words: &mut lexopt::Parser, name: &str) -> Result<Option<String>> {
    let mut value = None;
    while let Some(word) = words.next()? {
        match word {
            Long(found) if found == name => value = Some(words.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(value)
}
