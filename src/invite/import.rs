//! The tables that were read, for the admin to check how they were understood and to have them read otherwise.

use crate::addresses::{Cause, Doubt, Meaning, ParsedAddress, Parser, TableColumn, TableSummary};
use std::collections::{HashSet, VecDeque};

/// The id of an import. It is not used twice while the page is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImportId(pub u32);

/// The texts that are being read, and the tables that were.
#[derive(Default)]
pub struct Imports {
    /// The first one is read in parts.
    reading: VecDeque<Reading>,
    tables: Vec<Import>,
    /// The table whose columns the admin is giving other meanings.
    pub changing: Option<Changing>,
    last: u32,
}

/// A text that is being read.
struct Reading {
    id: ImportId,
    file: Option<String>,
    text: Text,
    encoding: Encoded,
    is_again: bool,
}

/// How far a text is read.
enum Text {
    /// It is not known yet whether it is a table, which takes a while with a long one.
    Waiting(String),
    Begun(Box<Parser>),
}

/// How sure it is that the letters of a text are those that were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoded {
    /// They are: it was typed or pasted, or the file says how its letters are encoded.
    Surely,
    /// The encoding of the file was guessed.
    Perhaps,
}

/// A table that was read to its end.
pub struct Import {
    /// Which one.
    pub id: ImportId,
    /// The name of the file that it was in; `None` when it was pasted.
    pub file: Option<String>,
    /// How it was understood.
    pub summary: TableSummary,
    /// Whether the people whom its status column excludes were taken in all the same.
    pub has_taken_left_out: bool,
    /// What another reading begins with.
    parser: Parser,
    encoding: Encoded,
    /// The texts of entries that the admin has changed or taken out. Another reading does not bring them back.
    settled: HashSet<String>,
    /// Whether an entry came from it. It goes with the last of them.
    has_entries: bool,
}

/// The columns of a table while the admin gives them other meanings: a small state machine of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changing {
    /// Which table.
    pub import: ImportId,
    /// What each column is to mean, from left to right.
    pub meanings: Vec<Meaning>,
}

/// What the admin did with a table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportMsg {
    /// They opened or closed the choice of its columns.
    ChangePressed,
    /// They chose a meaning for the column at this place.
    MeaningChosen(usize, Meaning),
    /// They want it read with the chosen meanings.
    Applied,
    /// They closed the choice without a change.
    Cancelled,
    /// They want the people added whom its status column excludes.
    LeftOutTaken,
    /// They dismissed the line about it.
    Dismissed,
}

/// The state of the choice of meanings after an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It goes on.
    Stays(Changing),
    /// It is over, and nothing is read.
    Closes,
    /// It is over, and the table is to be read with these meanings.
    Reads(Vec<Meaning>),
}

impl Changing {
    /// Begins with the meanings that the table was read with.
    pub fn of(import: &Import) -> Self {
        let meanings = import.summary.columns.iter().map(|column| column.meaning).collect();
        Self { import: import.id, meanings }
    }

    /// Takes an event in. The meaning of a column of secrets is fixed: its cells must not be read.
    pub fn update(mut self, msg: ImportMsg) -> Step {
        match msg {
            ImportMsg::MeaningChosen(at, meaning) => {
                let column = self.meanings.get_mut(at);
                if let Some(column) =
                    column.filter(|now| **now != Meaning::Secret && meaning != Meaning::Secret)
                {
                    *column = meaning;
                }
                Step::Stays(self)
            }
            ImportMsg::Applied => Step::Reads(self.meanings),
            ImportMsg::ChangePressed | ImportMsg::Cancelled | ImportMsg::Dismissed => Step::Closes,
            ImportMsg::LeftOutTaken => Step::Stays(self),
        }
    }
}

impl Encoded {
    /// An address with letters outside of ASCII may be another one where the encoding was guessed.
    fn doubted(self, parsed: ParsedAddress) -> ParsedAddress {
        let is_plain = parsed.text.is_ascii() || !parsed.text.contains('@');
        if self == Self::Surely || is_plain || parsed.doubt.is_some() {
            return parsed;
        }
        ParsedAddress { doubt: Some(Doubt { cause: Cause::Guessed, offer: None }), ..parsed }
    }
}

impl Import {
    /// Whether the admin is told how it was understood. A single person or a plain list of addresses needs no line, unless it
    /// came in a file.
    fn tells_something(summary: &TableSummary, file: Option<&String>) -> bool {
        let left_out = summary.left_out.len() as u64;
        let rows = summary.people.saturating_add(summary.without_address).saturating_add(left_out);
        let is_blank = |column: &TableColumn| column.heading.is_empty() && column.sample.is_empty();
        let says_more = |column: &TableColumn| column.meaning != Meaning::Address && !is_blank(column);
        file.is_some()
            || rows > 1 && (rows > summary.people || summary.columns.iter().any(says_more))
            || !summary.notes.is_empty()
    }
}

