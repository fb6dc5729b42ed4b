//! Taking in, looking up, sending: what is done at a [`Desk`]. Fetched only when somebody is about to invite.

use crate::browser::{address_key, after, ask_before_leaving, keep, kept, lowercase, now};
use crate::domain::batch::{self, Batch, Job, Outcome, Service, Stage, Task, What};
use crate::domain::directory::{self, Directory, Registry, Standing};
use crate::domain::draft::{Judge, Verdicts};
use crate::domain::intake::{Intake, Piece};
use crate::domain::{RoleKey, Roles, Status};
use crate::hooks::desk::{Desk, Papers, Report, UNSETTLED};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use yew::platform::spawn_local;

/// How long, in milliseconds, pieces are taken in before the browser may draw: half a frame.
const SLICE: f64 = 8.0;

/// Judges the entries by what is known by now.
pub fn judge(
    desk: &Desk,
    roles: Option<&Roles>,
    role: Option<&RoleKey>,
    seats_left: Option<u64>,
) -> Verdicts {
    let directory = desk.directory();
    let judge = Judge { directory: &directory.borrow(), roles, role, seats_left, lowercase };
    desk.read(|papers| papers.draft.judge(&judge))
}

/// Takes a text in. A long one in slices: the page goes on drawing meanwhile.
pub fn take_in(desk: &Desk, text: String, is_role: &dyn Fn(&str) -> bool) {
    let mut pieces = Intake::new(text, is_role);
    if take_slice(desk, &mut pieces) {
        return;
    }
    let desk = desk.clone();
    desk.change(|papers| papers.taking_in += 1);
    spawn_local(async move {
        loop {
            after(0).await;
            if take_slice(&desk, &mut pieces) {
                break;
            }
        }
        desk.edit(|papers| papers.taking_in -= 1);
    });
}

/// Takes in as much as fits into a slice; `true` when that was all.
fn take_slice(desk: &Desk, pieces: &mut Intake) -> bool {
    let until = now() + SLICE;
    let mut is_over = false;
    let take = |papers: &mut Papers| {
        while !is_over && now() < until {
            // The clock is asked less often than there are pieces.
            for _ in 0..16 {
                match pieces.next() {
                    Some(piece) => papers.draft.add(piece, address_key),
                    None => {
                        is_over = true;
                        break;
                    }
                };
            }
        }
    };
    desk.change(take);
    if is_over {
        desk.edit(|_| ());
    }
    is_over
}

/// Reads who is known, as long as `is_wanted`.
pub fn look_up(desk: &Desk, service: impl Registry + 'static, is_wanted: Rc<Cell<bool>>) {
    let directory = Rc::<RefCell<Directory>>::default();
    desk.know(directory.clone());
    let desk = desk.clone();
    spawn_local(async move {
        let goes_on = || {
            if is_wanted.get() {
                desk.edit(|_| ());
                settle(&desk);
            }
            is_wanted.get()
        };
        directory::read(&service, &directory, goes_on).await;
    });
}

/// Sends, and calls `done` with what became of it. A second call while one runs does nothing.
pub fn send(
    desk: &Desk,
    key: &str,
    service: impl Service + 'static,
    mut tasks: Vec<Task>,
    done: impl FnOnce(Report) + 'static,
) {
    tasks.retain(|task| !desk.read(|papers| papers.is_busy_with(task.email.key())));
    if desk.read(|papers| papers.batch.is_some()) || tasks.is_empty() {
        return;
    }
    let guard = ask_before_leaving();
    let redraw = desk.clone();
    let batch = Rc::new(Batch::new(tasks, Box::new(move || redraw.redraw())));
    began(desk, key, &batch);
    desk.change(|papers| {
        papers.batch = Some(batch.clone());
        papers.began = now();
        (papers.report, papers.found, papers.editing) = (None, None, None);
        papers.draft.retain(|entry| {
            entry.last = None;
            true
        });
    });
    let (desk, key) = (desk.clone(), key.to_owned());
    spawn_local(async move {
        batch::run(&service, &batch).await;
        drop(guard);
        ended(&desk, &key, &batch);
        let report = Report::of(&batch);
        clear_away(&desk, &report);
        done(report);
    });
}

