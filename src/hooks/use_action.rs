//! Doing one thing, once at a time.

use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action<I> {
    /// Is it being done?
    pub is_running: bool,
    /// Does it, unless it is being done already.
    pub run: Callback<I>,
}

/// Does `act` when told to and hands its outcome to `done`.
///
/// The second press of a double click comes before anything is drawn anew, so what keeps it out is not the drawn
/// state but a cell. The outcome is an event: state that an effect watches could be seen twice, or not at all.
#[hook]
pub fn use_action<I, O, F>(act: impl Fn(I) -> F + 'static, done: Callback<O>) -> Action<I>
where
    I: 'static,
    O: 'static,
    F: Future<Output = O> + 'static,
{
    let is_running = use_state_eq(|| false);
    let guard = use_memo((), |()| Cell::new(false));
    let run = {
        let shown = is_running.setter();
        Callback::from(move |input| {
            if guard.replace(true) {
                return;
            }
            shown.set(true);
            let (guard, shown, done, doing) = (Rc::clone(&guard), shown.clone(), done.clone(), act(input));
            spawn_local(async move {
                let outcome = doing.await;
                guard.set(false);
                shown.set(false);
                done.emit(outcome);
            });
        })
    };
    Action { is_running: *is_running, run }
}
