//! Dates, numbers and plurals: whatever the locale and the number, a text or an absence.

use clerk_invitations::browser::{DateStyle, date, number, plural_category};
use clerk_invitations::domain::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;

/// Tags that are no locale, or none that any browser knows.
const BOGUS: [&str; 6] = ["", "x", "not a locale", "en_US", "\u{0}", "de-DE-u-nu-nothing-at-all"];

/// 2026-08-23T12:00:00Z
const NOON: Timestamp = Timestamp(1_787_486_400_000.0);

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
