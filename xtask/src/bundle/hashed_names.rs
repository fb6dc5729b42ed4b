//! Names files by a hash of their bytes.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha384};

use super::Files;
use crate::hex::hex;

/// A file under its new name.
pub struct Hashed {
    /// Its name: `app-0123456789abcdef.js`.
    pub name: String,
    /// Its digest, as the `integrity` attribute has it.
    pub integrity: String,
}

/// The files under their new names, by their old ones.
#[derive(Default)]
pub struct HashedNames(BTreeMap<String, Hashed>);

impl HashedNames {
    /// Puts `bytes` into `files`, under the old name with its hash replaced, and returns the new name.
    pub fn add(&mut self, files: &mut Files, old: &str, bytes: Vec<u8>) -> String {
        let extension = old.rsplit('.').next().unwrap_or_default();
        let plain = format!("{}.{extension}", without_hash(old));
        self.add_as(files, old, &plain, bytes)
    }

    /// Puts another wasm module into `files`, under the name of the primary one with `part` in it.
    pub fn add_wasm(&mut self, files: &mut Files, old: &str, primary: &str, part: &str, bytes: Vec<u8>) {
        self.add_as(files, old, &format!("{}-{part}.wasm", without_hash(primary)), bytes);
    }

    /// Puts `bytes` into `files`, under the name `plain` with their hash in it, and returns that.
    pub fn add_as(&mut self, files: &mut Files, old: &str, plain: &str, bytes: Vec<u8>) -> String {
        let digest = Sha384::digest(&bytes);
        let (stem, extension) = plain.rsplit_once('.').unwrap_or((plain, ""));
        let name = format!("{stem}-{}.{extension}", hex(&digest[..8]));
        let integrity = format!("sha384-{}", BASE64_STANDARD.encode(digest));
        files.insert(name.clone(), bytes);
        self.0.insert(old.to_owned(), Hashed { name: name.clone(), integrity });
        name
    }

    /// The file that had this name.
    pub fn find(&self, old: &str) -> Option<&Hashed> {
        self.0.get(old)
    }
}

/// A file name without extension and without the hash that trunk appends.
fn without_hash(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(stem, _)| stem)
}
