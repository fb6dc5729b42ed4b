//! The loop: it owns the model and the queue of messages, and hands effects to the runner.

use crate::browser::{Transferred, WindowWatch};
use crate::clerk::{Client, OrganizationInvitations, Starter, Subscription};
use crate::config::Config;
use crate::domain::{Invitation, OrganizationId};
use crate::i18n::Words;
use crate::program::environment::{address, environment};
use crate::program::held::Held;
use crate::program::messages::{Effect, Environment, LaterEffect, Msg};
use crate::program::model::{Model, Scope};
use crate::program::update::{update, want_later};
use crate::route::Route;
use crate::{invite, list};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::{Callback, Html};

/// A running page. Clones are the same one.
#[derive(Clone)]
pub struct Program(Rc<Inner>);

struct Inner {
    config: Rc<Config>,
    model: RefCell<Model>,
    queue: RefCell<VecDeque<Msg>>,
    /// Messages that wait for code which is fetched later, in their order.
    parked: RefCell<Vec<Msg>>,
    is_running: Cell<bool>,
    has_ended: Cell<bool>,
    later: Cell<Option<Later>>,
    /// Draws each part of the page anew.
    redraws: RefCell<[Callback<()>; Part::COUNT]>,
    starter: Rc<Starter>,
    client: RefCell<Option<Client>>,
    /// Ends with the program.
    subscription: RefCell<Option<Subscription>>,
    watches: RefCell<Vec<WindowWatch>>,
    held: Held,
    run: fn(&Program, Effect),
}

/// What is fetched later.
#[derive(Clone, Copy)]
pub struct Later {
    /// Carries out the messages that [`Msg::is_later`].
    pub update: fn(&mut Model, Msg, &Environment) -> Vec<Effect>,
    /// Carries out the effects of these.
    pub run: fn(&Program, LaterEffect),
    /// Draws what stands below the box for addresses.
    pub draw_composer: fn(&invite::view::View) -> Html,
    /// Draws what a run does with a row.
    pub draw_row: fn(&list::view::View, &Invitation) -> list::view::RowProgress,
    /// Draws how far the whole list is read.
    pub draw_reading: fn(&list::view::View) -> Html,
    /// Draws what stands below the list.
    pub draw_actions: fn(&list::view::View) -> Html,
}

/// A part of the page that is drawn by itself: typing into the form must not draw the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands around the workspace.
    Frame = 0,
    /// The form.
    Invite = 1,
    /// The list.
    List = 2,
}

impl Part {
    const COUNT: usize = 3;
    const ALL: [Self; Self::COUNT] = [Self::Frame, Self::Invite, Self::List];
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
    pub(super) fn with_runner(config: Rc<Config>, words: Words, run: fn(&Self, Effect)) -> Self {
        let model = Model::new(words, address(), config.page_size);
        Self(Rc::new(Inner {
            config,
            model: RefCell::new(model),
            queue: RefCell::default(),
            parked: RefCell::default(),
            is_running: Cell::new(false),
            has_ended: Cell::new(false),
            later: Cell::new(None),
            redraws: RefCell::default(),
            starter: Rc::default(),
            client: RefCell::default(),
            subscription: RefCell::default(),
            watches: RefCell::default(),
            held: Held::default(),
            run,
        }))
    }

    /// Ends: nothing that is still on its way finds anybody to tell.
    pub fn end(&self) {
        self.0.has_ended.set(true);
        self.0.watches.borrow_mut().clear();
        self.0.subscription.replace(None);
        self.0.redraws.replace(Default::default());
        self.0.held.stop_all();
    }

    /// What the deployer chose.
    pub fn config(&self) -> &Rc<Config> {
        &self.0.config
    }

    /// Whether the deployer has a sign-in page of their own: `signInUrl`, unless it leads to this page.
    pub fn signs_in_elsewhere(&self) -> bool {
        self.0.config.sign_in_url.as_deref().is_some_and(|url| !Route::is_own(url))
    }

