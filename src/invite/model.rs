//! The state of the invite form in one workspace. It outlives its views: what the admin typed is still there when they
//! come back from another organization, or sign in again in the same page.

use crate::domain::known_people::{KnownPeople, Reading};
use crate::domain::text::{AddressKey, Lowercase};
use crate::domain::{Membership, PageRequest, RoleKey, Roles, Seats, Timestamp};
use crate::files::{Encoding, FileProblem};
use crate::i18n::Words;
use crate::invite::entry::{Entries, Entry, EntryId};
use crate::invite::import::Imports;
use crate::invite::verdict::{Judge, Verdicts};
use crate::outbox::{Outbox, Report, Task};
use std::collections::HashMap;

/// The form.
#[derive(Default)]
pub struct Model {
    /// The text in the box.
    pub text: String,
    /// The texts that wait for the code that reads them: taken out of the box, pasted or dropped, each with the end of a line.
    pub unread: String,
    /// What was in the form when the page was left last, until the code has come that puts it back.
    pub found: String,
    /// What is wrong with that text.
    pub email_problem: Option<FieldProblem>,
    /// Whether the admin has opened the form where it is one button, as on a phone.
    pub is_open: bool,
    /// Whether a role must be chosen before anything can be sent.
    pub lacks_role: bool,
    /// The role that the admin picked for all entries.
    pub picked: Option<RoleKey>,
    /// The part that the code works on which is fetched later.
    pub composer: Composer,
}

/// What is wrong with the text in the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// The box is empty, and there is no entry to send.
    Missing,
    /// Nothing in the form can be sent as it is.
    NothingToSend,
    /// A run is working on this address already.
    Busy(String),
}

/// The entries, and what is known and asked before they are sent.
#[derive(Default)]
pub struct Composer {
    /// The addresses that the admin has put in.
    pub entries: Entries,
    /// What is known of each entry. Derived from the entries, the people, the roles and the seats after each change.
    pub verdicts: Verdicts,
    /// Who is a member and who was invited.
    pub people: KnownPeople,
    /// The entry that is being edited.
    pub editing: Option<Editing>,
    /// The entry that the keyboard reaches first, and that the line below the box tells of.
    pub current: Option<EntryId>,
    /// Whether only entries that need a fix are shown, each with its reason.
    pub only_to_fix: bool,
    /// Which page of a long list of entries is shown.
    pub page: Option<PageRequest>,
    /// The question that must be answered before anything is sent.
    pub question: Option<GrantQuestion>,
    /// The texts that are being read, and the tables that were.
    pub imports: Imports,
    /// What became of the last run that sent from the form.
    pub report: Option<Report>,
    /// How many invitations had gone out before the page was reloaded.
    pub found: Option<u64>,
    /// Whether a link has filled the form in.
    pub is_from_link: bool,
    /// The entries that the admin has taken out last, each with its place.
    pub(super) removed: Vec<(usize, Entry)>,
    /// The files that could not be read, and why.
    pub unreadable: Vec<(String, FileProblem)>,
    /// The files that do not say how their letters are encoded, and the encoding that fits best.
    pub guessed: Vec<(String, Encoding)>,
    /// The roles that the admin has agreed to give in the last run, by [`Email::key`](crate::domain::Email::key).
    pub(super) granted: HashMap<String, RoleKey>,
    /// The entry behind which a comma was typed last, as long as nothing was typed behind that.
    pub(super) before_comma: Option<EntryId>,
    /// Whether everything is to be sent as soon as the texts are read.
    pub(super) sends_after_import: bool,
    /// What was in the box when a text was pasted or dropped that has not been read yet.
    pub(super) beginning: String,
    /// How often Clerk's list is still read before an entry of the journal counts as not sent.
    pub(super) looks_left: u32,
}

/// An entry that is being edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editing {
    /// Which entry.
    pub id: EntryId,
    /// The text so far.
    pub text: String,
    /// The role so far.
    pub role: Option<String>,
}

/// The question whether roles are to be given that allow more than is harmless.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantQuestion {
    /// What would be sent.
    pub tasks: Vec<Task>,
    /// Each role that is asked about, in the order of the role set.
    pub grants: Vec<Grant>,
    /// What the admin will have agreed to by confirming, by [`Email::key`](crate::domain::Email::key).
    pub(super) granted: HashMap<String, RoleKey>,
}

/// A role that allows more than is harmless, and who would get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: RoleKey,
    /// The addresses of those who would get it.
    pub people: Vec<String>,
}

/// What an update of the form depends on, beside its model.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The reader's words.
    pub words: &'a Words,
    /// The roles, once they are known.
    pub roles: Option<&'a Roles>,
    /// The admin's own membership.
    pub membership: &'a Membership,
    /// The admin's own addresses, by [`Email::key`](crate::domain::Email::key).
    pub own: &'a [String],
    /// The seats, where Clerk tells of them.
    pub seats: Option<Seats>,
    /// The runs that have not ended.
    pub outbox: &'a Outbox,
    /// Whether the form is on screen: the admin may have gone to another organization since.
    pub is_current: bool,
    /// The time of day.
    pub today: Timestamp,
    /// Makes the form of a text by which words are compared.
    pub lowercase: Lowercase,
    /// How addresses are written and compared.
    pub address_key: AddressKey,
}

impl Model {
    /// The role of all entries that name none: the picked one while the set has it, else the preselected one.
    pub fn role<'a>(&'a self, roles: Option<&'a Roles>) -> Option<&'a RoleKey> {
        let roles = roles?;
        let picked = self.picked.as_ref().filter(|key| roles.find(key).is_some());
        picked.or_else(|| roles.preselected().map(|role| &role.key))
    }

    /// Whether the code that is fetched later has something to draw or to do.
    pub fn needs_later(&self) -> bool {
        let composer = &self.composer;
        !composer.entries.is_empty() || composer.report.is_some() || !composer.imports.tables().is_empty()
    }
}

impl Composer {
    /// Whether the lists of members and invitations are being read.
    pub fn is_looking_up(&self) -> bool {
        !matches!(self.people.reading(), Reading::Complete | Reading::Failed(_))
    }

    /// Whether a text is still being read.
    pub fn is_importing(&self) -> bool {
        self.imports.is_reading()
    }

    /// Whether the admin has pressed Send while a text was being read.
    pub fn waits_to_send(&self) -> bool {
        self.sends_after_import
    }

    /// What the entries are judged by. `role` is that of the entries that name none.
    pub(super) fn judge<'a>(&'a self, role: Option<&'a RoleKey>, context: &'a Context) -> Judge<'a> {
        Judge {
            people: &self.people,
            roles: context.roles,
            role,
            seats_left: context.seats.and_then(|seats| seats.left()),
            own: context.own,
            now: context.today,
            lowercase: context.lowercase,
        }
    }
}
