//! Decides what each column says of a person, by the headings and by what the cells hold.
//!
//! At most one column has the address to be invited. Among several columns with addresses the headings decide, then whether
//! there is anything in them; a column that is about somebody else is never taken as long as there is another one.

use std::collections::HashMap;

use crate::addresses::Meaning;
use crate::addresses::headings::{Change, Gauge, Heading, Kind, Part, Rank};
use crate::addresses::table::content::Content;

/// How a column is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Use {
    /// It has the address.
    Address,
    /// It has the address where the address column is empty: `E-mail 2` beside `E-mail 1`.
    Peer,
    /// It has a sign-in name that could be the address, and is offered where the others are empty.
    Login,
    /// It has another address, which is offered where the others are empty.
    Second,
    Name(Part),
    /// It has the address of another person in the same row, the one of this number: `Member 2 e-mail`.
    Further(u32),
    /// It has a name of that person, or a part of it.
    FurtherName(u32, Part),
    Role,
    Status(Gauge),
    Secret,
    /// It has what was written about the person, perhaps that they are not to be invited.
    Note,
    Ignored,
}

impl From<Use> for Meaning {
    fn from(column: Use) -> Self {
        match column {
            Use::Address => Self::Address,
            Use::Peer | Use::Login | Use::Second | Use::Further(_) => Self::SecondAddress,
            Use::Name(_) | Use::FurtherName(..) => Self::Name,
            Use::Role => Self::Role,
            Use::Status(_) => Self::Status,
            Use::Secret => Self::Secret,
            Use::Note | Use::Ignored => Self::Ignored,
        }
    }
}

impl Use {
    /// This use, or the one that the admin has chosen in its place.
    pub(super) fn chosen(self, meaning: Option<Meaning>) -> Self {
        match meaning {
            Some(meaning) if meaning != Meaning::from(self) => match meaning {
                Meaning::Address => Self::Address,
                Meaning::SecondAddress => Self::Second,
                Meaning::Name => Self::Name(Part::Plain),
                Meaning::Role => Self::Role,
                Meaning::Status => Self::Status(Gauge::Words),
                Meaning::Secret => Self::Secret,
                Meaning::Ignored => Self::Ignored,
            },
            _ => self,
        }
    }
}

/// The uses of columns with these headings and contents.
pub(super) fn uses(headings: &[Heading], contents: &[Content]) -> Vec<Use> {
    let pairs: Vec<(&Heading, &Content)> = headings.iter().zip(contents).collect();
    let address = address(&pairs);
    let mut uses: Vec<Use> = Vec::new();
    for (at, (heading, content)) in pairs.iter().enumerate() {
        uses.push(match address {
            Some((chosen, column)) if chosen == at => column,
            _ => other(heading, content, address.and_then(|(chosen, _)| pairs.get(chosen).copied())),
        });
    }
    settle_further(&mut uses, &pairs);
    settle_names(&mut uses, &pairs);
    settle_roles(&mut uses, &pairs);
    uses
}

/// The column with the address, and how it is used: as the address, or only as an offer.
fn address(pairs: &[(&Heading, &Content)]) -> Option<(usize, Use)> {
    let login =
        pairs.iter().position(|(heading, content)| heading.kind == Kind::Login && content.has_addresses());
    let mut best: Option<(usize, (bool, u8, Rank))> = None;
    for (at, (heading, content)) in pairs.iter().enumerate() {
        let Kind::Mail(rank) = heading.kind else { continue };
        let is_ranked = matches!(rank, Rank::First | Rank::Plain);
        if !is_ranked && (!content.has_addresses() || rank > Rank::Private) {
            continue;
        }
        // Best: has addresses; then: is empty; worst: has something else.
        let lack =
            if content.has_addresses() { 0 } else { 1 + u8::from(content.filled > 0 && content.ats == 0) };
        let key = (!is_ranked, lack, rank);
        if best.is_none_or(|(_, known)| key < known) {
            best = Some((at, key));
        }
    }
    let of_kind = |is: &dyn Fn(&Heading, &Content) -> bool| {
        pairs.iter().position(|(heading, content)| is(heading, content))
    };
    let is_unknown = |heading: &Heading, content: &Content| {
        content.is_nothing_but_addresses()
            && !matches!(
                heading.kind,
                Kind::Other
                    | Kind::Note
                    | Kind::Secret
                    | Kind::Mail(_)
                    | Kind::Login
                    | Kind::Role { .. }
                    | Kind::Status(_)
            )
    };
    match (best, login) {
        // The list of all addresses of a person is the way out where the one to sign in with is unknown.
        (Some((_, (_, _, Rank::List))), Some(login)) => return Some((login, Use::Address)),
        (Some((at, (_, lack, _))), login)
            if lack < 2 || login.is_none() && of_kind(&is_unknown).is_none() =>
        {
            return Some((at, Use::Address));
        }
        (_, Some(login)) => return Some((login, Use::Address)),
        (_, None) => {}
    }
    if let Some(at) = of_kind(&is_unknown) {
        let count = pairs.iter().filter(|(heading, content)| is_unknown(heading, content)).count();
        return Some((at, if count == 1 { Use::Address } else { Use::Second }));
    }
    // `Old e-mail` beside `New e-mail`.
    let changed = |change: Change| {
        of_kind(&|heading, content| {
            heading.is_mail() && heading.change == Some(change) && content.addresses > 0
        })
    };
    if let (Some(at), Some(_)) = (changed(Change::To), changed(Change::From)) {
        return Some((at, Use::Address));
    }
    let has_second =
        |rank: Rank| of_kind(&|heading, content| heading.kind == Kind::Mail(rank) && content.addresses > 0);
    has_second(Rank::Second).or_else(|| has_second(Rank::Never)).map(|at| (at, Use::Second))
}

