//! Draws the screens for everybody who is not at work on invitations now. Fetched when one of them is needed.

use crate::domain::AuthState;
use crate::program::messages::Msg;
use crate::program::model::Model;
use crate::program::store::Program;
use crate::route::Route;
use crate::session::view;
use crate::session::{self, Start};
use yew::Html;

/// Draws the screen that the address, clerk-js and the session call for.
pub fn screen(program: &Program, model: &Model) -> Html {
    let (words, session) = (&model.words, &model.session);
    let route = model.address.path.as_deref().map_or(Route::NotFound, Route::of);
    if route == Route::NotFound {
        return view::not_found(words);
    }
    if let Start::Failed(failure) = &session.start {
        let on_retry = program.callback(|_| Msg::Session(session::Msg::RetryPressed));
        return view::start_failed(words, failure, on_retry);
    }
    let Some((client, auth)) = program.client().zip(session.auth.as_ref()) else { return Html::default() };
    match auth {
        AuthState::Active(active) => {
            let on_retry =
                session.is_denied().then(|| program.callback(|_| Msg::Session(session::Msg::RightRetried)));
            view::no_right(words, active, on_retry)
        }
        auth => {
            let on_sign_in = program.signs_in_elsewhere().then(|| program.callback(|_| Msg::SignInPressed));
            view::gate(words, &client, auth, on_sign_in)
        }
    }
}
