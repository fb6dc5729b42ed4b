//! Asks the admin before a role is given that allows more than is harmless.

use crate::domain::RoleKey;
use crate::invite::composer::Update;
use crate::invite::model::{Grant, GrantQuestion};
use crate::outbox::Task;
use std::collections::HashMap;

impl Update<'_, '_> {
    /// Sends, unless a task gives such a role to which the admin has not agreed: then nothing is sent before the admin was
    /// asked about all of them. `granted` are the roles to which the admin has agreed, by the key of the address.
    pub(super) fn ask_or_send_tasks(&mut self, tasks: Vec<Task>, mut granted: HashMap<String, RoleKey>) {
        let roles = self.context.roles.iter().flat_map(|roles| &roles.all);
        let asked = roles.filter(|role| self.context.membership.should_ask_before_giving(role));
        let mut grants: Vec<_> = asked.map(|role| Grant { role: role.key.clone(), people: vec![] }).collect();
        for task in &tasks {
            let key = task.email.key();
            if granted.get(key) == Some(&task.role) {
                continue;
            }
            if let Some(grant) = grants.iter_mut().find(|grant| grant.role == task.role) {
                grant.people.push(task.email.as_str().to_owned());
                granted.insert(key.to_owned(), task.role.clone());
            }
        }
        grants.retain(|grant| !grant.people.is_empty());
        if grants.is_empty() {
            return self.send(tasks, granted);
        }
        self.model.composer.question = Some(GrantQuestion { tasks, grants, granted });
    }
}
