//! The same strings over HTTP, for what runs in another process.
//!
//! | request | does |
//! |---|---|
//! | `GET /__sandbox/requests` | the log, as a list of requests |
//! | `DELETE /__sandbox/requests` | empties it |
//! | `POST /__sandbox/faults` | queues one, e.g. `{"on":{"method":"POST","path":"/v1/organizations/*/invitations"},"times":1,"what":{"error":{"status":429,"code":"too_many_requests","message":"Slow down","headers":[["Retry-After","3"]]}}}`; other `what`s: `{"answer":{"status":503,"body":{"text":{"content_type":"text/html","text":"..."}}}}`, `{"delay":800}` (milliseconds), `"drop"`, `"applied_then_lost"` |
//! | `DELETE /__sandbox/faults` | forgets all |
//! | `POST /__sandbox/gates` | shuts a gate, e.g. `{"method":"GET","path":"/v1/client"}`; answers `{"gate":1}` |
//! | `DELETE /__sandbox/gates/1` | opens it |
//! | `GET /__sandbox/violations` | the CSP reports received |
//! | `POST /__sandbox/changes` | changes the world: see [`Change`] |
//! | `POST /__sandbox/csp` | where the browser sends CSP reports |
//!
//! Answers are JSON. Whatever carries the `Origin` or `Host` of another site is refused: any page open
//! in the same browser could otherwise drive the sandbox, directly or by rebinding a name of its own
//! to 127.0.0.1.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, delete, get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Control, Fault, Gate, On, locked};
use crate::world::{Status, World, now_ms};

/// The path reports of violations are sent to.
pub(crate) const REPORTS: &str = "/__sandbox/csp";

/// Gates shut over HTTP, by number: nobody over there can hold a [`Gate`].
type Gates = Arc<Mutex<BTreeMap<usize, Gate>>>;

pub(crate) fn routes(control: Control) -> axum::Router {
    let gates = axum::Router::new()
        .route("/__sandbox/gates", post(shut_gate))
        .route("/__sandbox/gates/{number}", delete(open_gate))
        .with_state((control.clone(), Gates::default()));
    let controls = axum::Router::new()
        .route("/__sandbox/requests", get(requests).delete(forget_requests))
        .route("/__sandbox/faults", post(fault).delete(clear_faults))
        .route("/__sandbox/violations", get(violations))
        .route("/__sandbox/changes", post(change))
        .route("/__sandbox/{*unknown}", any(unknown))
        .with_state(control.clone())
        .merge(gates)
        .layer(middleware::from_fn(refuse_strangers));
    controls.merge(axum::Router::new().route(REPORTS, post(report)).with_state(control))
}

async fn unknown() -> Response {
    refuse(StatusCode::NOT_FOUND, "there is no such control")
}

async fn requests(State(control): State<Control>) -> Json<Value> {
    Json(json!(control.requests()))
}

async fn forget_requests(State(control): State<Control>) -> Json<Value> {
    control.forget_requests();
    Json(json!({}))
}

async fn fault(State(control): State<Control>, body: Bytes) -> Response {
    answered(read::<Fault>(&body).map(|fault| {
        control.fault(fault);
        json!({})
    }))
}

async fn clear_faults(State(control): State<Control>) -> Json<Value> {
    control.clear_faults();
    Json(json!({}))
}

async fn shut_gate(State((control, gates)): State<(Control, Gates)>, body: Bytes) -> Response {
    answered(read::<On>(&body).map(|on| {
        let gate = control.gate(on);
        let mut gates = locked(&gates);
        let number = gates.last_key_value().map_or(1, |(last, _)| last + 1);
        gates.insert(number, gate);
        json!({ "gate": number })
    }))
}

async fn open_gate(State((_, gates)): State<(Control, Gates)>, Path(number): Path<usize>) -> Response {
    match locked(&gates).remove(&number) {
        Some(gate) => {
            gate.open();
            Json(json!({})).into_response()
        }
        None => refuse(StatusCode::NOT_FOUND, "there is no such gate"),
    }
}

async fn violations(State(control): State<Control>) -> Json<Value> {
    Json(json!(control.violations()))
}

async fn report(State(control): State<Control>, body: Bytes) -> StatusCode {
    let report = serde_json::from_slice(&body).unwrap_or_else(|_| json!(String::from_utf8_lossy(&body)));
    control.inner.report_violation(report);
    StatusCode::NO_CONTENT
}

async fn change(State(control): State<Control>, body: Bytes) -> Response {
    answered(read::<Change>(&body).map(|change| control.change(|world| change.make(world))))
}

