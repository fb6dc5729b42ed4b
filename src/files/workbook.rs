//! The sheet of a workbook that holds the list.

use crate::files::file::{Encoding, FileProblem, FileText};
use crate::files::rows::Rows;

/// What the package `workbook` puts behind each cell, each row and each sheet: ASCII's own separators, which no cell holds.
const CELL: char = '\u{1f}';
const ROW: char = '\u{1e}';
const SHEET: char = '\u{1d}';

/// The first sheet with an address, as a text with tabs between the cells. Without any address it is the first sheet that is not
/// empty, so that the admin sees what was read.
///
/// # Errors
/// When the workbook could not be read (it has no sheets then), and when all of its sheets are empty.
pub fn workbook_text(sheets: &str) -> Result<FileText, FileProblem> {
    if sheets.is_empty() {
        return Err(FileProblem::Workbook);
    }
    let is_blank = |c: char| c.is_whitespace() || matches!(c, CELL | ROW);
    let filled = || sheets.split(SHEET).filter(|sheet| !sheet.chars().all(is_blank));
    let sheet = filled().find(|sheet| sheet.contains(['@', '＠'])).or_else(|| filled().next());
    let sheet = sheet.ok_or(FileProblem::Empty)?;
    let mut rows = Rows::default();
    for row in sheet.split_terminator(ROW) {
        row.split_terminator(CELL).for_each(|cell| rows.cell(cell));
        rows.end_row();
    }
    Ok(FileText { text: rows.text().to_owned(), encoding: Encoding::Unicode, is_certain: true })
}
