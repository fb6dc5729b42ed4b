//! Apache: a `.htaccess` beside `index.html`.

use super::{ACCEPT, Deployment, INDEX, Packed};
use crate::{Files, cache};

pub fn files(page: &Deployment) -> Files {
    let mut files = page.placed("", Packed::Kept);
    files.insert(page.place("", ".htaccess"), access_file(page).into_bytes());
    files
}

/// Apache itself redirects `/team` to `/team/`, which is a folder of its own.
fn access_file(page: &Deployment) -> String {
    let security = page.security_headers().into_iter();
    let security =
        security.map(|(name, value)| format!("Header always set {name} \"{value}\"\n")).collect::<String>();
    format!(
        r#"# clerk-invitations. Needs mod_headers, mod_mime and mod_rewrite, and `AllowOverride FileInfo Indexes` for this folder.
DirectoryIndex {INDEX}

AddType application/wasm .wasm
AddType text/javascript .js
# In some set-ups .br is the Breton language and .gz an archive.
RemoveLanguage .br
RemoveType .br .gz
AddEncoding br .br
AddEncoding gzip .gz

RewriteEngine On
RewriteBase {path}
RewriteRule ^{ACCEPT}/$ {ACCEPT} [R=308,L]
# An address without an extension is one of the page's own. A missing script or config.json stays a 404.
RewriteRule ^[^./]*$ {INDEX}
# The packed copies, for browsers that take them. mod_deflate does not pack a second time.
RewriteCond %{{HTTP:Accept-Encoding}} \bbr\b
RewriteCond %{{REQUEST_FILENAME}}.br -f
RewriteRule ^(.+)$ $1.br [L,E=no-gzip:1]
RewriteCond %{{HTTP:Accept-Encoding}} \bgzip\b
RewriteCond %{{REQUEST_FILENAME}}.gz -f
RewriteRule ^(.+)$ $1.gz [L,E=no-gzip:1]

{security}Header merge Vary Accept-Encoding
# Without "always", because no browser may keep for a year that a file is missing.
Header set Cache-Control "{revalidated}"
<FilesMatch "{hashed}">
Header set Cache-Control "{immutable}"
</FilesMatch>
"#,
        path = page.path,
        hashed = cache::HASHED.replace('$', r"(\.(br|gz))?$"),
        immutable = cache::IMMUTABLE,
        revalidated = cache::REVALIDATED,
    )
}
