//! One of Clerk's components in the place of the button that was pressed for it.

use crate::clerk::{Client, Component};
use crate::domain::ActiveOrganization;
use crate::i18n::Words;
use crate::session::Opener;
use crate::session::view::clerk_host::ClerkHost;
use crate::session::view::frame::opener;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
struct Props {
    words: Words,
    client: Client,
    active: ActiveOrganization,
    opener: Opener,
}

/// Draws the component, and the button until the component is there.
pub fn opened(words: &Words, client: &Client, active: &ActiveOrganization, opener: Opener) -> Html {
    html! { <Opened words={words.clone()} client={client.clone()} active={active.clone()} {opener} /> }
}

#[function_component]
fn Opened(props: &Props) -> Html {
    let is_drawn = use_state_eq(|| false);
    let on_drawn = {
        let is_drawn = is_drawn.setter();
        Callback::from(move |()| is_drawn.set(true))
    };
    let component = match props.opener {
        Opener::Switcher => Component::OrganizationSwitcher,
        Opener::Account => Component::UserButton,
    };
    html! {
        <>
            if !*is_drawn {
                { opener(&props.words, &props.active, props.opener, true, Callback::noop()) }
            }
            <ClerkHost words={props.words.clone()} client={props.client.clone()} {component} {on_drawn} />
        </>
    }
}
