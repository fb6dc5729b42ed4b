//! Turns anything that can be thrown into an [`Error`]: clerk-js's own objects, plain errors, and what a browser, an
//! extension or a proxy in between throws.

use crate::browser::address_key;
use crate::clerk::js_value::{boolean, count, list, property, text, texts};
use crate::domain::{Error, Problem};
use wasm_bindgen::JsValue;

/// Reads what was thrown. A refusal is recognised by its fields, because clerk-js's class names are minified: `clerkError`, `status`, `errors`.
pub fn from_thrown(thrown: &JsValue) -> Error {
    if text(thrown, "code").as_deref() == Some("network_error") {
        // clerk-js also gives this code to a body that is no JSON, for example a firewall's page. The admin's connection
        // is fine then.
        let is_unreadable = text(thrown, "message").is_some_and(|message| says(&message, "JSON"));
        return if is_unreadable { Error::Failing { status: None } } else { Error::Unreachable };
    }
    let status = count(thrown, "status").and_then(|status| u16::try_from(status).ok());
    match status {
        Some(status) if boolean(thrown, "clerkError") => refusal(thrown, status),
        _ => other(thrown),
    }
}

fn refusal(thrown: &JsValue, status: u16) -> Error {
    match status {
        401 => return Error::SignedOut,
        429 => {
            let wait = count(thrown, "retryAfter").and_then(|seconds| u32::try_from(seconds).ok());
            return Error::TooMany { wait };
        }
        500.. => return Error::Failing { status: Some(status) },
        _ => {}
    }
    let mut problems: Vec<_> =
        list(&property(thrown, "errors")).unwrap_or_default().iter().map(problem).collect();
    if problems.is_empty() {
        problems.push(Problem::new("", None, ""));
    }
    Error::Refused(problems)
}

fn problem(entry: &JsValue) -> Problem {
    let said = text(entry, "longMessage").or_else(|| text(entry, "message")).unwrap_or_default();
    let meta = property(entry, "meta");
    let parameter = text(&meta, "paramName");
    // A refusal because of a block list has the second key.
    let named = ["emailAddresses", "identifiers"].iter().flat_map(|key| texts(&meta, key));
    let named = named.map(|address| address_key(&address)).collect();
    Problem { named, ..Problem::new(&text(entry, "code").unwrap_or_default(), parameter.as_deref(), &said) }
}

fn other(thrown: &JsValue) -> Error {
    let name = text(thrown, "name").unwrap_or_default();
    let message = text(thrown, "message").or_else(|| thrown.as_string()).unwrap_or_default();
    let lower = message.to_ascii_lowercase();
    // Chromium, Firefox and Safari each have their own sentence for a fetch that failed; clerk-js wraps it into its own.
    let is_network =
        ["network error", "failed to fetch", "networkerror", "load failed", "network request failed"]
            .iter()
            .any(|words| says(&lower, words));
    match name.as_str() {
        _ if is_network => Error::Unreachable,
        // A body that is not JSON: something between Clerk and this page has answered in Clerk's place.
        "SyntaxError" => Error::Failing { status: None },
        _ => Error::Unexpected(if message.is_empty() {
            "something nameless was thrown".to_owned()
        } else {
            message
        }),
    }
}

/// `str::contains`, whose search code would make each visitor download 1 kB more.
fn says(text: &str, words: &str) -> bool {
    text.as_bytes().windows(words.len()).any(|part| part == words.as_bytes())
}
