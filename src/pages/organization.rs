//! The page for one organization. It is keyed by user, session and organization: with another one of any of them,
//! everything here is made anew, and answers that are still under way find nobody to tell.

use crate::components::{Icon, fact, icon, line, seats_meter};
use crate::domain::role::MANAGE;
use crate::domain::{InvitationId, Invitations, Place, Rights, Seats, Slice, Status, View};
use crate::hooks::{CurrentView, Surroundings, use_remote, use_view};
use crate::i18n::{Message, Words};
use crate::pages::header::header;
use crate::pages::invite::Invite;
use crate::pages::list::List;
use std::rc::Rc;
use yew::prelude::*;

/// The header, and what the viewer's role allows.
pub fn organization(around: &Surroundings, place: &Place) -> Html {
    html! {
        <div class="page" key={place.key()}>
            { header(around, place) }
            <main class="main">
                if place.membership.rights == Rights::Manage {
                    <Manage around={around.clone()} place={place.clone()} />
                } else {
                    { no_right(&around.words, place) }
                }
            </main>
        </div>
    }
}

fn no_right(words: &Words, place: &Place) -> Html {
    let what = match place.membership.rights {
        Rights::Read => Message::RightRead,
        Rights::Neither | Rights::Manage => Message::RightNeither,
    };
    let role = &place.membership.role_name;
    html! {
        <section class="card">
            { icon(Icon::Lock) }
            <h2>{ line(words, Message::RightTitle) }</h2>
            <p>{ line(words, what) }</p>
            <dl class="facts">
                { fact(&words.say(Message::RightViewer), place.viewer.email.as_ref().unwrap_or(&place.viewer.name)) }
                { fact(&words.say(Message::RightOrganization), &place.organization.name) }
                if !role.is_empty() { { fact(&words.say(Message::RightRole), role) } }
                { fact(&words.say(Message::RightMissing), MANAGE) }
            </dl>
            <p class="hint">{ line(words, Message::RightHint) }</p>
        </section>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct ManageProps {
    around: Surroundings,
    place: Place,
}

/// Seats, the form and the list, for those who may manage.
#[function_component]
fn Manage(props: &ManageProps) -> Html {
    let Surroundings { words, config, client, .. } = &props.around;
    let organization = &props.place.organization;
    let CurrentView { view, go, first, correct } = use_view(config.page_size);
    let fresh = use_state_eq(Rc::<Vec<InvitationId>>::default);
    let roles = {
        let (client, id) = (client.clone(), organization.id.clone());
        use_remote((), move |()| {
            let (client, id) = (client.clone(), id.clone());
            async move { client.roles(&id).await }
        })
    };
    let invitations = {
        let service = client.invitations(&organization.id);
        use_remote(view, move |View { page, size }| {
            let service = service.clone();
            async move {
                let (rows, total) = service.list(&[Status::Pending], page.number(), size.rows()).await?;
                Ok(Slice { rows, page, size, total })
            }
        })
    };
    {
        // Behind the end: the last row of the last page was revoked, or the address named a page that never was.
        let instead = invitations
            .known
            .value()
            .and_then(|slice| Some(View { page: slice.instead()?, size: slice.size }));
        use_effect_with(instead, move |instead| instead.iter().for_each(|view| correct.emit(*view)));
    }
    let on_sent = {
        let (fresh, reload) = (fresh.clone(), invitations.reload.clone());
        Callback::from(move |sent: Vec<InvitationId>| {
            if !sent.is_empty() {
                fresh.set(Rc::new(fresh.iter().cloned().chain(sent).collect()));
                // The newest stand on the first page.
                first.emit(());
            }
            reload.emit(());
        })
    };
    let changes = use_state_eq(|| 0u32);
    let on_reload = {
        let (changes, reload) = (changes.clone(), invitations.reload.clone());
        Callback::from(move |()| {
            changes.set(changes.wrapping_add(1));
            reload.emit(());
        })
    };
    let on_go = {
        let reload = invitations.reload.clone();
        // The address names it already, but it could not be loaded: then it is asked for again.
        Callback::from(move |next: View| if next == view { reload.emit(()) } else { go.emit(next) })
    };
    // The list's total is newer than the organization object, whose counters are frozen when it is made.
    let counted = invitations.known.value().map(|slice| slice.total);
    let seats = organization.seats.map(|seats| Seats { pending: counted.unwrap_or(seats.pending), ..seats });
    let service = client.invitations(&organization.id);
    html! {
        <>
            { seats.map(|seats| seats_meter(words, seats)) }
            <Invite
                around={props.around.clone()}
                place={props.place.clone()}
                service={service.clone()}
                roles={roles.known.clone()}
                {seats}
                changes={*changes}
                on_retry_roles={roles.reload.clone()}
                {on_sent}
            />
            <List
                around={props.around.clone()}
                {service}
                known={invitations.known.clone()}
                is_busy={invitations.is_busy()}
                size={view.size}
                roles={roles.known.value().cloned()}
                fresh={(*fresh).clone()}
                {on_go}
                {on_reload}
            />
        </>
    }
}
