use super::*;
use crate::domain::testing::{active_organization, invitation};
use crate::domain::{Counts, InvitationId, Reason, Timestamp};
use crate::domain::{PageSize, Rights, Role, RoleKey, SessionTask, Status, StatusFilter};
use crate::feedback::{Focus, FocusWhen, ToastAction, ids};
use crate::i18n::{DIGEST, Formats, LANGUAGES, Texts, Words};
use crate::invite::{ComposerMsg, EntryState};
use crate::list::{ActionMsg, DialogMsg, RowAction};
use crate::outbox::RunId;
use crate::outbox::{Job, Outcome, Report, Stage};
use crate::program::messages::{Fetched, LaterEffect, News, Part};
use crate::program::model::{Address, STORED};
use crate::program::update_later;
use crate::session::Opener;
use std::collections::{HashSet, VecDeque};

const ENVIRONMENT: Environment = Environment {
    now: 0.0,
    today: Timestamp(1e9),
    lowercase: |text| crate::domain::testing::UNICODE.folded(text),
    address_key: crate::domain::testing::ADDRESS_KEY,
    // What the browser does with these.
    decode_base64: |_| None,
    decode: |text| text.replace('+', " ").replace("%2B", "+").replace("%20", " "),
    is_attended: |_| false,
    iso: |time| time.0.to_string(),
};

const SEND_PRESSED: ComposerMsg = ComposerMsg::TextEntered { text: String::new(), sends: true };

/// The page, with the queue that the store has.
struct Page {
    model: Model,
    parked: Vec<Msg>,
}

fn address(query: &str) -> Address {
    Address { path: Some("/".to_owned()), query: query.to_owned(), is_list: true, is_accept: false }
}

/// An organization that the admin manages, of the same name.
fn managed(id: &str) -> ActiveOrganization {
    active_organization("ada", id, id, Rights::Manage)
}

fn role(key: &str) -> Role {
    Role {
        key: RoleKey(key.to_owned()),
        name: key.to_owned(),
        description: String::new(),
        permissions: vec![],
    }
}

fn roles(migrating: bool) -> Roles {
    let preferred = Some(RoleKey("org:member".to_owned()));
    Roles { all: vec![role("org:admin"), role("org:member")], migrating, preferred }
}

impl Page {
    /// The page as it starts, without the code that comes later.
    fn starting(query: &str) -> Self {
        let words = Words::new(LANGUAGES[0], "en", Default::default(), Formats::ENGLISH);
        Self { model: Model::new(words, address(query), PageSize::Ten), parked: vec![] }
    }

    /// The page at this address, before clerk-js has said anything.
    fn at(query: &str) -> Self {
        let mut page = Self::starting(query);
        page.send(Msg::Loaded(Chunk::Later, Fetched::Here));
        page.send(Msg::Loaded(Chunk::Screens, Fetched::Here));
        page
    }

    /// The page in an organization.
    fn within(organization: &str) -> Self {
        let mut page = Self::at("");
        page.switch(organization);
        page
    }

    /// Sends a message, and all that follow from it. The effects that are left.
    fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let (mut queue, mut left) = (VecDeque::from([msg]), vec![]);
        while let Some(msg) = queue.pop_front() {
            let effects = match msg {
                msg if !msg.is_later() => update(&mut self.model, msg, &ENVIRONMENT),
                msg if self.model.later == Lazy::Here => {
                    update_later::update(&mut self.model, msg, &ENVIRONMENT)
                }
                msg => {
                    self.parked.push(msg);
                    want(&mut self.model, Chunk::Later).into_iter().collect()
                }
            };
            for effect in effects {
                match effect {
                    Effect::Dispatch(msg) => queue.push_back(msg),
                    effect => left.push(effect),
                }
            }
        }
        left
    }

    fn hears(&mut self, auth: AuthState, is_still_member: bool) -> Vec<Effect> {
        self.send(Msg::Session(session::Msg::AuthChanged { auth: Some(Box::new(auth)), is_still_member }))
    }

    /// Another organization that the admin manages is active.
    fn switch(&mut self, organization: &str) -> Vec<Effect> {
        self.hears(AuthState::Active(managed(organization)), true)
    }

    fn scope(&self, organization: &str) -> Scope {
        Scope::of(&managed(organization))
    }

    fn workspace(&self, organization: &str) -> &Workspace {
        let scope = self.scope(organization);
        let mut all = self.model.workspaces.iter();
        all.find(|workspace| workspace.scope.owner == scope.owner).expect("it was opened")
    }

    fn is_open(&self, organization: &str) -> bool {
        self.model.open == Some(self.scope(organization))
    }

    /// The roles of an organization are here.
    fn give_roles(&mut self, organization: &str, roles: Roles) -> Vec<Effect> {
        let question = self.workspace(organization).roles.asked.clone().expect("they are asked for");
        self.send(Msg::RolesAnswered(self.scope(organization), question, Ok(roles)))
    }

    /// Clerk answers the question for a page of the list, which is among these effects.
    fn answer(
        &mut self,
        effects: &[Effect],
        answer: Result<(Vec<crate::domain::Invitation>, u64), Error>,
    ) -> Vec<Effect> {
        let (scope, question) = asked(effects).expect("the list is asked for");
        self.send(Msg::List(scope, list::Msg::PageAnswered(question, answer)))
    }

    fn compose(&mut self, organization: &str, msg: ComposerMsg) -> Vec<Effect> {
        self.send(Msg::Compose(self.scope(organization), msg))
    }

    /// Sends an address from the form of an organization. The run, and the journals that were saved.
    fn invite(&mut self, organization: &str, email: &str) -> (RunId, Vec<(String, String)>) {
        if self.workspace(organization).known_roles().is_none() {
            self.give_roles(organization, roles(false));
        }
        self.compose(organization, ComposerMsg::TextBrought(email.to_owned()));
        let effects = self.compose(organization, SEND_PRESSED);
        let run = effects.iter().find_map(|effect| match effect {
            Effect::Later(LaterEffect::Execute(_, run, _)) => Some(*run),
            _ => None,
        });
        (run.expect("it is sent"), journals(&effects))
    }

    /// The engine has ended the first run of an organization: each address has this outcome.
    fn end_run(
        &mut self,
        organization: &str,
        halted: Option<Error>,
        outcome: impl Fn(&Job) -> Outcome,
    ) -> Vec<Effect> {
        let run = self.workspace(organization).outbox.runs()[0].clone();
        let end = |job: &Job| {
            let mut job = job.clone();
            job.stage = Stage::Done(outcome(&job));
            job
        };
        let report = Report { jobs: run.jobs.iter().map(end).collect(), halted, is_stopped: false };
        self.send(Msg::Outbox(self.scope(organization), outbox::Msg::Ended(run.id, report)))
    }

    fn toast(&self) -> String {
        let text = self.model.toast.as_ref().map_or("", |toast| toast.text.as_str());
        text.replace(['\u{2068}', '\u{2069}'], "")
    }
}

fn sent(job: &Job) -> Outcome {
    Outcome::Sent(invitation(job.task.email.as_str(), Status::Pending))
}

fn asked(effects: &[Effect]) -> Option<(Scope, Question<ListQuery>)> {
    effects.iter().find_map(|effect| match effect {
        Effect::ListPage(scope, question) => Some((scope.clone(), question.clone())),
        _ => None,
    })
}

fn goes_to(effects: &[Effect]) -> Option<&ListQuery> {
    effects.iter().find_map(|effect| match effect {
        Effect::GoTo { query, .. } => Some(query),
        _ => None,
    })
}

