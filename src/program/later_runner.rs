//! Carries out the effects of code that is fetched later.

use crate::browser::{self, Content};
use crate::clerk::{Dialog, MountError};
use crate::domain::service::MAX_ROWS;
use crate::domain::{Dismissed, known_people};
use crate::feedback::ids;
use crate::i18n::Message;
use crate::outbox::{self, Report, Run, RunId, Task};
use crate::program::accept_runner;
use crate::program::messages::{LaterEffect, Msg};
use crate::program::model::Scope;
use crate::program::store::Program;
use crate::{invite, list, requests};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A run of so few addresses is drawn at each step.
const FEW: usize = 50;
/// A run of more is drawn at most once in so many milliseconds: each drawing looks at all of it.
const DRAW_INTERVAL: f64 = 100.0;

/// Carries an effect out.
pub fn run(program: &Program, effect: LaterEffect) {
    match effect {
        LaterEffect::LookUp(scope, lookup) => {
            let Some(service) = program.invitations(&scope.organization) else { return };
            program.answer(async move {
                let found = known_people::look_up(&service, lookup).await;
                Msg::Compose(scope, invite::ComposerMsg::LookedUp(lookup, found))
            });
        }
        LaterEffect::ReadFiles(scope, number) => {
            let Some(files) = program.held().take_files(number) else { return };
            program.answer(async move {
                let msg = match files.read().await {
                    Content::Text(text) => invite::ComposerMsg::TextBrought(text),
                    Content::Files(files) => invite::ComposerMsg::FilesRead(files),
                };
                Msg::Compose(scope, msg)
            });
        }
        LaterEffect::ShowText(scope, text) => {
            if program.read(|model| model.open.as_ref() == Some(&scope)) {
                program.mount().show_text(ids::EMAIL, &text);
            }
        }
        LaterEffect::Execute(scope, id, tasks) => execute(program, scope, id, tasks),
        LaterEffect::StopRun(scope, id, why) => program.held().stop_run(&scope.owner, id, why),
        LaterEffect::SaveJournal(scope, journal) => {
            let key = program.mount().kept_under(scope.journal_key());
            if journal.is_empty() { browser::remove_stored(&key) } else { browser::store(&key, &journal) }
        }
        LaterEffect::ReadPage(scope, reading, statuses, question) => {
            let Some(service) = program.invitations(&scope.organization) else { return };
            let then = program.clone();
            program.spawn(async move {
                let page = service.page(&statuses, question.page, question.rows).await;
                if let Ok(page) = &page {
                    let arrived = list::ActionMsg::PageArrived(reading, question, page.size());
                    then.send(Msg::Act(scope.clone(), arrived));
                    // clerk-js sends what that asks for before the rows are read. Not in a tab behind others, where timers
                    // ring late.
                    if browser::is_visible() {
                        browser::sleep(0).await;
                    }
                }
                let read = page.and_then(|page| service.read_page(page));
                then.send(Msg::Act(scope, list::ActionMsg::PageRead(reading, question, read)));
            });
        }
        LaterEffect::FindGone(scope, gone) => {
            let Some(service) = program.invitations(&scope.organization) else { return };
            program.answer(async move {
                let found = list::find_gone(&service, &gone).await;
                Msg::Act(scope, list::ActionMsg::GoneFound(found))
            });
        }
        LaterEffect::FindMembers(scope, text) => {
            let Some(service) = program.invitations(&scope.organization) else { return };
            program.answer(async move {
                let found = service.find_members(&text, MAX_ROWS).await;
                Msg::Act(scope, list::ActionMsg::MembersFound(text, found))
            });
        }
        LaterEffect::FindDismissed(scope) => {
            let dismissed = Dismissed::from_text(browser::kept(&scope.dismissed_key()));
            program.send(Msg::Act(scope, list::ActionMsg::DismissedFound(dismissed)));
        }
        LaterEffect::KeepDismissed(scope, dismissed) => {
            browser::keep(&scope.dismissed_key(), dismissed.as_text());
        }
        LaterEffect::Copy(text) => program.answer(async move { Msg::Copied(browser::copy(&text).await) }),
        LaterEffect::CopyPromised(text) => {
            let promised = program.held().take_copy();
            program.answer(async move { Msg::Copied(browser::copy_promised(promised, &text).await) });
        }
        LaterEffect::TellHost { invited, revoked } => {
            program.mount().tell("invited", invited);
            program.mount().tell("revoked", revoked);
        }
        LaterEffect::OpenMembers => {
            let Some(client) = program.client() else { return };
            let texts = program.read(|model| model.words.language.clerk_texts());
            program.answer(async move {
                let opened = client.open(Dialog::Members, texts.as_deref()).await;
                Msg::MembersOpened(opened.err().map(|error| match error {
                    MountError::NoComponents => Message::ComponentMissing,
                    MountError::Failed(_) => Message::ComponentFailed,
                }))
            });
        }
        LaterEffect::Accept(effect) => accept_runner::run(program, effect),
        LaterEffect::Requests(scope, call) => {
            let Some(service) = program.invitations(&scope.organization) else { return };
            program.answer(async move { Msg::Requests(scope, requests::call(&service, call).await) });
        }
        LaterEffect::Download(table) => browser::download("invitations.csv", &table),
    }
}

fn execute(program: &Program, scope: Scope, id: RunId, tasks: Vec<Task>) {
    let Some(service) = program.invitations(&scope.organization) else { return };
    let run = Rc::new(Run::new(tasks, teller(program, &scope, id)));
    let guard = browser::ask_before_leaving();
    program.held().hold_run(scope.owner.clone(), id, run.clone());
    let ended = program.clone();
    program.spawn(async move {
        outbox::execute(&service, &run).await;
        drop(guard);
        ended.held().release_run(&run);
        ended.send(Msg::Outbox(scope, outbox::Msg::Ended(id, Report::of(&run))));
    });
}

/// Tells the outbox of each change of a run; of a long one less often.
fn teller(program: &Program, scope: &Scope, id: RunId) -> outbox::OnChange {
    let (program, scope) = (program.clone(), scope.clone());
    let (untold, told_at) = (RefCell::new(vec![]), Cell::new(f64::MIN));
    Box::new(move |run, changed| {
        untold.borrow_mut().extend_from_slice(changed);
        let is_long = run.read(|jobs| jobs.len() > FEW);
        let now = browser::monotonic_now();
        if is_long && now - told_at.get() < DRAW_INTERVAL {
            return;
        }
        told_at.set(now);
        let mut places = untold.take();
        places.sort_unstable();
        places.dedup();
        let jobs =
            run.read(|jobs| places.into_iter().filter_map(|at| Some((at, jobs.get(at)?.clone()))).collect());
        program.send(Msg::Outbox(scope.clone(), outbox::Msg::Progressed(id, jobs, run.wait())));
    })
}
