//! The page loaded anew at moments that nobody chose. What it says afterwards is what Clerk has.

use std::time::Duration;

use sandbox::{On, Seen, Status, What, World};
use serde_json::json;
use tokio::time::sleep;

use crate::support::*;

/// How often each test reloads.
const RELOADS: u64 = 30;
/// The longest wait, in milliseconds, between a call and the reload. Each call takes up to [`CALL`].
const LONGEST_WAIT: u64 = 60;
/// How long Clerk takes for a call, in milliseconds.
const CALL: u64 = 40;

/// Numbers that look random and are the same each time (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

fn world() -> World {
    let mut world = World::demo();
    pages_world(&mut world, "org_pages", 8);
    let session = world.sign_in("user_ada", Some("org_pages"));
    world.greet_new_clients_with(&session);
    world
}

fn statuses(page: &Page, email: &str) -> Vec<Status> {
    page.control.change(|world| world.invitations.addressed_to(email).map(|one| one.status.clone()).collect())
}

/// Reloads a random moment after the first calls have come, and waits until the page knows what had gone out.
async fn reload_amid(page: &Page, numbers: &mut Numbers, calls: u64) {
    let (after, wait) = (numbers.below(calls + 1), numbers.below(LONGEST_WAIT));
    println!("reload {wait} ms after call {after} of {calls}");
    let posts = |log: &[Seen]| log.iter().filter(|seen| seen.method == "POST").count() as u64;
    page.control.seen(|log| posts(log) >= after).await;
    sleep(Duration::from_millis(wait)).await;
    page.reload().await;
    page.control.clear_faults();
    page.settled().await;
    page.hurries().await;
    // Either all was over before, and no journal is left; or the page looks up what it says.
    let script = "
        const isLeft = Object.keys(sessionStorage).some((key) => key.includes('journal') && sessionStorage.getItem(key));
        const isTold = all('alert').some((one) => one.textContent.includes('loaded anew while it was sending'));
        const isKnown = !document.body.innerText.includes('Looking up whether it went out');
        return isTold ? isKnown && find(arguments[0]).some((one) => one.getAttribute('aria-disabled') !== 'true') : !isLeft";
    page.until_true("what had gone out to be known", script, json!(sender())).await;
}

/// What the form still has.
async fn kept(page: &Page) -> Vec<String> {
    page.entries().await.into_iter().map(|entry| entry.text).collect()
}

#[tokio::test]
async fn amid_twenty_five_addresses_the_form_keeps_just_those_that_have_not_gone_out() {
    let all: Vec<_> = (1..=25).map(|n| format!("n{n}@new.test")).collect();
    Stage::signed_out()
        .lasting(Duration::from_secs(400))
        .play(async |page| {
            page.lets_documents_be_hurried().await;
            let mut numbers = Numbers(25);
            for _ in 0..RELOADS {
                page.starts_anew_in(world()).await;
                page.open_list("").await;
                page.paste(&all.join("\n")).await;
                page.knows_all().await;
                page.fails(On::post("/v1/organizations/**"), What::Delay(Duration::from_millis(CALL)));
                page.control.forget_requests();
                page.click(sender()).await;
                reload_amid(page, &mut numbers, 3).await;
                let kept = kept(page).await;
                for email in &all {
                    let is_out = statuses(page, email) == [Status::Pending];
                    assert_ne!(kept.contains(email), is_out, "{email} is out: {is_out}");
                }
                if !kept.is_empty() {
                    page.click(sender()).await;
                }
                page.until("all to be out", async || {
                    all.iter().all(|email| statuses(page, email) == [Status::Pending]).then_some(())
                })
                .await;
            }
        })
        .await;
}

#[tokio::test]
async fn amid_a_resend_of_eight_nobody_is_left_without_an_invitation_unsaid() {
    let all: Vec<_> = (1..=8).map(|n| format!("p{n}@pages.test")).collect();
    Stage::signed_out()
        .lasting(Duration::from_secs(400))
        .play(async |page| {
            page.lets_documents_be_hurried().await;
            let mut numbers = Numbers(8);
            for _ in 0..RELOADS {
                page.starts_anew_in(world()).await;
                page.open_list("").await;
                page.click(checkbox("Select all on this page")).await;
                page.does_with_chosen("Resend").await;
                page.fails(On::post("/v1/organizations/**"), What::Delay(Duration::from_millis(CALL)));
                page.control.forget_requests();
                page.click(button("Resend 8 invitations")).await;
                reload_amid(page, &mut numbers, 16).await;
                let kept = kept(page).await;
                for email in &all {
                    let statuses = statuses(page, email);
                    let has_one = statuses.last() == Some(&Status::Pending);
                    assert!(has_one || kept.contains(email), "{email}: {statuses:?}, kept: {kept:?}");
                    let is_anew = statuses == [Status::Revoked, Status::Pending];
                    assert!(
                        !is_anew || !kept.contains(email),
                        "{email} has gone out and is kept to be sent again"
                    );
                }
                if !kept.is_empty() {
                    page.click(sender()).await;
                }
                page.until("each to have one", async || {
                    let has_one = |email: &String| statuses(page, email).last() == Some(&Status::Pending);
                    all.iter().all(has_one).then_some(())
                })
                .await;
                for email in &all {
                    let statuses = statuses(page, email);
                    let pending = statuses.iter().filter(|status| **status == Status::Pending).count();
                    assert!(pending == 1 && statuses.len() <= 2, "{email}: {statuses:?}");
                }
            }
        })
        .await;
}
