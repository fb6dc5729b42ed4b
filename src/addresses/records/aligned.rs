//! Reads columns that stand below each other by blanks, as terminals print them: at least two blanks between the cells of a line.

use crate::addresses::characters::examine;
use crate::addresses::headings::names_mail;

/// What tells cells apart without blanks, or stands in no cell of a terminal.
const OTHER_SEPARATORS: [char; 4] = ['\t', ',', ';', '|'];

/// The table with tabs between its cells; `None` when the first line is not a heading with a word for an address, or a line has
/// another number of cells.
pub(super) fn as_table(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).filter(|line| !is_rule(line));
    let heading = lines.next().filter(|line| !line.contains('@') && names_mail(line))?;
    let width = cells(heading).count();
    if width < 2 || text.contains(OTHER_SEPARATORS) {
        return None;
    }
    examine(text.len());
    let mut table = row(heading);
    for line in lines {
        if cells(line).count() != width {
            return None;
        }
        table.push('\n');
        table.push_str(&row(line));
    }
    Some(table)
}

/// Is there nothing to read in the line, or only what underlines the heading?
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || ['-', '=', '─', '+'].contains(&c))
}

fn row(line: &str) -> String {
    cells(line).collect::<Vec<_>>().join("\t")
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty())
}
