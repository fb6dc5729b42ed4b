//! Each operation of the page under each fault between it and Clerk. A cell of this table holds when
//!
//! 1. the page says what happened, in a sentence,
//! 2. it claims nothing that Clerk's state denies,
//! 3. no address is lost and none is mailed twice,
//! 4. once the fault is over, the admin gets done what they wanted, without loading the page anew,
//! 5. no script of the page has gone wrong.
//!
//! All cells of an operation are played in one browser, each in a world of its own, with timers that run fast.

use std::fmt::Write;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use sandbox::world::ADMIN;
use sandbox::{Body, Gate, On, Status, What, World};
use serde_json::{Value, json};

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const WRITES: &str = "/v1/organizations/**";
const ROLES: &str = "/v1/organizations/*/roles";
const TOUCH: &str = "/v1/client/sessions/*/touch";

/// What is wrong between the page and Clerk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Offline,
    Dropped,
    Hanging,
    Status500,
    Html502,
    Empty503,
    Json429,
    Html429,
    Status401,
    Status403,
    Status404,
    Status409,
    AppliedButLost,
    Truncated,
    Nonsense,
}

impl Fault {
    const ALL: [Fault; 15] = [
        Fault::Offline,
        Fault::Dropped,
        Fault::Hanging,
        Fault::Status500,
        Fault::Html502,
        Fault::Empty503,
        Fault::Json429,
        Fault::Html429,
        Fault::Status401,
        Fault::Status403,
        Fault::Status404,
        Fault::Status409,
        Fault::AppliedButLost,
        Fault::Truncated,
        Fault::Nonsense,
    ];

    /// Begins, for as long as the result is held.
    async fn strike(self, page: &Page, on: On) -> Option<Gate> {
        match self {
            Fault::Hanging => return Some(page.control.gate(on)),
            // The page itself has to arrive.
            Fault::Offline if [Operation::Start.requests(), Operation::Roles.requests()].contains(&on) => {
                return Some(page.control.gate(on));
            }
            Fault::Offline => page.be_offline(true).await,
            _ => page.fails(on, self.what().expect("an answer")),
        }
        None
    }

