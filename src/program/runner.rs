//! Carries effects out, and sends their answers back as messages. The part that every visitor downloads.

use crate::browser::{self, Drag, EventWatch, Mount};
use crate::domain::service::Invitations;
use crate::domain::{Counts, Dismissed, ListQuery, StartFailure, counts, query_string};
use crate::feedback::{Focus, FocusWhen};
use crate::i18n::Words;
use crate::program::environment::address;
use crate::program::later::{later_code, screens_code};
use crate::program::messages::{Effect, Fetched, Msg};
use crate::program::model::{Chunk, Lazy, STORED};
use crate::program::store::{Beginning, Program};
use crate::route::list_address;
use crate::{invite, list, requests, session};
use std::pin::Pin;

/// How often the code that draws the form is asked for while the browser is online, before the page says that it did not arrive.
const FORM_TRIES: u32 = 3;
/// After how many milliseconds it is asked for again.
const FORM_RETRY: u32 = 3000;

/// The document is taken off the screen, for another one or for good.
const PAGE_HIDE: &str = "pagehide";

impl Program {
    /// A page that has not begun.
    pub fn new(start: Beginning, words: Words) -> Self {
        Self::with_runner(start, words, run)
    }

    /// Begins: starts clerk-js and hears of what happens around the page.
    pub fn begin(&self) {
        self.hold_watches(watch(self));
        // It may need more code than is here.
        self.send(Msg::AddressChanged(address(self.mount())));
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
            let prefetching = program.clone();
            program.answer(async move {
                let ListQuery { filter, page, .. } = &question.key;
                let page = service.list(&filter.statuses(), page.page.number(), page.size.rows()).await;
                prefetch(&prefetching);
                Msg::List(scope, list::Msg::PageAnswered(question, page))
            });
        }
        Effect::Count(scope, question) => {
            let Some(service) = program.invitations(&scope.organization) else { return };
            let drawing = program.clone();
            program.answer(async move {
                drawing.drawn().await;
                let dismissed = Dismissed::from_text(browser::kept(&scope.dismissed_key()));
                let counts: Result<Counts, _> =
                    counts::count(&service, &dismissed, browser::wall_clock()).await;
                Msg::List(scope, list::Msg::Counted(question, counts))
            });
        }
        Effect::GoTo { query, replaces } => go_to(program, &query, replaces),
        Effect::FindRequests(scope) => {
            let asking = program.clone();
            program.spawn(async move {
                asking.drawn().await;
                if asking.client().is_some_and(|client| client.takes_requests()) {
                    asking.send(Msg::Requests(scope, requests::Msg::Opened));
                }
            });
        }
        Effect::ForgetLink => forget_link(program.mount()),
        Effect::PromiseCopy => program.held().promise_copy(),
        Effect::WatchInput => watch_input(program),
        Effect::Draw(part) => {
            let drawn = program.clone();
            program.spawn(async move {
                browser::sleep(0).await;
                drawn.draw(part);
            });
        }
        Effect::Focus(focus) => program.spawn(place_focus(program.mount().clone(), focus)),
        Effect::FindStored(scope) => {
            let stored = |key| browser::stored(&program.mount().kept_under(key));
            if let Some(journal) = stored(scope.journal_key()) {
                program.send(Msg::Compose(scope.clone(), invite::ComposerMsg::JournalFound(journal)));
            }
            if let Some(draft) = stored(scope.draft_key()) {
                program.send(Msg::DraftFound(scope, draft));
            }
        }
        Effect::SaveDraft(scope, draft) => {
            let key = program.mount().kept_under(scope.draft_key());
            if draft.is_empty() { browser::remove_stored(&key) } else { browser::store(&key, &draft) }
        }
        Effect::ForgetStored => browser::remove_stored_with_prefix(STORED),
        Effect::Reload => program.mount().reload(),
        Effect::Load(chunk) => program.answer(load(program.clone(), chunk)),
        Effect::Later(effect) => {
            if let Some(later) = program.later() {
                (later.run)(program, effect);
            }
        }
    }
}

/// Has the browser fetch what it takes to invite, once the rows are drawn that have just come.
fn prefetch(program: &Program) {
    let drawing = program.clone();
    program.spawn(async move {
        drawing.drawn().await;
        browser::prefetch("later");
    });
}

/// Fetches code that the page starts without.
async fn load(program: Program, chunk: Chunk) -> Msg {
    let is_here = match chunk {
        Chunk::Form => form_is_here(&program).await,
        Chunk::Later | Chunk::Screens => browser::later(name(chunk)).await,
    };
    // Until it is here, nothing of what it calls may be called.
    if is_here {
        take(program.clone(), chunk).await;
    }
    let fetched = match is_here {
        true => Fetched::Here,
        // The host may have a newer version of the page.
        false if browser::is_outdated().await => Fetched::Outdated,
        false => Fetched::Failed,
    };
    // boot.js goes on asking for it.
    let is_first = program.read(|model| model.form == Lazy::Loading);
    if chunk == Chunk::Form && fetched == Fetched::Failed && is_first {
        program.answer(async {
            browser::cold_code().await;
            Msg::Loaded(Chunk::Form, Fetched::Here)
        });
    }
    Msg::Loaded(chunk, fetched)
}