/// The organization and the text of each journal that is saved.
fn journals(effects: &[Effect]) -> Vec<(String, String)> {
    let saved = effects.iter().filter_map(|effect| match effect {
        Effect::Later(LaterEffect::SaveJournal(scope, journal)) => {
            Some((scope.organization.0.clone(), journal.clone()))
        }
        _ => None,
    });
    saved.collect()
}

/// Why runs are stopped, by these effects.
fn stops(effects: &[Effect]) -> Vec<Option<Error>> {
    let stopped = effects.iter().filter_map(|effect| match effect {
        Effect::Later(LaterEffect::StopRun(_, _, why)) => Some(why.clone()),
        _ => None,
    });
    stopped.collect()
}

fn query(text: &str) -> ListQuery {
    ListQuery::from_query(text, PageSize::Ten, str::to_owned)
}

// Organizations.

#[test]
fn the_first_organization_is_shown_as_the_address_has_it() {
    let mut page = Page::at("?page=3&search=ada&view=revoked");
    let effects = page.switch("a");
    assert!(page.is_open("a"));
    assert_eq!(goes_to(&effects), None);
    assert_eq!(page.workspace("a").list.query, query("?page=3&search=ada&view=revoked"));
    assert!(effects.contains(&Effect::FindStored(page.scope("a"))));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ListRoles(..))));
}

#[test]
fn another_organization_begins_on_the_first_page_without_a_search_under_the_same_tab() {
    let mut page = Page::at("?page=3&search=ada&view=revoked");
    page.switch("a");
    let effects = page.switch("b");
    assert!(page.is_open("b"));
    assert_eq!(goes_to(&effects), Some(&query("?view=revoked")));
    assert_eq!(page.workspace("b").list.query.filter, StatusFilter::Revoked);
    let (scope, question) = asked(&effects).expect("the list is asked for");
    assert_eq!((scope, question.key), (page.scope("b"), query("?view=revoked")));
    // The address follows, and nothing is asked twice.
    let effects = page.send(Msg::AddressChanged(address("?view=revoked")));
    assert_eq!(effects, []);
}

#[test]
fn the_title_names_what_is_listed_and_where() {
    let mut page = Page::at("?view=accepted");
    assert_eq!(page.model.title(), "Invitations");
    page.send(Msg::Session(session::Msg::Started(Ok(()))));
    page.switch("Acme");
    let titled = |page: &Page| page.model.title().replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(titled(&page), "Accepted · Acme");
    page.send(Msg::AddressChanged(address("")));
    assert_eq!(titled(&page), "Invitations · Acme");
    page.send(Msg::AddressChanged(Address { is_list: false, is_accept: true, ..address("") }));
    assert_eq!(titled(&page), "Your invitation");
    page.send(Msg::AddressChanged(Address { is_list: false, ..address("") }));
    assert_eq!(titled(&page), "Page not found");
}

#[test]
fn an_organization_that_is_entered_after_one_without_rights_begins_on_the_first_page() {
    let mut page = Page::at("?page=3");
    page.switch("a");
    page.hears(AuthState::Active(active_organization("ada", "x", "x", Rights::Read)), true);
    assert_eq!(page.model.open, None);
    assert_eq!(goes_to(&page.switch("b")), Some(&query("")));
    // One that is entered again is shown as the address has it.
    page.send(Msg::AddressChanged(address("?page=2")));
    page.hears(AuthState::SignedOut, true);
    assert_eq!(goes_to(&page.switch("b")), None);
    assert_eq!(page.workspace("b").list.query, query("?page=2"));
}

#[test]
fn the_form_outlives_the_session_and_the_list_does_not() {
    let mut page = Page::within("a");
    let before = page.scope("a");
    let first = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
    page.send(Msg::Invite(page.scope("a"), invite::Msg::TextTyped { text: "half".to_owned(), cursor: None }));
    page.hears(AuthState::SignedOut, true);
    let mut again = managed("a");
    again.viewer.session = "another".to_owned();
    let effects = page.hears(AuthState::Active(again), true);
    assert_eq!(page.workspace("a").invite.text, "half");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::FindStored(_))), "it was found already");
    // The answer to the session before comes late.
    let effects = page.answer(&first, Ok((vec![invitation("late@x.de", Status::Pending)], 1)));
    assert!(effects.iter().all(|effect| matches!(effect, Effect::FindRequests(_))), "{effects:?}");
    assert!(page.workspace("a").list.shown.is_none());
    // So do its roles. This session asks for them too, with the same number.
    let question = page.workspace("a").roles.asked.clone().expect("they are asked for");
    assert_eq!(page.send(Msg::RolesAnswered(before, question, Ok(roles(false)))), []);
    assert!(page.workspace("a").known_roles().is_none());
}

#[test]
fn a_path_that_is_not_the_list_opens_no_workspace() {
    let mut page = Page::at("");
    page.model.address = Address { path: Some("/nowhere".to_owned()), ..Address::default() };
    assert_eq!(page.switch("a"), []);
    assert!(page.model.open.is_none() && page.model.workspaces.is_empty());
    // The admin goes to the list.
    let effects = page.send(Msg::AddressChanged(address("?page=2")));
    assert_eq!(asked(&effects).map(|(_, question)| question.key), Some(query("?page=2")));
    assert_eq!(goes_to(&effects), None);
    // And away again.
    page.send(Msg::AddressChanged(Address { is_list: false, ..address("") }));
    assert_eq!(page.model.open, None);
}

#[test]
fn the_invitees_side_is_asked_for_by_those_who_see_it_and_by_no_admin() {
    let asks = |effects: &[Effect]| {
        let is_asked = |effect: &Effect| {
            matches!(effect, Effect::Later(LaterEffect::Accept(accept::Effect::Receive(..))))
        };
        effects.iter().any(is_asked)
    };
    let mut page = Page::at("");
    assert!(!asks(&page.switch("a")));
    assert!(asks(&page.hears(AuthState::NoOrganization(managed("a").viewer), true)));
    let mut page = Page::at("");
    page.model.address = Address { is_accept: true, ..Address::default() };
    assert!(asks(&page.switch("a")));
    assert_eq!(page.model.open, None);
}

#[test]
fn clerks_own_screen_asks_for_an_organization_but_where_invitees_are_sent_to() {
    let pending = |task| AuthState::Task(task, managed("a").viewer);
    for (is_accept, task, is_shown) in [
        (true, SessionTask::ChooseOrganization, true),
        (false, SessionTask::ChooseOrganization, false),
        (true, SessionTask::ResetPassword, false),
        (true, SessionTask::SetUpMfa, false),
    ] {
        let mut page = Page::at("");
        page.model.address.is_accept = is_accept;
        page.model.address.is_list = !is_accept;
        page.hears(pending(task), true);
        assert_eq!((page.model.shows_accept(), page.model.needs_screens()), (is_shown, !is_shown));
    }
}

#[test]
fn who_joins_on_the_admins_page_is_welcomed_unless_they_may_manage_there() {
    for (rights, is_welcomed) in [(Rights::Read, true), (Rights::Manage, false)] {
        let mut page = Page::at("");
        let acme = active_organization("ada", "a", "Acme", rights);
        page.hears(AuthState::NoOrganization(acme.viewer.clone()), true);
        let organization = accept::PublicOrganization::of(&acme.organization);
        page.model.accept.arrival = Some(accept::Arrival { organization, is_new: true });
        page.hears(AuthState::Active(acme), true);
        assert_eq!(page.model.shows_accept(), is_welcomed);
        // Elsewhere is elsewhere.
        page.switch("b");
        assert!(!page.model.shows_accept());
    }
}

