//! What can go wrong, in the shape a person can act on.

use crate::domain::email::Email;
use std::fmt;

/// Why something asked of Clerk did not happen, or may not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Clerk said no and why. Never empty: a refusal without reasons has one that is [`Reason::Unknown`].
    Refused(Vec<Problem>),
    /// Too many requests. `wait` is in seconds, from `Retry-After`, when Clerk gave one.
    TooMany {
        /// Seconds to wait before the next try.
        wait: Option<u32>,
    },
    /// The request did not get through, or its answer did not come back.
    Unreachable,
    /// Nothing came back in the time we wait.
    NoAnswer,
    /// The server failed (5xx) or something in between answered in its place.
    Failing {
        /// The HTTP status, when there was one.
        status: Option<u16>,
    },
    /// Clerk answered, but the answer does not prove that it was done. clerk-js resolves such calls while offline.
    Unproved,
    /// The session has ended.
    SignedOut,
    /// Another organization is active than the one that was asked about.
    Moved,
    /// Anything else; the text is for the console.
    Unexpected(String),
}

/// One of the reasons for a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is about.
    pub reason: Reason,
    /// The form field that it is about.
    pub field: Field,
    /// Clerk's own sentence, shown only when we have none of our own.
    pub said: String,
    /// The addresses that Clerk names (`meta.emailAddresses`), as they are compared ([`Email::key`]).
    pub named: Vec<String>,
}

/// The form field that a [`Problem`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The address.
    Email,
    /// The role.
    Role,
    /// None in particular.
    Form,
}

/// Clerk's published error codes, as far as these calls can meet them.
///
/// Source: Clerk's catalogue of Frontend API errors. Codes after which the admin can do the same are one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An invitation to this address is already pending.
    AlreadyInvited,
    /// The person is already a member.
    AlreadyMember,
    /// More addresses than Clerk takes in one call.
    BatchTooBig,
    /// More seats must be bought first.
    SeatsNeeded,
    /// Members and pending invitations are at the organization's maximum.
    Full,
    /// An allow list, a block list or the rule against sub-addresses forbids it.
    AddressBlocked,
    /// The viewer may no longer manage members.
    NoPermission,
    /// The viewer is no longer a member.
    NotMember,
    /// The organization is gone, or out of the viewer's sight.
    OrganizationGone,
    /// The role is gone.
    RoleGone,
    /// The organization takes no invitations (a Dashboard setting).
    InvitationsOff,
    /// The application has organizations switched off (a Dashboard setting).
    OrganizationsOff,
    /// Clerk wants the viewer to prove who they are once more.
    ReverificationNeeded,
    /// Clerk's protection refused this request or this device.
    Blocked,
    /// The invitation is gone.
    InvitationGone,
    /// The invitation was accepted, revoked or has expired meanwhile.
    NotPending,
    /// A migration of the role set is running.
    RoleMigration,
    /// Something else holds a lock on the organization.
    Locked,
    /// Not an address, says Clerk.
    NotAnAddress,
    /// A value is missing.
    Missing,
    /// A value is not one that Clerk takes here, for instance a role that can't be given by invitation.
    InvalidValue,
    /// The invitee belongs to an organization that allows no other.
    Exclusive,
    /// A code that is not in the catalogue this was written from.
    Unknown,
}

