//! Clerk's own forms, with a sentence above them where one is needed.

use crate::accept::screen::{Form, FormReason};
use crate::accept::view::frame::{View, screen};
use crate::clerk::Component;
use crate::feedback::Severity;
use crate::i18n::{Message, Words};
use crate::session::view::ClerkHost;
use crate::ui::{Icon, button, line, link, notice};
use yew::prelude::*;

/// Draws a form. Clerk's component takes the ticket from the address itself. Without a ticket the deployer's own sign-in page is
/// the place to sign in, where there is one.
pub fn form(view: &View, form: Form, reason: Option<FormReason>) -> Html {
    let words = view.words;
    if let Some(on_sign_in) = view.on_sign_in.clone().filter(|_| view.model.ticket().is_none()) {
        return sign_in_elsewhere(words, reason, on_sign_in);
    }
    let (component, heading) = match form {
        Form::SignIn => (Component::SignIn, Message::SignIn),
        Form::SignUp => (Component::SignUp, Message::SignUp),
    };
    let sentence = reason.map(|reason| words.say(sentence(reason, form)));
    // It answers what Clerk has just said of the ticket.
    let is_new = matches!(reason, Some(FormReason::NoAccount | FormReason::AccountExists));
    // Without a ticket Clerk's form can't know which of the two is right.
    let other = matches!(reason, Some(FormReason::NoTicket)).then_some(match form {
        Form::SignIn => (Message::AcceptNoAccountYet, "accept?__clerk_status=sign_up"),
        Form::SignUp => (Message::AcceptAccountAlready, "accept"),
    });
    html! {
        <main class="gate">
            <h1 class="visually-hidden">{ line(words, heading) }</h1>
            if let Some(sentence) = sentence {
                { notice(Severity::Info, is_new, &sentence, None, Html::default()) }
            }
            <ClerkHost key={heading.english()} words={words.clone()} client={view.client.clone()} {component} class="sign-in" />
            if let Some((label, href)) = other {
                <div class="actions centred">{ link("small", &words.say(label), href) }</div>
            }
        </main>
    }
}

fn sign_in_elsewhere(words: &Words, reason: Option<FormReason>, on_sign_in: Callback<MouseEvent>) -> Html {
    let lead = sentence(reason.unwrap_or(FormReason::NoTicket), Form::SignIn);
    let body = html! {
        <>
            <p>{ line(words, lead) }</p>
            <div class="actions">{ button("primary", &words.say(Message::SignIn), on_sign_in) }</div>
        </>
    };
    screen(Icon::Lock, &words.say(Message::SignInTitle), body)
}

fn sentence(reason: FormReason, form: Form) -> Message {
    match (reason, form) {
        (FormReason::NoTicket, Form::SignIn) => Message::AcceptSignInLead,
        (FormReason::NoTicket, Form::SignUp) => Message::AcceptSignUpLead,
        (FormReason::Unconfirmed, _) => Message::AcceptUnconfirmed,
        (FormReason::NoAccount, _) => Message::AcceptNoAccount,
        (FormReason::AccountExists, _) => Message::AcceptAccountExists,
    }
}
