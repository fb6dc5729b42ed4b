//! Vercel: sources are patterns of path-to-regexp that must match the whole address. The order is redirects, headers, files,
//! rewrites.

use regex::Regex;
use serde_json::Value;

use super::*;

/// The part of path-to-regexp that is used here: literal text, `:name(regex)` and `(regex)`.
fn matches(source: &str, address: &str) -> bool {
    let literal = source.split(':').next().unwrap().split('(').next().unwrap();
    let group = source.find('(').map_or("", |at| &source[at..]);
    Regex::new(&format!("^{}{group}$", regex::escape(literal))).unwrap().is_match(address)
}

fn rules<'a>(settings: &'a Value, kind: &str, address: &str) -> Vec<&'a Value> {
    let all = settings[kind].as_array().unwrap().iter();
    all.filter(|rule| matches(rule["source"].as_str().unwrap(), address)).collect()
}

#[test]
fn the_settings_have_only_keys_of_the_schema() {
    let settings: Value =
        serde_json::from_str(&text(&files(Host::Vercel, "/team/", Clerk::proxied()), "vercel.json")).unwrap();
    let keys = |value: &Value| {
        let mut keys: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&settings), ["$schema", "headers", "redirects", "rewrites"]);
    let each = |kind: &str, expected: &[&str]| {
        let rules = settings[kind].as_array().unwrap();
        assert!(rules.len() <= 1024 && rules.iter().all(|rule| keys(rule) == expected), "{rules:?}");
    };
    each("headers", &["headers", "source"]);
    each("redirects", &["destination", "permanent", "source"]);
    each("rewrites", &["destination", "source"]);
}

#[test]
fn each_address_is_answered_as_the_page_needs_it() {
    for path in PATHS {
        let files = files(Host::Vercel, path, Clerk::proxied());
        let settings: Value = serde_json::from_str(&text(&files, "vercel.json")).unwrap();
        for (below, answer) in &ANSWERS {
            let address = format!("{path}{below}");
            let redirects = rules(&settings, "redirects", &address);
            let file = address.strip_prefix('/').unwrap();
            let is_file = files.contains_key(file) || files.contains_key(&format!("{file}index.html"));
            let rewrites = if is_file { vec![] } else { rules(&settings, "rewrites", &address) };
            match answer {
                Answer::File(name) => {
                    assert!(redirects.is_empty(), "{address}");
                    match rewrites.as_slice() {
                        [] => assert!(is_file, "{address}"),
                        [rewrite] => assert_eq!(rewrite["destination"], format!("{path}{name}")),
                        more => panic!("{address}: {more:?}"),
                    }
                }
                Answer::Redirect(to) => assert_eq!(redirects[0]["destination"], format!("{path}{to}")),
                Answer::Missing => {
                    assert!(!is_file && redirects.is_empty() && rewrites.is_empty(), "{address}")
                }
            }
            let headers = rules(&settings, "headers", &address);
            let headers = headers.iter().flat_map(|rule| rule["headers"].as_array().unwrap());
            let headers: Vec<_> = headers
                .map(|h| (h["key"].as_str().unwrap().to_owned(), h["value"].as_str().unwrap().to_owned()))
                .collect();
            let cache = cache_needed(answer).map(|value| ("Cache-Control".to_owned(), value.to_owned()));
            assert_eq!(headers, security_headers().into_iter().chain(cache).collect::<Vec<_>>(), "{address}");
        }
    }
}

#[test]
fn a_sub_path_without_its_slash_is_redirected_to_the_one_with_it() {
    let files = files(Host::Vercel, "/team/", Clerk::proxied());
    let settings: Value = serde_json::from_str(&text(&files, "vercel.json")).unwrap();
    assert_eq!(rules(&settings, "redirects", "/team")[0]["destination"], "/team/");
    assert!(rules(&settings, "redirects", "/team/").is_empty());
}
