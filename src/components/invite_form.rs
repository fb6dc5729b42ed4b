//! The form that invites.

use crate::browser::{chosen, pasted};
use crate::components::icon::{Icon, icon};
use crate::components::ids;
use crate::components::role_field::role_field;
use crate::components::text::line;
use crate::components::text::problem;
use crate::domain::{Known, RoleKey, Roles};
use crate::hooks::{Act, Problems};
use crate::i18n::{Message, Words};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What stands in the form. Its owner keeps it, so that it survives whatever happens to the form.
#[derive(Clone, PartialEq)]
pub struct Form {
    /// The text in the box.
    pub text: String,
    /// The chosen role.
    pub role: Option<RoleKey>,
    /// The roles, as far as they are known.
    pub roles: Known<Roles>,
    /// What is wrong, and where.
    pub problems: Problems,
    /// What the button that sends says.
    pub send: String,
    /// Are invitations on their way?
    pub is_sending: bool,
    /// Is it still being found out what went out earlier?
    pub is_settling: bool,
    /// The text in the box has changed.
    pub on_text: Callback<String>,
    /// Another role is chosen.
    pub on_role: Callback<RoleKey>,
    /// Something else was done.
    pub on_act: Callback<Act>,
    /// Ask for the roles again.
    pub on_retry_roles: Callback<()>,
}

const PROBLEM: &str = "invite-email-problem";
const HINT: &str = "invite-email-hint";
/// What a file may be. Some systems know no type for these endings, so both are named.
const ACCEPTED: &str = ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain";

/// Draws one box for addresses, one role, one button.
pub fn invite_form(words: &Words, form: &Form) -> Html {
    let has_roles = form.roles.value().is_some_and(|roles| !roles.all.is_empty() && !roles.migrating);
    let may_send = has_roles && !form.is_sending && !form.is_settling;
    let onsubmit = {
        let on_act = form.on_act.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if may_send {
                on_act.emit(Act::Send);
            }
        })
    };
    html! {
        <form class="invite" novalidate=true aria-busy={form.is_sending.to_string()} {onsubmit}>
            { box_for_addresses(words, form) }
            { role_field(words, form) }
            <button class="button primary" id={ids::SEND} type="submit" aria-disabled={(!may_send).then_some("true")}>
                if form.is_sending {
                    <span class="spinner" aria-hidden="true"></span>
                } else {
                    { icon(Icon::Mail) }
                }
                { &form.send }
            </button>
        </form>
    }
}

fn box_for_addresses(words: &Words, form: &Form) -> Html {
    let oninput = form.on_text.reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default()
    });
    let onpaste = {
        let on_act = form.on_act.clone();
        Callback::from(move |event: Event| {
            let brought = pasted(&event);
            // A single word goes where the cursor is, as anywhere else.
            if brought.has_files()
                || brought.text.trim().contains([' ', ',', ';', '\t', '\n', '\r', '\u{a0}'])
            {
                event.prevent_default();
                on_act.emit(Act::Brought(brought));
            }
        })
    };
    let onkeydown = {
        let on_act = form.on_act.clone();
        Callback::from(move |event: KeyboardEvent| {
            // While a word is being composed, Enter ends that.
            if event.key() == "Enter" && !event.is_composing() && !event.shift_key() {
                event.prevent_default();
                on_act.emit(Act::Enter(event.ctrl_key() || event.meta_key()));
            }
        })
    };
    let on_chosen = form.on_act.reform(|event: Event| Act::Brought(chosen(&event)));
    let is_wrong = form.problems.email.is_some();
    html! {
        <div class="field">
            <label for={ids::EMAIL}>{ line(words, Message::InviteEmail) }</label>
            <textarea
                class="input"
                id={ids::EMAIL}
                rows="1"
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                value={form.text.clone()}
                aria-invalid={is_wrong.to_string()}
                aria-describedby={if is_wrong { PROBLEM } else { HINT }}
                {oninput}
                {onpaste}
                {onkeydown}
            />
            if let Some(text) = &form.problems.email { { problem(Some(PROBLEM), text) } }
            <div class="file">
                <p class="hint" id={HINT}>{ line(words, Message::InviteHint) }</p>
                <label class="button small">
                    { line(words, Message::InviteFile) }
                    <input class="visually-hidden" type="file" multiple=true accept={ACCEPTED} onchange={on_chosen} />
                </label>
            </div>
        </div>
    }
}
