//! Builds the folder to deploy.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha384};

use crate::{
    config,
    finish::{self, Files, ShortNames, Shrink, Shrunk},
    packages, places, run,
    set_up::Tools,
    split,
};

/// What the page is made of. A change in any of these asks for another build.
const SOURCES: [&str; 9] = [
    "assets",
    "src",
    "xtask/src",
    "index.html",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// A build, and what has to be there for it.
pub struct Dist {
    tools: Tools,
    shrinkers: Shrinkers,
    /// The sub-path the page will be served under, with a slash at both ends.
    public_url: String,
}

impl Dist {
    /// Sets up for a build of the page to be served under `public_url`, which is `/` or a path such as `/team/`.
    ///
    /// # Errors
    /// When something is missing and cannot be installed, or `public_url` is not such a path.
    pub fn ready(public_url: &str) -> Result<Self> {
        ensure!(
            public_url.starts_with('/') && public_url.ends_with('/'),
            "--public-url must be a path with a slash at both ends, such as /team/, not {public_url:?}"
        );
        let tools = Tools::ready()?;
        let (wasm_opt, esbuild) = packages::shrinkers()?;
        let shrinkers = Shrinkers { wasm_opt, esbuild };
        Ok(Self { tools, shrinkers, public_url: public_url.to_owned() })
    }

    /// Builds into `dist/`, unless what lies there was made from the same sources.
    ///
    /// # Errors
    /// When a step of the build fails.
    pub fn fresh(&self) -> Result<()> {
        let _alone = alone()?;
        if fs::read_to_string(stamp()?).is_ok_and(|before| self.mark().is_ok_and(|now| now == before)) {
            println!("dist/ is up to date");
            return Ok(());
        }
        self.write()
    }

    /// Builds into `dist/`, and prints what it weighs.
    ///
    /// # Errors
    /// When a step of the build fails.
    pub fn build(&self) -> Result<()> {
        let _alone = alone()?;
        self.write()?;
        print!("{}", table(&read(&places::dist())?)?);
        Ok(())
    }

    fn write(&self) -> Result<()> {
        println!("Building the page with trunk");
        let built = places::scratch()?.join("trunk");
        self.trunk(&built)?;
        println!("Shrinking, naming and packing its files");
        let files = finish::finish(read(&built)?, &self.shrinkers)?;
        let packed = finish::packed(&files)?;
        // Written elsewhere first: a server that is running meanwhile never sees half of it.
        let elsewhere = tempfile::tempdir_in(places::scratch()?)?;
        for (name, bytes) in files.iter().chain(&packed) {
            let path = elsewhere.path().join(name);
            fs::create_dir_all(path.parent().unwrap_or(elsewhere.path()))?;
            fs::write(path, bytes)?;
        }
        let dist = places::dist();
        if dist.exists() {
            fs::remove_dir_all(&dist).context("could not empty dist/")?;
        }
        fs::rename(elsewhere.keep(), &dist).context("could not write dist/")?;
        Ok(fs::write(stamp()?, self.mark()?)?)
    }

    fn trunk(&self, into: &Path) -> Result<()> {
        let mut trunk = self.tools.command("trunk");
        trunk.args(["--log", "warn", "build", "--release", "--locked"]);
        trunk.arg("--dist").arg(into);
        trunk.arg("--public-url").arg(&self.public_url);
        // A compile error would otherwise drown in frames of trunk itself.
        trunk.env("RUST_LIB_BACKTRACE", "0");
        let flags = NAMED_FUNCTIONS.map(str::to_owned).into_iter().chain(remapped_paths());
        let flags = flags.collect::<Vec<_>>().join(" ");
        trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        run::run(&mut trunk)
    }

    /// What tells one build from another: its sources, and what lies in `dist/`, which `trunk serve` writes to as well.
    fn mark(&self) -> Result<String> {
        let mut mark = Mark::default();
        mark.add("", format!("{} {:?}", self.public_url, config::environment()).as_bytes());
        for source in SOURCES {
            let path = places::root().join(source);
            let files =
                if path.is_dir() { read(&path)? } else { Files::from([(String::new(), fs::read(&path)?)]) };
            mark.add_all(source, &files);
        }
        mark.add_all("dist", &read(&places::dist())?);
        Ok(finish::hex(&mark.0.finalize()))
    }
}

/// A digest of named files.
#[derive(Default)]
struct Mark(Sha384);

impl Mark {
    fn add_all(&mut self, folder: &str, files: &Files) {
        for (name, bytes) in files {
            self.add(&format!("{folder}/{name}"), bytes);
        }
    }

    fn add(&mut self, name: &str, bytes: &[u8]) {
        self.0.update(format!("{name} {} ", bytes.len()));
        self.0.update(bytes);
    }
}

/// Two builds into the same folder take turns. Held as long as the file lives.
fn alone() -> Result<fs::File> {
    let file = fs::File::create(places::scratch()?.join("dist.lock"))?;
    file.lock()?;
    Ok(file)
}

/// Where the mark of the last build is kept.
fn stamp() -> Result<PathBuf> {
    Ok(places::scratch()?.join("dist.stamp"))
}

/// Flags by which each function's name says whose code it is, as the split asks for.
///
/// The names have the types that a generic is made for. Of two functions that do the same LLVM otherwise keeps one, under
/// either name and in both slots of the function table: a page in the main module would then call a function that is said
/// to be of a later one. Like this the other becomes a call of the first, which the split sees. wasm-opt merges again what
/// lies in the same module, so that it costs no more than half a kilobyte.
const NAMED_FUNCTIONS: [&str; 3] = [
    "-Csymbol-mangling-version=v0",
    "-Cllvm-args=-mergefunc-use-aliases=false",
    "-Cllvm-args=-mergefunc-preserve-debug-info",
];

/// Flags that keep the builder's home folder out of the wasm's panic messages.
///
/// Without them the same sources give other bytes, and so other names, on each machine. None where a folder's name has a
/// blank in it, which the variable they travel in cannot express.
fn remapped_paths() -> Vec<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let Some(home) = home.or_else(|| Some(dirs::home_dir()?.join(".cargo"))) else { return Vec::new() };
    let folders = [(home.join("registry/src"), "registry"), (places::root().to_owned(), "page")];
    let flags = folders.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    let none_has_a_blank = !flags.iter().any(|flag| flag.contains(char::is_whitespace));
    none_has_a_blank.then_some(flags).into_iter().flatten().collect()
}

