//! The runs that are on their way from one workspace, as the views draw them.

use crate::domain::{Error, InvitationId};
use crate::outbox::announcement::{Announced, Announcement, Progress};
use crate::outbox::report::Report;
use crate::outbox::task::{Action, Job, Stage, Task};
use std::collections::HashSet;

/// The id of a run. It is not used twice while the page is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunId(pub u32);

/// Where the admin asked for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the invite form.
    Form,
    /// In the list.
    List,
}

/// A run that has not ended.
#[derive(Clone, Debug, PartialEq)]
pub struct ActiveRun {
    /// Which one.
    pub id: RunId,
    /// Where the admin asked for it.
    pub origin: Origin,
    /// Each address and how far it is, as the engine told last.
    pub jobs: Vec<Job>,
    /// When it began, on the page's own clock, in milliseconds.
    pub began: f64,
    /// Seconds until the engine goes on; 0 while it does not wait.
    pub wait: u32,
    /// Whether the admin has stopped it.
    pub is_stopping: bool,
    /// How many more rows the admin had selected that nothing could be done with.
    pub left_out: u64,
    /// What was said of it last.
    announced: Announced,
}

/// The tasks that the admin wants carried out in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRequest {
    /// Where the admin asked for it.
    pub origin: Origin,
    /// One task for each address.
    pub tasks: Vec<Task>,
    /// How many more rows the admin had selected that nothing can be done with.
    pub left_out: u64,
}

/// All runs of a workspace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outbox {
    runs: Vec<ActiveRun>,
    last: u32,
    /// Jobs that failed in a run which still goes on, and that another run has taken over since.
    taken_over: Vec<(RunId, InvitationId)>,
}

/// What happened to the outbox.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The admin wants tasks carried out.
    RunRequested(RunRequest),
    /// The engine tells of changes: jobs by their place in the run, and the seconds that it waits.
    Progressed(RunId, Vec<(usize, Job)>, u32),
    /// The admin stopped a run.
    StopPressed(RunId),
    /// The engine has ended a run.
    Ended(RunId, Report),
    /// The admin is no longer in this workspace, for this reason.
    Left(Error),
    /// An entry of an earlier journal was settled, or the admin has changed it.
    JournalChanged,
}

/// What the runner does for the outbox.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Starts the engine on these tasks.
    Execute(RunId, Vec<Task>),
    /// Tells the engine to end a run. The error is the reason; `None` when the admin has stopped it.
    Stop(RunId, Option<Error>),
    /// Saves the journal of the workspace.
    SaveJournal,
    /// Tells the features that a run has ended.
    TellEnded(ActiveRun, Report),
}

/// Carries a message out. `now` is the page's own clock, in milliseconds.
pub fn update(outbox: &mut Outbox, msg: Msg, now: f64) -> Vec<Effect> {
    match msg {
        Msg::RunRequested(request) => outbox.start(request, now),
        Msg::Progressed(id, changed, wait) => {
            if let Some(run) = outbox.runs.iter_mut().find(|run| run.id == id) {
                run.wait = wait;
                for (at, job) in changed {
                    if let Some(known) = run.jobs.get_mut(at) {
                        *known = job;
                    }
                }
            }
            vec![]
        }
        Msg::StopPressed(id) => outbox.stop(id, None),
        Msg::Ended(id, report) => outbox.end(id, report),
        Msg::JournalChanged => vec![Effect::SaveJournal],
        Msg::Left(why) => {
            let running: Vec<_> = outbox.runs.iter().map(|run| run.id).collect();
            running.into_iter().flat_map(|id| outbox.stop(id, Some(why.clone()))).collect()
        }
    }
}

impl Outbox {
    /// The runs that have not ended, in the order in which they began.
    pub fn runs(&self) -> &[ActiveRun] {
        &self.runs
    }

    /// The run that sends from the form.
    pub fn sending(&self) -> Option<&ActiveRun> {
        self.runs.iter().find(|run| run.origin == Origin::Form)
    }

    /// Whether something is being done for the address with this [`Email::key`](crate::domain::Email::key): two runs
    /// that each revoke and invite the same person would undo each other's work, and send two mails.
    pub fn is_busy_with(&self, key: &str) -> bool {
        let is_it = |job: &Job| job.task.email.key() == key && !matches!(job.stage, Stage::Done(_));
        self.runs.iter().any(|run| run.jobs.iter().any(is_it))
    }

