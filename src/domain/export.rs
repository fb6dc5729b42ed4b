//! The list as a table for a spreadsheet.

use crate::domain::intake::safe_field;
use crate::domain::invitation::{DAY, Invitation, Timestamp};

const HEADER: &str = "email,role,role_name,status,invited,expires,expires_is_estimate,updated,link,id\r\n";

/// A table of these invitations: a line of headings and one for each, with commas between the cells.
///
/// Times are as in [`iso`]; what is not known is empty. `expires_is_estimate` is `true` or `false`, and empty where
/// `expires` is. No cell is taken for a formula by a spreadsheet, because of an apostrophe in front of what looks like one.
pub fn csv(rows: &mut dyn Iterator<Item = &Invitation>, role_name: &dyn Fn(&Invitation) -> String) -> String {
    let mut out = HEADER.to_owned();
    for row in rows {
        let expiry = row.expiry();
        let time = |time: Option<Timestamp>| time.map_or_else(String::new, iso);
        let (expires, is_about) =
            (time(expiry.map(|expiry| expiry.at)), expiry.map(|expiry| expiry.is_about));
        let is_about = match is_about.filter(|_| !expires.is_empty()) {
            Some(true) => "true",
            Some(false) => "false",
            None => "",
        };
        let cells: [&str; 10] = [
            &row.email,
            &row.role.0,
            &role_name(row),
            row.status.word(),
            &time(row.created),
            &expires,
            is_about,
            &time(row.updated),
            row.url.as_deref().unwrap_or_default(),
            &row.id.0,
        ];
        for (at, cell) in cells.into_iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "," });
            safe_field(&mut out, cell);
        }
        out.push_str("\r\n");
    }
    out
}

/// A time as ISO 8601 writes it, in UTC, to the millisecond (`2026-11-24T21:34:21.000Z`); nothing where four digits do
/// not write the year.
pub fn iso(time: Timestamp) -> String {
    // From the first moment of the year 0 to the last of 9999.
    if !(-62_167_219_200_000.0..253_402_300_800_000.0).contains(&time.0) {
        return String::new();
    }
    let day = (time.0 / DAY).floor();
    let (year, month, date) = civil(day as i64);
    let left = (time.0.floor() - day * DAY) as i64;
    let mut out = String::with_capacity(24);
    for (number, digits, mark) in [
        (year, 4, '-'),
        (month, 2, '-'),
        (date, 2, 'T'),
        (left / 3_600_000, 2, ':'),
        (left / 60_000 % 60, 2, ':'),
        (left / 1000 % 60, 2, '.'),
        (left % 1000, 3, 'Z'),
    ] {
        for place in (0..digits).rev() {
            let digit = number / 10_i64.pow(place) % 10;
            out.push(char::from(b'0' + digit as u8));
        }
        out.push(mark);
    }
    out
}

/// The year, month and day of a day that is counted from the epoch.
///
/// Howard Hinnant's `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>): years begin in March, so
/// that the leap day is their last, and are counted in eras of 400, which all have 146,097 days.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let month = if march < 10 { march + 3 } else { march - 9 };
    (era * 400 + year + i64::from(month <= 2), month, of_year - (153 * march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sending::tests::invitation;
    use crate::domain::{InvitationId, RoleKey, Status};
    use proptest::prelude::*;

    #[test]
    fn an_invitation_becomes_a_line() {
        let mut row = Invitation {
            created: Some(Timestamp(1_795_556_061_000.0)),
            url: Some("https://a.test/?ticket=x,y".to_owned()),
            ..invitation("a@x.de", Status::Pending)
        };
        let lines = |row: &Invitation| csv(&mut [row.clone()].iter(), &|_| "Say \"hi\"".to_owned());
        assert_eq!(
            lines(&row),
            "email,role,role_name,status,invited,expires,expires_is_estimate,updated,link,id\r\n\
             a@x.de,org:member,\"Say \"\"hi\"\"\",pending,2026-11-24T21:34:21.000Z,2026-12-24T21:34:21.000Z,true,,\
             \"https://a.test/?ticket=x,y\",a@x.de\r\n"
        );
        row.expires = row.created;
        assert!(lines(&row).contains(",2026-11-24T21:34:21.000Z,2026-11-24T21:34:21.000Z,false,,"));
        row.expires = Some(Timestamp(f64::NAN));
        assert!(lines(&row).contains(",2026-11-24T21:34:21.000Z,,,,"));
        assert_eq!(csv(&mut [].iter(), &|_| String::new()), HEADER);
    }

    #[test]
    fn times_are_written_as_javascript_writes_them() {
        for (time, text) in [
            (0.0, "1970-01-01T00:00:00.000Z"),
            (-1.0, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000.0, "2000-02-29T00:00:00.000Z"),
            (4_107_542_399_999.0, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000.0, "2100-03-01T00:00:00.000Z"),
            (1_795_556_061_007.9, "2026-11-24T21:34:21.007Z"),
            (-62_167_219_200_000.0, "0000-01-01T00:00:00.000Z"),
            (253_402_300_799_999.0, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(iso(Timestamp(time)), text);
        }
        for time in [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            253_402_300_800_000.0,
            -62_167_219_200_001.0,
            f64::MAX,
        ] {
            assert_eq!(iso(Timestamp(time)), "", "{time}");
        }
    }

    /// Counts the days year by year and month by month.
    fn time(text: &str) -> f64 {
        let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().expect("digits");
        let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let (year, month) = (number(0..4), number(5..7));
        let days_of_year = |year| if is_leap(year) { 366 } else { 365 };
        let mut days: i64 =
            (0..year).map(days_of_year).sum::<i64>() - (0..1970).map(days_of_year).sum::<i64>();
        for month in 1..month {
            days += match month {
                2 if is_leap(year) => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
        }
        days += number(8..10) - 1;
        let seconds = (number(11..13) * 60 + number(14..16)) * 60 + number(17..19);
        ((days * 86_400 + seconds) * 1000 + number(20..23)) as f64
    }

    fn date() -> impl Strategy<Value = Option<Timestamp>> {
        proptest::option::of(
            (-62_167_219_200_000i64..253_402_300_800_000).prop_map(|ms| Timestamp(ms as f64)),
        )
    }

    proptest! {
        #[test]
        fn a_time_is_read_back_without_what_is_less_than_a_millisecond(
            ms in -62_167_219_200_000i64..253_402_300_800_000, part in 0.0..0.9f64,
        ) {
            // So great a number has no finer parts than sixteenths.
            let part = (part * 16.0).floor() / 16.0;
            prop_assert_eq!(time(&iso(Timestamp(ms as f64 + part))), ms as f64);
        }

        #[test]
        fn no_time_makes_it_panic(time: f64) {
            prop_assert!([0, 24].contains(&iso(Timestamp(time)).len()));
        }

        #[test]
        fn a_table_is_read_back_and_no_cell_is_a_formula(
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
            let name = |row: &Invitation| [&*row.role.0, "\"\r\n", &row.id.0].concat();
            let text = csv(&mut rows.iter(), &name);
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
}
