//! The words that say who is not active: in the columns of a table, and beside an address in a text. Also what is an example
//! or no value at all.

use crate::addresses::characters::is_blank;
use crate::addresses::headings::Gauge;
use crate::addresses::words::{all, any, words};

/// A status with more words than this is a sentence, about something else.
const MOST_WORDS: usize = 5;

/// Of a note so many bytes are read.
const LONGEST_NOTE: usize = 80;

const OUT: &str = "deactivated deactivate disabled suspended suspend inactive bot robot unsubscribed unsubscribe bounced bouncing \
    bounce cleaned archived deleted removed blocked banned terminated former deprovisioned offboarded resigned locked deaktiviert \
    gesperrt inaktiv archiviert geloscht abgemeldet ausgetreten ausgeschieden desactive desactivee suspendu suspendue inactif \
    inactive bloque supprime desabonne archive desactivado desactivada suspendido suspendida inactivo inactiva bloqueado baja \
    desativado desativada suspenso suspensa inativo inativa bloqueada excluido disattivato sospeso inattivo inattiva bloccato \
    eliminato cessato gedeactiveerd geblokkeerd inactief uitgeschreven opgezegd dezaktywowany zablokowany nieaktywny nieaktywna \
    zawieszony usuniety *無効* *停止* *退職* *停用* *禁用* *离职* *冻结* *معطل* *موقوف* *محظور* *محذوف* \
    declined decline cancelled canceled rejected withdrawn retired deceased leaver graduated expelled dismissed abgesagt abgelehnt \
    storniert verstorben exmatrikuliert gekundigt decline declinee refuse refusee annule annulee parti partie decede decedee sorti \
    rechazado rechazada cancelado cancelada fallecido fallecida recusado recusada falecido rifiutato rifiutata annullato deceduto \
    afgemeld geannuleerd geweigerd overleden odrzucono anulowano wypisany *欠席* *辞退* *退会* *キャンセル* *已拒绝* *已取消* *缺席* \
    *مرفوض* *ملغى* ehemalig* ancien ancienne antiguo antigua leavers quit offboarding *уволен* *заблокир* *неактив* *отключ* *удален* \
    ayrildi pasif slutat sluttet *퇴사* *비활성* *퇴직* resilie radie desligado desligada demitido demitida neaktiv* propusten* \
    absent leaving remove delete entfernen loschen supprimer retirer eliminar quitar remover rimuovere verwijderen usunac";
/// Two words that together say it.
const OUT_PAIRS: &[(&str, &str)] = &[
    ("service", "account accounts user"),
    ("opted", "out"),
    ("not nicht non no nao nie niet غير", "active aktiv actif activo ativo attivo actief aktywny نشط"),
    ("ex", "employee member"),
    (
        "not nicht ne non no nao niet",
        "attending attend coming going joining teilnehmend participe presente aanwezig",
    ),
    ("has", "left"),
    ("left", "company organization organisation org team group school club us"),
    ("leave left", "out"),
    ("uit", "dienst"),
    ("no", "longer"),
    ("nicht", "mehr"),
    (
        "not nicht ne no nao non nie niet",
        "invite invited contact einladen kontaktieren anschreiben inviter contacter invitar contactar convidar \
        contatar invitare contattare uitnodigen zapraszac",
    ),
];
/// What a label before an address says that is not to be invited.
const EXCEPT: &str = "kein keinesfalls not never except without excluding exclude nicht ausser ohne sauf sans excepto salvo sin except exceto sem \
    tranne senza behalve zonder oprocz bez ليس باستثناء 除外 除く skip ignore omit drop remove delete instead statt anstatt \
    ignorieren uberspringen entfernen loschen ignorer supprimer retirer ignorar omitir eliminar quitar remover rimuovere ignorare \
    verwijderen negeren pominac usunac replace ersetze ersetzen remplacer reemplazar substituir sostituire vervangen";
/// Signs that say "no", alone or beside an address.
const CROSSES: [char; 5] = ['✗', '✘', '❌', '🚫', '⛔'];
const NOT: &str = "not never nicht kein no non nie nao niet";
/// What has an account and is no person, in a column of roles too.
const MACHINE: &str =
    "bot bots robot robots app apps application integration webhook serviceaccount ボット 机器人 机器人账号";
const BOT: &str = "bot bots robot robots app apps application integration webhook serviceaccount sharedmailbox roommailbox equipmentmailbox system ボット 机器人 机器人账号";
const GUEST: &str =
    "guest guests gast gaste invitado invitada convidado convidada ospite *ゲスト* *访客* *ضيف*";
/// What is no person but several.
const LIST: &str = "group groups gruppe groupe grupo gruppo list mailinglist verteiler";
const YES: &str = "true yes y 1 x ja j oui o si sim s tak t wahr vrai verdadero verdadeiro vero waar prawda on نعم はい 是 ✓ ✔";
const NO: &str = "false no n 0 nein non nao nee nie falsch faux falso onwaar falsz off لا いいえ 否";
const NOTHING: &str = "na none null nil unknown tbd keine keiner aucun ninguno nenhum nessuno geen brak todo undefined nan noemail \
    unbekannt なし 无";
