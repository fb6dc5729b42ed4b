//! Which page stands at which address, at the root and below it.

use serde_json::json;

use crate::support::*;

#[tokio::test]
async fn an_unknown_address_says_so_and_leads_to_the_invitations() {
    Stage::admin()
        .play(async |page| {
            for address in ["nowhere", "404", "nowhere?page=2"] {
                page.open(address).await;
                page.see(heading("Page not found")).await;
            }
            page.is_accessible("not found").await;
            page.mark().await;
            page.click(link("Go to invitations")).await;
            page.range_is("1–10 of 57").await;
            page.address_becomes("").await;
            page.back().await;
            page.see(heading("Page not found")).await;
            page.forward().await;
            page.range_is("1–10 of 57").await;
            page.was_not_reloaded().await;
            page.open_list("index.html?page=2").await;
            page.range_is("11–20 of 57").await;
        })
        .await;
}

#[tokio::test]
async fn all_of_it_works_under_a_sub_path() {
    Stage::admin()
        .under("/team/")
        .play(async |page| {
            page.open_list("").await;
            page.range_is("1–10 of 57").await;
            page.click(button("Next page")).await;
            page.range_is("11–20 of 57").await;
            page.address_becomes("?page=2").await;
            page.reload().await;
            page.range_is("11–20 of 57").await;
            page.settled().await;
            page.click(button("First page")).await;
            page.address_becomes("").await;
            page.open("nowhere").await;
            page.see(heading("Page not found")).await;
            page.click(link("Go to invitations")).await;
            page.range_is("1–10 of 57").await;
            page.address_becomes("").await;
            page.settled().await;
            page.open_list("?lang=de").await;
            page.see(button("Einladung senden")).await;
            page.open("accept/?lang=en").await;
            page.see(heading("Your invitations")).await;
            page.address_becomes("accept?lang=en").await;
            page.open_list("?lang=en").await;
            page.click(button("Switch organization")).await;
            page.click(any("button").named("Blank Slate")).await;
            page.see(heading("Blank Slate")).await;
            page.address_becomes("?lang=en").await;
        })
        .await;
}

#[tokio::test]
async fn signing_in_under_a_sub_path_stays_there() {
    Stage::signed_out()
        .under("/team/")
        .play(async |page| {
            page.open("").await;
            page.write(textbox("Email address"), "ada@demo.test").await;
            page.click(button("Continue")).await;
            page.write(textbox("Password"), sandbox::world::DEMO_PASSWORD).await;
            page.click(button("Continue")).await;
            page.see(heading("Choose an organization")).await;
            page.address_becomes("").await;
        })
        .await;
}

#[tokio::test]
async fn who_comes_signed_out_is_sent_to_the_sites_own_page_beside_a_sub_path() {
    Stage::signed_out()
        .under("/team/")
        .configured(&[("signInUrl", json!("/login"))])
        .expecting("the server responded with a status of 404")
        .play(async |page| {
            page.open("").await;
            let has_come = "return location.pathname === '/login' && decodeURIComponent(location.href).endsWith('/team/')";
            page.until_true("the site's own page, with the way back", has_come, json!(null)).await;
        })
        .await;
}

#[tokio::test]
async fn who_has_no_account_is_sent_to_the_sites_own_sign_up_page_beside_a_sub_path() {
    Stage::signed_out()
        .under("/team/")
        .configured(&[("signUpUrl", json!("/register"))])
        .expecting("the server responded with a status of 404")
        .play(async |page| {
            page.open("").await;
            page.see(textbox("Email address")).await;
            // As Clerk's form does for whom it offers to sign up.
            page.eval::<()>("Clerk.redirectToSignUp()", json!(null)).await;
            page.until_true("the site's own page", "return location.pathname === '/register'", json!(null))
                .await;
            let is_the_sites = "return !document.getElementById('app')";
            assert!(page.eval::<bool>(is_the_sites, json!(null)).await, "this page has drawn itself there");
        })
        .await;
}

#[tokio::test]
async fn no_address_in_a_link_leads_who_signs_in_to_another_site() {
    Stage::signed_out()
        .play(async |page| {
            let there = "https%3A%2F%2Felsewhere.example%2F";
            let keys = ["redirect_url", "sign_in_force_redirect_url", "after_sign_in_url"];
            let query = keys.map(|key| format!("{key}={there}")).join("&");
            page.open(&format!("?{query}#/?{query}")).await;
            page.write(textbox("Email address"), "ada@demo.test").await;
            page.click(button("Continue")).await;
            page.write(textbox("Password"), sandbox::world::DEMO_PASSWORD).await;
            page.click(button("Continue")).await;
            page.see(heading("Choose an organization")).await;
        })
        .await;
}