/// The use of a column that is not the one with the address, which is `address`.
fn other(heading: &Heading, content: &Content, address: Option<(&Heading, &Content)>) -> Use {
    let is_empty = content.addresses == 0;
    match heading.kind {
        Kind::Mail(Rank::Never) => Use::Ignored,
        Kind::Mail(Rank::List) if address.is_some_and(|(address, _)| address.kind == Kind::Login) => {
            Use::Peer
        }
        Kind::Mail(_) if address.is_some_and(|(address, _)| address.stem == heading.stem) => Use::Peer,
        Kind::Mail(_) => Use::Second,
        Kind::Login if is_empty => Use::Ignored,
        Kind::Login => Use::Login,
        Kind::Name(part) => Use::Name(part),
        Kind::Role { .. } => Use::Role,
        Kind::Status(gauge) => Use::Status(gauge),
        Kind::Secret => Use::Secret,
        Kind::Note => Use::Note,
        // A column that says nothing but who is active, whatever it is called.
        Kind::Unknown if content.has_states() => Use::Status(Gauge::Words),
        Kind::Other | Kind::About | Kind::Unknown => Use::Ignored,
    }
}

/// Tells the columns of another person in the same row (`Member 2 e-mail`, `Name 2`) from a second address of the only one
/// (`E-mail 2`). Where no column has a name, nothing says that the second address is the same person's.
fn settle_further(uses: &mut [Use], pairs: &[(&Heading, &Content)]) {
    let numbers = numbers(pairs);
    let has_name = pairs.iter().any(|(heading, _)| matches!(heading.kind, Kind::Name(_)));
    let has_own_name = |number: u32| {
        let is_it = |(heading, of): (&(&Heading, &Content), &Option<u32>)| {
            matches!(heading.0.kind, Kind::Name(_)) && *of == Some(number)
        };
        pairs.iter().zip(&numbers).any(is_it)
    };
    for ((column, (heading, _)), number) in uses.iter_mut().zip(pairs).zip(&numbers) {
        if matches!(column, Use::Peer | Use::Second)
            && let Some(number) = number.filter(|number| *number > 1)
            && (heading.names_person || has_own_name(number) || heading.number.is_some() && !has_name)
        {
            *column = Use::Further(number);
        }
    }
    let further = uses.to_vec();
    for (column, number) in uses.iter_mut().zip(&numbers) {
        if let (Use::Name(part), Some(number)) = (*column, number)
            && further.contains(&Use::Further(*number))
        {
            *column = Use::FurtherName(*number, part);
        }
    }
}

/// Which one of several each heading is about: by its own number, or because the same heading came before.
fn numbers(pairs: &[(&Heading, &Content)]) -> Vec<Option<u32>> {
    let mut met: HashMap<&str, u32> = HashMap::new();
    let mut numbers = Vec::new();
    for (heading, _) in pairs {
        let count = met.entry(&heading.stem).or_insert(0);
        *count = count.saturating_add(1);
        numbers.push(heading.number.or(Some(*count).filter(|count| *count > 1)));
    }
    numbers
}

/// Finds out which part a column called `Name` has. Where no column has a name, one with sign-in names may have them:
/// Atlassian calls its column of full names "User name".
fn settle_names(uses: &mut [Use], pairs: &[(&Heading, &Content)]) {
    let has = |uses: &[Use], part: Part| uses.contains(&Use::Name(part));
    let part = match (has(uses, Part::Given), has(uses, Part::Family)) {
        (true, false) => Part::Family,
        (false, true) => Part::Given,
        _ => Part::Full,
    };
    let is_named = uses.iter().any(|column| matches!(column, Use::Name(_)));
    for (column, (heading, content)) in uses.iter_mut().zip(pairs) {
        if *column == Use::Name(Part::Plain) {
            *column = Use::Name(part);
        } else if !is_named
            && (heading.kind == Kind::Login && content.has_names() || heading.is_person())
            && content.has_full_names()
        {
            *column = Use::Name(Part::Full);
        }
    }
}

/// Leaves one column of roles: the first that says nothing else, otherwise the first.
fn settle_roles(uses: &mut [Use], pairs: &[(&Heading, &Content)]) {
    let is_plain =
        |at: usize| pairs.get(at).is_some_and(|(heading, _)| heading.kind == Kind::Role { is_plain: true });
    let roles: Vec<usize> = (0..uses.len()).filter(|at| uses.get(*at) == Some(&Use::Role)).collect();
    let best = roles.iter().copied().find(|at| is_plain(*at)).or(roles.first().copied());
    for (at, column) in uses.iter_mut().enumerate() {
        if *column == Use::Role && Some(at) != best {
            *column = Use::Ignored;
        }
    }
}
