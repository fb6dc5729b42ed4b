//! What the link in an invitation's mail says, and what Clerk says to its ticket.
//!
//! Anybody can write a link. Nothing of it is believed: its status chooses a form, and what its ticket names chooses among
//! the invitations that Clerk lists.

use crate::domain::Coding;
use crate::domain::publishable_key::Base64;
use crate::domain::query_string::named;

/// The parameter that carries the ticket.
pub const TICKET: &str = "__clerk_ticket";
/// The parameter by which Clerk says what the invitee has to do.
pub const STATUS: &str = "__clerk_status";

/// The query of an address, as far as it is about an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The ticket, where there is one.
    pub ticket: Option<Ticket>,
    /// What the invitee has to do.
    pub status: LinkStatus,
}

/// What a link says that the invitee has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkStatus {
    /// Sign in: there is an account.
    SignIn,
    /// Sign up: there is none.
    SignUp,
    /// Nothing more.
    Complete,
    /// It does not say, or says something newer than this page. Clerk leaves the status out at times.
    #[default]
    Unsaid,
}

/// A ticket. Clerk's are signed (a JWT), and only Clerk can check that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    text: String,
    /// The part of it that holds its claims, decoded; empty when it is no JWT.
    claims: String,
}

impl Link {
    /// Reads the query of an address.
    pub fn of(query: &str, decode: Coding, decode_base64: Base64) -> Self {
        let status = match named(query, STATUS) {
            Some("sign_in") => LinkStatus::SignIn,
            Some("sign_up") => LinkStatus::SignUp,
            Some("complete") => LinkStatus::Complete,
            _ => LinkStatus::Unsaid,
        };
        let ticket = named(query, TICKET).map(decode).filter(|ticket| !ticket.is_empty());
        Self { ticket: ticket.map(|text| Ticket::new(text, decode_base64)), status }
    }

    /// Whether it is where Clerk's form leads to that has taken a ticket.
    pub fn is_done(&self) -> bool {
        self.ticket.is_none() && self.status == LinkStatus::Complete
    }
}

impl Ticket {
    fn new(text: String, decode_base64: Base64) -> Self {
        let to_base64 = |c| match c {
            '-' => '+',
            '_' => '/',
            c => c,
        };
        let claims = text.split('.').nth(1).map(|part| part.chars().map(to_base64).collect::<String>());
        Self { claims: claims.and_then(|part| decode_base64(&part)).unwrap_or_default(), text }
    }

    /// Whether the id of an invitation or of an organization stands in it. A hint, because the signature is not checked.
    pub fn names(&self, id: &str) -> bool {
        let is_part = |c: char| c.is_ascii_alphanumeric();
        !id.is_empty()
            && [&self.text, &self.claims].into_iter().any(|text| {
                text.match_indices(id).any(|(at, _)| {
                    let before = text.get(..at).and_then(|before| before.chars().next_back());
                    let after =
                        text.get(at.saturating_add(id.len())..).and_then(|after| after.chars().next());
                    !before.is_some_and(is_part) && !after.is_some_and(is_part)
                })
            })
    }
}

/// Why Clerk does not take a ticket.
///
/// Source: Clerk's catalogue of Frontend API errors. What is not in it, Clerk's own form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The invitation was revoked.
    Revoked,
    /// It was accepted before.
    Accepted,
    /// It is no longer pending, for a reason that Clerk does not name.
    Ended,
    /// It has expired.
    Expired,
    /// The ticket is none of Clerk's, or damaged.
    Invalid,
    /// The organization was deleted.
    OrganizationGone,
    /// The organization has no seat left.
    Full,
    /// There is no account with the invited address: the invitee has to sign up.
    NoAccount,
    /// There is an account with the invited address: the invitee has to sign in.
    AccountExists,
}

impl Refusal {
    /// The refusal that one of Clerk's codes stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "organization_invitation_revoked_code" => Self::Revoked,
            "organization_invitation_already_accepted" | "already_a_member_in_organization" => Self::Accepted,
            "organization_invitation_not_pending" | "organization_invitation_not_found" => Self::Ended,
            "ticket_expired_code" => Self::Expired,
            "ticket_invalid_code" => Self::Invalid,
            "organization_invitation_to_deleted_organization" => Self::OrganizationGone,
            "organization_membership_quota_exceeded" => Self::Full,
            "organization_invitation_identification_not_exist" => Self::NoAccount,
            "organization_invitation_identification_already_exists" => Self::AccountExists,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accept::testing::link;
    use proptest::prelude::*;

    #[test]
    fn a_link_is_read_from_its_query_and_an_empty_ticket_is_none() {
        for (query, status, has_ticket) in [
            ("?__clerk_ticket=t&__clerk_status=sign_in", LinkStatus::SignIn, true),
            ("?__clerk_status=sign_up&__clerk_ticket=t", LinkStatus::SignUp, true),
            ("?__clerk_status=complete", LinkStatus::Complete, false),
            ("?__clerk_ticket=t", LinkStatus::Unsaid, true),
            ("?__clerk_ticket=&__clerk_status=tomorrow", LinkStatus::Unsaid, false),
            ("", LinkStatus::Unsaid, false),
        ] {
            let link = link(query);
            assert_eq!((link.status, link.ticket.is_some()), (status, has_ticket), "{query}");
        }
    }

    #[test]
    fn a_ticket_names_the_ids_in_its_claims_and_no_part_of_one() {
        // {"oid":"org_2","sid":"orginv_12"}
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiJvcmdfMiIsInNpZCI6Im9yZ2ludl8xMiJ9.c2lnbmVk";
        let ticket = link(&format!("?__clerk_ticket={jwt}")).ticket.expect("a ticket");
        assert!(ticket.names("org_2") && ticket.names("orginv_12"));
        assert!(!ticket.names("orginv_1") && !ticket.names("org_") && !ticket.names(""));
        let plain = link("?__clerk_ticket=ticket_orginv_7").ticket.expect("a ticket");
        assert!(plain.names("orginv_7") && !plain.names("orginv_70"));
    }

    #[test]
    fn each_code_for_tickets_is_a_refusal_of_its_own() {
        let refusals = [
            "organization_invitation_revoked_code",
            "organization_invitation_already_accepted",
            "organization_invitation_to_deleted_organization",
            "organization_invitation_identification_not_exist",
            "organization_invitation_identification_already_exists",
            "ticket_expired_code",
            "ticket_invalid_code",
            "organization_membership_quota_exceeded",
            "organization_invitation_not_pending",
        ]
        .map(Refusal::from_code);
        assert!(refusals.iter().all(Option::is_some));
        assert!((1..refusals.len()).all(|at| !refusals[..at].contains(&refusals[at])));
        // What was typed into Clerk's form is between the invitee and Clerk.
        assert_eq!(Refusal::from_code("form_password_incorrect"), None);
    }

    proptest! {
        #[test]
        fn no_ticket_makes_it_panic(query in "\\PC*", id in "\\PC*") {
            if let Some(ticket) = link(&["?__clerk_ticket=", &query].concat()).ticket {
                let _ = ticket.names(&id);
            }
        }
    }
}
