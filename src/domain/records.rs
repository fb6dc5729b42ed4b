//! Records as text: a line for each, its fields separated by tabs. What the page keeps over a reload is written like this.

/// Adds a record to a text.
pub fn write(out: &mut String, fields: &[&str]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            out.push('\t');
        }
        escape(out, field);
    }
    out.push('\n');
}

/// The fields of each record in a text.
pub fn read(text: &str) -> impl Iterator<Item = Vec<String>> {
    text.split('\n').filter(|line| !line.is_empty()).map(|line| line.split('\t').map(unescape).collect())
}

/// Adds a field in which no tab and no end of a line is left.
fn escape(out: &mut String, field: &str) {
    for c in field.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
}

fn unescape(field: &str) -> String {
    let mut out = String::new();
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next().map(|c| match c {
                't' => '\t',
                'n' => '\n',
                c => c,
            })),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_reads_back(records in prop::collection::vec(prop::collection::vec("[a\\\\tn\t\n\r é]{0,6}", 1..4), 0..5)) {
            // A record of one empty field is an empty line, which is none.
            let records: Vec<Vec<String>> = records.into_iter().filter(|fields| *fields != [""]).collect();
            let mut text = String::new();
            for fields in &records {
                write(&mut text, &fields.iter().map(String::as_str).collect::<Vec<_>>());
            }
            prop_assert_eq!(read(&text).collect::<Vec<_>>(), records);
        }

        #[test]
        fn any_text_can_be_read(text in "[a\\\\\t\n]{0,20}") {
            let _ = read(&text).count();
        }
    }
}
