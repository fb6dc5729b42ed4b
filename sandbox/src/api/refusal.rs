//! Clerk's error shape.

use serde_json::{Value, json};

/// A refusal in Clerk's words: `{errors: [{code, message, long_message, meta}], clerk_trace_id}`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
    /// Boxed: results carry refusals everywhere, and an object is large wherever some crate has serde_json keep its order.
    pub(crate) meta: Box<Value>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &str, message: impl Into<String>) -> Refusal {
        Refusal { status, code: code.to_owned(), message: message.into(), meta: Box::new(json!({})) }
    }

    /// Names the parameter it is about.
    pub(crate) fn about(mut self, param: &str) -> Refusal {
        self.meta["param_name"] = json!(param);
        self
    }

    /// Names the addresses it is about, as bulk calls do.
    pub(crate) fn naming(mut self, addresses: &[String]) -> Refusal {
        self.meta["email_addresses"] = json!(addresses);
        self
    }

    pub(crate) fn body(&self) -> Value {
        error_body(&self.code, &self.message, &self.meta)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Refusal {
        Refusal::new(404, "resource_not_found", message)
    }

    pub(crate) fn signed_out() -> Refusal {
        Refusal::new(401, "signed_out", "You are signed out")
    }

    /// No seat is left: members and pending invitations share them.
    pub(crate) fn quota_exceeded(limit: usize) -> Refusal {
        let message = format!(
            "You have reached your limit of {limit} organization memberships, including outstanding invitations."
        );
        Refusal::new(403, "organization_membership_quota_exceeded", message)
    }

    pub(crate) fn missing(param: &str) -> Refusal {
        Refusal::new(422, "form_param_missing", format!("{param} must be included.")).about(param)
    }

    pub(crate) fn nil(param: &str) -> Refusal {
        Refusal::new(422, "form_param_nil", format!("Enter {}.", param.replace('_', " "))).about(param)
    }

    pub(crate) fn invalid(param: &str, message: impl Into<String>) -> Refusal {
        Refusal::new(422, "form_param_value_invalid", message).about(param)
    }
}

pub(crate) fn error_body(code: &str, message: &str, meta: &Value) -> Value {
    json!({
        "errors": [{ "code": code, "message": message, "long_message": message, "meta": meta }],
        "clerk_trace_id": uuid::Uuid::new_v4().simple().to_string(),
    })
}
