//! Reads the elements of XML as the objects of JSON: what stands within an element are its members, and those of the same name a list.

use roxmltree::{Document, Node};

use crate::json::{Members, Scalar};

/// The deepest element that is read. Records are a handful of levels deep; others are no records.
const DEEPEST: usize = 32;

/// An element with more members than this is no record.
const MOST_MEMBERS: usize = 256;
/// Elements of HTML, which is read elsewhere.
const HTML: &str = "html body table tr td div p span a br ul ol li h1 h2 h3 b i u font";

/// The elements in `text`, which are one or several, as an object; `None` when it is no XML.
pub(super) fn parse(text: &str) -> Option<Scalar> {
    let text = text.trim();
    if !text.starts_with('<') || !text.ends_with('>') {
        return None;
    }
    // Copied from a file, records have no common element around them.
    let start = if text.starts_with("<?") { text.find("?>")?.saturating_add(2) } else { 0 };
    let whole = ["<all>", text.get(start..)?, "</all>"].concat();
    let document = Document::parse(&whole).ok()?;
    object(document.root_element(), 0).filter(|value| matches!(value, Scalar::Object(_)))
}

fn object(element: Node, depth: usize) -> Option<Scalar> {
    let is_html = HTML.split(' ').any(|name| element.tag_name().name().eq_ignore_ascii_case(name));
    if depth > DEEPEST || is_html {
        return None;
    }
    let mut members: Vec<(String, Scalar)> = vec![];
    for attribute in element.attributes() {
        members.push((attribute.name().to_owned(), Scalar::Text(attribute.value().to_owned())));
    }
    for child in element.children().filter(Node::is_element) {
        add(&mut members, child.tag_name().name(), object(child, depth.saturating_add(1))?);
        if members.len() > MOST_MEMBERS {
            return None;
        }
    }
    let text: String = element.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
    let text = text.trim();
    if members.is_empty() {
        return Some(Scalar::Text(text.to_owned()));
    }
    if !text.is_empty() {
        // `<email type="work">jane@example.com</email>`
        members.insert(0, ("value".to_owned(), Scalar::Text(text.to_owned())));
    }
    Some(Scalar::Object(Members(members)))
}

fn add(members: &mut Vec<(String, Scalar)>, name: &str, value: Scalar) {
    let place = members.iter_mut().rev().find(|(known, _)| known == name).map(|(_, known)| known);
    match place {
        Some(Scalar::List(list)) => list.push(value),
        Some(known) => {
            let first = std::mem::replace(known, Scalar::Null);
            *known = Scalar::List(vec![first, value]);
        }
        None => members.push((name.to_owned(), value)),
    }
}
