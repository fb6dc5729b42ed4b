//! Carries effects out, and sends their answers back as messages. The part that every visitor downloads.

use crate::browser::{self, Drag, WindowWatch};
use crate::config::Config;
use crate::domain::service::Invitations;
use crate::domain::{Counts, Dismissed, ListQuery, StartFailure, counts, query_string};
use crate::feedback::{Focus, FocusWhen};
use crate::i18n::Words;
use crate::program::environment::address;
use crate::program::later::{fetch_later, fetch_screens};
use crate::program::messages::{Effect, Msg};
use crate::program::model::{Chunk, JOURNALS};
use crate::program::store::{Part, Program};
use crate::route::list_address;
use crate::{invite, list, session};
use std::rc::Rc;
use yew::platform::spawn_local;

impl Program {
    /// A page that has not begun.
    pub fn new(config: Rc<Config>, words: Words) -> Self {
        Self::with_runner(config, words, run)
    }

    /// Begins: starts clerk-js and hears of what happens around the page.
    pub fn begin(&self) {
        self.hold_watches(watch(self));
        // The address may have changed between the first drawing and the watching.
        self.send(Msg::AddressChanged(address()));
        self.send(Msg::ConnectionChanged(browser::is_online()));
        run(self, Effect::StartClerk);
    }
}

/// Carries an effect out.
fn run(program: &Program, effect: Effect) {
    match effect {
        Effect::Dispatch(msg) => program.send(msg),
        Effect::Sleep(milliseconds, msg) => {
            program.answer(async move {
                browser::sleep(milliseconds).await;
                *msg
            });
        }
        Effect::StartClerk => start_clerk(program),
        Effect::Heal => {
            let _ = program.client().map(|client| client.heal_degraded_start());
        }
        Effect::SignIn => {
            if program.signs_in_elsewhere() {
                let _ = program.client().map(|client| client.redirect_to_sign_in());
            }
        }
        Effect::ListRoles(scope, question) => {
            let Some(client) = program.client() else { return };
            program.answer(async move {
                let roles = client.roles(&scope.organization).await;
                Msg::RolesAnswered(scope, question, roles)
            });
        }
        Effect::ListPage(scope, question) => {
            let Some(service) = program.invitations(&scope.organization) else { return };
            program.answer(async move {
                let ListQuery { filter, page, .. } = &question.key;
                let page = service.list(&filter.statuses(), page.page.number(), page.size.rows()).await;
                Msg::List(scope, list::Msg::PageAnswered(question, page))
            });
        }
        Effect::Count(scope, question) => {
            let Some(service) = program.invitations(&scope.organization) else { return };
            program.answer(async move {
                let dismissed = Dismissed::from_text(browser::kept(&scope.dismissed_key()));
                let counts: Result<Counts, _> =
                    counts::count(&service, &dismissed, browser::wall_clock()).await;
                Msg::List(scope, list::Msg::Counted(question, counts))
            });
        }
        Effect::GoTo { query, replaces } => go_to(program, &query, replaces),
        Effect::ForgetLink => forget_link(),
        Effect::DrawList => {
            let program = program.clone();
            // In a task of its own: together with the reading of a page it would keep the browser from answering.
            spawn_local(async move {
                browser::sleep(0).await;
                program.draw(Part::List);
            });
        }
        Effect::Focus(focus) => spawn_local(place_focus(focus)),
        Effect::FindJournal(scope) => {
            let journal = browser::stored(&scope.journal_key()).filter(|journal| !journal.is_empty());
            if let Some(journal) = journal {
                program.send(Msg::Compose(scope, invite::ComposerMsg::JournalFound(journal)));
            }
        }
        Effect::ForgetJournals => browser::remove_stored_with_prefix(JOURNALS),
        Effect::Load(chunk) => {
            let program = program.clone();
            spawn_local(async move {
                match chunk {
                    Chunk::Later => program.take_later(fetch_later().await),
                    Chunk::Screens => program.take_screens(fetch_screens().await),
                }
            });
        }
        Effect::Later(effect) => {
            if let Some(later) = program.later() {
                (later.run)(program, effect);
            }
        }
    }
}

/// Hears of another address, of the reader's coming back, of the connection and of dragged files, until the watches are
/// dropped.
fn watch(program: &Program) -> Vec<WindowWatch> {
    let (moved, returned, connection) = (program.clone(), program.clone(), program.clone());
    let mut watches = vec![browser::watch_address(move || moved.send(Msg::AddressChanged(address())))];
    // The second reaches the window because it bubbles up from the document.
    watches.extend(["focus", "visibilitychange"].map(|event| {
        let returned = returned.clone();
        WindowWatch::new(event, move |_| {
            if browser::is_visible() {
                returned.send(Msg::Returned);
            }
        })
    }));
    let dragged = program.clone();
    watches.extend(browser::watch_drags(move |drag| match drag {
        Drag::Over => dragged.send(Msg::DraggedOver(true)),
        Drag::Gone => dragged.send(Msg::DraggedOver(false)),
        Drag::Dropped(transferred) => {
            // Without a workspace there is no form.
            if let Some(scope) = dragged.read(|model| model.open.clone()) {
                dragged.bring(&scope, transferred);
            }
        }
    }));
    watches.extend(["online", "offline"].map(|event| {
        let connection = connection.clone();
        WindowWatch::new(event, move |_| connection.send(Msg::ConnectionChanged(browser::is_online())))
    }));
    watches
}

fn start_clerk(program: &Program) {
    let program = program.clone();
    spawn_local(async move {
        let started: Result<_, StartFailure> = program.starter().start(program.config()).await;
        let started = started.map(|client| {
            let listener = program.clone();
            let subscription = client.subscribe(move || tell_auth_state(&listener));
            if let Err(error) = &subscription {
                browser::log_error(&error.to_string());
            }
            program.set_client(client, subscription.ok());
        });
        program.send(Msg::Session(session::Msg::Started(started)));
        tell_auth_state(&program);
    });
}

/// Tells who is signed in now, unless that is known.
fn tell_auth_state(program: &Program) {
    let Some(client) = program.client() else { return };
    let auth = client.auth_state();
    // clerk-js calls its listeners at each answer of Clerk, and the message would have the whole page drawn anew.
    if auth.as_ref().is_some_and(|auth| program.read(|model| model.session.knows(auth))) {
        return;
    }
    let active = program.read(|model| model.session.active().map(|active| active.organization.id.clone()));
    let is_still_member = active.is_none_or(|organization| client.is_member(&organization));
    let auth = auth.map(Box::new);
    program.send(Msg::Session(session::Msg::AuthChanged { auth, is_still_member }));
}

fn go_to(program: &Program, query: &ListQuery, replaces: bool) {
    let target = list_address(query, program.config().page_size);
    if target == browser::address() {
        return;
    }
    if replaces { browser::replace_address(&target) } else { browser::go_to(&target) }
}

fn forget_link() {
    let parts = query_string::without(&browser::query(), &[invite::LINK_PEOPLE, invite::LINK_ROLE]);
    let path = browser::path();
    let rest = parts.join("&");
    browser::replace_address(&if rest.is_empty() { path } else { [&*path, "?", &rest].concat() });
}

/// Moves the keyboard once what it goes to is drawn.
async fn place_focus(focus: Focus) {
    browser::sleep(0).await;
    if let FocusWhen::On(ids) = &focus.when {
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        if !browser::has_focus_or_none_has(&ids) {
            return;
        }
    }
    if focus.scrolls {
        browser::place_focus(&focus.to);
    } else {
        browser::place_focus_without_scrolling(&focus.to);
    }
}
