//! The form that invites.

use crate::components::icon::{Icon, icon};
use crate::components::ids;
use crate::components::role_field::role_field;
use crate::components::text::line;
use crate::components::text::problem;
use crate::domain::{Known, RoleKey, Roles};
use crate::i18n::{Message, Words};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What stands in the form. Its owner keeps it, so that it survives whatever happens to the form.
#[derive(Clone, PartialEq)]
pub struct Form {
    /// The text in the box.
    pub email: String,
    /// The chosen role.
    pub role: Option<RoleKey>,
    /// The roles, as far as they are known.
    pub roles: Known<Roles>,
    /// What is wrong, and where.
    pub problems: Problems,
    /// Is an invitation on its way?
    pub is_sending: bool,
    /// The text in the box has changed.
    pub on_email: Callback<String>,
    /// Another role is chosen.
    pub on_role: Callback<RoleKey>,
    /// Send what stands in the form.
    pub on_send: Callback<()>,
    /// Ask for the roles again.
    pub on_retry_roles: Callback<()>,
}

/// What is wrong with each field, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// With the address.
    pub email: Option<String>,
    /// With the role.
    pub role: Option<String>,
}

const PROBLEM: &str = "invite-email-problem";

/// Draws one address, one role, one button.
pub fn invite_form(words: &Words, form: &Form) -> Html {
    let is_ready = form.roles.value().is_some_and(|roles| !roles.all.is_empty() && !roles.migrating);
    let onsubmit = {
        let (on_send, may_send) = (form.on_send.clone(), is_ready && !form.is_sending);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if may_send {
                on_send.emit(());
            }
        })
    };
    let oninput = {
        let on_email = form.on_email.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                on_email.emit(input.value());
            }
        })
    };
    let is_wrong = form.problems.email.is_some();
    html! {
        <form class="invite" novalidate=true aria-busy={form.is_sending.to_string()} {onsubmit}>
            <div class="field">
                <label for={ids::EMAIL}>{ line(words, Message::InviteEmail) }</label>
                <input
                    class="input"
                    id={ids::EMAIL}
                    type="email"
                    dir="ltr"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    required=true
                    readonly={form.is_sending}
                    value={form.email.clone()}
                    aria-invalid={is_wrong.to_string()}
                    aria-describedby={is_wrong.then_some(PROBLEM)}
                    {oninput}
                />
                if let Some(text) = &form.problems.email { { problem(Some(PROBLEM), text) } }
            </div>
            { role_field(words, form) }
            <button
                class="button primary"
                id={ids::SEND}
                type="submit"
                aria-disabled={(!is_ready || form.is_sending).then_some("true")}
            >
                if form.is_sending {
                    <span class="spinner" aria-hidden="true"></span>
                    { line(words, Message::InviteSending) }
                } else {
                    { icon(Icon::Mail) }
                    { line(words, Message::InviteSend) }
                }
            </button>
        </form>
    }
}
