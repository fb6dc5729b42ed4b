//! What happens to the page, and what the runner does about it.

use crate::domain::known_people::Lookup;
use crate::domain::publishable_key::Base64;
use crate::domain::text::{AddressKey, Lowercase};
use crate::domain::{
    Change, Coding, Dismissed, Error, InvitationId, ListQuery, Question, Roles, Status, Timestamp,
};
use crate::feedback::{Due, Focus, Speech, Toast};
use crate::i18n::{Message, Words};
use crate::list::PageQuestion;
use crate::outbox::{RunId, Task};
use crate::program::model::{Address, Chunk, Scope};
use crate::session::Opener;
use crate::{accept, invite, list, outbox, requests, session};

/// What happened to the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// To the session.
    Session(session::Msg),
    /// To the form of a workspace.
    Invite(Scope, invite::Msg),
    /// To the list of a workspace.
    List(Scope, list::Msg),
    /// To the entries of a form. Attended to by code that is fetched later.
    Compose(Scope, invite::ComposerMsg),
    /// To rows of a list. Attended to by code that is fetched later.
    Act(Scope, list::ActionMsg),
    /// To the invitee's side. Attended to by code that is fetched later.
    Accept(accept::Msg),
    /// To the requests to join the organization. Attended to by code that is fetched later.
    Requests(Scope, requests::Msg),
    /// To the runs of a workspace. Attended to by code that is fetched later.
    Outbox(Scope, outbox::Msg),
    /// Clerk has answered with the roles.
    RolesAnswered(Scope, Question<()>, Result<Roles, Error>),
    /// The roles are to be asked for again.
    RolesWanted(Scope),
    /// Something else stands in the address bar.
    AddressChanged(Address),
    /// The words of the reader's language are here.
    WordsLoaded(Words),
    /// What was said in English before is to be said in the reader's language.
    Retell,
    /// The reader has come back to the page.
    Returned,
    /// The browser has lost its connection, or has it again (`true`).
    ConnectionChanged(bool),
    /// Files are dragged over the page, or not any more (`false`).
    DraggedOver(bool),
    /// The status line says something, or nothing any more.
    Told(Option<Toast>),
    /// The reader has pressed the button of the toast. Attended to by code that is fetched later.
    ToastPressed,
    /// Something has changed around the reader, who is to be told. Attended to by code that is fetched later.
    News(News),
    /// The address, with this query, says what the form is to be filled with. Attended to by code that is fetched later.
    LinkFound(Scope, String),
    /// A screen reader is to read something out.
    Said(Speech),
    /// A time is over.
    Due(Due),
    /// The clipboard took a text, or did not. Attended to by code that is fetched later.
    Copied(bool),
    /// The visitor wants to sign in on the deployer's own page.
    SignInPressed,
    /// The reader has pressed a button of the header.
    OpenerPressed(Opener),
    /// The admin wants to see the members. Attended to by code that is fetched later.
    MembersPressed,
    /// Clerk's own dialog with them is open; or what is wrong.
    MembersOpened(Option<Message>),
    /// The reader has pressed a key that is a command.
    ShortcutPressed(char),
    /// The reader has closed the list of these keys.
    ShortcutsClosed,
    /// What was in the form of the workspace when the page was left last.
    DraftFound(Scope, String),
    /// Code that the page starts without is needed.
    Wanted(Chunk),
    /// Code that did not arrive is to be asked for once more.
    RetryPressed(Chunk),
    /// It has arrived, or it has not.
    Loaded(Chunk, Fetched),
    /// The page is being left or hidden: it may never be heard of again.
    Leaving,
    /// The reader wants the newer version of the page.
    ReloadPressed,
}

/// What has changed around the reader.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Who is signed in, where, or with what rights.
    Session(Change),
    /// The viewer is still in the organization that they wanted to leave.
    SwitchFailed(Error),
    /// Clerk has begun to move the roles of the organization to another role set, or has ended it (`false`).
    RolesMigrate(bool),
}

/// What the fetching of code has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// It is here.
    Here,
    /// It did not arrive.
    Failed,
    /// It did not arrive, because the host has a newer version of the page.
    Outdated,
}

/// A part of the page that is drawn by itself: typing into the form must not draw the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands around the workspace.
    Frame = 0,
    /// The form.
    Invite = 1,
    /// The list.
    List = 2,
}

impl Part {
    pub(super) const COUNT: usize = 3;
    pub(super) const ALL: [Self; Self::COUNT] = [Self::Frame, Self::Invite, Self::List];
}

