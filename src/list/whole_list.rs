//! Reads the whole list and shows the rows that match. This code is fetched when the admin searches, sorts, or acts on all
//! rows that match.

use crate::domain::service::MAX_ROWS;
use crate::domain::{Counts, Error, Invitation, InvitationId, ListQuery, Status, StatusFilter};
use crate::feedback::{Focus, FocusWhen, Severity, Speech, Toast, ids};
use crate::i18n::{Message, error_sentence};
use crate::list::export;
use crate::list::full_list::{FullList, PageQuestion, Progress};
use crate::list::matches::{self, look_around};
use crate::list::messages::{Context, Effect, Input};
use crate::list::model::{AfterReading, Attention, Menu, Model, Refresh, RowOrder, Shown, WholeList};
use crate::list::news::look_for_gone;
use crate::list::recipients::to_send;
use crate::list::search;
use crate::list::vocabulary::with_vocabulary;

/// A longer list is not read anew each time the admin comes back: the counts tell whether it may have changed.
const LONG: u64 = 2_500;
/// The least time, in milliseconds, between two times that matching rows are shown while the list is read: to draw them
/// delays the reading.
const SHOW_INTERVAL: f64 = 200.0;

/// Something that the shown rows are derived from may have changed.
pub fn input_changed(model: &mut Model, input: Input, context: &Context) -> Vec<Effect> {
    let mut effects = vec![];
    match input {
        Input::Changes => return look_for_gone(model, context),
        Input::Counts => {
            let differs = model.actions.counts_then.take().is_some_and(|then| then != counts(model));
            if differs {
                effects.extend(read_anew(model));
            }
            return effects;
        }
        Input::Words => model.actions.order = None,
        // What stands outside the tab may have changed, too.
        Input::List | Input::Returned => model.actions.others = None,
        Input::Query => {}
    }
    drop_unwanted(model);
    if !model.wants_all() {
        // The rows that are known are kept for the next search; the reading of newer ones is given up.
        if let Some(whole) = &mut model.actions.full {
            whole.next = None;
        }
        effects.extend(look_around(model, context));
        return effects;
    }
    if model.query.filter == StatusFilter::Attention {
        effects.push(Effect::FindDismissed);
    }
    let is_long = model.actions.full.as_ref().is_some_and(|whole| whole.list.count().1 > LONG);
    match input {
        _ if model.actions.full.is_none() => effects.extend(read_anew(model)),
        Input::Returned if is_long => model.actions.counts_then = Some(counts(model)),
        Input::List | Input::Returned => effects.extend(read_anew(model)),
        Input::Query | Input::Words | Input::Counts | Input::Changes => {}
    }
    effects.extend(show_matching(model, context));
    effects.extend(look_around(model, context));
    effects
}

/// Forgets the list of another filter, and one that was not read to its end and is no longer needed.
fn drop_unwanted(model: &mut Model) {
    let is_other = model.actions.full.as_ref().is_some_and(|whole| whole.filter != model.query.filter);
    if is_other {
        // The admin wanted something done with all rows of the other filter, not of this one.
        model.actions.after = None;
    }
    if is_other || !model.wants_all() && !model.is_complete() {
        (model.actions.full, model.actions.order) = (None, None);
    }
}

fn counts(model: &Model) -> Option<Counts> {
    model.counts.known.value().map(|counts| (**counts).clone())
}

/// Begins to read the whole list. Rows that are known already are shown until all of it is read.
fn read_anew(model: &mut Model) -> Option<Effect> {
    let reading = begin_reading(model);
    let (filter, list) = (model.query.filter, FullList::new(MAX_ROWS));
    match &mut model.actions.full {
        // A list that was not read to its end is not kept.
        Some(whole) if *whole.list.progress() == Progress::Complete => {
            (whole.next, whole.reading) = (Some(list), reading);
        }
        full => *full = Some(WholeList { filter, list, next: None, reading }),
    }
    model.actions.order = None;
    ask(model)
}

/// Numbers another reading, so that answers to earlier ones are dropped.
fn begin_reading(model: &mut Model) -> u32 {
    model.actions.readings = model.actions.readings.wrapping_add(1);
    model.actions.readings
}

/// Asks for the page that is due, unless it is on its way.
fn ask(model: &Model) -> Option<Effect> {
    let whole = model.actions.full.as_ref()?;
    let question = whole.next.as_ref().unwrap_or(&whole.list).to_ask()?;
    Some(Effect::ReadPage(whole.reading, whole.filter.statuses(), question))
}

/// Clerk has answered with a page of so many rows, which are read next, of `total` in all. The page behind it is asked for
/// meanwhile.
pub fn page_arrived(
    model: &mut Model,
    reading: u32,
    question: PageQuestion,
    (rows, total): (u64, u64),
) -> Option<Effect> {
    let Some(whole) = model.actions.full.as_mut().filter(|whole| whole.reading == reading) else {
        return matches::page_arrived(model, reading, question, (rows, total));
    };
    let list = whole.next.as_mut().unwrap_or(&mut whole.list);
    let question = list.announce(question, rows, total)?;
    Some(Effect::ReadPage(reading, whole.filter.statuses(), question))
}

