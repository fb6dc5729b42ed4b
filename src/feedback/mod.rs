//! What an update tells the person in front of the screen: a message on the status line, and where the keyboard goes.
//! Both are plain values that the runner carries out.

mod focus;
mod toast;

pub use focus::{Focus, FocusWhen, ids};
pub use toast::{Severity, Toast, ToastAction};
