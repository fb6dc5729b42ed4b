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

use super::browser::{Browser, place};
use super::page::Page;

/// Browsers at a time, however many threads the harness has: more than a few on a core and all are too slow.
static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(2, |cores| cores.get() + 1).min(6)));

/// As long as one test may take.
const LONGEST: Duration = Duration::from_secs(120);

/// What a test starts with.
pub struct Stage {
    world: World,
    config: Option<String>,
    base: String,
    host: Option<(String, String)>,
    languages: String,
    expected: Vec<String>,
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
            languages: "en-US,en".to_owned(),
            expected: Vec::new(),
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

    /// Puts the page into somebody else's: tags for its head, and a script of theirs, `host.js`.
    pub fn hosted(mut self, head: &str, script: &str) -> Stage {
        self.host = Some((head.to_owned(), script.to_owned()));
        self
    }

    /// The languages the reader's browser wants.
    pub fn languages(mut self, languages: &str) -> Stage {
        self.languages = languages.to_owned();
        self
    }

    /// An error in the console that belongs to what is tested.
    pub fn expecting(mut self, text: &str) -> Stage {
        self.expected.push(text.to_owned());
        self
    }

    /// Opens a browser and lets the test play; then nothing may be broken.
    pub async fn play(self, journey: impl AsyncFnOnce(&Page)) {
        let _turn = TURNS.acquire().await.expect("never closed");
        let built = PathBuf::from(place("CLERK_INVITATIONS_DIST"));
        // Served as long as it lives.
        let copy =
            (self.base != "/" || self.host.is_some()).then(|| edited(&built, &self.base, self.host.as_ref()));
        let folder = copy.as_ref().map_or(built, |copy| copy.path().to_owned());
        let serve = Serve {
            page: Some(folder),
            base: self.base,
            config: self.config,
            ..Serve::new(place("CLERK_INVITATIONS_BUNDLES"))
        };
        let sandbox = Sandbox::start(self.world, serve).await.expect("a port");
        let page = Page::new(Browser::start(&self.languages).await, sandbox);
        let played = timeout(LONGEST, AssertUnwindSafe(journey(&page)).catch_unwind()).await;
        let report = if played.is_err() { page.report().await } else { String::new() };
        let complaints = page.complaints(&self.expected).await;
        page.browser.quit().await;
        match played {
            Err(_) => panic!("not over after {LONGEST:?}\n{report}"),
            Ok(Err(panic)) => resume_unwind(panic),
            Ok(Ok(())) => assert!(complaints.is_empty(), "{complaints:#?}"),
        }
    }
}

/// The built page as `--public-url` would have built it for a sub-path, everything in it being relative to its
/// `<base>`; and with what a host page would put into it.
fn edited(built: &Path, base: &str, host: Option<&(String, String)>) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    copy_folder(built, copy.path());
    let index = copy.path().join("index.html");
    let document = std::fs::read_to_string(&index).expect("index.html");
    assert!(document.contains(BASE), "the page has no {BASE} to change");
    let head = host.map_or("", |(head, _)| head.as_str());
    // A page of which others decide where clerk-js comes from does not ask for it ahead.
    let asks_ahead = |line: &&str| line.starts_with("<link rel=\"preload\" as=\"script\"");
    let lines = document.lines().filter(|line| !asks_ahead(line));
    let document: String = lines.flat_map(|line| [line, "\n"]).collect();
    let document = document.replace(BASE, &format!("<base href=\"{base}\">{head}"));
    std::fs::write(&index, document).expect("written");
    if let Some((_, script)) = host {
        std::fs::write(copy.path().join("host.js"), script).expect("written");
    }
    for packed in ["index.html.br", "index.html.gz"] {
        std::fs::remove_file(copy.path().join(packed)).ok();
    }
    copy
}

const BASE: &str = "<base href=\"/\">";

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
