//! Naming what a person sees: by its role and what it is called.

use serde::Serialize;

/// Something on the page, named as a screen reader would.
#[derive(Clone, Debug, Serialize)]
pub struct Thing {
    role: &'static str,
    name: Option<String>,
    whole: bool,
    within: Option<Box<Thing>>,
}

impl Thing {
    /// The one inside another thing.
    pub fn within(self, other: Thing) -> Thing {
        Thing { within: Some(Box::new(other)), ..self }
    }

    /// The one whose name holds this text.
    pub fn named(self, text: &str) -> Thing {
        Thing { name: Some(text.to_owned()), whole: false, ..self }
    }

    /// The one whose name only begins with, ends with or holds what was given.
    pub fn partly(self) -> Thing {
        Thing { whole: false, ..self }
    }
}

fn named(role: &'static str, name: &str) -> Thing {
    Thing { role, name: Some(name.to_owned()), whole: true, within: None }
}

/// Anything of that role, whatever it is called.
pub fn any(role: &'static str) -> Thing {
    Thing { role, name: None, whole: true, within: None }
}

/// The box of the form that invites.
pub fn addresses() -> Thing {
    textbox("Email addresses")
}

/// The button of that form, whatever it says: how many it would send, or that it is sending.
pub fn sender() -> Thing {
    any("submit")
}

macro_rules! roles {
    ($($role:ident)*) => {
        $(
            /// The thing of this role with exactly this name.
            pub fn $role(name: &str) -> Thing {
                named(stringify!($role), name)
            }
        )*
    };
}

roles! { button checkbox columnheader combobox dialog heading link navigation progressbar region textbox }

macro_rules! spoken {
    ($($role:ident)*) => {
        $(
            /// The thing of this role that holds this text.
            pub fn $role(text: &str) -> Thing {
                named(stringify!($role), text).partly()
            }
        )*
    };
}

spoken! { alert row status }
