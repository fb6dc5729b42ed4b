//! Reads what the admin typed, pasted, dropped or chose.

use crate::addresses::Parser;
use crate::domain::Email;
use crate::files::ReadFile;
use crate::invite::composer::Update;
use crate::invite::entry::Source;
use crate::invite::import::Encoded;
use crate::invite::model::Context;
use crate::invite::shown::ROWS;
use crate::invite::update::Effect;

/// How many addresses are read before the browser may draw again. In slices of 64, ten thousand of them took three times as
/// long: the form is drawn after each slice.
pub(super) const SLICE: usize = 320;
/// The first slices of a long text are shorter: their entries are the ones that are drawn, which takes longer than reading them.
pub(super) const FIRST_SLICE: usize = 16;

/// How many entries are drawn at once.
const DRAWN: usize = ROWS.rows() as usize;

/// The longest text, in bytes, that is read at once. A longer one is read in slices, between which the browser can draw.
const LONG: usize = 8 * 1024;

fn parser(context: &Context, text: String) -> Parser {
    let is_role =
        |text: &str| context.roles.is_some_and(|roles| roles.meant(text, context.lowercase).is_some());
    Parser::new(text, &is_role)
}

impl Update<'_, '_> {
    /// Reads a text that the admin has finished.
    pub(super) fn read_entered(&mut self, text: String) {
        self.model.unread.clear();
        if !text.trim().is_empty() {
            let text = self.rejoined(text);
            self.import(text);
            self.show_text();
        }
    }

    /// Keeps what was in the box until the text that was pasted or dropped then is here: text with markup is read first.
    pub(super) fn keep_beginning(&mut self, text: String) {
        if !text.is_empty() {
            self.show_text();
        }
        let earlier = std::mem::replace(&mut self.model.composer.beginning, text);
        self.read_entered(earlier);
    }

    /// Reads what was pasted or dropped, together with what was in the box.
    pub(super) fn read_brought(&mut self, text: String) {
        self.model.unread.clear();
        let mut typed = std::mem::take(&mut self.model.composer.beginning);
        // A complete address in the box is not the beginning of the pasted text, and a table or a list has no such beginning.
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

    /// Removes the notices about earlier files.
    fn forget_files(&mut self) {
        self.model.composer.unreadable.clear();
        self.model.composer.guessed.clear();
    }

    /// Reads a text that did not come in a file.
    pub(super) fn import(&mut self, text: String) {
        self.clear_problems();
        self.forget_success();
        self.forget_files();
        self.queue(text, None, Encoded::Surely);
        self.start_import();
    }

    fn queue(&mut self, text: String, file: Option<String>, encoded: Encoded) {
        if !text.trim().is_empty() {
            self.model.composer.imports.add(text, file, encoded);
        }
    }

    /// Reads what was queued. Before a long text the browser can draw.
    fn start_import(&mut self) {
        match self.model.composer.imports.waiting() {
            Some(length) if length > LONG => self.effects.push(Effect::ContinueImport),
            _ => self.continue_import(),
        }
    }

    /// Reads one slice. It does no harm when there is nothing left to read.
    pub(super) fn continue_import(&mut self) {
        let composer = &self.model.composer;
        let was_importing = composer.is_importing();
        let are_drawn = composer.entries.all().len() < DRAWN && composer.imports.waiting().is_none();
        let most = if are_drawn { FIRST_SLICE } else { SLICE };
        for _ in 0..most {
            if let Some(length) = self.model.composer.imports.waiting() {
                let context = self.context;
                self.model.composer.imports.begin(|text| parser(context, text));
                if length > LONG {
                    // To find out whether a long text is a table takes as long as a slice.
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
        if self.model.composer.is_importing() {
            self.effects.push(Effect::ContinueImport);
            // Clerk answers while the rest is read.
            return self.look_up_if_stale();
        }
        if was_importing {
            self.judge_apart_if_many();
        } else {
            self.is_judged = false;
        }
        if !self.is_judged && std::mem::take(&mut self.model.composer.sends_after_import) {
            self.ask_or_send();
        }
    }

    /// Has the entries judged: many of them in a task of its own, because that takes as long as a slice. While a text is being
    /// read, that is the task behind its last slice.
    pub(super) fn judge_apart_if_many(&mut self) {
        let composer = &self.model.composer;
        if composer.entries.all().len() <= SLICE {
            self.is_judged = false;
        } else if !composer.is_importing() {
            self.effects.push(Effect::ContinueImport);
        }
    }
}
