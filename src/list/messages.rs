//! What happens to the list, and what the runner does for it.

use crate::domain::known_people::KnownPeople;
use crate::domain::service::FoundMember;
use crate::domain::text::Lowercase;
use crate::domain::{
    Counts, Dismissed, Error, Invitation, InvitationId, ListQuery, Membership, Question, RoleKey, Roles,
    Status, Timestamp,
};
use crate::feedback::{Focus, Speech, Toast};
use crate::i18n::Words;
use crate::list::full_list::PageQuestion;
use crate::list::model::{AfterReading, Menu};
use crate::outbox::{ActiveRun, Outbox, Report, RunId, RunRequest};

/// What happened to the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The list is on screen, for the first time or again.
    Opened,
    /// The address names another query.
    QueryChanged(ListQuery),
    /// Clerk has answered with a page: its rows, and how many there are in all.
    PageAnswered(Question<ListQuery>, Result<(Vec<Invitation>, u64), Error>),
    /// Clerk has answered how many there are of each kind.
    Counted(Question<()>, Result<Counts, Error>),
    /// The admin chose another query.
    QueryChosen(ListQuery),
    /// The admin wants the list as it is now.
    ReloadPressed,
    /// The admin has come back to the page.
    Returned,
    /// The text in the search field has changed.
    SearchTyped(String),
    /// The admin has typed nothing for a moment since this keystroke.
    SearchPaused(u32),
    /// The admin selected or deselected rows.
    Selected(Selection),
    /// Invitations were sent from the form.
    SentFromForm(Vec<InvitationId>),
    /// A message for the code that is fetched later.
    Action(ActionMsg),
}

/// Which rows the admin has selected or deselected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The row that was pressed; `None` for all rows of the page.
    pub row: Option<InvitationId>,
    /// Whether it is selected now.
    pub is_selected: bool,
    /// Whether the rows between it and the one pressed before are meant, too.
    pub is_range: bool,
}

/// What happened to the whole list or to some of its rows.
#[derive(Clone, Debug, PartialEq)]
pub enum ActionMsg {
    /// The admin wants something done with one row.
    Row(RowAction, InvitationId),
    /// The admin wants something done with the selected rows.
    Bulk(BulkAction),
    /// The admin wants something done with all rows that match.
    All(AfterReading),
    /// Something that the shown rows are derived from may have changed.
    InputChanged(Input),
    /// The admin stopped or resumed the reading of the whole list.
    ReadingToggled,
    /// Clerk has answered with a page of the whole list, for this reading: how many rows it has, which are read next, and
    /// how many there are in all.
    PageArrived(u32, PageQuestion, (u64, u64)),
    /// That page was read, or Clerk could not be asked for it.
    PageRead(u32, PageQuestion, Result<(Vec<Invitation>, u64), Error>),
    /// The admin pressed the button of a menu that is not a row's.
    MenuPressed(Menu),
    /// The admin closed the open menu.
    MenuClosed,
    /// The list has come that the admin asked for once more.
    Reloaded,
    /// Something happened in the open dialog.
    Dialog(DialogMsg),
    /// The admin wants a text on the clipboard.
    CopyPressed(String),
    /// The admin wants what failed in the last run tried again.
    RetryFailedPressed,
    /// The admin wants the addresses of what failed on the clipboard.
    CopyFailedPressed,
    /// The admin wants what became of each address as a file.
    DownloadPressed,
    /// The admin stopped a run.
    StopPressed(RunId),
    /// The admin wants these people invited again: their invitations were just revoked.
    InviteAgainPressed(Vec<InvitationId>),
    /// A run has ended, from the form or from the list.
    RunEnded(ActiveRun, Report),
    /// These invitations were dismissed earlier, as the browser has kept it.
    DismissedFound(Dismissed),
    /// Clerk has answered which members a text finds.
    MembersFound(String, Result<(Vec<FoundMember>, u64), Error>),
    /// The admin wants to see what was dismissed, or not any more.
    DismissedToggled,
    /// The admin wants everybody invited again whose invitation has expired.
    InviteExpiredPressed,
    /// The rows that are gone from the page were looked for; these were found.
    GoneFound(Vec<Invitation>),
}

