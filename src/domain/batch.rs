//! Inviting many: each address ends with exactly one outcome, and what is claimed of it is what happened.
//!
//! Clerk documents ten addresses a call, says nowhere whether a call with one bad address refuses the nine good ones,
//! and can lose any answer. So nothing of that is assumed:
//! - a refused chunk is split until each bad address stands alone, and whatever was in it counts as perhaps sent;
//! - a lost answer is settled by reading the list before anything of that chunk is sent again;
//! - what fails without an end to it (too many requests, no connection) is given up after [`MOST_FRUITLESS`] rounds.
//!
//! It goes in rounds: a few calls at a time until one of them is lost or has to wait, then the list is read or the
//! wait waited, with nothing under way meanwhile: pages would shift while they are read.

use crate::domain::email::Email;
use crate::domain::error::{Error, Field, Problem, Reason};
use crate::domain::invitation::{Invitation, InvitationId, Status};
use crate::domain::role::RoleKey;
use crate::domain::sending::{self, Invitations};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// What a batch needs besides [`Invitations`].
pub trait Service: Invitations {
    /// Invites several addresses at one role in one call. An `Ok` holds only what came back with an id and an address:
    /// what is missing in it is not proved.
    async fn invite_many(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error>;
    /// Waits a second.
    async fn second(&self);
    /// Is there a connection, as far as can be told without trying?
    fn is_connected(&self) -> bool;
}

/// An address to be invited.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// The address.
    pub email: Email,
    /// The role that it is to have.
    pub role: RoleKey,
    /// The pending invitation that this one takes the place of: it is revoked first.
    pub replaces: Option<InvitationId>,
    /// Nothing was pending for the address when the batch began, says the whole list. Only then is an invitation that is
    /// found after a lost answer known to be ours.
    pub was_free: bool,
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was invited, and this is the invitation.
    Sent(Invitation),
    /// An invitation is pending, and it may be an older one than ours.
    Pending,
    /// Clerk refused it: nothing was sent.
    Refused(Problem),
    /// The answer was lost again and again, and Clerk's list has no invitation.
    Missing(Error),
    /// Whether it was invited could not be found out. Sending again could be a second mail.
    Unknown(Error),
    /// The invitation that this one was to take the place of could not be revoked: it stands as before.
    NotRevoked(Error),
    /// The invitation that this one was to take the place of is pending no longer: accepted, expired, or revoked by
    /// somebody else. Nothing was sent.
    NoLongerPending,
    /// It was not its turn any more: the batch was stopped, or ended early.
    Kept,
}

/// How far an address is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// It is not its turn yet.
    Waiting,
    /// It is in a call, or its answer is being looked for.
    UnderWay,
    /// It is over.
    Done(Outcome),
}

/// An address of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// What is to be done.
    pub task: Task,
    /// How far it is.
    pub stage: Stage,
    /// The earlier invitation is revoked. Unless the outcome is [`Outcome::Sent`], the person has none now.
    pub is_withdrawn: bool,
    /// It was in a call that may have been carried out in part.
    is_touched: bool,
    /// How often its answer was lost.
    losses: u32,
    /// Why it is not known what became of it.
    doubt: Option<Error>,
}

/// Many addresses on their way. Whoever draws it is told of each change, and may stop it.
pub struct Batch {
    jobs: RefCell<Vec<Job>>,
    /// Seconds until it goes on, while it waits.
    wait: Cell<u32>,
    is_stopped: Cell<bool>,
    halt: RefCell<Option<Error>>,
    on_change: Box<dyn Fn()>,
}

/// Clerk's own limit for the Backend API; where it is less, the first refusal says so.
const MOST_AT_ONCE: usize = 10;
/// Calls under way at a time.
pub const IN_FLIGHT: usize = 3;
/// How often the answer about one address may be lost before that is its outcome.
const MOST_LOSSES: u32 = 3;
/// How many rounds in a row may bring nothing before the batch ends.
pub const MOST_FRUITLESS: u32 = 6;
/// The longest wait that we choose ourselves, in seconds. Clerk may ask for more.
const LONGEST_WAIT: u32 = 30;

