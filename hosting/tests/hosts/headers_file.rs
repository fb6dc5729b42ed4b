//! Netlify and Cloudflare: `_headers` is a list of addresses, each followed by indented headers; `*` at the end of an
//! address stands for anything. Cloudflare takes at most 100 rules of at most 2,000 characters a line, and joins the values
//! of a header that two rules give.

use std::collections::BTreeMap;

use super::*;

type Rules = Vec<(String, Vec<(String, String)>)>;

fn rules(text: &str) -> Rules {
    let mut rules = Rules::new();
    for line in text.lines() {
        assert!(line.len() <= 2000, "{line}");
        match line.strip_prefix("  ") {
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap();
                rules.last_mut().unwrap().1.push((name.to_owned(), value.to_owned()));
            }
            None => {
                assert!(line.starts_with('/') && !line.contains(char::is_whitespace), "{line}");
                assert!(!line.trim_end_matches('*').contains(['*', ':']), "{line}");
                rules.push((line.to_owned(), Vec::new()));
            }
        }
    }
    assert!(rules.len() <= 100);
    rules
}

/// The headers of an address. Fails when two rules give the same one.
fn headers(rules: &Rules, address: &str) -> BTreeMap<String, String> {
    let is_for =
        |rule: &str| rule.strip_suffix('*').map_or(rule == address, |start| address.starts_with(start));
    let mut all = BTreeMap::new();
    for (name, value) in rules.iter().filter(|(rule, _)| is_for(rule)).flat_map(|(_, headers)| headers) {
        assert!(all.insert(name.clone(), value.clone()).is_none(), "{address}: {name} twice");
    }
    all
}

#[test]
fn each_address_gets_the_security_headers_and_only_one_with_a_file_is_kept() {
    for host in [Host::Netlify, Host::Cloudflare] {
        for path in PATHS {
            let rules = rules(&text(&files(host, path, Clerk::proxied()), "_headers"));
            for (below, answer) in &ANSWERS {
                let mut headers = headers(&rules, &format!("{path}{below}"));
                let cache = headers.remove("Cache-Control");
                assert_eq!(cache.as_deref(), cache_needed(answer), "{host:?} {path}{below}");
                assert_eq!(headers, security_headers().into_iter().collect(), "{host:?} {path}{below}");
            }
        }
    }
}

#[test]
fn the_invitation_link_is_a_file_so_that_no_rule_can_answer_a_missing_script_with_html() {
    for host in [Host::Netlify, Host::Cloudflare] {
        let files = files(host, "/team/", Clerk::proxied());
        assert!(files.contains_key("team/accept.html"));
        assert!(!files.contains_key("_redirects"));
    }
}

#[test]
fn cloudflare_finds_a_404_page_at_its_root_or_it_would_answer_everything_with_the_index() {
    for path in PATHS {
        assert!(files(Host::Cloudflare, path, Clerk::proxied()).contains_key("404.html"), "{path}");
    }
}

#[test]
fn netlify_which_answers_the_link_with_a_slash_too_finds_the_files_of_the_page() {
    let files = files(Host::Netlify, "/team/", Clerk::proxied());
    assert!(text(&files, "team/accept.html").contains(r#"<base href="/team/">"#));
    assert!(text(&files, "team/index.html").contains(r#"<base href="./">"#));
}
