//! The engine: sends the addresses of a run in rounds of calls, and handles the answers.

use crate::domain::email::may_be_one_mailbox;
use crate::domain::{Error, Invitation, InvitationId, Problem, RoleKey};
use crate::outbox::run::Run;
use crate::outbox::service::Service;
use crate::outbox::task::{Action, Attempts, Job, Outcome, Stage, Task};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// Clerk's own limit for the Backend API. Where it is lower, the first refusal says so.
pub(super) const MAX_AT_ONCE: usize = 10;
/// How many calls are under way at a time.
pub const IN_FLIGHT: usize = 3;
/// How many rounds in a row may fail to bring any progress before the run ends.
pub const MAX_ROUNDS_WITHOUT_PROGRESS: u32 = 6;
/// The longest wait, in seconds, that the engine chooses itself. Clerk may ask for more.
const LONGEST_WAIT: u32 = 30;
/// The wait, in seconds, after too many requests when Clerk names none.
const USUAL_WAIT: u32 = 5;

/// Does all of a run. When this returns, each address has its outcome.
pub async fn execute(service: &impl Service, run: &Run) {
    let engine = Engine::new(service, run);
    engine.enqueue(0..run.read(<[Job]>::len));
    while engine.round().await {
        engine.pause().await;
    }
    engine.close().await;
    engine.find_accepted().await;
}

/// The state of a run that only its execution needs. Jobs are named by their index.
pub(super) struct Engine<'a, S> {
    pub(super) service: &'a S,
    pub(super) run: &'a Run,
    /// Chunks that are still to be sent, the next one last. A chunk is the jobs of one call.
    pub(super) queue: RefCell<Vec<Vec<usize>>>,
    /// Jobs whose answer was lost.
    pub(super) lost: RefCell<Vec<usize>>,
    /// The most jobs of one call.
    pub(super) max_chunk: Cell<usize>,
    /// Has this round made progress?
    pub(super) has_progressed: Cell<bool>,
    /// How many rounds in a row have made no progress.
    rounds_without_progress: Cell<u32>,
    /// Why the last of them had none.
    why: RefCell<Option<Error>>,
    /// Roles that Clerk has refused.
    pub(super) refused_roles: RefCell<Vec<RefusedRole>>,
}

/// A role that can't be given.
#[derive(Clone)]
pub(super) struct RefusedRole {
    pub(super) role: RoleKey,
    pub(super) problem: Problem,
}

/// A chunk that is being put together.
struct Chunk {
    role: RoleKey,
    /// Its only job has to stay alone.
    is_alone: bool,
    jobs: Vec<usize>,
}

impl<'a, S: Service> Engine<'a, S> {
    fn new(service: &'a S, run: &'a Run) -> Self {
        Self {
            service,
            run,
            queue: RefCell::default(),
            lost: RefCell::default(),
            max_chunk: Cell::new(MAX_AT_ONCE),
            has_progressed: Cell::new(false),
            rounds_without_progress: Cell::new(0),
            why: RefCell::default(),
            refused_roles: RefCell::default(),
        }
    }

    /// Sends until a call is lost or has to wait, then settles what was lost. `false` when the run is over.
    async fn round(&self) -> bool {
        self.has_progressed.set(false);
        let worker = |_| Box::pin(self.work()) as Pin<Box<dyn Future<Output = ()> + '_>>;
        together((0..IN_FLIGHT).map(worker).collect()).await;
        self.settle().await;
        let is_over = self.queue.borrow().is_empty() && self.lost.borrow().is_empty();
        if is_over || self.run.is_stopped() {
            return false;
        }
        let rounds_without_progress =
            if self.has_progressed.get() { 0 } else { self.rounds_without_progress.get().saturating_add(1) };
        self.rounds_without_progress.set(rounds_without_progress);
        if rounds_without_progress >= MAX_ROUNDS_WITHOUT_PROGRESS {
            self.run.stop(self.why.take());
            return false;
        }
        true
    }

