//! Finds out how much of what the admin types is complete.

use crate::addresses::{Cause, Parser};
use crate::domain::Email;
use crate::invite::composer::Update;
use crate::invite::entry::Entry;
use crate::invite::update::Effect;

impl Update<'_, '_> {
    /// Reads what is complete of `text`, if that is still in the box. `cursor` counts UTF-16 code units; what stands behind it
    /// stays typed.
    pub(super) fn read_typed(&mut self, text: &str, cursor: u32) {
        if self.model.text != text {
            return;
        }
        // The problem was found before the admin typed this, and what went well has been read.
        self.model.email_problem = None;
        self.forget_success();
        let is_address = |text: &str| Email::check(text).is_ok();
        let at = complete(text, position(text, cursor), is_address);
        let Some((piece, rest)) = text.split_at_checked(at).filter(|(piece, _)| !piece.is_empty()) else {
            return;
        };
        // What is typed right behind a comma may belong to what stands before it, but not behind a comma and a blank.
        let can_belong = piece.ends_with(',') && !rest.starts_with(char::is_whitespace);
        let (piece, rest) = (piece.to_owned(), rest.trim_start().to_owned());
        let piece = self.rejoined(piece);
        self.import(piece.clone());
        self.model.text = rest;
        let composer = &mut self.model.composer;
        let last = composer.entries.all().last().filter(|_| can_belong);
        let is_it = |entry: &&Entry| piece.strip_suffix(',') == Some(&entry.text);
        composer.before_comma = last.filter(is_it).map(|entry| entry.id);
        self.show_text();
    }

    /// Leaves in the box what was not taken out of it.
    pub(super) fn show_text(&mut self) {
        self.effects.push(Effect::ShowText(self.model.text.clone()));
    }

    /// A text that was typed right behind a word and a comma, together with that word: `jane,doe@x.com` may be one address,
    /// and then `doe@x.com` is somebody else.
    pub(super) fn rejoined(&mut self, text: String) -> String {
        let composer = &mut self.model.composer;
        let Some(before) = composer.before_comma.take().and_then(|id| composer.entries.get(id)) else {
            return text;
        };
        let whole = [before.text.as_str(), ",", &text].concat();
        let first = Parser::new(whole.clone(), &|_| false).next();
        let is_torn = first.and_then(|first| first.doubt).is_some_and(|doubt| doubt.cause == Cause::Comma);
        if !is_torn || composer.entries.all().last() != Some(before) {
            return text;
        }
        let id = before.id;
        composer.entries.retain(|entry| entry.id != id);
        whole
    }
}

/// The byte position of a cursor that is given in UTF-16 code units.
fn position(text: &str, cursor: u32) -> usize {
    let mut units = 0u32;
    for (at, c) in text.char_indices() {
        if units >= cursor {
            return at;
        }
        units = units.saturating_add(if u32::from(c) > 0xffff { 2 } else { 1 });
    }
    text.len()
}

/// How many bytes of `text` are complete: up to the last separator before the cursor, or up to a blank there that follows
/// a whole address.
fn complete(text: &str, cursor: usize, is_address: impl Fn(&str) -> bool) -> usize {
    let (mut is_quoted, mut end) = (false, 0);
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < cursor) {
        let is_end = match c {
            '"' => {
                is_quoted = !is_quoted;
                false
            }
            // A quotation mark that was never closed must not keep all that follows in the box.
            '\n' | '\r' => {
                is_quoted = false;
                true
            }
            c => !is_quoted && is_separator(c),
        };
        if is_end {
            end = at.saturating_add(c.len_utf8());
        }
    }
    // A phone's keyboard puts a blank behind each full stop, also inside an address: `jane@example. com`.
    let piece = text.get(end..cursor).unwrap_or_default();
    let address = piece.trim();
    let is_behind_address = piece.ends_with(char::is_whitespace) && !address.ends_with('.');
    if is_behind_address && is_address(address) { cursor } else { end }
}

/// Commas and semicolons of all scripts, and tabs.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '，' | '；' | '、' | '､' | '﹐' | '﹔' | '،' | '؛')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is complete of a text with a cursor, which `|` stands for.
    fn complete_of(text: &str) -> String {
        let (before, behind) = text.split_once('|').expect("a cursor");
        let whole = [before, behind].concat();
        let is_address = |text: &str| Email::check(text).is_ok();
        whole[..complete(&whole, before.len(), is_address)].to_owned()
    }

    #[test]
    fn a_separator_of_any_script_completes_what_stands_before_it() {
        for separator in [",", ";", "\t", "\n", "\r", "，", "；", "、", "､", "،", "؛"] {
            for piece in ["a@x.de", "broken", "Ada <a@x.de>", ""] {
                let text = [piece, separator].concat();
                assert_eq!(complete_of(&[&text, "|"].concat()), text);
                assert_eq!(complete_of(&[&text, "next|"].concat()), text);
                assert_eq!(complete_of(&[&text, "|next"].concat()), text);
            }
        }
    }

    #[test]
    fn what_stands_behind_the_cursor_stays_typed() {
        assert_eq!(complete_of("a@x.de,|b@x.de,c@x.de"), "a@x.de,");
        assert_eq!(complete_of("a@x|.de,b@x.de"), "");
        assert_eq!(complete_of("a@x.de|,b@x.de"), "");
        assert_eq!(complete_of("a@x.de |b@x.de"), "a@x.de ");
    }

    #[test]
    fn a_blank_completes_only_a_whole_address() {
        assert_eq!(complete_of("a@x.de |"), "a@x.de ");
        assert_eq!(complete_of("a@x.de\u{3000}|"), "a@x.de\u{3000}");
        for text in
            ["Ada |", "a@x |", "jane@example.com. |", "jane. |", "jane@example. |", "jane. doe@example.org |"]
        {
            assert_eq!(complete_of(text), "", "{text}");
        }
    }

    #[test]
    fn a_comma_in_quotation_marks_is_part_of_a_name_and_the_end_of_a_line_never_is() {
        assert_eq!(complete_of("\"Doe, Jane\" <a@x.de>|"), "");
        assert_eq!(complete_of("\"Doe, Jane\" <a@x.de>,|"), "\"Doe, Jane\" <a@x.de>,");
        assert_eq!(complete_of("\"Doe, a@x.de\n|"), "\"Doe, a@x.de\n");
    }

    #[test]
    fn the_cursor_is_counted_as_browsers_do() {
        assert_eq!(position("a😀b", 1), 1);
        assert_eq!(position("a😀b", 3), 5);
        assert_eq!(position("\u{ffff}ab", 2), 4);
        assert_eq!(position("ab", u32::MAX), 2);
    }

    proptest! {
        #[test]
        fn a_position_is_always_between_two_letters(text in "\\PC*", cursor in 0u32..50) {
            let at = position(&text, cursor);
            prop_assert!(text.is_char_boundary(at));
            let end = complete(&text, at, |_| true);
            prop_assert!(end <= at && text.is_char_boundary(end));
        }
    }
}
