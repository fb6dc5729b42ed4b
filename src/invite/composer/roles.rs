//! Settles the roles that entries name: unknown ones, and different ones for the same address.

use crate::domain::RoleKey;
use crate::invite::composer::Update;
use crate::invite::entry::EntryId;
use std::collections::HashMap;

impl Update<'_, '_> {
    /// Gives an entry a role, and all other entries with the same address too: it is one person. With `None` they are to have
    /// the role of all entries that name none.
    pub(super) fn give_role(&mut self, id: EntryId, role: Option<String>) {
        let entries = &mut self.model.composer.entries;
        let Some(entry) = entries.get(id).filter(|entry| entry.role != role || role.is_some()) else {
            return;
        };
        let email = entry.email.clone();
        entries.retain(|entry| {
            if entry.id == id || email.as_ref().is_ok_and(|email| entry.has_key(email.key())) {
                entry.role.clone_from(&role);
            }
            true
        });
    }

    /// Gives a role to all entries whose own does not exist here; with `None` they are to have the one of all entries that
    /// name none.
    pub(super) fn settle_unknown_roles(&mut self, role: Option<&RoleKey>) {
        let Some(roles) = self.context.roles else { return };
        let lowercase = self.context.lowercase;
        // What each text means: a browser's call for each entry would take too long.
        let mut known: HashMap<String, bool> = HashMap::new();
        self.model.composer.entries.retain(|entry| {
            if let Some(text) = &entry.role {
                let is_known = match known.get(text) {
                    Some(is_known) => *is_known,
                    None => {
                        let is_known = roles.meant(text, lowercase).is_some();
                        known.insert(text.clone(), is_known);
                        is_known
                    }
                };
                if !is_known {
                    entry.role = role.map(|role| role.0.clone());
                }
            }
            true
        });
    }
}
