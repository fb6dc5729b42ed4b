//! Reads a table: which of its rows are people, and what its columns say of them.
//!
//! `detect` finds the separator and the heading, `headings` understands the words of a heading, `content` what the cells of a
//! column hold, `columns` puts the two together to a use for each column, and `people` reads a row by these uses. Here the
//! rows are told apart: what stands above the heading, between sections and below the last of them is no person and is only
//! noted in the summary, and so is each further heading.

mod columns;
mod content;
mod detect;
mod names;
mod people;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::rc::Rc;

use crate::addresses::characters::{add_words, is_blank, spaced};
use crate::addresses::csv::{NO_SEPARATOR, is_own, record};
use crate::addresses::headings::Part;
use crate::addresses::status::{is_mark, is_marked_example, is_total};
use crate::addresses::table::columns::Use;
use crate::addresses::table::content::{is_address_cell, is_pure};
use crate::addresses::table::detect::{
    Layout, Section, anybodys_headings, is_known, is_torn_pair, mail_headings, section,
};
use crate::addresses::table::people::{is_sentence, trusted};
use crate::addresses::{Cause, Meaning, TableColumn, TableSummary};

#[cfg(test)]
pub(super) use detect::LONGEST_HEAD;

#[cfg(test)]
pub(super) use people::LONGEST_SHARED;
pub(super) use people::Person;

/// How much of a cell the summary shows, in characters.
const LONGEST_SAMPLE: usize = 80;

/// So many rows at the top of a template may be examples by a cell that says so.
const MOST_EXAMPLES: u64 = 4;

/// A table, and how far it is read.
pub(super) struct Table {
    text: Rc<str>,
    layout: Rc<Layout>,
    /// The meanings that the admin has given to the columns of the summary.
    chosen: Vec<Meaning>,
    at: usize,
    /// The other people of the row that was read last.
    further: VecDeque<Person>,
    /// The section that is being read.
    section: Section,
    /// Which column of the summary each of its columns is.
    places: Vec<usize>,
    /// The table was written by [`to_csv`](crate::addresses::csv::to_csv): each of its rows is an entry.
    is_own: bool,
    /// A blank row, or a note, came before: what follows may be a note as well.
    is_behind_gap: bool,
    pub(super) summary: TableSummary,
}

impl Table {
    /// Reads `text` as a table; the text without a line that names a separator when it is none. `is_role` tells whether a
    /// text names a role.
    pub(super) fn detect(text: String, is_role: &dyn Fn(&str) -> bool) -> Result<Self, String> {
        match detect::detect(&text, is_role) {
            (Some(layout), _) => Ok(Self::new(text.into(), Rc::new(layout), Vec::new())),
            (None, 0) => Err(text),
            (None, start) => Err(text.get(start..).unwrap_or("").to_owned()),
        }
    }

    /// The same table from its start, with these meanings of its columns.
    pub(super) fn again(&self, chosen: Vec<Meaning>) -> Self {
        Self::new(self.text.clone(), self.layout.clone(), chosen)
    }

    fn new(text: Rc<str>, layout: Rc<Layout>, chosen: Vec<Meaning>) -> Self {
        let is_own = is_own(&text);
        let mut section = layout.section.clone();
        if is_own {
            section.uses = vec![Use::Address, Use::Role, Use::Name(Part::Full)];
        }
        let at = layout.start;
        let mut table = Self {
            text,
            layout,
            chosen,
            at,
            further: VecDeque::new(),
            section: Section { headings: Vec::new(), uses: Vec::new() },
            places: Vec::new(),
            is_own,
            is_behind_gap: false,
            summary: TableSummary::default(),
        };
        table.enter(section);
        table
    }

    /// What stands in the address column, in all rows below the heading, if there is one section.
    #[cfg(test)]
    pub(super) fn address_cells(&self) -> Vec<String> {
        let (mut at, mut found) = (self.layout.start, Vec::new());
        while at < self.text.len() && self.summary.columns.len() == self.section.uses.len() {
            let (cells, next) = record(&self.text, at, self.layout.separator);
            let is_below = self.layout.heading.is_none_or(|heading| at > heading);
            let addresses = cells.into_iter().zip(&self.section.uses);
            found.extend(
                addresses.filter(|(_, column)| is_below && **column == Use::Address).map(|(cell, _)| cell),
            );
            at = next;
        }
        found
    }

