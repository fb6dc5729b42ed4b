//! What every test here stands on: a world of its own on a free port, and a browser of its own to look at it with.

mod accessibility;
mod browser;
mod complaints;
mod inviting;
mod page;
mod stage;
mod thing;

pub use inviting::Entry;
pub use page::Page;
pub use stage::{Stage, pages_world};
pub use thing::{
    Thing, addresses, alert, any, button, combobox, dialog, heading, link, navigation, region, row, sender,
    status, table, textbox,
};
