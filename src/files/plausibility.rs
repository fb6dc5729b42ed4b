//! How much sense the letters of a text make in an encoding.
//!
//! Names are short, so no statistics are kept. Three things tell encodings apart in a handful of names: the letters of one
//! language stand together (`Dvořák` is Czech, no language writes `Dvoøák`); a capital does not stand within a word, nor a
//! sign; and a word is in one script.

use crate::files::file::Encoding;
use crate::files::letters::{is_latin, is_letter, is_lowercase, is_mark, is_uppercase, lowercase};

/// The encodings with one byte to a letter, the more frequent first, and the letters outside ASCII that each of their
/// languages has, in lower case. Of other scripts: first the letters that make up most of a text, then the others.
#[rustfmt::skip]
pub(super) const SINGLE_BYTE: &[(Encoding, &[&str])] = &[
    (Encoding::Western, WESTERN),
    (Encoding::Central, &["ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"]),
    (Encoding::Cyrillic, CYRILLIC),
    (Encoding::Greek, &["αοιετσνηυρςκλμπάέήίόύώ", "βγδζθξφχψωϊϋ"]),
    (Encoding::Turkish, &["çğıiöşü"]),
    (Encoding::Baltic, &["ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"]),
    (Encoding::Hebrew, &["אבגדהוזחטיכלמנסעפצקרשתםןךףץ"]),
    (Encoding::Arabic, &["ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأإؤئ", "پچژگکںھہےڈٹڑ"]),
    (Encoding::Thai, &["านรกอเงมยสวตทลพบดปคหจชขไใโแะิีุูัำ่้์", "ซณถธผฝฟภศษฐฆญฎฏฑฒฬฮฤึืๅๆ็๊๋"]),
    (Encoding::Vietnamese, &["àâăãáèêéìíòôóõơùúưýđ\u{300}\u{301}\u{303}\u{309}\u{323}"]),
    (Encoding::Koi8, CYRILLIC),
    (Encoding::CyrillicDos, CYRILLIC),
    (Encoding::Macintosh, WESTERN),
    (Encoding::Dos, WESTERN),
];
const WESTERN: &[&str] =
    &["äöüß", "àâæçéèêëîïôœùû", "áéíñóúü", "áàâãçéêíóôõú", "àèéìòù", "åäöé", "æøåé", "éëïóè", "àçèéíïòóúü"];
const CYRILLIC: &[&str] = &["аеинортсвлкмдуяюшчхы", "бгжзйпфцщъьэёґєіїђјљњћџќѓѕў"];

/// The encodings with two bytes to a letter.
pub(super) const DOUBLE_BYTE: [Encoding; 4] =
    [Encoding::Japanese, Encoding::Chinese, Encoding::TraditionalChinese, Encoding::Korean];

/// The worth of a byte that makes sense.
const SENSE: i32 = 4;
/// The worth of a fault. It outweighs several letters: such a text is hardly in this encoding.
const NONSENSE: i32 = -16;

/// How much sense the words make whose `bytes` are `text` in this encoding. Each is on a line of its own.
pub(super) fn score(encoding: Encoding, bytes: &[u8], text: &str) -> i32 {
    let letters = match SINGLE_BYTE.iter().find(|(other, _)| *other == encoding) {
        Some((_, languages)) => letters(encoding, languages, text),
        None => pairs(encoding, bytes),
    };
    let words = text.split([
        '\n', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '@', ';', ':', '<', '>', '=', '_', '|',
    ]);
    words.map(nonsense).fold(letters, i32::saturating_add)
}

/// The worth of the letters outside ASCII: more for those of the language that has most of them.
fn letters(encoding: Encoding, languages: &[&str], text: &str) -> i32 {
    let is_latin =
        !matches!(encoding, Encoding::Cyrillic | Encoding::Koi8 | Encoding::CyrillicDos | Encoding::Greek)
            && !matches!(encoding, Encoding::Hebrew | Encoding::Arabic | Encoding::Thai);
    let letters: Vec<char> =
        text.chars().filter(|c| !c.is_ascii() && (is_letter(*c) || is_mark(*c))).map(lowercase).collect();
    let of = |language: &&&str| letters.iter().filter(|letter| language.contains(**letter)).count();
    // Of another script the frequent letters are worth more, whatever the language.
    let best = if is_latin { languages.iter().max_by_key(of) } else { languages.first() };
    let worth = |letter: &char| {
        let is_in_best = best.is_some_and(|language| language.contains(*letter));
        let is_in_any = languages.iter().any(|language| language.contains(*letter));
        match (is_in_best, is_in_any) {
            (true, _) => SENSE,
            (false, true) => SENSE / 4,
            // Icelandic, Finnish and Welsh have them too.
            _ if is_latin && "ðþýšžÿŷŵ".contains(*letter) => SENSE / 4,
            _ => -SENSE,
        }
    };
    letters.iter().map(worth).sum()
}

