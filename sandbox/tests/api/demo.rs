//! The demo's world is what its documentation says; the page's tests rely on it.

use std::collections::HashSet;

use sandbox::world::{MANAGE_MEMBERSHIPS, now_ms};
use sandbox::{Control, Status, World};

use crate::support::Browser;

#[test]
fn acme_has_a_long_list_in_every_status() {
    let world = World::demo();
    let counts = ["pending", "accepted", "revoked", "expired"]
        .map(|s| world.invitations.count("org_acme", &Status::from_word(s)));
    assert_eq!((counts[0], counts.iter().sum::<usize>()), (57, 137));
    assert!(counts.iter().all(|n| *n > 10));
    assert_eq!(world.organizations["org_acme"].memberships.len(), 12);
}

#[test]
fn the_demos_invitations_could_have_come_about() {
    let world = World::demo();
    let now = now_ms();
    let mut pending = HashSet::new();
    for invitation in world.invitations.iter() {
        let runs_out = invitation.expires_at.expect("an end");
        match invitation.status {
            Status::Pending => {
                assert!(runs_out > now);
                assert!(pending.insert((&invitation.organization_id, &invitation.email_address)));
            }
            Status::Expired => assert!(runs_out < now),
            _ => assert!(invitation.created_at < now),
        }
        // The one of an organization that has been deleted is a ticket that the demo shows.
        let Some(place) = world.organizations.get(&invitation.organization_id) else { continue };
        assert!(place.role(&invitation.role).is_some());
        let member = world.user_by_email(&invitation.email_address).and_then(|u| place.membership_of(&u.id));
        assert!(member.is_none() || invitation.status != Status::Pending);
    }
}

#[test]
fn each_organization_shows_one_thing() {
    let world = World::demo();
    let place = |id: &str| &world.organizations[id];
    let permits =
        |id: &str, user: &str| place(id).permissions_of(user).iter().any(|p| p == MANAGE_MEMBERSHIPS);
    assert_eq!(world.pending_count("org_blank"), 0);
    assert_eq!(
        (place("org_nearly").max_allowed_memberships, world.seats_taken(place("org_nearly"))),
        (10, 9)
    );
    assert_eq!(place("org_nearly").memberships.len(), 6);
    assert!(!permits("org_guild", "user_ada") && permits("org_acme", "user_ada"));
    assert!(permits("org_studio", "user_ada"));
    assert_eq!(
        place("org_studio").membership_of("user_ada").map(|m| m.role.as_str()),
        Some("org:people_lead")
    );
    assert!(place("org_studio").permissions_of("user_max").is_empty());
    assert!(world.memberships_of("user_ada").len() >= 12);
    assert!(world.memberships_of("user_nora").is_empty());
}

#[tokio::test]
async fn everybody_named_signs_in_with_the_demos_password() {
    let control = Control::new(World::demo());
    for email in ["ada@demo.test", "max@demo.test", "nora@demo.test", "lise@acme.test"] {
        let form = [("identifier", email), ("password", "sandbox-demo")];
        let reply = Browser::new(&control).post("/v1/client/sign_ins", &form).await;
        assert_eq!(reply.body["response"]["status"], "complete", "{email}");
    }
}
