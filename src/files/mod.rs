//! What a file is that the admin brings: a text in some encoding, a workbook, or something in which no address can be read.
//!
//! Decided from its bytes. Its name only decides where they leave it open: programs write tables of HTML under the name
//! `.xls`, and people rename files.

mod encoding;
mod file;
mod kind;
mod letters;
mod plausibility;
mod rows;
mod struck;
#[cfg(test)]
mod tests;
mod workbook;

pub use encoding::text_of;
pub use file::{Encoding, FileProblem, FileText, MAX_SIZE, ReadFile};
pub use kind::{Kind, kind};
pub use rows::{Rows, with_breaks};
pub use struck::{has_struck, struck_selectors};
pub use workbook::workbook_text;
