//! The npm packages the page is built and tested with: named here and nowhere else, by exact version and digest.
//!
//! There is no package.json, because each one is used by itself: none of their dependencies is wanted, and `npm pack`
//! fetches exactly one file, which is believed only when its digest is the one below.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha512};

use crate::{finish::brotli, places, run};

/// One npm package.
struct Package {
    name: &'static str,
    version: &'static str,
    /// What `npm view NAME@VERSION dist.integrity` prints.
    integrity: &'static str,
    /// The folder it is unpacked into.
    folder: &'static str,
}

/// Packages that are unpacked beside each other, all or none.
struct Parcel {
    /// What they are, for the person who waits for them.
    purpose: &'static str,
    packages: &'static [Package],
    /// What to do with the folder before anybody else sees it.
    prepare: fn(&Path) -> Result<()>,
}

const CLERK: Parcel = Parcel {
    purpose: "Clerk's scripts",
    packages: &[
        Package {
            name: "@clerk/clerk-js",
            version: "6.40.0",
            integrity: "sha512-2MnZ/ygvuCmeuqfXQmsxfQaLN/SSJvQbtT2cLXbgr5VKr3KmZFZBVvX977fG3eZ6pprl4J9pO+I2bbe6BvColg==",
            folder: "clerk-js",
        },
        Package {
            name: "@clerk/ui",
            version: "1.36.0",
            integrity: "sha512-uI96zYCh5jISLOt1mdpIPy/Y31P0kwFxjUFOxLUwFfTHFmGUcRjbqN6bbb+75tdI2Bz6ARGws3rhspDer+xIfQ==",
            folder: "ui",
        },
    ],
    prepare: compress_scripts,
};

const SHRINKERS: Parcel = Parcel {
    purpose: "what makes the page small",
    packages: &[
        Package {
            name: "binaryen",
            version: "132.0.0",
            integrity: "sha512-4Usg7yEvwO3FMso3Oov6qkOOHSod1IEv+boKkh77kTljM+eNBouqCTbqWswGzbG+vDNO/b/v2C4gfEh1WgB9Lg==",
            folder: "binaryen",
        },
        // Not 0.28: its command never ends under Node 20.
        Package {
            name: "esbuild-wasm",
            version: "0.25.12",
            integrity: "sha512-rZqkjL3Y6FwLpSHzLnaEy8Ps6veCNo1kZa9EOfJvmWtBq5dJH4iVjfmOO6Mlkv9B0tt9WFPFmb/VxlgJOnueNg==",
            folder: "esbuild",
        },
    ],
    prepare: |_| Ok(()),
};

const AXE: Parcel = Parcel {
    purpose: "the accessibility checker",
    packages: &[Package {
        name: "axe-core",
        version: "4.14.1",
        integrity: "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        folder: "axe",
    }],
    prepare: |_| Ok(()),
};

/// The folder with `clerk-js/` and `ui/`, Clerk's two packages, and a `.br` beside each script a browser may ask for.
///
/// # Errors
/// When a package cannot be fetched, is not the one expected, or cannot be unpacked.
pub fn clerk() -> Result<PathBuf> {
    CLERK.folder()
}

/// The scripts of binaryen's wasm-opt and of esbuild, both to be run by node.
///
/// # Errors
/// As [`clerk`].
pub fn shrinkers() -> Result<(PathBuf, PathBuf)> {
    let folder = SHRINKERS.folder()?;
    Ok((folder.join("binaryen/bin/wasm-opt"), folder.join("esbuild/bin/esbuild")))
}

/// axe-core's script.
///
/// # Errors
/// As [`clerk`].
pub fn axe() -> Result<PathBuf> {
    Ok(AXE.folder()?.join("axe/axe.min.js"))
}

impl Parcel {
    /// Where it is unpacked, which is done first if it has not been done before.
    fn folder(&self) -> Result<PathBuf> {
        let cache = places::cache()?;
        let folder = cache.join(self.key());
        if folder.is_dir() {
            return Ok(folder);
        }
        println!("Fetching {} from npm: {}", self.purpose, self.list());
        // Unpacked elsewhere and moved here in one step: whoever finds the folder finds it whole, also when two set-ups
        // run at once or one is interrupted.
        let elsewhere = tempfile::tempdir_in(&cache)?;
        for package in self.packages {
            package
                .unpack(elsewhere.path())
                .with_context(|| format!("could not fetch {}", package.spec()))?;
        }
        (self.prepare)(elsewhere.path())?;
        match fs::rename(elsewhere.path(), &folder) {
            // Another set-up was quicker; its folder has the same digests.
            Err(_) if folder.is_dir() => Ok(folder),
            moved => moved.map(|()| folder).context("could not move the packages into the cache"),
        }
    }