    /// Reads up to the next person; `None` at the end.
    pub(super) fn next_person(&mut self) -> Option<Person> {
        if let Some(person) = self.further.pop_front() {
            return Some(self.counted(person));
        }
        while self.at < self.text.len() {
            let here = self.at;
            let (cells, next) = record(&self.text, here, self.layout.separator);
            self.at = next;
            let mut people = self.people(here, &cells);
            if people.front().is_some_and(|person| person.is_out) {
                people.iter_mut().for_each(|person| self.summary.left_out.extend(person));
                continue;
            }
            if let Some(person) = people.pop_front() {
                self.further = people;
                return Some(self.counted(person));
            }
        }
        None
    }

    fn counted(&mut self, person: Person) -> Person {
        let summary = &mut self.summary;
        *(if person.has_address { &mut summary.people } else { &mut summary.without_address }) += 1;
        person
    }

    /// The people in the record at `here`; none when it is about nobody.
    fn people(&mut self, here: usize, cells: &[String]) -> VecDeque<Person> {
        let none = VecDeque::new;
        if cells.iter().all(|cell| is_blank(cell)) {
            self.is_behind_gap |= self.summary.people > 0;
            return none();
        }
        match self.layout.heading {
            Some(heading) if here < heading => return self.above(cells).into_iter().collect(),
            Some(heading) if here == heading => return none(),
            _ => {}
        }
        if self.enter_next(cells) {
            return none();
        }
        let people = if self.is_note(cells) {
            none()
        } else if self.is_torn(cells) {
            VecDeque::from([Person::torn(cells.join(","))])
        } else {
            let people = Person::of_row(cells, &self.section, self.layout.heading.is_some(), self.is_own);
            // The examples of a template stand at its top.
            let is_example = self.summary.people < MOST_EXAMPLES && !self.is_own && is_marked_example(cells);
            let doubted = |person: Person| if is_example { person.doubted(Cause::Example) } else { person };
            people.into_iter().map(doubted).collect()
        };
        if people.is_empty() {
            self.is_behind_gap = true;
            self.note(cells);
        } else {
            self.is_behind_gap = false;
            self.add_samples(cells);
            self.note_rest(cells);
        }
        people
    }

    /// Are the two cells of a row without a heading an address with a comma in the place of a dot, `jane,doe@x.com`?
    fn is_torn(&self, cells: &[String]) -> bool {
        let is_pair = self.layout.separator == b','
            && self.layout.heading.is_none()
            && matches!(
                self.section.uses.as_slice(),
                [Use::Ignored, Use::Address] | [Use::Address, Use::Ignored]
            );
        is_pair && is_torn_pair(cells)
    }

    /// A row above the heading. One that looks like the rows below is somebody's whom sorting has moved there, or the list's
    /// own address beside a title.
    fn above(&mut self, cells: &[String]) -> Option<Person> {
        let is_address = |at: usize| self.section.uses.get(at) == Some(&Use::Address);
        let at = (0..cells.len())
            .find(|at| is_address(*at) && cells.get(*at).is_some_and(|cell| is_address_cell(cell)));
        match at {
            Some(at) if cells.len() == self.section.uses.len() => {
                let beside = cells.iter().enumerate().find(|(place, cell)| *place != at && !is_blank(cell));
                let title = beside.map(|(_, cell)| spaced(cell)).unwrap_or_default();
                Some(Person::read(cells, &self.section, true, false)?.doubted(Cause::Column(title)))
            }
            _ => {
                self.note(cells);
                None
            }
        }
    }

    /// Goes on to the next section, if `cells` are its heading.
    fn enter_next(&mut self, cells: &[String]) -> bool {
        if self.is_own || self.layout.heading.is_none() {
            return false;
        }
        if *cells == *self.section.headings {
            self.is_behind_gap = false;
            return true;
        }
        let separator = self.layout.separator;
        // A section about managers has rows that look like those of people.
        let find = if self.is_behind_gap { anybodys_headings } else { mail_headings };
        let headings = find(cells, separator)
            .filter(|headings| separator != NO_SEPARATOR && headings.len() > 1 && is_known(headings));
        let Some(headings) = headings else { return false };
        let next = section(cells.to_vec(), &headings, &self.text, self.at, separator);
        self.enter(next);
        self.is_behind_gap = false;
        true
    }

