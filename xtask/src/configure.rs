//! `cargo xtask configure`: makes a finished folder fit a configuration, as `cargo xtask dist` does at its end.
//!
//! config.json says what the page does. index.html holds what follows from it for clerk-js, which all else waits for: without that, the
//! browser would learn of it only once boot.js and config.json have arrived, and with a warm cache would have it wait for config.json.
//! When the two disagree, boot.js takes that clerk-js away again, which has asked Clerk for nothing, and says so in the console.
//!
//! In the same way index.html holds a copy of theme.css, by which the page is drawn until that has arrived, and then no longer.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{
    bundle::{self, DOCUMENT, Files},
    config, folder, paths, run,
};

/// The settings, beside index.html.
const SETTINGS: &str = "config.json";
/// The deployer's stylesheet, beside it.
const THEME: &str = "theme.css";

/// Writes the settings that environment variables hold into the config.json of a finished folder, and has its index.html fit
/// that.
///
/// # Errors
/// As [`fit`], and when a variable holds no setting.
pub fn run(folder: &Path) -> Result<()> {
    let path = folder.join(SETTINGS);
    let settings = fs::read_to_string(&path);
    let settings =
        settings.with_context(|| format!("{} is no folder with a built page", folder.display()))?;
    fit(folder, &config::merged(&settings, |name| std::env::var(name).ok())?)?;
    println!("{} and index.html beside it say the same", path.display());
    Ok(())
}

/// A copy of `dist/`, to be configured for a sandbox as a deployer configures theirs for Clerk.
///
/// # Errors
/// When `dist/` is missing, or the copy cannot be written.
pub fn copy_of_dist() -> Result<PathBuf> {
    let copy = paths::scratch()?.join("configured");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    folder::write(&folder::read(&paths::dist())?, &copy)?;
    Ok(copy)
}

/// Writes these settings into a finished folder, and has its index.html fit them and the theme.css there.
///
/// # Errors
/// When the folder is none that `cargo xtask dist` has made, or the settings are not a JSON object.
pub fn fit(folder: &Path, settings: &str) -> Result<()> {
    let document = fs::read(folder.join(DOCUMENT)).context("there is no index.html")?;
    let mut files =
        Files::from([(DOCUMENT.to_owned(), document), (SETTINGS.to_owned(), settings.as_bytes().to_vec())]);
    if let Ok(theme) = fs::read(folder.join(THEME)) {
        files.insert(THEME.to_owned(), theme);
    }
    apply(&mut files)?;
    files.remove(THEME);
    let compressed = bundle::compressed(&files)?;
    folder::write(&files, folder)?;
    folder::write(&compressed, folder)
}

/// Has index.html and its compressed forms fit the config.json among the files.
///
/// # Errors
/// As [`apply`].
pub fn apply_compressed(files: &mut Files) -> Result<()> {
    apply(files)?;
    let document = files.get(DOCUMENT).context("there is no index.html")?.clone();
    files.extend(bundle::compressed(&Files::from([(DOCUMENT.to_owned(), document)]))?);
    Ok(())
}

/// Has index.html fit the config.json and the theme.css among the files.
///
/// # Errors
/// When index.html or config.json is missing or cannot be read.
pub fn apply(files: &mut Files) -> Result<()> {
    let settings = files.get(SETTINGS).context("there is no config.json")?;
    let script = clerk_script(std::str::from_utf8(settings)?)?;
    let document = files.get(DOCUMENT).context("there is no index.html")?;
    let document = bundle::with_clerk_script(std::str::from_utf8(document)?, script.as_deref())?;
    let theme = files.get(THEME).map_or(Ok(""), |theme| std::str::from_utf8(theme));
    let document = bundle::with_theme(&document, theme.ok())?;
    files.insert(DOCUMENT.to_owned(), document.into_bytes());
    Ok(())
}

