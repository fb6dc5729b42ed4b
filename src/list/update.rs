//! The update of the list. Every visitor downloads this part, which shows a page.

use crate::domain::service::Invitations;
use crate::domain::{
    Error, Event, Invitation, InvitationId, ListQuery, PageRequest, Question, Remote, Status, StatusFilter,
    service,
};
use crate::list::merge::{difference, keeping};
use crate::list::messages::{ActionMsg, Context, Effect, Input, Msg, Selection};
use crate::list::model::{AfterReading, Changes, Model, Refresh, RowNote, Shown};
use rustc_hash::FxHashSet;

/// The least time, in milliseconds, between two requests for the list that are made because the admin comes back to the page.
const RETURN_INTERVAL: f64 = 15_000.0;

/// Carries a message out.
pub fn update(model: &mut Model, msg: Msg, context: &Context) -> Vec<Effect> {
    match msg {
        Msg::Opened => model.open(context),
        Msg::QueryChanged(query) => model.change_query(query, context),
        Msg::PageAnswered(question, answer) => model.page_answered(question, answer, context),
        Msg::Counted(question, answer) => {
            step(&mut model.counts, Event::Answered(question, answer));
            let checks = model.actions.counts_then.is_some();
            if checks { vec![Effect::Act(ActionMsg::InputChanged(Input::Counts))] } else { vec![] }
        }
        Msg::QueryChosen(query) => {
            model.is_chosen = true;
            model.refresh = Refresh::Replace;
            if query == model.query {
                // The page could not be loaded, and the admin wants another try.
                return model.ask_again(context);
            }
            // A screen reader hears of what is shown by code that is fetched later.
            vec![Effect::WantLater, Effect::GoTo { query, replaces: false }]
        }
        Msg::ReloadPressed => model.reload(context),
        Msg::Returned => {
            if model.page.is_busy() || context.now - model.asked_at < RETURN_INTERVAL {
                return vec![];
            }
            model.refresh = Refresh::InPlace;
            let mut effects = vec![Effect::ReloadRoles, Effect::TellForm];
            effects.extend(model.count());
            effects.extend(model.ask_again(context));
            effects
        }
        Msg::SearchTyped(text) => {
            model.keystrokes = model.keystrokes.wrapping_add(1);
            let wanted_all = model.wants_all();
            model.typed = Some(text);
            let mut effects = vec![Effect::WantLater];
            if model.wants_all() != wanted_all {
                effects.push(Effect::Act(ActionMsg::InputChanged(Input::Query)));
            }
            effects.push(Effect::WaitForPause(model.keystrokes));
            effects
        }
        Msg::SearchPaused(keystroke) => model.search(keystroke),
        Msg::Selected(selection) => {
            model.select(&selection);
            vec![Effect::WantLater]
        }
        Msg::SentFromForm(sent) => model.sent_from_form(sent, context),
        Msg::Action(msg @ ActionMsg::All(AfterReading::Copy)) => vec![Effect::PromiseCopy, Effect::Act(msg)],
        Msg::Action(msg) => vec![Effect::Act(msg)],
    }
}

/// Takes an event in.
fn step<K: Clone + PartialEq, T>(remote: &mut Remote<K, T>, event: Event<K, T>) {
    if let Some(next) = remote.after(event) {
        *remote = next;
    }
}

impl Model {
    fn open(&mut self, context: &Context) -> Vec<Effect> {
        // A search that the admin typed before they left the list must not begin now.
        self.keystrokes = self.keystrokes.wrapping_add(1);
        (self.typed, self.refresh) = (None, Refresh::Replace);
        self.ask_page(context)
    }

    /// Asks for the page that is wanted now, where Clerk can be asked for it.
    fn ask_page(&mut self, context: &Context) -> Vec<Effect> {
        self.asked_at = context.now;
        let Some(question) = self.page.asked.clone() else { return vec![] };
        if !question.key.needs_all() {
            return vec![Effect::ListPage(question)];
        }
        step(&mut self.page, Event::Answered(question, Ok(None)));
        let mut effects = self.count_first();
        effects.push(Effect::Act(ActionMsg::InputChanged(Input::Query)));
        effects
    }

    /// Asks once more for the page that is shown.
    fn ask_again(&mut self, context: &Context) -> Vec<Effect> {
        step(&mut self.page, Event::Reload);
        let is_quiet = self.refresh == Refresh::InPlace;
        let mut effects = self.ask_page(context);
        if self.query.needs_all() {
            effects.retain(|effect| !matches!(effect, Effect::Act(_)));
            let input = if is_quiet { Input::Returned } else { Input::List };
            effects.push(Effect::Act(ActionMsg::InputChanged(input)));
        } else {
            // What was read of the whole list may be out of date, and nothing that is shown comes from it.
            (self.actions.full, self.actions.order) = (None, None);
        }
        effects
    }

