//! Judges a word that could be an address: what of it is the address, and whether another one may be meant.

use crate::addresses::characters::{
    APOSTROPHE, DASH, DOT, EDGE, LETTER, QUOTE, SYMBOL, class, examine, fold, spaced, trim,
};
use crate::addresses::prose::encodings::{is_percent_encoded, percent_decoded, repaired};
use crate::addresses::prose::lookalikes::{Script, lookalike, script};
use crate::addresses::{Cause, Doubt};
use crate::domain::Email;

/// A word that is longer is no address.
pub(super) const LONGEST: usize = 1024;
/// Characters that an address may start with, but that may belong to the text around it as well.
const ODD_STARTS: [char; 7] = ['-', '.', '\'', '`', '’', '!', '?'];
/// The ends of domains that only exist within a company or a home: mail from outside does not arrive.
const INTERNAL: [&str; 8] =
    [".local", ".localdomain", ".lan", ".internal", ".invalid", ".localhost", ".home.arpa", ".fritz.box"];
/// The ends of domains of rooms and calendars, which are guests of a meeting like people.
const CALENDARS: [&str; 2] = ["resource.calendar.google.com", "group.calendar.google.com"];
/// The ends of names of files that are no top-level domains: `logo@2x.png`.
const FILES: &str = "png jpg jpeg gif svg webp avif pdf css js json ts jsx tsx html htm xml yml yaml exe dll";
const APOSTROPHES: [char; 8] = ['\'', '`', '´', '’', '‘', '‛', '′', 'ʼ'];

/// A word that was judged.
pub(super) struct Judged {
    pub(super) text: String,
    pub(super) doubt: Option<Doubt>,
    /// It is an address, or one may be meant by it.
    pub(super) is_address: bool,
}

/// The address that is being repaired, and what was found so far.
struct Repair {
    /// `None` when no address can be made of it.
    fixed: Option<String>,
    cause: Option<Cause>,
}

/// Is it an address?
pub(super) fn parses(text: &str) -> bool {
    examine(text.len());
    Email::check(text).is_ok()
}

/// Is a word an address, once the characters around it are taken off and full-width ones are read as plain ones?
pub(in crate::addresses) fn is_address(word: &str) -> bool {
    let word = cleaned(word);
    word.len() <= LONGEST && (parses(word) || !word.is_ascii() && parses(&folded(word)))
}

/// A word without the characters around an address.
pub(super) fn cleaned(word: &str) -> &str {
    trim(word, EDGE, EDGE)
}

fn folded(text: &str) -> String {
    examine(text.len());
    text.chars().map(fold).collect()
}

/// Judges `raw`. Where it `is_exact`, its first character is a part of it for certain, because brackets or a cell end there.
pub(super) fn judge(raw: &str, has_blanks: bool, is_exact: bool) -> Judged {
    if raw.len() > LONGEST {
        return Judged { text: cleaned(raw).to_owned(), doubt: None, is_address: false };
    }
    if !has_blanks && is_plain(raw) {
        let doubt = of_nobody(raw).map(|cause| Doubt { cause, offer: None });
        return Judged { text: raw.to_owned(), doubt, is_address: true };
    }
    judge_thoroughly(raw, has_blanks, is_exact)
}

/// Is it an address of which each character is surely meant, as almost all are? It stands for itself: to look for all that can be
/// wrong takes ten times as long.
fn is_plain(raw: &str) -> bool {
    let is_of_address = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+@".contains(&byte);
    let ends = |text: &str| {
        let last = text.bytes().rev().take_while(|byte| *byte != b'.');
        last.clone().count() > 1 && last.clone().all(|byte| byte.is_ascii_alphabetic())
    };
    raw.starts_with(|c: char| c.is_ascii_alphabetic())
        && raw.bytes().all(is_of_address)
        && !raw.contains("..")
        && !raw.contains(".@")
        && ends(raw)
        && parses(raw)
        && !has_strange_end(raw)
}

