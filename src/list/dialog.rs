//! The dialog about some rows, a small state machine: each event either leaves it open in another state, or closes it with
//! the admin's decision.

use crate::domain::{InvitationId, RoleKey};
use crate::list::messages::DialogMsg;
use crate::list::model::Dialog;

/// The state of a dialog after an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It stays open.
    Stays(Dialog),
    /// It closes, and nothing is done.
    Closes,
    /// It closes, and these are to be revoked.
    Revokes(Vec<InvitationId>),
    /// It closes, and these are to be sent anew, at another role where one is named.
    Sends(Vec<InvitationId>, Option<RoleKey>),
}

impl Dialog {
    /// Takes an event in.
    pub fn update(self, msg: DialogMsg) -> Step {
        match (self, msg) {
            (_, DialogMsg::Dismissed) => Step::Closes,
            (Self::Role(rows, _), DialogMsg::RolePicked(role)) => Step::Stays(Self::Role(rows, role)),
            (Self::Revoke(rows), DialogMsg::Confirmed) => Step::Revokes(rows),
            (Self::Send(rows), DialogMsg::Confirmed) => Step::Sends(rows, None),
            (Self::Role(rows, Some(role)), DialogMsg::Confirmed) => Step::Sends(rows, Some(role)),
            (dialog, _) => Step::Stays(dialog),
        }
    }

    /// The rows that it is about.
    pub fn rows(&self) -> &[InvitationId] {
        match self {
            Self::Revoke(rows) | Self::Send(rows) | Self::Role(rows, _) => rows,
        }
    }

    /// The role that is picked in it.
    pub fn picked(&self) -> Option<&RoleKey> {
        match self {
            Self::Role(_, picked) => picked.as_ref(),
            Self::Revoke(_) | Self::Send(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<InvitationId> {
        vec![InvitationId("a".to_owned()), InvitationId("b".to_owned())]
    }

    #[test]
    fn a_role_must_be_picked_before_it_can_be_given() {
        let (admin, open) = (RoleKey("org:admin".to_owned()), Dialog::Role(rows(), None));
        assert_eq!(open.clone().update(DialogMsg::Confirmed), Step::Stays(open.clone()));
        assert_eq!(open.picked(), None);
        let Step::Stays(picked) = open.update(DialogMsg::RolePicked(Some(admin.clone()))) else { panic!() };
        assert_eq!(picked.picked(), Some(&admin));
        assert_eq!(picked.update(DialogMsg::Confirmed), Step::Sends(rows(), Some(admin)));
    }

    #[test]
    fn what_is_confirmed_is_done_with_just_those_rows() {
        assert_eq!(Dialog::Revoke(rows()).update(DialogMsg::Confirmed), Step::Revokes(rows()));
        assert_eq!(Dialog::Send(rows()).update(DialogMsg::Confirmed), Step::Sends(rows(), None));
    }

    #[test]
    fn each_dialog_closes_without_doing_anything() {
        for dialog in [
            Dialog::Revoke(rows()),
            Dialog::Send(rows()),
            Dialog::Role(rows(), Some(RoleKey("org:admin".to_owned()))),
        ] {
            assert_eq!(dialog.update(DialogMsg::Dismissed), Step::Closes);
        }
    }
}
