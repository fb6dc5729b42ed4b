//! Does each language hold each message, with what is filled into it?

#![cfg(not(target_arch = "wasm32"))]

use clerk_invitations::i18n::{LANGUAGES, Message, Plural};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The plural categories that each language has for whole numbers. Source: CLDR's plural rules.
const CATEGORIES: &[(&str, &[&str])] =
    &[("de", &["one", "other"]), ("ar", &["zero", "one", "two", "few", "many", "other"])];

/// Their names say the number, so their texts may do without it.
const NAMED_NUMBERS: &[&str] = &["zero", "one", "two"];

/// A text that a file must hold.
#[derive(Clone)]
struct Wanted {
    key: String,
    placeholders: BTreeSet<String>,
    may_name_the_number: bool,
}

/// What a file must hold for a language with these plural categories, in the catalogue's order.
fn catalogue(categories: &[&str]) -> Vec<Wanted> {
    let messages = Message::ALL.iter().map(|message| Wanted {
        key: message.key().to_owned(),
        placeholders: placeholders(message.english()).expect("English that parses"),
        may_name_the_number: false,
    });
    let plurals = Plural::ALL.iter().flat_map(|plural| {
        categories.iter().map(|category| Wanted {
            key: format!("{}.{category}", plural.key()),
            placeholders: placeholders(plural.english(2)).expect("English that parses"),
            may_name_the_number: NAMED_NUMBERS.contains(category),
        })
    });
    messages.chain(plurals).collect()
}

/// The names in `text` that stand in braces, or what is wrong with the braces.
fn placeholders(text: &str) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..].strip_prefix('{').ok_or("has a } that nothing opened")?;
        let (name, behind) = inside.split_once('}').ok_or("has a { that nothing closes")?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(format!("has {{{name}}}, which is no placeholder"));
        }
        names.insert(name.to_owned());
        rest = behind;
    }
    Ok(names)
}

/// What is wrong with a text whatever it says.
fn text_faults(text: &str) -> Vec<&'static str> {
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

/// The texts of a file by key, in its order, with the line of each; and the lines that hold no text.
fn lines(file: &str, source: &str) -> (Vec<(usize, String, String)>, Vec<String>) {
    let (mut texts, mut faults) = (vec![], vec![]);
    if let Err(error) = serde_json::from_str::<Map<String, Value>>(source) {
        faults.push(format!("{file}: {error}"));
    }
    for (number, line) in (1..).zip(source.lines()).filter(|(_, line)| !matches!(*line, "{" | "}")) {
        let pair = line.strip_suffix(',').unwrap_or(line);
        let object: Map<String, Value> = serde_json::from_str(&format!("{{{pair}}}")).unwrap_or_default();
        match object.into_iter().collect::<Vec<_>>().as_slice() {
            [(key, Value::String(text))] => texts.push((number, key.clone(), text.clone())),
            _ => faults.push(format!("{file}:{number}: not one key with one text")),
        }
    }
    (texts, faults)
}

/// All that is wrong with a file, each fault with its file, its line where it has one, and its key.
fn faults(file: &str, source: &str, wanted: &[Wanted]) -> Vec<String> {
    let (texts, mut faults) = lines(file, source);
    for (at, (line, key, text)) in texts.iter().enumerate() {
        let place = format!("{file}:{line}: {key}");
        faults.extend(text_faults(text).iter().map(|fault| format!("{place} {fault}")));
        if texts[..at].iter().any(|(_, earlier, _)| earlier == key) {
            faults.push(format!("{place} is there twice"));
        }
        match wanted.iter().find(|wanted| wanted.key == *key) {
            Some(wanted) => {
                faults.extend(placeholder_fault(text, wanted).map(|fault| format!("{place} {fault}")))
            }
            None => faults.push(format!("{place} is not in the catalogue, or not a plural of this language")),
        }
    }
    for wanted in wanted {
        if !texts.iter().any(|(_, key, _)| *key == wanted.key) {
            faults.push(format!("{file}: {} is missing", wanted.key));
        }
    }
    if faults.is_empty() {
        let strayed = texts.iter().zip(wanted).find(|((_, key, _), wanted)| *key != wanted.key);
        faults.extend(strayed.map(|((line, key, _), wanted)| {
            format!("{file}:{line}: {key} stands where the catalogue has {}", wanted.key)
        }));
    }
    faults
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

fn locales() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/locales")
}

