//! Caddy: a file to import in the block of a site.

use super::{ACCEPT, Deployment, INDEX, Packed, SITE};
use crate::{Files, cache};

pub fn files(page: &Deployment) -> Files {
    let mut files = page.placed(SITE, Packed::Kept);
    files.insert("clerk-invitations.caddy".to_owned(), configuration(page).into_bytes());
    files
}

fn configuration(page: &Deployment) -> String {
    let path = &page.path;
    let to_folder = page
        .path_without_slash()
        .map_or(String::new(), |short| format!("redir {short} {path}?{{query}} 308\n"));
    let security = page.security_headers().into_iter();
    let security = security.map(|(name, value)| format!("\t\t{name} \"{value}\"\n")).collect::<String>();
    format!(
        r#"# clerk-invitations under {path}: `import` this file in the block of your site.
{to_folder}handle {path}* {{
	# The folder "{SITE}", wherever you put it.
	root * /var/www/clerk-invitations/{SITE}

	header {{
{security}	}}
	# With "file", because no browser may keep for a year that a file is missing.
	@hashed {{
		file
		path_regexp {hashed}
	}}
	header @hashed Cache-Control "{immutable}"
	@other not path_regexp {hashed}
	header @other Cache-Control "{revalidated}"

	redir {path}{ACCEPT}/ {path}{ACCEPT}?{{query}} 308
	# An address without an extension is one of the page's own. A missing script or config.json stays a 404.
	@route path_regexp ^{regex}[^./]*$
	rewrite @route {path}{INDEX}
	file_server {{
		precompressed br gzip
	}}
}}
"#,
        regex = page.path_regex(),
        hashed = cache::HASHED,
        immutable = cache::IMMUTABLE,
        revalidated = cache::REVALIDATED,
    )
}
