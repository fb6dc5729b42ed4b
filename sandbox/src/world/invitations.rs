//! Invitations, indexed so that a page of ten costs the same in a list of fifty and of 100,000.

use std::collections::{BTreeMap, HashMap};

/// Where an invitation stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Waiting for its invitee.
    Pending,
    /// Taken up.
    Accepted,
    /// Withdrawn.
    Revoked,
    /// Not taken up in time.
    Expired,
    /// Taken up, in the words of newer instances.
    Completed,
    /// A word nobody knows yet.
    Other(String),
}

impl Status {
    /// Clerk's word.
    pub fn as_str(&self) -> &str {
        match self {
            Status::Pending => "pending",
            Status::Accepted => "accepted",
            Status::Revoked => "revoked",
            Status::Expired => "expired",
            Status::Completed => "completed",
            Status::Other(word) => word,
        }
    }

    /// The status Clerk writes like this.
    pub fn from_word(word: &str) -> Status {
        let known = [Status::Pending, Status::Accepted, Status::Revoked, Status::Expired, Status::Completed];
        let found = known.into_iter().find(|s| s.as_str() == word);
        found.unwrap_or_else(|| Status::Other(word.to_owned()))
    }
}

/// An invitation to an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Clerk's id, `orginv_...`.
    pub id: String,
    /// The organization it is to.
    pub organization_id: String,
    /// In lower case.
    pub email_address: String,
    /// A role key.
    pub role: String,
    /// Where it stands.
    pub status: Status,
    /// When it was sent.
    pub created_at: u64,
    /// When it last changed.
    pub updated_at: u64,
    /// When it runs out. The stand-in lets nothing run out by itself.
    pub expires_at: Option<u64>,
    /// Where the invitee would accept. Whether Clerk fills it for an admin is unknown.
    pub url: Option<String>,
}

/// What stands before an invitation's id in its ticket.
const TICKET: &str = "ticket_";

impl Invitation {
    /// What the link in the mail carries as `__clerk_ticket`.
    pub fn ticket(&self) -> String {
        format!("{TICKET}{}", self.id)
    }
}

/// Newest last, so that a new invitation is appended: creation time, then order of arrival.
type Key = (u64, u64);

#[derive(Debug, Clone, Default)]
struct Shelf {
    all: Vec<Key>,
    by_status: BTreeMap<Status, Vec<Key>>,
}

/// All invitations. Change one through [`Invitations::change`], which keeps the index true.
#[derive(Debug, Clone, Default)]
pub struct Invitations {
    rows: BTreeMap<u64, Invitation>,
    serial_by_id: HashMap<String, u64>,
    serials_by_email: HashMap<String, Vec<u64>>,
    shelves: HashMap<String, Shelf>,
    arrived: u64,
}

/// A page of a list.
#[derive(Debug)]
pub struct Page<'a> {
    /// The rows, newest first.
    pub rows: Vec<&'a Invitation>,
    /// How many the whole list has.
    pub total: usize,
    /// How many index entries were looked at to find them: what a large organization must not raise.
    pub touched: usize,
}

impl Invitations {
    /// Adds one.
    pub fn insert(&mut self, invitation: Invitation) {
        let (organization, status, key) = self.record(invitation);
        let shelf = self.shelves.entry(organization).or_default();
        for list in [&mut shelf.all, shelf.by_status.entry(status).or_default()] {
            list.insert(list.partition_point(|k| *k < key), key);
        }
    }

    /// Adds many, sorting once.
    pub fn extend(&mut self, invitations: impl IntoIterator<Item = Invitation>) {
        for invitation in invitations {
            let (organization, status, key) = self.record(invitation);
            let shelf = self.shelves.entry(organization).or_default();
            shelf.all.push(key);
            shelf.by_status.entry(status).or_default().push(key);
        }
        for shelf in self.shelves.values_mut() {
            shelf.all.sort_unstable();
            shelf.by_status.values_mut().for_each(|keys| keys.sort_unstable());
        }
    }

    fn record(&mut self, invitation: Invitation) -> (String, Status, Key) {
        self.arrived += 1;
        let serial = self.arrived;
        let shelved =
            (invitation.organization_id.clone(), invitation.status.clone(), (invitation.created_at, serial));
        self.serial_by_id.insert(invitation.id.clone(), serial);
        self.serials_by_email.entry(invitation.email_address.clone()).or_default().push(serial);
        self.rows.insert(serial, invitation);
        shelved
    }

    /// The invitation with this id.
    pub fn by_id(&self, id: &str) -> Option<&Invitation> {
        self.rows.get(self.serial_by_id.get(id)?)
    }