const EXAMPLE: &str = "example examples sample beispiel* muster musterzeile exemple* ejemplo* exemplo* esempio* voorbeeld* przyklad* مثال 例 \
    記入例 示例 例子 dummy";
const EXAMPLE_PAIRS: &[(&str, &str)] =
    &[("e", "g"), ("z", "b"), ("delete remove loschen", "row line this zeile example")];
const TOTAL: &str =
    "total totals totale sum summe gesamt insgesamt gesamtzahl count razem suma 合計 总计 合计 المجموع";

const IN: &str = "present employed aktivni active aktiv actif actifs activo ativo attivo actief aktywny enabled aktiviert pending invited accepted confirmed *有効* \
    *启用* *啟用* *نشط* *在職*";

/// Is the cell a status, of which no heading says that it is one?
pub(super) fn is_status(cell: &str) -> bool {
    let words = words(cell);
    // "Yes" and "no" can be the answer to anything.
    words.len() == 1 && any(&words, IN) || is_out(Gauge::Words, cell) && !is_mark(cell)
}

/// Does the cell say that the person is not active?
pub(super) fn is_out(gauge: Gauge, cell: &str) -> bool {
    let words = words(cell);
    let has_pair =
        |pairs: &[(&str, &str)]| pairs.iter().any(|(one, other)| any(&words, one) && any(&words, other));
    let is_short = !words.is_empty() && words.len() <= MOST_WORDS;
    match gauge {
        Gauge::Words => {
            let is_out = any(&words, OUT) && !any(&words, NOT);
            let is_no = all(&words, NO) && !cell.contains(|c: char| c.is_ascii_digit());
            let is_whole = all(&words, BOT) || words == ["left"];
            starts_with_cross(cell) || is_short && (is_out || is_no || has_pair(OUT_PAIRS) || is_whole)
        }
        Gauge::Type | Gauge::MemberType => {
            let is_list = gauge == Gauge::MemberType && all(&words, LIST);
            is_short && (any(&words, BOT) || is_shared(&words) || is_list)
        }
        Gauge::IfTrue => {
            let digits = cell.bytes().filter(u8::is_ascii_digit).count();
            digits >= 6 || is_short && (any(&words, YES) || any(&words, OUT)) && !any(&words, NO)
        }
        Gauge::IfFilled => !is_nothing(cell) && !all(&words, NO),
        Gauge::IfFalse => {
            starts_with_cross(cell)
                || is_short && (all(&words, NO) || has_pair(OUT_PAIRS) || any(&words, OUT))
        }
    }
}

/// Does a status say that the person is only a guest: `Single-Channel Guest`?
pub(super) fn is_guest(cell: &str) -> bool {
    let words = words(cell);
    any(&words, GUEST) && all(&words, &[GUEST, " single multi channel external user account"].concat())
}

/// Does a label say that the people behind it are not active, or not to be invited: `Declined:`, `Not:`?
pub(super) fn is_label_of_out(label: &str) -> bool {
    let words = words(label);
    is_out(Gauge::Words, label) || !words.is_empty() && all(&words, EXCEPT)
}

/// Does a note say that the person is not to be invited: `do not invite`, `left the company`? A single word can be about
/// anything.
pub(super) fn is_refusal(note: &str) -> bool {
    let start = note.get(..note.floor_char_boundary(LONGEST_NOTE)).unwrap_or(note);
    let words = words(start);
    // `not yet invited` is a wish to do it.
    let is_open = any(&words, "yet noch encore aun todavia ainda ancora nog jeszcze");
    !is_open && OUT_PAIRS.iter().any(|(one, other)| any(&words, one) && any(&words, other))
}

/// Do the words behind an address say that its person is not active: `left in May`? A single "no" can be the answer to anything.
pub(super) fn is_out_in_words(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| !is_blank(word)).take(MOST_WORDS).collect();
    let is_left = words.len() > 1 && words.first().is_some_and(|word| *word == "left");
    let text = words.join(" ");
    is_left || is_out(Gauge::Words, &text) && !is_mark(&text)
}

/// Is the first sign of a text a cross?
pub(super) fn starts_with_cross(text: &str) -> bool {
    text.trim_start().starts_with(CROSSES)
}

/// Is the last sign of a text a cross?
pub(super) fn ends_with_cross(text: &str) -> bool {
    text.trim_end().ends_with(CROSSES)
}

/// Does a word say that who is named behind it is not meant? Some of these words are names too when they start with a capital
/// letter.
pub(super) fn is_negation(word: &str) -> bool {
    const NAMES: &str = "Sem Sans Sin Bez Salvo Ohne Ne No Non Nie";
    let is_short = (2..=16).contains(&word.len());
    // Most words are plain, and there are many: those are compared as they are.
    let is_one = || {
        if word.is_ascii() {
            EXCEPT.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
        } else {
            all(&words(word), EXCEPT)
        }
    };
    is_short && is_one() && !NAMES.split(' ').any(|name| name == word)
}

