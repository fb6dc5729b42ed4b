//! Who is there, as long as somebody looks.

use crate::browser::log_error;
use crate::clerk::Client;
use crate::domain::Presence;
use yew::prelude::*;

/// Who is there; drawn anew when that changes, and only then: clerk-js tells its listeners far more often.
#[hook]
pub fn use_presence(client: &Client) -> Option<Presence> {
    let presence = {
        let client = client.clone();
        use_state_eq(move || client.presence())
    };
    {
        let shown = presence.setter();
        use_effect_with(client.clone(), move |client| {
            let watched = client.clone();
            let listening = client.subscribe(move || {
                // While clerk-js is under way from one organization to the next, what is shown stays.
                if let Some(presence) = watched.presence() {
                    shown.set(Some(presence));
                }
            });
            if let Err(error) = &listening {
                log_error(&error.to_string());
            }
            move || drop(listening)
        });
    }
    (*presence).clone()
}
