//! Which functions are not called before the first rows are there.

use std::{collections::BTreeSet, fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::paths;

/// The names of functions, without what differs between two builds of the same source.
#[derive(Default)]
pub struct Profile {
    cold: BTreeSet<String>,
}

/// What stands at the beginning of a profile.
const HEAD: &str = "\
# The functions of the page that are not called in a visit in which nobody touches it: see mod.rs.
# Written by `cargo xtask profile`. A name that no function has any more does no harm.
";

impl Profile {
    /// The profile in the repository.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_the_page() -> Result<Self> {
        let file = Self::file();
        let text = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
        Ok(Self::read(&text))
    }

    /// The file of that profile.
    pub fn file() -> PathBuf {
        paths::root().join("xtask/src/cold_code/cold.txt")
    }

    /// A profile of these names, as text.
    pub fn text(names: &BTreeSet<String>) -> String {
        names.iter().fold(HEAD.to_owned(), |text, name| text + name + "\n")
    }

    /// Reads a profile: a name in each line, and lines that begin with `#`.
    pub fn read(text: &str) -> Self {
        let names = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        Self { cold: names.map(str::to_owned).collect() }
    }

    /// Whether the function with the name that the compiler gave it is cold. An unknown one is not.
    pub fn is_cold(&self, name: &str) -> bool {
        self.cold.contains(&plain_name(name))
    }
}

/// The name of a function as the source has it, without the compiler's hashes.
pub fn plain_name(name: &str) -> String {
    let (symbol, rest) = name.split_once(' ').unwrap_or((name, ""));
    format!("{:#} {rest}", rustc_demangle::demangle(symbol)).trim_end().to_owned()
}
