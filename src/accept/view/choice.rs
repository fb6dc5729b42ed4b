//! What there is to choose from: received invitations, suggested organizations, and those that one belongs to.

use crate::accept::model::Action;
use crate::accept::screen::{Lead, viewer};
use crate::accept::service::{PublicOrganization, Received, ReceivedInvitation, Suggestion};
use crate::accept::update::Msg;
use crate::accept::view::account::account;
use crate::accept::view::account_button::AccountButton;
use crate::accept::view::clerk_button::ClerkButton;
use crate::accept::view::frame::{View, screen};
use crate::accept::view::refused::sentences;
use crate::browser::{DateStyle, date};
use crate::clerk::Component;
use crate::domain::{AuthState, RoleKey};
use crate::i18n::{Message, Words, system_role};
use crate::ui::{Icon, clip, initials, line};
use yew::prelude::*;

/// Draws the choice, with what is to be said of the link above it.
pub fn choice(view: &View, lead: &Lead, received: &Received) -> Html {
    let words = view.words;
    let sessions = &received.account.sessions;
    let is_other_account = matches!(lead, Lead::NotFound);
    let heading = match lead {
        Lead::Invited(invitation) => {
            words.fill(Message::AcceptInvited, &[("organization", &invitation.organization.name)])
        }
        Lead::Over(refusal) => words.say(sentences(*refusal).0),
        Lead::NotFound => words.say(Message::AcceptNotFound),
        Lead::None if view.is_invitees_page => words.say(Message::AcceptTitle),
        Lead::None => words.say(Message::ChooseTitle),
    };
    let body = html! {
        <>
            { text(view, lead, received) }
            if is_other_account {
                { account(view, sessions, "small primary") }
                { addresses(view, &received.account.unverified) }
            }
            { invitations(view, lead, received) }
            { suggestions(view, &received.suggestions) }
            { organizations(view, &received.account.organizations) }
            if !is_other_account { { account(view, sessions, "small") } }
        </>
    };
    let shown = match lead {
        Lead::NotFound | Lead::Over(_) => Icon::Info,
        Lead::None if !view.is_invitees_page => Icon::Switch,
        _ => Icon::Mail,
    };
    screen(shown, &heading, body)
}

/// What is said of the link, or of there being nothing.
fn text(view: &View, lead: &Lead, received: &Received) -> Html {
    let words = view.words;
    let Some(viewer) = viewer(view.auth) else { return Html::default() };
    let user = [("user", viewer.email.as_deref().unwrap_or(&viewer.name))];
    let unverified = &received.account.unverified;
    match lead {
        Lead::Over(refusal) => html! { <p>{ line(words, sentences(*refusal).1) }</p> },
        Lead::NotFound => html! {
            <>
                <p class="clip">{ words.fill(Message::AcceptNotFoundText, &user) }</p>
                <p class="hint">{ line(words, Message::AcceptNotFoundHint) }</p>
            </>
        },
        _ if !received.invitations.is_empty() => {
            html! { <p class="hint">{ line(words, Message::AcceptLeave) }</p> }
        }
        _ if view.is_invitees_page || received.account.organizations.is_empty() => html! {
            <>
                <p class="clip">{ words.fill(Message::AcceptNone, &user) }</p>
                { addresses(view, unverified) }
            </>
        },
        _ if !unverified.is_empty() => addresses(view, unverified),
        _ => Html::default(),
    }
}

/// Clerk shows people the invitations to their verified addresses alone: says so, and leads to where they can be added.
fn addresses(view: &View, unverified: &[String]) -> Html {
    let words = view.words;
    let sentence = match unverified {
        [] => words.say(Message::AcceptAddAddress),
        unverified => words.fill(Message::AcceptUnverified, &[("emails", &words.list(unverified))]),
    };
    html! {
        <>
            <p class="clip hint">{ sentence }</p>
            <div class="actions"><AccountButton words={words.clone()} client={view.client.clone()} /></div>
        </>
    }
}

/// The invitations. That of the link comes first.
fn invitations(view: &View, lead: &Lead, received: &Received) -> Html {
    let first = match lead {
        Lead::Invited(invitation) => Some(&invitation.id),
        _ => None,
    };
    let mut all: Vec<_> = received.invitations.iter().collect();
    all.sort_by_key(|invitation| Some(&invitation.id) != first);
    // The heading of the screen is about the link then.
    let are_others = matches!(lead, Lead::NotFound | Lead::Over(_));
    html! {
        if !all.is_empty() {
            if are_others { <h2>{ line(view.words, Message::AcceptTitle) }</h2> }
            <ul class="offers" aria-label={view.words.say(Message::AcceptTitle)}>
                { for all.into_iter().map(|one| invitation(view, one)) }
            </ul>
        }
    }
}

