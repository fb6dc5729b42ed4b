//! What a file is that the admin brings: a text in some encoding, a workbook, or something in which no address can be read.
//!
//! Decided from its bytes. Its name only decides where they leave it open: programs write tables of HTML under the name
//! `.xls`, and people rename files.

mod encoding;
mod kind;
mod plausibility;
#[cfg(test)]
mod tests;

pub use encoding::{Encoding, text_of};
pub use kind::{Kind, kind};

/// The largest file that is read, in bytes. A list of 10,000 addresses takes less than a twentieth of it.
pub const MAX_SIZE: usize = 20_000_000;

/// A file that the browser has read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name, without a folder.
    pub name: String,
    /// Its text, or why it has none.
    pub content: Result<FileText, FileProblem>,
}

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// The text. Of a workbook it is one sheet, its cells separated by tabs.
    pub text: String,
    /// How it was encoded.
    pub encoding: Encoding,
    /// Whether the bytes say so. Where they do not, letters outside ASCII may be others than those that were written.
    pub is_certain: bool,
}

/// Why no addresses are read in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It has no bytes, or nothing but white space.
    Empty,
    /// It has more than [`MAX_SIZE`] bytes.
    TooLarge,
    /// The browser could not read it: it is a folder, or it was moved meanwhile.
    Unreadable,
    /// It is a PDF.
    Pdf,
    /// It is a picture.
    Picture,
    /// It is a workbook (Excel, LibreOffice) that could not be read.
    Workbook,
    /// It can only be read with its password.
    Protected,
    /// The code that reads workbooks could not be fetched.
    NotFetched,
    /// It is a document of a word processor, or of another program whose files only that program reads.
    Document,
    /// It holds other files: ZIP and the like.
    Archive,
    /// It is no text, and nothing that has a name here.
    Binary,
}
