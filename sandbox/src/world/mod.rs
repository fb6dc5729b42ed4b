//! What the stand-in remembers: plain values that the API reads and changes, and that a test may
//! change behind the page's back.
//!
//! Times are milliseconds since the Unix epoch, as Clerk's are.

mod demo;
mod enrollment;
mod environment;
mod invitations;
mod organization;
mod session;

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

pub use demo::{Link, demo_links};
pub use enrollment::{
    Affiliation, Domain, EnrollmentMode, MembershipRequest, RequestStatus, Suggestion, SuggestionStatus,
};
pub use environment::{Bulk, Environment};
pub use invitations::{Invitation, Invitations, Page, Status};
pub use organization::{
    ADMIN, DELETE_PROFILE, MANAGE_DOMAINS, MANAGE_MEMBERSHIPS, MANAGE_PROFILE, MEMBER, Membership,
    Organization, READ_DOMAINS, READ_MEMBERSHIPS, Role,
};
pub use session::{Client, RESET_PASSWORD, Session, SessionStatus, SignIn, SignUp};

/// How long Clerk keeps an invitation open when nothing else is asked: 30 days.
pub const INVITATION_LIFETIME_MS: u64 = 30 * 24 * 60 * 60 * 1000;

/// The password of every user of [`World::demo`].
pub const DEMO_PASSWORD: &str = "sandbox-demo";

/// Now, in milliseconds since the Unix epoch.
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX))
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Clerk's id, `user_...`.
    pub id: String,
    /// The primary address, which is verified.
    pub email_address: String,
    /// Further addresses of the account.
    pub other_addresses: Vec<OtherAddress>,
    /// Given name, when known.
    pub first_name: Option<String>,
    /// Family name, when known.
    pub last_name: Option<String>,
    /// The password, in the clear: nothing here is a secret. `None` cannot sign in by password.
    pub password: Option<String>,
    /// When the account was made.
    pub created_at: u64,
}

/// An address of an account beside the primary one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherAddress {
    /// In lower case.
    pub email_address: String,
    /// Whether its owner has shown that it is theirs. What goes to another one is not shown to the account.
    pub is_verified: bool,
}

impl User {
    /// The addresses that are known to be this user's.
    pub fn verified_addresses(&self) -> impl Iterator<Item = &str> {
        let others = self.other_addresses.iter().filter(|a| a.is_verified).map(|a| a.email_address.as_str());
        std::iter::once(self.email_address.as_str()).chain(others)
    }
}

/// Everything the stand-in knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// By id.
    pub users: BTreeMap<String, User>,
    /// By id. Members and roles live inside.
    pub organizations: BTreeMap<String, Organization>,
    /// Every invitation of every organization.
    pub invitations: Invitations,
    /// Domains of organizations, by id.
    pub domains: BTreeMap<String, Domain>,
    /// Who asks to join what, by id.
    pub membership_requests: BTreeMap<String, MembershipRequest>,
    /// Which organization is suggested to whom, by id.
    pub suggestions: BTreeMap<String, Suggestion>,
    /// Signed-in sessions by id, ended ones included.
    pub sessions: BTreeMap<String, Session>,
    /// Browsers, by the value of their `__client` cookie.
    pub clients: BTreeMap<String, Client>,
    /// The instance's settings.
    pub environment: Environment,
    /// The session a browser without a known `__client` cookie starts with.
    pub greeting: Option<String>,
    minted: u64,
}

impl World {
    /// A world without users or organizations.
    pub fn empty() -> World {
        World::default()
    }

    /// The demo's world: see the module `demo` for who is in it.
    pub fn demo() -> World {
        demo::world()
    }

    /// A fresh id such as `orginv_000017`: readable in a log, and the same in every run.
    pub fn mint(&mut self, prefix: &str) -> String {
        self.minted += 1;
        format!("{prefix}_{:06}", self.minted)
    }

    /// Adds a user with [`DEMO_PASSWORD`] under a chosen id. `name` is "First Last"; a single word is
    /// a first name; empty is no name.
    pub fn add_user(&mut self, id: &str, email_address: &str, name: &str) -> &mut User {
        let (first, last) = name.split_once(' ').unwrap_or((name, ""));
        let named = |part: &str| (!part.is_empty()).then(|| part.to_owned());
        let user = User {
            id: id.to_owned(),
            email_address: email_address.to_lowercase(),
            other_addresses: Vec::new(),
            first_name: named(first),
            last_name: named(last),
            password: Some(DEMO_PASSWORD.to_owned()),
            created_at: now_ms(),
        };
        self.users.entry(id.to_owned()).insert_entry(user).into_mut()
    }