impl Imports {
    /// The tables that were read to their end, in the order in which they came.
    pub fn tables(&self) -> &[Import] {
        &self.tables
    }

    /// The table with this id.
    pub fn table(&self, id: ImportId) -> Option<&Import> {
        self.tables.iter().find(|import| import.id == id)
    }

    /// Whether a text is still being read.
    pub fn is_reading(&self) -> bool {
        !self.reading.is_empty()
    }

    /// Queues a text; `file` is the name of the file that it was in.
    pub fn add(&mut self, text: String, file: Option<String>, encoding: Encoded) {
        self.last = self.last.wrapping_add(1);
        let (id, text) = (ImportId(self.last), Text::Waiting(text));
        self.reading.push_back(Reading { id, file, text, encoding, is_again: false });
    }

    /// The length of the first text in bytes, where [`Imports::begin`] is next.
    pub fn waiting(&self) -> Option<usize> {
        match &self.reading.front()?.text {
            Text::Waiting(text) => Some(text.len()),
            Text::Begun(_) => None,
        }
    }

    /// Begins to read the first text, by the parser that `parse` makes of it.
    pub fn begin(&mut self, parse: impl FnOnce(String) -> Parser) {
        if let Some(Reading { text, .. }) = self.reading.front_mut()
            && let Text::Waiting(waiting) = text
        {
            *text = Text::Begun(Box::new(parse(std::mem::take(waiting))));
        }
    }

    /// Queues a table that was read already, to be read by `parser`.
    pub fn add_again(&mut self, id: ImportId, parser: Parser) {
        let encoding = self.table(id).map_or(Encoded::Surely, |import| import.encoding);
        self.reading.push_back(Reading {
            id,
            file: None,
            text: Text::Begun(Box::new(parser)),
            encoding,
            is_again: true,
        });
    }

    /// The parser that reads a table with other meanings of its columns.
    pub fn parser_with(&self, id: ImportId, meanings: &[Meaning]) -> Option<Parser> {
        self.table(id)?.parser.again(meanings)
    }

    /// Reads the next address of the first text, once it is begun, with the import that it is of. Where there is none, the
    /// text is done.
    pub fn read_next(&mut self) -> Option<(ImportId, ParsedAddress)> {
        let Self { reading, tables, .. } = self;
        let first = reading.front_mut()?;
        let settled = tables.iter().find(|import| import.id == first.id).map(|import| &import.settled);
        let is_settled = |parsed: &ParsedAddress| settled.is_some_and(|texts| texts.contains(&parsed.text));
        let Text::Begun(parser) = &mut first.text else { return None };
        match parser.next() {
            Some(parsed) if is_settled(&parsed) => None,
            Some(parsed) => Some((first.id, first.encoding.doubted(parsed))),
            None => {
                self.finish_first();
                None
            }
        }
    }

    fn finish_first(&mut self) {
        let Some(Reading { id, file, text: Text::Begun(parser), encoding, is_again }) =
            self.reading.pop_front()
        else {
            return;
        };
        let Some(summary) = parser.summary().cloned() else { return };
        if is_again {
            if let Some(import) = self.tables.iter_mut().find(|import| import.id == id) {
                (import.parser, import.summary) = (*parser, summary);
                (import.has_taken_left_out, import.has_entries) = (false, false);
            }
        } else if Import::tells_something(&summary, file.as_ref()) {
            self.add_read(id, file, summary, *parser, encoding);
        }
    }

    fn add_read(
        &mut self,
        id: ImportId,
        file: Option<String>,
        summary: TableSummary,
        parser: Parser,
        encoding: Encoded,
    ) {
        self.tables.push(Import {
            id,
            file,
            summary,
            has_taken_left_out: false,
            parser,
            encoding,
            settled: HashSet::new(),
            has_entries: false,
        });
    }

    /// Notes that the admin has changed or taken out an entry of an import, which had this text.
    pub fn settle(&mut self, id: ImportId, text: String) {
        if let Some(import) = self.tables.iter_mut().find(|import| import.id == id) {
            import.settled.insert(text);
        }
    }

    /// The people whom the status column of a table excludes; they are handed out once.
    pub fn take_left_out(&mut self, id: ImportId) -> Vec<ParsedAddress> {
        let Some(import) = self.tables.iter_mut().find(|import| import.id == id) else { return vec![] };
        if std::mem::replace(&mut import.has_taken_left_out, true) {
            return vec![];
        }
        let encoding = import.encoding;
        import.summary.left_out.iter().map(|parsed| encoding.doubted(parsed.clone())).collect()
    }

    /// Forgets the tables that `goes` accepts.
    pub fn forget(&mut self, goes: impl Fn(ImportId) -> bool) {
        self.tables.retain(|import| !goes(import.id));
        let Self { tables, changing, .. } = self;
        changing.take_if(|changing| !tables.iter().any(|import| import.id == changing.import));
    }

