//! Who is not to be invited, and which of several addresses and names is the right one, in the files of products.

use super::read;

#[test]
fn who_left_is_a_guest_or_is_not_to_be_written_to_is_left_out() {
    for (product, text) in [
        (
            "Slack",
            "username,email,status,fullname\njane,jane@example.com,Admin,Jane Doe\nrick,rick@example.com,Single-Channel Guest,Rick Roe\n",
        ),
        (
            "Intercom",
            "Name,Email,Has hard bounced,Marked email as spam\nJane Doe,jane@example.com,false,false\nRick,rick@example.com,true,false\nKim,kim@example.com,false,true\n",
        ),
        (
            "HubSpot",
            "First Name,Last Name,Email,Email hard bounce reason\nJane,Doe,jane@example.com,\nRick,Roe,rick@example.com,Unknown user\n",
        ),
        (
            "Salesforce",
            "Name,Email,Email Bounced Reason,Email Opt Out\nJane Doe,jane@example.com,,0\nRick,rick@example.com,550 5.1.1 no such user,0\nKim,kim@example.com,,1\n",
        ),
        ("RSVP", "Name,Email,Status\nJane Doe,jane@example.com,Guest speaker\nRick,rick@example.com,Guest\n"),
        ("contacts", "Name,Email,Do Not Contact\nJane Doe,jane@example.com,No\nRick,rick@example.com,Yes\n"),
        (
            "BambooHR",
            "Name,Email,Last working day\nJane Doe,jane@example.com,\nRick,rick@example.com,2025-12-31\n",
        ),
        (
            "access",
            "Name,Email,Access revoked on\nJane Doe,jane@example.com,\nRick,rick@example.com,2025-12-31\n",
        ),
        (
            "a club",
            "Mitglied;E-Mail;Ausgetreten am\nJane Doe;jane@example.com;\nRick Roe;rick@example.com;31.12.2024\n",
        ),
        (
            "a list of mails",
            "Name,Email,Subscribed\nJane Doe,jane@example.com,true\nRick,rick@example.com,false\n",
        ),
        ("a wish", "Name,Email,Invite?\nJane Doe,jane@example.com,yes\nRick,rick@example.com,no\n"),
        (
            "Keycloak",
            "firstName,lastName,email,serviceAccountClientId\nJane,Doe,jane@example.com,\n,,svc@example.com,app\n",
        ),
        (
            "Entra",
            "displayName,mail,objectType\nJane Doe,jane@example.com,User\nStaff,staff@example.com,Group\nBackup,backup@example.com,ServicePrincipal\n",
        ),
        ("Ansible", "name,email,state\nJane Doe,jane@example.com,present\nRick,rick@example.com,absent\n"),
        (
            "Dutch",
            "Naam;E-mailadres;Status\nJane Doe;jane@example.com;Actief\nRick;rick@example.com;Uit dienst\n",
        ),
        (
            "Portuguese",
            "Nome;E-mail;Situação\nJane Doe;jane@example.com;Ativo\nRick;rick@example.com;Desligado\n",
        ),
        ("Czech", "Jméno;E-mail;Stav\nJane Doe;jane@example.com;Aktivní\nRick;rick@example.com;Neaktivní\n"),
    ] {
        let read = read(text);
        assert_eq!(read.lines, ["jane@example.com|Jane Doe"], "{product}");
        assert!(!read.left_out().is_empty(), "{product}");
    }
}

#[test]
fn a_note_that_somebody_is_not_to_be_invited_wants_a_look() {
    let read = read(
        "Name,Email,Notes\nJane,jane@example.com,VIP\nRick,rick@example.com,do not invite\nKim,kim@example.com,\"left the company, ask boss@example.com\"\nLee,lee@example.com,\"not yet invited, please contact\"\n",
    );
    assert_eq!(
        read.lines,
        [
            "jane@example.com|Jane",
            "rick@example.com?Notes|Rick",
            "kim@example.com?Notes|Kim",
            "lee@example.com|Lee"
        ]
    );
}

#[test]
fn of_an_address_that_has_changed_the_new_one_is_read() {
    let read = read("Name,Old Email,New Email\nJane,old@example.com,jane@example.com\n");
    assert_eq!(read.lines, ["jane@example.com|Jane"]);
}

#[test]
fn names_and_addresses_of_directories_are_told_from_what_is_called_like_them() {
    let exchange = read(
        "\"DisplayName\",\"PrimarySmtpAddress\",\"EmailAddresses\"\n\"Jane Doe\",\"jane@example.com\",\"SMTP:jane@example.com smtp:jd@example.com\"\n",
    );
    assert_eq!(exchange.lines, ["jane@example.com|Jane Doe"]);
    let directory = read(
        "\"DistinguishedName\",\"GivenName\",\"mail\",\"Name\",\"Surname\"\n\"CN=Jane,OU=Users\",\"Jane\",\"jane@example.com\",\"Jane Doe\",\"Doe\"\n",
    );
    assert_eq!(directory.lines, ["jane@example.com|Jane Doe"]);
    let workday = read(
        "Worker,Email - Primary Work,Manager Email\nJane Doe (On Leave),jane@example.com,boss@example.com\n",
    );
    assert_eq!(workday.lines, ["jane@example.com|Jane Doe (On Leave)"]);
    let nordic = read(
        "Namn;E-post;Privat e-post;Chefens e-post\nJane Doe;jane@example.com;j@example.net;boss@example.com\n",
    );
    assert_eq!(nordic.lines, ["jane@example.com|Jane Doe"]);
    let audit = read("Actor Email,Target Email\nboss@example.com,jane@example.com\n");
    assert_eq!(audit.lines, ["jane@example.com"]);
}

#[test]
fn a_row_at_the_top_that_says_of_itself_that_it_is_an_example_wants_a_look() {
    let read = read(
        "Email,First name,Last name,Role\njohn@example.com,John,Doe,EXAMPLE - delete this row\njane@example.com,Jane,Muster,member\n",
    );
    assert_eq!(read.lines[0].split('|').next(), Some("john@example.com?Example"));
    assert_eq!(read.lines[1], "jane@example.com|Jane Muster|member");
}

#[test]
fn the_details_of_a_mail_are_no_heading() {
    let read = read(
        "from:\tJane <jane@example.com>\nto:\tRick <rick@example.com>\ndate:\tMar 3, 2026, 10:00 AM\nmailed-by:\tmail.example.com\nsigned-by:\texample.com\nOn Mon, Mar 2, 2026 at 10:11 AM Kim <kim@example.com> wrote:\n",
    );
    assert!(read.lines.contains(&"rick@example.com|Rick".to_owned()), "{:?}", read.lines);
}
