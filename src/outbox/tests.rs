use super::engine::{IN_FLIGHT, MAX_AT_ONCE, MAX_ROUNDS_WITHOUT_PROGRESS, execute};
use super::report::Report;
use super::run::Run;
use super::service::Service;
use super::settle::{MAX_LOSSES, bars_reading, bars_sending, not_sent};
use super::task::{Action, Job, Outcome, Stage, Task};
use crate::domain::testing::invitation;
use crate::domain::{Email, Error, Invitation, InvitationId, Invitations, Problem, Reason, RoleKey, Status};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// What happens to a call on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Answered,
    LostBefore,
    LostAfter,
    /// clerk-js resolves like this while it is offline.
    Worthless,
    WorthlessAfter,
    TooMany(Option<u32>),
    Failing,
    Locked,
    /// For a reason that this page does not know.
    Refused,
}

/// How a call with a bad address in it is answered. Clerk says nowhere.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Manner {
    AllOrNothing,
    /// The good ones are invited and the answer is that of the bad ones.
    PartRefused,
    /// The good ones are invited and the answer is they alone.
    PartAnswered,
}

/// How a refusal tells whom it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Naming {
    InMeta,
    InWords,
    /// One of several.
    OnlyOne,
    Nowhere,
}

#[derive(Clone, Debug)]
struct Script {
    manner: Manner,
    naming: Naming,
    limit: usize,
    fates: Vec<Fate>,
    /// What happens once the fates are used up.
    then: Fate,
    /// Which of the list's pages can't be read.
    unreadable: Vec<bool>,
    /// How Clerk spells some addresses, by key: in its answers, and in its list where that is the same.
    spelled: BTreeMap<String, &'static str>,
    /// Whether the list has addresses as they were sent, however an answer spells them.
    lists_as_sent: bool,
    /// The codes that Clerk has for some addresses.
    bad: BTreeMap<String, &'static str>,
    /// After that many calls everything is refused with this code, or the session has ended ([`SIGNED_OUT`]).
    ends: Option<(usize, &'static str)>,
    /// After that many calls this role can't be given.
    gone: Option<(usize, &'static str)>,
    /// After that many calls another admin, the invitee or time does that to the invitation that an address had before
    /// the run.
    others: Vec<(usize, String, Status)>,
    seats: usize,
    stop_after: Option<usize>,
    /// How often each call is polled before it is answered.
    slowness: u32,
    /// The seconds of waiting in which there is no connection.
    offline: std::ops::Range<u32>,
    /// The seconds of waiting for which the list still has as pending what the run has revoked.
    lags: u32,
}

const SIGNED_OUT: &str = "signed out";

fn calm() -> Script {
    Script {
        manner: Manner::AllOrNothing,
        naming: Naming::InMeta,
        limit: 10,
        fates: vec![],
        then: Fate::Answered,
        unreadable: vec![],
        spelled: BTreeMap::new(),
        lists_as_sent: false,
        bad: BTreeMap::new(),
        ends: None,
        gone: None,
        others: vec![],
        seats: usize::MAX,
        stop_after: None,
        slowness: 1,
        offline: 0..0,
        lags: 0,
    }
}

/// Clerk in miniature.
struct Scripted {
    script: Script,
    pending: RefCell<BTreeMap<String, Invitation>>,
    ended: RefCell<Vec<Invitation>>,
    /// What the run has revoked.
    ours: RefCell<BTreeSet<InvitationId>>,
    /// How often an invitation of each address was tried to send.
    tries: RefCell<BTreeMap<String, u32>>,
    mails: RefCell<BTreeMap<String, u32>>,
    calls: Cell<usize>,
    calls_after_stop: Cell<usize>,
    lists: Cell<usize>,
    under_way: Cell<usize>,
    most_under_way: Cell<usize>,
    waited: Cell<u32>,
    run: RefCell<Option<Rc<Run>>>,
    sizes: RefCell<Vec<usize>>,
}

impl Scripted {
    fn new(script: Script) -> Self {
        Self {
            script,
            pending: RefCell::default(),
            ended: RefCell::default(),
            ours: RefCell::default(),
            tries: RefCell::default(),
            mails: RefCell::default(),
            calls: Cell::new(0),
            calls_after_stop: Cell::new(0),
            lists: Cell::new(0),
            under_way: Cell::new(0),
            most_under_way: Cell::new(0),
            waited: Cell::new(0),
            run: RefCell::default(),
            sizes: RefCell::default(),
        }
    }

    fn was_invited_before(&self, key: &str) {
        self.pending.borrow_mut().insert(key.to_owned(), invitation(key, Status::Pending));
    }

    fn is_pending(&self, key: &str) -> bool {
        self.pending.borrow().contains_key(key)
    }

    fn mails(&self, key: &str) -> u32 {
        self.mails.borrow().get(key).copied().unwrap_or(0)
    }

    fn tries(&self, key: &str) -> u32 {
        self.tries.borrow().get(key).copied().unwrap_or(0)
    }

    /// What has become of the invitation that an address had before the run: its id is the address itself.
    fn original(&self, key: &str) -> Option<Status> {
        let (pending, ended) = (self.pending.borrow(), self.ended.borrow());
        let mut all = pending.values().chain(ended.iter());
        all.find(|one| one.id.0 == key).map(|one| one.status.clone())
    }

    /// What others have done by now.
    fn others_act(&self) {
        for (after, key, status) in &self.script.others {
            let mut pending = self.pending.borrow_mut();
            if *after <= self.calls.get() && pending.get(key).is_some_and(|one| one.id.0 == *key) {
                let ended = pending.remove(key).map(|one| Invitation { status: status.clone(), ..one });
                self.ended.borrow_mut().extend(ended);
            }
        }
    }

    fn ended(&self) -> Result<(), Error> {
        match self.script.ends {
            Some((after, SIGNED_OUT)) if self.calls.get() > after => Err(Error::SignedOut),
            Some((after, code)) if self.calls.get() > after => Err(self.refusal(code, &[])),
            _ => Ok(()),
        }
    }

    fn refusal(&self, code: &str, about: &[String]) -> Error {
        let mut problem = Problem::new(code, None, "No.");
        match self.script.naming {
            Naming::InMeta => problem.named = about.to_vec(),
            Naming::InWords => problem.said = format!("Not these: {}.", about.join(", ")),
            Naming::OnlyOne => problem.named = about.iter().take(1).cloned().collect(),
            Naming::Nowhere => {}
        }
        Error::Refused(vec![problem])
    }

    /// Carries a call out, as Clerk would.
    fn apply(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error> {
        if self.script.gone.is_some_and(|(after, gone)| self.calls.get() > after && role.0 == gone) {
            return Err(Error::Refused(vec![Problem::new("resource_not_found", Some("role"), "")]));
        }
        if emails.len() > self.script.limit {
            return Err(self.refusal("bulk_size_exceeded", &[]));
        }
        let trouble = |email: &Email| {
            let known = self.script.bad.get(email.key()).copied();
            let accepted = matches!(self.original(email.key()), Some(status) if has_joined(&status));
            let known = known.or(accepted.then_some("already_a_member_in_organization"));
            known.or_else(|| self.is_pending(email.key()).then_some("duplicate_record"))
        };
        let (bad, good): (Vec<_>, Vec<_>) = emails.iter().partition(|email| trouble(email).is_some());
        let refusal = bad.first().and_then(|first| {
            let code = trouble(first)?;
            let same = bad.iter().filter(|email| trouble(email) == Some(code));
            Some(self.refusal(code, &same.map(|email| email.key().to_owned()).collect::<Vec<_>>()))
        });
        if let Some(refusal) = &refusal
            // There is no part of one.
            && (self.script.manner == Manner::AllOrNothing || emails.len() == 1)
        {
            return Err(refusal.clone());
        }
        let taken = self.pending.borrow().len();
        let full = || self.refusal("organization_membership_quota_exceeded", &[]);
        if self.script.manner == Manner::AllOrNothing && taken + good.len() > self.script.seats {
            return Err(full());
        }
        let mut made = vec![];
        for email in good {
            if self.pending.borrow().len() >= self.script.seats {
                return Err(full());
            }
            let id = InvitationId(["new-", email.key()].concat());
            let new = Invitation { id, role: role.clone(), ..invitation(email.key(), Status::Pending) };
            let before = self.pending.borrow_mut().insert(email.key().to_owned(), new.clone());
            assert_eq!(before, None, "two invitations are pending");
            *self.mails.borrow_mut().entry(email.key().to_owned()).or_default() += 1;
            made.push(self.spelled(new));
        }
        match refusal.filter(|_| self.script.manner == Manner::PartRefused) {
            Some(refusal) => Err(refusal),
            None => Ok(made),
        }
    }

    fn spelled(&self, invitation: Invitation) -> Invitation {
        match self.script.spelled.get(&invitation.email_key) {
            Some(spelled) => {
                let Invitation { email, email_key, .. } =
                    crate::domain::testing::invitation(spelled, Status::Pending);
                Invitation { email, email_key, ..invitation }
            }
            None => invitation,
        }
    }

    async fn call<T>(
        &self,
        apply: impl FnOnce() -> Result<T, Error>,
        worthless: Result<T, Error>,
    ) -> Result<T, Error> {
        let run = self.run.borrow().clone();
        let nth = self.calls.get();
        self.calls.set(nth + 1);
        if let Some(run) = &run {
            if run.is_stopped() {
                self.calls_after_stop.set(self.calls_after_stop.get() + 1);
            }
            if self.script.stop_after == Some(nth) {
                run.stop(None);
            }
        }
        self.under_way.set(self.under_way.get() + 1);
        self.most_under_way.set(self.most_under_way.get().max(self.under_way.get()));
        yields(self.script.slowness + nth as u32 % 3).await;
        self.under_way.set(self.under_way.get() - 1);
        self.others_act();
        let apply = || self.ended().and_then(|()| apply());
        match self.script.fates.get(nth).copied().unwrap_or(self.script.then) {
            Fate::Answered => apply(),
            Fate::LostBefore => Err(Error::Unreachable),
            Fate::LostAfter => apply().and(Err(Error::NoAnswer)),
            Fate::Worthless => worthless,
            Fate::WorthlessAfter => apply().and(worthless),
            Fate::TooMany(wait) => Err(Error::TooMany { wait }),
            Fate::Failing => Err(Error::Failing { status: Some(503) }),
            Fate::Locked => Err(self.refusal("resource_locked", &[])),
            Fate::Refused => Err(self.refusal("odd", &[])),
        }
    }
}

impl Invitations for Scripted {
    async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error> {
        self.sizes.borrow_mut().push(1);
        *self.tries.borrow_mut().entry(email.key().to_owned()).or_default() += 1;
        let apply = || self.apply(std::slice::from_ref(email), role)?.pop().ok_or(Error::Unproved);
        self.call(apply, Err(Error::Unproved)).await
    }

    async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
        let apply = || {
            let mut pending = self.pending.borrow_mut();
            let key = pending.iter().find(|(_, pending)| pending.id == *id).map(|(key, _)| key.clone());
            let gone = || Error::Refused(vec![Problem::new("organization_invitation_not_pending", None, "")]);
            let mut revoked = key.and_then(|key| pending.remove(&key)).ok_or_else(gone)?;
            revoked.status = Status::Revoked;
            self.ended.borrow_mut().push(revoked.clone());
            self.ours.borrow_mut().insert(revoked.id.clone());
            Ok(revoked)
        };
        self.call(apply, Err(Error::Unproved)).await
    }

    async fn list(&self, statuses: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
        let nth = self.lists.get();
        self.lists.set(nth + 1);
        assert_eq!(self.under_way.get(), 0, "the list is read while it changes");
        yields(1).await;
        if self.script.unreadable.get(nth).copied().unwrap_or(false) {
            return Err(Error::Unreachable);
        }
        self.ended().or_else(|error| if bars_reading(&error) { Err(error) } else { Ok(()) })?;
        self.others_act();
        let (pending, ended) = (self.pending.borrow(), self.ended.borrow());
        let lags = self.waited.get() < self.script.lags;
        let as_it_lags = |one: &Invitation| match lags && self.ours.borrow().contains(&one.id) {
            true => Invitation { status: Status::Pending, ..one.clone() },
            false => one.clone(),
        };
        let all =
            pending.values().chain(ended.iter()).map(as_it_lags).filter(|i| statuses.contains(&i.status));
        let as_listed = |one: Invitation| if self.script.lists_as_sent { one } else { self.spelled(one) };
        let all: Vec<_> = all.map(as_listed).collect();
        let total = all.len() as u64;
        let before = (page as usize - 1) * rows as usize;
        Ok((all.into_iter().skip(before).take(rows as usize).collect(), total))
    }
}

impl Service for Scripted {
    async fn invite_many(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error> {
        assert!(emails.len() > 1 && emails.len() <= MAX_AT_ONCE);
        self.sizes.borrow_mut().push(emails.len());
        for email in emails {
            *self.tries.borrow_mut().entry(email.key().to_owned()).or_default() += 1;
        }
        self.call(|| self.apply(emails, role), Ok(vec![])).await
    }

    async fn second(&self) {
        self.waited.set(self.waited.get() + 1);
        yields(1).await;
    }

    fn is_connected(&self) -> bool {
        !self.script.offline.contains(&self.waited.get())
    }
}

fn has_joined(status: &Status) -> bool {
    *status == Status::Accepted || *status == Status::Other("completed".to_owned())
}

/// Is ready when it was asked so many times.
async fn yields(mut times: u32) {
    poll_fn(|context| {
        if times == 0 {
            return Poll::Ready(());
        }
        times -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

fn finished(future: impl Future<Output = ()>) {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..2_000_000 {
        if future.as_mut().poll(&mut context).is_ready() {
            return;
        }
    }
    panic!("it does not come to an end");
}

fn email(text: &str) -> Email {
    Email::parse(text, crate::domain::testing::ADDRESS_KEY).expect("an address")
}

fn task(key: &str, role: &str) -> Task {
    Task {
        email: email(key),
        role: RoleKey(role.to_owned()),
        action: Action::Invite,
        was_free: true,
        row: None,
    }
}

fn replace(key: &str, role: &str) -> Task {
    Task { action: Action::Replace(InvitationId(key.to_owned())), was_free: false, ..task(key, role) }
}

fn renew(key: &str) -> Task {
    Task { action: Action::Renew(InvitationId(key.to_owned())), ..replace(key, "org:member") }
}

fn revoke(key: &str) -> Task {
    Task { action: Action::Revoke(InvitationId(key.to_owned())), ..replace(key, "org:member") }
}

/// A service where the addresses of all tasks that revoke something are invited already.
fn invited(script: Script, tasks: &[Task]) -> Scripted {
    let service = Scripted::new(script);
    let ids = tasks.iter().filter_map(|task| task.action.revokes());
    ids.for_each(|id| service.was_invited_before(&id.0));
    service
}

fn send(service: &Scripted, tasks: Vec<Task>) -> Vec<Job> {
    let run = Rc::new(Run::new(tasks, Box::new(|_, _| ())));
    service.run.replace(Some(run.clone()));
    finished(execute(service, &run));
    assert_eq!(run.wait(), 0);
    let jobs = run.read(<[Job]>::to_vec);
    assert!(jobs.iter().all(|job| matches!(job.stage, Stage::Done(_))), "{jobs:#?}");
    jobs
}

fn outcome(job: &Job) -> &Outcome {
    match &job.stage {
        Stage::Done(outcome) => outcome,
        other => panic!("not over: {other:?}"),
    }
}

fn people(count: usize) -> Vec<Task> {
    (0..count).map(|n| task(&format!("p{n}@x.de"), "org:member")).collect()
}

#[test]
fn a_member_under_another_address_is_refused_alone_although_the_refusal_names_no_address_of_the_call() {
    let bad = BTreeMap::from([("p3@x.de".to_owned(), "already_a_member_in_organization")]);
    let service = invited(Script { bad, naming: Naming::Nowhere, ..calm() }, &[]);
    let jobs = send(&service, people(10));
    for (n, job) in jobs.iter().enumerate() {
        match outcome(job) {
            Outcome::Refused(problem) if n == 3 => assert_eq!(problem.reason, Reason::AlreadyMember),
            Outcome::Sent(_) if n != 3 => {}
            other => panic!("{n}: {other:?}"),
        }
        assert_eq!(service.mails(job.task.email.key()), if n == 3 { 0 } else { 1 });
    }
}

#[test]
fn an_answer_that_is_silent_about_some_says_nothing_of_them_and_the_list_does() {
    let bad = ["p1@x.de", "p2@x.de"].map(|key| (key.to_owned(), "not_allowed_access"));
    let script = Script { bad: BTreeMap::from(bad), manner: Manner::PartAnswered, ..calm() };
    let service = invited(script, &[]);
    let jobs = send(&service, people(4));
    let is_sent: Vec<_> = jobs.iter().map(|job| matches!(outcome(job), Outcome::Sent(_))).collect();
    assert_eq!(is_sent, [true, false, false, true]);
    assert!(jobs.iter().all(|job| service.mails(job.task.email.key()) <= 1));
}

#[test]
fn what_failed_is_tried_again_from_where_it_stands() {
    let over = |action, is_revoked, outcome| {
        let run = Run::new([Task { action, ..task("a@x.de", "org:member") }], Box::new(|_, _| ()));
        run.with(0, |job| (job.stage, job.is_revoked) = (Stage::Done(outcome), is_revoked));
        run.read(|jobs| (jobs[0].retry().map(|task| task.action), jobs[0].is_without_invitation()))
    };
    let (replace, revoke) =
        (Action::Replace(InvitationId("i".into())), Action::Revoke(InvitationId("i".into())));
    let missing = || Outcome::Missing(Error::Unreachable);
    assert_eq!(over(replace.clone(), true, missing()), (Some(Action::Invite), true));
    let stands = Outcome::NotRevoked(Error::Unreachable);
    assert_eq!(over(replace.clone(), false, stands.clone()), (Some(replace.clone()), false));
    assert_eq!(over(revoke.clone(), false, stands), (Some(revoke.clone()), false));
    assert_eq!(over(Action::Invite, false, missing()), (Some(Action::Invite), false));
    for well in [Outcome::Pending, Outcome::Accepted, Outcome::NoLongerPending] {
        assert_eq!(over(replace.clone(), false, well), (None, false));
    }
    assert_eq!(over(revoke, true, Outcome::Revoked), (None, false));
    assert_eq!(over(replace, true, Outcome::Pending), (None, false));
}

#[test]
fn five_hundred_addresses_take_fifty_calls_and_never_more_than_three_at_a_time() {
    let service = Scripted::new(calm());
    let jobs = send(&service, people(500));
    assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))));
    assert_eq!((service.calls.get(), service.most_under_way.get()), (50, IN_FLIGHT));
}

#[test]
fn each_role_has_calls_of_its_own() {
    let service = Scripted::new(calm());
    let roles = ["org:admin", "org:member", "org:admin"];
    send(&service, (0..9).map(|n| task(&format!("p{n}@x.de"), roles[n % 3])).collect());
    assert_eq!(*service.sizes.borrow(), [6, 3]);
}

#[test]
fn a_smaller_limit_is_found_and_kept_to() {
    let service = Scripted::new(Script { limit: 4, ..calm() });
    let jobs = send(&service, people(40));
    assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))));
    assert!(service.sizes.borrow()[IN_FLIGHT * 2..].iter().all(|size| *size <= 4));
}

