//! Holds a file of `assets/locales` against the catalogue.

use crate::catalogue::{Wanted, placeholders};
use crate::fault::{Fault, Kind};
use crate::file::{Text, texts};
use std::collections::BTreeSet;

/// All that is wrong with a file.
pub fn faults(source: &str, wanted: &[Wanted]) -> Vec<Fault> {
    let (texts, mut faults) = texts(source);
    let mut seen = BTreeSet::new();
    for Text { line, key, text } in &texts {
        let mut add = |kind, what: &str| {
            faults.push(Fault { kind, line: Some(*line), what: format!("{key} {what}") });
        };
        text_faults(text).into_iter().for_each(|fault| add(Kind::Form, fault));
        if !seen.insert(key) {
            add(Kind::Form, "is there twice");
        }
        match wanted.iter().find(|wanted| wanted.key == *key) {
            Some(wanted) => {
                let fault = placeholder_fault(text, wanted);
                fault.into_iter().for_each(|fault| add(Kind::Placeholders, &fault));
            }
            None => add(Kind::Unused, "is not in the catalogue, or not a plural of this language"),
        }
    }
    let lacks = |wanted: &&Wanted| !seen.contains(&wanted.key);
    faults.extend(wanted.iter().filter(lacks).map(|wanted| Fault {
        kind: Kind::Missing,
        line: None,
        what: format!("{} is missing", wanted.key),
    }));
    faults.extend(strayed(&texts, wanted));
    faults
}

/// The first text that does not stand in the catalogue's order, of a file that has no others.
fn strayed(texts: &[Text], wanted: &[Wanted]) -> Option<Fault> {
    let known = |key: &str| wanted.iter().any(|wanted| wanted.key == key);
    let there = wanted.iter().filter(|wanted| texts.iter().any(|text| text.key == wanted.key));
    let in_order = texts.iter().filter(|text| known(&text.key));
    let (text, wanted) = in_order.zip(there).find(|(text, wanted)| text.key != wanted.key)?;
    let what = format!("{} stands where the catalogue has {}", text.key, wanted.key);
    Some(Fault { kind: Kind::Form, line: Some(text.line), what })
}

fn placeholder_fault(text: &str, wanted: &Wanted) -> Option<String> {
    let found = match placeholders(text) {
        Ok(found) => found,
        Err(fault) => return Some(fault),
    };
    let is_left_out = wanted.may_name_the_number && found.is_empty();
    (found != wanted.placeholders && !is_left_out)
        .then(|| format!("has the placeholders {found:?}, English has {:?}", wanted.placeholders))
}

/// What is wrong with a text whatever it says.
pub fn text_faults(text: &str) -> Vec<&'static str> {
    let mut open = 0;
    let isolates_match = text.chars().all(|c| {
        open += match c {
            '\u{2066}'..='\u{2068}' => 1,
            '\u{2069}' => -1,
            _ => 0,
        };
        open >= 0
    }) && open == 0;
    let mut faults = vec![];
    if text.trim().is_empty() {
        faults.push("is empty");
    } else if text.trim() != text {
        faults.push("has white space at an end");
    }
    if text.contains(['<', '>']) {
        faults.push("has markup: texts are shown as they are");
    }
    if text.contains(|c: char| c.is_control()) {
        faults.push("has a control character");
    }
    if !isolates_match {
        faults.push("has a direction isolate without its partner, which would turn what follows");
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small catalogue: a message without and one with placeholders, and a plural of a language with `one` and `other`.
    fn sample() -> Vec<Wanted> {
        let wanted = |key: &str, names: &[&str]| Wanted {
            key: key.to_owned(),
            english: String::new(),
            placeholders: names.iter().map(|&name| name.to_owned()).collect(),
            may_name_the_number: key == "seats.one",
        };
        vec![
            wanted("retry", &[]),
            wanted("range", &["first", "last"]),
            wanted("seats.one", &["count"]),
            wanted("seats.other", &["count"]),
        ]
    }

    const RIGHT: &str = r#"{
  "retry": "Noch einmal",
  "range": "{first} bis {last}",
  "seats.one": "Ein Platz",
  "seats.other": "{count} Plätze"
}
"#;

    #[test]
    fn a_file_without_faults_has_none() {
        assert_eq!(faults(RIGHT, &sample()), []);
    }

    #[test]
    fn a_file_that_is_still_empty_lacks_everything_and_has_no_other_fault() {
        let found = faults("{}\n", &sample());
        assert_eq!(found.len(), sample().len());
        assert!(found.iter().all(|fault| fault.kind == Kind::Missing));
    }

    #[test]
    fn each_fault_is_found_with_its_line_and_key() {
        use Kind::{Form, Missing, Placeholders, Unused};
        for (right, wrong, kind, fault) in [
            ("  \"retry\": \"Noch einmal\",\n", "", Missing, " retry is missing"),
            ("retry", "retri", Unused, "2: retri is not in the catalogue"),
            ("seats.one", "seats.few", Unused, "4: seats.few is not in the catalogue, or not a plural"),
            ("seats.one", "seats.few", Missing, " seats.one is missing"),
            ("\"range\"", "\"retry\": \"Wieder\",\n  \"range\"", Form, "3: retry is there twice"),
            ("Noch einmal", "", Form, "2: retry is empty"),
            ("Noch einmal", "Noch einmal ", Form, "2: retry has white space"),
            ("Noch einmal", "Noch <b>einmal</b>", Form, "2: retry has markup"),
            ("Noch einmal", "Noch\\neinmal", Form, "2: retry has a control character"),
            ("Noch einmal", "Noch \\u2066einmal", Form, "2: retry has a direction isolate"),
            ("Noch einmal", "Noch \\u2069\\u2066einmal", Form, "2: retry has a direction isolate"),
            ("Noch einmal", "Noch {times}", Placeholders, "2: retry has the placeholders {\"times\"}"),
            ("{last}", "{letzte}", Placeholders, "3: range has the placeholders {\"first\", \"letzte\"}"),
            ("{last}", "{last", Placeholders, "3: range has a { that nothing closes"),
            ("{last}", "last}", Placeholders, "3: range has a } that nothing opened"),
            ("{last}", "{ last }", Placeholders, "3: range has { last }, which is no placeholder"),
            ("Ein Platz", "Ein {platz}", Placeholders, "4: seats.one has the placeholders"),
            (
                "{count} Plätze",
                "Plätze",
                Placeholders,
                "5: seats.other has the placeholders {}, English has {\"count\"}",
            ),
            ("\"Noch einmal\"", "7", Form, "2: not one key with one text"),
            (",\n  \"seats.other\"", ", \"seats.other\"", Form, "4: not one key with one text"),
            ("Noch einmal\",", "Noch einmal\"", Form, " expected `,` or `}`"),
        ] {
            let source = RIGHT.replace(right, wrong);
            assert_ne!(source, RIGHT, "{right} is not in the sample");
            let found = faults(&source, &sample());
            let is_found = |found: &Fault| found.kind == kind && found.to_string().starts_with(fault);
            assert!(found.iter().any(is_found), "wanted: {fault}\nfound: {found:#?}");
        }
    }

    #[test]
    fn a_file_in_another_order_is_a_fault_although_a_text_is_missing() {
        let mut wanted = sample();
        wanted.swap(0, 1);
        let source = RIGHT.replace("  \"seats.one\": \"Ein Platz\",\n", "");
        let found: Vec<_> = faults(&source, &wanted).iter().map(ToString::to_string).collect();
        assert_eq!(found, [" seats.one is missing", "2: retry stands where the catalogue has range"]);
    }
}
