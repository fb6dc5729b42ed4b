//! When the form is drawn: a moment after the rows, which the admin waits for.

use crate::feedback::{Focus, FocusWhen, ids};
use crate::program::messages::{Effect, Msg};
use crate::program::model::{Lazy, Model, Workspace};

/// For how many milliseconds at most the form waits for the rows.
const ROWS_TIMEOUT: u32 = 1000;

/// Has the form drawn when Clerk takes long to answer with the rows.
pub fn want_form_soon() -> Effect {
    Effect::Sleep(ROWS_TIMEOUT, Box::new(Msg::FormWanted))
}

/// Has the code come that draws the form, unless it is on its way.
pub fn want_form(model: &mut Model) -> Option<Effect> {
    if model.form != Lazy::Unwanted || model.draws_form() {
        return None;
    }
    model.form = Lazy::Loading;
    Some(Effect::BringForm)
}

/// The code that draws the form has come.
pub fn form_came(model: &mut Model) -> Option<Effect> {
    let was_drawn = model.draws_form();
    model.form = Lazy::Here;
    focus_for_first_invitation(model).filter(|_| !was_drawn)
}

/// Has the admin write into the form, unless they are at something else, where nobody has been invited yet: there is one thing to do.
pub fn focus_for_first_invitation(model: &Model) -> Option<Effect> {
    let is_first = model.draws_form() && model.current().is_some_and(Workspace::has_no_invitation);
    is_first.then(|| Effect::Focus(Focus { when: FocusWhen::On(vec![]), ..Focus::to(ids::EMAIL) }))
}
