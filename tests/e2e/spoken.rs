//! What a screen reader is told: the roles and names in the tree that Chromium makes for it.

use sandbox::On;
use serde_json::{Value, json};

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
