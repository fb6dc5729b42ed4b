//! What is done with invitations: one engine for one and for many.

use super::{Acts, Asking};
use crate::browser::{after, clock, download, has_focus_or_none_has, place_focus_without_scrolling};
use crate::components::{Deed, ids, job_sentence, outcome_table, report_counts, wish_id};
use crate::domain::batch::{Batch, Job, Outcome, Stage, Task, What};
use crate::domain::{Email, Invitation, InvitationId, Reason, RoleKey, Status};
use crate::hooks::errands::{self, Errand};
use crate::hooks::{Offer, Report, RowState, RowWish, Said, Tone};
use crate::i18n::{Message, Plural, Words, error_sentence};
use std::collections::HashSet;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

impl Acts {
    pub(super) fn ask(&self, asking: Asking) {
        self.picked.set(None);
        self.asking.set(Some(asking));
    }

    pub(super) fn attend_row(self: &Rc<Self>, wish: RowWish, id: &InvitationId) {
        let Some(row) = self.row(id) else { return };
        // Somebody has pressed twice.
        let is_under_way = |errand: &Rc<Errand>| errand.concerns(id);
        if self.work.borrow().errands.iter().any(is_under_way) {
            return;
        }
        match wish {
            RowWish::Revoke => self.ask(Asking::Revoke(vec![row])),
            RowWish::Resend | RowWish::Again => self.send(vec![row], None),
            RowWish::More => self.ask(Asking::More(row)),
            RowWish::Retry => {
                let failed = {
                    let work = self.work.borrow();
                    work.failed.iter().find(|(failed, _)| failed == id).map(|(_, task)| task.clone())
                };
                match failed {
                    Some(task) => self.begin(vec![(row, task)], 0),
                    None => self.send(vec![row], None),
                }
            }
        }
    }

    pub(super) fn confirmed(self: &Rc<Self>, asked: Asking, picked: Option<RoleKey>) {
        match asked {
            Asking::Revoke(rows) => {
                self.asking.set(None);
                self.begin(
                    rows.into_iter()
                        .map(|row| (row.clone(), task(&row, What::Revoke(row.id.clone()), None)))
                        .collect(),
                    0,
                );
            }
            Asking::Send(rows) => {
                self.asking.set(None);
                self.send(rows, None);
            }
            Asking::Role(rows) => self.give(rows, picked),
            Asking::More(row) => self.give(vec![row], picked),
        }
    }

    /// Gives another role, once one is picked.
    fn give(self: &Rc<Self>, rows: Vec<Invitation>, picked: Option<RoleKey>) {
        if let Some(role) = picked {
            self.asking.set(None);
            self.send(rows, Some(role));
        }
    }

    /// Sends anew: what is pending is revoked first. Nothing is revoked of which it is known that it could not be sent again.
    pub(super) fn send(self: &Rc<Self>, rows: Vec<Invitation>, role: Option<RoleKey>) {
        let words = self.words();
        let (mut rows, mut left_out) = (rows, 0);
        if let Some(roles) = self.roles().filter(|roles| !roles.all.is_empty() && !roles.migrating) {
            let (can, cannot): (Vec<_>, Vec<_>) =
                rows.into_iter().partition(|row| roles.find(role.as_ref().unwrap_or(&row.role)).is_some());
            let said = |row: &Invitation| words.fill(Message::ActRoleGone, &[("email", &row.email)]);
            if let Some(row) = cannot.first().filter(|_| can.is_empty()) {
                self.say(Tone::Warning, said(row));
            }
            self.props.sheet.change(|leaf| {
                cannot.iter().for_each(|row| leaf.mark(&row.id, Some(RowState::Failed(said(row)))));
            });
            (rows, left_out) = (can, cannot.len() as u64);
        }
        let tasks = rows
            .into_iter()
            .map(|row| {
                let what =
                    if row.status == Status::Pending { What::Replace(row.id.clone()) } else { What::Invite };
                (row.clone(), task(&row, what, role.clone()))
            })
            .collect();
        self.begin(tasks, left_out);
    }

