//! `cargo xtask COMMAND`: see `HELP`.

use std::{ffi::OsString, num::NonZero, path::PathBuf, process};

use anyhow::{Context, Result, bail, ensure};
use hosting::Host;
use lexopt::prelude::*;
use xtask::{
    config, configure, demo, dev,
    dist::{self, Build},
    languages, mutants, paths, run, test,
};

const HELP: &str = "\
cargo xtask COMMAND

  demo [--port 4173] [--embedded]
                                 build the page and show it against a local stand-in for Clerk; embedded: within other
                                 pages, a plain one and an application of React among them
  dev [--port 8080]              the same with live reload, rebuilt at each change
  dist                           build the folder to deploy, dist/, which works under any path
  dist --host HOST|all [--path /team/]
                                 put it into dist-hosts/HOST/ with the headers and rules for that host:
                                 netlify, cloudflare, vercel, github-pages, firebase, s3, nginx, caddy, apache
  configure [FOLDER]             have a built folder, dist/, fit its config.json after that was edited
  languages [TAG]                list what each language of the page lacks, and what is wrong with it
  test [FILTER] [--browser chromium|firefox|webkit]
                                 check and test everything, or what needs a browser in one of them only
  bench [--rounds 7]             measure the release page beside a bare one and Clerk's React example
  profile                        find out which functions of the page can come last, for the next build
  mutants [-- ARGS]              plant faults into the plain code and count those that its tests catch

Each command first installs what is missing, and says so. ARGS are those of cargo-mutants.
";

fn main() {
    if let Err(error) = start() {
        eprintln!("error: {error:#}");
        process::exit(1);
    }
}

fn start() -> Result<()> {
    let mut arguments = lexopt::Parser::from_env();
    let command = match arguments.next()? {
        Some(Value(command)) => command.string()?,
        Some(Short('h') | Long("help")) | None => {
            print!("{HELP}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "demo" => {
            let (mut number, mut is_embedded) = (4173, false);
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("port") => number = as_port(&arguments.value()?.string()?)?,
                    Long("embedded") => is_embedded = true,
                    other => return Err(other.unexpected().into()),
                }
            }
            if is_embedded { demo::run_embedded(number) } else { demo::run(number) }
        }
        "dev" => dev::run(port(&mut arguments, 8080)?),
        "dist" => match dist_options(&mut arguments)? {
            None => Build::set_up()?.run(),
            Some((hosts, path)) => {
                Build::set_up()?.run_if_sources_changed()?;
                dist::hosts::write(&hosts, &path)
            }
        },
        "configure" => {
            let folder = arguments.next()?.map(value).transpose()?;
            no_more(&mut arguments)?;
            configure::run(&folder.map_or_else(paths::dist, PathBuf::from))
        }
        "languages" => {
            let tag = arguments.next()?.map(value).transpose()?;
            no_more(&mut arguments)?;
            languages::run(tag.as_deref())
        }
        "test" => {
            let (filter, browser) = test_options(&mut arguments)?;
            test::run(filter.as_deref(), browser)
        }
        "bench" => {
            let rounds = rounds(&mut arguments)?;
            bench(&["--rounds", &rounds.to_string()])
        }
        "profile" => {
            no_more(&mut arguments)?;
            bench(&["--profile"])
        }
        "mutants" => mutants::run(&passed_on(&mut arguments)?),
        // Trunk runs these two after each of its builds.
        "config" => {
            no_more(&mut arguments)?;
            config::write()
        }
        "texts" => {
            no_more(&mut arguments)?;
            languages::write()
        }
        other => bail!("there is no command {other:?}\n\n{HELP}"),
    }
}

fn port(arguments: &mut lexopt::Parser, default: u16) -> Result<u16> {
    option(arguments, "port")?.map_or(Ok(default), |port| as_port(&port))
}

fn as_port(text: &str) -> Result<u16> {
    text.parse().with_context(|| format!("--port must be a number from 0 to 65535, not {text:?}"))
}

/// The hosts that the page is to be deployed to, and its path there; `None` when no host was named.
fn dist_options(arguments: &mut lexopt::Parser) -> Result<Option<(Vec<Host>, String)>> {
    let (mut hosts, mut path) = (Vec::new(), None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("host") => match arguments.value()?.string()?.as_str() {
                "all" => hosts.extend(Host::ALL),
                name => hosts.push(Host::named(name)?),
            },
            Long("path") => path = Some(arguments.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    ensure!(
        !hosts.is_empty() || path.is_none(),
        "--path goes with --host: dist/ itself works under any path without a new build"
    );
    Ok((!hosts.is_empty()).then(|| (hosts, path.unwrap_or_else(|| "/".to_owned()))))
}

/// What the names of the tests that run contain, and the only browser that they run in; `None` is all.
fn test_options(arguments: &mut lexopt::Parser) -> Result<(Option<String>, Option<test::Browser>)> {
    let (mut filter, mut browser) = (None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("browser") => browser = Some(test::Browser::named(&arguments.value()?.string()?)?),
            Value(name) if filter.is_none() => filter = Some(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok((filter, browser))
}

/// Runs the bench, which is a program of its own: it needs a WebDriver client, which takes a minute to compile.
fn bench(arguments: &[&str]) -> Result<()> {
    let program = ["run", "--quiet", "--package", "xtask", "--features", "bench", "--bin", "bench", "--"];
    run::run(run::cargo().args(program).args(arguments))
}

/// How often the bench makes each visit.
fn rounds(arguments: &mut lexopt::Parser) -> Result<NonZero<usize>> {
    let rounds = option(arguments, "rounds")?.unwrap_or_else(|| "7".to_owned());
    rounds.parse().with_context(|| format!("--rounds must be a number from 1, not {rounds:?}"))
}

/// An argument that is no option.
fn value(argument: lexopt::Arg) -> Result<String> {
    match argument {
        Value(value) => Ok(value.string()?),
        other => Err(other.unexpected().into()),
    }
}

fn no_more(arguments: &mut lexopt::Parser) -> Result<()> {
    match arguments.next()? {
        Some(argument) => Err(argument.unexpected().into()),
        None => Ok(()),
    }
}

/// The arguments after `--`.
fn passed_on(arguments: &mut lexopt::Parser) -> Result<Vec<OsString>> {
    let mut rest = arguments.raw_args()?;
    match rest.next() {
        Some(separator) if separator == "--" => Ok(rest.collect()),
        Some(other) => {
            bail!("arguments for cargo-mutants come after `--`, as in `mutants -- {}`", other.display())
        }
        None => Ok(Vec::new()),
    }
}

/// The value of the only option that a command has. Any other argument is an error.
fn option(arguments: &mut lexopt::Parser, name: &str) -> Result<Option<String>> {
    let mut value = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long(found) if found == name => value = Some(arguments.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(value)
}
