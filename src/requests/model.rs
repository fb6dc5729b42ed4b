//! The state of the requests to join one organization.

use crate::domain::{
    Answer, Error, JoinRequest, Page, PageRequest, PageSize, Question, Remote, RequestId, Slice,
};
use std::collections::BTreeSet;

/// The requests to join.
pub struct Model {
    /// The page of them that is shown, and how many there are in all.
    pub page: Remote<PageRequest, (Vec<JoinRequest>, u64)>,
    /// Which are selected.
    pub selected: BTreeSet<RequestId>,
    /// What the admin has answered since the page was read, in that order. They are sent one at a time.
    pub jobs: Vec<Job>,
    /// The question that must be answered before anything is sent.
    pub asking: Option<Asking>,
    /// Which of these were told of.
    pub reported: BTreeSet<RequestId>,
    /// Whether Clerk wants to be left alone for some seconds.
    pub is_paused: bool,
}

/// What the admin has answered to a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The request.
    pub request: JoinRequest,
    /// What they answered.
    pub answer: Answer,
    /// How far it is.
    pub stage: Stage,
}

/// How far an answer is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Others are sent before it.
    Waiting,
    /// It is on its way, or Clerk is being asked what became of it.
    Sending,
    /// It has ended.
    Done(Outcome),
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Clerk has returned the request as answered.
    Answered,
    /// The request does not wait any more, and Clerk has not said who answered it how.
    Gone,
    /// The request still waits for an answer.
    Failed(Error),
    /// Nobody can tell.
    Unknown(Error),
}

/// A question about answers that are to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// The answer.
    pub answer: Answer,
    /// To whom.
    pub requests: Vec<JoinRequest>,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            page: Remote::idle(PageRequest { page: Page::FIRST, size: PageSize::Ten }),
            selected: BTreeSet::new(),
            jobs: vec![],
            asking: None,
            reported: BTreeSet::new(),
            is_paused: false,
        }
    }
}

impl Model {
    /// The rows that are shown.
    pub fn rows(&self) -> &[JoinRequest] {
        self.page.known.value().map_or(&[], |page| &page.0)
    }

    /// How many wait for an answer; `None` while that is not known.
    pub fn waiting(&self) -> Option<u64> {
        let (_, total) = &**self.page.known.value()?;
        let is_answered = |job: &&Job| matches!(job.stage, Stage::Done(Outcome::Answered | Outcome::Gone));
        Some(total.saturating_sub(self.jobs.iter().filter(is_answered).count() as u64))
    }

    /// What the admin has answered to a request last.
    pub fn job(&self, id: &RequestId) -> Option<&Job> {
        self.jobs.iter().rev().find(|job| job.request.id == *id)
    }

    /// The selected requests that can be answered, in the order of the page.
    pub fn answerable(&self) -> Vec<JoinRequest> {
        let can_be = |row: &&JoinRequest| self.selected.contains(&row.id) && self.can_be_answered(&row.id);
        self.rows().iter().filter(can_be).cloned().collect()
    }

    /// Whether the request waits for an answer, as far as is known.
    pub fn can_be_answered(&self, id: &RequestId) -> bool {
        match self.job(id).map(|job| &job.stage) {
            None | Some(Stage::Done(Outcome::Failed(_) | Outcome::Unknown(_))) => true,
            Some(Stage::Waiting | Stage::Sending | Stage::Done(Outcome::Answered | Outcome::Gone)) => false,
        }
    }

    /// Which page of how many requests is shown.
    pub fn slice(&self) -> Option<Slice> {
        let (rows, total) = &**self.page.known.value()?;
        let PageRequest { page, size } = *self.page.wanted();
        Some(Slice { rows: rows.len() as u64, page, size, total: *total })
    }

    /// The question that waits for an answer.
    pub fn asked(&self) -> Option<Question<PageRequest>> {
        self.page.asked.clone()
    }
}
