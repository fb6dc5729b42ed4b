//! Inviting many at once.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use sandbox::world::{ADMIN, MEMBER, now_ms};
use sandbox::{Bulk, Fault, On, Seen, Status, What};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::support::*;

const LIST: &str = "/v1/organizations/*/invitations";
const BULK: &str = "/v1/organizations/*/invitations/bulk";
const LATER: &str = "/page/*-later-*.wasm";

/// `count` addresses that nobody knows yet.
fn new_ones(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("n{n}@new.test")).collect()
}

async fn paste_all(page: &Page, addresses: &[String]) {
    page.paste(&addresses.join("\n")).await;
    page.would_send(&format!("Send {} invitations", addresses.len())).await;
    page.knows_all().await;
}

/// How often each of these addresses was invited to an organization, by now.
fn mails(page: &Page, organization: &str) -> BTreeMap<String, usize> {
    page.control.change(|world| {
        let mut mails = BTreeMap::new();
        for invitation in world.invitations.iter().filter(|one| one.organization_id == organization) {
            *mails.entry(invitation.email_address.clone()).or_default() += 1;
        }
        mails
    })
}

/// Fails unless each of these was invited exactly once.
fn each_was_invited_once(page: &Page, organization: &str, addresses: &[String]) {
    let mails = mails(page, organization);
    for address in addresses {
        assert_eq!(mails.get(&address.to_lowercase()), Some(&1), "{address}");
    }
}

/// How many of these were invited by now.
fn invited(page: &Page, organization: &str, addresses: &[String]) -> usize {
    let mails = mails(page, organization);
    addresses.iter().filter(|address| mails.contains_key(*address)).count()
}

fn calls(page: &Page) -> usize {
    page.requests("POST", LIST).len() + page.requests("POST", BULK).len()
}

fn too_many(seconds: u32) -> What {
    let headers = vec![("Retry-After".to_owned(), seconds.to_string())];
    What::Error {
        status: 429,
        code: "too_many_requests".into(),
        message: "Slow down".into(),
        meta: Value::Null,
        headers,
    }
}

