//! The page for one organization. It is keyed by user, session and organization: with another one of any of them,
//! everything here is made anew, and answers that are still under way find nobody to tell.

use crate::browser::{clock, now};
use crate::components::{Icon, fact, icon, line, seats_meter};
use crate::domain::listing::count;
use crate::domain::role::MANAGE;
use crate::domain::{InvitationId, Invitations, Known, Listing, Place, Rights, Seats, Shown, Slice, View};
use crate::hooks::{
    Answer, CurrentListing, Said, Sheet, Surroundings, Tone, use_listing, use_remote, use_return,
};
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

/// How often the list is asked for because somebody comes back to the page: in milliseconds, at most once.
const SELDOM: f64 = 15_000.0;

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
    let CurrentListing { listing, go, search, first, correct } = use_listing(config.page_size);
    let sheet = Sheet::clone(&use_memo((), |()| Sheet::default()));
    let fresh = use_state_eq(Rc::<Vec<InvitationId>>::default);
    let changes = use_state_eq(|| 0u32);
    let roles = {
        let (client, id) = (client.clone(), organization.id.clone());
        use_remote((), move |()| {
            let (client, id) = (client.clone(), id.clone());
            async move { client.roles(&id).await }
        })
    };
    let invitations = {
        let (service, sheet) = (client.invitations(&organization.id), sheet.clone());
        use_remote(listing.clone(), move |listing: Listing| {
            let service = service.clone();
            sheet.note(|leaf| leaf.asked = now());
            async move {
                if listing.needs_all() {
                    return Ok(Answer { listing, slice: None });
                }
                let View { page, size } = listing.view;
                let (rows, total) =
                    service.list(&listing.shown.statuses(), page.number(), size.rows()).await?;
                Ok(Answer { listing, slice: Some(Slice { rows, page, size, total }) })
            }
        })
    };
    let counts = {
        let service = client.invitations(&organization.id);
        // Nobody waits for them, so they wait for what somebody waits for.
        let is_first_there = !matches!(invitations.known, Known::Nothing);
        use_remote((is_first_there, *changes, fresh.len()), move |(is_wanted, ..)| {
            let service = service.clone();
            async move { if is_wanted { count(&service, clock()).await.map(Some) } else { Ok(None) } }
        })
    };
    let refresh = {
        let (changes, reload, sheet) = (changes.clone(), invitations.reload.clone(), sheet.clone());
        Callback::from(move |is_quiet| {
            sheet.note(|leaf| {
                leaf.is_quiet = is_quiet;
                leaf.news.take_if(|_| !is_quiet);
            });
            changes.set(changes.wrapping_add(1));
            reload.emit(());
        })
    };
    let on_reload = refresh.reform(|()| false);
    {
        let (sheet, roles) = (sheet.clone(), roles.reload.clone());
        let is_busy = invitations.is_busy();
        use_return(Callback::from(move |()| {
            if !is_busy && now() - sheet.read(|leaf| leaf.asked) >= SELDOM {
                roles.emit(());
                refresh.emit(true);
            }
        }));
    }
    {
        let (around, was) = (props.around.clone(), use_mut_ref(|| None::<bool>));
        use_effect_with(roles.known.value().map(|roles| roles.migrating), move |migrating| {
            let Some(migrating) = *migrating else { return };
            let (tone, message) = match (was.borrow_mut().replace(migrating), migrating) {
                (Some(false), true) => (Tone::Warning, Message::RolesMigrating),
                (Some(true), false) => (Tone::Success, Message::ChangeMigrationOver),
                _ => return,
            };
            around.say.emit(Some(Said::new(tone, around.words.say(message))));
        });
    }
    let on_sent = {
        let (fresh, reload, sheet) = (fresh.clone(), invitations.reload.clone(), sheet.clone());
        Callback::from(move |sent: Vec<InvitationId>| {
            if !sent.is_empty() {
                fresh.set(Rc::new(fresh.iter().cloned().chain(sent).collect()));
                // The newest stand on the first page.
                first.emit(());
            }
            // Whoever has sent something wants to see it.
            sheet.note(|leaf| (leaf.is_quiet, leaf.news) = (false, None));
            reload.emit(());
        })
    };
    let on_changed = {
        let (fresh, reload) = (fresh.clone(), on_reload.clone());
        Callback::from(move |sent: Vec<InvitationId>| {
            if !sent.is_empty() {
                fresh.set(Rc::new(fresh.iter().cloned().chain(sent).collect()));
            }
            reload.emit(());
        })
    };
    let on_go = {
        let (listing, reload, sheet) = (listing.clone(), invitations.reload.clone(), sheet.clone());
        Callback::from(move |next: Listing| {
            sheet.note(|leaf| leaf.is_quiet = false);
            // The address names it already, but it could not be loaded: then it is asked for again.
            if next == listing { reload.emit(()) } else { go.emit(next) }
        })
    };
    let counted = counts.known.value().and_then(|counts| counts.as_ref().as_ref().copied());
    // These totals are newer than the organization object, whose counters are frozen when it is made.
    let listed = invitations.known.value().filter(|answer| answer.listing.shown == Shown::Pending);
    let pending = listed.and_then(|answer| Some(answer.slice.as_ref()?.total));
    let pending = pending.or(counted.map(|counts| counts.each[0]));
    let seats = organization.seats.map(|seats| Seats { pending: pending.unwrap_or(seats.pending), ..seats });
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
                place={props.place.clone()}
                {service}
                {listing}
                known={invitations.known.clone()}
                is_busy={invitations.is_busy() && !sheet.read(|leaf| leaf.is_quiet)}
                {counted}
                roles={roles.known.value().cloned()}
                fresh={(*fresh).clone()}
                changes={changes.wrapping_add(fresh.len() as u32)}
                {sheet}
                {on_go}
                on_search={search}
                {on_reload}
                {on_changed}
                on_retry_roles={roles.reload.clone()}
                on_correct={correct}
            />
        </>
    }
}
