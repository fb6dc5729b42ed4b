use super::*;
use crate::domain::testing::invitation;
use crate::domain::{InvitationId, Role, RoleKey, Status};
use proptest::prelude::*;

/// Stands for the browser's `Date.toISOString`; empty for a time before the epoch, as it is for one without four digits
/// for the year.
fn iso(time: Timestamp) -> String {
    if time.0 >= 0.0 { format!("{}Z", time.0) } else { String::new() }
}

/// No invitation of these tests has expired by then.
const NOW: Timestamp = Timestamp(f64::MIN);

/// A role set with one role.
fn roles(key: &str, name: &str) -> Roles {
    let (key, name) = (RoleKey(key.to_owned()), name.to_owned());
    Roles {
        all: vec![Role { key, name, description: String::new(), permissions: vec![] }],
        ..Roles::default()
    }
}

#[test]
fn the_addresses_are_written_as_the_invitees_wrote_them_a_line_each() {
    let [one, other] = ["Ada@X.de", "b@x.de"].map(|email| invitation(email, Status::Pending));
    assert_eq!(addresses(&[&one, &other]), "Ada@X.de\nb@x.de");
    assert_eq!(addresses(&[]), "");
}

#[test]
fn a_role_is_named_by_the_organization_else_by_the_invitation_else_by_its_key() {
    let of = |role_name: Option<&str>, roles: Option<&Roles>| {
        let role_name = role_name.map(str::to_owned);
        let text =
            csv(&[&Invitation { role_name, ..invitation("a@x.de", Status::Pending) }], roles, NOW, iso);
        let mut records = csv::Reader::from_reader(text.as_bytes()).into_records();
        records.next().expect("a line").expect("a record")[2].to_owned()
    };
    let (set, other_set) = (roles("org:member", "Member"), roles("org:admin", "Admin"));
    assert_eq!(of(Some("Old name"), Some(&set)), "Member");
    assert_eq!(of(Some("Old name"), Some(&other_set)), "Old name");
    assert_eq!(
        (of(Some("Old name"), None), of(None, None)),
        ("Old name".to_owned(), "org:member".to_owned())
    );
}

#[test]
fn an_invitation_is_written_as_a_line_of_ten_cells() {
    let mut row = Invitation {
        created: Some(Timestamp(1_795_556_061_000.0)),
        url: Some("https://a.test/?ticket=x,y".to_owned()),
        ..invitation("a@x.de", Status::Pending)
    };
    let roles = roles("org:member", "Say \"hi\"");
    let lines = |row: &Invitation| csv(&[row], Some(&roles), NOW, iso);
    assert_eq!(
        lines(&row),
        "email,role,role_name,status,invited,expires,expires_is_estimate,updated,link,id\r\n\
         a@x.de,org:member,\"Say \"\"hi\"\"\",pending,1795556061000Z,1798148061000Z,true,,\
         \"https://a.test/?ticket=x,y\",a@x.de\r\n"
    );
    row.expires = row.created;
    assert!(lines(&row).contains(",1795556061000Z,1795556061000Z,false,,"));
    row.expires = Some(Timestamp(f64::NAN));
    assert!(lines(&row).contains(",1795556061000Z,,,,"));
    assert_eq!(csv(&[], Some(&roles), NOW, iso), HEADER);
}

fn date() -> impl Strategy<Value = Option<Timestamp>> {
    proptest::option::of((-1_000_000i64..2_000_000_000_000).prop_map(|ms| Timestamp(ms as f64)))
}

proptest! {
    #[test]
    fn a_table_reads_back_as_it_was_written_and_no_cell_is_a_formula(
        cells in proptest::collection::vec(("[=+\\-@\t\r\n\"',; a-zÄ]{0,6}", "\\PC{0,5}", "[=@]?[a-z:]{0,5}", "\\PC{0,4}"), 0..6),
        created in date(), updated in date(), expires in date(),
    ) {
        let rows: Vec<_> = cells.iter().map(|(email, role, status, id)| Invitation {
            id: InvitationId(id.clone()),
            role: RoleKey(role.clone()),
            created, updated, expires,
            url: Some(email.clone()).filter(|url| url.len() > 2),
            ..invitation(email, Status::from_word(status))
        }).collect();
        // The names of roles are text from a stranger, too.
        let name = |row: &Invitation| [&*row.role.0, "\"\r\n", &*row.role.0].concat();
        let set = Roles {
            all: rows.iter().flat_map(|row| roles(&row.role.0, &name(row)).all).collect(),
            ..Roles::default()
        };
        let text = csv(&rows.iter().collect::<Vec<_>>(), Some(&set), NOW, iso);
        prop_assert!(text.ends_with("\r\n"));
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        prop_assert_eq!(reader.headers().expect("a heading").len(), 10);
        let records: Vec<_> = reader.records().collect::<Result<_, _>>().expect("a table");
        prop_assert_eq!(records.len(), rows.len());
        for (record, row) in records.iter().zip(&rows) {
            let date = |date: Option<Timestamp>| date.map_or_else(String::new, iso);
            let expiry = row.expiry();
            let ends = date(expiry.map(|expiry| expiry.at));
            let is_about = if ends.is_empty() { "" } else if row.expires.is_some() { "false" } else { "true" };
            let expected = [
                row.email.clone(), row.role.0.clone(), name(row), row.status.word().to_owned(), date(row.created),
                ends, is_about.to_owned(), date(row.updated), row.url.clone().unwrap_or_default(), row.id.0.clone(),
            ];
            for (cell, expected) in record.iter().zip(expected) {
                let is_formula = expected.starts_with(['=', '+', '-', '@', '\t', '\r']);
                prop_assert_eq!(cell, [if is_formula { "'" } else { "" }, &expected].concat());
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            }
        }
    }
}

#[test]
fn a_pending_one_whose_time_is_over_is_exported_as_expired() {
    let row = Invitation { expires: Some(Timestamp(7.0)), ..invitation("a@x.de", Status::Pending) };
    let status = |now| {
        csv(&[&row], None, Timestamp(now), iso)
            .lines()
            .nth(1)
            .map(|line| line.split(',').nth(3) == Some("expired"))
    };
    assert_eq!((status(6.0), status(7.0)), (Some(false), Some(true)));
}
