//! The demo's world: five organizations that each show one thing, and enough others that a paged
//! lookup of somebody's first ten memberships misses some.
//!
//! | id | what it shows |
//! |---|---|
//! | `org_acme` | a long list: 137 invitations in every status, 57 of them pending; 12 members |
//! | `org_blank` | no invitation at all |
//! | `org_nearly` | one seat left of ten |
//! | `org_guild` | Ada is a plain member |
//! | `org_studio` | custom roles; Ada may manage members without being admin, Max may nothing |
//! | `org_team_3` | a ticket in each state |
//! | `org_full` | no seat left for Nora, whom it has invited; Max is its admin |
//!
//! `user_ada` belongs to all of them but the last, `user_max` to some, `user_nora` and `user_lise` to none. Acme has the
//! domain `acme.test`, which it is suggested to: to Lise, and to three who have asked to join.

mod invitees;

use super::{ADMIN, Invitation, MANAGE_MEMBERSHIPS, MEMBER, READ_MEMBERSHIPS, Status, World, now_ms};

const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;

const FIRST_NAMES: [&str; 24] = [
    "Amina",
    "Björn",
    "Chiara",
    "Dmitri",
    "Eun-ji",
    "Fatou",
    "Grace",
    "Hiroshi",
    "Ingrid",
    "João",
    "Katarzyna",
    "Liam",
    "Mei",
    "Nia",
    "Óscar",
    "Priya",
    "Quentin",
    "Rosa",
    "Søren",
    "Tariq",
    "Uma",
    "Věra",
    "Wanjiru",
    "Zoë",
];
const LAST_NAMES: [&str; 12] = [
    "Abernathy",
    "Brandt",
    "Castellanos",
    "Dąbrowska",
    "Eze",
    "Fitzgerald-Montgomery",
    "Guo",
    "Hakimi",
    "Ito",
    "Jørgensen",
    "Kim",
    "Lopes",
];
const DOMAINS: [&str; 7] = [
    "acme.test",
    "example.org",
    "mail.example.com",
    "böcker.example",
    "consulting.northwind-traders.example",
    "uni.example",
    "a.test",
];

pub use invitees::{Link, demo_links};

pub(super) fn world() -> World {
    let mut world = World::empty();
    world.add_user("user_ada", "ada@demo.test", "Ada Lovelace");
    world.add_user("user_max", "max@demo.test", "Max Planck");
    world.add_user("user_nora", "nora@demo.test", "Nora Barnacle");
    for (n, name) in ["Atlas", "Borealis", "Cascade", "Delta Works", "Ember", "Fjord", "Granite", "Harbour"]
        .into_iter()
        .enumerate()
    {
        found(&mut world, &format!("org_team_{}", n + 1), name, ADMIN);
    }
    studio(&mut world);
    found(&mut world, "org_guild", "Guild", MEMBER);
    world.add_membership("org_guild", "user_max", ADMIN);
    nearly_full(&mut world);
    found(&mut world, "org_blank", "Blank Slate", ADMIN);
    acme(&mut world);
    invitees::arrive(&mut world);
    spread_memberships(&mut world);
    world
}

fn found(world: &mut World, id: &str, name: &str, role_of_ada: &str) {
    world.add_organization(id, name);
    world.add_membership(id, "user_ada", role_of_ada);
}

fn acme(world: &mut World) {
    found(world, "org_acme", "Acme", ADMIN);
    world.add_membership("org_acme", "user_max", MEMBER);
    colleagues(world, "org_acme", 10);
    let now = now_ms();
    let mut invited: Vec<_> = (0..137_u64)
        .map(|n| {
            let status = acme_status(n);
            let role = if n % 9 == 4 { ADMIN } else { MEMBER };
            (address(n), role.to_owned(), age(n, &status), status)
        })
        .map(|(email, role, age, status)| (email, role, status, now.saturating_sub(age)))
        .collect();
    invited.sort_by_key(|(_, _, _, at)| *at);
    world.invite_many("org_acme", invited);
    answer_later(world, "org_acme", now);
}

/// Has what was accepted or revoked be so some hours or days after the invitation, but before `now`.
fn answer_later(world: &mut World, organization: &str, now: u64) {
    let is_answered = |one: &&Invitation| {
        one.organization_id == organization && matches!(one.status, Status::Accepted | Status::Revoked)
    };
    let answered: Vec<_> = world.invitations.iter().filter(is_answered).map(|one| one.id.clone()).collect();
    for (n, id) in (0_u64..).zip(answered) {
        world.invitations.change(&id, |one| {
            let later = one.created_at + HOUR / 2 + n * n % 11 * 17 * HOUR;
            one.updated_at = later.min(now - n);
        });
    }
}

