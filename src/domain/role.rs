//! Roles and what they allow.

use crate::domain::text::Lowercase;

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
    /// What it is for, when the application's developer described that.
    pub description: String,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// Something that a role allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Clerk's key, for example `org:sys_memberships:manage`.
    pub key: String,
    /// Its name. Text from a stranger.
    pub name: String,
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
    /// What it allows, as far as invitations go.
    pub rights: Rights,
    /// The keys of everything that it allows.
    pub permissions: Vec<String>,
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

impl Membership {
    /// Does `role` hand out more than is harmless: the right to manage members, or something that this member may not?
    pub fn should_ask_before_giving(&self, role: &Role) -> bool {
        let is_own = |key: &String| self.role.0 == ADMIN || self.permissions.contains(key);
        role.key.0 == ADMIN
            || role.permissions.iter().any(|permission| permission.key == MANAGE || !is_own(&permission.key))
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

    /// The role with this key or name, in any letter case: what the admin wrote, or what a role column holds.
    pub fn meant(&self, text: &str, lowercase: Lowercase) -> Option<&Role> {
        let text = lowercase(text.trim());
        let by = |of: fn(&Role) -> &str| self.all.iter().find(|role| lowercase(of(role)) == text);
        by(|role| &role.key.0).or_else(|| by(|role| &role.name)).or_else(|| {
            // People write `member` for `org:member`.
            by(|role| role.key.0.split_once(':').map_or("", |(_, short)| short)).filter(|_| !text.is_empty())
        })
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
    fn a_role_is_meant_by_its_key_its_name_or_the_end_of_its_key_in_any_letter_case() {
        let mut roles = Roles { all: vec![role("org:admin"), role("org:member")], ..Roles::default() };
        roles.all[1].name = "Ärztin".to_owned();
        let meant = |text| roles.meant(text, str::to_lowercase).map(|role| role.key.0.as_str());
        for text in ["org:member", " ORG:Member", "member", "ÄRZTIN"] {
            assert_eq!(meant(text), Some("org:member"), "{text}");
        }
        for text in ["", "memb", "org:", "owner"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn a_role_that_manages_members_or_exceeds_ones_own_is_asked_about() {
        let permission = |key: &str| Permission { key: key.to_owned(), name: key.to_owned() };
        let own = |role: &str, permissions: &[&str]| Membership {
            role: key(role),
            role_name: String::new(),
            rights: Rights::Manage,
            permissions: permissions.iter().map(|key| (*key).to_owned()).collect(),
        };
        let with = |permissions: &[&str]| Role {
            permissions: permissions.iter().map(|key| permission(key)).collect(),
            ..role("org:some")
        };
        let lead = own("org:lead", &[READ, MANAGE]);
        assert!(!lead.should_ask_before_giving(&with(&[READ])));
        assert!(lead.should_ask_before_giving(&with(&[READ, MANAGE])));
        assert!(lead.should_ask_before_giving(&with(&["org:billing:manage"])));
        assert!(lead.should_ask_before_giving(&role("org:admin")));
        assert!(!own("org:admin", &[]).should_ask_before_giving(&with(&["org:billing:manage"])));
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
