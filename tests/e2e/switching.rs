//! From one organization to another, and out: nothing of one is ever shown under another.

use sandbox::world::{ADMIN, MEMBER};
use sandbox::{On, What, World};
use serde_json::json;
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";

/// Ada administers One and Two, each with three invitations, and is a plain member of Three.
fn places() -> Stage {
    Stage::signed_in("user_ada", Some("org_one")).world(|world| {
        for (id, name, role, start) in [
            ("org_one", "One", ADMIN, "one"),
            ("org_two", "Two", ADMIN, "two"),
            ("org_three", "Three", MEMBER, "three"),
        ] {
            world.add_organization(id, name);
            world.add_membership(id, "user_ada", role);
            world.add_role(id, &format!("org:{start}_role"), &format!("{name} role"), "", &[]);
            invite(world, id, start);
        }
    })
}

fn invite(world: &mut World, organization: &str, start: &str) {
    let now = sandbox::world::now_ms();
    let role = format!("org:{start}_role");
    let rows = (1..=3).map(|n| {
        (format!("{start}{n}@place.test"), role.clone(), sandbox::Status::Pending, now - n * 60_000)
    });
    world.invite_many(organization, rows.collect::<Vec<_>>());
}

fn rows_of(start: &str) -> Vec<String> {
    (1..=3).map(|n| format!("{start}{n}@place.test")).collect()
}

async fn shows_only(page: &Page, name: &str, start: &str) {
    page.see(heading(name)).await;
    page.lists(&rows_of(start)).await;
    page.settled().await;
    let role = format!("{name} role");
    assert!(page.rows().await.iter().all(|row| row.role == role), "{:?}", page.rows().await);
    let offered: Vec<String> = page
        .eval("return [...find(arguments[0])[0].options].map((one) => one.text)", json!(combobox("Role")))
        .await;
    assert_eq!(offered, ["Admin", "Member", role.as_str()]);
}

/// Has the host page switch, as its own code would.
async fn host_page_switches_to(page: &Page, organization: &str) {
    page.eval::<()>("await Clerk.setActive({ organization: arguments[0] })", json!(organization)).await;
}

/// Watches each change of the document for a row, a role or a form of one organization under another's name.
async fn watch_for_mixtures(page: &Page) {
    let script = "
        window.mixtures = [];
        const names = { One: 'one', Two: 'two', Three: 'three' };
        const look = () => {
          // The skeleton, which is hidden by now, has a heading too.
          const name = [...document.querySelectorAll('h1')].find((one) => one.checkVisibility())?.textContent;
          if (!(name in names)) return;
          for (const row of rows())
            if (!row.name.textContent.startsWith(names[name])) mixtures.push(`${row.name.textContent} under ${name}`);
          for (const role of document.querySelectorAll('#invite-role option'))
            if (role.text.endsWith(' role') && role.text !== `${name} role`) mixtures.push(`${role.text} under ${name}`);
          if (name === 'Three' && document.querySelector('#app main form, #app main table')) mixtures.push('a form or a list under Three');
        };
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });";
    page.eval::<()>(script, json!(null)).await;
}

async fn no_mixture_was_seen(page: &Page) {
    let mixtures: Vec<String> = page.eval("return window.mixtures", json!(null)).await;
    assert!(mixtures.is_empty(), "{mixtures:#?}");
}

#[tokio::test]
async fn clerks_switcher_comes_when_it_is_wanted_and_leads_to_another_organizations_page() {
    places()
        .play(async |page| {
            page.open_list("").await;
            shows_only(page, "One", "one").await;
            watch_for_mixtures(page).await;
            let bundle = page.control.gate(On::get("/npm/@clerk/*/dist/ui.browser.js"));
            page.click(button("Switch organization")).await;
            bundle.reached(1).await;
            page.has(button("Switch organization"), "aria-disabled", Some("true")).await;
            page.is_accessible("the switcher on its way").await;
            bundle.open();
            page.see(any("button").named("Two")).await;
            page.is_accessible("the switcher's menu").await;
            page.click(any("button").named("Two")).await;
            shows_only(page, "Two", "two").await;
            page.is_accessible("the switcher in its place").await;
            no_mixture_was_seen(page).await;
            assert!(page.downloads().await.iter().any(|name| name.contains("/@clerk/ui@")));
            // Clerk sets itself up in the background; what it asks is not of this page.
            page.reload().await;
            shows_only(page, "Two", "two").await;
        })
        .await;
}

#[tokio::test]
async fn the_members_are_one_click_away_in_clerks_own_dialog() {
    places()
        .play(async |page| {
            page.open_list("").await;
            let bundle = page.control.gate(On::get("/npm/@clerk/*/dist/ui.browser.js"));
            page.click(button("Manage members")).await;
            bundle.reached(1).await;
            page.has(button("Manage members"), "aria-disabled", Some("true")).await;
            page.is_accessible("the members on their way").await;
            bundle.open();
            page.see(heading("Members")).await;
            page.press(Key::Escape).await;
            page.no_longer_see(heading("Members")).await;
            page.has(button("Manage members"), "aria-disabled", None).await;
            page.focus_is_on(button("Manage members")).await;
            page.fails(On::get("/npm/@clerk/*/dist/ui.browser.js"), What::Drop);
            page.keep_no_copies().await;
            page.reload().await;
            page.settled().await;
            page.click(button("Manage members")).await;
            page.is_told("didn’t load").await;
            page.control.clear_faults();
            page.click(button("Manage members")).await;
            page.see(heading("Members")).await;
        })
        .await;
}

