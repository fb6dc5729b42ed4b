//! What is read of workbooks, and what becomes of files that are none.

use workbook::sheets;

const XLSX: &[u8] = include_bytes!("fixtures/people.xlsx");
const XLS: &[u8] = include_bytes!("fixtures/people.xls");
const ODS: &[u8] = include_bytes!("fixtures/people.ods");
const CASE: &[u8] = include_bytes!("../../tests/fixtures/cases/staff.xlsx");
const EMPTY_XLS: &[u8] = include_bytes!("../../tests/fixtures/cases/staff.xls");

/// The rows of the sheet that stands at this place.
fn rows(file: &[u8], sheet: usize) -> Vec<Vec<String>> {
    let text = sheets(file).expect("a workbook");
    let sheet = text.split('\u{1d}').nth(sheet).expect("a sheet").to_owned();
    let rows = sheet.split_terminator('\u{1e}');
    rows.map(|row| row.split_terminator('\u{1f}').map(str::to_owned).collect()).collect()
}

#[test]
fn the_cells_of_each_kind_of_workbook_are_read_as_text() {
    for (name, file) in [("xlsx", XLSX), ("xls", XLS), ("ods", ODS)] {
        assert_eq!(rows(file, 0), [["Nothing here"]], "{name}");
        let people = rows(file, 1);
        assert_eq!(people[0], ["Name", "Email", "Role", "Since", "Active", "Number"], "{name}");
        let jane = ["Jörg \"JD\" Doe", "jane@example.com", "admin", "2024-02-29", "true", "4711"];
        assert_eq!(people[1], jane, "{name}");
        assert_eq!(people[2][..3], ["山田\n花子", "rick@example.com", ""], "{name}");
        assert!(people[2][3].starts_with("2024-02-29"), "{name}: {people:?}");
        assert_eq!(people[2][4..], ["false", "0.5"], "{name}");
        assert_eq!(people.len(), 3, "{name}");
    }
}

#[test]
fn a_sheet_that_the_workbook_hides_is_not_read() {
    assert!(!sheets(XLSX).expect("a workbook").contains("hidden@example.com"));
}

#[test]
fn the_workbook_of_the_cases_is_read() {
    let text = sheets(CASE).expect("a workbook");
    assert!(text.contains("jane@example.com"), "{text:?}");
}

#[test]
fn what_is_no_workbook_is_refused() {
    for file in [b"".as_slice(), b"PK\x03\x04", b"jane@example.com", EMPTY_XLS, &XLSX[..XLSX.len() / 2]] {
        assert_eq!(sheets(file), None, "{:?}", file.get(..8));
    }
}
