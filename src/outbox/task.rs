//! What is to be done about an address, and what has become of that.

use crate::domain::{Email, Error, Field, Invitation, InvitationId, Problem, RoleKey};

/// What is to be done about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Invite it.
    Invite,
    /// Revoke its pending invitation, then send another one, at the same role or at a new one.
    Replace(InvitationId),
    /// The same for an invitation that has expired, although Clerk lists it as pending: another one is sent even if Clerk
    /// refuses to revoke it. Whether there may be another one, Clerk decides then.
    Renew(InvitationId),
    /// Revoke its pending invitation, and nothing else: no mail is sent.
    Revoke(InvitationId),
}

impl Action {
    /// The pending invitation that is to be revoked.
    pub fn revokes(&self) -> Option<&InvitationId> {
        match self {
            Self::Invite => None,
            Self::Replace(id) | Self::Renew(id) | Self::Revoke(id) => Some(id),
        }
    }

    /// The invitation in whose place another one is to be sent.
    pub fn replaces(&self) -> Option<&InvitationId> {
        match self {
            Self::Replace(id) | Self::Renew(id) => Some(id),
            Self::Invite | Self::Revoke(_) => None,
        }
    }
}

/// An address and what is to be done about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// The address.
    pub email: Email,
    /// The role that the invitee is to have. For [`Action::Revoke`] it is the role of the invitation that is revoked, and
    /// has no effect.
    pub role: RoleKey,
    /// What is to be done.
    pub action: Action,
    /// The whole list of pending invitations was read before the run, and has none for the address. Only then is an
    /// invitation that is found after a lost answer known to come from this run.
    pub was_free: bool,
    /// The row of the list that the admin acted on; `None` for a task of the form.
    pub row: Option<InvitationId>,
}

/// What has become of an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was invited, and this is the invitation.
    Sent(Invitation),
    /// An invitation is pending, which may be older than the run.
    Pending,
    /// Clerk refused it: nothing was sent.
    Refused(Problem),
    /// No invitation was sent, and Clerk has none: the answer was lost again and again; or the earlier invitation is
    /// revoked and the run could not go on. The error is the reason.
    Missing(Error),
    /// The engine could not find out whether it was invited. Sending again could send a second mail.
    Unknown(Error),
    /// Its invitation is revoked, as it was to be.
    Revoked,
    /// Its invitation could not be revoked: it is still pending, and nothing was sent.
    NotRevoked(Error),
    /// The engine could not find out whether its invitation is revoked. Nothing was sent.
    RevokeUnknown(Error),
    /// The invitation that was to be revoked is no longer pending: it has expired, another admin has revoked it, or the
    /// invitee has accepted it, although Clerk's list does not say so. Nothing was sent.
    NoLongerPending,
    /// The invitee has accepted the invitation that was to be revoked. Nothing more was sent.
    Accepted,
    /// Nothing was done: the admin stopped the run, or it ended early.
    Kept,
}

impl Outcome {
    /// Is the address in the state that the task asks for, or has the invitee joined?
    fn is_well(&self) -> bool {
        matches!(self, Self::Sent(_) | Self::Pending | Self::Revoked | Self::Accepted)
    }
}

/// How far an address is.
// Most of them end as the large one: a box would be one more allocation for each, and save nothing.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// It is in the queue.
    Waiting,
    /// It is in a call, or the engine is finding out what a call has done.
    UnderWay,
    /// It has its outcome.
    Done(Outcome),
}

/// An address of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// What is to be done.
    pub task: Task,
    /// How far it is.
    pub stage: Stage,
    /// The earlier invitation is revoked. Unless the outcome is [`Outcome::Sent`], the invitee has no invitation now, or
    /// perhaps none; with [`Outcome::Revoked`] that is what the task asks for.
    pub is_revoked: bool,
    /// What the calls so far tell about the next step: sending, or revoking where that comes first.
    pub(super) attempts: Attempts,
}

