//! Draws the entries: each address with what is known of it.

use crate::browser::{DateStyle, date, lowercase};
use crate::domain::{RoleKey, Roles, Timestamp};
use crate::feedback::{Severity, ids};
use crate::i18n::{Message, email_problem, status_name};
use crate::invite::composer::entry_id;
use crate::invite::entry::{Entry, EntryState};
use crate::invite::model::Editing;
use crate::invite::update::{ComposerMsg, Msg};
use crate::invite::verdict::Verdict;
use crate::invite::view::View;
use crate::invite::view::doubt::{doubt_offers, doubt_sentence};
use crate::outbox::Job;
use crate::outbox::Stage;
use crate::outbox::wording::result_sentence;
use crate::ui::{Icon, button, clip, icon, icon_button, line};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The entries that are drawn.
pub struct Drawn<'a> {
    /// Each with what is known of it, and its job where a run is at work on it.
    pub entries: Vec<(&'a Entry, Option<&'a Verdict>, Option<&'a Job>)>,
    /// Whether there are so many that they stand in rows.
    pub is_long: bool,
}

/// Draws a list of chips; of rows, when there are many.
pub fn entries(view: &View, drawn: &Drawn) -> Html {
    let composer = &view.model.composer;
    html! {
        <ul
            class={if drawn.is_long { "entries rows" } else { "entries" }}
            aria-busy={composer.is_looking_up().to_string()}
            aria-label={view.words.say(Message::EntriesTitle)}
        >
            { for drawn.entries.iter().map(|(entry, verdict, job)| {
                match composer.editing.as_ref().filter(|editing| editing.id == entry.id) {
                    Some(editing) => editor(view, entry, editing),
                    None => chip(view, entry, *verdict, *job),
                }
            }) }
        </ul>
    }
}

fn chip(view: &View, entry: &Entry, verdict: Option<&Verdict>, job: Option<&Job>) -> Html {
    let words = view.words;
    let is_busy = view.outbox.sending().is_some();
    let is_under_way = matches!(job, Some(Job { stage: Stage::UnderWay, .. }));
    let (severity, said) = state(view, entry, verdict, job);
    let (class, shown) = match severity {
        _ if is_under_way => ("", None),
        Severity::Success => ("success", Some(Icon::Check)),
        Severity::Info => ("", Some(Icon::Mail)),
        Severity::Warning => ("warning", Some(Icon::Warning)),
        Severity::Danger => ("danger", Some(Icon::Alert)),
    };
    let of = |message| words.fill(message, &[("email", &entry.text)]);
    let edit = Editing { id: entry.id, text: entry.text.clone(), role: entry.role.clone() };
    let onclick = if is_busy { Callback::noop() } else { view.compose(ComposerMsg::Edited(edit)) };
    let on_remove = view.compose(ComposerMsg::Removed(entry.id));
    html! {
        <li class={classes!("entry", class)} key={entry.id}>
            if let Some(shown) = shown { { icon(shown) } } else { <span class="spinner" aria-hidden="true"></span> }
            <button
                class="entry-text"
                id={entry_id(entry.id)}
                type="button"
                title={entry.name.clone()}
                aria-label={of(Message::EntryEdit)}
                aria-disabled={is_busy.then_some("true")}
                {onclick}
            >
                { clip(&entry.text) }
            </button>
            if let Some(role) = &entry.role { <span class="badge clip">{ role_name(view.known_roles(), role) }</span> }
            <span class="entry-state">{ said }</span>
            if !is_busy {
                { offers(view, entry, verdict) }
                { icon_button("small", Icon::Close, &of(Message::EntryRemove), true, on_remove) }
            }
        </li>
    }
}

