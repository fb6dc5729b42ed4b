//! The application: what stands around every page, and which page stands at which address.

use crate::browser::{
    log_error, place_focus_on_heading, set_language, set_title, show_crash_message, show_skeleton,
};
use crate::config::{Config, ConfigFailure};
use crate::domain::ActiveOrganization;
use crate::feedback::ToastAction;
use crate::i18n::Message;
use crate::language::{load_words, words_at_start};
use crate::program::{
    Chunk, Lazy, Model, Msg, Panel, Part, Program, Scope, Screen, accept_screen, fetch_screens, lazy,
    use_redraw,
};
use crate::route::Route;
use crate::session::{Opener, Start, view};
use crate::ui::{seats_meter, status_line};
use std::rc::Rc;
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Shows why there is no configuration.
pub async fn show_setup(root: Element, failure: ConfigFailure) {
    let words = match load_words(None).await {
        Some(words) => words,
        None => words_at_start(None),
    };
    let Some(screens) = fetch_screens().await else {
        log_error("There is no usable config.json, and the screen that tells why could not be fetched.");
        return show_crash_message();
    };
    set_language(&words.locale, words.language.is_rtl);
    show_skeleton(false);
    (screens.show_setup)(root, words, failure);
}

/// What the page starts with.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What the deployer chose.
    pub config: Rc<Config>,
}

/// The application: one program for all screens.
#[function_component]
pub fn App(props: &Props) -> Html {
    let program = {
        let config = props.config.clone();
        use_state_eq(move || {
            let words = words_at_start(config.locale.as_deref());
            Program::new(config, words)
        })
    };
    use_redraw(&program, Part::Frame);
    {
        let program = (*program).clone();
        use_effect_with((), move |()| {
            let loaded = program.clone();
            spawn_local(async move {
                if let Some(words) = load_words(loaded.config().locale.as_deref()).await {
                    loaded.send(Msg::WordsLoaded(words));
                }
            });
            program.begin();
            move || program.end()
        });
    }
    use_effect_with(program.read(Shown::of), Shown::show);
    use_heading_focus(program.read(Model::screen));
    program.read(|model| {
        let words = &model.words;
        let toast = model.toast.as_ref();
        let action = toast.and_then(|toast| toast.action.as_ref()).map(|action| {
            words.say(match action {
                ToastAction::InviteAgain(_) => Message::AgainOffer,
                ToastAction::ShowList => Message::NewsShow,
            })
        });
        let (on_action, on_dismiss) =
            (program.callback(|_| Msg::ToastPressed), program.callback(|_| Msg::Told(None)));
        html! {
            <>
                { screen(&program, model) }
                { status_line(words, toast, action, on_action, on_dismiss) }
                if let Some(later) = program.later().filter(|_| model.shows_shortcuts) {
                    { (later.draw_shortcuts)(words, program.callback(|()| Msg::ShortcutsClosed)) }
                }
            </>
        }
    })
}

/// Moves the focus to the heading when another screen has taken the place of the first one.
#[hook]
fn use_heading_focus(screen: Option<Screen>) {
    let shown = use_mut_ref(|| (screen, false));
    use_effect(move || {
        let (before, is_owed) = *shown.borrow();
        let is_another = before.is_some() && screen.is_some() && before != screen;
        // The heading comes with the first drawing, or later where code or Clerk's answer is waited for.
        let is_owed = (is_owed || is_another) && !place_focus_on_heading();
        shown.replace((screen.or(before), is_owed));
    });
}

/// What the document shows beside the page's own elements.
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

    fn show(&self) {
        // The document is in the language of what stands in it, not of what was asked for.
        set_language(&self.language.0, self.language.1);
        set_title(&self.title);
        show_skeleton(self.has_skeleton);
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
        None if framed(model).is_none() && model.screens == Lazy::Failed => {
            html! { <main class="gate">{ lazy(program, model, Chunk::Screens) }</main> }
        }
        None => lazy(program, model, Chunk::Screens),
    };
    match framed(model) {
        Some(active) => view::frame(&model.words, active, openers(program, model, active), content),
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
    html! { <>{ open(Opener::Switcher) }{ open(Opener::Account) }</> }
}

/// Seats, the form and the list, for those who may manage.
fn workspace(program: &Program, model: &Model) -> Html {
    let Some(workspace) = model.current() else { return Html::default() };
    let scope: Scope = workspace.scope.clone();
    html! {
        <>
            { workspace.seats().map(|seats| seats_meter(&model.words, seats)) }
            <Panel program={program.clone()} scope={scope.clone()} part={Part::Invite} />
            <Panel program={program.clone()} {scope} part={Part::List} />
        </>
    }
}