    /// Begins with it; `left_out` are as many as it was wanted for too, in vain.
    fn begin(self: &Rc<Self>, mut tasks: Vec<(Invitation, Task)>, left_out: u64) {
        let is_busy = |task: &Task| self.desk.read(|papers| papers.is_busy_with(task.email.key()));
        let sends = |(_, task): &(_, Task)| !matches!(task.what, What::Revoke(_));
        if self.roles().is_some_and(|roles| roles.migrating) && tasks.iter().any(sends) {
            return self.say(Tone::Warning, self.words().say(Message::ActMigrating));
        }
        let busy: Vec<_> = tasks.extract_if(.., |(_, task)| is_busy(task)).collect();
        if tasks.is_empty() {
            if let Some((row, _)) = busy.first() {
                self.say(Tone::Warning, self.words().fill(Message::ActBusy, &[("email", &row.email)]));
            }
            return;
        }
        let left_out = left_out + busy.len() as u64;
        // What was said of the ones before must not stand beside what is said of these.
        self.props.around.say.emit(None);
        let ids: HashSet<_> = tasks.iter().map(|(row, _)| row.id.clone()).collect();
        {
            let mut work = self.work.borrow_mut();
            work.failed.retain(|(id, _)| !ids.contains(id));
            work.report = None;
        }
        let (acts, drawing) = (self.clone(), self.clone());
        let errand = errands::begin(
            &self.desk,
            &self.props.place.desk_key(),
            self.props.service.clone(),
            tasks,
            left_out,
            move || drawing.show_states(),
            move |errand, report| acts.ended(errand, report),
        );
        self.work.borrow_mut().errands.push(errand);
        self.show_states();
    }

    /// Says of each row on screen how far it is.
    fn show_states(&self) {
        let words = self.words();
        let errands = { self.work.borrow().errands.clone() };
        self.props.sheet.change(|leaf| {
            let Some(slice) = &leaf.slice else { return };
            let of = |id: &InvitationId| {
                let state = |errand: &Rc<Errand>| Some(state(words, &errand.job(id)?, &errand.batch));
                errands.iter().find_map(state).map(|state| (id.clone(), state))
            };
            let states: Vec<_> = slice.rows.iter().filter_map(|row| of(&row.id)).collect();
            states.into_iter().for_each(|(id, state)| leaf.mark(&id, state));
        });
    }

    /// It is over: says so, and has the list asked for again.
    fn ended(self: &Rc<Self>, errand: &Rc<Errand>, report: Report) {
        self.show_states();
        self.props.sheet.note(|leaf| {
            // Of a row that is not on screen now nobody else would say that it is over.
            leaf.states.retain(|(id, state)| !(matches!(state, RowState::Busy(_)) && errand.concerns(id)));
        });
        let (mut gone, mut newer) = (vec![], vec![]);
        {
            let mut work = self.work.borrow_mut();
            work.errands.retain(|other| !Rc::ptr_eq(&other.batch, &errand.batch));
            for (row, job) in errand.rows.iter().zip(&report.jobs) {
                let Stage::Done(outcome) = &job.stage else { continue };
                if let Some(again) = job.again() {
                    work.failed.push((row.id.clone(), again));
                } else {
                    gone.push(row.id.clone());
                }
                newer.extend(newest(row, job, outcome));
                if job.is_withdrawn {
                    self.props.sheet.note(|leaf| leaf.mark_revoked(&row.id));
                }
            }
            work.reader.iter().for_each(|reader| reader.roll.borrow_mut().update(newer.clone()));
            work.is_patched = true;
            // What went well throughout needs no more than to be said.
            if report.jobs.len() > 1 && report.jobs.iter().any(|job| job.again().is_some()) {
                work.report = Some((errand.clone(), report.clone()));
            }
        }
        self.choose_no_longer(&gone);
        self.say_what_became(errand, &report);
        // The organization was switched meanwhile: the keyboard belongs to another list by now.
        if self.here.get().is_none() {
            return;
        }
        if report.halted.as_ref().is_some_and(|error| error.says(Reason::RoleMigration)) {
            self.props.on_retry_roles.emit(());
        }
        // The row goes, and the keyboard with it.
        let wishes = [RowWish::Revoke, RowWish::Resend, RowWish::Again, RowWish::Retry];
        let ids: Vec<_> = self.props.sheet.read(|leaf| {
            let rows = leaf.slice.iter().flat_map(|slice| &slice.rows).filter(|row| gone.contains(&row.id));
            rows.flat_map(|row| wishes.map(|wish| wish_id(wish, &row.id))).collect()
        });
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        if !gone.is_empty() && has_focus_or_none_has(&ids) {
            place_focus_without_scrolling(ids::LIST);
        }
        // A button that was pressed has gone while that was under way, and the bar below with the last that was chosen.
        let retry = match errand.rows.as_slice() {
            [row] if gone.is_empty() => wish_id(RowWish::Retry, &row.id),
            _ => ids::LIST.to_owned(),
        };
        spawn_local(async move {
            after(0).await;
            if has_focus_or_none_has(&[]) {
                place_focus_without_scrolling(&retry);
            }
        });
        self.props.on_changed.emit(report.sent());
    }