#[test]
fn each_language_holds_each_message_with_what_is_filled_into_it() {
    let (english, others) = LANGUAGES.split_first().expect("a language");
    assert_eq!(english.tag, "en", "the first language is the one that is built in");
    let mut found = vec![];
    for language in others {
        let file = format!("{}.json", language.tag);
        let Some((_, categories)) = CATEGORIES.iter().find(|(tag, _)| *tag == language.tag) else {
            found.push(format!("{file}: write the language's plural categories into this test"));
            continue;
        };
        match fs::read_to_string(locales().join(&file)) {
            Ok(source) => found.extend(faults(&file, &source, &catalogue(categories))),
            Err(error) => found.push(format!("{file}: {error}")),
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn each_file_is_of_a_language_that_can_be_chosen() {
    for entry in fs::read_dir(locales()).expect("assets/locales") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name in Unicode");
        let is_chosen = LANGUAGES.iter().skip(1).any(|language| name == format!("{}.json", language.tag));
        assert!(is_chosen, "{name}: no such language in i18n::LANGUAGES");
    }
}

#[test]
fn no_two_messages_share_a_key() {
    let every = ["zero", "one", "two", "few", "many", "other"];
    let mut seen = BTreeSet::new();
    for Wanted { key, .. } in catalogue(&every) {
        let is_plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        assert!(is_plain, "{key}: keys are letters, digits and dots");
        assert!(seen.insert(key.clone()), "{key} is the key of two messages");
    }
}

#[test]
fn english_is_well_formed() {
    let messages = Message::ALL.iter().map(|message| (message.key(), message.english()));
    let plurals = Plural::ALL.iter();
    let plurals = plurals.flat_map(|plural| [1, 2].map(|count| (plural.key(), plural.english(count))));
    for (key, text) in messages.chain(plurals) {
        assert_eq!(text_faults(text), [""; 0], "{key}");
        assert!(placeholders(text).is_ok(), "{key} {:?}", placeholders(text));
    }
    let count = BTreeSet::from(["count".to_owned()]);
    for plural in Plural::ALL {
        for number in [1, 2] {
            assert_eq!(placeholders(plural.english(number)).as_ref(), Ok(&count), "{}", plural.key());
        }
    }
}

/// A small catalogue: a message without and one with placeholders, and a plural of a language with `one` and `other`.
fn sample() -> Vec<Wanted> {
    let wanted = |key: &str, names: &[&str]| Wanted {
        key: key.to_owned(),
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
    assert_eq!(faults("x.json", RIGHT, &sample()), [""; 0]);
}

#[test]
fn each_fault_is_found_and_names_its_file_and_key() {
    for (right, wrong, fault) in [
        ("  \"retry\": \"Noch einmal\",\n", "", "x.json: retry is missing"),
        ("retry", "retri", "x.json:2: retri is not in the catalogue"),
        ("seats.one", "seats.few", "x.json:4: seats.few is not in the catalogue, or not a plural"),
        ("seats.one", "seats.few", "x.json: seats.one is missing"),
        ("\"range\"", "\"retry\": \"Wieder\",\n  \"range\"", "x.json:3: retry is there twice"),
        ("Noch einmal", "", "x.json:2: retry is empty"),
        ("Noch einmal", "Noch einmal ", "x.json:2: retry has white space"),
        ("Noch einmal", "Noch <b>einmal</b>", "x.json:2: retry has markup"),
        ("Noch einmal", "Noch\\neinmal", "x.json:2: retry has a control character"),
        ("Noch einmal", "Noch \\u2066einmal", "x.json:2: retry has a direction isolate"),
        ("Noch einmal", "Noch \\u2069\\u2066einmal", "x.json:2: retry has a direction isolate"),
        ("Noch einmal", "Noch {times}", "x.json:2: retry has the placeholders {\"times\"}"),
        ("{last}", "{letzte}", "x.json:3: range has the placeholders {\"first\", \"letzte\"}"),
        ("{last}", "{last", "x.json:3: range has a { that nothing closes"),
        ("{last}", "last}", "x.json:3: range has a } that nothing opened"),
        ("{last}", "{ last }", "x.json:3: range has { last }, which is no placeholder"),
        ("Ein Platz", "Ein {platz}", "x.json:4: seats.one has the placeholders"),
        (
            "{count} Plätze",
            "Plätze",
            "x.json:5: seats.other has the placeholders {}, English has {\"count\"}",
        ),
        ("\"Noch einmal\"", "7", "x.json:2: not one key with one text"),
        (",\n  \"seats.other\"", ", \"seats.other\"", "x.json:4: not one key with one text"),
        ("Noch einmal\",", "Noch einmal\"", "x.json: expected `,` or `}`"),
    ] {
        let source = RIGHT.replace(right, wrong);
        assert_ne!(source, RIGHT, "{right} is not in the sample");
        let found = faults("x.json", &source, &sample());
        assert!(found.iter().any(|found| found.starts_with(fault)), "wanted: {fault}\nfound: {found:#?}");
    }
}

#[test]
fn a_file_in_another_order_is_a_fault() {
    let mut wanted = sample();
    wanted.swap(0, 1);
    let found = faults("x.json", RIGHT, &wanted);
    assert_eq!(found, ["x.json:2: retry stands where the catalogue has range"]);
}
