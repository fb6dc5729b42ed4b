//! Roles and what they allow.

/// Clerk's key of a role, for example `org:admin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleKey(pub String);

/// A role of the organization's role set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its key.
    pub key: RoleKey,
    /// Its name. Text from a stranger.
    pub name: String,
    /// What it is for, when somebody wrote that down.
    pub description: String,
    /// The keys of its permissions.
    pub permissions: Vec<String>,
}

/// The roles that can be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// All of them, in Clerk's order.
    pub all: Vec<Role>,
    /// Is a migration of the role set under way? Clerk refuses changes of roles until it is over.
    pub migrating: bool,
    /// The role that the instance names as its default. It need not be in the set.
    pub preferred: Option<RoleKey>,
}

/// What the viewer may do with invitations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// See, send and revoke them.
    Manage,
    /// See who is a member, no more.
    Read,
    /// Nothing.
    Neither,
}

/// The viewer's membership of the active organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The viewer's role.
    pub role: RoleKey,
    /// That role's name.
    pub role_name: String,
    /// What it allows.
    pub rights: Rights,
}

/// Lets its holder invite, revoke and list invitations.
pub const MANAGE: &str = "org:sys_memberships:manage";
/// Lets its holder see who is a member.
pub const READ: &str = "org:sys_memberships:read";
const ADMIN: &str = "org:admin";

impl Rights {
    /// What a role with these permissions may do.
    ///
    /// The admin's role always may: it is Clerk's creator role, and a degraded start leaves out permissions.
    pub fn of(role: &RoleKey, permissions: &[String]) -> Self {
        let has = |key: &str| permissions.iter().any(|permission| permission == key);
        if role.0 == ADMIN || has(MANAGE) {
            Self::Manage
        } else if has(READ) {
            Self::Read
        } else {
            Self::Neither
        }
    }
}

impl Roles {
    /// The role to preselect: the instance's default when it is in the set. Otherwise none, because a guess
    /// could hand out more than the inviter meant; with a single role there is nothing to guess.
    pub fn preselected(&self) -> Option<&Role> {
        match self.all.as_slice() {
            [only] => Some(only),
            all => all.iter().find(|role| self.preferred.as_ref() == Some(&role.key)),
        }
    }

    /// The role of that key, when it is in the set.
    pub fn find(&self, key: &RoleKey) -> Option<&Role> {
        self.all.iter().find(|role| role.key == *key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> RoleKey {
        RoleKey(text.to_owned())
    }

    fn role(text: &str) -> Role {
        Role { key: key(text), name: text.to_owned(), description: String::new(), permissions: vec![] }
    }

    #[test]
    fn an_admin_manages_and_so_does_any_role_with_the_permission() {
        assert_eq!(Rights::of(&key("org:admin"), &[]), Rights::Manage);
        assert_eq!(Rights::of(&key("org:people_lead"), &[READ.into(), MANAGE.into()]), Rights::Manage);
        assert_eq!(Rights::of(&key("org:member"), &[READ.into()]), Rights::Read);
        assert_eq!(Rights::of(&key("org:guest"), &["org:billing:manage".into()]), Rights::Neither);
    }

    #[test]
    fn a_default_outside_the_set_preselects_nothing() {
        let mut roles = Roles { all: vec![role("org:admin"), role("org:member")], ..Roles::default() };
        assert_eq!(roles.preselected(), None);
        roles.preferred = Some(key("org:member"));
        assert_eq!(roles.preselected().map(|role| &role.key), Some(&key("org:member")));
        roles.preferred = Some(key("org:gone"));
        assert_eq!(roles.preselected(), None);
        roles.all.truncate(1);
        assert_eq!(roles.preselected().map(|role| &role.key), Some(&key("org:admin")));
    }
}
