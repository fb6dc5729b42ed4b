//! What is shown after the page was quietly asked for again: nothing moves under the pointer.

use crate::domain::invitation::{Invitation, InvitationId};

/// What is shown after a quiet look, and what that look found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quiet {
    /// The rows that were shown, where they were shown, as they are now.
    pub rows: Vec<Invitation>,
    /// Those of them that are not on the page any more.
    pub gone: Vec<InvitationId>,
    /// How many are on the page that are newer than all that were shown. Others have only moved up in the place of what is
    /// gone.
    pub joined: u64,
    /// Those whose status or role is another.
    pub changed: Vec<InvitationId>,
}

/// What to show in place of `shown` when the page has become `fresh`.
pub fn quietly(shown: &[Invitation], fresh: &[Invitation]) -> Quiet {
    let mut quiet = Quiet::default();
    for row in shown {
        let now = place(fresh, &row.id).and_then(|at| fresh.get(at));
        match now {
            None => quiet.gone.push(row.id.clone()),
            Some(now) if now.status != row.status || now.role != row.role => {
                quiet.changed.push(row.id.clone());
            }
            Some(_) => {}
        }
        quiet.rows.push(now.unwrap_or(row).clone());
    }
    let age = |row: &Invitation| row.created.map_or(f64::MIN, |created| created.0);
    let newest = shown.iter().map(age).fold(f64::MIN, f64::max);
    let is_newer = |row: &&Invitation| age(row) > newest && place(shown, &row.id).is_none();
    quiet.joined = fresh.iter().filter(is_newer).count() as u64;
    quiet
}

/// The rows of `fresh`, and those of `before` that are to be kept, each behind the row it stood behind.
pub fn keeping(before: &[Invitation], fresh: Vec<Invitation>, keep: &[InvitationId]) -> Vec<Invitation> {
    let (mut rows, mut behind) = (fresh, 0);
    for row in before {
        match place(&rows, &row.id) {
            Some(at) => behind = at + 1,
            None if keep.contains(&row.id) => {
                rows.insert(behind, row.clone());
                behind += 1;
            }
            None => {}
        }
    }
    rows
}

fn place(rows: &[Invitation], id: &InvitationId) -> Option<usize> {
    rows.iter().position(|row| row.id == *id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sending::tests::invitation;
    use crate::domain::{RoleKey, Status, Timestamp};
    use proptest::prelude::*;

    /// The later in the alphabet, the newer.
    fn named(names: &str) -> Vec<Invitation> {
        let named = |name: char| Invitation {
            created: Some(Timestamp(f64::from(u32::from(name)))),
            ..invitation(&name.to_string(), Status::Pending)
        };
        names.chars().map(named).collect()
    }

    fn names(rows: &[Invitation]) -> String {
        rows.iter().map(|row| row.id.0.as_str()).collect()
    }

    fn ids(names: &str) -> Vec<InvitationId> {
        names.chars().map(|name| InvitationId(name.to_string())).collect()
    }

    #[test]
    fn rows_stay_where_they_are_and_what_became_of_them_is_told() {
        let mut fresh = named("xcbay");
        fresh[1].status = Status::Revoked;
        fresh[2].role = RoleKey("org:admin".to_owned());
        fresh[3].email = "new".to_owned();
        let quiet = quietly(&named("abcd"), &fresh);
        assert_eq!((names(&quiet.rows), quiet.gone, quiet.joined), ("abcd".to_owned(), ids("d"), 2));
        assert_eq!(quiet.changed, ids("bc"));
        // What was on the next page has moved up.
        assert_eq!(quietly(&named("dcb"), &named("dba")).joined, 0);
        assert_eq!((&quiet.rows[2].status, &*quiet.rows[0].email), (&Status::Revoked, "new"));
    }

    #[test]
    fn what_is_kept_stands_behind_the_row_it_stood_behind() {
        for (before, fresh, keep, expected) in [
            ("abcd", "abd", "c", "abcd"),
            ("abcd", "ad", "bc", "abcd"),
            ("abcd", "dxa", "c", "dxac"),
            ("abcd", "xd", "abz", "abxd"),
            ("abcd", "xd", "c", "cxd"),
            ("abcd", "abcd", "abcd", "abcd"),
            ("abcd", "xy", "", "xy"),
            ("", "xy", "a", "xy"),
            ("abc", "", "ca", "ac"),
        ] {
            assert_eq!(
                names(&keeping(&named(before), named(fresh), &ids(keep))),
                expected,
                "{before} {fresh}"
            );
        }
    }

    /// Some rows in some order, all different, of either role.
    fn pages() -> impl Strategy<Value = Vec<Invitation>> {
        let names: Vec<char> = ('a'..='l').collect();
        let page = proptest::sample::subsequence(names, 0..=12).prop_shuffle();
        (page, any::<u16>()).prop_map(|(page, bits)| {
            let mut rows = named(&page.into_iter().collect::<String>());
            for (at, row) in rows.iter_mut().enumerate() {
                let is_set = |of: usize| bits >> (at + of) & 1 == 1;
                row.role = RoleKey(if is_set(0) { "org:admin" } else { "org:member" }.to_owned());
                row.status = if is_set(4) { Status::Revoked } else { Status::Pending };
            }
            rows
        })
    }

    fn has(rows: &[Invitation], id: &InvitationId) -> bool {
        rows.iter().any(|row| row.id == *id)
    }

    proptest! {
        #[test]
        fn a_quiet_look_moves_nothing_and_tells_each_row_from_each(shown in pages(), fresh in pages()) {
            let quiet = quietly(&shown, &fresh);
            prop_assert_eq!(names(&quiet.rows), names(&shown));
            for (row, before) in quiet.rows.iter().zip(&shown) {
                let now = fresh.iter().find(|now| now.id == row.id);
                prop_assert_eq!(row, now.unwrap_or(before));
                prop_assert_eq!(quiet.gone.contains(&row.id), now.is_none());
                let is_changed = (&row.status, &row.role) != (&before.status, &before.role);
                prop_assert_eq!(quiet.changed.contains(&row.id), is_changed);
            }
            let is_newer = |row: &&Invitation| shown.iter().all(|shown| row.id > shown.id);
            prop_assert_eq!(quiet.joined, fresh.iter().filter(is_newer).count() as u64);
            prop_assert!(quiet.gone.len() + quiet.changed.len() <= shown.len());
        }

        #[test]
        fn nothing_is_lost_or_twice_and_the_fresh_order_stays(before in pages(), fresh in pages(), keep in "[a-n]{0,9}") {
            let keep = ids(&keep);
            let kept = keeping(&before, fresh.clone(), &keep);
            let of_fresh: Vec<_> = kept.iter().filter(|row| has(&fresh, &row.id)).cloned().collect();
            prop_assert_eq!(&of_fresh, &fresh);
            let is_kept = |row: &&Invitation| !has(&fresh, &row.id) && keep.contains(&row.id);
            prop_assert_eq!(kept.len(), fresh.len() + before.iter().filter(is_kept).count());
            for (at, row) in before.iter().enumerate().filter(|(_, row)| is_kept(row)) {
                let place = kept.iter().position(|kept| kept == row).expect("it is kept");
                let behind = before[..at].iter().rev().find(|earlier| has(&kept, &earlier.id));
                match behind {
                    Some(behind) => prop_assert_eq!(&kept[place - 1].id, &behind.id),
                    None => prop_assert_eq!(place, 0),
                }
            }
        }
    }
}
