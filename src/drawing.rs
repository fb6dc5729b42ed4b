//! Draws the page: what stands around every page, and which page stands at which address.

use crate::browser::{Mount, Unmount};
use crate::domain::{ActiveOrganization, Rights};
use crate::feedback::ToastAction;
use crate::i18n::Message;
use crate::program::{
    Chunk, Lazy, Model, Msg, Part, Program, Scope, Screen, Workspace, accept_screen, asks, lazy, panel,
};
use crate::route::Route;
use crate::session::{Opener, Start, view};
use crate::ui::{live_region, seats_meter, show_dialog, status_line};
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// Draws the page where it is mounted.
pub fn draw(program: Program) -> Unmount {
    let root = program.mount().root().clone();
    let props = Props { program, part: Part::Frame, scope: None };
    let drawn = yew::Renderer::<Drawn>::with_root_and_props(root, props).render();
    Box::new(move || drawn.destroy())
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Properties)]
struct Props {
    /// The page.
    program: Program,
    /// Which part of it.
    part: Part,
    /// Whose form or list.
    scope: Option<Scope>,
}

/// A part of the page, which is drawn anew when it has changed, and only then.
///
/// One component for all parts, and without hooks: each component and each hook costs every visitor about 2 kB of wasm
/// before it draws anything.
struct Drawn {
    redraw: Callback<()>,
    dialog: NodeRef,
    /// Whether something is asked in the dialog, as it was drawn last.
    asks: Cell<bool>,
    /// Whether the dialog is open.
    is_open: bool,
    around: Around,
}

impl Component for Drawn {
    type Message = ();
    type Properties = Props;

