//! When code is asked for that the page starts without, and what is said when it does not arrive.

use crate::feedback::{Severity, Toast};
use crate::i18n::Message;
use crate::program::messages::{Effect, Fetched};
use crate::program::model::{Chunk, Lazy, Model};

/// Has code come that the page starts without, unless it is on its way.
pub fn want(model: &mut Model, chunk: Chunk) -> Option<Effect> {
    match model.lazy(chunk) {
        Lazy::Unwanted => {}
        // The form's is asked for until it comes.
        Lazy::Failed if chunk != Chunk::Form => {}
        _ => return None,
    }
    model.set_lazy(chunk, Lazy::Loading);
    Some(Effect::Load(chunk))
}

/// Has code come that did not arrive, for a reader who asks for it.
pub fn retry(model: &mut Model, chunk: Chunk) -> Option<Effect> {
    if model.lazy(chunk) != Lazy::Failed {
        return None;
    }
    model.set_lazy(chunk, Lazy::Retried);
    Some(Effect::Load(chunk))
}

/// Has the screens come when one is to be shown for the first time. After a failure the reader has a button for that.
pub fn want_screens(model: &mut Model) -> Option<Effect> {
    let is_first = model.screens == Lazy::Unwanted && model.needs_screens();
    is_first.then(|| want(model, Chunk::Screens)).flatten()
}

/// Takes note of whether code that the page starts without has come.
pub fn loaded(model: &mut Model, chunk: Chunk, fetched: Fetched) {
    if model.lazy(chunk) == Lazy::Here {
        return;
    }
    let (lazy, failure) = match fetched {
        Fetched::Here => (Lazy::Here, None),
        Fetched::Failed => (Lazy::Failed, Some(Message::LaterFailed)),
        Fetched::Outdated => (Lazy::Outdated, Some(Message::LaterOutdated)),
    };
    model.set_lazy(chunk, lazy);
    if let Some(failure) = failure.filter(|_| chunk == Chunk::Screens && !model.pressed.is_empty()) {
        // The buttons stand there again, for another try.
        model.pressed.clear();
        tell_of(model, failure);
    }
}

/// Tells of what went wrong.
#[inline(never)] // Cold: see xtask/src/cold_code.
pub fn tell_of(model: &mut Model, problem: Message) {
    let said = model.words.say(problem);
    model.tell(Some(Toast::new(Severity::Danger, said)));
}
