//! The messages, the effects and the update of the requests to join.

use crate::domain::{Answer, Error, Event, JoinRequest, PageRequest, Question, Reason, RequestId};
use crate::feedback::{Focus, Severity, Toast, ids};
use crate::i18n::{Message, Plural, Words, error_sentence};
use crate::requests::model::{Asking, Job, Model, Outcome, Stage};

/// How long Clerk is left alone when it has had too many requests and does not say for how long, in seconds.
const USUAL_WAIT: u32 = 10;

/// A page of the requests, and how many there are in all.
pub type Listed = (Vec<JoinRequest>, u64);

/// What happened to the requests.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The organization was opened: how many there are is asked.
    Opened,
    /// The admin wants them read anew.
    ReloadPressed,
    /// The admin looks at another page.
    PageChosen(PageRequest),
    /// Clerk has answered with a page.
    PageAnswered(Question<PageRequest>, Result<Listed, Error>),
    /// The admin selected a request, or all of the page (`None`), or not any more.
    Selected(Option<RequestId>, bool),
    /// The admin answered a request.
    Pressed(Answer, RequestId),
    /// The admin answered all selected requests.
    SelectedPressed(Answer),
    /// The admin confirmed the question.
    Confirmed,
    /// The admin did not confirm the question.
    Dismissed,
    /// Clerk has taken an answer, or has not.
    Answered(RequestId, Result<(), Error>),
    /// Clerk was asked whether a request still waits, after its answer was lost: that error, and what Clerk says.
    Checked(RequestId, Error, Result<bool, Error>),
    /// Clerk takes requests again.
    Resumed,
}

/// What the runner does for the requests.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Calls Clerk.
    Call(Call),
    /// Goes on after so many seconds.
    ResumeIn(u32),
    /// Somebody has become a member.
    TellJoined,
    /// Clerk has refused for lack of a permission.
    TellDenied,
    /// Tells the reader something.
    Toast(Toast),
    /// Moves the keyboard.
    Focus(Focus),
}

/// A call that the requests take.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// Asks for a page.
    List(Question<PageRequest>),
    /// Sends an answer.
    Answer(RequestId, Answer),
    /// Asks whether a request still waits, after this error.
    Check(RequestId, Error),
}

/// What an update depends on, beside its model.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The reader's words.
    pub words: &'a Words,
}

/// Carries a message out.
pub fn update(model: &mut Model, msg: Msg, context: &Context) -> Vec<Effect> {
    match msg {
        Msg::Opened if model.page.is_busy() => vec![],
        Msg::Opened | Msg::ReloadPressed => ask(model, Event::Reload),
        Msg::PageChosen(page) => {
            model.selected.clear();
            ask(model, Event::Wanted(page))
        }
        Msg::PageAnswered(question, answer) => page_answered(model, question, answer),
        Msg::Selected(which, is_selected) => {
            select(model, which, is_selected);
            vec![]
        }
        Msg::Pressed(answer, id) => {
            let request = model.rows().iter().find(|row| row.id == id).cloned();
            let Some(request) = request.filter(|_| model.can_be_answered(&id)) else { return vec![] };
            match answer {
                // The button is gone then.
                Answer::Accept => {
                    let mut effects = begin(model, answer, vec![request]);
                    effects.push(Effect::Focus(Focus::to(ids::LIST)));
                    effects
                }
                Answer::Decline => ask_first(model, answer, vec![request]),
            }
        }
        Msg::SelectedPressed(answer) => {
            let requests = model.answerable();
            if requests.is_empty() { vec![] } else { ask_first(model, answer, requests) }
        }
        Msg::Confirmed => match model.asking.take() {
            Some(Asking { answer, requests }) => {
                let mut effects = begin(model, answer, requests);
                effects.push(Effect::Focus(Focus::to(ids::LIST)));
                effects
            }
            None => vec![],
        },
        Msg::Dismissed => {
            model.asking = None;
            vec![]
        }
        Msg::Answered(id, answer) => answered(model, &id, answer, context),
        Msg::Checked(id, error, checked) => {
            let outcome = match checked {
                Ok(true) => Outcome::Failed(error),
                Ok(false) => Outcome::Gone,
                Err(_) => Outcome::Unknown(error),
            };
            end(model, &id, outcome, context)
        }
        Msg::Resumed => {
            model.is_paused = false;
            send_next(model)
        }
    }
}

fn ask(model: &mut Model, event: Event<PageRequest, Listed>) -> Vec<Effect> {
    let Some(next) = model.page.after(event) else { return vec![] };
    model.page = next;
    model.asked().map(|question| Effect::Call(Call::List(question))).into_iter().collect()
}

fn page_answered(
    model: &mut Model,
    question: Question<PageRequest>,
    answer: Result<Listed, Error>,
) -> Vec<Effect> {
    let is_denied = answer.as_ref().is_err_and(|error| error.says(Reason::NoPermission));
    let is_read = answer.is_ok();
    let Some(next) = model.page.after(Event::Answered(question, answer)) else { return vec![] };
    model.page = next;
    if is_read {
        // What has become of the others is in the page.
        model.jobs.retain(|job| !matches!(job.stage, Stage::Done(_)));
        let there: Vec<_> = model.rows().iter().map(|row| row.id.clone()).collect();
        model.selected.retain(|id| there.contains(id));
    }
    if is_denied {
        return vec![Effect::TellDenied];
    }
    // The requests of the last page were answered meanwhile.
    let instead =
        model.slice().and_then(|slice| Some(PageRequest { page: slice.instead()?, size: slice.size }));
    instead.map(|page| ask(model, Event::Wanted(page))).unwrap_or_default()
}

