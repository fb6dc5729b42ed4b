//! `cargo xtask COMMAND`: see `HELP`.

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use xtask::{checks, config, demo, dev, dist::Dist, run};

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
        "demo" => demo::run(port(&mut words, 4173)?),
        "dev" => dev::run(port(&mut words, 8080)?),
        "dist" => {
            let public_url = option(&mut words, "public-url")?;
            Dist::ready(public_url.as_deref().unwrap_or("/"))?.build()
        }
        "test" => {
            let filter = words.next()?.map(filter).transpose()?;
            nothing_more(&mut words)?;
            checks::run(filter.as_deref())
        }
        "bench" => {
            nothing_more(&mut words)?;
            // A program of its own, because it alone needs a WebDriver client, which takes a minute to compile.
            let bench = ["run", "--quiet", "--package", "xtask", "--features", "bench", "--bin", "bench"];
            run::run(run::cargo().args(bench))
        }
        // For trunk, after each of its builds.
        "config" => {
            nothing_more(&mut words)?;
            config::write()
        }
        other => bail!("there is no command {other:?}\n\n{HELP}"),
    }
}

fn port(words: &mut lexopt::Parser, otherwise: u16) -> Result<u16> {
    let chosen = option(words, "port")?;
    chosen.map_or(Ok(otherwise), |port| {
        port.parse().with_context(|| format!("--port must be a number from 0 to 65535, not {port:?}"))
    })
}

fn filter(word: lexopt::Arg) -> Result<String> {
    match word {
        Value(filter) => Ok(filter.string()?),
        other => Err(other.unexpected().into()),
    }
}

fn nothing_more(words: &mut lexopt::Parser) -> Result<()> {
    match words.next()? {
        Some(word) => Err(word.unexpected().into()),
        None => Ok(()),
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
