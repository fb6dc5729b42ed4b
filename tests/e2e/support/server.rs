//! nginx, Caddy and Apache, each with the files that `cargo xtask dist --host` writes for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use hosting::{Clerk, Deployment, Files, Host};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use super::browser::place;
use super::http;

/// As long as a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(25);

/// The web servers that tests can start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerKind {
    Nginx,
    Caddy,
    Apache,
}

/// A running web server that serves the page. It ends when dropped.
pub struct Server {
    /// The files of the page, as the server was given them.
    pub page: Files,
    authority: String,
    path: String,
    process: Child,
    _folder: TempDir,
}

impl Server {
    /// Starts the server on a free port, with the page under `path` and Clerk's Frontend API proxied to the sandbox.
    pub async fn start(kind: ServerKind, path: &str, sandbox: &str) -> Server {
        const TRIES: u32 = 5;
        let sandbox = sandbox.trim_start_matches("http://").split('/').next().expect("an authority");
        for _ in 0..TRIES {
            // Another program may take the port before the server does: then the server ends, and is given another one.
            let free = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
            let port = free.local_addr().expect("an address").port();
            drop(free);
            let mut server = prepare(kind, path, port, sandbox);
            if server.answers().await {
                return server;
            }
        }
        panic!("{kind:?} ended {TRIES} times before it answered");
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.authority, self.path)
    }

    /// Asks for an address, with further lines for the head of the request.
    pub async fn get(&self, address: &str, headers: &[&str]) -> http::Reply {
        http::get(&self.authority, address, headers).await.expect("an answer")
    }

    async fn answers(&mut self) -> bool {
        let start = Instant::now();
        while self.process.try_wait().expect("its state").is_none() {
            if http::get(&self.authority, &self.path, &[]).await.is_ok() {
                return true;
            }
            assert!(start.elapsed() < PATIENCE, "the server neither answers nor ends");
            sleep(Duration::from_millis(20)).await;
        }
        false
    }
}

/// Writes the files and starts the server with them.
fn prepare(kind: ServerKind, path: &str, port: u16, sandbox: &str) -> Server {
    let mut page = read(Path::new(&place("CLERK_INVITATIONS_DIST")));
    let config = serde_json::json!({ "publishableKey": sandbox::publishable_key(), "proxyUrl": "/__clerk" });
    page.insert("config.json".to_owned(), config.to_string().into_bytes());
    let deployment = Deployment::new(page.clone(), path, Clerk::proxied()).expect("a page");
    let host = match kind {
        ServerKind::Nginx => Host::Nginx,
        ServerKind::Caddy => Host::Caddy,
        ServerKind::Apache => Host::Apache,
    };
    let folder = tempfile::tempdir().expect("a folder");
    readable(folder.path());
    for (name, bytes) in host.files(&deployment).expect("the files for the host") {
        write(&folder.path().join(name), &bytes);
    }
    let installed = Installed(place("CLERK_INVITATIONS_SERVERS").into());
    let setting = Setting { folder: folder.path(), port, sandbox };
    let mut command = match kind {
        ServerKind::Nginx => nginx(&installed, &setting),
        ServerKind::Caddy => caddy(&installed, &setting),
        ServerKind::Apache => apache(&installed, &setting),
    };
    command.env("LD_LIBRARY_PATH", installed.libraries());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let process = command.spawn().unwrap_or_else(|error| panic!("{kind:?}: {error}"));
    Server { page, authority: format!("127.0.0.1:{port}"), path: path.to_owned(), process, _folder: folder }
}

/// The folder that Debian's packages were unpacked into.
struct Installed(PathBuf);

impl Installed {
    fn path(&self, below: &str) -> String {
        self.0.join(below).display().to_string()
    }

    /// The folders of shared libraries, which are named after the platform.
    fn libraries(&self) -> String {
        let folders =
            fs::read_dir(self.0.join("usr/lib")).expect("libraries").flatten().map(|entry| entry.path());
        let folders = folders.filter(|path| path.to_string_lossy().contains("-linux-"));
        folders.map(|path| path.display().to_string()).collect::<Vec<_>>().join(":")
    }
}

/// What a server is set up with.
struct Setting<'a> {
    folder: &'a Path,
    port: u16,
    /// Host and port.
    sandbox: &'a str,
}

