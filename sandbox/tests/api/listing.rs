//! Pages of invitations, members and roles.

use proptest::prelude::*;
use sandbox::{Status, World};
use serde_json::Value;

use crate::acme;
use crate::support::Browser;

const INVITATIONS: &str = "/v1/organizations/org_acme/invitations";

fn emails(reply: &Value) -> Vec<&str> {
    let rows = reply["response"]["data"].as_array().expect("rows");
    rows.iter().map(|r| r["email_address"].as_str().expect("an address")).collect()
}

#[tokio::test]
async fn the_newest_comes_first_whatever_the_order_of_arrival() {
    let (control, mut browser) = acme();
    control.change(|w| {
        for (email, at) in [("second@x.test", 2000), ("third@x.test", 1000), ("first@x.test", 3000)] {
            w.invite("org_acme", email, "org:member", Status::Pending, at);
        }
    });
    browser.get("/v1/client").await;
    let reply = browser.get(INVITATIONS).await;
    assert_eq!(emails(&reply.body), ["first@x.test", "second@x.test", "third@x.test"]);
}

#[tokio::test]
async fn ten_rows_are_a_page_when_nothing_is_said() {
    let (control, mut browser) = acme();
    control.change(|w| {
        for n in 0..12 {
            w.invite("org_acme", &format!("guest{n}@x.test"), "org:member", Status::Pending, n);
        }
    });
    browser.get("/v1/client").await;
    let reply = browser.get(INVITATIONS).await;
    assert_eq!((emails(&reply.body).len(), &reply.body["response"]["total_count"]), (10, &12.into()));
}

#[tokio::test]
async fn a_status_nobody_knows_shows_only_where_nothing_is_filtered() {
    let (control, _) = acme();
    let mut browser = Browser::unchecked(&control);
    let odd = Status::Other("suspended".to_owned());
    control.change(|w| w.invite("org_acme", "odd@x.test", "org:member", odd, 1));
    browser.get("/v1/client").await;
    assert_eq!(browser.get(INVITATIONS).await.body["response"]["data"][0]["status"], "suspended");
    let filtered = browser.get(&format!("{INVITATIONS}?status=pending&status=invalid")).await;
    assert_eq!(filtered.body["response"]["total_count"], 0);
}

#[tokio::test]
async fn members_are_found_by_name_address_and_role() {
    let (_control, mut browser) = acme();
    browser.get("/v1/client").await;
    for (query, found) in [
        ("query=planck", 1),
        ("query=ADA", 1),
        ("query=demo.test", 2),
        ("query=nobody", 0),
        ("role=org:admin", 1),
    ] {
        let reply = browser.get(&format!("/v1/organizations/org_acme/memberships?{query}")).await;
        assert_eq!(reply.body["response"]["total_count"], found, "{query}");
    }
}

#[tokio::test]
async fn somebody_in_many_organizations_reads_them_in_pages() {
    let (control, mut browser) = acme();
    control.change(|w| {
        for n in 0..14 {
            let id = format!("org_{n}");
            w.add_organization(&id, "Another");
            w.add_membership(&id, "user_ada", "org:member");
        }
    });
    browser.get("/v1/client").await;
    let first = browser.get("/v1/me/organization_memberships").await;
    let last = browser.get("/v1/me/organization_memberships?limit=10&offset=10").await;
    let rows = |v: &Value| v["response"]["data"].as_array().map(Vec::len);
    assert_eq!((rows(&first.body), rows(&last.body)), (Some(10), Some(5)));
    assert_eq!(first.body["response"]["total_count"], 15);
}

/// 100,000 invitations, and the dearest page there is: far back, of several statuses.
#[test]
fn a_page_of_ten_touches_few_rows_of_a_hundred_thousand() {
    let mut world = World::empty();
    world.add_organization("org_acme", "Acme");
    let status =
        |n: u64| ["pending", "accepted", "revoked", "expired"][usize::try_from(n % 4).expect("small")];
    world.invite_many(
        "org_acme",
        (0..100_000_u64)
            .rev()
            .map(|n| (format!("guest{n}@x.test"), "org:member".to_owned(), Status::from_word(status(n)), n)),
    );
    let pages: [(&[Status], usize); 4] = [
        (&[], 99_990),
        (&[Status::Pending], 0),
        (&[Status::Pending], 24_990),
        (&[Status::Pending, Status::Accepted, Status::Revoked], 74_990),
    ];
    for (statuses, offset) in pages {
        let began = std::time::Instant::now();
        let page = world.invitations.page("org_acme", statuses, offset, 10);
        println!("{statuses:?} from {offset}: {} touched, {:?}", page.touched, began.elapsed());
        assert_eq!(page.rows.len(), 10);
        assert!(page.touched < 1_500, "{} touched", page.touched);
    }
}

fn any_status() -> impl Strategy<Value = Status> {
    prop::sample::select(vec!["pending", "accepted", "revoked", "expired"]).prop_map(Status::from_word)
}

proptest! {
    /// The index must never show: a page is what sorting and counting everything would give.
    #[test]
    fn a_page_is_what_a_plain_scan_would_find(
        sent in prop::collection::vec((any_status(), 0_u64..20), 0..60),
        changed in prop::collection::vec((0_usize..60, any_status()), 0..20),
        wanted in prop::collection::vec(any_status(), 0..4),
        offset in 0_usize..70,
        limit in 1_usize..20,
        at_once in any::<bool>(),
    ) {
        let mut world = World::empty();
        let email = |n: usize| format!("guest{n}@x.test");
        if at_once {
            let rows = sent.iter().enumerate();
            world.invite_many("org_acme", rows.map(|(n, (s, at))| (email(n), "r".into(), s.clone(), *at)));
        } else {
            for (n, (status, at)) in sent.iter().enumerate() {
                world.invite("org_acme", &email(n), "r", status.clone(), *at);
            }
        }
        world.invite("org_other", "else@x.test", "r", Status::Pending, 5);
        let ids: Vec<String> = world.invitations.iter().map(|i| i.id.clone()).collect();
        for (n, status) in changed.into_iter().filter(|(n, _)| *n < sent.len()) {
            world.invitations.set_status(&ids[n], status);
        }

        let mut scan: Vec<_> = world.invitations.iter().filter(|i| i.organization_id == "org_acme")
            .filter(|i| wanted.is_empty() || wanted.contains(&i.status)).enumerate().collect();
        scan.sort_by_key(|(n, i)| std::cmp::Reverse((i.created_at, *n)));
        let page = world.invitations.page("org_acme", &wanted, offset, limit);
        prop_assert_eq!(page.total, scan.len());
        let expected: Vec<_> = scan.into_iter().map(|(_, i)| &i.id).skip(offset).take(limit).collect();
        prop_assert_eq!(page.rows.into_iter().map(|i| &i.id).collect::<Vec<_>>(), expected);
    }
}