/// A file that is gone when the folder is.
fn file(folder: &tempfile::TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

#[tokio::test]
async fn forty_mixed_addresses_are_sorted_out_and_what_is_new_is_sent() {
    Stage::admin()
        .play_with_and_without_client_on_reads(async |page| {
            page.open_list("").await;
            let pending: Vec<String> = page.emails().await[..3].to_vec();
            let before = page.control.change(|world| {
                let expired = world.invitations.iter().find(|one| {
                    one.organization_id == "org_acme"
                        && one.status == Status::Expired
                        && world.invitations.pending_for("org_acme", &one.email_address).is_none()
                });
                expired.expect("an expired one").email_address.clone()
            });
            let mut new = new_ones(24);
            let text = format!(
                "Ann One <n1@new.test>; \"Doe, Jane\" <n2@new.test>; <n3@new.test>\n\
                 (n4@new.test), [n5@new.test]; mailto:n6@new.test\n\
                 n7@new.test\tn8@new.test\r\n\
                 {}\n\
                 {before}\n\
                 N1@NEW.TEST, n2@new.test; n3@new.test\nn24@new.test\n\
                 max@demo.test\ncolleague1@acme.test\nCOLLEAGUE2@acme.test\n\
                 {}\n\
                 x@gmial.com\ny@acme.tset\nz@hotmial.com\n\
                 nonsense\na@b\n",
                new[8..].join("\n"),
                pending.join("\n"),
            );
            page.paste(&text).await;
            page.would_send("Send 25 invitations").await;
            page.sums_up("25 new, 3 already pending, 3 already members, 4 duplicates, 5 to fix").await;
            page.knows_all().await;
            page.holds(addresses(), "").await;
            let entries = page.entries().await;
            assert_eq!(entries.len(), 40);
            for (address, said) in [
                ("N1@NEW.TEST", "Duplicate"),
                ("max@demo.test", "Already a member: Max Planck"),
                ("x@gmial.com", "Typo?"),
                ("y@acme.tset", "Typo?"),
                ("nonsense", "No @"),
                ("a@b", "isn’t a domain"),
                (before.as_str(), "expired"),
                (pending[0].as_str(), "Pending since"),
            ] {
                page.says_of(address, said).await;
            }
            page.click(button("5 to fix")).await;
            assert_eq!(page.entry("y@acme.tset").await.offers, ["Use acme.test", "Keep as is", "Edit"]);
            assert_eq!(page.entry(&pending[0]).await.offers, ["Resend", "Edit"]);
            page.is_accessible("what is held back of forty").await;
            page.click(button("5 to fix")).await;
            page.is_accessible("forty mixed addresses").await;
            assert_eq!(calls(page), 0);

            page.click(sender()).await;
            page.reports("25 sent").await;
            new.push(before.clone());
            let sent = page.requests("POST", BULK);
            let mut asked: Vec<String> = sent
                .iter()
                .flat_map(|call| call.form.iter().filter(|(name, _)| name == "email_address"))
                .map(|(_, address)| address.clone())
                .collect();
            asked.sort();
            let mut expected = new.clone();
            expected.sort();
            assert_eq!(asked, expected);
            let sizes: Vec<_> = sent.iter().map(|call| call.form.len() - 1).collect();
            assert_eq!((sizes.iter().max(), calls(page)), (Some(&10), 3));
            assert!(sent.iter().all(|call| call.field("role") == Some(MEMBER)));
            each_was_invited_once(page, "org_acme", &new_ones(24));
            // What stood twice went with what was sent; the rest is as it was.
            page.sums_up("3 already pending, 3 already members, 5 to fix").await;
            page.would_send("Send invitation").await;
            assert_eq!(page.entries().await.len(), 11);
            page.focus_is_on(addresses()).await;
            page.settled().await;
            page.see(heading("Pending invitations 82")).await;
            assert_eq!(page.rows().await.iter().filter(|row| row.is_new).count(), 10);

            // One click puts a mistyped address right, another says that it is not.
            page.click(button("Use gmail.com for x")).await;
            page.entry("x@gmail.com").await;
            page.click(button("Keep as is for y")).await;
            page.click(sender()).await;
            page.reports("2 sent").await;
            assert_eq!(invited(page, "org_acme", &["x@gmail.com".into(), "y@acme.tset".into()]), 2);
        })
        .await;
}

#[tokio::test]
async fn files_bring_addresses_with_roles_by_name_and_by_key_and_an_unknown_role_is_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = "Name,Email,Role\nAnn,ann@csv.test,Editor\nBob,bob@csv.test,org:guest\n\
                 Cid,cid@csv.test,member\nDee,dee@csv.test,Emperor\n\"Eve, Dr.\",eve@csv.test,\n";
    let table = file(&folder, "people.csv", table);
    let more = file(&folder, "more.txt", "fay@csv.test\ngil@csv.test\n");
    let broken = file(&folder, "broken.csv", [0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0]);
    Stage::signed_in("user_ada", Some("org_studio"))
        .play(async |page| {
            page.open_list("").await;
            page.choose_files(&[&table]).await;
            page.would_send("Send 4 invitations").await;
            page.sums_up("4 new, 1 to fix").await;
            let roles: Vec<_> =
                page.entries().await.into_iter().map(|entry| (entry.text, entry.role)).collect();
            let named = |name: &str| Some(name.to_owned());
            assert_eq!(
                roles,
                [
                    ("ann@csv.test".to_owned(), named("Editor")),
                    ("bob@csv.test".to_owned(), named("Guest")),
                    ("cid@csv.test".to_owned(), named("Member")),
                    ("dee@csv.test".to_owned(), named("Emperor")),
                    ("eve@csv.test".to_owned(), None),
                ]
            );
            page.says_of("dee@csv.test", "Unknown role “Emperor”").await;
            page.is_accessible("entries with roles").await;
            page.choose_files(&[&more, &broken]).await;
            page.would_send("Send 6 invitations").await;
            page.see(alert("broken.csv isn’t a text file.").partly()).await;
            page.drop_file("dropped.csv", "email;rolle\nhal@csv.test;Guest\n").await;
            page.would_send("Send 7 invitations").await;

            page.click(button("Edit dee@csv.test")).await;
            page.focus_is_on(textbox("Edit dee@csv.test")).await;
            page.is_accessible("an entry being edited").await;
            page.choose(combobox("Role of dee@csv.test"), "Guest").await;
            page.click(button("Done")).await;
            page.would_send("Send 8 invitations").await;
            page.focus_is_on(button("Edit dee@csv.test")).await;
            page.choose(combobox("Role"), "Editor").await;
            page.click(sender()).await;
            page.reports("8 sent").await;
            page.keeps(&[]).await;
            let roles = page.control.change(|world| {
                let role = |name: &str| {
                    let invitation = world.invitations.pending_for("org_studio", &format!("{name}@csv.test"));
                    invitation.map(|invitation| invitation.role.clone()).unwrap_or_default()
                };
                ["ann", "bob", "cid", "dee", "eve", "fay", "gil", "hal"].map(role)
            });
            let [editor, guest] = ["org:editor", "org:guest"];
            assert_eq!(roles, [editor, guest, MEMBER, guest, editor, editor, editor, guest]);
        })
        .await;
}

