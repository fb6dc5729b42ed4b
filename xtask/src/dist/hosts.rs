//! `cargo xtask dist --host`: the page of `dist/` with what a host must be told, in a folder for each host.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use hosting::{Clerk, Deployment, Host};

use crate::{bundle::Files, configure, folder, paths};

/// Stands in for the address of the Frontend API where config.json does not say it yet.
const PLACEHOLDER: &str = "https://clerk.example.com";

/// Writes `dist-hosts/HOST/` for each host. `path` is `/` or a path such as `/team/`, under which the page will be served.
///
/// # Errors
/// When `path` is not such a path, config.json cannot be read, or a folder cannot be written.
pub fn write(hosts: &[Host], path: &str) -> Result<()> {
    let mut page = folder::read(&paths::dist())?;
    // config.json may have been edited since the build.
    configure::apply_compressed(&mut page)?;
    write_into(&paths::dist_hosts(), page, hosts, path)
}

fn write_into(folder: &Path, page: Files, hosts: &[Host], path: &str) -> Result<()> {
    let config = page.get("config.json").context("dist/ has no config.json")?;
    let clerk = Clerk::of_config(&String::from_utf8_lossy(config))?;
    if clerk.is_none() {
        println!(
            "dist/config.json has no publishableKey yet. The policy allows {PLACEHOLDER}: enter your key and run this again, \
             or put your Frontend API's address there."
        );
    }
    let deployment = Deployment::new(page, path, clerk.unwrap_or_else(|| Clerk::at(PLACEHOLDER)))?;
    for host in hosts {
        let folder = folder.join(host.name());
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("could not empty {}", folder.display()))?;
        }
        let files = host.files(&deployment)?;
        folder::write(&files, &folder)?;
        for script in files.keys().filter(|name| name.ends_with(".sh")) {
            make_executable(&folder.join(script))?;
        }
        println!("dist-hosts/{}/ is what to deploy", host.name());
    }
    println!("How: docs/deploy.md");
    Ok(())
}

#[cfg(unix)]
fn make_executable(script: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(script, fs::Permissions::from_mode(0o755))?)
}

#[cfg(not(unix))]
fn make_executable(_script: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(config: &str) -> Files {
        [("index.html", r#"<base href="./">"#), ("config.json", config)]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    fn policy(config: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        write_into(folder.path(), page(config), &[Host::Netlify], "/team/").unwrap();
        fs::read_to_string(folder.path().join("netlify/_headers")).unwrap()
    }

    #[test]
    fn the_policy_allows_the_frontend_api_that_config_json_names() {
        // clerk.acme.test
        let direct = policy(r#"{"publishableKey": "pk_live_Y2xlcmsuYWNtZS50ZXN0JA=="}"#);
        assert!(direct.contains("script-src 'self' https://clerk.acme.test "), "{direct}");
        let proxied =
            policy(r#"{"publishableKey": "pk_live_Y2xlcmsuYWNtZS50ZXN0JA==", "proxyUrl": "/__clerk"}"#);
        assert!(!proxied.contains("acme"), "{proxied}");
        assert!(policy("{}").contains(PLACEHOLDER));
    }

    #[test]
    fn each_host_gets_a_folder_of_its_own_without_files_of_an_older_page() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("nginx/site/boot-old.js");
        fs::create_dir_all(old.parent().unwrap()).unwrap();
        fs::write(&old, "").unwrap();
        write_into(folder.path(), page("{}"), &Host::ALL, "/team/").unwrap();
        assert!(!old.exists());
        for host in Host::ALL {
            let files = folder::read(&folder.path().join(host.name())).unwrap();
            assert!(files.keys().any(|name| name.ends_with("index.html")), "{host:?}");
        }
    }
}
