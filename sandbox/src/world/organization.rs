//! Organizations, who belongs to them, and what their roles permit.

use super::now_ms;

/// The key of the role that may do everything.
pub const ADMIN: &str = "org:admin";
/// The key of the role that may look.
pub const MEMBER: &str = "org:member";
/// The permission to see who belongs to an organization.
pub const READ_MEMBERSHIPS: &str = "org:sys_memberships:read";
/// The permission to list, create and revoke invitations.
pub const MANAGE_MEMBERSHIPS: &str = "org:sys_memberships:manage";

/// The permission to change an organization itself.
pub const MANAGE_PROFILE: &str = "org:sys_profile:manage";

/// The permission to delete an organization.
pub const DELETE_PROFILE: &str = "org:sys_profile:delete";
/// The permission to see an organization's domains.
pub const READ_DOMAINS: &str = "org:sys_domains:read";
/// The permission to add, verify and remove them.
pub const MANAGE_DOMAINS: &str = "org:sys_domains:manage";

const ADMIN_PERMISSIONS: [&str; 6] =
    [MANAGE_PROFILE, DELETE_PROFILE, READ_MEMBERSHIPS, MANAGE_MEMBERSHIPS, READ_DOMAINS, MANAGE_DOMAINS];

/// A role of an organization's role set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// `org:...`.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Permission keys.
    pub permissions: Vec<String>,
}

impl Role {
    /// A role from its parts.
    pub fn new(key: &str, name: &str, description: &str, permissions: &[&str]) -> Role {
        Role {
            key: key.to_owned(),
            name: name.to_owned(),
            description: description.to_owned(),
            permissions: permissions.iter().map(|p| (*p).to_owned()).collect(),
        }
    }

    /// Whether it lets a member look after the others.
    pub fn manages_members(&self) -> bool {
        self.permissions.iter().any(|p| p == MANAGE_MEMBERSHIPS)
    }
}

/// A user's place in an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Clerk's id, `orgmem_...`.
    pub id: String,
    /// The member's user id.
    pub user: String,
    /// A role key.
    pub role: String,
    /// When they joined.
    pub created_at: u64,
}

/// An organization with its members and its role set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Clerk's id, `org_...`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// For addresses.
    pub slug: String,
    /// Seats; 0 is without limit.
    pub max_allowed_memberships: usize,
    /// The role set.
    pub roles: Vec<Role>,
    /// Whether the role set is being migrated, which locks roles (409 on an invite).
    pub role_set_migration: bool,
    /// Whether it has a picture of its own.
    pub has_logo: bool,
    /// Members, oldest first.
    pub memberships: Vec<Membership>,
    /// When it was made.
    pub created_at: u64,
}

impl Organization {
    /// An organization without members.
    pub fn new(id: &str, name: &str) -> Organization {
        Organization {
            id: id.to_owned(),
            name: name.to_owned(),
            slug: slug(name),
            max_allowed_memberships: 0,
            roles: vec![
                Role::new(ADMIN, "Admin", "Manages the organization and its members.", &ADMIN_PERMISSIONS),
                Role::new(MEMBER, "Member", "Works in the organization.", &[READ_MEMBERSHIPS]),
            ],
            role_set_migration: false,
            has_logo: false,
            memberships: Vec::new(),
            created_at: now_ms(),
        }
    }

    /// The role with this key.
    pub fn role(&self, key: &str) -> Option<&Role> {
        self.roles.iter().find(|r| r.key == key)
    }

    /// A role's name; its key when the role has gone.
    pub fn role_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.role(key).map_or(key, |r| &r.name)
    }

    /// A user's membership.
    pub fn membership_of(&self, user: &str) -> Option<&Membership> {
        self.memberships.iter().find(|m| m.user == user)
    }

    /// What a user may do here; nothing for a stranger.
    pub fn permissions_of(&self, user: &str) -> &[String] {
        let role = self.membership_of(user).and_then(|m| self.role(&m.role));
        role.map_or(&[], |r| &r.permissions)
    }

    /// Whether a user may look after the members.
    pub fn manages_members(&self, user: &str) -> bool {
        self.membership_of(user).and_then(|m| self.role(&m.role)).is_some_and(Role::manages_members)
    }

    /// Adds a member, or gives one another role.
    pub fn join(&mut self, id: String, user: &str, role: &str) {
        if let Some(known) = self.memberships.iter_mut().find(|m| m.user == user) {
            known.role = role.to_owned();
            return;
        }
        self.memberships.push(Membership {
            id,
            user: user.to_owned(),
            role: role.to_owned(),
            created_at: now_ms(),
        });
    }
}

fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-")
}
