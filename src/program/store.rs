//! The loop: it owns the model and the queue of messages, and hands effects to the runner.

use crate::browser::{self, EventWatch, Mount, Transferred, Unmount};
use crate::clerk::{self, Client, OrganizationInvitations, ParseRows, Starter, Subscription};
use crate::config::{Config, ConfigFailure};
use crate::domain::{ActiveOrganization, Invitation, OrganizationId};
use crate::i18n::Words;
use crate::program::environment::{address, environment};
use crate::program::held::Held;
use crate::program::messages::{Effect, Environment, Fetched, LaterEffect, Msg, Part};
use crate::program::model::{Chunk, Model, Scope, Workspace};
use crate::program::tasks::Tasks;
use crate::program::update::update;
use crate::program::update_code::want;
use crate::route::Route;
use crate::session::Opener;
use crate::{accept, invite, list};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use yew::{Callback, Html};

/// What a page begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    /// What the deployer chose.
    pub config: Rc<Config>,
    /// Where it is mounted.
    pub mount: Mount,
    /// Starts clerk-js, for all pages in this document.
    pub starter: Rc<Starter>,
}

/// A running page. Clones are the same one.
#[derive(Clone)]
pub struct Program(Rc<Inner>);

struct Inner {
    config: Rc<Config>,
    mount: Mount,
    model: RefCell<Model>,
    queue: RefCell<VecDeque<Msg>>,
    /// Messages that wait for code which is fetched later, in their order.
    parked: RefCell<Vec<Msg>>,
    is_running: Cell<bool>,
    has_ended: Cell<bool>,
    later: Cell<Option<Later>>,
    screens: Cell<Option<Screens>>,
    /// Draws each part of the page anew.
    redraws: RefCell<[Callback<()>; Part::COUNT]>,
    starter: Rc<Starter>,
    client: RefCell<Option<Client>>,
    /// Ends with the program.
    subscriptions: RefCell<Vec<Subscription>>,
    watches: RefCell<Vec<EventWatch>>,
    held: Held,
    tasks: Tasks,
    is_drawn: Cell<bool>,
    /// What waits until it is.
    waits_for_drawing: RefCell<Vec<Waker>>,
    run: fn(&Program, Effect),
}

/// What is fetched to invite and to work on the list.
#[derive(Clone, Copy)]
pub struct Later {
    /// The stylesheet of what it draws.
    pub style: &'static str,
    /// Carries out the messages that [`Msg::is_later`].
    pub update: fn(&mut Model, Msg, &Environment) -> Vec<Effect>,
    /// Carries out the effects of these.
    pub run: fn(&Program, LaterEffect),
    /// Draws what the form has beyond its frame.
    pub draw_composer: fn(&invite::view::View) -> invite::view::Parts,
    /// Draws what a run does with a row.
    pub draw_row: fn(&list::view::View, &Invitation) -> list::view::RowProgress,
    /// Draws what stands around a page of the list, or in its place.
    pub draw_around: fn(&Program, &Model, &Workspace, &list::view::View) -> list::view::Around,
    /// Draws the invitee's side.
    pub draw_invitee: fn(&accept::view::View) -> Html,
    /// Draws the list of the keys that are commands.
    pub draw_shortcuts: fn(&Words, Callback<()>) -> Html,
    /// Reads the rows of a list that clerk-js hands over together.
    pub parse_rows: ParseRows,
}

/// What is fetched to draw other screens than the workspace.
#[derive(Clone, Copy)]
pub struct Screens {
    /// The stylesheet of what they are drawn with.
    pub style: &'static str,
    /// Draws the screen that the address, clerk-js and the session call for.
    pub draw: fn(&Program, &Model) -> Html,
    /// Draws one of Clerk's components in the place of the button that was pressed for it.
    pub draw_opener: fn(&Words, &Client, &ActiveOrganization, Opener) -> Html,
    /// Draws in the place of the page why there is no configuration.
    pub show_setup: fn(Mount, Words, ConfigFailure) -> Unmount,
}

impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Program")
    }
}

impl Program {
    /// A page that has not begun, and whose effects `run` carries out.
    pub(super) fn with_runner(start: Beginning, words: Words, run: fn(&Self, Effect)) -> Self {
        let Beginning { config, mount, starter } = start;
        let model = Model::new(words, address(&mount), config.page_size);
        Self(Rc::new(Inner {
            config,
            mount,
            model: RefCell::new(model),
            queue: RefCell::default(),
            parked: RefCell::default(),
            is_running: Cell::new(false),
            has_ended: Cell::new(false),
            later: Cell::new(None),
            screens: Cell::new(None),
            redraws: RefCell::default(),
            starter,
            client: RefCell::default(),
            subscriptions: RefCell::default(),
            watches: RefCell::default(),
            held: Held::default(),
            tasks: Tasks::default(),
            is_drawn: Cell::default(),
            waits_for_drawing: RefCell::default(),
            run,
        }))
    }

