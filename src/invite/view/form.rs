//! Draws one box for addresses, one role, one button. What every visitor downloads.

use crate::browser::{Mount, chosen, dropped, has_left, pasted};
use crate::feedback::ids;
use crate::i18n::{Message, Plural, Words};
use crate::invite::model::FieldProblem;
use crate::invite::update::{ComposerMsg, Msg};
use crate::invite::view::View;
use crate::invite::view::role_field::role_field;
use crate::ui::{Icon, button, icon, line, problem};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

const PROBLEM: &str = "invite-email-problem";
const HINT: &str = "invite-email-hint";
/// Where invitees find their invitations.
const ACCEPT: &str = "accept";
/// What a file may be. Some systems know no type for these endings, so both are named.
const ACCEPTED: &str =
    ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods,.vcf,text/csv,text/tab-separated-values,text/plain";

/// Draws the form; `below` it stands what is fetched later.
pub fn form(view: &View, below: Html) -> Html {
    let words = view.words;
    let ondrop = {
        let on_transferred = view.on_transferred.clone();
        Callback::from(move |event: DragEvent| {
            let transferred = dropped(&event);
            // The program takes files, wherever on the page they are dropped.
            if !transferred.has_files() {
                event.prevent_default();
                on_transferred.emit(transferred);
            }
        })
    };
    html! {
        <section
            class={if view.is_dragged_over { "panel drop-target" } else { "panel" }}
            aria-labelledby="invite-heading"
            onfocusin={view.on_focus.clone()}
            ondragover={|event: DragEvent| event.prevent_default()}
            {ondrop}
        >
            <h2 id="invite-heading">{ line(words, Message::InviteTitle) }</h2>
            if view.known_roles().is_some_and(|roles| roles.migrating) { { migrating(view) } }
            { fields(view) }
            { below }
        </section>
    }
}

fn fields(view: &View) -> Html {
    let is_sending = view.outbox.sending().is_some();
    let is_settling = view.model.composer.entries.unsettled() > 0;
    let is_waiting = is_sending || is_settling || view.model.composer.waits_to_send();
    let has_roles = view.known_roles().is_some_and(|roles| !roles.all.is_empty() && !roles.migrating);
    let may_send = has_roles && !is_sending && !is_settling;
    let onsubmit = {
        let on = view.on.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if may_send {
                on.emit(Msg::SendPressed);
            }
        })
    };
    html! {
        <form class="invite" novalidate=true aria-busy={is_sending.to_string()} {onsubmit}>
            { address_box(view) }
            { role_field(view) }
            <button class="button primary" id={ids::SEND} type="submit" aria-disabled={(!may_send).then_some("true")}>
                if is_waiting {
                    <span class="spinner" aria-hidden="true"></span>
                } else {
                    { icon(Icon::Mail) }
                }
                { send_label(view, is_settling, is_waiting) }
            </button>
            { join_link(view) }
        </form>
    }
}

/// One link for everybody who was invited, whatever became of the mail: the account that they sign in with decides.
fn join_link(view: &View) -> Html {
    let onclick = view.on.reform(|event: MouseEvent| {
        let mount = Mount::around(event.target().as_ref());
        let address = mount.and_then(|mount| mount.whole_address(ACCEPT));
        Msg::Composer(ComposerMsg::JoinLinkPressed(address.unwrap_or_default()))
    });
    html! {
        <button class="button" type="button" title={view.words.say(Message::InviteLinkHint)} {onclick}>
            { icon(Icon::Copy) }
            { line(view.words, Message::InviteLink) }
        </button>
    }
}

fn send_label(view: &View, is_settling: bool, is_waiting: bool) -> String {
    match view.model.composer.verdicts.tasks.len() as u64 {
        _ if is_settling => view.words.say(Message::VerdictUnsettled),
        _ if is_waiting => view.words.say(Message::StageSending),
        0 => view.words.say(Message::InviteSend),
        count => view.words.count(Plural::InviteSendMany, count),
    }
}

fn address_box(view: &View) -> Html {
    let words = view.words;
    let oninput = view.on.reform(|event: InputEvent| {
        let field = event.target_dyn_into::<HtmlTextAreaElement>();
        let cursor = field.as_ref().and_then(|field| field.selection_start().ok().flatten());
        Msg::TextTyped {
            text: field.map(|field| field.value()).unwrap_or_default(),
            cursor: (!event.is_composing()).then_some(cursor.unwrap_or(u32::MAX)),
        }
    });
    let onpaste = {
        let on_transferred = view.on_transferred.clone();
        Callback::from(move |event: Event| {
            let transferred = pasted(&event);
            // A single word goes where the cursor is, as anywhere else.
            let separators = [' ', ',', ';', '\t', '\n', '\r', '\u{a0}'];
            if transferred.has_files() || transferred.text.trim().contains(separators) {
                event.prevent_default();
                on_transferred.emit(transferred);
            }
        })
    };
    let on_chosen = view.on_transferred.reform(|event: Event| chosen(&event));
    let said = view.model.email_problem.as_ref().map(|problem| problem_text(words, problem));
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
                value={view.model.text.clone()}
                aria-invalid={said.is_some().to_string()}
                aria-describedby={if said.is_some() { PROBLEM } else { HINT }}
                {oninput}
                {onpaste}
                onkeydown={on_enter(view)}
                onblur={on_blur(view)}
            />
            if !view.model.unread.is_empty() {
                <p class="clip" aria-busy="true">{ &view.model.unread }</p>
            }
            if let Some(text) = &said { { problem(Some(PROBLEM), text) } }
            <div class="file">
                <p class="hint" id={HINT}>{ line(words, Message::InviteHint) }</p>
                <label class="button small" onmousedown={|event: MouseEvent| event.prevent_default()}>
                    { line(words, Message::InviteFile) }
                    <input class="visually-hidden" id={ids::FILE} type="file" multiple=true accept={ACCEPTED} onchange={on_chosen} />
                </label>
            </div>
        </div>
    }
}

/// Enter makes entries of the text; with Ctrl or ⌘ everything is sent.
fn on_enter(view: &View) -> Callback<KeyboardEvent> {
    let on = view.on.clone();
    Callback::from(move |event: KeyboardEvent| {
        // While a word is being composed, Enter ends that.
        if event.key() == "Enter" && !event.is_composing() && !event.shift_key() {
            event.prevent_default();
            on.emit(Msg::EnterPressed { sends: event.ctrl_key() || event.meta_key() });
        }
    })
}

/// Leaving the box makes entries of the text, unless the focus goes to the button that sends, which does that itself, or to
/// the file field: the new chips would move both away from under the pointer.
fn on_blur(view: &View) -> Callback<FocusEvent> {
    let on = view.on.clone();
    Callback::from(move |event: FocusEvent| {
        if has_left(&event, &[ids::SEND, ids::FILE]) {
            on.emit(Msg::BoxLeft);
        }
    })
}

fn problem_text(words: &Words, problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::Missing => words.say(Message::EmailMissing),
        FieldProblem::NothingToSend => words.say(Message::InviteNothing),
        FieldProblem::Busy(email) => words.fill(Message::ActBusy, &[("email", email)]),
    }
}

fn migrating(view: &View) -> Html {
    let words = view.words;
    html! {
        <div class="notice warning">
            { icon(Icon::Lock) }
            <div>
                <p>{ line(words, Message::RolesMigrating) }</p>
                <p class="hint">{ line(words, Message::RolesMigratingHint) }</p>
            </div>
            { button("small", &words.say(Message::Retry), view.on_retry_roles.clone()) }
        </div>
    }
}