/// What the calls so far tell about the next step of a job.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Attempts {
    /// No call has tried it.
    #[default]
    None,
    /// The last call for a replacement was not carried out, for this reason. Only a job whose earlier invitation is revoked
    /// keeps it.
    PutOff(Error),
    /// It was in a call that was refused because of another address, and may have been carried out in part.
    RefusedWithOthers,
    /// The answer of a call was lost.
    Lost {
        /// How often, counting only the losses of which the list proves that the call had no effect.
        times: u32,
        /// Why the outcome of the last call is not known, or why it was not carried out.
        why: Error,
    },
    /// Clerk has answered a call with an invitation of another address, which may be this one in a spelling that is not
    /// known to be the same. Whatever the list says, it is never sent again: that could be a second mail.
    Echoed(Error),
}

impl Attempts {
    /// May a call have carried it out?
    pub(super) fn leave_doubt(&self) -> bool {
        matches!(self, Self::RefusedWithOthers | Self::Lost { .. } | Self::Echoed(_))
    }

    /// Why the last call did not carry it out for certain.
    pub(super) fn why(&self) -> Option<&Error> {
        match self {
            Self::PutOff(why) | Self::Lost { why, .. } | Self::Echoed(why) => Some(why),
            Self::None | Self::RefusedWithOthers => None,
        }
    }

    /// Notes that an answer was lost.
    pub(super) fn lose(&mut self, error: Error) {
        let times = match self {
            Self::Echoed(_) => return,
            Self::Lost { times, .. } => *times,
            Self::None | Self::PutOff(_) | Self::RefusedWithOthers => 0,
        };
        *self = Self::Lost { times, why: error };
    }

    /// Notes that a call for a replacement was not carried out.
    pub(super) fn put_off(&mut self, error: Error) {
        match self {
            Self::None | Self::PutOff(_) => *self = Self::PutOff(error),
            Self::RefusedWithOthers | Self::Lost { .. } | Self::Echoed(_) => self.lose(error),
        }
    }

    /// Notes that a call was refused because of another address.
    pub(super) fn refuse_with_others(&mut self) {
        if !self.leave_doubt() {
            *self = Self::RefusedWithOthers;
        }
    }
}

/// What has become of a job that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct JobResult {
    /// The outcome.
    pub outcome: Outcome,
    /// Whether the earlier invitation is revoked, and the task asked for another one. The sentence about the outcome says so.
    pub is_revoked: bool,
}

impl JobResult {
    /// Whether the same may be sent when it is tried again: not where Clerk refuses the address itself or its role, and not
    /// where the invitation may have gone out.
    pub fn may_succeed_later(&self) -> bool {
        match &self.outcome {
            Outcome::Refused(problem) => problem.reason.may_pass() && problem.field != Field::Role,
            Outcome::Missing(_) | Outcome::NotRevoked(_) | Outcome::Kept => true,
            _ => false,
        }
    }
}

impl Job {
    /// A job that has not begun.
    pub fn new(task: Task) -> Self {
        Self { task, stage: Stage::Waiting, is_revoked: false, attempts: Attempts::None }
    }

    /// Is its earlier invitation still to be revoked?
    pub(super) fn must_revoke(&self) -> bool {
        self.task.action.revokes().is_some() && !self.is_revoked
    }

    /// The task that a retry would have, once the job is done; `None` when there is nothing to retry.
    pub fn retry(&self) -> Option<Task> {
        let action = match &self.task.action {
            action if self.is_revoked && action.replaces().is_some() => Action::Invite,
            action => action.clone(),
        };
        self.can_be_retried().then(|| Task { action, ..self.task.clone() })
    }

    /// Is it done, and is there something to retry?
    pub fn can_be_retried(&self) -> bool {
        let Stage::Done(outcome) = &self.stage else { return false };
        !outcome.is_well() && !matches!(outcome, Outcome::NoLongerPending)
    }

    /// Was the invitee's invitation revoked, and no other one sent although the task asks for that?
    pub fn is_without_invitation(&self) -> bool {
        let is_over = matches!(&self.stage, Stage::Done(outcome) if !outcome.is_well());
        is_over && self.is_revoked && self.task.action.replaces().is_some()
    }

    /// What has become of it, once it is done.
    pub fn result(&self) -> Option<JobResult> {
        let Stage::Done(outcome) = &self.stage else { return None };
        Some(JobResult { outcome: outcome.clone(), is_revoked: self.is_revoked })
    }

    /// The invitation that was sent.
    pub fn sent(&self) -> Option<&Invitation> {
        match &self.stage {
            Stage::Done(Outcome::Sent(invitation)) => Some(invitation),
            _ => None,
        }
    }
}
