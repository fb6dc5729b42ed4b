//! nginx: a file to include in the server block of a site.

use super::{ACCEPT, Deployment, INDEX, Packed, SITE};
use crate::{Files, cache};

pub fn files(page: &Deployment) -> Files {
    let mut files = page.placed(SITE, Packed::Kept);
    files.insert("clerk-invitations.conf".to_owned(), configuration(page).into_bytes());
    files
}

/// The whole page is one location, so that it leaves the rest of the site alone, and `^~` keeps locations of the site by
/// regular expression, such as one for all `.js`, away from it.
fn configuration(page: &Deployment) -> String {
    let path = &page.path;
    let to_folder = page.path_without_slash().map_or(String::new(), |short| {
        format!(
            "location = {short} {{\n    absolute_redirect off;\n    return 308 {path}$is_args$args;\n}}\n"
        )
    });
    let security = |indent: &str| {
        let lines = page.security_headers().into_iter();
        lines
            .map(|(name, value)| format!("{indent}add_header {name} \"{value}\" always;\n"))
            .collect::<String>()
    };
    format!(
        r#"# clerk-invitations under {path}: `include` this file in the `server` block of your site.
# Needs nginx 1.21.0 or newer, whose mime.types has wasm.
{to_folder}location ^~ {path} {{
    # The folder "{SITE}", wherever you put it.
    root /var/www/clerk-invitations/{SITE};
    gzip_static on;
    gzip_vary on;
    # Where nginx has the module for it (Debian: libnginx-mod-http-brotli-static), also:
    # brotli_static on;
    absolute_redirect off;

    add_header Cache-Control "{revalidated}";
{outer}    try_files $uri =404;

    # An address without an extension is one of the page's own. A missing script or config.json stays a 404.
    location ~ "^{regex}[^./]*$" {{
        try_files {path}{INDEX} =404;
    }}
    location = {path}{ACCEPT}/ {{
        return 308 {path}{ACCEPT}$is_args$args;
    }}
    # Headers of the outer block do not reach a block that has its own. Cache-Control is not for errors: no browser may keep
    # for a year that a file is missing.
    location ~ "{hashed}" {{
        try_files $uri =404;
        add_header Cache-Control "{immutable}";
{inner}    }}
}}
"#,
        regex = page.path_regex(),
        outer = security("    "),
        inner = security("        "),
        hashed = cache::HASHED,
        immutable = cache::IMMUTABLE,
        revalidated = cache::REVALIDATED,
    )
}
