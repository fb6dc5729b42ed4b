use crate::addresses::{Parser, TableSummary};
use crate::domain::Email;

fn is_role(text: &str) -> bool {
    ["admin", "member"].contains(&text)
}

/// Each address that can be sent, as `text|name|role`, and how the records were understood.
fn read(text: &str) -> (Vec<String>, TableSummary) {
    let mut parser = Parser::new(text.to_owned(), &is_role);
    let mut sendable = vec![];
    for address in
        parser.by_ref().filter(|address| address.doubt.is_none() && Email::check(&address.text).is_ok())
    {
        let cells = [Some(address.text), address.name, address.role].map(Option::unwrap_or_default);
        sendable.push(cells.join("|").trim_end_matches('|').to_owned());
    }
    let summary = parser.summary().cloned().unwrap_or_default();
    (sendable, summary)
}

fn sendable(text: &str) -> Vec<String> {
    read(text).0
}

#[test]
fn a_list_of_objects_is_a_table() {
    let text = r#"[
  {"email": "jane@example.com", "name": "Jane Doe", "role": "admin", "manager": "boss@example.com"},
  {"email": "rick@example.com", "name": "Rick \"Rock\" Roe", "role": "member", "manager": null}
]"#;
    assert_eq!(
        sendable(text),
        ["jane@example.com|Jane Doe|admin", "rick@example.com|Rick \"Rock\" Roe|member"]
    );
}

#[test]
fn who_is_not_active_is_left_out() {
    for member in
        [r#""inactive": true"#, r#""active": false"#, r#""status": "suspended""#, r#""is_bot": true"#]
    {
        let text = format!(
            r#"[{{"email": "jane@example.com", "inactive": false, "active": true, "status": "ok", "is_bot": false}},
               {{"email": "rick@example.com", {member}}}]"#
        );
        let (sendable, summary) = read(&text);
        assert_eq!(
            (sendable.as_slice(), summary.left_out.len()),
            (&["jane@example.com".to_owned()][..], 1),
            "{member}"
        );
    }
}

#[test]
fn the_records_are_found_within_other_objects() {
    let record = r#"{"email": "jane@example.com"}"#;
    for text in [
        format!(r#"{{"members": [{record}]}}"#),
        format!(r#"{{"data": {{"organization": {{"people": {{"nodes": [{record}]}}}}}}}}"#),
        format!(r#"{{"data": {{"edges": [{{"node": {record}}}]}}}}"#),
        format!("{record}\n{{\"email\": null}}\n"),
        format!("{record},\n{{\"email\": null}},\n"),
        record.to_owned(),
        format!("\u{feff}\n [{record}, null]"),
        r#"{"jane": {"profile": {"email": "jane@example.com"}}, "rick": {"profile": {}}}"#.to_owned(),
    ] {
        assert_eq!(sendable(&text), ["jane@example.com"], "{text}");
    }
}

#[test]
fn of_several_addresses_of_a_person_the_primary_one_is_taken() {
    let text = r#"{"Resources": [{
        "userName": "jdoe",
        "name": {"givenName": "Jane", "familyName": "Doe"},
        "emails": [{"value": "jane@home.example", "type": "home"},
                   {"value": "jane@example.com", "type": "work", "primary": true}],
        "active": true
    }]}"#;
    assert_eq!(sendable(text), ["jane@example.com|Jane Doe"]);
    // The same person alone.
    let alone = &text[text.find('[').map_or(0, |at| at + 1)..text.rfind(']').unwrap_or_default()];
    assert_eq!(sendable(alone), ["jane@example.com|Jane Doe"]);
}

#[test]
fn somebody_else_is_not_invited() {
    let text = r#"{"exportedBy": "root@example.com", "users": [
        {"profile": {"email": "jane@example.com"}, "manager": {"email": "boss@example.com"}, "passwordHint": "dog@home.com"}
    ]}"#;
    let (sendable, summary) = read(text);
    assert_eq!(sendable, ["jane@example.com"]);
    assert_eq!(summary.notes, ["exportedBy: root@example.com"]);
}