/// How the names of the page's own functions start.
const PAGE: &str = "clerk_invitations::";

/// The modules of the page whose code is fetched when it is first needed: what only somebody needs who invites people or
/// works on the list.
///
/// A function of one of them still comes at the start when code outside of them calls it directly; see [`split`]. None
/// may be called in any other way, such as through a trait object, before `clerkInvitations.later()` of assets/boot.js
/// has resolved.
const LATER: [&str; 16] = [
    "pages::batch",
    "pages::roster",
    "hooks::dispatch",
    "hooks::errands",
    "domain::batch",
    "domain::directory",
    "domain::draft",
    "domain::export",
    "domain::intake",
    "domain::roll",
    "domain::search",
    "domain::typo",
    "components::entries",
    "components::progress",
    "components::selection",
    "browser::transfer",
];

/// Those of them whose types nobody has before that code is there. What generics of other crates do for these types comes
/// later too, or a component's body would come at the start: yew calls it from a generic of its own.
const LATER_TYPES: [&str; 2] = ["pages::batch", "pages::roster"];

/// Whether a function comes later by its demangled name, such as
/// `<clerk_invitations[d785b3b76454f19d]::pages::batch::Batch as yew[544a3b81538c7ee3]::functional::FunctionProvider>::run`.
///
/// The path that the name starts with says whose code it is, unless a type of [`LATER_TYPES`] is named anywhere.
fn is_later(name: &str) -> bool {
    let name = without_disambiguators(name);
    let mut path = name.as_str();
    while let Some(rest) = ["<", "&", "mut "].iter().find_map(|sign| path.strip_prefix(sign)) {
        path = rest;
    }
    let is_in = |path: &str, modules: &[&str]| {
        modules.iter().any(|module| path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::")))
    };
    let mut named = name.match_indices(PAGE);
    path.strip_prefix(PAGE).is_some_and(|path| is_in(path, &LATER))
        || named.any(|(start, page)| {
            let is_whole = !name[..start].ends_with(|before: char| before.is_alphanumeric() || before == '_');
            is_whole && is_in(&name[start + page.len()..], &LATER_TYPES)
        })
}

/// A demangled name without the digits by which it tells crates of the same name apart, as in `core[c5930c85a12de822]`.
fn without_disambiguators(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((digits, rest))
                if digits.len() > 8 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) =>
            {
                plain += rest;
            }
            // A slice or an array.
            _ => plain.extend(["[", part]),
        }
    }
    plain
}

/// binaryen's wasm-opt and esbuild, both run by node.
struct Shrinkers {
    wasm_opt: PathBuf,
    esbuild: PathBuf,
}

impl Shrinkers {
    fn esbuild(&self, text: &str, options: &[&str]) -> Result<String> {
        let mut node = Command::new("node");
        node.arg(&self.esbuild).args(["--minify", "--log-level=error"]).args(options);
        Ok(String::from_utf8(run::through(&mut node, text.as_bytes())?)?)
    }

