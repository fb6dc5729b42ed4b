//! Tells texts, workbooks and everything else apart by their first bytes.

use crate::files::file::FileProblem;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A workbook: `.xlsx`, `.xlsm`, `.xlsb`, `.xls`, `.ods`.
    Workbook,
    /// Something in which no address can be read.
    Other(FileProblem),
}

/// The first bytes of files that are not texts, and what these files are.
const MAGIC: &[(&[u8], FileProblem)] = &[
    (b"%PDF-", FileProblem::Pdf),
    (b"\x89PNG", FileProblem::Picture),
    (b"\xff\xd8\xff", FileProblem::Picture),
    (b"GIF8", FileProblem::Picture),
    (b"II*\0", FileProblem::Picture),
    (b"MM\0*", FileProblem::Picture),
    (b"{\\rtf", FileProblem::Document),
    (b"\x1f\x8b", FileProblem::Archive),
    (b"7z\xbc\xaf\x27\x1c", FileProblem::Archive),
    (b"Rar!\x1a\x07", FileProblem::Archive),
    (b"BZh", FileProblem::Archive),
    (b"\xfd7zXZ", FileProblem::Archive),
];

const ZIP: &[u8] = b"PK\x03\x04";
/// The container of Excel's older workbooks, of Word's older documents, and of anything with a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ODS: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
const ODF: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument";
/// How many bytes at the end of a ZIP are searched: its list of files is there.
const LISTING: usize = 65_536;
/// How many bytes of a text are searched for characters that no text has.
const SAMPLE: usize = 65_536;

/// What the file of this name is.
pub fn kind(name: &str, bytes: &[u8]) -> Kind {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Kind::Other(FileProblem::Empty);
    }
    if bytes.starts_with(ZIP) {
        return zip(bytes);
    }
    if bytes.starts_with(OLE) {
        return ole(name, bytes);
    }
    if let Some((_, problem)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Kind::Other(*problem);
    }
    if is_picture_by_its_box(bytes) {
        return Kind::Other(FileProblem::Picture);
    }
    let is_binary = match utf16(bytes) {
        Some(unit) => is_binary(bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)))),
        None => is_binary(bytes.iter().map(|byte| u16::from(*byte))),
    };
    if is_binary {
        return Kind::Other(FileProblem::Binary);
    }
    Kind::Text
}

/// What a ZIP holds: Excel's and LibreOffice's files are ZIPs.
fn zip(bytes: &[u8]) -> Kind {
    let start = bytes.get(..LISTING).unwrap_or(bytes);
    let end = bytes.get(bytes.len().saturating_sub(LISTING)..).unwrap_or(bytes);
    let holds = |name: &[u8]| contains(start, name) || contains(end, name);
    match () {
        () if holds(ODS) || holds(b"xl/workbook") => Kind::Workbook,
        () if holds(ODF) || holds(b"word/document") || holds(b"ppt/") || holds(b"Index/Document.iwa") => {
            Kind::Other(FileProblem::Document)
        }
        () => Kind::Other(FileProblem::Archive),
    }
}

fn ole(name: &str, bytes: &[u8]) -> Kind {
    let holds = |name: &str| contains(bytes, &name.bytes().flat_map(|byte| [byte, 0]).collect::<Vec<_>>());
    let is_named = |extension: &str| {
        let end = name.len().saturating_sub(extension.len());
        name.get(end..).is_some_and(|end| end.eq_ignore_ascii_case(extension))
    };
    match () {
        () if holds("EncryptedPackage") => Kind::Other(FileProblem::Protected),
        () if holds("WordDocument") => Kind::Other(FileProblem::Document),
        () if holds("Workbook") || is_named(".xls") || is_named(".xlt") => Kind::Workbook,
        () => Kind::Other(FileProblem::Document),
    }
}

fn contains(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
}

/// Pictures that name their kind behind a length: WebP, HEIC, AVIF.
fn is_picture_by_its_box(bytes: &[u8]) -> bool {
    let at = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
    let is_webp = at(0, 4) == b"RIFF" && at(8, 12) == b"WEBP";
    is_webp || (at(4, 8) == b"ftyp" && matches!(at(8, 12), b"heic" | b"heix" | b"mif1" | b"avif" | b"msf1"))
}

/// Which half of each 16-bit unit comes first, if the bytes are UTF-16: said by a byte order mark or, without one, shown by
/// the zero bytes that Latin letters and all separators have at every second place, and nowhere else.
pub(super) fn utf16(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return Some(u16::from_be_bytes),
        _ => {}
    }
    let (mut first, mut second, mut units) = (0_usize, 0_usize, 0_usize);
    for unit in bytes.get(..SAMPLE).unwrap_or(bytes).chunks_exact(2) {
        units += 1;
        first += usize::from(unit.first() == Some(&0));
        second += usize::from(unit.last() == Some(&0));
    }
    // An address and its separators alone are a tenth of a row of Chinese.
    let is_frequent = |zeros: usize| zeros.saturating_mul(10) >= units && zeros > 0;
    match (first, second) {
        (0, zeros) if is_frequent(zeros) => Some(u16::from_le_bytes),
        (zeros, 0) if is_frequent(zeros) => Some(u16::from_be_bytes),
        _ => None,
    }
}

/// Has it a zero, or more than a few control characters? Some programs fill a text up with zeros, or end it with the end mark
/// of DOS. ISO-2022-JP has escapes.
fn is_binary(units: impl DoubleEndedIterator<Item = u16> + Clone) -> bool {
    let filling = units.clone().rev().take_while(|unit| matches!(unit, 0 | 0x1a)).count();
    let (mut zeros, mut controls, mut all) = (0_usize, 0_usize, 0_usize);
    for unit in units.rev().skip(filling) {
        all += 1;
        zeros += usize::from(unit == 0);
        controls += usize::from(matches!(unit, 1..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f));
    }
    zeros > 0 || controls.saturating_mul(100) > all
}
