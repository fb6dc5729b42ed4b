//! Firebase Hosting: each rule has a `source` or a `regex` (RE2, matched against the whole address). The order is redirects,
//! files, rewrites.

use regex::Regex;
use serde_json::Value;

use super::*;

fn rules<'a>(hosting: &'a Value, kind: &str, address: &str) -> Vec<&'a Value> {
    let all = hosting[kind].as_array().unwrap().iter();
    all.filter(|rule| {
        let regex = rule["regex"].as_str().unwrap();
        assert!(regex.starts_with('^') && regex.ends_with('$'), "{regex}");
        Regex::new(regex).unwrap().is_match(address)
    })
    .collect()
}

#[test]
fn each_address_is_answered_as_the_page_needs_it() {
    for path in PATHS {
        let files = files(Host::Firebase, path, Clerk::proxied());
        let settings: Value = serde_json::from_str(&text(&files, "firebase.json")).unwrap();
        let hosting = &settings["hosting"];
        let public = hosting["public"].as_str().unwrap();
        for (below, answer) in &ANSWERS {
            let address = format!("{path}{below}");
            let redirects = rules(hosting, "redirects", &address);
            let is_file = files.contains_key(&format!("{public}{address}"))
                || files.contains_key(&format!("{public}{address}index.html"));
            let rewrites = if is_file { vec![] } else { rules(hosting, "rewrites", &address) };
            match answer {
                Answer::File(name) => {
                    assert!(redirects.is_empty() && (is_file || rewrites.len() == 1), "{address}");
                    assert!(
                        rewrites.iter().all(|rule| rule["destination"] == format!("{path}{name}")),
                        "{address}"
                    );
                }
                Answer::Redirect(to) => assert_eq!(redirects[0]["destination"], format!("{path}{to}")),
                Answer::Missing => {
                    assert!(!is_file && redirects.is_empty() && rewrites.is_empty(), "{address}")
                }
            }
            let headers = rules(hosting, "headers", &address);
            let headers = headers.iter().flat_map(|rule| rule["headers"].as_array().unwrap());
            let headers: Vec<_> = headers
                .map(|h| (h["key"].as_str().unwrap().to_owned(), h["value"].as_str().unwrap().to_owned()))
                .collect();
            let cache = cache_needed(answer).map(|value| ("Cache-Control".to_owned(), value.to_owned()));
            assert_eq!(headers, security_headers().into_iter().chain(cache).collect::<Vec<_>>(), "{address}");
        }
    }
}