#[test]
fn elements_of_xml_are_records() {
    let jane = r#"<user role="admin"><email type="work">jane@example.com</email><name>Jane &amp; Co</name>
        <manager>boss@example.com</manager></user>"#;
    let rick = "<user><email>rick@example.com</email><active>false</active></user>";
    for text in [
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<users>{jane}{rick}</users>\n"),
        format!("{jane}\n{rick}"),
        format!("<export by=\"root@example.com\"><users>{jane}{rick}</users></export>"),
    ] {
        let (sendable, summary) = read(&text);
        assert_eq!(sendable, ["jane@example.com|Jane & Co|admin"], "{text}");
        assert_eq!(summary.left_out.len(), 1, "{text}");
    }
    assert_eq!(
        sendable(r#"<user mail="jane@example.com" manager="boss@example.com"/>"#),
        ["jane@example.com"]
    );
}

#[test]
fn html_is_no_xml() {
    let text = "<table><tr><td>Jane</td><td>jane@example.com</td></tr></table>";
    assert!(super::as_table(text).is_none());
    assert_eq!(sendable(text), ["jane@example.com|Jane"]);
}

#[test]
fn blocks_of_keys_and_values_are_records() {
    for text in [
        "email: jane@example.com\nname: Jane\nmanager: boss@example.com\n\nemail: rick@example.com\nactive: no\n",
        "---\n- email: 'jane@example.com'\n  name: Jane\n  manager:\n    email: boss@example.com\n- email: rick@example.com\n  inactive: true\n",
        "# people\ndn: uid=jane,ou=People\nmail: jane@example.com\ncn: Jane\nmanager: boss@example.com\nname: Jane\n\n\
            dn: uid=rick,ou=People\nmail: rick@example.com\nstatus: suspended\n",
    ] {
        let (sendable, summary) = read(text);
        assert_eq!(sendable, ["jane@example.com|Jane"], "{text}");
        assert_eq!(summary.left_out.len(), 1, "{text}");
    }
}

#[test]
fn a_second_value_under_the_same_key_replaces_none() {
    let text =
        "mail: jane@example.com\nmail: doe@example.com\nname: Jane\n\nmail: rick@example.com\nname: Rick\n";
    let table = super::as_table(text).expect("blocks");
    assert!(table.contains("jane@example.com") && table.contains("doe@example.com"), "{table}");
    assert_eq!(sendable(text), ["jane@example.com|Jane", "rick@example.com|Rick"]);
}

#[test]
fn lines_that_are_not_all_keys_and_values_are_no_records() {
    for text in [
        "Email: jane@example.com, phone: 1\n\nEmail: rick@example.com, phone: 2",
        "Please invite\nEmail: jane@example.com\n\nEmail: rick@example.com",
        "From: Jane <jane@example.com>\nTo: rick@example.com\n\nFrom: Kim <kim@example.com>\nTo: mia@example.com",
        "Email: jane@example.com\nName: Jane\n\nRegards: Rick",
    ] {
        assert!(super::as_table(text).is_none(), "{text}");
    }
}

#[test]
fn what_is_no_record_is_read_as_any_text() {
    for text in [r#"["jane@example.com", "rick@example.com"]"#, "[jane@example.com, rick@example.com]"] {
        assert_eq!(sendable(text), ["jane@example.com", "rick@example.com"], "{text}");
    }
    assert_eq!(sendable(r#"[{"a": 1}, {"#), [] as [&str; 0]);
}

#[test]
fn records_that_share_no_members_do_not_become_a_huge_table() {
    let mut text = String::new();
    for at in 0..5000 {
        text.push_str(&format!("{{\"k{}\": \"a@b.co\"}}\n", at % 300));
    }
    assert!(super::as_table(&text).is_none());
}
