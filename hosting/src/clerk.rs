//! The addresses of Clerk that the page asks.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD},
};
use serde_json::Value;

/// The origins of Clerk that the page's policy must allow beside the page's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clerk {
    /// Where clerk-js and Clerk's components come from.
    pub scripts: BTreeSet<String>,
    /// Where the Frontend API is.
    pub api: BTreeSet<String>,
}

/// Hosts of development instances, which have no subdomain of a satellite's domain. Source: Clerk's `DEV_OR_STAGING_SUFFIXES`.
const DEVELOPMENT_HOSTS: [&str; 6] =
    [".lcl.dev", ".stg.dev", ".lclstage.dev", ".stgstage.dev", ".dev.lclclerk.com", ".accounts.dev"];

impl Clerk {
    /// The Frontend API is proxied on the page's own origin (`"proxyUrl": "/__clerk"`).
    pub fn proxied() -> Self {
        Self::default()
    }

    /// The Frontend API is asked directly, at an origin such as `https://clerk.example.com`.
    pub fn at(origin: &str) -> Self {
        let origin = BTreeSet::from([origin.to_owned()]);
        Self { scripts: origin.clone(), api: origin }
    }

    /// As `config.json` says; `None` when it has neither a key nor a proxy.
    ///
    /// The page derives the same addresses in `src/config.rs`; a test there compares them.
    ///
    /// # Errors
    /// When the text is not a JSON object, or an address in it cannot stand in a policy.
    pub fn of_config(text: &str) -> Result<Option<Self>> {
        let config: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .context("config.json is not a JSON object")?;
        let chosen = |key: &str| config[key].as_str().map(str::trim).filter(|text| !text.is_empty());
        let Some(api) = frontend_api(chosen("proxyUrl"), chosen("domain"), chosen("publishableKey")) else {
            return Ok(None);
        };
        let mut clerk = Self::proxied();
        clerk.api.extend(origin(&api)?);
        // The scripts come from the Frontend API unless the configuration names other places. The page asks for each once.
        for key in ["clerkJsUrl", "clerkUiUrl"] {
            clerk.scripts.extend(origin(chosen(key).unwrap_or(&api)).context(key)?);
        }
        Ok(Some(clerk))
    }
}

/// The address of the Frontend API.
fn frontend_api(proxy: Option<&str>, domain: Option<&str>, key: Option<&str>) -> Option<String> {
    // A proxy at "/" is none, as for the page.
    if let Some(proxy) = proxy.map(|proxy| proxy.trim_end_matches('/')).filter(|proxy| !proxy.is_empty()) {
        return Some(proxy.to_owned());
    }
    let host = host_of_key(key?)?;
    let is_development = DEVELOPMENT_HOSTS.iter().any(|suffix| host.ends_with(suffix));
    match domain.filter(|_| !is_development) {
        Some(domain) => {
            let bare = ["https://", "http://", "clerk."]
                .iter()
                .fold(domain, |bare, prefix| bare.strip_prefix(prefix).unwrap_or(bare));
            Some(format!("https://clerk.{}", bare.trim_end_matches('/')))
        }
        None => Some(format!("https://{host}")),
    }
}

/// The host in a publishable key: `pk_test_` or `pk_live_` and base64 of `host$`.
fn host_of_key(key: &str) -> Option<String> {
    let encoded = key.strip_prefix("pk_test_").or_else(|| key.strip_prefix("pk_live_"))?;
    let bytes = BASE64_STANDARD.decode(encoded).or_else(|_| BASE64_STANDARD_NO_PAD.decode(encoded)).ok()?;
    Some(String::from_utf8(bytes).ok()?.strip_suffix('$')?.to_owned())
}

/// The origin of an address; `None` for one on the page's own origin, such as `/__clerk`.
fn origin(address: &str) -> Result<Option<String>> {
    if address.starts_with('/') && !address.starts_with("//") {
        return Ok(None);
    }
    let (scheme, rest) = address.split_once("://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands here is copied into the headers of a host: nothing in it may end the value.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    ensure!(
        matches!(scheme, "https" | "http") && !host.is_empty() && host.bytes().all(is_plain),
        "{address:?} is neither an https address nor a path such as /__clerk"
    );
    Ok(Some(format!("{scheme}://{host}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    // clerk.example.com
    const KEY: &str = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";

    fn of(more: &str) -> Clerk {
        Clerk::of_config(&format!(r#"{{"publishableKey": "{KEY}"{more}}}"#)).unwrap().unwrap()
    }

    #[test]
    fn the_key_names_the_frontend_api() {
        assert_eq!(of(""), Clerk::at("https://clerk.example.com"));
    }

    #[test]
    fn a_proxy_on_the_same_origin_needs_no_address() {
        assert_eq!(of(r#", "proxyUrl": "/__clerk""#), Clerk::proxied());
        assert_eq!(
            of(r#", "proxyUrl": "https://app.example.com/__clerk""#),
            Clerk::at("https://app.example.com")
        );
    }

    #[test]
    fn a_satellite_asks_the_subdomain_of_its_own_domain() {
        assert_eq!(
            of(r#", "isSatellite": true, "domain": "satellite.test""#),
            Clerk::at("https://clerk.satellite.test")
        );
    }

    #[test]
    fn scripts_from_another_place_are_allowed_from_there() {
        let clerk = of(r#", "clerkJsUrl": "https://cdn.example.com:8443/a.js", "clerkUiUrl": "/ui.js""#);
        assert_eq!(clerk.scripts, BTreeSet::from(["https://cdn.example.com:8443".to_owned()]));
        assert_eq!(clerk.api, BTreeSet::from(["https://clerk.example.com".to_owned()]));
    }

    #[test]
    fn without_a_key_there_is_no_address() {
        for text in [r#"{"publishableKey": ""}"#, r#"{"publishableKey": "pk_test_"}"#, "{}"] {
            assert_eq!(Clerk::of_config(text).unwrap(), None, "{text}");
        }
    }

    #[test]
    fn what_would_end_a_header_is_refused() {
        for address in
            ["https://a.test; script-src *", "https://a.test\nX: 1", "a.test", "//a.test/x", "https://"]
        {
            let text = serde_json::json!({ "proxyUrl": address }).to_string();
            assert!(Clerk::of_config(&text).is_err(), "{address}");
        }
        assert!(Clerk::of_config("<!doctype html>").is_err());
    }
}