/// The worth of the letters of two bytes: all of these encodings have the characters that make up most of a text in one
/// place.
fn pairs(encoding: Encoding, bytes: &[u8]) -> i32 {
    let mut worth = 0_i32;
    let mut rest = bytes;
    while let [lead, behind @ ..] = rest {
        rest = behind;
        let is_single = lead.is_ascii() || (encoding == Encoding::Japanese && matches!(lead, 0xa1..=0xdf));
        if is_single {
            worth = worth.saturating_add(if lead.is_ascii() { 0 } else { SENSE / 4 });
            continue;
        }
        let [trail, behind @ ..] = rest else { break };
        rest = behind;
        if encoding == Encoding::Chinese && trail.is_ascii_digit() {
            rest = rest.get(2..).unwrap_or_default();
            continue;
        }
        worth = worth.saturating_add(match (encoding, lead, trail) {
            (Encoding::Japanese, 0x88..=0x97, _) => 2 * SENSE,
            (Encoding::Japanese, 0x82, 0x9f..=0xf1) | (Encoding::Japanese, 0x83, 0x40..=0x96) => 2 * SENSE,
            (Encoding::Japanese, 0x81, _) => 0,
            (Encoding::Chinese, 0xb0..=0xd7, 0xa1..) => 2 * SENSE,
            (Encoding::TraditionalChinese, 0xa4..=0xc6, _) => 2 * SENSE,
            // A narrower range than that of Chinese: what lies in it all over is hardly Chinese.
            (Encoding::Korean, 0xb0..=0xc8, 0xa1..) => 2 * SENSE + 1,
            (_, 0xa1..=0xa3, _) => 0,
            _ => SENSE / 2,
        });
    }
    worth
}

/// The worth of the faults in a word: letters and signs at places where they never stand.
fn nonsense(word: &str) -> i32 {
    let mut before: Option<char> = None;
    let mut cost = 0_i32;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let pair = before.map(|before| faults(before, c, chars.peek().copied())).unwrap_or_default();
        let is_no_text = matches!(c, '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}');
        // A mark stands on a letter.
        let is_alone = is_mark(c) && !before.is_some_and(|before| is_letter(before) || is_mark(before));
        let wrong = pair.saturating_add(i32::from(is_no_text || is_alone));
        cost = cost.saturating_add(NONSENSE.saturating_mul(wrong));
        if c == '’' && before.is_some_and(is_letter) {
            cost = cost.saturating_add(SENSE);
        }
        before = Some(c);
    }
    cost
}

/// How many things are wrong where `c` follows `before`.
fn faults(before: char, c: char, next: Option<char>) -> i32 {
    if before.is_ascii() && c.is_ascii() {
        return 0;
    }
    let are_letters = is_letter(before) && is_letter(c);
    let is_capital_within =
        are_letters && is_uppercase(c) && (is_lowercase(before) || next.is_some_and(is_lowercase));
    let is_mixed = are_letters && is_latin(before) != is_latin(c);
    i32::from(is_capital_within) + i32::from(is_mixed) + i32::from(is_sign_within(before, c, next))
}

/// A sign between letters, or a quotation mark that opens behind a letter.
fn is_sign_within(before: char, c: char, next: Option<char>) -> bool {
    let is_between = is_letter(before) && next.is_some_and(is_letter);
    let is_sign = !c.is_ascii() && !is_letter(c) && !is_mark(c);
    match c {
        '’' | '‘' | '–' | '—' | '·' | '\u{a0}' | '\u{ad}' | '・' => false,
        '„' | '‚' => is_letter(before),
        _ => is_sign && is_between,
    }
}
