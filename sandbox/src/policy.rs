//! The headers the page is served under: what a deployer's host should send too.

use axum::http::HeaderName;
use axum::response::Response;

use crate::control::http::REPORTS;
use crate::http::with_header;

/// Clerk's published policy, with the API on the page's own origin.
///
/// - No inline script and no eval; `'wasm-unsafe-eval'` only lets WebAssembly compile.
/// - Inline styles, because Clerk's components write theirs at run time.
/// - `frame-ancestors 'none'`: one click on a page hidden in somebody else's frame would revoke an
///   invitation or send one.
/// - `base-uri 'self'`, not `'none'`: the page stands under sub-paths by its own `<base>`.
fn content_security_policy() -> String {
    [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval' https://challenges.cloudflare.com https://*.protect.clerk.com",
        "connect-src 'self' https://*.protect.clerk.com:*",
        "img-src 'self' https://img.clerk.com",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "frame-src https://challenges.cloudflare.com https://*.protect.clerk.com",
        "font-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        &format!("report-uri {REPORTS}"),
    ]
    .join("; ")
}

/// Puts the security headers on an answer.
pub(crate) fn secured(response: Response) -> Response {
    let policy = content_security_policy();
    let headers = [
        ("content-security-policy", policy.as_str()),
        ("x-content-type-options", "nosniff"),
        // An invitation's ticket stands in the address: other sites learn the origin at most.
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        // Sign-in with another provider may open a popup that has to report back.
        ("cross-origin-opener-policy", "same-origin-allow-popups"),
        ("x-frame-options", "DENY"),
    ];
    headers
        .into_iter()
        .fold(response, |response, (name, value)| with_header(response, HeaderName::from_static(name), value))
}
