//! How it looks: light and dark, wide and narrow, with and without motion, with and without scripts.

use sandbox::{Body, On, What};
use serde_json::{Value, json};

use crate::support::*;

#[tokio::test]
async fn the_page_is_light_or_dark_as_the_system_is() {
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            page.prefer(&[("prefers-color-scheme", "light")]).await;
            assert!(page.lightness().await > 0.9);
            page.prefer(&[("prefers-color-scheme", "dark")]).await;
            assert!(page.lightness().await < 0.2);
        })
        .await;
}

#[tokio::test]
async fn nothing_stands_out_to_the_side_on_a_narrow_screen() {
    for width in [360, 320] {
        Stage::signed_in("user_ada", Some("org_nearly"))
            .play(async |page| {
                page.resize(width, 740).await;
                page.open_list("").await;
                page.fits_its_width("the list").await;
                page.is_accessible("the list, narrow").await;
                // A row has two lines: the address, then the role and how long the link works.
                let said: String = page.eval("return clean(rows()[0].element.innerText)", json!(null)).await;
                assert!(said.contains("Member") && said.contains("days"), "{said}");
                let height = "return rows()[0].element.getBoundingClientRect().height";
                let height: f64 = page.eval(height, json!(null)).await;
                assert!(height < 80.0, "a row is {height} pixels high");
                // Where there is little room, the form is a button first.
                page.click(button("Invite people")).await;
                page.focus_is_on(addresses()).await;
                page.fits_its_width("the form, opened").await;
                page.write(addresses(), "nobody").await;
                page.click(button("Send invitation")).await;
                page.has(addresses(), "aria-invalid", Some("true")).await;
                page.fits_its_width("a refused address").await;
                page.is_accessible("a refused address, narrow").await;
                page.picks("pending.one@example.org", "Revoke").await;
                page.see(dialog("Revoke this invitation?")).await;
                page.fits_its_width("the question").await;
                page.is_accessible("the question, narrow").await;
                page.click(button("Cancel")).await;
                page.click(button("Switch organization")).await;
                page.see(any("button").named("Acme")).await;
                page.fits_its_width("the switcher").await;
            })
            .await;
    }
}

#[tokio::test]
async fn the_other_screens_fit_a_narrow_screen_too() {
    Stage::signed_out()
        .play(async |page| {
            page.resize(320, 740).await;
            page.open("").await;
            page.see(textbox("Email address")).await;
            page.fits_its_width("signing in").await;
            page.open("nowhere").await;
            page.see(heading("Page not found")).await;
            page.fits_its_width("not found").await;
            let body = Body::Text { content_type: "application/json".into(), text: "{}".into() };
            page.fails(On::get("/page/config.json"), What::Answer { status: 200, body, headers: vec![] });
            page.open("").await;
            page.see(heading("This page isn’t set up yet")).await;
            page.fits_its_width("not set up").await;
            page.control.clear_faults();
            page.keep_no_copies().await;
            page.fails(On::get("/npm/@clerk/*/dist/clerk.browser.js"), What::Drop);
            page.open("").await;
            page.see(heading("Can’t connect to Clerk")).await;
            page.fits_its_width("Clerk missing").await;
        })
        .await;
}

#[tokio::test]
async fn who_wants_less_motion_gets_none() {
    Stage::admin()
        .play(async |page| {
            let running = "
                return document.getAnimations().filter((one) => one.playState === 'running'
                  && one.effect.getComputedTiming().iterations === Infinity).length";
            for (motion, moves) in [("no-preference", true), ("reduce", false)] {
                page.prefer(&[("prefers-reduced-motion", motion)]).await;
                let gate = page.control.gate(On::any("/v1/**"));
                page.open("").await;
                gate.reached(1).await;
                page.see(heading("Loading…")).await;
                let count: usize = page.eval(running, json!(null)).await;
                assert_eq!(count > 0, moves, "the skeleton with {motion}");
                gate.open();
                page.settled().await;
                let gate = page.control.gate(On::post("/v1/organizations/**"));
                page.write(addresses(), &format!("{motion}@motion.test")).await;
                page.click(button("Send 1 invitation")).await;
                gate.reached(1).await;
                page.see(button("Sending…")).await;
                let count: usize = page.eval(running, json!(null)).await;
                assert_eq!(count > 0, moves, "the spinner with {motion}");
                gate.open();
                page.is_told("Invitation sent").await;
            }
        })
        .await;
}

#[tokio::test]
async fn a_deployers_theme_needs_no_build() {
    // As `cargo xtask configure` has left it, before the deployer edited theme.css once more.
    let copy = "<style data-theme>:root { --ci-accent: rgb(9, 9, 9); --ci-danger: rgb(9, 9, 9); }</style>";
    Stage::admin()
        .hosted(copy, "")
        .play(async |page| {
            let text = ":root { --ci-accent: rgb(1, 60, 3); --ci-radius: 3px; }".to_owned();
            let body = Body::Text { content_type: "text/css".into(), text };
            page.fails(On::get("/page/theme.css"), What::Answer { status: 200, body, headers: vec![] });
            page.open_list("").await;
            let script = "return getComputedStyle(find(arguments[0])[0]).backgroundColor === 'rgb(1, 60, 3)'";
            page.until_true("the theme's colour", script, json!(button("Send invitation"))).await;
            let danger = "return getComputedStyle(document.documentElement).getPropertyValue('--ci-danger')";
            let danger: String = page.eval(danger, json!(null)).await;
            assert!(!danger.contains("9, 9, 9"), "what is in the copy and not in theme.css: {danger}");
        })
        .await;
}

