//! What an element takes its settings from: its attributes, the page's own `config.json`, the host's address.

use sandbox::world::{ADMIN, MEMBER, now_ms};
use sandbox::{Status, World};
use serde_json::{Value, json};

use crate::support::*;

/// The attributes of an element that starts Clerk by itself, against the sandbox.
fn key_and_proxy() -> String {
    format!("publishable-key=\"{}\" proxy-url=\"/__clerk\"", sandbox::publishable_key())
}

/// Opens a page with nothing but an element with these attributes, after a `script` of the host's.
async fn open_element(page: &Page, attributes: &str, script: &str) {
    page.open("bare.html").await;
    put_element(page, attributes, script).await;
}

/// The same in the document that is open.
async fn put_element(page: &Page, attributes: &str, script: &str) {
    let put = "document.body.innerHTML = `<clerk-invitations ${arguments[0]}></clerk-invitations>`";
    page.eval::<()>(&[script, put].concat(), json!(attributes)).await;
}

#[tokio::test]
async fn an_element_without_attributes_is_configured_by_the_pages_own_file() {
    Stage::admin()
        .embedded()
        .configured(&[("pageSize", json!(25)), ("locale", json!("de"))])
        .play(async |page| {
            open_element(page, "", "").await;
            page.settled().await;
            page.range_is("1–25 von 57").await;
        })
        .await;
}

#[tokio::test]
async fn each_attribute_reaches_clerk_under_its_name_there() {
    // A Clerk that notes what it is told, and never starts. The mark says that the page is to start it.
    let clerk = "
        document.head.innerHTML += '<script type=\"text/plain\" data-clerk-js-script data-clerk-invitations></script>';
        window.Clerk = { load: (options) => { window.told = options; return new Promise(() => {}); } };";
    Stage::signed_out()
        .embedded()
        .play(async |page| {
            let attributes = "publishable-key=\"pk_test_Y2xlcmsuZXhhbXBsZS5jb20k\" proxy-url=\"/proxy\" domain=\"satellite.example\"
                is-satellite sign-in-url=\"/login\" sign-up-url=\"https://app.example/register\"";
            open_element(page, attributes, clerk).await;
            page.until_true("Clerk to be started", "return !!window.told", json!(null)).await;
            let told: Value = page.eval("return JSON.parse(JSON.stringify(told))", json!(null)).await;
            for (key, value) in [
                ("proxyUrl", json!("/proxy")),
                ("domain", json!("satellite.example")),
                ("isSatellite", json!(true)),
                ("signInUrl", json!("/login")),
                ("signUpUrl", json!("https://app.example/register")),
            ] {
                assert_eq!(told[key], value, "{key}: {told}");
            }
        })
        .await;
}

#[tokio::test]
async fn a_mistake_in_an_attribute_is_said_like_one_in_the_file() {
    Stage::signed_out()
        .embedded()
        .play(async |page| {
            open_element(page, "publishable-key=\"sk_test_x\" page-size=\"ten\"", "").await;
            page.see(alert("publishableKey contains a secret key (sk_…).")).await;
            page.see(alert("pageSize must be a number.")).await;
        })
        .await;
}

#[tokio::test]
async fn who_is_signed_out_is_sent_to_the_hosts_own_page_but_not_from_that_page_to_itself() {
    Stage::signed_out()
        .embedded()
        .play(async |page| {
            open_element(page, &format!("{} sign-in-url=\"react.html\"", key_and_proxy()), "").await;
            let has_come = "return location.pathname.endsWith('/react.html') && decodeURIComponent(location.href).includes('/bare.html')";
            page.until_true("the host's own page, with the way back", has_come, json!(null)).await;
            open_element(page, &format!("{} sign-in-url=\"bare.html\"", key_and_proxy()), "").await;
            page.see(textbox("Email address")).await;
        })
        .await;
}

/// An invitation to Acme for nora: its ticket.
fn invited(world: &mut World) -> String {
    let id = world.invite("org_acme", "nora@demo.test", MEMBER, Status::Pending, now_ms());
    world.invitations.by_id(&id).expect("an invitation").ticket()
}

#[tokio::test]
async fn clerks_form_takes_a_ticket_on_the_hosts_page_and_leads_back_without_it() {
    for (routing, below, after) in
        [("none", "", ""), ("hash", "#invitations/accept", "#invitations/accept?__clerk_status=complete")]
    {
        let mut ticket = String::new();
        Stage::signed_out()
            .world(|world| ticket = invited(world))
            .embedded()
            .play(async |page| {
                let attributes =
                    format!("{} routing=\"{routing}\" after-accept-url=\"react.html\"", key_and_proxy());
                page.open("bare.html").await;
                let go = "history.replaceState(null, '', arguments[0])";
                let query = format!("?tab=team&__clerk_ticket={ticket}&__clerk_status=sign_in");
                page.eval::<()>(go, json!(format!("bare.html{query}{below}"))).await;
                put_element(page, &attributes, "").await;
                page.address_becomes(&format!("bare.html?tab=team{after}")).await;
                put_element(page, &attributes, "").await;
                if routing == "none" {
                    page.see(heading("You don’t have permission to invite people")).await;
                } else {
                    page.see(heading("Welcome to Acme")).await;
                    page.has(link("Continue"), "href", Some("react.html")).await;
                }
            })
            .await;
    }
}