    fn say_what_became(self: &Rc<Self>, errand: &Errand, report: &Report) {
        let words = self.words();
        let (mut tone, counts) = report_counts(words, report);
        let halted = report.halted.as_ref().map(|error| error_sentence(words, error));
        let text = match (errand.rows.as_slice(), report.jobs.as_slice()) {
            ([row], [job @ Job { task, stage: Stage::Done(outcome), is_withdrawn, .. }]) => {
                let of = |message| words.fill(message, &[("email", &row.email)]);
                match outcome {
                    Outcome::Revoked => of(Message::Revoked),
                    Outcome::Sent(_) if matches!(task.what, What::Replace(_)) => of(Message::ResendDone),
                    Outcome::Sent(_) => of(Message::InviteSent),
                    _ => {
                        let (its_tone, said) = job_sentence(words, job, outcome);
                        tone = its_tone;
                        // Why all was ended is what became of it only when it was not its turn.
                        let said =
                            halted.filter(|_| *outcome == Outcome::Kept && !is_withdrawn).unwrap_or(said);
                        ["\u{2068}", &row.email, "\u{2069}: ", &said].concat()
                    }
                }
            }
            _ => {
                let left_out =
                    (errand.left_out > 0).then(|| words.count(Plural::CountLeftOut, errand.left_out));
                if left_out.is_some() && tone == Tone::Success {
                    tone = Tone::Warning;
                }
                let counts = [Some(counts), left_out].into_iter().flatten().collect::<Vec<_>>();
                [Some(words.list(&counts)), halted].into_iter().flatten().collect::<Vec<_>>().join(". ")
            }
        };
        let revoked: Vec<_> = errand
            .rows
            .iter()
            .zip(&report.jobs)
            .filter(|(_, job)| job.stage == Stage::Done(Outcome::Revoked))
            .map(|(row, _)| Invitation { status: Status::Revoked, ..row.clone() })
            .collect();
        let acts = self.clone();
        let offer = (!revoked.is_empty() && self.here.get().is_some()).then(|| Offer {
            label: words.say(Message::AgainOffer),
            accept: Callback::from(move |()| {
                acts.props.around.say.emit(None);
                acts.send(revoked.clone(), None);
            }),
        });
        self.props.around.say.emit(Some(Said { tone, text, offer }));
    }

    /// Why it ended, and what was kept.
    pub(super) fn hint(&self, report: &Report) -> String {
        let words = self.words();
        let why = report.halted.as_ref().map(|error| error_sentence(words, error));
        let kept = report.jobs.iter().any(Job::is_lost).then(|| words.say(Message::ActInBox));
        [why, kept].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Something is to be done with what failed.
    pub(super) fn deed(self: &Rc<Self>, deed: &Deed) {
        let last = { self.work.borrow().report.clone() };
        let Some((errand, report)) = last else { return };
        let failed = errand.rows.iter().zip(&report.jobs);
        let failed = failed.filter_map(|(row, job)| Some((row.clone(), job.again()?)));
        match deed {
            Deed::Retry => self.begin(failed.collect(), 0),
            Deed::Copy => {
                let texts: Vec<_> = failed.map(|(row, _)| row.email).collect();
                self.copy_text(texts.join("\n"));
            }
            _ => download("invitations.csv", &outcome_table(self.words(), &report.jobs)),
        }
    }
}

/// What is to be done with a row.
fn task(row: &Invitation, what: What, role: Option<RoleKey>) -> Task {
    // Somebody else may have invited the same address meanwhile: what is found after a lost answer need not be ours.
    Task { email: Email::listed(row), role: role.unwrap_or_else(|| row.role.clone()), what, was_free: false }
}

/// What a row says of its job.
fn state(words: &Words, job: &Job, batch: &Batch) -> Option<RowState> {
    let is_revoke = matches!(job.task.what, What::Revoke(_));
    Some(match &job.stage {
        // It was not its turn, and it is as it was: because somebody wished so, or because nothing can be done now.
        Stage::Done(Outcome::Kept) if !job.is_withdrawn => {
            return batch.halted().map(|error| RowState::Failed(error_sentence(words, &error)));
        }
        Stage::Waiting => RowState::Busy(words.say(Message::StageWaiting)),
        Stage::UnderWay if is_revoke => RowState::Busy(words.say(Message::Revoking)),
        Stage::UnderWay => RowState::Busy(words.say(Message::StageSending)),
        Stage::Done(outcome) => {
            let (_, said) = job_sentence(words, job, outcome);
            match job.again() {
                Some(_) => RowState::Failed(said),
                None => RowState::Done(said),
            }
        }
    })
}

/// What is known of invitations now that this has become of a row's job.
fn newest(row: &Invitation, job: &Job, outcome: &Outcome) -> Vec<Invitation> {
    let status = match outcome {
        Outcome::Revoked => Some(Status::Revoked),
        Outcome::Accepted => Some(Status::Accepted),
        _ if job.is_withdrawn => Some(Status::Revoked),
        _ => None,
    };
    let ended = status.map(|status| Invitation { status, updated: Some(clock()), ..row.clone() });
    let sent = match outcome {
        Outcome::Sent(invitation) => Some(invitation.clone()),
        _ => None,
    };
    [ended, sent].into_iter().flatten().collect()
}