/// Twenty-five addresses of which Clerk refuses three, each in its own way: one is pending and named in `meta`, one is a
/// member and named in the sentence, one is blocked and not named at all. The page knows of none of it before.
#[tokio::test]
async fn each_good_address_goes_out_once_where_a_bad_one_refuses_the_whole_call() {
    Stage::admin()
        .world(|world| {
            world.environment.bulk = Bulk::AllOrNothing;
            world.environment.blocked = vec!["n17@new.test".to_owned()];
        })
        .play(async |page| {
            page.open_list("").await;
            let all = new_ones(25);
            paste_all(page, &all).await;
            page.control.change(|world| {
                world.add_user("user_joined", "n12@new.test", "Joined Meanwhile");
                world.add_membership("org_acme", "user_joined", MEMBER);
                world.invite("org_acme", "n3@new.test", MEMBER, Status::Pending, now_ms());
            });
            page.click(sender()).await;
            page.reports("22 sent, 1 already invited or joined, 2 not sent").await;
            page.keeps(&["n12@new.test", "n17@new.test"]).await;
            page.says_of("n12@new.test", "This person is already a member.").await;
            page.says_of("n17@new.test", "This app doesn’t allow this address").await;
            page.is_accessible("a report with what was not sent").await;
            let good: Vec<_> = all
                .iter()
                .filter(|address| !["n12@new.test", "n17@new.test"].contains(&&***address))
                .cloned()
                .collect();
            each_was_invited_once(page, "org_acme", &good);
            assert_eq!(invited(page, "org_acme", &all), 23);
            page.settled().await;
            page.see(heading("Pending invitations 80")).await;

            // What Clerk refuses for good goes out once the admin has looked at it again, and nothing else with it.
            page.control.change(|world| world.environment.blocked.clear());
            let before = calls(page);
            page.no_longer_see(button("Retry 2")).await;
            page.click(button("Edit n17@new.test")).await;
            page.click(button("Done")).await;
            page.click(button("Send 1 invitation")).await;
            page.is_told("Invitation sent to n17@new.test.").await;
            page.keeps(&["n12@new.test"]).await;
            each_was_invited_once(page, "org_acme", &["n17@new.test".to_owned()]);
            assert!(calls(page) > before);
        })
        .await;
}

#[tokio::test]
async fn answers_lost_after_they_were_carried_out_are_found_and_nothing_is_sent_twice() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let all = new_ones(25);
            paste_all(page, &all).await;
            page.control.fault(Fault { on: On::post(BULK), times: Some(2), what: What::AppliedThenLost });
            page.click(sender()).await;
            page.reports("25 sent").await;
            page.keeps(&[]).await;
            assert_eq!(calls(page), 3);
            each_was_invited_once(page, "org_acme", &all);
            page.settled().await;
            page.see(heading("Pending invitations 82")).await;
        })
        .await;
}

