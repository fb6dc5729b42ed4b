//! What every screen of an invitee is made of.

use crate::accept::model::{Action, Model};
use crate::accept::update::Msg;
use crate::browser::Mount;
use crate::clerk::Client;
use crate::domain::AuthState;
use crate::feedback::ids;
use crate::i18n::{Words, error_sentence};
use crate::ui::{Icon, icon, problem};
use yew::prelude::*;

/// What is drawn.
pub struct View<'a> {
    /// The reader's words.
    pub words: &'a Words,
    /// Where the page is.
    pub mount: &'a Mount,
    /// clerk-js, running.
    pub client: &'a Client,
    /// What is known and under way.
    pub model: &'a Model,
    /// Who is signed in, and where.
    pub auth: Option<&'a AuthState>,
    /// Whether the address is the one that invitees are sent to, rather than the admin's page.
    pub is_invitees_page: bool,
    /// Whether the viewer may manage the active organization's invitations.
    pub may_manage: bool,
    /// Where the deployer wants people to go who have joined.
    pub after_accept_url: Option<&'a str>,
    /// Leads to the deployer's own sign-in page, where there is one.
    pub on_sign_in: Option<Callback<MouseEvent>>,
    /// Takes messages.
    pub on: Callback<Msg>,
}

/// A screen with a heading that the keyboard can be sent to: what has just changed is read out from there.
pub fn screen(shown: Icon, heading: &str, body: Html) -> Html {
    html! {
        <main class="gate">
            <div class="card">
                { icon(shown) }
                <h1 id={ids::ACCEPT} class="clip" tabindex="-1">{ heading }</h1>
                { body }
            </div>
        </main>
    }
}

impl View<'_> {
    /// A callback that sends a message.
    pub fn sends(&self, msg: Msg) -> Callback<MouseEvent> {
        self.on.reform(move |_| msg.clone())
    }

    /// A button that begins an action. While any is under way none can be begun, and the one of that says so.
    pub fn acts(
        &self,
        class: &'static str,
        action: &Action,
        msg: Msg,
        label: &str,
        name: Option<String>,
    ) -> Html {
        let running = self.model.running.as_ref();
        let (is_usable, is_running) = (running.is_none(), running == Some(action));
        let onclick = if is_usable { self.sends(msg) } else { Callback::noop() };
        html! {
            <button
                class={classes!("button", class)}
                type="button"
                aria-label={name}
                aria-busy={is_running.then_some("true")}
                aria-disabled={(!is_usable).then_some("true")}
                {onclick}
            >
                if is_running { <span class="spinner" aria-hidden="true"></span> }
                { label }
            </button>
        }
    }

    /// Why an action has failed, at its place.
    pub fn failure(&self, action: &Action) -> Html {
        let failure = self.model.failure(action).map(|error| error_sentence(self.words, error));
        html! {
            if let Some(sentence) = failure { <div role="alert">{ problem(None, &sentence) }</div> }
        }
    }
}
