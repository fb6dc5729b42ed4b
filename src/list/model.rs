//! The state of the list in one workspace.

use crate::domain::service::FoundMember;
use crate::domain::{
    Counts, Dismissed, Error, Invitation, InvitationId, ListQuery, PageRequest, Remote, RoleKey, Slice, Sort,
    Status, StatusFilter,
};
use crate::list::full_list::{FullList, Progress};
use crate::list::merge::Difference;
use crate::list::rows::Rows;
use crate::outbox::{Job, Report, Task};
use rustc_hash::{FxHashMap, FxHashSet};

/// The list.
#[derive(Debug)]
pub struct Model {
    /// What the address asks for.
    pub query: ListQuery,
    /// The question to Clerk, and how many rows its list has. `None` where the page can only be made from the whole list.
    pub page: Remote<ListQuery, Option<u64>>,
    /// How many invitations there are of each kind.
    pub counts: Remote<(), Counts>,
    /// How many of each kind match the search, once all is read.
    pub matches: Option<Counts>,
    /// Whether the admin has chosen what is shown: then it is announced.
    pub is_chosen: bool,
    /// Every invitation that is known.
    pub rows: Rows,
    /// What is on screen.
    pub shown: Option<Shown>,
    /// What is shown in a row about its last change.
    pub notes: FxHashMap<InvitationId, RowNote>,
    /// The rows that the admin has selected, on whatever page they stand. Without an order: a set that is sorted would be
    /// the only one in the code that every visitor downloads.
    pub selected: FxHashSet<InvitationId>,
    /// The row that was selected last: a range begins there.
    pub(super) last_selected: Option<InvitationId>,
    /// What has changed elsewhere since the page was shown.
    pub changes: Option<Changes>,
    /// The text in the search field, until the address has it.
    pub typed: Option<String>,
    /// How often the text was changed: the last of several quick changes is recognised by it.
    pub(super) keystrokes: u32,
    /// When the list was last asked for, on the page's own clock, in milliseconds.
    pub(super) asked_at: f64,
    /// How the next answer changes the rows on screen.
    pub(super) refresh: Refresh,
    /// Whether the admin has asked for the list once more, and hears when it is there.
    pub(super) is_reloading: bool,
    /// The invitations that were sent from this page since it was opened.
    pub fresh: FxHashSet<InvitationId>,
    /// What the code that is fetched later works on.
    pub actions: Actions,
}

/// The rows on screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What they answer.
    pub query: ListQuery,
    /// Their ids, in their order.
    pub ids: Vec<InvitationId>,
    /// How many match in all.
    pub total: u64,
    /// Whether more may match: not everything was looked through.
    pub is_partial: bool,
    /// What the admin has seen of them: a later answer is compared with it.
    pub(super) seen: Vec<(InvitationId, Status, RoleKey)>,
}

/// How an answer changes the rows on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refresh {
    /// Its rows take their place: the admin asked for it.
    Replace,
    /// They stay where they are: the page asked for it by itself.
    InPlace,
}

/// What is shown in a row about its last change.
#[derive(Clone, Debug, PartialEq)]
pub enum RowNote {
    /// What became of it in a run.
    Ended(Box<Job>),
    /// The run ended before it reached the row, for this reason.
    NotReached(Error),
    /// Its role can no longer be given, so it can't be sent anew.
    RoleGone,
    /// It has changed elsewhere.
    Changed(RowChange),
    /// The admin has dismissed it just now.
    Dismissed,
}

/// How a row has changed elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub enum RowChange {
    /// It has another status.
    Status(Status),
    /// It has another role.
    Role(RoleKey),
}

/// What has changed elsewhere, and whether the admin was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// How the page differs.
    pub difference: Difference,
    /// Whether the admin was told.
    pub is_told: bool,
}

/// What the admin does with the list.
#[derive(Debug, Default)]
pub struct Actions {
    /// The whole list of one filter, as far as it is read.
    pub full: Option<WholeList>,
    /// How often a reading of a whole list was begun.
    pub(super) readings: u32,
    /// What is to be done once all of it is read.
    pub after: Option<AfterReading>,
    /// The invitations that the admin has dismissed.
    pub dismissed: Dismissed,
    /// Whether they are shown among those that need attention.
    pub shows_dismissed: bool,
    /// The invitations that a search looks through beside those of the tab.
    pub(super) others: Option<Others>,
    /// The members that were found last, and by which text.
    pub members: Option<FoundMembers>,
    /// What needs attention, once all of the list is read.
    pub attention: Option<Attention>,
    /// The open menu.
    pub menu: Option<Menu>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The tasks that a retry of a row would carry out.
    pub(super) failed: FxHashMap<InvitationId, Task>,
    /// The report of the last run of several rows, if a row failed in it.
    pub report: Option<Report>,
    /// The order of the whole list; `None` when it must be found out anew.
    pub(super) order: Option<RowOrder>,
    /// When matching rows were last shown while the list was read.
    pub(super) shown_at: f64,
    /// The counts as they were when the page came back to the admin: a long list is read anew only if they differ.
    pub(super) counts_then: Option<Option<Counts>>,
}

