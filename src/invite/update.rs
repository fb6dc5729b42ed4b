//! The messages, the effects and the update of the form. Every visitor downloads this part, for typing and choosing a role.

use crate::domain::known_people::{Found, Lookup};
use crate::domain::{Error, InvitationId, PageRequest, RoleKey};
use crate::feedback::{Focus, Speech, Toast, ids};
use crate::files::ReadFile;
use crate::invite::entry::EntryId;
use crate::invite::import::{ImportId, ImportMsg};
use crate::invite::model::{Editing, Model};
use crate::outbox::{ActiveRun, Report, RunId, Task};

/// The parameter of a link that names people.
pub const LINK_PEOPLE: &str = "invite";
/// The parameter of a link that names their role.
pub const LINK_ROLE: &str = "role";
/// How long after the first look Clerk's list is looked at again for what was on its way at a reload, in milliseconds.
pub const SECOND_LOOK: u32 = 3_000;

/// What happened to the form.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The text in the box has changed.
    TextTyped {
        /// The text.
        text: String,
        /// Where the cursor is, in UTF-16 code units; `None` while an input method composes a word: what stands before the
        /// cursor may still change then.
        cursor: Option<u32>,
    },
    /// The keyboard has left the box.
    BoxLeft,
    /// The admin pasted or dropped a text.
    TextBrought(String),
    /// The admin pasted or dropped a text that has markup or is long. The runner holds it.
    RichTextBrought {
        /// Under which number.
        number: u32,
        /// The text without its markup, to be kept until the code that reads it has arrived; empty where it has.
        text: String,
    },
    /// The admin pressed the button that sends.
    SendPressed,
    /// The admin pressed Enter in the box; with Ctrl or ⌘ (`sends`) everything is to be sent.
    EnterPressed {
        /// Whether everything is to be sent.
        sends: bool,
    },
    /// The admin opened the form where it is one button, as on a phone.
    Opened,
    /// The admin chose a role for all entries.
    RoleChosen(RoleKey),
    /// A link named people, and perhaps a role.
    LinkOpened {
        /// The addresses, as the link has them.
        people: String,
        /// A role's key.
        role: Option<RoleKey>,
    },
    /// The list of invitations may have changed.
    ListChanged,
    /// More or fewer seats are taken.
    SeatsChanged,
    /// A message for the code that is fetched later.
    Composer(ComposerMsg),
}

/// What happened to the entries, and what the admin wants done with them.
#[derive(Clone, Debug, PartialEq)]
pub enum ComposerMsg {
    /// What is complete of the text in the box, up to the cursor, is to be read.
    TextTyped {
        /// The text. Where the box has another one by now, a newer message follows.
        text: String,
        /// Where the cursor is, in UTF-16 code units.
        cursor: u32,
    },
    /// The admin has finished a text in the box: it is to be read.
    TextEntered {
        /// The text.
        text: String,
        /// Whether everything is to be sent then.
        sends: bool,
    },
    /// This text was in the box when the admin pasted or dropped another one: the other one may be its end.
    BeginningTyped(String),
    /// A text was pasted, dropped, or named by a link.
    TextBrought(String),
    /// Files, or a text with markup, were pasted, dropped or chosen. The runner holds them under this number.
    FilesBrought(u32),
    /// The files were read.
    FilesRead(Vec<ReadFile>),
    /// The next part of a long text is to be read.
    ImportContinued,
    /// The journal of a run that a reload has cut off was found.
    JournalFound(String),
    /// What was in the form when the page was left last was found.
    DraftFound(String),
    /// The page is being left, perhaps for a newer version of it.
    Leaving,
    /// Clerk has answered a look-up.
    LookedUp(Lookup, Result<Found, Error>),
    /// The admin wants the look-up tried again.
    LookUpRetried,
    /// It is time to read the pending invitations once more.
    LookAgain,
    /// Something that the verdicts are derived from has changed, or the form is on screen again.
    InputChanged {
        /// Whether the list of invitations may have changed.
        is_list: bool,
    },
    /// The keyboard has reached an entry.
    Reached(EntryId),
    /// The admin goes on from an entry, or from the empty box behind the last one (`None`).
    Walked(Option<EntryId>, Step),
    /// The admin took an entry out; the keyboard goes on to the next one.
    Removed(EntryId),
    /// The admin took an entry out; the keyboard goes back to the one before.
    RemovedBackwards(EntryId),
    /// The admin took these entries out together.
    AllRemoved(Vec<EntryId>),
    /// The admin wants this domain in all of these entries.
    DomainUsedForAll(Vec<EntryId>, String),
    /// The admin opened an entry, or goes on editing it.
    Edited(Editing),
    /// The edited text takes the place of the entry's.
    EditTaken,
    /// The admin left the entry as it was.
    EditLeft,
    /// The admin wants another domain in an entry.
    DomainUsed(EntryId, String),
    /// The admin wants the address that was probably meant in the place of an entry's text.
    OfferUsed(EntryId),
    /// The admin says that an entry's text is right as it is.
    TextConfirmed(EntryId),
    /// The admin chose one of the different roles that are named for the address of an entry.
    RoleSettled(EntryId, RoleKey),
    /// The admin chose a role for all entries whose own does not exist here; `None` for the role of the entries that name
    /// none.
    UnknownRolesSettled(Option<RoleKey>),
    /// The admin did something with a table that was read.
    Import(ImportId, ImportMsg),
    /// The admin wants a pending invitation sent anew, or not.
    ResendChosen(EntryId, bool),
    /// The admin looks at another page of the entries.
    PageChosen(PageRequest),
    /// The admin wants to see only entries that need a fix, or all.
    OnlyToFixChosen(bool),
    /// The admin took all entries out.
    Cleared,
    /// The admin wants back what was taken out last.
    UndoPressed,
    /// The admin agreed to give the roles.
    GrantConfirmed,
    /// The admin did not agree to give the roles.
    GrantDismissed,
    /// The admin wants these entries, which were not sent, tried again.
    RetryPressed(Vec<EntryId>),
    /// The admin wants the addresses that were not sent on the clipboard.
    CopyPressed,
    /// The admin wants this link on the clipboard: where everybody who was invited finds the invitation.
    JoinLinkPressed(String),
    /// The admin wants what became of each address as a file.
    DownloadPressed,
    /// The admin wants a table to fill in.
    TemplatePressed,
    /// The admin wants the run stopped.
    StopPressed,
    /// A run has ended, from the form or from the list.
    RunEnded(ActiveRun, Report),
}

