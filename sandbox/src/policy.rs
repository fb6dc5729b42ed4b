//! The headers the page is served under: those that a deployer's host should send too.

use axum::http::HeaderName;
use axum::response::Response;
use hosting::{
    Clerk,
    policy::{OTHER_HEADERS, security_headers},
};

use crate::control::http::REPORTS;
use crate::http::with_header;

/// Puts the security headers on an answer. Browsers report to the sandbox what the policy has kept them from.
pub(crate) fn secured(response: Response, embeds: Option<&str>) -> Response {
    // The sandbox serves the API on the page's own origin.
    let mut allowed = Clerk::proxied();
    // A page that embeds this one also asks for its files.
    allowed.scripts.extend(embeds.map(str::to_owned));
    allowed.api.extend(embeds.map(str::to_owned));
    security_headers(&allowed).into_iter().fold(response, |response, (name, value)| {
        let reports =
            if name == "Content-Security-Policy" { format!("; report-uri {REPORTS}") } else { String::new() };
        let name = HeaderName::from_bytes(name.as_bytes());
        match name {
            Ok(name) => with_header(response, name, &(value + &reports)),
            Err(_) => response,
        }
    })
}

/// Puts those on an answer that keep it out of no frame.
pub(crate) fn framable(response: Response) -> Response {
    let others = OTHER_HEADERS.into_iter().filter(|(name, _)| *name != "X-Frame-Options");
    others.fold(response, |response, (name, value)| match HeaderName::from_bytes(name.as_bytes()) {
        Ok(name) => with_header(response, name, value),
        Err(_) => response,
    })
}
