//! Draws the frame of the form: the box for addresses, the role, the button that sends. What every visitor downloads.

use crate::browser::{Mount, chosen, dropped, has_left, pasted, place_focus_near};
use crate::feedback::ids;
use crate::i18n::Message;
use crate::invite::update::{ComposerMsg, Msg, Step};
use crate::invite::view::View;
use crate::invite::view::role_field::role_field;
use crate::ui::{Icon, classed, icon, line, problem};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

const PROBLEM: &str = "invite-email-problem";
const HEADING: &str = "invite-heading";
const HINT: &str = "invite-email-hint";
/// Where invitees find their invitations.
const ACCEPT: &str = "accept";
/// What a file may be. Some systems know no type for these endings, so both are named.
const ACCEPTED: &str =
    ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods,.vcf,text/csv,text/tab-separated-values,text/plain";

/// What the code that is fetched later draws of the form.
#[derive(Default)]
pub struct Parts {
    /// The entries, before the text in the box.
    pub inside: Html,
    /// What is said of the box where the pointer rests on it: it names the key that leads there.
    pub tip: Option<String>,
    /// What stands in the place of the roles where there is none to choose.
    pub role: Option<Html>,
    /// What is done with all entries, beside the button that sends.
    pub acts: Html,
    /// The button that sends, once there is more to say on it than what it is for.
    pub send: Option<SendButton>,
    /// What is wrong with the addresses.
    pub problem: Option<String>,
    /// What is wrong with the role.
    pub role_problem: Option<String>,
    /// The line below the box; `None` where the hint stands there.
    pub status: Option<Html>,
    /// What stands below the form.
    pub below: Html,
}

/// What stands on the button that sends.
pub struct SendButton {
    /// The words.
    pub label: String,
    /// Whether something is on its way, and the admin waits for it.
    pub is_waiting: bool,
    /// Whether it can't be pressed now.
    pub is_off: bool,
}

/// Draws the form.
pub fn form(view: &View, parts: Parts) -> Html {
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
    let is_open = view.is_open();
    let form = html! {
        <section
            class="panel"
            aria-labelledby={HEADING}
            onfocusin={view.on_focus.clone()}
            ondragover={|event: DragEvent| event.prevent_default()}
            {ondrop}
        >
            <div class="panel-head">
                <h2 id={HEADING}>{ line(words, Message::InviteTitle) }</h2>
                <div class="actions">{ join_link(view) }{ file_field(view) }</div>
            </div>
            if !is_open { { opener(view) } }
            { fields(view, (parts.inside, parts.tip), parts.role, parts.acts, parts.send, parts.problem.is_some()) }
            { status(view, parts.status, parts.problem, parts.role_problem) }
            { parts.below }
        </section>
    };
    let class = match (view.is_dragged_over, is_open) {
        (true, _) => "panel drop-target",
        (false, true) => "panel",
        (false, false) => "panel closed",
    };
    classed(class, form)
}

/// On a phone the form is one button as long as the admin does nothing with it.
fn opener(view: &View) -> Html {
    let onclick = view.on.reform(|_: MouseEvent| Msg::Opened);
    html! {
        <button class="button primary opener" type="button" {onclick}>
            { icon(Icon::Mail) }
            { line(view.words, Message::InviteTitle) }
        </button>
    }
}

fn fields(
    view: &View,
    inside: (Html, Option<String>),
    role: Option<Html>,
    acts: Html,
    send: Option<SendButton>,
    is_wrong: bool,
) -> Html {
    let has_roles = view.known_roles().is_some_and(|roles| !roles.all.is_empty() && !roles.migrating);
    let SendButton { label, is_waiting, is_off } = send.unwrap_or_else(|| SendButton {
        label: view.words.say(Message::InviteSend),
        is_waiting: false,
        is_off: false,
    });
    let may_send = has_roles && !is_off;
    let is_sending = view.outbox.sending().is_some();
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
        <form class="composer" novalidate=true aria-busy={is_sending.to_string()} {onsubmit}>
            { address_box(view, inside, is_wrong) }
            <div class="foot">
                { role.unwrap_or_else(|| role_field(view)) }
                { acts }
                <button class="button primary" id={ids::SEND} type="submit" aria-disabled={(!may_send).then_some("true")}>
                    if is_waiting {
                        <span class="spinner" aria-hidden="true"></span>
                    } else {
                        { icon(Icon::Mail) }
                    }
                    { label }
                </button>
            </div>
        </form>
    }
}

