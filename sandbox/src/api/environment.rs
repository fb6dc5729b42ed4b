//! The instance's settings, as `/environment` answers them: unwrapped.
//!
//! Every address among them is empty: Clerk's components then stay on the page that mounted them.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::{Answer, domains};
use crate::world::World;

static SETTINGS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("environment.json")).unwrap_or_default());

pub(super) fn read(world: &World) -> Answer {
    let ours = &world.environment;
    let mut settings = SETTINGS.clone();
    settings["auth_config"]["single_session_mode"] = json!(ours.single_session_mode);
    settings["display_config"]["application_name"] = json!(ours.application_name);
    let organizations = &mut settings["organization_settings"];
    organizations["enabled"] = json!(ours.organizations_enabled);
    organizations["force_organization_selection"] = json!(ours.force_organization_selection);
    organizations["actions"]["admin_delete"] = json!(ours.admin_delete_enabled);
    organizations["domains"]["enabled"] = json!(ours.domains_enabled);
    if ours.domains_enabled {
        organizations["domains"]["enrollment_modes"] = json!(domains::allowed_modes());
    }
    organizations["domains"]["default_role"] = json!(ours.default_role);
    Answer::bare(settings)
}
