//! What several tests share.

use crate::domain::invitation::{Invitation, InvitationId, Status};
use crate::domain::organization::{Organization, OrganizationId};
use crate::domain::role::{Membership, Rights, RoleKey};
use crate::domain::text::{AddressKey, Unicode};
use crate::domain::{ActiveOrganization, Viewer};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use unicode_normalization::UnicodeNormalization;

/// Unicode's tables, where there is no browser.
pub const UNICODE: Unicode = Unicode { compose: |text| text.nfc().collect(), lowercase: str::to_lowercase };

/// How addresses are compared, where there is no browser.
pub const ADDRESS_KEY: AddressKey =
    AddressKey { compose: |text| UNICODE.composed(text), key: |text| UNICODE.address_key(text) };

/// A pending or ended invitation of `email`, at `org:member`, whose id is the address itself.
pub fn invitation(email: &str, status: Status) -> Invitation {
    Invitation {
        id: InvitationId(email.to_owned()),
        email: email.to_owned(),
        email_key: UNICODE.address_key(email),
        role: RoleKey("org:member".into()),
        role_name: None,
        status,
        created: None,
        updated: None,
        expires: None,
        url: None,
    }
}

/// The value of a future that never waits, as the scripted services of tests do.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the script waited"),
    }
}

/// A viewer in an organization, in the user's only session. The role is the admin's where the viewer may manage.
pub fn active_organization(user: &str, id: &str, name: &str, rights: Rights) -> ActiveOrganization {
    let viewer = Viewer {
        user: user.into(),
        session: [user, "'s"].concat(),
        name: user.into(),
        email: None,
        own: vec![],
    };
    let organization =
        Organization { id: OrganizationId(id.into()), name: name.into(), image: None, seats: None };
    let role = RoleKey(if rights == Rights::Manage { "org:admin" } else { "org:member" }.into());
    let membership = Membership { role, role_name: String::new(), rights, permissions: vec![] };
    ActiveOrganization { viewer, organization, membership }
}
