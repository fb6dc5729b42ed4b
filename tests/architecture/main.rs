//! Does each file use only what its layer may use, do JavaScript values stay behind their door, do no files use each other
//! in a circle, and is none too long? Test code may use everything.

#![cfg(not(target_arch = "wasm32"))]

mod self_tests;
mod sources;

use sources::{File, Mention, Sources, Use};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a layer may know beside the crate.
#[derive(Clone, Copy, PartialEq)]
enum Knows {
    /// No view and no browser: its tests need neither.
    Plain,
    /// Yew and the browser's objects, but no JavaScript value.
    Views,
    /// JavaScript values too: they end here.
    JavaScript,
}
use Knows::{JavaScript, Plain, Views};

/// The modules of a layer (without those below them that have a line of their own), what they know, and the layers that
/// they may use.
#[rustfmt::skip]
const LAYERS: &[(&str, Knows, &str)] = &[
    // Nouns and rules, which everything else is written in.
    ("domain", Plain, ""),
    ("json", Plain, ""),
    ("config", Plain, "domain json"),
    ("addresses", Plain, "domain json"),
    ("files", Plain, ""),
    ("i18n", Plain, "domain"),
    ("feedback", Plain, "domain"),
    // The batch engine speaks to a service that it declares; its words and its view are for the features.
    ("outbox::service", Plain, "domain"),
    ("outbox", Plain, "domain outbox::service"),
    ("outbox::wording", Plain, "addresses feedback i18n outbox"),
    // The features decide without a browser, and none knows another.
    ("session", Plain, "domain"),
    ("invite", Plain, "addresses domain feedback files i18n outbox outbox::wording"),
    ("list", Plain, "addresses domain feedback i18n outbox outbox::wording"),
    ("accept", Plain, "domain feedback"),
    ("requests", Plain, "domain feedback i18n"),
    // The two doors. They hand out values of the domain.
    ("browser", JavaScript, "domain files json"),
    ("clerk", JavaScript, "accept browser config domain json outbox::service route"),
    // Views draw their own feature. `ui` knows none, so that every feature can use it.
    ("ui", Views, "browser domain feedback i18n"),
    ("route", Views, "browser domain"),
    ("language", Views, "browser domain i18n"),
    ("outbox::view", Views, "feedback i18n outbox outbox::wording ui"),
    ("session::view", Views, "browser clerk config domain feedback i18n json session ui"),
    ("invite::view", Views,
        "addresses browser domain feedback files i18n invite outbox outbox::view outbox::wording ui"),
    ("list::view", Views, "browser domain feedback i18n list outbox outbox::view outbox::wording route ui"),
    ("accept::view", Views, "accept browser clerk domain feedback i18n session::view ui"),
    ("requests::view", Views, "domain feedback i18n requests ui"),
    // The loop joins the features. Only `later` leads to code that is fetched when it is needed.
    ("program::model program::messages program::features program::update program::update_code program::update_form", Plain,
        "accept domain feedback i18n invite list outbox requests session"),
    ("program::shortcuts", Plain, "feedback i18n invite list program::model"),
    ("program::update_later program::update_accept", Plain,
        "accept domain feedback i18n invite list outbox outbox::wording program::model program::shortcuts requests"),
    ("program::later_runner program::accept_runner", Views,
        "accept browser clerk domain feedback i18n invite list outbox program program::model requests"),
    ("program::around", Views, "i18n list::view program program::model requests::view route"),
    ("program::screens", Views, "domain program program::model route session session::view"),
    ("program::later", Views, "accept::view browser invite::view json list::view program program::around \
        program::later_runner program::screens program::shortcuts program::update_later session::view ui"),
    ("program", Views, "accept::view browser clerk config domain feedback i18n invite invite::view list list::view \
        outbox program::later program::model requests route session ui"),
    // Where everything comes together.
    ("drawing", Views, "browser domain feedback i18n program program::model route session session::view ui"),
    ("app", Views, "browser clerk config drawing language program program::later program::model"),
    ("main", JavaScript, "app browser"),
    ("lib", JavaScript, ""),
];

/// The most lines of a file, without its tests.
const LONGEST: usize = 430;
/// A table with a line for each message: it may be as long as the page has messages.
const CATALOGUE: &str = "src/i18n/catalogue.rs";

/// A word stands for its family: `gloo` is `gloo_net` too.
const OF_VIEWS: &[&str] = &["yew", "web_sys", "gloo"];
const OF_JAVASCRIPT: &[&str] = &["JsValue", "js_sys", "wasm_bindgen"];