    /// The invitation whose mail carried this ticket.
    pub fn by_ticket(&self, ticket: &str) -> Option<&Invitation> {
        self.by_id(ticket.strip_prefix(TICKET)?)
    }

    /// Every invitation of an address, in whatever case it is written, oldest arrival first.
    pub fn addressed_to(&self, email_address: &str) -> impl Iterator<Item = &Invitation> {
        let serials = self.serials_by_email.get(&email_address.to_lowercase());
        serials.into_iter().flatten().filter_map(|serial| self.rows.get(serial))
    }

    /// The pending invitation of an address.
    pub fn pending_for(&self, organization: &str, email_address: &str) -> Option<&Invitation> {
        let mut all = self.addressed_to(email_address);
        all.find(|i| i.organization_id == organization && i.status == Status::Pending)
    }

    /// Every invitation, in order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = &Invitation> {
        self.rows.values()
    }

    /// How many an organization has with this status.
    pub fn count(&self, organization: &str, status: &Status) -> usize {
        let list = self.shelves.get(organization).and_then(|s| s.by_status.get(status));
        list.map_or(0, Vec::len)
    }

    /// Changes an invitation in place; an unknown id changes nothing. Its id, organization, address and
    /// creation time are put back as they were: the index goes by them.
    pub fn change(&mut self, id: &str, change: impl FnOnce(&mut Invitation)) {
        let Some(serial) = self.serial_by_id.get(id).copied() else { return };
        let Some(row) = self.rows.get_mut(&serial) else { return };
        let before = row.clone();
        change(row);
        row.id = before.id;
        row.organization_id = before.organization_id;
        row.email_address = before.email_address;
        row.created_at = before.created_at;
        if before.status == row.status {
            return;
        }
        let (key, shelf) = ((row.created_at, serial), self.shelves.entry(row.organization_id.clone()));
        let shelf = shelf.or_default();
        let left = shelf.by_status.entry(before.status).or_default();
        left.binary_search(&key).map(|at| left.remove(at)).ok();
        let joined = shelf.by_status.entry(row.status.clone()).or_default();
        joined.insert(joined.partition_point(|k| *k < key), key);
    }

    /// Gives an invitation another status, now.
    pub fn set_status(&mut self, id: &str, status: Status) {
        self.change(id, |row| {
            row.status = status;
            row.updated_at = super::now_ms();
        });
    }

    /// A page of an organization's list, newest first. No status is every status.
    pub fn page(&self, organization: &str, statuses: &[Status], offset: usize, limit: usize) -> Page<'_> {
        let Some(shelf) = self.shelves.get(organization) else {
            return Page { rows: Vec::new(), total: 0, touched: 0 };
        };
        let lists: Vec<&[Key]> = if statuses.is_empty() {
            vec![&shelf.all]
        } else {
            let mut wanted = statuses.to_vec();
            wanted.sort();
            wanted.dedup();
            wanted.iter().filter_map(|s| shelf.by_status.get(s).map(Vec::as_slice)).collect()
        };
        let total = lists.iter().map(|l| l.len()).sum();
        let (mut cut, mut touched) = skip_newest(&shelf.all, &lists, offset);
        let mut rows = Vec::new();
        while rows.len() < limit {
            touched += lists.len();
            // The newest of what is left in each list is the next row.
            let next = (0..lists.len()).filter_map(|l| cut[l].checked_sub(1).map(|i| (lists[l][i], l))).max();
            let Some((key, l)) = next else { break };
            cut[l] -= 1;
            rows.extend(self.rows.get(&key.1));
        }
        Page { rows, total, touched }
    }
}

/// Where each list is to be cut so that exactly the `offset` newest of all of them lie behind the
/// cuts; and how many entries that took to find.
///
/// Walking there row by row would make the last page of a large organization cost as much as the
/// whole list.
fn skip_newest(all: &[Key], lists: &[&[Key]], offset: usize) -> (Vec<usize>, usize) {
    let mut touched = 0;
    let mut cuts_at = |key: &Key| -> Vec<usize> {
        lists
            .iter()
            .map(|l| {
                l.partition_point(|k| {
                    touched += 1;
                    k < key
                })
            })
            .collect()
    };
    let kept: usize = lists.iter().map(|l| l.len()).sum::<usize>().saturating_sub(offset);
    let first_behind = all.partition_point(|key| cuts_at(key).iter().sum::<usize>() < kept);
    let cuts = match all.get(first_behind) {
        Some(key) => cuts_at(key),
        None => lists.iter().map(|l| l.len()).collect(),
    };
    (cuts, touched)
}