#[test]
fn an_address_that_has_changed_is_shown() {
    let mut page = Page::within("a");
    let effects = page.send(Msg::AddressChanged(address("?page=2")));
    assert_eq!(asked(&effects).map(|(_, question)| question.key), Some(query("?page=2")));
    assert!(page.send(Msg::AddressChanged(address("?page=2"))).is_empty());
}

#[test]
fn a_link_fills_the_form_once_and_is_taken_off_the_address() {
    let mut page = Page::at("?invite=a@x.de,b@x.de&role=org:admin");
    let effects = page.switch("a");
    assert!(effects.contains(&Effect::ForgetLink));
    let form = &page.workspace("a").invite;
    assert_eq!(form.composer.entries.all().len(), 2);
    assert_eq!(form.picked, Some(RoleKey("org:admin".to_owned())));
    assert!(page.workspace("a").outbox.runs().is_empty(), "a link never sends");
    page.send(Msg::AddressChanged(address("")));
    page.switch("b");
    let effects = page.switch("a");
    assert!(!effects.contains(&Effect::ForgetLink));
    assert_eq!(page.workspace("a").invite.composer.entries.all().len(), 2);
}

#[test]
fn a_plus_in_a_link_is_a_plus() {
    for (link, expected) in [
        ("?invite=jane+news@x.de,rick@x.de&role=org:member", &["jane+news@x.de", "rick@x.de"][..]),
        ("?invite=jane%2Bnews@x.de", &["jane+news@x.de"]),
        ("?invite=a@x.de%20b@x.de", &["a@x.de", "b@x.de"]),
    ] {
        let mut page = Page::at(link);
        page.switch("a");
        let entries = page.workspace("a").invite.composer.entries.all();
        assert_eq!(entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), expected, "{link}");
    }
}

#[test]
fn what_is_typed_in_one_organization_or_by_one_person_is_nobody_elses() {
    let mut page = Page::within("a");
    page.give_roles("a", roles(false));
    page.compose("a", ComposerMsg::TextBrought("ada@x.de, bob@x.de".to_owned()));
    page.send(Msg::Invite(
        page.scope("a"),
        invite::Msg::TextTyped { text: "half".to_owned(), cursor: Some(4) },
    ));
    let is_empty = |workspace: &Workspace| {
        workspace.invite.text.is_empty() && workspace.invite.composer.entries.is_empty()
    };
    page.switch("b");
    assert!(is_empty(page.workspace("b")));
    // Another person signs in at the same organization.
    page.hears(AuthState::Active(active_organization("max", "a", "a", Rights::Manage)), true);
    assert!(page.model.current().is_some_and(is_empty));
    page.switch("a");
    let form = &page.workspace("a").invite;
    assert_eq!((form.text.as_str(), form.composer.entries.all().len()), ("half", 2));
}

#[test]
fn a_resend_that_a_sign_out_cuts_off_leaves_the_address_to_the_same_person_only() {
    let mut page = Page::within("a");
    page.give_roles("a", roles(false));
    let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
    page.answer(&effects, Ok((vec![invitation("row@x.de", Status::Pending)], 1)));
    let resend = ActionMsg::Row(RowAction::Resend, InvitationId("row@x.de".to_owned()));
    page.send(Msg::Act(page.scope("a"), resend));
    page.send(Msg::Act(page.scope("a"), ActionMsg::Dialog(DialogMsg::Confirmed)));
    page.hears(AuthState::SignedOut, true);
    let run = page.workspace("a").outbox.runs()[0].clone();
    let mut lost = run.jobs[0].clone();
    (lost.stage, lost.is_revoked) = (Stage::Done(Outcome::Missing(Error::SignedOut)), true);
    let report = Report { jobs: vec![lost], halted: Some(Error::SignedOut), is_stopped: false };
    page.send(Msg::Outbox(page.scope("a"), outbox::Msg::Ended(run.id, report)));
    page.hears(AuthState::Active(active_organization("max", "a", "a", Rights::Manage)), true);
    assert!(page.model.current().is_some_and(|workspace| workspace.invite.composer.entries.is_empty()));
    page.switch("a");
    let entries = page.workspace("a").invite.composer.entries.all();
    assert_eq!(entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), ["row@x.de"]);
}

// Runs and journals.

#[test]
fn each_organization_has_a_journal_of_its_own() {
    let mut page = Page::within("a");
    let (_, saved) = page.invite("a", "ada@x.de");
    assert_eq!(saved, [("a".to_owned(), "ada@x.de\torg:member\t\n".to_owned())]);
    page.switch("b");
    let (_, saved) = page.invite("b", "bob@x.de");
    assert_eq!(saved, [("b".to_owned(), "bob@x.de\torg:member\t\n".to_owned())]);
    // Each is emptied when its own run has ended.
    assert_eq!(journals(&page.end_run("b", None, sent)), [("b".to_owned(), String::new())]);
    assert_eq!(journals(&page.end_run("a", None, sent)), [("a".to_owned(), String::new())]);
}

#[test]
fn a_journal_holds_what_was_found_after_a_reload_until_it_is_settled() {
    let mut page = Page::within("a");
    let line = "ada@x.de\torg:admin\told\n".to_owned();
    page.compose("a", ComposerMsg::JournalFound(line.clone()));
    let entries = page.workspace("a").invite.composer.entries.all();
    assert!(matches!(entries[0].state, EntryState::Unsettled(_)));
    // A run of the list is on its way as well.
    page.give_roles("a", roles(false));
    let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
    page.answer(&effects, Ok((vec![invitation("row@x.de", Status::Pending)], 1)));
    let resend = ActionMsg::Row(RowAction::Resend, InvitationId("row@x.de".to_owned()));
    page.send(Msg::Act(page.scope("a"), resend));
    let effects = page.send(Msg::Act(page.scope("a"), ActionMsg::Dialog(DialogMsg::Confirmed)));
    assert_eq!(journals(&effects), [("a".to_owned(), format!("row@x.de\torg:member\trow@x.de\n{line}"))]);
    let id = page.workspace("a").invite.composer.entries.all()[0].id;
    let effects = page.compose("a", ComposerMsg::Removed(id));
    assert_eq!(journals(&effects), [("a".to_owned(), "row@x.de\torg:member\trow@x.de\n".to_owned())]);
}

#[test]
fn a_run_that_ends_after_a_switch_is_told_by_its_own_workspace_and_moves_nothing() {
    let mut page = Page::at("?page=2");
    page.switch("a");
    page.invite("a", "ada@x.de");
    let effects = page.switch("b");
    assert_eq!(stops(&effects), [Some(Error::Moved)]);
    page.send(Msg::AddressChanged(address("")));
    let effects = page.end_run("a", None, sent);
    assert!(!effects.iter().any(Effect::serves_the_screen), "{effects:?}");
    assert!(page.workspace("a").invite.composer.entries.is_empty());
    assert!(page.workspace("a").invite.composer.report.is_some());
    assert!(page.workspace("b").invite.composer.report.is_none());
    assert!(page.toast().contains("ada@x.de"), "{}", page.toast());
    // What was sent is fresh when the admin comes back.
    let effects = page.switch("a");
    assert!(asked(&effects).is_some());
}

#[test]
fn a_run_that_ends_on_screen_shows_what_was_sent() {
    let mut page = Page::at("?page=2");
    let effects = page.switch("a");
    page.answer(&effects, Ok((vec![invitation("old@x.de", Status::Pending)], 11)));
    page.invite("a", "ada@x.de");
    let effects = page.end_run("a", None, sent);
    assert_eq!(goes_to(&effects), Some(&query("")));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Focus(focus) if focus.to == ids::EMAIL)));
}

