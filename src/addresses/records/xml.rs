//! Reads Excel's workbooks of 2003, which are XML, as the table in them, and the elements of other XML as the objects of JSON: what stands within an element are its members, and those of the same name a list.

use roxmltree::{Document, Node};

use crate::addresses::csv::field;
use crate::json::{Members, Scalar};

/// The deepest element that is read. Records are a handful of levels deep; others are no records.
const DEEPEST: usize = 32;

/// An element with more members than this is no record.
const MOST_MEMBERS: usize = 256;
/// Elements of HTML, which is read elsewhere.
const HTML: &str = "html body table tr td div p span a br ul ol li h1 h2 h3 b i u font";

/// What Excel calls its workbooks of 2003, near their start.
const WORKBOOK: &str = "urn:schemas-microsoft-com:office:spreadsheet";
/// A row has no more cells.
const MOST_CELLS: usize = 1024;

/// Is it one of Excel's workbooks of 2003?
pub(super) fn is_workbook(text: &str) -> bool {
    text.get(..text.floor_char_boundary(4096)).is_some_and(|head| head.contains(WORKBOOK))
}

/// The first sheet with an address in it of Excel's workbooks of 2003, as a table.
pub(super) fn workbook(text: &str) -> Option<String> {
    let document = Document::parse(text.trim()).ok()?;
    let sheets = document.descendants().filter(|node| node.tag_name().name() == "Worksheet");
    sheets.filter_map(sheet).find(|table| table.contains('@'))
}

fn sheet(sheet: Node) -> Option<String> {
    let mut out = String::new();
    for row in sheet.descendants().filter(|node| node.tag_name().name() == "Row") {
        let mut place = 0_usize;
        for cell in row.children().filter(|node| node.tag_name().name() == "Cell") {
            // Empty cells before this one are not written.
            let number = cell.attributes().find(|attribute| attribute.name() == "Index");
            let number = number.and_then(|number| number.value().parse::<usize>().ok());
            let next = number.map_or(place, |number| number.saturating_sub(1)).min(MOST_CELLS);
            (place..next).for_each(|_| out.push(','));
            place = next.max(place).saturating_add(1);
            let content = cell.children().find(|node| node.tag_name().name() == "Data");
            let texts = content.into_iter().flat_map(|content| content.descendants()).filter(Node::is_text);
            let text: String = texts.filter_map(|text| text.text()).collect();
            field(&mut out, &text);
            out.push(',');
        }
        // The separator behind the last cell.
        out.pop();
        out.push('\n');
    }
    Some(out)
}

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