    /// Ends, with all that it waits for: no timer, no listener and no further request of it is left.
    pub fn end(&self) {
        self.0.redraws.replace(Default::default());
        self.0.has_ended.set(true);
        self.0.watches.borrow_mut().clear();
        self.0.subscriptions.borrow_mut().clear();
        self.0.held.stop_all();
        self.0.tasks.end();
    }

    /// Where it is mounted.
    pub fn mount(&self) -> &Mount {
        &self.0.mount
    }

    /// What the deployer chose.
    pub fn config(&self) -> &Rc<Config> {
        &self.0.config
    }

    /// Whether the deployer has a sign-in page of their own: `signInUrl`, unless it leads to this page.
    pub fn signs_in_elsewhere(&self) -> bool {
        self.0.config.sign_in_url.as_deref().is_some_and(|url| !Route::is_own(&self.0.mount, url))
    }

    /// Looks at the model.
    pub fn read<T>(&self, look: impl FnOnce(&Model) -> T) -> T {
        look(&self.0.model.borrow())
    }

    /// clerk-js, once it runs.
    pub fn client(&self) -> Option<Client> {
        self.0.client.borrow().clone()
    }

    /// What it takes to invite and to work on the list, once it is here.
    pub fn later(&self) -> Option<Later> {
        self.0.later.get()
    }

    /// Takes that.
    pub(super) fn take_later(&self, later: Later) {
        self.0.later.set(Some(later));
        clerk::parse_rows_by(later.parse_rows);
        self.0.mount.add_style(later.style);
    }

    /// The screens, once they are here.
    pub fn screens(&self) -> Option<Screens> {
        self.0.screens.get()
    }

    /// Takes them.
    pub(super) fn take_screens(&self, screens: Screens) {
        self.0.screens.set(Some(screens));
        self.0.mount.add_style(screens.style);
    }

    /// Has a part drawn by `redraw` from now on.
    pub fn drawn_by(&self, part: Part, redraw: Callback<()>) {
        if let Some(place) = self.0.redraws.borrow_mut().get_mut(part as usize) {
            *place = redraw;
        }
    }

    /// Has a part drawn no longer, unless another component draws it by now.
    pub fn drawn_no_longer(&self, part: Part, redraw: &Callback<()>) {
        let mut redraws = self.0.redraws.borrow_mut();
        redraws.get_mut(part as usize).filter(|place| *place == redraw).into_iter().for_each(|place| {
            *place = Callback::noop();
        });
    }

    /// Hears that the page has been drawn.
    pub fn was_drawn(&self) {
        self.0.is_drawn.set(true);
        self.0.waits_for_drawing.take().into_iter().for_each(Waker::wake);
    }

    /// Waits until the page has been drawn, with all that has been answered by then: for what its first rows do without, so that it
    /// takes neither the line nor the processor from them.
    pub(super) async fn drawn(&self) {
        poll_fn(|context| {
            if self.0.is_drawn.get() {
                return Poll::Ready(());
            }
            self.0.waits_for_drawing.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
        // An answer that is just being taken in is drawn in this task.
        browser::sleep(0).await;
    }

    /// A callback that sends what `message` makes of an event.
    pub fn callback<E: 'static>(&self, message: impl Fn(E) -> Msg + 'static) -> Callback<E> {
        let program = self.clone();
        Callback::from(move |event| program.send(message(event)))
    }

    /// Sends a message. It is carried out behind those that wait already.
    pub fn send(&self, msg: Msg) {
        if self.0.has_ended.get() {
            return;
        }
        self.0.queue.borrow_mut().push_back(msg);
        // An update is on its way: it sees to the queue.
        if self.0.is_running.replace(true) {
            return;
        }
        let mut drawn = [false; Part::COUNT];
        loop {
            let Some(msg) = self.0.queue.borrow_mut().pop_front() else { break };
            for part in self.read(|model| parts_of(&msg, model)) {
                drawn.get_mut(*part as usize).into_iter().for_each(|drawn| *drawn = true);
            }
            let effects = self.carry_out(msg);
            effects.into_iter().for_each(|effect| (self.0.run)(self, effect));
        }
        self.0.is_running.set(false);
        for (part, _) in Part::ALL.into_iter().zip(drawn).filter(|(_, drawn)| *drawn) {
            self.draw(part);
        }
    }

    /// Has a part drawn anew.
    pub(super) fn draw(&self, part: Part) {
        let redraw = self.0.redraws.borrow().get(part as usize).cloned();
        redraw.into_iter().for_each(|redraw| redraw.emit(()));
    }

    fn carry_out(&self, msg: Msg) -> Vec<Effect> {
        let environment = environment();
        if msg.is_later() {
            return match self.0.later.get() {
                Some(later) => (later.update)(&mut self.0.model.borrow_mut(), msg, &environment),
                None => {
                    self.0.parked.borrow_mut().push(msg);
                    want(&mut self.0.model.borrow_mut(), Chunk::Later).into_iter().collect()
                }
            };
        }
        if matches!(msg, Msg::Loaded(Chunk::Later, Fetched::Here)) {
            self.0.queue.borrow_mut().extend(self.0.parked.take());
        }
        update(&mut self.0.model.borrow_mut(), msg, &environment)
    }

    /// Waits for something, until the program ends.
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        if !self.0.has_ended.get() {
            self.0.tasks.spawn(Box::pin(task));
        }
    }

