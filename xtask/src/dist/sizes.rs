//! The sizes of files, as a table.

use anyhow::Result;

use crate::{
    bundle::{EMBED, Files},
    compress::{brotli, gzip},
};

/// The size of each file in bytes: raw, gzip and brotli.
///
/// # Errors
/// When compressing fails.
pub fn table(files: &Files) -> Result<String> {
    let mut lines = format!("{:44} {:>9} {:>9} {:>9}\n", "file", "raw", "gzip", "brotli");
    let (mut total, mut embed) = ([0; 3], [0; 3]);
    for (name, bytes) in files {
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let sizes = sizes(files, name, bytes)?;
        lines += &row(name, sizes);
        if name == EMBED {
            embed = sizes;
            continue;
        }
        // A first visit in English downloads no locale. The cold code comes after the first rows; the other wasm files when they
        // are needed: to invite, to work on the list, for another screen; the one for workbooks when the admin brings one.
        let comes_later = ["-cold-", "-later-", "-workbook-"].iter().any(|part| name.contains(part));
        if !name.starts_with("locales/") && !comes_later {
            total = [0, 1, 2].map(|index| total[index] + sizes[index]);
        }
    }
    let embedded = [0, 1, 2].map(|index| total[index] + embed[index]);
    Ok(lines
        + &row("total before the first rows, embedded", embedded)
        + &row("total before the first rows", total))
}

fn sizes(files: &Files, name: &str, bytes: &[u8]) -> Result<[usize; 3]> {
    let beside = |extension: &str| files.get(&format!("{name}.{extension}")).map(Vec::len);
    let gzip = beside("gz").map_or_else(|| gzip(bytes).map(|bytes| bytes.len()), Ok)?;
    let brotli = beside("br").map_or_else(|| brotli(bytes, 11).map(|bytes| bytes.len()), Ok)?;
    Ok([bytes.len(), gzip, brotli])
}

fn row(name: &str, [raw, gzip, brotli]: [usize; 3]) -> String {
    format!("{name:44} {raw:>9} {gzip:>9} {brotli:>9}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(files: &[(&str, &str)]) -> String {
        let files = files.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect();
        table(&files).unwrap().lines().last().unwrap().split_whitespace().nth(5).unwrap().to_owned()
    }

    #[test]
    fn the_total_counts_what_a_first_visit_downloads_before_the_first_rows() {
        assert_eq!(total(&[("index.html", "12345"), ("app-0.js", "123")]), "8");
        assert_eq!(total(&[("index.html", "12345"), ("index.html.br", "123")]), "5");
        assert_eq!(
            total(&[
                ("index.html", "12345"),
                ("locales/de.json", "1"),
                ("app-cold-0.wasm", "1"),
                ("app-later-0.wasm", "1"),
                ("app-workbook-0.wasm", "1")
            ]),
            "5"
        );
    }
}
