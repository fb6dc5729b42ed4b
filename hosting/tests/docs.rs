//! docs/deploy.md says what the files for the hosts say.

use hosting::{Clerk, Host, cache, policy};

#[test]
fn the_guide_has_both_forms_of_the_policy_all_headers_and_each_host() {
    let guide = include_str!("../../docs/deploy.md");
    let lines = guide.lines().collect::<Vec<_>>();
    for clerk in [Clerk::proxied(), Clerk::at("https://clerk.example.com")] {
        for (name, value) in policy::security_headers(&clerk) {
            assert!(lines.contains(&format!("{name}: {value}").as_str()), "{name}: {value}");
        }
    }
    assert!(guide.contains(cache::IMMUTABLE));
    for host in Host::ALL {
        assert!(guide.contains(&format!("--host {}", host.name())), "{host:?}");
    }
}
