use super::super::{Cause, ParsedAddress, Parser};
use calcard::vcard::VCardProperty;
use proptest::prelude::*;

fn read(text: &str) -> Vec<String> {
    Parser::new(text.to_owned(), &|_| false).map(|address| line(&address)).collect()
}

/// `text|name`, and `?` with the property of an address that is not to be sent unseen.
fn line(address: &ParsedAddress) -> String {
    let mut line = address.text.clone();
    if let Some(Cause::Column(heading)) = address.doubt.as_ref().map(|doubt| &doubt.cause) {
        line.push_str(&format!("?{heading}"));
    }
    line.push('|');
    line.push_str(address.name.as_deref().unwrap_or(""));
    line.trim_end_matches('|').to_owned()
}

/// A card with these lines.
fn card(lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{}\r\nEND:VCARD\r\n", lines.replace('\n', "\r\n"))
}

#[test]
fn the_name_is_the_formatted_one_or_put_together() {
    for (lines, expected) in [
        ("FN:Jane Doe\nN:Doe;Jane;;;\nEMAIL:jane@x.com", "jane@x.com|Jane Doe"),
        ("N:Doe;Jane;Q.;Dr.;\nEMAIL:jane@x.com", "jane@x.com|Jane Q. Doe"),
        ("FN:\nN:Doe;Jane\nEMAIL:jane@x.com", "jane@x.com|Jane Doe"),
        ("FN:Doe\\, Jane\nEMAIL:jane@x.com", "jane@x.com|Doe, Jane"),
        ("fn;charset=utf-8:Jane Doe\nemail:jane@x.com", "jane@x.com|Jane Doe"),
        ("item1.FN:Jane Doe\nitem2.EMAIL;TYPE=\"INTERNET,WORK\":jane@x.com", "jane@x.com|Jane Doe"),
        ("NICKNAME:JD\nEMAIL:jane@x.com", "jane@x.com|JD"),
        ("EMAIL:jane@x.com", "jane@x.com"),
        ("FN:Jane\n  Doe\nEMAIL;X-A=\"a:b\":jane@x\n .com", "jane@x.com|Jane Doe"),
        ("FN;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=\n=BCller\nEMAIL:j@x.com", "j@x.com|Jörg Müller"),
        ("FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:J=F6rg\nEMAIL:j@x.com", "j@x.com|Jörg"),
        ("FN:Jane Doe\nEMAIL:mailto:jane@x.com", "jane@x.com|Jane Doe"),
        ("FN:Jane Doe\nTEL:123", "Jane Doe"),
        ("ORG:Acme;Sales", "Acme Sales"),
        ("TEL:123", ""),
    ] {
        let expected = if expected.is_empty() { vec![] } else { vec![expected] };
        assert_eq!(read(&card(lines)), expected, "{lines}");
    }
}

#[test]
fn one_address_of_a_person_is_sent_and_the_others_are_doubtful() {
    for (lines, expected) in [
        (
            "FN:J\nEMAIL;TYPE=HOME:h@x.com\nEMAIL;TYPE=WORK:w@x.com",
            ["h@x.com?EMAIL;TYPE=HOME|J", "w@x.com|J"],
        ),
        (
            "FN:J\nEMAIL;TYPE=WORK:w@x.com\nEMAIL;TYPE=HOME,pref:h@x.com",
            ["w@x.com?EMAIL;TYPE=WORK|J", "h@x.com|J"],
        ),
        ("FN:J\nEMAIL;PREF=2:a@x.com\nEMAIL;PREF=1:b@x.com", ["a@x.com?EMAIL;PREF=2|J", "b@x.com|J"]),
        ("FN:J\nEMAIL:a@x.com\nEMAIL:b@x.com", ["a@x.com|J", "b@x.com?EMAIL|J"]),
    ] {
        assert_eq!(read(&card(lines)), expected, "{lines}");
    }
}

#[test]
fn neither_an_assistant_nor_a_group_is_the_person() {
    let agent = "FN:Jane\nAGENT:\nBEGIN:VCARD\nFN:Rick\nEMAIL:rick@x.com\nEND:VCARD\nEMAIL:jane@x.com\nX-ASSISTANT-EMAIL:pa@x.com";
    assert_eq!(read(&card(agent)), ["jane@x.com|Jane"]);
    assert_eq!(read(&card("KIND:group\nFN:All\nEMAIL:all@x.com")), ["all@x.com?KIND:group|All"]);
}

#[test]
fn cards_that_are_not_closed_are_read() {
    let text = "begin:vcard\nFN:Jane\nEMAIL:jane@x.com\nBEGIN:VCARD\nFN:Rick\nEMAIL:rick@x.com";
    assert_eq!(read(text), ["jane@x.com|Jane", "rick@x.com|Rick"]);
}

