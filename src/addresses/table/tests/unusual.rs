//! Rows that are written in an unusual way, and rows about several people or about nobody who is to be invited.

use super::{drained, read};
use crate::addresses::Meaning;

#[test]
fn another_person_of_a_row_is_an_entry_that_wants_a_look() {
    for (text, expected) in [
        (
            "Team,Member 1 Email,Member 2 Email\nA,jane@x.com,rick@x.com\n",
            &["jane@x.com", "rick@x.com?Member 2 Email"][..],
        ),
        (
            "Name 1,Email 1,Name 2,Email 2\nJane,jane@x.com,Rick,rick@x.com\n",
            &["jane@x.com|Jane", "rick@x.com?Email 2|Rick"],
        ),
        (
            "Name,Email,Name,Email\nJane,jane@x.com,Rick,rick@x.com\nKim,,Lou,lou@x.com\n",
            &["jane@x.com|Jane", "rick@x.com?Email|Rick", "Kim(no address)", "lou@x.com?Email|Lou"],
        ),
        (
            "Name;E-Mail;Zweite Person;Zweite Person E-Mail\nJane;jane@x.com;Rick;rick@x.com\n",
            &["jane@x.com|Jane", "rick@x.com?Zweite Person E-Mail"],
        ),
        (
            "Name,Email,Partner email\nJane,jane@x.com,rick@x.com\n",
            &["jane@x.com|Jane", "rick@x.com?Partner email"],
        ),
        (
            "email1,email2\njane@x.com,rick@x.com\n,mia@x.com\n",
            &["jane@x.com", "rick@x.com?email2", "mia@x.com?email2"],
        ),
        // A second address of the same person.
        (
            "Name,Email 1,Email 2\nJane,jane@x.com,j2@x.com\nRick,,rick@x.com\n",
            &["jane@x.com|Jane", "rick@x.com|Rick"],
        ),
    ] {
        assert_eq!(read(text).lines, expected, "{text}");
    }
    let read = read("Email,Member 2 Email,Status\njane@x.com,rick@x.com,Declined\n");
    assert_eq!((read.lines.len(), read.left_out().len()), (0, 2), "the status is that of the row");
}

#[test]
fn the_admin_can_take_another_person_of_a_row_at_their_word() {
    let columns = [Meaning::Address, Meaning::Address];
    let read = read("Member 1 Email,Member 2 Email\njane@x.com,rick@x.com\n");
    assert_eq!(
        read.columns(),
        [("Member 1 Email", Meaning::Address), ("Member 2 Email", Meaning::SecondAddress)]
    );
    assert_eq!(drained(read.parser.again(&columns).expect("a table")).lines, ["jane@x.com", "rick@x.com"]);
}

#[test]
fn a_program_that_writes_each_line_as_one_cell_is_understood() {
    for text in
        ["\"Name,\"\"Email\"\"\"\n\"Jane,\"\"jane@x.com\"\"\"\n", "\"Name,Email\"\r\n\"Jane,jane@x.com\"\r\n"]
    {
        assert_eq!(read(text).lines, ["jane@x.com|Jane"], "{text}");
    }
    let mixed = "Name,Email\n\"Jane,\"\"jane@x.com\"\"\"\n\"\"\"Roe, Rick\"\",rick@x.com\"\n";
    assert_eq!(read(mixed).lines, ["jane@x.com|Jane", "rick@x.com|Roe, Rick"]);
    // Names with a comma are no rows.
    assert_eq!(
        read("\"Doe, Jane <jane@x.com>\"\n\"Roe, Rick <rick@x.com>\"").lines,
        ["jane@x.com|Doe, Jane", "rick@x.com|Roe, Rick"]
    );
    assert_eq!(read("Name\n\"Doe, Jane\"\n\"Roe, Rick\"").lines.len(), 3);
}

#[test]
fn the_separators_of_other_keyboards_separate_cells() {
    for text in
        ["氏名，メール，上司メール\n花子，hanako@x.com，boss@x.com\n", "الاسم؛البريد\nhanako؛hanako@x.com\n"]
    {
        let read = read(text);
        assert_eq!(read.lines.len(), 1, "{:?}", read.lines);
        assert!(read.lines[0].starts_with("hanako@x.com|"), "{:?}", read.lines);
    }
}

#[test]
fn a_comma_for_a_dot_in_a_list_of_addresses_makes_no_table() {
    assert_eq!(read("jane,doe@x.com").lines, ["jane,doe@x.com?Comma"]);
    assert_eq!(read("rick@x.com\njane@x.com,au\n").lines, ["rick@x.com", "jane@x.com,au?Comma"]);
    assert_eq!(
        read("jane@x.com,de\nrick@x.com,fr\n").lines,
        ["jane@x.com", "rick@x.com"],
        "a column of codes"
    );
    assert_eq!(
        read("jane,doe@x.com\nrick,roe@x.com\n").lines,
        ["jane,doe@x.com?Comma", "rick,roe@x.com?Comma"]
    );
    assert_eq!(read("ada,ada@x.com\njane,doe@x.com\n").lines, ["ada@x.com", "jane,doe@x.com?Comma"]);
    assert_eq!(read("Ada,lovelace@x.com\nJane,doe@x.com\n").lines, ["lovelace@x.com|Ada", "doe@x.com|Jane"]);
    assert_eq!(
        read("member,jane@x.com\nadmin,rick@x.com\n").lines,
        ["jane@x.com||member", "rick@x.com||admin"]
    );
}

#[test]
fn a_name_that_says_that_the_person_is_not_active_leaves_them_out() {
    let read = read(
        "Name,Email\nJane Doe,jane@x.com\nRick Roe (deactivated),rick@x.com\nKim [Inactive],kim@x.com\nLou (Sales),lou@x.com\n",
    );
    assert_eq!(read.lines, ["jane@x.com|Jane Doe", "lou@x.com|Lou (Sales)"]);
    assert_eq!(read.left_out().len(), 2);
}

#[test]
fn a_role_that_only_a_program_has_leaves_it_out() {
    let read = read(
        "Email,Org role\njane@x.com,User\napp@x.com,App\nbot@x.com,Service account\nrick@x.com,system_user\nci@x.com,Bot user\n",
    );
    assert_eq!(read.lines, ["jane@x.com||User", "rick@x.com||system_user"]);
    let own = super::read("email,role,name\r\napp@x.com,App,\r\n");
    assert_eq!(own.lines, ["app@x.com||App"]);
}

#[test]
fn without_a_heading_a_column_is_of_roles_where_each_of_its_cells_names_one() {
    let all = read("jane@x.com,admin\nrick@x.com,member\n");
    assert_eq!(all.lines, ["jane@x.com||admin", "rick@x.com||member"]);
    // "Admin" may be a department, too.
    let some = read("jane@x.com,admin\nrick@x.com,sales\nkim@x.com,admin\n");
    let roles: Vec<_> = some.lines.iter().map(|line| line.split('|').nth(2)).collect();
    assert_eq!(roles, [None, None, None], "{:?}", some.lines);
}

#[test]
fn an_address_behind_the_last_column_is_told_of_unless_it_may_be_a_secret() {
    let read = read("Name,Email\nJane,jane@x.com,rick@x.com\nKim,,kim@x.com\n");
    assert_eq!(read.lines, ["jane@x.com|Jane", "Kim(no address)"]);
    assert_eq!(read.notes(), ["rick@x.com", "kim@x.com"]);
    let secret = super::read("Email,Password,Name\njane@x.com,ge,h@eim,Jane\n");
    assert!(!secret.shows("h@eim"), "{:?}", secret.lines);
}
