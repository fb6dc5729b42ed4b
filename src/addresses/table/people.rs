//! What one row says of a person.

use std::collections::VecDeque;

use crate::addresses::characters::{add_words, examine, is_blank, spaced};
use crate::addresses::csv::field;
use crate::addresses::headings::{Gauge, Part};
use crate::addresses::prose::Prose;
use crate::addresses::status::{
    example, is_guest, is_machine, is_mark, is_nothing, is_out, is_refusal, mark_of_out,
};
use crate::addresses::table::columns::Use;
use crate::addresses::table::content::{is_address_cell, is_exact, is_guest_login, separated};
use crate::addresses::table::detect::Section;
use crate::addresses::table::names::NameParts;
use crate::addresses::{Cause, Doubt, ParsedAddress};

/// A name or role that is longer than this is given to the first address of its row only: otherwise a small file could fill
/// the memory.
pub(in crate::addresses) const LONGEST_SHARED: usize = 256;
/// So many words around an address make a sentence, in which anybody may be named.
const SENTENCE: usize = 4;

/// A row, and how far its addresses are read.
#[derive(Default)]
pub(in crate::addresses) struct Person {
    /// The cells with the addresses, or the text that stands in their place.
    cells: VecDeque<Prose>,
    name: Option<String>,
    role: Option<String>,
    doubt: Option<Cause>,
    /// A name beside the address is a part of the whole name: without a heading the columns may have the rest.
    adds_names: bool,
    /// An address stands in `<>`: what stands before it is its name.
    is_bracketed: bool,
    /// There is an address among the cells.
    pub(in crate::addresses) has_address: bool,
    /// A status column says that the person is not active.
    pub(in crate::addresses) is_out: bool,
    /// The row has their name.
    is_named: bool,
}

/// What the cells of a row hold, by the use of their columns.
#[derive(Default)]
struct Found<'a> {
    addresses: Vec<&'a str>,
    /// Another address, where it stands, and how good it is: the smaller the better.
    second: Option<(u8, usize, &'a str)>,
    names: NameParts,
    role: String,
    is_out: bool,
    /// The column of notes that says that the person is not to be invited.
    refusal: Option<usize>,
}

impl Person {
    /// The people of a row, none when it has no word about a person: the one whom it is about, and others in columns of their
    /// own, who want a look.
    pub(super) fn of_row(
        cells: &[String],
        section: &Section,
        is_headed: bool,
        is_own: bool,
    ) -> VecDeque<Self> {
        let further = Self::further(cells, section);
        let first = Self::read(cells, section, is_headed, is_own);
        // The status is that of the row.
        let is_out = first.as_ref().is_some_and(|person| person.is_out);
        // A row that has only others is not about a first one whose name is something else.
        let is_somebody = |person: &Self| further.is_empty() || person.has_address || person.is_named;
        let first = first.filter(is_somebody);
        first.into_iter().chain(further.into_iter().map(|person| Self { is_out, ..person })).collect()
    }

    /// The people whom the columns for others in the same row name.
    fn further(cells: &[String], section: &Section) -> Vec<Self> {
        let mut people = Vec::new();
        for ((cell, column), heading) in cells.iter().zip(&section.uses).zip(&section.headings) {
            let Use::Further(number) = column else { continue };
            if !cell.contains('@') || is_guest_login(cell) {
                continue;
            }
            let mut names = NameParts::default();
            for (cell, column) in cells.iter().zip(&section.uses) {
                if let Use::FurtherName(of, part) = column
                    && of == number
                    && !is_nothing(cell)
                {
                    names.add(*part, cell);
                }
            }
            people.push(Self {
                cells: VecDeque::from([Prose::cell(separated(cell))]),
                name: Some(names.joined()).filter(|name| !name.is_empty()),
                doubt: Some(Cause::Column(spaced(heading))),
                is_bracketed: cell.contains('<'),
                has_address: true,
                ..Self::default()
            });
        }
        people
    }

    /// An address with a comma in it, in a table without a heading: `jane,doe@x.com` is no person called jane.
    pub(super) fn torn(text: String) -> Self {
        Self { cells: VecDeque::from([Prose::cell(text)]), has_address: true, ..Self::default() }
    }

