//! Draws the entries: chips inside the box, or rows with what is said of each while only those are shown that need a fix.

use crate::browser::lowercase;
use crate::domain::Roles;
use crate::feedback::{Severity, ids};
use crate::i18n::Message;
use crate::invite::composer::entry_id;
use crate::invite::entry::Entry;
use crate::invite::model::Editing;
use crate::invite::update::{ComposerMsg, Msg, Step};
use crate::invite::view::View;
use crate::invite::view::known::{Known, change, edited, said_id};
use crate::invite::view::remedies::remedies;
use crate::invite::view::said::{role_name, state};
use crate::outbox::{Job, Stage};
use crate::ui::{Icon, button, clip, icon, line};
use std::collections::HashMap;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Draws those that are shown.
pub fn entries(view: &View) -> Html {
    let composer = &view.model.composer;
    let shown = composer.shown();
    let stop = shown.tab_stop(composer.current);
    let running = view.outbox.sending().into_iter().flat_map(|run| &run.jobs);
    let jobs: HashMap<_, _> = running.map(|job| (job.task.email.key(), job)).collect();
    let draw = |(at, entry): &(usize, &Entry)| {
        let job = entry.email.as_ref().ok().and_then(|email| jobs.get(email.key()).copied());
        let known = Known { entry, verdict: composer.verdicts.each.get(*at), job };
        match composer.editing.as_ref().filter(|editing| editing.id == entry.id) {
            Some(editing) => editor(view, entry, editing),
            None => chip(view, known, Some(entry.id) == stop),
        }
    };
    html! {
        <ul
            class={if composer.only_to_fix { "entries rows" } else { "entries" }}
            aria-busy={composer.is_looking_up().to_string()}
            aria-label={view.words.say(Message::EntriesTitle)}
        >
            { for shown.entries.iter().map(draw) }
        </ul>
    }
}

fn chip(view: &View, known: Known, is_tab_stop: bool) -> Html {
    let (words, entry) = (view.words, known.entry);
    let is_busy = view.outbox.sending().is_some();
    // A chip has no room for what is said of it: the line below the box says it.
    let is_fixing = view.model.composer.only_to_fix;
    let is_under_way = matches!(known.job, Some(Job { stage: Stage::UnderWay, .. }));
    let (severity, said) = state(view, known);
    let (class, shown) = match severity {
        _ if is_under_way => ("", None),
        Severity::Success => ("success", Some(Icon::Check)),
        Severity::Info => ("", Some(Icon::Mail)),
        Severity::Warning => ("warning", Some(Icon::Warning)),
        Severity::Danger => ("danger", Some(Icon::Alert)),
    };
    let id = entry_id(entry.id);
    let said_id = said_id(entry.id);
    let title = [entry.name.as_deref().unwrap_or(""), &said].into_iter().filter(|part| !part.is_empty());
    let title: Vec<_> = title.map(str::to_owned).collect();
    let of = |message| words.fill_plain(message, &[("email", &entry.text)]);
    let onclick = if is_busy { Callback::noop() } else { view.compose(edited(entry)) };
    let on_remove = view.compose(ComposerMsg::Removed(entry.id));
    html! {
        <li class={classes!("entry", class)} key={entry.id} title={words.sentences(&title)}>
            if let Some(shown) = shown { { icon(shown) } } else { <span class="spinner" aria-hidden="true"></span> }
            <button
                class="entry-text"
                {id}
                type="button"
                tabindex={if is_tab_stop { "0" } else { "-1" }}
                title={entry.name.clone()}
                aria-label={of(Message::EntryEdit)}
                aria-describedby={(!said.is_empty()).then(|| said_id.clone())}
                aria-disabled={is_busy.then_some("true")}
                {onclick}
                onfocus={view.compose(ComposerMsg::Reached(entry.id))}
                onkeydown={keys(view, entry, is_busy)}
            >
                { clip(&entry.text) }
            </button>
            if let Some(role) = &entry.role { <span class="badge clip">{ role_name(view.known_roles(), role) }</span> }
            <span class={if is_fixing { "entry-state" } else { "visually-hidden" }} id={said_id}>{ said }</span>
            if is_fixing && !is_busy {
                { remedies(view, known) }
                { change(view, entry) }
            }
            // It keeps its place while it is not there, or the chips would move.
            <div class={classes!("entry-remove", is_busy.then_some("gone"))}>
                // The keyboard has the Delete key for that: a stop more at each chip would be one too many.
                <button
                    class="button square small bare"
                    type="button"
                    tabindex="-1"
                    aria-label={of(Message::EntryRemove)}
                    onclick={on_remove}
                >
                    { icon(Icon::Close) }
                </button>
            </div>
        </li>
    }
}

/// The keys on a chip: all chips are one stop of the Tab key, and arrows go from one to the next.
fn keys(view: &View, entry: &Entry, is_busy: bool) -> Callback<KeyboardEvent> {
    let (on, id, edit) = (view.on.clone(), entry.id, edited(entry));
    let is_rtl = view.words.language.is_rtl;
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let walk = |step| ComposerMsg::Walked(Some(id), step);
        let msg = match &*event.key() {
            "ArrowLeft" if is_rtl => walk(Step::Next),
            "ArrowRight" if is_rtl => walk(Step::Previous),
            "ArrowLeft" | "ArrowUp" => walk(Step::Previous),
            "ArrowRight" | "ArrowDown" => walk(Step::Next),
            "Home" => walk(Step::First),
            "End" => walk(Step::Last),
            "Escape" => walk(Step::Box),
            _ if is_busy => return,
            "Backspace" => ComposerMsg::RemovedBackwards(id),
            "Delete" => ComposerMsg::Removed(id),
            "F2" => edit.clone(),
            _ => return,
        };
        event.prevent_default();
        on.emit(Msg::Composer(msg));
    })
}

fn editor(view: &View, entry: &Entry, editing: &Editing) -> Html {
    let words = view.words;
    let of = |message| words.fill_plain(message, &[("email", &entry.text)]);
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
