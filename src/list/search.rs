//! Searches and sorts all rows: Clerk does neither.
//!
//! The order changes seldom and the words with each key, so that they are apart: [`order`] is worth keeping while the admin
//! types, and [`matching`] looks at no more than an address per row.

use crate::domain::invitation::newest_of_each;
use crate::domain::text::{Lowercase, narrow, readable_domain};
use crate::domain::{Column, Invitation, InvitationId, Roles, Sort, Status, StatusFilter, Timestamp};
use crate::i18n::role_name;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// What people see in place of Clerk's words, and search for.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    /// The roles of the organization, as far as they are known.
    pub roles: Option<&'a Roles>,
    /// The word for a status.
    pub statuses: &'a dyn Fn(&Status) -> String,
    /// Makes the form of a text by which words are compared.
    pub lowercase: Lowercase,
    /// The time of day: a pending invitation whose time is over is shown as expired.
    pub now: Timestamp,
    /// Whether somebody with this address, by [`Email::key`](crate::domain::Email::key), is known to be a member.
    pub is_member: &'a dyn Fn(&str) -> bool,
    /// Whether the admin wants to be reminded of an invitation no longer.
    pub is_dismissed: &'a dyn Fn(&InvitationId) -> bool,
}

impl Vocabulary<'_> {
    /// The name of an invitation's role, to sort by.
    fn role(&self, row: &Invitation) -> String {
        (self.lowercase)(&role_name(self.roles, row))
    }

    /// What the texts on screen and the words of a search are compared by.
    fn plain(&self, text: &str) -> String {
        (self.lowercase)(&narrow(text))
    }

    fn status(&self, row: &Invitation) -> String {
        (self.statuses)(&row.status_at(self.now))
    }
}

/// The places in `rows` of those that pass `filter`, in the wanted order.
///
/// Rows that the sort does not tell apart stand as in `rows`. Without a sort, they stand in the usual
/// order of the filter. Rows without a date come last in both directions.
pub fn order(
    rows: &[&Invitation],
    filter: StatusFilter,
    sort: Option<Sort>,
    words: &Vocabulary<'_>,
) -> Vec<u32> {
    let newest = match filter {
        StatusFilter::Attention => newest_of_each(rows.iter().copied()),
        _ => FxHashMap::default(),
    };
    let is_shown = |row: &Invitation| match filter {
        StatusFilter::Attention => {
            row.needs_attention(words.now)
                && newest.get(&*row.email_key).is_none_or(|newest| newest.id == row.id)
                && !(words.is_member)(&row.email_key)
                && !(words.is_dismissed)(&row.id)
        }
        _ => filter.lists(&row.status),
    };
    let shown = (0..).zip(rows).filter(|(_, row)| is_shown(row)).map(|(at, _)| at);
    let Some(sort) = sort.or(filter.usual_sort()) else { return shown.collect() };

    let (samples, kinds) = match sort.by {
        Column::Role | Column::Status => kinds(rows, words.now),
        Column::Email | Column::Invited | Column::Changed | Column::Expires => (vec![], vec![]),
    };
    let text = |sample: &&Invitation| match sort.by {
        Column::Role => words.role(sample),
        _ => words.status(sample),
    };
    let texts: Vec<_> = samples.iter().map(text).collect();
    let key = |at: u32| {
        let row = rows.get(at as usize)?;
        let kind = || texts.get(*kinds.get(at as usize)? as usize);
        Some(match sort.by {
            Column::Email => Key { date: Some(0.0), text: &row.email_key },
            Column::Invited => Key::of_date(row.created),
            Column::Changed => Key::of_date(row.updated),
            Column::Expires => Key::of_date(row.expiry().map(|expiry| expiry.at)),
            Column::Role | Column::Status => Key { date: Some(0.0), text: kind().map_or("", |text| text) },
        })
    };
    let mut order: Vec<_> = shown.filter_map(|at| Some((key(at)?, at))).collect();
    order.sort_by(|(one, _), (other, _)| one.compare(other, sort.is_descending));
    order.into_iter().map(|(_, at)| at).collect()
}

