//! A local stand-in for Clerk's Frontend API, stateful enough that the real clerk-js and Clerk's own
//! components run against it.
//!
//! One origin on 127.0.0.1 serves everything:
//!
//! | path | what |
//! |---|---|
//! | `/__clerk/v1/...` | the API (the page's `proxyUrl` is `/__clerk`) |
//! | `/__clerk/npm/@clerk/...` | the bundles from npm |
//! | `/__sandbox/...` | the controls, for tests and the demo; see [`control::http`] |
//! | everything under [`Serve::base`] | the page, its routes answered with index.html |
//!
//! A stand-in proves nothing about Clerk's servers. Where Clerk says nothing, what is done here is a
//! guess, and the place says so.

mod api;
pub mod control;
mod files;
mod http;
mod policy;
mod serve;
pub mod world;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use tokio::task::AbortHandle;
use tower_http::compression::CompressionLayer;

pub use control::{Body, Control, Fault, Gate, On, Seen, What};
pub use world::{Bulk, Invitation, Status, World};

/// What one sandbox serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serve {
    /// The built page's folder; `None` serves the API alone.
    pub page: Option<PathBuf>,
    /// The folder that holds `clerk-js/` and `ui/`, the unpacked npm packages.
    pub bundles: PathBuf,
    /// The sub-path of the page: `/` or e.g. `/team/`. The API stays at `/__clerk`.
    pub base: String,
    /// What `config.json` says, verbatim; `None` is [`config`].
    pub config: Option<String>,
    /// Whether the page may stand in a frame: then it is served without its policy and `X-Frame-Options`.
    pub in_frames: bool,
    /// The port; 0 is any free one.
    pub port: u16,
    /// The origin whose `embed.js` the page uses, when it is a page that embeds this one: its policy allows that.
    pub embeds: Option<String>,
}

impl Serve {
    /// The API and the bundles, no page, on any free port.
    pub fn new(bundles: impl Into<PathBuf>) -> Serve {
        Serve {
            page: None,
            bundles: bundles.into(),
            base: "/".to_owned(),
            config: None,
            in_frames: false,
            port: 0,
            embeds: None,
        }
    }
}

/// A `pk_test_` key. Its host ends in none of Clerk's development suffixes: clerk-js would otherwise
/// ask for a development browser first.
pub fn publishable_key() -> String {
    format!("pk_test_{}", STANDARD.encode("clerk.sandbox.test$"))
}

/// The `config.json` of a page that uses a sandbox on its own origin.
pub fn config() -> String {
    json!({ "publishableKey": publishable_key(), "proxyUrl": "/__clerk" }).to_string()
}

/// What every handler needs.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    control: Control,
    page: Option<Arc<PathBuf>>,
    bundles: Arc<PathBuf>,
    base: Arc<str>,
    config: Arc<str>,
    in_frames: bool,
    embeds: Option<Arc<str>>,
}

/// A running sandbox. It stops serving when dropped.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    base: Arc<str>,
    control: Control,
    serving: AbortHandle,
}

impl Sandbox {
    /// Binds 127.0.0.1 and serves.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn start(world: World, serve: Serve) -> io::Result<Sandbox> {
        let control = Control::new(world);
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", serve.port)).await?;
        let address = listener.local_addr()?;
        let site = site(control.clone(), serve);
        let base = Arc::clone(&site.base);
        let serving = tokio::spawn(serve::serve(listener, router(site), control.clone()));
        Ok(Sandbox { address, base, control, serving: serving.abort_handle() })
    }

    /// Where the page is, e.g. `http://127.0.0.1:4173/team/`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// The controls. They outlive the sandbox, to no effect.
    pub fn control(&self) -> Control {
        self.control.clone()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The whole sandbox as a router, for tests without a socket. `Drop` and `AppliedThenLost` show as
/// bare 500s there: only a connection can be closed.
pub fn app(control: Control, serve: Serve) -> Router {
    router(site(control, serve))
}

fn site(control: Control, serve: Serve) -> Site {
    let trimmed = serve.base.trim_matches('/');
    let base = if trimmed.is_empty() { "/".to_owned() } else { format!("/{trimmed}/") };
    Site {
        control,
        page: serve.page.map(Arc::new),
        bundles: Arc::new(serve.bundles),
        base: base.into(),
        config: serve.config.unwrap_or_else(config).into(),
        in_frames: serve.in_frames,
        embeds: serve.embeds.map(Arc::from),
    }
}

fn router(site: Site) -> Router {
    let controls = control::http::routes(site.control.clone());
    // The answer about an account in many organizations is 25 kB otherwise.
    let api = any(http::api).layer(CompressionLayer::new());
    Router::new()
        .route("/__clerk/npm/{*file}", any(files::bundle))
        .route("/__clerk/{*path}", api.clone())
        .route("/__clerk", api.clone())
        .route("/__clerk/", api)
        .fallback(files::page)
        .with_state(site)
        .merge(controls)
}
