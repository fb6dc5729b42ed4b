//! Draws what the form has beyond its frame: the entries, what is known of them, the run on its way, its report. Fetched when
//! the admin is about to invite.

use crate::domain::known_people::Reading;
use crate::feedback::Severity;
use crate::i18n::{Message, Plural, Words, error_sentence};
use crate::invite::model::FieldProblem;
use crate::invite::summary::summary;
use crate::invite::update::{ComposerMsg, Msg};
use crate::invite::view::View;
use crate::invite::view::entries::entries;
use crate::invite::view::files::{file_problem, guessed_encoding};
use crate::invite::view::form::{Parts, SendButton};
use crate::invite::view::grant::grant_question;
use crate::invite::view::imports::imports;
use crate::invite::view::known::{Known, change};
use crate::invite::view::no_roles::{migrating, no_roles};
use crate::invite::view::remedies::{groups, remedies};
use crate::invite::view::said::state;
use crate::invite::view::unknown_roles::unknown_roles;
use crate::outbox::Report;
use crate::outbox::view::{ReportActions, progress, report};
use crate::ui::{button, dialog_asking, notice, pager, tooltip};
use yew::prelude::*;

/// Draws all of it.
pub fn composer(view: &View) -> Parts {
    let is_empty = view.model.composer.entries.is_empty();
    Parts {
        inside: if is_empty { Html::default() } else { inside(view) },
        tip: view.has_shortcuts.then(|| tooltip(view.words, &view.words.say(Message::InviteTitle), "i")),
        role: no_roles(view),
        acts: acts(view),
        send: Some(send(view)),
        problem: problem(view),
        role_problem: view.model.lacks_role.then(|| view.words.say(Message::RoleMissing)),
        status: status(view),
        below: below(view),
    }
}

/// The button counts the text that is still in the box, which it sends as well.
fn send(view: &View) -> SendButton {
    let (words, composer) = (view.words, &view.model.composer);
    let is_sending = view.outbox.sending().is_some();
    let is_settling = composer.entries.unsettled() > 0;
    let is_waiting = is_sending || is_settling || composer.waits_to_send();
    let is_typing = view.model.text.contains('@');
    let label = match composer.verdicts.sendable.saturating_add(u64::from(is_typing)) {
        _ if is_settling => words.say(Message::VerdictUnsettled),
        _ if is_waiting => words.say(Message::StageSending),
        0 => words.say(Message::InviteSend),
        count => words.count(Plural::InviteSendMany, count),
    };
    SendButton { label, is_waiting, is_off: is_sending || is_settling }
}

fn problem(view: &View) -> Option<String> {
    let words = view.words;
    Some(match view.model.email_problem.as_ref()? {
        FieldProblem::Missing => words.say(Message::EmailMissing),
        FieldProblem::NothingToSend => words.say(Message::InviteNothing),
        FieldProblem::Busy(email) => words.fill(Message::ActBusy, &[("email", email)]),
    })
}

fn inside(view: &View) -> Html {
    let is_fixing = view.model.composer.only_to_fix && view.outbox.sending().is_none();
    html! {
        <>
            if is_fixing { { groups(view) } }
            { entries(view) }
        </>
    }
}

/// What is done with all entries: to look only at those that are held back, to take all out. Without entries: a table to fill
/// in.
fn acts(view: &View) -> Html {
    let (words, composer) = (view.words, &view.model.composer);
    // Those that are not sent as they are: it says "to fix" as long as there is something to fix among them.
    let (to_fix, held_back) = (composer.to_fix(), composer.held_back());
    let (plural, count) =
        if to_fix > 0 { (Plural::CountLooks, to_fix) } else { (Plural::CountLeftOut, held_back) };
    if view.outbox.sending().is_some() {
        return Html::default();
    }
    if composer.entries.is_empty() {
        let template = button(
            "small bare",
            &words.say(Message::InviteTemplate),
            view.compose(ComposerMsg::TemplatePressed),
        );
        return html! { <div class="actions template">{ template }</div> };
    }
    let is_pressed = composer.only_to_fix;
    let on_fix = view.compose(ComposerMsg::OnlyToFixChosen(!is_pressed));
    html! {
        <div class="actions">
            if composer.entries.all().len() > 1 {
                { button("small bare", &words.say(Message::EntriesClear), view.compose(ComposerMsg::Cleared)) }
            }
            if held_back > 0 {
                <button class="button small" type="button" aria-pressed={is_pressed.to_string()} onclick={on_fix}>
                    { words.count(plural, count) }
                </button>
            }
        </div>
    }
}

/// The line below the box: the run on its way, else the report of the last one, else what is known of the entries.
fn status(view: &View) -> Option<Html> {
    let composer = &view.model.composer;
    if let Some(run) = view.outbox.sending() {
        let on_stop = view.compose(ComposerMsg::StopPressed);
        let doing = Message::StageSending;
        return Some(progress(view.words, doing, run, view.now, view.is_online, on_stop));
    }
    let last = composer.report.as_ref().filter(|report| report.jobs.len() > 1);
    if last.is_none() && composer.entries.is_empty() {
        return None;
    }
    Some(html! {
        <>
            { for last.map(|last| sent(view, last)) }
            if !composer.entries.is_empty() { { known(view) }{ detail(view) } }
        </>
    })
}

