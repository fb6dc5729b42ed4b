//! The result of a run.

use crate::domain::{Error, InvitationId, Reason};
use crate::outbox::run::Run;
use crate::outbox::task::{Job, Outcome, Stage};

/// The result of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Each address, in the order of the tasks.
    pub jobs: Vec<Job>,
    /// The error that ended it early.
    pub halted: Option<Error>,
    /// Whether the admin stopped it.
    pub is_stopped: bool,
}

impl Report {
    /// The report of a run that is over.
    pub fn of(run: &Run) -> Self {
        let halted = run.halted();
        let is_stopped = run.is_stopped() && halted.is_none();
        Self { jobs: run.read(<[Job]>::to_vec), halted, is_stopped }
    }

    /// How many addresses have an outcome that passes `test`.
    pub fn count(&self, test: fn(&Outcome) -> bool) -> u64 {
        let is = |job: &&Job| matches!(&job.stage, Stage::Done(outcome) if test(outcome));
        self.jobs.iter().filter(is).count() as u64
    }

    /// The invitations that were sent.
    pub fn sent(&self) -> Vec<InvitationId> {
        self.jobs.iter().filter_map(Job::sent).map(|sent| sent.id.clone()).collect()
    }

    /// The invitations that were revoked, also those in whose place another one was to be sent.
    pub fn revoked(&self) -> Vec<InvitationId> {
        let revoked = self.jobs.iter().filter(|job| job.is_revoked);
        revoked.filter_map(|job| job.task.action.revokes().cloned()).collect()
    }

    /// Whether Clerk refused an address, or ended the run, for this reason.
    pub fn says(&self, reason: Reason) -> bool {
        let is_refused = |job: &Job| matches!(&job.stage, Stage::Done(Outcome::Refused(problem)) if problem.reason == reason);
        self.jobs.iter().any(is_refused) || self.halted.as_ref().is_some_and(|error| error.says(reason))
    }
}
