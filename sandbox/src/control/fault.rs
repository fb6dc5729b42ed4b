//! Things that go wrong on demand.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Which requests.
///
/// `path` is a glob in which `*` stays within one segment and `**` does not. API paths and bundles are
/// seen below `/__clerk` (`/v1/organizations/*/invitations`, `/npm/**`), the page's files below `/page`
/// (`/page/config.json`, `/page/locales/*.json`; the page itself is `/page/`, whatever route was
/// opened). A malformed glob fits nothing but itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct On {
    /// The method meant, in capitals; `None` is any. A `_method` in the query counts as the method.
    #[serde(default)]
    pub method: Option<String>,
    /// The glob.
    pub path: String,
}

impl On {
    /// Requests of any method.
    pub fn any(path: &str) -> On {
        On { method: None, path: path.to_owned() }
    }

    /// Requests of one method.
    pub fn method(method: &str, path: &str) -> On {
        On { method: Some(method.to_owned()), path: path.to_owned() }
    }

    /// GETs.
    pub fn get(path: &str) -> On {
        On::method("GET", path)
    }

    /// POSTs.
    pub fn post(path: &str) -> On {
        On::method("POST", path)
    }

    /// Whether a request is meant.
    pub fn fits(&self, method: &str, path: &str) -> bool {
        let options = glob::MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: false,
        };
        let by_method = self.method.as_ref().is_none_or(|m| m.eq_ignore_ascii_case(method));
        let by_path = match glob::Pattern::new(&self.path) {
            Ok(pattern) => pattern.matches_with(path, options),
            Err(_) => self.path == path,
        };
        by_method && by_path
    }
}

/// Something that goes wrong with some requests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Which.
    pub on: On,
    /// How often; `None` is until [`crate::Control::clear_faults`].
    #[serde(default)]
    pub times: Option<u32>,
    /// What.
    pub what: What,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// This answer instead of the real one; nothing is applied.
    Answer {
        /// HTTP status.
        status: u16,
        /// The body.
        body: Body,
        /// Further headers.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// A refusal in Clerk's shape instead of the real answer; nothing is applied.
    Error {
        /// HTTP status.
        status: u16,
        /// E.g. `too_many_requests`.
        code: String,
        /// Both `message` and `long_message`.
        message: String,
        /// As on the wire: `{"param_name": "role"}`.
        #[serde(default)]
        meta: Value,
        /// Further headers, e.g. `Retry-After`.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// A wait (over HTTP: in milliseconds), then the real answer.
    #[serde(deserialize_with = "millis", serialize_with = "as_millis")]
    Delay(Duration),
    /// The connection closes without an answer; nothing is applied.
    Drop,
    /// It is applied, and then the connection closes without an answer.
    AppliedThenLost,
}

impl What {
    /// Whether it closes a connection without an answer.
    pub(crate) fn hangs_up(&self) -> bool {
        matches!(self, What::Drop | What::AppliedThenLost)
    }
}

fn millis<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    u64::deserialize(from).map(Duration::from_millis)
}

fn as_millis<S: serde::Serializer>(wait: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u128(wait.as_millis())
}

/// A body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// As `application/json`.
    Json(Value),
    /// As anything else, e.g. a firewall's HTML.
    Text {
        /// The `Content-Type`.
        content_type: String,
        /// The text.
        text: String,
    },
}
