//! What is being done with invitations of the list: resending, revoking, inviting again. Fetched only when somebody is
//! about to.

use crate::browser::{address_key, ask_before_leaving, copy, now};
use crate::domain::batch::{self, Batch, Job, Outcome, Service, Stage, Task, What};
use crate::domain::intake::Piece;
use crate::domain::{Invitation, InvitationId};
use crate::hooks::desk::Desk;
use crate::hooks::{Report, Said, Surroundings, Tone, dispatch};
use crate::i18n::Message;
use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use yew::platform::spawn_local;

/// Something that is being done with invitations.
pub struct Errand {
    /// What is on its way.
    pub batch: Rc<Batch>,
    /// When that began ([`now`]).
    pub began: f64,
    /// The row of each job, in their order.
    pub rows: Vec<Invitation>,
    /// For how many more it was wanted, in vain.
    pub left_out: u64,
    at: HashMap<InvitationId, usize>,
}

/// An errand of so few is drawn at each step.
const FEW: usize = 50;
/// One of more is drawn at most once in so many milliseconds: each drawing looks at all of it.
const SELDOM: f64 = 100.0;

impl Errand {
    /// Is something being done with that row?
    pub fn concerns(&self, id: &InvitationId) -> bool {
        self.at.contains_key(id)
    }

    /// The row's job, when it has one.
    pub fn job(&self, id: &InvitationId) -> Option<Job> {
        let at = *self.at.get(id)?;
        self.batch.read(|jobs| jobs.get(at).cloned())
    }

    /// Does nothing but revoke?
    pub fn only_revokes(&self) -> bool {
        self.batch.read(|jobs| jobs.iter().all(|job| matches!(job.task.what, What::Revoke(_))))
    }
}

/// Begins an errand: one task for each row. `redraw` is called as it goes on, `done` with what became of it.
pub fn begin(
    desk: &Desk,
    key: &str,
    service: impl Service + 'static,
    tasks: Vec<(Invitation, Task)>,
    left_out: u64,
    redraw: impl Fn() + 'static,
    done: impl FnOnce(&Rc<Errand>, Report) + 'static,
) -> Rc<Errand> {
    let (rows, tasks): (Vec<_>, Vec<_>) = tasks.into_iter().unzip();
    let at = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
    let is_long = tasks.len() > FEW;
    let drawn = Cell::new(f64::MIN);
    let on_change = move || {
        if !is_long || now() - drawn.get() > SELDOM {
            drawn.set(now());
            redraw();
        }
    };
    let batch = Rc::new(Batch::new(tasks, Box::new(on_change)));
    let errand = Rc::new(Errand { batch: batch.clone(), began: now(), rows, left_out, at });
    let guard = ask_before_leaving();
    dispatch::began(desk, key, &batch);
    let (desk, key, running) = (desk.clone(), key.to_owned(), errand.clone());
    spawn_local(async move {
        batch::run(&service, &batch).await;
        drop(guard);
        dispatch::ended(&desk, &key, &batch);
        let report = Report::of(&batch);
        keep_in_box(&desk, &report);
        done(&running, report);
    });
    errand
}

/// What was withdrawn and not sent again goes into the box, with the reason, so that the address is not lost; what has
/// gone out is there no longer.
fn keep_in_box(desk: &Desk, report: &Report) {
    let directory = desk.directory();
    desk.edit(|papers| {
        for job in &report.jobs {
            let Stage::Done(outcome) = &job.stage else { continue };
            if let Outcome::Sent(invitation) = outcome {
                directory.borrow_mut().note(invitation);
            }
            let is_lost = job.is_lost();
            if !is_lost && !matches!(outcome, Outcome::Sent(_) | Outcome::Pending) {
                continue;
            }
            let key = job.task.email.key();
            papers.draft.retain(|entry| {
                entry.last.is_none() || entry.email.as_ref().is_ok_and(|email| email.key() != key)
            });
            if is_lost {
                let text = job.task.email.as_str().to_owned();
                let role = Some(job.task.role.0.clone());
                let id = papers.draft.add(Piece { text, name: None, role }, address_key);
                if let Some(entry) = papers.draft.entry(id) {
                    entry.last = Some((outcome.clone(), true));
                    entry.is_meant = true;
                }
            }
        }
    });
}

/// Puts a text on the clipboard, and says whether that went well.
pub fn copy_out(around: &Surroundings, text: String) {
    let around = around.clone();
    spawn_local(async move {
        let (tone, message) = match copy(&text).await {
            true => (Tone::Success, Message::BatchCopied),
            false => (Tone::Danger, Message::BatchNotCopied),
        };
        around.say.emit(Some(Said::new(tone, around.words.say(message))));
    });
}
