//! How a table was understood, for the admin to check and to change.

use crate::addresses::ParsedAddress;

/// How a table was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableSummary {
    /// Its columns, from left to right.
    pub columns: Vec<TableColumn>,
    /// How many people were read who have an address.
    pub people: u64,
    /// How many rows of people have none.
    pub without_address: u64,
    /// The people whom a status column calls deactivated, suspended, a bot and the like: they are not among those read.
    pub left_out: Vec<ParsedAddress>,
    /// The rows that are no people: titles above the heading, notes between and below, sums. Without their secrets.
    pub notes: Vec<String>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Its heading, as written; empty where there is none.
    pub heading: String,
    /// The first of its cells that is not blank; empty for a column of secrets.
    pub sample: String,
    /// What it says of a person.
    pub meaning: Meaning,
}

/// What a column says of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The address to be invited.
    Address,
    /// Another address of the same person, which is offered where there is no first one.
    SecondAddress,
    /// A name, or a part of one.
    Name,
    /// The role.
    Role,
    /// Whether the person is active: deactivated, suspended, a bot, a guest, unsubscribed.
    Status,
    /// A password, a token, a recovery code. Its cells are never shown, kept, copied or exported.
    Secret,
    /// Something else, such as somebody else's address. Nothing of it becomes an entry.
    Ignored,
}
