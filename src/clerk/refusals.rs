//! Who hears of tickets that Clerk refuses.

use std::cell::RefCell;
use std::rc::Rc;

/// Hears of refused tickets, by Clerk's codes.
pub type RefusalListener = Box<dyn Fn(&str)>;

/// Who hears of refused tickets: the page that asked last. clerk-js has no way to end a listener, so it is given only one.
#[derive(Clone, Default)]
pub struct Refusals(Rc<RefCell<Option<RefusalListener>>>);

impl std::fmt::Debug for Refusals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Refusals")
    }
}

impl Refusals {
    /// Has `listener` hear of them from now on. `true` when it is the first.
    pub fn hear(&self, listener: RefusalListener) -> bool {
        self.0.replace(Some(listener)).is_none()
    }

    /// Tells of one.
    pub fn tell(&self, code: &str) {
        if let Some(listener) = &*self.0.borrow() {
            listener(code);
        }
    }
}