fn judge_thoroughly(raw: &str, has_blanks: bool, is_exact: bool) -> Judged {
    let whole = folded(raw);
    if let Some(judged) = damaged(&whole) {
        return judged;
    }
    let Edges { shown, body, is_odd } = Edges::of(&whole, is_exact);
    let shown = spaced(&shown);
    let inner = spaced(&body);
    let mut repair = Repair { fixed: Some(body), cause: None };
    if has_blanks {
        repair.step(Cause::Blank, |text| Some(without_blanks(text)));
    }
    repair.cause = repair.cause.or(is_odd.then_some(Cause::Edge));
    repair.all();
    let offer = repair.fixed.filter(|fixed| *fixed != shown && parses(fixed));
    let is_address = offer.is_some() || !has_blanks && (parses(&shown) || parses(&inner));
    if !is_address {
        return Judged { text: inner, doubt: None, is_address };
    }
    let cause = repair.cause.or_else(|| of_nobody(&shown));
    let doubt = cause.map(|cause| Doubt { cause, offer });
    Judged { text: shown, doubt, is_address }
}

/// Why an address, well written as it is, is that of no person.
fn of_nobody(address: &str) -> Option<Cause> {
    let cause = takes_no_replies(address).then_some(Cause::NoReply);
    cause.or_else(|| is_placeholder(address).then_some(Cause::Example))
}

/// The result for a word with letters that were damaged on the way.
fn damaged(whole: &str) -> Option<Judged> {
    let repaired = repaired(whole);
    if repaired.is_none() && !whole.contains('\u{fffd}') {
        return None;
    }
    let text = spaced(whole);
    let mut repair = Repair { fixed: repaired.map(|text| cleaned(&folded(&text)).to_owned()), cause: None };
    repair.all();
    let offer = repair.fixed.filter(|fixed| *fixed != text && !fixed.contains('\u{fffd}') && parses(fixed));
    Some(Judged { text, doubt: Some(Doubt { cause: Cause::Damaged, offer }), is_address: true })
}

/// What is the address in a word with other characters around it.
struct Edges {
    /// With those that could belong to it.
    shown: String,
    body: String,
    is_odd: bool,
}

impl Edges {
    fn of(whole: &str, is_exact: bool) -> Self {
        let behind = trim(whole, EDGE, 0);
        let lead = whole.get(..whole.len().saturating_sub(behind.len())).unwrap_or("");
        let body = trim(behind, 0, EDGE);
        let tail = behind.get(body.len()..).unwrap_or("");
        let start = lead.trim_end_matches(ODD_STARTS).len();
        let mut odd = lead.get(start..).unwrap_or("");
        let is_quoted = tail.chars().any(|c| class(c) & APOSTROPHE != 0);
        // An apostrophe keeps a spreadsheet from reading a formula.
        let is_guarded = odd.strip_prefix('\'').is_some_and(|rest| {
            rest.chars().chain(body.chars()).next().is_some_and(|c| ['=', '+', '-', '@'].contains(&c))
        });
        if is_quoted || is_guarded {
            odd = odd.trim_start_matches(APOSTROPHES);
        }
        let end = if tail.starts_with('-') { "-" } else { "" };
        let shown = [odd, body, end].concat();
        if is_exact
            && end.is_empty()
            && odd.bytes().all(|byte| byte == b'-' || byte == b'.')
            && parses(&shown)
        {
            return Self { body: shown.clone(), shown, is_odd: false };
        }
        let is_odd = shown.len() > body.len();
        Self { shown, body: body.to_owned(), is_odd }
    }
}

impl Repair {
    /// Notes a cause and what repairs it.
    fn step(&mut self, cause: Cause, repair: impl FnOnce(&str) -> Option<String>) {
        self.fixed = self.fixed.take().and_then(|text| repair(&text));
        self.cause = self.cause.take().or(Some(cause));
    }

    fn holds(&self, is_so: impl FnOnce(&str) -> bool) -> bool {
        self.fixed.as_deref().is_some_and(is_so)
    }

    /// Looks for all that can be wrong in a word without blanks and without anything around it.
    fn all(&mut self) {
        if self.holds(is_percent_encoded) {
            self.step(Cause::Encoded, percent_decoded);
        }
        if self.holds(|text| text.contains(|c| c != '\'' && APOSTROPHES.contains(&c))) {
            self.step(Cause::Apostrophe, |text| Some(straight(text)));
        }
        if let Some((odd, plain)) = self.fixed.as_deref().and_then(lookalike) {
            self.step(Cause::Lookalike(odd), |_| plain);
        }
        if self.holds(has_damage) {
            self.step(Cause::Damaged, |_| None);
        }
        if let Some(better) = self.fixed.as_deref().and_then(within_bounds) {
            self.step(Cause::Edge, |_| Some(better));
        }
        if self.holds(|text| parses(text) && has_strange_end(text)) {
            self.step(Cause::Edge, |_| None);
        }
    }
}

