//! What became of an address, and of a run, in the reader's words.

use crate::addresses::csv::safe_field;
use crate::feedback::Severity;
use crate::i18n::{Message, Plural, Words, error_sentence, problem_sentence};
use crate::outbox::announcement::Announcement;
use crate::outbox::report::Report;
use crate::outbox::task::{Action, Job, JobResult, Outcome, Stage};

/// What became of an address.
pub fn result_sentence(words: &Words, result: &JobResult) -> (Severity, String) {
    let with = |message, error| [words.say(message), error_sentence(words, error)].join(" ");
    let (severity, said) = match &result.outcome {
        Outcome::Sent(_) => return (Severity::Success, words.say(Message::OutcomeSent)),
        Outcome::Revoked => return (Severity::Success, words.say(Message::OutcomeRevoked)),
        Outcome::Unknown(_) if result.is_revoked => {
            return (Severity::Danger, words.say(Message::OutcomeWithdrawnUnknown));
        }
        // The sentence below says already that no other one was sent.
        Outcome::Missing(error) if result.is_revoked => (Severity::Danger, error_sentence(words, error)),
        Outcome::Pending => (Severity::Success, words.say(Message::OutcomePending)),
        Outcome::Refused(problem) => (Severity::Danger, problem_sentence(words, problem)),
        Outcome::Missing(error) => (Severity::Danger, with(Message::OutcomeMissing, error)),
        Outcome::Unknown(_) => (Severity::Danger, words.say(Message::OutcomeUnknown)),
        Outcome::NotRevoked(error) => (Severity::Danger, with(Message::OutcomeNotRevoked, error)),
        Outcome::RevokeUnknown(_) => (Severity::Danger, words.say(Message::RevokeUnknown)),
        Outcome::NoLongerPending => (Severity::Info, words.say(Message::OutcomeEnded)),
        Outcome::Accepted => (Severity::Success, words.say(Message::OutcomeAccepted)),
        Outcome::Kept => (Severity::Info, words.say(Message::OutcomeKept)),
    };
    if result.is_revoked {
        return (Severity::Danger, [words.say(Message::OutcomeWithdrawn), said].join(" "));
    }
    (severity, said)
}

/// What became of a job that is over.
pub fn job_sentence(words: &Words, job: &Job) -> Option<(Severity, String)> {
    let result = job.result()?;
    Some(match (&result.outcome, &job.task.action) {
        (Outcome::Kept, Action::Revoke(_)) => (Severity::Info, words.say(Message::OutcomeNotRevoked)),
        _ => result_sentence(words, &result),
    })
}

/// What became of the only job of a run, with its address. `halted` is why the run ended early.
pub fn sentence_of(words: &Words, job: &Job, halted: Option<String>) -> (Severity, String) {
    let email = job.task.email.as_str();
    let of = |message| words.fill(message, &[("email", email)]);
    let Some(result) = job.result() else { return (Severity::Info, String::new()) };
    match (&result.outcome, &job.task.action) {
        (Outcome::Revoked, _) => (Severity::Success, of(Message::Revoked)),
        (Outcome::Sent(_), action) if action.replaces().is_some() => {
            (Severity::Success, of(Message::ResendDone))
        }
        (Outcome::Sent(_), _) => (Severity::Success, of(Message::InviteSent)),
        (outcome, _) => {
            let (severity, said) = job_sentence(words, job).unwrap_or((Severity::Info, String::new()));
            // The reason for the end of the run is the outcome only of an address that the run did not reach.
            let said = halted.filter(|_| *outcome == Outcome::Kept && !result.is_revoked).unwrap_or(said);
            (severity, words.fill(Message::OutcomeOf, &[("email", email), ("outcome", &said)]))
        }
    }
}

/// What became of a run, in numbers.
pub fn counts_of(words: &Words, report: &Report) -> (Severity, String) {
    let sent = report.count(|outcome| matches!(outcome, Outcome::Sent(_)));
    let revoked = report.count(|outcome| *outcome == Outcome::Revoked);
    let there = report.count(|outcome| matches!(outcome, Outcome::Pending | Outcome::Accepted));
    let ended = report.count(|outcome| *outcome == Outcome::NoLongerPending);
    let doubtful = report.count(|outcome| matches!(outcome, Outcome::Unknown(_) | Outcome::RevokeUnknown(_)));
    let failed = (report.jobs.len() as u64).saturating_sub(sent + revoked + there + ended + doubtful);
    let is_revoke = |job: &&Job| matches!(job.task.action, Action::Revoke(_));
    let stands = |job: &&Job| {
        matches!(job.stage, Stage::Done(Outcome::NotRevoked(_) | Outcome::Kept | Outcome::Refused(_)))
    };
    let standing = report.jobs.iter().filter(is_revoke).filter(stands).count() as u64;
    // The person was to get another invitation, and has none now.
    let is_in_vain = ended > 0 && !report.jobs.iter().all(|job| is_revoke(&job));
    let counts = [
        (Plural::CountSent, sent),
        (Plural::CountRevoked, revoked),
        (Plural::CountThere, there),
        (Plural::CountEnded, ended),
        (Plural::CountDoubtful, doubtful),
        (Plural::CountNotRevoked, standing),
        (Plural::CountFailed, failed.saturating_sub(standing)),
    ];
    let said = counts.iter().filter(|(_, count)| *count > 0);
    let said: Vec<_> = said.map(|(plural, count)| words.count(*plural, *count)).collect();
    let severity = match (sent + revoked, failed + doubtful) {
        (_, 0) if is_in_vain => Severity::Warning,
        (_, 0) => Severity::Success,
        (0, _) => Severity::Danger,
        _ => Severity::Warning,
    };
    (severity, words.list(&said))
}

/// What is said of a run on its way.
pub fn announcement_sentence(words: &Words, announcement: Announcement) -> String {
    match announcement {
        Announcement::Began(count) => words.count(Plural::BatchBegan, count),
        Announcement::Progressed(done, total) => {
            let [done, total] = [done, total].map(|number| words.number(number));
            words.fill_plain(Message::BatchProgress, &[("done", &done), ("total", &total)])
        }
        Announcement::Waits(seconds) => words.count(Plural::BatchPaused, u64::from(seconds)),
    }
}

/// What became of each address, as a table: address, role, and the outcome in words.
pub fn outcome_table(words: &Words, jobs: &[Job]) -> String {
    let mut table = "email,role,result\r\n".to_owned();
    for job in jobs {
        let Some((_, said)) = job_sentence(words, job) else { continue };
        for (text, end) in [(job.task.email.as_str(), ","), (&job.task.role.0, ","), (&said, "\r\n")] {
            safe_field(&mut table, text);
            table.push_str(end);
        }
    }
    table
}

#[cfg(test)]
mod tests;
