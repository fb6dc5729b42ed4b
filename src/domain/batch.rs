//! Inviting many, and withdrawing: each address ends with exactly one outcome, and what is claimed of it is what happened.
//!
//! Clerk documents ten addresses a call, says nowhere whether a call with one bad address refuses the nine good ones,
//! and can lose any answer. So nothing of that is assumed:
//! - a refused chunk is split until each bad address stands alone, and whatever was in it counts as perhaps sent;
//! - a lost answer is settled by reading the list before anything of that chunk is sent again;
//! - what fails without an end to it (too many requests, no connection) is given up after [`MOST_FRUITLESS`] rounds.
//!
//! Clerk can neither resend an invitation nor change its role: it is revoked, then another one is sent. Between the two the
//! person has none. Whatever ends a batch there, the second half is tried once where that is of any use; where it does not
//! come to be, the job says that the invitation is withdrawn, and why no other one was sent.
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

/// What is to be done about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Invite it.
    Invite,
    /// Revoke its pending invitation, then send another one, at the same role or at a new one.
    Replace(InvitationId),
    /// Revoke its pending invitation, and nothing else: no mail goes out.
    Revoke(InvitationId),
}

impl What {
    /// The pending invitation that is to be revoked.
    pub fn revokes(&self) -> Option<&InvitationId> {
        match self {
            Self::Invite => None,
            Self::Replace(id) | Self::Revoke(id) => Some(id),
        }
    }
}

/// An address of which something is to become.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// The address.
    pub email: Email,
    /// The role that it is to have. To [`What::Revoke`] it is of no meaning: there it is the role of the invitation that goes.
    pub role: RoleKey,
    /// What is to be done.
    pub what: What,
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
    /// It did not go out, and Clerk has no invitation: the answer was lost again and again, or, of one whose earlier
    /// invitation is withdrawn, the batch could not go on, for this reason.
    Missing(Error),
    /// Whether it was invited could not be found out. Sending again could be a second mail.
    Unknown(Error),
    /// Its invitation is revoked, as it was to be.
    Revoked,
    /// Its invitation could not be revoked: it stands as before, and nothing was sent.
    NotRevoked(Error),
    /// Whether its invitation is revoked could not be found out. Nothing was sent.
    RevokeUnknown(Error),
    /// The invitation that was to be revoked is pending no longer: expired, revoked by somebody else, or accepted, though
    /// Clerk's list does not say that. Nothing was sent.
    NoLongerPending,
    /// The invitation that was to be revoked was accepted meanwhile: the person has joined. Nothing more was sent.
    Accepted,
    /// It was not its turn any more: the batch was stopped, or ended early.
    Kept,
}

impl Outcome {
    /// Is the person where they were to be: invited, come in, or invited no longer?
    fn is_well(&self) -> bool {
        matches!(self, Self::Sent(_) | Self::Pending | Self::Revoked | Self::Accepted)
    }
}

/// How far an address is.
// Most of them end as the large one: a box would be one more place for each, and save nothing.
#[allow(clippy::large_enum_variant)]
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
    /// The earlier invitation is revoked. Unless the outcome is [`Outcome::Sent`], the person has none now, or perhaps none;
    /// with [`Outcome::Revoked`] that is what was wished for.
    pub is_withdrawn: bool,
    /// It was in a call that may have been carried out in part.
    is_touched: bool,
    /// How often its answer was lost.
    losses: u32,
    /// Why it is not known what became of it. Of what has lost its earlier invitation, also why the last call did not send
    /// another one: `None` there means that no call has tried yet.
    why: Option<Error>,
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
        self.task.what.revokes().is_some() && !self.is_withdrawn
    }

    /// What would be tried again now that it is over; nothing where all is as it should be.
    pub fn again(&self) -> Option<Task> {
        let Stage::Done(outcome) = &self.stage else { return None };
        let what = match &self.task.what {
            What::Replace(_) if self.is_withdrawn => What::Invite,
            what => what.clone(),
        };
        let is_well = outcome.is_well() || *outcome == Outcome::NoLongerPending;
        (!is_well).then(|| Task { what, ..self.task.clone() })
    }

    /// Has the person no invitation any more, although another one was to be sent?
    pub fn is_lost(&self) -> bool {
        let is_over = matches!(&self.stage, Stage::Done(outcome) if !outcome.is_well());
        is_over && self.is_withdrawn && matches!(self.task.what, What::Replace(_))
    }
}

