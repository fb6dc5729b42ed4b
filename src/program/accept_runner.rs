//! Carries out the effects of the invitee's side. Fetched later.

use crate::accept::{self, Effect, LinkStatus, Refusal, STATUS};
use crate::browser::Mount;
use crate::domain::query_string;
use crate::program::messages::Msg;
use crate::program::store::Program;

/// Carries an effect out.
pub fn run(program: &Program, effect: Effect) {
    let Some(client) = program.client() else { return };
    match effect {
        Effect::HearRefusals => {
            let program = program.clone();
            client.hear_refused_tickets(move |code| {
                if let Some(refusal) = Refusal::from_code(code) {
                    program.send(Msg::Accept(accept::Msg::TicketRefused(refusal)));
                }
            });
        }
        Effect::SayThatThereIsAnAccount => say_status(program.mount(), LinkStatus::SignIn),
        Effect::Receive(question, ticket) => program.answer(async move {
            let received = accept::receive(&client, ticket.as_ref()).await;
            Msg::Accept(accept::Msg::Received(question, received))
        }),
        Effect::Join(invitation) => program.answer(async move {
            let joined = accept::join(&client, &invitation).await;
            Msg::Accept(accept::Msg::Joined(invitation, joined))
        }),
        Effect::Request(id) => program.answer(async move {
            let requested = accept::request(&client, &id).await;
            Msg::Accept(accept::Msg::Requested(id, requested))
        }),
        Effect::Open(id) => program.answer(async move {
            let opened = client.set_active(&id).await;
            Msg::Accept(accept::Msg::Opened(id, opened))
        }),
        Effect::Switch(session) => program.answer(async move {
            let switched = client.set_session(&session).await;
            Msg::Accept(accept::Msg::Switched(session, switched))
        }),
        Effect::SignOut { is_link_kept } => {
            let mount = program.mount();
            let address = if is_link_kept { mount.return_address() } else { mount.return_path() };
            program
                .answer(async move { Msg::Accept(accept::Msg::SignedOut(client.sign_out(&address).await)) });
        }
        Effect::GoToChoice => program.mount().go_to("accept"),
        // The program carries these out itself.
        Effect::HushToast | Effect::Focus(_) => {}
    }
}

fn say_status(mount: &Mount, status: LinkStatus) {
    let word = if status == LinkStatus::SignUp { "sign_up" } else { "sign_in" };
    let mut query = query_string::without(&mount.query(), &[STATUS]);
    query_string::add(&mut query, STATUS, word);
    mount.replace_address(&[&*mount.path(), "?", &query].concat());
}
