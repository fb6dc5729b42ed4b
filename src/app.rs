//! The application: what stands around every page, and which page stands at which address.

use crate::accept::accept;
use crate::browser::{self, set_language, set_title, show_skeleton};
use crate::config::{Config, ConfigFailure};
use crate::domain::AuthState;
use crate::feedback::ToastAction;
use crate::i18n::Message;
use crate::language::{load_words, words_at_start};
use crate::program::{InvitePanel, ListPanel, Model, Msg, Part, Program, Scope, use_redraw};
use crate::route::Route;
use crate::session::{self, Start, view};
use crate::ui::{seats_meter, status_line};
use std::rc::Rc;
use yew::prelude::*;

/// What the page starts with.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What the deployer chose, or why that is not known.
    pub config: Result<Rc<Config>, ConfigFailure>,
}

/// The application.
#[function_component]
pub fn App(props: &Props) -> Html {
    match &props.config {
        Ok(config) => html! { <Page config={config.clone()} /> },
        Err(failure) => html! { <Unconfigured failure={failure.clone()} /> },
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct UnconfiguredProps {
    failure: ConfigFailure,
}

/// Why the page has no configuration.
#[function_component]
fn Unconfigured(props: &UnconfiguredProps) -> Html {
    let words = use_state_eq(|| words_at_start(None));
    {
        let loaded = words.setter();
        use_effect_with((), move |()| {
            show_skeleton(false);
            load_words(None, move |words| loaded.set(words));
        });
    }
    use_effect_with((*words).clone(), |words| set_language(&words.locale, words.language.is_rtl));
    match &props.failure {
        ConfigFailure::Problems(problems) => view::setup(&words, problems),
        ConfigFailure::NotLoaded(status) => {
            let on_retry = Callback::from(|_| browser::reload());
            view::config_not_loaded(&words, *status, browser::is_online(), on_retry)
        }
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct PageProps {
    config: Rc<Config>,
}

/// The page: one program for all screens.
#[function_component]
fn Page(props: &PageProps) -> Html {
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
            load_words(program.config().locale.as_deref(), move |words| loaded.send(Msg::WordsLoaded(words)));
            program.begin();
            move || program.end()
        });
    }
    let shown = program.read(Shown::of);
    // The document is in the language of what stands in it, not of what was wished for.
    use_effect_with(shown.language.clone(), |(locale, is_rtl)| set_language(locale, *is_rtl));
    use_effect_with((shown.title, shown.has_skeleton), |(title, has_skeleton)| {
        set_title(title);
        show_skeleton(*has_skeleton);
    });
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
            </>
        }
    })
}

/// What the document shows beside the page's own elements.
struct Shown {
    language: (Rc<str>, bool),
    title: String,
    /// Whether the frame of index.html is in sight: it stands until there is something to show.
    has_skeleton: bool,
}

impl Shown {
    fn of(model: &Model) -> Self {
        let words = &model.words;
        let is_elsewhere = route(model) == Route::NotFound;
        let session = &model.session;
        Self {
            language: (words.locale.clone(), words.language.is_rtl),
            title: match session.active().filter(|_| !is_elsewhere && session.start == Start::Running) {
                Some(active) => {
                    words.fill(Message::PageTitleOf, &[("organization", &active.organization.name)])
                }
                None => words.say(Message::PageTitle),
            },
            has_skeleton: !is_elsewhere
                && match session.start {
                    Start::Starting => true,
                    Start::Failed(_) => false,
                    Start::Running => session.auth.is_none(),
                },
        }
    }
}

fn route(model: &Model) -> Route {
    model.address.path.as_deref().map_or(Route::NotFound, Route::of)
}

fn screen(program: &Program, model: &Model) -> Html {
    let (words, session) = (&model.words, &model.session);
    let route = route(model);
    if route == Route::NotFound {
        return view::not_found(words);
    }
    if let Start::Failed(failure) = &session.start {
        let on_retry = program.callback(|_| Msg::Session(session::Msg::RetryPressed));
        return view::start_failed(words, failure, on_retry);
    }
    let Some((client, auth)) = program.client().zip(session.auth.as_ref()) else { return Html::default() };
    if route == Route::Accept && !matches!(auth, AuthState::Task(_)) {
        return accept(words, &client, auth, &model.address.query);
    }
    match auth {
        AuthState::Active(active) => {
            let on_retry =
                session.is_denied().then(|| program.callback(|_| Msg::Session(session::Msg::RightRetried)));
            view::frame(words, &client, active, workspace(program, model), on_retry)
        }
        auth => {
            let on_sign_in = program.signs_in_elsewhere().then(|| program.callback(|_| Msg::SignInPressed));
            view::gate(words, &client, auth, on_sign_in)
        }
    }
}

/// Seats, the form and the list, for those who may manage.
fn workspace(program: &Program, model: &Model) -> Html {
    let Some(workspace) = model.current() else { return Html::default() };
    let scope: Scope = workspace.scope.clone();
    html! {
        <>
            { workspace.seats().map(|seats| seats_meter(&model.words, seats)) }
            <InvitePanel program={program.clone()} scope={scope.clone()} />
            <ListPanel program={program.clone()} {scope} />
        </>
    }
}