#[test]
fn runs_are_stopped_for_the_reason_for_which_the_admin_has_left() {
    let reader = active_organization("ada", "a", "a", Rights::Read);
    let nowhere = AuthState::NoOrganization(reader.viewer.clone());
    for (auth, is_member, why, says) in [
        (AuthState::SignedOut, true, Error::SignedOut, "signed out"),
        (AuthState::Active(managed("b")), true, Error::Moved, "b"),
        (AuthState::Active(reader), true, Error::of(Reason::NoPermission), "a"),
        (nowhere, false, Error::Moved, "a"),
    ] {
        let mut page = Page::within("a");
        page.invite("a", "ada@x.de");
        let effects = page.hears(auth, is_member);
        assert_eq!(stops(&effects), [Some(why)]);
        assert!(!page.is_open("a"));
        assert!(page.toast().contains(says), "{}", page.toast());
    }
}

#[test]
fn a_run_is_spoken_of_as_long_as_its_organization_is_on_screen() {
    let mut page = Page::within("a");
    page.give_roles("a", roles(false));
    page.compose("a", ComposerMsg::TextBrought("ada@x.de, bob@x.de".to_owned()));
    let effects = page.compose("a", SEND_PRESSED);
    let is_due = |effect: &Effect| match effect {
        Effect::Sleep(_, msg) if matches!(**msg, Msg::Due(Due::Speech(_))) => Some((**msg).clone()),
        _ => None,
    };
    page.send(effects.iter().find_map(is_due).expect("something is said"));
    assert_eq!(page.model.announcer.spoken.replace(['\u{2068}', '\u{2069}'], ""), "Sending 2 invitations");
    let waits = outbox::Msg::Progressed(page.workspace("a").outbox.runs()[0].id, vec![], 6);
    page.switch("b");
    assert_eq!(page.send(Msg::Outbox(page.scope("a"), waits)), []);
}

#[test]
fn journals_are_forgotten_when_the_admin_signs_out() {
    let mut page = Page::within("a");
    assert!(page.hears(AuthState::SignedOut, true).contains(&Effect::ForgetStored));
}

// Rights.

#[test]
fn a_refusal_of_the_list_for_lack_of_permission_closes_the_workspace_and_stops_its_runs() {
    let mut page = Page::within("a");
    page.invite("a", "ada@x.de");
    let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
    let effects = page.answer(&effects, Err(Error::of(Reason::NoPermission)));
    assert_eq!(page.model.open, None);
    assert_eq!(page.model.session.managed(), None);
    assert_eq!(stops(&effects), [Some(Error::of(Reason::NoPermission))]);
    // Another reason is no reason to leave.
    let mut page = Page::within("a");
    let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
    page.answer(&effects, Err(Error::NoAnswer));
    assert!(page.is_open("a"));
}

#[test]
fn a_refusal_of_a_run_for_lack_of_permission_closes_the_workspace() {
    let mut page = Page::within("a");
    page.invite("a", "ada@x.de");
    page.end_run("a", Some(Error::of(Reason::NoPermission)), |_| Outcome::Kept);
    assert_eq!(page.model.open, None);
    // The address is not lost.
    assert_eq!(page.workspace("a").invite.composer.entries.all().len(), 1);
    // A run of another organization says nothing of this one.
    let mut page = Page::within("a");
    page.invite("a", "ada@x.de");
    page.switch("b");
    page.end_run("a", Some(Error::of(Reason::NoPermission)), |_| Outcome::Kept);
    assert!(page.is_open("b"));
}

#[test]
fn new_rights_in_the_open_organization_do_not_open_it_anew() {
    let mut page = Page::within("a");
    page.send(Msg::Invite(page.scope("a"), invite::Msg::TextTyped { text: "half".to_owned(), cursor: None }));
    let mut promoted = managed("a");
    promoted.membership.permissions.push("org:billing:manage".to_owned());
    assert_eq!(page.hears(AuthState::Active(promoted.clone()), true), []);
    assert_eq!(page.workspace("a").active, promoted);
}

// Roles.

#[test]
fn a_migration_of_the_roles_is_told_when_it_begins_and_when_it_is_over() {
    let mut page = Page::within("a");
    page.give_roles("a", roles(true));
    assert_eq!(page.toast(), "", "it was so before the admin came");
    let mut answers = |migrating| {
        page.send(Msg::RolesWanted(page.scope("a")));
        page.send(Msg::Told(None));
        page.give_roles("a", roles(migrating));
        page.model.toast.as_ref().map(|toast| toast.severity)
    };
    assert_eq!(answers(false), Some(Severity::Success));
    assert_eq!(answers(false), None);
    assert_eq!(answers(true), Some(Severity::Warning));
    assert_eq!(answers(true), None);
}

#[test]
fn roles_judge_the_entries_anew_and_a_late_answer_is_dropped() {
    let mut page = Page::within("a");
    let late = page.workspace("a").roles.asked.clone().expect("they are asked for");
    page.compose("a", ComposerMsg::TextBrought("ada@x.de".to_owned()));
    assert_eq!(page.workspace("a").invite.composer.verdicts.sendable, 0, "there is no role yet");
    page.send(Msg::RolesWanted(page.scope("a")));
    page.send(Msg::RolesAnswered(page.scope("a"), late, Ok(roles(false))));
    assert!(page.workspace("a").known_roles().is_none());
    page.give_roles("a", roles(false));
    assert_eq!(page.workspace("a").invite.composer.verdicts.sendable, 1);
}

#[test]
fn what_may_read_or_judge_thousands_of_entries_has_the_form_drawn_in_a_task_of_its_own() {
    let mut page = Page::within("a");
    let drawn_apart = Effect::Draw(Part::Invite);
    assert_eq!(page.compose("a", ComposerMsg::ImportContinued).first(), Some(&drawn_apart));
    let by_the_admin = page.compose("a", ComposerMsg::TextBrought("ada@x.de".to_owned()));
    assert!(!by_the_admin.contains(&drawn_apart), "{by_the_admin:?}");
}

#[test]
fn the_words_name_the_roles_whichever_comes_first_and_nothing_is_asked_again() {
    let texts = Texts::of(DIGEST, vec!["Rolle".to_owned(); Message::ALL.len()]).expect("the same catalogue");
    let words = Words::new(LANGUAGES[0], "de", texts, Formats::ENGLISH);
    let mut by_clerk = roles(false);
    by_clerk.all.iter_mut().zip(["Admin", "Member"]).for_each(|(role, name)| role.name = name.to_owned());
    for words_come_first in [true, false] {
        let mut page = Page::within("a");
        let loaded = Msg::WordsLoaded(words.clone());
        if words_come_first {
            page.send(loaded);
            page.give_roles("a", by_clerk.clone());
        } else {
            page.give_roles("a", by_clerk.clone());
            assert_eq!(page.send(loaded), []);
        }
        let roles = page.workspace("a").known_roles().expect("they are here");
        assert!(roles.all.iter().all(|role| role.name == "Rolle"), "{words_come_first}");
    }
}

#[test]
fn what_was_left_in_the_form_is_told_of_in_the_readers_language_although_its_words_come_later() {
    let mut page = Page::within("a");
    let told = Toast::new(Severity::Info, page.model.words.say(Message::DraftFound));
    let other = Toast::new(Severity::Info, "Something else".to_owned());
    let texts = Texts::of(DIGEST, vec!["Auf Deutsch".to_owned(); 400]).expect("the same catalogue");
    let words = Words::new(LANGUAGES[0], "de", texts, Formats::ENGLISH);
    for (toast, after) in [(told, "Auf Deutsch"), (other, "Something else")] {
        page.send(Msg::Told(Some(toast)));
        page.send(Msg::WordsLoaded(words.clone()));
        assert_eq!(page.toast(), after);
    }
}

// The status line.