    /// Looks at the model.
    pub fn read<T>(&self, look: impl FnOnce(&Model) -> T) -> T {
        look(&self.0.model.borrow())
    }

    /// clerk-js, once it runs.
    pub fn client(&self) -> Option<Client> {
        self.0.client.borrow().clone()
    }

    /// What is fetched later, once it is here.
    pub fn later(&self) -> Option<Later> {
        self.0.later.get()
    }

    /// Takes the code that is fetched later; `None` when it did not arrive.
    pub(super) fn take_later(&self, later: Option<Later>) {
        self.0.later.set(later);
        self.send(Msg::LaterLoaded(later.is_some()));
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
            for part in parts_of(&msg) {
                drawn.get_mut(*part as usize).into_iter().for_each(|drawn| *drawn = true);
            }
            let effects = self.carry_out(msg);
            effects.into_iter().for_each(|effect| (self.0.run)(self, effect));
        }
        self.0.is_running.set(false);
        for (part, _) in Part::ALL.into_iter().zip(drawn).filter(|(_, drawn)| *drawn) {
            let redraw = self.0.redraws.borrow().get(part as usize).cloned();
            redraw.into_iter().for_each(|redraw| redraw.emit(()));
        }
    }

    fn carry_out(&self, msg: Msg) -> Vec<Effect> {
        let environment = environment();
        if msg.is_later() {
            return match self.0.later.get() {
                Some(later) => (later.update)(&mut self.0.model.borrow_mut(), msg, &environment),
                None => {
                    self.0.parked.borrow_mut().push(msg);
                    want_later(&mut self.0.model.borrow_mut()).into_iter().collect()
                }
            };
        }
        if matches!(msg, Msg::LaterLoaded(true)) {
            self.0.queue.borrow_mut().extend(self.0.parked.take());
        }
        update(&mut self.0.model.borrow_mut(), msg, &environment)
    }

    /// Sends what `message` comes to.
    pub(super) fn answer(&self, message: impl Future<Output = Msg> + 'static) {
        let program = self.clone();
        spawn_local(async move { program.send(message.await) });
    }

    /// The invitations of an organization, once clerk-js runs.
    pub(super) fn invitations(&self, organization: &OrganizationId) -> Option<OrganizationInvitations> {
        self.client().map(|client| client.invitations(organization))
    }

    pub(super) fn hold_watches(&self, watches: Vec<WindowWatch>) {
        self.0.watches.replace(watches);
    }

    pub(super) fn set_client(&self, client: Client, subscription: Option<Subscription>) {
        self.0.client.replace(Some(client));
        self.0.subscription.replace(subscription);
    }

    pub(super) fn starter(&self) -> Rc<Starter> {
        self.0.starter.clone()
    }

    pub(super) fn held(&self) -> &Held {
        &self.0.held
    }

    /// Brings the form of a workspace what was pasted, dropped or chosen. What is to be read first stays with the runner.
    pub(super) fn bring(&self, scope: &Scope, transferred: Transferred) {
        let msg = if transferred.is_unread() {
            invite::ComposerMsg::FilesBrought(self.0.held.hold_files(transferred))
        } else {
            invite::ComposerMsg::TextBrought(transferred.text)
        };
        self.send(Msg::Invite(scope.clone(), invite::Msg::Composer(msg)));
    }
}

/// The parts that a message can change.
fn parts_of(msg: &Msg) -> &'static [Part] {
    match msg {
        // They are drawn above the form.
        Msg::Invite(_, invite::Msg::SeatsChanged) => &[Part::Frame, Part::Invite],
        Msg::Invite(..) | Msg::Compose(..) | Msg::DraggedOver(_) => &[Part::Invite],
        Msg::List(..) | Msg::Act(..) => &[Part::List],
        Msg::Outbox(..) => &[Part::Invite, Part::List],
        Msg::Told(_) | Msg::ToastPressed | Msg::Copied(_) => &[Part::Frame],
        _ => &Part::ALL,
    }
}
