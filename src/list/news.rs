//! Tells the admin what has changed elsewhere while they were away. Fetched when something has.

use crate::domain::Invitation;
use crate::feedback::{Severity, Toast, ToastAction};
use crate::i18n::{Message, Plural, role_name, status_name};
use crate::list::messages::{Context, Effect};
use crate::list::model::{Model, RowChange, RowNote};

/// How many rows are named in a message about changes.
const NAMED: usize = 3;

/// Tells the admin once what has changed elsewhere; of rows that are gone, what became of them.
pub(super) fn look_for_gone(model: &mut Model, context: &Context) -> Vec<Effect> {
    let Some(changes) = model.changes.as_mut().filter(|changes| !changes.is_told) else { return vec![] };
    changes.is_told = true;
    let gone = changes.difference.gone.clone();
    if gone.is_empty() { tell_changes(model, &[], context) } else { vec![Effect::FindGone(gone)] }
}

/// Marks the rows that have changed elsewhere and tells the admin about them. `found` are those of the rows that are gone
/// from the page that were found elsewhere.
pub fn tell_changes(model: &mut Model, found: &[Invitation], context: &Context) -> Vec<Effect> {
    let Some(changes) = model.changes.clone() else { return vec![] };
    let Some(shown) = model.shown.clone().filter(|shown| context.is_current && shown.query == model.query)
    else {
        return vec![];
    };
    let words = context.words;
    let (mut named, mut count) = (vec![], 0u64);
    for id in &shown.ids {
        let now = found.iter().find(|now| now.id == *id);
        let is_changed = changes.difference.changed.contains(id);
        // Newer rows have pushed it to another page; it has not changed.
        if now.is_some_and(|now| model.query.filter.lists(&now.status)) {
            continue;
        }
        let was_told = matches!(model.notes.get(id), Some(RowNote::Changed(_)));
        if !is_changed && (was_told || now.is_none()) {
            continue;
        }
        now.cloned().into_iter().for_each(|now| model.rows.put(now));
        let Some(row) = model.rows.get(id) else { continue };
        // Where all rows have one status, only the role can have changed.
        let change = if now.is_none() && model.query.filter.statuses().len() == 1 {
            RowChange::Role(row.role.clone())
        } else {
            RowChange::Status(row.status.clone())
        };
        let said = match &change {
            RowChange::Role(_) => role_name(context.roles, row),
            RowChange::Status(status) => status_name(words, status),
        };
        count += 1;
        if named.len() < NAMED {
            named.push(words.fill(Message::NewsNamed, &[("email", &row.email), ("status", &said)]));
        }
        model.notes.insert(id.clone(), RowNote::Changed(change));
    }
    model.see_rows();
    let more = count - named.len() as u64;
    if more > 0 {
        named.push(words.count(Plural::AndMore, more));
    }
    if changes.difference.joined > 0 {
        named.push(words.count(Plural::NewsJoined, changes.difference.joined));
    }
    if named.is_empty() {
        return vec![];
    }
    let text = [words.say(Message::NewsTitle), words.list(&named)].join(" ");
    let action = Some(ToastAction::ShowList);
    vec![Effect::Toast(Some(Toast { severity: Severity::Info, text, action }))]
}
