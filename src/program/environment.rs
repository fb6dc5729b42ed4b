//! Asks the browser for what updates are decided by.

use crate::browser::{self, Mount};
use crate::program::messages::Environment;
use crate::program::model::Address;
use crate::route::Route;

/// What the address says.
pub fn address(mount: &Mount) -> Address {
    let path = mount.path_below_base();
    let route = path.as_deref().map(Route::of);
    let is_list = route.is_some_and(Route::is_list);
    Address { path, query: mount.query(), is_list, is_accept: route == Some(Route::Accept) }
}

/// What updates are decided by.
pub fn environment() -> Environment {
    Environment {
        now: browser::monotonic_now(),
        today: browser::wall_clock(),
        lowercase: browser::lowercase,
        address_key: browser::ADDRESS_KEY,
        decode: browser::decode,
        decode_base64: browser::decode_base64,
        is_attended: browser::is_attended,
        iso: browser::iso,
    }
}