/// Will Clerk show nothing more to this viewer? That another organization is active by now does not bar anything: each
/// call names the one that it is for.
fn bars_reading(error: &Error) -> bool {
    let ends = [Reason::NoPermission, Reason::NotMember, Reason::OrganizationGone, Reason::OrganizationsOff];
    *error == Error::SignedOut || ends.iter().any(|reason| error.says(*reason))
}

/// Will Clerk send nothing more, whoever it is for? A lack of seats is none of that: what was withdrawn has left one.
fn bars_sending(error: &Error) -> bool {
    let bars = |reason: Reason| {
        reason.concerns_all() && !matches!(reason, Reason::Full | Reason::SeatsNeeded | Reason::Locked)
    };
    let is_refusal =
        matches!(error, Error::Refused(problems) if problems.iter().any(|problem| bars(problem.reason)));
    is_refusal || bars_reading(error)
}

/// What becomes of an address of which it is known that nothing was sent, and why.
fn not_sent(error: Error) -> Outcome {
    match error {
        Error::Refused(problems) => {
            problems.into_iter().next().map_or(Outcome::Missing(Error::Unproved), Outcome::Refused)
        }
        error => Outcome::Missing(error),
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
            why: None,
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

    /// Is it still at work on the address with this [`Email::key`]?
    ///
    /// Two batches that each revoke and invite the same person would undo each other's work, and send two mails.
    pub fn concerns(&self, email_key: &str) -> bool {
        self.read(|jobs| {
            let is_it = |job: &Job| job.task.email.key() == email_key && !matches!(job.stage, Stage::Done(_));
            jobs.iter().any(is_it)
        })
    }

    fn with<T>(&self, at: usize, change: impl FnOnce(&mut Job) -> T) -> Option<T> {
        self.jobs.borrow_mut().get_mut(at).map(change)
    }

    fn task(&self, at: usize) -> Option<Task> {
        self.with(at, |job| job.task.clone())
    }
}

/// Does all of a batch. It is over when this is; then each address has its outcome.
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
        gone: RefCell::default(),
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
    run.find_accepted().await;
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
    /// Roles that can't be given, as Clerk said.
    gone: RefCell<Vec<(RoleKey, Problem)>>,
}