    /// What the sandbox answers; `None` where it is not the one.
    fn what(self) -> Option<What> {
        let refusal = |status, code: &str| What::Error {
            status,
            code: code.to_owned(),
            message: "Said by Clerk.".to_owned(),
            meta: json!({}),
            headers: vec![],
        };
        let answer = |status, content_type: &str, text: &str| What::Answer {
            status,
            body: Body::Text { content_type: content_type.to_owned(), text: text.to_owned() },
            headers: vec![],
        };
        Some(match self {
            Fault::Offline | Fault::Hanging => return None,
            Fault::Dropped => What::Drop,
            Fault::Status500 => refusal(500, "internal_clerk_error"),
            Fault::Html502 => answer(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>"),
            Fault::Empty503 => answer(503, "text/plain", ""),
            Fault::Json429 => refusal(429, "too_many_requests"),
            Fault::Html429 => answer(429, "text/html", "<html><h1>429 Too Many Requests</h1></html>"),
            Fault::Status401 => refusal(401, "authentication_invalid"),
            Fault::Status403 => refusal(403, "action_blocked"),
            Fault::Status404 => refusal(404, "resource_not_found"),
            Fault::Status409 => refusal(409, "resource_locked"),
            Fault::AppliedButLost => What::AppliedThenLost,
            Fault::Truncated => {
                answer(200, "application/json", r#"{"response":{"data":[{"id":"orginv_1","em"#)
            }
            Fault::Nonsense => answer(200, "application/json", r#"{"response":{"some":"thing"}}"#),
        })
    }

    /// Ends.
    async fn ends(self, page: &Page) {
        page.control.clear_faults();
        if self == Fault::Offline {
            page.be_offline(false).await;
        }
    }
}

/// What the admin wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Start,
    List,
    NextPage,
    Roles,
    InviteOne,
    Invite25,
    Revoke,
    Resend,
    Switch,
}

const SUBJECT: &str = "p2@pages.test";

impl Operation {
    /// The requests that it makes.
    fn requests(self) -> On {
        match self {
            Operation::Start => On::any("/v1/**"),
            Operation::List | Operation::NextPage => On::get(LIST),
            Operation::Roles => On::get(ROLES),
            Operation::InviteOne | Operation::Invite25 | Operation::Revoke | Operation::Resend => {
                On::post(WRITES)
            }
            Operation::Switch => On::any(TOUCH),
        }
    }

    /// The addresses that are to be invited.
    fn addresses(self) -> Vec<String> {
        match self {
            Operation::InviteOne => vec!["n1@fault.test".to_owned()],
            Operation::Invite25 => (1..=25).map(|n| format!("n{n}@fault.test")).collect(),
            Operation::Resend => vec![SUBJECT.to_owned()],
            _ => vec![],
        }
    }

    /// The page before the fault.
    async fn prepare(self, page: &Page) {
        // At a start, too, for somebody who was here before: without its cookie clerk-js knows of no session.
        page.open_list("").await;
        if matches!(self, Operation::InviteOne | Operation::Invite25) {
            let all = self.addresses();
            match all.as_slice() {
                // A single one would stay in the box.
                [one] => {
                    page.write(addresses(), one).await;
                    page.press(thirtyfour::Key::Enter).await;
                }
                _ => page.paste(&all.join("\n")).await,
            }
            page.keeps(&all.iter().map(String::as_str).collect::<Vec<_>>()).await;
        }
        if matches!(self, Operation::Revoke | Operation::Resend) {
            // What it takes to ask and to send is fetched when the admin is about to.
            page.picks(SUBJECT, "Revoke").await;
            page.see(any("dialog")).await;
            page.press(thirtyfour::Key::Escape).await;
            page.no_longer_see(any("dialog")).await;
        }
        if self == Operation::Switch {
            page.click(button("Switch organization")).await;
            page.see(any("button").named("Other")).await;
        }
        if self == Operation::List {
            page.control.change(|world| {
                world.invite(
                    "org_pages",
                    "later@pages.test",
                    "org:member",
                    Status::Pending,
                    sandbox::world::now_ms(),
                );
            });
        }
        page.mark().await;
    }

    /// What the admin does.
    async fn begin(self, page: &Page) {
        match self {
            Operation::Start | Operation::Roles => {
                page.open("").await;
                page.mark().await;
            }
            Operation::List => page.click(button("Refresh")).await,
            Operation::NextPage => page.click(button("Next page")).await,
            Operation::InviteOne | Operation::Invite25 => page.click(sender()).await,
            Operation::Revoke => {
                page.picks(SUBJECT, "Revoke").await;
                page.click(button("Revoke invitation")).await;
            }
            Operation::Resend => page.resends(SUBJECT).await,
            Operation::Switch => page.click(any("button").named("Other")).await,
        }
    }

    /// Whether it is done, as Clerk has it and as the page shows it.
    async fn is_done(self, page: &Page) -> bool {
        match self {
            Operation::Start | Operation::Roles => {
                let script = "return rows().length === 10 && !!document.getElementById('invite-role') && !document.getElementById('invite-role').disabled";
                page.eval(script, json!(null)).await
            }
            Operation::List => page.emails().await.first().is_some_and(|email| email == "later@pages.test"),
            Operation::NextPage => page.emails().await.first().is_some_and(|email| email == "p11@pages.test"),
            Operation::InviteOne | Operation::Invite25 => {
                let entries = page.entries().await;
                entries.is_empty()
                    && self.addresses().iter().all(|email| statuses(page, email) == [Status::Pending])
            }
            Operation::Revoke => {
                statuses(page, SUBJECT) == [Status::Revoked]
                    && !page.rows().await.iter().any(|row| row.email == SUBJECT && row.is_busy)
            }
            Operation::Resend => {
                statuses(page, SUBJECT) == [Status::Revoked, Status::Pending]
                    && page.entries().await.is_empty()
            }
            Operation::Switch => page.shows(heading("Other")).await,
        }
    }

    /// The next thing to be pressed on the way to it.
    async fn go_on(self, page: &Page) {
        let pressed = "
            const [names, sends] = arguments[0];
            const buttons = all('button').filter((one) => one.getAttribute('aria-disabled') !== 'true' && !one.disabled);
            const found = names.map((name) => buttons.find((one) => nameOf(one).includes(name))).find((one) => one)
              ?? (sends ? all('submit').find((one) => one.getAttribute('aria-disabled') !== 'true') : null);
            found?.click();
            return found ? nameOf(found) : ''";
        let names: &[&str] = match self {
            Operation::Switch => &["Other", "Open organization switcher", "Switch organization", "Try again"],
            Operation::Revoke => {
                &["Revoke invitation", "Try again", "Revoke the invitation of p2@pages.test"]
            }
            Operation::Resend => &["Try again"],
            Operation::InviteOne | Operation::Invite25 => &[],
            Operation::NextPage => &["Try again"],
            Operation::Start | Operation::List | Operation::Roles => &["Try again", "Refresh"],
        };
        let sends = matches!(self, Operation::InviteOne | Operation::Invite25 | Operation::Resend);
        page.eval::<String>(pressed, json!([names, sends])).await;
    }
}

fn statuses(page: &Page, email: &str) -> Vec<Status> {
    page.control.change(|world| world.invitations.addressed_to(email).map(|one| one.status.clone()).collect())
}

fn world() -> World {
    let mut world = World::demo();
    pages_world(&mut world, "org_pages", 30);
    world.add_organization("org_other", "Other");
    world.add_membership("org_other", "user_ada", ADMIN);
    let session = world.sign_in("user_ada", Some("org_pages"));
    world.greet_new_clients_with(&session);
    world
}

/// What the page says now, without what it said before: of alerts, status lines, the form and rows.
const SAID: &str = "
    const said = [...all('alert'), ...all('status'), ...all('timer')].map((one) => clean(one.textContent));
    said.push(...rows().map((row) => clean(row.below?.textContent)));
    said.push(...[...document.querySelectorAll('form p, form li')].filter(isVisible).map((one) => clean(one.textContent)));
    return said.filter((text) => text)";

/// Plays a cell.
async fn cell(page: &Page, operation: Operation, fault: Fault) {
    let began = std::time::Instant::now();
    page.starts_anew_in(world()).await;
    operation.prepare(page).await;
    let before: Vec<String> = page.eval(SAID, json!(null)).await;
    let mut gate = fault.strike(page, operation.requests()).await;
    // clerk-js retries for half a minute. A page that is still to come must not be in haste before it is there.
    let is_there = !matches!(operation, Operation::Start | Operation::Roles);
    if is_there {
        page.hurries().await;
    }
    operation.begin(page).await;
    if !is_there {
        // A start waits for several answers, which take their time.
        let (is_there, times) = match operation {
            Operation::Roles => ("return rows().length === 10", 40),
            _ => ("return !!window.Clerk", 10),
        };
        page.until_true("the page", is_there, json!(null)).await;
        page.hurries_by(times).await;
    }
    if let Some(first) = gate.take_if(|_| fault == Fault::Offline) {
        first.reached(1).await;
        page.be_offline(true).await;
    }
    // 1. A sentence, or it is done in spite of the fault.
    let said = page
        .until("a sentence", async || {
            let said: Vec<String> = page.eval(SAID, json!(null)).await;
            let news: Vec<_> = said.into_iter().filter(|text| !before.contains(text)).collect();
            // What a role is for stands in the form of each organization.
            let is_sentence = |text: &String| {
                let tells_nothing = ["Loading", "Works in the organization."];
                text.contains(' ')
                    && text.contains('.')
                    && !tells_nothing.iter().any(|words| text.contains(words))
            };
            let is_done = operation.is_done(page).await;
            (is_done || news.iter().any(is_sentence)).then(|| news.join(" | "))
        })
        .await;
    println!("{operation:?} × {fault:?} after {:?}: {said}", began.elapsed());
    // 2. Nothing is claimed that Clerk's state denies.
    claims_nothing_wrong(page, operation).await;
    // 4. It gets done.
    if gate.is_some() {
        // What hangs is never carried out.
        page.fails(operation.requests(), What::Drop);
    }
    drop(gate);
    page.is_drawn().await;
    fault.ends(page).await;
    page.until("it to be done", async || {
        if operation.is_done(page).await {
            return Some(());
        }
        operation.go_on(page).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        None
    })
    .await;
    page.was_not_reloaded().await;
    // 3. Each address is invited, and once.
    for email in operation.addresses() {
        let pending = statuses(page, &email).into_iter().filter(|status| *status == Status::Pending).count();
        let mails = statuses(page, &email).len() - usize::from(operation == Operation::Resend);
        assert_eq!((pending, mails), (1, 1), "{email}");
    }
    // 5. No script has gone wrong. clerk-js leaves rejections of its own switch behind.
    let problems: Vec<String> = page.eval("return window.problems", json!(null)).await;
    assert!(problems.is_empty() || operation == Operation::Switch, "{problems:?}");
}

async fn claims_nothing_wrong(page: &Page, operation: Operation) {
    let said: Vec<String> = page.eval(SAID, json!(null)).await;
    let said = said.join(" | ");
    let is_pending = |email: &str| statuses(page, email).last() == Some(&Status::Pending);
    match operation {
        Operation::InviteOne => {
            assert!(!said.contains("Invitation sent") || is_pending("n1@fault.test"), "{said}");
            let kept = page.entries().await.iter().any(|entry| entry.text == "n1@fault.test");
            assert!(kept || is_pending("n1@fault.test"), "the address is lost: {said}");
        }
        Operation::Invite25 => {
            let kept: Vec<_> = page.entries().await.into_iter().map(|entry| entry.text).collect();
            for email in operation.addresses() {
                assert!(kept.contains(&email) || is_pending(&email), "{email} is lost: {said}");
            }
        }
        Operation::Revoke => {
            let claims = page
                .rows()
                .await
                .iter()
                .any(|row| row.email == SUBJECT && row.offers.is_empty() && !row.is_busy);
            assert!(!said.contains("is revoked") && !claims || !is_pending(SUBJECT), "{said}");
        }
        Operation::Resend => {
            assert!(!said.contains("New invitation sent") || statuses(page, SUBJECT).len() == 2, "{said}")
        }
        Operation::Switch => {
            assert!(!said.contains("Switched to org_pages"), "the admin has not left it: {said}");
            // Clerk's open menu hides the heading from screen readers.
            let is_true = "
                const heading = [...document.querySelectorAll('h1')].find((one) => one.checkVisibility());
                return !heading || clean(heading.textContent) === Clerk.organization?.name";
            page.until_true("the name of the active organization", is_true, json!(null)).await;
        }
        Operation::Start | Operation::List | Operation::NextPage | Operation::Roles => {
            let rows = page.emails().await;
            assert!(rows.iter().all(|email| is_pending(email)), "{rows:?}");
            assert!(!said.contains("Nobody"), "{said}");
        }
    }
}

/// Plays all cells of an operation, and tells of all that do not hold.
async fn table(operation: Operation) {
    let mut stage = Stage::signed_out().lasting(Duration::from_secs(500));
    for expected in
        ["clerk-js did not start", "Uncaught", "clerk.browser.js", "ClerkJS", "Clerk:", "[Clerk UI]"]
    {
        stage = stage.expecting(expected);
    }
    stage
        .play(async |page| {
            page.lets_documents_be_hurried().await;
            let mut broken = String::new();
            for fault in Fault::ALL {
                if let Err(panic) = AssertUnwindSafe(cell(page, operation, fault)).catch_unwind().await {
                    let why = panic.downcast_ref::<String>().map_or("", String::as_str);
                    let why: Value = why.chars().take(700).collect::<String>().into();
                    writeln!(broken, "{operation:?} × {fault:?}: {why}").expect("written");
                    fault.ends(page).await;
                }
            }
            assert!(broken.is_empty(), "cells that do not hold:\n{broken}");
        })
        .await;
}

macro_rules! operations {
    ($($(#[$attribute:meta])* $name:ident: $operation:ident)*) => {
        $(
            $(#[$attribute])*
            #[tokio::test]
            async fn $name() {
                table(Operation::$operation).await;
            }
        )*
    };
}

operations! {
    a_start_under_each_fault: Start
    a_list_under_each_fault: List
    a_next_page_under_each_fault: NextPage
    the_roles_under_each_fault: Roles
    one_invitation_under_each_fault: InviteOne
    twenty_five_invitations_under_each_fault: Invite25
    a_revoke_under_each_fault: Revoke
    a_resend_under_each_fault: Resend
    a_switch_under_each_fault: Switch
}