#[test]
fn success_leaves_after_six_seconds_or_when_the_admin_types_on_and_what_failed_stays() {
    let mut page = Page::within("a");
    let told = |severity| Msg::Told(Some(Toast::new(severity, "so".to_owned())));
    let leaves = |effects: &[Effect]| {
        let goes = effects.iter().find_map(|effect| match effect {
            Effect::Sleep(6_000, msg) => Some((**msg).clone()),
            _ => None,
        });
        goes.expect("it leaves by itself")
    };
    let due = leaves(&page.send(told(Severity::Success)));
    page.send(due);
    assert_eq!(page.toast(), "");
    let early = leaves(&page.send(told(Severity::Success)));
    page.send(told(Severity::Danger));
    page.send(early);
    assert_eq!(page.toast(), "so");
    let typed = || invite::Msg::TextTyped { text: "a".to_owned(), cursor: None };
    page.send(Msg::Invite(page.scope("a"), typed()));
    assert_eq!(page.toast(), "so");
    page.send(told(Severity::Success));
    page.send(Msg::Invite(page.scope("a"), typed()));
    assert_eq!(page.toast(), "");
}

#[test]
fn the_button_of_a_toast_does_what_it_says_once() {
    let mut page = Page::within("a");
    let toast = |action| Toast { severity: Severity::Info, text: "so".to_owned(), action: Some(action) };
    page.send(Msg::Told(Some(toast(ToastAction::ShowList))));
    assert!(asked(&page.send(Msg::ToastPressed)).is_some());
    assert_eq!(page.model.toast, None);
    assert_eq!(page.send(Msg::ToastPressed), []);
    // The one that invites again those whose invitations were revoked.
    page.give_roles("a", roles(false));
    let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
    page.answer(&effects, Ok((vec![invitation("old@x.de", Status::Revoked)], 1)));
    page.send(Msg::Told(Some(toast(ToastAction::InviteAgain(vec![InvitationId("old@x.de".to_owned())])))));
    let effects = page.send(Msg::ToastPressed);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Later(LaterEffect::Execute(..)))));
}

#[test]
fn what_changes_for_the_admin_is_said_in_a_sentence() {
    let acme = |rights| active_organization("ada", "a", "Acme", rights);
    let renamed = active_organization("ada", "a", "Acme Inc", Rights::Manage);
    let mut other = active_organization("grace", "a", "Acme", Rights::Manage);
    other.viewer.name = "Grace Hopper".to_owned();
    let nowhere = AuthState::NoOrganization(renamed.viewer.clone());
    let beta = AuthState::Active(active_organization("ada", "b", "Beta", Rights::Manage));
    for (before, now, is_member, says) in [
        (Rights::Manage, AuthState::SignedOut, true, "You’re signed out."),
        (Rights::Manage, AuthState::Active(other), true, "You’re now signed in as Grace Hopper."),
        (Rights::Manage, beta, true, "Switched to Beta."),
        (Rights::Manage, nowhere, false, "You’re no longer a member of Acme, or it was deleted."),
        (Rights::Manage, AuthState::Active(renamed), true, "Acme was renamed Acme Inc."),
        (
            Rights::Manage,
            AuthState::Active(acme(Rights::Read)),
            true,
            "You can no longer manage invitations in Acme.",
        ),
        (
            Rights::Read,
            AuthState::Active(acme(Rights::Manage)),
            true,
            "You can now manage invitations in Acme.",
        ),
    ] {
        let mut page = Page::at("");
        page.hears(AuthState::Active(acme(before)), true);
        assert_eq!(page.toast(), "");
        page.hears(now, is_member);
        assert_eq!(page.toast(), says);
    }
}

#[test]
fn a_switch_that_has_failed_is_said_with_the_reason_where_an_organization_is_shown() {
    let failed = || Msg::Session(session::Msg::SwitchFailed(Error::Unreachable));
    let mut page = Page::within("a");
    page.send(failed());
    assert_eq!(page.toast(), "Couldn’t switch organizations. Couldn’t reach Clerk. Check your connection.");
    assert!(page.is_open("a"));
    // The screens where an organization is chosen, or an invitation accepted, say it by themselves.
    page.send(Msg::Told(None));
    page.send(Msg::AddressChanged(Address { is_list: false, is_accept: true, ..address("") }));
    page.send(failed());
    assert_eq!(page.toast(), "");
    let mut page = Page::at("");
    page.hears(AuthState::NoOrganization(managed("a").viewer), true);
    page.send(failed());
    assert_eq!(page.toast(), "");
}

#[test]
fn what_has_failed_is_not_covered_by_other_news() {
    let mut page = Page::within("a");
    page.send(Msg::Told(Some(Toast::new(Severity::Danger, "not sent".to_owned()))));
    page.send(Msg::News(News::RolesMigrate(true)));
    assert_eq!(page.toast(), "not sent");
    page.send(Msg::News(News::SwitchFailed(Error::Unreachable)));
    assert!(page.toast().contains("Couldn’t switch"), "another failure");
}

#[test]
fn what_was_said_of_one_organization_does_not_stand_under_another() {
    let mut page = Page::at("");
    page.send(Msg::Told(Some(Toast::new(Severity::Info, "so".to_owned()))));
    page.hears(AuthState::NoOrganization(managed("a").viewer), true);
    assert_eq!(page.toast(), "so", "the page has just begun");
    page.switch("a");
    assert_eq!(page.toast(), "");
    page.switch("b");
    assert!(page.toast().contains('b'), "{}", page.toast());
}

#[test]
fn a_copy_is_told_of() {
    let mut page = Page::within("a");
    for (is_copied, severity) in [(true, Severity::Success), (false, Severity::Danger)] {
        page.send(Msg::Copied(is_copied));
        assert_eq!(page.model.toast.as_ref().map(|toast| toast.severity), Some(severity));
    }
}

#[test]
fn a_lost_connection_is_told_at_once_and_until_it_is_back() {
    let mut page = Page::within("a");
    page.send(Msg::ConnectionChanged(true));
    assert_eq!(page.toast(), "");
    page.send(Msg::ConnectionChanged(false));
    assert!(page.toast().contains("You’re offline."), "{}", page.toast());
    page.send(Msg::ConnectionChanged(true));
    assert_eq!(page.toast(), "");
    // What was told meanwhile stays.
    page.send(Msg::ConnectionChanged(false));
    page.send(Msg::Copied(true));
    page.send(Msg::ConnectionChanged(true));
    assert_ne!(page.toast(), "");
}

#[test]
fn before_clerk_js_runs_the_start_says_what_it_lacks() {
    let mut page = Page::at("");
    page.send(Msg::ConnectionChanged(false));
    assert_eq!(page.toast(), "");
}

// Code that is fetched later.

#[test]
fn code_that_is_fetched_later_is_fetched_once_and_again_after_a_failure() {
    let mut page = Page::within("a");
    page.model.later = Lazy::Unwanted;
    assert_eq!(page.send(Msg::Wanted(Chunk::Later)), [Effect::Load(Chunk::Later)]);
    assert_eq!(page.send(Msg::Wanted(Chunk::Later)), []);
    page.send(Msg::Loaded(Chunk::Later, Fetched::Failed));
    assert_eq!(page.model.later, Lazy::Failed);
    // The first message that needs it wants it, too.
    assert_eq!(page.compose("a", SEND_PRESSED), [Effect::Load(Chunk::Later)]);
    assert_eq!(page.compose("a", SEND_PRESSED), []);
    assert_eq!(page.parked.len(), 2);
    page.send(Msg::Loaded(Chunk::Later, Fetched::Here));
    assert_eq!((page.model.later, page.send(Msg::Wanted(Chunk::Later))), (Lazy::Here, vec![]));
}

