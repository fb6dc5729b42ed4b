use super::*;
use crate::domain::invitation::DAY;
use crate::domain::list_query::ListQuery;
use crate::domain::page_request::PageRequest;
use crate::domain::paging::PageSize;
use crate::domain::testing::{UNICODE, invitation};
use crate::domain::{InvitationId, Page, Role, RoleKey};
use proptest::prelude::*;
use std::collections::HashSet;

/// The places in `rows` of those that the query asks for, in its order.
fn find(rows: &[&Invitation], query: &ListQuery, words: &Vocabulary<'_>) -> Vec<u32> {
    matching(rows, &order(rows, query.filter, query.sort, words), &query.search, words)
}

/// The rows as the list hands them over: borrowed from the one place where they live.
fn borrowed(rows: &[Invitation]) -> Vec<&Invitation> {
    rows.iter().collect()
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
    Vocabulary {
        roles: Some(roles),
        statuses: &german,
        lowercase: str::to_lowercase,
        now: NOW,
        is_member: &|_| false,
        is_dismissed: &|_| false,
    }
}

fn query(filter: StatusFilter, search: &str, sort: Option<Sort>) -> ListQuery {
    let page = PageRequest { page: Page::FIRST, size: PageSize::Ten };
    ListQuery { filter, search: search.to_owned(), sort, joined: None, page }
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

fn found(filter: StatusFilter, search: &str, sort: Option<(Column, bool)>) -> Vec<u32> {
    let sort = sort.map(|(by, is_descending)| Sort { by, is_descending });
    find(&borrowed(&few()), &query(filter, search, sort), &words(&roles()))
}

#[test]
fn each_word_of_a_search_is_found_in_the_address_the_role_or_the_status() {
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
        assert_eq!(found(StatusFilter::All, search, None), places, "{search}");
    }
}

/// The addresses that are found by a search, of these.
fn found_of<'a>(addresses: &[&'a str], search: &str) -> Vec<&'a str> {
    let rows: Vec<_> = addresses.iter().map(|email| invitation(email, Status::Pending)).collect();
    let roles = roles();
    let words = Vocabulary { lowercase: |text| UNICODE.folded(text), ..words(&roles) };
    let places = find(&borrowed(&rows), &query(StatusFilter::All, search, None), &words);
    places.into_iter().map(|at| addresses[at as usize]).collect()
}

#[test]
fn an_address_is_found_in_whatever_spelling_it_is_shown_and_searched() {
    const ADDRESSES: [&str; 7] = [
        "j\u{f6}rg@x.de",
        "ada@b\u{fc}cher.example",
        "eve@xn--bcher-kva.example",
        "jane+x@example.photography",
        "rick@EXAMPLE.MUSEUM",
        "mi\u{212a}e@x.de",
        "\u{ff4a}im@x.de",
    ];
    let [joerg, ada, eve, jane, rick, mike, jim] = ADDRESSES;
    for (search, found) in [
        ("JO\u{308}RG", &[joerg][..]),
        ("j\u{f6}r", &[joerg]),
        ("B\u{dc}CHER", &[ada, eve]),
        ("bu\u{308}ch", &[ada, eve]),
        ("xn--bcher-kva.example", &[ada, eve]),
        ("ada@XN--bcher-kva.example", &[ada]),
        ("xn--bcher", &[eve]),
        ("ADA@b\u{fc}cher.example", &[ada]),
        ("Jane+X@Example.PHOTOGRAPHY", &[jane]),
        ("rick@example.museum", &[rick]),
        ("\u{ff52}\u{ff29}\u{ff43}\u{ff4b}\u{ff20}", &[rick]),
        ("mi\u{212a}e", &[mike]),
        ("MI\u{212a}E", &[mike]),
        ("mike", &[]),
        ("\u{ff4a}im", &[jim]),
        ("JIM@", &[jim]),
    ] {
        assert_eq!(found_of(&ADDRESSES, search), found, "{search}");
    }
}