    /// Reads a row; `None` when it has no word about a person. `is_headed`: the section has a heading. `is_own`: the table
    /// was written by [`to_csv`](crate::addresses::csv::to_csv), so that each cell is what it is.
    pub(super) fn read(cells: &[String], section: &Section, is_headed: bool, is_own: bool) -> Option<Self> {
        let first = cells.iter().find(|cell| !is_blank(cell))?;
        let mut is_example = example(first).is_some() && !is_own;
        let found = Found::of(cells, section, is_own);
        let mut person = Self { is_out: found.is_out, adds_names: !is_headed, ..Self::default() };
        let name = found.names.joined();
        person.is_named = !name.is_empty();
        for cell in &found.addresses {
            let rest = example(cell).filter(|_| cell.contains('@'));
            is_example |= rest.is_some();
            let cell = rest.filter(|rest| !rest.is_empty()).unwrap_or(cell);
            person.has_address |= cell.contains('@');
            person.is_bracketed |= cell.contains('<');
            if cell.contains('@') && !cell.contains('<') && is_sentence_around(cell) && !is_own {
                person.doubt = Some(Cause::Column(first_heading(section)));
            }
            person.cells.push_back(Prose::cell(if is_own { cell.to_owned() } else { separated(cell) }));
        }
        if let (None, Some((rank, at, cell))) = (person.cells.front(), found.second) {
            person.has_address = true;
            if rank > 0 || !is_address_cell(cell) {
                let heading = section.headings.get(at).map(|heading| spaced(heading));
                person.doubt = Some(Cause::Column(heading.unwrap_or_default()));
            }
            person.cells.push_back(Prose::cell(separated(cell)));
        }
        if person.cells.is_empty() {
            let text = if name.is_empty() { instead(cells, section)? } else { name };
            if is_example {
                return None;
            }
            person.cells.push_back(Prose::new(quoted(&text)));
        } else if !name.is_empty() {
            person.name = Some(name);
        }
        if let Some(heading) = found.refusal.and_then(|at| section.headings.get(at)) {
            person.doubt = Some(Cause::Column(spaced(heading)));
        }
        if is_example {
            person.doubt = Some(Cause::Example);
        }
        person.role = Some(found.role).filter(|role| !role.is_empty());
        Some(person)
    }

    /// Says why its addresses may not be the ones that were meant.
    pub(super) fn doubted(mut self, cause: Cause) -> Self {
        self.doubt = Some(cause);
        self
    }

    /// Reads the next cell that has something to read.
    fn next_in_cells(&mut self) -> Option<ParsedAddress> {
        loop {
            if let Some(address) = self.cells.front_mut()?.next() {
                return Some(address);
            }
            self.cells.pop_front();
        }
    }
}

impl Iterator for Person {
    type Item = ParsedAddress;

    fn next(&mut self) -> Option<ParsedAddress> {
        let mut address = self.next_in_cells()?;
        address.role = share(&mut self.role);
        match &mut address.name {
            None => address.name = share(&mut self.name),
            Some(own) if self.adds_names => {
                // `Doe;Jane <jane@x.com>`: without a heading all of it is the name.
                let mut name = share(&mut self.name).unwrap_or_default();
                add_words(&mut name, own);
                *own = name;
            }
            // `jane@x.com (work)`: the column of names knows better.
            Some(own) if !self.is_bracketed && self.name.is_some() => {
                if let Some(name) = share(&mut self.name) {
                    *own = name;
                }
            }
            Some(_) => {}
        }
        if let Some(cause) = &self.doubt
            && address.text.contains('@')
        {
            let offer = address.doubt.and_then(|doubt| doubt.offer);
            address.doubt = Some(Doubt { cause: cause.clone(), offer });
        }
        Some(address)
    }
}