/// The words of an address that blanks tore apart, put together.
fn without_blanks(text: &str) -> String {
    let mut whole = String::new();
    for word in text.split_whitespace() {
        whole.push_str(if word.eq_ignore_ascii_case("dot") { "." } else { word });
    }
    whole.replace("..", ".")
}

/// With straight apostrophes. A domain has none: there it ends what stands before it.
fn straight(text: &str) -> String {
    let mut straight = String::new();
    let mut has_at = false;
    for c in text.chars() {
        has_at |= c == '@';
        if APOSTROPHES.contains(&c) {
            if has_at {
                break;
            }
            straight.push('\'');
        } else {
            straight.push(c);
        }
    }
    straight
}

/// Has it a sign that no address has, or the question mark that stands for a letter that was lost?
fn has_damage(text: &str) -> bool {
    let is_sign = |c: char| !c.is_ascii() && class(c) & (SYMBOL | DASH | DOT | QUOTE | APOSTROPHE) != 0;
    text.split('@').next().is_some_and(|name| name.contains('?')) || text.contains(is_sign)
}

/// The address that a word starts or ends with, where other text is glued to it: `jane@example.com/office`,
/// `連絡先jane@example.com`. `None` when nothing is.
fn within_bounds(text: &str) -> Option<String> {
    let (name, domain) = text.split_once('@')?;
    let mut end = domain.len();
    if let Some((at, _)) = domain.char_indices().find(|(_, c)| !is_of_domain(*c)) {
        end = at;
    }
    let mut domain = domain.get(..end)?;
    domain = domain.get(..top_level_end(domain))?.trim_end_matches(['.', '-']);
    // `_jane@example.com_` is printed in italics.
    let mark =
        text.get(name.len().saturating_add(1).saturating_add(end)..).and_then(|rest| rest.chars().next());
    let mut inner = name;
    if let Some(mark) = mark.filter(|mark| ['_', '~', '='].contains(mark)) {
        inner = inner.trim_start_matches(mark);
    }
    // `to=jane@example.com` stands in links and settings, `www.example.com/jane@example.com` is a path.
    if let Some((before, value)) = inner.rsplit_once(['=', '/', '\\'])
        && !before.is_empty()
    {
        inner = value;
    }
    // `#jane@example.com` is commented out, or a number of a list.
    inner = inner.trim_start_matches('#');
    // What is glued to the start in a script without blanks between words.
    let starts = inner.find(|c: char| script(c) != Script::Other).unwrap_or(0);
    if inner.get(starts..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric())) {
        inner = inner.get(starts..)?;
    }
    let mut name = inner.trim_end_matches('.').to_owned();
    while name.contains("..") {
        name = name.replace("..", ".");
    }
    let better = [&name, "@", domain].concat();
    (better != text && parses(&better)).then_some(better)
}

fn is_of_domain(c: char) -> bool {
    c == '-' || c == '.' || c.is_ascii_alphanumeric() || !c.is_ascii() && class(c) & LETTER != 0
}

/// Where the top-level domain ends, behind which something is glued to it: no such domain has a digit, a dash, or Latin
/// letters together with those of another script.
fn top_level_end(domain: &str) -> usize {
    let start = domain.rfind('.').map_or(0, |at| at.saturating_add(1));
    let last = domain.get(start..).unwrap_or("");
    if last.starts_with("xn--") || !last.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return domain.len();
    }
    let glued = last.find(|c: char| !c.is_ascii_alphabetic() && (c.is_ascii() || script(c) != Script::Latin));
    glued.filter(|at| *at >= 2).map_or(domain.len(), |at| start.saturating_add(at))
}

