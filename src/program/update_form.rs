//! When the form is drawn: a moment after the rows, which the admin waits for. And what is kept of it until that is done.

use crate::feedback::{Focus, FocusWhen, ids};
use crate::invite;
use crate::program::messages::{Effect, Environment, Msg};
use crate::program::model::{Chunk, Lazy, Model, Workspace};

/// For how many milliseconds at most the form waits for the rows.
const ROWS_TIMEOUT: u32 = 1000;

/// Has the form drawn when Clerk takes long to answer with the rows.
pub fn want_form_soon() -> Effect {
    Effect::Sleep(ROWS_TIMEOUT, Box::new(Msg::Wanted(Chunk::Form)))
}

/// Does what waited for the code that draws the form, if that is here now; `was` says how far it was before.
pub fn form_loaded(model: &Model, was: Lazy, environment: &Environment) -> Vec<Effect> {
    if was == Lazy::Here || !model.draws_form() {
        return vec![];
    }
    let mut effects = vec![Effect::WatchInput];
    // The button goes that has the keyboard, or below the pointer.
    if was == Lazy::Retried || was.has_failed() && (environment.is_attended)(ids::NO_FORM) {
        effects.push(Effect::Focus(Focus { scrolls: false, ..unless_elsewhere() }));
    } else {
        effects.extend(focus_for_first_invitation(model));
    }
    effects
}

/// Has the admin write into the form, unless they are at something else, where nobody has been invited yet: there is one thing to do.
pub fn focus_for_first_invitation(model: &Model) -> Option<Effect> {
    let is_first = model.draws_form() && model.current().is_some_and(Workspace::has_no_invitation);
    is_first.then(|| Effect::Focus(unless_elsewhere()))
}

fn unless_elsewhere() -> Focus {
    Focus { when: FocusWhen::On(vec![]), ..Focus::to(ids::EMAIL) }
}

/// Saves what is in the forms of the viewer, or of the one who was signed in last.
pub fn save_drafts(model: &Model) -> Vec<Effect> {
    let mut effects = vec![];
    for Workspace { scope, active, invite, .. } in &model.workspaces {
        if model.session.was_last(&active.viewer.user) {
            let scope = scope.clone();
            effects.push(match model.later {
                Lazy::Here => Effect::Dispatch(Msg::Compose(scope, invite::ComposerMsg::Leaving)),
                _ => Effect::SaveDraft(scope, invite::encode_box(invite)),
            });
        }
    }
    effects
}
