//! Does each language hold each message, with what is filled into it?

#![cfg(not(target_arch = "wasm32"))]

use clerk_invitations::i18n::{self, Formats, Message, Plural, Texts, Words};
use languages::{
    CATEGORIES, Catalogue, INCOMPLETE, Kind, LANGUAGES, digest, faults, packed, placeholders, text_faults,
};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn catalogue() -> Catalogue {
    Catalogue::read(&read("src/i18n/catalogue.rs"), &read("src/i18n/plurals.rs"))
}

#[test]
fn each_language_holds_each_message_with_what_is_filled_into_it() {
    let catalogue = catalogue();
    let mut found = vec![];
    for language in LANGUAGES {
        let file = format!("assets/locales/{}.json", language.tag);
        let may_lack = INCOMPLETE.contains(&language.tag);
        let faults = faults(&read(&file), &catalogue.wanted(language.plurals));
        let shown = faults.iter().filter(|fault| !(may_lack && fault.kind == Kind::Missing));
        found.extend(shown.map(|fault| format!("{file}:{fault}")));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_catalogue_that_languages_are_held_against_is_the_pages() {
    let catalogue = catalogue();
    let messages: Vec<_> = catalogue.messages.iter().map(|(key, text)| (&**key, &**text)).collect();
    let own = Message::KEYS.iter().zip(Message::ALL);
    let own: Vec<_> = own.map(|(key, message)| (*key, message.english())).collect();
    assert_eq!(messages, own);
    let plurals: Vec<_> =
        catalogue.plurals.iter().map(|(key, one, other)| (&**key, &**one, &**other)).collect();
    let own = Plural::KEYS.iter().zip(Plural::ALL);
    let own: Vec<_> = own.map(|(key, plural)| (*key, plural.english(1), plural.english(2))).collect();
    assert_eq!(plurals, own);
    assert_eq!((digest(&catalogue), CATEGORIES), (i18n::DIGEST, i18n::CATEGORIES));
}

#[test]
fn the_page_reads_of_a_list_what_the_file_says() {
    let catalogue = catalogue();
    let source = read("assets/locales/pl.json");
    let list: Vec<Value> = serde_json::from_str(&packed(&source, &catalogue)).expect("a list");
    let texts = list[1..].iter().map(|text| text.as_str().expect("a text").to_owned()).collect();
    let digest = list[0].as_u64().and_then(|digest| digest.try_into().ok()).expect("a digest");
    let texts = Texts::of(digest, texts).expect("the same catalogue");
    let category = |_: &str, count| if count == 3 { "few" } else { "many" }.to_owned();
    let formats = Formats { category, ..Formats::ENGLISH };
    let words = Words::new(i18n::LANGUAGES[8], "pl", texts, formats);
    let file: Value = serde_json::from_str(&source).expect("an object");
    for (key, message) in Message::KEYS.iter().zip(Message::ALL) {
        assert_eq!(words.say(*message), file[key].as_str().expect(key), "{key}");
    }
    for (key, plural) in Plural::KEYS.iter().zip(Plural::ALL) {
        for (count, category) in [(3, "few"), (5, "many")] {
            let text = file[format!("{key}.{category}")].as_str().expect(key);
            assert_eq!(words.count(*plural, count), text.replace("{count}", &count.to_string()), "{key}");
        }
    }
}

/// Whoever speaks to the browser says what they read on a button: the longer name that a screen reader reads must hold that.
#[test]
fn the_name_of_a_button_holds_what_stands_on_it() {
    let mut compared = 0;
    for language in LANGUAGES {
        let file: Value =
            serde_json::from_str(&read(&format!("assets/locales/{}.json", language.tag))).expect("an object");
        let text = |key: &str| file[key].as_str().map(str::to_lowercase);
        for key in ["accept.join", "accept.request", "accept.open", "requests.accept", "requests.decline"] {
            let Some((shown, name)) = text(key).zip(text(&format!("{key}Of"))) else { continue };
            assert!(name.contains(&shown), "{}: {key}: {shown:?} is not in {name:?}", language.tag);
            compared += 1;
        }
    }
    assert!(compared > 50, "only {compared} names were compared");
}

#[test]
fn the_languages_that_can_be_chosen_are_those_with_a_file() {
    let (english, others) = i18n::LANGUAGES.split_first().expect("a language");
    assert_eq!(english.tag, "en", "the first language is the one that is built in");
    let chosen: Vec<_> = others.iter().map(|language| language.tag.to_owned()).collect();
    let held: Vec<_> = LANGUAGES.iter().map(|language| language.tag.to_owned()).collect();
    assert_eq!(chosen, held);
    let mut files: Vec<_> = fs::read_dir(root().join("assets/locales"))
        .expect("assets/locales")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in Unicode"))
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    files.sort();
    assert_eq!(files, held);
}

#[test]
fn each_language_has_the_words_of_clerks_components_in_clerks_own_form() {
    fn texts(value: &Value) -> Option<Vec<&str>> {
        match value {
            Value::String(text) => Some(vec![text.as_str()]),
            Value::Object(members) => {
                members.values().map(texts).collect::<Option<Vec<_>>>().map(|texts| texts.concat())
            }
            _ => None,
        }
    }
    for language in LANGUAGES {
        let file = format!("assets/locales/clerk/{}.json", language.tag);
        let localization: Value = serde_json::from_str(&read(&file)).expect(&file);
        let texts = texts(&localization).unwrap_or_else(|| panic!("{file} has something else than texts"));
        for text in &texts {
            assert_eq!(text_faults(text), [""; 0], "{file}: {text}");
        }
        let primary = language.tag.split('-').next().expect("a language");
        let is_its_own = localization["locale"].as_str().is_some_and(|locale| locale.starts_with(primary));
        assert!(is_its_own && texts.len() > 100, "{file}");
    }
}

#[test]
fn no_two_messages_share_a_key() {
    let mut seen = BTreeSet::new();
    for wanted in catalogue().wanted(&["zero", "one", "two", "few", "many", "other"]) {
        let key = wanted.key;
        let is_plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        assert!(is_plain, "{key}: keys are letters, digits and dots");
        assert!(seen.insert(key.clone()), "{key} is the key of two messages");
    }
}

#[test]
fn english_is_well_formed() {
    let messages = Message::KEYS.iter().zip(Message::ALL).map(|(key, message)| (key, message.english()));
    let plurals = Plural::KEYS.iter().zip(Plural::ALL);
    let plurals = plurals.flat_map(|(key, plural)| [1, 2].map(|count| (key, plural.english(count))));
    for (key, text) in messages.chain(plurals) {
        assert_eq!(text_faults(text), [""; 0], "{key}");
        assert!(placeholders(text).is_ok(), "{key} {:?}", placeholders(text));
    }
    let count = BTreeSet::from(["count".to_owned()]);
    for (key, plural) in Plural::KEYS.iter().zip(Plural::ALL) {
        for number in [1, 2] {
            assert_eq!(placeholders(plural.english(number)).as_ref(), Ok(&count), "{key}");
        }
    }
}

#[test]
fn what_boot_js_says_by_itself_is_the_pages_own_english() {
    let boot = read("assets/boot.js");
    let said: Vec<_> = boot
        .lines()
        .filter_map(|line| line.trim().strip_suffix(',').filter(|line| line.starts_with("\"boot.")))
        .map(str::to_owned)
        .collect();
    // boot.js takes the first texts of a list for these.
    let own = Message::KEYS.iter().zip(Message::ALL).take(said.len());
    let own: Vec<_> = own.map(|(key, message)| format!("{key:?}: {:?}", message.english())).collect();
    assert_eq!(said, own);
}
