//! `cargo xtask mutants`: whether the host tests notice a fault in the plain part of the page.
//!
//! cargo-mutants plants one fault after another into a copy of the checkout, such as a function that returns a default value,
//! and runs the unit tests on each.

use std::{ffi::OsString, fmt, fs};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{paths, run, set_up::Tools};

/// The lowest share of viable mutants that the tests have to catch, in percent.
const REQUIRED: f64 = 95.0;

/// The plain part of the page, by globs: every model and update, and what they are made of.
const FILES: [&str; 12] = [
    "src/domain/**/*.rs",
    "src/addresses/**/*.rs",
    "src/outbox/**/*.rs",
    "src/session/**/*.rs",
    "src/invite/**/*.rs",
    "src/list/**/*.rs",
    "src/requests/**/*.rs",
    "src/accept/**/*.rs",
    "src/program/model.rs",
    "src/program/update*.rs",
    "src/program/features.rs",
    "src/program/shortcuts.rs",
];

/// Views, which need a browser, and test code.
const EXCLUDED: [&str; 4] = ["**/view/**", "**/view.rs", "**/tests.rs", "**/testing.rs"];

/// The exit codes of cargo-mutants after a complete run: all caught, some missed, some timed out.
const COMPLETE: [i32; 3] = [0, 2, 3];

/// Runs cargo-mutants with the developer's `arguments`, such as `--file src/domain/typo.rs`, and prints the counts.
///
/// # Errors
/// When cargo-mutants cannot be installed or does not complete, and when the tests caught too few.
pub fn run(arguments: &[OsString]) -> Result<()> {
    let mut mutants = Tools::install_mutants()?.command("cargo-mutants");
    let output = paths::scratch()?;
    let outcomes = output.join("mutants.out").join("outcomes.json");
    if outcomes.exists() {
        // Those of the last run would pass for this one's where cargo-mutants writes none, as with `--list`.
        fs::remove_file(&outcomes)?;
    }
    mutants.args(["mutants", "--output"]).arg(&output).args(selection(arguments)).args(arguments);
    // A mutant that panics fails its test; the backtrace takes longer than the test.
    mutants.env("RUST_BACKTRACE", "0");
    run::run_accepting(&mut mutants, &COMPLETE)?;
    let counts =
        Counts::read(&fs::read_to_string(&outcomes).context("cargo-mutants left no outcomes.json")?)?;
    println!("\n{counts}\nThe mutants are listed in {}", output.join("mutants.out").display());
    counts.check()
}

/// The arguments that select files and tests. [`FILES`] only when the developer names none: cargo-mutants would add theirs.
fn selection(arguments: &[OsString]) -> Vec<&'static str> {
    let mut selection = vec!["--package", "clerk-invitations", "--cargo-arg=--lib"];
    selection.extend(EXCLUDED.iter().flat_map(|glob| ["--exclude", glob]));
    let names_files = |argument: &OsString| {
        let argument = argument.to_string_lossy();
        argument.starts_with("-f") || argument.starts_with("--file")
    };
    if !arguments.iter().any(names_files) {
        selection.extend(FILES.iter().flat_map(|glob| ["--file", glob]));
    }
    selection
}

/// The number of mutants by their outcome.
#[derive(Debug, PartialEq)]
struct Counts {
    caught: u64,
    missed: u64,
    timeout: u64,
    /// Those that do not compile.
    unviable: u64,
}

impl Counts {
    fn read(outcomes: &str) -> Result<Self> {
        let outcomes: Value = serde_json::from_str(outcomes).context("outcomes.json is not JSON")?;
        let count = |name: &str| {
            outcomes[name].as_u64().with_context(|| format!("outcomes.json does not count {name:?}"))
        };
        Ok(Self {
            caught: count("caught")?,
            missed: count("missed")?,
            timeout: count("timeout")?,
            unviable: count("unviable")?,
        })
    }

    /// The share of viable mutants that were caught, in percent. A timeout does not count as caught: it may be a slow machine.
    fn score(&self) -> Option<f64> {
        let viable = self.caught + self.missed + self.timeout;
        (viable > 0).then(|| 100.0 * self.caught as f64 / viable as f64)
    }

    fn check(&self) -> Result<()> {
        let score = self.score().context("no mutant was tested: does no file match?")?;
        ensure!(score >= REQUIRED, "the tests caught {score:.1} % of the viable mutants, not {REQUIRED} %");
        Ok(())
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self { caught, missed, timeout, unviable } = self;
        write!(formatter, "{caught} caught, {missed} missed, {timeout} timeout, {unviable} unviable")?;
        match self.score() {
            Some(score) => write!(formatter, ": {score:.1} % of the viable mutants caught"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_the_developer_replace_the_plain_part_and_keep_the_rest() {
        let all = selection(&["--jobs".into(), "2".into()]);
        assert_eq!(all.iter().filter(|word| **word == "--file").count(), FILES.len());
        for chosen in ["--file=src/domain/typo.rs", "--file", "-f"] {
            let one = selection(&[chosen.into()]);
            assert!(!one.contains(&"--file"), "{chosen}");
            assert!(one.contains(&"**/view/**") && one.contains(&"--cargo-arg=--lib"), "{chosen}");
        }
    }

    fn counts(caught: u64, missed: u64, timeout: u64) -> Counts {
        Counts { caught, missed, timeout, unviable: 7 }
    }

    #[test]
    fn the_counts_are_those_of_outcomes_json() {
        let outcomes =
            r#"{"outcomes": [], "total_mutants": 14, "caught": 3, "missed": 4, "timeout": 0, "unviable": 7}"#;
        assert_eq!(Counts::read(outcomes).unwrap(), counts(3, 4, 0));
        assert!(Counts::read(r#"{"caught": 3}"#).unwrap_err().to_string().contains("missed"));
    }

    #[test]
    fn the_score_is_the_share_of_viable_mutants_that_were_caught() {
        assert_eq!(
            counts(9, 1, 2).to_string(),
            "9 caught, 1 missed, 2 timeout, 7 unviable: 75.0 % of the viable mutants caught"
        );
    }

    #[test]
    fn fewer_than_95_percent_caught_is_an_error() {
        assert!(counts(95, 5, 0).check().is_ok());
        assert!(counts(94, 6, 0).check().is_err());
        assert!(counts(94, 0, 6).check().is_err());
    }

    #[test]
    fn a_run_that_tested_no_mutant_is_an_error() {
        assert!(counts(0, 0, 0).check().is_err());
    }
}
