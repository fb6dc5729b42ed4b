//! What is about to be sent: each address with what is known of it.

use crate::browser::{DateStyle, date};
use crate::components::button::{button, icon_button};
use crate::components::icon::{Icon, icon};
use crate::components::ids;
use crate::components::invitation_table::status_name;
use crate::components::text::{clip, line};
use crate::domain::batch::{Outcome, Stage};
use crate::domain::draft::{Entry, Verdict};
use crate::domain::{Roles, Timestamp, View};
use crate::hooks::{Editing, Tone};
use crate::i18n::{Message, Words, email_problem, error_sentence, problem_sentence};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Something that is done to an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Take it out.
    Remove(u32),
    /// Open it, to be edited; or go on with that.
    Edit(Editing),
    /// Take what was edited.
    Take,
    /// Leave it as it was.
    Leave,
    /// Another domain in its place.
    Use(u32, String),
    /// It is right as it is.
    Meant(u32),
    /// Its pending invitation is to be replaced, or not.
    Resend(u32, bool),
    /// Show another page of them.
    View(View),
    /// Show only those that want a look, or all.
    OnlyLooks(bool),
    /// Take all out.
    Clear,
    /// Send those once more that were not sent.
    Retry,
    /// Copy those that were not sent.
    Copy,
    /// Keep what became of all as a file.
    Download,
    /// Send no more.
    Stop,
}

/// What the entries are drawn from.
pub struct Entries<'a> {
    /// Those to be shown, each with what is known of it and how far it is on its way.
    pub shown: Vec<(&'a Entry, Option<&'a Verdict>, Option<Stage>)>,
    /// The one that is being edited.
    pub editing: Option<&'a Editing>,
    /// The roles to choose from.
    pub roles: Option<&'a Roles>,
    /// So many that they stand in rows.
    pub is_long: bool,
    /// Nothing can be changed now.
    pub is_busy: bool,
    /// More is still being found out about them.
    pub is_looking: bool,
    /// Something is done to an entry.
    pub on_deed: Callback<Deed>,
}

/// Draws a list of chips; of rows, when there are many.
pub fn entries(words: &Words, list: &Entries) -> Html {
    html! {
        <ul
            class={if list.is_long { "entries rows" } else { "entries" }}
            aria-busy={list.is_looking.to_string()}
            aria-label={words.say(Message::EntriesTitle)}
        >
            { for list.shown.iter().map(|(entry, verdict, stage)| {
                match list.editing.filter(|editing| editing.id == entry.id) {
                    Some(editing) => editor(words, list, entry, editing),
                    None => chip(words, list, entry, *verdict, stage.as_ref()),
                }
            }) }
        </ul>
    }
}

/// The id of the button that opens an entry, for the keyboard to come back to.
pub fn entry_id(id: u32) -> String {
    ["entry-", &id.to_string()].concat()
}

