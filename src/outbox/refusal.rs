//! Handles what Clerk refuses: the whole run, a role, or single addresses.

use crate::domain::{Error, Field, Problem, Reason, RoleKey};
use crate::outbox::engine::{Engine, RefusedRole};
use crate::outbox::service::Service;
use crate::outbox::task::{Action, Outcome, Stage};

impl<S: Service> Engine<'_, S> {
    /// Handles a call that Clerk refused.
    pub(super) fn refused(&self, chunk: Vec<usize>, problems: &[Problem]) {
        if let Some(problem) = problems.iter().find(|problem| problem.reason.concerns_all()) {
            return self.refused_for_all(chunk, problem);
        }
        let is_about = |reason| problems.iter().any(|problem| problem.reason == reason);
        if chunk.len() > 1 && is_about(Reason::BatchTooBig) {
            self.max_chunk.set(self.max_chunk.get().min(chunk.len() / 2));
            self.has_progressed.set(true);
            return self.requeue(chunk);
        }
        if let Some(problem) = problems.iter().find(|problem| problem.field == Field::Role) {
            let Some(task) = chunk.first().and_then(|at| self.run.task(*at)) else { return };
            let refused = RefusedRole { role: task.role, problem: problem.clone() };
            self.refused_roles.borrow_mut().push(refused.clone());
            return self.refuse_role(chunk, &refused);
        }
        self.split(chunk, problems);
    }

    /// Handles a refusal that every other call would meet as well: it ends the run, unless Clerk is only busy.
    fn refused_for_all(&self, chunk: Vec<usize>, problem: &Problem) {
        let error = Error::Refused(vec![problem.clone()]);
        if problem.reason == Reason::Locked {
            self.hold(1);
            return self.put_off(chunk, error);
        }
        self.run.stop(Some(error.clone()));
        // The first jobs of the chunk may have got the last seats.
        if chunk.len() > 1 && matches!(problem.reason, Reason::Full | Reason::SeatsNeeded) {
            self.mark(&chunk, &Stage::UnderWay);
            self.lost.borrow_mut().extend(chunk);
            return;
        }
        self.put_off(chunk, error);
    }

    /// Refuses the jobs that the problems name, and sends the rest again: in halves when no job is named.
    fn split(&self, chunk: Vec<usize>, problems: &[Problem]) {
        let whole = chunk.len();
        let mut rest = vec![];
        for at in chunk {
            let named = self.run.task(at).and_then(|task| {
                problems.iter().find(|problem| whole == 1 || problem.names(&task.email)).cloned()
            });
            match named {
                Some(problem) => self.refuse(at, problem),
                None => {
                    self.run.with(at, |job| job.attempts.refuse_with_others());
                    rest.push(at);
                }
            }
        }
        self.has_progressed.set(true);
        if rest.len() == whole {
            self.requeue(rest.split_off(whole / 2));
        }
        self.requeue(rest);
    }

    pub(super) fn refused_role(&self, role: &RoleKey) -> Option<RefusedRole> {
        self.refused_roles.borrow().iter().find(|refused| refused.role == *role).cloned()
    }

    /// Refuses a chunk and all queued jobs with the same role, which need not be tried. Jobs that only revoke stay in the
    /// queue, because the role has no effect on them. Jobs whose earlier invitation is not revoked yet keep it.
    pub(super) fn refuse_role(&self, mut chunk: Vec<usize>, refused: &RefusedRole) {
        self.queue.borrow_mut().retain(|queued| {
            let next = queued.first().and_then(|at| self.run.task(*at));
            let is_same = next
                .is_some_and(|next| next.role == refused.role && !matches!(next.action, Action::Revoke(_)));
            if is_same {
                chunk.extend(queued);
            }
            !is_same
        });
        // A job may have been sent before the role was gone, in a call that was refused because of another address.
        let is_doubtful =
            |at: &usize| self.run.is(*at, |job| job.attempts.leave_doubt() && !job.must_revoke());
        let (doubtful, certain): (Vec<_>, Vec<_>) = chunk.into_iter().partition(is_doubtful);
        certain.into_iter().for_each(|at| self.done(at, Outcome::Refused(refused.problem.clone())));
        self.lose(doubtful, &Error::Refused(vec![refused.problem.clone()]));
    }

    /// Handles the refusal of a single job.
    fn refuse(&self, at: usize, problem: Problem) {
        let is_doubtful = self.run.is(at, |job| job.attempts.leave_doubt());
        match problem.reason {
            // This run may have invited the address, in a call that was refused because of another one, or whose answer
            // was lost.
            Reason::AlreadyInvited if is_doubtful => self.lose(vec![at], &Error::Refused(vec![problem])),
            Reason::AlreadyInvited => self.done(at, Outcome::Pending),
            // A problem with the address itself was there in the earlier call too. Any other one may be new, and does not
            // tell whether the earlier call has sent it.
            _ if is_doubtful && problem.field != Field::Email => {
                self.lose(vec![at], &Error::Refused(vec![problem]));
            }
            _ => self.done(at, Outcome::Refused(problem)),
        }
    }
}
