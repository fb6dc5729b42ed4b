//! S3 and CloudFront: the function is run by Node, which the page's build needs anyway.

use std::{fs, process::Command};

use serde_json::Value;

use super::*;

/// What the function makes of requests for these addresses with `?a=1&a=2&b`.
fn run(function: &str, addresses: &[String]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("function.js");
    let addresses = serde_json::to_string(addresses).unwrap();
    let calls = format!(
        "const querystring = {{ a: {{ value: '1', multiValue: [{{ value: '1' }}, {{ value: '2' }}] }}, b: {{ value: '' }} }};
         console.log(JSON.stringify({addresses}.map((uri) => handler({{ request: {{ uri, querystring }} }}))));"
    );
    fs::write(&script, format!("{function}\n{calls}")).unwrap();
    let output = Command::new("node").arg(&script).output().expect("Node.js, which the build needs too");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn each_address_is_answered_as_the_page_needs_it() {
    for path in PATHS {
        let files = files(Host::S3, path, Clerk::proxied());
        let addresses = ANSWERS.map(|(below, _)| format!("{path}{below}"));
        let answers = run(&text(&files, "function.js"), &addresses);
        for ((_, needed), (address, answer)) in ANSWERS.iter().zip(addresses.iter().zip(&answers)) {
            let asked = answer["uri"].as_str().unwrap_or_default();
            match needed {
                Answer::File(name) => assert_eq!(asked, format!("{path}{name}"), "{address}"),
                Answer::Redirect(to) => {
                    assert_eq!(answer["statusCode"], 308, "{address}");
                    assert_eq!(answer["headers"]["location"]["value"], format!("{path}{to}?a=1&a=2&b"));
                }
                Answer::Missing => {
                    assert!(!asked.is_empty() && !files.contains_key(&format!("site{asked}")), "{address}")
                }
            }
        }
    }
}

#[test]
fn a_sub_path_without_its_slash_is_redirected_to_the_one_with_it() {
    let files = files(Host::S3, "/team/", Clerk::proxied());
    let answer = &run(&text(&files, "function.js"), &["/team".to_owned()])[0];
    assert_eq!(answer["headers"]["location"]["value"], "/team/?a=1&a=2&b");
}

#[test]
fn the_response_headers_policy_counts_its_custom_headers() {
    let files = files(Host::S3, "/", Clerk::proxied());
    let policy: Value = serde_json::from_str(&text(&files, "response-headers-policy.json")).unwrap();
    let custom = &policy["CustomHeadersConfig"];
    assert_eq!(custom["Quantity"], custom["Items"].as_array().unwrap().len());
    assert!(policy["SecurityHeadersConfig"]["ReferrerPolicy"]["ReferrerPolicy"].is_string());
}

#[test]
fn index_html_is_uploaded_after_the_files_that_it_names() {
    let files = files(Host::S3, "/team/", Clerk::proxied());
    let upload = text(&files, "upload.sh");
    let index = upload.find("aws s3 cp index.html").unwrap();
    assert!(
        upload.find("--include").unwrap() < index && upload.contains("cd \"$(dirname \"$0\")/site/team/\"")
    );
    assert!(!upload.contains("--delete") && upload.find("create-invalidation").unwrap() > index);
}
