//! What the browser has read of a file, and why it may have no text.

/// The largest file that is read, in bytes. A list of 10,000 addresses takes less than a twentieth of it.
pub const MAX_SIZE: usize = 20_000_000;

/// A file that the browser has read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name, without a folder.
    pub name: String,
    /// Its text, or why it has none.
    pub content: Result<FileText, FileProblem>,
}

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// The text. Of a workbook it is one sheet, its cells separated by tabs.
    pub text: String,
    /// How it was encoded.
    pub encoding: Encoding,
    /// Whether the bytes say so. Where they do not, letters outside ASCII may be others than those that were written.
    pub is_certain: bool,
}

/// Why no addresses are read in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It has no bytes, or nothing but white space.
    Empty,
    /// It has more than [`MAX_SIZE`] bytes.
    TooLarge,
    /// The browser could not read it: it is a folder, or it was moved meanwhile.
    Unreadable,
    /// It is a PDF.
    Pdf,
    /// It is a picture.
    Picture,
    /// It is a workbook (Excel, LibreOffice) that could not be read.
    Workbook,
    /// It can only be read with its password.
    Protected,
    /// The code that reads workbooks could not be fetched.
    NotFetched,
    /// It is a document of a word processor, or of another program whose files only that program reads.
    Document,
    /// It holds other files: ZIP and the like.
    Archive,
    /// It is no text, and nothing that has a name here.
    Binary,
}

/// How a text is encoded, by the letters that the encoding has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, UTF-16, or nothing but ASCII.
    Unicode,
    /// Western European: windows-1252.
    Western,
    /// Western European, of older Macs.
    Macintosh,
    /// Western European, of DOS: "CSV (MS-DOS)" in Excel.
    Dos,
    /// Central European: windows-1250.
    Central,
    /// Turkish: windows-1254.
    Turkish,
    /// Baltic: windows-1257.
    Baltic,
    /// Cyrillic: windows-1251.
    Cyrillic,
    /// Cyrillic: KOI8-U.
    Koi8,
    /// Cyrillic, of DOS: IBM 866.
    CyrillicDos,
    /// Greek: windows-1253.
    Greek,
    /// Hebrew: windows-1255.
    Hebrew,
    /// Arabic: windows-1256.
    Arabic,
    /// Vietnamese: windows-1258.
    Vietnamese,
    /// Thai: windows-874.
    Thai,
    /// Japanese: Shift_JIS.
    Japanese,
    /// Japanese, in seven bits: ISO-2022-JP.
    Japanese7,
    /// Simplified Chinese: GB18030.
    Chinese,
    /// Traditional Chinese: Big5.
    TraditionalChinese,
    /// Korean: EUC-KR.
    Korean,
}

impl Encoding {
    /// Its name, as the browser's decoders know it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unicode => "utf-8",
            Self::Western => "windows-1252",
            Self::Macintosh => "macintosh",
            Self::Dos => "ibm850",
            Self::Central => "windows-1250",
            Self::Turkish => "windows-1254",
            Self::Baltic => "windows-1257",
            Self::Cyrillic => "windows-1251",
            Self::Koi8 => "koi8-u",
            Self::CyrillicDos => "ibm866",
            Self::Greek => "windows-1253",
            Self::Hebrew => "windows-1255",
            Self::Arabic => "windows-1256",
            Self::Vietnamese => "windows-1258",
            Self::Thai => "windows-874",
            Self::Japanese => "shift_jis",
            Self::Japanese7 => "iso-2022-jp",
            Self::Chinese => "gb18030",
            Self::TraditionalChinese => "big5",
            Self::Korean => "euc-kr",
        }
    }
}