/// Does a label say that the people behind it are to be invited: `Add:`, `Attending:`?
pub(super) fn is_label_of_in(label: &str) -> bool {
    let words = words(label);
    any(&words, IN)
        || any(
            &words,
            "add new invite attending coming yes einladen neu ajouter inviter anadir invitar adicionar",
        )
}

/// The words in brackets at the end of a name that say that the person is not active: `Rick Roe (deactivated)`.
pub(super) fn mark_of_out(name: &str) -> Option<&str> {
    let name = name.trim_end().trim_end_matches(['<', '＜', '"']).trim_end();
    // `[revoked] Jane Doe`, as lists of keys say it.
    let in_front = name.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(mark, _)| mark);
    let says = |mark: &str| {
        is_out(Gauge::Words, mark) && !is_mark(mark)
            || all(&words(mark), "revoked expired") && !is_blank(mark)
    };
    if let Some(mark) = in_front.filter(|mark| says(mark)) {
        return Some(mark.trim());
    }
    let (before, _) = name.split_at_checked(name.len().checked_sub(1)?)?;
    let open = if name.ends_with(')') {
        '('
    } else if name.ends_with(']') {
        '['
    } else {
        return None;
    };
    let (_, mark) = before.rsplit_once(open)?;
    (is_out(Gauge::Words, mark) && !is_mark(mark)).then_some(mark)
}

/// Does the cell say what kind of account it is, and that nobody reads its mail?
pub(super) fn is_machine(cell: &str) -> bool {
    let words = words(cell);
    let is_one = any(&words, MACHINE) && all(&words, &[MACHINE, " user account"].concat());
    words.len() <= 2 && (is_one || is_shared(&words))
}

/// Is it an account of a service, a mailbox of a room or of several people, a list?
fn is_shared(words: &[String]) -> bool {
    any(words, "service shared room equipment") && any(words, "account mailbox principal")
        || any(words, "distribution mail mailing security dynamic") && any(words, "group list")
}

/// Is the cell as good as empty: `n/a`, `none`?
pub(super) fn is_nothing(cell: &str) -> bool {
    if is_blank(cell) {
        return true;
    }
    // No placeholder is longer, in bytes, and most cells are.
    cell.len() <= 24 && {
        let words = words(cell);
        all(&words, NOTHING) || words.join(" ") == "n a" || words.join(" ") == "no email"
    }
}

/// Is it "yes", "no" or a number?
pub(super) fn is_mark(cell: &str) -> bool {
    cell.len() <= 40
        && words(cell).iter().all(|word| {
            word.parse::<u64>().is_ok()
                || all(std::slice::from_ref(word), YES)
                || all(std::slice::from_ref(word), NO)
        })
}

/// Is it the word before a sum?
pub(super) fn is_total(cell: &str) -> bool {
    cell.len() <= 40 && {
        let words = words(cell);
        words.len() <= 3 && any(&words, TOTAL)
    }
}

/// The cell without the word that marks an example, if it has one: `Example: jane@x.com`.
pub(super) fn example(cell: &str) -> Option<&str> {
    let head = cell.get(..cell.floor_char_boundary(48)).unwrap_or(cell);
    let marks = words(head.split('@').next().unwrap_or(""));
    let first = marks.first()?;
    if all(std::slice::from_ref(first), EXAMPLE) {
        if let Some((before, rest)) = cell.split_once([':', '：'])
            && words(before).len() <= 2
        {
            return Some(rest.trim());
        }
        // `(Example) jane@x.com`, `EXAMPLE - delete this row`.
        let is_marked = cell.trim_start().starts_with(['(', '[', '*', '<', '（', '【'])
            || marks.get(1).is_some_and(|next| {
                all(
                    std::slice::from_ref(next),
                    "user row line entry person name only delete data zeile nutzer benutzer eintrag",
                )
            });
        return (is_marked || marks.len() == 1 && !cell.contains('@')).then_some("");
    }
    // "E. G. Smith" is a person.
    let is_abbreviation = cell.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).starts_with(['e', 'z']);
    let is_abbreviated = (is_abbreviation || marks.len() > 2)
        && EXAMPLE_PAIRS.iter().any(|(one, other)| {
            all(std::slice::from_ref(first), one)
                && marks.get(1..3).or(marks.get(1..2)).is_some_and(|next| any(next, other))
        });
    is_abbreviated.then_some("")
}

/// Does one of the cells of a row say that it is an example: `EXAMPLE - delete this row`? A single word is somebody's name.
pub(super) fn is_marked_example(cells: &[String]) -> bool {
    cells.iter().any(|cell| !cell.contains('@') && cell.contains(' ') && example(cell).is_some())
}
