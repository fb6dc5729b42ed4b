//! Compares the rows on screen with a newer answer, and merges the two.

use crate::domain::{Invitation, InvitationId};
use rustc_hash::FxHashSet;

/// How a page differs from the one that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// Rows that are not on the page any more.
    pub gone: Vec<InvitationId>,
    /// Rows whose status or role is another.
    pub changed: Vec<InvitationId>,
    /// How many rows are newer than all that are shown. Other new rows have only moved up to fill the page.
    pub joined: u64,
}

impl Difference {
    /// Whether there is any.
    pub fn is_none(&self) -> bool {
        self.gone.is_empty() && self.changed.is_empty() && self.joined == 0
    }
}

/// Compares the page that is shown with the one that Clerk has answered.
pub fn difference(shown: &[Invitation], fresh: &[Invitation]) -> Difference {
    let mut difference = Difference::default();
    for row in shown {
        match fresh.iter().find(|now| now.id == row.id) {
            None => difference.gone.push(row.id.clone()),
            Some(now) if now.status != row.status || now.role != row.role => {
                difference.changed.push(row.id.clone());
            }
            Some(_) => {}
        }
    }
    let age = |row: &Invitation| row.created.map_or(f64::MIN, |created| created.0);
    let newest = shown.iter().map(age).fold(f64::MIN, f64::max);
    let is_newer = |row: &&Invitation| age(row) > newest && !shown.iter().any(|known| known.id == row.id);
    difference.joined = fresh.iter().filter(is_newer).count() as u64;
    difference
}

/// The rows of `fresh`, and those of `before` that are to be kept, each behind the row it stood behind.
pub fn keeping(
    before: &[InvitationId],
    fresh: Vec<InvitationId>,
    keep: &FxHashSet<InvitationId>,
) -> Vec<InvitationId> {
    let (mut ids, mut behind) = (fresh, 0);
    for id in before {
        match ids.iter().position(|other| other == id) {
            Some(at) => behind = at + 1,
            None if keep.contains(id) => {
                ids.insert(behind, id.clone());
                behind += 1;
            }
            None => {}
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::invitation;
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

    fn ids(names: &str) -> Vec<InvitationId> {
        names.chars().map(|name| InvitationId(name.to_string())).collect()
    }

    fn names(ids: &[InvitationId]) -> String {
        ids.iter().map(|id| id.0.as_str()).collect()
    }

    fn ids_of(rows: &[Invitation]) -> Vec<InvitationId> {
        rows.iter().map(|row| row.id.clone()).collect()
    }

    #[test]
    fn what_is_gone_changed_and_new_is_told_apart() {
        let mut fresh = named("xcbay");
        fresh[1].status = Status::Revoked;
        fresh[2].role = RoleKey("org:admin".to_owned());
        fresh[3].email = "new".to_owned();
        let expected = Difference { gone: ids("d"), changed: ids("bc"), joined: 2 };
        assert_eq!(difference(&named("abcd"), &fresh), expected);
        // What was on the next page has moved up.
        assert_eq!(difference(&named("dcb"), &named("dba")).joined, 0);
        assert!(difference(&named("ab"), &named("ba")).is_none());
    }

    #[test]
    fn what_was_sent_in_the_same_moment_may_have_only_moved_up() {
        let sent = |name: &str| Invitation { id: InvitationId(name.to_owned()), ..named("a").remove(0) };
        assert_eq!(difference(&[sent("x")], &[sent("x"), sent("y")]).joined, 0);
    }

    #[test]
    fn a_kept_row_stands_behind_the_row_it_stood_behind() {
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
            let keep = ids(keep).into_iter().collect();
            assert_eq!(names(&keeping(&ids(before), ids(fresh), &keep)), expected, "{before} {fresh}");
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

    proptest! {
        #[test]
        fn each_row_is_gone_changed_or_as_it_was(shown in pages(), fresh in pages()) {
            let difference = difference(&shown, &fresh);
            for before in &shown {
                let now = fresh.iter().find(|now| now.id == before.id);
                prop_assert_eq!(difference.gone.contains(&before.id), now.is_none());
                let is_changed = now.is_some_and(|now| (&now.status, &now.role) != (&before.status, &before.role));
                prop_assert_eq!(difference.changed.contains(&before.id), is_changed);
            }
            let is_newer = |row: &&Invitation| shown.iter().all(|shown| row.id > shown.id);
            prop_assert_eq!(difference.joined, fresh.iter().filter(is_newer).count() as u64);
        }

        #[test]
        fn nothing_is_lost_or_twice_and_the_fresh_order_stays(before in pages(), fresh in pages(), keep in "[a-n]{0,9}") {
            let (before, fresh) = (ids_of(&before), ids_of(&fresh));
            let keep: FxHashSet<_> = ids(&keep).into_iter().collect();
            let kept = keeping(&before, fresh.clone(), &keep);
            let of_fresh: Vec<_> = kept.iter().filter(|id| fresh.contains(id)).cloned().collect();
            prop_assert_eq!(&of_fresh, &fresh);
            let is_kept = |id: &&InvitationId| !fresh.contains(id) && keep.contains(id);
            prop_assert_eq!(kept.len(), fresh.len() + before.iter().filter(is_kept).count());
            for (at, id) in before.iter().enumerate().filter(|(_, id)| is_kept(id)) {
                let place = kept.iter().position(|kept| kept == id).expect("it is kept");
                let behind = before[..at].iter().rev().find(|earlier| kept.contains(earlier));
                match behind {
                    Some(behind) => prop_assert_eq!(&kept[place - 1], behind),
                    None => prop_assert_eq!(place, 0),
                }
            }
        }
    }
}
