//! Splits headings and cells into words that can be compared, and tells whether a word is in a list of patterns.
//!
//! The words of `E-Mail [userMail2]` are `e`, `mail`, `user`, `mail`, `2`: letter case, accents, full-width letters and the
//! way in which words are put together make no difference. In the lists, `mail*` stands for each word that starts with `mail`,
//! `*mail` for each that ends with it and `*mail*` for each that has it anywhere: scripts without blanks between words need that.

use crate::addresses::characters::{LETTER, class, examine};

/// A text that is longer than this, in bytes, has no words: it is no heading.
const LONGEST: usize = 240;

/// What a character is part of, for finding the ends of words.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Upper,
    Lower,
    Digit,
    /// A letter of another script.
    Foreign,
    /// No part of a word.
    Between,
}

/// The words of `text`.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    if text.len() > LONGEST {
        return words;
    }
    examine(text.len());
    let mut word = String::new();
    let mut last = Sort::Between;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let c = narrow(c);
        let Some(folded) = fold(c) else { continue };
        let sort = sort(c);
        let is_followed_by_lower = chars.peek().is_some_and(|next| self::sort(narrow(*next)) == Sort::Lower);
        let goes_on = match (last, sort) {
            (Sort::Upper, Sort::Upper) => !is_followed_by_lower,
            (Sort::Upper, Sort::Lower) => true,
            _ => last == sort,
        };
        if !goes_on && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if sort != Sort::Between {
            word.push(folded);
        }
        last = sort;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Is one of `words` in `list`, a list of patterns between blanks?
pub(super) fn any(words: &[String], list: &str) -> bool {
    words.iter().any(|word| is_in(word, list))
}

/// Are all of `words` in `list`?
pub(super) fn all(words: &[String], list: &str) -> bool {
    words.iter().all(|word| is_in(word, list))
}

/// Is `word` in `list`?
pub(super) fn is_in(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|pattern| {
        match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(end), None) => word.ends_with(end),
            (None, Some(start)) => word.starts_with(start),
            (Some(end), Some(_)) => word.contains(end.trim_end_matches('*')),
            (None, None) => word == pattern,
        }
    })
}

/// The ordinary form of a full-width letter or sign.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32((c as u32).saturating_sub(0xff01 - 0x21)).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

fn sort(c: char) -> Sort {
    match c {
        'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' => Sort::Lower,
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => Sort::Upper,
        '0'..='9' => Sort::Digit,
        '\u{100}'..='\u{17f}' if matches!(c, 'Ą' | 'Ć' | 'Ę' | 'Ł' | 'Ń' | 'Ś' | 'Ź' | 'Ż') => {
            Sort::Upper
        }
        '\u{100}'..='\u{17f}' => Sort::Lower,
        '\u{3001}'..='\u{303f}' | '\u{30fb}' | '\u{ff5f}'..='\u{ff65}' => Sort::Between,
        _ if !c.is_ascii() && class(c) == LETTER => Sort::Foreign,
        _ => Sort::Between,
    }
}

/// The character by which `c` is compared; `None` for a mark that makes no difference.
fn fold(c: char) -> Option<char> {
    Some(match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'À'..='Å' | 'à'..='å' | 'Ą' | 'ą' => 'a',
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => 'c',
        'Ğ' | 'ğ' => 'g',
        'È'..='Ë' | 'è'..='ë' | 'Ę' | 'ę' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' | 'İ' | 'ı' => 'i',
        'Ł' | 'ł' => 'l',
        'Ñ' | 'ñ' | 'Ń' | 'ń' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => 'o',
        'Ś' | 'ś' | 'Š' | 'š' | 'Ş' | 'ş' | 'ß' => 's',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ź' | 'ź' | 'Ż' | 'ż' | 'Ž' | 'ž' => 'z',
        'А'..='Я' | 'Α'..='Ω' => char::from_u32((c as u32).saturating_add(0x20)).unwrap_or(c),
        'أ' | 'إ' | 'آ' => 'ا',
        'ة' => 'ه',
        'ى' => 'ي',
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | 'ـ' => return None,
        _ => c,
    })
}
