//! Who asked what.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use super::Inner;
use crate::api::Call;

static SERIAL: AtomicU64 = AtomicU64::new(0);

/// An API request. Bundles and the page's files are not in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    #[serde(skip)]
    serial: u64,
    /// The method meant: `_method` wins over the one used.
    pub method: String,
    /// Below `/__clerk`, e.g. `/v1/client`.
    pub path: String,
    /// Query pairs in their order.
    pub query: Vec<(String, String)>,
    /// Form pairs in their order.
    pub form: Vec<(String, String)>,
    /// The status answered; `None` until then, and for ever when the connection was closed instead.
    pub status: Option<u16>,
}

impl Seen {
    /// Whether it is a request of this method to this path; see [`super::On`] for the glob.
    pub fn is(&self, method: &str, path: &str) -> bool {
        super::On::method(method, path).fits(&self.method, &self.path)
    }

    /// The first query parameter of this name.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The first form field of this name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.form.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

impl Inner {
    /// Notes that a request came. Its number is for [`Inner::log_answered`].
    pub(crate) fn log_came(&self, call: &Call) -> u64 {
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let seen = Seen {
            serial,
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.clone(),
            form: call.form.clone(),
            status: None,
        };
        self.log.send_modify(|log| log.push(seen));
        serial
    }

    /// Notes how it was answered.
    pub(crate) fn log_answered(&self, serial: u64, status: u16) {
        self.log.send_modify(|log| {
            if let Some(seen) = log.iter_mut().find(|s| s.serial == serial) {
                seen.status = Some(status);
            }
        });
    }
}