    /// Gives an account another address; an unknown user is ignored.
    pub fn add_address(&mut self, user: &str, email_address: &str, is_verified: bool) {
        if let Some(found) = self.users.get_mut(user) {
            let email_address = email_address.to_lowercase();
            found.other_addresses.push(OtherAddress { email_address, is_verified });
        }
    }

    /// Adds an organization with the roles every instance starts with (`org:admin`, `org:member`),
    /// without members or a seat limit, under a chosen id.
    pub fn add_organization(&mut self, id: &str, name: &str) -> &mut Organization {
        let organization = Organization::new(id, name);
        self.organizations.entry(id.to_owned()).insert_entry(organization).into_mut()
    }

    /// Adds a role to an organization's role set; an unknown organization is ignored.
    pub fn add_role(
        &mut self,
        organization: &str,
        key: &str,
        name: &str,
        description: &str,
        permissions: &[&str],
    ) {
        if let Some(found) = self.organizations.get_mut(organization) {
            found.roles.push(Role::new(key, name, description, permissions));
        }
    }

    /// Makes a user a member. An existing membership changes its role instead. An unknown
    /// organization is ignored.
    pub fn add_membership(&mut self, organization: &str, user: &str, role: &str) {
        let id = self.mint("orgmem");
        if let Some(found) = self.organizations.get_mut(organization) {
            found.join(id, user, role);
        }
    }

    /// Takes a membership away, and the organization out of that user's sessions.
    pub fn remove_membership(&mut self, organization: &str, user: &str) {
        if let Some(found) = self.organizations.get_mut(organization) {
            found.memberships.retain(|m| m.user != user);
        }
        for session in self.sessions.values_mut().filter(|s| s.user == user) {
            session.active_organization.take_if(|o| o == organization);
        }
    }

    /// Deletes an organization with what belongs to it. Its invitations stay, as tickets in mailboxes do.
    pub fn remove_organization(&mut self, organization: &str) {
        self.organizations.remove(organization);
        self.domains.retain(|_, d| d.organization_id != organization);
        self.membership_requests.retain(|_, r| r.organization_id != organization);
        self.suggestions.retain(|_, s| s.organization_id != organization);
        for session in self.sessions.values_mut() {
            session.active_organization.take_if(|o| o == organization);
        }
    }

    /// Adds an invitation without asking whether it may be, and returns its id. It expires 30 days
    /// after `created_at_ms`.
    pub fn invite(
        &mut self,
        organization: &str,
        email_address: &str,
        role: &str,
        status: Status,
        created_at_ms: u64,
    ) -> String {
        let invitation = self.invitation(organization, email_address, role, status, created_at_ms);
        let id = invitation.id.clone();
        self.invitations.insert(invitation);
        id
    }

    /// Adds many invitations at once: the index is sorted once instead of at each of them, which is
    /// what makes a world of 100,000 quick to build.
    pub fn invite_many(
        &mut self,
        organization: &str,
        invitations: impl IntoIterator<Item = (String, String, Status, u64)>,
    ) {
        let made: Vec<Invitation> = invitations
            .into_iter()
            .map(|(email, role, status, at)| self.invitation(organization, &email, &role, status, at))
            .collect();
        self.invitations.extend(made);
    }

    fn invitation(
        &mut self,
        organization: &str,
        email_address: &str,
        role: &str,
        status: Status,
        created_at_ms: u64,
    ) -> Invitation {
        let id = self.mint("orginv");
        Invitation {
            id,
            organization_id: organization.to_owned(),
            email_address: email_address.to_lowercase(),
            role: role.to_owned(),
            status,
            created_at: created_at_ms,
            updated_at: created_at_ms,
            expires_at: Some(created_at_ms.saturating_add(INVITATION_LIFETIME_MS)),
            url: None,
        }
    }

    /// The user with this verified address, whatever its case.
    pub fn user_by_email(&self, email_address: &str) -> Option<&User> {
        let wanted = email_address.to_lowercase();
        self.users.values().find(|u| u.verified_addresses().any(|address| address == wanted))
    }

    /// The organizations a user belongs to, newest membership first, as Clerk lists them.
    pub fn memberships_of<'a>(&'a self, user: &str) -> Vec<(&'a Organization, &'a Membership)> {
        let mut found: Vec<_> =
            self.organizations.values().filter_map(|o| o.membership_of(user).map(|m| (o, m))).collect();
        found.sort_by(|(_, a), (_, b)| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
        found
    }

    /// Members plus pending invitations: what Clerk holds against `max_allowed_memberships`.
    pub fn seats_taken(&self, organization: &Organization) -> usize {
        organization.memberships.len() + self.pending_count(&organization.id)
    }

    /// How many invitations of an organization are pending.
    pub fn pending_count(&self, organization: &str) -> usize {
        self.invitations.count(organization, &Status::Pending)
    }
}