/// What the rows that are shown of the whole list are derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The query in the address.
    Query,
    /// Clerk's list: the admin wants it as it is now.
    List,
    /// Perhaps Clerk's list: the admin has come back to the page.
    Returned,
    /// The roles, or the words.
    Words,
    /// The counts, which were read just now.
    Counts,
    /// The rows that have changed elsewhere.
    Changes,
}

/// What can be done with one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowAction {
    /// Revoke the invitation.
    Revoke,
    /// Revoke it and send another one.
    Resend,
    /// Send another one in the place of one that has ended.
    InviteAgain,
    /// Give it another role.
    ChangeRole,
    /// Be reminded of it no longer.
    Dismiss,
    /// Be reminded of it again.
    Restore,
    /// See what else can be done.
    More,
    /// Do what failed once more.
    Retry,
}

/// What can be done with the selected rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkAction {
    /// Select everything that matches.
    SelectAll,
    /// Resend those that are pending, invite those again that have ended.
    Send,
    /// Give those that are pending another role.
    ChangeRole,
    /// Revoke those that are pending.
    Revoke,
    /// Be reminded of them no longer.
    Dismiss,
    /// Copy their addresses.
    Copy,
    /// Offer them as a file.
    Export,
    /// Select none.
    SelectNone,
}

/// What happened in a dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum DialogMsg {
    /// The admin picked a role.
    RolePicked(Option<RoleKey>),
    /// The admin confirmed.
    Confirmed,
    /// The admin closed it.
    Dismissed,
}

/// What the runner does for the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Sends a message to the code that is fetched later, behind those that wait already.
    Act(ActionMsg),
    /// Asks Clerk for the page.
    ListPage(Question<ListQuery>),
    /// Asks Clerk how many there are of each kind.
    Count(Question<()>),
    /// Goes to the address of a query: a step of the history, or in the place of the current one.
    GoTo {
        /// What the address is to name.
        query: ListQuery,
        /// Whether it replaces the current step of the history.
        replaces: bool,
    },
    /// Waits for a moment in which nothing is typed.
    WaitForPause(u32),
    /// Asks Clerk for a page of the whole list, for this reading.
    ReadPage(u32, Vec<Status>, PageQuestion),
    /// Looks for what became of rows that are gone from the page.
    FindGone(Vec<InvitationId>),
    /// Asks Clerk which members a text finds.
    FindMembers(String),
    /// Looks for the invitations that were dismissed earlier.
    FindDismissed,
    /// Keeps them.
    KeepDismissed(Dismissed),
    /// Starts a run.
    StartRun(RunRequest),
    /// Stops a run.
    Stop(RunId),
    /// Fetches the code that is needed soon.
    WantLater,
    /// Tells the form that the list of invitations may have changed.
    TellForm,
    /// Asks for the roles again.
    ReloadRoles,
    /// Tells the reader something, or clears what was told.
    Toast(Option<Toast>),
    /// Has a screen reader read something out that those who see can see.
    Say(Speech),
    /// Has the list drawn: a page of the whole list has come, which by itself is no reason.
    Draw,
    /// Moves the keyboard.
    Focus(Focus),
    /// Puts a text on the clipboard.
    Copy(String),
    /// Promises the clipboard a text that is still to be read: browsers allow that only in the click.
    PromiseCopy,
    /// Puts the promised text on the clipboard.
    CopyPromised(String),
    /// Offers a table as a file.
    Download(String),
}

/// What an update of the list depends on, beside its model.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The reader's words.
    pub words: &'a Words,
    /// The roles, once they are known.
    pub roles: Option<&'a Roles>,
    /// The admin's own membership.
    pub membership: &'a Membership,
    /// The runs that have not ended.
    pub outbox: &'a Outbox,
    /// Who is known to be a member, as far as the form has looked that up.
    pub people: &'a KnownPeople,
    /// Whether the list is on screen: the admin may have gone to another organization since.
    pub is_current: bool,
    /// The page's own clock, in milliseconds.
    pub now: f64,
    /// The time of day.
    pub today: Timestamp,
    /// Makes the form of a text by which words are compared.
    pub lowercase: Lowercase,
    /// Writes a time as ISO 8601 does.
    pub iso: fn(Timestamp) -> String,
}
