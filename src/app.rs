//! The map: what stands around every page, and which page stands at which address.

use crate::browser::{set_title, show_skeleton};
use crate::components::status_line;
use crate::config::{Config, ConfigProblem};
use crate::hooks::{Desks, Said, Start, Surroundings, use_address, use_start, use_words};
use crate::i18n::{Message, Words};
use crate::pages::{Gate, not_found, setup, start_failed};
use crate::route::Route;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::Routable;

/// What the page starts with.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What the deployer chose, or what is wrong with it.
    pub config: Result<Rc<Config>, Vec<ConfigProblem>>,
}

/// The application.
#[function_component]
pub fn App(props: &Props) -> Html {
    let configured = props.config.as_ref().ok().and_then(|config| config.locale.as_deref());
    let words = use_words(configured);
    use_effect_with(props.config.is_ok(), |is_configured| {
        // It stands from the start. Shown from here, it would come back over what `Started` has drawn: the effects of
        // what is inside run first.
        if !is_configured {
            show_skeleton(false);
        }
    });
    match &props.config {
        Err(problems) => setup(&words, problems),
        Ok(config) => html! { <Started config={config.clone()} {words} /> },
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct StartedProps {
    config: Rc<Config>,
    words: Words,
}

/// clerk-js, started once for all pages, and the status line below whatever page there is.
#[function_component]
fn Started(props: &StartedProps) -> Html {
    let (start, on_retry) = use_start(props.config.clone());
    let said = use_state_eq(|| None::<Said>);
    let desks = use_memo((), |()| Desks::default());
    let (path, _) = use_address();
    let route = path.and_then(|path| Route::recognize(&path)).unwrap_or(Route::NotFound);
    let words = &props.words;
    // The skeleton of index.html stands until there is something to show; from the start on the gate decides.
    let skeleton = match &start {
        Start::Failed(_) => Some(false),
        _ if route == Route::NotFound => Some(false),
        Start::Starting => Some(true),
        Start::Running(_) => None,
    };
    use_effect_with((skeleton, words.say(Message::PageTitle)), |(skeleton, title)| {
        if let Some(is_shown) = skeleton {
            show_skeleton(*is_shown);
            set_title(title);
        }
    });
    let say = {
        let said = said.setter();
        Callback::from(move |what: Option<Said>| said.set(what))
    };
    let on_dismiss = say.reform(|_: MouseEvent| None);
    let page = match start {
        _ if route == Route::NotFound => not_found(words),
        Start::Starting => Html::default(),
        Start::Failed(failure) => start_failed(words, &failure, on_retry),
        Start::Running(client) => {
            let around = Surroundings {
                words: words.clone(),
                config: props.config.clone(),
                client,
                desks: (*desks).clone(),
                say,
            };
            html! { <Gate {around} {route} /> }
        }
    };
    html! {
        <>
            { page }
            { status_line(words, said.as_ref(), on_dismiss) }
        </>
    }
}
