//! What a search finds outside the tab that is shown: how many invitations of each kind, and members. This code is fetched when
//! the admin searches.

use crate::domain::invitation::newest_of_each;
use crate::domain::service::{FoundMember, MAX_ROWS};
use crate::domain::{Counts, Error, Invitation, InvitationId, Status, StatusFilter};
use crate::list::full_list::{FullList, PageQuestion, Progress};
use crate::list::messages::{Context, Effect};
use crate::list::model::{FoundMembers, Model, Others};
use crate::list::search;
use crate::list::vocabulary::with_vocabulary;
use rustc_hash::FxHashSet;

/// The least letters that members are searched for by.
const LEAST: usize = 2;

/// Counts what matches, and asks for what is not known for that. The invitations of the tab are read first.
pub fn look_around(model: &mut Model, context: &Context) -> Vec<Effect> {
    let mut effects: Vec<_> = ask_members(model).into_iter().collect();
    if !model.is_searching() {
        (model.matches, model.actions.others) = (None, None);
        return effects;
    }
    if model.is_complete() && !knows_all(model) {
        effects.extend(read_others(model));
    }
    model.matches = (model.is_complete() && knows_all(model)).then(|| count(model, context));
    effects
}

/// Whether the invitations outside the tab are known, too. What was read for another tab does not count.
fn knows_all(model: &Model) -> bool {
    let is_known = |others: &Others| {
        others.filter == model.query.filter && *others.list.progress() == Progress::Complete
    };
    model.query.filter.statuses().is_empty() || model.actions.others.as_ref().is_some_and(is_known)
}

/// Begins to read the invitations outside the tab, unless that is under way or has failed.
fn read_others(model: &mut Model) -> Option<Effect> {
    let filter = model.query.filter;
    if model.actions.others.as_ref().is_some_and(|others| others.filter == filter) {
        return None;
    }
    model.actions.readings = model.actions.readings.wrapping_add(1);
    let others = Others { filter, list: FullList::new(MAX_ROWS), reading: model.actions.readings };
    model.actions.others = Some(others);
    ask(model)
}

fn ask(model: &Model) -> Option<Effect> {
    let others = model.actions.others.as_ref()?;
    let question = others.list.to_ask()?;
    Some(Effect::ReadPage(others.reading, statuses_outside(others.filter), question))
}

/// Clerk has answered with a page of so many of the invitations outside the tab, of so many in all, which are read next. The page
/// behind it is asked for meanwhile.
pub fn page_arrived(
    model: &mut Model,
    reading: u32,
    question: PageQuestion,
    (rows, total): (u64, u64),
) -> Option<Effect> {
    let others = model.actions.others.as_mut().filter(|others| others.reading == reading)?;
    let question = others.list.announce(question, rows, total)?;
    Some(Effect::ReadPage(reading, statuses_outside(others.filter), question))
}

/// The statuses that a tab does not show.
fn statuses_outside(filter: StatusFilter) -> Vec<Status> {
    let completed = Status::Other("completed".to_owned());
    let all = [Status::Pending, Status::Accepted, completed, Status::Revoked, Status::Expired];
    let shown = filter.statuses();
    all.into_iter().filter(|status| !shown.contains(status)).collect()
}

/// Takes in a page of the invitations outside the tab; `None` when it is a page of another reading.
pub fn page_read(
    model: &mut Model,
    reading: u32,
    question: PageQuestion,
    answer: &Result<(Vec<Invitation>, u64), Error>,
    context: &Context,
) -> Option<Vec<Effect>> {
    let rows = &mut model.rows;
    let others = model.actions.others.as_mut().filter(|others| others.reading == reading)?;
    let was_due = others.list.next() == Some(question);
    match answer {
        Ok((page, total)) => others.list.take(question, page.clone(), *total, rows),
        // The rows of the tab are what was searched for; without the others the tabs show no numbers.
        Err(error) => others.list.fail(question, error.clone()),
    }
    let is_over = others.list.next().is_none();
    // Otherwise the page that is due is on its way.
    let mut effects: Vec<_> = was_due.then(|| ask(model)).flatten().into_iter().collect();
    if is_over {
        effects.extend(look_around(model, context));
        effects.push(Effect::Draw);
    }
    Some(effects)
}

/// Counts what matches of everything.
fn count(model: &Model, context: &Context) -> Counts {
    let of_tab = model.actions.full.iter().flat_map(|whole| whole.list.ids());
    let outside = model.actions.others.iter().flat_map(|others| others.list.ids());
    let fresh = &model.fresh;
    // An invitation that changes its kind while it is read stands in both lists.
    let mut seen: FxHashSet<&InvitationId> = FxHashSet::default();
    let ids = of_tab.chain(outside).chain(fresh).filter(|id| seen.insert(id));
    let rows = model.rows.of(ids);
    let all: Vec<_> = (0..).zip(&rows).map(|(at, _)| at).collect();
    with_vocabulary(model, context, |vocabulary| {
        let found = search::matching(&rows, &all, &model.query.search, vocabulary);
        let found: Vec<_> = found.into_iter().filter_map(|at| rows.get(at as usize).copied()).collect();
        let number =
            |is_it: &dyn Fn(&Invitation) -> bool| found.iter().filter(|row| is_it(row)).count() as u64;
        // Few need attention, so that only what is newer for their addresses is looked for.
        let needing = found.iter().filter(|row| row.needs_attention(context.today));
        let keys: FxHashSet<&str> = needing.map(|row| &*row.email_key).collect();
        let newest = newest_of_each(rows.iter().copied().filter(|row| keys.contains(&*row.email_key)));
        let needs = |row: &Invitation| {
            row.needs_attention(context.today)
                && newest.get(&*row.email_key).is_some_and(|newest| newest.id == row.id)
                && !(vocabulary.is_member)(&row.email_key)
                && !(vocabulary.is_dismissed)(&row.id)
        };
        let of = |filter: StatusFilter| number(&|row| filter.lists(&row.status));
        Counts {
            pending: of(StatusFilter::Pending),
            attention: number(&needs),
            accepted: of(StatusFilter::Accepted),
            revoked: of(StatusFilter::Revoked),
            all: found.len() as u64,
            ..Counts::default()
        }
    })
}

/// Asks Clerk for the members that the search finds; for all of them where the list shows who has joined.
fn ask_members(model: &mut Model) -> Option<Effect> {
    let search = model.query.search.trim();
    let text = match search.chars().count() {
        0 if model.query.filter == StatusFilter::Accepted => "",
        // clerk-js would make two parameters of a text with a comma.
        count if count >= LEAST && !search.contains(',') => search,
        _ => {
            model.actions.members = None;
            return None;
        }
    };
    if model.actions.members.as_ref().is_some_and(|found| found.text == text) {
        return None;
    }
    let text = text.to_owned();
    model.actions.members = Some(FoundMembers { text: text.clone(), ..FoundMembers::default() });
    Some(Effect::FindMembers(text))
}

/// Takes in the members that a text finds. An answer to an earlier text is dropped; that they can't be had is no failure of
/// the search: a role may forbid it.
pub fn members_found(model: &mut Model, text: &str, answer: Result<(Vec<FoundMember>, u64), Error>) {
    let asked = model.actions.members.as_mut().filter(|found| found.text == text);
    if let Some((found, (people, total))) = asked.zip(answer.ok()) {
        (found.people, found.total) = (people, total);
    }
}

#[cfg(test)]
mod tests;
