//! The rows of the list: the one place where an invitation lives. What is shown, selected or found names rows by their
//! ids.

use crate::domain::{Invitation, InvitationId};
use rustc_hash::FxHashMap;

/// Every invitation that Clerk has told of since the workspace was opened, in its newest version.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    rows: Vec<Invitation>,
    places: FxHashMap<InvitationId, u32>,
}

impl Rows {
    /// The invitation with this id.
    pub fn get(&self, id: &InvitationId) -> Option<&Invitation> {
        self.at(self.place(id)?)
    }

    /// Where the invitation with this id stands, whichever version of it is known. To find thousands of invitations by
    /// their ids again and again would take noticeable time.
    pub fn place(&self, id: &InvitationId) -> Option<u32> {
        self.places.get(id).copied()
    }

    /// The invitation that stands there.
    pub fn at(&self, place: u32) -> Option<&Invitation> {
        self.rows.get(place as usize)
    }

    /// Puts an invitation in, unless the one that is known is newer: an answer may have been on its way when the
    /// invitation was changed from here.
    pub fn put(&mut self, row: Invitation) {
        let place = self.places.get(&row.id).and_then(|place| self.rows.get_mut(*place as usize));
        let Some(known) = place else {
            self.places.insert(row.id.clone(), self.rows.len() as u32);
            return self.rows.push(row);
        };
        let is_older = known.updated.zip(row.updated).is_some_and(|(known, row)| row.0 < known.0);
        if !is_older {
            *known = row;
        }
    }

    /// The invitations with these ids, in their order.
    pub fn of<'a>(&'a self, ids: impl IntoIterator<Item = &'a InvitationId>) -> Vec<&'a Invitation> {
        ids.into_iter().filter_map(|id| self.get(id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::invitation;
    use crate::domain::{Status, Timestamp};
    use proptest::prelude::*;

    fn version(status: Status, updated: Option<f64>) -> Invitation {
        Invitation { updated: updated.map(Timestamp), ..invitation("a@x.de", status) }
    }

    fn status(rows: &Rows) -> Option<&Status> {
        rows.get(&InvitationId("a@x.de".into())).map(|row| &row.status)
    }

    #[test]
    fn an_older_version_does_not_take_the_place_of_a_newer_one() {
        let mut rows = Rows::default();
        rows.put(version(Status::Revoked, Some(6.0)));
        rows.put(version(Status::Pending, Some(5.0)));
        assert_eq!(status(&rows), Some(&Status::Revoked));
        rows.put(version(Status::Accepted, Some(7.0)));
        assert_eq!(status(&rows), Some(&Status::Accepted));
    }

    #[test]
    fn of_versions_with_the_same_date_or_without_one_the_last_to_arrive_counts() {
        for (known, other) in [
            (Some(6.0), Some(6.0)),
            (Some(6.0), None),
            (None, Some(6.0)),
            (None, None),
            (Some(6.0), Some(f64::NAN)),
        ] {
            let mut rows = Rows::default();
            rows.put(version(Status::Pending, known));
            rows.put(version(Status::Expired, other));
            assert_eq!(status(&rows), Some(&Status::Expired), "{known:?} {other:?}");
        }
    }

    #[test]
    fn rows_are_given_in_the_order_of_the_ids_and_unknown_ids_are_left_out() {
        let mut rows = Rows::default();
        for email in ["a@x.de", "b@x.de", "c@x.de"] {
            rows.put(invitation(email, Status::Pending));
        }
        let ids = ["c@x.de", "unknown", "a@x.de"].map(|id| InvitationId(id.into()));
        let found: Vec<_> = rows.of(&ids).iter().map(|row| row.email.as_str()).collect();
        assert_eq!(found, ["c@x.de", "a@x.de"]);
    }

    proptest! {
        #[test]
        fn the_newest_version_counts_in_whatever_order_the_versions_arrive(
            dates in proptest::collection::vec(0u32..50, 1..9),
        ) {
            let mut rows = Rows::default();
            for date in &dates {
                rows.put(version(Status::Other(date.to_string()), Some(f64::from(*date))));
            }
            let newest = dates.iter().max().map(|date| Status::Other(date.to_string()));
            prop_assert_eq!(status(&rows).cloned(), newest);
        }
    }
}