/// The most calls that a batch of `addresses` makes before it ends, list pages and revokes aside.
///
/// A call brings something when an address ends, a chunk gets smaller or the size of chunks does: at most `2 n` of those
/// for the splits, `3 n` for the losses that come before an end, 4 for the size. Around each there are at most
/// [`MOST_FRUITLESS`] rounds, of at most [`IN_FLIGHT`] calls, that bring nothing.
pub const fn most_calls(addresses: usize) -> usize {
    (5 * addresses + 4) * (1 + MOST_FRUITLESS as usize * IN_FLIGHT)
}

impl Job {
    /// Is its earlier invitation still to be revoked?
    fn withdraws(&self) -> bool {
        self.task.replaces.is_some() && !self.is_withdrawn
    }
}

impl Batch {
    /// A batch that has not begun.
    pub fn new(tasks: impl IntoIterator<Item = Task>, on_change: Box<dyn Fn()>) -> Self {
        let job = |task| Job {
            task,
            stage: Stage::Waiting,
            is_withdrawn: false,
            is_touched: false,
            losses: 0,
            doubt: None,
        };
        Self {
            jobs: RefCell::new(tasks.into_iter().map(job).collect()),
            wait: Cell::new(0),
            is_stopped: Cell::new(false),
            halt: RefCell::new(None),
            on_change,
        }
    }

    /// Looks at all addresses, in the order in which they were given.
    pub fn read<T>(&self, look: impl FnOnce(&[Job]) -> T) -> T {
        look(&self.jobs.borrow())
    }

    /// Seconds until it goes on; 0 while it does not wait.
    pub fn wait(&self) -> u32 {
        self.wait.get()
    }

    /// Ends it as soon as what is under way has come back; `why` when that was nobody's wish.
    pub fn stop(&self, why: Option<Error>) {
        self.is_stopped.set(true);
        if let Some(error) = why {
            self.halt.borrow_mut().get_or_insert(error);
        }
        (self.on_change)();
    }

    /// Was it told to end?
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.get()
    }

    /// Why it ended early, unless somebody wished so.
    pub fn halted(&self) -> Option<Error> {
        self.halt.borrow().clone()
    }

    fn with<T>(&self, at: usize, change: impl FnOnce(&mut Job) -> T) -> Option<T> {
        self.jobs.borrow_mut().get_mut(at).map(change)
    }

    fn task(&self, at: usize) -> Option<Task> {
        self.with(at, |job| job.task.clone())
    }
}

/// Invites all of a batch. It is over when this is; then each address has its outcome.
pub async fn run(service: &impl Service, batch: &Batch) {
    let run = Run {
        service,
        batch,
        queue: RefCell::default(),
        lost: RefCell::default(),
        most: Cell::new(MOST_AT_ONCE),
        is_fruitful: Cell::new(false),
        fruitless: Cell::new(0),
        why: RefCell::default(),
    };
    run.enqueue(0..batch.read(<[Job]>::len));
    loop {
        run.is_fruitful.set(false);
        let worker = |_| Box::pin(run.work()) as Pin<Box<dyn Future<Output = ()>>>;
        together((0..IN_FLIGHT).map(worker).collect()).await;
        if !run.lost.borrow().is_empty() {
            run.settle().await;
        }
        let is_over = run.queue.borrow().is_empty() && run.lost.borrow().is_empty();
        if is_over || batch.is_stopped() {
            break;
        }
        let fruitless = if run.is_fruitful.get() { 0 } else { run.fruitless.get() + 1 };
        run.fruitless.set(fruitless);
        if fruitless >= MOST_FRUITLESS {
            batch.stop(run.why.take());
            break;
        }
        run.pause().await;
    }
    run.close().await;
}

struct Run<'a, S> {
    service: &'a S,
    batch: &'a Batch,
    /// Chunks that are still to be sent, the next one last.
    queue: RefCell<Vec<Vec<usize>>>,
    /// Addresses whose answer was lost.
    lost: RefCell<Vec<usize>>,
    /// The most addresses of one call.
    most: Cell<usize>,
    /// Has this round brought anything?
    is_fruitful: Cell<bool>,
    /// Rounds in a row that brought nothing.
    fruitless: Cell<u32>,
    /// Why the last of them did not.
    why: RefCell<Option<Error>>,
}

