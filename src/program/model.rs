//! The whole state of the page.

use crate::domain::list_query::{FILTER, REQUESTS};
use crate::domain::query_string::named;
use crate::domain::{
    ActiveOrganization, AuthState, ListQuery, OrganizationId, PageSize, Remote, Roles, Seats, SessionTask,
};
use crate::domain::{Coding, StatusFilter};
use crate::feedback::{Announcer, Due, Toast};
use crate::i18n::Words;
use crate::outbox::Outbox;
use crate::session::Opener;
use crate::{accept, invite, list, requests, session};
use std::rc::Rc;

/// What the page keeps in the storage of the session is kept under, before everything else.
pub const STORED: &str = "clerk-invitations:";
/// What journals are kept under, before the user and the organization.
const JOURNALS: &str = "clerk-invitations:journal:";
/// What drafts are kept under, before the user and the organization.
const DRAFTS: &str = "clerk-invitations:draft:";

/// The page.
pub struct Model {
    /// The reader's words.
    pub words: Words,
    /// What stands in the address bar.
    pub address: Address,
    /// Who is signed in, and where.
    pub session: session::Model,
    /// Whether the browser says that it has a connection. It may say so without a working one; "offline" is always true.
    pub is_online: bool,
    /// Whether files are dragged over the page.
    pub is_dragged_over: bool,
    /// The invitee's side.
    pub accept: accept::Model,
    /// The message on the status line.
    pub toast: Option<Toast>,
    /// Whether Clerk's own dialog with the members is on its way.
    pub opens_members: bool,
    /// Whether the list of keys is open.
    pub shows_shortcuts: bool,
    /// How long it stays, and what a screen reader hears.
    pub announcer: Announcer,
    /// What the announcer is to be asked again, and when, in milliseconds.
    pub(super) due: Vec<(u32, Due)>,
    /// How far the code is that is fetched to invite and to work on the list.
    pub later: Lazy,
    /// How far the code is that is fetched to draw other screens than the workspace.
    pub screens: Lazy,
    /// How far the code is that draws the form: it is asked for once the first rows are there, or take long.
    pub form: Lazy,
    /// Which buttons of the header were pressed: Clerk's components stand in their places.
    pub pressed: Vec<Opener>,
    /// The workspaces that were opened since the page was, one for each user in each organization.
    pub workspaces: Vec<Workspace>,
    /// The workspace on screen.
    pub open: Option<Scope>,
    /// The organization that was entered last: what the address says of pages and searches is said of that one.
    pub entered: Option<OrganizationId>,
    /// How many rows a page has when the address names no number.
    pub usual_size: PageSize,
}

/// What stands in the address bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The path below the one that the page is served under; `None` when it is not below it.
    pub path: Option<String>,
    /// The query, with its `?`.
    pub query: String,
    /// Whether the list of invitations stands at this path.
    pub is_list: bool,
    /// Whether the invitee's page stands there.
    pub is_accept: bool,
}

/// Code that the page starts without. `later.rs` declares what is in the last two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chunk {
    /// What the first rows do without, as `xtask/src/cold_code` finds it: what draws the form, and what the other two call.
    Form,
    /// What it takes to invite, and to work on the list.
    Later,
    /// The screens for everybody who is not at work on invitations now, and Clerk's own components.
    Screens,
}

/// How far code is that is fetched when it is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lazy {
    /// Nothing needs it yet.
    #[default]
    Unwanted,
    /// It is on its way.
    Loading,
    /// It did not arrive.
    Failed,
    /// It did not arrive, and the reader has asked for it once more.
    Retried,
    /// It is not there any more: the host has a newer version of the page.
    Outdated,
    /// It is here.
    Here,
}

impl Lazy {
    /// Whether it did not arrive when it was needed.
    pub fn has_failed(self) -> bool {
        matches!(self, Self::Failed | Self::Retried | Self::Outdated)
    }
}

/// Whose workspace it is, and in which session. Answers carry it: one that belongs to another session is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The user and the organization: what the admin typed is kept by it.
    pub owner: Rc<str>,
    /// The user, the session and the organization: the list is kept by it.
    pub key: Rc<str>,
    /// The organization.
    pub organization: OrganizationId,
}

/// Everything about one organization, for the user who manages it.
pub struct Workspace {
    /// Whose it is.
    pub scope: Scope,
    /// Who, where and as what, as clerk-js told last.
    pub active: ActiveOrganization,
    /// The roles that can be given.
    pub roles: Remote<(), Roles>,
    /// What is on its way.
    pub outbox: Outbox,
    /// The form.
    pub invite: invite::Model,
    /// The list.
    pub list: list::Model,
    /// The requests to join, where people may ask.
    pub requests: Option<requests::Model>,
}

impl Address {
    /// Whether it asks for the requests to join in the place of the list of invitations.
    pub fn wants_requests(&self) -> bool {
        self.is_list && named(&self.query, FILTER) == Some(REQUESTS)
    }
}

impl Scope {
    /// Of an active organization.
    pub fn of(active: &ActiveOrganization) -> Self {
        Self {
            owner: active.owner_key().into(),
            key: active.scope_key().into(),
            organization: active.organization.id.clone(),
        }
    }

    /// The key that the journal of the workspace is kept under.
    pub fn journal_key(&self) -> String {
        [JOURNALS, &self.owner].concat()
    }

    /// The key that what is in the form of the workspace is kept under while the page is away.
    pub fn draft_key(&self) -> String {
        [DRAFTS, &self.owner].concat()
    }

