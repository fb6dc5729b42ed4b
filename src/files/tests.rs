use super::*;
use encoding_rs::Encoding as Decoder;
use proptest::prelude::*;

fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let decoder = Decoder::for_label(label.as_bytes()).unwrap_or_else(|| panic!("no {label}"));
    decoder.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

fn read(bytes: &[u8]) -> FileText {
    text_of(bytes, decode).unwrap()
}

fn encode(encoding: Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, is_lossy) = Decoder::for_label(encoding.label().as_bytes()).unwrap().encode(text);
    assert!(!is_lossy, "{text}");
    bytes.into_owned()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// Lists of names as they stand in files, in the encodings of their countries.
const LISTS: &[(Encoding, &str)] = &[
    (Encoding::Western, "Name;Email\nJörg Müller;j@x.de\nZoë Roe;z@x.de\n"),
    (Encoding::Western, "José Núñez,j@x.es\nMaría Peña,m@x.es\n"),
    (Encoding::Western, "François Lefèvre,f@x.fr\nHélène Côté,h@x.fr\n"),
    (Encoding::Western, "Søren Kjær;s@x.dk\nÅse Bjørnsen;a@x.dk\n"),
    (Encoding::Western, "João Gonçalves;j@x.pt\nAntônio Simões;a@x.pt\n"),
    (Encoding::Western, "Åsa Öberg;a@x.se\nBjörn Sjögren;b@x.se\n"),
    (Encoding::Western, "Niall O’Malley,o@x.ie\n"),
    (Encoding::Western, "Guðrún Þórsdóttir;g@x.is\nÞór Ægisson;t@x.is\n"),
    (Encoding::Western, "„Team“ Müller – Büro;t@x.de\n"),
    (
        Encoding::Western,
        "José Núñez,j@x.es\nJörg Müller,j@x.de\nZoë Roe,z@x.de\nØystein Lie,o@x.no\nFrançois Roy,f@x.fr\n",
    ),
    (Encoding::Western, "Jörg,j@x.de\n"),
    (Encoding::Western, "René\nj@x.de\n"),
    (Encoding::Central, "Michał Wałęsa;m@x.pl\nŻaneta Gąsior;z@x.pl\n"),
    (Encoding::Central, "Antonín Dvořák;a@x.cz\nLuděk Šťastný;l@x.cz\n"),
    (Encoding::Central, "Kovács Ödön;k@x.hu\nSzűcs Őze;s@x.hu\n"),
    (Encoding::Central, "Ivan Petrović;i@x.hr\nŽeljko Kovačić;z@x.hr\n"),
    (Encoding::Turkish, "Yılmaz Şahin;y@x.tr\nErdoğan Çelik;e@x.tr\n"),
    (Encoding::Baltic, "Šarūnas Žukauskas;s@x.lt\nRūta Jonaitė;r@x.lt\n"),
    (Encoding::Cyrillic, "Имя;Почта\nИван Петров;i@x.ru\nЖанна Щукина;z@x.ru\n"),
    (Encoding::Koi8, "Иван Петров;i@x.ru\nОльга Смирнова;o@x.ru\n"),
    (Encoding::CyrillicDos, "Иван Петров;i@x.ru\nОльга Смирнова;o@x.ru\n"),
    (Encoding::Greek, "Γιώργος Παπαδόπουλος;g@x.gr\nΕλένη Νικολάου;e@x.gr\n"),
    (Encoding::Hebrew, "דוד כהן;d@x.il\nשרה לוי;s@x.il\n"),
    (Encoding::Arabic, "محمد علي;m@x.eg\nفاطمة حسن;f@x.eg\n"),
    (Encoding::Thai, "สมชาย ใจดี;s@x.th\nสุดา รักไทย;r@x.th\n"),
    (Encoding::Japanese, "氏名,メール\n山田 花子,y@x.jp\nすずき いちろう,s@x.jp\n"),
    (Encoding::Chinese, "姓名,邮箱\n王伟,w@x.cn\n李娜,l@x.cn\n张敏,z@x.cn\n"),
    (Encoding::TraditionalChinese, "姓名,郵箱\n陳怡君,c@x.tw\n林志明,l@x.tw\n"),
    (Encoding::Korean, "이름,이메일\n김철수,k@x.kr\n이영희,l@x.kr\n"),
    (Encoding::Macintosh, "Jörg Müller;j@x.de\nZoë Roe;z@x.de\nRenée Groß;r@x.de\n"),
];

