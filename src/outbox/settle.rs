//! Settles by Clerk's list what calls do not tell: what became of lost answers, and of the jobs that are left at the end.

use crate::domain::service::walk;
use crate::domain::{Error, Invitation, Problem, Reason, Status};
use crate::outbox::engine::Engine;
use crate::outbox::service::Service;
use crate::outbox::task::{Attempts, Job, Outcome, Stage};

/// How often the answer about one address may be lost before that is its outcome.
pub(super) const MAX_LOSSES: u32 = 3;

/// Will Clerk show nothing more to this viewer? That another organization is active by now bars nothing: each call names
/// the organization that it is for.
pub(super) fn bars_reading(error: &Error) -> bool {
    let ends = [Reason::NoPermission, Reason::NotMember, Reason::OrganizationGone, Reason::OrganizationsOff];
    *error == Error::SignedOut || ends.iter().any(|reason| error.says(*reason))
}

/// Will Clerk refuse every further invitation, whatever the address? A lack of seats is no such error: the revoked
/// invitation has left a seat.
pub(super) fn bars_sending(error: &Error) -> bool {
    let bars = |problem: &Problem| {
        let is_passing = matches!(problem.reason, Reason::Full | Reason::SeatsNeeded | Reason::Locked);
        problem.reason.concerns_all() && !is_passing
    };
    matches!(error, Error::Refused(problems) if problems.iter().any(bars)) || bars_reading(error)
}

/// The outcome of a job of which it is known that nothing was sent, and why.
pub(super) fn not_sent(error: Error) -> Outcome {
    match error {
        Error::Refused(problems) => {
            problems.into_iter().next().map_or(Outcome::Missing(Error::Unproved), Outcome::Refused)
        }
        error => Outcome::Missing(error),
    }
}

