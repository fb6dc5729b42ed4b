//! HTML as text: `<a href="mailto:jane@example.com">Jane</a>`, `&lt;jane@example.com&gt;`.

use crate::addresses::characters::{examine, is_invisible};
use crate::addresses::prose::links;

/// Elements that stand within a line.
const INLINE: &str = "a abbr b bdi bdo big cite code em font i img ins del kbd mark o:p s samp small span strike strong \
    sub sup tt u wbr";
/// Elements that end what stands before them.
const BLOCKS: &str = "address article aside blockquote body br button caption center col colgroup dd div dl dt fieldset \
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html input label legend li link main meta nav ol option p pre \
    section select style table tbody td tfoot th thead title tr ul";
/// The characters that HTML writes by name where addresses are concerned.
const ENTITIES: [(&str, char); 10] = [
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("commat", '@'),
    ("period", '.'),
    ("comma", ','),
    ("lowbar", '_'),
];
const LONGEST_ENTITY: usize = 10;

/// What a tag does to the line.
enum Tag {
    Inline,
    Cell,
    Block,
    /// The link around what follows, up to the end of the element.
    Link(String),
    EndOfLink,
}

/// `line` without its tags, and with the addresses of its links behind their text; `None` when it has none.
pub(super) fn without_tags(line: &str) -> Option<String> {
    let (mut out, mut rest, mut is_any) = (String::new(), line, false);
    let mut link = None::<String>;
    while let Some((before, behind)) = rest.split_once('<') {
        examine(before.len());
        out.push_str(before);
        rest = behind;
        let Some((tag, after)) = tag(behind).filter(|_| !is_within_tag(&out)) else {
            out.push('<');
            continue;
        };
        is_any = true;
        rest = after;
        match tag {
            Tag::Inline => {}
            Tag::Cell => out.push(' '),
            Tag::Block => {
                close(&mut out, &mut link);
                out.push('\n');
            }
            Tag::Link(address) => {
                close(&mut out, &mut link);
                link = Some(address);
            }
            Tag::EndOfLink => close(&mut out, &mut link),
        }
    }
    out.push_str(rest);
    close(&mut out, &mut link);
    is_any.then_some(out)
}

/// Does `before` end with the beginning of a tag? What stands behind it would become a tag if another one were taken out.
fn is_within_tag(before: &str) -> bool {
    let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(12))..).unwrap_or("");
    near.rsplit_once('<').is_some_and(|(_, name)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '/'))
}

fn close(out: &mut String, link: &mut Option<String>) {
    if let Some(link) = link.take() {
        out.push(' ');
        out.push_str(&link);
        out.push('\n');
    }
}

/// The tag whose `<` stands before `text`, and what follows it.
fn tag(text: &str) -> Option<(Tag, &str)> {
    let name = text.strip_prefix('/').unwrap_or(text);
    let end = name.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric() && byte != b':')?;
    let is_end = name.len() < text.len();
    let rest = name.get(end..)?;
    let name = name.get(..end)?.to_ascii_lowercase();
    let is_of = |known: &str| !name.is_empty() && known.split(' ').any(|known| known == name);
    let is_block = is_of(BLOCKS);
    if !(is_block || is_of(INLINE)) || !rest.starts_with([' ', '\t', '/', '>']) {
        return None;
    }
    // A tag that is not closed before the next one is none.
    let close = rest.find(['<', '>']).unwrap_or(rest.len());
    examine(close);
    let after = rest.get(close..)?.strip_prefix('>')?;
    let attributes = rest.get(..close)?;
    let is_first = attributes.trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
    if !(matches!(attributes.trim(), "" | "/") || is_first && attributes.contains('=')) {
        return None;
    }
    if name == "a" && is_end {
        return Some((Tag::EndOfLink, after));
    }
    let link = links::find(attributes).filter(|_| name == "a").and_then(|at| attributes.get(at..));
    if let Some(link) = link {
        let link = link.split(['"', '\'', ' ']).next().unwrap_or("");
        let link = decoded(link).unwrap_or_else(|| link.to_owned());
        return Some((Tag::Link(links::recipients(&link).0), after));
    }
    let is_cell = name == "td" || name == "th";
    Some((
        if is_cell {
            Tag::Cell
        } else if is_block {
            Tag::Block
        } else {
            Tag::Inline
        },
        after,
    ))
}

/// `line` with the characters that HTML writes by name or number; `None` when it has none.
pub(super) fn decoded(line: &str) -> Option<String> {
    let (mut out, mut rest, mut is_any) = (String::new(), line, false);
    while let Some((before, behind)) = rest.split_once('&') {
        examine(before.len());
        out.push_str(before);
        rest = behind;
        match entity(behind) {
            Some((c, after)) => {
                out.extend([c].into_iter().filter(|c| !is_invisible(*c)));
                rest = after;
                is_any = true;
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    is_any.then_some(out)
}

/// The character whose `&` stands before `text`, and what follows it.
fn entity(text: &str) -> Option<(char, &str)> {
    let near = text.get(..text.floor_char_boundary(LONGEST_ENTITY))?;
    let (name, _) = near.split_once(';')?;
    let after = text.get(name.len().saturating_add(1)..)?;
    let known = ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    let numbered = || {
        let number = name.strip_prefix('#')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control())
    };
    known.or_else(numbered).map(|c| (c, after))
}
