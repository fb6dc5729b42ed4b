//! Reads what the admin typed, pasted, dropped or chose.

use crate::addresses::Parser;
use crate::domain::Email;
use crate::files::ReadFile;
use crate::invite::composer::Update;
use crate::invite::entry::Source;
use crate::invite::import::Encoded;
use crate::invite::model::Context;
use crate::invite::update::Effect;

/// How many addresses are read before the browser may draw again. In slices of 64, ten thousand of them took three times as
/// long: the form is drawn after each slice.
pub(super) const SLICE: usize = 320;
/// The first slice of a long text is shorter: its entries are the ones that are drawn, which takes longer than reading them.
pub(super) const FIRST_SLICE: usize = 64;

/// So many bytes of text are read at once. What is longer is begun, and read, in slices between which the browser can draw.
const LONG: usize = 8 * 1024;

fn parser(context: &Context, text: String) -> Parser {
    let is_role =
        |text: &str| context.roles.is_some_and(|roles| roles.meant(text, context.lowercase).is_some());
    Parser::new(text, &is_role)
}

impl Update<'_, '_> {
    /// Reads what was pasted or dropped, together with the text in the box.
    pub(super) fn read_brought(&mut self, text: String) {
        let mut typed = std::mem::take(&mut self.model.text);
        // An address that is complete is not the beginning of what was pasted, and nothing begins a table or a list.
        let is_whole = || Email::check(&typed).is_ok();
        if typed.trim().is_empty() || text.trim_end().contains(['\n', '\r', '\t']) || is_whole() {
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
                    let encoded = if file.is_certain { Encoded::Surely } else { Encoded::Perhaps };
                    if encoded == Encoded::Perhaps {
                        self.model.composer.guessed.push((name.clone(), file.encoding));
                    }
                    self.queue(file.text, Some(name), encoded);
                }
                Err(problem) => self.model.composer.unreadable.push((name, problem)),
            }
        }
        self.start_import();
    }

    /// Forgets what was to be said of the last files.
    fn forget_files(&mut self) {
        self.model.composer.unreadable.clear();
        self.model.composer.guessed.clear();
    }

    /// Reads a text that stands in the box, or beside it.
    pub(super) fn import(&mut self, text: String) {
        self.model.text.clear();
        self.clear_problems();
        self.forget_files();
        self.queue(text, None, Encoded::Surely);
        self.start_import();
    }

    fn queue(&mut self, text: String, file: Option<String>, encoded: Encoded) {
        if !text.trim().is_empty() {
            self.model.composer.imports.add(text, file, encoded);
        }
    }

    /// Reads what was queued; of a long text, lets the browser go on first.
    fn start_import(&mut self) {
        match self.model.composer.imports.waiting() {
            Some(length) if length > LONG => self.effects.push(Effect::ContinueImport),
            _ => self.continue_import(),
        }
    }

    /// Reads one slice. A message that was already on its way for an older text does no harm.
    pub(super) fn continue_import(&mut self) {
        let composer = &self.model.composer;
        let was_importing = composer.is_importing();
        let is_first = composer.entries.is_empty() && composer.imports.waiting().is_none();
        let most = if is_first { FIRST_SLICE } else { SLICE };
        for _ in 0..most {
            if let Some(length) = self.model.composer.imports.waiting() {
                let context = self.context;
                self.model.composer.imports.begin(|text| parser(context, text));
                if length > LONG {
                    // Whether it is a table took a slice of its own.
                    break;
                }
            }
            let composer = &mut self.model.composer;
            if !composer.is_importing() {
                break;
            }
            if let Some((import, parsed)) = composer.imports.read_next() {
                composer.entries.add(parsed, Source::Read(import), self.context.address_key);
            }
        }
        let composer = &mut self.model.composer;
        // Judging many takes a slice of its own too.
        let is_long = was_importing && composer.entries.all().len() > SLICE;
        if composer.is_importing() || is_long {
            return self.effects.push(Effect::ContinueImport);
        }
        self.is_judged = false;
        if std::mem::take(&mut composer.sends_after_import) {
            self.ask_or_send();
        }
    }
}
