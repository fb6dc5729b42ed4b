//! Draws what stands below the box for addresses: the run on its way, its report, the entries. Fetched when the admin is
//! about to invite.

use crate::domain::known_people::Reading;
use crate::domain::{Page, PageRequest, PageSize, Slice};
use crate::feedback::Severity;
use crate::i18n::{Message, Plural, Words, error_sentence};
use crate::invite::entry::Entry;
use crate::invite::update::{ComposerMsg, Msg};
use crate::invite::view::View;
use crate::invite::view::entries::{Drawn, entries};
use crate::invite::view::files::{file_problem, guessed_encoding};
use crate::invite::view::grant::grant_question;
use crate::invite::view::imports::imports;
use crate::invite::view::unknown_roles::unknown_roles;
use crate::outbox::Report;
use crate::outbox::view::{ReportActions, progress, report};
use crate::ui::{button, dialog, notice, pager};
use std::collections::HashMap;
use yew::prelude::*;

/// The most entries that are drawn as chips. More are drawn as rows, a page at a time.
const MAX_CHIPS: usize = 40;
const ROWS: PageSize = PageSize::Fifty;

/// Draws all of it.
pub fn composer(view: &View) -> Html {
    let composer = &view.model.composer;
    let question = composer.question.as_ref().map(|question| grant_question(view, question));
    let on_confirm = view.compose(ComposerMsg::GrantConfirmed);
    let on_keep = view.compose(ComposerMsg::GrantDismissed);
    html! {
        <div class="batch">
            if let Some(run) = view.outbox.sending() {
                { progress(
                    view.words,
                    Message::StageSending,
                    run,
                    view.now,
                    view.is_online,
                    view.compose(ComposerMsg::StopPressed),
                ) }
            }
            { notices(view) }
            { summary(view) }
            { imports(view) }
            if view.outbox.sending().is_none() { { unknown_roles(view) } }
            { list(view) }
            { dialog(view.words, view.dialog.clone(), question, on_confirm, on_keep) }
        </div>
    }
}

/// The notices: files that could not be read, invitations that had gone out before a reload, the report of the last run.
fn notices(view: &View) -> Html {
    let (words, composer) = (view.words, &view.model.composer);
    let unreadable = composer.unreadable.iter();
    let unreadable =
        unreadable.map(|(name, problem)| (Severity::Danger, file_problem(words, name, *problem)));
    let guessed = composer.guessed.iter();
    let guessed =
        guessed.map(|(name, encoding)| (Severity::Warning, guessed_encoding(words, name, *encoding)));
    let found = composer.found.map(|found| {
        let text = [words.say(Message::BatchFound), words.count(Plural::CountFound, found)].join(" ");
        (Severity::Info, text)
    });
    let last = composer.report.as_ref().filter(|report| report.jobs.len() > 1);
    html! {
        <>
            { for unreadable.chain(guessed).chain(found).map(|(severity, said)| notice(severity, true, &said, None, Html::default())) }
            if let Some(last) = last {
                { report(words, last, &hint(words, last), ReportActions {
                    retry: view.compose(ComposerMsg::RetryPressed),
                    copy: view.compose(ComposerMsg::CopyPressed),
                    download: view.compose(ComposerMsg::DownloadPressed),
                }) }
            }
        </>
    }
}

/// Why the run ended, and which entries were kept.
fn hint(words: &Words, report: &Report) -> String {
    match &report.halted {
        Some(error) => [error_sentence(words, error), words.say(Message::BatchHalted)].join(" "),
        None if report.is_stopped => words.say(Message::BatchStopped),
        None => words.say(Message::BatchKept),
    }
}

/// The verdicts in numbers, and how far the look-up is.
fn summary(view: &View) -> Html {
    let (words, composer) = (view.words, &view.model.composer);
    let verdicts = &composer.verdicts;
    let is_shown = view.outbox.sending().is_none() && !composer.entries.is_empty();
    let counts = [
        (Plural::CountNew, verdicts.new),
        (Plural::CountFailed, verdicts.failed),
        (Plural::CountPending, verdicts.pending),
        (Plural::CountMembers, verdicts.members),
        (Plural::CountTwice, verdicts.twice),
        (Plural::CountLooks, verdicts.to_review),
    ];
    let counts = counts.into_iter().filter(|(_, count)| is_shown && *count > 0);
    let counts: Vec<_> = counts.map(|(plural, count)| words.count(plural, count)).collect();
    let parts: Vec<_> =
        [words.list(&counts)].into_iter().chain(seats_needed(view).filter(|_| is_shown)).collect();
    // The line is always there: a live region that arrives together with its text is not read out.
    html! {
        <div class="summary">
            <p role="status">{ words.sentences(&parts) }</p>
            if is_shown { { look_up(view) } }
        </div>
    }
}