    /// The module, smaller, and what wasm-opt prints.
    fn wasm_opt(&self, module: &[u8], more: &[&str]) -> Result<(Vec<u8>, Vec<u8>)> {
        let folder = tempfile::tempdir()?;
        let (from, to) = (folder.path().join("from.wasm"), folder.path().join("to.wasm"));
        fs::write(&from, module)?;
        let mut node = Command::new("node");
        node.arg(&self.wasm_opt).args(WASM_OPT).args(more);
        let printed = run::output(node.arg(&from).arg("-o").arg(&to))?;
        Ok((without_foreign_paths(fs::read(to)?), printed))
    }
}

/// The module with blanks where panic messages name a file of a dependency or of Rust's own. Nobody reads those but in the
/// console, where the line and the message stay, and they weigh 0.9 kB after brotli. The page's own files keep their names.
fn without_foreign_paths(mut module: Vec<u8>) -> Vec<u8> {
    const ROOTS: [&[u8]; 4] = [b"registry/", b"/rustc/", b"/rust/deps/", b"library/"];
    let mut at = 0;
    while let Some(rest) = module.get(at..).filter(|rest| !rest.is_empty()) {
        let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+".contains(byte);
        let run = rest.iter().take_while(|byte| is_path(byte)).count();
        let path = rest.get(..run).unwrap_or_default();
        // Texts lie side by side in a module: what follows a path may look like one too.
        let length = path.windows(3).position(|ending| ending == b".rs").map_or(0, |dot| dot + 3);
        if ROOTS.iter().any(|root| path.starts_with(root)) && length > 0 {
            module.get_mut(at..at + length).into_iter().for_each(|path| path.fill(b' '));
            at += length;
        } else {
            at += 1;
        }
    }
    module
}

/// What weighs least after brotli, tried on this page: plain `-Oz` leaves 2 % more.
///
/// Nothing here may assume that traps never happen, although that would save more: a panic is a trap, and the page relies
/// on it to stop.
const WASM_OPT: [&str; 9] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    // A function drawn into its only caller no longer resembles others, and resemblance is what brotli packs.
    "--one-caller-inline-max-function-size=20",
    // Functions of the same generic lie side by side then, which brotli likes; so the names may go only after it.
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-target-features",
    "--strip-producers",
];

/// For the module that the page starts with. The later one follows the names that this prints.
const SHORT_NAMES: &str = "--minify-imports-and-exports-and-modules";

impl Shrink for Shrinkers {
    fn wasm(&self, module: &[u8]) -> Result<Shrunk> {
        let parts = split::split(module, &is_later)?;
        let (main, printed) = self.wasm_opt(&parts.main, &[SHORT_NAMES])?;
        let names = short_names(&printed)?;
        let later = parts.later.map(|later| {
            let later = split::renamed(&later, &names.exports)?;
            self.wasm_opt(&later, &[]).map(|(later, _)| later)
        });
        Ok(Shrunk { main, later: later.transpose()?, names })
    }

    fn script(&self, module: &str) -> Result<String> {
        self.esbuild(module, &["--loader=js", "--format=esm", "--target=es2022"])
    }

    fn style(&self, sheet: &str) -> Result<String> {
        self.esbuild(sheet, &["--loader=css"])
    }
}

/// What wasm-opt prints of the names that it gave: `{"imports": [[module, long, short]], "exports": [[long, short]]}`.
/// It puts all imports into one module, named `a`.
fn short_names(printed: &[u8]) -> Result<ShortNames> {
    let mut lists: BTreeMap<String, Vec<Vec<String>>> =
        serde_json::from_slice(printed).context("wasm-opt did not print the names that it gave")?;
    let mut names = ShortNames::default();
    for import in lists.remove("imports").unwrap_or_default() {
        if let [module, long, short] = import.as_slice() {
            names.modules.insert(module.clone(), "a".to_owned());
            names.imports.insert(long.clone(), short.clone());
        }
    }
    for export in lists.remove("exports").unwrap_or_default() {
        if let [long, short] = export.as_slice() {
            names.exports.insert(long.clone(), short.clone());
        }
    }
    Ok(names)
}

/// Every file below a folder.
///
/// # Errors
/// When one cannot be read.
pub fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        let listed = fs::read_dir(folder.join(&below));
        for entry in listed.with_context(|| format!("could not read {}", folder.display()))? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                let parts = path.iter().map(|part| part.to_string_lossy());
                files.insert(parts.collect::<Vec<_>>().join("/"), fs::read(entry.path())?);
            }
        }
    }
    Ok(files)
}

