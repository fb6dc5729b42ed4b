//! Files that people really bring: how they were understood, what wants a look, and who gets which role.

use std::path::PathBuf;

use serde_json::json;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const BULK: &str = "/v1/organizations/*/invitations/bulk";

/// One of the files that people drop.
fn case(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/cases")).join(name)
}

/// How often Clerk was asked to invite.
fn calls(page: &Page) -> usize {
    page.requests("POST", LIST).len() + page.requests("POST", BULK).len()
}

/// Waits until the form says how a table was understood.
async fn tells(page: &Page, said: &str) {
    let script = "return [...document.querySelectorAll('ul[aria-live] > li')].some((line) => clean(line.innerText).includes(arguments[0]))";
    page.until_true(format!("the line {said:?}"), script, json!(said)).await;
}

#[tokio::test]
async fn a_workbook_is_read_by_code_that_only_a_workbook_brings() {
    Stage::admin()
        .play(async |page| {
            let reader =
                async || page.downloads().await.iter().filter(|name| name.contains("-workbook-")).count();
            page.open_list("").await;
            page.choose_files(&[&case("heading-with-spaces.csv")]).await;
            page.keeps(&["jane@example.com", "rick@example.com"]).await;
            assert_eq!(reader().await, 0, "fetched although there is no workbook");
            page.click(button("Clear all")).await;
            page.choose_files(&[&case("staff.xlsx"), &case("staff.pdf")]).await;
            page.keeps(&["jane@example.com", "rick@example.com"]).await;
            tells(page, "staff.xlsx: 2 people from “Email”, roles from “Role”").await;
            page.see(alert("staff.pdf is a PDF.").partly()).await;
            assert_eq!(reader().await, 1);
            page.is_accessible("a workbook").await;
        })
        .await;
}

#[tokio::test]
async fn a_table_is_read_anew_as_the_admin_says_and_nobody_else_in_it_is_invited() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.drop_file(
                "team.csv",
                "Name,Email,Manager,Status,Private mail\n\
                 Jane Doe,jane@team.test,boss@team.test,active,\n\
                 Rick Roe,rick@team.test,boss@team.test,suspended,\n\
                 Kim Lee,,boss@team.test,active,kim@home.test\n",
            )
            .await;
            page.keeps(&["jane@team.test", "kim@home.test"]).await;
            page.says_of("kim@home.test", "From the column “Private mail”").await;
            page.would_send("Send 1 invitation").await;
            page.click(button("Add the 1 skipped")).await;
            page.keeps(&["jane@team.test", "kim@home.test", "rick@team.test"]).await;
            page.click(button("Change how team.csv is read")).await;
            page.is_accessible("the columns of a table").await;
            page.choose(combobox("Status"), "Ignore").await;
            page.choose(combobox("Private mail"), "Ignore").await;
            page.click(button("Apply")).await;
            page.keeps(&["jane@team.test", "rick@team.test", "Kim Lee"]).await;
            page.click(sender()).await;
            page.reports("2 sent").await;
            page.keeps(&["Kim Lee"]).await;
            let invited = page.control.change(|world| {
                let of = |email: &str| world.invitations.addressed_to(email).count();
                ["jane@team.test", "rick@team.test", "boss@team.test", "kim@home.test"].map(of)
            });
            assert_eq!(invited, [1, 1, 0, 0]);
        })
        .await;
}

#[tokio::test]
async fn each_powerful_role_of_a_file_is_named_with_who_gets_it_before_anything_is_sent() {
    Stage::signed_in("user_ada", Some("org_studio"))
        .play(async |page| {
            page.open_list("").await;
            page.drop_file(
                "roles.csv",
                "email,role\njane@roles.test,Admin\nrick@roles.test,People lead\nmia@roles.test,Guest\n\
                 lee@roles.test,Developer\nann@roles.test,Owner\n",
            )
            .await;
            // Roles that do not exist here are settled by one act.
            page.says_of("lee@roles.test", "Unknown role “Developer”").await;
            page.click(button("As Guest")).await;
            page.would_send("Send 5 invitations").await;
            page.click(sender()).await;
            let asked = page.text(dialog("Invite people with these roles?")).await;
            for piece in ["jane@roles.test as Admin", "rick@roles.test as People lead"] {
                assert!(asked.contains(piece), "{piece} is not in {asked}");
            }
            page.is_accessible("the question about two roles").await;
            page.click(button("Cancel")).await;
            page.no_longer_see(any("dialog")).await;
            assert_eq!(calls(page), 0);
            page.click(sender()).await;
            page.click(button("Send invitations").within(any("dialog"))).await;
            page.reports("5 sent").await;
        })
        .await;
}
