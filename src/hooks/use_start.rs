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
    let starter = use_mut_ref(|| Rc::new(Starter::default()));
    let is_starting = *start == Start::Starting;
    {
        let (start, starter) = (start.setter(), Rc::clone(&starter.borrow()));
        use_effect_with(is_starting, move |is_starting| {
            if *is_starting {
                spawn_local(async move {
                    start.set(match starter.start(&config).await {
                        Ok(client) => Start::Running(client),
                        Err(failure) => Start::Failed(failure),
                    });
                });
            }
        });
    }
    let again = start.setter();
    (Start::clone(&start), Callback::from(move |()| again.set(Start::Starting)))
}