/// What the files weigh, in bytes: as they are, as gzip and as brotli.
///
/// # Errors
/// When packing fails.
pub fn table(files: &Files) -> Result<String> {
    let mut lines = format!("{:44} {:>9} {:>9} {:>9}\n", "file", "raw", "gzip", "brotli");
    let mut total = [0; 3];
    for (name, bytes) in files {
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let sizes = sizes(files, name, bytes)?;
        lines += &row(name, sizes);
        // Of the locales a visit downloads one at most, and the later code when somebody is about to invite.
        if !name.starts_with("locales/") && !name.contains("-later-") {
            total = [0, 1, 2].map(|index| total[index] + sizes[index]);
        }
    }
    Ok(lines + &row("total of a first visit", total))
}

fn sizes(files: &Files, name: &str, bytes: &[u8]) -> Result<[usize; 3]> {
    let beside = |ending: &str| files.get(&format!("{name}.{ending}")).map(Vec::len);
    let gzip = beside("gz").map_or_else(|| finish::gzip(bytes).map(|bytes| bytes.len()), Ok)?;
    let brotli = beside("br").map_or_else(|| finish::brotli(bytes, 11).map(|bytes| bytes.len()), Ok)?;
    Ok([bytes.len(), gzip, brotli])
}

fn row(name: &str, [raw, gzip, brotli]: [usize; 3]) -> String {
    format!("{name:44} {raw:>9} {gzip:>9} {brotli:>9}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_other_peoples_files_are_blanked() {
        let module = b"\0\xffRetry/rustc/59807616/library/core/src/a.rspage/src/main.rsregistry/yew-0.23.0/src/x.rs\x01.rs registry/x";
        let blanked = without_foreign_paths(module.to_vec());
        let shown = String::from_utf8_lossy(&blanked).replace(' ', "");
        assert_eq!(shown, String::from_utf8_lossy(b"\0\xffRetrypage/src/main.rs\x01.rsregistry/x"));
        assert_eq!(blanked.len(), module.len());
    }

    #[test]
    fn code_comes_later_by_the_path_that_its_name_starts_with() {
        for name in [
            "clerk_invitations[d785b3b76454f19d]::pages::batch::send",
            "clerk_invitations::pages::batch::send::h0123456789abcdef",
            "clerk_invitations[d785b3b76454f19d]::hooks::dispatch::use_dispatch::{closure#0}",
            "<clerk_invitations[d785b3b76454f19d]::pages::batch::Batch as yew[544a3b81538c7ee3]::functional::FunctionProvider>::run",
            "<<clerk_invitations[d785b3b76454f19d]::domain::draft::Draft>::rows::{closure#0} as core[c5930c85a12de822]::ops::function::FnOnce<()>>::call_once::{shim:vtable#0}",
            "<&mut clerk_invitations::domain::typo::Typos as core::iter::Iterator>::next",
        ] {
            assert!(is_later(name), "{name}");
        }
    }

    #[test]
    fn what_other_crates_do_for_a_type_that_only_later_code_has_comes_later() {
        for name in [
            "<yew[544a3b81538c7ee3]::html::component::lifecycle::CompStateInner<clerk_invitations[d785b3b76454f19d]::pages::batch::Batch> as yew[544a3b81538c7ee3]::html::component::lifecycle::Stateful>::view",
            "core::ptr::drop_in_place::<[clerk_invitations::pages::batch::Props; 2]>",
        ] {
            assert!(is_later(name), "{name}");
        }
    }

    #[test]
    fn code_of_other_modules_and_of_other_crates_comes_at_the_start() {
        for name in [
            "clerk_invitations[d785b3b76454f19d]::pages::list::rows",
            "clerk_invitations[d785b3b76454f19d]::pages::batches::send",
            "clerk_invitations_more::pages::batch::send",
            "yew[544a3b81538c7ee3]::start::<clerk_invitations[d785b3b76454f19d]::hooks::dispatch::Dispatch>",
            "<yew::html::component::scope::Scope<my_clerk_invitations::pages::batch::Batch> as yew::Scoped>::view",
            "<[clerk_invitations[d785b3b76454f19d]::domain::draft::Draft] as core::Clone>::clone",
            "core::ptr::drop_in_place::<clerk_invitations::domain::draft::Draft>",
            "main",
        ] {
            assert!(!is_later(name), "{name}");
        }
    }

    #[test]
    fn a_path_with_a_blank_costs_only_the_flags_that_hold_it() {
        assert!(NAMED_FUNCTIONS.iter().all(|flag| !flag.contains(char::is_whitespace)));
        assert!(remapped_paths().iter().all(|flag| !flag.contains(char::is_whitespace)));
    }
}
