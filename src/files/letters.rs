//! What the letters are that the older encodings have. The tables of Rust's own library know all letters of Unicode, and would
//! be downloaded with the page.

/// Is it a letter?
pub(super) fn is_letter(c: char) -> bool {
    is_latin(c)
        || matches!(c,
            // Greek, Cyrillic, Hebrew, Arabic, Thai.
            '\u{386}' | '\u{388}'..='\u{3ff}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}'
            | '\u{5d0}'..='\u{5f2}' | '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}'
            | '\u{e01}'..='\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e40}'..='\u{e46}'
            // Japanese, Chinese, Korean.
            | '\u{3005}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{312f}' | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff21}'..='\u{ff5a}'
            | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

/// Is it a Latin letter?
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c,
            'ª' | 'º' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Is it a mark, which stands on the letter before it?
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{652}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

/// The small letter to a capital of the Latin, Greek and Cyrillic scripts; any other character as it is.
pub(super) fn lowercase(c: char) -> char {
    let code = u32::from(c);
    let small = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3ab | 0x410..=0x42f => code + 0x20,
        0x130 => 0x69,
        0x178 => 0xff,
        // Small letters stand behind their capitals.
        0x100..=0x137 | 0x14a..=0x177 | 0x1a0 | 0x490 => code | 1,
        0x139..=0x148 | 0x179..=0x17e | 0x1af => code + (code & 1),
        0x386 => 0x3ac,
        0x388..=0x38a => code + 0x25,
        0x38c => 0x3cc,
        0x38e | 0x38f => code + 0x3f,
        0x400..=0x40f => code + 0x50,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// Is it a capital?
pub(super) fn is_uppercase(c: char) -> bool {
    lowercase(c) != c
}

/// Is it a small letter?
pub(super) fn is_lowercase(c: char) -> bool {
    (is_latin(c) || matches!(c, '\u{390}' | '\u{3ac}'..='\u{3ce}' | '\u{430}'..='\u{491}'))
        && !is_uppercase(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters that the encodings with one byte to a letter have.
    #[test]
    fn the_letters_are_those_of_unicode() {
        for encoding in [1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 874] {
            let decoder = encoding_rs::Encoding::for_label(format!("windows-{encoding}").as_bytes()).unwrap();
            for byte in 0x80..=0xff {
                let bytes = [byte];
                let c = decoder.decode_without_bom_handling(&bytes).0.chars().next().unwrap();
                if is_mark(c) || matches!(c, 'ƒ' | 'ˆ' | 'ˇ' | 'µ' | 'ـ') || c == char::REPLACEMENT_CHARACTER
                {
                    continue;
                }
                assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
                assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
                assert_eq!(is_lowercase(c), c.is_lowercase(), "{c:?}");
                if c != 'İ' {
                    assert_eq!(lowercase(c), c.to_lowercase().next().unwrap(), "{c:?}");
                }
            }
        }
    }
}
