//! The security headers that the page is served with.

use crate::Clerk;

/// Clerk's published policy, with the addresses of Clerk that the page asks.
///
/// - No inline script and no eval; `'wasm-unsafe-eval'` only lets WebAssembly compile.
/// - Inline styles, because Clerk's components write theirs at run time.
/// - `frame-ancestors 'none'`: one click on a page hidden in the frame of another site would revoke an
///   invitation or send one.
/// - `data:` for images: Clerk's components draw ticks and arrows by such addresses. They ask nobody, and an image runs no script.
/// - `base-uri 'self'`, not `'none'`: the page has a `<base>`.
pub fn content_security_policy(clerk: &Clerk) -> String {
    let scripts = clerk.scripts.iter().fold(String::new(), |all, origin| all + " " + origin);
    let api = clerk.api.iter().fold(String::new(), |all, origin| all + " " + origin);
    [
        "default-src 'self'",
        &format!(
            "script-src 'self'{scripts} 'wasm-unsafe-eval' https://challenges.cloudflare.com https://*.protect.clerk.com"
        ),
        &format!("connect-src 'self'{api} https://*.protect.clerk.com:*"),
        "img-src 'self' data: https://img.clerk.com",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "frame-src https://challenges.cloudflare.com https://*.protect.clerk.com",
        "font-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    .join("; ")
}

/// The security headers beside the policy.
pub const OTHER_HEADERS: [(&str, &str); 6] = [
    ("X-Content-Type-Options", "nosniff"),
    // An invitation's ticket stands in the address: other sites learn the origin at most.
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    // Sign-in with another provider may open a popup that has to report back.
    ("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
    ("X-Frame-Options", "DENY"),
    // The files are public. A page of another origin that embeds this one asks for them.
    ("Access-Control-Allow-Origin", "*"),
];

/// All security headers, the policy first.
pub fn security_headers(clerk: &Clerk) -> Vec<(&'static str, String)> {
    let policy = ("Content-Security-Policy", content_security_policy(clerk));
    let others = OTHER_HEADERS.map(|(name, value)| (name, value.to_owned()));
    std::iter::once(policy).chain(others).collect()
}