#[tokio::test]
async fn clerks_account_menu_comes_when_it_is_wanted_and_signs_out() {
    places()
        .play(async |page| {
            page.open_list("").await;
            page.click(button("Account: Ada Lovelace")).await;
            page.see(any("button").named("Sign out")).await;
            page.is_accessible("the account menu").await;
            page.click(any("button").named("Sign out")).await;
            page.see(heading("Sign in")).await;
            page.see(textbox("Email address")).await;
            assert_eq!(page.emails().await.len(), 0);
        })
        .await;
}

#[tokio::test]
async fn answers_to_the_old_organization_never_show_under_the_new_one() {
    places()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            page.has_counted("All 3").await;
            watch_for_mixtures(page).await;
            let old = page.control.gate(On::get("/v1/organizations/org_one/**"));
            page.click(button("Refresh")).await;
            old.reached(1).await;
            page.write(addresses(), "for.one@place.test").await;
            host_page_switches_to(page, "org_two").await;
            shows_only(page, "Two", "two").await;
            page.holds(addresses(), "").await;
            old.open();
            // The first page, the counts, and what was asked for again.
            page.is_asked(3, "GET", "/v1/organizations/org_one/invitations").await;
            page.has_received(3, "/org_one/invitations").await;
            shows_only(page, "Two", "two").await;
            no_mixture_was_seen(page).await;
        })
        .await;
}

#[tokio::test]
async fn an_invitation_under_way_goes_to_the_organization_it_was_sent_from_and_its_outcome_is_said() {
    places()
        .play(async |page| {
            page.open_list("").await;
            watch_for_mixtures(page).await;
            let sending = page.control.gate(On::post(LIST));
            page.write(addresses(), "for.one@place.test").await;
            page.click(sender()).await;
            sending.reached(1).await;
            host_page_switches_to(page, "org_two").await;
            shows_only(page, "Two", "two").await;
            sending.open();
            page.is_told("Invitation sent to for.one@place.test.").await;
            shows_only(page, "Two", "two").await;
            no_mixture_was_seen(page).await;
            let (one, two) = page.control.change(|world| {
                let is_in =
                    |place: &str| world.invitations.pending_for(place, "for.one@place.test").is_some();
                (is_in("org_one"), is_in("org_two"))
            });
            assert!(one && !two);
        })
        .await;
}

#[tokio::test]
async fn with_the_organization_the_rights_change() {
    places()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            page.has_counted("All 3").await;
            watch_for_mixtures(page).await;
            let old = page.control.gate(On::get("/v1/organizations/org_one/**"));
            page.click(button("Refresh")).await;
            old.reached(1).await;
            host_page_switches_to(page, "org_three").await;
            page.see(heading("You don’t have permission to invite people")).await;
            old.open();
            page.has_received(3, "/org_one/invitations").await;
            for thing in [any("table"), addresses(), button("Send invitation")] {
                assert!(!page.shows(thing.clone()).await, "{thing:?}");
            }
            host_page_switches_to(page, "org_one").await;
            shows_only(page, "One", "one").await;
            no_mixture_was_seen(page).await;
            assert_eq!(page.requests("GET", "/v1/organizations/org_three/**").len(), 0);
        })
        .await;
}

#[tokio::test]
async fn from_an_organization_without_rights_the_switcher_leads_to_one_with() {
    places()
        .world(|world| {
            let session = world.sign_in("user_ada", Some("org_three"));
            world.greet_new_clients_with(&session);
        })
        .play(async |page| {
            page.open("").await;
            page.see(heading("You don’t have permission to invite people")).await;
            watch_for_mixtures(page).await;
            page.click(button("Switch organization")).await;
            page.click(any("button").named("One")).await;
            shows_only(page, "One", "one").await;
            no_mixture_was_seen(page).await;
        })
        .await;
}

#[tokio::test]
async fn signing_out_in_another_tab_leaves_nothing_of_the_list_behind() {
    places()
        .play(async |page| {
            page.open_list("").await;
            let first = page.open_second_tab("").await;
            page.settled().await;
            page.eval::<()>("await Clerk.signOut()", json!(null)).await;
            page.see(heading("Sign in")).await;
            page.go_to_tab(&first).await;
            page.see(heading("Sign in")).await;
            page.see(textbox("Email address")).await;
            assert_eq!(page.emails().await.len(), 0);
            page.is_accessible("signed out elsewhere").await;
        })
        .await;
}

#[tokio::test]
async fn thrown_out_of_the_organization_one_is_told_and_can_go_elsewhere() {
    places()
        .play(async |page| {
            page.open_list("").await;
            page.control.change(|world| world.remove_membership("org_one", "user_ada"));
            page.write(addresses(), "late@place.test").await;
            page.click(sender()).await;
            page.see(alert("You’re no longer a member of this organization.")).await;
            page.reload().await;
            page.see(heading("Choose an organization")).await;
        })
        .await;
}
