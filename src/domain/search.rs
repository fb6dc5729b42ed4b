//! Finding and ordering, over all rows: Clerk does neither.
//!
//! The order changes seldom and the words with each key, so that they are apart: [`order`] is worth keeping while
//! somebody types, and [`matching`] looks at no more than an address per row.

use crate::domain::email::Lowercase;
use crate::domain::invitation::{Invitation, Status, Timestamp};
use crate::domain::listing::{Column, Shown, Sort};
use crate::domain::role::Roles;
use std::cmp::Ordering;

/// What people see in place of Clerk's words, and search for.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    /// The roles of the organization, as far as they are known.
    pub roles: Option<&'a Roles>,
    /// The word for a status.
    pub statuses: &'a dyn Fn(&Status) -> String,
    /// Turns a text into lower case.
    pub lowercase: Lowercase,
}

impl Vocabulary<'_> {
    /// The name of an invitation's role as it is shown, in lower case.
    fn role(&self, row: &Invitation) -> String {
        let known = self.roles.and_then(|roles| roles.find(&row.role)).map(|role| &role.name);
        (self.lowercase)(known.or(row.role_name.as_ref()).unwrap_or(&row.role.0))
    }

    fn status(&self, row: &Invitation) -> String {
        (self.statuses)(&row.status)
    }
}

/// The places in `rows` of those that are `shown`, in the wanted order.
///
/// Where the order says nothing of two rows, they stand as in `rows`; those that need attention stand with the oldest
/// first when no order is named. What has no date comes last, either way round.
pub fn order(
    rows: &[Invitation],
    shown: Shown,
    sort: Option<Sort>,
    words: &Vocabulary<'_>,
    now: Timestamp,
) -> Vec<u32> {
    let statuses = shown.statuses();
    let is_shown = |row: &Invitation| match shown {
        Shown::Attention => row.needs_attention(now),
        _ => statuses.is_empty() || statuses.contains(&row.status),
    };
    let mut order: Vec<u32> = (0..).zip(rows).filter(|(_, row)| is_shown(row)).map(|(at, _)| at).collect();
    let oldest_first = Some(Sort { by: Column::Invited, is_descending: false });
    let Some(sort) = sort.or(oldest_first.filter(|_| shown == Shown::Attention)) else { return order };

    let (samples, kinds) = kinds(rows);
    let texts: Vec<String> = match sort.by {
        Column::Role => samples.iter().map(|sample| words.role(sample)).collect(),
        Column::Status => samples.iter().map(|sample| words.status(sample)).collect(),
        Column::Email | Column::Invited | Column::Expires => vec![],
    };
    let keys: Vec<Key<'_>> = rows
        .iter()
        .zip(kinds)
        .map(|(row, kind)| match sort.by {
            Column::Email => Key { date: Some(0.0), text: &row.email_key },
            Column::Invited => Key::of_date(row.created),
            Column::Expires => Key::of_date(row.expiry().map(|expiry| expiry.at)),
            Column::Role | Column::Status => {
                Key { date: Some(0.0), text: texts.get(kind as usize).map_or("", |text| text) }
            }
        })
        .collect();
    order.sort_by(|a, b| match (keys.get(*a as usize), keys.get(*b as usize)) {
        (Some(a), Some(b)) => a.compare(b, sort.is_descending),
        _ => Ordering::Equal,
    });
    order
}

