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
fn a_secret_key_is_found_under_any_key_and_at_any_depth() {
    let problems = |more: &str| parse(200, &format!(r#"{{"publishableKey": "{KEY}"{more}}}"#)).0.err();
    let secret = |key: &str| ConfigProblem::Secret(key.to_owned());
    let unknown = |key: &str| ConfigProblem::Unknown(key.to_owned());
    assert_eq!(
        problems(r#", "secretKey": " sk_live_x""#),
        Some(ConfigFailure::Problems(vec![secret("secretKey"), unknown("secretKey")]))
    );
    for value in [
        r#"{"CLERK_SECRET_KEY": "sk_test_x"}"#,
        r#"["pk", "sk_test_x"]"#,
        r#"{"keys": [[7, {"a": "sk_x"}]]}"#,
    ] {
        assert_eq!(
            problems(&format!(r#", "clerk": {value}"#)),
            Some(ConfigFailure::Problems(vec![secret("clerk"), unknown("clerk")])),
            "{value}"
        );
    }
    assert_eq!(problems(r#", "clerk": ["pk_test_x", {"sk_": "no secret"}]"#), None);
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
    for address in ["https://app.example.com/a:b", "http://x.de", "/welcome", "../", "?a=b:c", "welcome#a:b"]
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