/// What the admin can do about a verdict.
fn offers(view: &View, entry: &Entry, verdict: Option<&Verdict>) -> Html {
    let words = view.words;
    let small = |label: String, msg: ComposerMsg| button("small", &label, view.compose(msg));
    match verdict {
        Some(Verdict::Mistyped(domain)) => html! {
            <>
                { small(
                    words.fill(Message::EntryUse, &[("domain", domain)]),
                    ComposerMsg::DomainUsed(entry.id, domain.clone()),
                ) }
                { small(words.say(Message::EntryMeant), ComposerMsg::TextConfirmed(entry.id)) }
            </>
        },
        Some(Verdict::Doubtful(doubt)) => doubt_offers(view, entry, doubt),
        Some(Verdict::SeveralRoles(roles)) => {
            let name = |role: &RoleKey| role_name(view.known_roles(), &role.0);
            let label = |role| words.fill(Message::EntryAs, &[("role", &name(role))]);
            roles
                .iter()
                .map(|role| small(label(role), ComposerMsg::RoleSettled(entry.id, role.clone())))
                .collect()
        }
        Some(Verdict::Pending(..)) => match entry.state {
            EntryState::Resend => {
                small(words.say(Message::EntryLeave), ComposerMsg::ResendChosen(entry.id, false))
            }
            EntryState::Unsettled(_) => Html::default(),
            _ => small(words.say(Message::EntryResend), ComposerMsg::ResendChosen(entry.id, true)),
        },
        _ => Html::default(),
    }
}

fn role_name(roles: Option<&Roles>, text: &str) -> String {
    let meant = roles.and_then(|roles| roles.meant(text, lowercase));
    meant.map_or_else(|| text.to_owned(), |role| role.name.clone())
}

fn editor(view: &View, entry: &Entry, editing: &Editing) -> Html {
    let words = view.words;
    let of = |message| words.fill(message, &[("email", &entry.text)]);
    let onkeydown = editor_keys(view);
    let oninput = {
        let (on, editing) = (view.on.clone(), editing.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let editing = Editing { text: input.value(), ..editing.clone() };
                on.emit(Msg::Composer(ComposerMsg::Edited(editing)));
            }
        })
    };
    let on_done = view.compose(ComposerMsg::EditTaken);
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
            if let Some(roles) = view.known_roles() {
                { editor_roles(view, roles, editing, of(Message::EntryRole), onkeydown) }
            }
            { button("small", &words.say(Message::EntryDone), on_done) }
        </li>
    }
}

/// Enter takes what was edited, Escape leaves the entry as it was.
fn editor_keys(view: &View) -> Callback<KeyboardEvent> {
    let on = view.on.clone();
    Callback::from(move |event: KeyboardEvent| match &*event.key() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            on.emit(Msg::Composer(ComposerMsg::EditTaken));
        }
        "Escape" => {
            // Nothing around it is to close as well.
            event.prevent_default();
            event.stop_propagation();
            on.emit(Msg::Composer(ComposerMsg::EditLeft));
        }
        _ => {}
    })
}

fn editor_roles(
    view: &View,
    roles: &Roles,
    editing: &Editing,
    label: String,
    onkeydown: Callback<KeyboardEvent>,
) -> Html {
    let chosen = editing.role.as_deref().and_then(|role| roles.meant(role, lowercase));
    let onchange = {
        let (on, editing) = (view.on.clone(), editing.clone());
        let keys: Vec<_> = roles.all.iter().map(|role| role.key.0.clone()).collect();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                let at = usize::try_from(select.selected_index().saturating_sub(1)).ok();
                let role = at.and_then(|at| keys.get(at).cloned());
                on.emit(Msg::Composer(ComposerMsg::Edited(Editing { role, ..editing.clone() })));
            }
        })
    };
    html! {
        <span class="select">
            <select class="input" aria-label={label} {onchange} {onkeydown}>
                <option selected={chosen.is_none()}>{ line(view.words, Message::EntryRoleForAll) }</option>
                { for roles.all.iter().map(|role| html! {
                    <option selected={chosen == Some(role)}>{ &role.name }</option>
                }) }
            </select>
            { icon(Icon::Caret) }
        </span>
    }
}

/// What is said of an entry, and how serious it is.
fn state(view: &View, entry: &Entry, verdict: Option<&Verdict>, job: Option<&Job>) -> (Severity, String) {
    let words = view.words;
    match job {
        Some(Job { stage: Stage::Waiting, .. }) => return (Severity::Info, words.say(Message::StageWaiting)),
        Some(Job { stage: Stage::UnderWay, .. }) => {
            return (Severity::Info, words.say(Message::StageSending));
        }
        Some(job) => {
            if let Some(result) = job.result() {
                return result_sentence(words, &result);
            }
        }
        None => {}
    }
    match &entry.state {
        EntryState::Unsettled(_) => return (Severity::Info, words.say(Message::VerdictUnsettled)),
        EntryState::NotSent(result) => return result_sentence(words, result),
        EntryState::Draft | EntryState::Resend => {}
    }
    let Some(verdict) = verdict else { return (Severity::Info, String::new()) };
    verdict_sentence(view, entry, verdict)
}