#[test]
fn a_role_is_found_in_whatever_width_and_composition_it_is_searched() {
    for search in ["a\u{308}rzt", "\u{c4}RZT", "\u{ff21}usstehend \u{e4}rz"] {
        let roles = roles();
        let words = Vocabulary { lowercase: |text| UNICODE.folded(text), ..words(&roles) };
        let places = find(&borrowed(&few()), &query(StatusFilter::Pending, search, None), &words);
        assert_eq!(places, [0], "{search}");
    }
}

#[test]
fn the_role_name_of_the_invitation_is_searched_where_the_role_is_not_known() {
    let mut rows = few();
    rows[3].role_name = Some("Gästin".to_owned());
    rows[0].role_name = Some("Old name".to_owned());
    let roles = roles();
    let rows = borrowed(&rows);
    let at = |search: &str, words: &Vocabulary<'_>| matching(&rows, &[0, 3], search, words);
    assert_eq!((at("gäst", &words(&roles)), at("old", &words(&roles))), (vec![3], vec![]));
    let unknown = Vocabulary { roles: None, ..words(&roles) };
    assert_eq!((at("old", &unknown), at("ärzt", &unknown)), (vec![0], vec![]));
}

#[test]
fn each_filter_shows_its_rows_and_those_that_need_attention_begin_with_the_oldest() {
    for (shown, places) in [
        (StatusFilter::Pending, &[0, 1][..]),
        (StatusFilter::Attention, &[2, 1]),
        (StatusFilter::Accepted, &[4]),
        (StatusFilter::Revoked, &[3]),
        (StatusFilter::All, &[0, 1, 2, 3, 4]),
    ] {
        assert_eq!(found(shown, "", None), places, "{shown:?}");
    }
}

#[test]
fn who_was_invited_again_or_has_joined_needs_no_attention_any_more() {
    let rows = [
        invited("ada@x.de", "org:member", Status::Pending, 39.0),
        invited("bob@x.de", "org:member", Status::Accepted, 30.0),
        invited("eve@x.de", "org:member", Status::Revoked, 29.0),
        invited("kim@x.de", "org:member", Status::Expired, 9.0),
        invited("ADA@x.de", "org:member", Status::Expired, 8.0),
        invited("kim@x.de", "org:member", Status::Expired, 7.0),
        invited("bob@x.de", "org:member", Status::Expired, 6.0),
        invited("eve@x.de", "org:member", Status::Expired, 5.0),
        invited("jo@x.de", "org:member", Status::Expired, 4.0),
    ];
    let rows: Vec<_> =
        (0..).zip(rows).map(|(n, row)| Invitation { id: InvitationId(format!("{n}")), ..row }).collect();
    let (roles, wanted) = (roles(), query(StatusFilter::Attention, "", None));
    assert_eq!(find(&borrowed(&rows), &wanted, &words(&roles)), [8, 3]);
    let members = Vocabulary { is_member: &|key| key == "jo@x.de", ..words(&roles) };
    assert_eq!(find(&borrowed(&rows), &wanted, &members), [3]);
}

#[test]
fn a_pending_one_whose_time_is_over_is_found_by_the_word_that_it_is_shown_with() {
    let over = Invitation { expires: Some(NOW), ..invited("ada@x.de", "org:member", Status::Pending, 39.0) };
    let rows = [over, invited("bob@x.de", "org:member", Status::Pending, 39.0)];
    let roles = roles();
    let found = |search| find(&borrowed(&rows), &query(StatusFilter::All, search, None), &words(&roles));
    assert_eq!((found("abgelaufen"), found("ausstehend"), found("expired")), (vec![0], vec![1], vec![0]));
}

#[test]
fn rows_without_a_date_come_last_in_either_direction() {
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
        assert_eq!(found(StatusFilter::All, "", Some((by, is_descending))), places, "{by:?} {is_descending}");
    }
}

#[test]
fn matching_rows_are_found_among_twenty_thousand() {
    let rows: Vec<_> = (0..20_000)
        .map(|n| {
            let status = [Status::Pending, Status::Accepted, Status::Expired][n % 3].clone();
            invited(&format!("p{n}@x.de"), ["org:admin", "org:member"][n % 2], status, n as f64)
        })
        .collect();
    let (rows, roles) = (borrowed(&rows), roles());
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
fn a_place_beyond_the_last_row_is_ignored() {
    assert_eq!(matching(&borrowed(&few()), &[7, 1, u32::MAX], "a", &words(&roles())), [1]);
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
        [&row.email, &row.role.0, &shown_name(row), &german(&row.status_at(NOW)), row.status_at(NOW).word()]
            .into_iter()
            .any(|text| text.to_lowercase().contains(word))
    })
}