/// What the runner does.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Sends a message, behind those that wait already.
    Dispatch(Msg),
    /// Sends a message after so many milliseconds.
    Sleep(u32, Box<Msg>),
    /// Starts clerk-js.
    StartClerk,
    /// Has clerk-js take up a session that it learned of after a degraded start.
    Heal,
    /// Goes to the deployer's own sign-in page, if there is one.
    SignIn,
    /// Asks Clerk for the roles.
    ListRoles(Scope, Question<()>),
    /// Asks Clerk for a page of the list.
    ListPage(Scope, Question<ListQuery>),
    /// Asks Clerk how many invitations there are of each kind.
    Count(Scope, Question<()>),
    /// Goes to the address of a query: a step of the history, or in the place of the current one.
    GoTo {
        /// What the address is to name.
        query: ListQuery,
        /// Whether "back" does not lead to what is shown now.
        replaces: bool,
    },
    /// Finds out whether people may ask to join, and then how many do.
    FindRequests(Scope),
    /// Takes what a link said off the address, once it is in the form.
    ForgetLink,
    /// Promises the clipboard a text that is still to be read: browsers allow that only in the click.
    PromiseCopy,
    /// Has a part drawn, after a message that by itself is no reason, in a task of its own: together with the update it would
    /// keep the browser from answering.
    Draw(Part),
    /// Hears of dragged files, and of keys that are commands.
    WatchInput,
    /// Moves the keyboard.
    Focus(Focus),
    /// Looks for a journal of the workspace, and for what was in its form when the page was left last.
    FindStored(Scope),
    /// Saves what is in the form; an empty text is forgotten.
    SaveDraft(Scope, String),
    /// Forgets everything that is stored for the session.
    ForgetStored,
    /// Loads the document anew.
    Reload,
    /// Fetches code that the page starts without.
    Load(Chunk),
    /// What that code does.
    Later(LaterEffect),
}

/// What the runner does with code that is fetched later.
#[derive(Clone, Debug, PartialEq)]
pub enum LaterEffect {
    /// Asks Clerk who is known.
    LookUp(Scope, Lookup),
    /// Reads the files that the runner holds under this number.
    ReadFiles(Scope, u32),
    /// Puts a text into the box of the form, if that is on screen.
    ShowText(Scope, String),
    /// Does tasks.
    Execute(Scope, RunId, Vec<Task>),
    /// Stops that; why, unless the admin asked for it.
    StopRun(Scope, RunId, Option<Error>),
    /// Keeps a journal; an empty one is forgotten.
    SaveJournal(Scope, String),
    /// Asks Clerk for a page of the whole list.
    ReadPage(Scope, u32, Vec<Status>, PageQuestion),
    /// Looks for what became of rows that are gone from the page.
    FindGone(Scope, Vec<InvitationId>),
    /// Asks Clerk which members a text finds.
    FindMembers(Scope, String),
    /// Looks for the invitations that the admin has dismissed.
    FindDismissed(Scope),
    /// Keeps them.
    KeepDismissed(Scope, Dismissed),
    /// Puts a text on the clipboard.
    Copy(String),
    /// Puts a text on the clipboard for which [`Effect::PromiseCopy`] has made place in the click.
    CopyPromised(String),
    /// Offers a table as a file.
    Download(String),
    /// Tells the page that the element stands in, if it is in one.
    TellHost {
        /// The invitations that were sent.
        invited: Vec<InvitationId>,
        /// The invitations that were revoked.
        revoked: Vec<InvitationId>,
    },
    /// Opens Clerk's own dialog with the members.
    OpenMembers,
    /// What the invitee's side does.
    Accept(accept::Effect),
    /// What the requests to join have Clerk asked for.
    Requests(Scope, requests::Call),
}

/// What an update is decided by, beside the model.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// The page's own clock, in milliseconds.
    pub now: f64,
    /// The time of day.
    pub today: Timestamp,
    /// Makes of a text what words are compared by.
    pub lowercase: Lowercase,
    /// How addresses are written and compared.
    pub address_key: AddressKey,
    /// Reads a text of a query.
    pub decode: Coding,
    /// Decodes base64.
    pub decode_base64: Base64,
    /// Whether the pointer or the keyboard is on the element with this id.
    pub is_attended: fn(&str) -> bool,
    /// Writes a time as ISO 8601 does.
    pub iso: fn(Timestamp) -> String,
}

impl Effect {
    /// Whether it only serves what is on screen.
    pub(super) fn serves_the_screen(&self) -> bool {
        match self {
            Self::ListRoles(..)
            | Self::ListPage(..)
            | Self::Count(..)
            | Self::GoTo { .. }
            | Self::Focus(_) => true,
            Self::Later(effect) => {
                matches!(
                    effect,
                    LaterEffect::LookUp(..) | LaterEffect::ReadPage(..) | LaterEffect::FindGone(..)
                )
            }
            _ => false,
        }
    }
}

impl Msg {
    /// Whether it is attended to by code that is fetched later.
    pub fn is_later(&self) -> bool {
        matches!(
            self,
            Self::Compose(..)
                | Self::Act(..)
                | Self::Outbox(..)
                | Self::Accept(_)
                | Self::Requests(..)
                | Self::MembersPressed
                | Self::LinkFound(..)
                | Self::News(_)
                | Self::Retell
                | Self::ToastPressed
                | Self::Copied(_)
                | Self::ShortcutPressed(_)
        )
    }
}
