//! Draws how each table was understood, and lets the admin have it understood otherwise.

use crate::addresses::{Meaning, TableColumn};
use crate::feedback::Severity;
use crate::i18n::{Message, Plural, Words};
use crate::invite::composer::{change_id, column_id};
use crate::invite::import::{Changing, Import, ImportMsg};
use crate::invite::update::{ComposerMsg, Msg};
use crate::invite::view::View;
use crate::ui::{Icon, button, icon, icon_button, notice};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What a column can be said to mean, with its name.
const MEANINGS: [(Meaning, Message); 6] = [
    (Meaning::Address, Message::MeaningAddress),
    (Meaning::SecondAddress, Message::MeaningSecond),
    (Meaning::Name, Message::MeaningName),
    (Meaning::Role, Message::InviteRole),
    (Meaning::Status, Message::ListStatus),
    (Meaning::Ignored, Message::MeaningIgnored),
];

/// How many of the rows that are not people are shown.
const NOTES: usize = 5;

/// Draws a line for each table. The list is always there: a live region that arrives together with its text is not read
/// out.
pub fn imports(view: &View) -> Html {
    let imports = &view.model.composer.imports;
    html! {
        <ul class="imports" aria-live="polite">
            { for imports.tables().iter().map(|import| {
                let changing = imports.changing.as_ref().filter(|changing| changing.import == import.id);
                line(view, import, changing)
            }) }
        </ul>
    }
}

fn line(view: &View, import: &Import, changing: Option<&Changing>) -> Html {
    let words = view.words;
    let source = import.file.clone().unwrap_or_else(|| words.say(Message::ImportPasted));
    let on = |msg| view.compose(ComposerMsg::Import(import.id, msg));
    let left_out = import.summary.left_out.len() as u64;
    let offers_left_out = left_out > 0 && !import.has_taken_left_out;
    let of = |message| words.fill(message, &[("source", &source)]);
    let actions = html! {
        <div class="actions">
            if offers_left_out {
                { button("small", &words.count(Plural::TakeInLeftOut, left_out), on(ImportMsg::LeftOutTaken)) }
            }
            // Contacts have no columns.
            if !import.summary.columns.is_empty() {
                <button
                    class="button small"
                    id={change_id(import.id)}
                    type="button"
                    aria-expanded={changing.is_some().to_string()}
                    aria-label={of(Message::ImportChangeOf)}
                    onclick={on(ImportMsg::ChangePressed)}
                >
                    { words.say(Message::ImportChange) }
                </button>
            }
            { icon_button("small", Icon::Close, &of(Message::ImportDismiss), true, on(ImportMsg::Dismissed)) }
        </div>
    };
    html! {
        <li key={import.id.0}>
            { notice(Severity::Info, false, &understood(words, import, &source), None, actions) }
            { for changing.map(|changing| columns(view, import, changing, of(Message::ImportColumns))) }
        </li>
    }
}

/// How a table was understood, in a sentence or two: what was read, and what was not.
fn understood(words: &Words, import: &Import, source: &str) -> String {
    let summary = &import.summary;
    let of = |meaning: Meaning| -> Vec<_> {
        summary.columns.iter().filter(|column| column.meaning == meaning).collect()
    };
    let from = |message, columns: Vec<&TableColumn>| {
        let columns = column_names(words, &columns)?;
        Some(words.fill(message, &[("columns", &columns)]))
    };
    let people = words.count(Plural::CountPeople, summary.people);
    let people = match column_names(words, &of(Meaning::Address)) {
        Some(columns) => words.fill(Message::ImportFrom, &[("people", &people), ("columns", &columns)]),
        None => people,
    };
    let names = from(Message::ImportNames, of(Meaning::Name));
    let roles = from(Message::ImportRoles, of(Meaning::Role));
    let read: Vec<_> = [Some(people), names, roles].into_iter().flatten().collect();
    let ignored = (of(Meaning::Ignored).len() as u64).saturating_add(of(Meaning::Secret).len() as u64);
    let left_out = if import.has_taken_left_out { 0 } else { summary.left_out.len() as u64 };
    let counts = [
        (Plural::PeopleLeftOut, left_out),
        (Plural::WithoutAddress, summary.without_address),
        (Plural::ColumnsIgnored, ignored),
        (Plural::RowsIgnored, summary.notes.len() as u64),
    ];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<_> = counts.map(|(plural, count)| words.count(plural, count)).collect();
    let line = words.fill(Message::ImportLine, &[("source", source), ("read", &words.list(&read))]);
    let rest = (!counts.is_empty()).then(|| words.list(&counts));
    words.sentences(&[Some(line), rest].into_iter().flatten().collect::<Vec<_>>())
}

