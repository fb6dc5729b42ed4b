use super::*;
use crate::accept::testing::{invitation, link, organization, suggestion};
use crate::domain::Reason;
use crate::domain::testing::now;
use std::cell::RefCell;

/// Clerk as a test wants it, and what it was asked.
struct Script {
    accepted: Result<Status, Error>,
    requested: Result<bool, Error>,
    belongs: Result<bool, Error>,
    suggestions: Result<Vec<Suggestion>, Error>,
    asked: RefCell<Vec<String>>,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            accepted: Ok(Status::Accepted),
            requested: Ok(true),
            belongs: Ok(true),
            suggestions: Ok(vec![]),
            asked: RefCell::default(),
        }
    }
}

impl Script {
    fn note(&self, what: &str) {
        self.asked.borrow_mut().push(what.to_owned());
    }
}

impl Invitee for Script {
    async fn received_invitations(&self, status: &Status) -> Result<Vec<ReceivedInvitation>, Error> {
        self.note(status.word());
        Ok(vec![invitation("orginv_1", "Acme")])
    }
    async fn suggestions(&self) -> Result<Vec<Suggestion>, Error> {
        self.note("suggestions");
        self.suggestions.clone()
    }
    async fn belongs_to(&self, _: &OrganizationId) -> Result<bool, Error> {
        self.note("memberships");
        self.belongs.clone()
    }
    async fn accept(&self, _: &InvitationId) -> Result<Status, Error> {
        self.note("accept");
        self.accepted.clone()
    }
    async fn request(&self, _: &SuggestionId) -> Result<bool, Error> {
        self.note("request");
        self.requested.clone()
    }
    fn account(&self) -> Account {
        Account { organizations: vec![organization("Beta")], ..Account::default() }
    }
}

fn joined(script: &Script) -> Result<(), Error> {
    now(join(script, &invitation("orginv_1", "Acme")))
}

#[test]
fn joining_counts_when_clerk_lists_the_membership() {
    let script = Script::default();
    assert_eq!(joined(&script), Ok(()));
    assert_eq!(script.asked.take(), ["accept", "memberships"]);
    assert_eq!(joined(&Script { belongs: Ok(false), ..Script::default() }), Err(Error::Unproved));
}

#[test]
fn an_acceptance_whose_answer_is_lost_or_that_another_tab_made_is_settled_by_the_memberships() {
    for lost in [
        Error::Unreachable,
        Error::NoAnswer,
        Error::of(Reason::NotPending),
        Error::of(Reason::InvitationGone),
    ] {
        let faster = Script { accepted: Err(lost.clone()), ..Script::default() };
        assert_eq!(joined(&faster), Ok(()));
        let not = Script { accepted: Err(lost.clone()), belongs: Ok(false), ..Script::default() };
        assert_eq!(joined(&not), Err(lost.clone()));
        // What could not be found out is not said to have happened.
        let unknown =
            Script { accepted: Err(lost.clone()), belongs: Err(Error::NoAnswer), ..Script::default() };
        assert_eq!(joined(&unknown), Err(lost));
    }
    // clerk-js resolves some calls that did not get through.
    let untouched = Script { accepted: Ok(Status::Pending), belongs: Ok(false), ..Script::default() };
    assert_eq!(joined(&untouched), Err(Error::Unproved));
}

#[test]
fn where_the_memberships_can_not_be_read_the_answer_to_the_acceptance_decides_what_is_said() {
    let unread = || Script { belongs: Err(Error::NoAnswer), ..Script::default() };
    assert_eq!(joined(&unread()), Err(Error::NoAnswer));
    assert_eq!(joined(&Script { accepted: Ok(Status::Pending), ..unread() }), Err(Error::Unproved));
}

#[test]
fn a_refusal_is_final_and_nothing_more_is_asked() {
    let full = Script { accepted: Err(Error::of(Reason::Full)), ..Script::default() };
    assert_eq!(joined(&full), Err(Error::of(Reason::Full)));
    assert_eq!(full.asked.take(), ["accept"]);
}

#[test]
fn invitations_that_are_over_are_read_only_for_a_link_to_none_that_is_pending() {
    let script = Script::default();
    let read = |query: &str| {
        let received = now(receive(&script, link(query).ticket.as_ref())).expect("an answer");
        assert_eq!(received.account.organizations, [organization("Beta")]);
        script.asked.take()
    };
    assert_eq!(read(""), ["pending", "suggestions"]);
    assert_eq!(read("?__clerk_ticket=ticket_orginv_1"), ["pending", "suggestions"]);
    assert_eq!(
        read("?__clerk_ticket=ticket_orginv_2"),
        ["pending", "accepted", "revoked", "expired", "suggestions"]
    );
}

#[test]
fn an_application_without_verified_domains_suggests_nothing() {
    let off = Script { suggestions: Err(Error::of(Reason::OrganizationsOff)), ..Script::default() };
    assert_eq!(now(receive(&off, None)).expect("an answer").suggestions, []);
    let lost = Script { suggestions: Err(Error::Unreachable), ..Script::default() };
    assert_eq!(now(receive(&lost, None)), Err(Error::Unreachable));
}

#[test]
fn a_request_whose_answer_is_lost_is_looked_for_among_the_suggestions() {
    let asked = |is_requested, requested| {
        let suggestion = Suggestion { is_requested, ..suggestion("orgsug_1", "Acme") };
        let script = Script { requested, suggestions: Ok(vec![suggestion]), ..Script::default() };
        now(request(&script, &SuggestionId("orgsug_1".to_owned())))
    };
    assert_eq!(asked(false, Ok(true)), Ok(()));
    assert_eq!(asked(true, Err(Error::NoAnswer)), Ok(()));
    assert_eq!(asked(false, Err(Error::NoAnswer)), Err(Error::NoAnswer));
    assert_eq!(asked(false, Ok(false)), Err(Error::Unproved));
    assert_eq!(asked(true, Err(Error::SignedOut)), Err(Error::SignedOut));
}
