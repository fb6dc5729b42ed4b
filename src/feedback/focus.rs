//! Where the keyboard goes: what an update asks the runner for, as a plain value.

/// Ids of elements that the keyboard is sent to.
pub mod ids {
    /// The box for addresses.
    pub const EMAIL: &str = "invite-email";
    /// The field for files.
    pub const FILE: &str = "invite-file";
    /// The field in which an entry is edited.
    pub const EDITOR: &str = "entry-editor";
    /// The role field.
    pub const ROLE: &str = "invite-role";
    /// What is wrong with the role.
    pub const ROLE_PROBLEM: &str = "invite-role-problem";
    /// The button that sends.
    pub const SEND: &str = "invite-send";
    /// The search field.
    pub const SEARCH: &str = "list-search";
    /// The field in which another role is picked for invitations of the list.
    pub const OTHER_ROLE: &str = "other-role";
    /// The heading of an invitee's screen.
    pub const ACCEPT: &str = "accept-heading";
    /// The box that selects all rows of a page.
    pub const SELECT_PAGE: &str = "list-select-page";
    /// The button that selects all rows that match.
    pub const SELECT_ALL: &str = "selection-all";
    /// The button that sends to the selected rows.
    pub const SELECTION_SEND: &str = "selection-send";
    /// The status line.
    pub const STATUS: &str = "status-line";
    /// What stands in the place of the form when its code did not arrive.
    pub const NO_FORM: &str = "form-missing";
    /// The heading of the list.
    pub const LIST: &str = "list-heading";

    /// The first item of the menu that the button with this id opens.
    pub fn first_item(opener: &str) -> String {
        [opener, "-first"].concat()
    }
}

/// Where the keyboard goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    /// The id of the element.
    pub to: String,
    /// When it may go there.
    pub when: FocusWhen,
    /// Whether the element is scrolled into view.
    pub scrolls: bool,
}

/// When the keyboard may be moved: an admin who has gone on meanwhile is not called back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FocusWhen {
    /// In any case.
    Always,
    /// Only when it is on the element with one of these ids, or on none.
    On(Vec<String>),
}

impl Focus {
    /// To an element in any case, scrolled into view.
    pub fn to(id: impl Into<String>) -> Self {
        Self { to: id.into(), when: FocusWhen::Always, scrolls: true }
    }
}
