//! Draws the menu of a row: all that can be done with it. Fetched when the admin is about to do something with the list.

use crate::domain::{Invitation, Status, StatusFilter};
use crate::i18n::Message;
use crate::list::messages::{ActionMsg, RowAction};
use crate::list::model::Menu;
use crate::list::view::View;
use crate::ui::{MenuItem, menu};
use yew::prelude::*;

/// Draws it while it is open.
pub fn row_menu(view: &View, invitation: &Invitation) -> Option<Html> {
    let id = Menu::Row(invitation.id.clone());
    let is_open = view.model.actions.menu.as_ref() == Some(&id);
    let label = view.words.fill_plain(Message::MoreOf, &[("email", &invitation.email)]);
    is_open.then(|| menu(&id.opener(), &label, items(view, invitation), &view.act(ActionMsg::MenuClosed)))
}

/// What can be done with an invitation in its status, and nothing else.
fn items(view: &View, invitation: &Invitation) -> Vec<MenuItem> {
    let item = |message, msg| MenuItem::new(view.words.say(message), view.act(msg));
    let migrates = view.roles.is_some_and(|roles| roles.migrating);
    let act = |message, action: RowAction| MenuItem {
        is_off: migrates && action.gives_a_role(),
        ..item(message, ActionMsg::Row(action, invitation.id.clone()))
    };
    let is_listed_as_pending = invitation.status == Status::Pending;
    let mut items = vec![match invitation.status_at(view.today) {
        Status::Pending => act(Message::EntryResend, RowAction::Resend),
        // A person who has joined may have left again; Clerk says so if not.
        _ => act(Message::Again, RowAction::InviteAgain),
    }];
    if is_listed_as_pending {
        items.push(act(Message::RoleChange, RowAction::ChangeRole));
    }
    items.push(item(Message::MoreCopy, ActionMsg::CopyPressed(invitation.email.clone())));
    if let Some(url) = &invitation.url {
        items.push(item(Message::MoreLink, ActionMsg::CopyPressed(url.clone())));
    }
    if view.model.query.filter == StatusFilter::Attention {
        items.push(match view.model.actions.dismissed.has(&invitation.id) {
            true => act(Message::DismissedRestore, RowAction::Restore),
            false => act(Message::DismissedAdd, RowAction::Dismiss),
        });
    }
    if is_listed_as_pending {
        let revoke = act(Message::Revoke, RowAction::Revoke);
        items.push(MenuItem { is_danger: true, starts_group: true, ..revoke });
    }
    items
}