    fn create(context: &Context<Self>) -> Self {
        let Props { program, part, .. } = context.props();
        let redraw = context.link().callback(|()| ());
        program.drawn_by(*part, redraw.clone());
        Self {
            redraw,
            dialog: NodeRef::default(),
            asks: Cell::default(),
            is_open: false,
            around: Around::default(),
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Props { program, part, scope } = context.props();
        match scope {
            Some(scope) => {
                self.asks.set(asks(program, scope, *part));
                panel(program, scope, *part, self.dialog.clone())
            }
            None => program.read(|model| page(program, model)),
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        let Props { program, part, .. } = context.props();
        let asks = self.asks.get();
        if asks != self.is_open {
            self.is_open = asks;
            show_dialog(&self.dialog, asks);
        }
        if *part == Part::Frame {
            self.around.follow(program);
            program.was_drawn();
        }
    }

    fn destroy(&mut self, context: &Context<Self>) {
        let Props { program, part, .. } = context.props();
        program.drawn_no_longer(*part, &self.redraw);
    }
}

/// The whole page, but for the parts that are drawn by themselves.
fn page(program: &Program, model: &Model) -> Html {
    let words = &model.words;
    let toast = model.toast.as_ref();
    let action = toast.and_then(|toast| toast.action.as_ref()).map(|action| {
        words.say(match action {
            ToastAction::InviteAgain(_) => Message::AgainOffer,
            ToastAction::ShowList => Message::NewsShow,
            ToastAction::Undo => Message::Undo,
        })
    });
    let (on_action, on_dismiss) =
        (program.callback(|_| Msg::ToastPressed), program.callback(|_| Msg::Told(None)));
    html! {
        <>
            { screen(program, model) }
            { live_region(&model.announcer.spoken) }
            { status_line(words, toast, action, on_action, on_dismiss) }
            if let Some(later) = program.later().filter(|_| model.shows_shortcuts) {
                { (later.draw_shortcuts)(words, program.callback(|()| Msg::ShortcutsClosed)) }
            }
        </>
    }
}

/// What follows the page around its own elements.
#[derive(Default)]
struct Around {
    shown: Option<Shown>,
    /// The last screen that was drawn.
    screen: Option<Screen>,
    /// Whether the focus is to go to the heading of the screen that has taken the place of the first one.
    owes_focus: bool,
}

impl Around {
    /// After the page has been drawn.
    fn follow(&mut self, program: &Program) {
        let (shown, screen) = program.read(|model| (Shown::of(model), model.screen()));
        if self.shown.as_ref() != Some(&shown) {
            shown.show(program.mount());
            self.shown = Some(shown);
        }
        let is_another = self.screen.is_some() && screen.is_some() && self.screen != screen;
        // The heading comes with this drawing, or later where code or Clerk's answer is waited for.
        self.owes_focus = (self.owes_focus || is_another) && !program.mount().place_focus_on_heading();
        self.screen = screen.or(self.screen.take());
    }
}

/// What is shown around the page's own elements.
#[derive(PartialEq)]
struct Shown {
    language: (Rc<str>, bool),
    title: String,
    /// Whether the frame of index.html is in sight: it stands until there is something to show.
    has_skeleton: bool,
}

impl Shown {
    fn of(model: &Model) -> Self {
        let words = &model.words;
        let is_elsewhere =
            model.address.path.as_deref().map_or(Route::NotFound, Route::of) == Route::NotFound;
        let session = &model.session;
        let is_awaited = model.needs_screens() && matches!(model.screens, Lazy::Unwanted | Lazy::Loading);
        let is_starting = match session.start {
            Start::Starting => true,
            Start::Failed(_) => false,
            Start::Running => session.auth.is_none(),
        };
        Self {
            language: (words.locale.clone(), words.language.is_rtl),
            title: model.title(),
            has_skeleton: (is_awaited && framed(model).is_none()) || (is_starting && !is_elsewhere),
        }
    }

    fn show(&self, mount: &Mount) {
        // The page is in the language of what stands in it, not of what was asked for. The frame of index.html stands still, in English.
        if !self.has_skeleton {
            mount.set_language(&self.language.0, self.language.1);
        }
        mount.set_title(&self.title);
        mount.show_skeleton(self.has_skeleton);
    }
}

/// The organization whose header stands above what is shown.
fn framed(model: &Model) -> Option<&ActiveOrganization> {
    let is_shown = model.address.is_list && !matches!(model.session.start, Start::Failed(_));
    model.session.active().filter(|_| is_shown)
}

fn screen(program: &Program, model: &Model) -> Html {
    let content = match program.screens() {
        _ if model.shows_accept() => return accept_screen(program, model),
        _ if !model.needs_screens() => workspace(program, model),
        Some(screens) => (screens.draw)(program, model),
        None if framed(model).is_none() && model.screens.has_failed() => {
            html! { <main class="gate">{ lazy(program, model, Chunk::Screens) }</main> }
        }
        None => lazy(program, model, Chunk::Screens),
    };
    match framed(model) {
        Some(active) => {
            let seats = model.current().filter(|_| !model.needs_screens()).and_then(Workspace::seats);
            let seats = seats.map(|seats| seats_meter(&model.words, seats));
            view::frame(&model.words, active, seats, openers(program, model, active), content)
        }
        None => content,
    }
}

/// The buttons of the header, or Clerk's components in their places.
fn openers(program: &Program, model: &Model, active: &ActiveOrganization) -> Html {
    let words = &model.words;
    let open = |opener| {
        let is_pressed = model.pressed.contains(&opener);
        match program.screens().zip(program.client()).filter(|_| is_pressed) {
            Some((screens, client)) => (screens.draw_opener)(words, &client, active, opener),
            None => view::opener(
                words,
                active,
                opener,
                is_pressed,
                program.callback(move |_| Msg::OpenerPressed(opener)),
            ),
        }
    };
    let can_manage = active.membership.rights == Rights::Manage;
    let members = || view::members(words, model.opens_members, program.callback(|_| Msg::MembersPressed));
    html! { <>{ for can_manage.then(members) }{ open(Opener::Switcher) }{ open(Opener::Account) }</> }
}

/// The form and the list, for those who may manage.
fn workspace(program: &Program, model: &Model) -> Html {
    let Some(workspace) = model.current() else { return Html::default() };
    let scope = Some(workspace.scope.clone());
    html! {
        <>
            <Drawn program={program.clone()} scope={scope.clone()} part={Part::Invite} />
            <Drawn program={program.clone()} {scope} part={Part::List} />
        </>
    }
}
