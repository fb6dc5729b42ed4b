//! Reads any text, and checks what is promised of each.
#![no_main]

#[path = "../../tests/promises/promise.rs"]
mod promise;

libfuzzer_sys::fuzz_target!(|text: &str| promise::check(text));
