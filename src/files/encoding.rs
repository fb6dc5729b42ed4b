//! Finds out how a text is encoded.

use crate::files::file::{Encoding, FileProblem, FileText};
use crate::files::kind::utf16;
use crate::files::plausibility::{DOUBLE_BYTE, SINGLE_BYTE, score};

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
/// The escapes by which ISO-2022-JP begins to write Japanese.
const JAPANESE_ESCAPES: [&[u8]; 2] = [b"\x1b$B", b"\x1b$@"];
/// How many bytes of words outside ASCII the encoding is guessed from.
const SAMPLE: usize = 8_192;
/// The longest run of bytes that counts as a word.
const LONGEST_WORD: usize = 1_024;

/// The text of these bytes. `decode` is the browser's decoder: given the name of an encoding and bytes, it answers with the
/// text, or `None` when the bytes are invalid.
///
/// A byte order mark is believed; then UTF-8 and UTF-16, whose rules hardly anything else keeps by chance. What is left was
/// written by an older program, in the encoding of its country: the one in which the letters make sense is chosen, and the
/// text is not certain. A letter that is not surely damaged becomes U+FFFD, never another letter.
///
/// # Errors
/// When the text is empty.
pub fn text_of(
    bytes: &[u8],
    decode: impl Fn(&str, &[u8]) -> Option<String>,
) -> Result<FileText, FileProblem> {
    let (text, encoding, is_certain) = decoded(bytes, &decode);
    let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\0', '\u{1a}']).to_owned();
    if text.trim().is_empty() {
        return Err(FileProblem::Empty);
    }
    Ok(FileText { text, encoding, is_certain })
}

fn decoded(bytes: &[u8], decode: &dyn Fn(&str, &[u8]) -> Option<String>) -> (String, Encoding, bool) {
    if let Some(unit) = utf16(bytes) {
        let units: Vec<_> =
            bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?))).collect();
        let text = String::from_utf16_lossy(&units);
        let is_whole = !text.contains(char::REPLACEMENT_CHARACTER);
        return (text, Encoding::Unicode, is_whole);
    }
    if JAPANESE_ESCAPES.iter().any(|escape| bytes.windows(escape.len()).any(|window| window == *escape))
        && let Some(text) = decode(Encoding::Japanese7.label(), bytes)
    {
        return (text, Encoding::Japanese7, true);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Encoding::Unicode, true),
        Err(_) if bytes.starts_with(UTF8_MARK) || is_damaged_utf8(bytes) => {
            (String::from_utf8_lossy(bytes).into_owned(), Encoding::Unicode, false)
        }
        Err(_) => {
            let (encoding, text) = guess(bytes, decode);
            (text, encoding, false)
        }
    }
}

/// Are most letters outside ASCII valid UTF-8? Files are cut off within a letter, and lines of several files are put
/// together.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid >= invalid.saturating_mul(3)
}

/// The encoding in which the letters outside ASCII make most sense, and the text in it.
fn guess(bytes: &[u8], decode: &dyn Fn(&str, &[u8]) -> Option<String>) -> (Encoding, String) {
    let sample = sample(bytes);
    let candidates = SINGLE_BYTE.iter().map(|(encoding, _)| *encoding).chain(DOUBLE_BYTE);
    let mut scored: Vec<_> = candidates
        .filter_map(|encoding| {
            let text = decode_as(encoding, &sample, decode)?;
            Some((score(encoding, &sample, &text), encoding))
        })
        .collect();
    // The first of those that make most sense: the more frequent ones stand first. There are too few of them to sort.
    while let Some(most) = scored.iter().map(|(score, _)| *score).max() {
        let Some(at) = scored.iter().position(|(score, _)| *score == most) else { break };
        let (_, encoding) = scored.remove(at);
        if let Some(text) = decode_as(encoding, bytes, decode) {
            return (encoding, without_controls(&text));
        }
    }
    (Encoding::Western, String::from_utf8_lossy(bytes).into_owned())
}

/// The words that are not ASCII, each on a line of its own. No encoding has a byte below `0` within a letter.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let words = bytes.split(|byte| *byte < b'0');
    let words = words.filter(|word| word.len() <= LONGEST_WORD && !word.is_ascii());
    let mut sample = vec![];
    for word in words {
        sample.extend_from_slice(word);
        sample.push(b'\n');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample
}

fn decode_as(
    encoding: Encoding,
    bytes: &[u8],
    decode: &dyn Fn(&str, &[u8]) -> Option<String>,
) -> Option<String> {
    if encoding == Encoding::Dos { Some(dos(bytes)) } else { decode(encoding.label(), bytes) }
}

/// The decoders make control characters of bytes that the encoding gives no letter: some letter was meant.
fn without_controls(text: &str) -> String {
    let is_control = |c: char| matches!(c, '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}');
    text.replace(is_control, "\u{fffd}")
}

/// The upper half of code page 850, which browsers have no decoder for. What is no letter is left out.
const CODE_PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»█████ÁÂÀ©████¢¥███████ãÃ███████¤ðÐÊËÈıÍÎÏ████¦Ì█ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²█\u{a0}";

fn dos(bytes: &[u8]) -> String {
    let upper: Vec<char> = CODE_PAGE_850.chars().collect();
    let letter = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(at) => upper.get(usize::from(at)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    bytes.iter().map(letter).collect()
}