impl<S: Service> Run<'_, S> {
    /// Puts addresses into chunks of one role each, in front of what waits already. Some are a chunk of their own: one
    /// that takes the place of another, because between its two calls the person has no invitation, and that time is to be
    /// short; and one that an answer left out, because only alone will it be told why.
    fn enqueue(&self, addresses: impl Iterator<Item = usize>) {
        let mut chunks: Vec<(Task, bool, Vec<usize>)> = vec![];
        for at in addresses {
            let found = self.batch.with(at, |job| {
                let is_alone = job.task.replaces.is_some() || job.doubt == Some(Error::Unproved);
                (job.task.clone(), is_alone)
            });
            let Some((task, is_alone)) = found else { continue };
            let has_room = |(first, full, chunk): &&mut (Task, bool, Vec<usize>)| {
                first.role == task.role && !*full && !is_alone && chunk.len() < self.most.get()
            };
            match chunks.iter_mut().rev().find(has_room) {
                Some((.., chunk)) => chunk.push(at),
                None => chunks.push((task, is_alone, vec![at])),
            }
        }
        chunks.into_iter().rev().for_each(|(.., chunk)| self.again(chunk));
    }

    /// Puts a chunk where it is the next one.
    fn again(&self, chunk: Vec<usize>) {
        self.mark(&chunk, &Stage::Waiting);
        if !chunk.is_empty() {
            self.queue.borrow_mut().push(chunk);
        }
    }

    fn next(&self) -> Option<Vec<usize>> {
        if self.batch.is_stopped() || self.batch.wait() > 0 || !self.lost.borrow().is_empty() {
            return None;
        }
        let mut chunk = self.queue.borrow_mut().pop()?;
        let rest = chunk.split_off(chunk.len().min(self.most.get()));
        self.again(rest);
        Some(chunk)
    }

    async fn work(&self) {
        while let Some(chunk) = self.next() {
            self.mark(&chunk, &Stage::UnderWay);
            self.send(chunk).await;
        }
    }

    async fn send(&self, chunk: Vec<usize>) {
        let tasks: Vec<Task> = chunk.iter().filter_map(|at| self.batch.task(*at)).collect();
        let Some(first) = tasks.first() else { return };
        if let (Some(id), [at]) = (&first.replaces, chunk.as_slice())
            && !self.withdraw(*at, id).await
        {
            return;
        }
        let answer = if let [only] = tasks.as_slice() {
            self.service.invite(&only.email, &only.role).await.map(|invitation| vec![invitation])
        } else {
            let emails: Vec<_> = tasks.iter().map(|task| task.email.clone()).collect();
            self.service.invite_many(&emails, &first.role).await
        };
        match answer {
            Ok(mut invitations) => {
                let mut unproved = vec![];
                for (at, task) in chunk.into_iter().zip(&tasks) {
                    let proof = invitations.iter().position(|proof| task.email.key() == proof.email_key);
                    match proof {
                        Some(nth) => self.done(at, Outcome::Sent(invitations.swap_remove(nth))),
                        None => unproved.push(at),
                    }
                }
                self.lose(unproved, Error::Unproved);
            }
            Err(Error::Refused(problems)) => self.refused(chunk, problems),
            Err(error) => self.failed(chunk, error),
        }
    }

    /// Revokes the invitation that another one is to take the place of. `false` when there is nothing to be sent now.
    async fn withdraw(&self, at: usize, id: &InvitationId) -> bool {
        let before = self.batch.with(at, |job| (job.is_withdrawn, job.is_touched));
        let Some((false, is_touched)) = before else { return true };
        match self.service.revoke(id).await {
            Ok(_) => {
                self.withdrawn(at);
                return true;
            }
            // It may have been us, in a call whose answer was lost.
            Err(error) if error.is_news() && is_touched => self.lose(vec![at], error),
            Err(error) if error.is_news() => self.done(at, Outcome::NoLongerPending),
            Err(Error::Refused(problems))
                if !problems.iter().any(|problem| problem.reason.concerns_all()) =>
            {
                self.done(at, Outcome::NotRevoked(Error::Refused(problems)));
            }
            Err(Error::Refused(problems)) => self.refused(vec![at], problems),
            Err(error) => self.failed(vec![at], error),
        }
        false
    }

    fn withdrawn(&self, at: usize) {
        self.batch.with(at, |job| (job.is_withdrawn, job.is_touched, job.losses) = (true, false, 0));
        self.is_fruitful.set(true);
    }

    /// A call that was not carried out, or that nobody knows of whether it was.
    fn failed(&self, chunk: Vec<usize>, error: Error) {
        match error {
            Error::TooMany { wait } => {
                self.hold(wait.unwrap_or(5).max(1));
                self.why.replace(Some(error));
                self.again(chunk);
            }
            error if error.leaves_doubt() => self.lose(chunk, error),
            error => {
                self.batch.stop(Some(error));
                self.again(chunk);
            }
        }
    }

    fn refused(&self, chunk: Vec<usize>, problems: Vec<Problem>) {
        if let Some(problem) = problems.iter().find(|problem| problem.reason.concerns_all()) {
            let error = Error::Refused(vec![problem.clone()]);
            if problem.reason == Reason::Locked {
                self.hold(1);
                self.why.replace(Some(error));
                return self.again(chunk);
            }
            self.batch.stop(Some(error));
            // The first ones of the chunk may have got the last seats.
            if chunk.len() > 1 && matches!(problem.reason, Reason::Full | Reason::SeatsNeeded) {
                self.mark(&chunk, &Stage::UnderWay);
                self.lost.borrow_mut().extend(chunk);
                return;
            }
            return self.again(chunk);
        }
        let is_about = |reason| problems.iter().any(|problem| problem.reason == reason);
        if chunk.len() > 1 && is_about(Reason::BatchTooBig) {
            self.most.set(self.most.get().min(chunk.len() / 2));
            self.is_fruitful.set(true);
            return self.again(chunk);
        }
        if let Some(problem) = problems.iter().find(|problem| problem.field == Field::Role) {
            return self.refuse_role(chunk, problem);
        }
        let whole = chunk.len();
        let mut rest = vec![];
        for at in chunk {
            let named = self.batch.task(at).and_then(|task| {
                problems.iter().find(|problem| whole == 1 || problem.names(&task.email)).cloned()
            });
            match named {
                Some(problem) => self.refuse(at, problem),
                None => {
                    self.batch.with(at, |job| job.is_touched = true);
                    rest.push(at);
                }
            }
        }
        self.is_fruitful.set(true);
        if rest.len() == whole {
            self.again(rest.split_off(whole / 2));
        }
        self.again(rest);
    }

    /// The role can't be given: whoever else was to get it need not be tried.
    fn refuse_role(&self, mut chunk: Vec<usize>, problem: &Problem) {
        let role = chunk.first().and_then(|at| self.batch.task(*at)).map(|task| task.role);
        self.queue.borrow_mut().retain(|queued| {
            let next = queued.first().and_then(|at| self.batch.task(*at)).map(|task| task.role);
            if next == role {
                chunk.extend(queued);
            }
            next != role
        });
        chunk.into_iter().for_each(|at| self.done(at, Outcome::Refused(problem.clone())));
    }

    fn refuse(&self, at: usize, problem: Problem) {
        let is_touched = self.batch.with(at, |job| job.is_touched) == Some(true);
        match problem.reason {
            // It may have been us, in a call that was refused because of another address, or whose answer was lost.
            Reason::AlreadyInvited if is_touched => self.lose(vec![at], Error::Refused(vec![problem])),
            Reason::AlreadyInvited => self.done(at, Outcome::Pending),
            _ => self.done(at, Outcome::Refused(problem)),
        }
    }

    fn lose(&self, chunk: Vec<usize>, error: Error) {
        for at in &chunk {
            self.batch.with(*at, |job| {
                job.is_touched = true;
                job.doubt = Some(error.clone());
            });
        }
        self.why.replace(Some(error));
        self.lost.borrow_mut().extend(chunk);
    }

    /// Reads the list for what was lost: what it has is not sent again, what it lacks is.
    async fn settle(&self) {
        let mut open = self.lost.take();
        let (mut found, mut again) = (vec![], vec![]);
        let mut walked = self.seek(&Status::Pending, &mut open, &mut found).await;
        for (at, invitation) in found.drain(..) {
            let job = self.batch.with(at, |job| (job.withdraws(), job.task.was_free || job.is_withdrawn));
            match job {
                // It was to be revoked, and stands.
                Some((true, _)) => again.push(at),
                Some((false, true)) => self.done(at, Outcome::Sent(invitation)),
                _ => self.done(at, Outcome::Pending),
            }
        }
        let withdraws = |at: &usize| self.batch.with(*at, |job| job.withdraws()) == Some(true);
        let mut gone: Vec<usize> = open.extract_if(.., |at| withdraws(at)).collect();
        if walked.is_ok() && !gone.is_empty() {
            walked = self.seek(&Status::Revoked, &mut gone, &mut found).await;
            for (at, _) in found {
                self.withdrawn(at);
                self.again(vec![at]);
            }
            if walked.is_ok() {
                gone.drain(..).for_each(|at| self.done(at, Outcome::NoLongerPending));
            }
        }
        open.append(&mut gone);
        match walked {
            Ok(()) => again.append(&mut open),
            Err(error) => {
                self.lost.borrow_mut().append(&mut open);
                match error {
                    Error::TooMany { wait } => self.hold(wait.unwrap_or(5).max(1)),
                    error if error.leaves_doubt() => self.hold(1),
                    error => self.batch.stop(Some(error)),
                }
            }
        }
        again.retain(|at| self.may_try_again(*at));
        if !again.is_empty() {
            self.hold(1);
        }
        self.enqueue(again.into_iter());
    }

    /// After a loss of which the list says that nothing came of it. When that was one too many, it is the outcome.
    fn may_try_again(&self, at: usize) -> bool {
        let lost = self.batch.with(at, |job| {
            job.losses += 1;
            (job.losses, job.doubt.clone(), job.withdraws())
        });
        let Some((losses, Some(error), withdraws)) = lost else { return true };
        let is_last = losses >= MOST_LOSSES || self.batch.is_stopped();
        if is_last {
            let outcome = match error {
                error if withdraws => Outcome::NotRevoked(error),
                error if error.says(Reason::AlreadyInvited) => Outcome::Pending,
                error => Outcome::Missing(error),
            };
            self.done(at, outcome);
        }
        !is_last
    }

    /// Takes out of `open` what the list has with this status. What was found before it broke off is found.
    async fn seek(
        &self,
        status: &Status,
        open: &mut Vec<usize>,
        found: &mut Vec<(usize, Invitation)>,
    ) -> Result<(), Error> {
        sending::walk(self.service, std::slice::from_ref(status), &mut |invitation| {
            let is_it = |at: &usize| {
                let sought = |job: &mut Job| match &job.task.replaces {
                    Some(id) if !job.is_withdrawn => *id == invitation.id,
                    _ => job.task.email.key() == invitation.email_key,
                };
                self.batch.with(*at, sought) == Some(true)
            };
            if let Some(nth) = open.iter().position(is_it) {
                found.push((open.swap_remove(nth), invitation));
            }
            open.is_empty()
        })
        .await
    }

    /// Keeps the next round waiting: for so many seconds, or longer the more rounds have brought nothing.
    fn hold(&self, seconds: u32) {
        let longer = seconds.max((1 << self.fruitless.get().min(MOST_FRUITLESS)).min(LONGEST_WAIT));
        self.batch.wait.set(self.batch.wait.get().max(longer));
    }

    async fn pause(&self) {
        while (self.batch.wait.get() > 0 || !self.service.is_connected()) && !self.batch.is_stopped() {
            (self.batch.on_change)();
            self.service.second().await;
            self.batch.wait.set(self.batch.wait.get().saturating_sub(1));
        }
        self.batch.wait.set(0);
    }

    fn mark(&self, chunk: &[usize], stage: &Stage) {
        for at in chunk {
            self.batch.with(*at, |job| job.stage = stage.clone());
        }
        (self.batch.on_change)();
    }

    fn done(&self, at: usize, outcome: Outcome) {
        self.is_fruitful.set(true);
        self.mark(&[at], &Stage::Done(outcome));
    }

    /// Says of what is left that it is left; and of what may have gone out already, whether it has.
    async fn close(&self) {
        let is_doubtful = |at: &usize| self.batch.with(*at, |job| job.is_touched) == Some(true);
        let (doubtful, left) = self.queue.take().into_iter().flatten().partition(is_doubtful);
        self.queue.replace(vec![left]);
        self.lost.borrow_mut().extend::<Vec<_>>(doubtful);
        if !self.lost.borrow().is_empty() {
            self.settle().await;
        }
        for at in self.lost.take() {
            let doubt = self.batch.with(at, |job| job.doubt.take()).flatten();
            self.done(at, Outcome::Unknown(doubt.or_else(|| self.batch.halted()).unwrap_or(Error::Unproved)));
        }
        self.queue.take().into_iter().flatten().for_each(|at| self.done(at, Outcome::Kept));
        self.batch.wait.set(0);
    }
}