#[tokio::test]
async fn the_network_gone_and_back_it_says_so_and_goes_on_by_itself() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let all = new_ones(35);
            paste_all(page, &all).await;
            page.hurry().await;
            // Two calls go out, the third has to wait, and meanwhile the network goes.
            page.fails_once(On::post(BULK), too_many(200));
            page.click(sender()).await;
            page.is_asked(3, "POST", BULK).await;
            page.be_offline(true).await;
            page.progresses("You’re offline. Sending resumes when you’re back.").await;
            page.is_accessible("a batch without a network").await;
            let before = calls(page);
            assert!(!page.said().await.contains("sent"));
            assert_eq!(before, 3);
            page.be_offline(false).await;
            page.reports("35 sent").await;
            assert!(calls(page) > before);
            page.keeps(&[]).await;
            each_was_invited_once(page, "org_acme", &all);
        })
        .await;
}

#[tokio::test]
async fn a_session_that_ends_half_way_leaves_the_rest_in_the_box_for_after_signing_in_again() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.mark().await;
            let all = new_ones(35);
            paste_all(page, &all).await;
            page.fails_once(On::post(BULK), too_many(6));
            page.click(sender()).await;
            page.progresses("20 of 35 done").await;
            page.control.change(|world| {
                let sessions: Vec<_> = world.sessions.keys().cloned().collect();
                sessions.iter().for_each(|session| world.sign_out(session));
            });
            page.see(heading("Sign in")).await;
            let after = calls(page);
            assert_eq!(invited(page, "org_acme", &all), 20);
            page.write(textbox("Email address"), "ada@demo.test").await;
            page.click(button("Continue")).await;
            page.write(textbox("Password"), sandbox::world::DEMO_PASSWORD).await;
            page.click(button("Continue")).await;
            page.see(heading("Choose an organization")).await;
            page.click(button("Open Acme")).await;
            page.settled().await;
            page.was_not_reloaded().await;
            page.would_send("Send 15 invitations").await;
            page.reports("20 sent, 15 not sent").await;
            let kept = page.entries().await;
            assert!(kept.len() == 15 && kept.iter().all(|entry| entry.said == "Not sent yet"), "{kept:?}");
            page.knows_all().await;
            assert_eq!(calls(page), after, "something was sent without being asked for");
            page.click(sender()).await;
            page.reports("15 sent").await;
            page.keeps(&[]).await;
            each_was_invited_once(page, "org_acme", &all);
        })
        .await;
}

#[tokio::test]
async fn what_one_person_was_sending_is_not_shown_to_the_next_one_who_signs_in() {
    Stage::admin()
        .world(|world| world.add_membership("org_acme", "user_max", ADMIN))
        .play(async |page| {
            page.open_list("").await;
            page.mark().await;
            let all = new_ones(3);
            paste_all(page, &all).await;
            page.eval::<()>("await Clerk.signOut()", json!(null)).await;
            page.write(textbox("Email address"), "max@demo.test").await;
            page.click(button("Continue")).await;
            page.write(textbox("Password"), sandbox::world::DEMO_PASSWORD).await;
            page.click(button("Continue")).await;
            page.see(heading("Choose an organization")).await;
            page.click(button("Open Acme")).await;
            page.settled().await;
            page.keeps(&[]).await;
            page.holds(addresses(), "").await;
            let text: String = page
                .eval("return document.body.innerText + JSON.stringify(sessionStorage)", json!(null))
                .await;
            assert!(!text.contains("@new.test"), "{text}");
            assert_eq!(calls(page), 0);
        })
        .await;
}