    /// The key that the invitations are kept under that the admin was reminded of and has dismissed.
    pub fn dismissed_key(&self) -> String {
        ["clerk-invitations:dismissed:", &self.owner].concat()
    }
}

impl Workspace {
    /// A workspace in which nothing is known yet.
    pub fn new(active: ActiveOrganization, query: ListQuery) -> Self {
        Self {
            scope: Scope::of(&active),
            active,
            roles: Remote::new(()),
            outbox: Outbox::default(),
            invite: invite::Model::default(),
            list: list::Model::new(query),
            requests: None,
        }
    }

    /// Opens it once more, perhaps in another session: the list and the roles are read anew, the form stays.
    pub fn reopen(&mut self, active: ActiveOrganization, query: ListQuery) {
        let Self { outbox, invite, .. } = std::mem::replace(self, Self::new(active, query));
        (self.outbox, self.invite) = (outbox, invite);
    }

    /// Whether the list has been read and has nothing in it, whatever the admin looks for.
    pub fn has_no_invitation(&self) -> bool {
        let is_empty = |shown: &list::Shown| {
            let query = &shown.query;
            query.filter == StatusFilter::Pending && !query.needs_all() && shown.total == 0
        };
        self.list.shown.as_ref().is_some_and(is_empty)
    }

    /// The roles, once they are known.
    pub fn known_roles(&self) -> Option<&Roles> {
        self.roles.known.value().map(Rc::as_ref)
    }

    /// The seats. The totals of the list are newer than the organization object, whose counters are frozen when clerk-js
    /// makes it.
    pub fn seats(&self) -> Option<Seats> {
        let seats = self.active.organization.seats?;
        let shown = self.list.shown.as_ref();
        let listed = shown
            .filter(|shown| shown.query.filter == StatusFilter::Pending && !shown.query.needs_all())
            .map(|shown| shown.total);
        // One that has expired takes its seat as long as Clerk lists it as pending.
        let counted = || self.list.counts.known.value().map(|counts| counts.pending);
        Some(Seats { pending: listed.or_else(counted).unwrap_or(seats.pending), ..seats })
    }
}

impl Model {
    /// The page at its start.
    pub fn new(words: Words, address: Address, usual_size: PageSize) -> Self {
        Self {
            words,
            address,
            session: session::Model::default(),
            accept: accept::Model::default(),
            is_online: true,
            is_dragged_over: false,
            toast: None,
            opens_members: false,
            shows_shortcuts: false,
            announcer: Announcer::default(),
            due: vec![],
            later: Lazy::default(),
            screens: Lazy::default(),
            form: Lazy::default(),
            pressed: vec![],
            workspaces: vec![],
            open: None,
            entered: None,
            usual_size,
        }
    }

    /// Shows another toast, or none.
    pub(super) fn tell(&mut self, toast: Option<Toast>) {
        self.due = self.announcer.told(toast.as_ref());
        self.toast = toast;
    }

    /// What the address asks of the list.
    pub fn query(&self, decode: Coding) -> ListQuery {
        ListQuery::from_query(&self.address.query, self.usual_size, decode)
    }

    /// Whether the code is here that the form is drawn by; something else stands in its place until then.
    pub fn draws_form(&self) -> bool {
        self.lazy(Chunk::Form) == Lazy::Here
    }

    /// How far this code is.
    pub fn lazy(&self, chunk: Chunk) -> Lazy {
        match chunk {
            // It comes along.
            Chunk::Form if self.later == Lazy::Here => Lazy::Here,
            Chunk::Form => self.form,
            Chunk::Later => self.later,
            Chunk::Screens => self.screens,
        }
    }

    pub(super) fn set_lazy(&mut self, chunk: Chunk, lazy: Lazy) {
        match chunk {
            Chunk::Form => self.form = lazy,
            Chunk::Later => self.later = lazy,
            Chunk::Screens => self.screens = lazy,
        }
    }

    /// Whether something else is to be shown than the workspace and the invitee's side, and clerk-js has said enough to know
    /// what.
    pub fn needs_screens(&self) -> bool {
        let session = &self.session;
        let is_elsewhere = !self.address.is_list && !self.address.is_accept;
        let has_no_workspace = session.auth.is_some() && session.managed().is_none();
        is_elsewhere
            || matches!(session.start, session::Start::Failed(_))
            || has_no_workspace && !self.shows_accept()
    }

    /// Whether the invitee's side is on screen: at its address, for people without an active organization, and for those who
    /// have just joined one whose invitations they may not manage.
    pub fn shows_accept(&self) -> bool {
        let Address { is_list, is_accept, .. } = self.address;
        match &self.session.auth {
            // Clerk's own screen for those who have yet to choose an organization knows nothing of the link.
            Some(AuthState::SignedOut | AuthState::Task(SessionTask::ChooseOrganization, _)) => is_accept,
            Some(AuthState::NoOrganization(_)) => is_accept || is_list,
            Some(AuthState::Active(active)) => {
                let has_come = |arrival: &accept::Arrival| arrival.organization.id == active.organization.id;
                is_accept
                    || is_list
                        && self.session.managed().is_none()
                        && self.accept.arrival.as_ref().is_some_and(has_come)
            }
            _ => false,
        }
    }

    /// The workspace on screen.
    pub fn current(&self) -> Option<&Workspace> {
        let open = self.open.as_ref()?;
        self.workspaces.iter().find(|workspace| workspace.scope == *open)
    }
}
