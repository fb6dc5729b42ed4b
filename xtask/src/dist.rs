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
    finish::{self, Files, ShortNames, Shrink},
    packages, places, run,
    set_up::Tools,
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
        if let Some(flags) = remapped_paths() {
            trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        }
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

/// Flags that keep the builder's home folder out of the wasm's panic messages.
///
/// Without them the same sources give other bytes, and so other names, on each machine. `None` where a folder's name has
/// a blank in it, which the variable they travel in cannot express.
fn remapped_paths() -> Option<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(dirs::home_dir()?.join(".cargo")))?;
    let folders = [(home.join("registry/src"), "registry"), (places::root().to_owned(), "page")];
    let flags = folders.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    let none_has_a_blank = !flags.iter().any(|flag| flag.contains(char::is_whitespace));
    none_has_a_blank.then(|| flags.join(" "))
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
}

/// What weighs least after brotli, tried on this page: plain `-Oz` leaves 2 % more.
///
/// Nothing here may assume that traps never happen, although that would save more: a panic is a trap, and the page relies
/// on it to stop.
const WASM_OPT: [&str; 10] = [
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
    "--minify-imports-and-exports-and-modules",
];

impl Shrink for Shrinkers {
    fn wasm(&self, module: &[u8]) -> Result<(Vec<u8>, ShortNames)> {
        let folder = tempfile::tempdir()?;
        let (from, to) = (folder.path().join("from.wasm"), folder.path().join("to.wasm"));
        fs::write(&from, module)?;
        let mut node = Command::new("node");
        node.arg(&self.wasm_opt).args(WASM_OPT);
        let printed = run::output(node.arg(&from).arg("-o").arg(&to))?;
        Ok((fs::read(to)?, short_names(&printed)?))
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
        // Of the locales a visit downloads one at most.
        if !name.starts_with("locales/") {
            total = [0, 1, 2].map(|index| total[index] + sizes[index]);
        }
    }
    Ok(lines + &row("total without locales", total))
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