/// Does several things side by side.
async fn together(mut all: Vec<Pin<Box<dyn Future<Output = ()> + '_>>>) {
    poll_fn(|context| {
        all.retain_mut(|one| one.as_mut().poll(context).is_pending());
        if all.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sending::tests::invitation;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::pin::pin;
    use std::rc::Rc;
    use std::task::{Context, Waker};

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
        /// The codes that Clerk has for some addresses.
        bad: BTreeMap<String, &'static str>,
        /// The permission is lost after that many calls.
        permitted: Option<usize>,
        seats: usize,
        stop_after: Option<usize>,
        /// How often each call is polled before it is answered.
        slowness: u32,
        /// The seconds of waiting in which there is no connection.
        offline: std::ops::Range<u32>,
    }

    fn calm() -> Script {
        Script {
            manner: Manner::AllOrNothing,
            naming: Naming::InMeta,
            limit: 10,
            fates: vec![],
            then: Fate::Answered,
            unreadable: vec![],
            bad: BTreeMap::new(),
            permitted: None,
            seats: usize::MAX,
            stop_after: None,
            slowness: 1,
            offline: 0..0,
        }
    }

    /// Clerk in miniature.
    struct Scripted {
        script: Script,
        pending: RefCell<BTreeMap<String, Invitation>>,
        revoked: RefCell<Vec<Invitation>>,
        mails: RefCell<BTreeMap<String, u32>>,
        calls: Cell<usize>,
        calls_after_stop: Cell<usize>,
        lists: Cell<usize>,
        under_way: Cell<usize>,
        most_under_way: Cell<usize>,
        waited: Cell<u32>,
        batch: RefCell<Option<Rc<Batch>>>,
        sizes: RefCell<Vec<usize>>,
    }

    impl Scripted {
        fn new(script: Script) -> Self {
            Self {
                script,
                pending: RefCell::default(),
                revoked: RefCell::default(),
                mails: RefCell::default(),
                calls: Cell::new(0),
                calls_after_stop: Cell::new(0),
                lists: Cell::new(0),
                under_way: Cell::new(0),
                most_under_way: Cell::new(0),
                waited: Cell::new(0),
                batch: RefCell::default(),
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
        fn apply(&self, emails: &[Email]) -> Result<Vec<Invitation>, Error> {
            if self.script.permitted.is_some_and(|permitted| self.calls.get() > permitted) {
                return Err(self.refusal("missing_organization_permission", &[]));
            }
            if emails.len() > self.script.limit {
                return Err(self.refusal("bulk_size_exceeded", &[]));
            }
            let trouble = |email: &Email| {
                let known = self.script.bad.get(email.key()).copied();
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
                let new = invitation(email.key(), Status::Pending);
                self.pending.borrow_mut().insert(email.key().to_owned(), new.clone());
                *self.mails.borrow_mut().entry(email.key().to_owned()).or_default() += 1;
                made.push(new);
            }
            match refusal.filter(|_| self.script.manner == Manner::PartRefused) {
                Some(refusal) => Err(refusal),
                None => Ok(made),
            }
        }

        async fn call<T>(
            &self,
            apply: impl FnOnce() -> Result<T, Error>,
            worthless: Result<T, Error>,
        ) -> Result<T, Error> {
            let batch = self.batch.borrow().clone();
            let nth = self.calls.get();
            self.calls.set(nth + 1);
            if let Some(batch) = &batch {
                if batch.is_stopped() {
                    self.calls_after_stop.set(self.calls_after_stop.get() + 1);
                }
                if self.script.stop_after == Some(nth) {
                    batch.stop(None);
                }
            }
            self.under_way.set(self.under_way.get() + 1);
            self.most_under_way.set(self.most_under_way.get().max(self.under_way.get()));
            yields(self.script.slowness + nth as u32 % 3).await;
            self.under_way.set(self.under_way.get() - 1);
            match self.script.fates.get(nth).copied().unwrap_or(self.script.then) {
                Fate::Answered => apply(),
                Fate::LostBefore => Err(Error::Unreachable),
                Fate::LostAfter => apply().and(Err(Error::NoAnswer)),
                Fate::Worthless => worthless,
                Fate::WorthlessAfter => apply().and(worthless),
                Fate::TooMany(wait) => Err(Error::TooMany { wait }),
                Fate::Failing => Err(Error::Failing { status: Some(503) }),
                Fate::Locked => Err(self.refusal("resource_locked", &[])),
            }
        }
    }

    impl Invitations for Scripted {
        async fn invite(&self, email: &Email, _: &RoleKey) -> Result<Invitation, Error> {
            self.sizes.borrow_mut().push(1);
            let apply = || self.apply(std::slice::from_ref(email))?.pop().ok_or(Error::Unproved);
            self.call(apply, Err(Error::Unproved)).await
        }

        async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
            let apply = || {
                let mut pending = self.pending.borrow_mut();
                let key = pending.iter().find(|(_, pending)| pending.id == *id).map(|(key, _)| key.clone());
                let gone =
                    || Error::Refused(vec![Problem::new("organization_invitation_not_pending", None, "")]);
                let mut revoked = key.and_then(|key| pending.remove(&key)).ok_or_else(gone)?;
                revoked.status = Status::Revoked;
                self.revoked.borrow_mut().push(revoked.clone());
                Ok(revoked)
            };
            self.call(apply, Err(Error::Unproved)).await
        }

        async fn list(
            &self,
            statuses: &[Status],
            page: u32,
            rows: u32,
        ) -> Result<(Vec<Invitation>, u64), Error> {
            let nth = self.lists.get();
            self.lists.set(nth + 1);
            assert_eq!(self.under_way.get(), 0, "the list is read while it changes");
            yields(1).await;
            if self.script.unreadable.get(nth).copied().unwrap_or(false) {
                return Err(Error::Unreachable);
            }
            let (pending, revoked) = (self.pending.borrow(), self.revoked.borrow());
            let all = pending.values().chain(revoked.iter()).filter(|i| statuses.contains(&i.status));
            let all: Vec<_> = all.cloned().collect();
            let total = all.len() as u64;
            let before = (page as usize - 1) * rows as usize;
            Ok((all.into_iter().skip(before).take(rows as usize).collect(), total))
        }
    }

    impl Service for Scripted {
        async fn invite_many(&self, emails: &[Email], _: &RoleKey) -> Result<Vec<Invitation>, Error> {
            assert!(emails.len() > 1 && emails.len() <= MOST_AT_ONCE);
            self.sizes.borrow_mut().push(emails.len());
            self.call(|| self.apply(emails), Ok(vec![])).await
        }

        async fn second(&self) {
            self.waited.set(self.waited.get() + 1);
            yields(1).await;
        }

        fn is_connected(&self) -> bool {
            !self.script.offline.contains(&self.waited.get())
        }
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
        Email::parse(text, str::to_lowercase).expect("an address")
    }

    fn task(key: &str, role: &str) -> Task {
        Task { email: email(key), role: RoleKey(role.to_owned()), replaces: None, was_free: true }
    }

    fn send(service: &Scripted, tasks: Vec<Task>) -> Vec<Job> {
        let batch = Rc::new(Batch::new(tasks, Box::new(|| ())));
        service.batch.replace(Some(batch.clone()));
        finished(run(service, &batch));
        assert_eq!(batch.wait(), 0);
        let jobs = batch.read(<[Job]>::to_vec);
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
        let batch = Rc::new(Batch::new(people(100), Box::new(|| ())));
        finished(run(&service, &batch));
        assert_eq!(batch.halted(), Some(Error::TooMany { wait: None }));
        assert!(service.calls.get() <= MOST_FRUITLESS as usize * IN_FLIGHT);
        assert!(batch.read(|jobs| jobs.iter().all(|job| *outcome(job) == Outcome::Kept)));
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
            async fn list(
                &self,
                s: &[Status],
                page: u32,
                rows: u32,
            ) -> Result<(Vec<Invitation>, u64), Error> {
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
        let batch = Batch::new(tasks, Box::new(|| ()));
        finished(run(&service, &batch));
        assert!(service.0.calls.get() <= IN_FLIGHT + 1);
        batch.read(|jobs| {
            for (n, job) in jobs.iter().enumerate() {
                assert_eq!(matches!(outcome(job), Outcome::Sent(_)), n >= 100, "{n}");
                assert_eq!(matches!(outcome(job), Outcome::Refused(_)), n < 100, "{n}");
            }
        });
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

    /// What an address is before the batch: bad in some way, invited before, or neither.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Before {
        Free,
        Bad(&'static str),
        Pending,
        /// Pending, and to be invited anew.
        Resent,
    }

    fn addresses() -> impl Strategy<Value = Vec<Before>> {
        let before = prop_oneof![
            6 => Just(Before::Free),
            1 => proptest::sample::select(&BAD[..]).prop_map(Before::Bad),
            1 => Just(Before::Pending),
            1 => Just(Before::Resent),
        ];
        proptest::collection::vec(before, 1..40)
    }

    fn stage(mut script: Script, addresses: &[Before], is_known: bool) -> (Scripted, Vec<Task>) {
        let key = |n: usize| format!("p{n}@x.de");
        for (n, before) in addresses.iter().enumerate() {
            if let Before::Bad(code) = before {
                script.bad.insert(key(n), code);
            }
        }
        let service = Scripted::new(script);
        let mut tasks = vec![];
        for (n, before) in addresses.iter().enumerate() {
            let is_pending = matches!(before, Before::Pending | Before::Resent);
            if is_pending {
                service.was_invited_before(&key(n));
            }
            tasks.push(Task {
                replaces: (*before == Before::Resent).then(|| InvitationId(key(n))),
                was_free: is_known && !is_pending,
                ..task(&key(n), if n % 3 == 0 { "org:admin" } else { "org:member" })
            });
        }
        (service, tasks)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn whatever_happens_each_address_ends_with_the_truth(
            (manner, naming, limit) in manners(),
            addresses in addresses(),
            fates in fates(),
            then_fails in proptest::bool::weighted(0.1),
            unreadable in proptest::collection::vec(proptest::bool::weighted(0.3), 0..12),
            permitted in proptest::option::weighted(0.2, 0usize..12),
            seats in prop_oneof![4 => Just(usize::MAX), 1 => 0usize..40],
            stop_after in proptest::option::weighted(0.3, 0usize..12),
            slowness in 0u32..4,
            is_known: bool,
        ) {
            let then = if then_fails { Fate::Failing } else { Fate::Answered };
            let script = Script {
                manner, naming, limit, fates, then, unreadable, bad: BTreeMap::new(), permitted, seats, stop_after, slowness,
                offline: 0..0,
            };
            let (service, tasks) = stage(script, &addresses, is_known);
            let resends = addresses.iter().filter(|before| **before == Before::Resent).count();
            let jobs = send(&service, tasks);
            for (job, before) in jobs.iter().zip(&addresses) {
                let key = job.task.email.key();
                let (mails, is_pending) = (service.mails(key), service.is_pending(key));
                prop_assert!(mails <= 1, "{key} was invited twice");
                match outcome(job) {
                    Outcome::Sent(proof) => {
                        prop_assert!(mails == 1 && is_pending, "{key} was not sent");
                        prop_assert_eq!(&proof.email_key, key);
                    }
                    Outcome::Pending => prop_assert!(is_pending, "{key} is not pending"),
                    Outcome::Unknown(_) => prop_assert!(service.script.unreadable.contains(&true)
                        || service.script.permitted.is_some()),
                    Outcome::Refused(_) | Outcome::Missing(_) | Outcome::Kept => {
                        prop_assert_eq!(mails, 0, "{} was sent: {:?}", key, job);
                        let stands = matches!(before, Before::Pending | Before::Resent) && !job.is_withdrawn;
                        prop_assert_eq!(is_pending, stands, "{} {:?}", key, job);
                    }
                    Outcome::NotRevoked(_) => prop_assert!(mails == 0 && is_pending),
                    Outcome::NoLongerPending => prop_assert!(false, "nobody else is there"),
                }
                if let Outcome::Refused(problem) = outcome(job) {
                    let is_its_own = matches!(before, Before::Bad(code) if Reason::from_code(code) == problem.reason);
                    prop_assert!(is_its_own, "{key} has another's reason");
                }
            }
            prop_assert!(service.calls.get() <= most_calls(addresses.len()) + resends * (MOST_LOSSES as usize + 1) * (1 + MOST_FRUITLESS as usize * IN_FLIGHT));
            prop_assert!(service.most_under_way.get() <= IN_FLIGHT);
            // Only the second half of what was withdrawn already is still sent.
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
                    (Before::Free | Before::Resent, Outcome::Sent(_)) | (Before::Pending, Outcome::Pending) => true,
                    (Before::Bad(code), Outcome::Refused(problem)) => problem.reason == Reason::from_code(code),
                    // Three losses in a row are an outcome too.
                    (_, Outcome::Missing(_) | Outcome::NotRevoked(_)) => !is_calm,
                    _ => false,
                };
                prop_assert!(is_right, "{before:?}: {job:?}");
            }
        }
    }
}
