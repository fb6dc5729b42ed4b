//! What every test here stands on: a world of its own on a free port, and a browser of its own to look at it with.

mod accessibility;
mod browser;
mod chromium;
mod complaints;
mod http;
mod invitee;
mod inviting;
mod listing;
mod page;
mod server;
mod stage;
mod thing;

pub use browser::Engine;
pub use http::Reply;
pub use invitee::{
    ACCEPT, active_organizations, has_joined, invited, link_with, refusal, says, signs_in, with_link,
};
pub use listing::{again, choice, more, resend, search_box};
pub use page::Page;
pub use server::{Server, ServerKind};
pub use stage::{Stage, clerk_ahead, pages_world, without_requests};
pub use thing::{
    Thing, addresses, alert, any, button, checkbox, columnheader, combobox, dialog, heading, link,
    navigation, progressbar, region, row, sender, status, textbox,
};
