//! What is known of all entries, in a line.

use crate::i18n::{Plural, Words};
use crate::invite::verdict::Verdicts;

/// The verdicts in numbers; empty when there is none.
pub fn summary(words: &Words, verdicts: &Verdicts) -> String {
    let counts = [
        (Plural::CountNew, verdicts.new),
        (Plural::CountFailed, verdicts.failed),
        (Plural::CountPending, verdicts.pending),
        (Plural::CountMembers, verdicts.members),
        (Plural::CountTwice, verdicts.twice),
        (Plural::CountLooks, verdicts.to_review),
    ];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<_> = counts.map(|(plural, count)| words.count(plural, count)).collect();
    words.list(&counts)
}