    fn change_query(&mut self, query: ListQuery, context: &Context) -> Vec<Effect> {
        if query == self.query {
            return vec![];
        }
        if query.search != self.query.search {
            // The address has what was typed, or the admin went back.
            self.typed = None;
        }
        self.query = query.clone();
        step(&mut self.page, Event::Wanted(query));
        let mut effects = self.ask_page(context);
        let is_asked = effects.iter().any(|effect| matches!(effect, Effect::Act(_)));
        if !is_asked && self.actions.full.is_some() {
            effects.push(Effect::Act(ActionMsg::InputChanged(Input::Query)));
        }
        effects
    }

    /// The admin wants the list as it is now.
    fn reload(&mut self, context: &Context) -> Vec<Effect> {
        (self.refresh, self.changes, self.actions.menu) = (Refresh::Replace, None, None);
        self.is_reloading = true;
        let mut effects = vec![Effect::TellForm];
        effects.extend(self.count());
        effects.extend(self.ask_again(context));
        effects
    }

    /// Counts how many there are of each kind.
    pub(super) fn count(&mut self) -> Vec<Effect> {
        step(&mut self.counts, Event::Reload);
        self.counts.asked.clone().map(Effect::Count).into_iter().collect()
    }

    /// Counts for the first time. The admin waits for the rows, so they are asked for first.
    fn count_first(&mut self) -> Vec<Effect> {
        let is_first = self.counts.asked.is_none() && self.counts.known.is_nothing();
        if is_first { self.count() } else { vec![] }
    }

    fn page_answered(
        &mut self,
        question: Question<ListQuery>,
        answer: Result<(Vec<Invitation>, u64), Error>,
        context: &Context,
    ) -> Vec<Effect> {
        if self.page.asked.as_ref() != Some(&question) {
            return vec![];
        }
        let query = question.key.clone();
        let total = answer.as_ref().map(|(_, total)| Some(*total)).map_err(Error::clone);
        step(&mut self.page, Event::Answered(question, total));
        let mut effects = self.count_first();
        let is_reloaded = std::mem::take(&mut self.is_reloading);
        let (rows, total) = match answer {
            Ok(answer) => answer,
            Err(error) => {
                // What Clerk has refused is said by code that is fetched later.
                effects.extend((error != Error::Unreachable).then_some(Effect::WantLater));
                return effects;
            }
        };
        if total == 0 && query.filter == StatusFilter::Revoked {
            // That there are none is said by that code too.
            effects.push(Effect::WantLater);
        }
        let fresh: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
        rows.into_iter().for_each(|row| self.rows.put(row));
        self.show(Shown::new(query.clone(), fresh, total, false), context);
        self.refresh = Refresh::Replace;
        effects.extend(self.correct_page(query));
        if self.changes.as_ref().is_some_and(|changes| !changes.is_told) {
            effects.push(Effect::Act(ActionMsg::InputChanged(Input::Changes)));
        }
        effects.extend(is_reloaded.then_some(Effect::Act(ActionMsg::Reloaded)));
        effects
    }

    /// Goes to the last page when the one in the address lies behind the end: its last row is gone, or it never existed.
    pub(super) fn correct_page(&self, query: ListQuery) -> Option<Effect> {
        let shown = self.shown.as_ref().filter(|shown| shown.query == query && !shown.is_partial)?;
        let page = PageRequest { page: shown.slice().instead()?, size: query.page.size };
        Some(Effect::GoTo { query: ListQuery { page, ..query }, replaces: true })
    }

    /// Shows an answer. If the page asked for it by itself, no row moves, and rows that are gone stay until the admin
    /// reloads the list. Otherwise only those rows stay that a run is working on, or has failed on.
    pub(super) fn show(&mut self, mut answer: Shown, context: &Context) {
        let before = self.seen_rows();
        if self.shown.as_ref().is_some_and(|shown| shown.query.filter != answer.query.filter) {
            // The admin can't see the selected rows of another filter.
            self.selected.clear();
        }
        let same = self.shown.as_ref().filter(|shown| shown.query == answer.query);
        let is_in_place = self.refresh == Refresh::InPlace || self.changes.is_some();
        match same.map(|shown| shown.ids.clone()) {
            Some(ids) if is_in_place => {
                let fresh: Vec<_> = self.rows.of(&answer.ids).into_iter().cloned().collect();
                self.note_changes(&before, &fresh);
                answer.ids = ids;
            }
            same => {
                let ids = same.unwrap_or_default();
                self.forget_notes(&answer.ids, &before);
                let is_busy = |id: &&InvitationId| context.outbox.job_of(id).is_some();
                let mut keep: FxHashSet<_> = ids.iter().filter(is_busy).cloned().collect();
                keep.extend(self.notes.keys().cloned());
                answer.ids = keeping(&ids, answer.ids, &keep);
                self.changes = None;
            }
        }
        self.shown = Some(answer);
        self.see_rows();
    }