#[test]
fn the_summary_counts_people() {
    let text = [card("FN:Jane\nEMAIL:jane@x.com"), card("FN:Rick")].concat();
    let mut parser = Parser::new(text, &|_| false);
    parser.by_ref().for_each(drop);
    let summary = parser.summary().expect("there is one");
    assert_eq!((summary.people, summary.without_address, summary.columns.len()), (1, 1, 0));
    assert!(parser.again(&[]).is_none());
}

proptest! {
    #[test]
    fn any_text_in_a_card_is_survived(text in "(BEGIN:VCARD|END:VCARD|AGENT:|EMAIL:|FN:|;|=|\\\\|\r\n| |a@b.co|\"|:|ö|=C3){0,40}") {
        let text = ["BEGIN:VCARD\r\n", &text].concat();
        for address in Parser::new(text.clone(), &|_| false) {
            prop_assert!(!address.text.contains('@') || address.text.contains(" @") || text.contains('@'));
        }
    }

    #[test]
    fn names_and_addresses_survive_folding(name in "[A-Za-zö]{1,40}( [A-Za-z]{1,40})?", at in 1usize..10) {
        let folded: Vec<String> = "jane.with.a.long.address@mail.example.org".chars().collect::<Vec<_>>()
            .chunks(at).map(|chunk| chunk.iter().collect()).collect();
        let text = card(&format!("FN:{name}\nEMAIL:{}", folded.join("\n ")));
        prop_assert_eq!(read(&text), [format!("jane.with.a.long.address@mail.example.org|{name}")]);
    }
}

/// The formatted name and the addresses of each card, as a crate reads them that other programs rely on.
fn read_by_calcard(text: &str) -> Vec<(Option<String>, Vec<String>)> {
    let mut parser = calcard::Parser::new(text);
    let mut cards = vec![];
    loop {
        let card = match parser.entry() {
            calcard::Entry::VCard(card) => card,
            calcard::Entry::Eof => return cards,
            other => panic!("{other:?} in {text:?}"),
        };
        let of = |wanted: VCardProperty| {
            let entries = card.entries.iter().filter(move |entry| entry.name == wanted);
            entries.filter_map(|entry| entry.values.first()?.as_text()).map(str::to_owned).collect::<Vec<_>>()
        };
        let name = of(VCardProperty::Fn).into_iter().next().map(|name| name.replace('\n', " "));
        cards.push((name, of(VCardProperty::Email)));
    }
}

/// A line, folded after so many letters each.
fn folded(line: &str, after: usize) -> String {
    let letters: Vec<char> = line.chars().collect();
    letters.chunks(after).map(String::from_iter).collect::<Vec<_>>().join("\r\n ")
}

proptest! {
    #[test]
    fn cards_are_read_as_another_reader_reads_them(
        cards in prop::collection::vec(
            (
                "[A-ZÖ][a-zé]{1,9}(\\\\, [A-Z][a-z]{1,9}| [A-Z][a-z]{0,6}(\\\\[,;n])?x)?",
                prop::collection::vec((0usize..7, "[a-z0-9._+-]{0,8}[a-z]", "[a-z]{1,9}\\.(com|org|co\\.uk)"), 0..4),
            ),
            1..4,
        ),
        version in prop::sample::select(vec!["3.0", "4.0"]),
        after in 8usize..80,
    ) {
        const HEADS: [&str; 7] = [
            "EMAIL", "EMAIL;TYPE=work", "EMAIL;TYPE=\"internet,home\"", "EMAIL;PREF=1", "item1.EMAIL;TYPE=INTERNET", "email;type=pref",
            "EMAIL;X-NOTE=\"a;b:c\"",
        ];
        let mut text = String::new();
        for (name, emails) in &cards {
            text.push_str(&format!("BEGIN:VCARD\r\nVERSION:{version}\r\nN:;;;;\r\n{}\r\n", folded(&format!("FN:{name}"), after)));
            for (head, local, domain) in emails {
                let line = format!("{}:{local}@{domain}", HEADS[*head]);
                text.push_str(&[&folded(&line, after), "\r\n"].concat());
            }
            text.push_str("NOTE:ask boss@example.net\r\nEND:VCARD\r\n");
        }
        let mut expected = vec![];
        for (name, emails) in read_by_calcard(&text) {
            expected.extend(emails.iter().map(|email| (email.clone(), name.clone())));
            if emails.is_empty() {
                let name = name.unwrap_or_default();
                let is_quoted = name.contains([',', ';']);
                expected.push((if is_quoted { format!("\"{name}\"") } else { name }, None));
            }
        }
        let read: Vec<_> =
            Parser::new(text.clone(), &|_| false).map(|address| (address.text, address.name)).collect();
        prop_assert_eq!(read, expected, "{}", text);
    }
}