/// 57 pending, 40 accepted, 22 revoked, 18 expired, mixed through time.
fn acme_status(n: u64) -> Status {
    match (n * 50) % 137 {
        0..57 => Status::Pending,
        57..97 => Status::Accepted,
        97..119 => Status::Revoked,
        _ => Status::Expired,
    }
}

/// How long ago: what is pending is younger than the 30 days an invitation lives, what expired older.
fn age(n: u64, status: &Status) -> u64 {
    let scattered = n * 37 % 137;
    match status {
        Status::Pending => HOUR / 6 + scattered * 5 * HOUR,
        Status::Expired => 31 * DAY + scattered * 9 * HOUR,
        _ => HOUR + scattered * 13 * HOUR,
    }
}

/// Addresses as they come: short, long, plus-addressed, outside ASCII.
fn address(n: u64) -> String {
    let at = |list: &'static [&'static str], i: u64| {
        list[usize::try_from(i).unwrap_or(0) % list.len()].to_lowercase()
    };
    let (first, last) = (at(&FIRST_NAMES, n), at(&LAST_NAMES, n / 2));
    let domain = at(&DOMAINS, n / 3);
    match n % 6 {
        0 => format!("{first}@{domain}"),
        1 => format!("{first}.{last}@{domain}"),
        2 => format!("{last}+team{n}@{domain}"),
        3 => format!("{last}_{first}.{n}@{domain}"),
        4 => format!("{}{n}@{domain}", first.chars().next().unwrap_or('x')),
        _ => format!("{first}-{last}{n}@{domain}"),
    }
}

fn nearly_full(world: &mut World) {
    found(world, "org_nearly", "Nearly Full", ADMIN);
    colleagues(world, "org_nearly", 5);
    if let Some(organization) = world.organizations.get_mut("org_nearly") {
        organization.max_allowed_memberships = 10;
    }
    let now = now_ms();
    for (n, name) in ["pending.one", "pending.two", "pending.three"].into_iter().enumerate() {
        let at = now - (n as u64 + 1) * 7 * HOUR;
        world.invite("org_nearly", &format!("{name}@example.org"), MEMBER, Status::Pending, at);
    }
}

fn studio(world: &mut World) {
    world.add_organization("org_studio", "Studio Ünïcode");
    world.add_role("org_studio", "org:editor", "Editor", "Writes and edits.", &[READ_MEMBERSHIPS]);
    world.add_role(
        "org_studio",
        "org:people_lead",
        "People lead",
        "Invites people and looks after the members.",
        &[READ_MEMBERSHIPS, MANAGE_MEMBERSHIPS],
    );
    world.add_role("org_studio", "org:guest", "Guest", "", &[]);
    world.add_membership("org_studio", "user_ada", "org:people_lead");
    world.add_membership("org_studio", "user_max", "org:guest");
    let now = now_ms();
    world.invite("org_studio", "lektorat@böcker.example", "org:editor", Status::Pending, now - 3 * DAY);
    world.invite("org_studio", "gast@example.org", "org:guest", Status::Pending, now - 2 * DAY);
}

/// Members who never sign in.
fn colleagues(world: &mut World, organization: &str, count: usize) {
    for n in 0..count {
        let name = format!("{} {}", FIRST_NAMES[n * 2 % 24], LAST_NAMES[n % 12]);
        let id = format!("user_{}_{}", organization.trim_start_matches("org_"), n + 1);
        let email = format!("colleague{}@{}.test", n + 1, organization.trim_start_matches("org_"));
        world.add_user(&id, &email, &name).password = None;
        world.add_membership(organization, &id, MEMBER);
    }
}

/// Gives memberships and organizations distinct ages, so that lists have one order.
fn spread_memberships(world: &mut World) {
    let now = now_ms();
    for organization in world.organizations.values_mut() {
        organization.created_at = now - 400 * DAY;
        for membership in &mut organization.memberships {
            let joined = membership.id.rsplit('_').next().and_then(|n| n.parse::<u64>().ok());
            membership.created_at = now - 300 * DAY + joined.unwrap_or(0) * HOUR;
        }
    }
    for user in world.users.values_mut() {
        user.created_at = now - 400 * DAY;
    }
}
