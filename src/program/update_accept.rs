//! Hands the messages of the invitee's side to its update, and turns what follows into effects of the page. Fetched later.

use crate::accept;
use crate::program::messages::{Effect, Environment, LaterEffect, Msg};
use crate::program::model::Model;

/// Carries a message out.
pub fn update(model: &mut Model, msg: accept::Msg, environment: &Environment) -> Vec<Effect> {
    let Model { address, session, accept, .. } = model;
    let context = accept::Context {
        auth: session.auth.as_ref(),
        link: accept::Link::of(&address.query, environment.decode, environment.decode_base64),
        is_invitees_page: address.is_accept,
    };
    let effects = accept::update(accept, msg, &context).into_iter();
    let effects = effects.map(|effect| match effect {
        accept::Effect::HushToast => Effect::Dispatch(Msg::Told(None)),
        accept::Effect::Focus(focus) => Effect::Focus(focus),
        effect => Effect::Later(LaterEffect::Accept(effect)),
    });
    effects.collect()
}
