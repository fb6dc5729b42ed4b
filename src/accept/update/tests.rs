use super::*;
use crate::accept::screen::{Form, FormReason, Lead};
use crate::accept::testing::{
    active, choosing, invitation, link, nowhere, organization, person, received, suggestion,
};
use crate::domain::{Reason, SessionTask, Status};

const TICKET: &str = "?__clerk_ticket=ticket_orginv_1&__clerk_status=";

/// A page on which somebody is signed in, or nobody.
struct Page {
    model: Model,
    auth: AuthState,
    query: String,
    is_invitees_page: bool,
}

impl Page {
    fn new(auth: AuthState, query: &str) -> (Self, Vec<Effect>) {
        let mut page =
            Self { model: Model::default(), auth, query: query.to_owned(), is_invitees_page: true };
        let effects = page.send(Msg::WorldChanged);
        (page, effects)
    }

    /// A page on which Clerk has answered what there is to choose from.
    fn knowing(auth: AuthState, query: &str, known: Received) -> Self {
        let (mut page, _) = Self::new(auth, query);
        page.answer(known);
        page
    }

    fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let context = Context {
            auth: Some(&self.auth),
            link: link(&self.query),
            is_invitees_page: self.is_invitees_page,
        };
        update(&mut self.model, msg, &context)
    }

    fn becomes(&mut self, auth: AuthState, query: &str) -> Vec<Effect> {
        (self.auth, self.query) = (auth, query.to_owned());
        self.send(Msg::WorldChanged)
    }

    fn answer(&mut self, known: Received) -> Vec<Effect> {
        let question = self.model.received.as_ref().and_then(|received| received.asked.clone());
        self.send(Msg::Received(question.expect("a question"), Ok(known)))
    }

    fn screen(&self) -> Screen<'_> {
        self.model.screen(Some(&self.auth))
    }

    fn join(&mut self) -> Vec<Effect> {
        self.send(Msg::JoinPressed(InvitationId("orginv_1".to_owned())))
    }
}

fn acme() -> ReceivedInvitation {
    invitation("orginv_1", "Acme")
}

fn arrived(name: &str, is_new: bool) -> Screen<'static> {
    Screen::Arrived(Arrival { organization: organization(name), is_new })
}

fn with_ticket(status: &str) -> String {
    [TICKET, status].concat()
}

#[test]
fn nobody_signed_in_gets_the_form_that_the_link_names() {
    for (query, form, reason) in [
        (&*with_ticket("sign_in"), Form::SignIn, None),
        (&*with_ticket("sign_up"), Form::SignUp, None),
        // The status may be missing or new: signing in is tried first.
        ("?__clerk_ticket=ticket_orginv_1", Form::SignIn, None),
        (&*with_ticket("tomorrow"), Form::SignIn, None),
        (&*with_ticket("complete"), Form::SignIn, None),
        ("", Form::SignIn, Some(FormReason::NoTicket)),
        ("?__clerk_status=sign_up", Form::SignUp, Some(FormReason::NoTicket)),
        // A link can't make the page say that anything is done.
        ("?__clerk_status=complete", Form::SignIn, Some(FormReason::Unconfirmed)),
    ] {
        let (page, effects) = Page::new(AuthState::SignedOut, query);
        assert_eq!(page.screen(), Screen::Form(form, reason), "{query}");
        assert_eq!(effects, [Effect::HearRefusals]);
    }
}

#[test]
fn the_right_form_is_found_out_where_the_link_is_silent_or_wrong() {
    let (mut page, _) = Page::new(AuthState::SignedOut, "?__clerk_ticket=t");
    assert_eq!(page.send(Msg::TicketRefused(Refusal::NoAccount)), []);
    assert_eq!(page.screen(), Screen::Form(Form::SignUp, Some(FormReason::NoAccount)));
    let (mut page, _) = Page::new(AuthState::SignedOut, &with_ticket("sign_up"));
    // Clerk's sign-in form would lead away from an address that says `sign_up`.
    assert_eq!(page.send(Msg::TicketRefused(Refusal::AccountExists)), [Effect::SayThatThereIsAnAccount]);
    assert_eq!(page.becomes(AuthState::SignedOut, &with_ticket("sign_in")), []);
    assert_eq!(page.screen(), Screen::Form(Form::SignIn, Some(FormReason::AccountExists)));
    // It ends when each form says that the other one is right.
    page.send(Msg::TicketRefused(Refusal::NoAccount));
    assert_eq!(page.screen(), Screen::Refused(Refusal::Invalid));
}