    /// Puts jobs into chunks of one role each, in front of the queue. Two kinds of jobs are a chunk of their own: one whose
    /// invitation is to be revoked, because Clerk revokes one at a time, and the time between its two calls, in which the
    /// invitee has no invitation, is to be short; and one that an answer left out, because only alone it gets its reason.
    pub(super) fn enqueue(&self, jobs: impl Iterator<Item = usize>) {
        let mut chunks: Vec<Chunk> = vec![];
        for at in jobs {
            let found = self.run.with(at, |job| {
                let is_alone =
                    job.task.action.revokes().is_some() || job.attempts.why() == Some(&Error::Unproved);
                (job.task.role.clone(), is_alone)
            });
            let Some((role, is_alone)) = found else { continue };
            let has_room = |chunk: &&mut Chunk| {
                chunk.role == role && !chunk.is_alone && chunk.jobs.len() < self.max_chunk.get()
            };
            let room = if is_alone { None } else { chunks.iter_mut().rev().find(has_room) };
            match room {
                Some(chunk) => chunk.jobs.push(at),
                None => chunks.push(Chunk { role, is_alone, jobs: vec![at] }),
            }
        }
        chunks.into_iter().rev().for_each(|chunk| self.requeue(chunk.jobs));
    }

    /// Puts a chunk at the front of the queue.
    pub(super) fn requeue(&self, chunk: Vec<usize>) {
        self.mark(&chunk, &Stage::Waiting);
        if !chunk.is_empty() {
            self.queue.borrow_mut().push(chunk);
        }
    }

    /// The next chunk to send; `None` when there is none, and while a call would have to wait.
    fn next(&self) -> Option<Vec<usize>> {
        if self.run.is_stopped() || self.run.wait() > 0 || !self.lost.borrow().is_empty() {
            return None;
        }
        let mut chunk = self.queue.borrow_mut().pop()?;
        let rest = chunk.split_off(chunk.len().min(self.max_chunk.get()));
        self.requeue(rest);
        Some(chunk)
    }

    async fn work(&self) {
        while let Some(chunk) = self.next() {
            self.send(chunk).await;
        }
    }