impl ComposerMsg {
    /// Whether the form is drawn in another task than the one of its update: it comes by itself, and may read or judge thousands
    /// of entries.
    pub fn is_drawn_apart(&self) -> bool {
        matches!(self, Self::ImportContinued | Self::LookedUp(..) | Self::InputChanged { .. })
    }
}

/// Where the keyboard goes from an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the first one.
    First,
    /// To the one before.
    Previous,
    /// To the next one, or to the box behind the last one.
    Next,
    /// To the last one.
    Last,
    /// To the box.
    Box,
}

/// What the runner does for the form.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Sends a message to the code that is fetched later, behind those that wait already.
    Compose(ComposerMsg),
    /// Lets the browser draw, then goes on reading a long text.
    ContinueImport,
    /// Reads the files that the runner holds under this number.
    ReadFiles(u32),
    /// Asks Clerk who is known.
    LookUp(Lookup),
    /// Reads the pending invitations again in a moment.
    LookAgainSoon,
    /// Starts a run with these tasks.
    Send(Vec<Task>),
    /// Stops a run.
    Stop(RunId),
    /// Saves the journal of the workspace.
    SaveJournal,
    /// Saves what is in the form; an empty text is forgotten.
    SaveDraft(String),
    /// Tells the list that these invitations were sent.
    TellSent(Vec<InvitationId>),
    /// Asks for the roles again.
    ReloadRoles,
    /// Tells the reader something, or clears what was told.
    Toast(Option<Toast>),
    /// Has a screen reader read something out.
    Say(Speech),
    /// Moves the keyboard.
    Focus(Focus),
    /// Puts this text into the box at once. The browser may take a while until it draws, and what a program or a scanner types
    /// meanwhile would stand behind the text that was taken out, which would be read once more.
    ShowText(String),
    /// Puts a text on the clipboard.
    Copy(String),
    /// Offers a table as a file.
    Download(String),
}

/// Carries a message out.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::TextTyped { text, cursor } => {
            (model.text, model.email_problem) = (text.clone(), None);
            let typed = cursor.map(|cursor| Effect::Compose(ComposerMsg::TextTyped { text, cursor }));
            typed.into_iter().collect()
        }
        Msg::BoxLeft if model.text.trim().is_empty() => vec![],
        Msg::BoxLeft => vec![enter(model, false)],
        Msg::EnterPressed { sends } => {
            // Enter in an empty box sends.
            let is_empty = model.text.trim().is_empty();
            vec![enter(model, sends || is_empty)]
        }
        Msg::SendPressed => vec![enter(model, true)],
        Msg::TextBrought(text) => {
            let brought = ComposerMsg::TextBrought(text.clone());
            let effects = bring(model, brought);
            keep_unread(model, &text);
            effects
        }
        Msg::Opened => {
            model.is_open = true;
            vec![Effect::Focus(Focus::to(ids::EMAIL))]
        }
        Msg::RichTextBrought { number, text } => {
            let effects = bring(model, ComposerMsg::FilesBrought(number));
            keep_unread(model, &text);
            effects
        }
        Msg::RoleChosen(role) => {
            (model.picked, model.lacks_role) = (Some(role), false);
            judge_anew(model, false)
        }
        Msg::LinkOpened { people, role } => {
            model.picked = role.or(model.picked.take());
            model.composer.is_from_link = !people.trim().is_empty();
            vec![Effect::Compose(ComposerMsg::TextBrought(people))]
        }
        Msg::ListChanged => {
            model.composer.people.expire();
            judge_anew(model, true)
        }
        Msg::SeatsChanged => judge_anew(model, false),
        Msg::Composer(msg) => vec![Effect::Compose(msg)],
    }
}

/// Hands the text in the box over to be read.
fn enter(model: &mut Model, sends: bool) -> Effect {
    Effect::Compose(ComposerMsg::TextEntered { text: take_text(model), sends })
}

/// Hands over what was pasted or dropped, and before it the text in the box.
fn bring(model: &mut Model, brought: ComposerMsg) -> Vec<Effect> {
    let beginning = ComposerMsg::BeginningTyped(take_text(model));
    vec![Effect::Compose(beginning), Effect::Compose(brought)]
}

/// Takes the text out of the box. The code that reads it may arrive later than what the admin types next, and must not
/// take the one for the other.
fn take_text(model: &mut Model) -> String {
    let text = std::mem::take(&mut model.text);
    keep_unread(model, &text);
    text
}

/// Keeps a text until it is read.
fn keep_unread(model: &mut Model, text: &str) {
    if !text.is_empty() {
        model.unread.extend([text, "\n"]);
    }
}

/// Has the entries judged anew, where there are some.
fn judge_anew(model: &Model, is_list: bool) -> Vec<Effect> {
    let changed = || Effect::Compose(ComposerMsg::InputChanged { is_list });
    model.needs_later().then(changed).into_iter().collect()
}