#[tokio::test]
async fn a_reload_half_way_asks_first_and_what_had_not_gone_out_is_kept_without_sending() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let would_ask = async || -> bool {
                let script = "
                    const leaving = new Event('beforeunload', { cancelable: true });
                    return !window.dispatchEvent(leaving)";
                page.eval(script, json!(null)).await
            };
            let all = new_ones(25);
            paste_all(page, &all).await;
            assert!(!would_ask().await, "nothing is on its way yet");
            page.fails_once(On::post(BULK), too_many(600));
            page.click(sender()).await;
            page.progresses("15 of 25 done").await;
            // As long as Clerk asks for: of the 600 seconds less than ten have passed.
            page.progresses("resumes in 59").await;
            assert!(would_ask().await, "whoever leaves now is not asked");
            let before = calls(page);
            let gate = page.control.gate(On::get(LIST));
            page.reload_against_its_question().await;
            gate.reached(1).await;
            let left = &all[..10];
            page.says_of(&all[0], "Checking whether it was sent").await;
            page.has(sender(), "aria-disabled", Some("true")).await;
            page.click(sender()).await;
            page.is_accessible("looking up what had gone out").await;
            gate.open();
            page.keeps(&left.iter().map(String::as_str).collect::<Vec<_>>()).await;
            page.see(alert(
                "The page reloaded while sending. Unsent addresses are below. 15 were already sent",
            ))
            .await;
            // Until the second look the button says that it is not known yet.
            page.would_send("Send 10 invitations").await;
            assert_eq!(calls(page), before, "something was sent without being asked for");
            assert!(!would_ask().await);
            page.is_accessible("what had gone out before a reload").await;
            page.click(sender()).await;
            page.reports("10 sent").await;
            assert!(!would_ask().await);
            each_was_invited_once(page, "org_acme", &all);
            page.reload().await;
            page.settled().await;
            page.click(addresses()).await;
            page.has_composer().await;
            page.keeps(&[]).await;
        })
        .await;
}

/// Reloads the page as soon as Clerk has got so many calls of a resend of eight. What the page says afterwards is what has
/// happened: the addresses that have no new invitation are in the form, and the others are counted.
#[tokio::test]
async fn after_a_reload_amid_a_resend_the_page_tells_what_has_gone_out() {
    const AFTER: usize = 9;
    let emails: Vec<_> = (1..=8).map(|n| format!("p{n}@pages.test")).collect();
    Stage::signed_in("user_ada", Some("org_pages"))
        .world(|world| pages_world(world, "org_pages", 8))
        .play(async |page| {
            page.open_list("").await;
            page.click(checkbox("Select all on this page")).await;
            page.does_with_chosen("Resend").await;
            page.fails(On::post("/v1/**"), What::Delay(Duration::from_millis(50)));
            page.control.forget_requests();
            page.click(button("Resend 8 invitations")).await;
            let posts = |log: &[Seen]| log.iter().filter(|seen| seen.method == "POST").count();
            page.control.seen(|log| posts(log) >= AFTER).await;
            page.reload_against_its_question().await;
            page.see(alert("The page reloaded while sending.")).await;
            page.until_true(
                "all of it to be settled",
                "return !document.body.innerText.includes('Checking whether it was sent')",
                json!(null),
            )
            .await;
            let is_pending_anew = |email: &&String| {
                page.control.change(|world| {
                    let all: Vec<_> = world.invitations.addressed_to(email).collect();
                    all.len() == 2 && all[1].status == Status::Pending
                })
            };
            let (anew, left): (Vec<_>, Vec<_>) = emails.iter().partition(is_pending_anew);
            page.keeps(&left.iter().map(|email| email.as_str()).collect::<Vec<_>>()).await;
            page.see(alert(&format!(
                "{} {} already sent",
                anew.len(),
                if anew.len() == 1 { "was" } else { "were" }
            )))
            .await;
            page.click(sender()).await;
            page.is_told(&format!("{} sent", left.len())).await;
            let statuses = |email: &String| -> Vec<Status> {
                page.control.change(|world| {
                    world.invitations.addressed_to(email).map(|one| one.status.clone()).collect()
                })
            };
            for email in &emails {
                assert_eq!(statuses(email), [Status::Revoked, Status::Pending], "{email}");
            }
        })
        .await;
}

