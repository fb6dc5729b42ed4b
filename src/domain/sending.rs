//! Sending and withdrawing, so that what is claimed is what happened.
//!
//! Only a proved answer counts. An answer that was lost, or that proves nothing, is settled by asking Clerk what
//! exists, before anybody is told to try again: trying again blindly is how people get two mails.

use crate::domain::email::Email;
use crate::domain::error::Error;
use crate::domain::invitation::{Invitation, InvitationId, Status};
use crate::domain::role::RoleKey;

/// The calls that sending and withdrawing are made of.
///
/// Implementations answer `Ok` only with proof: an invitation with an id and the asked address, or with the
/// status `revoked`. Everything else is an [`Error`].
pub trait Invitations {
    /// Invites `email` at `role`.
    async fn invite(&self, email: &Email, role: &RoleKey) -> Result<Invitation, Error>;
    /// Revokes an invitation.
    async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error>;
    /// `rows` invitations of these statuses (of any, when none is named), from the page numbered `page` (from 1), and how
    /// many there are in all.
    async fn list(&self, statuses: &[Status], page: u32, rows: u32) -> Result<(Vec<Invitation>, u64), Error>;
}

/// What became of an invitation that was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// It went out, and this is it: Clerk's answer said so.
    Proved(Invitation),
    /// The answer was lost, and Clerk's list has a pending invitation to that address. It may be an older one.
    Found(Invitation),
    /// Clerk refused it: it did not go out.
    NotSent(Error),
    /// The answer was lost, and Clerk's list has no invitation to that address, yet.
    Missing(Error),
    /// Whether it went out could not be found out. Sending again could be a second mail.
    Unknown(Error),
}

/// What became of an invitation that was revoked.
#[derive(Clone, Debug, PartialEq)]
pub enum Revoked {
    /// It is revoked, proved.
    Proved,
    /// It was no longer pending: accepted, expired, or revoked by somebody else.
    NoLongerPending,
    /// It still stands.
    StillPending(Error),
    /// Whether it still stands could not be found out.
    Unknown(Error),
}

/// How many rows are asked for at a time while looking for one: the most that Clerk gives.
pub const MOST_ROWS: u32 = 500;
/// How many pages are looked at before a list counts as one that never ends.
pub const MOST_PAGES: u32 = 1000;

/// Invites one address.
pub async fn invite(service: &impl Invitations, email: &Email, role: &RoleKey) -> Sent {
    let error = match service.invite(email, role).await {
        Ok(invitation) => return Sent::Proved(invitation),
        Err(error) if !error.leaves_doubt() => return Sent::NotSent(error),
        Err(error) => error,
    };
    match find(service, &Status::Pending, |invitation| email.key() == invitation.email_key).await {
        Ok(Some(invitation)) => Sent::Found(invitation),
        Ok(None) => Sent::Missing(error),
        Err(_) => Sent::Unknown(error),
    }
}

/// Revokes one invitation.
pub async fn revoke(service: &impl Invitations, id: &InvitationId) -> Revoked {
    let error = match service.revoke(id).await {
        Ok(_) => return Revoked::Proved,
        Err(error) if error.is_news() => return Revoked::NoLongerPending,
        Err(error) if !error.leaves_doubt() => return Revoked::StillPending(error),
        Err(error) => error,
    };
    let wanted = |invitation: &Invitation| invitation.id == *id;
    match find(service, &Status::Pending, wanted).await {
        Ok(Some(_)) => Revoked::StillPending(error),
        // It is not pending any more; the list of revoked ones tells whether that was us.
        Ok(None) => match find(service, &Status::Revoked, wanted).await {
            Ok(Some(_)) => Revoked::Proved,
            Ok(None) => Revoked::NoLongerPending,
            Err(_) => Revoked::Unknown(error),
        },
        Err(_) => Revoked::Unknown(error),
    }
}

/// The first invitation of that status that is `wanted`. Clerk has no search, so the list is walked.
async fn find(
    service: &impl Invitations,
    status: &Status,
    wanted: impl Fn(&Invitation) -> bool,
) -> Result<Option<Invitation>, Error> {
    let mut found = None;
    walk(service, std::slice::from_ref(status), &mut |invitation| {
        found = Some(invitation).filter(&wanted);
        found.is_some()
    })
    .await?;
    Ok(found)
}

