//! Whom something is sent to, of the rows that are selected.

use crate::domain::{Invitation, Status};
use rustc_hash::FxHashMap;

/// The rows that are sent anew of those that are selected. Who has joined is sent nothing.
pub fn to_send<'a>(rows: &[&'a Invitation]) -> Vec<&'a Invitation> {
    let open: Vec<_> = rows.iter().filter(|row| !row.status.is_accepted()).copied().collect();
    one_of_each(&open)
}

/// One row of each address, the pending one where there is one: no invitee is to get two mails.
pub(super) fn one_of_each<'a>(rows: &[&'a Invitation]) -> Vec<&'a Invitation> {
    let mut of: FxHashMap<&str, &Invitation> = FxHashMap::default();
    for row in rows {
        let best = of.entry(&row.email_key).or_insert(row);
        if row.status == Status::Pending {
            *best = row;
        }
    }
    rows.iter().filter(|row| of.get(&*row.email_key).is_some_and(|best| best.id == row.id)).copied().collect()
}