impl Setting<'_> {
    /// Writes a configuration file and returns its path.
    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.join(name);
        write(&path, text.as_bytes());
        path
    }

    /// Changes a file for the host as the deployer is told to: it names the folder that the page is in.
    fn adapt(&self, name: &str, more: (&str, &str)) {
        const FOLDER: &str = "/var/www/clerk-invitations";
        let text = fs::read_to_string(self.folder.join(name)).expect(name);
        assert!(text.contains(FOLDER) && text.contains(more.0), "{text}");
        let text = text.replace(FOLDER, &self.folder.display().to_string()).replace(more.0, more.1);
        self.write(name, &text);
    }
}

fn nginx(installed: &Installed, setting: &Setting) -> Command {
    setting.adapt("clerk-invitations.conf", ("# brotli_static on;", "brotli_static on;"));
    let Setting { folder, port, sandbox } = setting;
    let folder = folder.display();
    let (modules, types) = (installed.path("usr/lib/nginx/modules"), installed.path("etc/nginx/mime.types"));
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {folder}/{kind};"));
    let configuration = setting.write(
        "nginx.conf",
        &format!(
            "load_module {modules}/ngx_http_brotli_static_module.so;
             daemon off;
             # As one process: workers would go on after the test, which kills only the one that it started.
             master_process off;
             pid {folder}/nginx.pid;
             events {{}}
             http {{
               include {types};
               access_log off;
               {temporary}
               server {{
                 listen 127.0.0.1:{port};
                 # Of the site around the page; it must not take the page's own scripts.
                 location ~ \\.js$ {{ return 410; }}
                 location ^~ /__clerk/ {{
                   proxy_pass http://{sandbox};
                   proxy_http_version 1.1;
                   proxy_set_header Host $http_host;
                 }}
                 include {folder}/clerk-invitations.conf;
               }}
             }}",
            temporary = temporary.join(" "),
        ),
    );
    let mut command = Command::new(installed.path("usr/sbin/nginx"));
    command.arg("-e").arg(setting.folder.join("error.log")).arg("-c").arg(configuration);
    command
}

fn caddy(installed: &Installed, setting: &Setting) -> Command {
    setting.adapt("clerk-invitations.caddy", ("precompressed br gzip", "precompressed br gzip"));
    let Setting { folder, port, sandbox } = setting;
    let configuration = setting.write(
        "Caddyfile",
        &format!(
            "{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\tbind 127.0.0.1\n\timport {}\n\thandle /__clerk/* {{\n\t\treverse_proxy {sandbox}\n\t}}\n}}\n",
            folder.join("clerk-invitations.caddy").display()
        ),
    );
    let mut command = Command::new(installed.path("usr/bin/caddy"));
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(configuration);
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command
}

fn apache(installed: &Installed, setting: &Setting) -> Command {
    const MODULES: [&str; 8] =
        ["mpm_event", "authz_core", "mime", "dir", "headers", "rewrite", "proxy", "proxy_http"];
    let Setting { folder, port, sandbox } = setting;
    let folder = folder.display();
    let modules = MODULES.map(|name| {
        format!(
            "LoadModule {name}_module {}\n",
            installed.path(&format!("usr/lib/apache2/modules/mod_{name}.so"))
        )
    });
    let configuration = setting.write(
        "apache.conf",
        &format!(
            "ServerRoot {folder}
             ServerName localhost
             Listen 127.0.0.1:{port}
             PidFile {folder}/apache.pid
             ErrorLog {folder}/error.log
             Mutex file:{folder} default
             {modules}
             User www-data
             Group www-data
             TypesConfig {types}
             DocumentRoot {folder}
             ProxyPreserveHost On
             ProxyPass /__clerk/ http://{sandbox}/__clerk/
             <Directory {folder}>
               Require all granted
               AllowOverride FileInfo Indexes
             </Directory>
             ",
            modules = modules.concat(),
            types = installed.path("etc/mime.types"),
        ),
    );
    let mut command = Command::new(installed.path("usr/sbin/apache2"));
    // As one process: children of its own would go on after the test, which kills only the one that it started.
    command.arg("-f").arg(configuration).arg("-X");
    command
}

/// All files below a folder.
fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if path.is_dir() {
            files.extend(read(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            files.insert(name, fs::read(path).expect("a file"));
        }
    }
    files
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("written");
}

/// Lets the other users read a folder: nginx and Apache serve as a user of their own when root starts them.
#[cfg(unix)]
fn readable(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("permissions");
}

#[cfg(not(unix))]
fn readable(_folder: &Path) {}