/// The line of [`LAYERS`] that a file belongs to: the one that names its module, or the nearest module above.
fn layer(file: &File) -> (&'static str, Knows, &'static str) {
    let module = if file.module.is_empty() { "lib".to_owned() } else { file.module.join("::") };
    let is_above =
        |name: &&str| module.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    let nearest = |names: &str| names.split(' ').filter(is_above).map(str::len).max();
    let known = LAYERS.iter().filter(|(names, ..)| nearest(names).is_some());
    known.max_by_key(|(names, ..)| nearest(names)).copied().unwrap_or(("", JavaScript, ""))
}

fn is_of_family(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|more| more.is_empty() || more.starts_with('_'))
}

impl Sources {
    fn faults(&self) -> BTreeSet<String> {
        let faults = [self.backward(), self.strangers(), self.uncaught(), self.circles(), self.too_long()];
        faults.concat().into_iter().collect()
    }

    fn backward(&self) -> Vec<String> {
        let wrong = self.uses().into_iter().filter_map(|Use { by, line, of, .. }| {
            let ((from, _, may_use), (to, ..)) = (layer(by), layer(of));
            let may = from == to || to.split(' ').any(|name| may_use.split(' ').any(|other| other == name));
            (!may).then(|| format!("{}:{line}: {from} may not use {to}", by.path))
        });
        let unknown = self.0.values().filter(|file| layer(file).0.is_empty());
        wrong
            .chain(unknown.map(|file| format!("{}: is in no layer that this test knows", file.path)))
            .collect()
    }

    fn strangers(&self) -> Vec<String> {
        let strangers = self.mentions().filter_map(|(file, Mention { path, line, .. })| {
            let (layer, knows, _) = layer(file);
            let javascript = OF_JAVASCRIPT.iter().filter(|_| knows != JavaScript);
            let mut families = javascript.chain(OF_VIEWS.iter().filter(|_| knows == Plain));
            let family = families.find(|family| path.iter().any(|name| is_of_family(name, family)))?;
            Some(format!("{}:{line}: {layer} may not know {family}", file.path))
        });
        strangers.collect()
    }

    fn uncaught(&self) -> Vec<String> {
        let bindings =
            self.0.values().flat_map(|file| file.uncaught.iter().map(move |binding| (file, binding)));
        bindings.map(|(file, (name, line))| format!("{}:{line}: {name} is not `catch`", file.path)).collect()
    }

    fn too_long(&self) -> Vec<String> {
        let long = self.0.values().filter(|file| file.length > LONGEST && file.path != CATALOGUE);
        long.map(|file| format!("{}: {} lines without its tests", file.path, file.length)).collect()
    }

    fn circles(&self) -> Vec<String> {
        let uses: Vec<_> = self.uses().into_iter().filter(|used| !used.is_signpost).collect();
        let mut direct: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for Use { by, of, .. } in &uses {
            direct.entry(&by.path).or_default().insert(&of.path);
        }
        let leads_to = |from, to| {
            let (mut met, mut next) = (BTreeSet::new(), vec![from]);
            while let Some(path) = next.pop() {
                next.extend(direct.get(path).into_iter().flatten().filter(|path| met.insert(**path)));
            }
            met.contains(to)
        };
        let circular = uses.iter().filter(|used| leads_to(&*used.of.path, &*used.by.path));
        circular
            .map(|Use { by, line, of, .. }| format!("{}:{line}: in a circle with {}", by.path, of.path))
            .collect()
    }
}

static CRATE: LazyLock<Sources> = LazyLock::new(Sources::of_the_crate);

#[test]
fn the_crate_keeps_to_its_architecture() {
    let faults: Vec<_> = CRATE.faults().into_iter().collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_layer_may_use_more_than_it_does() {
    let uses: BTreeSet<_> = CRATE.uses().iter().map(|used| (layer(used.by).0, layer(used.of).0)).collect();
    for (names, _, may_use) in LAYERS {
        for name in may_use.split_whitespace() {
            let is_used = uses.iter().any(|(by, of)| by == names && of.split(' ').any(|of| of == name));
            assert!(is_used, "{names} does not use {name}: take it off its line");
        }
    }
}

/// The build splits the wasm at these functions.
#[test]
fn one_function_is_the_entry_to_each_chunk_of_code_that_is_fetched_later() {
    let later = "src/program/later.rs";
    for (path, entry) in [("src/app.rs", "renderer"), (later, "later"), (later, "screens")] {
        let file = CRATE.0.values().find(|file| file.path == path).expect("a source");
        assert_eq!(file.functions.iter().filter(|name| *name == entry).count(), 1, "{entry}");
    }
}