/// The order of the whole list, as places of its rows ([`Rows::at`]): while the admin types or sorts, none of thousands of
/// rows has to be found by its id.
#[derive(Debug)]
pub(super) struct RowOrder {
    /// All rows, in the order in which they were read.
    pub(super) read: Vec<u32>,
    /// What those that the filter shows are sorted by.
    pub(super) sort: Option<Sort>,
    /// These, in that order.
    pub(super) sorted: Vec<u32>,
}

/// The whole list of one filter.
#[derive(Debug)]
pub struct WholeList {
    /// The filter whose rows it has.
    pub filter: StatusFilter,
    /// The rows that are known.
    pub list: FullList,
    /// The same list being read anew, while what is known of it is still shown.
    pub next: Option<FullList>,
    /// The number of the reading: an answer to an earlier one is dropped.
    pub(super) reading: u32,
}

/// What is to be done once all of the list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterReading {
    /// Copy the addresses of all that match.
    Copy,
    /// Offer all that match as a file.
    Export,
    /// Select all that match.
    Select,
}

/// The invitations that no tab but the current one shows: a search looks through all of them.
#[derive(Debug)]
pub(super) struct Others {
    /// The filter of the tab.
    pub(super) filter: StatusFilter,
    /// Those that are known.
    pub(super) list: FullList,
    /// The number of the reading: an answer to an earlier one is dropped.
    pub(super) reading: u32,
}

/// The members that a text finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundMembers {
    /// The text.
    pub text: String,
    /// Those that Clerk has found; none before it has answered.
    pub people: Vec<FoundMember>,
    /// How many there are in all.
    pub total: u64,
}

/// What needs attention, of that which matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// The invitations that have expired.
    pub expired: Vec<InvitationId>,
    /// How many expire soon.
    pub soon: u64,
    /// How many were dismissed.
    pub dismissed: u64,
}

/// A menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Menu {
    /// What else can be done with a row.
    Row(InvitationId),
    /// What else can be done with the selected rows.
    Selection,
    /// What can be done with the whole list, where the window is too narrow for a button each.
    Tools,
}

/// A dialog about some rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// Revoke them?
    Revoke(Vec<InvitationId>),
    /// Send them anew? Pending ones are revoked first.
    Send(Vec<InvitationId>),
    /// Give them another role? The picked one, once there is one.
    Role(Vec<InvitationId>, Option<RoleKey>),
}

impl Shown {
    /// Rows that answer a query, of which the admin has seen nothing yet.
    pub fn new(query: ListQuery, ids: Vec<InvitationId>, total: u64, is_partial: bool) -> Self {
        Self { query, ids, total, is_partial, seen: vec![] }
    }

    /// Which page it is, of how many.
    pub fn slice(&self) -> Slice {
        let PageRequest { page, size } = self.query.page;
        Slice { rows: self.ids.len() as u64, page, size, total: self.total }
    }
}

impl Model {
    /// A list of which nothing is known, for this query.
    pub fn new(query: ListQuery) -> Self {
        Self {
            page: Remote::new(query.clone()),
            counts: Remote::idle(()),
            query,
            matches: None,
            is_chosen: false,
            rows: Rows::default(),
            shown: None,
            notes: FxHashMap::default(),
            selected: FxHashSet::default(),
            last_selected: None,
            changes: None,
            typed: None,
            keystrokes: 0,
            asked_at: f64::MIN,
            refresh: Refresh::Replace,
            is_reloading: false,
            fresh: FxHashSet::default(),
            actions: Actions::default(),
        }
    }

    /// The rows on screen, where they are those of the filter that the address names.
    pub fn shown_rows(&self) -> Option<(&Shown, Vec<&Invitation>)> {
        let shown = self.shown.as_ref().filter(|shown| shown.query.filter == self.query.filter)?;
        Some((shown, self.rows.of(&shown.ids)))
    }

    /// Whether a page is on its way that the admin waits for.
    pub fn is_busy(&self) -> bool {
        self.page.is_busy() && self.refresh == Refresh::Replace
    }

    /// Whether all of the list of the tab is known.
    pub(super) fn is_complete(&self) -> bool {
        self.actions.full.as_ref().is_some_and(|whole| *whole.list.progress() == Progress::Complete)
    }

    /// Whether the address names words to search for.
    pub fn is_searching(&self) -> bool {
        !self.query.search.trim().is_empty()
    }

    /// The text in the search field.
    pub fn search_text(&self) -> &str {
        self.typed.as_deref().unwrap_or(&self.query.search)
    }

    /// Whether the whole list is wanted: for what the address names, for what is to be done with all of it, or for what is
    /// being typed. A search begins once the admin pauses, and until then much can be read.
    pub(super) fn wants_all(&self) -> bool {
        let is_typing = self.typed.as_ref().is_some_and(|text| !text.trim().is_empty());
        self.query.needs_all() || self.actions.after.is_some() || is_typing
    }

    /// Whether the code that is fetched later is needed to show what the address names.
    pub fn needs_later(&self) -> bool {
        self.query.needs_all() || self.changes.is_some()
    }
}
