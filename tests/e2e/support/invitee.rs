//! The invitee's side: links to follow, and what has become of them.

use sandbox::world::{DEMO_PASSWORD, MEMBER, now_ms};
use sandbox::{Status, What, World};
use serde_json::json;

use super::page::Page;
use super::stage::Stage;
use super::{any, button, textbox};

/// The call that accepts an invitation.
pub const ACCEPT: &str = "/v1/me/organization_invitations/*/accept";

/// Invites an address to Acme: the id of the invitation and the ticket of its link.
pub fn invited(world: &mut World, email: &str, role: &str) -> (String, String) {
    let id = world.invite("org_acme", email, role, Status::Pending, now_ms());
    let ticket = world.invitations.by_id(&id).expect("an invitation").ticket();
    (id, ticket)
}

/// A stage with an invitation of nora to Acme, the invitation's id, and the ticket of its link.
pub fn with_link(stage: Stage) -> (Stage, String, String) {
    let mut sent = (String::new(), String::new());
    let stage = stage.world(|world| sent = invited(world, "nora@demo.test", MEMBER));
    (stage, sent.0, sent.1)
}

/// Where the link in the mail leads, below the page's base.
pub fn link_with(ticket: &str, status: &str) -> String {
    format!("accept?__clerk_ticket={ticket}&__clerk_status={status}")
}

/// A refusal by Clerk.
pub fn refusal(status: u16, code: &str) -> What {
    What::Error { status, code: code.into(), message: "No.".into(), meta: json!({}), headers: vec![] }
}

/// Whether a person is a member of Acme.
pub fn has_joined(page: &Page, user: &str) -> bool {
    page.control.change(|world| world.organizations["org_acme"].membership_of(user).is_some())
}

/// The active organization of each of a person's sessions.
pub fn active_organizations(page: &Page, user: &str) -> Vec<Option<String>> {
    page.control.change(|world| {
        let own = world.sessions.values().filter(|session| session.user == user && session.is_live());
        own.map(|session| session.active_organization.clone()).collect()
    })
}

/// Waits until the page says this.
pub async fn says(page: &Page, text: &str) {
    let script =
        "return find(arguments[0][0]).some((main) => clean(main.innerText).includes(arguments[0][1]))";
    page.until_true(format!("{text:?} on the page"), script, json!([any("main"), text])).await;
}

/// Signs in by Clerk's form.
pub async fn signs_in(page: &Page, email: &str) {
    page.write(textbox("Email address"), email).await;
    page.click(button("Continue")).await;
    page.write(textbox("Password"), DEMO_PASSWORD).await;
    page.click(button("Continue")).await;
}