#[tokio::test]
async fn more_than_forty_stand_in_rows_with_pages() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            let mut all = new_ones(60);
            all.insert(55, "a@gmial.com".to_owned());
            all.push("b@gmial.com".to_owned());
            page.paste(&all.join("\n")).await;
            page.would_send("Send 60 invitations").await;
            page.sums_up("60 new, 2 to fix").await;
            page.knows_all().await;
            page.keeps(&all[..50].iter().map(String::as_str).collect::<Vec<_>>()).await;
            page.is_accessible("rows of addresses").await;
            page.click(button("Next page").within(navigation("People to invite"))).await;
            page.keeps(&all[50..].iter().map(String::as_str).collect::<Vec<_>>()).await;
            page.choose(combobox("Rows per page").within(navigation("People to invite")), "25").await;
            page.keeps(&all[50..].iter().map(String::as_str).collect::<Vec<_>>()).await;
            page.resize(360, 740).await;
            page.fits_its_width("rows of addresses").await;
            page.is_accessible("rows of addresses, narrow").await;
            page.resize(1280, 1000).await;
            page.click(button("2 to fix")).await;
            page.keeps(&["a@gmial.com", "b@gmial.com"]).await;
            page.click(button("Use gmail.com for a")).await;
            page.keeps(&["b@gmial.com"]).await;
            page.click(button("1 to fix")).await;
            page.click(button("Remove b@gmial.com")).await;
            page.would_send("Send 61 invitations").await;
            page.click(button("First page").within(navigation("People to invite"))).await;
            page.click(sender()).await;
            page.reports("61 sent").await;
            page.keeps(&[]).await;
            all.pop();
            all[55] = "a@gmail.com".to_owned();
            each_was_invited_once(page, "org_acme", &all);
            assert_eq!(calls(page), 7);
            // All at once.
            paste_all(page, &(1..=41).map(|n| format!("m{n}@new.test")).collect::<Vec<_>>()).await;
            page.click(button("Clear all")).await;
            page.keeps(&[]).await;
            page.would_send("Send invitation").await;
            page.focus_is_on(addresses()).await;
        })
        .await;
}

#[tokio::test]
async fn from_the_first_address_to_the_last_no_mouse_is_needed() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.click(heading("Invite people")).await;
            // The link, the file, the box.
            page.press(Key::Tab + Key::Tab + Key::Tab).await;
            page.focus_is_on(addresses()).await;
            page.press("ann@key.test,").await;
            page.keeps(&["ann@key.test"]).await;
            page.press("bob@key.test;cid@key.test ").await;
            page.keeps(&["ann@key.test", "bob@key.test", "cid@key.test"]).await;
            page.press("dee@key.test").await;
            page.press(Key::Enter).await;
            page.keeps(&["ann@key.test", "bob@key.test", "cid@key.test", "dee@key.test"]).await;
            page.holds(addresses(), "").await;
            page.focus_is_on(addresses()).await;
            // All chips are one stop before the box, which begins at the last one.
            page.go_back_by_tab().await;
            page.focus_is_on(button("Edit dee@key.test")).await;
            page.press(Key::Left).await;
            page.focus_is_on(button("Edit cid@key.test")).await;
            page.press(Key::Right).await;
            page.focus_is_on(button("Edit dee@key.test")).await;
            page.press(Key::Right).await;
            page.focus_is_on(addresses()).await;
            page.press(Key::Left).await;
            page.focus_is_on(button("Edit dee@key.test")).await;
            page.press(Key::Home).await;
            page.focus_is_on(button("Edit ann@key.test")).await;
            page.press(Key::Enter).await;
            page.focus_is_on(textbox("Edit ann@key.test")).await;
            page.press("x").await;
            page.press(Key::Escape).await;
            page.focus_is_on(button("Edit ann@key.test")).await;
            page.press(Key::Enter).await;
            page.holds(textbox("Edit ann@key.test"), "ann@key.test").await;
            page.focus_is_on(textbox("Edit ann@key.test")).await;
            page.press(Key::End + "x").await;
            page.press(Key::Enter).await;
            page.focus_is_on(button("Edit ann@key.testx")).await;
            page.press(Key::Delete).await;
            page.keeps(&["bob@key.test", "cid@key.test", "dee@key.test"]).await;
            page.focus_is_on(button("Edit bob@key.test")).await;
            page.press(Key::Tab).await;
            page.focus_is_on(addresses()).await;
            // In the empty box Backspace first goes to the last chip, then takes it out.
            page.press(Key::Backspace).await;
            page.focus_is_on(button("Edit dee@key.test")).await;
            page.press(Key::Backspace).await;
            page.keeps(&["bob@key.test", "cid@key.test"]).await;
            page.focus_is_on(button("Edit cid@key.test")).await;
            page.press(Key::Escape).await;
            page.focus_is_on(addresses()).await;
            page.press("dee@key.test").await;
            page.would_send("Send 3 invitations").await;
            page.press(Key::Enter).await;
            page.keeps(&["bob@key.test", "cid@key.test", "dee@key.test"]).await;
            page.would_send("Send 3 invitations").await;
            page.press(Key::Enter).await;
            page.reports("3 sent").await;
            page.focus_is_on(addresses()).await;
            let all = ["bob@key.test", "cid@key.test", "dee@key.test"].map(str::to_owned);
            each_was_invited_once(page, "org_acme", &all);
            assert_eq!(calls(page), 1);
        })
        .await;
}