#[test]
fn an_address_that_says_already_that_there_is_an_account_stays_as_it_is() {
    let (mut page, _) = Page::new(AuthState::SignedOut, &with_ticket("sign_up"));
    page.send(Msg::TicketRefused(Refusal::AccountExists));
    page.becomes(AuthState::SignedOut, &with_ticket("sign_in"));
    assert_eq!(page.send(Msg::TicketRefused(Refusal::AccountExists)), []);
    assert_eq!(page.screen(), Screen::Form(Form::SignIn, Some(FormReason::AccountExists)));
}

#[test]
fn what_clerk_does_not_take_has_a_screen_of_its_own_until_another_link_is_followed() {
    for refusal in [
        Refusal::Revoked,
        Refusal::Accepted,
        Refusal::Ended,
        Refusal::Expired,
        Refusal::Invalid,
        Refusal::OrganizationGone,
        Refusal::Full,
    ] {
        let (mut page, _) = Page::new(AuthState::SignedOut, &with_ticket("sign_in"));
        assert_eq!(page.send(Msg::TicketRefused(refusal)), [Effect::Focus(Focus::to(ids::ACCEPT))]);
        assert_eq!(page.screen(), Screen::Refused(refusal));
        // The form is gone: what was under way in it is too late.
        assert_eq!(page.send(Msg::TicketRefused(Refusal::NoAccount)), []);
        assert_eq!(page.screen(), Screen::Refused(refusal));
        page.becomes(AuthState::SignedOut, "?__clerk_ticket=another");
        assert_eq!(page.screen(), Screen::Form(Form::SignIn, None));
    }
}

#[test]
fn a_full_organization_is_tried_again_and_refusals_without_a_ticket_are_clerks_own() {
    let (mut page, _) = Page::new(AuthState::SignedOut, &with_ticket("sign_in"));
    page.send(Msg::TicketRefused(Refusal::Full));
    page.send(Msg::TicketRetried);
    assert_eq!(page.screen(), Screen::Form(Form::SignIn, None));
    let (mut page, _) = Page::new(AuthState::SignedOut, "");
    page.send(Msg::TicketRefused(Refusal::Expired));
    assert_eq!(page.screen(), Screen::Form(Form::SignIn, Some(FormReason::NoTicket)));
}

#[test]
fn whom_clerks_form_has_signed_in_with_the_ticket_has_joined_when_clerk_lists_the_membership() {
    // clerk-js goes to the address without the ticket before it tells of the session, or after that.
    let done = "?__clerk_status=complete".to_owned();
    for (is_told_late, told_at) in
        [(true, done.clone()), (false, with_ticket("sign_in")), (false, done.clone())]
    {
        let (mut page, _) = Page::new(AuthState::SignedOut, &with_ticket("sign_in"));
        let ticket = page.model.link.ticket.clone();
        if is_told_late {
            assert_eq!(page.becomes(AuthState::SignedOut, &done), []);
            assert_eq!(page.screen(), Screen::Waiting);
        }
        let effects = page.becomes(active("nora", "Acme"), &told_at);
        assert!(matches!(&effects[..], [Effect::Receive(_, asked)] if *asked == ticket), "{effects:?}");
        assert_eq!(page.screen(), Screen::Waiting);
        let known = Received { past: vec![acme()], ..received(vec![], &["Beta", "Acme"]) };
        assert_eq!(page.answer(known), [Effect::Focus(Focus::to(ids::ACCEPT))]);
        page.becomes(active("nora", "Acme"), &done);
        assert_eq!(page.screen(), arrived("Acme", true));
        // Whoever signs out there waits for nothing.
        page.becomes(AuthState::SignedOut, &done);
        assert_eq!(page.screen(), Screen::Form(Form::SignIn, Some(FormReason::Unconfirmed)));
    }
}

