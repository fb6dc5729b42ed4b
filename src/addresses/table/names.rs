//! Puts the name of a person together from the columns that have a part of it.

use crate::addresses::characters::{add_words, spaced};
use crate::addresses::headings::Part;

/// The cells of one row that have a part of the name, from left to right.
#[derive(Default)]
pub(super) struct NameParts(Vec<(Part, String)>);

impl NameParts {
    /// Adds a cell.
    pub(super) fn add(&mut self, part: Part, cell: &str) {
        self.0.push((part, spaced(cell)));
    }

    /// The name: all of it where one cell has that, otherwise its parts in the order in which they are spoken. A part that is
    /// in the name already is not said twice.
    pub(super) fn joined(self) -> String {
        let first = |part: Part| self.0.iter().find(|(of, _)| *of == part).map(|(_, text)| text.as_str());
        let all =
            |part: Part| self.0.iter().filter(move |(of, _)| *of == part).map(|(_, text)| text.as_str());
        if let Some(full) = first(Part::Full) {
            // An unquoted comma in the last column makes another cell: `Doe, Jane`.
            return join(std::iter::once(full).chain(all(Part::Plain)));
        }
        let given = all(Part::Given).chain(all(Part::Middle));
        let is_family_first = |text: &str| text.chars().all(is_east_asian);
        let joined = match (first(Part::Given), first(Part::Family)) {
            (Some(first), Some(family)) if is_family_first(first) && is_family_first(family) => {
                join(all(Part::Family).chain(given))
            }
            _ => join(given.chain(all(Part::Family)).chain(all(Part::Plain))),
        };
        if joined.is_empty() { first(Part::Nick).unwrap_or("").to_owned() } else { joined }
    }
}

/// The parts, each once.
fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut name = String::new();
    for part in parts {
        let is_known = name == part
            || name.strip_suffix(part).is_some_and(|before| before.ends_with(' '))
            || name.strip_prefix(part).is_some_and(|after| after.starts_with(' '));
        if !is_known {
            add_words(&mut name, part);
        }
    }
    name
}

/// Han, kana or Hangul, of which a name begins with the family.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}