#[test]
fn the_other_screens_are_fetched_when_one_is_to_be_shown_and_not_for_the_list() {
    let viewer = managed("a").viewer;
    let without_right = active_organization("ada", "b", "b", Rights::Read);
    for auth in [AuthState::SignedOut, AuthState::OrganizationsOff(viewer), AuthState::Active(without_right)]
    {
        let mut page = Page::at("");
        page.model.screens = Lazy::Unwanted;
        let is_fetched = |effects: Vec<Effect>| effects.contains(&Effect::Load(Chunk::Screens));
        assert!(!is_fetched(page.switch("a")));
        assert!(is_fetched(page.hears(auth, true)));
        page.send(Msg::Loaded(Chunk::Screens, Fetched::Failed));
        // Now the reader has a button for it.
        assert!(!is_fetched(page.switch("a")) && !is_fetched(page.hears(AuthState::SignedOut, true)));
        assert!(is_fetched(page.send(Msg::Wanted(Chunk::Screens))));
    }
    let mut page = Page::at("");
    page.model.screens = Lazy::Unwanted;
    let elsewhere = Address { path: Some("nowhere".to_owned()), is_list: false, ..address("") };
    assert!(page.send(Msg::AddressChanged(elsewhere)).contains(&Effect::Load(Chunk::Screens)));
}

#[test]
fn a_pressed_button_of_the_header_waits_for_its_code_and_stands_there_again_without_it() {
    let mut page = Page::within("a");
    page.model.screens = Lazy::Unwanted;
    let press = Msg::OpenerPressed(Opener::Account);
    assert_eq!(page.send(press.clone()), [Effect::Load(Chunk::Screens)]);
    assert_eq!((page.send(press.clone()), &page.model.pressed[..]), (vec![], &[Opener::Account][..]));
    page.send(Msg::Loaded(Chunk::Screens, Fetched::Failed));
    assert!(page.model.pressed.is_empty() && page.toast().contains("didn’t load"));
    assert_eq!(page.send(press), [Effect::Load(Chunk::Screens)]);
    page.send(Msg::Loaded(Chunk::Screens, Fetched::Here));
    assert_eq!(page.model.pressed, [Opener::Account]);
    // It is another header then.
    page.switch("b");
    assert!(page.model.pressed.is_empty());
}

#[test]
fn the_members_are_opened_once_and_what_is_wrong_is_said() {
    let mut page = Page::within("a");
    assert_eq!(page.send(Msg::MembersPressed), [Effect::Later(LaterEffect::OpenMembers)]);
    assert_eq!(page.send(Msg::MembersPressed), [], "it is on its way");
    page.send(Msg::MembersOpened(Some(Message::ComponentFailed)));
    assert!(page.toast().contains("didn’t load"));
    assert_eq!(page.send(Msg::MembersPressed), [Effect::Later(LaterEffect::OpenMembers)]);
    page.send(Msg::MembersOpened(None));
    assert!(!page.model.opens_members);
}

#[test]
fn code_that_did_not_arrive_is_told_of_where_a_button_waits_for_it() {
    let mut page = Page::within("a");
    page.send(Msg::Loaded(Chunk::Screens, Fetched::Failed));
    assert_eq!(page.toast(), "", "nobody has asked for it");
    page.model.screens = Lazy::Unwanted;
    page.send(Msg::OpenerPressed(Opener::Account));
    page.send(Msg::Loaded(Chunk::Later, Fetched::Failed));
    assert_eq!((page.toast(), &page.model.pressed[..]), (String::new(), &[Opener::Account][..]));
}

#[test]
fn the_readers_words_fetch_no_code_for_what_was_told_before() {
    let mut page = Page::within("a");
    page.model.later = Lazy::Unwanted;
    page.send(Msg::Told(Some(Toast::new(Severity::Warning, "so".to_owned()))));
    let words = page.model.words.clone();
    assert_eq!(page.send(Msg::WordsLoaded(words)), []);
}

#[test]
fn code_is_fetched_to_say_why_no_role_can_be_given() {
    let none = Roles { all: vec![], ..roles(false) };
    for (answer, effects) in [
        (roles(true), vec![Effect::Load(Chunk::Later)]),
        (none, vec![Effect::Load(Chunk::Later)]),
        (roles(false), vec![]),
    ] {
        let mut page = Page::within("a");
        page.model.later = Lazy::Unwanted;
        assert_eq!(page.give_roles("a", answer), effects);
    }
}

// The reader.

#[test]
fn a_return_to_the_page_is_told_to_the_open_list_only() {
    let mut page = Page::at("");
    assert_eq!(page.send(Msg::Returned), []);
    let effects = page.switch("a");
    page.answer(&effects, Ok((vec![], 0)));
    page.switch("b");
    let scopes = |effects: Vec<Effect>| asked(&effects).map(|(scope, _)| scope);
    assert_eq!(scopes(page.send(Msg::Returned)), None, "it is being asked");
    let later = Environment { now: 20_000.0, ..ENVIRONMENT };
    let question = page.workspace("b").list.page.asked.clone().expect("it is asked");
    page.send(Msg::List(page.scope("b"), list::Msg::PageAnswered(question, Ok((vec![], 0)))));
    let [Effect::Dispatch(told)] = &update(&mut page.model, Msg::Returned, &later)[..] else { panic!() };
    assert!(matches!(told, Msg::List(scope, list::Msg::Returned) if *scope == page.scope("b")));
    assert_eq!(scopes(update(&mut page.model, told.clone(), &later)), Some(page.scope("b")));
}

#[test]
fn the_seats_are_counted_by_the_newest_totals() {
    let mut page = Page::within("a");
    let mut active = managed("a");
    active.organization.seats = Some(crate::domain::Seats { members: 1, pending: 9, most: None });
    page.hears(AuthState::Active(active), true);
    let pending = |page: &Page| page.workspace("a").seats().map(|seats| seats.pending);
    assert_eq!(pending(&page), Some(9));
    let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
    page.answer(&effects, Ok((vec![invitation("a@x.de", Status::Pending)], 4)));
    assert_eq!(pending(&page), Some(4));
    // A search shows fewer than there are.
    page.send(Msg::AddressChanged(address("?search=a")));
    assert_eq!(pending(&page), Some(4));
    // Another tab has others than the pending ones: those were counted meanwhile.
    let effects = page.send(Msg::AddressChanged(address("?view=revoked")));
    page.answer(&effects, Ok((vec![], 2)));
    let question = page.workspace("a").list.counts.asked.clone().expect("they are counted");
    let counts = Counts { pending: 5, ..Counts::default() };
    page.send(Msg::List(page.scope("a"), list::Msg::Counted(question, Ok(counts))));
    assert_eq!(pending(&page), Some(5));
}

#[test]
fn entries_are_judged_anew_when_seats_become_free_or_are_taken() {
    let mut page = Page::within("a");
    page.give_roles("a", roles(false));
    let mut active = managed("a");
    let most = std::num::NonZeroU64::new(10);
    active.organization.seats = Some(crate::domain::Seats { members: 6, pending: 3, most });
    page.hears(AuthState::Active(active), true);
    page.compose("a", ComposerMsg::TextBrought("x@x.de\ny@x.de".to_owned()));
    let new = |page: &Page| page.workspace("a").invite.composer.verdicts.new;
    assert_eq!(new(&page), 1);
    for (pending, expected) in [(2, 2), (4, 0)] {
        let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
        page.answer(&effects, Ok((vec![], pending)));
        assert_eq!(new(&page), expected);
    }
}