#[tokio::test]
async fn with_path_routing_the_invitees_page_is_below_the_path_and_other_paths_are_the_hosts() {
    let mut ticket = String::new();
    Stage::signed_in("user_nora", None)
        .world(|world| {
            let id = world.invite("org_acme", "nora@demo.test", ADMIN, Status::Pending, now_ms());
            ticket = world.invitations.by_id(&id).expect("an invitation").ticket();
        })
        .embedded()
        .play(async |page| {
            page.open("bare.html").await;
            // A host whose relative addresses are relative to another one.
            let base = "document.head.append(Object.assign(document.createElement('base'), { href: '/elsewhere/' }))";
            page.eval::<()>(base, json!(null)).await;
            let go = "history.pushState('the host', '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))";
            let invited = format!("/app/team/accept?tab=1&__clerk_ticket={ticket}&__clerk_status=sign_in#top");
            page.eval::<()>(go, json!(invited)).await;
            put_element(page, &format!("{} routing=\"path\" path=\"/app/team\"", key_and_proxy()), "").await;
            page.see(heading("Acme invited you")).await;
            page.click(button("Join Acme")).await;
            page.see(heading("Welcome to Acme")).await;
            page.click(button("Other invitations and organizations")).await;
            page.address_becomes("app/team/accept?tab=1#top").await;
            page.see(heading("Your invitations")).await;
            page.back().await;
            page.click(link("Go to invitations")).await;
            page.settled().await;
            page.address_becomes("app/team?tab=1#top").await;
            page.click(button("Next page")).await;
            page.address_becomes("app/team?tab=1&page=2#top").await;
            page.range_is("11–20 of 57").await;
            // The host has gone elsewhere, and keeps the element on screen.
            page.eval::<()>(go, json!("/app/teams")).await;
            page.click(button("Next page")).await;
            page.range_is("21–30 of 57").await;
            assert_eq!(page.address().await, "app/teams");
        })
        .await;
}

#[tokio::test]
async fn an_element_starts_version_5_of_clerk_js_which_brings_its_own_components() {
    let attributes = || format!("{} clerk-js-url=\"clerk-js-5/clerk.browser.js\"", key_and_proxy());
    Stage::signed_out()
        .embedded()
        .play(async |page| {
            open_element(page, &attributes(), "").await;
            page.see(textbox("Email address")).await;
            assert_eq!(page.eval::<String>("return Clerk.version", json!(null)).await, "5.128.0");
            let downloads = page.downloads().await;
            assert!(!downloads.iter().any(|name| name.contains("ui.browser.js")), "{downloads:?}");
            // The host's own one as well.
            page.open("clerk-5.html").await;
            page.see(textbox("Email address")).await;
        })
        .await;
    Stage::admin()
        .embedded()
        .play(async |page| {
            open_element(page, &attributes(), "").await;
            page.settled().await;
            page.range_is("1–10 of 57").await;
        })
        .await;
}

#[tokio::test]
async fn a_host_that_starts_clerk_without_its_components_is_told_so_where_one_is_needed() {
    let start = format!(
        "const tag = Object.assign(document.createElement('script'), {{ src: '/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js' }});
         Object.assign(tag.dataset, {{ clerkPublishableKey: '{}', clerkProxyUrl: '/__clerk' }});
         tag.onload = () => Clerk.load({{ telemetry: false }});
         document.head.append(tag);",
        sandbox::publishable_key()
    );
    Stage::signed_out()
        .embedded()
        .play(async |page| {
            open_element(page, "", &start).await;
            page.see(alert("This part comes from Clerk, but this site started Clerk without it.")).await;
        })
        .await;
    Stage::admin()
        .embedded()
        .play(async |page| {
            open_element(page, "", &start).await;
            page.settled().await;
            page.range_is("1–10 of 57").await;
            assert_eq!(page.requests("GET", "/v1/client").len(), 1);
        })
        .await;
}

#[tokio::test]
async fn the_element_needs_no_leave_of_the_hosts_policy_for_styles_or_a_base() {
    let policy = "document.head.append(Object.assign(document.createElement('meta'),
        { httpEquiv: 'Content-Security-Policy', content: \"style-src 'none'; base-uri 'none'\" }));";
    Stage::admin()
        .embedded()
        // Of a paragraph that the host itself gives a style, and of nothing else.
        .expecting("inline style violates")
        .play(async |page| {
            let count = "window.violations = []; addEventListener('securitypolicyviolation', ({ violatedDirective }) => violations.push(violatedDirective));";
            open_element(page, &key_and_proxy(), &[policy, count].concat()).await;
            page.settled().await;
            let looks = "
                const before = violations.length;
                const paragraph = document.createElement('p');
                paragraph.setAttribute('style', 'color: red');
                document.body.append(paragraph);
                return [String(before), getComputedStyle(find(arguments[0])[0]).borderTopStyle, getComputedStyle(paragraph).color]";
            let looks: [String; 3] = page.eval(looks, json!(sender())).await;
            assert_eq!(looks, ["0", "solid", "rgb(0, 0, 0)"]);
        })
        .await;
}