impl<S: Service> Engine<'_, S> {
    /// Reads the list for the jobs whose answer was lost: what it has is not sent again, what it lacks is.
    pub(super) async fn settle(&self) {
        let mut open = self.lost.take();
        if open.is_empty() {
            return;
        }
        let mut found = vec![];
        let mut walked = self.seek(&[Status::Pending], &mut open, &mut found).await;
        let is_open =
            |(at, invitation): (usize, Invitation)| self.found_pending(at, invitation).then_some(at);
        let mut again: Vec<usize> = found.into_iter().filter_map(is_open).collect();
        let must_revoke = |at: &mut usize| self.run.is(*at, Job::must_revoke);
        let mut gone: Vec<usize> = open.extract_if(.., must_revoke).collect();
        let mut without_invitation = vec![];
        if walked.is_ok() && !gone.is_empty() {
            (without_invitation, walked) = self.seek_revoked(&mut gone).await;
        }
        open.append(&mut gone);
        match walked {
            Ok(()) => again.append(&mut open),
            Err(error) => self.could_not_read(open, error),
        }
        again.retain(|at| self.may_try_again(*at));
        if !again.is_empty() {
            self.hold(1);
        }
        self.enqueue(again.into_iter());
        // Invitees without an invitation come before all others.
        self.enqueue(without_invitation.into_iter());
    }

    /// Handles a lost job for which the list has a pending invitation. `true` when the call had no effect.
    fn found_pending(&self, at: usize, invitation: Invitation) -> bool {
        let job = self.run.with(at, |job| (job.must_revoke(), job.task.was_free || job.is_revoked));
        match job {
            // The invitation that was to be revoked is still there.
            Some((true, _)) => return true,
            Some((false, true)) => self.done(at, Outcome::Sent(invitation)),
            _ => self.done(at, Outcome::Pending),
        }
        false
    }

    /// Looks among the revoked invitations for those that were to be revoked and are no longer pending. Returns the jobs
    /// that are to be sent now; `gone` keeps the jobs that could not be settled.
    async fn seek_revoked(&self, gone: &mut Vec<usize>) -> (Vec<usize>, Result<(), Error>) {
        let mut found = vec![];
        let walked = self.seek(&[Status::Revoked], gone, &mut found).await;
        let mut without_invitation: Vec<_> =
            found.into_iter().map(|(at, _)| at).filter(|at| self.revoked(*at)).collect();
        if walked.is_ok() {
            let (expired, ended): (Vec<_>, Vec<_>) = gone.drain(..).partition(|at| self.keeps_expired(*at));
            ended.into_iter().for_each(|at| self.done(at, Outcome::NoLongerPending));
            without_invitation.extend(expired);
        }
        (without_invitation, walked)
    }

    /// Keeps jobs lost, because the list could not be read.
    fn could_not_read(&self, mut open: Vec<usize>, error: Error) {
        self.lost.borrow_mut().append(&mut open);
        match error {
            Error::TooMany { wait } => self.hold_as_asked(wait),
            error if error.leaves_doubt() => self.hold(1),
            error => self.run.stop(Some(error)),
        }
    }

    /// Counts a loss of which the list proves that the call had no effect. `false`, and an outcome, when the job is not to
    /// be tried again.
    fn may_try_again(&self, at: usize) -> bool {
        let echo = self.run.with(at, |job| match &job.attempts {
            Attempts::Echoed(why) => Some(why.clone()),
            _ => None,
        });
        if let Some(why) = echo.flatten() {
            self.done(at, Outcome::Unknown(why));
            return false;
        }
        let lost = self.run.with(at, |job| {
            let must_revoke = job.must_revoke();
            let Attempts::Lost { times, why } = &mut job.attempts else { return None };
            *times = times.saturating_add(1);
            Some((*times, why.clone(), must_revoke))
        });
        let Some((losses, error, must_revoke)) = lost.flatten() else { return true };
        let is_refusal =
            !must_revoke && matches!(&error, Error::Refused(_)) && !error.says(Reason::AlreadyInvited);
        let is_last = is_refusal || losses >= MAX_LOSSES || self.run.is_stopped();
        if is_last {
            let outcome = match error {
                // Clerk has said that it is no longer pending, and its list still has it: neither is proved.
                error if must_revoke && error.is_news() => Outcome::RevokeUnknown(error),
                error if must_revoke => Outcome::NotRevoked(error),
                error if error.says(Reason::AlreadyInvited) => Outcome::Pending,
                error => not_sent(error),
            };
            self.done(at, outcome);
        }
        !is_last
    }

    /// Moves the jobs that the list has with these statuses from `open` to `found`. When reading fails, what was found
    /// until then stays found.
    async fn seek(
        &self,
        statuses: &[Status],
        open: &mut Vec<usize>,
        found: &mut Vec<(usize, Invitation)>,
    ) -> Result<(), Error> {
        walk(self.service, statuses, &mut |invitation| {
            let is_it = |at: &usize| {
                self.run.is(*at, |job| match job.task.action.revokes() {
                    Some(id) if !job.is_revoked => *id == invitation.id,
                    _ => job.task.email.key() == invitation.email_key,
                })
            };
            if let Some(nth) = open.iter().position(is_it) {
                found.push((open.swap_remove(nth), invitation));
            }
            open.is_empty()
        })
        .await
    }

    /// Gives each job that is left its outcome; for jobs that may have been sent, by the list.
    pub(super) async fn close(&self) {
        let is_doubtful = |at: &usize| self.run.is(*at, |job| job.attempts.leave_doubt());
        let (doubtful, left): (Vec<_>, Vec<_>) =
            self.queue.take().into_iter().flatten().partition(is_doubtful);
        self.enqueue(left.into_iter());
        self.lost.borrow_mut().extend(doubtful);
        self.settle().await;
        self.send_replacements().await;
        for at in self.lost.take() {
            let doubt = self.run.with(at, |job| (job.attempts.why().cloned(), job.must_revoke()));
            let (why, must_revoke) = doubt.unwrap_or_default();
            let error = why.or_else(|| self.run.halted()).unwrap_or(Error::Unproved);
            self.done(at, if must_revoke { Outcome::RevokeUnknown(error) } else { Outcome::Unknown(error) });
        }
        self.queue.take().into_iter().flatten().for_each(|at| self.leave(at));
        self.run.set_wait(0);
    }

    /// Tries once to send to the invitees whose invitation is revoked and for whom no call has tried yet.
    async fn send_replacements(&self) {
        let is_without_invitation =
            |at: &usize| self.run.is(*at, |job| job.is_revoked && job.attempts.why().is_none());
        while !self.is_barred() {
            let queue = self.queue.take().into_iter().flatten();
            let (without_invitation, left): (Vec<_>, Vec<_>) = queue.partition(is_without_invitation);
            self.enqueue(left.into_iter());
            if without_invitation.is_empty() {
                break;
            }
            for at in without_invitation {
                if self.is_barred() {
                    self.requeue(vec![at]);
                } else {
                    self.send(vec![at]).await;
                }
            }
            // The list may show that further lost calls have revoked invitations.
            self.settle().await;
        }
    }

    /// Has the run ended for an error that every further invitation would meet?
    pub(super) fn is_barred(&self) -> bool {
        self.run.halted().as_ref().is_some_and(bars_sending)
    }

    /// Gives a job its outcome that was not sent before the end. When its earlier invitation is revoked, the outcome says
    /// why.
    fn leave(&self, at: usize) {
        let job = self.run.with(at, |job| (job.is_revoked, job.attempts.why().cloned()));
        let Some((true, why)) = job else { return self.done(at, Outcome::Kept) };
        let halted = self.run.halted();
        let reason = halted.clone().filter(bars_sending).or(why).or(halted);
        self.done(at, reason.map_or(Outcome::Kept, not_sent));
    }

    /// Finds out which of the invitations that are no longer pending were accepted. Clerk has no search, so the list is
    /// walked once for all of them.
    pub(super) async fn find_accepted(&self) {
        let is_gone = |job: &Job| job.stage == Stage::Done(Outcome::NoLongerPending);
        let mut open: Vec<_> =
            self.run.read(|jobs| (0..).zip(jobs).filter(|(_, job)| is_gone(job)).map(|(at, _)| at).collect());
        if open.is_empty() || self.run.halted().as_ref().is_some_and(bars_reading) {
            return;
        }
        let (statuses, mut found) = ([Status::Accepted, Status::Other("completed".to_owned())], vec![]);
        // When the list can't be read, the outcome stays what is certain: that the invitation is no longer pending.
        let _ = self.seek(&statuses, &mut open, &mut found).await;
        found.into_iter().for_each(|(at, _)| self.done(at, Outcome::Accepted));
    }
}
