//! The files for each host, held to the documented grammar of that host and to what the page needs of every host. nginx,
//! Caddy and Apache are started by the end-to-end tests, which ask them.

mod cloudfront;
mod firebase;
mod headers_file;
mod vercel;

use hosting::{Clerk, Deployment, Files, Host, cache, policy};

/// The files of a built page, as small as can be.
const PAGE: [(&str, &str); 10] = [
    ("index.html", r#"<!doctype html><base href="./"><title>The page</title>"#),
    ("index.html.br", "packed"),
    ("boot-0123456789abcdef.js", "boot()"),
    ("boot-0123456789abcdef.js.gz", "packed"),
    ("app-fedcba9876543210.wasm", "\0asm"),
    ("config.json", "{}"),
    ("theme.css", ""),
    ("embed.js", "export {}"),
    ("icon.svg", ""),
    ("locales/de.json", "{}"),
];

/// The paths that a page may stand under.
const PATHS: [&str; 3] = ["/", "/team/", "/my.site/team/"];

fn page() -> Files {
    PAGE.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
}

fn files(host: Host, path: &str, clerk: Clerk) -> Files {
    host.files(&Deployment::new(page(), path, clerk).unwrap()).unwrap()
}

fn text(files: &Files, name: &str) -> String {
    let bytes = files.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", files.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}

fn security_headers() -> Vec<(String, String)> {
    let headers = policy::security_headers(&Clerk::proxied()).into_iter();
    headers.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What a host must do at an address below the page's path.
enum Answer {
    /// Answer with this file.
    File(&'static str),
    /// Redirect to this address below the path.
    Redirect(&'static str),
    /// Answer that there is none, which no browser may keep.
    Missing,
}

const ANSWERS: [(&str, Answer); 10] = [
    ("", Answer::File("index.html")),
    ("accept", Answer::File("index.html")),
    ("accept/", Answer::Redirect("accept")),
    ("boot-0123456789abcdef.js", Answer::File("boot-0123456789abcdef.js")),
    ("app-fedcba9876543210.wasm", Answer::File("app-fedcba9876543210.wasm")),
    ("config.json", Answer::File("config.json")),
    ("locales/de.json", Answer::File("locales/de.json")),
    ("boot-0000000000000000.js", Answer::Missing),
    ("missing.json", Answer::Missing),
    ("deep/below", Answer::Missing),
];

/// The `Cache-Control` that an address below the path needs; `None` for one that has no file.
fn cache_needed(answer: &Answer) -> Option<&'static str> {
    match answer {
        Answer::File(name) => Some(cache::cache_control(name)),
        Answer::Redirect(_) | Answer::Missing => None,
    }
}

#[test]
fn each_host_has_a_name_of_its_own() {
    for host in Host::ALL {
        assert_eq!(Host::named(host.name()).unwrap(), host);
    }
    assert!(Host::named("heroku").unwrap_err().to_string().contains("netlify, cloudflare"));
}

#[test]
fn every_host_gets_the_whole_page() {
    for host in Host::ALL {
        let files = files(host, "/team/", Clerk::proxied());
        for (name, content) in PAGE {
            let copies = files.iter().filter(|(path, _)| path.rsplit('/').next() == name.rsplit('/').next());
            let copies = copies.map(|(_, bytes)| bytes.as_slice()).collect::<Vec<_>>();
            let is_packed = name.ends_with(".br") || name.ends_with(".gz");
            let packs_by_itself = !matches!(host, Host::Nginx | Host::Caddy | Host::Apache);
            if is_packed && packs_by_itself {
                assert!(copies.is_empty(), "{host:?} packs by itself and would publish {name}");
            } else {
                let is_ours = |copy: &&[u8]| {
                    String::from_utf8_lossy(copy).ends_with(content.split("<base").last().unwrap())
                };
                assert!(copies.len() == 1 && copies.iter().all(is_ours), "{host:?} {name}");
            }
        }
    }
}

#[test]
fn every_host_that_can_send_headers_sends_the_policy_in_the_form_that_was_asked_for() {
    let clerk = "https://clerk.example.com";
    for host in Host::ALL.into_iter().filter(|host| *host != Host::GithubPages) {
        for (form, has_address) in [(Clerk::proxied(), false), (Clerk::at(clerk), true)] {
            let policy = policy::content_security_policy(&form);
            let files = files(host, "/team/", form);
            let says =
                |value: &str| files.values().any(|bytes| String::from_utf8_lossy(bytes).contains(value));
            assert!(says(&policy), "{host:?}: {policy}");
            assert_eq!(says(clerk), has_address, "{host:?}");
            for (name, value) in policy::OTHER_HEADERS {
                // CloudFront has a switch for this one, which has one value only.
                let value = if (host, value) == (Host::S3, "nosniff") { "ContentTypeOptions" } else { value };
                // It has a field of its own for that one.
                let is_cors = (host, name) == (Host::S3, "Access-Control-Allow-Origin");
                let said = if is_cors { "\"AccessControlAllowOrigins\"" } else { name };
                assert!(says(value), "{host:?}: {name}");
                assert!(host == Host::S3 && !is_cors || says(said), "{host:?}: {said}");
            }
        }
    }
}

#[test]
fn the_policy_in_both_forms_is_one_line_that_allows_no_inline_script() {
    let direct = policy::content_security_policy(&Clerk::at("https://clerk.example.com"));
    assert!(direct.contains("script-src 'self' https://clerk.example.com 'wasm-unsafe-eval'"), "{direct}");
    assert!(direct.contains("connect-src 'self' https://clerk.example.com https://*.protect"), "{direct}");
    for policy in [direct, policy::content_security_policy(&Clerk::proxied())] {
        assert!(!policy.contains('\n') && !policy.contains('"'), "{policy}");
        let scripts = policy.split("; ").find(|part| part.starts_with("script-src")).unwrap();
        assert!(!scripts.contains("unsafe-inline") && !scripts.contains("'unsafe-eval'"), "{scripts}");
    }
}

#[test]
fn a_path_that_is_none_is_refused() {
    for path in
        ["", "team", "/team", "team/", "//", "/a//b/", "/../", "/.well-known/", "/a b/", "/a;b/", "/{a}/"]
    {
        let error = Deployment::new(page(), path, Clerk::proxied()).unwrap_err().to_string();
        assert!(error.contains("--path"), "{path}: {error}");
    }
}

#[test]
fn on_github_pages_the_invitation_link_is_a_file_and_the_files_stand_at_the_root() {
    let files = files(Host::GithubPages, "/project/", Clerk::proxied());
    assert_eq!(files["accept.html"], files["index.html"]);
    let index = text(&files, "index.html");
    let policy = policy::content_security_policy(&Clerk::proxied());
    let policy = policy.strip_suffix("; frame-ancestors 'none'").unwrap();
    let element = format!(r#"<meta http-equiv="Content-Security-Policy" content="{policy}">"#);
    assert!(index.find(&element) < index.find("<base") && index.contains(&element), "{index}");
    assert!(files.contains_key(".nojekyll") && files.contains_key("config.json"));
    let missing = text(&files, "404.html");
    assert!(missing.contains(r#"href="/project/""#) && !missing.contains("<script"), "{missing}");
}

#[test]
fn the_page_for_a_missing_address_needs_no_file_of_the_page() {
    for host in [Host::Netlify, Host::Cloudflare] {
        let files = files(host, "/team/", Clerk::proxied());
        let missing = text(&files, "team/404.html");
        assert!(!missing.contains(" src=") && !missing.contains("<link"), "{host:?}: {missing}");
    }
}
