//! Writes config.json: assets/config.json, with the settings that environment variables override.

use std::{env, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::paths;

/// The page's settings by the names of Clerk's options, and the environment variables that set them, by Clerk's names too.
const VARIABLES: [(&str, &str); 9] = [
    ("publishableKey", "CLERK_PUBLISHABLE_KEY"),
    ("proxyUrl", "CLERK_PROXY_URL"),
    ("domain", "CLERK_DOMAIN"),
    ("isSatellite", "CLERK_IS_SATELLITE"),
    ("signInUrl", "CLERK_SIGN_IN_URL"),
    ("signUpUrl", "CLERK_SIGN_UP_URL"),
    ("clerkJsVersion", "CLERK_JS_VERSION"),
    ("clerkJsUrl", "CLERK_JS_URL"),
    ("clerkUiUrl", "CLERK_UI_URL"),
];

/// Writes config.json into the folder that trunk is filling. Trunk runs this after each build.
///
/// # Errors
/// When trunk did not start this program, assets/config.json is not a JSON object, or a variable cannot be understood.
pub fn write() -> Result<()> {
    let folder =
        env::var_os("TRUNK_STAGING_DIR").context("TRUNK_STAGING_DIR is not set: only trunk runs `config`")?;
    let source = paths::root().join("assets/config.json");
    let text = fs::read_to_string(&source).context("could not read assets/config.json")?;
    let text = merged(&text, |name| env::var(name).ok())?;
    fs::write(Path::new(&folder).join("config.json"), text).context("could not write config.json")
}

/// `text` with the settings that variables override. Unchanged to the byte when there are none, so that the developer's
/// formatting stays.
///
/// # Errors
/// When `text` is not a JSON object, or a variable cannot be understood.
pub fn merged(text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<String> {
    let mut settings: Map<String, Value> =
        serde_json::from_str(text).context("config.json is not a JSON object")?;
    let before = settings.clone();
    for (key, name) in VARIABLES {
        let Some(chosen) = variable(name).filter(|chosen| !chosen.is_empty()) else {
            continue;
        };
        let value = match key {
            "isSatellite" => match chosen.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => bail!("{name} must be true or false, not {chosen:?}"),
            },
            _ => Value::String(chosen),
        };
        settings.insert(key.to_owned(), value);
    }
    if settings == before {
        return Ok(text.to_owned());
    }
    Ok(serde_json::to_string_pretty(&settings)? + "\n")
}

/// The variables that override settings, with their values. Builds with different ones differ.
pub fn environment() -> Vec<(&'static str, Option<String>)> {
    VARIABLES.map(|(_, name)| (name, env::var(name).ok())).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "{ \"publishableKey\": \"\", \"pageSize\": 25 }";

    fn with(set: &[(&str, &str)]) -> Result<String> {
        merged(FILE, |name| {
            let found = set.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn without_variables_the_file_is_copied_as_it_is() {
        assert_eq!(with(&[]).unwrap(), FILE);
        assert_eq!(with(&[("CLERK_PROXY_URL", "")]).unwrap(), FILE);
    }

    #[test]
    fn a_variable_wins_over_the_file_and_leaves_the_rest() {
        let text = with(&[("CLERK_PUBLISHABLE_KEY", "pk_test_x"), ("CLERK_IS_SATELLITE", "true")]).unwrap();
        let settings: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            settings,
            serde_json::json!({"publishableKey": "pk_test_x", "pageSize": 25, "isSatellite": true})
        );
    }

    #[test]
    fn a_satellite_that_is_neither_true_nor_false_is_refused() {
        let refusal = with(&[("CLERK_IS_SATELLITE", "yes")]).unwrap_err().to_string();
        assert!(refusal.contains("CLERK_IS_SATELLITE"), "{refusal}");
    }
}
