//! What reading addresses promises of each text, by the public functions alone: the fuzz target checks the same.

use clerk_invitations::addresses::{Doubt, Meaning, ParsedAddress, Parser, csv};
use clerk_invitations::domain::Email;

/// Longer texts are cut: what is wrong shows in short ones as well.
const LONGEST: usize = 4096;

/// Checks that nothing that could be an address disappears unseen, that nothing can be sent that does not stand in the text
/// letter for letter, and that a table of what was read reads back as the same people.
///
/// # Panics
/// When one of these does not hold.
pub fn check(text: &str) {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let (read, parser) = read(text);
    let sendable: Vec<&str> =
        read.iter().filter(|address| is_sendable(address)).map(|address| address.text.as_str()).collect();
    let readings = Readings::of(text);
    for address in &sendable {
        assert!(readings.have(address), "{address:?} can be sent and does not stand in {text:?}");
    }
    let seen = seen(&read, &parser);
    if parser.summary().is_none_or(|summary| summary.columns.iter().all(|column| is_read(column.meaning)))
        && !has_markup(text)
    {
        for address in addresses(text) {
            assert!(seen.contains(&address), "{address:?} is nowhere in {seen:?}, read from {text:?}");
        }
    }
    let table = csv::to_csv(&read);
    let (back, _) = self::read(&table);
    let back: Vec<&str> =
        back.iter().filter(|address| is_sendable(address)).map(|address| address.text.as_str()).collect();
    for address in &sendable {
        assert!(back.contains(address), "{address:?} is not read back from {table:?}, written of {text:?}");
    }
}

fn read(text: &str) -> (Vec<ParsedAddress>, Parser) {
    let is_role = |text: &str| ["admin", "member"].contains(&text.to_lowercase().as_str());
    let mut parser = Parser::new(text.to_owned(), &is_role);
    (parser.by_ref().collect(), parser)
}

fn is_sendable(address: &ParsedAddress) -> bool {
    address.doubt.is_none() && Email::check(&address.text).is_ok()
}

/// Is the column one whose cells the admin sees?
fn is_read(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Address | Meaning::Name | Meaning::Role)
}

/// All that the admin can see of what was read.
fn seen(read: &[ParsedAddress], parser: &Parser) -> String {
    let summary = parser.summary();
    let left_out = summary.iter().flat_map(|summary| &summary.left_out);
    let mut seen = String::new();
    for ParsedAddress { text, name, role, doubt } in read.iter().chain(left_out) {
        let offer = doubt.as_ref().and_then(|Doubt { offer, .. }| offer.as_ref());
        for said in [Some(text), name.as_ref(), role.as_ref(), offer].into_iter().flatten() {
            seen.extend([said, "\n"]);
        }
    }
    seen.extend(summary.iter().flat_map(|summary| &summary.notes).map(String::as_str));
    // A name that is an address is shown so that nothing takes it for one.
    plain(&seen).to_lowercase().replace(" (at) ", "@")
}

/// Has it what may hide an address on purpose: the tags and comments of HTML, the fields of a link, lines of a mail's header,
/// contacts and calendars?
fn has_markup(text: &str) -> bool {
    text.contains(['<', '＜', '&', '=', '%', ':', '：', '\\'])
}

/// The words of a text that are addresses as they stand, in lower case.
fn addresses(text: &str) -> Vec<String> {
    let is_around = |c: char| c.is_whitespace() || ",;|/\"'`()[]{}<>!?".contains(c) || !c.is_ascii();
    let plain = plain(text).to_lowercase();
    let words = plain.split(is_around).map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    words.filter(|word| Email::check(word).is_ok()).map(str::to_owned).collect()
}

/// A text without invisible characters, and with plain letters for those that are as wide as East Asian ones.
fn plain(text: &str) -> String {
    let is_invisible = |c: &char| {
        matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
        ) || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
            || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}')
    };
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '。' | '｡' | '﹒' => '.',
        '﹫' => '@',
        c => c,
    };
    text.chars().filter(|c| !is_invisible(c)).map(narrow).collect()
}

/// The ways in which a text can be read that is written as something else: a link, HTML, a folded line.
struct Readings(Vec<String>);

impl Readings {
    fn of(text: &str) -> Self {
        let ways: [fn(&str) -> String; 5] = [unfolded, without_tags, without_entities, unquoted, unescaped];
        let mut all = vec![plain(text)];
        for way in ways {
            let more: Vec<_> = all.iter().map(|text| plain(&way(text))).collect();
            all.extend(more);
            all.dedup();
        }
        let encoded: Vec<_> = all.iter().map(|text| plain(&decoded(text, '%'))).collect();
        all.extend(encoded);
        Self(all)
    }

    fn have(&self, address: &str) -> bool {
        self.0.iter().any(|text| text.contains(address))
    }
}

fn unfolded(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace("\n ", "").replace("\n\t", "")
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        match behind.split_once('>') {
            Some((tag, after)) if !tag.contains(['<', '@']) => rest = after,
            _ => {
                out.push('<');
                rest = behind;
            }
        }
    }
    out + rest
}

fn without_entities(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        rest = behind;
        let Some((name, after)) = behind.split_once(';').filter(|(name, _)| name.len() < 10) else {
            out.push('&');
            continue;
        };
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => number.parse().ok(),
        });
        let known = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            "commat" => Some('@'),
            "period" => Some('.'),
            "comma" => Some(','),
            "lowbar" => Some('_'),
            _ => number.and_then(char::from_u32),
        };
        match known {
            Some(c) => {
                out.push(c);
                rest = after;
            }
            None => out.push('&'),
        }
    }
    out + rest
}

/// What quoted-printable stands for.
fn unquoted(text: &str) -> String {
    let joined = text.replace("=\r\n", "").replace("=\n", "").replace("=\r", "");
    decoded(&joined, '=')
}

/// What stands behind a backslash is itself.
fn unescaped(text: &str) -> String {
    text.replace('\\', "")
}

fn decoded(text: &str, sign: char) -> String {
    let mut bytes = vec![];
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(sign) {
        bytes.extend(before.bytes());
        let byte = behind.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.extend(sign.to_string().bytes());
                rest = behind;
            }
        }
    }
    bytes.extend(rest.bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