/// Those of `order` in which each word of `search` is found: in the address, the role or the status, in any letter case.
pub fn matching(rows: &[Invitation], order: &[u32], search: &str, words: &Vocabulary<'_>) -> Vec<u32> {
    let search = (words.lowercase)(search);
    let wanted: Vec<&str> = search.split_whitespace().collect();
    if wanted.is_empty() {
        return order.to_vec();
    }
    let (samples, kinds) = kinds(rows);
    // What neither the role nor the status has is left for the address to have.
    let left: Vec<Vec<&str>> = samples
        .iter()
        .map(|sample| {
            let lower = words.lowercase;
            let texts = [
                words.role(sample),
                lower(&sample.role.0),
                lower(&words.status(sample)),
                lower(sample.status.word()),
            ];
            let is_left = |word: &&&str| !texts.iter().any(|text| text.contains(**word));
            wanted.iter().filter(is_left).copied().collect()
        })
        .collect();
    let is_found = |at: &&u32| {
        let at = **at as usize;
        let left = kinds.get(at).and_then(|kind| left.get(*kind as usize));
        let (Some(row), Some(left)) = (rows.get(at), left) else { return false };
        left.iter().all(|word| row.email_key.contains(word))
    };
    order.iter().filter(is_found).copied().collect()
}

/// One row of each kind, and the kind of each row: those of a kind have the same role and status. There are few.
fn kinds(rows: &[Invitation]) -> (Vec<&Invitation>, Vec<u32>) {
    let mut samples: Vec<&Invitation> = vec![];
    let kinds = rows.iter().map(|row| {
        let is_same = |sample: &&Invitation| {
            sample.status == row.status && sample.role == row.role && sample.role_name == row.role_name
        };
        let kind = samples.iter().position(is_same);
        kind.unwrap_or_else(|| {
            samples.push(row);
            samples.len() - 1
        }) as u32
    });
    let kinds = kinds.collect();
    (samples, kinds)
}

/// What a row is ordered by.
struct Key<'a> {
    date: Option<f64>,
    text: &'a str,
}

