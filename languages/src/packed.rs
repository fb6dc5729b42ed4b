//! What the page reads of a language: its texts without their keys, in the order of the catalogue.

use crate::catalogue::Catalogue;
use crate::file::texts;
use serde_json::Value;

/// CLDR's plural categories, in the order in which a list has them for each thing that is counted.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The list that the page reads of a file of `assets/locales`, as JSON: the digest of the catalogue, then each message, then of
/// each thing that is counted a text for each of the [`CATEGORIES`]. What the file lacks is an empty text.
pub fn packed(source: &str, catalogue: &Catalogue) -> String {
    let (texts, _) = texts(source);
    let text = |key: &str| {
        let found = texts.iter().find(|text| text.key == key);
        Value::from(found.map_or("", |found| &*found.text))
    };
    let messages = catalogue.messages.iter().map(|(key, _)| text(key));
    let plurals = catalogue.plurals.iter();
    let plurals = plurals.flat_map(|(key, ..)| CATEGORIES.map(|category| text(&format!("{key}.{category}"))));
    Value::from_iter([Value::from(digest(catalogue))].into_iter().chain(messages).chain(plurals)).to_string()
}

/// The digest of a catalogue: FNV-1a of all keys in their order, each ended by a line break. The page compares it with its own.
pub fn digest(catalogue: &Catalogue) -> u32 {
    let messages = catalogue.messages.iter().map(|(key, _)| key);
    let keys = messages.chain(catalogue.plurals.iter().map(|(key, ..)| key));
    let bytes = keys.flat_map(|key| key.bytes().chain([b'\n']));
    bytes.fold(0x811c_9dc5, |digest, byte| (digest ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_the_texts_in_the_order_of_the_catalogue_and_an_empty_one_for_each_that_is_missing() {
        let catalogue = Catalogue::read(
            "    Retry \"retry\" \"Try again\"\n    Wait \"wait\" \"Wait\"\n    Close \"close\" \"Close\"\n",
            "    Seats \"seats\" \"{count} seat\" \"{count} seats\"\n",
        );
        let source = "{\n  \"close\": \"Chiudi\",\n  \"retry\": \"Riprova\",\n  \"seats.many\": \"{count} posti\"\n}\n";
        let digest = digest(&catalogue);
        let list = format!(r#"[{digest},"Riprova","","Chiudi","","","","","{{count}} posti",""]"#);
        assert_eq!(packed(source, &catalogue), list);
    }
}