/// Something is on its way from that desk.
pub fn began(desk: &Desk, key: &str, batch: &Rc<Batch>) {
    // It would take the place of what is kept.
    restore(desk, key);
    desk.change(|papers| papers.running.push(batch.clone()));
    record(desk, key);
}

/// It has come to its end.
pub fn ended(desk: &Desk, key: &str, batch: &Rc<Batch>) {
    desk.change(|papers| papers.running.retain(|running| !Rc::ptr_eq(running, batch)));
    record(desk, key);
}

/// What went out leaves the desk; the rest stays, each with its reason.
fn clear_away(desk: &Desk, report: &Report) {
    let directory = desk.directory();
    for job in &report.jobs {
        if let Stage::Done(Outcome::Sent(invitation)) = &job.stage {
            directory.borrow_mut().note(invitation);
        }
    }
    let of = report.jobs.iter().map(|job| (job.task.email.key(), job)).collect::<HashMap<_, _>>();
    desk.edit(|papers| {
        papers.batch = None;
        papers.draft.retain(|entry| {
            let job = entry.email.as_ref().ok().and_then(|email| of.get(email.key()));
            let Some(Job { stage: Stage::Done(outcome), is_withdrawn, .. }) = job else { return true };
            entry.last = Some((outcome.clone(), *is_withdrawn));
            entry.is_resent = false;
            !matches!(
                outcome,
                Outcome::Sent(_)
                    | Outcome::Pending
                    | Outcome::Revoked
                    | Outcome::NoLongerPending
                    | Outcome::Accepted
            )
        });
        papers.report = Some(report.clone());
        papers.sent = Some(report.sent());
    });
}

/// Puts back what was being sent when the page was loaded anew.
pub fn restore(desk: &Desk, key: &str) {
    let Some(text) = kept(UNSETTLED) else { return };
    let mut lines = text.lines();
    if lines.next() != Some(key) || desk.read(|papers| !papers.running.is_empty() || papers.is_unsettled()) {
        return;
    }
    desk.edit(|papers| {
        for line in lines {
            let (text, role) = line.split_once('\t').unwrap_or((line, ""));
            let role = Some(role.to_owned()).filter(|role| !role.is_empty());
            let id = papers.draft.add(Piece { text: text.to_owned(), name: None, role }, address_key);
            if let Some(entry) = papers.draft.entry(id) {
                entry.is_unsettled = true;
            }
        }
    });
}

/// Once every pending invitation is known, it is known what had gone out before the page was loaded anew.
fn settle(desk: &Desk) {
    let directory = desk.directory();
    let directory = directory.borrow();
    if !directory.has_read_pending() || !desk.read(Papers::is_unsettled) {
        return;
    }
    let mut found = 0;
    desk.edit(|papers| {
        papers.draft.retain(|entry| {
            if !std::mem::take(&mut entry.is_unsettled) {
                return true;
            }
            let standing = entry.email.as_ref().ok().and_then(|email| directory.of(email.key()));
            let is_there = matches!(
                standing,
                Some(Standing::Invited { status: Status::Pending, .. } | Standing::Member(_))
            );
            found += u64::from(is_there);
            !is_there
        });
        papers.found = Some(found);
    });
    desk.settled();
}

/// Keeps what is being sent, should the page be loaded anew meanwhile: whose it is, and each address with its role.
fn record(desk: &Desk, key: &str) {
    let mut lines = vec![key.to_owned()];
    desk.read(|papers| {
        for batch in &papers.running {
            batch.read(|jobs| {
                for task in
                    jobs.iter().map(|job| &job.task).filter(|task| !matches!(task.what, What::Revoke(_)))
                {
                    // A role whose key holds one of these would tear the record apart.
                    let role = if task.role.0.contains(['\n', '\r', '\t']) { "" } else { &task.role.0 };
                    lines.push([task.email.as_str(), "\t", role].concat());
                }
            });
        }
    });
    // What was being sent before the page was loaded anew, as long as it is not known what became of that.
    desk.read(|papers| {
        for entry in papers.draft.entries().iter().filter(|entry| entry.is_unsettled) {
            lines.push([&*entry.text, "\t", entry.role.as_deref().unwrap_or_default()].concat());
        }
    });
    if lines.len() > 1 { keep(UNSETTLED, &lines.join("\n")) } else { desk.settled() }
}
