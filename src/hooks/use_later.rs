//! What is fetched only when somebody is about to use it.

use crate::browser::later;
use yew::platform::spawn_local;
use yew::prelude::*;

/// The rest of the page's code, as far as it is here.
#[derive(Clone, Copy, PartialEq)]
pub enum Later {
    /// Nobody needs it yet.
    Unwanted,
    /// It is on its way; for the how-manieth time.
    UnderWay(u32),
    /// It did not arrive, at the how-manieth time.
    Failed(u32),
    /// It is here.
    Here,
}

/// How far it is, and a way to want it, which is also the way to try again. It is wanted without that once `is_wanted`.
#[hook]
pub fn use_later(is_wanted: bool) -> (Later, Callback<()>) {
    let rest = use_state_eq(|| Later::Unwanted);
    {
        let shown = rest.setter();
        use_effect_with(*rest, move |rest| {
            if let Later::UnderWay(attempt) = *rest {
                spawn_local(async move {
                    shown.set(if later().await { Later::Here } else { Later::Failed(attempt) });
                });
            }
        });
    }
    let now = *rest;
    let wake = Callback::from(move |()| match *rest {
        Later::Unwanted => rest.set(Later::UnderWay(0)),
        Later::Failed(attempt) => rest.set(Later::UnderWay(attempt.wrapping_add(1))),
        Later::UnderWay(_) | Later::Here => {}
    });
    {
        let wake = wake.clone();
        use_effect_with(is_wanted, move |is_wanted| {
            if *is_wanted {
                wake.emit(());
            }
        });
    }
    (now, wake)
}
