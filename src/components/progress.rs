//! How far a batch is, and what became of it.

use crate::browser::is_online;
use crate::components::button::button;
use crate::components::entries::{Deed, outcome_sentence};
use crate::components::notice::notice;
use crate::domain::batch::{Batch, Job, Outcome, Stage, What};
use crate::domain::intake::safe_field;
use crate::hooks::{Report, Tone};
use crate::i18n::{Message, Plural, Words};
use yew::prelude::*;

/// Draws a batch on its way: what is being done, how far it is. `elapsed` is in milliseconds.
pub fn progress(
    words: &Words,
    doing: Message,
    batch: &Batch,
    elapsed: f64,
    on_stop: Callback<MouseEvent>,
) -> Html {
    let total = batch.read(|jobs| jobs.len()) as u64;
    let is_done = |stage: &Stage| matches!(stage, Stage::Done(_));
    let done = batch.read(|jobs| jobs.iter().filter(|job| is_done(&job.stage)).count()) as u64;
    let [done_said, total_said] = [done, total].map(|number| words.number(number));
    let mut said = words.fill(Message::BatchProgress, &[("done", &done_said), ("total", &total_said)]);
    // Before that it is anybody's guess.
    if done >= 10 && done < total && batch.wait() == 0 {
        let left = elapsed / 1000.0 / done as f64 * (total - done) as f64;
        said = words.list(&[said, words.count(Plural::BatchLeft, left.ceil() as u64)]);
    }
    let waiting = match batch.wait() {
        _ if batch.is_stopped() => None,
        _ if !is_online() => Some(words.say(Message::BatchOffline)),
        0 => None,
        seconds => Some(words.count(Plural::BatchWaits, u64::from(seconds))),
    };
    let label = if batch.is_stopped() { Message::InviteStopping } else { Message::InviteStop };
    html! {
        <div class="progress">
            <progress max={total.to_string()} value={done.to_string()} aria-label={words.say(doing)} />
            <p>{ said }</p>
            { button("small", &words.say(label), on_stop) }
            if let Some(waiting) = waiting {
                <p class="hint" role="timer">{ waiting }</p>
            }
        </div>
    }
}

/// What became of a batch, in numbers.
pub fn report_counts(words: &Words, report: &Report) -> (Tone, String) {
    let sent = report.count(|outcome| matches!(outcome, Outcome::Sent(_)));
    let revoked = report.count(|outcome| *outcome == Outcome::Revoked);
    let there = report.count(|outcome| matches!(outcome, Outcome::Pending | Outcome::Accepted));
    let ended = report.count(|outcome| *outcome == Outcome::NoLongerPending);
    let doubtful = report.count(|outcome| matches!(outcome, Outcome::Unknown(_) | Outcome::RevokeUnknown(_)));
    let failed = report.jobs.len() as u64 - sent - revoked - there - ended - doubtful;
    let is_revoke = |job: &&Job| matches!(job.task.what, What::Revoke(_));
    let stands = |job: &Job| {
        matches!(job.stage, Stage::Done(Outcome::NotRevoked(_) | Outcome::Kept | Outcome::Refused(_)))
    };
    let standing = report.jobs.iter().filter(is_revoke).filter(|job| stands(job)).count() as u64;
    // Whoever was to get another invitation has none now.
    let is_in_vain = ended > 0 && !report.jobs.iter().all(|job| is_revoke(&job));
    let counts = [
        (Plural::CountSent, sent),
        (Plural::CountRevoked, revoked),
        (Plural::CountThere, there),
        (Plural::CountEnded, ended),
        (Plural::CountDoubtful, doubtful),
        (Plural::CountNotRevoked, standing),
        (Plural::CountFailed, failed - standing),
    ];
    let said =
        counts.iter().filter(|(_, count)| *count > 0).map(|(plural, count)| words.count(*plural, *count));
    let tone = match (sent + revoked, failed + doubtful) {
        (_, 0) if is_in_vain => Tone::Warning,
        (_, 0) => Tone::Success,
        (0, _) => Tone::Danger,
        _ => Tone::Warning,
    };
    (tone, words.list(&said.collect::<Vec<_>>()))
}

/// Draws what became of a batch, why and what has been kept (`hint`), and what can be done with it.
pub fn report(words: &Words, report: &Report, hint: &str, on_deed: &Callback<Deed>) -> Html {
    let (tone, counts) = report_counts(words, report);
    let is_whole = tone == Tone::Success;
    let offer = |(message, deed): (Message, Deed)| {
        button("small", &words.say(message), on_deed.reform(move |_: MouseEvent| deed.clone()))
    };
    let of_the_failed = [(Message::BatchRetry, Deed::Retry), (Message::BatchCopy, Deed::Copy)];
    let offers = of_the_failed.into_iter().filter(|_| !is_whole);
    let buttons = html! {
        <div class="actions">
            { for offers.chain([(Message::BatchDownload, Deed::Download)]).map(offer) }
        </div>
    };
    notice(tone, false, &counts, Some(hint).filter(|hint| !is_whole && !hint.is_empty()), buttons)
}

/// What became of a job, in words.
pub fn job_sentence(words: &Words, job: &Job, outcome: &Outcome) -> (Tone, String) {
    match (outcome, &job.task.what) {
        (Outcome::Kept, What::Revoke(_)) => (Tone::Neutral, words.say(Message::OutcomeNotRevoked)),
        _ => outcome_sentence(words, outcome, job.is_withdrawn),
    }
}

/// What became of each, as a CSV: address, role, and the outcome in words.
pub fn outcome_table(words: &Words, jobs: &[Job]) -> String {
    let mut table = "email,role,result\r\n".to_owned();
    for job in jobs {
        let Stage::Done(outcome) = &job.stage else { continue };
        let (_, said) = job_sentence(words, job, outcome);
        for (text, end) in [(job.task.email.as_str(), ","), (&job.task.role.0, ","), (&said, "\r\n")] {
            safe_field(&mut table, text);
            table.push_str(end);
        }
    }
    table
}