fn verdict_sentence(view: &View, entry: &Entry, verdict: &Verdict) -> (Severity, String) {
    let words = view.words;
    let day = |created: &Option<Timestamp>| {
        created.and_then(|created| date(&words.locale, created, DateStyle::Day))
    };
    match verdict {
        Verdict::New => (Severity::Info, words.say(Message::VerdictNew)),
        Verdict::Before(status, created) => {
            let status = status_name(words, status);
            (
                Severity::Info,
                match day(created) {
                    Some(day) => words.fill(Message::VerdictBefore, &[("date", &day), ("status", &status)]),
                    None => words.fill(Message::VerdictBeforeUndated, &[("status", &status)]),
                },
            )
        }
        Verdict::Pending(..) if entry.state == EntryState::Resend => {
            (Severity::Info, words.say(Message::VerdictResent))
        }
        Verdict::Pending(_, created) => (
            Severity::Warning,
            match day(created) {
                Some(day) => words.fill(Message::VerdictPending, &[("date", &day)]),
                None => words.say(Message::VerdictPendingUndated),
            },
        ),
        Verdict::Member(name) if name.trim().is_empty() => {
            (Severity::Warning, words.say(Message::VerdictMemberUnnamed))
        }
        Verdict::Member(name) => (Severity::Warning, words.fill(Message::VerdictMember, &[("name", name)])),
        Verdict::Yourself => (Severity::Warning, words.say(Message::VerdictYourself)),
        Verdict::Twice => (Severity::Warning, words.say(Message::VerdictTwice)),
        Verdict::SameMailbox(same) => {
            let said =
                if same.is_member { Message::VerdictLikelyMember } else { Message::VerdictLikelyPending };
            (Severity::Warning, words.fill(said, &[("email", &same.address)]))
        }
        Verdict::Doubtful(doubt) => (Severity::Danger, doubt_sentence(words, doubt)),
        Verdict::SeveralRoles(roles) => {
            let names: Vec<_> = roles.iter().map(|role| role_name(view.known_roles(), &role.0)).collect();
            (Severity::Danger, words.fill(Message::VerdictRoles, &[("roles", &words.list(&names))]))
        }
        Verdict::Mistyped(_) => (Severity::Danger, words.say(Message::VerdictMistyped)),
        Verdict::UnknownRole(role) => {
            (Severity::Danger, words.fill(Message::VerdictUnknownRole, &[("role", role)]))
        }
        Verdict::NoSeat => (Severity::Danger, words.say(Message::VerdictNoSeat)),
        Verdict::NotAnAddress(problem) => (Severity::Danger, email_problem(words, *problem)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Known, Member, Status};
    use crate::invite::testing::Form;

    /// What is said of each entry.
    fn said(form: &Form) -> Vec<String> {
        let view = View {
            words: &form.words,
            model: &form.model,
            outbox: &form.outbox,
            is_online: true,
            roles: &Known::Nothing,
            seats: None,
            now: 0.0,
            dialog: NodeRef::default(),
            on: Callback::noop(),
            on_transferred: Callback::noop(),
            is_dragged_over: false,
            on_focus: Callback::noop(),
            on_retry_roles: Callback::noop(),
        };
        let composer = &form.model.composer;
        let entries = composer.entries.all().iter().zip(&composer.verdicts.each);
        entries.map(|(entry, verdict)| state(&view, entry, Some(verdict), None).1).collect()
    }

    #[test]
    fn a_member_without_a_name_and_an_invitation_without_a_date_have_sentences_of_their_own() {
        let mut form = Form::new();
        form.clerk.members.borrow_mut().push(Member { email_key: "a@x.de".to_owned(), name: " ".to_owned() });
        form.clerk.invited("i1", "b@x.de", Status::Pending);
        form.clerk.invited("i2", "c@x.de", Status::Revoked);
        form.paste("a@x.de, b@x.de, c@x.de");
        let before = "Invited before: \u{2068}revoked\u{2069}";
        assert_eq!(said(&form), ["Already a member", "Pending", before]);
    }
}