#[test]
fn too_many_requests_are_waited_for_as_long_as_clerk_says() {
    let service = Scripted::new(Script { fates: vec![Fate::TooMany(Some(17))], ..calm() });
    let jobs = send(&service, people(5));
    assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))));
    assert_eq!(service.waited.get(), 17);
}

#[test]
fn not_even_one_address_in_a_call_is_a_refusal_when_it_is_said_to_be_too_many() {
    let service = Scripted::new(Script { limit: 0, ..calm() });
    let jobs = send(&service, people(2));
    for job in &jobs {
        assert!(matches!(outcome(job), Outcome::Refused(problem) if problem.reason == Reason::BatchTooBig));
    }
    assert_eq!(service.calls.get(), 3);
}

#[test]
fn the_longer_clerk_is_busy_the_longer_are_the_waits() {
    let service = Scripted::new(Script { fates: vec![Fate::Locked; 5], ..calm() });
    let jobs = send(&service, people(1));
    assert!(matches!(outcome(&jobs[0]), Outcome::Sent(_)), "{jobs:?}");
    assert_eq!(service.waited.get(), 1 + 2 + 4 + 8 + 16);
}

#[test]
fn without_a_connection_it_waits_for_one_however_long_that_takes() {
    let lost = vec![Fate::LostBefore; 3];
    let service = Scripted::new(Script { fates: lost, offline: 0..500, ..calm() });
    let jobs = send(&service, people(30));
    assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))));
    assert_eq!((service.waited.get(), service.calls.get()), (500, 6));
}

