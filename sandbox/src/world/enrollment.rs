//! How people come to an organization without an invitation: by a domain that it has verified, by the suggestion that
//! the domain's users then see, and by the request that they make of it.

use super::{World, now_ms};

/// What an organization's domain does for the users who have an address there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrollmentMode {
    /// Nothing: an admin invites them.
    ManualInvitation,
    /// Each gets an invitation. The stand-in sends none by itself.
    AutomaticInvitation,
    /// Each is told of the organization and may ask to join.
    AutomaticSuggestion,
    /// They sign in through the organization's own provider.
    EnterpriseSso,
}

impl EnrollmentMode {
    /// All of them, as the environment names what an instance allows.
    pub const ALL: [EnrollmentMode; 4] = [
        EnrollmentMode::ManualInvitation,
        EnrollmentMode::AutomaticInvitation,
        EnrollmentMode::AutomaticSuggestion,
        EnrollmentMode::EnterpriseSso,
    ];

    /// Clerk's word.
    pub fn as_str(self) -> &'static str {
        match self {
            EnrollmentMode::ManualInvitation => "manual_invitation",
            EnrollmentMode::AutomaticInvitation => "automatic_invitation",
            EnrollmentMode::AutomaticSuggestion => "automatic_suggestion",
            EnrollmentMode::EnterpriseSso => "enterprise_sso",
        }
    }

    /// The mode Clerk writes like this.
    pub fn from_word(word: &str) -> Option<EnrollmentMode> {
        EnrollmentMode::ALL.into_iter().find(|mode| mode.as_str() == word)
    }
}

/// How far an admin has come in showing that a domain is theirs: by a code that is sent to an address there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Affiliation {
    /// Not begun.
    Unproved,
    /// A code has gone to this address.
    CodeSent(String),
    /// The code came back from this address.
    Verified(String),
}

/// A domain of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Clerk's id, `orgdmn_...`.
    pub id: String,
    /// Whose it is.
    pub organization_id: String,
    /// Such as `acme.test`, in lower case.
    pub name: String,
    /// What it does for its users.
    pub enrollment_mode: EnrollmentMode,
    /// Whether it is the organization's, as far as has been shown.
    pub affiliation: Affiliation,
    /// When it was added.
    pub created_at: u64,
    /// When it last changed.
    pub updated_at: u64,
}

impl Domain {
    /// Whether the organization has shown that it is theirs.
    pub fn is_verified(&self) -> bool {
        matches!(self.affiliation, Affiliation::Verified(_))
    }

    /// Whether an address is one of this domain.
    pub fn has(&self, email_address: &str) -> bool {
        email_address.rsplit_once('@').is_some_and(|(_, host)| host.eq_ignore_ascii_case(&self.name))
    }
}

/// Where a request to join stands. Clerk writes nowhere which words there are beside "pending" and "accepted".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestStatus {
    /// Nobody has answered it.
    Pending,
    /// Its user is a member.
    Accepted,
    /// An admin said no.
    Rejected,
}

impl RequestStatus {
    /// Clerk's word, as far as it is known.
    pub fn as_str(self) -> &'static str {
        match self {
            RequestStatus::Pending => "pending",
            RequestStatus::Accepted => "accepted",
            RequestStatus::Rejected => "rejected",
        }
    }
}

/// What a user asks of an organization: to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipRequest {
    /// Clerk's id, `orgmemreq_...`.
    pub id: String,
    /// Of which organization.
    pub organization_id: String,
    /// Who asks.
    pub user: String,
    /// Where it stands.
    pub status: RequestStatus,
    /// When it was made.
    pub created_at: u64,
    /// When it last changed.
    pub updated_at: u64,
}

/// Where a suggestion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionStatus {
    /// Its user may ask to join.
    Pending,
    /// Its user has asked.
    Accepted,
    /// The organization has answered.
    Completed,
}

impl SuggestionStatus {
    /// Clerk's word, as far as it is known.
    pub fn as_str(self) -> &'static str {
        match self {
            SuggestionStatus::Pending => "pending",
            SuggestionStatus::Accepted => "accepted",
            SuggestionStatus::Completed => "completed",
        }
    }
}

