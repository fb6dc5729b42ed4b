//! What the deployer chose: `config.json`, beside `index.html`.
//!
//! Its keys are spelt as Clerk spells its options. All but `publishableKey` are optional.

use crate::domain::publishable_key::Base64;
use crate::domain::{KeyProblem, PageSize, PublishableKey};
#[cfg(doc)]
use crate::json::NotMembers;
use crate::json::{Members, Parse, Scalar};

/// A configuration that the page can start with.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `publishableKey`
    pub key: PublishableKey,
    /// `proxyUrl`: where the Frontend API is proxied, absolute or relative to the origin (`/__clerk`).
    pub proxy_url: Option<String>,
    /// `domain`: the domain of a satellite application.
    pub domain: Option<String>,
    /// `isSatellite`
    pub is_satellite: bool,
    /// `signInUrl`
    pub sign_in_url: Option<String>,
    /// `signUpUrl`
    pub sign_up_url: Option<String>,
    /// `afterAcceptUrl`: where people go who have accepted an invitation, an `http` or `https` address or one relative to the
    /// page.
    pub after_accept_url: Option<String>,
    /// `clerkJsVersion`: a major (`6`, the default) or an exact version of `@clerk/clerk-js`.
    pub clerk_js_version: Option<String>,
    /// `clerkJsUrl`: where clerk-js is, instead of the Frontend API's host.
    pub clerk_js_url: Option<String>,
    /// `clerkUiUrl`: where Clerk's components are, instead of the Frontend API's host.
    pub clerk_ui_url: Option<String>,
    /// `locale`: the language to use whatever the browser says, for example `de`.
    pub locale: Option<String>,
    /// `shortcuts`: whether single keys are commands.
    pub has_shortcuts: bool,
    /// `pageSize`: rows on a page until the admin chooses otherwise.
    pub page_size: PageSize,
}

/// Why there is no configuration.
#[derive(Clone, Debug, PartialEq)]
pub enum ConfigFailure {
    /// `config.json` could not be loaded at the moment: the HTTP status, or 0 when there was no answer. It may be well.
    NotLoaded(u16),
    /// The deployer has something to mend: all of it.
    Problems(Vec<ConfigProblem>),
}

/// What keeps the page from starting, each with its key.
#[derive(Clone, Debug, PartialEq)]
pub enum ConfigProblem {
    /// There is no `config.json`. The HTTP status: 404 or 410.
    NoFile(u16),
    /// It is not a JSON object. Its text: [`NotMembers::of`] says what it is instead, by code that most visitors never fetch.
    NotJson(String),
    /// `publishableKey` is not one.
    Key(KeyProblem),
    /// The value of this key is a secret key, which everybody can read here.
    Secret(String),
    /// `proxyUrl` is neither an `http` or `https` address nor a path from the root. Clerk takes no other.
    ProxyUrl,
    /// The page knows no such key. It is named only where something else is wrong too: it may be the one that is missing.
    Unknown(String),
    /// The value of this key is of another kind than it must be.
    Kind {
        /// The key.
        key: &'static str,
        /// What it must be.
        wanted: Kind,
    },
}

/// The kinds of value that keys have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// An address that a browser may follow.
    Address,
}

/// A script to load: its address and the attributes of its tag that clerk-js reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Its address.
    pub src: String,
    /// Names and values.
    pub attributes: Vec<(&'static str, String)>,
}

/// Reads `config.json`: the configuration or what is wrong with it, and the keys that mean nothing to us.
///
/// `status` is the HTTP status of its fetch; 0 when there was no answer. `parse` reads JSON, `decode` the publishable key.
///
/// # Errors
/// All problems at once, so that a deployer mends them in one go.
pub fn read(
    status: u16,
    text: &str,
    parse: Parse,
    decode: Base64,
) -> (Result<Config, ConfigFailure>, Vec<String>) {
    let failed = |problem| (Err(ConfigFailure::Problems(vec![problem])), vec![]);
    match status {
        200..300 => {}
        404 | 410 => return failed(ConfigProblem::NoFile(status)),
        _ => return (Err(ConfigFailure::NotLoaded(status)), vec![]),
    }
    let text = text.trim_start_matches('\u{feff}');
    let Some(Members(members)) = parse(text) else { return failed(ConfigProblem::NotJson(text.to_owned())) };
    let mut problems = vec![];
    find_secrets(&members, &mut problems);
    let mut reader = Reader { members, problems, decode };
    let config = reader.config();
    let unknown: Vec<String> = reader.members.into_iter().map(|(key, _)| key).collect();
    let config = config.ok_or_else(|| {
        let unknown = unknown.iter().cloned().map(ConfigProblem::Unknown);
        ConfigFailure::Problems(reader.problems.into_iter().chain(unknown).collect())
    });
    (config, unknown)
}

