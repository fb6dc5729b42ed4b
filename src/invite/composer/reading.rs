//! Reads what the admin typed, pasted, dropped or chose.

use crate::addresses::{ParsedAddress, Parser};
use crate::domain::Email;
use crate::files::ReadFile;
use crate::invite::composer::Update;
use crate::invite::entry::EntryState;
use crate::invite::model::{Editing, FieldProblem};
use crate::invite::update::Effect;

/// How many addresses are read before the browser may draw again. In slices of 64, ten thousand of them took three times as
/// long: the form is drawn after each slice.
pub(super) const SLICE: usize = 400;

impl Update<'_, '_> {
    /// Reads the text in the box behind a separator, and an address behind a blank.
    pub(super) fn read_if_complete(&mut self) {
        let text = &self.model.text;
        let is_address = || text.ends_with(' ') && Email::parse(text, self.context.lowercase).is_ok();
        if text.ends_with([',', ';', '\t']) || text.contains('\n') || is_address() {
            self.read_box();
        }
    }

    /// Reads the text in the box. A single text that can't be an address stays there, with the reason; `false` then.
    pub(super) fn read_box(&mut self) -> bool {
        let text = self.model.text.clone();
        let mut parser = self.parser(text.clone());
        if let (Some(only), None) = (parser.next(), parser.next())
            && let Err(problem) = Email::parse(&only.text, self.context.lowercase)
        {
            self.problem(FieldProblem::Email(problem));
            return false;
        }
        self.import(text);
        true
    }

    /// Reads what was pasted or dropped, together with the text in the box.
    pub(super) fn read_brought(&mut self, text: String) {
        let mut typed = std::mem::take(&mut self.model.text);
        if typed.trim().is_empty() || Email::parse(&typed, self.context.lowercase).is_ok() {
            // An address that is complete is not the beginning of what was pasted.
            self.import(std::mem::take(&mut typed));
        }
        self.import([typed, text].concat());
    }

    /// Reads the texts of files, and keeps for the admin what is wrong with the others.
    pub(super) fn read_files(&mut self, files: Vec<ReadFile>) {
        self.forget_files();
        for ReadFile { name, content } in files {
            match content {
                Ok(file) => {
                    if !file.is_certain {
                        self.model.composer.guessed.push((name, file.encoding));
                    }
                    self.queue(file.text);
                }
                Err(problem) => self.model.composer.unreadable.push((name, problem)),
            }
        }
        self.continue_import();
    }

    /// Forgets what was to be said of the last files.
    fn forget_files(&mut self) {
        self.model.composer.unreadable.clear();
        self.model.composer.guessed.clear();
    }

    /// Reads a text that stands in the box, or beside it.
    fn import(&mut self, text: String) {
        self.model.text.clear();
        self.clear_problems();
        self.forget_files();
        self.queue(text);
        self.continue_import();
    }

    fn queue(&mut self, text: String) {
        if !text.trim().is_empty() {
            let parser = self.parser(text);
            self.model.composer.imports.push_back(parser);
        }
    }

    fn parser(&self, text: String) -> Parser {
        let is_role = |text: &str| {
            self.context.roles.is_some_and(|roles| roles.meant(text, self.context.lowercase).is_some())
        };
        Parser::new(text, &is_role)
    }

    /// Reads one slice. A message that was already on its way for an older text does no harm.
    pub(super) fn continue_import(&mut self) {
        let composer = &mut self.model.composer;
        for _ in 0..SLICE {
            let Some(parser) = composer.imports.front_mut() else { break };
            match parser.next() {
                Some(parsed) => composer.entries.add(parsed, self.context.address_key),
                None => drop(composer.imports.pop_front()),
            }
        }
        if composer.is_importing() {
            return self.effects.push(Effect::ContinueImport);
        }
        self.is_judged = false;
        if std::mem::take(&mut composer.sends_after_import) {
            self.ask_or_send();
        }
    }

    /// Puts the edited text in the place of the entry's; where it has become several, the others follow at the end.
    pub(super) fn take_edited(&mut self, Editing { id, text, role }: Editing) {
        let key = self.context.address_key;
        let mut parser = Parser::new(text, &|_| false);
        let entries = &mut self.model.composer.entries;
        let Some(first) = parser.next() else { return entries.retain(|entry| entry.id != id) };
        if let Some(entry) = entries.get_mut(id) {
            entry.role = role.clone();
            entry.name = first.name.or(entry.name.take());
            if entry.text != first.text {
                entry.rewrite(first.text, key);
            } else if entry.was_not_sent() {
                entry.state = EntryState::Draft;
            }
        }
        for parsed in parser {
            entries.add(ParsedAddress { role: role.clone(), ..parsed }, key);
        }
    }
}
