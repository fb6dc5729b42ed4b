//! Amazon S3 behind CloudFront: a function for CloudFront, a response headers policy, and the commands that upload.

use serde_json::json;

use super::{ACCEPT, Deployment, Packed, SITE};
use crate::{Files, cache, policy};

pub fn files(page: &Deployment) -> Files {
    let mut files = page.placed(SITE, Packed::LeftOut);
    let response_headers = format!("{:#}\n", response_headers_policy(page));
    files.insert("function.js".to_owned(), function(page).into_bytes());
    files.insert("response-headers-policy.json".to_owned(), response_headers.into_bytes());
    files.insert("upload.sh".to_owned(), upload(page).into_bytes());
    files
}

/// CloudFront runs it on each viewer request. It only rewrites addresses without an extension, so that a missing script
/// stays a missing script: CloudFront's own error pages would answer it with index.html and status 200.
fn function(page: &Deployment) -> String {
    let to_folder = page.path_without_slash().map_or(String::new(), |short| {
        format!("  if (request.uri === '{short}') return redirect('{}', request.querystring);\n", page.path)
    });
    format!(
        r"// A CloudFront function for viewer requests, runtime cloudfront-js-2.0.
function handler(event) {{
  var request = event.request;
{to_folder}  // One step below its folder the page would look for its files in the wrong one.
  if (request.uri.endsWith('/{ACCEPT}/')) return redirect(request.uri.slice(0, -1), request.querystring);
  // An address without an extension is one of the page's own.
  if (/\/[^./]*$/.test(request.uri)) request.uri = request.uri.replace(/[^/]*$/, 'index.html');
  return request;
}}

function redirect(address, query) {{
  var pairs = [];
  for (var name in query) {{
    var values = query[name].multiValue || [query[name]];
    values.forEach(function (one) {{ pairs.push(one.value === '' ? name : name + '=' + one.value); }});
  }}
  var location = pairs.length ? address + '?' + pairs.join('&') : address;
  return {{ statusCode: 308, statusDescription: 'Permanent Redirect', headers: {{ location: {{ value: location }} }} }};
}}
"
    )
}

/// For `aws cloudfront create-response-headers-policy --response-headers-policy-config file://…`. CloudFront has fields of
/// its own for four of the headers.
fn response_headers_policy(page: &Deployment) -> serde_json::Value {
    let value =
        |name: &str| policy::OTHER_HEADERS.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let custom = ["Permissions-Policy", "Cross-Origin-Opener-Policy"]
        .map(|name| json!({ "Header": name, "Value": value(name), "Override": true }));
    json!({
        "Name": "clerk-invitations",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {
                "Override": true,
                "ContentSecurityPolicy": policy::content_security_policy(&page.clerk),
            },
            "ContentTypeOptions": { "Override": true },
            "FrameOptions": { "Override": true, "FrameOption": value("X-Frame-Options") },
            "ReferrerPolicy": { "Override": true, "ReferrerPolicy": value("Referrer-Policy") },
        },
        // CloudFront refuses this one among the custom headers.
        "CorsConfig": {
            "AccessControlAllowOrigins": { "Quantity": 1, "Items": [value("Access-Control-Allow-Origin")] },
            "AccessControlAllowHeaders": { "Quantity": 1, "Items": ["*"] },
            "AccessControlAllowMethods": { "Quantity": 2, "Items": ["GET", "HEAD"] },
            "AccessControlAllowCredentials": false,
            "OriginOverride": true,
        },
        "CustomHeadersConfig": { "Quantity": custom.len(), "Items": custom },
    })
}

/// Hashed files first, index.html last, so that no visitor gets an index.html whose files are not there yet.
fn upload(page: &Deployment) -> String {
    let hash = "????????????????";
    format!(
        r#"#!/bin/sh -eu
# Usage: ./upload.sh BUCKET DISTRIBUTION_ID
cd "$(dirname "$0")/{SITE}{path}"
to="s3://$1{path}"
# Files with a hash in their name. Old ones stay: a tab that is open still asks for them.
for type in js:text/javascript css:text/css wasm:application/wasm; do
  aws s3 cp . "$to" --recursive --exclude '*' --include "*-{hash}.${{type%%:*}}" \
    --content-type "${{type#*:}}" --cache-control '{immutable}'
done
# The files that keep their names, and index.html after all others.
aws s3 cp . "$to" --recursive --exclude '*-{hash}.*' --exclude index.html --cache-control {revalidated}
aws s3 cp index.html "$to" --content-type 'text/html; charset=utf-8' --cache-control {revalidated}
aws cloudfront create-invalidation --distribution-id "$2" --paths '{path}*'
"#,
        path = page.path,
        immutable = cache::IMMUTABLE,
        revalidated = cache::REVALIDATED,
    )
}
