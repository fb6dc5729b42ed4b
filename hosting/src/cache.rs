//! Which files a browser may keep.

/// For a file that is named by a hash of its bytes: what it holds never changes.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// For all other files: the browser may keep them, and asks each time whether they have changed.
pub const REVALIDATED: &str = "no-cache";

/// The end of a name with a hash, as a regular expression that nginx, Caddy, Apache and CloudFront understand alike.
pub const HASHED: &str = r"-[0-9a-f]{16}\.(js|css|wasm)$";

/// The `Cache-Control` of a file of the page, by its name.
pub fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) { IMMUTABLE } else { REVALIDATED }
}

/// Whether a name matches [`HASHED`].
fn is_hashed(name: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    matches!(extension, "js" | "css" | "wasm")
        && hash.len() == 16
        && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        let regex = regex::Regex::new(HASHED).unwrap();
        for (name, is_kept) in [
            ("boot-0123456789abcdef.js", true),
            ("clerk-invitations-later-0123456789abcdef.wasm", true),
            ("style-0123456789abcdef.css", true),
            ("index.html", false),
            ("theme.css", false),
            // Other pages have it in their tags, and it names the current version of all others.
            ("embed.js", false),
            ("locales/de.json", false),
            ("boot-0123456789abcdeg.js", false),
            ("boot-0123456789abcdef0.js", false),
            ("boot-0123456789abcdef.json", false),
            ("0123456789abcdef.js", false),
            ("accept", false),
        ] {
            assert_eq!(cache_control(name) == IMMUTABLE, is_kept, "{name}");
            assert_eq!(regex.is_match(name), is_kept, "{name}");
        }
    }
}