impl Reason {
    /// The reason behind one of Clerk's error codes.
    pub fn from_code(code: &str) -> Self {
        match code {
            "duplicate_record" | "organization_invitation_not_unique" => Self::AlreadyInvited,
            "already_a_member_in_organization" => Self::AlreadyMember,
            "bulk_size_exceeded" | "form_param_array_size_exceeded" => Self::BatchTooBig,
            "insufficient_seats" => Self::SeatsNeeded,
            "organization_membership_quota_exceeded" => Self::Full,
            "not_allowed_access" => Self::AddressBlocked,
            "missing_organization_permission" => Self::NoPermission,
            "not_a_member_in_organization" => Self::NotMember,
            "organization_not_found_or_unauthorized" => Self::OrganizationGone,
            "resource_not_found" => Self::RoleGone,
            "invitations_not_supported_in_organization" => Self::InvitationsOff,
            "organization_not_enabled_in_instance" => Self::OrganizationsOff,
            "session_reverification_required" => Self::ReverificationNeeded,
            "action_blocked" | "device_blocked" => Self::Blocked,
            "organization_invitation_not_found" => Self::InvitationGone,
            "organization_invitation_not_pending" => Self::NotPending,
            "role_migration_in_progress" => Self::RoleMigration,
            "resource_locked" => Self::Locked,
            "form_param_format_invalid" => Self::NotAnAddress,
            "form_param_nil" | "form_param_missing" => Self::Missing,
            "form_param_value_invalid" | "form_param_unknown" | "form_param_duplicate" => Self::InvalidValue,
            "exclusive_organization_membership" => Self::Exclusive,
            _ => Self::Unknown,
        }
    }

    /// Does it stand in the way of every other address too?
    pub fn concerns_all(self) -> bool {
        matches!(
            self,
            Self::SeatsNeeded
                | Self::Full
                | Self::NoPermission
                | Self::NotMember
                | Self::OrganizationGone
                | Self::InvitationsOff
                | Self::OrganizationsOff
                | Self::ReverificationNeeded
                | Self::Blocked
                | Self::RoleMigration
                | Self::Locked
        )
    }

    /// Whether the same request may be accepted later although nothing in it is changed.
    pub fn may_pass(self) -> bool {
        !matches!(
            self,
            Self::AlreadyInvited
                | Self::AlreadyMember
                | Self::AddressBlocked
                | Self::NotAnAddress
                | Self::Missing
                | Self::InvalidValue
                | Self::RoleGone
                | Self::Exclusive
        )
    }

    /// The field it is about when Clerk names none.
    fn usual_field(self) -> Field {
        match self {
            Self::AlreadyInvited
            | Self::AlreadyMember
            | Self::AddressBlocked
            | Self::NotAnAddress
            | Self::Exclusive => Field::Email,
            Self::RoleGone => Field::Role,
            _ => Field::Form,
        }
    }
}

impl Problem {
    /// A problem from the parts of one entry of Clerk's `errors`.
    ///
    /// `parameter` is `meta.paramName`. A `resource_not_found` is about the role only where the parameter says so; anywhere
    /// else it counts as about the organization.
    pub fn new(code: &str, parameter: Option<&str>, said: &str) -> Self {
        let mut reason = Reason::from_code(code);
        let named = match parameter.map(str::to_ascii_lowercase).as_deref() {
            Some("email_address" | "emailaddress" | "email_addresses" | "emailaddresses") => {
                Some(Field::Email)
            }
            Some("role" | "role_key") => Some(Field::Role),
            _ => None,
        };
        if reason == Reason::RoleGone && named != Some(Field::Role) {
            reason = Reason::OrganizationGone;
        }
        if reason == Reason::NotAnAddress && named == Some(Field::Role) {
            reason = Reason::InvalidValue;
        }
        Self {
            reason,
            field: named.unwrap_or_else(|| reason.usual_field()),
            said: said.to_owned(),
            named: vec![],
        }
    }

    /// Is the reason the same? A reason that is not known is told by Clerk's own sentence.
    pub fn is_like(&self, other: &Self) -> bool {
        self.reason == other.reason && (self.reason != Reason::Unknown || self.said == other.said)
    }