fn chip(
    words: &Words,
    list: &Entries,
    entry: &Entry,
    verdict: Option<&Verdict>,
    stage: Option<&Stage>,
) -> Html {
    let (tone, said) = state(words, entry, verdict, stage);
    let (class, shown) = match tone {
        _ if matches!(stage, Some(Stage::UnderWay)) => ("", None),
        Tone::Success => ("success", Some(Icon::Check)),
        Tone::Neutral => ("", Some(Icon::Mail)),
        Tone::Warning => ("warning", Some(Icon::Warning)),
        Tone::Danger => ("danger", Some(Icon::Alert)),
    };
    let deed = |deed: Deed| list.on_deed.reform(move |_: MouseEvent| deed.clone());
    let of = |message| words.fill(message, &[("email", &entry.text)]);
    let edit = Editing { id: entry.id, text: entry.text.clone(), role: entry.role.clone() };
    let small = |message, what| button("small", &words.say(message), deed(what));
    let offer = match verdict.filter(|_| !list.is_busy) {
        Some(Verdict::Mistyped(domain)) => html! {
            <>
                { button("small", &words.fill(Message::EntryUse, &[("domain", domain)]), deed(Deed::Use(entry.id, domain.clone()))) }
                { small(Message::EntryMeant, Deed::Meant(entry.id)) }
            </>
        },
        Some(Verdict::Pending(..)) if entry.is_resent => {
            small(Message::EntryLeave, Deed::Resend(entry.id, false))
        }
        Some(Verdict::Pending(..)) => small(Message::EntryResend, Deed::Resend(entry.id, true)),
        _ => Html::default(),
    };
    html! {
        <li class={classes!("entry", class)} key={entry.id}>
            if let Some(shown) = shown { { icon(shown) } } else { <span class="spinner" aria-hidden="true"></span> }
            <button
                class="entry-text"
                id={entry_id(entry.id)}
                type="button"
                title={entry.name.clone()}
                aria-label={of(Message::EntryEdit)}
                aria-disabled={list.is_busy.then_some("true")}
                onclick={if list.is_busy { Callback::noop() } else { deed(Deed::Edit(edit)) }}
            >
                { clip(&entry.text) }
            </button>
            if let Some(role) = &entry.role { <span class="badge clip">{ role_name(list.roles, role) }</span> }
            <span class="entry-state">{ said }</span>
            { offer }
            if !list.is_busy { { icon_button("small", Icon::Close, &of(Message::EntryRemove), true, deed(Deed::Remove(entry.id))) } }
        </li>
    }
}

fn role_name(roles: Option<&Roles>, wish: &str) -> String {
    let meant = roles.and_then(|roles| roles.meant(wish, crate::browser::lowercase));
    meant.map_or_else(|| wish.to_owned(), |role| role.name.clone())
}

fn editor(words: &Words, list: &Entries, entry: &Entry, editing: &Editing) -> Html {
    let emit = list.on_deed.clone();
    let onkeydown = {
        let emit = emit.clone();
        Callback::from(move |event: KeyboardEvent| match &*event.key() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                emit.emit(Deed::Take);
            }
            "Escape" => {
                // Nothing around it is to close as well.
                event.prevent_default();
                event.stop_propagation();
                emit.emit(Deed::Leave);
            }
            _ => {}
        })
    };
    let oninput = {
        let (emit, editing) = (emit.clone(), editing.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                emit.emit(Deed::Edit(Editing { text: input.value(), ..editing.clone() }));
            }
        })
    };
    let onchange = {
        let (emit, editing) = (emit.clone(), editing.clone());
        let keys: Vec<_> =
            list.roles.into_iter().flat_map(|roles| &roles.all).map(|role| role.key.0.clone()).collect();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                let at = usize::try_from(select.selected_index() - 1).ok();
                let role = at.and_then(|at| keys.get(at).cloned());
                emit.emit(Deed::Edit(Editing { role, ..editing.clone() }));
            }
        })
    };
    let of = |message| words.fill(message, &[("email", &entry.text)]);
    let wish = editing.role.as_deref();
    let chosen = list.roles.zip(wish).and_then(|(roles, wish)| roles.meant(wish, crate::browser::lowercase));
    html! {
        <li class="entry editor" key={entry.id}>
            <input
                class="input"
                id={ids::EDITOR}
                dir="ltr"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-label={of(Message::EntryEdit)}
                value={editing.text.clone()}
                {oninput}
                onkeydown={onkeydown.clone()}
            />
            if let Some(roles) = list.roles {
                <span class="select">
                    <select class="input" aria-label={of(Message::EntryRole)} {onchange} {onkeydown}>
                        <option selected={chosen.is_none()}>{ line(words, Message::EntryRoleForAll) }</option>
                        { for roles.all.iter().map(|role| html! {
                            <option selected={chosen == Some(role)}>{ &role.name }</option>
                        }) }
                    </select>
                    { icon(Icon::Caret) }
                </span>
            }
            { button("small", &words.say(Message::EntryDone), emit.reform(|_| Deed::Take)) }
        </li>
    }
}