#[test]
fn entries_are_judged_anew_when_the_first_rows_say_that_fewer_seats_are_taken() {
    let (mut page, mut active) = (Page::at(""), managed("a"));
    let most = std::num::NonZeroU64::new(10);
    active.organization.seats = Some(crate::domain::Seats { members: 6, pending: 3, most });
    let effects = page.hears(AuthState::Active(active), true);
    page.give_roles("a", roles(false));
    page.compose("a", ComposerMsg::TextBrought("x@x.de\ny@x.de".to_owned()));
    let new = |page: &Page| page.workspace("a").invite.composer.verdicts.new;
    assert_eq!(new(&page), 1);
    page.answer(&effects, Ok((vec![], 2)));
    assert_eq!(new(&page), 2);
}

#[test]
fn where_nobody_was_invited_yet_the_keyboard_goes_to_the_form_unless_it_is_in_use() {
    let form = Effect::Focus(Focus { when: FocusWhen::On(vec![]), ..Focus::to(ids::EMAIL) });
    for (view, total, is_sent_there) in [("", 0, true), ("", 1, false), ("?view=revoked", 0, false)] {
        let mut page = Page::at(view);
        let effects = page.switch("a");
        let effects = page.answer(&effects, Ok((vec![], total)));
        assert_eq!(effects.contains(&form), is_sent_there, "{view} {total}");
        // It has gone on since.
        let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
        assert!(!page.answer(&effects, Ok((vec![], total))).contains(&form));
    }
}

#[test]
fn the_form_is_drawn_once_the_first_rows_are_there() {
    let form = Effect::Focus(Focus { when: FocusWhen::On(vec![]), ..Focus::to(ids::EMAIL) });
    for (total, is_sent_there) in [(0, true), (1, false)] {
        let mut page = Page::starting("");
        let effects = page.switch("a");
        let brings = |effects: &[Effect]| effects.contains(&Effect::Load(Chunk::Form));
        assert!(!brings(&effects) && !page.model.draws_form());
        let late =
            |effect: &Effect| matches!(effect, Effect::Sleep(_, msg) if **msg == Msg::Wanted(Chunk::Form));
        assert!(effects.iter().any(late), "Clerk may take long to answer");
        let effects = page.answer(&effects, Ok((vec![], total)));
        assert!(brings(&effects) && !effects.contains(&form), "there is nothing to write into: {effects:?}");
        let wanted = Msg::Wanted(Chunk::Form);
        assert_eq!(page.send(wanted.clone()), [], "it is on its way");
        let effects = page.send(Msg::Loaded(Chunk::Form, Fetched::Here));
        assert_eq!(effects.contains(&form), is_sent_there, "{total}");
        assert!(page.model.draws_form());
        assert_eq!(page.send(wanted), []);
    }
}

#[test]
fn a_form_whose_code_did_not_arrive_is_asked_for_by_the_reader_and_comes_once() {
    let mut page = Page::starting("");
    let effects = page.switch("a");
    page.answer(&effects, Ok((vec![], 1)));
    let (wanted, pressed) = (Msg::Wanted(Chunk::Form), Msg::RetryPressed(Chunk::Form));
    let loaded = |fetched| Msg::Loaded(Chunk::Form, fetched);
    assert_eq!(page.send(pressed.clone()), [], "it is on its way");
    assert_eq!(page.send(loaded(Fetched::Failed)), []);
    assert_eq!(page.send(wanted), [], "boot.js goes on asking");
    assert_eq!(page.send(pressed.clone()), [Effect::Load(Chunk::Form)]);
    assert_eq!(page.model.form, Lazy::Retried);
    assert_eq!(page.send(pressed), []);
    let to_box = Focus { when: FocusWhen::On(vec![]), scrolls: false, ..Focus::to(ids::EMAIL) };
    assert_eq!(page.send(loaded(Fetched::Here)), [Effect::WatchInput, Effect::Focus(to_box)]);
    for fetched in [Fetched::Failed, Fetched::Outdated, Fetched::Here] {
        assert_eq!(page.send(loaded(fetched)), []);
        assert!(page.model.draws_form(), "it is here");
    }
}

#[test]
fn a_form_that_comes_by_itself_takes_the_keyboard_from_the_button_that_goes_and_from_nothing_else() {
    for on_the_button in [true, false] {
        let mut page = Page::starting("");
        let effects = page.switch("a");
        page.answer(&effects, Ok((vec![], 1)));
        page.send(Msg::Loaded(Chunk::Form, Fetched::Failed));
        let is_attended = if on_the_button { |id: &str| id == ids::NO_FORM } else { |_: &str| false };
        let environment = Environment { is_attended, ..ENVIRONMENT };
        let effects = update(&mut page.model, Msg::Loaded(Chunk::Form, Fetched::Here), &environment);
        let focused = effects.iter().filter(|effect| matches!(effect, Effect::Focus(_))).count();
        assert_eq!((focused, effects.len()), (usize::from(on_the_button), 1 + usize::from(on_the_button)));
    }
}

#[test]
fn the_form_is_drawn_as_soon_as_anything_is_done_with_it() {
    let mut page = Page::starting("");
    let effects = page.switch("a");
    let form = Effect::Focus(Focus { when: FocusWhen::On(vec![]), ..Focus::to(ids::EMAIL) });
    page.answer(&effects, Ok((vec![], 0)));
    let effects = page.send(Msg::Loaded(Chunk::Later, Fetched::Here));
    assert!(page.model.draws_form());
    let apart = [Part::Invite, Part::List].map(Effect::Draw);
    assert_eq!(effects, [Effect::WatchInput, form].into_iter().chain(apart).collect::<Vec<_>>());
    assert_eq!(page.send(Msg::Loaded(Chunk::Form, Fetched::Here)), []);
}

#[test]
fn nothing_is_done_that_takes_the_code_of_the_form_before_that_is_here() {
    let mut page = Page::starting("");
    page.switch("a");
    assert_eq!(page.send(Msg::ConnectionChanged(false)), []);
    assert!(!page.model.is_online && page.model.toast.is_none());
    assert_eq!(page.send(Msg::Returned), []);
    page.send(Msg::ConnectionChanged(true));
    page.send(Msg::Loaded(Chunk::Form, Fetched::Here));
    page.send(Msg::ConnectionChanged(false));
    assert!(page.model.toast.is_some());
}

#[test]
fn a_single_key_does_what_it_stands_for_where_invitations_are_managed() {
    let mut page = Page::within("a");
    assert_eq!(page.send(Msg::ShortcutPressed('i')), [Effect::Focus(Focus::to(ids::EMAIL))]);
    assert!(page.workspace("a").invite.is_open);
    assert_eq!(page.send(Msg::ShortcutPressed('/')), [Effect::Focus(Focus::to(ids::SEARCH))]);
    assert!(asked(&page.send(Msg::ShortcutPressed('r'))).is_some());
    assert_eq!((page.send(Msg::ShortcutPressed('?')), page.model.shows_shortcuts), (vec![], true));
    page.send(Msg::ShortcutsClosed);
    page.hears(AuthState::SignedOut, true);
    for key in ['i', '/', 'r', '?'] {
        assert_eq!((page.send(Msg::ShortcutPressed(key)), page.model.shows_shortcuts), (vec![], false));
    }
}

#[test]
fn who_may_not_manage_members_asks_clerk_for_nothing_whatever_the_address_says() {
    for query in ["", "?view=all&search=x", "?invite=jane@example.com&role=org:member"] {
        for rights in [Rights::Read, Rights::Neither] {
            let mut page = Page::at(query);
            let effects = page.hears(AuthState::Active(active_organization("ada", "a", "a", rights)), true);
            assert_eq!(effects, [], "{query}");
            assert!(
                page.model.open.is_none() && page.model.workspaces.is_empty() && page.model.toast.is_none()
            );
        }
    }
}