/// The tag of clerk-js as JSON, if boot.js is to add it. boot.js itself says so.
fn clerk_script(settings: &str) -> Result<Option<String>> {
    let settings = settings.trim_start_matches('\u{feff}');
    let is_object =
        serde_json::from_str(settings).is_ok_and(|settings: serde_json::Value| settings.is_object());
    ensure!(is_object, "config.json is not a JSON object");
    let boot =
        fs::read_to_string(paths::root().join("assets/boot.js")).context("there is no assets/boot.js")?;
    let settings = serde_json::to_string(settings)?;
    let program = format!("{boot}\nconsole.log(JSON.stringify(clerkScript(JSON.parse({settings}))));");
    let printed = run::output_with_input(Command::new("node").arg("--input-type=module"), program.as_bytes());
    let script = String::from_utf8(printed?).context("boot.js did not say where clerk-js is")?;
    Ok(Some(script.trim().to_owned()).filter(|script| script != "null"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT_TEXT: &str = "<head>\n<base href=\"/team/\">\n<title>Invitations</title>\n</head>\n";

    /// index.html with these settings.
    fn configured(document: &str, settings: &str) -> String {
        let mut files = Files::from([
            (DOCUMENT.to_owned(), document.as_bytes().to_vec()),
            (SETTINGS.to_owned(), settings.as_bytes().to_vec()),
        ]);
        apply(&mut files).unwrap();
        assert_eq!(files[SETTINGS], settings.as_bytes());
        String::from_utf8(files.remove(DOCUMENT).unwrap()).unwrap()
    }

    fn settings(more: &str) -> String {
        format!("{{\"publishableKey\": \"pk_test_Y2xlcmsuZXhhbXBsZS5jb20k\"{more}}}")
    }

    fn preload(address: &str, more: &str) -> String {
        let script = format!(
            r#"{{"src":"{address}","attributes":{{"data-clerk-publishable-key":"pk_test_Y2xlcmsuZXhhbXBsZS5jb20k"{more}}}}}"#
        );
        let script = script.replace('"', "&quot;");
        format!(
            r#"<link rel="preload" as="script" crossorigin="anonymous" fetchpriority="high" href="{address}" data-script="{script}">"#
        )
    }

    #[test]
    fn the_page_asks_for_clerk_js_where_its_settings_say_before_all_else() {
        let address = "https://clerk.example.com/npm/@clerk/clerk-js@6/dist/clerk.browser.js";
        let expected = DOCUMENT_TEXT.replace("<title>", &format!("{}\n<title>", preload(address, "")));
        assert_eq!(configured(DOCUMENT_TEXT, &settings("")), expected);
        let proxied = configured(DOCUMENT_TEXT, &settings(r#", "proxyUrl": "/__clerk/""#));
        let address = "/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js";
        let link = preload(address, r#","data-clerk-proxy-url":"/__clerk""#);
        assert!(proxied.contains(&link), "{proxied}");
    }

    #[test]
    fn other_settings_take_the_place_of_the_former_ones() {
        let before = configured(DOCUMENT_TEXT, &settings(r#", "clerkJsUrl": "/before.js""#));
        assert!(before.contains("/before.js"));
        assert_eq!(configured(&before, &settings("")), configured(DOCUMENT_TEXT, &settings("")));
        assert_eq!(configured(&before, "{\"publishableKey\": \"\"}"), DOCUMENT_TEXT);
    }

    #[test]
    fn a_page_whose_clerk_js_boot_js_leaves_to_the_wasm_asks_for_none() {
        let satellite = settings(r#", "domain": "b.example.com", "isSatellite": true"#);
        assert_eq!(configured(DOCUMENT_TEXT, &satellite), DOCUMENT_TEXT);
    }

    #[test]
    fn no_address_ends_the_attribute_that_it_stands_in() {
        let document = configured(DOCUMENT_TEXT, &settings(r#", "clerkJsUrl": "/a.js?\"><script>&b""#));
        assert!(
            !document.contains("<script>") || document.matches('"').count().is_multiple_of(2),
            "{document}"
        );
        assert!(document.contains("/a.js?&quot;"), "{document}");
    }

    /// A page whose theme.css has these bytes, or none, from one whose copy has the others.
    fn themed<'a>(copy: impl Into<Option<&'a [u8]>>, theme: impl Into<Option<&'a [u8]>>) -> String {
        let mut document =
            DOCUMENT_TEXT.replace("<title>", "<link rel=\"stylesheet\" href=\"theme.css\">\n<title>");
        for theme in [copy.into(), theme.into()] {
            let mut files = Files::from([
                (DOCUMENT.to_owned(), document.into_bytes()),
                (SETTINGS.to_owned(), b"{}".to_vec()),
            ]);
            files.extend(theme.map(|theme| (THEME.to_owned(), theme.to_vec())));
            apply(&mut files).unwrap();
            assert_eq!(files.get(THEME).map(Vec::as_slice), theme);
            document = String::from_utf8(files.remove(DOCUMENT).unwrap()).unwrap();
        }
        document
    }

    #[test]
    fn the_page_is_drawn_by_a_copy_of_the_theme_before_that_has_arrived() {
        let theme = "/* Ours. */ :root { --ci-accent: red; }\n";
        let link = "<link rel=\"stylesheet\" href=\"theme.css\" media=\"print\">";
        let copy = format!("<style data-theme>{}</style>\n{link}", theme.trim());
        let marked = format!("\u{feff}{theme}");
        for before in ["", ":root { --ci-accent: blue; }", "a::before { content: \"</style>\" }"] {
            for theme in [theme, &marked] {
                let page = themed(before.as_bytes(), theme.as_bytes());
                assert!(page.contains(&copy) && page.matches("<style").count() == 1, "{page}");
            }
        }
        for no_rules in [Some(&b" /* Nothing /* yet. */ "[..]), None] {
            let page = themed(theme.as_bytes(), no_rules);
            assert!(page.contains(link) && !page.contains("<style"), "{page}");
        }
    }

    #[test]
    fn a_theme_that_can_not_stand_in_the_page_is_waited_for() {
        for before in [&b""[..], b":root { --ci-accent: red; }"] {
            for theme in
                [&b"a::before { content: \"</style><script>\"; }"[..], b"a::before { content: \"\xe9\"; }"]
            {
                let page = themed(before, theme);
                assert!(page.contains("<link rel=\"stylesheet\" href=\"theme.css\">"), "{page}");
                assert!(!page.contains("<style"), "{page}");
            }
        }
    }

    #[test]
    fn settings_that_are_no_json_object_are_refused() {
        for text in ["", "[]", "{", "7"] {
            let error = clerk_script(text).unwrap_err().to_string();
            assert!(error.contains("config.json"), "{error}");
        }
    }
}
