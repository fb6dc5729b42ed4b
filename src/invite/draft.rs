//! What the admin has put into the form and not sent, as a text that outlives the page: it is kept while the page is away, and
//! put back when the page is loaded anew, after an update of the page too.
//!
//! What a run is at work on stands in the journal instead: Clerk's list has to say first what became of it.

use crate::addresses::{Cause, Doubt, ParsedAddress};
use crate::domain::{RoleKey, records};
use crate::invite::entry::{Entry, EntryState, Review};
use crate::invite::model::Model;
use crate::outbox::Outbox;
use std::collections::HashSet;

/// What is in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The text in the box.
    pub text: String,
    /// The role that the admin picked for all entries.
    pub picked: Option<RoleKey>,
    /// Texts that were brought and not read yet.
    pub brought: Vec<String>,
    /// Whether a link brought the entries.
    pub is_from_link: bool,
    /// The entries.
    pub entries: Vec<DraftEntry>,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftEntry {
    /// What it was read as.
    pub parsed: ParsedAddress,
    /// Whether the admin has said that its text is right as it is.
    pub is_confirmed: bool,
    /// Whether the invitation that is pending for it is to be sent anew.
    pub resends: bool,
}

const TEXT: &str = "text";
const ROLE: &str = "role";
const BROUGHT: &str = "brought";
const LINK: &str = "link";
const ENTRY: &str = "entry";
const YES: &str = "yes";

/// Writes what is in the form while the code that makes entries has not arrived, behind what was found of a former visit; empty when
/// nothing is. Every visitor downloads this part.
pub fn encode_box(model: &Model) -> String {
    let mut out = model.found.clone();
    let mut write = |kind: &str, text: &str| {
        if !text.trim().is_empty() {
            records::write(&mut out, &[kind, text]);
        }
    };
    write(BROUGHT, &model.unread);
    write(TEXT, &model.text);
    if let Some(role) = model.picked.as_ref().filter(|_| !out.is_empty()) {
        records::write(&mut out, &[ROLE, &role.0]);
    }
    out
}

impl Draft {
    /// What is in a form whose texts are all read, except for what the outbox is working on and what the journal holds.
    pub fn of(model: &Model, outbox: &Outbox) -> Self {
        let journaled: HashSet<_> = outbox.unfinished().map(|task| task.email.key()).collect();
        let is_kept = |entry: &&Entry| {
            let is_journaled = entry.email.as_ref().is_ok_and(|email| journaled.contains(email.key()));
            !is_journaled && !matches!(entry.state, EntryState::Unsettled(_))
        };
        let kept = |entry: &Entry| DraftEntry {
            parsed: entry.parsed(),
            is_confirmed: entry.review == Review::Confirmed,
            resends: entry.state == EntryState::Resend,
        };
        Self {
            text: model.text.clone(),
            picked: model.picked.clone(),
            brought: Some(model.composer.beginning.clone())
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect(),
            is_from_link: model.composer.is_from_link,
            entries: model.composer.entries.all().iter().filter(is_kept).map(kept).collect(),
        }
    }

    /// Whether nothing would be lost without it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.brought.is_empty() && self.entries.is_empty()
    }

    /// Writes it: a record for each part, which begins with what it is.
    pub fn encode(&self) -> String {
        let mut out = String::new();
        records::write(&mut out, &[TEXT, &self.text]);
        if let Some(role) = &self.picked {
            records::write(&mut out, &[ROLE, &role.0]);
        }
        for text in &self.brought {
            records::write(&mut out, &[BROUGHT, text]);
        }
        if self.is_from_link {
            records::write(&mut out, &[LINK]);
        }
        for DraftEntry { parsed, is_confirmed, resends } in &self.entries {
            let yes = |is_so: &bool| if *is_so { YES } else { "" };
            let (cause, detail, offer) = parsed.doubt.as_ref().map(doubt_fields).unwrap_or_default();
            let optional = |text: &Option<String>| text.clone().unwrap_or_default();
            let (name, role) = (optional(&parsed.name), optional(&parsed.role));
            let fields =
                [ENTRY, &parsed.text, &name, &role, yes(is_confirmed), yes(resends), cause, &detail, &offer];
            records::write(&mut out, &fields);
        }
        out
    }

    /// Reads it. What can't be read is left out.
    pub fn decode(text: &str) -> Self {
        let mut draft = Self::default();
        for record in records::read(text) {
            let mut fields = record.into_iter();
            let kind = fields.next().unwrap_or_default();
            let mut next = || fields.next().unwrap_or_default();
            match kind.as_str() {
                TEXT => {
                    // There is one box: what was written last goes back there.
                    let before = std::mem::replace(&mut draft.text, next());
                    draft.brought.extend(Some(before).filter(|text| !text.trim().is_empty()));
                }
                ROLE => draft.picked = Some(RoleKey(next())),
                BROUGHT => draft.brought.push(next()),
                LINK => draft.is_from_link = true,
                ENTRY => {
                    let (text, name, role) = (next(), optional(next()), optional(next()));
                    let (is_confirmed, resends) = (next() == YES, next() == YES);
                    let doubt = read_doubt(&next(), next(), next());
                    let parsed = ParsedAddress { text, name, role, doubt };
                    if !parsed.text.is_empty() {
                        draft.entries.push(DraftEntry { parsed, is_confirmed, resends });
                    }
                }
                _ => {}
            }
        }
        draft
    }
}

