//! What a heading says about its column, by kinds of words in the languages that people export in.
//!
//! A heading is read as a set of words: one that names what stands in the column (mail, name, role, status, password) and
//! others that say whose or which (work, second, manager, type). Words that are in no list make no difference, so that
//! `Invitee's e-mail (required)` is understood without a list of all headings that there are.

mod vocabulary;

use crate::addresses::words::{all, any, is_in, words};
use vocabulary::{
    ABOUT, ACTIVE, COMPANION, CONSENT, CONSENT_FILLER, FAMILY, FAMILY_WITH, FIRST, FULL, FULL_WITH, GIVEN,
    GIVEN_WITH, INACTIVE, INVITE, INVITE_FILLER, LAST_DAY, LIST, LISTS, LOGIN, MAIL, MIDDLE_WITH, NEVER, NEW,
    NICK, NO_MAIL, NOT_WRITE, NOTES, NOUN, OLD, OTHER_NAME, OTHER_ROLE, OTHER_STATUS, OTHERS, PERSON,
    PRIVATE, REASON, REPLY, ROLE, SECOND, SECOND_PERSON, SECRET, SECRET_PAIRS, STAMP, STATUS, STATUS_FILLER,
    TYPE, TYPED, WRITE,
};

/// What a heading says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// An address of the person.
    Mail(Rank),
    /// What the person signs in with, which may look like an address without being one.
    Login,
    /// A name of the person.
    Name(Part),
    /// The role. The heading that says nothing else is the better one.
    Role { is_plain: bool },
    /// Whether the person is active.
    Status(Gauge),
    /// A password, a token, a code.
    Secret,
    /// Somebody else, or a text in which anybody can be named.
    Other,
    /// What was written about the person, where anybody can be named.
    Note,
    /// Something about an address or a role: its type, its label, when it was last used.
    About,
    /// None of its words is known.
    Unknown,
}

/// Which of the person's addresses a column has, the best first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum Rank {
    /// The one for work, the one to invite.
    First,
    /// The heading does not say.
    Plain,
    /// All that are known of the person.
    List,
    /// The one at home.
    Private,
    /// A second one.
    Second,
    /// One that the person is not to be written to at: for recovery, an alias.
    Never,
}

/// A part of a name, in the order in which the parts are put together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// All of it.
    Full,
    /// `Name`, which is all of it or the part that has no column of its own.
    Plain,
    Given,
    Middle,
    Family,
    /// What the person is called among friends: taken where nothing else is known.
    Nick,
}

/// Which side of a change an address is on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Change {
    From,
    To,
}

/// How a status column is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Gauge {
    /// Its words say it: `suspended`.
    Words,
    /// It says of what kind something is, which may be the account: `bot`.
    Type,
    /// It says what kind of account it is: `bot`, `group`.
    MemberType,
    /// "Yes" or a date says that the person is not active: `Suspended`.
    IfTrue,
    /// "No" says that the person is not active: `Enabled`.
    IfFalse,
    /// Anything but "no" says that the person is not active: `Bounce reason`.
    IfFilled,
}

/// A heading that was read.
pub(super) struct Heading {
    pub(super) kind: Kind,
    /// Its words without numbers, by which `E-mail 1` and `E-mail 2` are known as two of one kind.
    pub(super) stem: String,
    /// How many words it has.
    pub(super) words: usize,
    /// Which one of several it is about: 2 of `E-mail 2`, of `Second member` and of `Partner`.
    pub(super) number: Option<u32>,
    /// It names a person who is so numbered: `Member 2 e-mail`.
    pub(super) names_person: bool,
    /// What it says of an address that has changed.
    pub(super) change: Option<Change>,
}

/// A greater number in a heading is a year or a key.
const MOST_PEOPLE: u32 = 100;