#[test]
fn the_joined_organization_becomes_active_where_clerks_form_has_left_another_one() {
    for auth in [nowhere("nora"), choosing("nora"), active("nora", "Beta")] {
        let (mut page, _) = Page::new(AuthState::SignedOut, &with_ticket("sign_up"));
        page.becomes(auth, "?__clerk_status=complete");
        let known = Received { past: vec![acme()], ..received(vec![], &["Beta", "Acme"]) };
        assert_eq!(page.answer(known), [Effect::Open(organization("Acme").id)]);
        // Its own doing is no news.
        assert_eq!(page.becomes(active("nora", "Acme"), "?__clerk_status=complete"), [Effect::HushToast]);
        page.send(Msg::Opened(organization("Acme").id, Ok(())));
        assert_eq!((page.screen(), &page.model.running), (arrived("Acme", true), &None));
    }
}

#[test]
fn whom_clerks_form_leaves_with_an_organization_to_choose_has_joined_by_the_ticket() {
    for status in ["sign_in", "sign_up"] {
        let (mut page, _) = Page::new(AuthState::SignedOut, &with_ticket(status));
        let form = page.model.screen(Some(&AuthState::SignedOut));
        assert!(matches!(form, Screen::Form(_, None)), "{form:?}");
        let ticket = page.model.link.ticket.clone();
        // clerk-js takes the ticket off the address, leaves the rest, and tells of the session after that.
        let rest = ["?__clerk_status=", status].concat();
        assert_eq!(page.becomes(AuthState::SignedOut, &rest), []);
        assert!(matches!(page.screen(), Screen::Form(_, None)), "{:?}", page.screen());
        let effects = page.becomes(choosing("nora"), &rest);
        assert!(matches!(&effects[..], [Effect::Receive(_, asked)] if *asked == ticket), "{effects:?}");
        let known = Received { past: vec![acme()], ..received(vec![], &["Beta", "Acme"]) };
        assert_eq!(page.answer(known), [Effect::Open(organization("Acme").id)]);
        page.becomes(active("nora", "Acme"), &rest);
        page.send(Msg::Opened(organization("Acme").id, Ok(())));
        assert_eq!(page.screen(), arrived("Acme", true));
    }
}

#[test]
fn whom_clerks_form_has_let_in_with_a_ticket_is_not_told_that_it_leads_nowhere() {
    let over = ReceivedInvitation { status: Status::Revoked, ..acme() };
    for past in [vec![], vec![over]] {
        let (mut page, _) = Page::new(AuthState::SignedOut, &with_ticket("sign_in"));
        page.becomes(nowhere("nora"), "?__clerk_status=complete");
        let known = Received { past, ..received(vec![], &["Beta"]) };
        page.answer(known.clone());
        assert_eq!(page.screen(), Screen::Choice(Lead::None, &known));
    }
}

#[test]
fn a_link_that_says_complete_shows_what_clerk_says() {
    let page = Page::knowing(active("max", "Beta"), "?__clerk_status=complete", received(vec![], &["Beta"]));
    assert_eq!(page.screen(), arrived("Beta", false));
    let known = received(vec![], &["Beta"]);
    let page = Page::knowing(nowhere("max"), "?__clerk_status=complete", known.clone());
    assert_eq!(page.screen(), Screen::Choice(Lead::None, &known));
}

#[test]
fn the_invited_person_accepts_by_a_button_and_the_organization_becomes_active() {
    let known = received(vec![invitation("orginv_9", "Zeta"), acme()], &["Beta"]);
    let mut page = Page::knowing(active("nora", "Beta"), &with_ticket("sign_in"), known.clone());
    assert_eq!(page.screen(), Screen::Choice(Lead::Invited(&acme()), &known));
    assert_eq!(page.join(), [Effect::Join(acme())]);
    // A double click joins once, and nothing else begins meanwhile.
    assert_eq!(page.join(), []);
    assert_eq!(page.send(Msg::SignOutPressed { is_link_kept: true }), []);
    assert_eq!(page.send(Msg::Joined(acme(), Ok(()))), [Effect::Open(organization("Acme").id)]);
    assert_eq!(page.screen(), arrived("Acme", true));
    page.becomes(active("nora", "Acme"), &with_ticket("sign_in"));
    let effects = page.send(Msg::Opened(organization("Acme").id, Ok(())));
    assert_eq!(effects, [Effect::Focus(Focus::to(ids::ACCEPT))]);
    assert_eq!(page.screen(), arrived("Acme", true));
}

