//! A language that nobody speaks, to see what breaks: the English texts with accents on their letters, and longer.

use crate::catalogue::Catalogue;
use crate::packed::{CATEGORIES, digest};
use serde_json::Value;

/// The list that the page reads, in that language. Each text is between brackets: what stands on the page without them comes from
/// elsewhere, or was glued together.
pub fn pseudo(catalogue: &Catalogue) -> String {
    let messages = catalogue.messages.iter().map(|(_, text)| Value::from(stretched(text)));
    let plurals = catalogue.plurals.iter().flat_map(|(_, one, other)| {
        CATEGORIES.map(|category| Value::from(stretched(if category == "one" { one } else { other })))
    });
    Value::from_iter([Value::from(digest(catalogue))].into_iter().chain(messages).chain(plurals)).to_string()
}

/// A text with accents, and longer by a third; what is filled in stays as it is.
fn stretched(text: &str) -> String {
    let mut is_filled_in = false;
    let accented = text.chars().map(|letter| {
        is_filled_in = letter == '{' || is_filled_in && letter != '}';
        if is_filled_in { letter } else { accent(letter) }
    });
    let words = text.chars().count().div_ceil(12);
    let more = " łóñg".repeat(words);
    format!("[{}{more}]", accented.collect::<String>())
}

fn accent(letter: char) -> char {
    const PLAIN: &str = "AEINOSUYZaceinosuyz";
    const ACCENTED: &str = "ÅÉÎÑÖŠÛÝŽåçéîñöšûýž";
    let at = PLAIN.chars().position(|plain| plain == letter);
    at.and_then(|at| ACCENTED.chars().nth(at)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_accents_and_placeholders_have_none() {
        assert_eq!(stretched("{count} invites"), "[{count} îñvîtéš łóñg łóñg]");
    }
}