/// One link for everybody who was invited, whatever became of the email: the account that they sign in with decides.
fn join_link(view: &View) -> Html {
    let onclick = view.on.reform(|event: MouseEvent| {
        let mount = Mount::around(event.target().as_ref());
        let address = mount.and_then(|mount| mount.whole_address(ACCEPT));
        Msg::Composer(ComposerMsg::JoinLinkPressed(address.unwrap_or_default()))
    });
    html! {
        <button class="button small" type="button" title={view.words.say(Message::InviteLinkHint)} {onclick}>
            { icon(Icon::Copy) }
            { line(view.words, Message::InviteLink) }
        </button>
    }
}

fn file_field(view: &View) -> Html {
    let onchange = view.on_transferred.reform(|event: Event| chosen(&event));
    html! {
        // The box keeps the keyboard until a file is chosen.
        <label class="button small" onmousedown={|event: MouseEvent| event.prevent_default()}>
            { line(view.words, Message::InviteFile) }
            <input class="visually-hidden" id={ids::FILE} type="file" multiple=true accept={ACCEPTED} {onchange} />
        </label>
    }
}

/// The entries and, behind the last one, the text that the admin types.
fn address_box(view: &View, (inside, tip): (Html, Option<String>), is_wrong: bool) -> Html {
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
            let is_one_word = !transferred.is_long() && !transferred.text.trim().contains(separators);
            if transferred.has_files() || !is_one_word {
                event.prevent_default();
                on_transferred.emit(transferred);
            }
        })
    };
    html! {
        <div class="box" onclick={on_box}>
            { inside }
            if !view.model.unread.is_empty() {
                <p class="clip unread" aria-busy="true">{ &view.model.unread }</p>
            }
            <label class="visually-hidden" for={ids::EMAIL}>{ line(words, Message::InviteEmail) }</label>
            <textarea
                id={ids::EMAIL}
                rows="1"
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                value={view.model.text.clone()}
                aria-invalid={is_wrong.to_string()}
                aria-describedby={if is_wrong { PROBLEM } else { HINT }}
                aria-keyshortcuts={tip.as_ref().map(|_| "i")}
                title={tip}
                {oninput}
                {onpaste}
                onkeydown={on_key(view)}
                onblur={on_blur(view)}
            />
        </div>
    }
}

/// A click beside the entries goes to the text.
fn on_box(event: MouseEvent) {
    if event.target() == event.current_target() {
        place_focus_near(&event, ids::EMAIL);
    }
}

/// Enter makes entries of the text; with Ctrl or ⌘ everything is sent. From an empty box the keyboard goes back to the last
/// entry.
fn on_key(view: &View) -> Callback<KeyboardEvent> {
    let on = view.on.clone();
    let back = if view.words.language.is_rtl { "ArrowRight" } else { "ArrowLeft" };
    let goes_back = view.model.text.is_empty() && !view.model.composer.entries.is_empty();
    Callback::from(move |event: KeyboardEvent| {
        // While a word is being composed, Enter ends that.
        let key = event.key();
        if key == "Enter" && !event.is_composing() && !event.shift_key() {
            event.prevent_default();
            on.emit(Msg::EnterPressed { sends: event.ctrl_key() || event.meta_key() });
        } else if goes_back && (key == "Backspace" || key == back) {
            event.prevent_default();
            on.emit(Msg::Composer(ComposerMsg::Walked(None, Step::Last)));
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

/// The line below the box. It is always there, so that nothing moves when it says something.
fn status(view: &View, status: Option<Html>, wrong: Option<String>, role: Option<String>) -> Html {
    let is_free = wrong.is_none() && role.is_none() && status.is_none();
    let hint = html! { <p class="hint" id={HINT}>{ line(view.words, Message::InviteHint) }</p> };
    html! {
        <div class="under">
            if let Some(text) = &wrong { { problem(Some(PROBLEM), text) } }
            if let Some(text) = &role { { problem(Some(ids::ROLE_PROBLEM), text) } }
            { classed(if is_free { "hint" } else { "visually-hidden" }, hint) }
            { status }
        </div>
    }
}
