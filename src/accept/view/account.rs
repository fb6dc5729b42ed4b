//! Whose account it is, and the ways to another one.

use crate::accept::model::Action;
use crate::accept::screen::viewer;
use crate::accept::service::OtherSession;
use crate::accept::update::Msg;
use crate::accept::view::frame::View;
use crate::i18n::Message;
use yew::prelude::*;

/// Draws who is signed in, the other accounts that are signed in to, and the ways out. `class` is that of the way to another
/// account.
pub fn account(view: &View, sessions: &[OtherSession], class: &'static str) -> Html {
    let words = view.words;
    let Some(viewer) = viewer(view.auth) else { return Html::default() };
    let user = viewer.email.as_ref().unwrap_or(&viewer.name);
    let out = |class, is_link_kept, label: Message| {
        let msg = Msg::SignOutPressed { is_link_kept };
        view.acts(class, &Action::SignOut, msg, &words.say(label), None)
    };
    html! {
        <div class="account-ways">
            <p class="hint clip">{ words.fill(Message::AcceptSignedInAs, &[("user", user)]) }</p>
            <div class="actions">
                { for sessions.iter().map(|session| switch(view, session)) }
                { out(class, true, Message::AcceptAnother) }
                { out("small", false, Message::AcceptSignOut) }
            </div>
            { view.failure(&Action::SignOut) }
        </div>
    }
}

fn switch(view: &View, session: &OtherSession) -> Html {
    let action = Action::Switch(session.id.clone());
    let label = view.words.fill(Message::AcceptContinueAs, &[("user", &session.user)]);
    html! {
        <>
            { view.acts("small primary", &action, Msg::SwitchPressed(session.id.clone()), &label, None) }
            { view.failure(&action) }
        </>
    }
}