#[test]
fn what_keeps_failing_is_given_up_with_its_reason() {
    let service = Scripted::new(Script { then: Fate::TooMany(None), ..calm() });
    let run = Rc::new(Run::new(people(100), Box::new(|_, _| ())));
    finished(execute(&service, &run));
    assert_eq!(run.halted(), Some(Error::TooMany { wait: None }));
    assert!(service.calls.get() <= MAX_ROUNDS_WITHOUT_PROGRESS as usize * IN_FLIGHT);
    assert!(run.read(|jobs| jobs.iter().all(|job| *outcome(job) == Outcome::Kept)));
}

#[test]
fn a_duplicate_after_a_loss_is_our_own_and_one_without_is_not() {
    let service = Scripted::new(Script { fates: vec![Fate::LostAfter], ..calm() });
    service.was_invited_before("p0@x.de");
    let jobs = send(&service, people(3));
    assert_eq!(*outcome(&jobs[0]), Outcome::Pending);
    let service = Scripted::new(Script { fates: vec![Fate::LostAfter], ..calm() });
    let jobs = send(&service, people(3));
    assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))), "{jobs:?}");
    assert_eq!((service.calls.get(), service.lists.get()), (1, 1));
}

#[test]
fn a_plain_refusal_is_final_and_costs_no_look_at_the_list() {
    for code in ["not_allowed_access", "brand_new"] {
        let bad = BTreeMap::from([("p0@x.de".to_owned(), code)]);
        let service = Scripted::new(Script { bad, ..calm() });
        let jobs = send(&service, people(1));
        assert!(matches!(outcome(&jobs[0]), Outcome::Refused(_)), "{jobs:?}");
        assert_eq!((service.calls.get(), service.lists.get()), (1, 0), "{code}");
    }
}

#[test]
fn a_refusal_of_what_has_gone_out_in_an_earlier_call_is_not_believed() {
    // The first call sends the second address and names nobody; the third one refuses it for a reason of its own.
    let script = Script { manner: Manner::PartRefused, naming: Naming::Nowhere, ..calm() };
    let bad = BTreeMap::from([("p0@x.de".to_owned(), "not_allowed_access")]);
    let fates = vec![Fate::Answered, Fate::Answered, Fate::Refused];
    let service = Scripted::new(Script { bad, fates, ..script });
    let jobs = send(&service, people(2));
    assert!(matches!(outcome(&jobs[0]), Outcome::Refused(_)), "{jobs:?}");
    assert!(matches!(outcome(&jobs[1]), Outcome::Sent(_)), "{jobs:?}");
    assert_eq!((service.mails("p1@x.de"), service.lists.get()), (1, 1));
}

#[test]
fn a_refusal_after_a_loss_is_final_once_the_list_has_no_invitation() {
    let service = Scripted::new(Script { fates: vec![Fate::LostBefore, Fate::Refused], ..calm() });
    let jobs = send(&service, people(1));
    assert!(matches!(outcome(&jobs[0]), Outcome::Refused(_)), "{jobs:?}");
    assert_eq!(service.calls.get(), 2);
}

#[test]
fn an_invitation_that_clerk_knows_of_and_its_list_does_not_counts_as_pending() {
    let bad = BTreeMap::from([("p0@x.de".to_owned(), "duplicate_record")]);
    let service = Scripted::new(Script { bad, fates: vec![Fate::LostBefore], ..calm() });
    let jobs = send(&service, people(1));
    assert_eq!((outcome(&jobs[0]), service.calls.get()), (&Outcome::Pending, MAX_LOSSES as usize));
}

fn spelling(key: &str, spelled: &'static str) -> Script {
    Script { spelled: BTreeMap::from([(key.to_owned(), spelled)]), ..calm() }
}