/// A page of the whole list was read.
pub fn page_read(
    model: &mut Model,
    reading: u32,
    question: PageQuestion,
    answer: Result<(Vec<Invitation>, u64), Error>,
    context: &Context,
) -> Vec<Effect> {
    if let Some(effects) = matches::page_read(model, reading, question, &answer, context) {
        return effects;
    }
    let rows = &mut model.rows;
    let Some(whole) = model.actions.full.as_mut().filter(|whole| whole.reading == reading) else {
        return vec![];
    };
    let list = whole.next.as_mut().unwrap_or(&mut whole.list);
    let was_due = list.next() == Some(question);
    match answer {
        Ok((page, total)) => list.take(question, page, total, rows),
        Err(error) => {
            list.fail(question, error);
            if !was_due {
                // The admin has stopped the reading, or it goes on without this answer.
                return vec![];
            }
        }
    }
    let is_read = *list.progress() == Progress::Complete;
    let is_over = list.next().is_none();
    if whole.next.is_none() {
        model.actions.order = None;
    }
    let mut effects = vec![];
    // Otherwise the page that is due is on its way.
    effects.extend(was_due.then(|| ask(model)).flatten());
    effects.extend(end_reading_anew(model, context));
    let is_seen = model.query.needs_all() || model.actions.after.is_some();
    if is_over || is_seen && context.now - model.actions.shown_at > SHOW_INTERVAL {
        model.actions.shown_at = context.now;
        effects.extend(show_matching(model, context));
        effects.push(Effect::Draw);
    }
    if is_over {
        effects.extend(look_around(model, context));
        let is_reloaded = std::mem::take(&mut model.is_reloading) && is_read;
        effects.extend(is_reloaded.then(|| reloaded(context)));
    }
    effects.extend(finish(model, context));
    effects
}

/// Has it read out that the list, which the admin asked for once more, is there.
pub(super) fn reloaded(context: &Context) -> Effect {
    Effect::Say(Speech::State(context.words.say(Message::ListRefreshed)))
}

/// When the list was read anew to its end, it replaces the known one; when the reading failed, the known one stays.
fn end_reading_anew(model: &mut Model, context: &Context) -> Option<Effect> {
    let whole = model.actions.full.as_mut()?;
    match whole.next.as_ref()?.progress() {
        Progress::Complete => {
            whole.list = whole.next.take()?;
            model.actions.order = None;
            None
        }
        Progress::Failed(error) => {
            let words = context.words;
            let text = [words.say(Message::ListStale), error_sentence(words, error)].join(" ");
            whole.next = None;
            model.actions.after = None;
            Some(Effect::Toast(Some(Toast::new(Severity::Danger, text))))
        }
        Progress::Reading | Progress::Stopped => None,
    }
}

/// Stops or resumes the reading.
pub fn toggle(model: &mut Model, context: &Context) -> Vec<Effect> {
    let reading = begin_reading(model);
    // Whoever stops it does not wait for it any more.
    model.is_reloading = false;
    let Some(whole) = &mut model.actions.full else { return vec![] };
    whole.reading = reading;
    if whole.next.take().is_some() {
        // The known rows stay.
        model.actions.after = None;
        return vec![];
    }
    if *whole.list.progress() == Progress::Reading {
        whole.list.stop();
        model.actions.after = None;
        return show_matching(model, context);
    }
    resume(model)
}

/// Resumes a reading that was stopped or has failed.
fn resume(model: &mut Model) -> Vec<Effect> {
    let reading = begin_reading(model);
    let Some(whole) = &mut model.actions.full else { return vec![] };
    whole.reading = reading;
    whole.list.resume();
    ask(model).into_iter().collect()
}

/// Does something with all that match: at once when they are known, otherwise as soon as they are.
pub fn with_all(model: &mut Model, after: AfterReading, context: &Context) -> Vec<Effect> {
    model.actions.after = Some(after);
    drop_unwanted(model);
    model.actions.after = Some(after);
    let progress = model.actions.full.as_ref().map(|whole| whole.list.progress());
    match progress {
        None => read_anew(model).into_iter().collect(),
        Some(Progress::Stopped | Progress::Failed(_)) => resume(model),
        Some(_) => finish(model, context),
    }
}

/// Does what the admin wants done with all rows, once all are read.
fn finish(model: &mut Model, context: &Context) -> Vec<Effect> {
    let is_over = model.actions.full.as_ref().is_some_and(|whole| {
        whole.filter == model.query.filter
            && whole.next.is_none()
            && *whole.list.progress() == Progress::Complete
    });
    let Some(after) = model.actions.after.take_if(|_| is_over) else { return vec![] };
    let (ids, _) = matching(model, 0, usize::MAX, context).unwrap_or_default();
    match after {
        AfterReading::Copy => vec![Effect::CopyPromised(export::addresses(&model.rows.of(&ids)))],
        AfterReading::Export => {
            let table = export::csv(&model.rows.of(&ids), context.roles, context.today, context.iso);
            vec![Effect::Download(table)]
        }
        AfterReading::Select => {
            model.selected.extend(ids);
            // The button has gone with the last row that was not selected.
            let rows = model.rows.of(&model.selected);
            let to =
                if to_send(&rows).is_empty() { Menu::Selection.opener() } else { ids::SELECTION_SEND.into() };
            let when = FocusWhen::On(vec![ids::SELECT_ALL.into(), Menu::Selection.opener()]);
            vec![Effect::Focus(Focus { to, when, scrolls: false })]
        }
    }
}

