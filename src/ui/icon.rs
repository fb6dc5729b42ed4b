//! The icons.

use yew::prelude::*;

/// An icon. It never stands alone for a meaning: words are beside it, or on the button that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is named for what it shows.
pub enum Icon {
    Account,
    Alert,
    Caret,
    Check,
    Close,
    Copy,
    Download,
    First,
    Info,
    Key,
    Last,
    Lock,
    Mail,
    More,
    Next,
    People,
    Previous,
    Retry,
    Search,
    Switch,
    Warning,
}

/// Draws an icon. Those that point sideways mirror where writing runs from right to left.
pub fn icon(icon: Icon) -> Html {
    let points = matches!(icon, Icon::First | Icon::Previous | Icon::Next | Icon::Last);
    html! {
        <svg class="icon" data-flips={points.then_some("true")} viewBox="0 0 16 16" aria-hidden="true">
            <path d={path(icon)} />
        </svg>
    }
}

fn path(icon: Icon) -> &'static str {
    match icon {
        Icon::Account => {
            "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.75 13.75C3.25 11.25 5.35 10 8 10s4.75 1.25 5.25 3.75"
        }
        Icon::Alert => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM8 4.75V8.5M8 11h.01",
        Icon::Caret => "M4 6l4 4 4-4",
        Icon::Check => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM5.25 8.25l2 2 3.5-4",
        Icon::Close => "M4 4l8 8M12 4l-8 8",
        Icon::Copy => "M5.5 5.5h8.25v8.25H5.5zM3 10.5H2.25V2.25h8.25V3",
        Icon::Download => "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
        Icon::First => "M12 3.5 7.5 8l4.5 4.5M4 3.5v9",
        Icon::Info => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM8 7.5v3.25M8 5h.01",
        Icon::Key => "M9.5 9.75a3.75 3.75 0 1 0-3.25-3.25L1.75 11v3.25H5V12.5h1.75v-1.75ZM11 5h.01",
        Icon::Last => "M4 3.5 8.5 8 4 12.5M12 3.5v9",
        Icon::Lock => "M3.5 7.25h9v6.5h-9zM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2",
        Icon::Mail => "M1.75 3.5h12.5v9H1.75zM2 4l6 4.75L14 4",
        Icon::More => "M3.5 8h.01M8 8h.01M12.5 8h.01",
        Icon::Next => "M6 3.5 10.5 8 6 12.5",
        Icon::People => {
            "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c.4-2.3 2.2-3.5 4.5-3.5s4.1 1.2 4.5 3.5M10.75 2.75a2.5 2.5 0 0 1 0 4.5M12 10.3c1.4.5 2.3 1.6 2.5 3.2"
        }
        Icon::Previous => "M10 3.5 5.5 8l4.5 4.5",
        Icon::Retry => "M13.25 8a5.25 5.25 0 1 1-1.5-3.75l1.5 1.5M13.25 2.5v3.25H10",
        Icon::Search => "M7 2.25a4.75 4.75 0 1 0 0 9.5 4.75 4.75 0 0 0 0-9.5ZM10.5 10.5l3.25 3.25",
        Icon::Switch => "M5 6l3-3 3 3M5 10l3 3 3-3",
        Icon::Warning => "M8 2 1.5 13.5h13ZM8 6.5v3.25M8 11.5h.01",
    }
}
