//! Which organization this is, and the ways to another one and to one's account.

use crate::clerk::Component;
use crate::components::{Icon, icon, line};
use crate::domain::Place;
use crate::hooks::Surroundings;
use crate::i18n::Message;
use crate::pages::clerk_host::ClerkHost;
use yew::prelude::*;

/// Draws name and logo, and two buttons that become Clerk's components when they are pressed: their bundle is many
/// times as large as this page, and most visits need none of it.
pub fn header(around: &Surroundings, place: &Place) -> Html {
    let words = &around.words;
    let Place { viewer, organization, .. } = place;
    let account = words.fill(Message::HeaderAccount, &[("name", &viewer.name)]);
    let switch = words.say(Message::HeaderSwitch);
    let switcher = Component::OrganizationSwitcher { open: true };
    html! {
        <header class="header">
            if let Some(src) = organization.image.clone() {
                <img class="avatar" {src} alt="" width="40" height="40" />
            } else {
                <span class="avatar" aria-hidden="true">{ initials(&organization.name) }</span>
            }
            <hgroup>
                <h1 class="clip" title={organization.name.clone()}>{ &organization.name }</h1>
                <p class="muted">{ line(words, Message::HeaderLead) }</p>
            </hgroup>
            <div class="header-actions">
                <Opener around={around.clone()} icon={Icon::Switch} label={switch} is_square=false component={switcher} />
                <Opener
                    around={around.clone()}
                    icon={Icon::Account}
                    label={account}
                    is_square=true
                    component={Component::UserButton}
                />
            </div>
        </header>
    }
}

/// The first letters of the first two words.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
}

#[derive(Clone, PartialEq, Properties)]
struct OpenerProps {
    around: Surroundings,
    icon: Icon,
    label: String,
    is_square: bool,
    component: Component,
}

#[derive(Clone, Copy, PartialEq)]
enum Opening {
    Closed,
    UnderWay,
    Open,
}

/// A button that one of Clerk's components takes the place of, once it is wanted and here.
#[function_component]
fn Opener(props: &OpenerProps) -> Html {
    let opening = use_state_eq(|| Opening::Closed);
    let to = |next: Opening| {
        let opening = opening.setter();
        Callback::from(move |()| opening.set(next))
    };
    let is_under_way = *opening == Opening::UnderWay;
    let onclick =
        if is_under_way { Callback::noop() } else { to(Opening::UnderWay).reform(|_: MouseEvent| ()) };
    html! {
        <>
            if *opening != Opening::Open {
                <button
                    class={if props.is_square { "button square account" } else { "button" }}
                    type="button"
                    aria-label={props.is_square.then(|| props.label.clone())}
                    aria-disabled={is_under_way.then_some("true")}
                    {onclick}
                >
                    if is_under_way {
                        <span class="spinner" aria-hidden="true"></span>
                    } else {
                        { icon(props.icon) }
                    }
                    if !props.is_square {
                        { &props.label }
                    }
                </button>
            }
            if *opening != Opening::Closed {
                <ClerkHost
                    around={props.around.clone()}
                    component={props.component.clone()}
                    on_drawn={to(Opening::Open)}
                />
            }
        </>
    }
}