impl Heading {
    /// Reads a heading. What stands in `[]` is the name that a program gave to the column: it counts where the rest says nothing.
    pub(super) fn of(text: &str) -> Self {
        let (mut plain, mut technical) = (String::new(), String::new());
        let mut is_technical = false;
        for c in text.chars() {
            match c {
                '[' | '【' => is_technical = true,
                ']' | '】' => is_technical = false,
                _ if is_technical => technical.push(c),
                _ => plain.push(c),
            }
        }
        let words = words(&plain);
        let mut kind = kind(&words);
        if kind == Kind::Unknown {
            kind = self::kind(&self::words(&technical));
        }
        let mut stem = String::new();
        for word in words.iter().filter(|word| number(word).is_none()) {
            stem.push_str(word);
            stem.push(' ');
        }
        let is_companion = any(&words, COMPANION);
        // "Member 2 e-mail" is about another person than "Member 1 e-mail", "Member e-mail 2" may be about the same.
        let mut pairs = words.windows(2).filter_map(|pair| <&[String; 2]>::try_from(pair).ok());
        let names_person = pairs.clone().any(|[one, next]| is_in(one, PERSON) && number(next).is_some());
        let is_second = pairs.any(|[one, next]| is_in(one, SECOND_PERSON) && is_in(next, PERSON));
        let number = words.iter().find_map(|word| number(word)).filter(|number| *number < MOST_PEOPLE);
        let number = number.or((is_second || is_companion).then_some(2));
        let names_person = names_person || is_second || is_companion;
        let change = match (any(&words, NEW), any(&words, OLD)) {
            (true, false) => Some(Change::To),
            (false, true) => Some(Change::From),
            _ => None,
        };
        Self { kind, stem, words: words.len(), number, names_person, change }
    }

    /// Is it nothing but the word for a person, `Worker`?
    pub(super) fn is_person(&self) -> bool {
        self.kind == Kind::Unknown && self.words == 1 && is_in(self.stem.trim_end(), PERSON)
    }

    /// Has it an address of the person?
    pub(super) fn is_mail(&self) -> bool {
        matches!(self.kind, Kind::Mail(_))
    }
}

/// Does a label say that what follows is about somebody else: a manager, an owner?
pub(super) fn names_somebody_else(label: &str) -> bool {
    matches!(Heading::of(label).kind, Kind::Other | Kind::Note)
}

/// Is there a word for an address in `text`? Cheaper than reading all of a heading.
pub(super) fn names_mail(text: &str) -> bool {
    let words = words(text);
    is_of_mail(&words)
}

fn is_of_mail(words: &[String]) -> bool {
    let is_post = || words.windows(2).any(|pair| matches!(pair, [e, post] if e == "e" && post == "post"));
    (any(words, MAIL) || is_post()) && !any(words, NO_MAIL)
}

fn kind(words: &[String]) -> Kind {
    let has = |list: &str| any(words, list);
    if words.is_empty() {
        return Kind::Unknown;
    }
    if has(SECRET) || SECRET_PAIRS.iter().any(|(one, other)| has(one) && has(other)) {
        return Kind::Secret;
    }
    let gauge = gauge(words);
    // Of "Unsubscribed from all email" each word is known.
    let is_whole =
        matches!(gauge, Some(Gauge::IfTrue | Gauge::IfFalse | Gauge::IfFilled | Gauge::MemberType));
    if has(OTHERS) && !is_whole {
        return Kind::Other;
    }
    if has(NOTES) && !is_whole {
        return Kind::Note;
    }
    if let Some(gauge) = gauge {
        return Kind::Status(gauge);
    }
    if is_of_mail(words) {
        return mail(words);
    }
    if has(ROLE) {
        let is_other = has(ABOUT) || has(OTHER_ROLE) || words.iter().any(|word| number(word).is_some());
        let is_plain = words.len() == 1;
        return if is_other { Kind::About } else { Kind::Role { is_plain } };
    }
    let is_user = has("user") && (words.len() == 1 || has("name id") && words.len() == 2);
    let is_login = has(LOGIN) || is_user || has("sign") && has("in");
    if is_login && has(ABOUT) {
        return Kind::About;
    }
    if is_login {
        return Kind::Login;
    }
    name(words).map_or(Kind::Unknown, Kind::Name)
}