/// Is it the address from which a program sends what nobody is to answer: `no-reply@x.com`, `jane@users.noreply.x.com`?
fn takes_no_replies(address: &str) -> bool {
    const NAMES: [&str; 6] =
        ["noreply", "donotreply", "mailerdaemon", "nepasrepondre", "nichtantworten", "noresponder"];
    let Some((name, domain)) = address.rsplit_once('@') else { return false };
    let name = name.split('+').next().unwrap_or("");
    let is_within = |ending: &&str| {
        let start = domain.len().checked_sub(ending.len());
        start.and_then(|start| domain.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    NAMES.iter().any(|known| letters(name).take(known.len()).eq(known.bytes()))
        || ["postmaster", "bounce", "bounces"].iter().any(|known| letters(name).eq(known.bytes()))
        || domain.split('.').any(|label| label.eq_ignore_ascii_case("noreply"))
        || INTERNAL.iter().chain(&CALENDARS).any(is_within)
}

/// Is it what forms and templates show in the place of an address: `your.name@yourcompany.com`?
fn is_placeholder(address: &str) -> bool {
    const NAMES: &str = "yourname youremail youraddress yourmail firstname firstnamelastname vornamenachname prenomnom \
        nombreapellido nomecognome nomesobrenome example beispiel exemple ejemplo esempio exemplo emailaddress";
    const DOMAINS: &str = "yourcompany yourdomain yourorganization yourorg mycompany mydomain ihrefirma ihredomain deinefirma \
        votredomaine votreentreprise tudominio tuempresa seudominio suaempresa";
    let Some((name, domain)) = address.rsplit_once('@') else { return false };
    let is_of =
        |known: &str, text: &str| known.split_ascii_whitespace().any(|known| letters(text).eq(known.bytes()));
    is_of(NAMES, name) || is_of(DOMAINS, domain.split('.').next().unwrap_or(""))
}

/// The bytes of a part of an address in lower case, without what only joins its words.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(|byte| !b"-_.".contains(byte)).map(|byte| byte.to_ascii_lowercase())
}

/// Does it end with a top-level domain of digits, of plain and other letters together, or with the end of a file's name?
fn has_strange_end(text: &str) -> bool {
    let last = text.rsplit('.').next().unwrap_or("");
    if last.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")) {
        return false;
    }
    let is_mixed = last.bytes().any(|byte| byte.is_ascii_alphabetic()) && !last.is_ascii();
    // The two that there are.
    let is_known = last.starts_with("vermögensberat");
    let is_file = || FILES.split(' ').any(|known| last.eq_ignore_ascii_case(known));
    last.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-') || is_mixed && !is_known || is_file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // Three of four addresses are not plain: with the usual limit proptest gives up now and then.
        #![proptest_config(ProptestConfig { max_global_rejects: 20_000, ..ProptestConfig::default() })]
        #[test]
        fn a_plain_address_is_judged_as_it_would_be_thoroughly(
            name in "[a-zA-Z0-9][a-zA-Z0-9._+-]{0,12}|no-?reply|your.?name|postmaster",
            domain in "[a-zA-Z0-9-]{1,8}(\\.[a-zA-Z0-9-]{1,8}){0,2}|users.noreply.x|mydomain",
            end in "com|de|museum|PNG|js|local|[a-z]{1,4}|x1|xn--p1ai",
            is_exact in any::<bool>(),
        ) {
            let raw = format!("{name}@{domain}.{end}");
            prop_assume!(is_plain(&raw));
            let (quick, thorough) = (judge(&raw, false, is_exact), judge_thoroughly(&raw, false, is_exact));
            prop_assert_eq!(quick.text, thorough.text);
            prop_assert_eq!(quick.doubt, thorough.doubt);
            prop_assert!(thorough.is_address);
        }
    }

    #[test]
    fn most_addresses_are_plain() {
        for raw in ["ada@example.com", "Ada.Lovelace+news@mail.example.co.uk", "a_b-c@x-y.museum"] {
            assert!(is_plain(raw), "{raw}");
        }
        let others = [
            "ada@example.com.",
            "-ada@x.com",
            "ada..l@x.com",
            "ada.@x.com",
            "ada@x.c0m",
            "ada@x",
            "o'neil@x.com",
        ];
        for raw in others {
            assert!(!is_plain(raw), "{raw}");
        }
    }
}
