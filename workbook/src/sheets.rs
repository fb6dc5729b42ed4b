//! The cells of a workbook as a text.

use calamine::{Data, ExcelDateTime, Reader, SheetVisible, open_workbook_auto_from_rs};
use std::io::Cursor;

/// Behind each cell: ASCII's own separators, which no cell holds.
const CELL: char = '\u{1f}';
/// Behind each row.
const ROW: char = '\u{1e}';
/// Behind each sheet.
const SHEET: char = '\u{1d}';

/// The cells of all sheets that the workbook shows: U+001F stands behind each cell, U+001E behind each row, U+001D behind each
/// sheet. `None` when it can't be read.
pub fn sheets(file: &[u8]) -> Option<String> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(file)).ok()?;
    let shown = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<_> = shown.map(|sheet| sheet.name.clone()).collect();
    let mut out = String::new();
    let mut has_sheet = false;
    for name in names {
        // A sheet of nothing but a chart has no cells.
        let Ok(range) = book.worksheet_range(&name) else { continue };
        has_sheet = true;
        for row in range.rows() {
            for cell in row {
                push(&mut out, &text(cell));
                out.push(CELL);
            }
            out.push(ROW);
        }
        out.push(SHEET);
    }
    has_sheet.then_some(out)
}

/// A cell as a person would write it down.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) if at.is_datetime() => date(at),
        Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

fn date(at: &ExcelDateTime) -> String {
    let (year, month, day, hours, minutes, seconds, _) = at.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hours, minutes, seconds) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hours:02}:{minutes:02}:{seconds:02}")
    }
}

fn push(out: &mut String, text: &str) {
    out.extend(text.chars().filter(|c| !matches!(*c, CELL | ROW | SHEET)));
}