fn optional(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// The name of a doubt's cause, what the cause holds, and the offer.
fn doubt_fields(doubt: &Doubt) -> (&'static str, String, String) {
    let (cause, detail) = match &doubt.cause {
        Cause::Edge => ("edge", String::new()),
        Cause::Blank => ("blank", String::new()),
        Cause::Apostrophe => ("apostrophe", String::new()),
        Cause::Encoded => ("encoded", String::new()),
        Cause::Lookalike(letter) => ("lookalike", letter.to_string()),
        Cause::Damaged => ("damaged", String::new()),
        Cause::Guessed => ("guessed", String::new()),
        Cause::Column(heading) => ("column", heading.clone()),
        Cause::Beside(words) => ("beside", words.clone()),
        Cause::Example => ("example", String::new()),
        Cause::Comma => ("comma", String::new()),
        Cause::NoReply => ("no-reply", String::new()),
    };
    (cause, detail, doubt.offer.clone().unwrap_or_default())
}

/// A doubt whose cause can't be read stays a doubt: without one the entry would be sent unseen.
fn read_doubt(cause: &str, detail: String, offer: String) -> Option<Doubt> {
    let cause = match cause {
        "" => return None,
        "blank" => Cause::Blank,
        "apostrophe" => Cause::Apostrophe,
        "encoded" => Cause::Encoded,
        "lookalike" => detail.chars().next().map_or(Cause::Edge, Cause::Lookalike),
        "damaged" => Cause::Damaged,
        "guessed" => Cause::Guessed,
        "column" => Cause::Column(detail),
        "beside" => Cause::Beside(detail),
        "example" => Cause::Example,
        "comma" => Cause::Comma,
        "no-reply" => Cause::NoReply,
        _ => Cause::Edge,
    };
    Some(Doubt { cause, offer: optional(offer) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cause() -> impl Strategy<Value = Cause> {
        prop_oneof![
            Just(Cause::Edge),
            Just(Cause::Blank),
            Just(Cause::Apostrophe),
            Just(Cause::Encoded),
            any::<char>().prop_map(Cause::Lookalike),
            Just(Cause::Damaged),
            Just(Cause::Guessed),
            ".{0,5}".prop_map(Cause::Column),
            ".{0,5}".prop_map(Cause::Beside),
            Just(Cause::Example),
            Just(Cause::Comma),
            Just(Cause::NoReply),
        ]
    }

    fn entry() -> impl Strategy<Value = DraftEntry> {
        let some = || prop::option::of("[\\PC\t\n\\\\]{1,6}");
        let doubt = prop::option::of((cause(), some()).prop_map(|(cause, offer)| Doubt { cause, offer }));
        ("[\\PC\t\n]{1,9}", some(), some(), doubt, any::<bool>(), any::<bool>()).prop_map(
            |(text, name, role, doubt, is_confirmed, resends)| DraftEntry {
                parsed: ParsedAddress { text, name, role, doubt },
                is_confirmed,
                resends,
            },
        )
    }

    #[test]
    fn each_cause_of_a_doubt_is_read_back_as_it_was() {
        let causes = [
            Cause::Edge,
            Cause::Blank,
            Cause::Apostrophe,
            Cause::Encoded,
            Cause::Lookalike('\u{212a}'),
            Cause::Damaged,
            Cause::Guessed,
            Cause::Column("Old mail".to_owned()),
            Cause::Beside("no longer valid".to_owned()),
            Cause::Example,
            Cause::Comma,
            Cause::NoReply,
        ];
        let entry = |cause| DraftEntry {
            parsed: ParsedAddress {
                doubt: Some(Doubt { cause, offer: None }),
                ..ParsedAddress::of_text("a@x.de".to_owned())
            },
            is_confirmed: false,
            resends: false,
        };
        let draft = Draft { entries: causes.map(entry).to_vec(), ..Draft::default() };
        assert_eq!(Draft::decode(&draft.encode()), draft);
    }

    proptest! {
        #[test]
        fn a_draft_is_read_back_as_it_was(
            text in "[\\PC\n]{0,9}",
            picked in prop::option::of("[a-z:]{1,9}"),
            brought in prop::collection::vec("[\\PC\n\t]{1,9}", 0..3),
            is_from_link in any::<bool>(),
            entries in prop::collection::vec(entry(), 0..4),
        ) {
            let draft = Draft { text, picked: picked.map(RoleKey), brought, is_from_link, entries };
            prop_assert_eq!(Draft::decode(&draft.encode()), draft);
        }

        #[test]
        fn a_doubt_never_gets_lost(cause in "[a-z]{1,9}") {
            let draft = Draft::decode(&format!("entry\ta@x.de\t\t\t\t\t{cause}\n"));
            prop_assert!(draft.entries.iter().all(|entry| entry.parsed.doubt.is_some()));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = Draft::decode(&text);
        }
    }
}