#[tokio::test]
async fn the_result_can_be_kept_and_what_failed_copied_and_neither_is_a_formula() {
    let bad = ["=1+1@x.test", "+cmd@x.test", "-a@x.test"];
    Stage::admin()
        .world(|world| world.environment.blocked = bad.map(str::to_owned).to_vec())
        .play(async |page| {
            page.open_list("").await;
            let all: Vec<_> = ["good@x.test"].iter().chain(&bad).map(|&one| one.to_owned()).collect();
            page.paste(&all.join("\n")).await;
            page.knows_all().await;
            let entries: Vec<_> = page.entries().await.into_iter().map(|entry| entry.text).collect();
            // A dash stands in front of each line of many a list: it wants a look.
            assert_eq!(entries, ["good@x.test", "=1+1@x.test", "+cmd@x.test", "-a@x.test"]);
            page.catch_downloads().await;
            page.click(sender()).await;
            page.reports("1 sent, 2 not sent").await;
            page.click(button("Download report")).await;
            let (name, text) = page.downloaded().await;
            assert_eq!(name, "invitations.csv");
            let mut table = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let rows: Vec<Vec<String>> =
                table.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
            let cells: Vec<_> = rows.iter().map(|row| (&*row[0], &*row[1], &*row[2])).collect();
            let refusal = "This app doesn’t allow this address (allowlist, blocklist or “+” rule).";
            assert_eq!(
                cells,
                [
                    ("good@x.test", MEMBER, "Sent"),
                    ("'=1+1@x.test", MEMBER, refusal),
                    ("'+cmd@x.test", MEMBER, refusal),
                ]
            );
            page.watch_the_clipboard().await;
            page.click(button("Copy unsent addresses")).await;
            page.is_told("Copied.").await;
            assert_eq!(page.copied().await, "=1+1@x.test\n+cmd@x.test");
            let script = "navigator.clipboard.writeText = async () => { throw new DOMException('no', 'NotAllowedError'); };";
            page.eval::<()>(script, json!(null)).await;
            page.click(button("Copy unsent addresses")).await;
            page.is_told("Your browser blocked copying.").await;
        })
        .await;
}