    /// Is it this address that it is about? Clerk names some in `meta`, others only in its sentence.
    pub fn names(&self, email: &Email) -> bool {
        let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| !b" ,;:'\"<>()[]`".contains(byte));
        let says = |address: &str| {
            let (said, address) = (self.said.as_bytes(), address.as_bytes());
            // `str::find` would bring its search tables along.
            said.windows(address.len()).enumerate().any(|(at, part)| {
                let behind = said.get(at + address.len()..).unwrap_or_default();
                // A sentence may end behind an address; an address may not end where another letter follows.
                let ends = match behind {
                    [b'.', after @ ..] => !is_part(after.first()),
                    other => !is_part(other.first()),
                };
                part.eq_ignore_ascii_case(address)
                    && ends
                    && !is_part(at.checked_sub(1).and_then(|at| said.get(at)))
            })
        };
        self.named.iter().any(|named| named == email.key())
            || self.named.is_empty() && (says(email.as_str()) || says(email.key()))
    }
}

impl Error {
    /// May the request have been carried out although no proof of it came back?
    ///
    /// Only then is there anything to settle by asking; a refusal is final.
    pub fn leaves_doubt(&self) -> bool {
        match self {
            Self::Unreachable
            | Self::NoAnswer
            | Self::Failing { .. }
            | Self::Unproved
            | Self::Unexpected(_) => true,
            Self::Refused(_) | Self::TooMany { .. } | Self::SignedOut | Self::Moved => false,
        }
    }

    /// A refusal for one reason, without a sentence of Clerk.
    pub fn of(reason: Reason) -> Self {
        Self::Refused(vec![Problem {
            reason,
            field: reason.usual_field(),
            said: String::new(),
            named: vec![],
        }])
    }

    /// Is `reason` among the reasons of this refusal?
    pub fn says(&self, reason: Reason) -> bool {
        matches!(self, Self::Refused(problems) if problems.iter().any(|problem| problem.reason == reason))
    }

    /// Was the invitation no longer there to act on? That is news about the list, not a failure of the request.
    pub fn is_news(&self) -> bool {
        self.says(Reason::NotPending) || self.says(Reason::InvitationGone)
    }
}

/// For the console. People read what the message catalogue says.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(problems) => {
                f.write_str("refused")?;
                problems.iter().try_for_each(|problem| write!(f, ": {}", problem.said))
            }
            Self::Unexpected(text) => f.write_str(text),
            Self::TooMany { .. } => f.write_str("too many requests"),
            Self::Unreachable => f.write_str("unreachable"),
            Self::NoAnswer => f.write_str("no answer"),
            Self::Failing { .. } => f.write_str("failing"),
            Self::Unproved => f.write_str("unproved"),
            Self::SignedOut => f.write_str("signed out"),
            Self::Moved => f.write_str("another organization is active"),
        }
    }
}