/// The name by which `xtask` has put this code into files.
fn name(chunk: Chunk) -> &'static str {
    match chunk {
        Chunk::Form => "cold",
        Chunk::Later => "later",
        Chunk::Screens => "screens",
    }
}

/// Fetches what the form is drawn by, which nobody has asked for: it is tried more than once, and for as long as the browser is offline.
async fn form_is_here(program: &Program) -> bool {
    program.drawn().await;
    let mut tries_left = FORM_TRIES;
    while !browser::later(name(Chunk::Form)).await {
        tries_left -= u32::from(browser::is_online());
        if tries_left == 0 {
            return false;
        }
        browser::sleep(FORM_RETRY).await;
    }
    true
}

/// Takes code that is here.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn take(program: Program, chunk: Chunk) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        match chunk {
            Chunk::Form => {}
            Chunk::Later => {
                let later = later_code().await;
                // To start it takes as long as to draw by it: the browser may do something between.
                browser::sleep(0).await;
                program.take_later(later);
            }
            Chunk::Screens => program.take_screens(screens_code().await),
        }
    })
}

/// Hears of dragged files, and of keys that are commands.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn watch_input(program: &Program) {
    let mount = program.mount();
    let dragged = program.clone();
    let mut watches = mount.watch_drags(move |drag| match drag {
        Drag::Over => dragged.send(Msg::DraggedOver(true)),
        Drag::Gone => dragged.send(Msg::DraggedOver(false)),
        Drag::Dropped(transferred) => {
            // Without a workspace there is no form.
            if let Some(scope) = dragged.read(|model| model.open.clone()) {
                dragged.bring(&scope, transferred);
            }
        }
    });
    if program.config().has_shortcuts {
        let pressed = program.clone();
        watches.push(mount.watch_keys("i/r?", move |key| {
            let is_wanted = pressed.read(|model| model.open.is_some() && model.address.is_list);
            if is_wanted {
                pressed.send(Msg::ShortcutPressed(key));
            }
            is_wanted
        }));
    }
    program.hold_watches(watches);
}

/// Hears of another address, of the reader's coming back and of the connection, until the watches are dropped.
fn watch(program: &Program) -> Vec<EventWatch> {
    let mount = program.mount();
    let moved = program.clone();
    let moved = mount.watch_address(move || moved.send(Msg::AddressChanged(address(moved.mount()))));
    let returned = |event| {
        let program = program.clone();
        EventWatch::of_window(event, move |event| {
            let is_here = event.type_() != PAGE_HIDE && browser::is_visible();
            program.send(if is_here { Msg::Returned } else { Msg::Leaving });
        })
    };
    let connection = |event| {
        let program = program.clone();
        EventWatch::of_window(event, move |_| program.send(Msg::ConnectionChanged(browser::is_online())))
    };
    let mut watches: Vec<_> = moved.into_iter().collect();
    watches.extend([
        returned("focus"),
        // Reaches the window because it bubbles up from the document.
        returned("visibilitychange"),
        // Phones end hidden pages without a further word.
        returned(PAGE_HIDE),
        connection("online"),
        connection("offline"),
    ]);
    watches
}

fn start_clerk(program: &Program) {
    let starting = program.clone();
    program.spawn(async move {
        let program = starting;
        let started: Result<_, StartFailure> =
            program.starter().start(program.config(), program.mount()).await;
        let started = started.map(|client| {
            let listener = program.clone();
            let subscription = client.subscribe(move || tell_auth_state(&listener));
            if let Err(error) = &subscription {
                browser::log_error(&error.to_string());
            }
            let told = program.clone();
            let switches = client
                .watch_switches(move |error| told.send(Msg::Session(session::Msg::SwitchFailed(error))));
            let mut subscriptions: Vec<_> = switches.into_iter().collect();
            subscriptions.extend(subscription);
            program.set_client(client, subscriptions);
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

#[inline(never)] // Cold: see xtask/src/cold_code.
fn go_to(program: &Program, query: &ListQuery, replaces: bool) {
    let mount = program.mount();
    let target = list_address(mount, query, program.config().page_size);
    if target == mount.address() {
        return;
    }
    if replaces { mount.replace_address(&target) } else { mount.go_to(&target) }
}

#[inline(never)] // Cold: see xtask/src/cold_code.
fn forget_link(mount: &Mount) {
    let rest = query_string::without(&mount.query(), &[invite::LINK_PEOPLE, invite::LINK_ROLE]);
    let path = mount.path();
    mount.replace_address(&if rest.is_empty() { path } else { [&*path, "?", &rest].concat() });
}

/// Moves the keyboard once what it goes to is drawn.
async fn place_focus(mount: Mount, focus: Focus) {
    browser::sleep(0).await;
    // The dialog in which the admin confirmed closes when it is drawn anew, and Clerk may have answered before that.
    while mount.is_behind_a_dialog(&focus.to) {
        browser::sleep(50).await;
    }
    if let FocusWhen::On(ids) = &focus.when {
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        if !mount.has_focus_or_none_has(&ids) {
            return;
        }
    }
    if focus.scrolls {
        mount.place_focus(&focus.to);
    } else {
        mount.place_focus_without_scrolling(&focus.to);
    }
}
