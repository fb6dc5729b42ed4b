//! What the admin has put into the form: one entry for each address, or for each text that stands in the place of one.

use crate::addresses::{Cause, Doubt, ParsedAddress};
use crate::domain::text::AddressKey;
use crate::domain::{Email, EmailProblem, Field};
use crate::invite::import::ImportId;
use crate::outbox::{JobResult, JournalEntry, Outcome};

/// The id of an entry. It is not used twice while the page is open.
pub type EntryId = u32;

/// An address that the admin wants to invite, or a text that stands in the place of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Which one.
    pub id: EntryId,
    /// The text, as it was written; of an address, as it is sent.
    pub text: String,
    /// The person's name, when it was written beside the address.
    pub name: Option<String>,
    /// The role of this entry alone: a role's key or name, as it was written.
    pub role: Option<String>,
    /// The address, or why the text can't be one.
    pub email: Result<Email, EmailProblem>,
    /// Whether the text is what was meant.
    pub review: Review,
    /// Where it comes from.
    pub source: Source,
    /// How far it is.
    pub state: EntryState,
}

/// Whether the text of an entry is what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// There is no doubt about it, although its domain may look mistyped.
    Open,
    /// Another address may be meant: the admin has to look at it first.
    Doubtful(Doubt),
    /// The admin has said that it is right as it is.
    Confirmed,
}

/// Where an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The admin typed it, or it comes from elsewhere in the page.
    Typed,
    /// It was read from this import, and is as it was read.
    Read(ImportId),
    /// It was read from this import, and the admin has changed it since.
    Changed(ImportId),
}

/// How far an entry is.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryState {
    /// It is to be invited.
    Draft,
    /// It is to be invited, and the invitation that is pending for it is to be revoked first.
    Resend,
    /// It was in a run when the page was reloaded: Clerk's list is being asked what became of it.
    Unsettled(JournalEntry),
    /// It was in a run that has ended, and was not sent.
    NotSent(JobResult),
}

/// The entries, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    all: Vec<Entry>,
    last_id: EntryId,
}

impl Entries {
    /// All of them.
    pub fn all(&self) -> &[Entry] {
        &self.all
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Adds an entry that is to be invited. `key` tells how addresses are written and compared.
    pub fn add(&mut self, parsed: ParsedAddress, source: Source, key: AddressKey) {
        self.add_as(parsed, source, EntryState::Draft, key);
    }

    /// Adds an entry whose text is right as it is: Clerk has had it already.
    pub fn add_confirmed(&mut self, parsed: ParsedAddress, state: EntryState, key: AddressKey) {
        self.add_as(parsed, Source::Typed, state, key);
        if let Some(entry) = self.all.last_mut() {
            entry.review = Review::Confirmed;
        }
    }

    fn add_as(&mut self, parsed: ParsedAddress, source: Source, state: EntryState, key: AddressKey) {
        self.last_id = self.last_id.wrapping_add(1);
        let ParsedAddress { text, name, role, doubt } = parsed;
        let email = Email::parse(&text, key);
        let review = doubt.map_or(Review::Open, Review::Doubtful);
        let text = email.as_ref().map_or(text, |email| email.as_str().to_owned());
        self.all.push(Entry { id: self.last_id, text, name, role, email, review, source, state });
    }

    /// The entry with this id.
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.all.iter().find(|entry| entry.id == id)
    }

    /// The entry with this id, to be changed.
    pub fn get_mut(&mut self, id: EntryId) -> Option<&mut Entry> {
        self.all.iter_mut().find(|entry| entry.id == id)
    }

    /// All of them, to be changed.
    pub fn all_mut(&mut self) -> &mut [Entry] {
        &mut self.all
    }

    /// Takes out the entries that `is_taken` accepts. Returns each with its place.
    pub fn take(&mut self, is_taken: impl Fn(&Entry) -> bool) -> Vec<(usize, Entry)> {
        let all = std::mem::take(&mut self.all).into_iter().enumerate();
        let (taken, kept): (Vec<_>, Vec<_>) = all.partition(|(_, entry)| is_taken(entry));
        self.all = kept.into_iter().map(|(_, entry)| entry).collect();
        taken
    }

    /// Puts entries back to where they were taken from.
    pub fn put_back(&mut self, taken: Vec<(usize, Entry)>) {
        for (at, entry) in taken {
            self.all.insert(at.min(self.all.len()), entry);
        }
    }

    /// Keeps the entries that `keeps` accepts.
    pub fn retain(&mut self, keeps: impl FnMut(&mut Entry) -> bool) {
        self.all.retain_mut(keeps);
    }

    /// How many entries of the journal are not settled yet.
    pub fn unsettled(&self) -> usize {
        self.all.iter().filter(|entry| matches!(entry.state, EntryState::Unsettled(_))).count()
    }
}

impl Entry {
    /// The entry as the parser would read it, to write a table of entries.
    pub fn parsed(&self) -> ParsedAddress {
        ParsedAddress {
            name: self.name.clone(),
            role: self.role.clone(),
            doubt: self.doubt().cloned(),
            ..ParsedAddress::of_text(self.text.clone())
        }
    }

    /// Whether it has the address with this [`Email::key`].
    pub fn has_key(&self, key: &str) -> bool {
        self.email.as_ref().is_ok_and(|email| email.key() == key)
    }

    /// Replaces its text. The doubt and the state of the old text are dropped.
    pub fn rewrite(&mut self, text: String, key: AddressKey) {
        self.email = Email::parse(&text, key);
        let text = self.email.as_ref().map_or(text, |email| email.as_str().to_owned());
        (self.text, self.review, self.state) = (text, Review::Open, EntryState::Draft);
    }

    /// Its address with another domain.
    pub fn with_domain(&self, domain: &str) -> String {
        [self.text.rsplit_once('@').map_or("", |(name, _)| name), "@", domain].concat()
    }

    /// Why another address may be meant, as long as the admin has not looked at it.
    pub fn doubt(&self) -> Option<&Doubt> {
        match &self.review {
            Review::Doubtful(doubt) => Some(doubt),
            Review::Open | Review::Confirmed => None,
        }
    }

    /// Whether the admin can confirm its text. It has to be an address, and no letter of it may be damaged.
    pub fn can_be_confirmed(&self) -> bool {
        self.email.is_ok() && self.doubt().is_none_or(|doubt| doubt.cause != Cause::Damaged)
    }

    /// The import that it comes from.
    pub fn import(&self) -> Option<ImportId> {
        match self.source {
            Source::Typed => None,
            Source::Read(import) | Source::Changed(import) => Some(import),
        }
    }

    /// Whether Clerk has refused the address itself in a run, and would refuse it again as long as it is not changed.
    pub fn is_refused_for_good(&self) -> bool {
        matches!(&self.state, EntryState::NotSent(JobResult { outcome: Outcome::Refused(problem), .. })
            if problem.field != Field::Role && !problem.reason.may_pass())
    }

    /// Whether a run has ended without sending it.
    pub fn was_not_sent(&self) -> bool {
        matches!(self.state, EntryState::NotSent(_))
    }
}