impl<'a> Found<'a> {
    fn of(cells: &'a [String], section: &'a Section, is_own: bool) -> Self {
        let mut found = Self::default();
        let addresses = || cells.iter().zip(&section.uses).filter(|(_, column)| **column == Use::Address);
        // Programs write the address where they know no name.
        let is_address =
            |name: &str| is_exact(name.trim()) && addresses().any(|(cell, _)| cell.trim() == name.trim());
        for (at, cell) in cells.iter().take(trusted(cells, section)).enumerate() {
            if is_blank(cell) || !is_own && is_nothing(cell) {
                continue;
            }
            let column = section.uses.get(at).copied();
            let rank = match column {
                Some(Use::Peer) => 0,
                Some(Use::Login) => 1,
                _ => 2,
            };
            match column {
                Some(Use::Address) if !is_guest_login(cell) => found.addresses.push(cell),
                Some(Use::Peer | Use::Login | Use::Second) => {
                    let is_better = found.second.is_none_or(|(known, ..)| rank < known);
                    if cell.contains('@') && !is_guest_login(cell) && is_better {
                        found.second = Some((rank, at, cell));
                    }
                }
                Some(Use::Name(part)) if is_own || !is_address(cell) => {
                    found.is_out |= mark_of_out(cell).is_some() && !is_own;
                    found.add_name(part, cell);
                }
                // A name with a comma that is not quoted makes one cell too many.
                None if matches!(section.uses.last(), Some(Use::Name(_))) => {
                    found.add_name(Part::Plain, cell)
                }
                Some(Use::Role) => {
                    found.is_out |= is_machine(cell) && !is_own;
                    add_words(&mut found.role, cell);
                }
                Some(Use::Note) if is_refusal(cell) => found.refusal = Some(at),
                Some(Use::Status(gauge)) => {
                    found.is_out |= is_out(gauge, cell) || gauge == Gauge::Words && is_guest(cell);
                }
                _ => {}
            }
        }
        found
    }

    fn add_name(&mut self, part: Part, cell: &str) {
        let cell = example(cell).filter(|rest| !rest.is_empty()).unwrap_or(cell);
        self.names.add(part, cell);
    }
}

/// How many of the cells stand where the heading says. A password with a comma in it that is not quoted moves all that
/// follows, and must not become a name.
pub(super) fn trusted(cells: &[String], section: &Section) -> usize {
    let secret = section.uses.iter().position(|column| *column == Use::Secret);
    match secret {
        Some(secret) if cells.len() > section.uses.len() => secret,
        _ => cells.len(),
    }
}

/// The text by which a row without address and name is known: its first cell that says more than "yes", best one without an
/// address of somebody else.
fn instead(cells: &[String], section: &Section) -> Option<String> {
    let mut best: Option<&str> = None;
    for (at, cell) in cells.iter().take(trusted(cells, section)).enumerate() {
        if section.uses.get(at) == Some(&Use::Secret) || is_nothing(cell) || is_mark(cell) {
            continue;
        }
        match best {
            Some(known) if !known.contains('@') || cell.contains('@') => {}
            _ => best = Some(cell),
        }
    }
    best.map(str::to_owned)
}

/// A text that is no address, so that nothing in it separates and nothing in it is one.
fn quoted(text: &str) -> String {
    let mut words = String::new();
    for c in text.chars() {
        if c == '@' {
            words.push_str(" (at) ");
        } else {
            words.push(c);
        }
    }
    let mut out = String::new();
    field(&mut out, &spaced(&words));
    out
}

/// Could the text be a sentence?
pub(super) fn is_sentence(text: &str) -> bool {
    spaced(text).split(' ').count() > SENTENCE
}

/// Could the text around an address be a sentence? It has many words, or words on either side of the address.
fn is_sentence_around(cell: &str) -> bool {
    let cell = spaced(cell);
    let words: Vec<&str> = cell.split(' ').filter(|word| !is_blank(word)).collect();
    let mut parts = words.split(|word| word.contains('@'));
    let has_before = parts.next().is_some_and(|before| !before.is_empty());
    // `Jane Doe jane@x.com (work)` is none.
    let has_behind = parts.any(|behind| behind.first().is_some_and(|word| !word.starts_with('(')));
    words.iter().filter(|word| !word.contains('@')).count() >= SENTENCE || has_before && has_behind
}

/// The heading of the address column.
fn first_heading(section: &Section) -> String {
    let mut columns = section.uses.iter().zip(&section.headings);
    columns
        .find(|(column, _)| **column == Use::Address)
        .map(|(_, heading)| spaced(heading))
        .unwrap_or_default()
}

/// The text for one of the addresses of a row: for each of them, or for the first only when it is long.
fn share(from: &mut Option<String>) -> Option<String> {
    match from {
        Some(text) if text.len() > LONGEST_SHARED => from.take(),
        _ => {
            examine(from.as_ref().map_or(0, String::len));
            from.clone()
        }
    }
}
