//! What the cells of a column hold: addresses, names, roles, or something else.

use std::collections::HashSet;

use crate::addresses::characters::{LETTER, class, is_blank, spaced};
use crate::addresses::prose::{Prose, is_address};
use crate::addresses::status::{is_mark, is_nothing, is_status};
use crate::domain::Email;

/// A name is not longer than this, in bytes.
const LONGEST_NAME: usize = 80;
/// How many rows there have to be before a text that comes again and again is no name.
const ENOUGH: usize = 4;

/// What the cells of one column hold.
#[derive(Default)]
pub(super) struct Content {
    /// How many are neither blank nor as good as blank.
    pub(super) filled: usize,
    /// How many hold addresses and nothing else.
    pub(super) addresses: usize,
    /// How many have an `@`.
    pub(super) ats: usize,
    /// How many look like a name.
    names: usize,
    /// How many of those have more than one word.
    full_names: usize,
    /// How many say whether somebody is active.
    states: usize,
    /// How many name a role.
    roles: usize,
    /// How many hold one address and nothing else.
    pub(super) alone: usize,
    /// How many hold an address with a name beside it.
    pub(super) named: usize,
    distinct: HashSet<String>,
}

impl Content {
    /// Takes another cell of the column into account.
    pub(super) fn note(&mut self, cell: &str, is_role: &dyn Fn(&str) -> bool) {
        if is_nothing(cell) || is_guest_login(cell) {
            return;
        }
        self.filled += 1;
        if cell.contains('@') {
            self.ats += 1;
            let Reading { count, is_named, is_pure } = Reading::of(cell);
            self.named += usize::from(is_named);
            self.addresses += usize::from(is_pure);
            self.alone += usize::from(is_pure && count == 1);
            return;
        }
        let cell = spaced(cell);
        self.roles += usize::from(is_role(&cell));
        if is_status(&cell) {
            self.states += 1;
        } else if is_name(&cell) {
            self.names += 1;
            self.full_names += usize::from(cell.contains(' '));
        }
        self.distinct.insert(cell);
    }

    /// Do most of its cells hold addresses?
    pub(super) fn has_addresses(&self) -> bool {
        self.addresses > 0 && self.addresses * 2 >= self.filled
    }

    /// Do all of its cells hold addresses?
    pub(super) fn is_nothing_but_addresses(&self) -> bool {
        self.addresses > 0 && self.addresses == self.filled
    }

    /// Could these be names? Texts that come again and again are departments or places.
    pub(super) fn has_names(&self) -> bool {
        let is_varied = self.filled < ENOUGH || self.distinct.len() * 2 > self.filled;
        self.names > 0 && self.names == self.filled && is_varied
    }

    /// Could these be full names?
    pub(super) fn has_full_names(&self) -> bool {
        self.full_names * 2 > self.filled
    }

    /// Do all of its cells say whether somebody is active?
    pub(super) fn has_states(&self) -> bool {
        self.states > 0 && self.states == self.filled
    }

    /// Do all of its cells name a role?
    pub(super) fn has_roles(&self) -> bool {
        self.roles > 0 && self.roles == self.filled
    }
}

/// The cell with a separator that is known everywhere in the place of the one between several values of a Google contact.
pub(super) fn separated(cell: &str) -> String {
    cell.replace(" ::: ", "; ")
}

/// What a cell with an `@` comes to.
struct Reading {
    /// How many addresses and other texts.
    count: usize,
    /// There is a name beside one of them.
    is_named: bool,
    /// All of it are addresses.
    is_pure: bool,
}

impl Reading {
    fn of(cell: &str) -> Self {
        let mut reading = Self { count: 0, is_named: false, is_pure: true };
        for address in Prose::cell(separated(cell)) {
            reading.count += 1;
            reading.is_named |= address.name.is_some();
            reading.is_pure &= is_address(&address.text);
        }
        // `Ask boss@x.com first` is a text, `Jane <jane@x.com>` an address.
        reading.is_pure &= reading.count > 0 && (!reading.is_named || cell.contains('<'));
        reading
    }
}

/// Does the cell hold one address or several, and nothing else?
pub(super) fn is_pure(cell: &str) -> bool {
    cell.contains('@') && Reading::of(cell).is_pure
}

/// Does the cell hold one address and nothing else?
pub(super) fn is_address_cell(cell: &str) -> bool {
    cell.contains('@') && {
        let reading = Reading::of(cell);
        reading.is_pure && reading.count == 1
    }
}

/// Is the cell an address, character for character?
pub(super) fn is_exact(cell: &str) -> bool {
    Email::check(cell).is_ok() && !is_guest_login(cell)
}

/// Is it the sign-in name that Microsoft makes up for a guest: `jane_x.com#EXT#@tenant.example`? It has no mailbox.
pub(super) fn is_guest_login(cell: &str) -> bool {
    cell.contains('@') && cell.to_ascii_lowercase().contains("#ext#")
}

/// Does a text without `@` look like the name of a person?
fn is_name(text: &str) -> bool {
    // `Jane Doe (on leave)`
    let text = text.split_once(" (").filter(|_| text.ends_with(')')).map_or(text, |(name, _)| name);
    let has_capital =
        || text.split(' ').any(|word| word.starts_with(|c: char| c.is_ascii_uppercase() || !c.is_ascii()));
    let belongs = |c: char| class(c) == LETTER && !c.is_ascii_digit() || " .,'’-;".contains(c);
    text.len() <= LONGEST_NAME
        && !is_blank(text)
        && text.chars().all(belongs)
        // `staff;editors` is a list of groups.
        && text.split(';').skip(1).all(|rest| rest.starts_with(' '))
        && has_capital()
        && !is_mark(text)
}
