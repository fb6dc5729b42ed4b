//! The map: what stands around every page, and which page stands at which address.

use crate::components::{StatusLine, skeleton};
use crate::config::{Config, ConfigProblem};
use crate::hooks::{Said, Say, Start, use_loaded_words, use_start, use_words};
use crate::i18n::Words;
use crate::pages::{Accept, Gate, NotFound, Setup, StartFailed};
use crate::route::Route;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::{BrowserRouter, Switch};

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
    let words = use_loaded_words(configured);
    html! {
        <ContextProvider<Words> context={words}>
            { match &props.config {
                Err(problems) => html! { <Setup problems={problems.clone()} /> },
                Ok(config) => html! {
                    <ContextProvider<Rc<Config>> context={config.clone()}>
                        <BrowserRouter><Speaking config={config.clone()} /></BrowserRouter>
                    </ContextProvider<Rc<Config>>>
                },
            } }
        </ContextProvider<Words>>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct ConfiguredProps {
    config: Rc<Config>,
}

/// The status line, below whatever page there is.
#[function_component]
fn Speaking(props: &ConfiguredProps) -> Html {
    let said = use_state_eq(|| None::<Said>);
    let say = {
        let said = said.setter();
        use_callback((), move |what: Said, ()| said.set(Some(what)))
    };
    let on_dismiss = {
        let said = said.setter();
        use_callback((), move |(), ()| said.set(None))
    };
    html! {
        <ContextProvider<Say> context={Say(say)}>
            <Started config={props.config.clone()} />
            <StatusLine said={(*said).clone()} {on_dismiss} />
        </ContextProvider<Say>>
    }
}

/// clerk-js, started once for all pages.
#[function_component]
fn Started(props: &ConfiguredProps) -> Html {
    let words = use_words();
    let (start, on_retry) = use_start(props.config.clone());
    match start {
        Start::Starting => skeleton(&words),
        Start::Failed(failure) => html! { <StartFailed {failure} {on_retry} /> },
        Start::Running(client) => {
            let context = client.clone();
            let render = move |route: Route| match route {
                Route::Home | Route::Index => html! { <Gate client={client.clone()} /> },
                Route::Accept => html! { <Accept client={client.clone()} /> },
                Route::NotFound => html! { <NotFound /> },
            };
            html! {
                <ContextProvider<crate::clerk::Client> {context}>
                    <Switch<Route> {render} />
                </ContextProvider<crate::clerk::Client>>
            }
        }
    }
}
