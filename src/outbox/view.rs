//! How far a run is, and what became of it, as both the form and the list draw it.

use crate::feedback::Severity;
use crate::i18n::{Message, Plural, Words};
use crate::outbox::wording::counts_of;
use crate::outbox::{ActiveRun, Report};
use crate::ui::{button, notice};
use yew::prelude::*;

/// What the admin can do with a report.
pub struct ReportActions {
    /// Try what failed again, where that may end otherwise: what the button says, and what it does.
    pub retry: Option<(String, Callback<MouseEvent>)>,
    /// Put the addresses of what failed on the clipboard.
    pub copy: Callback<MouseEvent>,
    /// Download what became of each address.
    pub download: Callback<MouseEvent>,
}

/// Draws a run on its way: what is being done, how far it is. `now` is the page's own clock, in milliseconds;
/// `is_online` tells whether the browser has a connection.
pub fn progress(
    words: &Words,
    doing: Message,
    run: &ActiveRun,
    now: f64,
    is_online: bool,
    on_stop: Callback<MouseEvent>,
) -> Html {
    let (done, total) = run.progress();
    let [done_said, total_said] = [done, total].map(|number| words.number(number));
    let mut said = words.fill_plain(Message::BatchProgress, &[("done", &done_said), ("total", &total_said)]);
    // The time of the first few says little about the rest.
    if done >= 10 && done < total && run.wait == 0 {
        let left = (now - run.began) / 1000.0 / done as f64 * (total - done) as f64;
        said = words.list(&[said, words.count(Plural::BatchLeft, left.ceil() as u64)]);
    }
    let waiting = match run.wait {
        _ if run.is_stopping => None,
        _ if !is_online => Some(words.say(Message::BatchOffline)),
        0 => None,
        seconds => Some(words.count(Plural::BatchWaits, u64::from(seconds))),
    };
    let label = if run.is_stopping { Message::InviteStopping } else { Message::InviteStop };
    html! {
        <div class="progress">
            <progress max={total.to_string()} value={done.to_string()} aria-label={words.say(doing)} />
            <p>{ said }</p>
            if let Some(waiting) = waiting {
                <p class="hint" role="timer">{ waiting }</p>
            }
            // At the end: whatever the texts say, it does not move from under the pointer.
            { button("small", &words.say(label), on_stop) }
        </div>
    }
}

/// Draws what became of a run, why and what has been kept (`hint`), and what the admin can do with it.
pub fn report(words: &Words, report: &Report, hint: &str, actions: ReportActions) -> Html {
    let (severity, counts) = counts_of(words, report);
    let is_whole = severity == Severity::Success;
    let small = |message, onclick| button("small", &words.say(message), onclick);
    let buttons = html! {
        <div class="actions">
            if !is_whole {
                { for actions.retry.map(|(label, on_retry)| button("small", &label, on_retry)) }
                { small(Message::BatchCopy, actions.copy) }
            }
            { small(Message::BatchDownload, actions.download) }
        </div>
    };
    notice(severity, false, &counts, Some(hint).filter(|hint| !hint.is_empty()), buttons)
}
