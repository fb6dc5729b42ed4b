//! What the admin is told of files.

use crate::files::{Encoding, FileProblem};
use crate::i18n::{Message, Words};

/// Why no addresses were read in a file, and what the admin can do instead.
pub fn file_problem(words: &Words, name: &str, problem: FileProblem) -> String {
    let message = match problem {
        FileProblem::Empty => Message::FileEmpty,
        FileProblem::TooLarge => Message::FileTooLarge,
        FileProblem::Unreadable => Message::FileUnreadable,
        FileProblem::Pdf => Message::FilePdf,
        FileProblem::Picture => Message::FilePicture,
        FileProblem::Workbook => Message::FileWorkbook,
        FileProblem::Protected => Message::FileProtected,
        FileProblem::NotFetched => Message::FileNotFetched,
        FileProblem::Archive => Message::FileArchive,
        FileProblem::Document | FileProblem::Binary => Message::FileForeign,
    };
    words.fill(message, &[("name", name)])
}

/// That a file does not say how its letters are encoded, and what was taken for it.
pub fn guessed_encoding(words: &Words, name: &str, encoding: Encoding) -> String {
    let letters = match encoding {
        Encoding::Unicode => return words.fill(Message::FileDamaged, &[("name", name)]),
        Encoding::Western | Encoding::Macintosh | Encoding::Dos => Message::LettersWestern,
        Encoding::Central => Message::LettersCentral,
        Encoding::Turkish => Message::LettersTurkish,
        Encoding::Baltic => Message::LettersBaltic,
        Encoding::Cyrillic | Encoding::Koi8 | Encoding::CyrillicDos => Message::LettersCyrillic,
        Encoding::Greek => Message::LettersGreek,
        Encoding::Hebrew => Message::LettersHebrew,
        Encoding::Arabic => Message::LettersArabic,
        Encoding::Vietnamese => Message::LettersVietnamese,
        Encoding::Thai => Message::LettersThai,
        Encoding::Japanese | Encoding::Japanese7 => Message::LettersJapanese,
        Encoding::Chinese => Message::LettersChinese,
        Encoding::TraditionalChinese => Message::LettersTraditional,
        Encoding::Korean => Message::LettersKorean,
    };
    let letters = words.say(letters);
    let fill = [("name", name), ("letters", &letters), ("encoding", encoding.label())];
    words.fill(Message::FileGuessed, &fill)
}