/// What became of the last run.
fn sent(view: &View, last: &Report) -> Html {
    let (words, composer) = (view.words, &view.model.composer);
    let to_retry = composer.to_retry_in_report();
    let label = words.count(Plural::FixRetry, to_retry.len() as u64);
    let actions = ReportActions {
        retry: (!to_retry.is_empty()).then(|| (label, view.compose(ComposerMsg::RetryPressed(to_retry)))),
        copy: view.compose(ComposerMsg::CopyPressed),
        download: view.compose(ComposerMsg::DownloadPressed),
    };
    report(words, last, &hint(words, last, composer.to_fix()), actions)
}

/// Why the run ended, and how many entries are left that need a fix.
fn hint(words: &Words, report: &Report, to_fix: u64) -> String {
    let why = match &report.halted {
        Some(error) => Some([error_sentence(words, error), words.say(Message::BatchHalted)].join(" ")),
        None if report.is_stopped => Some(words.say(Message::BatchStopped)),
        None => None,
    };
    let left = (to_fix > 0).then(|| words.count(Plural::StillToFix, to_fix));
    why.or(left).unwrap_or_default()
}

/// The verdicts in numbers, and how far the look-up is.
fn known(view: &View) -> Html {
    let counts = summary(view.words, &view.model.composer.verdicts);
    let parts: Vec<_> = [counts].into_iter().chain(seats_needed(view)).collect();
    html! {
        <div class="summary">
            <p>{ view.words.sentences(&parts) }</p>
            { look_up(view) }
        </div>
    }
}

/// How many seats are left, and how many the entries take.
fn seats_needed(view: &View) -> Option<String> {
    let (words, needed) = (view.words, view.model.composer.verdicts.seats);
    let left = view.seats.and_then(|seats| seats.left()).filter(|_| needed > 0)?;
    let [left, needed] = [left, needed].map(|number| words.number(number));
    Some(words.fill_plain(Message::SeatsNeeded, &[("left", &left), ("needed", &needed)]))
}

/// How far the reading of members and invitations is.
fn look_up(view: &View) -> Html {
    let words = view.words;
    match view.model.composer.people.reading() {
        Reading::Going { read, of } => {
            let [read, of] = [read, of].map(|number| words.number(*number));
            let said = words.fill_plain(Message::LookingUp, &[("read", &read), ("total", &of)]);
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

/// What is said of the entry that the keyboard has reached, or of the first that needs a fix, with what settles that.
fn detail(view: &View) -> Html {
    let composer = &view.model.composer;
    // While only those are shown that are held back, each says so itself.
    if composer.only_to_fix || composer.editing.is_some() {
        return Html::default();
    }
    let mut told = composer.told_of().map(|(at, entry)| {
        let known = Known { entry, verdict: composer.verdicts.each.get(at), job: None };
        (known, state(view, known))
    });
    let Some((known, (severity, said))) = told.find(|(_, (_, said))| !said.is_empty()) else {
        return Html::default();
    };
    let entry = known.entry;
    let words = view.words;
    let said = words.fill(Message::OutcomeOf, &[("email", &entry.text), ("outcome", &said)]);
    html! {
        <div class={if severity == Severity::Danger { "detail danger" } else { "detail" }}>
            <span class="clip">{ said }</span>
            { remedies(view, known) }
            { change(view, entry) }
        </div>
    }
}

fn below(view: &View) -> Html {
    let composer = &view.model.composer;
    let question = composer.question.as_ref().map(|question| grant_question(view, question));
    let on_confirm = view.compose(ComposerMsg::GrantConfirmed);
    let on_keep = view.compose(ComposerMsg::GrantDismissed);
    html! {
        <div class="batch">
            { migrating(view) }
            { pages(view) }
            { notices(view) }
            { imports(view) }
            if view.outbox.sending().is_none() { { unknown_roles(view) } }
            { dialog_asking(view.dialog.clone(), question, on_confirm, on_keep) }
        </div>
    }
}

/// The pages of many entries.
fn pages(view: &View) -> Html {
    let slice = view.model.composer.shown().slice;
    let on_go = view.on.reform(|page| Msg::Composer(ComposerMsg::PageChosen(page)));
    // As long as one page of the smallest size holds them, there is nothing to choose.
    if slice.total <= u64::from(FIRST_PAGE) {
        return Html::default();
    }
    pager(view.words, Message::EntriesTitle, &slice, false, &on_go)
}

/// So many entries are shown without pages.
const FIRST_PAGE: u32 = 50;

/// The notices: files that could not be read, invitations that had gone out before a reload, that a link has filled the form in.
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
    let is_from_link = composer.is_from_link && !composer.entries.is_empty();
    let link = is_from_link.then(|| (Severity::Info, words.say(Message::InviteFromLink)));
    let all = unreadable.chain(guessed).chain(found).chain(link);
    all.map(|(severity, said)| notice(severity, true, &said, None, Html::default())).collect()
}
