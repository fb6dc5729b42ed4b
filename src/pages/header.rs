//! Which organization this is, and the ways to another one and to one's account.

use crate::clerk::Component;
use crate::components::{Icon, icon};
use crate::domain::{Error, Place};
use crate::hooks::{Said, Tone, use_say, use_words};
use crate::i18n::Message;
use crate::pages::clerk_host::ClerkHost;
use yew::prelude::*;

/// Who is where.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// That.
    pub place: Place,
}

/// Name and logo, and two buttons that become Clerk's components when they are pressed: their bundle is many times
/// as large as this page, and most visits need none of it.
#[function_component]
pub fn Header(props: &Props) -> Html {
    let words = use_words();
    let Place { viewer, organization, .. } = &props.place;
    let account = words.fill(Message::HeaderAccount, &[("name", &viewer.name)]);
    html! {
        <header class="header">
            if let Some(src) = organization.image.clone() {
                <img class="avatar" {src} alt="" width="40" height="40" />
            } else {
                <span class="avatar" aria-hidden="true">{ initials(&organization.name) }</span>
            }
            <hgroup>
                <h1 class="clip" title={organization.name.clone()}>{ &organization.name }</h1>
                <p class="muted">{ words.say(Message::HeaderLead) }</p>
            </hgroup>
            <div class="header-actions">
                <Opener
                    icon={Icon::Switch}
                    text={words.say(Message::HeaderSwitch)}
                    component={Component::OrganizationSwitcher { open: true }}
                />
                <Opener icon={Icon::Account} label={account} component={Component::UserButton} />
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
    icon: Icon,
    #[prop_or_default]
    text: Option<String>,
    #[prop_or_default]
    label: Option<String>,
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
    let words = use_words();
    let say = use_say();
    let opening = use_state_eq(|| Opening::Closed);
    let on_settled = {
        let (opening, failed) = (opening.setter(), words.say(Message::ComponentFailed));
        Callback::from(move |outcome: Result<(), Error>| match outcome {
            Ok(()) => opening.set(Opening::Open),
            Err(_) => {
                opening.set(Opening::Closed);
                say.emit(Said { tone: Tone::Danger, text: failed.clone() });
            }
        })
    };
    let onclick = {
        let (opening, is_closed) = (opening.setter(), *opening == Opening::Closed);
        Callback::from(move |_: MouseEvent| {
            if is_closed {
                opening.set(Opening::UnderWay);
            }
        })
    };
    let is_under_way = *opening == Opening::UnderWay;
    let square = props.text.is_none().then_some("square account");
    html! {
        <>
            if *opening != Opening::Open {
                <button
                    class={classes!("button", square)}
                    type="button"
                    aria-label={props.label.clone()}
                    aria-disabled={is_under_way.then_some("true")}
                    {onclick}
                >
                    if is_under_way {
                        <span class="spinner" aria-hidden="true"></span>
                    } else {
                        { icon(props.icon) }
                    }
                    { props.text.clone() }
                </button>
            }
            if *opening != Opening::Closed {
                <ClerkHost component={props.component.clone()} {on_settled} />
            }
        </>
    }
}
