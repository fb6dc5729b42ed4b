//! Reads the cells of a workbook: `.xlsx`, `.xlsm`, `.xlsb`, `.xls`, `.ods`.
//!
//! This is a wasm of its own, with a memory of its own, which the page fetches when the admin brings such a file and
//! instantiates anew for each of them. A file can be damaged, or made to harm: when the reader panics or takes all memory,
//! that instance ends, and the page goes on.

mod exports;
mod sheets;

pub use sheets::sheets;
