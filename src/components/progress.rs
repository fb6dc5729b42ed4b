//! How far a batch is, and what became of it.

use crate::browser::is_online;
use crate::components::button::button;
use crate::components::entries::Deed;
use crate::components::notice::notice;
use crate::domain::batch::{Batch, Outcome, Stage};
use crate::hooks::{Report, Tone};
use crate::i18n::{Message, Plural, Words, error_sentence};
use yew::prelude::*;

/// Draws a batch on its way. `elapsed` is in milliseconds.
pub fn progress(words: &Words, batch: &Batch, elapsed: f64, on_stop: Callback<MouseEvent>) -> Html {
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
            <progress max={total.to_string()} value={done.to_string()} aria-label={words.say(Message::StageSending)} />
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
    let there = report.count(|outcome| matches!(outcome, Outcome::Pending | Outcome::NoLongerPending));
    let failed = report.jobs.len() as u64 - sent - there;
    let counts = [(Plural::CountSent, sent), (Plural::CountThere, there), (Plural::CountFailed, failed)];
    let said =
        counts.iter().filter(|(_, count)| *count > 0).map(|(plural, count)| words.count(*plural, *count));
    let tone = match (sent, failed) {
        (_, 0) => Tone::Success,
        (0, _) => Tone::Danger,
        _ => Tone::Warning,
    };
    (tone, words.list(&said.collect::<Vec<_>>()))
}

/// Draws what became of a batch, why, and what can be done with it.
pub fn report(words: &Words, report: &Report, on_deed: &Callback<Deed>) -> Html {
    let (tone, counts) = report_counts(words, report);
    let hint = match &report.halted {
        Some(error) => [error_sentence(words, error), words.say(Message::BatchHalted)].join(" "),
        None if report.is_stopped => words.say(Message::BatchStopped),
        None => words.say(Message::BatchKept),
    };
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
    notice(tone, false, &counts, (!is_whole).then_some(&hint), buttons)
}
