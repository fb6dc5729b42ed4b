//! What an update tells the person in front of the screen: a toast, what a screen reader reads out, and where the keyboard
//! goes. All are plain values.

mod announcer;
mod focus;
mod toast;

pub use announcer::{Announcer, Due, Next, Speech};
pub use focus::{Focus, FocusWhen, ids};
pub use toast::{Severity, Toast, ToastAction};