/// Shows each invitation of these statuses to `visit`, until that has seen enough.
///
/// The walk ends with the list; a list that never ends is as good as one that can't be read.
///
/// # Errors
/// Of the first page that could not be read.
pub async fn walk(
    service: &impl Invitations,
    statuses: &[Status],
    visit: &mut dyn FnMut(Invitation) -> bool,
) -> Result<(), Error> {
    for page in 1..=MOST_PAGES {
        let (rows, total) = service.list(statuses, page, MOST_ROWS).await?;
        let ends = rows.is_empty() || u64::from(page) * u64::from(MOST_ROWS) >= total;
        if rows.into_iter().any(&mut *visit) || ends {
            return Ok(());
        }
    }
    Err(Error::NoAnswer)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::error::Problem;
    use proptest::prelude::*;
    use std::cell::{Cell, RefCell};
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// Clerk in miniature, with what can happen to a request on its way.
    #[derive(Default)]
    struct Scripted {
        invitations: RefCell<Vec<Invitation>>,
        on_change: Fate,
        list_fails: bool,
        changes: Cell<u32>,
        rows_at_most: Option<usize>,
    }

    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    enum Fate {
        #[default]
        Answered,
        LostBefore,
        LostAfter,
        Garbage,
        Refused,
        TooMany,
    }

    impl Scripted {
        fn carry<T>(&self, apply: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
            self.changes.set(self.changes.get() + 1);
            match self.on_change {
                Fate::Answered => apply(),
                Fate::LostBefore => Err(Error::Unreachable),
                Fate::LostAfter => {
                    let _ = apply();
                    Err(Error::Failing { status: Some(504) })
                }
                Fate::Garbage => Err(Error::Unproved),
                Fate::Refused => Err(Error::Refused(vec![Problem::new("not_allowed_access", None, "no")])),
                Fate::TooMany => Err(Error::TooMany { wait: Some(3) }),
            }
        }
        fn is_pending(&self, email: &str) -> bool {
            self.invitations.borrow().iter().any(|i| i.email == email && i.status == Status::Pending)
        }
    }

    pub fn invitation(email: &str, status: Status) -> Invitation {
        Invitation {
            id: InvitationId(email.to_owned()),
            email: email.to_owned(),
            email_key: email.to_lowercase(),
            role: RoleKey("org:member".into()),
            role_name: None,
            status,
            created: None,
            updated: None,
            expires: None,
            url: None,
        }
    }

    impl Invitations for Scripted {
        async fn invite(&self, email: &Email, _: &RoleKey) -> Result<Invitation, Error> {
            self.carry(|| {
                if self.is_pending(email.as_str()) {
                    return Err(Error::Refused(vec![Problem::new("duplicate_record", None, "")]));
                }
                let new = invitation(email.as_str(), Status::Pending);
                self.invitations.borrow_mut().push(new.clone());
                Ok(new)
            })
        }
        async fn revoke(&self, id: &InvitationId) -> Result<Invitation, Error> {
            self.carry(|| {
                let mut all = self.invitations.borrow_mut();
                match all.iter_mut().find(|i| i.id == *id && i.status == Status::Pending) {
                    Some(found) => {
                        found.status = Status::Revoked;
                        Ok(found.clone())
                    }
                    None => Err(Error::Refused(vec![Problem::new(
                        "organization_invitation_not_pending",
                        None,
                        "",
                    )])),
                }
            })
        }
        async fn list(
            &self,
            statuses: &[Status],
            page: u32,
            rows: u32,
        ) -> Result<(Vec<Invitation>, u64), Error> {
            if self.list_fails {
                return Err(Error::Unreachable);
            }
            let rows = self.rows_at_most.unwrap_or(rows as usize);
            let all: Vec<_> =
                self.invitations.borrow().iter().filter(|i| statuses.contains(&i.status)).cloned().collect();
            let total = all.len() as u64;
            Ok((all.into_iter().skip((page as usize - 1) * rows).take(rows).collect(), total))
        }
    }

    /// The script never waits, so neither does this.
    pub fn now<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("the script waited"),
        }
    }

    fn fates() -> impl Strategy<Value = Fate> {
        prop_oneof![
            Just(Fate::Answered),
            Just(Fate::LostBefore),
            Just(Fate::LostAfter),
            Just(Fate::Garbage),
            Just(Fate::Refused),
            Just(Fate::TooMany)
        ]
    }

    fn worlds() -> impl Strategy<Value = Vec<Invitation>> {
        let status = prop_oneof![Just(Status::Pending), Just(Status::Accepted), Just(Status::Revoked)];
        proptest::collection::btree_map("[a-c]@x\\.de", status, 0..4)
            .prop_map(|map| map.into_iter().map(|(email, status)| invitation(&email, status)).collect())
    }

    proptest! {
        #[test]
        fn what_is_claimed_of_an_invite_is_what_clerk_has(world in worlds(), on_change in fates(), list_fails: bool) {
            let service = Scripted { invitations: RefCell::new(world), on_change, list_fails, ..Scripted::default() };
            let email = Email::parse("a@x.de", str::to_lowercase).expect("an address");
            let before = service.is_pending("a@x.de");
            let sent = now(invite(&service, &email, &RoleKey("org:member".into())));
            prop_assert_eq!(service.changes.get(), 1, "sent more than once");
            match sent {
                Sent::Proved(found) => {
                    prop_assert_eq!(email.key(), found.email_key);
                    prop_assert!(service.is_pending("a@x.de") && !before);
                }
                Sent::Found(found) => {
                    prop_assert_eq!(email.key(), found.email_key);
                    prop_assert!(service.is_pending("a@x.de"));
                    prop_assert_ne!(on_change, Fate::Answered);
                }
                Sent::NotSent(_) => {
                    prop_assert_eq!(service.is_pending("a@x.de"), before);
                    prop_assert!(matches!(on_change, Fate::Answered | Fate::Refused | Fate::TooMany));
                }
                Sent::Missing(_) => prop_assert!(!service.is_pending("a@x.de")),
                Sent::Unknown(_) => prop_assert!(list_fails),
            }
        }

        #[test]
        fn what_is_claimed_of_a_revoke_is_what_clerk_has(world in worlds(), on_change in fates(), list_fails: bool) {
            let service = Scripted { invitations: RefCell::new(world), on_change, list_fails, ..Scripted::default() };
            let outcome = now(revoke(&service, &InvitationId("a@x.de".into())));
            prop_assert_eq!(service.changes.get(), 1, "revoked more than once");
            match outcome {
                Revoked::Proved | Revoked::NoLongerPending => prop_assert!(!service.is_pending("a@x.de")),
                Revoked::StillPending(error) if error.leaves_doubt() => prop_assert!(service.is_pending("a@x.de")),
                Revoked::StillPending(_) => prop_assert_ne!(on_change, Fate::LostAfter),
                Revoked::Unknown(_) => prop_assert!(list_fails),
            }
        }
    }

    #[test]
    fn a_lost_invite_is_found_behind_the_first_five_hundred() {
        let mut all: Vec<_> = (0..1200).map(|n| invitation(&format!("p{n}@x.de"), Status::Pending)).collect();
        all.push(invitation("a@x.de", Status::Pending));
        let service =
            Scripted { invitations: RefCell::new(all), on_change: Fate::LostBefore, ..Scripted::default() };
        let email = Email::parse("A@x.de", str::to_lowercase).expect("an address");
        assert!(matches!(now(invite(&service, &email, &RoleKey("r".into()))), Sent::Found(_)));
    }

    #[test]
    fn a_list_that_never_ends_proves_nothing() {
        struct Endless;
        impl Invitations for Endless {
            async fn invite(&self, _: &Email, _: &RoleKey) -> Result<Invitation, Error> {
                Err(Error::Unreachable)
            }
            async fn revoke(&self, _: &InvitationId) -> Result<Invitation, Error> {
                Err(Error::Unreachable)
            }
            async fn list(&self, _: &[Status], _: u32, _: u32) -> Result<(Vec<Invitation>, u64), Error> {
                Ok((vec![invitation("b@x.de", Status::Pending)], u64::MAX))
            }
        }
        let email = Email::parse("a@x.de", str::to_lowercase).expect("an address");
        assert!(matches!(now(invite(&Endless, &email, &RoleKey("r".into()))), Sent::Unknown(_)));
    }
}