impl<S: Service> Run<'_, S> {
    /// Puts addresses into chunks of one role each, in front of what waits already. Some are a chunk of their own: one
    /// whose invitation is to be revoked, which Clerk does one at a time, and between whose two calls the person has none:
    /// that time is to be short; and one that an answer left out, because only alone will it be told why.
    fn enqueue(&self, addresses: impl Iterator<Item = usize>) {
        let mut chunks: Vec<(Task, bool, Vec<usize>)> = vec![];
        for at in addresses {
            let found = self.batch.with(at, |job| {
                let is_alone = job.task.what.revokes().is_some() || job.why == Some(Error::Unproved);
                (job.task.clone(), is_alone)
            });
            let Some((task, is_alone)) = found else { continue };
            let has_room = |(first, full, chunk): &&mut (Task, bool, Vec<usize>)| {
                first.role == task.role && !*full && chunk.len() < self.most.get()
            };
            let room = if is_alone { None } else { chunks.iter_mut().rev().find(has_room) };
            match room {
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
        let is_gone =
            |(role, _): &&(RoleKey, Problem)| *role == first.role && !matches!(first.what, What::Revoke(_));
        // What can only be refused must not cost anybody the earlier invitation.
        let refused = self.gone.borrow().iter().find(is_gone).cloned();
        if let Some((role, problem)) = refused {
            return self.refuse_role(chunk, &role, &problem);
        }
        if let (Some(id), [at]) = (first.what.revokes(), chunk.as_slice())
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

    /// Revokes the invitation that is to go. `false` when there is nothing to be sent now.
    async fn withdraw(&self, at: usize, id: &InvitationId) -> bool {
        let before = self.batch.with(at, |job| (job.is_withdrawn, job.is_touched));
        let Some((false, is_touched)) = before else { return true };
        match self.service.revoke(id).await {
            Ok(_) if !self.withdrawn(at) => {}
            // Somebody's wish to stop is no reason to leave a person without an invitation; what can't be is one.
            Ok(_) if self.is_barred() => self.again(vec![at]),
            Ok(_) => return true,
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

    /// The earlier invitation is revoked, that is certain. Is another one to be sent?
    fn withdrawn(&self, at: usize) -> bool {
        self.is_fruitful.set(true);
        let was_all = self.batch.with(at, |job| {
            (job.is_withdrawn, job.is_touched, job.losses, job.why) = (true, false, 0, None);
            matches!(job.task.what, What::Revoke(_))
        });
        if was_all == Some(true) {
            self.done(at, Outcome::Revoked);
        }
        was_all == Some(false)
    }

    /// Puts a chunk back that was not sent. Of what has no invitation meanwhile it is remembered why.
    fn put_off(&self, chunk: Vec<usize>, error: Error) {
        for at in &chunk {
            self.batch.with(*at, |job| {
                if job.is_withdrawn {
                    job.why = Some(error.clone());
                }
            });
        }
        self.why.replace(Some(error));
        self.again(chunk);
    }

    /// A call that was not carried out, or that nobody knows of whether it was.
    fn failed(&self, chunk: Vec<usize>, error: Error) {
        match error {
            Error::TooMany { wait } => {
                self.hold(wait.unwrap_or(5).max(1));
                self.put_off(chunk, error);
            }
            error if error.leaves_doubt() => self.lose(chunk, error),
            error => {
                self.batch.stop(Some(error.clone()));
                self.put_off(chunk, error);
            }
        }
    }

    fn refused(&self, chunk: Vec<usize>, problems: Vec<Problem>) {
        if let Some(problem) = problems.iter().find(|problem| problem.reason.concerns_all()) {
            let error = Error::Refused(vec![problem.clone()]);
            if problem.reason == Reason::Locked {
                self.hold(1);
                return self.put_off(chunk, error);
            }
            self.batch.stop(Some(error.clone()));
            // The first ones of the chunk may have got the last seats.
            if chunk.len() > 1 && matches!(problem.reason, Reason::Full | Reason::SeatsNeeded) {
                self.mark(&chunk, &Stage::UnderWay);
                self.lost.borrow_mut().extend(chunk);
                return;
            }
            return self.put_off(chunk, error);
        }
        let is_about = |reason| problems.iter().any(|problem| problem.reason == reason);
        if chunk.len() > 1 && is_about(Reason::BatchTooBig) {
            self.most.set(self.most.get().min(chunk.len() / 2));
            self.is_fruitful.set(true);
            return self.again(chunk);
        }
        if let Some(problem) = problems.iter().find(|problem| problem.field == Field::Role) {
            let Some(task) = chunk.first().and_then(|at| self.batch.task(*at)) else { return };
            self.gone.borrow_mut().push((task.role.clone(), problem.clone()));
            return self.refuse_role(chunk, &task.role, problem);
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

    /// The role can't be given: whoever else was to get it need not be tried. What is only revoked has nothing to do with
    /// it, and what has its earlier invitation still, keeps it.
    fn refuse_role(&self, mut chunk: Vec<usize>, role: &RoleKey, problem: &Problem) {
        self.queue.borrow_mut().retain(|queued| {
            let next = queued.first().and_then(|at| self.batch.task(*at));
            let is_same =
                next.is_some_and(|next| next.role == *role && !matches!(next.what, What::Revoke(_)));
            if is_same {
                chunk.extend(queued);
            }
            !is_same
        });
        // It may have gone out before the role was gone, in a call that was refused because of another address.
        let is_doubtful =
            |at: &usize| self.batch.with(*at, |job| job.is_touched && !job.withdraws()) == Some(true);
        let (doubtful, refused): (Vec<_>, Vec<_>) = chunk.into_iter().partition(is_doubtful);
        refused.into_iter().for_each(|at| self.done(at, Outcome::Refused(problem.clone())));
        self.lose(doubtful, Error::Refused(vec![problem.clone()]));
    }

    fn refuse(&self, at: usize, problem: Problem) {
        let is_touched = self.batch.with(at, |job| job.is_touched) == Some(true);
        match problem.reason {
            // It may have been us, in a call that was refused because of another address, or whose answer was lost.
            Reason::AlreadyInvited if is_touched => self.lose(vec![at], Error::Refused(vec![problem])),
            Reason::AlreadyInvited => self.done(at, Outcome::Pending),
            // What is wrong with the address was so in the earlier call too. Anything else may be new, and says nothing of it.
            _ if is_touched && problem.field != Field::Email => {
                self.lose(vec![at], Error::Refused(vec![problem]));
            }
            _ => self.done(at, Outcome::Refused(problem)),
        }
    }

    fn lose(&self, chunk: Vec<usize>, error: Error) {
        for at in &chunk {
            self.batch.with(*at, |job| {
                job.is_touched = true;
                job.why = Some(error.clone());
            });
        }
        self.why.replace(Some(error));
        self.lost.borrow_mut().extend(chunk);
    }

    /// Reads the list for what was lost: what it has is not sent again, what it lacks is.
    async fn settle(&self) {
        let mut open = self.lost.take();
        let (mut found, mut again, mut bereft) = (vec![], vec![], vec![]);
        let mut walked = self.seek(&[Status::Pending], &mut open, &mut found).await;
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
            walked = self.seek(&[Status::Revoked], &mut gone, &mut found).await;
            bereft.extend(found.into_iter().map(|(at, _)| at).filter(|at| self.withdrawn(*at)));
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
        // Whoever has no invitation meanwhile comes before all others.
        self.enqueue(bereft.into_iter());
    }

    /// After a loss of which the list says that nothing came of it. When that was one too many, it is the outcome.
    fn may_try_again(&self, at: usize) -> bool {
        let lost = self.batch.with(at, |job| {
            job.losses += 1;
            (job.losses, job.why.clone(), job.withdraws())
        });
        let Some((losses, Some(error), withdraws)) = lost else { return true };
        let is_refusal =
            !withdraws && matches!(&error, Error::Refused(_)) && !error.says(Reason::AlreadyInvited);
        let is_last = is_refusal || losses >= MOST_LOSSES || self.batch.is_stopped();
        if is_last {
            let outcome = match error {
                error if withdraws => Outcome::NotRevoked(error),
                error if error.says(Reason::AlreadyInvited) => Outcome::Pending,
                error => not_sent(error),
            };
            self.done(at, outcome);
        }
        !is_last
    }

    /// Takes out of `open` what the list has with these statuses. What was found before it broke off is found.
    async fn seek(
        &self,
        statuses: &[Status],
        open: &mut Vec<usize>,
        found: &mut Vec<(usize, Invitation)>,
    ) -> Result<(), Error> {
        sending::walk(self.service, statuses, &mut |invitation| {
            let is_it = |at: &usize| {
                let sought = |job: &mut Job| match job.task.what.revokes() {
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
        let (doubtful, left): (Vec<_>, Vec<_>) =
            self.queue.take().into_iter().flatten().partition(is_doubtful);
        self.enqueue(left.into_iter());
        self.lost.borrow_mut().extend(doubtful);
        if !self.lost.borrow().is_empty() {
            self.settle().await;
        }
        self.try_bereft().await;
        for at in self.lost.take() {
            let doubt = self.batch.with(at, |job| (job.why.take(), job.withdraws()));
            let (why, withdraws) = doubt.unwrap_or_default();
            let error = why.or_else(|| self.batch.halted()).unwrap_or(Error::Unproved);
            self.done(at, if withdraws { Outcome::RevokeUnknown(error) } else { Outcome::Unknown(error) });
        }
        self.queue.take().into_iter().flatten().for_each(|at| self.leave(at));
        self.batch.wait.set(0);
    }

    /// Tries once to send to those whose invitation is revoked and to whom no call has tried to send another one.
    async fn try_bereft(&self) {
        let is_bereft =
            |at: &usize| self.batch.with(*at, |job| job.is_withdrawn && job.why.is_none()) == Some(true);
        while !self.is_barred() {
            let queue = self.queue.take().into_iter().flatten();
            let (bereft, left): (Vec<_>, Vec<_>) = queue.partition(is_bereft);
            self.enqueue(left.into_iter());
            if bereft.is_empty() {
                break;
            }
            for at in bereft {
                if self.is_barred() {
                    self.again(vec![at]);
                } else {
                    self.mark(&[at], &Stage::UnderWay);
                    self.send(vec![at]).await;
                }
            }
            // That may tell of others that what was lost had revoked their invitations.
            if !self.lost.borrow().is_empty() {
                self.settle().await;
            }
        }
    }

    /// Would it be in vain to send anything more?
    fn is_barred(&self) -> bool {
        self.batch.halted().as_ref().is_some_and(bars_sending)
    }

    /// It was not its turn any more. Whoever has lost an invitation is owed the reason.
    fn leave(&self, at: usize) {
        let job = self.batch.with(at, |job| (job.is_withdrawn, job.why.take()));
        let Some((true, why)) = job else { return self.done(at, Outcome::Kept) };
        let halted = self.batch.halted();
        let reason = halted.clone().filter(bars_sending).or(why).or(halted);
        self.done(at, reason.map_or(Outcome::Kept, not_sent));
    }

    /// Of what was found pending no longer: was it accepted? Clerk has no search, so the list is walked once for all.
    async fn find_accepted(&self) {
        let is_gone = |job: &Job| job.stage == Stage::Done(Outcome::NoLongerPending);
        let mut open: Vec<_> = self
            .batch
            .read(|jobs| (0..).zip(jobs).filter(|(_, job)| is_gone(job)).map(|(at, _)| at).collect());
        if open.is_empty() || self.batch.halted().as_ref().is_some_and(bars_reading) {
            return;
        }
        let (statuses, mut found) = ([Status::Accepted, Status::Other("completed".to_owned())], vec![]);
        // Where it can't be read, it stays what is certain: that it is pending no longer.
        let _ = self.seek(&statuses, &mut open, &mut found).await;
        found.into_iter().for_each(|(at, _)| self.done(at, Outcome::Accepted));
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
    use std::collections::{BTreeMap, BTreeSet};
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
        /// For a reason that nobody knows.
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
        /// The codes that Clerk has for some addresses.
        bad: BTreeMap<String, &'static str>,
        /// After that many calls everything is refused with this code, or the session has ended ([`SIGNED_OUT`]).
        ends: Option<(usize, &'static str)>,
        /// After that many calls this role can't be given.
        gone: Option<(usize, &'static str)>,
        /// After that many calls somebody else does that to the invitation which an address had before the batch.
        others: Vec<(usize, String, Status)>,
        seats: usize,
        stop_after: Option<usize>,
        /// How often each call is polled before it is answered.
        slowness: u32,
        /// The seconds of waiting in which there is no connection.
        offline: std::ops::Range<u32>,
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
            bad: BTreeMap::new(),
            ends: None,
            gone: None,
            others: vec![],
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
        ended: RefCell<Vec<Invitation>>,
        /// What was revoked by us.
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
        batch: RefCell<Option<Rc<Batch>>>,
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

        fn tries(&self, key: &str) -> u32 {
            self.tries.borrow().get(key).copied().unwrap_or(0)
        }

        /// What has become of the invitation that an address had before the batch: its id is the address itself.
        fn original(&self, key: &str) -> Option<Status> {
            let (pending, ended) = (self.pending.borrow(), self.ended.borrow());
            let mut all = pending.values().chain(ended.iter());
            all.find(|one| one.id.0 == key).map(|one| one.status.clone())
        }

        /// What somebody else has done by now.
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
                let gone =
                    || Error::Refused(vec![Problem::new("organization_invitation_not_pending", None, "")]);
                let mut revoked = key.and_then(|key| pending.remove(&key)).ok_or_else(gone)?;
                revoked.status = Status::Revoked;
                self.ended.borrow_mut().push(revoked.clone());
                self.ours.borrow_mut().insert(revoked.id.clone());
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
            self.ended().or_else(|error| if bars_reading(&error) { Err(error) } else { Ok(()) })?;
            self.others_act();
            let (pending, ended) = (self.pending.borrow(), self.ended.borrow());
            let all = pending.values().chain(ended.iter()).filter(|i| statuses.contains(&i.status));
            let all: Vec<_> = all.cloned().collect();
            let total = all.len() as u64;
            let before = (page as usize - 1) * rows as usize;
            Ok((all.into_iter().skip(before).take(rows as usize).collect(), total))
        }
    }

    impl Service for Scripted {
        async fn invite_many(&self, emails: &[Email], role: &RoleKey) -> Result<Vec<Invitation>, Error> {
            assert!(emails.len() > 1 && emails.len() <= MOST_AT_ONCE);
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
        Email::parse(text, str::to_lowercase).expect("an address")
    }

    fn task(key: &str, role: &str) -> Task {
        Task { email: email(key), role: RoleKey(role.to_owned()), what: What::Invite, was_free: true }
    }

    fn replace(key: &str, role: &str) -> Task {
        Task { what: What::Replace(InvitationId(key.to_owned())), was_free: false, ..task(key, role) }
    }

    fn revoke(key: &str) -> Task {
        Task { what: What::Revoke(InvitationId(key.to_owned())), ..replace(key, "org:member") }
    }

    /// A service where the addresses of all tasks that revoke something are invited already.
    fn invited(script: Script, tasks: &[Task]) -> Scripted {
        let service = Scripted::new(script);
        let ids = tasks.iter().filter_map(|task| task.what.revokes());
        ids.for_each(|id| service.was_invited_before(&id.0));
        service
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
    fn what_failed_is_tried_again_from_where_it_stands() {
        let over = |what, is_withdrawn, outcome| {
            let batch = Batch::new([Task { what, ..task("a@x.de", "org:member") }], Box::new(|| ()));
            batch.with(0, |job| (job.stage, job.is_withdrawn) = (Stage::Done(outcome), is_withdrawn));
            batch.read(|jobs| (jobs[0].again().map(|task| task.what), jobs[0].is_lost()))
        };
        let (replace, revoke) =
            (What::Replace(InvitationId("i".into())), What::Revoke(InvitationId("i".into())));
        let missing = || Outcome::Missing(Error::Unreachable);
        assert_eq!(over(replace.clone(), true, missing()), (Some(What::Invite), true));
        let stands = Outcome::NotRevoked(Error::Unreachable);
        assert_eq!(over(replace.clone(), false, stands.clone()), (Some(replace.clone()), false));
        assert_eq!(over(revoke.clone(), false, stands), (Some(revoke.clone()), false));
        assert_eq!(over(What::Invite, false, missing()), (Some(What::Invite), false));
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

    #[test]
    fn what_is_only_revoked_sends_no_mail() {
        let tasks = vec![revoke("a@x.de"), revoke("b@x.de")];
        let service = invited(calm(), &tasks);
        let jobs = send(&service, tasks);
        assert!(jobs.iter().all(|job| *outcome(job) == Outcome::Revoked && job.is_withdrawn));
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
    fn a_revoke_that_the_list_can_not_tell_of_is_not_said_to_have_sent_anything() {
        let tasks = vec![revoke("a@x.de"), replace("b@x.de", "org:member")];
        let script = Script { fates: vec![Fate::LostAfter; 2], unreadable: vec![true; 20], ..calm() };
        let service = invited(script, &tasks);
        let jobs = send(&service, tasks);
        let is_open = |job: &Job| matches!(outcome(job), Outcome::RevokeUnknown(_)) && !job.is_withdrawn;
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
    fn a_stop_between_the_halves_leaves_nobody_without_an_invitation() {
        for fate in [Fate::Answered, Fate::LostAfter] {
            let tasks = vec![replace("a@x.de", "org:member")];
            let service = invited(Script { fates: vec![fate], stop_after: Some(0), ..calm() }, &tasks);
            let jobs = send(&service, tasks);
            assert!(matches!(outcome(&jobs[0]), Outcome::Sent(_)), "{fate:?}: {jobs:?}");
            assert_eq!((service.calls.get(), service.mails("a@x.de")), (2, 1), "{fate:?}");
        }
        // Once, that is: whoever wants to stop is not kept waiting.
        let tasks = vec![replace("a@x.de", "org:member")];
        let fates = vec![Fate::LostAfter, Fate::TooMany(Some(9))];
        let service = invited(Script { fates, stop_after: Some(0), ..calm() }, &tasks);
        let jobs = send(&service, tasks);
        assert_eq!(*outcome(&jobs[0]), Outcome::Missing(Error::TooMany { wait: Some(9) }));
        assert_eq!((jobs[0].is_withdrawn, service.calls.get(), service.waited.get()), (true, 2, 0));
    }

    #[test]
    fn what_ends_a_batch_between_the_halves_is_the_reason_why_nothing_was_sent() {
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
            assert_eq!((reason(&jobs[0]), jobs[0].is_withdrawn), (error.clone(), true), "{code}");
        }
    }

    #[test]
    fn after_what_bars_all_the_second_half_is_not_tried_in_vain() {
        for error in [Error::SignedOut, Error::of(Reason::NoPermission)] {
            for fate in [Fate::Answered, Fate::LostAfter] {
                let tasks = vec![replace("a@x.de", "org:member")];
                let service = invited(Script { fates: vec![fate], ..calm() }, &tasks);
                let batch = Batch::new(tasks, Box::new(|| ()));
                let mut running = pin!(run(&service, &batch));
                let mut context = Context::from_waker(Waker::noop());
                assert!(running.as_mut().poll(&mut context).is_pending());
                batch.stop(Some(error.clone()));
                finished(running);
                let job = batch.read(|jobs| jobs[0].clone());
                assert_eq!(
                    (*outcome(&job) == not_sent(error.clone()), job.is_withdrawn),
                    (true, true),
                    "{job:?}"
                );
                assert_eq!(service.tries("a@x.de"), 0);
            }
        }
    }

    #[test]
    fn nobody_is_left_without_an_invitation_because_another_organization_has_become_active() {
        for fate in [Fate::Answered, Fate::LostAfter] {
            let tasks = vec![replace("a@x.de", "org:member"), replace("b@x.de", "org:member")];
            let service = invited(Script { fates: vec![fate], ..calm() }, &tasks);
            let batch = Batch::new(tasks, Box::new(|| ()));
            let mut running = pin!(run(&service, &batch));
            assert!(running.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            batch.stop(Some(Error::Moved));
            finished(running);
            let jobs = batch.read(<[Job]>::to_vec);
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
                // Whoever was not reached before the first refusal keeps the invitation.
                ("r", Outcome::Refused(problem)) => {
                    assert_eq!(problem.reason, Reason::RoleGone);
                    assert_eq!(job.is_withdrawn, !service.is_pending(key), "{job:?}");
                }
                ("v", Outcome::Revoked) | ("m", Outcome::Sent(_)) => {}
                _ => panic!("{job:?}"),
            }
        }
        assert!(jobs.iter().take(4).any(|job| !job.is_withdrawn));
    }

    #[test]
    fn a_role_that_is_gone_costs_nobody_an_invitation_that_was_found_to_stand() {
        let tasks = vec![replace("a@x.de", "org:gone"), replace("b@x.de", "org:gone")];
        let fates = vec![Fate::LostBefore, Fate::Answered];
        let service = invited(Script { fates, gone: Some((0, "org:gone")), ..calm() }, &tasks);
        let jobs = send(&service, tasks);
        assert!(jobs.iter().all(|job| matches!(outcome(job), Outcome::Refused(_))), "{jobs:?}");
        assert_eq!((jobs[0].is_withdrawn, jobs[1].is_withdrawn), (false, true));
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
        let tasks =
            vec![replace("a@x.de", "org:gone"), task("b@x.de", "org:gone"), task("c@x.de", "org:member")];
        let script = Script { fates: vec![Fate::LostAfter], stop_after: Some(0), ..calm() };
        let service = invited(Script { gone: Some((0, "org:gone")), ..script }, &tasks);
        let jobs = send(&service, tasks);
        assert!(matches!(outcome(&jobs[0]), Outcome::Refused(_)) && jobs[0].is_withdrawn);
        assert_eq!(*outcome(&jobs[2]), Outcome::Kept);
    }

    #[test]
    fn a_lack_of_seats_is_no_reason_not_to_try_the_second_half() {
        let tasks = vec![replace("a@x.de", "org:member"), task("b@x.de", "org:member")];
        let service = invited(Script { fates: vec![Fate::LostAfter], seats: 0, ..calm() }, &tasks);
        let jobs = send(&service, tasks);
        assert!(matches!(outcome(&jobs[0]), Outcome::Refused(problem) if problem.reason == Reason::Full));
        assert_eq!((jobs[0].is_withdrawn, service.tries("a@x.de")), (true, 1));
    }

    #[test]
    fn an_address_is_a_batch_s_concern_until_it_is_done() {
        let batch = Batch::new([task("A@x.de", "org:member")], Box::new(|| ()));
        assert!(batch.concerns("a@x.de") && !batch.concerns("b@x.de"));
        finished(run(&Scripted::new(calm()), &batch));
        assert!(!batch.concerns("a@x.de"));
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

    /// What an address is before the batch, and what is to become of it.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Before {
        Free,
        Bad(&'static str),
        Pending,
        /// Pending, and to be invited anew; whether that can be.
        Replaced(Option<&'static str>),
        /// Pending, and to be revoked.
        Revoked,
    }

    impl Before {
        fn is_pending(self) -> bool {
            !matches!(self, Self::Free | Self::Bad(_))
        }

        fn withdraws(self) -> bool {
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
                changed => Just(Before::Revoked),
            ]
        };
        // An invitation form's batch, or a list's.
        prop_oneof![proptest::collection::vec(before(1), 1..40), proptest::collection::vec(before(8), 1..12)]
    }

    /// Who else does what to which of the invitations that are there before, and after how many calls.
    fn others() -> impl Strategy<Value = Vec<(usize, String, Status)>> {
        let status = proptest::sample::select(vec![
            Status::Accepted,
            Status::Other("completed".to_owned()),
            Status::Revoked,
            Status::Expired,
        ]);
        let deed = (0usize..12, 0usize..16, status).prop_map(|(after, n, status)| (after, key(n), status));
        prop_oneof![Just(vec![]), proptest::collection::vec(deed, 0..6)]
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
            let what = match before {
                Before::Replaced(_) => What::Replace(InvitationId(key(n))),
                Before::Revoked => What::Revoke(InvitationId(key(n))),
                _ => What::Invite,
            };
            tasks.push(Task {
                what,
                was_free: is_known && !before.is_pending(),
                ..task(&key(n), if n % 3 == 0 { "org:admin" } else { "org:member" })
            });
        }
        (service, tasks)
    }

    /// Is what is said of an address what the service has?
    fn is_true(service: &Scripted, job: &Job, before: Before) -> Result<(), TestCaseError> {
        let (script, key) = (&service.script, job.task.email.key());
        let (mails, is_pending, original) =
            (service.mails(key), service.is_pending(key), service.original(key));
        let is_ours = service.ours.borrow().contains(&InvitationId(key.to_owned()));
        let has_joined = original.as_ref().is_some_and(has_joined);
        // Whatever is said of it can have changed since.
        let by_others = script.others.iter().any(|(_, whose, _)| whose == key);
        let halted = service.batch.borrow().as_ref().and_then(|batch| batch.halted());
        let is_readable = !script.unreadable.contains(&true) && script.ends.is_none();
        prop_assert!(mails <= 1, "invited twice");
        prop_assert!(!job.is_withdrawn || original == Some(Status::Revoked), "it is not withdrawn");
        if before == Before::Revoked {
            prop_assert_eq!(service.tries(key), 0, "what was to be revoked was invited");
        }
        if matches!(before, Before::Replaced(_)) && job.is_withdrawn {
            let is_barred = halted.as_ref().is_some_and(bars_sending);
            let is_gone =
                matches!(outcome(job), Outcome::Refused(problem) if problem.reason == Reason::RoleGone);
            prop_assert!(is_barred || is_gone || service.tries(key) > 0, "the second half was not tried");
            prop_assert!(*outcome(job) != Outcome::Kept, "it is not said why");
        }
        match outcome(job) {
            Outcome::Sent(proof) => {
                let sent = service.pending.borrow().get(key).cloned();
                prop_assert!(mails == 1 && sent.as_ref() == Some(proof), "not sent");
                prop_assert_eq!((&proof.email_key[..], &proof.role), (key, &job.task.role));
                prop_assert!(!before.withdraws() || job.is_withdrawn);
            }
            Outcome::Pending => prop_assert!(is_pending || by_others),
            Outcome::Unknown(_) => {
                prop_assert!(!is_readable && (!before.withdraws() || job.is_withdrawn));
            }
            Outcome::Revoked => {
                prop_assert!(before == Before::Revoked && job.is_withdrawn);
            }
            Outcome::RevokeUnknown(_) => {
                prop_assert!(!is_readable && before.withdraws() && !job.is_withdrawn && mails == 0);
            }
            Outcome::Refused(_) | Outcome::Missing(_) | Outcome::Kept | Outcome::NotRevoked(_) => {
                prop_assert_eq!(mails, 0, "it was sent");
                prop_assert!(job.is_withdrawn || !is_ours, "it was revoked, and that is not said");
                let stands = before.is_pending() && !job.is_withdrawn;
                prop_assert!(is_pending == stands || (by_others && !is_pending));
            }
            Outcome::NoLongerPending => {
                prop_assert!(mails == 0 && by_others && !is_pending && !is_ours && before.withdraws());
                prop_assert!(!has_joined || !is_readable, "it was accepted, and that is not said");
            }
            Outcome::Accepted => {
                prop_assert!(has_joined && mails == 0 && before.withdraws() && !job.is_withdrawn);
            }
        }
        if let Outcome::Refused(Problem { reason, .. }) = outcome(job) {
            let is_gone = script.gone.is_some_and(|(_, gone)| gone == job.task.role.0);
            let is_its_own = before.bad().is_some_and(|code| Reason::from_code(code) == *reason)
                || (*reason == Reason::AlreadyMember && has_joined)
                || (*reason == Reason::RoleGone && is_gone)
                || (*reason == Reason::Unknown && script.fates.contains(&Fate::Refused))
                || (reason.concerns_all() && job.is_withdrawn);
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
                manner, naming, limit, fates, then, unreadable, bad: BTreeMap::new(), ends, gone, others, seats, stop_after,
                slowness, offline: 0..0,
            };
            let (service, tasks) = stage(script, &addresses, is_known);
            let withdraws = addresses.iter().filter(|before| before.withdraws()).count();
            let jobs = send(&service, tasks);
            for (job, before) in jobs.iter().zip(&addresses) {
                is_true(&service, job, *before).map_err(|error| TestCaseError::fail(format!("{error}\n{job:#?}")))?;
            }
            let most = most_calls(addresses.len())
                + withdraws * (MOST_LOSSES as usize + 1) * (1 + MOST_FRUITLESS as usize * IN_FLIGHT);
            prop_assert!(service.calls.get() <= most);
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
                    (Before::Free | Before::Replaced(None), Outcome::Sent(_)) => true,
                    (Before::Pending, Outcome::Pending) | (Before::Revoked, Outcome::Revoked) => true,
                    (Before::Bad(code) | Before::Replaced(Some(code)), Outcome::Refused(problem)) => {
                        problem.reason == Reason::from_code(code) && job.is_withdrawn == before.withdraws()
                    }
                    // Three losses in a row are an outcome too.
                    (_, Outcome::Missing(_) | Outcome::NotRevoked(_)) => !is_calm,
                    _ => false,
                };
                prop_assert!(is_right, "{before:?}: {job:?}");
            }
        }
    }
}