#[tokio::test]
async fn the_copy_of_the_theme_stays_until_the_theme_has_arrived() {
    let head =
        "<style data-theme>:root { --ci-accent: rgb(9, 9, 9); }</style><script src=\"host.js\"></script>";
    for engine in [Engine::Chromium, Engine::Firefox] {
        Stage::admin()
            .in_engine(engine)
            .hosted(head, include_str!("support/engine.js"))
            .play(async |page| {
                let text = ":root { --ci-accent: rgb(1, 60, 3); }".to_owned();
                let body = Body::Text { content_type: "text/css".into(), text };
                let gate = page.control.gate(On::get("/page/theme.css"));
                page.open("").await;
                page.see(button("Send invitation")).await;
                let script =
                    "return getComputedStyle(find(arguments[0])[0]).backgroundColor === 'rgb(9, 9, 9)'";
                page.until_true("the copy's colour", script, json!(button("Send invitation"))).await;
                page.fails(On::get("/page/theme.css"), What::Answer { status: 200, body, headers: vec![] });
                gate.open();
                let script =
                    "return getComputedStyle(find(arguments[0])[0]).backgroundColor === 'rgb(1, 60, 3)'";
                page.until_true("the theme's colour", script, json!(button("Send invitation"))).await;
                let fetched = page.downloads().await;
                let count = fetched.iter().filter(|name| name.ends_with("/theme.css")).count();
                assert_eq!(count, 1, "{engine:?}: {fetched:?}");
            })
            .await;
    }
}

#[tokio::test]
async fn code_that_is_fetched_later_brings_its_styles_along() {
    Stage::signed_in("user_ada", Some("org_pages"))
        .world(|world| pages_world(world, "org_pages", 3))
        .play(async |page| {
            page.open_list("").await;
            page.picks("p2@pages.test", "Revoke").await;
            page.dialog_has_its_style().await;
            let sheets: usize = page.eval("return document.adoptedStyleSheets.length", json!(null)).await;
            assert_eq!(sheets, 1, "once, however much code has come");
        })
        .await;
}

#[tokio::test]
async fn the_text_on_a_deployers_colour_is_easy_to_read_light_and_dark() {
    let contrast = "
        const button = find(arguments[0].button)[0];
        button.style.transition = 'none';
        document.documentElement.style.setProperty('--ci-accent', arguments[0].accent);
        const { color, backgroundColor } = getComputedStyle(button);
        const [dark, light] = [color, backgroundColor].map((one) => {
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            canvas.fillStyle = one;
            canvas.fillRect(0, 0, 1, 1);
            const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
                part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
        }).sort((a, b) => a - b);
        return light / dark";
    Stage::admin()
        .play(async |page| {
            page.open_list("").await;
            for scheme in ["light", "dark"] {
                page.prefer(&[("prefers-color-scheme", scheme)]).await;
                for accent in ["#6c47ff", "#ffd400", "#00a86b", "#e00000", "#777", "#fff", "#2f3037"] {
                    let asked = json!({ "button": button("Send invitation"), "accent": accent });
                    let contrast: f64 = page.eval(contrast, asked).await;
                    assert!(contrast >= 4.5, "{accent}, {scheme}: {contrast}");
                }
            }
        })
        .await;
}

#[tokio::test]
async fn something_stands_on_the_screen_before_any_script_and_makes_room_for_the_page() {
    Stage::admin()
        .play(async |page| {
            let scripts = page.control.gate(On::get("/page/*.js"));
            page.open("").await;
            scripts.reached(1).await;
            page.see(heading("Loading…")).await;
            let bones: usize =
                page.eval("return [...document.querySelectorAll('#skeleton *')].filter((one) => one.checkVisibility()).length", json!(null)).await;
            assert!(bones > 10, "{bones} bones");
            page.is_accessible("before any script").await;
            scripts.open();
            page.settled().await;
            page.no_longer_see(heading("Loading…")).await;
            page.until_true("no skeleton", "return !document.getElementById('skeleton').checkVisibility()", json!(null)).await;
        })
        .await;
}

#[tokio::test]
async fn without_scripts_the_page_says_that_it_needs_them() {
    Stage::admin()
        .play(async |page| {
            page.chromium("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
            page.open("").await;
            // What a screen reader would find: scripts that would look for it are off.
            let finds = async |name: &str| -> bool {
                let tree: Value = page.chromium("Accessibility.getFullAXTree", json!({})).await;
                let mut nodes = tree["nodes"].as_array().expect("nodes").iter();
                nodes.any(|node| node["ignored"] == false && node["name"]["value"] == name)
            };
            page.until("the reason", async || finds("This page needs JavaScript").await.then_some(())).await;
            page.until("no skeleton", async || (!finds("Loading…").await).then_some(())).await;
            page.chromium("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
        })
        .await;
}
