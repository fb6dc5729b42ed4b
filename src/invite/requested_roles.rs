//! Which role is requested for each address: what the entries say, compared with the roles that there are.

use crate::domain::text::Lowercase;
use crate::domain::{RoleKey, Roles};
use crate::invite::entry::{Entries, Entry};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// The role that an entry is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Requested<'a> {
    /// This role; `None` where it is not known yet.
    Role(Option<&'a RoleKey>),
    /// A role that does not exist here, as it was written.
    Unknown(&'a str),
}

/// The role that all entries with the same address request together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resolution<'a> {
    /// One role; `None` where it is not known yet.
    Role(Option<&'a RoleKey>),
    /// A role that does not exist here, as it was written.
    Unknown(&'a str),
    /// Several roles, in the order of the role set.
    Several(Vec<RoleKey>),
}

/// The roles that all entries request.
pub(super) struct RequestedRoles<'a> {
    roles: Option<&'a Roles>,
    /// The role of the entries that name none.
    role: Option<&'a RoleKey>,
    /// What each text means: a browser's call for each entry would take too long.
    by_text: FxHashMap<&'a str, Requested<'a>>,
    /// The different requests for each address, by [`Email::key`](crate::domain::Email::key), where there are several.
    by_key: FxHashMap<&'a str, Vec<Requested<'a>>>,
}

impl<'a> RequestedRoles<'a> {
    /// Reads what the entries request. A doubtful entry requests nothing yet: another address may be meant.
    pub(super) fn of(
        entries: &'a Entries,
        roles: Option<&'a Roles>,
        role: Option<&'a RoleKey>,
        lowercase: Lowercase,
    ) -> Self {
        let mut requested = Self { roles, role, by_text: FxHashMap::default(), by_key: FxHashMap::default() };
        // Most lists name no role at all, and there can be thousands of entries.
        if entries.all().iter().all(|entry| entry.role.is_none()) {
            return requested;
        }
        let mut first = FxHashMap::with_capacity_and_hasher(entries.all().len(), FxBuildHasher);
        for entry in entries.all().iter().filter(|entry| entry.doubt().is_none()) {
            let Ok(email) = &entry.email else { continue };
            let request = requested.read(entry, lowercase);
            let before = *first.entry(email.key()).or_insert(request);
            if before != request {
                let several = requested.by_key.entry(email.key()).or_insert_with(|| vec![before]);
                if !several.contains(&request) {
                    several.push(request);
                }
            }
        }
        requested
    }

    fn read(&mut self, entry: &'a Entry, lowercase: Lowercase) -> Requested<'a> {
        let (Some(text), roles) = (entry.role.as_deref(), self.roles) else {
            return Requested::Role(self.role);
        };
        let Some(roles) = roles else { return Requested::Role(None) };
        *self.by_text.entry(text).or_insert_with(|| {
            roles
                .meant(text, lowercase)
                .map_or(Requested::Unknown(text), |role| Requested::Role(Some(&role.key)))
        })
    }

    /// What an entry requests.
    pub(super) fn of_entry(&self, entry: &'a Entry) -> Requested<'a> {
        match (entry.role.as_deref(), self.roles) {
            (None, _) => Requested::Role(self.role),
            (Some(_), None) => Requested::Role(None),
            (Some(text), Some(_)) => self.by_text.get(text).copied().unwrap_or(Requested::Unknown(text)),
        }
    }

    /// The role that all entries with the address of `entry` request together; `key` is that of the address. Their order makes
    /// no difference.
    pub(super) fn resolve(&self, entry: &'a Entry, key: &str) -> Resolution<'a> {
        let alone = self.of_entry(entry);
        let Some(requested) = self.by_key.get(key) else {
            return match alone {
                Requested::Role(role) => Resolution::Role(role),
                Requested::Unknown(text) => Resolution::Unknown(text),
            };
        };
        let unknown = requested.iter().find_map(|request| match request {
            Requested::Unknown(text) => Some(*text),
            Requested::Role(_) => None,
        });
        if let Some(text) = unknown {
            return Resolution::Unknown(text);
        }
        let is_requested = |key: &RoleKey| requested.contains(&Requested::Role(Some(key)));
        let known = self.roles.iter().flat_map(|roles| &roles.all).map(|role| &role.key);
        let several: Vec<_> = known.filter(|key| is_requested(key)).cloned().collect();
        match alone {
            _ if several.len() > 1 => Resolution::Several(several),
            Requested::Role(role) => Resolution::Role(role),
            Requested::Unknown(text) => Resolution::Unknown(text),
        }
    }
}
