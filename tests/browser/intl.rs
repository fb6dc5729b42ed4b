//! Addresses that are the same, dates, numbers, plurals and lists: whatever the locale and the number, a text or an absence.

use crate::world::World;
use clerk_invitations::browser::{
    ADDRESS_KEY, DateStyle, date, decode_base64, iso, list, lowercase, number, plural_category,
};
use clerk_invitations::domain::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;

include!("../fixtures/address_keys.rs");

/// Tags that are no locale, or none that any browser knows.
const BOGUS: [&str; 6] = ["", "x", "not a locale", "en_US", "\u{0}", "de-DE-u-nu-nothing-at-all"];

/// 2026-08-23T12:00:00Z
const NOON: Timestamp = Timestamp(1_787_486_400_000.0);

#[wasm_bindgen_test]
fn the_browser_compares_and_composes_addresses_as_the_tests_on_the_host_do() {
    for (one, other) in SAME {
        assert_eq!((ADDRESS_KEY.key)(one), (ADDRESS_KEY.key)(other), "{one} {other}");
    }
    for (one, other) in APART {
        assert_ne!((ADDRESS_KEY.key)(one), (ADDRESS_KEY.key)(other), "{one} {other}");
    }
    for (written, sent) in SENT {
        assert_eq!((ADDRESS_KEY.compose)(written), *sent, "{written}");
    }
    assert_eq!(lowercase("U\u{308}BUNG mi\u{212a}e"), "\u{fc}bung mi\u{212a}e");
}

#[wasm_bindgen_test]
fn a_date_is_written_as_its_reader_writes_it() {
    assert_eq!(date("en-US", NOON, DateStyle::Day).as_deref(), Some("Aug 23, 2026"));
    assert_eq!(date("de-AT", NOON, DateStyle::Day).as_deref(), Some("23.08.2026"));
    let exact = date("en-US", NOON, DateStyle::Exact).expect("a date");
    assert!(exact.starts_with("Sunday, August 23, 2026"), "{exact}");
}

#[wasm_bindgen_test]
fn a_time_that_no_calendar_has_is_an_absence() {
    for milliseconds in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 8.64e15 + 1.0, -8.64e15 - 1.0, f64::MAX]
    {
        for style in [DateStyle::Day, DateStyle::Exact] {
            assert_eq!(date("en", Timestamp(milliseconds), style), None, "{milliseconds}");
        }
    }
    for milliseconds in [0.0, -1.0, 0.5, 8.64e15, -8.64e15] {
        assert!(date("en", Timestamp(milliseconds), DateStyle::Exact).is_some(), "{milliseconds}");
    }
}

#[wasm_bindgen_test]
fn a_locale_that_is_none_costs_the_date_and_nothing_else() {
    for locale in BOGUS {
        let _ = date(locale, NOON, DateStyle::Day);
        assert!(number(locale, 1234).contains("234"), "{locale:?}");
        assert!(["one", "other"].contains(&plural_category(locale, 1).as_str()), "{locale:?}");
    }
    assert_eq!(date("not a locale", NOON, DateStyle::Day), None);
    assert_eq!(number("not a locale", 1234), "1234");
    assert_eq!(plural_category("not a locale", 1), "other");
}

#[wasm_bindgen_test]
fn a_number_is_grouped_as_its_reader_groups_it() {
    assert_eq!(number("en", 1_234_567), "1,234,567");
    assert_eq!(number("de", 1_234_567), "1.234.567");
    assert!(!number("en", u64::MAX).is_empty());
}

#[wasm_bindgen_test]
fn each_language_has_its_plural_categories() {
    for (locale, count, category) in [
        ("en", 0, "other"),
        ("en", 1, "one"),
        ("de", 2, "other"),
        ("ar", 0, "zero"),
        ("ar", 1, "one"),
        ("ar", 2, "two"),
        ("ar", 5, "few"),
        ("ar", 11, "many"),
        ("ar", 100, "other"),
    ] {
        assert_eq!(plural_category(locale, count), category, "{locale} {count}");
    }
    assert!(!plural_category("ar-EG", u64::MAX).is_empty());
}

fn parts(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

#[wasm_bindgen_test]
fn a_list_is_written_as_its_reader_writes_it() {
    let three = parts(&["3 new", "2 pending", "1 failed"]);
    assert_eq!(list("en", &three), "3 new, 2 pending, 1 failed");
    assert_eq!(list("de", &three), "3 new, 2 pending und 1 failed");
    assert_eq!(list("ar", &three), "3 new، و2 pending، و1 failed");
    for locale in ["en", "de", "ar", "not a locale"] {
        assert_eq!(list(locale, &[]), "");
        assert_eq!(list(locale, &parts(&["one"])), "one");
    }
    assert_eq!(list("not a locale", &three), "3 new, 2 pending, 1 failed");
}

#[wasm_bindgen_test]
fn the_formats_of_a_locale_are_made_once() {
    let world = World::without_clerk();
    world.stage.count_formats();
    for _ in 0..3 {
        let _ = (date("en-GB", NOON, DateStyle::Day), date("en-GB", NOON, DateStyle::Exact));
        let _ = (number("en-GB", 1), plural_category("en-GB", 1), list("en-GB", &parts(&["a", "b"])));
    }
    assert_eq!(world.stage.formats(), 5);
    assert_eq!(date("de-AT", NOON, DateStyle::Day).as_deref(), Some("23.08.2026"));
    assert_eq!(world.stage.formats(), 6);
}

#[wasm_bindgen_test]
fn a_time_is_written_for_programs_when_four_digits_write_its_year() {
    for (time, text) in [
        (0.0, "1970-01-01T00:00:00.000Z"),
        (-1.0, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000.0, "2000-02-29T00:00:00.000Z"),
        (1_795_556_061_007.9, "2026-11-24T21:34:21.007Z"),
        (-62_167_219_200_000.0, "0000-01-01T00:00:00.000Z"),
        (253_402_300_799_999.0, "9999-12-31T23:59:59.999Z"),
    ] {
        assert_eq!(iso(Timestamp(time)), text);
    }
    for time in
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, 253_402_300_800_000.0, -62_167_219_200_001.0]
    {
        assert_eq!(iso(Timestamp(time)), "", "{time}");
    }
}

#[wasm_bindgen_test]
fn base64_is_decoded_with_or_without_padding() {
    for text in ["Y2xlcmsuZXhhbXBsZS5jb20k", "Y2xlcmsuZXhhbXBsZS5jb20", "Yy5kJA==", "Yy5kJA", ""] {
        assert!(decode_base64(text).is_some(), "{text}");
    }
    assert_eq!(decode_base64("Yy5kJA").as_deref(), Some("c.d$"));
    assert_eq!(decode_base64("/w==").as_deref(), Some("\u{ff}"));
    for text in ["Y", "Yy5kJ", "Yy5kJA=", "Yy5kJA===", "Yy-k", "%%%%", "\u{e4}", "\u{0}"] {
        assert_eq!(decode_base64(text), None, "{text:?}");
    }
}
