//! Starting clerk-js.

use crate::clerk::{Client, Starter};
use crate::config::Config;
use crate::domain::StartFailure;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// How far clerk-js has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// It is on its way.
    Starting,
    /// It does not run.
    Failed(StartFailure),
    /// It runs.
    Running(Client),
}

/// Starts clerk-js, and again whenever the callback is called.
#[hook]
pub fn use_start(config: Rc<Config>) -> (Start, Callback<()>) {
    let start = use_state_eq(|| Start::Starting);
    let starter = use_memo((), |()| Starter::default());
    let begin = {
        let start = start.setter();
        use_callback(config, move |(), config| {
            let (start, starter, config) = (start.clone(), Rc::clone(&starter), Rc::clone(config));
            start.set(Start::Starting);
            spawn_local(async move {
                start.set(match starter.start(&config).await {
                    Ok(client) => Start::Running(client),
                    Err(failure) => Start::Failed(failure),
                });
            });
        })
    };
    use_effect_with(begin.clone(), |begin| begin.emit(()));
    ((*start).clone(), begin)
}
