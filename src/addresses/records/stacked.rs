//! Reads lists with a cell in each line, as they are copied from web pages: a name, an address, a role, and so for each person.

use crate::addresses::characters::{examine, is_blank};
use crate::addresses::csv::field;
use crate::addresses::status::{is_out_in_words, is_status};
use crate::domain::Email;

/// How many lines a person has at most.
const MOST_LINES: usize = 6;
/// A longer line is a text.
const LONGEST: usize = 80;

/// The table of the people in `text`; `None` when not each of them has as many lines, or when only one is there.
pub(super) fn as_table(text: &str) -> Option<String> {
    let mut cells = vec![];
    let mut places: Vec<usize> = vec![];
    for line in text.lines().map(str::trim).filter(|line| !is_blank(line)) {
        examine(line.len());
        let is_address = line.contains('@');
        // A label, or two cells in one line.
        let is_other = line.len() > LONGEST || line.ends_with([':', '：']) || line.contains('\t');
        if is_other || is_address && Email::check(line).is_err() {
            return None;
        }
        if is_address {
            let step = cells.len().saturating_sub(places.last().copied().unwrap_or(0));
            if let [first, second, ..] = places.as_slice()
                && step != second.saturating_sub(*first)
            {
                return None;
            }
            if let [first] = places.as_slice()
                && !(2..=MOST_LINES).contains(&cells.len().saturating_sub(*first))
            {
                return None;
            }
            places.push(cells.len());
        }
        cells.push(line);
        if cells.len() > MOST_LINES && places.is_empty() {
            return None;
        }
    }
    let [first, second, ..] = places.as_slice() else { return None };
    let width = second.checked_sub(*first)?;
    let is_whole = cells.len() == width.checked_mul(places.len())?;
    if !is_whole || !says_the_same(&cells, width) {
        return None;
    }
    let mut out = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        field(&mut out, cell);
        let is_last = at.checked_rem(width)? == width.saturating_sub(1);
        out.push(if is_last { '\n' } else { '\t' });
    }
    Some(out)
}

/// How many people are looked at to find out whether lines in the same place say the same.
const ENOUGH: usize = 64;

/// Is there no line that says for one person that they are not active where that of another says something else? It may be the
/// heading of a list.
fn says_the_same(cells: &[&str], width: usize) -> bool {
    (0..width).all(|place| {
        let mut column = cells.iter().skip(place).step_by(width).take(ENOUGH);
        let is_out = column.clone().any(|cell| is_out_in_words(cell));
        !is_out || column.all(|cell| is_status(cell))
    })
}
