//! Letters that only look like others: `а` (Cyrillic) for `a`, `K` (Kelvin) for `K`, `ﬁ` for `fi`.

use crate::addresses::characters::examine;

/// Letters of other scripts, each followed by the Latin one that it looks like.
const PAIRS: &str = "аaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwӏlѵvкkмmтtАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJҮYӀIԌGԚQԜW\
    αaοoνvρpιiκkυuτtχxγyεeηnωwΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϲcϳjµuμu\
    օoոnսuհhցgզqԱUՕOՏSꓐBꓑPꓒDꓓDꓔTꓖGꓗKꓙJꓚCꓝFꓟMꓠNꓡLꓢSꓣRꓥVꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳO";
/// Letters that are no ordinary ones of any script, each followed by the one that is meant.
const ODD: &str =
    "\u{212a}k\u{212b}Åıiſsɑaɡgℓl℮eℂCℍHℕNℙPℚQℝRℤZℎhℯeℊgℴoℐIℑIℒLℓlℛRℜRℬBℰEℱFℳMⅰiⅴvⅹxⅼlⅽcⅾdⅿmⅠIⅤVⅩXⅬLⅭCⅮDⅯM";
const LIGATURES: [(char, &str); 7] =
    [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];
/// Signs that look like those which an address may have.
const SIGNS: [(&str, char); 3] = [("‐‑‒–—―−﹣⁃", '-'), ("․·•∙⋅・", '.'), ("＿‗", '_')];

/// What a letter belongs to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Script {
    /// Digits, signs, accents.
    Common,
    Latin,
    Greek,
    Cyrillic,
    /// Armenian, Cherokee, Coptic, Lisu: others with letters that look like Latin ones.
    Similar,
    /// Scripts whose letters look like no Latin ones.
    Other,
}

/// The first letter of an address that looks like another one, and the address in plain letters where all of them are known.
pub(super) fn lookalike(address: &str) -> Option<(char, Option<String>)> {
    examine(address.len());
    if address.is_ascii() {
        return None;
    }
    // In an address that ends with a Latin domain, a word of nothing but such letters pretends to be a Latin one.
    let is_latin_domain = address.rsplit('.').next().is_some_and(|last| last.is_ascii());
    let (mut first, mut plain, mut is_known) = (None, String::new(), true);
    for word in address.split_inclusive(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
        match odd_in(word, is_latin_domain) {
            None => plain.push_str(word),
            Some(odd) => {
                first = first.or(Some(odd));
                for c in word.chars() {
                    is_known &= push_plain(&mut plain, c);
                }
            }
        }
    }
    first.map(|first| (first, is_known.then_some(plain)))
}

/// The first letter of a word that is not one of the word's own script.
fn odd_in(word: &str, is_latin_domain: bool) -> Option<char> {
    if let Some(odd) = word.chars().find(|c| is_odd(*c)) {
        return Some(odd);
    }
    let foreign = |c: &char| matches!(script(*c), Script::Greek | Script::Cyrillic | Script::Similar);
    let first = word.chars().find(foreign)?;
    let is_mixed = word.chars().any(|c| {
        let own = script(c);
        own == Script::Latin || foreign(&c) && own != script(first)
    });
    let are_all_similar = || word.chars().filter(foreign).all(|c| paired(PAIRS, c).is_some());
    (is_mixed || is_latin_domain && are_all_similar()).then_some(first)
}

/// Is it a variant of another character, whatever stands around it?
fn is_odd(c: char) -> bool {
    plain_variant(c).is_some() || paired(ODD, c).is_some() || SIGNS.iter().any(|(signs, _)| signs.contains(c))
}

/// Adds the plain counterpart of `c`. `false` when it is a letter of another script without one.
fn push_plain(out: &mut String, c: char) -> bool {
    if let Some((_, letters)) = LIGATURES.iter().find(|(ligature, _)| *ligature == c) {
        out.push_str(letters);
        return true;
    }
    let sign = SIGNS.iter().find(|(signs, _)| signs.contains(c)).map(|(_, sign)| *sign);
    let plain = plain_variant(c).or_else(|| paired(ODD, c)).or_else(|| paired(PAIRS, c)).or(sign);
    out.push(plain.unwrap_or(c));
    plain.is_some() || matches!(script(c), Script::Common | Script::Latin | Script::Other)
}

fn paired(pairs: &str, c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    let mut chars = pairs.chars();
    while let (Some(letter), Some(plain)) = (chars.next(), chars.next()) {
        if letter == c {
            return Some(plain);
        }
    }
    None
}

/// The letter or digit of which `c` is a styled variant: `𝐣`, `ⓙ`, `²`.
fn plain_variant(c: char) -> Option<char> {
    let code = u32::from(c);
    let nth = |first: char, at: u32| char::from_u32(u32::from(first).saturating_add(at));
    let cased = |at: u32| if at < 26 { nth('A', at) } else { nth('a', at.saturating_sub(26)) };
    if let Some((_, letters)) = LIGATURES.iter().find(|(ligature, _)| *ligature == c) {
        return letters.chars().next();
    }
    match code {
        0x1d400..=0x1d6a3 => cased(code.saturating_sub(0x1d400) % 52),
        0x1d7ce..=0x1d7ff => nth('0', code.saturating_sub(0x1d7ce) % 10),
        0x24b6..=0x24e9 => cased(code.saturating_sub(0x24b6)),
        0xb9 => Some('1'),
        0xb2 | 0xb3 => nth('2', code.saturating_sub(0xb2)),
        0x2070..=0x2079 => nth('0', code.saturating_sub(0x2070)),
        0x2080..=0x2089 => nth('0', code.saturating_sub(0x2080)),
        _ => None,
    }
}

/// The script of a character.
pub(super) fn script(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\0'..='\u{7f}' | '\u{300}'..='\u{36f}' => Script::Common,
        'µ' => Script::Greek,
        'ª' | 'º' | 'À'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' => Script::Cyrillic,
        '\u{a640}'..='\u{a69f}' => Script::Cyrillic,
        '\u{530}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Script::Similar,
        '\u{2c80}'..='\u{2cff}' | '\u{a4d0}'..='\u{a4ff}' => Script::Similar,
        '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{2bff}' => Script::Common,
        _ => Script::Other,
    }
}
