//! Connections. axum's own loop always answers; this one can also hang up.

use std::io;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::control::Control;
use crate::http::HangUp;

/// Serves until aborted, and every connection with it.
pub(crate) async fn serve(listener: TcpListener, router: Router, control: Control) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(connection(stream, router.clone(), control.clone()));
                }
            }
            Some(_ended) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, router: Router, control: Control) {
    stream.set_nodelay(true).ok();
    let mut hang_ups = control.inner.hang_ups();
    let service = service_fn(|request| answer(router.clone(), &control, request));
    let served = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::pin!(served);
    tokio::select! {
        // Errors are the browser's leaving or our hanging up.
        _ended = served.as_mut() => return,
        Ok(()) = hang_ups.changed() => served.as_mut().graceful_shutdown(),
    }
    served.await.ok();
}

async fn answer(router: Router, control: &Control, request: Request<Incoming>) -> io::Result<Response<Body>> {
    let Ok(mut response) = router.oneshot(request.map(Body::new)).await;
    if response.extensions().get::<HangUp>().is_some() {
        return Err(io::Error::other("hung up on demand"));
    }
    if control.inner.ends_connections() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}
