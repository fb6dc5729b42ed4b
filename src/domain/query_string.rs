//! The query of an address (`?a=1&b`), as names and undecoded values.

/// The first value of `name` in a query, undecoded.
pub fn named<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    pairs(query).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// A query without the parts that have these names, and without its `?`.
pub fn without(query: &str, names: &[&str]) -> String {
    let mut rest = String::new();
    for (name, value) in pairs(query).filter(|(name, _)| !names.contains(name)) {
        add(&mut rest, name, value);
    }
    rest
}

/// Writes a part at the end of a query that has no `?`: `name=value`, or `name` alone when the value is empty. The value is taken as it is.
pub fn add(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    if !value.is_empty() {
        query.push('=');
        query.push_str(value);
    }
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