/// The heading of the only column, or how many there are.
fn column_names(words: &Words, columns: &[&TableColumn]) -> Option<String> {
    match columns {
        [] => None,
        [only] if !only.heading.trim().is_empty() => {
            Some(words.fill(Message::ImportHeading, &[("heading", &only.heading)]))
        }
        columns => Some(words.count(Plural::CountColumns, columns.len() as u64)),
    }
}

/// A field for each column, in which the admin chooses what it means.
fn columns(view: &View, import: &Import, changing: &Changing, label: String) -> Html {
    let words = view.words;
    let on = |msg| view.compose(ComposerMsg::Import(import.id, msg));
    let onkeydown = {
        let (on, id) = (view.on.clone(), import.id);
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                on.emit(Msg::Composer(ComposerMsg::Import(id, ImportMsg::Cancelled)));
            }
        })
    };
    let chosen = import.summary.columns.iter().zip(&changing.meanings).enumerate();
    html! {
        <div class="columns" role="group" aria-label={label} aria-live="off" {onkeydown}>
            { for chosen.map(|(at, (column, meaning))| field(view, import, at, column, *meaning)) }
            { notes(words, &import.summary.notes) }
            <div class="actions">
                { button("small primary", &words.say(Message::ImportApply), on(ImportMsg::Applied)) }
                { button("small", &words.say(Message::ImportCancel), on(ImportMsg::Cancelled)) }
            </div>
        </div>
    }
}

/// The rows that are not people. An address in a title is shown only here.
fn notes(words: &Words, notes: &[String]) -> Html {
    if notes.is_empty() {
        return Html::default();
    }
    let more = (notes.len() as u64).saturating_sub(NOTES as u64);
    html! {
        <div class="notes">
            <p class="label">{ words.say(Message::ImportNotes) }</p>
            <ul>
                { for notes.iter().take(NOTES).map(|note| html! { <li class="clip" title={note.clone()}>{ note }</li> }) }
                if more > 0 {
                    <li>{ words.count(Plural::AndMore, more) }</li>
                }
            </ul>
        </div>
    }
}

fn field(view: &View, import: &Import, at: usize, column: &TableColumn, meaning: Meaning) -> Html {
    let words = view.words;
    let id = column_id(at);
    let hint = [&*id, "-sample"].concat();
    let name = match column.heading.trim() {
        "" => {
            let number = words.number((at as u64).saturating_add(1));
            words.fill(Message::ImportColumn, &[("number", &number)])
        }
        heading => heading.to_owned(),
    };
    if meaning == Meaning::Secret {
        return html! {
            <div class="field">
                <span class="label clip">{ name }</span>
                <p class="hint">{ words.say(Message::ImportSecret) }</p>
            </div>
        };
    }
    let has_sample = !column.sample.trim().is_empty();
    let onchange = {
        let (on, import) = (view.on.clone(), import.id);
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let place = select.and_then(|select| usize::try_from(select.selected_index()).ok());
            if let Some((meaning, _)) = place.and_then(|place| MEANINGS.get(place)) {
                let msg = ImportMsg::MeaningChosen(at, *meaning);
                on.emit(Msg::Composer(ComposerMsg::Import(import, msg)));
            }
        })
    };
    html! {
        <div class="field">
            <label class="clip" for={id.clone()} title={name.clone()}>{ name }</label>
            <span class="select">
                <select class="input" {id} aria-describedby={has_sample.then(|| hint.clone())} {onchange}>
                    { for MEANINGS.iter().map(|(other, said)| html! {
                        <option selected={*other == meaning}>{ words.say(*said) }</option>
                    }) }
                </select>
                { icon(Icon::Caret) }
            </span>
            if has_sample {
                <p class="hint clip" id={hint}>{ words.fill(Message::ImportSample, &[("sample", &column.sample)]) }</p>
            }
        </div>
    }
}