/// Finds values that are secret keys, under whatever key a deployer has put them.
fn find_secrets(members: &[(String, Scalar)], problems: &mut Vec<ConfigProblem>) {
    for (key, value) in members {
        match value {
            Scalar::Text(text) if text.trim_start().starts_with("sk_") => {
                problems.push(ConfigProblem::Secret(key.clone()));
            }
            Scalar::Object(Members(inner)) => find_secrets(inner, problems),
            _ => {}
        }
    }
}

/// The characters that `String.trim` removes in boot.js, which must read the same from the file.
fn is_blank(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// Reads the keys. It takes each member out, so that the members which are left have unknown keys.
struct Reader {
    members: Vec<(String, Scalar)>,
    problems: Vec<ConfigProblem>,
    decode: Base64,
}

impl Reader {
    fn config(&mut self) -> Option<Config> {
        let problems_before = self.problems.len();
        let key = self.text("publishableKey").unwrap_or_default();
        let key = match PublishableKey::parse(&key, self.decode) {
            Ok(key) => Some(key),
            // The value is of the wrong kind, which is said already.
            Err(_) if self.problems.len() > problems_before => None,
            // `find_secrets` has said so.
            Err(KeyProblem::Secret) => None,
            Err(problem) => {
                self.problems.push(ConfigProblem::Key(problem));
                None
            }
        };
        let config = Config {
            proxy_url: self.proxy_url(),
            domain: self.text("domain"),
            is_satellite: matches!(self.take("isSatellite", Kind::Bool), Some(Scalar::Bool(true))),
            sign_in_url: self.text("signInUrl"),
            sign_up_url: self.text("signUpUrl"),
            after_accept_url: self.followable("afterAcceptUrl"),
            clerk_js_version: self.text("clerkJsVersion"),
            clerk_js_url: self.text("clerkJsUrl"),
            clerk_ui_url: self.text("clerkUiUrl"),
            locale: self.text("locale"),
            has_shortcuts: !matches!(self.take("shortcuts", Kind::Bool), Some(Scalar::Bool(false))),
            page_size: match self.take("pageSize", Kind::Number) {
                Some(Scalar::Number(rows)) => PageSize::nearest(rows as u64),
                _ => PageSize::default(),
            },
            key: key?,
        };
        self.problems.is_empty().then_some(config)
    }

    fn proxy_url(&mut self) -> Option<String> {
        let url = self.text("proxyUrl")?;
        if !["/", "http://", "https://"].iter().any(|start| url.starts_with(start)) {
            self.problems.push(ConfigProblem::ProxyUrl);
        }
        Some(url.trim_end_matches('/').to_owned()).filter(|url| !url.is_empty())
    }

    fn text(&mut self, key: &'static str) -> Option<String> {
        match self.take(key, Kind::Text) {
            Some(Scalar::Text(text)) => {
                Some(text.trim_matches(is_blank).to_owned()).filter(|text| !text.is_empty())
            }
            _ => None,
        }
    }

    /// An address that people are led to: one that would run as a script is none.
    fn followable(&mut self, key: &'static str) -> Option<String> {
        let address = self.text(key)?;
        let is_of_the_web = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
        let is_relative =
            !address.split(['/', '?', '#']).next().unwrap_or_default().as_bytes().contains(&b':');
        if !is_of_the_web && !is_relative {
            self.problems.push(ConfigProblem::Kind { key, wanted: Kind::Address });
        }
        Some(address)
    }

    fn take(&mut self, key: &'static str, wanted: Kind) -> Option<Scalar> {
        // The last of several, as for `JSON.parse` in boot.js; the others are left over as unknown.
        let at = self.members.iter().rposition(|(name, _)| name == key)?;
        let (_, value) = self.members.swap_remove(at);
        match (&value, wanted) {
            (Scalar::Null, _) => None,
            (Scalar::Text(_), Kind::Text)
            | (Scalar::Number(_), Kind::Number)
            | (Scalar::Bool(_), Kind::Bool) => Some(value),
            _ => {
                self.problems.push(ConfigProblem::Kind { key, wanted });
                None
            }
        }
    }
}

/// The hosts of development instances. They have no `clerk.` subdomain of the satellite's domain to load from.
/// Source: Clerk's `DEV_OR_STAGING_SUFFIXES`.
const DEVELOPMENT_HOSTS: [&str; 6] =
    [".lcl.dev", ".stg.dev", ".lclstage.dev", ".stgstage.dev", ".dev.lclclerk.com", ".accounts.dev"];

impl Config {
    /// The tag that loads clerk-js.
    ///
    /// `assets/boot.js` adds the same tag before this code has arrived; a test holds the two together.
    pub fn clerk_script(&self) -> Script {
        let version = self.clerk_js_version.as_deref().unwrap_or("6");
        let src = self.clerk_js_url.clone().unwrap_or_else(|| {
            [&*self.base(), "/npm/@clerk/clerk-js@", version, "/dist/clerk.browser.js"].concat()
        });
        let mut attributes = vec![("data-clerk-publishable-key", self.key.as_str().to_owned())];
        attributes.extend(self.proxy_url.clone().map(|url| ("data-clerk-proxy-url", url)));
        attributes.extend(self.domain.clone().map(|domain| ("data-clerk-domain", domain)));
        Script { src, attributes }
    }

    /// The address of Clerk's components.
    pub fn clerk_ui_url(&self) -> String {
        let own = self.clerk_ui_url.clone();
        own.unwrap_or_else(|| [&*self.base(), "/npm/@clerk/ui@1/dist/ui.browser.js"].concat())
    }

    /// Where the Frontend API is.
    pub fn base(&self) -> String {
        if let Some(proxy) = &self.proxy_url {
            return proxy.clone();
        }
        let is_development = DEVELOPMENT_HOSTS.iter().any(|suffix| self.key.host().ends_with(suffix));
        match &self.domain {
            Some(domain) if !is_development => {
                let mut bare = domain.as_str();
                for prefix in ["https://", "http://", "clerk."] {
                    bare = bare.strip_prefix(prefix).unwrap_or(bare);
                }
                ["https://clerk.", bare.trim_end_matches('/')].concat()
            }
            _ => ["https://", self.key.host()].concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::publishable_key::tests::decode;
    use proptest::prelude::*;

    const KEY: &str = "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k";

    fn parse(status: u16, text: &str) -> (Result<Config, ConfigFailure>, Vec<String>) {
        read(status, text, Members::parse, decode)
    }

    fn config(more: &str) -> Config {
        let text = format!(r#"{{"publishableKey": "{KEY}"{more}}}"#);
        parse(200, &text).0.expect("a configuration")
    }

    #[test]
    fn the_policy_for_a_host_allows_the_scripts_that_the_page_asks_for() {
        for more in [
            "",
            r#", "proxyUrl": "/__clerk/""#,
            r#", "proxyUrl": "/""#,
            r#", "proxyUrl": "https://app.example.com/__clerk""#,
            r#", "isSatellite": true, "domain": "https://clerk.satellite.test/""#,
            r#", "clerkJsUrl": "https://cdn.example.com/clerk.js", "clerkUiUrl": "/ui.js""#,
            r#", "clerkUiUrl": "https://cdn.example.com/ui.js""#,
        ] {
            let text = format!(r#"{{"publishableKey": "{KEY}"{more}}}"#);
            let allowed = hosting::Clerk::of_config(&text).unwrap().unwrap().scripts;
            let config = config(more);
            for address in [config.clerk_script().src, config.clerk_ui_url()] {
                let origin = address.split('/').take(3).collect::<Vec<_>>().join("/");
                assert!(
                    address.starts_with('/') || allowed.contains(&origin),
                    "{more}: {address} of {allowed:?}"
                );
            }
        }
    }

    #[test]
    fn a_key_is_all_it_takes() {
        let config = config("");
        assert_eq!(config.page_size, PageSize::Ten);
        assert_eq!(
            config.clerk_script().src,
            "https://clerk.example.com/npm/@clerk/clerk-js@6/dist/clerk.browser.js"
        );
        assert_eq!(config.clerk_ui_url(), "https://clerk.example.com/npm/@clerk/ui@1/dist/ui.browser.js");
    }

    #[test]
    fn a_proxy_serves_the_scripts_too() {
        let script = config(r#", "proxyUrl": "/__clerk/", "clerkJsVersion": "6.40.0""#).clerk_script();
        assert_eq!(script.src, "/__clerk/npm/@clerk/clerk-js@6.40.0/dist/clerk.browser.js");
        assert!(script.attributes.contains(&("data-clerk-proxy-url", "/__clerk".to_owned())));
    }

    #[test]
    fn a_satellite_loads_from_its_own_domain_but_not_in_development() {
        let script = config(r#", "domain": "https://app.other.com""#).clerk_script();
        assert!(script.src.starts_with("https://clerk.app.other.com/npm/"), "{}", script.src);
        let development =
            r#"{"publishableKey": "pk_test_YS1iLTEuY2xlcmsuYWNjb3VudHMuZGV2JA", "domain": "x.com"}"#;
        let script = parse(200, development).0.expect("a configuration").clerk_script();
        assert!(script.src.starts_with("https://a-b-1.clerk.accounts.dev/npm/"), "{}", script.src);
    }

    #[test]
    fn unknown_keys_are_named_and_do_no_harm() {
        let (config, unknown) = parse(200, &format!(r#"{{"publishableKey": "{KEY}", "publishablekey": 1}}"#));
        assert!(config.is_ok());
        assert_eq!(unknown, ["publishablekey"]);
    }

    #[test]
    fn each_problem_is_named() {
        let kind = |key, wanted| ConfigProblem::Kind { key, wanted };
        for (status, text, problems) in [
            (404, "", vec![ConfigProblem::NoFile(404)]),
            (200, "\u{feff}[]", vec![ConfigProblem::NotJson("[]".to_owned())]),
            (200, "{}", vec![ConfigProblem::Key(KeyProblem::Missing)]),
            (200, r#"{"publishableKey": 7}"#, vec![kind("publishableKey", Kind::Text)]),
            (
                200,
                r#"{"publishableKey": "sk_test_x", "pageSize": "ten", "isSatellite": "yes"}"#,
                vec![
                    ConfigProblem::Secret("publishableKey".to_owned()),
                    kind("isSatellite", Kind::Bool),
                    kind("pageSize", Kind::Number),
                ],
            ),
            (
                200,
                r#"{"publishable_key": "pk_test_x"}"#,
                vec![
                    ConfigProblem::Key(KeyProblem::Missing),
                    ConfigProblem::Unknown("publishable_key".to_owned()),
                ],
            ),
        ] {
            assert_eq!(parse(status, text).0, Err(ConfigFailure::Problems(problems)), "{text}");
        }
    }

    #[test]
    fn a_host_that_fails_or_denies_says_nothing_about_the_file() {
        for status in [0, 401, 403, 408, 429, 500, 503] {
            assert_eq!(parse(status, "").0, Err(ConfigFailure::NotLoaded(status)));
        }
    }

    #[test]
    fn a_secret_key_is_found_under_any_key() {
        let problems = |more: &str| parse(200, &format!(r#"{{"publishableKey": "{KEY}"{more}}}"#)).0.err();
        let secret = |key: &str| ConfigProblem::Secret(key.to_owned());
        let unknown = |key: &str| ConfigProblem::Unknown(key.to_owned());
        assert_eq!(
            problems(r#", "secretKey": " sk_live_x""#),
            Some(ConfigFailure::Problems(vec![secret("secretKey"), unknown("secretKey")]))
        );
        assert_eq!(
            problems(r#", "clerk": {"CLERK_SECRET_KEY": "sk_test_x"}"#),
            Some(ConfigFailure::Problems(vec![secret("CLERK_SECRET_KEY"), unknown("clerk")]))
        );
    }

    #[test]
    fn a_proxy_is_an_address_or_a_path_from_the_root() {
        for url in ["__clerk", "localhost:8080/__clerk", "clerk.example.com"] {
            let text = format!(r#"{{"publishableKey": "{KEY}", "proxyUrl": "{url}"}}"#);
            assert_eq!(parse(200, &text).0, Err(ConfigFailure::Problems(vec![ConfigProblem::ProxyUrl])));
        }
        assert_eq!(
            config(r#", "proxyUrl": "https://app.example.com/__clerk/""#).proxy_url.as_deref(),
            Some("https://app.example.com/__clerk")
        );
    }

    #[test]
    fn people_are_led_to_addresses_of_the_web_only() {
        for address in
            ["https://app.example.com/a:b", "http://x.de", "/welcome", "../", "?a=b:c", "welcome#a:b"]
        {
            let config = config(&format!(r#", "afterAcceptUrl": "{address}""#));
            assert_eq!(config.after_accept_url.as_deref(), Some(address));
        }
        for address in [
            "javascript:alert(1)",
            "java\\nscript:alert(1)",
            "data:text/html,x",
            "JavaScript:x/y",
            "mailto:a@x.de",
        ] {
            let text = format!(r#"{{"publishableKey": "{KEY}", "afterAcceptUrl": "{address}"}}"#);
            let problem = ConfigProblem::Kind { key: "afterAcceptUrl", wanted: Kind::Address };
            assert_eq!(parse(200, &text).0, Err(ConfigFailure::Problems(vec![problem])), "{address}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC*", value in "\\PC*") {
            let _ = parse(200, &text);
            let object = serde_json::json!({
                "publishableKey": KEY, "proxyUrl": value, "domain": value, "clerkJsVersion": value, "pageSize": 1e308,
            });
            if let (Ok(config), _) = parse(200, &object.to_string()) {
                let _ = config.clerk_script();
            }
        }
    }
}
