//! Reads tables in the markup of wikis: `||Name||Email||`, below it `|Jane|[jane@x.com|mailto:jane@x.com]|`.

use crate::addresses::characters::examine;

/// The table with a bar between its cells; `None` when `text` does not start with such a heading.
pub(super) fn as_table(text: &str) -> Option<String> {
    if !text.trim_start().starts_with("||") {
        return None;
    }
    examine(text.len());
    let mut out = String::new();
    for line in text.lines() {
        let mut rest = line;
        while let Some((before, link)) = rest.split_once('[') {
            // A link that does not end, or has another bar before its end, is none.
            let Some((link, after)) = link.split_once(']') else { break };
            add(&mut out, before);
            let (title, target) = link.split_once('|').unwrap_or(("", link));
            let target = target.strip_prefix("mailto:").unwrap_or(target);
            out.push_str(if target.contains('@') { target } else { title });
            rest = after;
        }
        add(&mut out, rest);
        out.push('\n');
    }
    Some(out)
}

/// Adds what stands outside of links. A heading has two bars between its cells.
fn add(out: &mut String, text: &str) {
    out.push_str(&text.replace("||", "|"));
}