#[test]
fn who_has_yet_to_choose_an_organization_chooses_it_by_joining() {
    for query in ["", &*with_ticket("sign_in")] {
        let mut page = Page::knowing(choosing("nora"), query, received(vec![acme()], &[]));
        assert!(matches!(page.screen(), Screen::Choice(..)), "{query}");
        assert_eq!(page.join(), [Effect::Join(acme())]);
        assert_eq!(page.send(Msg::Joined(acme(), Ok(()))), [Effect::Open(organization("Acme").id)]);
        page.becomes(active("nora", "Acme"), query);
        page.send(Msg::Opened(organization("Acme").id, Ok(())));
        assert_eq!(page.screen(), arrived("Acme", true));
    }
    // Every other task comes first, and the screen of the session says so.
    let (page, effects) = Page::new(AuthState::Task(SessionTask::SetUpMfa, person("nora")), "");
    assert_eq!((page.screen(), effects), (Screen::Waiting, vec![]));
}

#[test]
fn a_failure_stays_at_its_card_until_it_is_tried_again() {
    let mut page = Page::knowing(nowhere("nora"), "", received(vec![acme()], &[]));
    page.join();
    let action = Action::Join(acme().id);
    assert_eq!(page.send(Msg::Joined(acme(), Err(Error::Unreachable))), []);
    assert_eq!(page.model.failure(&action), Some(&Error::Unreachable));
    assert!(matches!(page.screen(), Screen::Choice(..)));
    assert_eq!(page.join(), [Effect::Join(acme())]);
    assert_eq!(page.model.failure(&action), None);
}

#[test]
fn an_invitation_that_has_ended_since_it_was_read_is_looked_up_for_the_link_to_it() {
    let ended = || Err(Error::of(Reason::NotPending));
    let mut page = Page::knowing(nowhere("nora"), &with_ticket("sign_in"), received(vec![acme()], &[]));
    page.join();
    let effects = page.send(Msg::Joined(acme(), ended()));
    assert!(matches!(effects[..], [Effect::Receive(_, Some(_))]), "{effects:?}");
    let revoked = ReceivedInvitation { status: Status::Revoked, ..acme() };
    let known = Received { past: vec![revoked], ..received(vec![], &[]) };
    page.answer(known.clone());
    assert_eq!(page.screen(), Screen::Choice(Lead::Over(Refusal::Revoked), &known));
    // Without a link the sentence stands at the card, which a look would take away.
    let mut page = Page::knowing(nowhere("nora"), "", received(vec![acme()], &[]));
    page.join();
    assert_eq!(page.send(Msg::Joined(acme(), ended())), []);
    assert!(page.model.failure(&Action::Join(acme().id)).is_some());
}

#[test]
fn who_has_joined_but_could_not_be_taken_there_is_a_member_and_can_try_again() {
    let mut page = Page::knowing(nowhere("nora"), "", received(vec![acme()], &[]));
    page.join();
    page.send(Msg::Joined(acme(), Ok(())));
    assert_eq!(page.send(Msg::Opened(organization("Acme").id, Err(Error::NoAnswer))), []);
    assert_eq!(page.screen(), arrived("Acme", true));
    assert_eq!(page.model.failure(&Action::Open(organization("Acme").id)), Some(&Error::NoAnswer));
    let effects = page.send(Msg::OpenPressed(organization("Acme")));
    assert_eq!(effects, [Effect::Open(organization("Acme").id)]);
    assert_eq!(page.screen(), arrived("Acme", true));
}

#[test]
fn a_link_that_was_followed_before_leads_to_the_organization() {
    let known = Received { past: vec![acme()], ..received(vec![], &["Beta", "Acme"]) };
    let mut page = Page::knowing(active("nora", "Beta"), &with_ticket("sign_in"), known);
    assert_eq!(page.screen(), arrived("Acme", false));
    // Nothing is switched without being asked for.
    assert_eq!(page.model.running, None);
    let effects = page.send(Msg::OpenPressed(organization("Acme")));
    assert_eq!(effects, [Effect::Open(organization("Acme").id)]);
    // Who was accepted and has left since is no member.
    let left = Received { past: vec![acme()], ..received(vec![], &["Beta"]) };
    let page = Page::knowing(active("nora", "Beta"), &with_ticket("sign_in"), left.clone());
    assert_eq!(page.screen(), Screen::Choice(Lead::NotFound, &left));
}

#[test]
fn who_was_a_member_before_has_not_joined_just_now_however_often_they_go_there() {
    let known = received(vec![], &["Beta", "Acme"]);
    let mut page = Page::knowing(active("nora", "Beta"), "", known);
    for _ in 0..2 {
        page.send(Msg::OpenPressed(organization("Acme")));
        assert_eq!(page.screen(), arrived("Acme", false));
        page.send(Msg::Opened(organization("Acme").id, Err(Error::NoAnswer)));
    }
}

