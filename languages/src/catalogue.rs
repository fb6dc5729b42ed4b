//! Every message with its English text, read from the page's source.

use std::collections::BTreeSet;

/// All messages. The page declares each in a line of its own: a name, a key, then one English text, or two of what is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Each message: its key and its text.
    pub messages: Vec<(String, String)>,
    /// Each thing that is counted: what its keys start with, and the texts for one and for any other number.
    pub plurals: Vec<(String, String, String)>,
}

/// A text that a file must hold.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its key.
    pub key: String,
    /// The English text.
    pub english: String,
    /// What is filled into it.
    pub placeholders: BTreeSet<String>,
    /// Whether it may do without the number, because its plural category says it.
    pub may_name_the_number: bool,
}

/// The categories whose names say the number.
const NAMED_NUMBERS: &[&str] = &["zero", "one", "two"];

impl Catalogue {
    /// Reads the sources `src/i18n/catalogue.rs` and `src/i18n/plurals.rs`.
    pub fn read(messages: &str, plurals: &str) -> Self {
        let messages = declared(messages).filter_map(|texts| match <[String; 2]>::try_from(texts) {
            Ok([key, text]) => Some((key, text)),
            Err(_) => None,
        });
        let plurals = declared(plurals).filter_map(|texts| match <[String; 3]>::try_from(texts) {
            Ok([key, one, other]) => Some((key, one, other)),
            Err(_) => None,
        });
        Self { messages: messages.collect(), plurals: plurals.collect() }
    }

    /// What the file of a language with these plural categories must hold, in its order.
    pub fn wanted(&self, categories: &[&str]) -> Vec<Wanted> {
        let messages = self.messages.iter().map(|(key, text)| Wanted {
            key: key.clone(),
            english: text.clone(),
            placeholders: placeholders(text).unwrap_or_default(),
            may_name_the_number: false,
        });
        let plurals = self.plurals.iter().flat_map(|(key, one, other)| {
            categories.iter().map(move |category| Wanted {
                key: format!("{key}.{category}"),
                english: if *category == "one" { one.clone() } else { other.clone() },
                placeholders: placeholders(other).unwrap_or_default(),
                may_name_the_number: NAMED_NUMBERS.contains(category),
            })
        });
        messages.chain(plurals).collect()
    }
}

/// The texts in quotes of each line that begins with a name.
fn declared(source: &str) -> impl Iterator<Item = Vec<String>> {
    source.lines().filter_map(|line| {
        let (name, texts) = line.strip_prefix("    ")?.split_once(' ')?;
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric());
        let texts = serde_json::Deserializer::from_str(texts).into_iter::<String>();
        is_name.then(|| texts.collect::<Result<Vec<_>, _>>().ok()).flatten()
    })
}

/// The names in `text` that stand in braces.
///
/// # Errors
/// What is wrong with the braces.
pub fn placeholders(text: &str) -> Result<BTreeSet<String>, String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_plurals_are_read_from_the_source() {
        let messages = "//! Doc.\nmessages! {\n    Retry \"retry\" \"Try again\"\n\n    Range \"range\" \"{a} to {b}\"\n}\n";
        let plurals = "plurals! {\n    Seats \"seats\" \"{count} seat\" \"{count} seats\"\n}\n";
        let catalogue = Catalogue::read(messages, plurals);
        let text = |text: &str| text.to_owned();
        assert_eq!(
            catalogue.messages,
            [(text("retry"), text("Try again")), (text("range"), text("{a} to {b}"))]
        );
        assert_eq!(catalogue.plurals, [(text("seats"), text("{count} seat"), text("{count} seats"))]);
        let keys: Vec<_> = catalogue.wanted(&["one", "few"]).into_iter().map(|wanted| wanted.key).collect();
        assert_eq!(keys, ["retry", "range", "seats.one", "seats.few"]);
    }
}