    /// The job of this row of the list in the runs that have not ended; the latest one, when a later run tries again
    /// what failed in an earlier one. It may be done although its run goes on.
    pub fn job_of(&self, row: &InvitationId) -> Option<&Job> {
        let mut jobs = self.runs.iter().rev().flat_map(|run| &run.jobs);
        jobs.find(|job| job.task.row.as_ref() == Some(row))
    }

    /// The tasks that a reload would interrupt. Those that only revoke are left out: after the reload the list shows
    /// whether the invitation is revoked.
    pub fn unfinished(&self) -> impl Iterator<Item = &Task> {
        let tasks = self.runs.iter().flat_map(|run| &run.jobs).map(|job| &job.task);
        tasks.filter(|task| !matches!(task.action, Action::Revoke(_)))
    }

    /// What is to be said now of the runs that have not ended to those who do not see them.
    pub fn announcements(&mut self, now: f64) -> Vec<Announcement> {
        let next = |run: &mut ActiveRun| {
            let (done, total) = run.progress();
            let says_start = run.origin == Origin::Form;
            run.announced.next(Progress { done, total, wait: run.wait, says_start }, now)
        };
        self.runs.iter_mut().filter_map(next).collect()
    }

    fn start(&mut self, request: RunRequest, now: f64) -> Vec<Effect> {
        let RunRequest { origin, mut tasks, left_out } = request;
        tasks.retain(|task| !self.is_busy_with(task.email.key()));
        // One run at a time sends from the form: a second press must not send twice.
        if tasks.is_empty() || origin == Origin::Form && self.sending().is_some() {
            return vec![];
        }
        self.take_over(&tasks);
        self.last = self.last.wrapping_add(1);
        let id = RunId(self.last);
        let jobs = tasks.iter().cloned().map(Job::new).collect();
        let announced = Announced::default();
        let run =
            ActiveRun { id, origin, jobs, began: now, wait: 0, is_stopping: false, left_out, announced };
        self.runs.push(run);
        // The journal first: a reload right after the first call must find it.
        vec![Effect::SaveJournal, Effect::Execute(id, tasks)]
    }

    /// Notes which rows of the other runs these tasks are about.
    fn take_over(&mut self, tasks: &[Task]) {
        let rows: HashSet<_> = tasks.iter().filter_map(|task| task.row.as_ref()).collect();
        for run in &self.runs {
            let of_run = run.jobs.iter().filter_map(|job| job.task.row.as_ref());
            let taken = of_run.filter(|row| rows.contains(row));
            self.taken_over.extend(taken.map(|row| (run.id, row.clone())));
        }
    }

    /// A run has ended. Its report is silent about what another run has taken over: that run tells what became of it, and
    /// a retry of the report must not send a second mail.
    fn end(&mut self, id: RunId, mut report: Report) -> Vec<Effect> {
        let Some(at) = self.runs.iter().position(|run| run.id == id) else { return vec![] };
        let run = self.runs.remove(at);
        let taken: HashSet<_> =
            self.taken_over.extract_if(.., |(of, _)| *of == id).map(|(_, row)| row).collect();
        report.jobs.retain(|job| !job.task.row.as_ref().is_some_and(|row| taken.contains(row)));
        vec![Effect::SaveJournal, Effect::TellEnded(run, report)]
    }

    fn stop(&mut self, id: RunId, why: Option<Error>) -> Vec<Effect> {
        let Some(run) = self.runs.iter_mut().find(|run| run.id == id) else { return vec![] };
        run.is_stopping = true;
        vec![Effect::Stop(id, why)]
    }
}

impl ActiveRun {
    /// Whether it does nothing but revoke.
    pub fn only_revokes(&self) -> bool {
        self.jobs.iter().all(|job| matches!(job.task.action, Action::Revoke(_)))
    }

    /// How many addresses have their outcome, and how many there are.
    pub fn progress(&self) -> (u64, u64) {
        let done = self.jobs.iter().filter(|job| matches!(job.stage, Stage::Done(_))).count();
        (done as u64, self.jobs.len() as u64)
    }
}

#[cfg(test)]
mod tests;
