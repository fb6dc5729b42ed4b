//! The other side of the demo: people who ask to join, somebody who has been invited and belongs nowhere yet, and a
//! ticket in each state.

use super::{DAY, HOUR};
use crate::world::{ADMIN, EnrollmentMode, MEMBER, Status, SuggestionStatus, World, now_ms};

/// The organization that the tickets are for.
const INVITING: &str = "org_team_3";

/// What a link shows when it is followed, the address that it was sent to, and what Clerk adds to it.
const LINKS: [(&str, &str, &str); 9] = [
    ("account exists: sign in", NORA, "&__clerk_status=sign_in"),
    ("no account: sign up", "new.person@example.org", "&__clerk_status=sign_up"),
    ("only the ticket arrives", "only.ticket@example.org", ""),
    ("sign-up, though the account exists", NORA, "&__clerk_status=sign_up"),
    ("sign-in, though there is no account", "no.account@example.org", "&__clerk_status=sign_in"),
    ("revoked", "revoked.ticket@example.org", "&__clerk_status=sign_up"),
    ("accepted already", "max@demo.test", "&__clerk_status=sign_in"),
    ("expired", "expired.ticket@example.org", "&__clerk_status=sign_up"),
    ("for an address that Lise has not verified", LISE_AT_HOME, "&__clerk_status=sign_in"),
];

const NORA: &str = "nora@demo.test";
const LISE: &str = "lise@acme.test";
const LISE_AT_HOME: &str = "lise@home.example";

/// A link to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it shows.
    pub shows: &'static str,
    /// Where it leads, below the page's base.
    pub path: String,
}

/// The links of the demo's world to try, each as the page gets it from Clerk. Those to an organization that is full or
/// gone lead on to the sign-in, where Clerk refuses them.
pub fn demo_links(world: &World) -> Vec<Link> {
    let to = |organization: &str, address: &str| {
        let mut sent = world.invitations.addressed_to(address);
        sent.find(|i| i.organization_id == organization).map(|i| i.ticket())
    };
    let link = |shows, ticket: Option<String>, rest: &str| {
        Some(Link { shows, path: format!("accept?__clerk_ticket={}{rest}", ticket?) })
    };
    let mut links: Vec<Link> = LINKS
        .into_iter()
        .filter_map(|(shows, address, rest)| link(shows, to(INVITING, address), rest))
        .collect();
    let sign_in = "&__clerk_status=sign_in";
    links.extend(link("the organization is full", to("org_full", NORA), sign_in));
    links.extend(link("the organization is gone", to("org_gone", NORA), sign_in));
    links.extend(link("claims to be complete", to(INVITING, NORA), "&__clerk_status=complete"));
    links.extend(link("damaged", Some("ticket_damaged".to_owned()), sign_in));
    links.push(Link { shows: "no ticket: what waits for whoever is signed in", path: "accept".to_owned() });
    links
}

pub(super) fn arrive(world: &mut World) {
    world.environment.domains_enabled = true;
    lise(world);
    requests(world);
    tickets(world);
    full_and_gone(world);
}

/// Belongs to no organization; two have invited her, and one is suggested by her address.
fn lise(world: &mut World) {
    world.add_user("user_lise", LISE, "Lise Meitner");
    world.add_address("user_lise", LISE_AT_HOME, false);
    let now = now_ms();
    world.invite("org_team_1", LISE, MEMBER, Status::Pending, now - 3 * DAY);
    world.invite("org_team_2", LISE, ADMIN, Status::Pending, now - 5 * HOUR);
}

/// Three ask to join Acme, because it has told everybody with an address of its domain that they may.
fn requests(world: &mut World) {
    let asking = ["Rosalind Franklin", "Emmy Noether", "Srinivasa Ramanujan"];
    for (n, name) in asking.into_iter().enumerate() {
        let first = name.split(' ').next().unwrap_or_default().to_lowercase();
        world.add_user(&format!("user_asking_{}", n + 1), &format!("{first}@acme.test"), name).password =
            None;
    }
    world.add_verified_domain("org_acme", "acme.test", EnrollmentMode::AutomaticSuggestion);
    let now = now_ms();
    for (n, age) in [2 * HOUR, 26 * HOUR, 9 * DAY].into_iter().enumerate() {
        let user = format!("user_asking_{}", n + 1);
        for suggestion in world.suggestions.values_mut().filter(|s| s.user == user) {
            suggestion.status = SuggestionStatus::Accepted;
        }
        let request = world.request_membership("org_acme", &user);
        if let Some(request) = world.membership_requests.get_mut(&request) {
            (request.created_at, request.updated_at) = (now - age, now - age);
        }
    }
}

fn tickets(world: &mut World) {
    let now = now_ms();
    for (n, (_, address, _)) in LINKS.into_iter().enumerate() {
        if world.invitations.addressed_to(address).any(|i| i.organization_id == INVITING) {
            continue;
        }
        let (status, age) = match address.split('.').next() {
            Some("revoked") => (Status::Revoked, 4 * DAY),
            Some("expired") => (Status::Expired, 33 * DAY),
            _ if address == "max@demo.test" => (Status::Accepted, 6 * DAY),
            _ => (Status::Pending, n as u64 * HOUR),
        };
        world.invite(INVITING, address, MEMBER, status, now - age);
    }
    world.add_membership(INVITING, "user_max", MEMBER);
}

/// An organization whose limit was lowered after it had invited Nora, and one that was deleted after that.
fn full_and_gone(world: &mut World) {
    for (id, name) in [("org_full", "Full House"), ("org_gone", "Gone")] {
        world.add_organization(id, name).max_allowed_memberships = 1;
        world.add_membership(id, "user_max", ADMIN);
        world.invite(id, NORA, MEMBER, Status::Pending, now_ms() - DAY);
    }
    world.remove_organization("org_gone");
}