    /// Sends what `message` comes to.
    pub(super) fn answer(&self, message: impl Future<Output = Msg> + 'static) {
        let program = self.clone();
        self.spawn(async move { program.send(message.await) });
    }

    /// The invitations of an organization, once clerk-js runs.
    pub(super) fn invitations(&self, organization: &OrganizationId) -> Option<OrganizationInvitations> {
        self.client().map(|client| client.invitations(organization))
    }

    pub(super) fn hold_watches(&self, watches: Vec<EventWatch>) {
        self.0.watches.borrow_mut().extend(watches);
    }

    pub(super) fn set_client(&self, client: Client, subscriptions: Vec<Subscription>) {
        self.0.client.replace(Some(client));
        self.0.subscriptions.replace(subscriptions);
    }

    pub(super) fn starter(&self) -> Rc<Starter> {
        self.0.starter.clone()
    }

    pub(super) fn held(&self) -> &Held {
        &self.0.held
    }

    /// Brings the form of a workspace what was pasted, dropped or chosen. What is to be read first stays with the runner.
    pub(super) fn bring(&self, scope: &Scope, transferred: Transferred) {
        let msg = if transferred.has_files() {
            let number = self.0.held.hold_files(transferred);
            invite::Msg::Composer(invite::ComposerMsg::FilesBrought(number))
        } else if transferred.is_unread() {
            let text = if self.later().is_some() { String::new() } else { transferred.plain() };
            invite::Msg::RichTextBrought { number: self.0.held.hold_files(transferred), text }
        } else {
            invite::Msg::TextBrought(transferred.text)
        };
        self.send(Msg::Invite(scope.clone(), msg));
    }
}

/// The parts that a message can change.
fn parts_of(msg: &Msg, model: &Model) -> &'static [Part] {
    match msg {
        // The field has the text already.
        Msg::List(_, list::Msg::SearchTyped(_)) => &[],
        Msg::Wanted(Chunk::Form) | Msg::RetryPressed(Chunk::Form) | Msg::Loaded(Chunk::Form, _) => {
            &[Part::Invite]
        }
        // The others are drawn in a task each.
        Msg::Loaded(Chunk::Later, Fetched::Here) => &[Part::Frame],
        // Its update says when that is worth a drawing.
        Msg::Act(_, list::ActionMsg::PageArrived(..) | list::ActionMsg::PageRead(..)) => &[],
        // Only another query: a search, a page. The title names what is listed.
        Msg::AddressChanged(address) if address.is_list && address.path == model.address.path => {
            &[Part::Frame, Part::List]
        }
        // They have the form drawn in a task of its own.
        Msg::Compose(_, msg) if msg.is_drawn_apart() => &[],
        // They are drawn above the form.
        Msg::Invite(_, invite::Msg::SeatsChanged) => &[Part::Frame, Part::Invite],
        Msg::Invite(..) | Msg::Compose(..) | Msg::DraggedOver(_) => &[Part::Invite],
        // On a phone the form stands open as long as there is no invitation.
        Msg::List(_, list::Msg::PageAnswered(..)) => &[Part::Invite, Part::List],
        Msg::List(..) | Msg::Act(..) | Msg::Requests(..) => &[Part::List],
        Msg::Outbox(..) => &[Part::Invite, Part::List],
        Msg::Told(_)
        | Msg::ToastPressed
        | Msg::Said(_)
        | Msg::Due(_)
        | Msg::Copied(_)
        | Msg::Accept(_)
        | Msg::MembersPressed
        | Msg::MembersOpened(_)
        | Msg::ShortcutPressed(_)
        | Msg::ShortcutsClosed => &[Part::Frame],
        _ => &Part::ALL,
    }
}