// Requests to join.

#[test]
fn whether_people_ask_to_join_is_found_out_once_the_first_rows_are_here() {
    let mut page = Page::at("");
    let effects = page.switch("a");
    let finds = Effect::FindRequests(page.scope("a"));
    assert!(!effects.contains(&finds));
    assert!(page.answer(&effects, Ok((vec![], 1))).contains(&finds));
    let effects = page.send(Msg::List(page.scope("a"), list::Msg::ReloadPressed));
    assert!(!page.answer(&effects, Ok((vec![], 1))).contains(&finds));
}

#[test]
fn requests_to_join_are_read_when_they_are_found_and_whenever_the_address_asks_for_them() {
    let asks = |effects: &[Effect]| {
        let is_asked = |effect: &Effect| matches!(effect, Effect::Later(LaterEffect::Requests(..)));
        effects.iter().any(is_asked)
    };
    let mut page = Page::within("a");
    let goes_to = |page: &mut Page, query| page.send(Msg::AddressChanged(address(query)));
    assert!(!asks(&goes_to(&mut page, "?view=requests")), "nobody may ask, as far as is known");
    let opened = |scope| Msg::Requests(scope, requests::Msg::Opened);
    assert!(asks(&page.send(opened(page.scope("a")))));
    let question =
        page.workspace("a").requests.as_ref().and_then(requests::Model::asked).expect("it is asked");
    let none = requests::Msg::PageAnswered(question, Ok((vec![], 0)));
    page.send(Msg::Requests(page.scope("a"), none));
    assert!(!asks(&goes_to(&mut page, "")));
    assert!(asks(&goes_to(&mut page, "?view=requests")));
    // Those of an organization that is not open yet, or of another session, are not read.
    assert_eq!(page.send(opened(page.scope("b"))), []);
}

// What outlives the page.

/// The owners whose forms are saved, and how many of them hold something.
fn saved(effects: &[Effect]) -> Vec<(&str, bool)> {
    fn of(effect: &Effect) -> Option<(&str, bool)> {
        match effect {
            Effect::SaveDraft(scope, draft) => Some((&*scope.owner, !draft.is_empty())),
            _ => None,
        }
    }
    effects.iter().filter_map(of).collect()
}

#[test]
fn the_forms_of_the_viewer_are_saved_when_the_page_is_left() {
    for later in [Fetched::Here, Fetched::Failed] {
        let mut page = Page::within("a");
        page.send(Msg::Loaded(Chunk::Later, later));
        let typed = invite::Msg::TextTyped { text: "ada@".to_owned(), cursor: None };
        page.send(Msg::Invite(page.scope("a"), typed));
        page.switch("b");
        assert_eq!(saved(&page.send(Msg::Leaving)), [("ada a", true), ("ada b", false)]);
        let max = active_organization("max", "a", "a", Rights::Manage);
        page.hears(AuthState::Active(max), true);
        assert_eq!(saved(&page.send(Msg::Leaving)), [("max a", false)]);
    }
}

#[test]
fn what_was_in_the_form_is_not_forgotten_when_the_page_is_left_before_it_is_back_there() {
    let mut page = Page::starting("");
    page.switch("a");
    let draft = "text\tada@x.de\n".to_owned();
    page.send(Msg::DraftFound(page.scope("a"), draft.clone()));
    let kept = Effect::SaveDraft(page.scope("a"), draft);
    assert_eq!(page.send(Msg::Leaving), [kept]);
    page.send(Msg::Loaded(Chunk::Later, Fetched::Here));
    for msg in std::mem::take(&mut page.parked) {
        page.send(msg);
    }
    assert_eq!(page.workspace("a").invite.text, "ada@x.de");
    assert_eq!(page.workspace("a").invite.found, "");
}

#[test]
fn the_entries_are_saved_too_when_the_page_is_left() {
    let mut page = Page::within("a");
    page.compose("a", ComposerMsg::TextBrought("ada@x.de".to_owned()));
    assert_eq!(saved(&page.send(Msg::Leaving)), [("ada a", true)]);
}

#[test]
fn what_is_kept_belongs_to_one_person_in_one_organization_in_whatever_session() {
    let keys = |active: &ActiveOrganization| {
        let scope = Scope::of(active);
        [scope.journal_key(), scope.draft_key(), scope.dismissed_key()]
    };
    let mut again = managed("a");
    again.viewer.session = "another".to_owned();
    assert_eq!(keys(&again), keys(&managed("a")));
    let max = active_organization("max", "a", "a", Rights::Manage);
    let all: HashSet<_> = [managed("a"), managed("b"), max].iter().flat_map(keys).collect();
    assert_eq!(all.len(), 9);
    // A sign-out forgets what is stored under that.
    assert!(all.iter().all(|key| key.starts_with(STORED)));
}

#[test]
fn who_signs_out_leaves_nothing_behind_and_who_signs_in_again_finds_it() {
    let mut page = Page::within("a");
    assert!(page.hears(AuthState::SignedOut, true).contains(&Effect::ForgetStored));
    assert_eq!(page.send(Msg::Leaving), []);
    assert_eq!(saved(&page.send(Msg::SignInPressed)), [("ada a", false)]);
}

#[test]
fn who_comes_signed_out_is_sent_to_sign_in_but_not_from_clerks_form_for_a_ticket() {
    let accept = |query: &str| Address { is_list: false, is_accept: true, ..address(query) };
    let ticket = ["?", accept::TICKET, "=ticket"].concat();
    let nowhere = Address { is_list: false, ..address("") };
    for (comes_to, is_sent_on) in
        [(address(""), true), (accept(""), true), (accept(&ticket), false), (nowhere, false)]
    {
        let mut page = Page::at("");
        page.model.address = comes_to.clone();
        let effects = page.hears(AuthState::SignedOut, true);
        assert_eq!(effects.contains(&Effect::SignIn), is_sent_on, "{comes_to:?}");
    }
    // Whose session ends here may have typed something.
    assert!(!Page::within("a").hears(AuthState::SignedOut, true).contains(&Effect::SignIn));
}

#[test]
fn a_form_that_is_opened_for_the_first_time_looks_for_what_was_in_it() {
    let mut page = Page::at("");
    let scope = page.scope("a");
    assert!(page.switch("a").contains(&Effect::FindStored(scope.clone())));
    page.switch("b");
    assert!(!page.switch("a").contains(&Effect::FindStored(scope)));
}

#[test]
fn a_text_stays_in_the_box_as_long_as_nothing_can_read_it() {
    let mut page = Page::within("a");
    page.model.later = Lazy::Loading;
    let scope = page.scope("a");
    let typed = invite::Msg::TextTyped { text: "ada@x.de".to_owned(), cursor: None };
    page.send(Msg::Invite(scope.clone(), typed));
    for (fetched, text) in [(Fetched::Failed, "ada@x.de"), (Fetched::Here, "")] {
        page.send(Msg::Loaded(Chunk::Later, fetched));
        page.send(Msg::Invite(scope.clone(), invite::Msg::BoxLeft));
        assert_eq!(page.workspace("a").invite.text, text);
    }
}

#[test]
fn code_of_an_older_version_is_not_asked_for_again() {
    let mut page = Page::within("a");
    page.send(Msg::Loaded(Chunk::Later, Fetched::Outdated));
    assert_eq!(page.send(Msg::Wanted(Chunk::Later)), []);
    assert_eq!(page.send(Msg::ReloadPressed), [Effect::Reload]);
    page.model.screens = Lazy::Unwanted;
    page.send(Msg::OpenerPressed(Opener::Account));
    page.send(Msg::Loaded(Chunk::Screens, Fetched::Outdated));
    assert!(page.toast().contains("new version"));
}
