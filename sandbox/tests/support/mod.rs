//! A browser reduced to what the API sees of it: forms, methods smuggled through POST, one cookie.

pub mod description;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use sandbox::{Control, Serve};
use serde_json::Value;
use tower::ServiceExt;

/// An answer, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub status: u16,
    pub body: Value,
}

impl Reply {
    /// The code of the first error; empty when there is none.
    pub fn code(&self) -> &str {
        self.body["errors"][0]["code"].as_str().unwrap_or_default()
    }
}

/// Fails on any answer that is not as Clerk's description says.
pub struct Browser {
    app: Router,
    cookie: Option<String>,
    checks: bool,
}

impl Browser {
    pub fn new(control: &Control) -> Browser {
        let app = sandbox::app(control.clone(), Serve::new("no-bundles"));
        Browser { app, cookie: None, checks: true }
    }

    /// One that takes whatever comes, for answers that are meant to be wrong.
    pub fn unchecked(control: &Control) -> Browser {
        Browser { checks: false, ..Browser::new(control) }
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.call("GET", path, &[]).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Reply {
        self.call("POST", path, form).await
    }

    /// Calls as clerk-js does: everything but GET travels as a POST with `_method`.
    pub async fn call(&mut self, method: &str, path: &str, form: &[(&str, &str)]) -> Reply {
        let sign = if path.contains('?') { '&' } else { '?' };
        let (used, meant) = match method {
            "GET" | "POST" => (method, String::new()),
            other => ("POST", format!("{sign}_method={other}")),
        };
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let mut request = Request::builder()
            .method(used)
            .uri(format!("/__clerk{path}{meant}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("other=1; __client={cookie}"));
        }
        let request = request.body(Body::from(form)).expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("infallible");
        self.remember(response.headers().get(header::SET_COOKIE));
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        let body = serde_json::from_slice(&bytes).expect("JSON");
        if self.checks
            && let Err(difference) = description::check(method, path, status, &body)
        {
            panic!("{method} {path} is answered otherwise than described: {difference}");
        }
        Reply { status, body }
    }

    fn remember(&mut self, cookie: Option<&axum::http::HeaderValue>) {
        let text = cookie.and_then(|v| v.to_str().ok()).unwrap_or_default();
        if let Some(value) = text.strip_prefix("__client=").and_then(|v| v.split(';').next()) {
            self.cookie = Some(value.to_owned());
        }
    }
}