fn select(model: &mut Model, which: Option<RequestId>, is_selected: bool) {
    let ids = match which {
        Some(id) => vec![id],
        None => model.rows().iter().map(|row| row.id.clone()).collect(),
    };
    for id in ids {
        if is_selected {
            model.selected.insert(id)
        } else {
            model.selected.remove(&id)
        };
    }
}

fn ask_first(model: &mut Model, answer: Answer, requests: Vec<JoinRequest>) -> Vec<Effect> {
    model.asking = Some(Asking { answer, requests });
    vec![]
}

/// Takes answers up. Those to requests that are being answered already are left out.
fn begin(model: &mut Model, answer: Answer, requests: Vec<JoinRequest>) -> Vec<Effect> {
    if !model.jobs.iter().any(|job| matches!(job.stage, Stage::Waiting | Stage::Sending)) {
        model.reported = model.jobs.iter().map(|job| job.request.id.clone()).collect();
    }
    for request in requests {
        model.reported.remove(&request.id);
        if model.can_be_answered(&request.id) {
            model.jobs.retain(|job| job.request.id != request.id);
            model.selected.remove(&request.id);
            model.jobs.push(Job { request, answer, stage: Stage::Waiting });
        }
    }
    send_next(model)
}

/// Sends the next answer, unless one is on its way or Clerk wants to be left alone.
fn send_next(model: &mut Model) -> Vec<Effect> {
    if model.is_paused || model.jobs.iter().any(|job| job.stage == Stage::Sending) {
        return vec![];
    }
    let Some(next) = model.jobs.iter_mut().find(|job| job.stage == Stage::Waiting) else { return vec![] };
    next.stage = Stage::Sending;
    vec![Effect::Call(Call::Answer(next.request.id.clone(), next.answer))]
}

fn answered(model: &mut Model, id: &RequestId, answer: Result<(), Error>, context: &Context) -> Vec<Effect> {
    match answer {
        Ok(()) => end(model, id, Outcome::Answered, context),
        Err(Error::TooMany { wait }) => {
            let is_it = |job: &&mut Job| job.request.id == *id && job.stage == Stage::Sending;
            model.jobs.iter_mut().filter(is_it).for_each(|job| job.stage = Stage::Waiting);
            model.is_paused = true;
            vec![Effect::ResumeIn(wait.unwrap_or(USUAL_WAIT))]
        }
        Err(error) if stops_all(&error) => {
            let denied = error.says(Reason::NoPermission).then_some(Effect::TellDenied);
            // For want of seats people can't be accepted; they can be declined.
            let is_stopped = |job: &&mut Job| {
                let is_over = matches!(job.stage, Stage::Done(_));
                !is_over
                    && (job.stage == Stage::Sending || job.answer == Answer::Accept || !lacks_seats(&error))
            };
            for job in model.jobs.iter_mut().filter(is_stopped) {
                job.stage = Stage::Done(Outcome::Failed(error.clone()));
            }
            let toast = Toast::new(Severity::Danger, error_sentence(context.words, &error));
            let mut effects = send_next(model);
            effects.push(Effect::Toast(toast));
            effects.extend(denied);
            effects
        }
        // It may have been answered all the same, or by somebody else.
        Err(error) => vec![Effect::Call(Call::Check(id.clone(), error))],
    }
}

/// Whether an error stands in the way of every other answer too.
fn stops_all(error: &Error) -> bool {
    let is_denied = [Reason::NoPermission, Reason::NotMember].into_iter().any(|reason| error.says(reason));
    matches!(error, Error::SignedOut | Error::Moved) || is_denied || lacks_seats(error)
}

fn lacks_seats(error: &Error) -> bool {
    [Reason::Full, Reason::SeatsNeeded].into_iter().any(|reason| error.says(reason))
}

fn end(model: &mut Model, id: &RequestId, outcome: Outcome, context: &Context) -> Vec<Effect> {
    let is_it = |job: &&mut Job| job.request.id == *id && job.stage == Stage::Sending;
    let Some(job) = model.jobs.iter_mut().find(is_it) else { return vec![] };
    let has_joined = job.answer == Answer::Accept && outcome == Outcome::Answered;
    job.stage = Stage::Done(outcome);
    let mut effects = send_next(model);
    if effects.is_empty() {
        effects.extend(summary(model, context.words).map(Effect::Toast));
    }
    effects.extend(has_joined.then_some(Effect::TellJoined));
    effects
}

/// What has become of the answers that were not reported before.
fn summary(model: &Model, words: &Words) -> Option<Toast> {
    let jobs: Vec<_> = model.jobs.iter().filter(|job| !model.reported.contains(&job.request.id)).collect();
    let of = |answer: Answer| {
        let is_it = |job: &&&Job| job.answer == answer && job.stage == Stage::Done(Outcome::Answered);
        jobs.iter().filter(is_it).count() as u64
    };
    let (accepted, declined) = (of(Answer::Accept), of(Answer::Decline));
    let failed = (jobs.len() as u64).saturating_sub(accepted).saturating_sub(declined);
    if let ([job], 0) = (&jobs[..], failed) {
        let message = match job.answer {
            Answer::Accept => Message::RequestsAccepted,
            Answer::Decline => Message::RequestsDeclined,
        };
        let text = words.fill(message, &[("email", &job.request.email)]);
        return Some(Toast::new(Severity::Success, text));
    }
    let counts = [
        (Plural::RequestsAccepted, accepted),
        (Plural::RequestsDeclined, declined),
        (Plural::RequestsFailed, failed),
    ];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<_> = counts.map(|(plural, count)| words.count(plural, count)).collect();
    let severity = if failed > 0 { Severity::Warning } else { Severity::Success };
    (!counts.is_empty()).then(|| Toast::new(severity, words.list(&counts)))
}

#[cfg(test)]
mod tests;