    /// Forgets the tables whose entries are all gone; `present` are the imports that have entries. A table from which no
    /// entry came stays: it may have been understood wrongly.
    pub fn forget_empty(&mut self, present: &HashSet<ImportId>) {
        let again: HashSet<_> = self.reading.iter().map(|reading| reading.id).collect();
        let mut gone = HashSet::new();
        for import in self.tables.iter_mut().filter(|import| !again.contains(&import.id)) {
            let is_present = present.contains(&import.id);
            if import.has_entries && !is_present {
                gone.insert(import.id);
            }
            import.has_entries |= is_present;
        }
        self.forget(|id| gone.contains(&id));
    }

    /// A table that was read as `summary` says, for tests.
    #[cfg(test)]
    pub fn add_table(&mut self, file: Option<&str>, summary: TableSummary) -> ImportId {
        self.last = self.last.wrapping_add(1);
        let id = ImportId(self.last);
        self.add_read(
            id,
            file.map(str::to_owned),
            summary,
            Parser::new(String::new(), &|_| false),
            Encoded::Surely,
        );
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(meanings: &[Meaning]) -> TableSummary {
        let column = |meaning: &Meaning| TableColumn {
            heading: "Heading".to_owned(),
            sample: String::new(),
            meaning: *meaning,
        };
        TableSummary { columns: meanings.iter().map(column).collect(), ..TableSummary::default() }
    }

    fn changing(meanings: &[Meaning]) -> Changing {
        let mut imports = Imports::default();
        let id = imports.add_table(None, summary(meanings));
        Changing::of(imports.table(id).expect("the table"))
    }

    #[test]
    fn a_table_is_worth_a_line_where_it_says_more_than_addresses() {
        for (text, is_told) in [
            ("a@x.de;", false),
            ("Ada,a@x.de", false),
            ("a@x.de\nb@x.de", false),
            ("Ada,a@x.de\nBob,b@x.de", true),
            ("Email\na@x.de\nb@x.de", false),
            ("Email\na@x.de\nunknown\nb@x.de", true),
            ("BEGIN:VCARD\nEMAIL:a@x.de\nEND:VCARD\nBEGIN:VCARD\nEMAIL:b@x.de\nEND:VCARD", false),
            ("BEGIN:VCARD\nEMAIL:a@x.de\nEND:VCARD\nBEGIN:VCARD\nFN:Bob\nEND:VCARD", true),
            ("Email,Status\na@x.de,Active\nb@x.de,Suspended", true),
        ] {
            let mut imports = Imports::default();
            imports.add(text.to_owned(), None, Encoded::Surely);
            imports.begin(|text| Parser::new(text, &|_| false));
            while imports.is_reading() {
                imports.read_next();
            }
            assert_eq!(!imports.tables().is_empty(), is_told, "{text}");
        }
    }

    #[test]
    fn meanings_are_chosen_one_by_one_and_then_applied() {
        let open = changing(&[Meaning::Name, Meaning::Ignored]);
        let Step::Stays(open) = open.update(ImportMsg::MeaningChosen(1, Meaning::Address)) else { panic!() };
        assert_eq!(open.update(ImportMsg::Applied), Step::Reads(vec![Meaning::Name, Meaning::Address]));
    }

    #[test]
    fn a_column_of_secrets_stays_one_and_no_other_becomes_one() {
        let open = changing(&[Meaning::Secret, Meaning::Name]);
        for chosen in [(0, Meaning::Address), (1, Meaning::Secret), (9, Meaning::Name)] {
            let msg = ImportMsg::MeaningChosen(chosen.0, chosen.1);
            assert_eq!(open.clone().update(msg), Step::Stays(open.clone()), "{chosen:?}");
        }
    }

    #[test]
    fn a_change_that_is_cancelled_reads_nothing() {
        for msg in [ImportMsg::Cancelled, ImportMsg::ChangePressed] {
            assert_eq!(changing(&[Meaning::Name]).update(msg), Step::Closes);
        }
    }

    #[test]
    fn a_table_goes_with_its_last_entry_and_one_without_any_stays() {
        let mut imports = Imports::default();
        let with = imports.add_table(Some("a.csv"), summary(&[Meaning::Address]));
        let without = imports.add_table(Some("b.csv"), summary(&[Meaning::Ignored]));
        imports.forget_empty(&HashSet::from([with]));
        assert_eq!(imports.tables().len(), 2);
        imports.changing = imports.table(with).map(Changing::of);
        imports.forget_empty(&HashSet::new());
        assert_eq!(imports.tables().iter().map(|import| import.id).collect::<Vec<_>>(), [without]);
        assert_eq!(imports.changing, None);
    }

    #[test]
    fn the_people_left_out_are_handed_out_once() {
        let mut imports = Imports::default();
        let left_out = vec![ParsedAddress::of_text("a@x.de".to_owned())];
        let id =
            imports.add_table(None, TableSummary { left_out: left_out.clone(), ..TableSummary::default() });
        assert_eq!(imports.take_left_out(id), left_out);
        assert!(imports.take_left_out(id).is_empty());
    }
}
