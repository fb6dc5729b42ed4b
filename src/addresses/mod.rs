//! Reads email addresses off whatever the admin pastes or drops: mail headers, lists, tables, prose.
//!
//! No text is dropped unseen: what is no address comes out as a [`ParsedAddress`] as well, so that the admin sees it and can
//! correct it. The rule is stated in *words*: a word is what stands between white space, separators, quotes and brackets,
//! without the dots, dashes and apostrophes around it. A word is *blank* when it has no letter and no digit, and a text is
//! blank when all of its words are. ASCII punctuation, white space, general punctuation (`–`, `•`, `“`) and invisible
//! characters (zero-width characters, direction marks), signs and pictographs are neither letters nor digits; every other
//! character outside ASCII counts as a letter. Full-width characters are read as their plain counterparts in an address.
//! Each word that is not blank is part of some [`ParsedAddress`], except for
//! - `mailto:` and the fields of such a link that name no recipient, also where its scheme is missing; tags of HTML;
//! - what contacts and calendars say beside the names and addresses of people;
//! - what stands around the objects in the text of a program and around the rows of SQL, apart from comments with an address;
//! - encoded values and the comments of directories (LDIF);
//! - the header of a mail, apart from its people; the name of a group of people in it; encoded words that can't be decoded;
//! - labels (`E-mail:`) and the numbers of a list (`1.`) before an address;
//! - the headings of a table, a line that names its separator (`sep=;`), and its columns with another meaning than address,
//!   role or name;
//! - the name column of a table with a heading, where each address of the row came with a name of its own;
//! - what a [`TableSummary`] holds instead: people who are not active, and the rows that are no people.
//!
//! The text of a [`ParsedAddress`], read as an address cell, gives that [`ParsedAddress`] again, apart from a doubt about a
//! dash or a dot at its start: in a cell that is a part of the address. What HTML or a link is made of is not read again the
//! same where it was broken. That is why the result of [`csv::to_csv`] can be read back.
//!
//! All loops are linear in the length of the text, hostile texts included. Only the start of the text is read more than a
//! few times, to find out whether it is a table.

mod calendar;
mod characters;
mod content_lines;
pub mod csv;
mod headings;
mod parsed_address;
mod parser;
mod prose;
mod records;
mod status;
mod summary;
mod table;
#[cfg(test)]
mod tests;
pub mod typo;
mod vcard;
mod words;

pub use parsed_address::{Cause, Doubt, ParsedAddress};
pub use parser::Parser;
pub use summary::{Meaning, TableColumn, TableSummary};
