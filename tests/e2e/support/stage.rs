//! Setting up a world, playing in it, and looking afterwards whether anything was broken.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread::available_parallelism;
use std::time::Duration;

use futures_util::FutureExt;
use sandbox::world::{ADMIN, now_ms};
use sandbox::{Sandbox, Serve, Status, World};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::browser::{Browser, Engine, Settings, place};
use super::page::Page;
use super::server::{Server, ServerKind};

/// Browsers at a time, however many threads the harness has: more than a few on a core and all are too slow.
static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(2, |cores| cores.get() + 1).min(6)));

/// As long as one test may take, unless it says so.
const LONGEST: Duration = Duration::from_secs(120);

/// What a test starts with.
#[derive(Clone)]
pub struct Stage {
    world: World,
    config: Option<String>,
    base: String,
    host: Option<(String, String)>,
    server: Option<ServerKind>,
    in_frames: bool,
    browser: Settings,
    embedding: bool,
    expected: Vec<String>,
    longest: Duration,
}

impl Stage {
    /// The demo's world, and Ada signed in at work in Acme, which she administers.
    pub fn admin() -> Stage {
        Stage::signed_in("user_ada", Some("org_acme"))
    }

    /// The demo's world and somebody signed in.
    pub fn signed_in(user: &str, organization: Option<&str>) -> Stage {
        Stage::signed_out().world(|world| {
            let session = world.sign_in(user, organization);
            world.greet_new_clients_with(&session);
        })
    }

    /// The demo's world and nobody signed in.
    pub fn signed_out() -> Stage {
        Stage {
            world: World::demo(),
            config: None,
            base: "/".to_owned(),
            host: None,
            server: None,
            in_frames: false,
            browser: Settings { engine: Engine::Chromium, languages: "en-US,en".to_owned(), is_dark: false },
            embedding: false,
            expected: Vec::new(),
            longest: LONGEST,
        }
    }

    /// Changes the world before it is served.
    pub fn world(mut self, change: impl FnOnce(&mut World)) -> Stage {
        change(&mut self.world);
        self
    }

    /// Another `config.json`, verbatim.
    pub fn config(mut self, text: &str) -> Stage {
        self.config = Some(text.to_owned());
        self
    }

    /// The sandbox's own `config.json` with further keys.
    pub fn configured(self, keys: &[(&str, Value)]) -> Stage {
        let mut config =
            serde_json::json!({ "publishableKey": sandbox::publishable_key(), "proxyUrl": "/__clerk" });
        for (key, value) in keys {
            config[*key] = value.clone();
        }
        self.config(&config.to_string())
    }

    /// Serves the page under a sub-path such as `/team/`.
    pub fn under(mut self, base: &str) -> Stage {
        self.base = base.to_owned();
        self
    }

    /// Has a web server serve the page, and proxy the sandbox as Clerk's Frontend API.
    pub fn served_by(mut self, server: ServerKind) -> Stage {
        self.server = Some(server);
        self
    }

    /// Puts the page into somebody else's: tags for its head, and a script of theirs, `host.js`.
    pub fn hosted(mut self, head: &str, script: &str) -> Stage {
        self.host = Some((head.to_owned(), script.to_owned()));
        self
    }

    /// Serves pages that embed the page, which comes from another origin.
    pub fn embedded(mut self) -> Stage {
        self.embedding = true;
        self
    }

    /// The languages the reader's browser wants.
    pub fn languages(mut self, languages: &str) -> Stage {
        self.browser.languages = languages.to_owned();
        self
    }

    /// Plays in another engine. The page hides there that a driver holds the browser, which clerk-js would take for being
    /// offline, and notes what goes wrong: these drivers tell nothing of the console.
    pub fn in_engine(mut self, engine: Engine) -> Stage {
        self.browser.engine = engine;
        self.hosted("<script src=\"host.js\"></script>", include_str!("engine.js"))
    }

    /// Serves the page without the headers that keep it out of frames, for [`Page::open_in_a_frame`].
    pub fn in_frames(mut self) -> Stage {
        self.in_frames = true;
        self
    }

    /// Plays on a system that is dark; in Chromium [`Page::prefer`] can change that later.
    pub fn dark(mut self) -> Stage {
        self.browser.is_dark = true;
        self
    }

    /// An error in the console, or a violation of the policy, that belongs to what is tested.
    pub fn expecting(mut self, text: &str) -> Stage {
        self.expected.push(text.to_owned());
        self
    }

    /// Lets the test take longer than others may.
    pub fn lasting(mut self, longest: Duration) -> Stage {
        self.longest = longest;
        self
    }

    /// Plays twice: where the answers to reads bring the client along, as Clerk's description requires, so that clerk-js
    /// makes new objects and tells its listeners at each list; and where they leave it out.
    pub async fn play_with_and_without_client_on_reads(self, journey: impl AsyncFn(&Page)) {
        let without = self.clone().world(|world| world.environment.client_on_reads = false);
        self.play(&journey).await;
        println!("and where reads leave the client out");
        without.play(&journey).await;
    }