    /// Makes `section` the one that is read. The summary has each column once: those of a further section are added when
    /// their heading is new.
    fn enter(&mut self, mut section: Section) {
        self.places.clear();
        let known = self.summary.columns.len();
        for (at, heading) in section.headings.iter().enumerate() {
            let heading = spaced(heading);
            let is_same = |column: &TableColumn| column.heading == heading;
            // The place that this column had in the last section is the likeliest, and there can be thousands of columns.
            let is_here = known > at && self.summary.columns.get(at).is_some_and(is_same);
            let place =
                if is_here { Some(at) } else { self.summary.columns.iter().take(known).position(is_same) };
            let place = place.unwrap_or(self.summary.columns.len());
            let Some(column) = section.uses.get_mut(at) else { break };
            *column = column.chosen(self.chosen.get(place).copied());
            if place == self.summary.columns.len() {
                let meaning = Meaning::from(*column);
                self.summary.columns.push(TableColumn { heading, sample: String::new(), meaning });
            }
            self.places.push(place);
        }
        self.section = section;
    }

    /// Is a row a title, a note or a sum, and not a person?
    fn is_note(&self, cells: &[String]) -> bool {
        if self.is_own {
            return false;
        }
        let width = self.section.uses.len();
        let is_address = |at: usize| {
            matches!(
                self.section.uses.get(at),
                Some(Use::Address | Use::Peer | Use::Second | Use::Login | Use::Further(_))
            )
        };
        let mut filled = cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell));
        let (first, second) = (filled.next(), filled.next());
        let Some((at, only)) = first else { return true };
        // A torn address is to be seen, a sentence with an address in it is a note.
        let is_text = |cell: &str| is_sentence(cell) || cell.contains(':') || cell.starts_with(['#', '©']);
        let is_entry = |(at, cell): (usize, &String)| {
            is_address(at)
                && cell.contains('@')
                && (self.layout.heading.is_none() || !is_text(cell) || is_pure(cell))
        };
        if cells.iter().enumerate().any(is_entry) {
            return false;
        }
        let is_narrow = cells.len() < width;
        if second.is_some() {
            let has_text = || cells.iter().any(|cell| is_text(cell));
            return is_total(only) && cells.iter().skip(at + 1).all(|cell| is_mark(cell))
                || is_narrow && (self.is_behind_gap || has_text());
        }
        if width == 1 {
            return !only.contains('@') && (self.is_behind_gap || is_text(only));
        }
        is_narrow || self.is_behind_gap || is_text(only) || only.contains('@') || is_mark(only)
    }

    /// Keeps the text of a row that is no person for the summary, without its secrets.
    fn note(&mut self, cells: &[String]) {
        let mut note = String::new();
        for (at, cell) in cells.iter().enumerate() {
            if !is_blank(cell) && self.section.uses.get(at) != Some(&Use::Secret) {
                add_words(&mut note, cell);
            }
        }
        if !note.is_empty() {
            self.summary.notes.push(note);
        }
    }

    /// Keeps the cells behind the last column that hold an address: no column of the summary tells of them. Where there are
    /// secrets, one with a separator in it may have moved there.
    fn note_rest(&mut self, cells: &[String]) {
        let rest = cells.get(self.section.uses.len()..).unwrap_or_default();
        let addresses: Vec<_> = rest.iter().filter(|cell| cell.contains('@')).collect();
        if !addresses.is_empty() && !self.section.uses.contains(&Use::Secret) {
            self.summary.notes.extend(addresses.into_iter().map(|cell| spaced(cell)));
        }
    }

    /// Shows a cell of each column in the summary.
    fn add_samples(&mut self, cells: &[String]) {
        for (cell, place) in cells.iter().take(trusted(cells, &self.section)).zip(&self.places) {
            if let Some(column) = self.summary.columns.get_mut(*place)
                && column.sample.is_empty()
                && column.meaning != Meaning::Secret
                && !is_blank(cell)
            {
                column.sample = spaced(cell).chars().take(LONGEST_SAMPLE).collect();
            }
        }
    }
}