#[test]
fn a_link_to_an_invitation_that_is_over_says_so() {
    for (status, refusal) in [(Status::Revoked, Refusal::Revoked), (Status::Expired, Refusal::Expired)] {
        let over = ReceivedInvitation { status, ..acme() };
        let known = Received { past: vec![over.clone()], ..received(vec![], &["Beta"]) };
        let page = Page::knowing(active("nora", "Beta"), &with_ticket("sign_in"), known.clone());
        assert_eq!(page.screen(), Screen::Choice(Lead::Over(refusal), &known));
        // Who has become a member by another invitation is one.
        let member = Received { past: vec![over], ..received(vec![], &["Acme"]) };
        let page = Page::knowing(active("nora", "Acme"), &with_ticket("sign_in"), member);
        assert_eq!(page.screen(), arrived("Acme", false));
    }
}

#[test]
fn what_there_is_to_choose_from_is_read_out_unless_the_keyboard_is_elsewhere() {
    let (mut page, _) = Page::new(nowhere("nora"), "");
    let effects = page.answer(received(vec![acme()], &[]));
    assert!(
        matches!(&effects[..], [Effect::Focus(focus)] if focus.to == ids::ACCEPT && focus.when == FocusWhen::On(vec![])),
        "{effects:?}"
    );
}

#[test]
fn another_link_is_looked_up_anew() {
    let mut page = Page::knowing(active("nora", "Beta"), "", received(vec![], &["Beta", "Acme"]));
    let effects = page.becomes(active("nora", "Beta"), &with_ticket("sign_in"));
    assert!(matches!(&effects[..], [Effect::Receive(_, Some(_))]), "{effects:?}");
    assert_eq!(page.screen(), Screen::Waiting);
    page.answer(Received { past: vec![acme()], ..received(vec![], &["Beta", "Acme"]) });
    assert_eq!(page.screen(), arrived("Acme", false));
}

#[test]
fn somebody_else_is_told_so_and_can_go_on_with_the_same_link_in_another_account() {
    let known = received(vec![invitation("orginv_9", "Zeta")], &[]);
    let mut page = Page::knowing(nowhere("kim"), &with_ticket("sign_in"), known.clone());
    assert_eq!(page.screen(), Screen::Choice(Lead::NotFound, &known));
    let out = Msg::SignOutPressed { is_link_kept: true };
    assert_eq!(page.send(out.clone()), [Effect::SignOut { is_link_kept: true }]);
    assert_eq!(page.send(out), []);
    let effects = page.becomes(AuthState::SignedOut, &with_ticket("sign_in"));
    assert_eq!(effects, [Effect::HushToast, Effect::HearRefusals]);
    page.send(Msg::SignedOut(Ok(())));
    assert_eq!(page.screen(), Screen::Form(Form::SignIn, None));
    assert_eq!((&page.model.received, &page.model.running), (&None, &None));
}

#[test]
fn another_account_is_asked_for_anew_and_sees_nothing_of_the_one_before() {
    let mut page = Page::knowing(nowhere("kim"), "", received(vec![acme()], &["Beta"]));
    let effects = page.send(Msg::SwitchPressed("sess_2".to_owned()));
    assert_eq!(effects, [Effect::Switch("sess_2".to_owned())]);
    let late = page.model.received.as_ref().and_then(|known| known.after(Event::Reload));
    let effects = page.becomes(nowhere("nora"), "");
    let asked = Question { key: person("nora"), attempt: 1 };
    assert_eq!(effects, [Effect::HushToast, Effect::Receive(asked, None)]);
    assert_eq!(page.screen(), Screen::Waiting);
    // Answers that were on their way for the other one.
    assert_eq!(page.send(Msg::Joined(acme(), Ok(()))), []);
    assert_eq!(page.model.arrival, None);
    let question = late.and_then(|known| known.asked).expect("a question");
    page.send(Msg::Received(question, Ok(received(vec![acme()], &["Beta"]))));
    assert_eq!(page.screen(), Screen::Waiting);
}

