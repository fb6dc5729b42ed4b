//! Draws the list, and below it what is being done with it.

mod actions;
mod around;
mod attention;
mod beside;
mod dialog;
mod found;
mod in_view;
mod joined;
mod keys;
mod panel;
mod reading;
mod row_menu;
mod row_progress;
mod selection;
mod sorts;
mod table;
mod tabs;
mod tools_menu;

pub use around::around;
pub use in_view::in_view;
pub use panel::{Around, Instead, panel};
pub use row_progress::row_progress;
pub use tabs::{further_tab, tab_keys};

use crate::browser::Mount;
use crate::domain::{Column, Invitation, Membership, PageSize, Roles, Timestamp};
use crate::i18n::{Message, Words};
use crate::list::messages::{ActionMsg, Msg};
use crate::list::model::Model;
use crate::outbox::Outbox;
use yew::prelude::*;

/// What the list is drawn from.
pub struct View<'a> {
    /// Where the page is mounted.
    pub mount: &'a Mount,
    /// The reader's words.
    pub words: &'a Words,
    /// The list.
    pub model: &'a Model,
    /// What is on its way.
    pub outbox: &'a Outbox,
    /// Whether the browser has a connection.
    pub is_online: bool,
    /// The roles, once they are known.
    pub roles: Option<&'a Roles>,
    /// The admin's own membership.
    pub membership: &'a Membership,
    /// How many rows a page has when the address names no number.
    pub usual_size: PageSize,
    /// The page's own clock, in milliseconds.
    pub now: f64,
    /// The time of day.
    pub today: Timestamp,
    /// Whether single keys are commands.
    pub has_shortcuts: bool,
    /// Draws what a run does with a row, once that code is here.
    pub draw_row: Option<fn(&View, &Invitation) -> RowProgress>,
    /// The node of the dialog.
    pub dialog: NodeRef,
    /// Sends a message to the list.
    pub on: Callback<Msg>,
}

/// A tab that leads to something else than invitations.
pub struct FurtherTab {
    /// What stands on it.
    pub label: Message,
    /// How many there are, as far as that is known.
    pub count: Option<u64>,
    /// Where it leads.
    pub address: String,
    /// Whether that is what is shown.
    pub is_current: bool,
}

/// What is drawn of what a run does with a row, and of what became of it.
#[derive(Default)]
pub struct RowProgress {
    /// Whether a run is at work on the row.
    pub is_busy: bool,
    /// Whether the row belongs to a run that goes on: all that can be done with it then stands below it.
    pub is_in_run: bool,
    /// What stands where the buttons were.
    pub said: Option<Html>,
    /// What stands below the row.
    pub below: Option<Html>,
    /// The menu of the row, while it is open.
    pub menu: Option<Html>,
    /// What stands beside the content of a cell.
    pub beside: Vec<(Column, Html)>,
}

impl View<'_> {
    /// A callback that sends the same message at each event. Only for what is fetched later: it takes the code that clones
    /// messages.
    fn act<E: 'static>(&self, msg: ActionMsg) -> Callback<E> {
        self.on.reform(move |_: E| Msg::Action(msg.clone()))
    }
}