    /// Opens a browser and lets the test play; then nothing may be broken.
    pub async fn play(self, journey: impl AsyncFnOnce(&Page)) {
        let _turn = TURNS.acquire().await.expect("never closed");
        let built = PathBuf::from(place("CLERK_INVITATIONS_DIST"));
        // Served as long as it lives.
        let copy = self.host.as_ref().map(|(head, script)| edited(&built, head, script));
        let folder = copy.as_ref().map_or(built, |copy| copy.path().to_owned());
        let mut serve = Serve {
            page: Some(folder),
            base: self.base.clone(),
            config: self.config,
            in_frames: self.in_frames,
            ..Serve::new(place("CLERK_INVITATIONS_BUNDLES"))
        };
        let mut embedded = None;
        let _embedding = if self.embedding {
            let page = Sandbox::start(World::empty(), serve.clone()).await.expect("a port");
            let copy = embedding(&page.url());
            serve.page = Some(copy.path().to_owned());
            serve.embeds = Some(page.url().trim_end_matches('/').to_owned());
            embedded = Some(page);
            Some(copy)
        } else {
            None
        };
        let sandbox = Sandbox::start(self.world, serve).await.expect("a port");
        let server = match self.server {
            Some(kind) => Some(Server::start(kind, &self.base, &sandbox.url()).await),
            None => None,
        };
        let url = server.as_ref().map(Server::url);
        let sandboxes = [sandbox].into_iter().chain(embedded).collect();
        let page = Page::new(Browser::start(&self.browser).await, sandboxes, url);
        let played = timeout(self.longest, AssertUnwindSafe(journey(&page)).catch_unwind()).await;
        let report = if played.is_err() { page.report().await } else { String::new() };
        let complaints = page.complaints(&self.expected).await;
        page.browser.quit().await;
        match played {
            Err(_) => panic!("not over after {:?}\n{report}", self.longest),
            Ok(Err(panic)) => resume_unwind(panic),
            Ok(Ok(())) => assert!(complaints.is_empty(), "{complaints:#?}"),
        }
    }
}

/// The pages that embed the page at this address, and `bare.html`, to which a test adds what it wants.
fn embedding(url: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    copy_folder(Path::new(&place("CLERK_INVITATIONS_EMBEDDING")), copy.path());
    let script = format!("export * from \"{url}embed.js\";\n");
    std::fs::write(copy.path().join("embedded.js"), script).expect("written");
    let bare = "<!doctype html><title>A bare page</title><script type=\"module\" src=\"embedded.js\"></script><body>";
    std::fs::write(copy.path().join("bare.html"), bare).expect("written");
    copy
}

/// What `cargo xtask configure` puts into the head of a page whose clerk-js is at this address, with the sandbox's key or another one.
pub fn clerk_ahead(address: &str, key: &str) -> String {
    let script = format!(
        r#"{{"src":"{address}","attributes":{{"data-clerk-publishable-key":"{key}","data-clerk-proxy-url":"/__clerk"}}}}"#
    );
    let script = script.replace('"', "&quot;");
    format!(
        r#"<link rel="preload" as="script" crossorigin="anonymous" fetchpriority="high" href="{address}" data-script="{script}">"#
    )
}

/// The built page with what a host page would put into it.
fn edited(built: &Path, head: &str, script: &str) -> tempfile::TempDir {
    const BASE: &str = "<base href=\"./\">";
    let copy = tempfile::tempdir().expect("a folder");
    copy_folder(built, copy.path());
    let index = copy.path().join("index.html");
    let document = std::fs::read_to_string(&index).expect("index.html");
    assert!(document.contains(BASE), "the page has no {BASE} to put a head behind");
    // A page of which others decide where clerk-js comes from does not ask for it ahead.
    let asks_ahead = |line: &&str| line.starts_with("<link rel=\"preload\" as=\"script\"");
    let lines = document.lines().filter(|line| !asks_ahead(line));
    let document: String = lines.flat_map(|line| [line, "\n"]).collect();
    std::fs::write(&index, document.replace(BASE, &format!("{BASE}{head}"))).expect("written");
    std::fs::write(copy.path().join("host.js"), script).expect("written");
    for packed in ["index.html.br", "index.html.gz"] {
        std::fs::remove_file(copy.path().join(packed)).ok();
    }
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Turns off that people can ask to join: who asks needs code that is fetched then.
pub fn without_requests(world: &mut World) {
    world.environment.domains_enabled = false;
}

/// Fills an organization that Ada administers with pending invitations `p1@pages.test`, `p2@...`, newest first.
pub fn pages_world(world: &mut World, id: &str, count: u64) {
    world.add_organization(id, id);
    world.add_membership(id, "user_ada", ADMIN);
    let now = now_ms();
    let invited = (1..=count)
        .map(|n| (format!("p{n}@pages.test"), "org:member".to_owned(), Status::Pending, now - n * 60_000))
        .collect::<Vec<_>>();
    world.invite_many(id, invited);
}
