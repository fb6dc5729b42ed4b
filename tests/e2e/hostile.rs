//! Names that mean harm.

use sandbox::world::{MANAGE_MEMBERSHIPS, READ_MEMBERSHIPS};
use sandbox::{Status, World};
use serde_json::json;

use crate::support::*;

const MARKUP: &str = "<img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>";
const REVERSED: &str = "\u{202e}gro.live\u{2067}@nekat\u{202d}";

fn endless() -> String {
    "W".repeat(10_000)
}

/// An organization where everything has such a name.
fn world(world: &mut World) {
    let now = sandbox::world::now_ms();
    world.add_organization("org_harm", &format!("{MARKUP}{REVERSED} {}", endless()));
    world.add_role("org_harm", "org:markup", MARKUP, MARKUP, &[READ_MEMBERSHIPS, MANAGE_MEMBERSHIPS]);
    world.add_role("org_harm", "org:reversed", REVERSED, REVERSED, &[]);
    world.add_role("org_harm", "org:endless", &endless(), &endless(), &[]);
    world.add_user("user_harm", "harm@demo.test", &format!("{MARKUP} {REVERSED}{}", endless()));
    world.add_membership("org_harm", "user_harm", "org:markup");
    for (n, (email, role)) in [
        (format!("{MARKUP}@harm.test"), "org:markup"),
        (format!("{REVERSED}@harm.test"), "org:reversed"),
        (format!("{}@harm.test", endless()), "org:endless"),
        ("\"><b>bold</b>@harm.test".to_owned(), "org:<b>gone</b>"),
        (format!("{}@harm.test", "عربي".repeat(300)), "org:member"),
        ("zalgo\u{0336}\u{0337}\u{0338}\u{200b}\u{feff}@harm.test".to_owned(), "org:admin"),
    ]
    .into_iter()
    .enumerate()
    {
        world.invite("org_harm", &email, role, Status::Pending, now - n as u64 * 60_000);
    }
}

async fn no_harm_was_done(page: &Page) {
    let harmed: bool = page
        .eval(
            "return 'harmed' in window || !!document.querySelector('#app img[src=x], #app script, #app b')",
            json!(null),
        )
        .await;
    assert!(!harmed, "a name was taken for markup");
}

fn stage() -> Stage {
    Stage::signed_in("user_harm", Some("org_harm")).world(world)
}

#[tokio::test]
async fn names_full_of_markup_or_overrides_or_without_end_are_text_and_break_no_layout() {
    stage()
        .play(async |page| {
            page.open_list("").await;
            let rows: Vec<String> = page
                .eval("return rows().map((row) => row.name.textContent)", json!(null))
                .await;
            assert_eq!(rows[0], format!("{MARKUP}@harm.test").to_lowercase());
            assert_eq!(rows[1], format!("{REVERSED}@harm.test"));
            assert_eq!(rows[2].len(), 10_000 + "@harm.test".len());
            assert_eq!(rows[3], "\"><b>bold</b>@harm.test");
            no_harm_was_done(page).await;
            for width in [1280, 360, 320] {
                page.resize(width, 800).await;
                page.fits_its_width(&format!("the list at {width}")).await;
                let tallest: f64 = page
                    .eval(
                        "return Math.max(...[...document.querySelectorAll('tr, header, form > *, section > *:not(form, table)')]
                           .map((one) => one.getBoundingClientRect().height))",
                        json!(null),
                    )
                    .await;
                assert!(tallest < 420.0, "something is {tallest} pixels high at {width}");
            }
            page.is_accessible("hostile names").await;
        })
        .await;
}

#[tokio::test]
async fn what_is_done_with_hostile_names_is_said_without_harm() {
    stage()
        .play(async |page| {
            page.open_list("").await;
            page.resize(320, 800).await;
            // Where there is little room, the form is a button first.
            page.click(button("Invite people")).await;
            for role in 2..5 {
                let script = "const role = find(arguments[0][0])[0]; role.selectedIndex = arguments[0][1]; role.dispatchEvent(new Event('change', { bubbles: true }))";
                page.eval::<()>(script, json!([combobox("Role"), role])).await;
                page.fits_its_width(&format!("role {role}")).await;
            }
            page.focus_on(any("button").named("More actions for")).await;
            page.press(thirtyfour::Key::Enter).await;
            page.fits_its_width("the menu of a row").await;
            page.click(any("menuitem").named("Revoke")).await;
            page.see(dialog("Revoke this invitation?")).await;
            page.fits_its_width("the question").await;
            page.is_accessible("a hostile question").await;
            page.click(button("Revoke invitation")).await;
            page.is_told("revoked.").await;
            page.fits_its_width("what is said").await;
            let tallest = "return around(find(arguments[0])[0], 'p').getBoundingClientRect().height";
            let tallest: f64 = page.eval(tallest, json!(button("Dismiss"))).await;
            assert!(tallest < 260.0, "the status line is {tallest} pixels high");
            page.dismiss().await;
            // A refusal in words that mean harm.
            let message = format!("{MARKUP}{REVERSED}{}", endless());
            let what = sandbox::What::Error {
                status: 400,
                code: "new".into(),
                message,
                meta: json!({}),
                headers: vec![],
            };
            page.fails(sandbox::On::post("/v1/organizations/**"), what);
            page.choose(combobox("Role"), "Member").await;
            page.write(addresses(), "kept@harm.test").await;
            page.click(sender()).await;
            page.says_of("kept@harm.test", MARKUP).await;
            page.is_told(MARKUP).await;
            page.fits_its_width("a hostile refusal").await;
            no_harm_was_done(page).await;
        })
        .await;
}

#[tokio::test]
async fn a_hostile_viewer_without_rights_harms_nobody() {
    Stage::signed_in("user_harm", Some("org_harm"))
        .world(world)
        .world(|world| world.add_membership("org_harm", "user_harm", "org:endless"))
        .play(async |page| {
            for width in [1280, 320] {
                page.resize(width, 800).await;
                page.open("").await;
                page.see(heading("You don’t have permission to invite people")).await;
                page.fits_its_width(&format!("without rights at {width}")).await;
            }
            page.is_accessible("hostile names without rights").await;
            page.open("accept").await;
            page.see(heading("Your invitations")).await;
            page.fits_its_width("a hostile viewer accepting").await;
            no_harm_was_done(page).await;
        })
        .await;
}
