//! What assets/boot.js calls. It writes the file to [`input`], calls [`read`], and finds the text at [`output`].
#![allow(unsafe_code)] // Only for the names of the exports. There is no unsafe code in them.

use crate::sheets;
use std::cell::RefCell;

thread_local! {
    static FILE: RefCell<Vec<u8>> = const { RefCell::new(vec![]) };
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Where the caller is to write a file of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *const u8 {
    FILE.with_borrow_mut(|file| {
        *file = vec![0; length];
        file.as_ptr()
    })
}

/// Reads the file. How many bytes the text of its cells has; 0 when it can't be read, and when it is empty.
#[unsafe(no_mangle)]
pub extern "C" fn read() -> usize {
    let text = sheets(&FILE.take()).unwrap_or_default();
    TEXT.replace(text);
    TEXT.with_borrow(String::len)
}

/// Where the text is.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    TEXT.with_borrow(|text| text.as_ptr())
}
