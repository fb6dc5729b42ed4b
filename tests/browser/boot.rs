//! `boot.js` adds the tag of clerk-js before this code has arrived. Where both derive it, they derive the same: another
//! tag would be another clerk-js, or none.

use crate::world::{KEY, World, json, kept};
use clerk_invitations::browser::{decode_base64, parse_json};
use clerk_invitations::config::{self, Script};
use clerk_invitations::i18n::choose;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

#[wasm_bindgen(module = "/assets/boot.js")]
extern "C" {
    #[wasm_bindgen(js_name = clerkScript)]
    fn clerk_script(config: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = isFramedByAnother)]
    fn is_framed_by_another(frame: &JsValue) -> bool;
    #[wasm_bindgen(js_name = sayItFailed)]
    fn say_it_failed(page: &Element, error: &JsValue, base: &str) -> Promise;
    #[wasm_bindgen(js_name = partsOf)]
    fn parts_of(answer: &Promise, lengths: &JsValue) -> Array;
    #[wasm_bindgen(js_name = laterCode)]
    fn later_code(chunks: &JsValue, started: &Promise, base: &str, behind: &Function) -> Function;
    #[wasm_bindgen(js_name = stubs)]
    fn stubs(address: &str, exports_of: &Function, broken: &Function) -> JsValue;
    #[wasm_bindgen(js_name = wordsAddress)]
    fn words_address(config: &JsValue, search: &str, preferred: Vec<String>) -> Option<String>;
}

/// What `boot.js` would add.
fn booted(text: &str) -> Option<(String, Vec<(String, String)>)> {
    let script = clerk_script(&json(text));
    let read = |key: &str| Reflect::get(&script, &key.into());
    let src = read("src").ok()?.as_string().expect("an address");
    let attributes = Object::entries(read("attributes").expect("attributes").unchecked_ref());
    let attributes = attributes.iter().map(|pair| {
        let pair: js_sys::Array = pair.unchecked_into();
        (pair.get(0).as_string().expect("a name"), pair.get(1).as_string().expect("a value"))
    });
    Some((src, attributes.collect()))
}

fn plain(script: Script) -> (String, Vec<(String, String)>) {
    let attributes = script.attributes.into_iter().map(|(name, value)| (name.to_owned(), value));
    (script.src, attributes.collect())
}

/// A JSON object of these members, without those that are not there.
fn object(members: &[(&str, Option<&str>)]) -> String {
    let members: Vec<_> = members
        .iter()
        .filter_map(|(key, value)| Some(format!("{}: {}", serde_json::json!(key), (*value)?)))
        .collect();
    format!("{{{}}}", members.join(", "))
}

fn key_of(prefix: &str, bytes: &str) -> String {
    let encoded = web_sys::window().expect("a window").btoa(bytes).expect("characters of one byte");
    format!("{prefix}{encoded}")
}

