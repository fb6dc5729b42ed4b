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
    for (key, value) in &members {
        if has_secret(value) {
            problems.push(ConfigProblem::Secret(key.clone()));
        }
    }
    let mut reader = Reader { members, problems, decode };
    let config = reader.config();
    let unknown: Vec<String> = reader.members.into_iter().map(|(key, _)| key).collect();
    let config = config.ok_or_else(|| {
        let unknown = unknown.iter().cloned().map(ConfigProblem::Unknown);
        ConfigFailure::Problems(reader.problems.into_iter().chain(unknown).collect())
    });
    (config, unknown)
}

/// Whether a secret key stands in a value, at whatever depth: a deployer may have put it under any key.
fn has_secret(value: &Scalar) -> bool {
    match value {
        Scalar::Text(text) => text.trim_start().starts_with("sk_"),
        Scalar::List(list) => list.iter().any(has_secret),
        Scalar::Object(Members(members)) => members.iter().any(|(_, value)| has_secret(value)),
        _ => false,
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
            // `read` has said so.
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
mod tests;