impl Key<'_> {
    fn of_date(date: Option<Timestamp>) -> Self {
        Self { date: date.map(|date| date.0).filter(|date| !date.is_nan()), text: "" }
    }

    fn compare(&self, other: &Self, is_descending: bool) -> Ordering {
        let (Some(own), Some(others)) = (self.date, other.date) else {
            return other.date.is_some().cmp(&self.date.is_some());
        };
        let order =
            own.partial_cmp(&others).unwrap_or(Ordering::Equal).then_with(|| self.text.cmp(other.text));
        if is_descending { order.reverse() } else { order }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::invitation::DAY;
    use crate::domain::listing::Listing;
    use crate::domain::paging::PageSize;
    use crate::domain::sending::tests::invitation;
    use crate::domain::view::View;
    use crate::domain::{InvitationId, Page, Role, RoleKey};
    use proptest::prelude::*;
    use std::collections::HashSet;

    /// The places in `rows` of those that are wanted, in the wanted order.
    fn find(rows: &[Invitation], listing: &Listing, words: &Vocabulary<'_>, now: Timestamp) -> Vec<u32> {
        matching(rows, &order(rows, listing.shown, listing.sort, words, now), &listing.search, words)
    }

    const NOW: Timestamp = Timestamp(40.0 * DAY);

    fn roles() -> Roles {
        let role = |key: &str, name: &str| Role {
            key: RoleKey(key.to_owned()),
            name: name.to_owned(),
            description: String::new(),
            permissions: vec![],
        };
        Roles { all: vec![role("org:admin", "Chefin"), role("org:member", "Ärztin")], ..Roles::default() }
    }

    fn german(status: &Status) -> String {
        match status {
            Status::Pending => "Ausstehend",
            Status::Accepted => "Angenommen",
            Status::Revoked => "Widerrufen",
            Status::Expired => "Abgelaufen",
            Status::Other(word) => word,
        }
        .to_owned()
    }

    fn words(roles: &Roles) -> Vocabulary<'_> {
        Vocabulary { roles: Some(roles), statuses: &german, lowercase: str::to_lowercase }
    }

    fn listing(shown: Shown, search: &str, sort: Option<Sort>) -> Listing {
        let view = View { page: Page::FIRST, size: PageSize::Ten };
        Listing { shown, search: search.to_owned(), sort, view }
    }

    fn invited(email: &str, role: &str, status: Status, day: f64) -> Invitation {
        Invitation {
            role: RoleKey(role.to_owned()),
            created: Some(Timestamp(day * DAY)),
            ..invitation(email, status)
        }
    }

    fn few() -> Vec<Invitation> {
        vec![
            invited("Zoe@x.de", "org:member", Status::Pending, 39.0),
            invited("ada@x.de", "org:admin", Status::Pending, 12.0),
            invited("bob@y.de", "org:admin", Status::Expired, 2.0),
            invited("eve@y.de", "org:guest", Status::Revoked, 1.0),
            Invitation { created: None, ..invited("kim@x.de", "org:member", Status::Accepted, 0.0) },
        ]
    }

    fn found(shown: Shown, search: &str, sort: Option<(Column, bool)>) -> Vec<u32> {
        let sort = sort.map(|(by, is_descending)| Sort { by, is_descending });
        find(&few(), &listing(shown, search, sort), &words(&roles()), NOW)
    }

    #[test]
    fn each_word_is_found_in_the_address_the_role_or_the_status() {
        for (search, places) in [
            ("", &[0, 1, 2, 3, 4][..]),
            (" \t\u{3000}", &[0, 1, 2, 3, 4]),
            ("zoE@", &[0]),
            (".de", &[0, 1, 2, 3, 4]),
            ("ÄRZT", &[0, 4]),
            ("org:member", &[0, 4]),
            ("guest", &[3]),
            ("ausstehend", &[0, 1]),
            ("Revoked", &[3]),
            ("chefin x.de", &[1]),
            ("x.de chefin  ausstehend ada", &[1]),
            ("chefin ärztin", &[]),
            ("adax", &[]),
        ] {
            assert_eq!(found(Shown::All, search, None), places, "{search}");
        }
    }

    #[test]
    fn the_name_that_came_with_the_invitation_counts_where_the_role_is_not_known() {
        let mut rows = few();
        rows[3].role_name = Some("Gästin".to_owned());
        rows[0].role_name = Some("Old name".to_owned());
        let roles = roles();
        let at = |search: &str, words: &Vocabulary<'_>| matching(&rows, &[0, 3], search, words);
        assert_eq!((at("gäst", &words(&roles)), at("old", &words(&roles))), (vec![3], vec![]));
        let unknown = Vocabulary { roles: None, ..words(&roles) };
        assert_eq!((at("old", &unknown), at("ärzt", &unknown)), (vec![0], vec![]));
    }

    #[test]
    fn those_that_are_shown_are_there_and_attention_begins_with_the_oldest() {
        for (shown, places) in [
            (Shown::Pending, &[0, 1][..]),
            (Shown::Attention, &[2, 1]),
            (Shown::Accepted, &[4]),
            (Shown::Revoked, &[3]),
            (Shown::All, &[0, 1, 2, 3, 4]),
        ] {
            assert_eq!(found(shown, "", None), places, "{shown:?}");
        }
    }

    #[test]
    fn what_has_no_date_comes_last_either_way_round() {
        for (by, is_descending, places) in [
            (Column::Email, false, [1, 2, 3, 4, 0]),
            (Column::Email, true, [0, 4, 3, 2, 1]),
            (Column::Invited, false, [3, 2, 1, 0, 4]),
            (Column::Invited, true, [0, 1, 2, 3, 4]),
            (Column::Expires, true, [0, 1, 2, 3, 4]),
            // Ärztin sorts behind org:guest here: its first letter is no ASCII letter.
            (Column::Role, false, [1, 2, 3, 0, 4]),
            (Column::Role, true, [0, 4, 3, 1, 2]),
            (Column::Status, false, [2, 4, 0, 1, 3]),
            (Column::Status, true, [3, 0, 1, 4, 2]),
        ] {
            assert_eq!(found(Shown::All, "", Some((by, is_descending))), places, "{by:?} {is_descending}");
        }
    }

    #[test]
    fn among_twenty_thousand_those_that_match_are_found() {
        let rows: Vec<_> = (0..20_000)
            .map(|n| {
                let status = [Status::Pending, Status::Accepted, Status::Expired][n % 3].clone();
                invited(&format!("p{n}@x.de"), ["org:admin", "org:member"][n % 2], status, n as f64)
            })
            .collect();
        let roles = roles();
        let (words, all) = (words(&roles), (0..20_000).collect::<Vec<u32>>());
        assert_eq!(matching(&rows, &all, "", &words), all);
        assert_eq!(matching(&rows, &all, "P19999@", &words), [19_999]);
        let expected: Vec<_> =
            all.iter().copied().filter(|n| n % 6 == 0 && n.to_string().starts_with("77")).collect();
        assert_eq!(matching(&rows, &all, "p77 chefin ausstehend", &words), expected);
        assert!(expected.len() > 10);
        assert_eq!(matching(&rows, &expected, "expired", &words), [0; 0]);
    }

    #[test]
    fn a_place_that_no_row_has_is_not_found() {
        assert_eq!(matching(&few(), &[7, 1, u32::MAX], "a", &words(&roles())), [1]);
    }

    fn rows() -> impl Strategy<Value = Vec<Invitation>> {
        let status = prop_oneof![
            Just(Status::Pending),
            Just(Status::Accepted),
            Just(Status::Revoked),
            Just(Status::Expired),
            Just(Status::from_word("completed")),
            "\\PC{0,3}".prop_map(Status::Other),
        ];
        let date = || {
            proptest::option::of(prop_oneof![
                (0..60i32).prop_map(f64::from),
                Just(f64::NAN),
                Just(f64::INFINITY),
                Just(-0.0)
            ])
        };
        let role = prop_oneof![
            Just("org:admin".to_owned()),
            Just("org:member".to_owned()),
            Just("org:x".to_owned()),
            "\\PC{0,4}"
        ];
        let row =
            (("[a-cÄ]{1,3}@[xy]\\.de", role, proptest::option::of("[a-zA-Z ]{0,3}")), status, date(), date());
        let row = row.prop_map(|((email, role, role_name), status, created, expires)| Invitation {
            role: RoleKey(role),
            role_name,
            created: created.map(|day| Timestamp(day * DAY)),
            expires: expires.map(|day| Timestamp(day * DAY)),
            ..invitation(&email, status)
        });
        proptest::collection::vec(row, 0..40).prop_map(|mut rows| {
            for (at, row) in rows.iter_mut().enumerate() {
                row.id = InvitationId(at.to_string());
            }
            rows
        })
    }

    fn sorts() -> impl Strategy<Value = Option<Sort>> {
        let sort = (0usize..5, any::<bool>());
        proptest::option::of(sort.prop_map(|(by, is_descending)| Sort { by: Column::ALL[by], is_descending }))
    }

    fn shown_name(row: &Invitation) -> String {
        let all = roles().all;
        let known = all.iter().find(|role| role.key == row.role).map(|role| role.name.clone());
        known.or(row.role_name.clone()).unwrap_or(row.role.0.clone())
    }

    fn is_match(row: &Invitation, search: &str) -> bool {
        search.to_lowercase().split_whitespace().all(|word| {
            [&row.email, &row.role.0, &shown_name(row), &german(&row.status), row.status.word()]
                .into_iter()
                .any(|text| text.to_lowercase().contains(word))
        })
    }

    fn is_wanted(row: &Invitation, shown: Shown) -> bool {
        match shown {
            Shown::Pending => row.status == Status::Pending,
            Shown::Attention => row.needs_attention(NOW),
            Shown::Accepted => matches!(row.status.word(), "accepted" | "completed"),
            Shown::Revoked => row.status == Status::Revoked,
            Shown::All => true,
        }
    }

    /// How two rows stand to each other when neither lacks what is sorted by.
    fn ascending(a: &Invitation, b: &Invitation, by: Column) -> Ordering {
        match by {
            Column::Email => a.email.to_lowercase().cmp(&b.email.to_lowercase()),
            Column::Role => shown_name(a).to_lowercase().cmp(&shown_name(b).to_lowercase()),
            Column::Status => german(&a.status).cmp(&german(&b.status)),
            Column::Invited | Column::Expires => value(a, by).partial_cmp(&value(b, by)).expect("no NaN"),
        }
    }

    fn value(row: &Invitation, by: Column) -> Option<f64> {
        match by {
            Column::Invited => row.created.map(|date| date.0),
            Column::Expires => {
                row.expires.or(row.created.map(|date| Timestamp(date.0 + 30.0 * DAY))).map(|d| d.0)
            }
            _ => Some(0.0),
        }
        .filter(|value| !value.is_nan())
    }

    proptest! {
        #[test]
        fn those_that_match_are_found_once_each_in_the_order_that_a_plain_comparison_says(
            rows in rows(), shown in 0usize..5, sort in sorts(),
            search in "( |[a-c]|@|x\\.|org:|ÄR|che|aus|an|Pen|e){0,4}",
        ) {
            let (roles, shown) = (roles(), Shown::ALL[shown]);
            let found = find(&rows, &listing(shown, &search, sort), &words(&roles), NOW);
            let distinct: HashSet<_> = found.iter().copied().collect();
            prop_assert_eq!(distinct.len(), found.len());
            for (at, row) in rows.iter().enumerate() {
                let expected = is_wanted(row, shown) && is_match(row, &search);
                prop_assert_eq!(distinct.contains(&(at as u32)), expected, "{} {:?}", search, row);
            }
            let usual = Some(Sort { by: Column::Invited, is_descending: false }).filter(|_| shown == Shown::Attention);
            for pair in found.windows(2) {
                let (first, second) = (&rows[pair[0] as usize], &rows[pair[1] as usize]);
                let is_right = match sort.or(usual) {
                    None => pair[0] < pair[1],
                    Some(Sort { by, is_descending }) => match (value(first, by), value(second, by)) {
                        (Some(_), None) => true,
                        (None, Some(_)) => false,
                        (None, None) => pair[0] < pair[1],
                        _ => match ascending(first, second, by) {
                            Ordering::Equal => pair[0] < pair[1],
                            order => (order == Ordering::Greater) == is_descending,
                        },
                    },
                };
                prop_assert!(is_right, "{:?} before {:?}", first, second);
            }
        }

        #[test]
        fn the_other_way_round_turns_the_groups_round_and_leaves_each_as_it_is(rows in rows(), by in 0usize..5) {
            let (roles, by) = (roles(), Column::ALL[by]);
            let groups = |is_descending| {
                let sort = Some(Sort { by, is_descending });
                let order = order(&rows, Shown::All, sort, &words(&roles), NOW);
                let (with, without): (Vec<u32>, Vec<u32>) =
                    order.into_iter().partition(|at| value(&rows[*at as usize], by).is_some());
                let is_same = |a: &u32, b: &u32| ascending(&rows[*a as usize], &rows[*b as usize], by).is_eq();
                let groups: Vec<Vec<u32>> = with.chunk_by(is_same).map(<[u32]>::to_vec).collect();
                (groups, without)
            };
            let (up, (mut down, without)) = (groups(false), groups(true));
            down.reverse();
            prop_assert_eq!(up, (down, without));
        }

        #[test]
        fn no_text_makes_it_panic(rows in rows(), search in "\\PC*", order in proptest::collection::vec(any::<u32>(), 0..9)) {
            let roles = roles();
            let found = matching(&rows, &order, &search, &words(&roles));
            prop_assert!(found.len() <= order.len());
        }
    }
}
