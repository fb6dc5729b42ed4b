//! What lies on an admin's desk: what is about to be sent, and what is on its way. It outlives what draws it, so that
//! nothing is lost when the organization is switched or the session ends.

use crate::browser::{Brought, forget, kept};
use crate::domain::batch::{Batch, Job, Outcome, Stage};
use crate::domain::directory::Directory;
use crate::domain::draft::Draft;
use crate::domain::{Error, InvitationId, Place, RoleKey, View};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::Callback;

/// All desks that were sat at since the page was opened, one for each user in each organization.
#[derive(Clone, Default)]
pub struct Desks(Rc<RefCell<Vec<Desk>>>);

/// A desk. Clones are the same one.
#[derive(Clone)]
pub struct Desk(Rc<Inner>);

struct Inner {
    /// Whose it is, and where ([`Place::desk_key`]).
    key: String,
    papers: RefCell<Papers>,
    directory: RefCell<Rc<RefCell<Directory>>>,
    /// Redraws whoever draws it.
    redraw: RefCell<Callback<()>>,
    /// Counts what changes verdicts.
    edition: Cell<u32>,
}

/// What lies there.
#[derive(Default)]
pub struct Papers {
    /// What is being typed.
    pub text: String,
    /// What is wrong with that, or with the role.
    pub problems: Problems,
    /// What was done and not yet attended to.
    pub acts: Vec<Act>,
    /// How many invitations would be sent now.
    pub count: u64,
    /// The role that was picked for all.
    pub picked: Option<RoleKey>,
    /// What was taken in.
    pub draft: Draft,
    /// The entry that is being edited, with its text and its role by now.
    pub editing: Option<Editing>,
    /// Show only what wants a look.
    pub only_looks: bool,
    /// What of a long list of entries is shown.
    pub view: Option<View>,
    /// Texts that are being taken in.
    pub taking_in: u32,
    /// What is on its way.
    pub batch: Option<Rc<Batch>>,
    /// When that began ([`now`]).
    pub began: f64,
    /// All that is on its way from here, from the box and from the list.
    pub running: Vec<Rc<Batch>>,
    /// What became of the last batch.
    pub report: Option<Report>,
    /// The invitations that it sent, until the list is asked for again.
    pub sent: Option<Vec<InvitationId>>,
    /// How many were found to have gone out before the page was loaded anew.
    pub found: Option<u64>,
    /// Files that could not be read.
    pub unreadable: Vec<String>,
}

/// Something that somebody did to the form.
#[derive(Clone, Debug)]
pub enum Act {
    /// Typed.
    Typed,
    /// Pressed Enter: a text is taken in. With Ctrl or ⌘ (`true`) everything is sent.
    Enter(bool),
    /// Wants to send.
    Send,
    /// Pasted, dropped, or chose files.
    Brought(Brought),
}

/// What is wrong with each field, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// With the addresses.
    pub email: Option<String>,
    /// With the role.
    pub role: Option<String>,
}

/// An entry that is being edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editing {
    /// The entry's id.
    pub id: u32,
    /// The text by now.
    pub text: String,
    /// The role by now.
    pub role: Option<String>,
}

/// What became of a batch.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Each address, in its order.
    pub jobs: Vec<Job>,
    /// Why it ended early, unless somebody wished so.
    pub halted: Option<Error>,
    /// Somebody wished so.
    pub is_stopped: bool,
}

/// Where it is kept what was being sent, should the page be loaded anew meanwhile.
pub(super) const UNSETTLED: &str = "clerk-invitations:unsettled";

impl PartialEq for Desks {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Desks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desks")
    }
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Desks {
    /// The desk of that user in that organization. The first time it holds what was being sent when the page was loaded
    /// anew.
    pub fn of(&self, place: &Place) -> Desk {
        let key = place.desk_key();
        let mut desks = self.0.borrow_mut();
        if let Some(desk) = desks.iter().find(|desk| desk.0.key == key) {
            return desk.clone();
        }
        let desk = Desk(Rc::new(Inner {
            key,
            papers: RefCell::default(),
            directory: RefCell::default(),
            redraw: RefCell::new(Callback::noop()),
            edition: Cell::new(0),
        }));
        desks.push(desk.clone());
        desk
    }

    /// Was something being sent there when the page was loaded anew?
    pub fn is_unsettled(key: &str) -> bool {
        kept(UNSETTLED).is_some_and(|text| text.lines().next() == Some(key))
    }

    /// Somebody has signed out: what was being sent is nobody else's business. What lies on the desks stays where it is,
    /// in memory, for the same person only.
    pub fn signed_out() {
        forget(UNSETTLED);
    }
}

impl Desk {
    /// Looks at what lies there.
    pub fn read<T>(&self, look: impl FnOnce(&Papers) -> T) -> T {
        look(&self.0.papers.borrow())
    }

    /// Changes what lies there, and has it drawn.
    pub fn change(&self, change: impl FnOnce(&mut Papers)) {
        change(&mut self.0.papers.borrow_mut());
        self.redraw();
    }

    /// Changes the entries, which are judged anew then.
    pub fn edit(&self, change: impl FnOnce(&mut Papers)) {
        self.0.edition.set(self.0.edition.get().wrapping_add(1));
        self.change(change);
    }

    /// Who draws it from now on.
    pub fn drawn_by(&self, redraw: Callback<()>) {
        self.0.redraw.replace(redraw);
    }

    /// Has it drawn.
    pub fn redraw(&self) {
        let redraw = self.0.redraw.borrow().clone();
        redraw.emit(());
    }

    /// It is known what became of all that was being sent from here. What is being sent from another desk by now stays
    /// kept.
    pub fn settled(&self) {
        if Desks::is_unsettled(&self.0.key) {
            forget(UNSETTLED);
        }
    }

    /// Counts what changes verdicts.
    pub fn edition(&self) -> u32 {
        self.0.edition.get()
    }

    /// Who is known.
    pub fn directory(&self) -> Rc<RefCell<Directory>> {
        self.0.directory.borrow().clone()
    }

    /// Knows others from now on.
    pub fn know(&self, directory: Rc<RefCell<Directory>>) {
        self.0.directory.replace(directory);
    }
}

impl Papers {
    /// Is something being done with that address? Two things at a time would not know of each other.
    pub fn is_busy_with(&self, key: &str) -> bool {
        self.running.iter().any(|batch| batch.concerns(key))
    }

    /// Is there anything of which only the list knows whether it went out?
    pub fn is_unsettled(&self) -> bool {
        self.draft.entries().iter().any(|entry| entry.is_unsettled)
    }
}

impl Report {
    /// Of a batch that is over.
    pub fn of(batch: &Batch) -> Self {
        let halted = batch.halted();
        let is_stopped = batch.is_stopped() && halted.is_none();
        Self { jobs: batch.read(<[Job]>::to_vec), halted, is_stopped }
    }

    /// How many have an outcome that `is`.
    pub fn count(&self, is: fn(&Outcome) -> bool) -> u64 {
        self.jobs.iter().filter(|job| matches!(&job.stage, Stage::Done(outcome) if is(outcome))).count()
            as u64
    }

    /// The invitations that were sent.
    pub fn sent(&self) -> Vec<InvitationId> {
        let sent = |job: &Job| match &job.stage {
            Stage::Done(Outcome::Sent(invitation)) => Some(invitation.id.clone()),
            _ => None,
        };
        self.jobs.iter().filter_map(sent).collect()
    }
}
