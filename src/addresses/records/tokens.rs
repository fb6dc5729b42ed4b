//! Divides the text of a program into tokens, as far as several languages have them in common.

use crate::addresses::characters::{LETTER, class, examine, spaced};

/// What a text of a program consists of. Operators and other signs are left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// `(`, `[` or `{`, by the bracket that closes it.
    Open(char),
    Close(char),
    /// A text in quotes.
    Text(String),
    /// A name or a number.
    Word(&'a str),
    /// `:`, `=` or `=>`
    Is,
    /// `,` or `;`
    Separator,
    /// The end of a line.
    Break,
    /// What no program has: an `@` outside of quotes, a quote without an end.
    Unknown,
}

/// A text, and how far it is divided.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// In SQL a quote in a text is doubled.
    is_sql: bool,
    /// How many of the texts so far have an `@`.
    pub(super) addresses: usize,
    /// The comments so far that have an `@`.
    pub(super) comments: Vec<String>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str, is_sql: bool) -> Self {
        Self { text, at: 0, is_sql, addresses: 0, comments: vec![] }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Goes on by so many bytes, and gives them out.
    fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or("");
        examine(taken.len());
        self.at = self.at.saturating_add(length.max(1));
        taken
    }

    /// How far it is divided, in bytes.
    pub(super) fn position(&self) -> usize {
        self.at.min(self.text.len())
    }

    /// Was the last token this sign?
    pub(super) fn is_behind(&self, sign: char) -> bool {
        self.text.get(..self.at).is_some_and(|text| text.ends_with(sign))
    }

    /// Leaves out a comment, which is kept where it has an `@`.
    fn comment(&mut self) -> bool {
        let rest = self.rest();
        let end_of_line = || rest.find('\n').unwrap_or(rest.len());
        let length = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at.saturating_add(2))
        } else if rest.starts_with("//") || rest.starts_with('#') || rest.starts_with("--") {
            end_of_line()
        } else {
            return false;
        };
        let comment = self.take(length);
        if comment.contains('@') {
            self.comments.push(spaced(comment));
        }
        true
    }

    /// The text in quotes that starts here; `None` when it does not end, or not on its line.
    fn quoted(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next()?.1 {
                    'n' | 't' | 'r' => text.push(' '),
                    escaped => text.push(escaped),
                },
                '\n' if quote != '`' && !self.is_sql => return None,
                _ if c == quote => {
                    let is_doubled = self.is_sql && chars.peek().is_some_and(|(_, next)| *next == quote);
                    if !is_doubled {
                        self.take(at.saturating_add(c.len_utf8()));
                        self.addresses = self.addresses.saturating_add(usize::from(text.contains('@')));
                        return Some(text);
                    }
                    chars.next();
                    text.push(c);
                }
                _ => text.push(c),
            }
        }
        None
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let first = rest.chars().next()?;
            if self.comment() {
                continue;
            }
            let is_of_word = |c: char| class(c) == LETTER || "_$.-".contains(c);
            let token = match first {
                '"' | '\'' | '`' => return Some(self.quoted(first).map_or(Token::Unknown, Token::Text)),
                '(' => Token::Open(')'),
                '[' => Token::Open(']'),
                '{' => Token::Open('}'),
                ')' | ']' | '}' => Token::Close(first),
                ',' | ';' => Token::Separator,
                ':' | '=' => Token::Is,
                '\n' => Token::Break,
                '@' => Token::Unknown,
                c if is_of_word(c) => {
                    let end = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
                    return Some(Token::Word(self.take(end)));
                }
                c => {
                    self.take(c.len_utf8());
                    continue;
                }
            };
            self.take(first.len_utf8());
            return Some(token);
        }
    }
}
