//! The query of an address (`?a=1&b`), as names and undecoded values.

/// The first value of `name` in a query, undecoded.
pub fn named<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    pairs(query).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The parts of a query (`name=value`, or `name` alone) except those with these names.
pub fn without(query: &str, names: &[&str]) -> Vec<String> {
    pairs(query)
        .filter(|(name, _)| !names.contains(name))
        .map(|(name, value)| if value.is_empty() { name.to_owned() } else { [name, "=", value].concat() })
        .collect()
}

/// The names and undecoded values of a query, in its order. A part without `=` has an empty value, and a part without a
/// name is left out.
pub fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .trim_start_matches('?')
        .split('&')
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .filter(|(name, _)| !name.is_empty())
}
