//! From HTTP to the API and back.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};

use crate::Site;
use crate::api::{self, Answer, Call, Refusal, error_body};
use crate::control::{self, Control, What};

/// More than any form clerk-js sends.
const LARGEST_BODY: usize = 1 << 20;

/// Marks an answer that must not be given: the connection closes instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HangUp;

/// Answers a request to the API.
pub(crate) async fn api(State(site): State<Site>, request: Request) -> Response {
    let inner = &site.control.inner;
    let (call, problem) = match read(request).await {
        Ok(call) => (call, None),
        Err((call, refusal)) => (call, Some(refusal)),
    };
    let serial = inner.log_came(&call);
    let (method, path) = (call.method.clone(), call.path.clone());
    let response = tampered(&site.control, &method, &path, async {
        let answer = match problem {
            Some(refusal) => refusal.into(),
            None => api::answer(&mut inner.world(), &call).unwrap_or_else(Answer::from),
        };
        into_response(answer, &site.base)
    })
    .await;
    if response.extensions().get::<HangUp>().is_none() {
        inner.log_answered(serial, response.status().as_u16());
    }
    response
}

/// Gates and faults stand before the real answer, or in its place.
pub(crate) async fn tampered(
    control: &Control,
    method: &str,
    path: &str,
    real: impl Future<Output = Response>,
) -> Response {
    control.inner.pass_gates(method, path).await;
    match control.inner.strike(method, path) {
        None => real.await,
        Some(What::Delay(wait)) => {
            tokio::time::sleep(wait).await;
            real.await
        }
        Some(What::Answer { status, body, headers }) => {
            let answer = match body {
                control::Body::Json(value) => Json(value).into_response(),
                control::Body::Text { content_type, text } => {
                    with_header(text.into_response(), header::CONTENT_TYPE, &content_type)
                }
            };
            decorated(answer, status, &headers)
        }
        Some(What::Error { status, code, message, meta, headers }) => {
            decorated(Json(error_body(&code, &message, &meta)).into_response(), status, &headers)
        }
        Some(What::Drop) => hang_up(),
        Some(What::AppliedThenLost) => {
            real.await;
            hang_up()
        }
    }
}

fn hang_up() -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(HangUp);
    response
}

fn decorated(mut response: Response, status: u16, headers: &[(String, String)]) -> Response {
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        if let Ok(name) = name.parse::<HeaderName>() {
            response = with_header(response, name, value);
        }
    }
    response
}

pub(crate) fn with_header(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn into_response(answer: Answer, base: &str) -> Response {
    let mut response = Json(answer.body).into_response();
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(location) = &answer.location {
        response = with_header(response, header::LOCATION, &format!("{base}{location}"));
    }
    if let Some(cookie) = &answer.cookie {
        let cookie = format!("__client={cookie}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000");
        response = with_header(response, header::SET_COOKIE, &cookie);
    }
    with_header(response, header::CACHE_CONTROL, "no-store")
}

/// Reads a request, or says in Clerk's words why it can't be read.
async fn read(request: Request) -> Result<Call, (Call, Refusal)> {
    let (parts, body) = request.into_parts();
    let query = pairs(parts.uri.query().unwrap_or_default().as_bytes());
    let meant = query.iter().find(|(n, _)| n == "_method").map(|(_, m)| m.to_ascii_uppercase());
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut call = Call {
        // Only a POST speaks for others: a link must not be able to change anything.
        method: meant.filter(|_| parts.method == "POST").unwrap_or_else(|| parts.method.to_string()),
        path: decoded(parts.uri.path().strip_prefix("/__clerk").unwrap_or_default()),
        query,
        form: Vec::new(),
        cookie: cookies.flat_map(|c| c.split(';')).find_map(client_cookie),
    };
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    match form(kind.unwrap_or_default(), body).await {
        Ok(form) => {
            call.form = form;
            Ok(call)
        }
        Err(refusal) => Err((call, refusal)),
    }
}

fn client_cookie(pair: &str) -> Option<String> {
    pair.trim().strip_prefix("__client=").map(str::to_owned)
}

async fn form(kind: &str, body: Body) -> Result<Vec<(String, String)>, Refusal> {
    let bytes = whole(body).await?;
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let kind = kind.to_ascii_lowercase();
    if kind.starts_with("multipart/form-data") {
        // Only pictures travel like this, and none is kept.
        return Ok(Vec::new());
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        let message = "The body must be application/x-www-form-urlencoded.";
        return Err(Refusal::new(415, "unsupported_content_type", message));
    }
    if std::str::from_utf8(&bytes).is_err() {
        return Err(Refusal::new(400, "request_body_invalid", "The body is not valid UTF-8."));
    }
    Ok(pairs(&bytes))
}

async fn whole(body: Body) -> Result<Bytes, Refusal> {
    let collected = Limited::new(body, LARGEST_BODY).collect().await;
    collected
        .map(|b| b.to_bytes())
        .map_err(|_| Refusal::new(413, "request_body_too_large", "The body is too large, or broke off."))
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

pub(crate) fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}