/// What is said of an entry, and in which tone.
fn state(words: &Words, entry: &Entry, verdict: Option<&Verdict>, stage: Option<&Stage>) -> (Tone, String) {
    match stage {
        Some(Stage::Waiting) => return (Tone::Neutral, words.say(Message::StageWaiting)),
        Some(Stage::UnderWay) => return (Tone::Neutral, words.say(Message::StageSending)),
        Some(Stage::Done(outcome)) => return outcome_sentence(words, outcome, false),
        None => {}
    }
    if entry.is_unsettled {
        return (Tone::Neutral, words.say(Message::VerdictUnsettled));
    }
    if let Some((outcome, is_withdrawn)) = &entry.last {
        return outcome_sentence(words, outcome, *is_withdrawn);
    }
    let day = |created: &Option<Timestamp>| {
        let day = created.and_then(|created| date(&words.locale, created, DateStyle::Day));
        day.unwrap_or_else(|| words.say(Message::ListUnknownDate))
    };
    let Some(verdict) = verdict else { return (Tone::Neutral, String::new()) };
    match verdict {
        Verdict::New => (Tone::Neutral, words.say(Message::VerdictNew)),
        Verdict::Before(status, created) => {
            let status = status_name(words, status);
            let said = words.fill(Message::VerdictBefore, &[("date", &day(created)), ("status", &status)]);
            (Tone::Neutral, said)
        }
        Verdict::Pending(..) if entry.is_resent => (Tone::Neutral, words.say(Message::VerdictResent)),
        Verdict::Pending(_, created) => {
            (Tone::Warning, words.fill(Message::VerdictPending, &[("date", &day(created))]))
        }
        Verdict::Member(name) => (Tone::Warning, words.fill(Message::VerdictMember, &[("name", name)])),
        Verdict::Twice => (Tone::Warning, words.say(Message::VerdictTwice)),
        Verdict::Mistyped(_) => (Tone::Danger, words.say(Message::VerdictMistyped)),
        Verdict::UnknownRole(role) => {
            (Tone::Danger, words.fill(Message::VerdictUnknownRole, &[("role", role)]))
        }
        Verdict::NoSeat => (Tone::Danger, words.say(Message::VerdictNoSeat)),
        Verdict::NotAnAddress(problem) => (Tone::Danger, email_problem(words, *problem)),
    }
}

/// What became of an address, in words.
pub fn outcome_sentence(words: &Words, outcome: &Outcome, is_withdrawn: bool) -> (Tone, String) {
    let with = |message, error| [words.say(message), error_sentence(words, error)].join(" ");
    let (tone, said) = match outcome {
        Outcome::Sent(_) => return (Tone::Success, words.say(Message::OutcomeSent)),
        Outcome::Revoked => return (Tone::Success, words.say(Message::OutcomeRevoked)),
        Outcome::Unknown(_) if is_withdrawn => {
            return (Tone::Danger, words.say(Message::OutcomeWithdrawnUnknown));
        }
        // That it was not sent is said already.
        Outcome::Missing(error) if is_withdrawn => (Tone::Danger, error_sentence(words, error)),
        Outcome::Pending => (Tone::Success, words.say(Message::OutcomePending)),
        Outcome::Refused(problem) => (Tone::Danger, problem_sentence(words, problem)),
        Outcome::Missing(error) => (Tone::Danger, with(Message::OutcomeMissing, error)),
        Outcome::Unknown(_) => (Tone::Danger, words.say(Message::OutcomeUnknown)),
        Outcome::NotRevoked(error) => (Tone::Danger, with(Message::OutcomeNotRevoked, error)),
        Outcome::RevokeUnknown(_) => (Tone::Danger, words.say(Message::RevokeUnknown)),
        Outcome::NoLongerPending => (Tone::Neutral, words.say(Message::OutcomeEnded)),
        Outcome::Accepted => (Tone::Success, words.say(Message::OutcomeAccepted)),
        Outcome::Kept => (Tone::Neutral, words.say(Message::OutcomeKept)),
    };
    if is_withdrawn {
        return (Tone::Danger, [words.say(Message::OutcomeWithdrawn), said].join(" "));
    }
    (tone, said)
}
