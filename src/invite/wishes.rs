//! Which role is wished for each address: what the entries say, compared with the roles that there are.

use crate::domain::text::Lowercase;
use crate::domain::{RoleKey, Roles};
use crate::invite::entry::{Entries, Entry};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// The role that an entry is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish<'a> {
    /// This role; `None` where it is not known yet.
    Role(Option<&'a RoleKey>),
    /// A role that does not exist here, as it was written.
    Unknown(&'a str),
}

/// What all entries with the same address wish together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome<'a> {
    /// One role; `None` where it is not known yet.
    Role(Option<&'a RoleKey>),
    /// A role that does not exist here, as it was written.
    Unknown(&'a str),
    /// Several roles, in the order of the role set.
    Several(Vec<RoleKey>),
}

/// The wishes of all entries.
pub(super) struct Wishes<'a> {
    roles: Option<&'a Roles>,
    /// The role of the entries that name none.
    role: Option<&'a RoleKey>,
    /// What each text means: a browser's call for each entry would take too long.
    by_text: FxHashMap<&'a str, Wish<'a>>,
    /// The different wishes for each address, by [`Email::key`](crate::domain::Email::key), where there are several.
    by_key: FxHashMap<&'a str, Vec<Wish<'a>>>,
}

impl<'a> Wishes<'a> {
    /// Reads the wishes of the entries. One that the admin has to look at wishes nothing yet: another address may be
    /// meant.
    pub(super) fn of(
        entries: &'a Entries,
        roles: Option<&'a Roles>,
        role: Option<&'a RoleKey>,
        lowercase: Lowercase,
    ) -> Self {
        let mut wishes = Self { roles, role, by_text: FxHashMap::default(), by_key: FxHashMap::default() };
        let mut first = FxHashMap::with_capacity_and_hasher(entries.all().len(), FxBuildHasher);
        for entry in entries.all().iter().filter(|entry| entry.doubt().is_none()) {
            let Ok(email) = &entry.email else { continue };
            let wish = wishes.read(entry, lowercase);
            let before = *first.entry(email.key()).or_insert(wish);
            if before != wish {
                let several = wishes.by_key.entry(email.key()).or_insert_with(|| vec![before]);
                if !several.contains(&wish) {
                    several.push(wish);
                }
            }
        }
        wishes
    }

    fn read(&mut self, entry: &'a Entry, lowercase: Lowercase) -> Wish<'a> {
        let (Some(text), roles) = (entry.role.as_deref(), self.roles) else { return Wish::Role(self.role) };
        let Some(roles) = roles else { return Wish::Role(None) };
        *self.by_text.entry(text).or_insert_with(|| {
            roles.meant(text, lowercase).map_or(Wish::Unknown(text), |role| Wish::Role(Some(&role.key)))
        })
    }

    /// What an entry wishes.
    pub(super) fn wish(&self, entry: &'a Entry) -> Wish<'a> {
        match (entry.role.as_deref(), self.roles) {
            (None, _) => Wish::Role(self.role),
            (Some(_), None) => Wish::Role(None),
            (Some(text), Some(_)) => self.by_text.get(text).copied().unwrap_or(Wish::Unknown(text)),
        }
    }

    /// What all entries with the address of `entry` wish, which has this key. Their order makes no difference.
    pub(super) fn outcome(&self, entry: &'a Entry, key: &str) -> Outcome<'a> {
        let alone = [self.wish(entry)];
        let wishes = self.by_key.get(key).map_or(alone.as_slice(), Vec::as_slice);
        let unknown = wishes.iter().find_map(|wish| match wish {
            Wish::Unknown(text) => Some(*text),
            Wish::Role(_) => None,
        });
        if let Some(text) = unknown {
            return Outcome::Unknown(text);
        }
        let is_wished = |key: &RoleKey| wishes.contains(&Wish::Role(Some(key)));
        let known = self.roles.iter().flat_map(|roles| &roles.all).map(|role| &role.key);
        let several: Vec<_> = known.filter(|key| is_wished(key)).cloned().collect();
        match alone {
            _ if several.len() > 1 => Outcome::Several(several),
            [Wish::Role(role)] => Outcome::Role(role),
            [Wish::Unknown(text)] => Outcome::Unknown(text),
        }
    }
}
