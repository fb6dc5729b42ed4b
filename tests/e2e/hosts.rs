//! nginx, Caddy and Apache with the files that `cargo xtask dist --host` writes for them.

use hosting::{Clerk, cache, policy};

use crate::support::*;

/// An address with a name that no file has any more.
const MISSING_HASHED: &str = "boot-0000000000000000.js";

async fn answers_each_address_as_the_page_needs_it(kind: ServerKind) {
    for path in ["/", "/team/"] {
        // Nothing here asks Clerk.
        let server = Server::start(kind, path, "http://127.0.0.1:9/").await;
        let check = Check { server: &server, path, kind };
        check.routes().await;
        check.files().await;
        check.packed_files().await;
        check.missing_files().await;
        check.redirects().await;
    }
}

struct Check<'a> {
    server: &'a Server,
    path: &'a str,
    kind: ServerKind,
}

impl Check<'_> {
    /// What a failed assertion is about.
    fn at(&self, below: &str) -> String {
        format!("{:?} {}{below}", self.kind, self.path)
    }

    async fn get(&self, below: &str, headers: &[&str]) -> Reply {
        let reply = self.server.get(&format!("{}{below}", self.path), headers).await;
        for (name, value) in policy::security_headers(&Clerk::proxied()) {
            assert_eq!(reply.header(&name.to_ascii_lowercase()), value, "{}: {name}", self.at(below));
        }
        reply
    }

    async fn routes(&self) {
        for below in ["", "index.html", "accept", "accept?__clerk_ticket=a.b", "nowhere"] {
            let reply = self.get(below, &[]).await;
            assert_eq!(reply.status, 200, "{}", self.at(below));
            assert!(reply.header("content-type").starts_with("text/html"), "{}", self.at(below));
            assert_eq!(reply.header("cache-control"), cache::REVALIDATED, "{}", self.at(below));
            assert_eq!(reply.body, self.server.page["index.html"], "{}", self.at(below));
        }
    }

    async fn files(&self) {
        let is_packed = |name: &str| name.ends_with(".br") || name.ends_with(".gz");
        for (name, bytes) in self.server.page.iter().filter(|(name, _)| !is_packed(name)) {
            let reply = self.get(name, &[]).await;
            let kind = match name.rsplit('.').next().expect("an extension") {
                "html" => &["text/html"][..],
                "js" => &["text/javascript", "application/javascript"],
                "css" => &["text/css"],
                "wasm" => &["application/wasm"],
                "json" => &["application/json"],
                "svg" => &["image/svg+xml"],
                other => panic!("a file of another kind: {other}"),
            };
            let found = reply.header("content-type").split(';').next().expect("a type");
            assert!(kind.contains(&found), "{}: {found}", self.at(name));
            assert_eq!(reply.status, 200, "{}", self.at(name));
            assert_eq!(reply.header("cache-control"), cache::cache_control(name), "{}", self.at(name));
            assert_eq!(&reply.body, bytes, "{}", self.at(name));
            let asked_again = format!("If-None-Match: {}", reply.header("etag"));
            assert_eq!(self.get_again(name, &asked_again).await, 304, "{}", self.at(name));
        }
    }

    /// The status of an answer that may lack the security headers: a browser uses those of the first answer.
    async fn get_again(&self, below: &str, header: &str) -> u16 {
        self.server.get(&format!("{}{below}", self.path), &[header]).await.status
    }

    async fn packed_files(&self) {
        let page = &self.server.page;
        let hashed = |end: &str| {
            let mut names = page.keys().map(String::as_str);
            names.find(|name| name.starts_with("clerk-invitations-") && name.ends_with(end))
        };
        let (glue, wasm) = (hashed(".js").expect("the glue"), hashed(".wasm").expect("the wasm"));
        for (below, name) in [("", "index.html"), ("accept", "index.html"), (glue, glue), (wasm, wasm)] {
            for (offered, coding, extension) in [("gzip, deflate, br", "br", "br"), ("gzip", "gzip", "gz")] {
                let reply = self.get(below, &[&format!("Accept-Encoding: {offered}")]).await;
                assert_eq!(reply.header("content-encoding"), coding, "{}", self.at(below));
                assert_eq!(reply.header("vary"), "Accept-Encoding", "{}", self.at(below));
                assert_eq!(reply.header("cache-control"), cache::cache_control(name), "{}", self.at(below));
                assert_eq!(reply.body, page[&format!("{name}.{extension}")], "{}", self.at(below));
                let plain = self.get(below, &[]).await;
                assert_eq!(reply.header("content-type"), plain.header("content-type"), "{}", self.at(below));
            }
        }
        // The deployer edits it: a packed copy would keep the old text.
        let config = self.get("config.json", &["Accept-Encoding: gzip, br"]).await;
        assert_eq!(config.header("content-encoding"), "");
    }

    async fn missing_files(&self) {
        for below in [MISSING_HASHED, "missing.json", "locales/xx.json", "deep/below", "accept/deeper"] {
            for packing in ["identity", "gzip, br"] {
                let reply = self.get(below, &[&format!("Accept-Encoding: {packing}")]).await;
                assert_eq!(reply.status, 404, "{}", self.at(below));
                assert!(!reply.header("cache-control").contains("immutable"), "{}", self.at(below));
            }
        }
    }

    async fn redirects(&self) {
        let reply = self.server.get(&format!("{}accept/?a=1&b", self.path), &[]).await;
        assert_eq!(reply.status, 308, "{}", self.at("accept/"));
        let to = format!("{}accept?a=1&b", self.path);
        assert!(
            reply.header("location").ends_with(&to),
            "{}: {}",
            self.at("accept/"),
            reply.header("location")
        );
        if let Some(short) = self.path.strip_suffix('/').filter(|short| !short.is_empty()) {
            let reply = self.server.get(&format!("{short}?a=1"), &[]).await;
            assert!(matches!(reply.status, 301 | 308), "{}", self.at(""));
            let to = format!("{}?a=1", self.path);
            assert!(reply.header("location").ends_with(&to), "{}: {}", self.at(""), reply.header("location"));
        }
    }
}

#[tokio::test]
async fn nginx_answers_each_address_as_the_page_needs_it() {
    answers_each_address_as_the_page_needs_it(ServerKind::Nginx).await;
}

#[tokio::test]
async fn caddy_answers_each_address_as_the_page_needs_it() {
    answers_each_address_as_the_page_needs_it(ServerKind::Caddy).await;
}

#[tokio::test]
async fn apache_answers_each_address_as_the_page_needs_it() {
    answers_each_address_as_the_page_needs_it(ServerKind::Apache).await;
}

/// A violation of the policy is an error in the console, which fails each test.
async fn shows_the_page_without_a_violation(kind: ServerKind) {
    Stage::admin()
        .under("/team/")
        .served_by(kind)
        .play(async |page| {
            page.open_list("").await;
            page.range_is("1–10 of 57").await;
            page.write(addresses(), "grace@navy.test").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to grace@navy.test.").await;
            page.open("accept/?lang=en").await;
            page.see(heading("Your invitations")).await;
        })
        .await;
}

#[tokio::test]
async fn nginx_shows_the_page_without_a_violation_of_its_policy() {
    shows_the_page_without_a_violation(ServerKind::Nginx).await;
}

#[tokio::test]
async fn caddy_shows_the_page_without_a_violation_of_its_policy() {
    shows_the_page_without_a_violation(ServerKind::Caddy).await;
}

#[tokio::test]
async fn apache_shows_the_page_without_a_violation_of_its_policy() {
    shows_the_page_without_a_violation(ServerKind::Apache).await;
}