#[test]
fn another_account_has_neither_the_failures_nor_the_requests_of_the_one_before_and_can_act_at_once() {
    let id = SuggestionId("orgsug_1".to_owned());
    let mut page = Page::knowing(nowhere("kim"), "", received(vec![acme()], &[]));
    page.join();
    page.send(Msg::Joined(acme(), Err(Error::Unreachable)));
    page.send(Msg::RequestPressed(id.clone()));
    page.send(Msg::Requested(id, Ok(())));
    page.send(Msg::SwitchPressed("sess_2".to_owned()));
    page.becomes(nowhere("nora"), "");
    page.answer(received(vec![acme()], &[]));
    assert!(page.model.failures.is_empty() && page.model.requested.is_empty());
    assert_eq!(page.join(), [Effect::Join(acme())]);
}

#[test]
fn what_could_not_be_read_is_said_and_asked_again() {
    let (mut page, _) = Page::new(nowhere("nora"), "");
    let question = Question { key: person("nora"), attempt: 1 };
    page.send(Msg::Received(question, Err(Error::Unreachable)));
    assert_eq!(page.screen(), Screen::Failed(&Error::Unreachable));
    let again = Question { key: person("nora"), attempt: 2 };
    assert_eq!(page.send(Msg::RetryPressed), [Effect::Receive(again, None)]);
}

#[test]
fn what_clerk_js_repeats_asks_nothing_again() {
    let mut page = Page::knowing(nowhere("nora"), "", received(vec![], &["Beta"]));
    assert_eq!(page.send(Msg::WorldChanged), []);
    // The same person in another organization has the same invitations.
    assert_eq!(page.becomes(active("nora", "Beta"), ""), []);
}

#[test]
fn a_suggested_organization_is_asked_and_an_admin_decides() {
    let id = SuggestionId("orgsug_1".to_owned());
    let known = Received { suggestions: vec![suggestion("orgsug_1", "Acme")], ..Received::default() };
    let mut page = Page::knowing(nowhere("nora"), "", known);
    assert_eq!(page.send(Msg::RequestPressed(id.clone())), [Effect::Request(id.clone())]);
    page.send(Msg::Requested(id.clone(), Err(Error::NoAnswer)));
    assert_eq!(page.model.failure(&Action::Request(id.clone())), Some(&Error::NoAnswer));
    page.send(Msg::RequestPressed(id.clone()));
    page.send(Msg::Requested(id.clone(), Ok(())));
    assert_eq!((&*page.model.requested, page.model.failures.len()), (&[id][..], 0));
    assert!(matches!(page.screen(), Screen::Choice(..)), "nobody has joined by asking");
}

#[test]
fn the_way_back_from_an_organization_shows_the_rest_anew() {
    let mut page =
        Page::knowing(active("nora", "Acme"), &with_ticket("sign_in"), received(vec![acme()], &[]));
    page.join();
    page.send(Msg::Joined(acme(), Ok(())));
    page.send(Msg::Opened(organization("Acme").id, Ok(())));
    assert_eq!(page.send(Msg::OthersPressed), [Effect::GoToChoice]);
    let effects = page.becomes(active("nora", "Acme"), "");
    assert!(matches!(&effects[..], [Effect::Receive(_, None)]), "{effects:?}");
    let known = received(vec![], &["Acme"]);
    page.answer(known.clone());
    assert_eq!(page.screen(), Screen::Choice(Lead::None, &known));
    // Where the address is right already, too.
    page.send(Msg::OpenPressed(organization("Acme")));
    assert_eq!(page.screen(), arrived("Acme", false));
    let effects = page.send(Msg::OthersPressed);
    assert!(matches!(&effects[..], [Effect::Receive(_, None), Effect::GoToChoice]), "{effects:?}");
    assert_eq!(page.screen(), Screen::Choice(Lead::None, &known));
}

#[test]
fn on_the_admins_page_an_organization_is_opened_for_what_is_on_that_page() {
    let mut page = Page::knowing(nowhere("ada"), "", received(vec![], &["Acme"]));
    page.is_invitees_page = false;
    let effects = page.send(Msg::OpenPressed(organization("Acme")));
    assert_eq!(effects, [Effect::Open(organization("Acme").id)]);
    page.becomes(active("ada", "Acme"), "");
    // There is no heading of an invitee's screen to send the keyboard to.
    assert_eq!(page.send(Msg::Opened(organization("Acme").id, Ok(()))), []);
    assert_eq!(page.model.arrival, None);
}
