//! Reads contacts: vCards of version 2.1, 3.0 and 4.0, one after another in one text.
//!
//! Of each card the name and the addresses are read. One address is the person's: the preferred one, else the one for work,
//! else the first. The others are doubtful, because an invitation to each of them would invite one person several times.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use crate::addresses::characters::{add_words, is_blank, spaced};
use crate::addresses::content_lines::{ContentLines, Property, is_line, split, starts_with_line, unescaped};
use crate::addresses::csv::field;
use crate::addresses::prose::Prose;
use crate::addresses::{Cause, Doubt, ParsedAddress, TableSummary};

const BEGIN: &str = "BEGIN:VCARD";
const END: &str = "END:VCARD";

/// A text of cards, and how far it is read.
pub(super) struct Cards {
    lines: ContentLines,
    /// What was read and not yet given out.
    read: VecDeque<ParsedAddress>,
    pub(super) summary: TableSummary,
}

/// The card that is being read.
#[derive(Default)]
struct Card {
    full_name: String,
    /// The name put together from its parts.
    name: String,
    nick: String,
    organization: String,
    emails: Vec<Address>,
    /// It is no person but a group of them: its address is that of a list.
    is_group: bool,
}

/// An address of a card.
struct Address {
    text: String,
    /// The property as it is written, without the address.
    heading: String,
    /// How good it is: the smaller the better.
    rank: u32,
}

impl Cards {
    /// Does a text start with a card?
    pub(super) fn is_card(text: &str) -> bool {
        starts_with_line(text, BEGIN)
    }

    pub(super) fn new(text: String) -> Self {
        Self { lines: ContentLines::new(text), read: VecDeque::new(), summary: TableSummary::default() }
    }

    /// Reads the next card.
    fn card(&mut self) -> Option<Card> {
        let mut card: Option<Card> = None;
        // An agent is a card within a card: the contact's assistant.
        let (mut is_agent, mut depth) = (false, 0_usize);
        loop {
            let start = self.lines.at;
            let Some(line) = self.lines.next() else { break };
            let bare = line.trim();
            if is_line(bare, BEGIN) {
                if card.is_some() && !is_agent && depth == 0 {
                    // The end of the last card is missing.
                    self.lines.at = start;
                    break;
                }
                if card.is_some() {
                    depth += 1;
                }
                card.get_or_insert_default();
            } else if is_line(bare, END) {
                if depth == 0 && card.is_some() {
                    break;
                }
                depth = depth.saturating_sub(1);
            } else if !is_blank(bare) {
                match (&mut card, Property::of(bare)) {
                    (Some(card), Some(property)) if depth == 0 => {
                        is_agent = property.name == "AGENT";
                        card.add(property);
                        continue;
                    }
                    (Some(_), _) => {}
                    (None, _) => self.summary.notes.push(spaced(bare)),
                }
            }
            is_agent = false;
        }
        card
    }
}

impl Iterator for Cards {
    type Item = ParsedAddress;

    fn next(&mut self) -> Option<ParsedAddress> {
        loop {
            if let Some(address) = self.read.pop_front() {
                return Some(address);
            }
            let (addresses, has_address) = self.card()?.people();
            if addresses.is_empty() {
                continue;
            }
            let summary = &mut self.summary;
            *(if has_address { &mut summary.people } else { &mut summary.without_address }) += 1;
            self.read = addresses;
        }
    }
}

impl Card {
    fn add(&mut self, property: Property) {
        let Property { name, parameters, value } = property;
        match name.as_str() {
            "FN" if self.full_name.is_empty() => self.full_name = unescaped(&value),
            "N" if self.name.is_empty() => self.name = put_together(&value),
            "NICKNAME" => self.nick = unescaped(&value),
            "ORG" => {
                for part in split(&value) {
                    add_words(&mut self.organization, &unescaped(&part));
                }
            }
            "KIND" | "X-ADDRESSBOOKSERVER-KIND" => self.is_group = is_line(value.trim(), "group"),
            "EMAIL" if !is_blank(&value) => {
                let rank = rank(parameters);
                let heading = [name.as_str(), parameters].concat();
                self.emails.push(Address { text: unescaped(&value), heading, rank });
            }
            _ => {}
        }
    }

    /// What the card says, and whether it has an address.
    fn people(self) -> (VecDeque<ParsedAddress>, bool) {
        let Self { full_name, name, nick, organization, emails, is_group } = self;
        let name = [full_name, name, nick].into_iter().find(|name| !is_blank(name));
        let best = (0..emails.len()).min_by_key(|at| emails.get(*at).map(|email| email.rank));
        let mut people = VecDeque::new();
        for (at, email) in emails.iter().enumerate() {
            for mut address in Prose::cell(email.text.clone()) {
                if name.is_some() {
                    address.name.clone_from(&name);
                }
                if is_group || Some(at) != best {
                    let heading = if is_group { "KIND:group".to_owned() } else { email.heading.clone() };
                    address.doubt = Some(Doubt { cause: Cause::Column(heading), offer: None });
                }
                people.push_back(address);
            }
        }
        let has_address = !people.is_empty();
        if !has_address {
            let text = name.unwrap_or(organization);
            let mut quoted = String::new();
            field(&mut quoted, &spaced(&text.replace('@', " (at) ")));
            if !is_blank(&quoted) {
                people.push_back(ParsedAddress::of_text(quoted));
            }
        }
        (people, has_address)
    }
}

/// How good an address with these parameters is: the smaller the better.
fn rank(parameters: &str) -> u32 {
    let upper = parameters.to_ascii_uppercase();
    let mut rank = 200;
    for part in upper.split([';', ',', '"', '=']) {
        match part {
            "PREF" => rank = 0,
            "WORK" => rank = rank.min(150),
            "HOME" | "X400" => rank = rank.max(180),
            _ => {}
        }
    }
    let degree = upper.split(';').find_map(|part| part.strip_prefix("PREF=")?.trim_matches('"').parse().ok());
    degree.unwrap_or(rank)
}

/// The name of which `N` has the parts: family, given, further names.
fn put_together(value: &str) -> String {
    let parts: Vec<String> = split(value).iter().map(|part| unescaped(part)).collect();
    let mut name = String::new();
    for at in [1, 2, 0] {
        if let Some(part) = parts.get(at) {
            add_words(&mut name, part);
        }
    }
    name
}
