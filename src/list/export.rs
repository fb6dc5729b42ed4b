//! The list as a table for a spreadsheet, and as addresses for the clipboard.

use crate::addresses::csv::safe_field;
use crate::domain::{Invitation, Roles, Timestamp};
use crate::i18n::role_name;

const HEADER: &str = "email,role,role_name,status,invited,expires,expires_is_estimate,updated,link,id\r\n";

/// The addresses of these invitations, a line each.
pub fn addresses(rows: &[&Invitation]) -> String {
    let texts: Vec<_> = rows.iter().map(|row| row.email.as_str()).collect();
    texts.join("\n")
}

/// A table of these invitations: a line of headings and one for each, with commas between the cells.
///
/// Times are as `iso` writes them, in ISO 8601 or empty; what is not known is empty. `expires_is_estimate` is `true` or
/// `false`, and empty where `expires` is. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub fn csv(
    rows: &[&Invitation],
    roles: Option<&Roles>,
    now: Timestamp,
    iso: fn(Timestamp) -> String,
) -> String {
    let mut out = HEADER.to_owned();
    for row in rows {
        let (status, expiry) = (row.status_at(now), row.expiry());
        let time = |time: Option<Timestamp>| time.map_or_else(String::new, iso);
        let (expires, is_about) =
            (time(expiry.map(|expiry| expiry.at)), expiry.map(|expiry| expiry.is_about));
        let is_about = match is_about.filter(|_| !expires.is_empty()) {
            Some(true) => "true",
            Some(false) => "false",
            None => "",
        };
        let cells: [&str; 10] = [
            &row.email,
            &row.role.0,
            &role_name(roles, row),
            status.word(),
            &time(row.created),
            &expires,
            is_about,
            &time(row.updated),
            row.url.as_deref().unwrap_or_default(),
            &row.id.0,
        ];
        for (at, cell) in cells.into_iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "," });
            safe_field(&mut out, cell);
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests;
