//! The hosts, each with the files that are deployed to it.

mod apache;
mod caddy;
mod firebase;
mod github_pages;
mod headers_file;
mod nginx;
mod s3;
mod vercel;

use anyhow::{Context, Result, ensure};

use crate::{Clerk, Files, cache::cache_control, policy::security_headers};

/// Where a page can be deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages, and Cloudflare Workers with static assets.
    Cloudflare,
    /// Vercel.
    Vercel,
    /// GitHub Pages.
    GithubPages,
    /// Firebase Hosting.
    Firebase,
    /// Amazon S3 behind CloudFront.
    S3,
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
    /// Apache.
    Apache,
}

impl Host {
    /// All hosts.
    pub const ALL: [Self; 9] = [
        Self::Netlify,
        Self::Cloudflare,
        Self::Vercel,
        Self::GithubPages,
        Self::Firebase,
        Self::S3,
        Self::Nginx,
        Self::Caddy,
        Self::Apache,
    ];

    /// The host's name on the command line, which is the name of its folder too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
            Self::Vercel => "vercel",
            Self::GithubPages => "github-pages",
            Self::Firebase => "firebase",
            Self::S3 => "s3",
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Apache => "apache",
        }
    }

    /// The host of that name.
    ///
    /// # Errors
    /// When there is none; the error lists the names.
    pub fn named(name: &str) -> Result<Self> {
        let names = Self::ALL.map(Self::name).join(", ");
        let host = Self::ALL.into_iter().find(|host| host.name() == name);
        host.with_context(|| format!("there is no host {name:?}; the hosts are {names}"))
    }

    /// The folder to deploy to this host: the page, and what the host must be told.
    ///
    /// # Errors
    /// When a file of the page cannot be read.
    pub fn files(self, page: &Deployment) -> Result<Files> {
        match self {
            Self::Netlify => headers_file::netlify(page),
            Self::Cloudflare => headers_file::cloudflare(page),
            Self::Vercel => vercel::files(page),
            Self::GithubPages => github_pages::files(page),
            Self::Firebase => firebase::files(page),
            Self::S3 => Ok(s3::files(page)),
            Self::Nginx => Ok(nginx::files(page)),
            Self::Caddy => Ok(caddy::files(page)),
            Self::Apache => Ok(apache::files(page)),
        }
    }
}

/// A page and the path that it is deployed under.
#[derive(Debug)]
pub struct Deployment {
    page: Files,
    /// With a slash at both ends.
    path: String,
    clerk: Clerk,
}

/// The only route of the page beside the one at its path, as `src/route.rs` has it.
const ACCEPT: &str = "accept";

/// The folder of the files that the host serves, where other files stand beside it.
const SITE: &str = "site";

const INDEX: &str = "index.html";

impl Deployment {
    /// `page` holds the files of `dist/`, `path` is `/` or a path such as `/team/`.
    ///
    /// # Errors
    /// When `path` is not such a path, or `page` is not a built page.
    pub fn new(page: Files, path: &str, clerk: Clerk) -> Result<Self> {
        let is_plain = |part: &str| {
            let mut bytes = part.bytes();
            !part.is_empty()
                && !part.starts_with('.')
                && bytes.all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
        };
        let inner = path.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        ensure!(
            path == "/" || inner.is_some_and(|parts| parts.split('/').all(is_plain)),
            "--path must be / or a path with a slash at both ends, such as /team/, not {path:?}"
        );
        ensure!(page.contains_key(INDEX), "the page has no {INDEX}");
        Ok(Self { page, path: path.to_owned(), clerk })
    }

    /// The files of the page, below `folder` and the path. `packed` says whether the host serves the `.br` and `.gz` files
    /// that stand beside them; one that compresses by itself would only publish them.
    fn placed(&self, folder: &str, packed: Packed) -> Files {
        let is_packed = |name: &str| name.ends_with(".br") || name.ends_with(".gz");
        let files = self.page.iter().filter(|(name, _)| packed == Packed::Kept || !is_packed(name));
        files.map(|(name, bytes)| (self.place(folder, name), bytes.clone())).collect()
    }

    /// Where a file of the page stands below `folder`.
    fn place(&self, folder: &str, name: &str) -> String {
        format!("{folder}{}{name}", self.path).trim_start_matches('/').to_owned()
    }

    /// The path without the slash at its end; `None` when the page is at the root.
    fn path_without_slash(&self) -> Option<&str> {
        self.path.strip_suffix('/').filter(|path| !path.is_empty())
    }

    /// The path, escaped for a regular expression.
    fn path_regex(&self) -> String {
        self.path.replace('.', r"\.")
    }

    /// The security headers, the policy first.
    fn security_headers(&self) -> Vec<(&'static str, String)> {
        security_headers(&self.clerk)
    }

    /// The `Cache-Control` of each address that there is, for a host that knows no condition "the file exists": a rule for
    /// all names with a hash would make a browser keep the answer that a file is missing for a year.
    fn cache_by_address(&self) -> Vec<(String, &'static str)> {
        let is_packed = |name: &str| name.ends_with(".br") || name.ends_with(".gz");
        let files = self.page.keys().map(String::as_str).filter(|name| !is_packed(name));
        let addresses = ["", ACCEPT].into_iter().chain(files);
        addresses.map(|name| (format!("{}{name}", self.path), cache_control(name))).collect()
    }

    /// index.html, to be copied for hosts that answer `/accept` with `accept.html`.
    fn index(&self) -> Result<&str> {
        let index = self.page.get(INDEX).context("the page has no index.html")?;
        std::str::from_utf8(index).context("index.html is not UTF-8")
    }

    /// What hosts answer with, which take `404.html` for that, at an address that has no file.
    fn not_found(&self) -> String {
        format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>There is no such page</title>
</head>
<body style="font-family: system-ui, sans-serif; margin: 3rem 1.5rem">
<main>
<h1>There is no such page</h1>
<p><a href="{}">To the invitations</a></p>
</main>
</body>
</html>
"#,
            self.path
        )
    }
}

/// Whether the `.br` and `.gz` files are deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packed {
    Kept,
    LeftOut,
}

/// JSON as a person reads it.
fn pretty(value: &serde_json::Value) -> Result<Vec<u8>> {
    Ok((serde_json::to_string_pretty(value)? + "\n").into_bytes())
}
