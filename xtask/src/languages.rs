//! `cargo xtask languages`: what each language of the page lacks, and what is wrong with it. `cargo xtask texts`: makes of each the
//! list that the page reads.

use std::{env, fs, path::Path};

use anyhow::{Context, Result, ensure};
use languages::{Catalogue, Fault, Kind, LANGUAGES, Language, Text, Wanted, faults, packed, texts};

use crate::{compress::brotli, paths};

/// The most bytes (brotli) that a language may cost its readers.
const MOST: usize = 9_000;

/// Prints how complete each language is and what is wrong with it; of one language the missing lines, ready to be translated.
///
/// # Errors
/// When a file can't be read, there is no such language, or one has a fault: a text that is missing only where the language was
/// named, because English stands in for it.
pub fn run(only: Option<&str>) -> Result<()> {
    let catalogue = catalogue()?;
    let is_meant = |language: &&Language| only.is_none_or(|tag| language.tag == tag);
    let mut all = LANGUAGES.iter().filter(is_meant).peekable();
    ensure!(all.peek().is_some(), "there is no language {:?}", only.unwrap_or_default());
    let mut is_sound = true;
    for language in all {
        let source = source(language)?;
        let wanted = catalogue.wanted(language.plurals);
        let found = faults(&source, &wanted);
        let size = brotli(packed(&source, &catalogue).as_bytes(), 11)?.len();
        print!("{}", summary(language, &source, &wanted, &found, size));
        if only.is_some() {
            print!("{}", missing(&source, &wanted));
        }
        let is_fault = |fault: &Fault| only.is_some() || fault.kind != Kind::Missing;
        is_sound &= size <= MOST && !found.iter().any(is_fault);
    }
    ensure!(is_sound, "see above");
    Ok(())
}

/// Puts the lists that the page reads into the folder that trunk is filling, in the place of the files with the keys. Trunk runs
/// this after each build.
///
/// # Errors
/// When trunk did not start this program, or a file can't be read or written.
pub fn write() -> Result<()> {
    let folder =
        env::var_os("TRUNK_STAGING_DIR").context("TRUNK_STAGING_DIR is not set: only trunk runs `texts`")?;
    let catalogue = catalogue()?;
    for language in LANGUAGES {
        let path = Path::new(&folder).join(format!("locales/{}.json", language.tag));
        fs::write(&path, packed(&source(language)?, &catalogue))
            .with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

fn catalogue() -> Result<Catalogue> {
    Ok(Catalogue::read(&read("src/i18n/catalogue.rs")?, &read("src/i18n/plurals.rs")?))
}

/// The file of a language.
fn source(language: &Language) -> Result<String> {
    read(&format!("assets/locales/{}.json", language.tag))
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(paths::root().join(path)).with_context(|| format!("{path} can't be read"))
}

/// A line on the whole file, then one for each fault that is no missing text.
fn summary(language: &Language, source: &str, wanted: &[Wanted], found: &[Fault], size: usize) -> String {
    let tag = language.tag;
    let lacking = found.iter().filter(|fault| fault.kind == Kind::Missing).count();
    let (there, all) = (wanted.len() - lacking, wanted.len());
    let mut lines = format!("{tag:6} {there:>4} of {all:>4} texts, {size:>5} bytes (brotli)\n");
    if size > MOST {
        lines += &format!("  assets/locales/{tag}.json: more than {MOST} bytes\n");
    }
    for fault in found.iter().filter(|fault| fault.kind != Kind::Missing) {
        lines += &format!("  assets/locales/{tag}.json:{fault}\n");
    }
    for Text { line, key, text } in untranslated(source, wanted) {
        lines += &format!("  assets/locales/{tag}.json:{line}: {key} is still English: {text}\n");
    }
    lines
}

/// Texts of several words that are the English ones. They are no faults: "Clerk Dashboard" may be the same.
fn untranslated(source: &str, wanted: &[Wanted]) -> Vec<Text> {
    let (texts, _) = texts(source);
    let is_english = |Text { key, text, .. }: &Text| {
        let letters: String = text.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).collect();
        letters.split_whitespace().count() > 3
            && wanted.iter().any(|wanted| wanted.key == *key && wanted.english == *text)
    };
    texts.into_iter().filter(is_english).collect()
}

/// The lines that the file lacks, with the English text in each, in the catalogue's order.
fn missing(source: &str, wanted: &[Wanted]) -> String {
    let (texts, _) = texts(source);
    let lacks = |wanted: &&Wanted| !texts.iter().any(|text| text.key == wanted.key);
    let line = |wanted: &Wanted| {
        let [key, text] = [&wanted.key, &wanted.english].map(|text| serde_json::Value::from(text.as_str()));
        format!("  {key}: {text},\n")
    };
    wanted.iter().filter(lacks).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Vec<Wanted> {
        let messages = "    Retry \"retry\" \"Try again\"\n    Wait \"wait\" \"Wait a little while\"\n";
        Catalogue::read(messages, "    Seats \"seats\" \"{count} seat\" \"{count} seats\"\n")
            .wanted(&["few", "many"])
    }

    #[test]
    fn what_is_missing_is_ready_to_be_translated() {
        let source = "{\n  \"retry\": \"Riprova\",\n  \"seats.few\": \"{count} posti\"\n}\n";
        assert_eq!(
            missing(source, &wanted()),
            "  \"wait\": \"Wait a little while\",\n  \"seats.many\": \"{count} seats\",\n"
        );
    }

    #[test]
    fn a_summary_counts_what_is_there_and_names_what_is_wrong() {
        let source = "{\n  \"retri\": \"Riprova\",\n  \"wait\": \"Wait a little while\"\n}\n";
        let language = Language { tag: "it", plurals: &[] };
        let wanted = wanted();
        let found = faults(source, &wanted);
        let lines = summary(&language, source, &wanted, &found, 9_001);
        assert_eq!(
            lines,
            "it        1 of    4 texts,  9001 bytes (brotli)\n  assets/locales/it.json: more than 9000 bytes\n  \
             assets/locales/it.json:2: retri is not in the catalogue, or not a plural of this language\n  \
             assets/locales/it.json:3: wait is still English: Wait a little while\n"
        );
    }

    #[test]
    fn no_language_costs_its_readers_more() {
        let catalogue = catalogue().unwrap();
        for language in LANGUAGES {
            let list = packed(&source(language).unwrap(), &catalogue);
            let size = brotli(list.as_bytes(), 11).unwrap().len();
            assert!(size <= MOST, "{}: {size} bytes", language.tag);
        }
    }
}
