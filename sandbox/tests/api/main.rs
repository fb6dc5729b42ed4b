//! What the API does, in process.

#[path = "../support/mod.rs"]
mod support;

mod account;
mod bad_requests;
mod demo;
mod enrollment;
mod inviting;
mod listing;
mod members;
mod reading;
mod sessions;
mod tickets;

use sandbox::{Control, World};
use support::Browser;

/// Ada, admin of Acme; Max, a plain member; Nora, a stranger. Ada is signed in and at work in Acme.
fn acme() -> (Control, Browser) {
    let mut world = World::empty();
    world.add_user("user_ada", "ada@demo.test", "Ada Lovelace");
    world.add_user("user_max", "max@demo.test", "Max Planck");
    world.add_user("user_nora", "nora@demo.test", "Nora Barnacle");
    world.add_organization("org_acme", "Acme");
    world.add_membership("org_acme", "user_ada", "org:admin");
    world.add_membership("org_acme", "user_max", "org:member");
    open(world, "user_ada")
}

/// A browser signed in as somebody, at work in Acme.
fn open(mut world: World, user: &str) -> (Control, Browser) {
    let session = world.sign_in(user, Some("org_acme"));
    world.greet_new_clients_with(&session);
    let control = Control::new(world);
    let browser = Browser::new(&control);
    (control, browser)
}
