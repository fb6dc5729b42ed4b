//! HTTP by hand: a client library would hide closed connections, follow redirects and unpack bodies.

use std::time::Duration;

use sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Far beyond what an answer takes: a connection left open is a failure, not a test that hangs.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Reply {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Reply {
    /// A header's value; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        let mut pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.find(|(n, _)| n.eq_ignore_ascii_case(name)).map_or("", |(_, v)| v)
    }
}

/// The sandbox's `127.0.0.1:port`.
pub fn host(sandbox: &Sandbox) -> String {
    let url = sandbox.url();
    url.trim_start_matches("http://").split('/').next().expect("a host").to_owned()
}

pub async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(host(sandbox)).await.expect("a connection")
}

/// Writes a request on a connection. `headers` are whole lines, `Host` among them.
pub async fn write(stream: &mut TcpStream, request: &str, headers: &[&str], body: &str) {
    let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    let length = body.len();
    let text = format!("{request} HTTP/1.1\r\n{lines}Content-Length: {length}\r\n\r\n{body}");
    stream.write_all(text.as_bytes()).await.expect("written");
}

/// Reads until the other side closes. `None` when it closed without a byte.
pub async fn read_to_end(stream: &mut TcpStream) -> Option<Reply> {
    let mut bytes = Vec::new();
    let closed = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    assert!(closed.is_ok(), "the other side never closed the connection");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Reply { status, head: head.to_owned(), body: body.to_owned() })
}

/// One request on a connection of its own.
pub async fn ask(sandbox: &Sandbox, request: &str, headers: &[&str], body: &str) -> Option<Reply> {
    let mut stream = connect(sandbox).await;
    let host = format!("Host: {}", host(sandbox));
    let mut all = vec!["Connection: close"];
    if !headers.iter().any(|h| h.starts_with("Host:")) {
        all.push(&host);
    }
    all.extend(headers);
    write(&mut stream, request, &all, body).await;
    read_to_end(&mut stream).await
}

pub async fn get(sandbox: &Sandbox, path: &str, headers: &[&str]) -> Reply {
    ask(sandbox, &format!("GET {path}"), headers, "").await.expect("an answer")
}
