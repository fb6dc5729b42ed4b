//! The files of the cases that issue 10 collects.

use super::{Read, read};
use crate::addresses::Meaning;

fn file(name: &str) -> Read {
    let path = format!("{}/tests/fixtures/cases/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the file is there");
    // As the browser's decoder does it: the byte order mark decides and goes.
    let encoding = if name.contains("cp1252") { encoding_rs::WINDOWS_1252 } else { encoding_rs::UTF_8 };
    read(&encoding.decode(&bytes).0)
}

#[test]
fn r02_the_address_of_a_google_group_is_no_member_of_it() {
    let read = file("google-groups-members.csv");
    assert_eq!(read.lines, ["jane@example.com|Jane", "rick@example.com|Roe, Rick", "mia@example.org"]);
    assert_eq!(read.notes(), ["Members for group staff@example.com"]);
    assert_eq!(read.counts(), (3, 0));
}

#[test]
fn r03_managers_in_a_zoom_file_are_not_invited() {
    let read = file("zoom-users.csv");
    assert_eq!(read.lines, ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]);
}

#[test]
fn r04_the_example_row_of_a_template_is_doubtful() {
    let read = file("entra-bulk-invite.csv");
    assert_eq!(read.lines, ["priya@example.net?Example", "jane@example.com", "rick@example.org"]);
}

#[test]
fn r08_a_person_with_two_roles_comes_twice() {
    let read = file("role-conflict.csv");
    assert_eq!(
        read.lines,
        [
            "jane@example.com|Jane Doe|admin",
            "rick@example.com|Rick Roe|member",
            "Jane@Example.com|Jane Doe|member"
        ]
    );
}

#[test]
fn r09_an_address_of_our_own_export_is_read_back_character_for_character() {
    let read = file("export-round-trip.csv");
    assert_eq!(
        read.lines,
        ["+jane@example.com||org:member", "-rick@example.com||org:member", "=mia@example.com||org:member"]
    );
}

#[test]
fn r12_passwords_are_never_shown_and_a_row_without_address_is_named() {
    let moodle = file("moodle-users.csv");
    assert_eq!(moodle.lines, ["jane@example.com|Jane Doe", "Rick Roe(no address)"]);
    assert_eq!(moodle.counts(), (1, 1));
    let entra = file("entra-bulk-create.csv");
    assert_eq!(
        entra.lines,
        ["chris@example.net?Example|Chris Example", "jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]
    );
    assert!(!moodle.shows("secret") && !entra.shows("secret"));
    assert!(entra.columns().contains(&("Initial password [passwordProfile] Required", Meaning::Secret)));
}

#[test]
fn r13_a_heading_with_another_word_for_address() {
    assert_eq!(
        file("heading-email-id.csv").lines,
        ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]
    );
    assert_eq!(
        file("heading-with-spaces.csv").lines,
        ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]
    );
    for heading in [
        "Email ID",
        "Mail ID",
        "E-mail (work)",
        "Contact Email",
        "Attendee Email",
        "Invitee Email",
        "User Email Address",
        "Email*",
        "Where to reach them",
        "Kontakt",
    ] {
        let read = read(&format!("Name,{heading}\nJane Doe,jane@example.com\nRick Roe,rick@example.com\n"));
        assert_eq!(read.lines, ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"], "{heading}");
    }
}

#[test]
fn r15_the_line_that_names_the_separator_is_no_data() {
    let expected = ["jane@example.com||member", "rick@example.com||admin"];
    assert_eq!(file("sep-semicolon.csv").lines, expected);
    assert_eq!(
        file("sep-comma-quoted.csv").lines,
        ["jane@example.com|Doe, Jane", "rick@example.com|Roe, Rick"]
    );
    assert_eq!(read("sep=\t\r\nEmail\tRole\r\njane@example.com\tmember").lines, &expected[..1]);
    // The clipboard or an editor has cut the tab off.
    assert_eq!(read("sep=\r\nEmail\tRole\r\njane@example.com\tmember").lines, &expected[..1]);
}

