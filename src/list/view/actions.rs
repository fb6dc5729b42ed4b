//! Draws what is being done with the list: runs on their way, the selection, what became of the last run, the dialog.
//! Fetched when the admin is about to do something with it.

use crate::i18n::{Message, Words, error_sentence};
use crate::list::messages::{ActionMsg, DialogMsg};
use crate::list::view::View;
use crate::list::view::dialog::question;
use crate::list::view::selection::selection;
use crate::outbox::view::{ReportActions, progress, report};
use crate::outbox::{ActiveRun, Job, Origin, Report};
use crate::ui::dialog;
use yew::prelude::*;

/// Draws all of it.
pub fn actions(view: &View) -> Html {
    let actions = &view.model.actions;
    let on_confirm = view.act(ActionMsg::Dialog(DialogMsg::Confirmed));
    let on_keep = view.act(ActionMsg::Dialog(DialogMsg::Dismissed));
    let question = actions.dialog.as_ref().map(|dialog| question(view, dialog));
    // What is over in a moment is seen on its row.
    let is_long = |run: &&ActiveRun| {
        run.origin == Origin::List && (run.jobs.len() > 1 || run.wait > 0 || !view.is_online)
    };
    html! {
        <div class="work">
            <div class="dock">
                { for view.outbox.runs().iter().filter(is_long).map(|run| {
                    let doing = if run.only_revokes() { Message::Revoking } else { Message::StageSending };
                    let on_stop = view.act(ActionMsg::StopPressed(run.id));
                    progress(view.words, doing, run, view.now, view.is_online, on_stop)
                }) }
                { selection(view) }
            </div>
            if let Some(last) = &actions.report {
                { report(view.words, last, &hint(view.words, last), ReportActions {
                    retry: Some((view.words.say(Message::BatchRetry), view.act(ActionMsg::RetryFailedPressed))),
                    copy: view.act(ActionMsg::CopyFailedPressed),
                    download: view.act(ActionMsg::DownloadPressed),
                }) }
            }
            { dialog(view.words, view.dialog.clone(), question, on_confirm, on_keep) }
        </div>
    }
}

/// Why the run ended, and where the addresses are that lost their invitation.
fn hint(words: &Words, report: &Report) -> String {
    let why = report.halted.as_ref().map(|error| error_sentence(words, error));
    let is_lost = report.jobs.iter().any(Job::is_without_invitation);
    let kept = is_lost.then(|| words.say(Message::ActInBox));
    [why, kept].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