/// A change from elsewhere, e.g. `{"do":"set_invitation_status","invitation":"orginv_000017","status":"accepted"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Change {
    /// Adds an invitation without asking; answers `{"id": ...}`.
    Invite {
        /// Where to.
        organization: String,
        /// Whom.
        email_address: String,
        /// As what.
        role: String,
        /// `pending` when absent.
        status: Option<String>,
        /// Now when absent.
        created_at: Option<u64>,
    },
    /// Somebody accepts, another admin revokes, time runs out.
    SetInvitationStatus {
        /// Its id.
        invitation: String,
        /// Clerk's word.
        status: String,
    },
    /// Makes a member or gives one another role.
    AddMembership {
        /// Where.
        organization: String,
        /// Who.
        user: String,
        /// As what.
        role: String,
    },
    /// Takes a membership away.
    RemoveMembership {
        /// Where.
        organization: String,
        /// Who.
        user: String,
    },
    /// Signs a user in and greets new browsers with that session; answers `{"session": ...}`.
    Greet {
        /// Who.
        user: String,
        /// Where they work.
        organization: Option<String>,
    },
    /// Ends a session.
    SignOut {
        /// Its id.
        session: String,
    },
    /// Starts or ends a migration of an organization's role set.
    SetRoleMigration {
        /// Where.
        organization: String,
        /// Whether one runs.
        under_way: bool,
    },
    /// Makes every new session without an organization choose one first, or stops that.
    SetOrganizationSelectionForced {
        /// Whether one must be chosen.
        forced: bool,
    },
    /// A user asks to join an organization; answers `{"id": ...}`.
    RequestMembership {
        /// Which.
        organization: String,
        /// Who.
        user: String,
    },
    /// Suggests an organization to a user; answers `{"id": ...}`.
    Suggest {
        /// Which.
        organization: String,
        /// To whom.
        user: String,
    },
    /// Deletes an organization; its invitations stay in their mailboxes.
    RemoveOrganization {
        /// Which.
        organization: String,
    },
    /// Whether the answers to reads carry the client.
    SetClientOnReads {
        /// Whether they do.
        carried: bool,
    },
    /// Whether organizations may have domains.
    SetDomainsEnabled {
        /// On or off.
        enabled: bool,
    },
    /// Switches organizations on or off for the instance.
    SetOrganizationsEnabled {
        /// On or off.
        enabled: bool,
    },
}

impl Change {
    fn make(self, world: &mut World) -> Value {
        match self {
            Change::Invite { organization, email_address, role, status, created_at } => {
                let status = status.as_deref().map_or(Status::Pending, Status::from_word);
                let at = created_at.unwrap_or_else(now_ms);
                return json!({ "id": world.invite(&organization, &email_address, &role, status, at) });
            }
            Change::SetInvitationStatus { invitation, status } => {
                world.invitations.set_status(&invitation, Status::from_word(&status));
            }
            Change::AddMembership { organization, user, role } => {
                world.add_membership(&organization, &user, &role);
            }
            Change::RemoveMembership { organization, user } => world.remove_membership(&organization, &user),
            Change::Greet { user, organization } => {
                let session = world.sign_in(&user, organization.as_deref());
                world.greet_new_clients_with(&session);
                return json!({ "session": session });
            }
            Change::SignOut { session } => world.sign_out(&session),
            Change::SetRoleMigration { organization, under_way } => {
                if let Some(found) = world.organizations.get_mut(&organization) {
                    found.role_set_migration = under_way;
                }
            }
            Change::SetOrganizationSelectionForced { forced } => {
                world.environment.force_organization_selection = forced;
            }
            Change::RequestMembership { organization, user } => {
                return json!({ "id": world.request_membership(&organization, &user) });
            }
            Change::Suggest { organization, user } => {
                return json!({ "id": world.suggest(&organization, &user) });
            }
            Change::RemoveOrganization { organization } => world.remove_organization(&organization),
            Change::SetClientOnReads { carried } => world.environment.client_on_reads = carried,
            Change::SetDomainsEnabled { enabled } => world.environment.domains_enabled = enabled,
            Change::SetOrganizationsEnabled { enabled } => world.environment.organizations_enabled = enabled,
        }
        json!({})
    }
}

fn read<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|e| e.to_string())
}

fn answered(outcome: Result<Value, String>) -> Response {
    match outcome {
        Ok(value) => Json(value).into_response(),
        Err(message) => refuse(StatusCode::BAD_REQUEST, &message),
    }
}

async fn refuse_strangers(request: axum::extract::Request, next: Next) -> Response {
    if speaks_for_us(request.headers()) {
        next.run(request).await
    } else {
        refuse(StatusCode::FORBIDDEN, "only this machine's own tests and demo may do this")
    }
}

fn speaks_for_us(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|v: &header::HeaderValue| v.to_str().ok());
    let Some(host) = text(header::HOST) else { return false };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let at_home = matches!(name, "127.0.0.1" | "localhost");
    let same =
        headers.get(header::ORIGIN).is_none_or(|o| o.as_bytes() == format!("http://{host}").as_bytes());
    at_home && same
}

fn refuse(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "error": message }))).into_response()
}