#[test]
fn r18_people_of_a_directory_with_made_up_sign_in_names() {
    let read = file("entra-users-download.csv");
    assert_eq!(
        read.lines,
        [
            "jane.doe@example.com|Jane Doe",
            "rick@example.org|Rick Roe",
            "mia@example.com?userPrincipalName|Mia Poe",
            "Kim Lee(no address)"
        ]
    );
    assert!(!read.lines.iter().any(|line| line.contains("private") || line.contains("EXT")));
}

#[test]
fn r20_the_roles_of_another_system_come_as_they_are() {
    let read = file("gitlab-members.csv");
    assert_eq!(
        read.lines,
        [
            "jane@example.com|Jane Doe|Developer",
            "jane@example.com|Jane Doe|Owner",
            "rick@example.com|Rick Roe|Incident Manager"
        ]
    );
}

#[test]
fn r21_an_address_among_verified_ones_is_taken_where_there_is_no_other() {
    let read = file("github-members.csv");
    assert_eq!(
        read.lines,
        ["jane@example.com|Jane Doe|Owner", "rick@example.com|Rick Roe|Member", "ghost(no address)||Member"]
    );
    assert_eq!(read.counts(), (2, 1));
}

#[test]
fn r28_contacts_are_read() {
    let jane = "jane@example.com|Jane Doe";
    let rick = "rick.with.a.rather.long.address.that.folds@mail.example.org|Rick Roe";
    assert_eq!(file("contacts-v3.vcf").lines, [jane, rick]);
    assert_eq!(file("contacts-v21-qp.vcf").lines, ["joerg@example.com|Jörg Müller"]);
}

#[test]
fn r34_titles_and_notes_are_no_people() {
    let read = file("preamble-and-footer.csv");
    assert_eq!(read.lines, ["jane@example.com|Jane Doe|member", "rick@example.com|Rick Roe|admin"]);
    assert_eq!(read.notes().len(), 3);
}

#[test]
fn r42_names_are_shown_once_and_second_addresses_offered() {
    assert_eq!(file("okta-people.csv").lines, ["jane@example.com|Jane Doe"]);
    assert_eq!(
        file("google-contacts-old-utf16.csv").lines,
        ["joerg@example.com|Jörg Doe", "hanako@example.com|山田 花子"]
    );
    assert_eq!(
        file("thunderbird-addresses.csv").lines,
        ["jane@example.com|Jane Doe", "rick@example.org?Secondary Email|Rick Roe"]
    );
}

#[test]
fn r43_several_addresses_in_a_cell_and_the_second_of_several_columns() {
    let google = file("google-contacts-new.csv");
    assert_eq!(
        google.lines,
        [
            "jane@example.com|Jane Doe",
            "j.doe@example.org|Jane Doe",
            "rick@example.com|Rick Roe",
            "No Address(no address)"
        ]
    );
    assert_eq!(
        file("outlook-contacts-cp1252.csv").lines,
        ["joerg@example.com|Jörg Doe", "zoe@example.com|Zoë Roe"]
    );
}

#[test]
fn r57_a_byte_order_mark_is_no_part_of_an_address() {
    assert_eq!(file("utf8-bom-no-heading.csv").lines, ["jane@example.com|Jane", "rick@example.com|Rick"]);
    assert_eq!(read("\u{feff}jane@example.com").lines, ["jane@example.com"]);
}

#[test]
fn r59_groups_are_no_names_and_a_note_is_no_address() {
    assert_eq!(file("discourse-bulk-invite.csv").lines, ["jane@example.com", "rick@example.com"]);
    assert_eq!(file("hubspot-contacts.csv").lines, ["jane@example.com|Jane Doe", "Rick Roe(no address)"]);
    assert_eq!(
        file("mailchimp-audience.csv").lines,
        ["jane@example.com|Jane Doe", "rick@example.com|Rick Roe"]
    );
}