#[wasm_bindgen_test]
fn whenever_boot_js_names_a_script_the_page_names_the_same() {
    let key = Some(r#""pk_test_Y2xlcmsuZXhhbXBsZS5jb20k""#);
    let mut compared = 0;
    for proxy_url in [
        None,
        Some("null"),
        Some(r#""""#),
        Some(r#"" ""#),
        Some(r#""/""#),
        Some(r#""///""#),
        Some(r#""/__clerk""#),
        Some(r#"" /__clerk// ""#),
        Some(r#""https://app.example.com/__clerk/""#),
        Some(r#""https://app.example.com/a b?c=d#e""#),
        Some(r#""\ufeff/__clerk\ufeff""#),
        Some(r#""\u0085/__clerk\u00a0""#),
        Some(r#""\u2028/__clerk\u3000\u180e""#),
        Some("7"),
        Some(r#"{"a": "/__clerk"}"#),
    ] {
        for version in [None, Some("null"), Some(r#""""#), Some(r#""6.40.0""#), Some(r#"" 5 ""#), Some("6")] {
            for url in
                [None, Some(r#""""#), Some(r#""/clerk.js""#), Some(r#""https://cdn.example.com/c.js ""#)]
            {
                for domain in [None, Some("null"), Some(r#""  ""#), Some(r#""b.example.com""#)] {
                    for is_satellite in [None, Some("true"), Some("false")] {
                        let text = object(&[
                            ("clerkJsVersion", version),
                            ("publishableKey", key),
                            ("proxyUrl", proxy_url),
                            ("clerkJsUrl", url),
                            ("domain", domain),
                            ("isSatellite", is_satellite),
                        ]);
                        let Ok(config) = config::read(200, &text, parse_json, decode_base64).0 else {
                            continue;
                        };
                        if let Some(booted) = booted(&text) {
                            assert_eq!(booted, plain(config.clerk_script()), "{text}");
                            compared += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(compared > 1000, "boot.js named a script only {compared} times");
}

#[wasm_bindgen_test]
fn boot_js_takes_no_key_that_the_page_refuses() {
    let hosts = [
        "clerk.example.com$",
        "clerk.example.com",
        "a-b-1.clerk.accounts.dev$",
        "clerk.example.com:8443$",
        "localhost$",
        "$",
        ".$",
        "a.b$",
        "a..b$",
        "clerk.example.com$$",
        "clerk.ex ample.com$",
        "clerk.example.com/x$",
        "clerk.ex$ample.com$",
        "clerk.example.com$\n",
        "clerk.exa\nmple.com$",
        "user@clerk.example.com$",
        "clerk.example.com?x$",
        "clerk.example.com#x$",
        "clerk.example.com\\x$",
        "\u{e4}.example.com$",
        "",
    ];
    let mut keys: Vec<_> = ["pk_test_", "pk_live_", "pk_", "sk_test_", "PK_TEST_", ""]
        .iter()
        .flat_map(|prefix| hosts.iter().map(|host| key_of(prefix, host)))
        .collect();
    let unpadded: Vec<_> = keys.iter().map(|key| key.trim_end_matches('=').to_owned()).collect();
    keys.extend(unpadded);
    keys.extend([
        KEY.to_owned(),
        format!(" {KEY}\t"),
        format!("{KEY}="),
        format!("{KEY}===="),
        format!("pk_test_ {}", &KEY[8..]),
        format!("{} {}", &KEY[..20], &KEY[20..]),
        format!("{KEY}!"),
        "pk_test_".to_owned(),
        "pk_test_%%%".to_owned(),
        "pk_test_pk_test_".to_owned(),
        KEY.replace('Y', "-"),
    ]);
    let mut taken = 0;
    for key in keys {
        let text = serde_json::json!({ "publishableKey": key }).to_string();
        let page = config::read(200, &text, parse_json, decode_base64).0;
        taken += u32::from(page.is_ok());
        assert_eq!(booted(&text), page.ok().map(|config| plain(config.clerk_script())), "{key:?}");
    }
    assert!(taken > 5, "only {taken} keys were taken");
}

#[wasm_bindgen_test]
fn boot_js_leaves_to_the_page_what_only_the_page_knows() {
    for text in [
        "null",
        "[]",
        "7",
        r#""text""#,
        "{}",
        r#"{"publishableKey": 7}"#,
        r#"{"publishableKey": null}"#,
        &format!(r#"{{"publishableKey": "{KEY}", "domain": "b.example.com"}}"#),
    ] {
        assert_eq!(booted(text), None, "{text}");
    }
}

#[wasm_bindgen_test]
fn a_key_that_stands_twice_in_config_json_means_the_same_to_both() {
    let text = format!(r#"{{"proxyUrl": "/a", "publishableKey": "{KEY}", "proxyUrl": "/b"}}"#);
    let config = config::read(200, &text, parse_json, decode_base64).0.expect("a configuration");
    assert_eq!(booted(&text), Some(plain(config.clerk_script())));
}

/// The innermost of frames in frames: windows of these origins, the outermost first. `None` is one that does not tell.
fn innermost(origins: &[Option<&str>]) -> JsValue {
    let set = |window: &Object, key: &str, value: &JsValue| {
        Reflect::set(window, &key.into(), value).expect("a property");
    };
    let mut frames: Vec<Object> = vec![];
    for origin in origins {
        let window = Object::new();
        match origin {
            Some(origin) => set(&window, "origin", &(*origin).into()),
            None => {
                let refuses = js_sys::Function::new_no_args("throw new DOMException('', 'SecurityError')");
                let getter = Object::new();
                set(&getter, "get", &refuses);
                Object::define_property(&window, &"origin".into(), &getter);
            }
        }
        set(&window, "parent", frames.last().unwrap_or(&window));
        set(&window, "top", frames.first().unwrap_or(&window));
        frames.push(window);
    }
    frames.pop().expect("a window").into()
}

#[wasm_bindgen_test]
fn the_page_acts_only_where_no_other_origin_frames_it() {
    let (own, other) = (Some("https://app.example.com"), Some("https://elsewhere.example"));
    for (origins, is_framed) in [
        (&[own][..], false),
        (&[own, own], false),
        (&[other, own], true),
        (&[None, own], true),
        (&[own, other, own], true),
    ] {
        assert_eq!(is_framed_by_another(&innermost(origins)), is_framed, "{origins:?}");
    }
}

#[wasm_bindgen_test]
async fn a_start_that_fails_is_said_where_there_is_no_placeholder_too() {
    let world = World::without_clerk();
    world.stage.hush();
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let page = document.create_element("div").expect("an element");
    page.set_inner_html("<div id=\"app\"></div>");
    kept(say_it_failed(&page, &"on purpose".into(), "data:,")).await;
    let said = page.query_selector("#app [role=alert] h1").expect("a selector").expect("a heading");
    assert_eq!(said.text_content().as_deref(), Some("This page couldn’t start"));
}

#[wasm_bindgen_test]
fn a_secret_key_in_a_list_is_found_by_the_browser_s_parser_too() {
    let text = format!(r#"{{"publishableKey": "{KEY}", "keys": [{{"other": ["sk_test_x"]}}]}}"#);
    let failure = config::read(200, &text, parse_json, decode_base64).0.err();
    assert!(format!("{failure:?}").contains(r#"Secret("keys")"#), "{failure:?}");
}

#[wasm_bindgen_test]
fn boot_js_has_the_words_fetched_that_the_page_chooses() {
    let tags =
        ["", "en", "de", "pt", "zh-Hans", "PT_pt", "de-AT", "AR_eg", "sv", "deu", "-de", "x-de", "EN-gb"];
    let mut words = 0;
    for locale in tags {
        let config = json(&serde_json::json!({ "locale": locale }).to_string());
        for asked in tags {
            for preferred in [vec![], vec!["sv"], vec!["sv", "zh-TW", "de"], vec!["en-US", "de"]] {
                let chosen = Some(locale).filter(|locale| !locale.is_empty());
                let (language, _) =
                    choose(chosen.into_iter().chain([asked]).chain(preferred.iter().copied()));
                let expected = (language.tag != "en").then(|| format!("locales/{}.json", language.tag));
                let preferred = preferred.iter().map(|tag| (*tag).to_owned()).collect();
                let address = words_address(&config, &format!("?page=2&lang={asked}"), preferred);
                assert_eq!(address, expected, "{locale:?}, {asked:?}");
                words += u32::from(address.is_some());
            }
        }
    }
    assert!(words > 100, "words were fetched only {words} times");
}

#[wasm_bindgen_test]
async fn words_are_fetched_once_but_again_when_they_did_not_arrive() {
    let global = js_sys::global();
    let boot = Reflect::get(&global, &"clerkInvitations".into()).expect("boot.js");
    let words: Function = Reflect::get(&boot, &"words".into()).expect("a function").unchecked_into();
    let fetching = |answers: &str| {
        let body = ["return () => ", answers].concat();
        Function::new_no_args(&body).call0(&JsValue::UNDEFINED).expect("a function")
    };
    let before = Reflect::get(&global, &"fetch".into()).expect("a function");
    let [list, no_list] = [r#"["1", "Noch einmal", ""]"#, "{}"]
        .map(|text| fetching(&format!("Promise.resolve({{ json: () => JSON.parse('{text}') }})")));
    let refused = fetching("Promise.reject(new TypeError())");
    let mut read = vec![];
    for fetch in [&refused, &no_list, &list, &refused] {
        Reflect::set(&global, &"fetch".into(), fetch).expect("a global");
        let promise = words.call1(&JsValue::UNDEFINED, &"https://page.test/locales/de.json".into());
        read.push(kept(promise.expect("a promise").unchecked_into()).await.as_string().expect("a text"));
    }
    Reflect::set(&global, &"fetch".into(), &before).expect("a global");
    assert_eq!(read, ["", "", "1\0Noch einmal\0", "1\0Noch einmal\0"]);
}

/// An answer whose body comes in these pieces.
fn in_pieces(pieces: &[&str]) -> Promise {
    let body = "const encoder = new TextEncoder();
        const start = (body) => {
            for (const piece of pieces) body.enqueue(encoder.encode(piece));
            body.close();
        };
        return Promise.resolve(new Response(new ReadableStream({ start })))";
    let pieces: Array = pieces.iter().map(|piece| JsValue::from(*piece)).collect();
    let answer = Function::new_with_args("pieces", body);
    answer.call1(&JsValue::UNDEFINED, &pieces).expect("a promise").unchecked_into()
}

/// The texts of what these promise the bytes of; `None` for one that broke off.
async fn texts_of(parts: Array) -> Vec<Option<String>> {
    let body = "return part.then((bytes) => new TextDecoder().decode(bytes)).catch(() => null)";
    let read = Function::new_with_args("part", body);
    let mut texts = vec![];
    for part in parts.iter() {
        let text = read.call1(&JsValue::UNDEFINED, &part).expect("a promise");
        texts.push(kept(text.unchecked_into()).await.as_string());
    }
    texts
}

#[wasm_bindgen_test]
async fn the_parts_of_a_file_are_told_apart_however_it_arrives() {
    let wholes = ["abc", "d", "efghi"].map(|text| Some(text.to_owned()));
    for pieces in [
        &["abcdefghi"][..],
        &["abc", "d", "efghi"],
        &["a", "b", "c", "d", "e", "f", "g", "h", "i"],
        &["ab", "cdef", "", "ghi"],
        &["abcd", "efghi"],
    ] {
        let read = texts_of(parts_of(&in_pieces(pieces), &json("[3, 1, 5]"))).await;
        assert_eq!(read, wholes, "{pieces:?}");
    }
}

#[wasm_bindgen_test]
async fn a_module_that_has_not_arrived_whole_has_not_arrived() {
    let begun = [Some("abc".to_owned()), None, None];
    for (pieces, expected) in [
        (&["abcd"][..], [begun[0].clone(), Some("d".to_owned()), None]),
        (&["abc"], begun),
        (&[], [None, None, None]),
    ] {
        let read = texts_of(parts_of(&in_pieces(pieces), &json("[3, 1, 5]"))).await;
        assert_eq!(read, expected, "{pieces:?}");
    }
    let refused = Function::new_no_args("return Promise.reject(new TypeError())");
    let refused: Promise = refused.call0(&JsValue::UNDEFINED).expect("a promise").unchecked_into();
    assert_eq!(texts_of(parts_of(&refused, &json("[3]"))).await, [None]);
}

/// `(module (func (export "7") (param i32) (result i32) (i32.add (local.get 0) (i32.const 200))))`
const ADDS_200: &str = "data:application/wasm;base64,AGFzbQEAAAABBgFgAX8BfwMCAQAHBQEBNwAACgoBCAAgAEHIAWoL";

#[wasm_bindgen_test]
fn a_function_that_has_not_arrived_is_brought_when_it_is_called_and_given_what_it_takes() {
    let asked = Object::new();
    let exports_of = Function::new_no_args("this.count = (this.count ?? 0) + 1; return {}").bind0(&asked);
    let broken = Function::new_no_args("throw new Error('it is not broken')");
    let functions = stubs(ADDS_200, &exports_of, &broken);
    let function: Function = Reflect::get(&functions, &"7".into()).expect("a function").unchecked_into();
    for number in [1, -200] {
        let sum = function.call1(&JsValue::UNDEFINED, &number.into()).expect("a number");
        assert_eq!(sum.as_f64(), Some(f64::from(number + 200)));
    }
    let count = Reflect::get(&asked, &"count".into()).expect("a number");
    assert_eq!(count.as_f64(), Some(1.0), "it is brought once");
}

#[wasm_bindgen_test]
fn a_function_that_can_not_be_had_tells_why_once_and_stays_broken() {
    let heard = Object::new();
    let broken =
        Function::new_with_args("error", "this.reasons = (this.reasons ?? 0) + (error instanceof Error)");
    let functions =
        stubs("data:application/wasm,none", &Function::new_no_args("return {}"), &broken.bind0(&heard));
    let function: Function = Reflect::get(&functions, &"7".into()).expect("a function").unchecked_into();
    for _ in 0..2 {
        assert!(function.call0(&JsValue::UNDEFINED).is_err());
        let reasons = Reflect::get(&heard, &"reasons".into()).expect("a number");
        assert_eq!(reasons.as_f64(), Some(1.0));
    }
}

#[wasm_bindgen_test]
async fn a_module_of_the_first_file_is_asked_for_again_when_it_did_not_arrive() {
    // An empty module: eight bytes.
    let behind = "this.count = (this.count ?? 0) + 1;
        return this.count > 1 ? WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) : Promise.reject(new TypeError())";
    let asked = Object::new();
    let behind = Function::new_no_args(behind).bind0(&asked);
    let started = Promise::resolve(&json("{}"));
    let later = later_code(&json(r#"{"drawing": [0]}"#), &started, "https://page.test/", &behind);
    let brought = || {
        later.call1(&JsValue::UNDEFINED, &"drawing".into()).expect("a promise").unchecked_into::<Promise>()
    };
    assert!(JsFuture::from(brought()).await.is_err());
    for _ in 0..2 {
        kept(brought()).await;
    }
    let count = Reflect::get(&asked, &"count".into()).expect("a number");
    assert_eq!(count.as_f64(), Some(2.0), "it is instantiated once");
}
