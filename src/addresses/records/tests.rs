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
        // A list of one is not a list of people where its name does not say so.
        r#"{"email": "jane@example.com", "phones": [{"number": "1"}]}"#.to_owned(),
        format!("\u{feff}\n [{record}, null]"),
        r#"{"jane": {"profile": {"email": "jane@example.com"}}, "rick": {"profile": {}}}"#.to_owned(),
    ] {
        assert_eq!(sendable(&text), ["jane@example.com"], "{text}");
    }
}

#[test]
fn an_object_in_each_line_is_read_as_json_with_its_escapes() {
    let text = concat!(
        r#"{"name": "Ren\u00e9e", "email": "renee\u0040example.com"}"#,
        "\n",
        r#"{"name": "J\u00f6rg", "email": "joerg@example.com"}"#
    );
    assert_eq!(sendable(text), ["renee@example.com|Renée", "joerg@example.com|Jörg"]);
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

#[test]
fn objects_in_the_text_of_a_program_are_records() {
    for text in [
        "// people\nexport const team: User[] = [\n  { name: 'Jane', email: \"jane@example.com\", manager: 'boss@example.com' },\n  \
            { name: `Rick`, email: 'rick@example.com', active: false },\n  // { email: 'old@example.com' },\n];\n",
        "[{'name': 'Jane', 'email': 'jane@example.com', 'manager_email': None},\n {'name': \"Rick\", 'email': 'rick@example.com', 'is_active': False}]",
        "<?php\n$users = [\n  ['name' => 'Jane', 'email' => 'jane@example.com', 'supervisor' => 'boss@example.com'],\n  \
            array('name' => 'Rick', 'email' => 'rick@example.com', 'blocked' => true),\n];",
        "User.create!(email: \"jane@example.com\", name: \"Jane\", suspended: false)\n\
            User.create!(:email => 'rick@example.com', :name => 'Rick', :suspended => true)\nFROM = 'noreply@example.com'\n",
        "resource \"user\" \"jane\" {\n  name  = \"Jane\"\n  email = \"jane@example.com\"\n}\n\n\
            resource \"user\" \"rick\" {\n  name     = \"Rick\"\n  email    = \"rick@example.com\"\n  disabled = true\n}\n",
    ] {
        let (sendable, summary) = read(text);
        assert_eq!(sendable, ["jane@example.com|Jane"], "{text}");
        assert_eq!(summary.left_out.len(), 1, "{text}");
    }
}

#[test]
fn a_comment_in_the_text_of_a_program_is_told_of() {
    let (sendable, summary) = read(
        "[\n  {email: 'jane@example.com', name: 'Jane'},\n  # {email: 'old@example.com'},\n  {email: 'kim@example.com', name: 'Kim'},\n]",
    );
    assert_eq!(sendable, ["jane@example.com|Jane", "kim@example.com|Kim"]);
    assert!(summary.notes.concat().contains("old@example.com"), "{:?}", summary.notes);
}

#[test]
fn addresses_that_no_object_holds_are_read_as_any_text() {
    for text in [
        "team = ['jane@example.com', 'rick@example.com']",
        "TEAM = [('Jane', 'jane@example.com'), ('Rick', 'rick@example.com')]",
        "{ email 'jane@example.com' 'rick@example.com' }",
        "{name: 'Jane', email: jane@example.com}\nrick@example.com",
        "{\"email\": \"jane@example.com\"\nrick@example.com",
    ] {
        assert!(super::as_table(text).is_none(), "{text}");
        assert_eq!(sendable(text).len(), 2, "{text}");
    }
}

#[test]
fn rows_of_sql_are_records() {
    for text in [
        "-- by boss@example.com\nINSERT INTO `users` (`id`, `email`, `name`, `role`, `deleted_at`, `password`) VALUES\n\
            (1, 'jane@example.com', 'Jane O''Neil', 'admin', NULL, 'geheim'),\n(2, 'rick@example.com', 'Rick; Roe', 'member', '2024-01-01 00:00:00', 'geheim');\n",
        "insert into users (email, name, role, deleted_at, password) values ('jane@example.com', 'Jane O''Neil', 'admin', null, 'geheim');\n\
            INSERT INTO users (email, name, role, deleted_at, password) VALUES ('rick@example.com', lower('Rick'), 'member', now('2024-01-01'), 'geheim');",
        "COPY public.users (id, email, name, role, deleted_at, password) FROM stdin;\n1\tjane@example.com\tJane O'Neil\tadmin\t\\N\tgeheim\n\
            2\trick@example.com\tRick\tmember\t2024-01-01 00:00:00\tgeheim\n\\.\n",
    ] {
        let (sendable, summary) = read(text);
        assert_eq!(sendable, ["jane@example.com|Jane O'Neil|admin"], "{text}");
        assert_eq!(summary.left_out.len(), 1, "{text}");
        assert!(!format!("{summary:?}").contains("geheim"), "{text}");
    }
}

#[test]
fn a_workbook_of_2003_is_a_table() {
    let text = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
        xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Author>sam@example.com</Author>\
        <Worksheet><Table><Row><Cell><Data>Nothing</Data></Cell></Row></Table></Worksheet><Worksheet><Table>\
        <Row><Cell><Data>Name</Data></Cell><Cell><Data>Email</Data></Cell><Cell><Data>Manager Email</Data></Cell><Cell><Data>Status</Data></Cell></Row>\
        <Row><Cell><Data>Jane &amp; Co</Data></Cell><Cell><Data>jane@<B>example</B>.com</Data></Cell><Cell ss:Index=\"4\"><Data>Active</Data></Cell></Row>\
        <Row><Cell><Data>Rick</Data></Cell><Cell><Data>rick@example.com</Data></Cell><Cell><Data>boss@example.com</Data></Cell><Cell><Data>Inactive</Data></Cell></Row>\
        </Table></Worksheet></Workbook>";
    let (sendable, summary) = read(text);
    assert_eq!(sendable, ["jane@example.com|Jane & Co"]);
    assert_eq!(summary.left_out.len(), 1);
}

#[test]
fn blocks_go_on_in_folded_lines_and_without_blank_lines_between_them() {
    let ldif = "# LDIF\ndn: uid=jane\ncn: Jane Doe\nmail: jane.with.a.long.address@mail.sub\n domain.example.com\nuserPassword:: Z2Vo\n ZWlt\n\
        mailAlternateAddress: other@example.com\n\ndn: uid=rick\nmail: rick@example.com\nnsAccountLock: TRUE\n\nsearch: 2\n";
    assert_eq!(sendable(ldif), ["jane.with.a.long.address@mail.subdomain.example.com|Jane Doe"]);
    assert!(!format!("{:?}", read(ldif).1).contains("ZWlt"));
    // Only LDIF folds its lines.
    let form = "Name: Jane\nE-Mail: jane@example.com\n Office 3\n\nName: Rick\nE-Mail: rick@example.com\n";
    assert!(super::as_table(form).is_none());
    for between in ["\n", ""] {
        let form = format!(
            "Name: Jane Doe\nE-Mail: jane@example.com\nManager's e-mail: boss@example.com\n{between}\
             Name: Rick Roe\nE-Mail: rick@example.com\nManager's e-mail: boss@example.com\n"
        );
        assert_eq!(sendable(&form), ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"], "{form}");
    }
}

#[test]
fn a_cell_in_each_line_is_a_table_where_all_people_have_as_many() {
    let (sendable, summary) = read(
        "Jane Doe\njane@example.com\nadmin\nActive\n\nRick Roe\nrick@example.com\nmember\nDeactivated\n",
    );
    assert_eq!(sendable, ["jane@example.com|Jane Doe|admin"]);
    assert_eq!(summary.left_out.len(), 1);
    for text in [
        // The headings of lists.
        "Coming:\njane@example.com\nDeclined:\nrick@example.com",
        "Coming\njane@example.com\nDeclined\nrick@example.com",
        "Jane\njane@example.com\nrick@example.com",
        "Jane\njane@example.com\nRick\nRoe\nrick@example.com",
        "Jane\njane@example.com",
    ] {
        assert!(super::as_table(text).is_none(), "{text}");
    }
}

#[test]
fn a_table_in_the_markup_of_a_wiki_is_read() {
    let text = "||Name||Email||Lead||\n|Jane Doe|[jane@example.com|mailto:jane@example.com]|boss@example.com|\n|Rick Roe|[mailto:rick@example.com]|boss@example.com|\n";
    assert_eq!(sendable(text), ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]);
}

#[test]
fn columns_that_blanks_keep_apart_are_those_of_a_table() {
    let terminal = "NAME        EMAIL                ROLE     STATUS\n\
                    Jane Doe    jane@example.com     admin    Active\n\
                    Rick Roe    rick@example.com     member   Suspended\n\
                    Kim         kim@example.com      member   Active\n";
    let (sendable, summary) = read(terminal);
    assert_eq!(sendable, ["jane@example.com|Jane Doe|admin", "kim@example.com|Kim|member"]);
    assert_eq!(summary.left_out.len(), 1);
    let underlined = "Name   Mail              Manager\n\
                      ----   ----              -------\n\
                      Jane   jane@example.com  boss@example.com\n";
    assert_eq!(read(underlined).0, ["jane@example.com|Jane"]);
    // A line with another number of cells: nothing says which is missing.
    let torn = "Name   Mail              Manager\nJane   jane@example.com\nRick   rick@example.com  boss@example.com";
    assert!(super::aligned::as_table(torn).is_none());
}