#[tokio::test]
async fn a_pending_invitation_is_revoked_and_sent_anew_when_that_is_wanted() {
    Stage::signed_in("user_ada", Some("org_nearly"))
        .play(async |page| {
            page.open_list("").await;
            page.paste("pending.one@example.org\npending.two@example.org").await;
            page.sums_up("2 already pending").await;
            page.would_send("Send invitation").await;
            page.click(sender()).await;
            page.is_described_by(addresses(), "None of these can be sent yet.").await;
            assert_eq!(page.requests("POST", "/**").len(), 0);
            page.click(button("2 skipped")).await;
            page.click(button("Resend for pending.one")).await;
            page.says_of("pending.one@example.org", "Will be resent; the old link stops working").await;
            page.would_send("Send 1 invitation").await;
            page.is_accessible("a pending invitation to be sent anew").await;
            page.click(sender()).await;
            page.is_told("Invitation resent to pending.one@example.org. The earlier link no longer works.")
                .await;
            page.keeps(&["pending.two@example.org"]).await;
            let statuses: Vec<_> = page.control.change(|world| {
                world
                    .invitations
                    .addressed_to("pending.one@example.org")
                    .map(|one| one.status.clone())
                    .collect()
            });
            assert_eq!(statuses, [Status::Revoked, Status::Pending]);
            page.lists(
                &["pending.one@example.org", "pending.two@example.org", "pending.three@example.org"]
                    .map(str::to_owned),
            )
            .await;
        })
        .await;
}

/// The form with addresses, on its way, and with a report; in German, whose words are the longest.
#[tokio::test]
async fn it_fits_a_narrow_screen() {
    Stage::admin()
        .world(|world| world.environment.blocked = vec!["n2@new.test".to_owned()])
        .play(async |page| {
            page.open_list("?lang=de").await;
            page.resize(360, 740).await;
            let long = format!("{}@{}.test", "a".repeat(60), "b".repeat(60));
            let text = format!(
                "n1@new.test\nn2@new.test\n{long}\nmax@demo.test\nx@gmial.com\nnonsense without an address in it\n{}",
                page.emails().await[0]
            );
            page.paste(&text).await;
            page.knows_all().await;
            page.until("all entries", async || (page.entries().await.len() == 7).then_some(())).await;
            page.fits_its_width("entries").await;
            page.is_accessible("entries, narrow").await;
            page.click(any("button").named("nonsense without an address in it bearbeiten")).await;
            page.focus_is_on(textbox("nonsense without an address in it bearbeiten")).await;
            page.fits_its_width("an entry being edited").await;
            page.is_accessible("an entry being edited, narrow").await;
            page.press(Key::Escape).await;
            let gate = page.control.gate(On::post(BULK));
            page.click(sender()).await;
            gate.reached(1).await;
            page.see(any("progressbar")).await;
            page.fits_its_width("a batch on its way").await;
            page.is_accessible("a batch on its way, narrow").await;
            gate.open();
            page.see(button("Bericht herunterladen")).await;
            page.settled().await;
            page.fits_its_width("a report").await;
            page.is_accessible("a report, narrow").await;
            page.resize(320, 740).await;
            page.fits_its_width("a report, narrower").await;
        })
        .await;
}

#[tokio::test]
async fn what_it_takes_to_invite_is_fetched_when_nothing_else_is_and_again_when_it_did_not_arrive() {
    Stage::admin()
        .world(without_requests)
        .play(async |page| {
            page.keep_no_copies().await;
            let later =
                async || page.downloads().await.iter().filter(|name| name.contains("-later-")).count();
            page.open_list("").await;
            page.until("the idle page has what it takes to invite", async || {
                (later().await > 0).then_some(())
            })
            .await;
            page.fails(On::get(LATER), What::Drop);
            page.write(addresses(), "kept@later.test").await;
            let notice =
                "Part of this page didn’t load. What you typed is safe. Check your connection and try again.";
            page.see(alert(notice)).await;
            page.holds(addresses(), "kept@later.test").await;
            page.is_accessible("what it takes to invite could not be fetched").await;
            assert_eq!(calls(page), 0);
            page.control.clear_faults();
            page.click(button("Try again").within(region("Invite people"))).await;
            page.no_longer_see(alert(notice)).await;
            page.holds(addresses(), "kept@later.test").await;
            page.click(sender()).await;
            page.is_told("Invitation sent to kept@later.test.").await;
        })
        .await;
}
