//! Something that lives elsewhere, asked for when it is wanted.

use crate::domain::{Error, Event, Remote};
use std::ops::Deref;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

struct State<K, T>(Remote<K, T>);

impl<K: Clone + PartialEq, T> Reducible for State<K, T> {
    type Action = Event<K, T>;

    fn reduce(self: Rc<Self>, event: Self::Action) -> Rc<Self> {
        self.0.after(event).map_or(self, |next| Rc::new(Self(next)))
    }
}

/// What is known and what is being asked, with a way to ask again.
#[derive(Clone)]
pub struct Asked<K: Clone + PartialEq, T> {
    state: UseReducerHandle<State<K, T>>,
    /// Asks again.
    pub reload: Callback<()>,
}

impl<K: Clone + PartialEq, T> Deref for Asked<K, T> {
    type Target = Remote<K, T>;

    fn deref(&self) -> &Self::Target {
        &self.state.0
    }
}

/// Asks for `key`, and again whenever it changes. Answers to old questions are dropped.
#[hook]
pub fn use_remote<K, T, F>(key: K, ask: impl Fn(K) -> F + 'static) -> Asked<K, T>
where
    K: Clone + PartialEq + 'static,
    T: 'static,
    F: Future<Output = Result<T, Error>> + 'static,
{
    let state = {
        let key = key.clone();
        use_reducer(|| State(Remote::new(key)))
    };
    {
        let dispatch = state.dispatcher();
        use_effect_with(key, move |key| dispatch.dispatch(Event::Wanted(key.clone())));
    }
    {
        let dispatch = state.dispatcher();
        use_effect_with(state.0.asked.clone(), move |asked| {
            let Some(question) = asked.clone() else { return };
            let answer = ask(question.key.clone());
            spawn_local(async move { dispatch.dispatch(Event::Answered(question, answer.await)) });
        });
    }
    let reload = {
        let dispatch = state.dispatcher();
        Callback::from(move |()| dispatch.dispatch(Event::Reload))
    };
    Asked { state, reload }
}