/// The rows stand in no order here, so that only dates tell.
fn is_newest(rows: &[Invitation], at: usize) -> bool {
    let same = || rows.iter().filter(|other| other.email_key == rows[at].email_key);
    let newest = same().fold(None, |newest: Option<&Invitation>, row| match newest {
        Some(newest) if !row.is_newer_than(newest) => Some(newest),
        _ => Some(row),
    });
    newest.is_none_or(|newest| newest.id == rows[at].id)
}

fn is_wanted(rows: &[Invitation], at: usize, shown: StatusFilter) -> bool {
    let row = &rows[at];
    match shown {
        StatusFilter::Pending => row.status == Status::Pending,
        StatusFilter::Attention => row.needs_attention(NOW) && is_newest(rows, at),
        StatusFilter::Accepted => matches!(row.status.word(), "accepted" | "completed"),
        StatusFilter::Revoked => row.status == Status::Revoked,
        StatusFilter::All => true,
    }
}

/// How two rows are ordered when neither lacks what is sorted by.
fn ascending(a: &Invitation, b: &Invitation, by: Column) -> Ordering {
    match by {
        Column::Email => a.email.to_lowercase().cmp(&b.email.to_lowercase()),
        Column::Role => shown_name(a).to_lowercase().cmp(&shown_name(b).to_lowercase()),
        Column::Status => german(&a.status_at(NOW)).cmp(&german(&b.status_at(NOW))),
        Column::Invited | Column::Changed | Column::Expires => {
            value(a, by).partial_cmp(&value(b, by)).expect("no NaN")
        }
    }
}

fn value(row: &Invitation, by: Column) -> Option<f64> {
    match by {
        Column::Invited => row.created.map(|date| date.0),
        Column::Changed => row.updated.map(|date| date.0),
        Column::Expires => {
            row.expires.or(row.created.map(|date| Timestamp(date.0 + 30.0 * DAY))).map(|d| d.0)
        }
        _ => Some(0.0),
    }
    .filter(|value| !value.is_nan())
}

proptest! {
    #[test]
    fn each_matching_row_is_found_once_in_the_order_of_a_plain_comparison(
        rows in rows(), shown in 0usize..5, sort in sorts(),
        search in "( |[a-c]|@|x\\.|org:|ÄR|che|aus|an|Pen|e){0,4}",
    ) {
        let (roles, shown) = (roles(), StatusFilter::ALL[shown]);
        let found = find(&borrowed(&rows), &query(shown, &search, sort), &words(&roles));
        let distinct: HashSet<_> = found.iter().copied().collect();
        prop_assert_eq!(distinct.len(), found.len());
        for (at, row) in rows.iter().enumerate() {
            let expected = is_wanted(&rows, at, shown) && is_match(row, &search);
            prop_assert_eq!(distinct.contains(&(at as u32)), expected, "{} {:?}", search, row);
        }
        let usual = match shown {
            StatusFilter::Attention => Some(Sort { by: Column::Invited, is_descending: false }),
            StatusFilter::Accepted => Some(Sort { by: Column::Changed, is_descending: true }),
            _ => None,
        };
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
    fn the_opposite_direction_reverses_the_groups_of_equal_rows_and_keeps_the_order_within_each(rows in rows(), by in 0usize..6) {
        let (roles, by) = (roles(), Column::ALL[by]);
        let groups = |is_descending| {
            let sort = Some(Sort { by, is_descending });
            let order = order(&borrowed(&rows), StatusFilter::All, sort, &words(&roles));
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
    fn no_search_text_makes_it_panic(rows in rows(), search in "\\PC*", order in proptest::collection::vec(any::<u32>(), 0..9)) {
        let roles = roles();
        let found = matching(&borrowed(&rows), &order, &search, &words(&roles));
        prop_assert!(found.len() <= order.len());
    }
}
