//! Files off the disk: the page and Clerk's bundles.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::Refusal;
use crate::http::{decoded, tampered, with_header};
use crate::{Site, policy};

const A_YEAR: &str = "public, max-age=31536000, immutable";
const REVALIDATED: &str = "no-cache";

/// Answers `/__clerk/npm/@clerk/<package>@<any version>/dist/<file>`: a bundle asks for its chunks under
/// its exact version, whatever spelling it was fetched by.
pub(crate) async fn bundle(State(site): State<Site>, request: Request) -> Response {
    let (asked, _) = request.into_parts();
    let path = decoded(asked.uri.path().strip_prefix("/__clerk").unwrap_or_default());
    tampered(&site.control, asked.method.as_str(), &path, async {
        match bundle_file(&site.bundles, &path) {
            Some(file) => from_disk(&file, &asked.headers, A_YEAR).await,
            None => None,
        }
        .unwrap_or_else(|| no_bundle(&path))
    })
    .await
}

fn bundle_file(bundles: &Path, path: &str) -> Option<PathBuf> {
    let (package, rest) = path.strip_prefix("/npm/@clerk/")?.split_once('@')?;
    let (_version, file) = rest.split_once("/dist/")?;
    let known = matches!(package, "clerk-js" | "ui");
    known.then(|| below(&bundles.join(package).join("dist"), file)).flatten()
}

fn no_bundle(path: &str) -> Response {
    let refusal = Refusal::not_found(format!("There is no bundle at {path}."));
    (StatusCode::NOT_FOUND, axum::Json(refusal.body())).into_response()
}

/// Answers everything that is neither API nor control: the page under its base.
pub(crate) async fn page(State(site): State<Site>, request: Request) -> Response {
    let (asked, _) = request.into_parts();
    let path = decoded(asked.uri.path());
    let query = asked.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let response = if format!("{path}/") == *site.base {
        redirect(&format!("{}{query}", site.base))
    } else if path == format!("{}accept/", site.base) {
        redirect(&format!("{}accept{query}", site.base))
    } else if !matches!(asked.method, Method::GET | Method::HEAD) {
        StatusCode::METHOD_NOT_ALLOWED.into_response()
    } else {
        match path.strip_prefix(&*site.base) {
            Some(file) => page_file(&site, &asked, file).await,
            None => nothing_here(),
        }
    };
    if site.in_frames {
        policy::framable(response)
    } else {
        policy::secured(response, site.embeds.as_deref())
    }
}

async fn page_file(site: &Site, asked: &Parts, file: &str) -> Response {
    let headers = &asked.headers;
    let file = if is_route(file) { "" } else { file };
    tampered(&site.control, asked.method.as_str(), &format!("/page/{file}"), async {
        if file == "config.json" {
            return of_bytes(site.config.as_bytes().to_vec(), "application/json", None, headers, REVALIDATED);
        }
        let Some(page) = &site.page else { return nothing_here() };
        let name = if file.is_empty() { "index.html" } else { file };
        let cache = if has_content_hash(name) { A_YEAR } else { REVALIDATED };
        match below(page, name) {
            Some(path) => from_disk(&path, headers, cache).await,
            None => None,
        }
        .unwrap_or_else(nothing_here)
    })
    .await
}

/// What the page's own router answers: an address without an extension that a file would have, in the page's own folder.
///
/// A missing script answered with index.html would be a syntax error instead of a 404. Below the folder the page, whose
/// addresses are relative, would look for its files in the wrong place.
fn is_route(file: &str) -> bool {
    !file.contains(['/', '.'])
}

fn redirect(address: &str) -> Response {
    with_header(StatusCode::PERMANENT_REDIRECT.into_response(), header::LOCATION, address)
}

fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing here.").into_response()
}

/// Whether a name carries the hash of its content: eight hex digits or more after a hyphen, as in
/// `app-1a2b3c4d5e6f7a8b_bg.wasm`.
fn has_content_hash(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    let mut parts = name.split('-').skip(1).filter_map(|part| part.split(['.', '_']).next());
    parts.any(|part| part.len() >= 8 && part.chars().all(|c| c.is_ascii_hexdigit()))
}

/// A path below a folder, unless it tries to leave it.
fn below(folder: &Path, file: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for part in file.split('/') {
        if part.is_empty() || part.starts_with('.') || part.contains(['\\', '\0', ':']) {
            return None;
        }
        path.push(part);
    }
    Some(path)
}

/// The file, or what stands beside it packed as the browser takes it.
async fn from_disk(path: &Path, headers: &HeaderMap, cache: &str) -> Option<Response> {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let text = kind.type_() == mime_guess::mime::TEXT || kind.subtype() == "json";
    let kind = if text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    for (coding, extension) in [("br", ".br"), ("gzip", ".gz")] {
        let mut packed = path.as_os_str().to_owned();
        packed.push(extension);
        if accepts(headers, coding)
            && let Ok(bytes) = tokio::fs::read(packed).await
        {
            return Some(of_bytes(bytes, &kind, Some(coding), headers, cache));
        }
    }
    let bytes = tokio::fs::read(path).await.ok()?;
    Some(of_bytes(bytes, &kind, None, headers, cache))
}

fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
    values.flat_map(|v| v.split(',')).any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let named = parts.next().is_some_and(|n| n.eq_ignore_ascii_case(coding));
        named && !parts.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)))
    })
}

fn of_bytes(bytes: Vec<u8>, kind: &str, coding: Option<&str>, headers: &HeaderMap, cache: &str) -> Response {
    let mut hasher = DefaultHasher::new();
    (&bytes, coding).hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        with_header(Body::from(bytes).into_response(), header::CONTENT_TYPE, kind)
    };
    if let Some(coding) = coding.filter(|_| !known) {
        response = with_header(response, header::CONTENT_ENCODING, coding);
    }
    response = with_header(response, header::ETAG, &tag);
    response = with_header(response, header::VARY, "Accept-Encoding");
    with_header(response, header::CACHE_CONTROL, cache)
}
