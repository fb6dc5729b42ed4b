//! Answering the people who ask to join.

use std::time::Duration;

use sandbox::world::{MEMBER, RequestStatus};
use sandbox::{On, What};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/membership_requests";
const ACCEPT: &str = "/v1/organizations/*/membership_requests/*/accept";
const REJECT: &str = "/v1/organizations/*/membership_requests/*/reject";

/// The role of a person in Acme.
fn role_of(page: &Page, user: &str) -> Option<String> {
    page.control.change(|world| {
        world.organizations.get("org_acme")?.membership_of(user).map(|membership| membership.role.clone())
    })
}

async fn open_requests(page: &Page) {
    page.open_list("").await;
    page.has_counted("Requests 3").await;
    page.looks_at("Requests").await;
    page.see(button("Accept rosalind@acme.test")).await;
}

fn refused(status: u16, code: &str) -> What {
    What::Error { status, code: code.into(), message: "No".into(), meta: json!({}), headers: vec![] }
}

#[tokio::test]
async fn one_is_accepted_at_once_and_one_declined_after_a_question() {
    Stage::admin()
        .play_with_and_without_client_on_reads(async |page| {
            open_requests(page).await;
            page.address_becomes("?view=requests").await;
            page.is_accessible("the requests").await;
            page.double_click(button("Accept rosalind@acme.test")).await;
            page.is_told("rosalind@acme.test is now a member.").await;
            page.no_longer_see(button("Accept rosalind@acme.test")).await;
            page.has_counted("Requests 2").await;
            assert_eq!(role_of(page, "user_asking_1").as_deref(), Some(MEMBER));
            assert_eq!(page.requests("POST", ACCEPT).len(), 1);
            page.is_accessible("a request accepted").await;
            page.click(button("Decline emmy@acme.test")).await;
            page.see(dialog("Decline to let them join?")).await;
            page.is_accessible("the question whether to decline").await;
            page.press(Key::Escape).await;
            page.no_longer_see(any("dialog")).await;
            page.focus_is_on(button("Decline emmy@acme.test")).await;
            assert_eq!(page.requests("POST", REJECT).len(), 0);
            page.click(button("Decline emmy@acme.test")).await;
            page.click(any("button").named("Decline").within(any("dialog"))).await;
            page.is_told("Request from emmy@acme.test declined.").await;
            assert_eq!(role_of(page, "user_asking_2"), None);
            page.reload().await;
            page.see(button("Accept srinivasa@acme.test")).await;
            assert!(!page.shows(button("Accept emmy@acme.test")).await);
            page.resize(360, 800).await;
            page.see(button("Accept srinivasa@acme.test")).await;
            page.fits_its_width("the requests, narrow").await;
            page.click(checkbox("Select all on this page")).await;
            page.see(any("button").named("Decline 1")).await;
            page.fits_its_width("a selection of requests, narrow").await;
            // And back to the invitations.
            page.looks_at("Pending").await;
            page.address_becomes("").await;
            page.range_is("1–10 of 57").await;
        })
        .await;
}

#[tokio::test]
async fn a_selection_is_answered_after_one_question() {
    Stage::admin()
        .play(async |page| {
            open_requests(page).await;
            page.click(checkbox("Select all on this page")).await;
            page.see(any("button").named("Accept 3")).await;
            page.is_accessible("requests selected").await;
            page.click(any("button").named("Accept 3")).await;
            let text = page.text(any("dialog")).await;
            assert!(text.contains("They become members of Acme with the default role."), "{text}");
            page.click(any("button").named("Accept").within(any("dialog"))).await;
            page.is_told("3 accepted").await;
            for user in ["user_asking_1", "user_asking_2", "user_asking_3"] {
                assert_eq!(role_of(page, user).as_deref(), Some(MEMBER), "{user}");
            }
        })
        .await;
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_the_list_and_a_refusal_stands_at_its_row() {
    Stage::admin()
        .play(async |page| {
            open_requests(page).await;
            page.fails_once(On::post(ACCEPT), What::AppliedThenLost);
            page.click(button("Accept rosalind@acme.test")).await;
            page.see(row("rosalind@acme.test").named("No longer waiting.")).await;
            assert_eq!(page.requests("POST", ACCEPT).len(), 1);
            page.fails_once(On::post(ACCEPT), refused(403, "organization_membership_quota_exceeded"));
            page.click(button("Accept emmy@acme.test")).await;
            page.see(row("emmy@acme.test").named("The organization is full")).await;
            page.is_accessible("a refused acceptance of a request").await;
            assert_eq!(role_of(page, "user_asking_2"), None);
            page.click(button("Accept emmy@acme.test")).await;
            page.is_told("emmy@acme.test is now a member.").await;
            // The button is gone.
            page.focus_is_on(heading("Requests to join")).await;
            // Another admin was faster.
            page.control.change(|world| {
                let open = world.membership_requests.values_mut().find(|one| one.user == "user_asking_3");
                open.expect("a request").status = RequestStatus::Rejected;
            });
            page.click(button("Accept srinivasa@acme.test")).await;
            page.see(row("srinivasa@acme.test").named("No longer waiting.")).await;
            assert_eq!(role_of(page, "user_asking_3"), None);
        })
        .await;
}

#[tokio::test]
async fn a_list_of_requests_that_cannot_be_read_says_so_and_is_read_again() {
    Stage::admin()
        .play(async |page| {
            page.fails(On::get(LIST), What::Drop);
            page.open("?view=requests").await;
            page.see(alert("Couldn’t load the requests.")).await;
            page.is_accessible("requests that could not be read").await;
            page.control.clear_faults();
            page.fails(On::get(LIST), What::Delay(Duration::from_millis(50)));
            page.click(button("Try again")).await;
            page.see(button("Accept rosalind@acme.test")).await;
            page.focus_is_on(heading("Requests to join")).await;
        })
        .await;
}

#[tokio::test]
async fn they_are_counted_whatever_the_page_opens_with() {
    Stage::admin()
        .play(async |page| {
            for view in ["attention", "accepted"] {
                page.open(&format!("?view={view}")).await;
                page.has_counted("Requests 3").await;
            }
        })
        .await;
}

#[tokio::test]
async fn where_nobody_can_ask_and_where_nobody_does() {
    Stage::admin()
        .world(without_requests)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 137").await;
            assert!(!page.shows(any("link").named("Requests")).await);
            assert_eq!(page.requests("GET", LIST).len(), 0);
        })
        .await;
    Stage::signed_in("user_ada", Some("org_blank"))
        .play(async |page| {
            page.open_list("").await;
            page.looks_at("Requests").await;
            let says =
                "return find(arguments[0]).some((main) => clean(main.innerText).includes('No requests to join'))";
            page.until_true("that there is none", says, json!(any("main"))).await;
            page.is_accessible("no requests").await;
        })
        .await;
}