/// Which address a heading with a word for one means.
fn mail(words: &[String]) -> Kind {
    let has = |list: &str| any(words, list);
    let is_list = has("*emails *mails *addresses *adressen") && has(LIST);
    if is_list {
        return Kind::Mail(Rank::List);
    }
    if has(LISTS) && !has("member members mitglied*") {
        return Kind::Other;
    }
    if has(ABOUT) && !has(LOGIN) {
        return Kind::About;
    }
    let is_numbered = words.iter().filter_map(|word| number(word)).any(|number| number > 1);
    Kind::Mail(if has(NEVER) {
        Rank::Never
    } else if is_numbered || has(SECOND) {
        Rank::Second
    } else if has(PRIVATE) {
        Rank::Private
    } else if has(FIRST) {
        Rank::First
    } else {
        Rank::Plain
    })
}

/// Which name a heading means; `None` when it means none of the person's.
fn name(words: &[String]) -> Option<Part> {
    let has = |list: &str| any(words, list);
    if has(OTHER_NAME) {
        return None;
    }
    let has_noun = has(NOUN) || has(GIVEN) || has(FAMILY);
    let is_only = |list: &str| words.len() == 1 && has(list);
    let is_given = has(GIVEN) || has(GIVEN_WITH) && has_noun || is_only("first");
    let is_family = has(FAMILY) || has(FAMILY_WITH) && has(NOUN) || is_only("last");
    Some(match (is_given, is_family) {
        _ if has(FULL) || has(FULL_WITH) && has_noun => Part::Full,
        // "Nombre y apellidos".
        (false, true) if has(NOUN) && has("y e et und and i en o") => Part::Full,
        _ if has(NICK) && (has(NOUN) || words.len() == 1) => Part::Nick,
        _ if has(MIDDLE_WITH) && has_noun || is_only("middlename") => Part::Middle,
        (true, true) => Part::Full,
        (true, false) => Part::Given,
        (false, true) => Part::Family,
        _ if has(NOUN) && words.len() <= 4 => Part::Plain,
        _ => return None,
    })
}

/// How the column is to be read, if it says whether a person is active.
fn gauge(words: &[String]) -> Option<Gauge> {
    let has = |list: &str| any(words, list);
    if has(OTHER_STATUS) {
        return None;
    }
    let opts_out = has("opt opted optout") && has("out optout");
    // `Last working day`
    if all(words, LAST_DAY) && has("last letzter leaving leave dernier ultimo") && words.len() > 1 {
        return Some(Gauge::IfTrue);
    }
    if words.len() <= 4 && has(WRITE) && NOT_WRITE.iter().any(|(one, other)| has(one) && has(other)) {
        return Some(Gauge::IfTrue);
    }
    if has(INVITE) && all(words, &[INVITE, " ", INVITE_FILLER].concat()) {
        return Some(Gauge::IfFalse);
    }
    let opts_in = has(CONSENT) || has("opt opted") && has("in");
    if opts_in && all(words, &[CONSENT, " ", CONSENT_FILLER].concat()) {
        return Some(Gauge::IfFalse);
    }
    let has_reason =
        has(REASON) && has(INACTIVE) && all(words, &[INACTIVE, " ", REASON, " ", STATUS_FILLER].concat());
    let is_service = has("service") && has("account") && all(words, "service account client id name is");
    if has_reason || is_service {
        return Some(Gauge::IfFilled);
    }
    if has(INACTIVE) || opts_out {
        let rest: Vec<String> =
            words.iter().filter(|word| !any(std::slice::from_ref(word), INACTIVE)).cloned().collect();
        if all(&rest, &[STATUS_FILLER, " optout ", STAMP].concat()) {
            return Some(Gauge::IfTrue);
        }
    }
    if has(ACTIVE) {
        let rest: Vec<String> =
            words.iter().filter(|word| !any(std::slice::from_ref(word), ACTIVE)).cloned().collect();
        if all(&rest, STATUS_FILLER) {
            return Some(Gauge::IfFalse);
        }
    }
    if has(STATUS) || has(REPLY) && all(words, &[REPLY, " ", STATUS_FILLER].concat()) {
        return Some(Gauge::Words);
    }
    let is_type = has(TYPE) && all(words, &[TYPED, " ", TYPE].concat());
    let is_of_member = is_type && words.len() > 1 || has("usertype accounttype");
    if is_of_member { Some(Gauge::MemberType) } else { is_type.then_some(Gauge::Type) }
}

/// The number that a word is.
fn number(word: &str) -> Option<u32> {
    word.parse().ok()
}