/// Of everything that matches, as far as it was read, up to `most` rows in their order, without those that stand `before`
/// them; and how many match in all.
fn matching(
    model: &mut Model,
    before: usize,
    most: usize,
    context: &Context,
) -> Option<(Vec<InvitationId>, u64)> {
    let kept = model.actions.order.take();
    let (known, ListQuery { filter, sort, search, joined, .. }) = (&model.rows, &model.query);
    let whole = model.actions.full.as_ref().filter(|whole| whole.filter == *filter)?;
    let rows = |places: &[u32]| places.iter().filter_map(|place| known.at(*place)).collect::<Vec<_>>();
    let (order, ids, total) = with_vocabulary(model, context, |vocabulary| {
        // Typing is faster than sorting thousands of rows: where nothing but the words has changed, the order still holds.
        let order = match kept {
            Some(order) if order.sort == *sort => order,
            stale => {
                let find = || whole.list.ids().iter().filter_map(|id| known.place(id)).collect();
                let read: Vec<_> = stale.map_or_else(find, |order| order.read);
                let sorted = search::order(&rows(&read), *filter, *sort, vocabulary);
                let sorted = sorted.into_iter().filter_map(|at| read.get(at as usize).copied()).collect();
                RowOrder { read, sort: *sort, sorted }
            }
        };
        let rows = rows(&order.sorted);
        let all: Vec<_> = (0..).zip(&rows).map(|(at, _)| at).collect();
        let mut found = search::matching(&rows, &all, search, vocabulary);
        if let Some(joined) = joined {
            let is_since = |row: &&Invitation| row.has_changed_within(joined.days(), context.today);
            found.retain(|at| rows.get(*at as usize).is_some_and(is_since));
        }
        let wanted = found.iter().skip(before).take(most);
        let ids: Vec<_> = wanted.filter_map(|at| Some(rows.get(*at as usize)?.id.clone())).collect();
        (order, ids, found.len() as u64)
    });
    model.actions.order = Some(order);
    Some((ids, total))
}

/// Sums up what needs attention, of that which matches.
pub fn sum_up(model: &mut Model, context: &Context) {
    if model.query.filter != StatusFilter::Attention {
        model.actions.attention = None;
        return;
    }
    // Those that were dismissed are counted, too.
    let shows = std::mem::replace(&mut model.actions.shows_dismissed, true);
    model.actions.order = None;
    let found = matching(model, 0, usize::MAX, context);
    (model.actions.order, model.actions.shows_dismissed) = (None, shows);
    model.actions.attention = found.map(|(ids, _)| {
        let mut attention = Attention::default();
        for row in model.rows.of(&ids) {
            match row.status_at(context.today) {
                _ if model.actions.dismissed.has(&row.id) => attention.dismissed += 1,
                Status::Expired => attention.expired.push(row.id.clone()),
                _ => attention.soon += 1,
            }
        }
        attention
    });
}

/// Shows the page that is wanted of what matches.
fn show_matching(model: &mut Model, context: &Context) -> Vec<Effect> {
    if !model.query.needs_all() {
        return vec![];
    }
    let (page, rows) = (model.query.page.page, model.query.page.size.rows() as usize);
    sum_up(model, context);
    let before = (page.number() as usize).saturating_sub(1).saturating_mul(rows);
    let Some((ids, found)) = matching(model, before, rows, context) else { return vec![] };
    let progress = model.actions.full.as_ref().map(|whole| whole.list.progress().clone());
    // The rows that were shown before stay until a match is found or all is read.
    if ids.is_empty() && progress == Some(Progress::Reading) {
        return vec![];
    }
    let is_partial = progress != Some(Progress::Complete);
    let query = model.query.clone();
    model.show(Shown::new(query.clone(), ids, found, is_partial), context);
    let is_reading_anew = model.actions.full.as_ref().is_some_and(|whole| whole.next.is_some());
    if !is_partial && !is_reading_anew {
        model.refresh = Refresh::Replace;
    }
    let mut effects: Vec<_> = model.correct_page(query).into_iter().collect();
    if model.changes.as_ref().is_some_and(|changes| !changes.is_told) {
        effects.extend(look_for_gone(model, context));
    }
    effects
}

/// Shows the matching rows again after a run has changed or added rows.
pub fn show_again(model: &mut Model, context: &Context) -> Vec<Effect> {
    if model.actions.full.is_none() {
        return vec![];
    }
    let mut effects = show_matching(model, context);
    effects.extend(look_around(model, context));
    effects
}

#[cfg(test)]
mod tests;