/// Why clerk-js is not running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartFailure {
    /// The script did not arrive: offline, blocked by an extension or a policy, or no such host.
    Script {
        /// Where it was looked for.
        address: String,
    },
    /// The site's Content-Security-Policy has refused a request to this address.
    Policy {
        /// The address, or the origin of it.
        address: String,
    },
    /// It was not running within the time we wait.
    TooSlow,
    /// `window.Clerk` exists and is something else.
    Foreign,
    /// Clerk could not be asked, or answered that it cannot just now; a refused session is [`Error::SignedOut`].
    Failed(Error),
    /// Clerk refused to start, most often because the key does not belong to this domain.
    Refused(String),
    /// The browser says that it is offline.
    Offline,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_named_by_meta_or_else_as_a_whole_word_of_the_sentence() {
        let email = |text: &str| Email::parse(text, crate::domain::testing::ADDRESS_KEY).expect("an address");
        let said = |said: &str| Problem::new("already_a_member_in_organization", None, said);
        for sentence in
            ["Max@x.de is already a member.", "Already there: a@b.co, <max@X.de>", "Not max@x.de."]
        {
            assert!(said(sentence).names(&email("max@x.de")), "{sentence}");
        }
        for sentence in
            ["tomax@x.de is a member", "max@x.dev is one", "max@x.de.org is one", "-max@x.de", "", "max"]
        {
            assert!(!said(sentence).names(&email("max@x.de")), "{sentence}");
        }
        // Clerk repeats an address in lower case.
        assert!(said("J\u{f6}rg@x.de is one.".to_lowercase().as_str()).names(&email("JO\u{308}RG@X.de")));
        let named = Problem { named: vec!["bob@x.de".to_owned()], ..said("max@x.de and others") };
        assert!(named.names(&email("BOB@x.de")) && !named.names(&email("max@x.de")));
    }

    #[test]
    fn a_missing_resource_is_the_role_only_when_clerk_says_so() {
        assert_eq!(Problem::new("resource_not_found", Some("role"), "").reason, Reason::RoleGone);
        assert_eq!(Problem::new("resource_not_found", None, "").reason, Reason::OrganizationGone);
    }

    #[test]
    fn a_refusal_stands_at_the_field_it_is_about() {
        for (code, parameter, field) in [
            ("duplicate_record", None, Field::Email),
            ("form_param_format_invalid", Some("email_address"), Field::Email),
            ("form_param_value_invalid", Some("role"), Field::Role),
            ("organization_membership_quota_exceeded", None, Field::Form),
            ("something_new", None, Field::Form),
        ] {
            assert_eq!(Problem::new(code, parameter, "").field, field, "{code}");
        }
    }

    #[test]
    fn only_a_lost_or_worthless_answer_leaves_doubt() {
        assert!(Error::Unreachable.leaves_doubt());
        assert!(Error::Unproved.leaves_doubt());
        assert!(Error::Failing { status: Some(502) }.leaves_doubt());
        assert!(!Error::TooMany { wait: None }.leaves_doubt());
        assert!(!Error::Refused(vec![Problem::new("duplicate_record", None, "")]).leaves_doubt());
    }

    #[test]
    fn a_refusal_for_one_reason_stands_at_the_field_of_that_reason() {
        for (reason, field) in [
            (Reason::RoleGone, Field::Role),
            (Reason::AlreadyMember, Field::Email),
            (Reason::Full, Field::Form),
        ] {
            let Error::Refused(problems) = Error::of(reason) else { unreachable!() };
            assert_eq!(problems.iter().map(|problem| problem.field).collect::<Vec<_>>(), [field]);
        }
    }

    #[test]
    fn what_stands_in_the_way_from_outside_may_pass_and_what_is_wrong_with_the_request_does_not() {
        for reason in [Reason::Full, Reason::NoPermission, Reason::Locked, Reason::Unknown] {
            assert!(reason.may_pass(), "{reason:?}");
        }
        for reason in [Reason::AlreadyMember, Reason::AddressBlocked, Reason::NotAnAddress, Reason::RoleGone]
        {
            assert!(!reason.may_pass(), "{reason:?}");
        }
    }

    #[test]
    fn problems_are_alike_by_their_reason_and_unknown_ones_by_what_clerk_says() {
        let is_like = |(one, said): (&str, &str), (other, says): (&str, &str)| {
            Problem::new(one, None, said).is_like(&Problem::new(other, None, says))
        };
        assert!(is_like(("duplicate_record", "Ada is."), ("duplicate_record", "Bob is.")));
        assert!(!is_like(("duplicate_record", "So."), ("not_allowed_access", "So.")));
        assert!(is_like(("something_new", "So."), ("something_newer", "So.")));
        assert!(!is_like(("something_new", "So."), ("something_new", "Not so.")));
    }

    #[test]
    fn the_console_reads_what_clerk_has_said() {
        let problems = ["One.", "Two."].map(|said| Problem::new("something_new", None, said));
        assert_eq!(Error::Refused(problems.to_vec()).to_string(), "refused: One.: Two.");
        assert_eq!(Error::Unexpected("odd".to_owned()).to_string(), "odd");
        assert_eq!(Error::NoAnswer.to_string(), "no answer");
    }
}