fn invitation(view: &View, invitation: &ReceivedInvitation) -> Html {
    let words = view.words;
    let name = [("organization", &*invitation.organization.name)];
    let role = role_name(words, &invitation.role);
    let day = invitation.created.and_then(|time| date(&words.locale, time, DateStyle::Day));
    let about = match &day {
        Some(day) => words.fill(Message::AcceptOffer, &[("role", &role), ("date", day)]),
        None => words.fill(Message::AcceptOfferUndated, &[("role", &role)]),
    };
    let is_to_another = viewer(view.auth).is_some_and(|viewer| {
        viewer.email.as_ref().is_some_and(|email| !email.eq_ignore_ascii_case(&invitation.email))
    });
    let action = Action::Join(invitation.id.clone());
    let join = view.acts(
        "primary",
        &action,
        Msg::JoinPressed(invitation.id.clone()),
        &words.say(Message::AcceptJoin),
        Some(words.fill_plain(Message::AcceptJoinOf, &name)),
    );
    let text = html! {
        <>
            <p class="hint clip">{ about }</p>
            if is_to_another {
                <p class="hint clip">{ words.fill(Message::AcceptOfferTo, &[("email", &invitation.email)]) }</p>
            }
            { view.failure(&action) }
        </>
    };
    offer(&invitation.id.0, &invitation.organization, text, join)
}

fn suggestions(view: &View, all: &[Suggestion]) -> Html {
    html! {
        if !all.is_empty() {
            <h2>{ line(view.words, Message::AcceptSuggested) }</h2>
            <ul class="offers" aria-label={view.words.say(Message::AcceptSuggested)}>
                { for all.iter().map(|one| suggestion(view, one)) }
            </ul>
        }
    }
}

fn suggestion(view: &View, suggestion: &Suggestion) -> Html {
    let words = view.words;
    let is_requested = suggestion.is_requested || view.model.requested.contains(&suggestion.id);
    let action = Action::Request(suggestion.id.clone());
    let name = [("organization", &*suggestion.organization.name)];
    let ask = view.acts(
        "",
        &action,
        Msg::RequestPressed(suggestion.id.clone()),
        &words.say(Message::AcceptRequest),
        Some(words.fill_plain(Message::AcceptRequestOf, &name)),
    );
    let text = html! {
        <>
            <p class="hint" role="status">
                if is_requested { { line(words, Message::AcceptRequested) } }
            </p>
            { view.failure(&action) }
        </>
    };
    offer(&suggestion.id.0, &suggestion.organization, text, if is_requested { Html::default() } else { ask })
}

/// The organizations that one belongs to. Another one can be created in Clerk's switcher.
fn organizations(view: &View, all: &[PublicOrganization]) -> Html {
    let words = view.words;
    html! {
        <>
            if !all.is_empty() {
                <h2>{ line(words, Message::AcceptYours) }</h2>
                <ul class="offers" aria-label={words.say(Message::AcceptYours)}>
                    { for all.iter().map(|one| organization(view, one)) }
                </ul>
            }
            if !view.is_invitees_page {
                <ClerkButton
                    words={words.clone()}
                    client={view.client.clone()}
                    icon={Icon::Switch}
                    label={words.say(Message::AcceptCreate)}
                    component={Component::OrganizationSwitcher}
                />
            }
        </>
    }
}

fn organization(view: &View, organization: &PublicOrganization) -> Html {
    let words = view.words;
    let is_active =
        matches!(view.auth, Some(AuthState::Active(active)) if active.organization.id == organization.id);
    let action = Action::Open(organization.id.clone());
    let open = view.acts(
        "",
        &action,
        Msg::OpenPressed(organization.clone()),
        &words.say(Message::AcceptOpen),
        Some(words.fill_plain(Message::AcceptOpenOf, &[("organization", &organization.name)])),
    );
    let text = html! {
        <>
            if is_active { <p class="hint">{ line(words, Message::AcceptActive) }</p> }
            { view.failure(&action) }
        </>
    };
    offer(&organization.id.0, organization, text, open)
}

/// An organization with what can be done about it.
fn offer(id: &str, organization: &PublicOrganization, text: Html, action: Html) -> Html {
    html! {
        <li class="offer" key={id.to_owned()}>
            if let Some(src) = organization.image.clone() {
                <img class="avatar" {src} alt="" width="40" height="40" />
            } else {
                <span class="avatar" aria-hidden="true">{ initials(&organization.name) }</span>
            }
            <div>
                <strong>{ clip(&organization.name) }</strong>
                { text }
            </div>
            { action }
        </li>
    }
}

/// A role as people read it. Clerk gives the invitee its key alone: `org:people_lead` is "people lead".
fn role_name(words: &Words, role: &RoleKey) -> String {
    if let Some(message) = system_role(role) {
        return words.say(message);
    }
    let short = role.0.split_once(':').map_or(&*role.0, |(_, short)| short);
    short.split(['_', '-']).collect::<Vec<_>>().join(" ")
}