#[test]
fn an_answer_with_the_same_mailbox_in_another_spelling_is_a_proof() {
    for (written, key, spelled) in [
        ("Ada@X.de", "ada@x.de", "ada@x.de"),
        ("j\u{f6}rg@x.de", "j\u{f6}rg@x.de", "jo\u{308}rg@x.de"),
        ("ada@b\u{fc}cher.example", "ada@b\u{fc}cher.example", "ada@xn--bcher-kva.example"),
    ] {
        for more in [0, 4] {
            let service = Scripted::new(spelling(key, spelled));
            let mut tasks = people(more);
            tasks.push(task(written, "org:member"));
            let jobs = send(&service, tasks);
            assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))), "{jobs:?}");
            assert_eq!((service.calls.get(), service.lists.get()), (1, 0), "{written}");
        }
    }
}

#[test]
fn an_answer_that_may_be_about_the_address_is_no_proof_and_never_answered_by_sending_again() {
    for (key, spelled) in [
        ("a.da@gmail.com", "ada@gmail.com"),
        ("ada+x@gmail.com", "ada@gmail.com"),
        ("mi\u{212a}e@x.de", "mike@x.de"),
        ("ada@x.de", "somebody.else@x.de"),
    ] {
        for more in [0, 4] {
            let service = Scripted::new(spelling(key, spelled));
            let mut tasks = people(more);
            tasks.push(task(key, "org:member"));
            let jobs = send(&service, tasks);
            let (last, others) = jobs.split_last().expect("one");
            assert_eq!(*outcome(last), Outcome::Unknown(Error::Unproved), "{key}");
            assert!(others.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))), "{others:?}");
            assert_eq!((service.mails(key), service.tries(key), service.calls.get()), (1, 1, 1), "{key}");
            assert_eq!(service.lists.get(), 1, "the list was not asked");
        }
    }
}

#[test]
fn what_an_answer_spells_in_another_way_is_sent_when_the_list_has_it_as_it_was_sent() {
    let service =
        Scripted::new(Script { lists_as_sent: true, ..spelling("a.da@gmail.com", "ada@gmail.com") });
    let jobs = send(&service, vec![task("a.da@gmail.com", "org:member")]);
    assert!(matches!(outcome(&jobs[0]), Outcome::Sent(_)), "{jobs:?}");
    // The list can't be read: it is not certain, and nothing goes out twice.
    let script = Script { unreadable: vec![true; 40], ..spelling("a.da@gmail.com", "ada@gmail.com") };
    let service = Scripted::new(script);
    let jobs = send(&service, vec![task("a.da@gmail.com", "org:member")]);
    assert!(matches!(outcome(&jobs[0]), Outcome::Unknown(_)), "{jobs:?}");
    assert_eq!(service.tries("a.da@gmail.com"), 1);
}

#[test]
fn a_replacement_that_is_answered_in_an_uncertain_spelling_is_sent_once() {
    let tasks = vec![replace("a.da@gmail.com", "org:member")];
    let service = invited(spelling("a.da@gmail.com", "ada@gmail.com"), &tasks);
    let jobs = send(&service, tasks);
    assert!(matches!(outcome(&jobs[0]), Outcome::Unknown(_)) && jobs[0].is_revoked, "{jobs:?}");
    assert_eq!(service.tries("a.da@gmail.com"), 1);
}

#[test]
fn only_those_that_an_uncertain_spelling_may_be_about_are_not_sent_again() {
    // The answer leaves out p1, and has p0 in another spelling.
    let script = Script { manner: Manner::PartAnswered, ..spelling("p0@x.de", "p.0@x.de") };
    let script = Script { bad: BTreeMap::from([("p1@x.de".to_owned(), "not_allowed_access")]), ..script };
    let service = Scripted::new(script);
    let jobs = send(&service, people(3));
    assert!(matches!(outcome(&jobs[0]), Outcome::Unknown(_)), "{jobs:?}");
    assert!(matches!(outcome(&jobs[1]), Outcome::Refused(_)), "{jobs:?}");
    assert_eq!((service.tries("p0@x.de"), service.tries("p1@x.de")), (1, 2));
}

#[test]
fn a_refusal_that_names_another_address_of_the_member_marks_only_the_one() {
    struct Member(Scripted);
    impl Invitations for Member {
        async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error> {
            self.0.invite(email, role).await.map_err(elsewhere)
        }
        async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
            self.0.revoke(id).await
        }
        async fn list(&self, s: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
            self.0.list(s, page, rows).await
        }
    }
    impl Service for Member {
        async fn invite_many(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error> {
            self.0.invite_many(emails, role).await.map_err(elsewhere)
        }
        async fn second(&self) {}
        fn is_connected(&self) -> bool {
            true
        }
    }
    /// Clerk names the address that it knows the member by.
    fn elsewhere(error: Error) -> Error {
        if !error.says(Reason::AlreadyMember) {
            return error;
        }
        let said = "jane@x.de is already a member of the organization.";
        Error::Refused(vec![Problem::new("already_a_member_in_organization", None, said)])
    }
    for manner in [Manner::AllOrNothing, Manner::PartRefused, Manner::PartAnswered] {
        let bad = BTreeMap::from([("p4@x.de".to_owned(), "already_a_member_in_organization")]);
        let service = Member(Scripted::new(Script { manner, naming: Naming::Nowhere, bad, ..calm() }));
        let run = Run::new(people(10), Box::new(|_, _| ()));
        finished(execute(&service, &run));
        run.read(|jobs| {
            for (n, job) in jobs.iter().enumerate() {
                let is_member =
                    matches!(outcome(job), Outcome::Refused(problem) if problem.reason == Reason::AlreadyMember);
                assert_eq!((is_member, matches!(outcome(job), Outcome::Sent(_))), (n == 4, n != 4), "{job:?}");
                assert_eq!(service.0.mails(job.task.email.key()), u32::from(n != 4));
            }
        });
    }
}

#[test]
fn the_last_seats_are_not_reported_as_kept() {
    let script = Script { seats: 4, manner: Manner::PartRefused, ..calm() };
    let service = Scripted::new(script);
    let jobs = send(&service, people(8));
    let sent = jobs.iter().filter(|job| matches!(outcome(job), Outcome::Sent(_))).count();
    assert_eq!((sent, jobs.iter().filter(|job| *outcome(job) == Outcome::Kept).count()), (4, 4));
}