#[test]
fn a_list_of_names_is_read_in_the_encoding_of_its_country() {
    let mut wrong = vec![];
    for (encoding, text) in LISTS {
        let read = read(&encode(*encoding, text));
        if read.text != *text || read.encoding != *encoding {
            wrong.push(format!("{:?}: {:?} {}", encoding, read.encoding, read.text));
        }
        assert!(!read.is_certain, "{text}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_list_that_excel_wrote_for_dos_is_read() {
    let read = read(b"J\x94rg M\x81ller;j@x.de\r\nZo\x89 Roe;z@x.de\r\n");
    assert_eq!((&*read.text, read.encoding), ("Jörg Müller;j@x.de\r\nZoë Roe;z@x.de\r\n", Encoding::Dos));
}

#[test]
fn what_is_said_by_the_bytes_is_certain() {
    let text = "Name\tEmail\r\nJörg Doe\tj@x.de\r\n山田 花子\ty@x.jp\r\n";
    let marked = ["\u{feff}", text].concat();
    for bytes in [
        text.as_bytes().to_vec(),
        marked.as_bytes().to_vec(),
        utf16(&marked, u16::to_le_bytes),
        utf16(&marked, u16::to_be_bytes),
        utf16(text, u16::to_le_bytes),
        utf16(text, u16::to_be_bytes),
        [text.as_bytes(), b"\0\0\x1a"].concat(),
    ] {
        assert_eq!(kind("t.csv", &bytes), Kind::Text);
        let expected = FileText { text: text.to_owned(), encoding: Encoding::Unicode, is_certain: true };
        assert_eq!(read(&bytes), expected, "{bytes:?}");
    }
    let japanese = encode(Encoding::Japanese7, "山田 花子,y@x.jp\n");
    assert_eq!(kind("t.csv", &japanese), Kind::Text);
    assert_eq!((read(&japanese).text, read(&japanese).is_certain), ("山田 花子,y@x.jp\n".to_owned(), true));
}

#[test]
fn a_text_that_was_cut_off_within_a_letter_stays_utf_8() {
    let bytes = "Jörg,j@x.de\nZoë,z@x.de\nRené,r@x.de\nü".as_bytes();
    let read = read(&bytes[..bytes.len() - 1]);
    assert_eq!((&*read.text, read.is_certain), ("Jörg,j@x.de\nZoë,z@x.de\nRené,r@x.de\n\u{fffd}", false));
    assert_eq!(self::read(b"\xef\xbb\xbfJ\xf6rg,j@x.de").text, "J\u{fffd}rg,j@x.de");
}

#[test]
fn a_byte_that_is_no_letter_becomes_no_letter() {
    // 0x81 is unassigned in windows-1252, and all else fits nothing else.
    let read = read(b"\x81\x8d\x8f\x90\x9d j@x.de \xfc\xe9");
    assert!(!read.text.chars().any(|c| matches!(c, '\u{80}'..='\u{9f}')), "{:?}", read.text);
}

fn other(name: &str, bytes: &[u8]) -> FileProblem {
    match kind(name, bytes) {
        Kind::Other(problem) => problem,
        kind => panic!("{name}: {kind:?}"),
    }
}

fn case(name: &str) -> Vec<u8> {
    std::fs::read(["tests/fixtures/cases/", name].concat()).unwrap()
}

#[test]
fn what_is_no_text_is_told_by_its_bytes() {
    assert_eq!(other("staff.pdf", &case("staff.pdf")), FileProblem::Pdf);
    assert_eq!(other("list.csv", &case("staff.pdf")), FileProblem::Pdf);
    assert_eq!(other("image.png", &case("clipboard-image.png")), FileProblem::Picture);
    assert_eq!(other("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF jane@example.com"), FileProblem::Picture);
    assert_eq!(other("a.heic", b"\0\0\0\x18ftypheic"), FileProblem::Picture);
    assert_eq!(other("a.webp", b"RIFF\x01\x02\x03\x04WEBPVP8 "), FileProblem::Picture);
    assert_eq!(other("a.rtf", b"{\\rtf1 jane@example.com}"), FileProblem::Document);
    assert_eq!(other("a.docx", b"PK\x03\x04..word/document.xml"), FileProblem::Document);
    assert_eq!(
        other("a.odt", b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text"),
        FileProblem::Document
    );
    assert_eq!(other("a.numbers", b"PK\x03\x04..Index/Document.iwa"), FileProblem::Document);
    assert_eq!(other("a.zip", b"PK\x03\x04..list.csv"), FileProblem::Archive);
    assert_eq!(other("a.gz", b"\x1f\x8b\x08\0"), FileProblem::Archive);
    assert_eq!(other("a.exe", b"MZ\x90\0\x03\0\0\0\x04\0jane@example.com"), FileProblem::Binary);
    assert_eq!(other("a.bin", b"\x01\x02jane@example.com\x03\x04\x05\x06"), FileProblem::Binary);
    assert_eq!(other("a.wav", b"\x01\0\x02\0\x03\0a\0@\0b\0\x10\0\x04\0"), FileProblem::Binary);
    assert_eq!(other("a.csv", b""), FileProblem::Empty);
    assert_eq!(other("a.csv", b" \r\n\t\0\0"), FileProblem::Empty);
    assert_eq!(text_of(b"\xef\xbb\xbf\r\n", decode), Err(FileProblem::Empty));
}

#[test]
fn workbooks_are_told_by_what_they_hold() {
    assert_eq!(kind("staff.xlsx", &case("staff.xlsx")), Kind::Workbook);
    assert_eq!(kind("staff.csv", &case("staff.xlsx")), Kind::Workbook);
    assert_eq!(kind("staff.XLS", &case("staff.xls")), Kind::Workbook);
    let ods = b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    assert_eq!(kind("staff.ods", ods), Kind::Workbook);
    let ole = |stream: &str| [OLE_START, &utf16(stream, u16::to_le_bytes)].concat();
    assert_eq!(kind("staff", &ole("Workbook")), Kind::Workbook);
    assert_eq!(other("staff.xlsx", &ole("EncryptedPackage")), FileProblem::Protected);
    assert_eq!(other("staff.doc", &ole("WordDocument")), FileProblem::Document);
    // Programs write tables of HTML, and of text, under Excel's name.
    assert_eq!(kind("staff.xls", b"<table><tr><td>jane@example.com</td></tr></table>"), Kind::Text);
}

const OLE_START: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The files of the cases that are texts, and what each must hold.
#[test]
fn the_files_of_the_cases_are_read_as_the_texts_that_they_are() {
    let outlook = read(&case("outlook-contacts-cp1252.csv"));
    assert!(outlook.text.contains("Zoë") && outlook.text.contains("Jörg"), "{}", outlook.text);
    assert_eq!((outlook.encoding, outlook.is_certain), (Encoding::Western, false));
    let google = read(&case("google-contacts-old-utf16.csv"));
    assert!(google.is_certain && google.text.starts_with("Name,") && google.text.contains("山田"));
    let marked = read(&case("utf8-bom-no-heading.csv"));
    assert!(marked.is_certain && marked.text.starts_with("jane@example.com"), "{}", marked.text);
}

#[test]
fn of_a_workbook_the_first_sheet_with_an_address_is_read() {
    let sheets = "Notes\u{1f}\u{1e}\u{1d}\u{1f}\u{1e}\u{1d}\
        Name\u{1f}Email\u{1f}\u{1e}Jörg \"JD\"\nDoe\u{1f}jane@example.com\u{1f}\u{1e}\u{1d}rick@example.com\u{1f}\u{1e}\u{1d}";
    let text = |sheets| workbook_text(sheets).map(|read| read.text);
    assert_eq!(text(sheets), Ok("Name\tEmail\n\"Jörg \"\"JD\"\"\nDoe\"\tjane@example.com\n".to_owned()));
    assert_eq!(text("\u{1f}\u{1e}\u{1d}Notes\u{1f}\u{1e}\u{1d}"), Ok("Notes\n".to_owned()));
    assert_eq!(text("\u{1f} \u{1e}\u{1d}\u{1d}"), Err(FileProblem::Empty));
    assert_eq!(text(""), Err(FileProblem::Workbook));
}

#[test]
fn html_breaks_its_lines_where_it_shows_them() {
    let html = "<td>a@x.de<BR>b@x.de</td><td>Jane\r\n Doe</td>";
    assert_eq!(with_breaks(html), "\n<td>a@x.de\n<BR>b@x.de</td>\n<td>Jane   Doe</td>");
}

proptest! {
    #[test]
    fn any_text_in_unicode_is_read_as_it_is(text in "[^\u{0}-\u{1f}\u{7f}\u{feff}\u{fffd}]{1,40}[a-z]") {
        prop_assume!(kind("t.txt", text.as_bytes()) == Kind::Text);
        let read = read(text.as_bytes());
        prop_assert_eq!((read.text, read.is_certain), (text.clone(), true));
    }

    #[test]
    fn any_bytes_come_to_something(bytes in prop::collection::vec(any::<u8>(), 0..200), name in ".{0,9}") {
        if kind(&name, &bytes) == Kind::Text && let Ok(read) = text_of(&bytes, decode) {
            let is_control = |c: char| matches!(c, '\u{80}'..='\u{9f}');
            prop_assert!(read.encoding == Encoding::Unicode || !read.text.contains(is_control));
        }
    }
}
