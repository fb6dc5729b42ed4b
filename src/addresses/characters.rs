//! Classes of characters, and functions that trim and space texts by them.

// Each class is one bit and a set of classes is their sum, so that one small function answers every question.
pub(super) const LETTER: u16 = 1;
pub(super) const OTHER: u16 = 2;
pub(super) const DASH: u16 = 4;
pub(super) const DOT: u16 = 8;
pub(super) const APOSTROPHE: u16 = 16;
pub(super) const QUOTE: u16 = 32;
pub(super) const OPEN: u16 = 64;
pub(super) const CLOSE: u16 = 128;
pub(super) const SPACE: u16 = 256;
pub(super) const SEPARATOR: u16 = 512;
pub(super) const BREAK: u16 = 1024;
pub(super) const SYMBOL: u16 = 2048;

/// The classes of which words consist.
pub(super) const WORD: u16 = LETTER | OTHER | EDGE;
/// The classes with which no address starts or ends.
pub(super) const EDGE: u16 = DASH | DOT | APOSTROPHE | SYMBOL;
/// The classes that may enclose an address.
pub(super) const WRAP: u16 = QUOTE | OPEN | CLOSE;

/// The class of a character. (Arabic texts separate by `،` and `؛`.)
pub(super) fn class(c: char) -> u16 {
    examine(1);
    match fold(c) {
        'a'..='z' | 'A'..='Z' | '0'..='9' => LETTER,
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => BREAK,
        ',' | ';' | '\t' | '،' | '؛' => SEPARATOR,
        '"' | '\u{201c}'..='\u{201f}' | '«' | '»' | '‹' | '›' => QUOTE,
        '\'' | '`' | '´' | '\u{2018}'..='\u{201b}' | '\u{2032}' => APOSTROPHE,
        '<' | '(' | '[' | '{' | '〈' | '《' | '「' | '『' | '【' | '〔' => OPEN,
        '>' | ')' | ']' | '}' | '〉' | '》' | '」' | '』' | '】' | '〕' => CLOSE,
        '.' | '!' | '?' => DOT,
        '-' | ':' | '|' | '*' => DASH,
        c if c.is_whitespace() => SPACE,
        c if c.is_ascii() => OTHER,
        '\u{2010}'..='\u{205e}' | '\u{2212}' | '・' => DASH,
        c if is_symbol(c) => SYMBOL,
        _ => LETTER,
    }
}

/// Signs, arrows, pictographs and the characters of icon fonts: an address has none of them.
fn is_symbol(c: char) -> bool {
    match c {
        '\u{a1}'..='\u{bf}' => !"ª²³µ¹º¼½¾".contains(c),
        '×' | '÷' | '№' | '™' => true,
        '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{245f}' | '\u{2500}'..='\u{2bff}' => true,
        '\u{e000}'..='\u{f8ff}' | '\u{1f000}'..='\u{1faff}' => true,
        _ => false,
    }
}

/// The plain counterpart of a full-width or small character, which input methods write in their East Asian mode; another
/// character as it is.
pub(super) fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).wrapping_sub(0xfee0)).unwrap_or(c),
        '。' | '｡' | '﹒' => '.',
        '、' | '､' | '﹐' | '﹑' => ',',
        '﹔' => ';',
        '﹕' => ':',
        '﹫' => '@',
        _ => c,
    }
}

/// Invisible characters that a paste brings along: zero-width characters, direction marks, the soft hyphen, the byte
/// order mark, variation selectors, fillers.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{ad}' | '\u{61c}' | '\u{34f}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}')
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}')
}

/// Has `text` neither a letter nor a digit?
pub(super) fn is_blank(text: &str) -> bool {
    !has(text, LETTER)
}

/// Has `text` a character of one of these classes?
pub(super) fn has(text: &str, set: u16) -> bool {
    text.chars().any(|c| class(c) & set != 0)
}

/// `text` without the characters of these classes at its start and at its end.
pub(super) fn trim(mut text: &str, at_start: u16, at_end: u16) -> &str {
    loop {
        let (mut left, mut right) = (text.chars(), text.chars());
        if left.next().is_some_and(|c| class(c) & at_start != 0) {
            text = left.as_str();
        } else if right.next_back().is_some_and(|c| class(c) & at_end != 0) {
            text = right.as_str();
        } else {
            return text;
        }
    }
}

/// `text` with a single blank in place of each run of white space, and none at its start and end.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::new();
    add_words(&mut spaced, text);
    spaced
}

/// Adds `text` to `out`, word by word: one blank before each, none at the start of `out`.
pub(super) fn add_words(out: &mut String, text: &str) {
    examine(text.len());
    let mut is_first = true;
    for c in text.chars() {
        if c.is_whitespace() {
            is_first = true;
        } else {
            if is_first && !out.is_empty() {
                out.push(' ');
            }
            is_first = false;
            out.push(c);
        }
    }
}

#[cfg(test)]
thread_local! {
    /// How many characters were examined on this thread.
    pub(super) static EXAMINED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts the characters that are examined, so that a test can prove that the work is linear.
#[cfg(test)]
pub(super) fn examine(count: usize) {
    EXAMINED.with(|examined| examined.set(examined.get() + count));
}

#[cfg(not(test))]
pub(super) fn examine(_: usize) {}