#[test]
fn a_role_that_is_gone_is_not_tried_for_everybody() {
    struct Roleless(Scripted);
    impl Invitations for Roleless {
        async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error> {
            self.0.invite(email, role).await
        }
        async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
            self.0.revoke(id).await
        }
        async fn list(&self, s: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error> {
            self.0.list(s, page, rows).await
        }
    }
    impl Service for Roleless {
        async fn invite_many(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error> {
            if role.0 == "org:gone" {
                self.0.calls.set(self.0.calls.get() + 1);
                yields(2).await;
                return Err(Error::Refused(vec![Problem::new("resource_not_found", Some("role"), "")]));
            }
            self.0.invite_many(emails, role).await
        }
        async fn second(&self) {}
        fn is_connected(&self) -> bool {
            true
        }
    }
    let service = Roleless(Scripted::new(calm()));
    let role = |n: usize| if n < 100 { "org:gone" } else { "org:member" };
    let tasks: Vec<_> = (0..110).map(|n| task(&format!("p{n}@x.de"), role(n))).collect();
    let run = Run::new(tasks, Box::new(|_, _| ()));
    finished(execute(&service, &run));
    assert!(service.0.calls.get() <= IN_FLIGHT + 1);
    run.read(|jobs| {
        for (n, job) in jobs.iter().enumerate() {
            assert_eq!(matches!(outcome(job), Outcome::Sent(_)), n >= 100, "{n}");
            assert_eq!(matches!(outcome(job), Outcome::Refused(_)), n < 100, "{n}");
        }
    });
}

#[test]
fn what_is_only_revoked_sends_no_mail() {
    let tasks = vec![revoke("a@x.de"), revoke("b@x.de")];
    let service = invited(calm(), &tasks);
    let jobs = send(&service, tasks);
    assert!(jobs.iter().all(|job| *outcome(job) == Outcome::Revoked && job.is_revoked));
    assert_eq!((service.calls.get(), service.lists.get(), service.mails.borrow().len()), (2, 0, 0));
}

#[test]
fn a_revoke_whose_answer_is_lost_is_proved_by_the_list() {
    for (fate, calls) in [(Fate::LostAfter, 1), (Fate::LostBefore, 2)] {
        let tasks = vec![revoke("a@x.de")];
        let service = invited(Script { fates: vec![fate], ..calm() }, &tasks);
        let jobs = send(&service, tasks);
        assert_eq!((outcome(&jobs[0]), service.calls.get()), (&Outcome::Revoked, calls), "{fate:?}");
    }
    let tasks = vec![replace("a@x.de", "org:admin")];
    let service = invited(Script { fates: vec![Fate::LostAfter], ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert!(matches!(outcome(&jobs[0]), Outcome::Sent(sent) if sent.role.0 == "org:admin"), "{jobs:?}");
    assert_eq!(service.calls.get(), 2);
}

#[test]
fn a_revoke_that_is_lost_again_and_again_leaves_the_invitation_and_says_so() {
    let tasks = vec![revoke("a@x.de")];
    let service = invited(Script { fates: vec![Fate::LostBefore; 9], ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert_eq!(*outcome(&jobs[0]), Outcome::NotRevoked(Error::Unreachable));
    assert_eq!((service.calls.get(), service.is_pending("a@x.de")), (MAX_LOSSES as usize, true));
}

#[test]
fn an_older_revoked_invitation_of_the_same_address_proves_nothing_of_a_lost_revoke() {
    let tasks = vec![revoke("a@x.de")];
    let others = vec![(0, "a@x.de".to_owned(), Status::Accepted)];
    let service = invited(Script { fates: vec![Fate::LostBefore], others, ..calm() }, &tasks);
    let id = InvitationId("older".to_owned());
    service.ended.borrow_mut().push(Invitation { id, ..invitation("a@x.de", Status::Revoked) });
    let jobs = send(&service, tasks);
    assert_eq!((outcome(&jobs[0]), jobs[0].is_revoked), (&Outcome::Accepted, false));
}

#[test]
fn a_lost_revoke_is_asked_about_again_while_the_list_lags_behind_and_nothing_is_claimed_meanwhile() {
    let tasks = vec![revoke("a@x.de")];
    let service = invited(Script { fates: vec![Fate::LostAfter], lags: 2, ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert_eq!((outcome(&jobs[0]), jobs[0].is_revoked), (&Outcome::Revoked, true));
    assert!(service.lists.get() > 1 && service.waited.get() >= 2);
    // Clerk says that it is no longer pending, and its list that it is: neither is believed.
    let tasks = vec![revoke("a@x.de")];
    let service = invited(Script { fates: vec![Fate::LostAfter], lags: u32::MAX, ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert!(matches!(outcome(&jobs[0]), Outcome::RevokeUnknown(_)), "{jobs:?}");
}

#[test]
fn a_revoke_that_the_list_can_not_tell_of_is_not_said_to_have_sent_anything() {
    let tasks = vec![revoke("a@x.de"), replace("b@x.de", "org:member")];
    let script = Script { fates: vec![Fate::LostAfter; 2], unreadable: vec![true; 20], ..calm() };
    let service = invited(script, &tasks);
    let jobs = send(&service, tasks);
    let is_open = |job: &Job| matches!(outcome(job), Outcome::RevokeUnknown(_)) && !job.is_revoked;
    assert!(jobs.iter().all(is_open), "{jobs:?}");
}

#[test]
fn accepted_meanwhile_is_said_of_all_after_one_look() {
    let mut tasks = vec![replace("a@x.de", "org:admin"), replace("b@x.de", "org:member")];
    tasks.extend(["c@x.de", "d@x.de", "e@x.de"].map(revoke));
    let other = |n: usize, status| (0, tasks[n].email.key().to_owned(), status);
    let completed = Status::Other("completed".to_owned());
    let others = vec![
        other(0, Status::Accepted),
        other(1, Status::Expired),
        other(2, completed),
        other(3, Status::Revoked),
    ];
    let service = invited(Script { others, ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    let outcomes: Vec<_> = jobs.iter().map(outcome).collect();
    use Outcome::{Accepted, NoLongerPending, Revoked};
    assert_eq!(outcomes, [&Accepted, &NoLongerPending, &Accepted, &NoLongerPending, &Revoked]);
    assert_eq!((service.lists.get(), service.mails.borrow().len()), (1, 0));
}

#[test]
fn a_person_whose_time_is_over_is_invited_again_even_if_the_revoke_is_refused() {
    let others = |status| vec![(0, "a@x.de".to_owned(), status)];
    for fate in [Fate::Answered, Fate::LostBefore, Fate::LostAfter] {
        // Clerk revokes it; Clerk has noticed that it has expired; another admin has revoked it.
        for others in [vec![], others(Status::Expired), others(Status::Revoked)] {
            let tasks = vec![renew("a@x.de")];
            let service = invited(Script { fates: vec![fate], others, ..calm() }, &tasks);
            let jobs = send(&service, tasks);
            assert!(matches!(outcome(&jobs[0]), Outcome::Sent(_) | Outcome::Pending), "{fate:?} {jobs:?}");
            assert_eq!((service.mails("a@x.de"), service.is_pending("a@x.de")), (1, true));
        }
    }
    // The revoke is refused for a reason of its own, and the invitation stands: Clerk decides whether there may be two.
    let tasks = vec![renew("a@x.de")];
    let service = invited(Script { fates: vec![Fate::Refused], ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert_eq!((outcome(&jobs[0]), service.mails("a@x.de")), (&Outcome::Pending, 0));
    // The person has joined after all.
    let tasks = vec![renew("a@x.de")];
    let service = invited(Script { others: others(Status::Accepted), ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert!(
        matches!(outcome(&jobs[0]), Outcome::Refused(problem) if problem.reason == Reason::AlreadyMember)
    );
    assert_eq!(service.mails("a@x.de"), 0);
}

#[test]
fn a_revoke_that_is_refused_sends_nothing() {
    let tasks = vec![replace("a@x.de", "org:member"), revoke("b@x.de")];
    let service = invited(Script { fates: vec![Fate::Refused; 2], ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    let stands = |job: &Job| matches!(outcome(job), Outcome::NotRevoked(_)) && !job.is_revoked;
    assert!(jobs.iter().all(stands), "{jobs:?}");
    assert_eq!((service.calls.get(), service.mails.borrow().len()), (2, 0));
    assert!(service.is_pending("a@x.de") && service.is_pending("b@x.de"));
}

#[test]
fn a_second_half_whose_answer_is_lost_is_looked_up_and_not_sent_twice() {
    for (fate, calls) in [(Fate::LostAfter, 2), (Fate::LostBefore, 3)] {
        let tasks = vec![replace("a@x.de", "org:member")];
        let service = invited(Script { fates: vec![Fate::Answered, fate], ..calm() }, &tasks);
        let jobs = send(&service, tasks);
        assert!(matches!(outcome(&jobs[0]), Outcome::Sent(_)), "{fate:?}: {jobs:?}");
        assert_eq!((service.calls.get(), service.mails("a@x.de")), (calls, 1), "{fate:?}");
    }
    // Lost again and again, and where the list can't be read.
    for (unreadable, is_known) in [(vec![], true), (vec![true; 20], false)] {
        let tasks = vec![replace("a@x.de", "org:member")];
        let fates = [vec![Fate::Answered], vec![Fate::LostBefore; 9]].concat();
        let service = invited(Script { fates, unreadable, ..calm() }, &tasks);
        let jobs = send(&service, tasks);
        let is_right = match outcome(&jobs[0]) {
            Outcome::Missing(_) => is_known,
            Outcome::Unknown(_) => !is_known,
            _ => false,
        };
        assert!(is_right && jobs[0].is_revoked, "{jobs:?}");
        assert_eq!(service.mails("a@x.de"), 0);
    }
}

#[test]
fn a_run_in_which_all_was_sent_is_not_reported_as_stopped() {
    let run = Run::new([task("a@x.de", "org:member")], Box::new(|_, _| ()));
    finished(execute(&Scripted::new(calm()), &run));
    let report = Report::of(&run);
    assert_eq!((report.sent().len(), report.halted, report.is_stopped), (1, None, false));
}

#[test]
fn a_report_names_what_was_sent_and_what_was_revoked() {
    let tasks = vec![replace("a@x.de", "org:member"), revoke("b@x.de"), task("c@x.de", "org:member")];
    let service = invited(calm(), &tasks);
    let report = Report { jobs: send(&service, tasks), ..Report::default() };
    let ids = |names: [&str; 2]| names.map(|name| InvitationId(name.to_owned()));
    assert_eq!(report.revoked(), ids(["a@x.de", "b@x.de"]));
    assert_eq!(report.sent(), ids(["new-a@x.de", "new-c@x.de"]));
}

#[test]
fn the_creator_of_a_run_is_told_of_each_stage_and_of_each_second_of_a_wait() {
    let told = Rc::new(RefCell::new(vec![]));
    let hears = told.clone();
    let on_change = move |run: &Run, places: &[usize]| hears.borrow_mut().push((places.to_vec(), run.wait()));
    let run = Run::new([task("a@x.de", "org:member")], Box::new(on_change));
    let script = Script { fates: vec![Fate::TooMany(Some(2))], ..calm() };
    finished(execute(&Scripted::new(script), &run));
    let told = told.borrow();
    let waits = told.iter().filter(|(places, wait)| places.is_empty() && *wait > 0);
    let waits: Vec<_> = waits.map(|(_, wait)| *wait).collect();
    assert_eq!(waits, [2, 1]);
    let stages = told.iter().filter(|(places, _)| *places == [0]).count();
    assert_eq!(stages, 5, "it waits, is under way, waits, is under way and is done");
}

#[test]
fn a_list_that_can_not_be_reached_once_does_not_end_the_run() {
    // Each role takes a call of its own: some are still to be made when the list is read.
    let tasks = ["a", "b", "c", "d", "e"].map(|name| task(&[name, "@x.de"].concat(), name));
    let script = Script { fates: vec![Fate::LostAfter], unreadable: vec![true], ..calm() };
    let jobs = send(&Scripted::new(script), tasks.to_vec());
    assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))), "{jobs:#?}");
}

#[test]
fn a_revoke_that_clerk_refuses_is_not_tried_again() {
    let tasks = vec![replace("a@x.de", "org:member")];
    let service = invited(Script { fates: vec![Fate::Refused], ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert!(matches!(outcome(&jobs[0]), Outcome::NotRevoked(_)), "{jobs:?}");
    assert_eq!((service.calls.get(), service.is_pending("a@x.de")), (1, true));
}

#[test]
fn a_list_that_the_admin_may_no_longer_read_ends_the_run_at_once() {
    let script = Script { fates: vec![Fate::LostBefore], ends: Some((0, SIGNED_OUT)), ..calm() };
    let service = Scripted::new(script);
    let run = Run::new([task("a@x.de", "org:member")], Box::new(|_, _| ()));
    finished(execute(&service, &run));
    assert_eq!((run.halted(), service.waited.get()), (Some(Error::SignedOut), 0));
}

#[test]
fn an_answer_that_proves_nothing_is_tried_three_times_at_most() {
    for fate in [Fate::Failing, Fate::Worthless, Fate::LostBefore] {
        for (times, is_sent, calls) in [(1, true, 2), (9, false, MAX_LOSSES as usize)] {
            let service = Scripted::new(Script { fates: vec![fate; times], ..calm() });
            let jobs = send(&service, people(1));
            assert_eq!(matches!(outcome(&jobs[0]), Outcome::Sent(_)), is_sent, "{fate:?}: {jobs:?}");
            assert_eq!(matches!(outcome(&jobs[0]), Outcome::Missing(_)), !is_sent, "{fate:?}: {jobs:?}");
            assert_eq!(service.calls.get(), calls, "{fate:?}");
        }
    }
}

#[test]
fn what_stands_in_the_way_of_every_address_ends_the_run_and_a_lock_is_waited_out() {
    let codes = [
        "insufficient_seats",
        "organization_membership_quota_exceeded",
        "missing_organization_permission",
        "not_a_member_in_organization",
        "organization_not_found_or_unauthorized",
        "invitations_not_supported_in_organization",
        "organization_not_enabled_in_instance",
        "session_reverification_required",
        "action_blocked",
        "role_migration_in_progress",
    ];
    for code in codes {
        let service = Scripted::new(Script { ends: Some((0, code)), ..calm() });
        let run = Rc::new(Run::new(people(100), Box::new(|_, _| ())));
        finished(execute(&service, &run));
        assert!(run.halted().is_some_and(|error| error.says(Reason::from_code(code))), "{code}");
        assert!(run.read(|jobs| jobs.iter().all(|job| *outcome(job) == Outcome::Kept)), "{code}");
        assert!(service.calls.get() <= IN_FLIGHT, "{code}");
    }
    let service = Scripted::new(Script { fates: vec![Fate::Locked], ..calm() });
    let jobs = send(&service, people(1));
    assert!(matches!(outcome(&jobs[0]), Outcome::Sent(_)), "{jobs:?}");
    assert_eq!(service.calls.get(), 2);
    assert!(service.waited.get() > 0);
}

#[test]
fn what_can_not_be_read_is_not_asked_who_has_accepted() {
    let tasks = vec![revoke("a@x.de"), revoke("b@x.de"), revoke("c@x.de"), revoke("d@x.de")];
    let others = vec![(0, "a@x.de".to_owned(), Status::Accepted)];
    for code in [SIGNED_OUT, "missing_organization_permission"] {
        let service = invited(Script { others: others.clone(), ends: Some((3, code)), ..calm() }, &tasks);
        let jobs = send(&service, tasks.clone());
        assert_eq!(service.lists.get(), 0, "{code}");
        assert!(jobs.iter().any(|job| *outcome(job) == Outcome::Kept), "{code}: {jobs:?}");
    }
    let unreadable = Script { others, unreadable: vec![true], ..calm() };
    let service = invited(unreadable, &tasks);
    assert_eq!(*outcome(&send(&service, tasks)[0]), Outcome::NoLongerPending);
}

#[test]
fn a_stop_between_revoking_and_sending_leaves_no_invitee_without_an_invitation() {
    for fate in [Fate::Answered, Fate::LostAfter] {
        let tasks = vec![replace("a@x.de", "org:member")];
        let service = invited(Script { fates: vec![fate], stop_after: Some(0), ..calm() }, &tasks);
        let jobs = send(&service, tasks);
        assert!(matches!(outcome(&jobs[0]), Outcome::Sent(_)), "{fate:?}: {jobs:?}");
        assert_eq!((service.calls.get(), service.mails("a@x.de")), (2, 1), "{fate:?}");
    }
    // Only once: an admin who stops the run does not have to wait.
    let tasks = vec![replace("a@x.de", "org:member")];
    let fates = vec![Fate::LostAfter, Fate::TooMany(Some(9))];
    let service = invited(Script { fates, stop_after: Some(0), ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert_eq!(*outcome(&jobs[0]), Outcome::Missing(Error::TooMany { wait: Some(9) }));
    assert_eq!((jobs[0].is_revoked, service.calls.get(), service.waited.get()), (true, 2, 0));
}

#[test]
fn what_ends_a_run_between_revoking_and_sending_is_the_reason_why_nothing_was_sent() {
    let reason = |job: &Job| match outcome(job) {
        Outcome::Refused(problem) => Error::of(problem.reason),
        Outcome::Missing(error) => error.clone(),
        other => panic!("no reason: {other:?}"),
    };
    for (code, error) in [
        ("missing_organization_permission", Error::of(Reason::NoPermission)),
        ("role_migration_in_progress", Error::of(Reason::RoleMigration)),
        ("organization_membership_quota_exceeded", Error::of(Reason::Full)),
        (SIGNED_OUT, Error::SignedOut),
    ] {
        let tasks = vec![replace("a@x.de", "org:member")];
        let service = invited(Script { ends: Some((1, code)), ..calm() }, &tasks);
        let jobs = send(&service, tasks);
        assert_eq!((reason(&jobs[0]), jobs[0].is_revoked), (error.clone(), true), "{code}");
    }
}

#[test]
fn after_what_bars_all_the_second_half_is_not_tried_in_vain() {
    for error in [Error::SignedOut, Error::of(Reason::NoPermission)] {
        for fate in [Fate::Answered, Fate::LostAfter] {
            let tasks = vec![replace("a@x.de", "org:member")];
            let service = invited(Script { fates: vec![fate], ..calm() }, &tasks);
            let run = Run::new(tasks, Box::new(|_, _| ()));
            let mut running = pin!(execute(&service, &run));
            let mut context = Context::from_waker(Waker::noop());
            assert!(running.as_mut().poll(&mut context).is_pending());
            run.stop(Some(error.clone()));
            finished(running);
            let job = run.read(|jobs| jobs[0].clone());
            assert_eq!((*outcome(&job) == not_sent(error.clone()), job.is_revoked), (true, true), "{job:?}");
            assert_eq!(service.tries("a@x.de"), 0);
        }
    }
}

#[test]
fn no_invitee_is_left_without_an_invitation_because_another_organization_has_become_active() {
    for fate in [Fate::Answered, Fate::LostAfter] {
        let tasks = vec![replace("a@x.de", "org:member"), replace("b@x.de", "org:member")];
        let service = invited(Script { fates: vec![fate], ..calm() }, &tasks);
        let run = Run::new(tasks, Box::new(|_, _| ()));
        let mut running = pin!(execute(&service, &run));
        assert!(running.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        run.stop(Some(Error::Moved));
        finished(running);
        let jobs = run.read(<[Job]>::to_vec);
        assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Sent(_))), "{jobs:#?}");
    }
}

#[test]
fn a_role_that_is_gone_takes_nothing_from_those_who_were_not_to_get_it() {
    let mut tasks: Vec<_> = (0..4).map(|n| replace(&format!("r{n}@x.de"), "org:gone")).collect();
    tasks.extend(
        (0..4).map(|n| Task { role: RoleKey("org:gone".to_owned()), ..revoke(&format!("v{n}@x.de")) }),
    );
    tasks.extend((0..4).map(|n| replace(&format!("m{n}@x.de"), "org:member")));
    let service = invited(Script { gone: Some((0, "org:gone")), ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    for job in &jobs {
        let key = job.task.email.key();
        match (&key[..1], outcome(job)) {
            // An invitee whose turn had not come before the first refusal keeps the invitation.
            ("r", Outcome::Refused(problem)) => {
                assert_eq!(problem.reason, Reason::RoleGone);
                assert_eq!(job.is_revoked, !service.is_pending(key), "{job:?}");
            }
            ("v", Outcome::Revoked) | ("m", Outcome::Sent(_)) => {}
            _ => panic!("{job:?}"),
        }
    }
    assert!(jobs.iter().take(4).any(|job| !job.is_revoked));
}

#[test]
fn a_role_that_is_gone_costs_no_invitee_an_invitation_that_was_found_pending() {
    let tasks = vec![replace("a@x.de", "org:gone"), replace("b@x.de", "org:gone")];
    let fates = vec![Fate::LostBefore, Fate::Answered];
    let service = invited(Script { fates, gone: Some((0, "org:gone")), ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Refused(_))), "{jobs:?}");
    assert_eq!((jobs[0].is_revoked, jobs[1].is_revoked), (false, true));
    assert!(service.is_pending("a@x.de") && !service.is_pending("b@x.de"));
}

#[test]
fn what_went_out_before_its_role_was_gone_is_not_said_to_be_refused() {
    let bad = BTreeMap::from([("p0@x.de".to_owned(), "not_allowed_access")]);
    let script = Script {
        manner: Manner::PartRefused,
        naming: Naming::Nowhere,
        bad,
        gone: Some((1, "org:member")),
        ..calm()
    };
    let service = Scripted::new(script);
    let jobs = send(&service, people(4));
    assert!(jobs[1..].iter().all(|job| matches!(outcome(job), Outcome::Sent(_))), "{jobs:?}");
    assert!(matches!(outcome(&jobs[0]), Outcome::Refused(_)), "{jobs:?}");
}

#[test]
fn gone_after_a_loss_may_have_been_us_and_counts_as_revoked() {
    let others = vec![(2, "a@x.de".to_owned(), Status::Revoked)];
    let tasks = vec![revoke("a@x.de")];
    let service = invited(Script { fates: vec![Fate::LostBefore], others, ..calm() }, &tasks);
    assert_eq!(*outcome(&send(&service, tasks)[0]), Outcome::Revoked);
}

#[test]
fn a_role_that_is_found_gone_at_the_very_end_is_no_reason_for_others() {
    let tasks = vec![replace("a@x.de", "org:gone"), task("b@x.de", "org:gone"), task("c@x.de", "org:member")];
    let script = Script { fates: vec![Fate::LostAfter], stop_after: Some(0), ..calm() };
    let service = invited(Script { gone: Some((0, "org:gone")), ..script }, &tasks);
    let jobs = send(&service, tasks);
    assert!(matches!(outcome(&jobs[0]), Outcome::Refused(_)) && jobs[0].is_revoked);
    assert_eq!(*outcome(&jobs[2]), Outcome::Kept);
}

#[test]
fn a_lack_of_seats_is_no_reason_not_to_try_the_second_half() {
    let tasks = vec![replace("a@x.de", "org:member"), task("b@x.de", "org:member")];
    let service = invited(Script { fates: vec![Fate::LostAfter], seats: 0, ..calm() }, &tasks);
    let jobs = send(&service, tasks);
    assert!(matches!(outcome(&jobs[0]), Outcome::Refused(problem) if problem.reason == Reason::Full));
    assert_eq!((jobs[0].is_revoked, service.tries("a@x.de")), (true, 1));
}

/// The most calls that a run with so many `addresses` makes before it ends, list pages and revokes aside.
///
/// A call brings progress when an address gets its outcome, a chunk gets smaller, or the size of chunks does: at most `2 n`
/// calls for the splits, `3 n` for the losses that come before an outcome, 4 for the size. Around each there are at most
/// [`MAX_ROUNDS_WITHOUT_PROGRESS`] rounds, of at most [`IN_FLIGHT`] calls, without progress.
fn max_calls(addresses: usize) -> usize {
    (5 * addresses + 4) * (1 + MAX_ROUNDS_WITHOUT_PROGRESS as usize * IN_FLIGHT)
}

const BAD: [&str; 4] =
    ["not_allowed_access", "already_a_member_in_organization", "form_param_format_invalid", "brand_new"];

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![
        4 => Just(Fate::Answered),
        1 => Just(Fate::LostBefore),
        2 => Just(Fate::LostAfter),
        1 => Just(Fate::Worthless),
        1 => Just(Fate::WorthlessAfter),
        1 => proptest::option::of(0u32..40).prop_map(Fate::TooMany),
        1 => Just(Fate::Failing),
        1 => Just(Fate::Locked),
        1 => Just(Fate::Refused),
    ];
    proptest::collection::vec(fate, 0..24)
}

fn manners() -> impl Strategy<Value = (Manner, Naming, usize)> {
    let manner =
        prop_oneof![Just(Manner::AllOrNothing), Just(Manner::PartRefused), Just(Manner::PartAnswered)];
    let naming = prop_oneof![
        Just(Naming::InMeta),
        Just(Naming::InWords),
        Just(Naming::OnlyOne),
        Just(Naming::Nowhere)
    ];
    (manner, naming, 1usize..=100)
}

/// The state of an address before the run, and what is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    Free,
    Bad(&'static str),
    Pending,
    /// Pending, and to be invited anew; whether that can be.
    Replaced(Option<&'static str>),
    /// Pending although it has expired, and to be invited anew whatever becomes of it.
    Overdue,
    /// Pending, and to be revoked.
    Revoked,
}

impl Before {
    fn is_pending(self) -> bool {
        !matches!(self, Self::Free | Self::Bad(_))
    }

    fn must_revoke(self) -> bool {
        matches!(self, Self::Replaced(_) | Self::Revoked)
    }

    fn bad(self) -> Option<&'static str> {
        match self {
            Self::Bad(code) => Some(code),
            Self::Replaced(code) => code,
            _ => None,
        }
    }
}

fn addresses() -> impl Strategy<Value = Vec<Before>> {
    let bad = || proptest::sample::select(&BAD[..]);
    let before = |changed: u32| {
        prop_oneof![
            6 => Just(Before::Free),
            1 => bad().prop_map(Before::Bad),
            1 => Just(Before::Pending),
            2 * changed => Just(Before::Replaced(None)),
            changed => bad().prop_map(|code| Before::Replaced(Some(code))),
            changed => Just(Before::Overdue),
            changed => Just(Before::Revoked),
        ]
    };
    // The run of an invitation form, or of a list.
    prop_oneof![proptest::collection::vec(before(1), 1..40), proptest::collection::vec(before(8), 1..12)]
}

/// What others do to which of the invitations that are there before the run, and after how many calls.
fn others() -> impl Strategy<Value = Vec<(usize, String, Status)>> {
    let status = proptest::sample::select(vec![
        Status::Accepted,
        Status::Other("completed".to_owned()),
        Status::Revoked,
        Status::Expired,
    ]);
    let change = (0usize..12, 0usize..16, status).prop_map(|(after, n, status)| (after, key(n), status));
    prop_oneof![Just(vec![]), proptest::collection::vec(change, 0..6)]
}

fn key(n: usize) -> String {
    format!("p{n}@x.de")
}

fn stage(mut script: Script, addresses: &[Before], is_known: bool) -> (Scripted, Vec<Task>) {
    for (n, before) in addresses.iter().enumerate() {
        script.bad.extend(before.bad().map(|code| (key(n), code)));
    }
    let service = Scripted::new(script);
    let mut tasks = vec![];
    for (n, before) in addresses.iter().enumerate() {
        if before.is_pending() {
            service.was_invited_before(&key(n));
        }
        let action = match before {
            Before::Replaced(_) => Action::Replace(InvitationId(key(n))),
            Before::Overdue => Action::Renew(InvitationId(key(n))),
            Before::Revoked => Action::Revoke(InvitationId(key(n))),
            _ => Action::Invite,
        };
        tasks.push(Task {
            action,
            was_free: is_known && !before.is_pending(),
            ..task(&key(n), if n % 3 == 0 { "org:admin" } else { "org:member" })
        });
    }
    (service, tasks)
}

/// Does the outcome of an address agree with what the service has?
fn is_true(service: &Scripted, job: &Job, before: Before) -> Result<(), TestCaseError> {
    let (script, key) = (&service.script, job.task.email.key());
    let (mails, is_pending, original) = (service.mails(key), service.is_pending(key), service.original(key));
    let is_ours = service.ours.borrow().contains(&InvitationId(key.to_owned()));
    let has_joined = original.as_ref().is_some_and(has_joined);
    // Whatever is said of it can have changed since.
    let by_others = script.others.iter().any(|(_, whose, _)| whose == key);
    let halted = service.run.borrow().as_ref().and_then(|run| run.halted());
    let is_readable = !script.unreadable.contains(&true) && script.ends.is_none();
    prop_assert!(mails <= 1, "invited twice");
    prop_assert!(!job.is_revoked || original == Some(Status::Revoked), "it is not revoked");
    if before == Before::Revoked {
        prop_assert_eq!(service.tries(key), 0, "what was to be revoked was invited");
    }
    if matches!(before, Before::Replaced(_)) && job.is_revoked {
        let is_barred = halted.as_ref().is_some_and(bars_sending);
        let is_gone = matches!(outcome(job), Outcome::Refused(problem) if problem.reason == Reason::RoleGone);
        prop_assert!(is_barred || is_gone || service.tries(key) > 0, "the second half was not tried");
        prop_assert!(*outcome(job) != Outcome::Kept, "it is not said why");
    }
    match outcome(job) {
        Outcome::Sent(proof) => {
            let sent = service.pending.borrow().get(key).cloned();
            prop_assert!(mails == 1 && sent.as_ref() == Some(proof), "not sent");
            prop_assert_eq!((&proof.email_key[..], &proof.role), (key, &job.task.role));
            prop_assert!(!before.must_revoke() || job.is_revoked);
        }
        Outcome::Pending => prop_assert!(is_pending || by_others),
        Outcome::Unknown(_) => {
            prop_assert!(!is_readable && (!before.must_revoke() || job.is_revoked));
        }
        Outcome::Revoked => {
            prop_assert!(before == Before::Revoked && job.is_revoked);
        }
        Outcome::RevokeUnknown(_) => {
            let may_revoke = before.must_revoke() || before == Before::Overdue;
            prop_assert!(!is_readable && may_revoke && !job.is_revoked && mails == 0);
        }
        Outcome::Refused(_) | Outcome::Missing(_) | Outcome::Kept | Outcome::NotRevoked(_) => {
            prop_assert_eq!(mails, 0, "it was sent");
            prop_assert!(job.is_revoked || !is_ours, "it was revoked, and that is not said");
            let stands = before.is_pending() && !job.is_revoked;
            prop_assert!(is_pending == stands || (by_others && !is_pending));
        }
        Outcome::NoLongerPending => {
            prop_assert!(mails == 0 && by_others && !is_pending && !is_ours && before.must_revoke());
            prop_assert!(!has_joined || !is_readable, "it was accepted, and that is not said");
        }
        Outcome::Accepted => {
            prop_assert!(has_joined && mails == 0 && before.must_revoke() && !job.is_revoked);
        }
    }
    if let Outcome::Refused(Problem { reason, .. }) = outcome(job) {
        let is_gone = script.gone.is_some_and(|(_, gone)| gone == job.task.role.0);
        let is_its_own = before.bad().is_some_and(|code| Reason::from_code(code) == *reason)
            || (*reason == Reason::AlreadyMember && has_joined)
            || (*reason == Reason::RoleGone && is_gone)
            || (*reason == Reason::Unknown && script.fates.contains(&Fate::Refused))
            || (reason.concerns_all() && job.is_revoked);
        prop_assert!(is_its_own && before != Before::Revoked, "it has another's reason");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn whatever_happens_each_address_ends_with_the_truth(
        (manner, naming, limit) in manners(),
        addresses in addresses(),
        fates in fates(),
        then_fails in proptest::bool::weighted(0.1),
        unreadable in prop_oneof![Just(vec![]), proptest::collection::vec(proptest::bool::weighted(0.3), 0..12)],
        ends in proptest::option::weighted(0.2, (0usize..12, proptest::sample::select(vec![
            "missing_organization_permission", "role_migration_in_progress", SIGNED_OUT,
        ]))),
        gone in proptest::option::weighted(0.2, (0usize..12, proptest::sample::select(vec!["org:admin", "org:member"]))),
        others in others(),
        (seats, slowness) in (prop_oneof![4 => Just(usize::MAX), 1 => 0usize..40], 0u32..4),
        stop_after in proptest::option::weighted(0.3, 0usize..12),
        is_known: bool,
    ) {
        let then = if then_fails { Fate::Failing } else { Fate::Answered };
        let script = Script {
            manner, naming, limit, fates, then, unreadable, spelled: BTreeMap::new(), lists_as_sent: false, bad: BTreeMap::new(), ends, gone, others, seats, stop_after,
            slowness, offline: 0..0, lags: 0,
        };
        let (service, tasks) = stage(script, &addresses, is_known);
        let revokes = |before: &&Before| before.must_revoke() || **before == Before::Overdue;
        let must_revoke = addresses.iter().filter(revokes).count();
        let jobs = send(&service, tasks);
        for (job, before) in jobs.iter().zip(&addresses) {
            is_true(&service, job, *before).map_err(|error| TestCaseError::fail(format!("{error}\n{job:#?}")))?;
        }
        let most = max_calls(addresses.len())
            + must_revoke * (MAX_LOSSES as usize + 1) * (1 + MAX_ROUNDS_WITHOUT_PROGRESS as usize * IN_FLIGHT);
        prop_assert!(service.calls.get() <= most);
        prop_assert!(service.most_under_way.get() <= IN_FLIGHT);
        // Only replacements of invitations that are revoked already are still sent.
        prop_assert!(service.calls_after_stop.get() <= IN_FLIGHT, "it went on");
    }

    #[test]
    fn each_good_address_goes_out_and_each_bad_one_has_its_own_reason(
        (manner, naming, limit) in manners(),
        addresses in addresses(),
        lost in proptest::collection::vec(prop_oneof![
            3 => Just(Fate::Answered), 1 => Just(Fate::LostAfter), 1 => Just(Fate::LostBefore),
            1 => Just(Fate::TooMany(Some(2))),
        ], 0..6),
    ) {
        let (service, tasks) = stage(Script { manner, naming, limit, ..calm() }, &addresses, true);
        let service = Scripted { script: Script { fates: lost.into_iter().step_by(2).collect(), ..service.script }, ..service };
        let is_calm = service.script.fates.iter().all(|fate| *fate == Fate::Answered);
        let jobs = send(&service, tasks);
        for (job, before) in jobs.iter().zip(&addresses) {
            let is_right = match (before, outcome(job)) {
                (Before::Free | Before::Replaced(None) | Before::Overdue, Outcome::Sent(_)) => true,
                (Before::Pending, Outcome::Pending) | (Before::Revoked, Outcome::Revoked) => true,
                (Before::Bad(code) | Before::Replaced(Some(code)), Outcome::Refused(problem)) => {
                    problem.reason == Reason::from_code(code) && job.is_revoked == before.must_revoke()
                }
                // Three losses in a row are an outcome too.
                (_, Outcome::Missing(_) | Outcome::NotRevoked(_)) => !is_calm,
                _ => false,
            };
            prop_assert!(is_right, "{before:?}: {job:?}");
        }
    }
}
