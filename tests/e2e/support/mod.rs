//! What every test here stands on: a world of its own on a free port, and a browser of its own to look at it with.

mod accessibility;
mod browser;
mod page;
mod stage;
mod thing;

pub use page::{Page, Row};
pub use stage::{Stage, pages_world};
pub use thing::{
    Thing, alert, alertdialog, any, button, cell, combobox, dialog, heading, link, menuitem, navigation,
    region, row, status, table, textbox,
};