    /// The rows on screen as the admin has seen them.
    fn seen_rows(&self) -> Vec<Invitation> {
        let Some(shown) = &self.shown else { return vec![] };
        let seen = |row: &Invitation| {
            let (_, status, role) = shown.seen.iter().find(|(id, ..)| *id == row.id)?.clone();
            Some(Invitation { status, role, ..row.clone() })
        };
        self.rows.of(&shown.ids).into_iter().filter_map(seen).collect()
    }

    /// Notes that the admin has seen the rows on screen as they are now.
    pub(super) fn see_rows(&mut self) {
        let Some(shown) = &mut self.shown else { return };
        let rows = self.rows.of(&shown.ids);
        shown.seen = rows.iter().map(|row| (row.id.clone(), row.status.clone(), row.role.clone())).collect();
    }

    /// Notes what has changed elsewhere. The admin is told of a change once, not at each return.
    fn note_changes(&mut self, before: &[Invitation], fresh: &[Invitation]) {
        // Clerk no longer lists a row that the admin has revoked or resent: the admin knows that.
        let is_listed = |row: &&Invitation| self.query.filter.lists(&row.status);
        let listed: Vec<_> = before.iter().filter(is_listed).cloned().collect();
        let now = difference(&listed, fresh);
        if now.is_none() {
            return;
        }
        let is_told = self.changes.as_ref().is_some_and(|told| {
            let is_known = |id| told.difference.gone.contains(id);
            told.is_told
                && now.changed.is_empty()
                && now.joined <= told.difference.joined
                && now.gone.iter().all(is_known)
        });
        self.changes = Some(Changes { difference: now, is_told });
    }

    /// Forgets the notes of rows, except failures that the new rows do not explain.
    fn forget_notes(&mut self, fresh: &[InvitationId], before: &[Invitation]) {
        self.notes.retain(|id, note| {
            // The list shows what became of an invitation that was pending.
            let was_ended = || before.iter().any(|row| row.id == *id && row.status != Status::Pending);
            note.is_failure() && (fresh.contains(id) || was_ended())
        });
    }

    /// Searches for what was typed, unless something was typed since.
    fn search(&mut self, keystroke: u32) -> Vec<Effect> {
        let Some(text) = self.typed.clone().filter(|_| keystroke == self.keystrokes) else { return vec![] };
        let query = ListQuery { search: text, ..self.query.clone() }.on_first_page();
        if query == self.query {
            return vec![];
        }
        // Otherwise each letter of a search would be a step of the history.
        let goes_on = !self.query.search.is_empty();
        (self.refresh, self.is_chosen) = (Refresh::Replace, true);
        vec![Effect::GoTo { query, replaces: goes_on }]
    }

    fn sent_from_form(&mut self, sent: Vec<InvitationId>, context: &Context) -> Vec<Effect> {
        let mut effects = self.count();
        let is_any = !sent.is_empty();
        self.fresh.extend(sent);
        // The invitations that were sent stand on the first page.
        (self.refresh, self.changes) = (Refresh::Replace, None);
        let first = self.query.clone().on_first_page();
        if is_any && first != self.query && context.is_current {
            effects.push(Effect::GoTo { query: first, replaces: false });
        } else if !self.query.needs_all() {
            effects.extend(self.ask_again(context));
        }
        effects
    }

    fn select(&mut self, selection: &Selection) {
        let ids = self.shown.as_ref().map_or(&[][..], |shown| &shown.ids);
        let at = |id: &InvitationId| ids.iter().position(|other| other == id);
        let (from, to) = match &selection.row {
            None => (0, ids.len().saturating_sub(1)),
            Some(id) => {
                let Some(to) = at(id) else { return };
                let last = self.last_selected.replace(id.clone()).filter(|_| selection.is_range);
                let from = last.and_then(|last| at(&last)).unwrap_or(to);
                (from.min(to), from.max(to))
            }
        };
        for id in ids.get(from..=to).unwrap_or_default() {
            if selection.is_selected {
                self.selected.insert(id.clone());
            } else {
                self.selected.remove(id);
            }
        }
    }
}

impl RowNote {
    /// Whether it says that something failed and can be tried again.
    pub fn is_failure(&self) -> bool {
        match self {
            Self::Ended(job) => job.can_be_retried(),
            Self::NotReached(_) | Self::RoleGone => true,
            Self::Changed(_) | Self::Dismissed => false,
        }
    }
}

/// How many pages of the whole list are looked through for what became of rows that are gone.
const PAGES_FOR_GONE: u32 = 4;

/// Looks for rows that are gone from the page, among the newest of the whole list. What can't be read is not found.
pub async fn find_gone(service: &impl Invitations, gone: &[InvitationId]) -> Vec<Invitation> {
    let mut found = vec![];
    for page in 1..=PAGES_FOR_GONE {
        let Ok((rows, _)) = service.list(&[], page, service::MAX_ROWS).await else { break };
        let is_last = rows.is_empty();
        found.extend(rows.into_iter().filter(|row| gone.contains(&row.id)));
        if is_last || found.len() == gone.len() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests;
