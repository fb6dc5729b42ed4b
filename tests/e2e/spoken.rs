//! What a screen reader is told: the roles and names in the tree that Chromium makes for it.

use sandbox::world::{MEMBER, now_ms};
use sandbox::{On, Status};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::support::*;

const REVOKE: &str = "/v1/organizations/*/invitations/*/revoke";

/// The roles and names of everything that is not left out, in their order; each name without the marks of direction.
async fn tree(page: &Page) -> Vec<(String, String)> {
    let tree: Value = page.chromium("Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().expect("nodes").iter().filter(|node| node["ignored"] == false);
    let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
    let is_mark = |letter: char| ('\u{2066}'..='\u{2069}').contains(&letter);
    nodes
        .map(|node| (text(&node["role"]), text(&node["name"]).replace(is_mark, "").trim().to_owned()))
        .collect()
}

/// Waits until all of these are told.
async fn tells(page: &Page, expected: &[(&str, &str)]) {
    page.until(format!("{expected:?} to be told"), async || {
        let tree = tree(page).await;
        let is_told = |(role, name): &&(&str, &str)| tree.iter().any(|(r, n)| r == role && n == name);
        expected.iter().all(|one| is_told(&one)).then_some(())
    })
    .await;
}

fn in_pages(count: u64) -> Stage {
    Stage::signed_in("user_ada", Some("org_pages")).world(|world| pages_world(world, "org_pages", count))
}

#[tokio::test]
async fn the_list_is_a_table_with_named_rows_boxes_and_heads_that_sort() {
    in_pages(12)
        .play(async |page| {
            page.open_list("").await;
            page.has_counted("All 12").await;
            tells(
                page,
                &[
                    ("navigation", "Filter by status"),
                    ("link", "Pending 12"),
                    ("link", "Needs attention 0"),
                    ("searchbox", "Search by email, role or status"),
                    ("button", "Copy email addresses"),
                    ("button", "Export as CSV"),
                    ("button", "Refresh"),
                    ("table", "Pending invitations 12"),
                    ("checkbox", "Select all on this page"),
                    ("columnheader", "Email"),
                    ("columnheader", "Invited"),
                    ("columnheader", "Expires"),
                    ("columnheader", "Role"),
                    ("columnheader", "Actions"),
                    ("button", "Email"),
                    ("rowheader", "p1@pages.test"),
                    ("checkbox", "Select p1@pages.test"),
                    ("button", "Resend invitation to p1@pages.test"),
                    ("button", "More actions for p1@pages.test"),
                    ("navigation", "Pages"),
                    ("combobox", "Rows per page"),
                    ("button", "Next page"),
                ],
            )
            .await;
            let of = |role: &str, tree: &[(String, String)]| tree.iter().filter(|(r, _)| r == role).count();
            let tree = tree(page).await;
            assert_eq!((of("row", &tree), of("rowheader", &tree), of("columnheader", &tree)), (11, 10, 6));
            // No button, link or field without a name.
            let nameless: Vec<_> = tree
                .iter()
                .filter(|(role, name)| {
                    ["button", "link", "checkbox", "combobox", "searchbox", "textbox"].contains(&&**role)
                        && name.is_empty()
                })
                .collect();
            assert!(nameless.is_empty(), "{nameless:?}");
        })
        .await;
}

#[tokio::test]
async fn on_a_narrow_screen_it_is_the_same_table() {
    in_pages(3)
        .play(async |page| {
            page.resize(360, 740).await;
            page.open_list("").await;
            page.has_counted("All 3").await;
            tells(
                page,
                &[
                    ("table", "Pending invitations 3"),
                    ("rowheader", "p1@pages.test"),
                    ("checkbox", "Select p1@pages.test"),
                    ("button", "More actions for p1@pages.test"),
                ],
            )
            .await;
            let tree = tree(page).await;
            assert!(tree.iter().filter(|(role, _)| role == "row").count() >= 3);
        })
        .await;
}

#[tokio::test]
async fn the_question_is_a_dialog_and_what_goes_on_is_a_progress_bar() {
    in_pages(3)
        .play(async |page| {
            page.open_list("").await;
            page.click(checkbox("Select all on this page")).await;
            tells(
                page,
                &[("button", "Resend 3"), ("button", "Change role 3"), ("button", "Clear selection")],
            )
            .await;
            page.does_with_chosen("Revoke").await;
            tells(
                page,
                &[
                    ("dialog", "Revoke these invitations?"),
                    ("heading", "Revoke these invitations?"),
                    ("button", "Cancel"),
                    ("button", "Revoke 3 invitations"),
                ],
            )
            .await;
            // What is behind it is out of reach.
            let behind = tree(page).await;
            assert!(!behind.iter().any(|(role, _)| role == "table"), "{behind:?}");
            let gate = page.control.gate(On::post(REVOKE));
            page.click(button("Revoke 3 invitations")).await;
            gate.reached(3).await;
            tells(
                page,
                &[("progressbar", "Revoking…"), ("button", "Stop"), ("table", "Pending invitations 3")],
            )
            .await;
            let script = "
                const [bar] = find(arguments[0]);
                return [bar.max, bar.value]";
            assert_eq!(page.eval::<(f64, f64)>(script, json!(any("progressbar"))).await, (3.0, 0.0));
            gate.open();
            page.is_told("3 revoked").await;
            tells(page, &[("heading", "Pending invitations 0")]).await;
        })
        .await;
}

/// Waits for a screen of the invitee's side: its main part begins with this heading, and no button of it is without a name.
async fn begins_with(page: &Page, heading: &str, expected: &[(&str, &str)]) {
    tells(page, &[("main", ""), ("heading", heading)]).await;
    tells(page, expected).await;
    let tree = tree(page).await;
    let at = |wanted: &str| tree.iter().position(|(role, _)| role == wanted);
    let first = at("heading").and_then(|at| tree.get(at)).map(|(_, name)| name.as_str());
    assert_eq!((first, at("main") < at("heading")), (Some(heading), true), "{tree:?}");
    let controls = tree.iter().filter(|(role, _)| role == "button" || role == "link");
    assert!(controls.clone().all(|(_, name)| !name.is_empty()), "{tree:?}");
    assert!(at("heading") < tree.iter().position(|(role, _)| role == "button" || role == "link"), "{tree:?}");
}

#[tokio::test]
async fn each_of_the_invitees_screens_begins_with_its_heading_and_the_keyboard_is_there() {
    let (stage, id, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .play(async |page| {
            let link = link_with(&ticket, "sign_in");
            page.open(&link).await;
            let ways = [("button", "Use another account"), ("button", "Sign out")];
            let offers = [("list", "Your invitations"), ("button", "Join Acme"), ("button", "Join Cascade")];
            begins_with(page, "Acme invited you", &[&offers[..], &ways].concat()).await;
            page.focus_is_on(heading("Acme invited you")).await;
            // By the keyboard alone: the first thing after the heading joins.
            let gate = page.control.gate(On::post(ACCEPT));
            page.press(Key::Tab + "").await;
            page.focus_is_on(button("Join Acme")).await;
            page.press(Key::Enter + "").await;
            gate.reached(1).await;
            page.has(button("Join Acme"), "aria-busy", Some("true")).await;
            page.focus_is_on(button("Join Acme")).await;
            gate.open();
            let others = ("button", "Other invitations and organizations");
            begins_with(page, "Welcome to Acme", &[&[others][..], &ways].concat()).await;
            page.focus_is_on(heading("Welcome to Acme")).await;
            page.click(button("Other invitations and organizations")).await;
            begins_with(page, "Your invitations", &[("list", "Your organizations"), ("button", "Open Acme")])
                .await;
            page.focus_is_on(heading("Your invitations")).await;
            // The same for another person, after Clerk's form.
            page.control.change(|world| world.invitations.set_status(&id, Status::Revoked));
            page.click(button("Sign out")).await;
            signs_in(page, "max@demo.test").await;
            begins_with(page, "Your invitations", &[("button", "Manage account"), ("button", "Open Guild")])
                .await;
            page.focus_is_on(heading("Your invitations")).await;
            page.open(&link).await;
            let title = "This invitation isn’t in your account";
            begins_with(page, title, &[&[("button", "Manage account")][..], &ways].concat()).await;
            page.focus_is_on(heading(title)).await;
            page.click(button("Use another account")).await;
            begins_with(page, "This invitation was revoked", &[("link", "Sign in")]).await;
            page.focus_is_on(heading("This invitation was revoked")).await;
        })
        .await;
}

#[tokio::test]
async fn what_is_said_stands_in_lines_that_were_there_before() {
    in_pages(3)
        .play(async |page| {
            page.open_list("").await;
            // A live region that arrives together with its text is not read out.
            let lines = "return document.querySelectorAll('[role=status]').length";
            let before: u32 = page.eval(lines, json!(null)).await;
            assert!(before >= 2, "the status line and the range");
            page.eval::<()>("window.lines = find(arguments[0])", json!(any("status"))).await;
            page.picks("p1@pages.test", "Revoke").await;
            page.click(button("Revoke invitation")).await;
            page.is_told("Invitation for p1@pages.test revoked.").await;
            let is_same = "return window.lines.some((line) => line.isConnected && line.getAttribute('role') === 'status'
                && clean(line.textContent).includes('revoked.'))";
            assert!(page.eval::<bool>(is_same, json!(null)).await);
        })
        .await;
}

#[tokio::test]
async fn an_invitee_is_told_what_each_button_is_about_and_what_has_become_of_it() {
    let (stage, _, ticket) = with_link(Stage::signed_in("user_nora", None));
    stage
        .world(|world| {
            world.suggest("org_nearly", "user_nora");
            world.invite("org_blank", "nora@demo.test", MEMBER, Status::Pending, now_ms());
        })
        .play(async |page| {
            page.open(&link_with(&ticket, "sign_in")).await;
            tells(
                page,
                &[
                    ("heading", "Acme invited you"),
                    ("list", "Your invitations"),
                    ("button", "Join Acme"),
                    ("button", "Join Blank Slate"),
                    ("list", "Suggested for your email domain"),
                    ("button", "Request to join Nearly Full"),
                    ("button", "Use another account"),
                    ("button", "Sign out"),
                ],
            )
            .await;
            page.fails_once(On::post(ACCEPT), refusal(403, "organization_membership_quota_exceeded"));
            page.click(button("Join Acme")).await;
            page.see(alert("The organization is full")).await;
            page.click(button("Request to join Nearly Full")).await;
            page.is_told("Request sent. An admin will review it.").await;
            page.click(button("Join Acme")).await;
            tells(page, &[("heading", "Welcome to Acme")]).await;
            page.focus_is_on(heading("Welcome to Acme")).await;
        })
        .await;
}
