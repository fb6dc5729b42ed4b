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
        let Some(entry) = entries.get(id) else { return };
        let email = entry.email.clone();
        for entry in entries.all_mut() {
            if entry.id == id || email.as_ref().is_ok_and(|email| entry.has_key(email.key())) {
                entry.role.clone_from(&role);
            }
        }
    }

    /// Gives a role to all entries whose own does not exist here; with `None` they are to have the one of all entries that
    /// name none.
    pub(super) fn settle_unknown_roles(&mut self, role: Option<&RoleKey>) {
        let Some(roles) = self.context.roles else { return };
        let lowercase = self.context.lowercase;
        // Whether each text means a role: asking the browser anew for each entry would take too long.
        let mut known = HashMap::new();
        for entry in self.model.composer.entries.all_mut() {
            let Some(text) = &entry.role else { continue };
            let is_known =
                *known.entry(text.clone()).or_insert_with(|| roles.meant(text, lowercase).is_some());
            if !is_known {
                entry.role = role.map(|role| role.0.clone());
            }
        }
    }
}