/// How many seats are left, and how many the entries take.
fn seats_needed(view: &View) -> Option<String> {
    let (words, needed) = (view.words, view.model.composer.verdicts.seats);
    let (most, left) = view.seats.and_then(|seats| seats.most.zip(seats.left())).filter(|_| needed > 0)?;
    let [left, needed] = [left, needed].map(|number| words.number(number));
    let most = words.count(Plural::Seats, most.get());
    Some(words.fill(Message::SeatsNeeded, &[("left", &left), ("seats", &most), ("needed", &needed)]))
}

/// How far the reading of members and invitations is.
fn look_up(view: &View) -> Html {
    let words = view.words;
    match view.model.composer.people.reading() {
        Reading::Going { read, of } => {
            let [read, of] = [read, of].map(|number| words.number(*number));
            let said = words.fill(Message::LookingUp, &[("read", &read), ("total", &of)]);
            html! { <p class="hint">{ said }</p> }
        }
        Reading::Failed(error) => {
            let said = [words.say(Message::LookUpFailed), error_sentence(words, error)].join(" ");
            let on_retry = view.compose(ComposerMsg::LookUpRetried);
            html! { <p class="hint">{ said }{ " " }{ button("small", &words.say(Message::Retry), on_retry) }</p> }
        }
        Reading::Idle | Reading::Complete => Html::default(),
    }
}

fn list(view: &View) -> Html {
    let composer = &view.model.composer;
    let all = composer.entries.all();
    if all.is_empty() {
        return Html::default();
    }
    let needs_review = |at: usize, entry: &Entry| {
        entry.was_not_sent() || composer.verdicts.each.get(at).is_some_and(|verdict| verdict.needs_review())
    };
    let is_drawn = |(at, entry): &(usize, &Entry)| !composer.only_to_review || needs_review(*at, entry);
    let chosen: Vec<_> = all.iter().enumerate().filter(is_drawn).collect();
    let is_long = all.len() > MAX_CHIPS;
    let slice = slice(composer.page.filter(|_| is_long), chosen.len());
    let jobs: HashMap<_, _> = view
        .outbox
        .sending()
        .into_iter()
        .flat_map(|run| &run.jobs)
        .map(|job| (job.task.email.key(), job))
        .collect();
    let before = slice.page.rows_before(slice.size) as usize;
    let entries_drawn = chosen.into_iter().skip(before).take(slice.rows as usize).map(|(at, entry)| {
        let job = entry.email.as_ref().ok().and_then(|email| jobs.get(email.key()).copied());
        (entry, composer.verdicts.each.get(at), job)
    });
    let drawn = Drawn { entries: entries_drawn.collect(), is_long };
    let on_go = view.on.reform(|page| Msg::Composer(ComposerMsg::PageChosen(page)));
    html! {
        <>
            { entries(view, &drawn) }
            if is_long { { pager(view.words, Message::EntriesTitle, &slice, false, &on_go) } }
            if view.outbox.sending().is_none() { { list_actions(view, is_long) } }
        </>
    }
}

/// Which page of the entries is drawn.
fn slice(asked: Option<PageRequest>, total: usize) -> Slice {
    let PageRequest { page, size } = asked.unwrap_or(PageRequest { page: Page::FIRST, size: ROWS });
    let mut slice = Slice { rows: 0, page, size, total: total as u64 };
    slice.page = page.min(slice.last_page());
    slice.rows = slice.total.saturating_sub(slice.page.rows_before(size)).min(u64::from(size.rows()));
    slice
}

fn list_actions(view: &View, is_long: bool) -> Html {
    let composer = &view.model.composer;
    let offer = |message, msg| button("small", &view.words.say(message), view.compose(msg));
    html! {
        <div class="actions">
            if composer.only_to_review {
                { offer(Message::EntriesAll, ComposerMsg::OnlyToReviewChosen(false)) }
            } else if is_long && composer.verdicts.to_review > 0 {
                { offer(Message::EntriesLooks, ComposerMsg::OnlyToReviewChosen(true)) }
            }
            if composer.entries.all().len() > 1 { { offer(Message::EntriesClear, ComposerMsg::Cleared) } }
        </div>
    }
}