/// Those of `order` in which each word of `search` is found: in the address, the role or the status as they are shown, or
/// as Clerk has them. Letter case and width are all one, and so is the script of a domain.
pub fn matching(rows: &[&Invitation], order: &[u32], search: &str, words: &Vocabulary<'_>) -> Vec<u32> {
    let search = words.plain(search);
    let wanted: Vec<Word<'_>> = search.split_whitespace().map(|word| Word::new(word, words)).collect();
    if wanted.is_empty() {
        return order.to_vec();
    }
    let (samples, kinds) = kinds(rows, words.now);
    // The words that neither the role nor the status holds must be found in the address.
    let left: Vec<Vec<&Word<'_>>> = samples
        .iter()
        .map(|sample| {
            let texts = [
                &*role_name(words.roles, sample),
                &sample.role.0,
                &words.status(sample),
                sample.status_at(words.now).word(),
            ]
            .map(|text| words.plain(text));
            let is_left = |word: &&Word<'_>| !texts.iter().any(|text| text.contains(word.text));
            wanted.iter().filter(is_left).collect()
        })
        .collect();
    let is_found = |at: &&u32| {
        let at = **at as usize;
        let left = kinds.get(at).and_then(|kind| left.get(*kind as usize));
        let (Some(row), Some(left)) = (rows.get(at), left) else { return false };
        left.iter().all(|word| word.is_in_address(row))
    };
    order.iter().filter(is_found).copied().collect()
}

/// A word that is searched for.
struct Word<'a> {
    text: &'a str,
    /// The same with the domain in the script that people read, where that is another text.
    readable: Option<String>,
}

impl<'a> Word<'a> {
    fn new(text: &'a str, words: &Vocabulary<'_>) -> Self {
        let (name, domain) = text.rsplit_once('@').map_or(("", text), |(name, domain)| (name, domain));
        let readable = readable_domain(domain, words.lowercase);
        let at = if name.is_empty() { "" } else { "@" };
        Self { text, readable: (readable != domain).then(|| [name, at, &readable].concat()) }
    }

    fn is_in_address(&self, row: &Invitation) -> bool {
        let is_in = |text: &str| {
            contains(text, self.text)
                || self.readable.as_ref().is_some_and(|readable| contains(text, readable))
        };
        // Of most rows the address is ASCII, and shown as it is compared but for its letter case.
        is_in(&row.email_key)
            || !row.email_key.is_ascii()
                && (is_in(&narrow(&row.email_key)) || is_in(&narrow(&row.email).to_ascii_lowercase()))
    }
}

/// Whether a short text contains another one. The preparations of `str::contains` would take longer than the search, for
/// each of thousands of addresses.
fn contains(text: &str, part: &str) -> bool {
    let Some((first, rest)) = part.as_bytes().split_first() else { return true };
    let mut left = text.as_bytes();
    while let Some(at) = left.iter().position(|byte| byte == first) {
        left = left.get(at + 1..).unwrap_or_default();
        if left.starts_with(rest) {
            return true;
        }
    }
    false
}

/// One row of each kind, and the kind of each row: those of a kind have the same role and status. There are few.
fn kinds<'a>(rows: &[&'a Invitation], now: Timestamp) -> (Vec<&'a Invitation>, Vec<u32>) {
    let mut samples: Vec<&'a Invitation> = vec![];
    let kinds = rows.iter().copied().map(|row| {
        let is_same = |sample: &&Invitation| {
            sample.status == row.status
                && sample.is_overdue(now) == row.is_overdue(now)
                && sample.role == row.role
                && sample.role_name == row.role_name
        };
        let kind = samples.iter().position(is_same);
        kind.unwrap_or_else(|| {
            samples.push(row);
            samples.len() - 1
        }) as u32
    });
    let kinds = kinds.collect();
    (samples, kinds)
}

/// What a row is ordered by.
struct Key<'a> {
    date: Option<f64>,
    text: &'a str,
}

impl Key<'_> {
    fn of_date(date: Option<Timestamp>) -> Self {
        Self { date: date.map(|date| date.0).filter(|date| !date.is_nan()), text: "" }
    }

    fn compare(&self, other: &Self, is_descending: bool) -> Ordering {
        let (Some(own), Some(others)) = (self.date, other.date) else {
            return other.date.is_some().cmp(&self.date.is_some());
        };
        let order =
            own.partial_cmp(&others).unwrap_or(Ordering::Equal).then_with(|| self.text.cmp(other.text));
        if is_descending { order.reverse() } else { order }
    }
}

#[cfg(test)]
mod tests;
