//! What happens to the form, and what follows. The part that every visitor downloads: typing, and choosing a role.

use crate::domain::known_people::{Found, Lookup};
use crate::domain::{Error, InvitationId, PageRequest, RoleKey};
use crate::feedback::{Focus, Toast};
use crate::files::ReadFile;
use crate::invite::entry::EntryId;
use crate::invite::import::{ImportId, ImportMsg};
use crate::invite::model::{Context, Editing, Model};
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
    /// The admin pressed Enter in the box; with Ctrl or ⌘ (`sends`) everything is to be sent.
    EnterPressed {
        /// Whether everything is to be sent.
        sends: bool,
    },
    /// The admin chose a role for all entries.
    RoleChosen(RoleKey),
    /// A link named people, and perhaps a role.
    LinkOpened {
        /// The addresses, as the link has them.
        people: String,
        /// A role's key.
        role: Option<RoleKey>,
    },
    /// The list of invitations may be another.
    ListChanged,
    /// More or fewer seats are taken.
    SeatsChanged,
    /// Something that the code which is fetched later attends to.
    Composer(ComposerMsg),
}

/// What happened to the entries, or is wanted of them.
#[derive(Clone, Debug, PartialEq)]
pub enum ComposerMsg {
    /// What is complete of the text in the box, up to the cursor, is to be read.
    TextTyped {
        /// Where the cursor is, in UTF-16 code units.
        cursor: u32,
    },
    /// The text in the box is to be read; then everything is to be sent, if `sends`.
    EnterPressed {
        /// Whether everything is to be sent.
        sends: bool,
    },
    /// The admin wants to send.
    SendPressed,
    /// A text was pasted, dropped, or named by a link.
    TextBrought(String),
    /// Files, or a text with markup, were pasted, dropped or chosen. The runner holds them under this number.
    FilesBrought(u32),
    /// The files were read.
    FilesRead(Vec<ReadFile>),
    /// The next part of a long text is to be read.
    ImportContinued,
    /// The page was reloaded while this was on its way.
    JournalFound(String),
    /// Clerk has answered a look-up.
    LookedUp(Lookup, Result<Found, Error>),
    /// The admin wants the look-up tried again.
    LookUpRetried,
    /// It is time to look at the pending invitations once more.
    LookAgain,
    /// The list or the roles have changed, or the form is on screen again.
    WorldChanged {
        /// Whether the list of invitations may be another.
        is_list: bool,
    },
    /// The admin took an entry out.
    Removed(EntryId),
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
    /// The admin chose a role for all whose own does not exist here; `None` for the one of all entries that name none.
    UnknownRolesSettled(Option<RoleKey>),
    /// The admin wants something of a table that was read.
    Import(ImportId, ImportMsg),
    /// The admin wants a pending invitation sent anew, or not.
    ResendChosen(EntryId, bool),
    /// The admin looks at another page of the entries.
    PageChosen(PageRequest),
    /// The admin wants to see only entries that want a look, or all.
    OnlyLooksChosen(bool),
    /// The admin took all entries out.
    Cleared,
    /// The admin answered the question about a role: send.
    GrantConfirmed,
    /// The admin answered it: do not send.
    GrantDismissed,
    /// The admin wants what was not sent tried again.
    RetryPressed,
    /// The admin wants the addresses that were not sent on the clipboard.
    CopyPressed,
    /// The admin wants this link on the clipboard: where everybody who was invited finds the invitation.
    JoinLinkPressed(String),
    /// The admin wants what became of each address as a file.
    DownloadPressed,
    /// The admin wants the run stopped.
    StopPressed,
    /// A run has ended, from the form or from the list.
    RunEnded(ActiveRun, Report),
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
    /// Looks at the pending invitations again in a moment.
    LookAgainSoon,
    /// Does these tasks.
    Send(Vec<Task>),
    /// Stops a run.
    Stop(RunId),
    /// The journal of the workspace has changed.
    SaveJournal,
    /// Tells the list that these invitations were sent.
    TellSent(Vec<InvitationId>),
    /// Asks for the roles again.
    ReloadRoles,
    /// Tells the reader something, or clears what was told.
    Toast(Option<Toast>),
    /// Moves the keyboard.
    Focus(Focus),
    /// Puts a text on the clipboard.
    Copy(String),
    /// Offers a table as a file.
    Download(String),
}

/// Carries a message out.
pub fn update(model: &mut Model, msg: Msg, context: &Context) -> Vec<Effect> {
    match msg {
        Msg::TextTyped { text, cursor } => {
            (model.text, model.email_problem) = (text, None);
            let typed = cursor.map(|cursor| Effect::Compose(ComposerMsg::TextTyped { cursor }));
            typed.into_iter().collect()
        }
        Msg::BoxLeft if model.text.trim().is_empty() => vec![],
        Msg::BoxLeft => {
            // The end of a line completes what stands before it, also when the code for it comes late.
            model.text.push('\n');
            vec![Effect::Compose(ComposerMsg::TextTyped { cursor: u32::MAX })]
        }
        Msg::EnterPressed { sends } => {
            // Judged now: until the code is here, the text may have been read, and Enter on a text does not ask to send.
            let is_empty = model.text.trim().is_empty();
            if !context.is_later_here && !is_empty {
                // What is typed until the code is here must not run together with what stands there already.
                model.text.push('\n');
            }
            vec![Effect::Compose(ComposerMsg::EnterPressed { sends: sends || is_empty })]
        }
        Msg::RoleChosen(role) => {
            (model.picked, model.lacks_role) = (Some(role), false);
            judge_anew(model, false)
        }
        Msg::LinkOpened { people, role } => {
            model.picked = role.or(model.picked.take());
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

/// Has the entries judged anew, where there are some.
fn judge_anew(model: &Model, is_list: bool) -> Vec<Effect> {
    let changed = || Effect::Compose(ComposerMsg::WorldChanged { is_list });
    model.needs_later().then(changed).into_iter().collect()
}
