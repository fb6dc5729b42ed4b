//! What the cells of status columns say: who is not active, and what is an example or no value at all.

use crate::addresses::characters::is_blank;
use crate::addresses::headings::Gauge;
use crate::addresses::words::{all, any, words};

/// A status with more words than this is a sentence, about something else.
const MOST_WORDS: usize = 5;

const OUT: &str = "deactivated deactivate disabled suspended suspend inactive bot robot unsubscribed unsubscribe bounced bouncing \
    bounce cleaned archived deleted removed blocked banned terminated former deprovisioned offboarded resigned locked deaktiviert \
    gesperrt inaktiv archiviert geloscht abgemeldet ausgetreten ausgeschieden desactive desactivee suspendu suspendue inactif \
    inactive bloque supprime desabonne archive desactivado desactivada suspendido suspendida inactivo inactiva bloqueado baja \
    desativado desativada suspenso suspensa inativo inativa bloqueada excluido disattivato sospeso inattivo inattiva bloccato \
    eliminato cessato gedeactiveerd geblokkeerd inactief uitgeschreven opgezegd dezaktywowany zablokowany nieaktywny nieaktywna \
    zawieszony usuniety *無効* *停止* *退職* *停用* *禁用* *离职* *冻结* *معطل* *موقوف* *محظور* *محذوف*";
/// Two words that together say it.
const OUT_PAIRS: &[(&str, &str)] = &[
    ("service", "account accounts user"),
    ("opted", "out"),
    ("not nicht non no nao nie niet غير", "active aktiv actif activo ativo attivo actief aktywny نشط"),
    ("ex", "employee member"),
];
const NOT: &str = "not never nicht kein no non nie nao niet";
const BOT: &str = "bot bots robot robots serviceaccount sharedmailbox roommailbox equipmentmailbox system ボット 机器人 机器人账号";
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

const IN: &str = "active aktiv actif actifs activo ativo attivo actief aktywny enabled aktiviert pending invited accepted confirmed *有効* \
    *启用* *啟用* *نشط* *在職*";

/// Is the cell a status, of which no heading says that it is one?
pub(super) fn is_status(cell: &str) -> bool {
    let words = words(cell);
    words.len() == 1 && any(&words, IN) || is_out(Gauge::Words, cell)
}

/// Does the cell say that the person is not active?
pub(super) fn is_out(gauge: Gauge, cell: &str) -> bool {
    let words = words(cell);
    let has_pair =
        |pairs: &[(&str, &str)]| pairs.iter().any(|(one, other)| any(&words, one) && any(&words, other));
    let is_short = !words.is_empty() && words.len() <= MOST_WORDS;
    match gauge {
        Gauge::Words => is_short && (has_pair(OUT_PAIRS) || any(&words, OUT) && !any(&words, NOT)),
        Gauge::Type => {
            is_short && (any(&words, BOT) || has_pair(&[("service shared room", "account mailbox")]))
        }
        Gauge::IfTrue => {
            let digits = cell.bytes().filter(u8::is_ascii_digit).count();
            digits >= 6 || is_short && (any(&words, YES) || any(&words, OUT)) && !any(&words, NO)
        }
        Gauge::IfFalse => is_short && (all(&words, NO) || has_pair(OUT_PAIRS) || any(&words, OUT)),
    }
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