    /// Makes the calls for a chunk, and handles the answers.
    pub(super) async fn send(&self, chunk: Vec<usize>) {
        self.mark(&chunk, &Stage::UnderWay);
        let tasks: Vec<Task> = chunk.iter().filter_map(|at| self.run.task(*at)).collect();
        let Some(first) = tasks.first() else { return };
        // The earlier invitation must not be revoked for a replacement that can only be refused.
        if !matches!(first.action, Action::Revoke(_))
            && let Some(refused) = self.refused_role(&first.role)
        {
            return self.refuse_role(chunk, &refused);
        }
        if let (Some(id), [at]) = (first.action.revokes(), chunk.as_slice())
            && !self.revoke(*at, id).await
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
            Ok(invitations) => self.answered(chunk, &tasks, invitations),
            Err(Error::Refused(problems)) => self.refused(chunk, &problems),
            Err(error) => self.failed(chunk, error),
        }
    }

    /// The jobs with an invitation in the answer are sent; the answer proves nothing for the others. What it has of other
    /// addresses may be about them, in another spelling.
    fn answered(&self, chunk: Vec<usize>, tasks: &[Task], mut invitations: Vec<Invitation>) {
        let mut unproved = vec![];
        for (at, task) in chunk.into_iter().zip(tasks) {
            let proof = invitations.iter().position(|proof| task.email.key() == proof.email_key);
            match proof {
                Some(nth) => self.done(at, Outcome::Sent(invitations.swap_remove(nth))),
                None => unproved.push((at, task)),
            }
        }
        invitations.retain(|other| tasks.iter().all(|task| task.email.key() != other.email_key));
        let is_about =
            |task: &Task, other: &Invitation| may_be_one_mailbox(task.email.key(), &other.email_key);
        for (at, task) in &unproved {
            let may_be = |other: &Invitation| {
                is_about(task, other) || !unproved.iter().any(|(_, task)| is_about(task, other))
            };
            if invitations.iter().any(may_be) {
                self.run.with(*at, |job| job.attempts = Attempts::Echoed(Error::Unproved));
            }
        }
        self.lose(unproved.into_iter().map(|(at, _)| at).collect(), &Error::Unproved);
    }

    /// Revokes the earlier invitation of a job. `false` when no other one is to be sent now.
    async fn revoke(&self, at: usize, id: &InvitationId) -> bool {
        let before = self.run.with(at, |job| (job.is_revoked, job.attempts.leave_doubt()));
        let Some((false, is_doubtful)) = before else { return true };
        match self.service.revoke(id).await {
            Ok(_) if !self.revoked(at) => {}
            // When the admin stops the run, the replacement is sent all the same, so that the invitee is not left without
            // an invitation; only an error that bars sending prevents it.
            Ok(_) if self.is_barred() => self.requeue(vec![at]),
            Ok(_) => return true,
            // An earlier call of this run, whose answer was lost, may have revoked it.
            Err(error) if error.is_news() && is_doubtful => self.lose(vec![at], &error),
            Err(Error::Refused(problems))
                if !problems.iter().any(|problem| problem.reason.concerns_all())
                    && self.keeps_expired(at) =>
            {
                return true;
            }
            Err(error) if error.is_news() => self.done(at, Outcome::NoLongerPending),
            Err(Error::Refused(problems))
                if !problems.iter().any(|problem| problem.reason.concerns_all()) =>
            {
                self.done(at, Outcome::NotRevoked(Error::Refused(problems)));
            }
            Err(Error::Refused(problems)) => self.refused(vec![at], &problems),
            Err(error) => self.failed(vec![at], error),
        }
        false
    }

    /// Keeps the earlier invitation of a job if it has expired: Clerk may accept another one beside it. `true` when that one
    /// is to be sent.
    pub(super) fn keeps_expired(&self, at: usize) -> bool {
        let has_expired = self.run.with(at, |job| {
            let has_expired = matches!(job.task.action, Action::Renew(_));
            if has_expired {
                (job.task.action, job.attempts) = (Action::Invite, Attempts::None);
            }
            has_expired
        });
        has_expired == Some(true)
    }

    /// Notes that the earlier invitation of a job is revoked for certain. `true` when another one is to be sent.
    pub(super) fn revoked(&self, at: usize) -> bool {
        self.has_progressed.set(true);
        let was_all = self.run.with(at, |job| {
            (job.is_revoked, job.attempts) = (true, Attempts::None);
            matches!(job.task.action, Action::Revoke(_))
        });
        if was_all == Some(true) {
            self.done(at, Outcome::Revoked);
        }
        was_all == Some(false)
    }

    /// Puts a chunk back that was not sent. Jobs whose earlier invitation is revoked remember the reason.
    pub(super) fn put_off(&self, chunk: Vec<usize>, error: Error) {
        for at in &chunk {
            self.run.with(*at, |job| {
                if job.is_revoked {
                    job.attempts.put_off(error.clone());
                }
            });
        }
        self.why.replace(Some(error));
        self.requeue(chunk);
    }

    /// Handles a call that was not carried out, or of which that is not known.
    fn failed(&self, chunk: Vec<usize>, error: Error) {
        match error {
            Error::TooMany { wait } => {
                self.hold_as_asked(wait);
                self.put_off(chunk, error);
            }
            error if error.leaves_doubt() => self.lose(chunk, &error),
            error => {
                self.run.stop(Some(error.clone()));
                self.put_off(chunk, error);
            }
        }
    }

    /// Notes jobs of which it is not known whether they were carried out.
    pub(super) fn lose(&self, chunk: Vec<usize>, error: &Error) {
        for at in &chunk {
            self.run.with(*at, |job| job.attempts.lose(error.clone()));
        }
        self.why.replace(Some(error.clone()));
        self.lost.borrow_mut().extend(chunk);
    }

    /// Makes the next round wait: for that many seconds, or longer the more rounds had no progress.
    pub(super) fn hold(&self, seconds: u32) {
        let longer = seconds.max(
            (1 << self.rounds_without_progress.get().min(MAX_ROUNDS_WITHOUT_PROGRESS)).min(LONGEST_WAIT),
        );
        self.run.set_wait(self.run.wait().max(longer));
    }

    /// Makes the next round wait as long as Clerk asks for.
    pub(super) fn hold_as_asked(&self, wait: Option<u32>) {
        self.hold(wait.unwrap_or(USUAL_WAIT).max(1));
    }

    async fn pause(&self) {
        while (self.run.wait() > 0 || !self.service.is_connected()) && !self.run.is_stopped() {
            self.run.changed(&[]);
            self.service.second().await;
            self.run.set_wait(self.run.wait().saturating_sub(1));
        }
        self.run.set_wait(0);
    }

    pub(super) fn mark(&self, chunk: &[usize], stage: &Stage) {
        for at in chunk {
            self.run.with(*at, |job| job.stage = stage.clone());
        }
        self.run.changed(chunk);
    }

    pub(super) fn done(&self, at: usize, outcome: Outcome) {
        self.has_progressed.set(true);
        self.mark(&[at], &Stage::Done(outcome));
    }
}

/// Polls several futures side by side until all are ready.
async fn together(mut all: Vec<Pin<Box<dyn Future<Output = ()> + '_>>>) {
    poll_fn(|context| {
        all.retain_mut(|one| one.as_mut().poll(context).is_pending());
        if all.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