/// An organization that a user may ask to join, because they have an address of a domain of its.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Clerk's id, `orgsug_...`.
    pub id: String,
    /// Which organization.
    pub organization_id: String,
    /// To whom.
    pub user: String,
    /// Where it stands.
    pub status: SuggestionStatus,
    /// When it was made.
    pub created_at: u64,
    /// When it last changed.
    pub updated_at: u64,
}

impl World {
    /// Adds a domain that has been shown to be the organization's, and makes the suggestions that follow from its mode.
    pub fn add_verified_domain(&mut self, organization: &str, name: &str, mode: EnrollmentMode) -> String {
        let id = self.add_domain(organization, name, mode);
        if let Some(domain) = self.domains.get_mut(&id) {
            domain.affiliation = Affiliation::Verified(format!("postmaster@{}", domain.name));
        }
        self.suggest_by_domain(&id);
        id
    }

    /// Adds a domain that nobody has verified.
    pub fn add_domain(&mut self, organization: &str, name: &str, mode: EnrollmentMode) -> String {
        let id = self.mint("orgdmn");
        let domain = Domain {
            id: id.clone(),
            organization_id: organization.to_owned(),
            name: name.to_lowercase(),
            enrollment_mode: mode,
            affiliation: Affiliation::Unproved,
            created_at: now_ms(),
            updated_at: now_ms(),
        };
        self.domains.insert(id.clone(), domain);
        id
    }

    /// Suggests the organization of a verified domain in the mode [`EnrollmentMode::AutomaticSuggestion`] to each user of
    /// it who neither belongs to the organization nor knows of it.
    pub fn suggest_by_domain(&mut self, domain: &str) {
        let Some(domain) = self.domains.get(domain).filter(|d| d.is_verified()).cloned() else { return };
        if domain.enrollment_mode != EnrollmentMode::AutomaticSuggestion {
            return;
        }
        let place = self.organizations.get(&domain.organization_id);
        let is_known = |user: &str| {
            let mut suggestions = self.suggestions.values();
            place.is_none_or(|o| o.membership_of(user).is_some())
                || suggestions.any(|s| s.user == user && s.organization_id == domain.organization_id)
        };
        let users = self.users.values().filter(|u| u.verified_addresses().any(|a| domain.has(a)));
        let users: Vec<String> = users.filter(|u| !is_known(&u.id)).map(|u| u.id.clone()).collect();
        for user in users {
            self.suggest(&domain.organization_id, &user);
        }
    }

    /// Suggests an organization to a user, and returns the suggestion's id.
    pub fn suggest(&mut self, organization: &str, user: &str) -> String {
        let id = self.mint("orgsug");
        let suggestion = Suggestion {
            id: id.clone(),
            organization_id: organization.to_owned(),
            user: user.to_owned(),
            status: SuggestionStatus::Pending,
            created_at: now_ms(),
            updated_at: now_ms(),
        };
        self.suggestions.insert(id.clone(), suggestion);
        id
    }

    /// A user asks to join an organization. Returns the request's id.
    pub fn request_membership(&mut self, organization: &str, user: &str) -> String {
        let id = self.mint("orgmemreq");
        let request = MembershipRequest {
            id: id.clone(),
            organization_id: organization.to_owned(),
            user: user.to_owned(),
            status: RequestStatus::Pending,
            created_at: now_ms(),
            updated_at: now_ms(),
        };
        self.membership_requests.insert(id.clone(), request);
        id
    }

    /// Answers a request, which also ends the suggestion that it came from.
    pub fn answer_request(&mut self, request: &str, status: RequestStatus) {
        let Some(request) = self.membership_requests.get_mut(request) else { return };
        request.status = status;
        request.updated_at = now_ms();
        let (organization, user) = (request.organization_id.clone(), request.user.clone());
        let own = |s: &&mut Suggestion| s.organization_id == organization && s.user == user;
        for suggestion in self.suggestions.values_mut().filter(own) {
            suggestion.status = SuggestionStatus::Completed;
            suggestion.updated_at = now_ms();
        }
    }
}