    /// A name that changes with any of the packages.
    fn key(&self) -> String {
        let mut digest = Sha512::new();
        for package in self.packages {
            digest.update(package.spec());
            digest.update(package.integrity);
        }
        let digest = digest.finalize();
        let folders = self.packages.iter().map(|package| package.folder);
        let names = folders.collect::<Vec<_>>().join("+");
        format!("{names}-{}", crate::finish::hex(&digest[..6]))
    }

    fn list(&self) -> String {
        let specs = self.packages.iter().map(Package::spec);
        specs.collect::<Vec<_>>().join(", ")
    }
}

impl Package {
    fn spec(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    fn unpack(&self, into: &Path) -> Result<()> {
        let packed = tempfile::tempdir()?;
        let mut npm = run::command(
            which::which("npm").context("npm is missing: install Node.js 20 or newer, which brings it")?,
        );
        npm.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]);
        run::output(npm.arg(packed.path()).arg(self.spec()))?;
        let file = fs::read_dir(packed.path())?.next().context("npm left no file")??;
        let bytes = fs::read(file.path())?;
        verify(&bytes, self.integrity)?;
        unpack(&bytes, &into.join(self.folder))
    }
}

/// Refuses bytes that are not the ones the table names.
fn verify(bytes: &[u8], integrity: &str) -> Result<()> {
    let found = format!("sha512-{}", BASE64_STANDARD.encode(Sha512::digest(bytes)));
    ensure!(found == integrity, "the file is not the one expected: its digest is {found}, not {integrity}");
    Ok(())
}

/// Unpacks npm's tar.gz, without the one folder everything in it lies in.
fn unpack(bytes: &[u8], into: &Path) -> Result<()> {
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry.path()?.components().skip(1).collect::<PathBuf>();
        ensure!(
            path.components().all(|part| matches!(part, std::path::Component::Normal(_))),
            "a file wants to lie outside its package: {}",
            path.display()
        );
        let target = into.join(path);
        fs::create_dir_all(target.parent().unwrap_or(into))?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        fs::write(target, bytes)?;
    }
    Ok(())
}

/// Writes a `.br` beside each of Clerk's scripts, as Clerk's own hosts would send them.
fn compress_scripts(folder: &Path) -> Result<()> {
    let mut scripts = Vec::new();
    for package in CLERK.packages {
        for file in fs::read_dir(folder.join(package.folder).join("dist"))? {
            let path = file?.path();
            if path.extension().is_some_and(|ending| ending == "js") {
                scripts.push(path);
            }
        }
    }
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = scripts.len().div_ceil(workers).max(1);
    // Large ones would otherwise lie side by side and be left to one worker.
    scripts.sort_by_key(|path| {
        path.file_name().map(|name| crate::finish::hex(&Sha512::digest(name.as_encoded_bytes())[..4]))
    });
    thread::scope(|scope| {
        let work: Vec<_> = scripts
            .chunks(share)
            .map(|scripts| scope.spawn(|| scripts.iter().try_for_each(|path| compress_script(path))))
            .collect();
        work.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(anyhow::anyhow!("compressing a script failed")))
        })
    })
}

fn compress_script(path: &Path) -> Result<()> {
    // The one script that every visit downloads gets the most effort, since the bench reports its size; the rest of a
    // hundred files would take minutes at it.
    let quality = if path.ends_with("clerk.browser.js") { 11 } else { 6 };
    let packed = brotli(&fs::read(path)?, quality)?;
    fs::write(path.with_extension("js.br"), packed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tarball(files: &[(&str, &str)]) -> Vec<u8> {
        let mut archive =
            tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            archive.append(&header, text.as_bytes()).unwrap();
        }
        archive.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn a_file_with_another_digest_is_refused() {
        let expected =
            "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
        assert!(verify(b"", expected).is_ok());
        assert!(verify(b"other", expected).is_err());
    }

    #[test]
    fn a_package_is_unpacked_without_its_outer_folder() {
        let into = tempfile::tempdir().unwrap();
        let bytes = tarball(&[("package/dist/a.js", "one"), ("package/package.json", "{}")]);
        unpack(&bytes, &into.path().join("it")).unwrap();
        assert_eq!(fs::read_to_string(into.path().join("it/dist/a.js")).unwrap(), "one");
        assert!(into.path().join("it/package.json").is_file());
    }

    #[test]
    fn a_package_cannot_write_outside_its_folder() {
        let into = tempfile::tempdir().unwrap();
        let bytes = tarball(&[("package/../../escaped", "x")]);
        assert!(unpack(&bytes, &into.path().join("it")).is_err());
        assert!(!into.path().join("escaped").exists());
    }
}
