//! The list of invitations, and taking one back.

use crate::browser::{has_focus_or_none_has, place_focus};
use crate::clerk::OrganizationInvitations;
use crate::components::{
    Icon, Question, RowState, RowStates, Table, button, confirm_dialog, icon, icon_button, ids,
    invitation_table, line, notice, pager, revoke_id, skeleton_rows,
};
use crate::domain::sending;
use crate::domain::{Invitation, InvitationId, Known, PageSize, Revoked, Roles, Slice, View};
use crate::hooks::{Said, Surroundings, Tone, use_dialog};
use crate::i18n::{Message, Words, error_sentence};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What the list needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What stands around the page.
    pub around: Surroundings,
    /// Where invitations are revoked.
    pub service: OrganizationInvitations,
    /// The page of the list, as far as it is known.
    pub known: Known<Slice<Invitation>>,
    /// Is a page on its way?
    pub is_busy: bool,
    /// How many rows are to be expected.
    pub size: PageSize,
    /// The roles, for their names.
    pub roles: Option<Rc<Roles>>,
    /// What was sent from here since the page was opened.
    pub fresh: Rc<Vec<InvitationId>>,
    /// Go to another page or size.
    pub on_go: Callback<View>,
    /// Ask for the list again.
    pub on_reload: Callback<()>,
}

/// The rows with which something is going on.
#[derive(Default, PartialEq)]
struct Rows(RowStates);

impl Reducible for Rows {
    type Action = (InvitationId, RowState);

    fn reduce(self: Rc<Self>, (id, state): Self::Action) -> Rc<Self> {
        let others = self.0.iter().filter(|(other, _)| *other != id).cloned();
        Rc::new(Self(others.chain([(id.clone(), state)]).collect()))
    }
}

/// A page of the list.
#[function_component]
pub fn List(props: &Props) -> Html {
    let Surroundings { words, say, .. } = &props.around;
    let asking = use_state_eq(|| None::<Invitation>);
    let rows = use_reducer_eq(Rows::default);
    let slice = props.known.value();

    let on_revoke = {
        let asking = asking.setter();
        Callback::from(move |invitation: Invitation| asking.set(Some(invitation)))
    };
    let on_keep = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    let here = use_node_ref();
    let on_confirm = {
        let (asking, rows, words, here) = (asking.clone(), rows.dispatcher(), words.clone(), here.clone());
        let (service, say, reload) = (props.service.clone(), say.clone(), props.on_reload.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(invitation) = (*asking).clone() else { return };
            asking.set(None);
            rows.dispatch((invitation.id.clone(), RowState::Revoking));
            // What was said of the one before must not stand beside what is said of this one.
            say.emit(None);
            let (service, rows, words) = (service.clone(), rows.clone(), words.clone());
            let (say, reload, here) = (say.clone(), reload.clone(), here.clone());
            spawn_local(async move {
                let revoked = sending::revoke(&service, &invitation.id).await;
                let (said, state) = report(&words, &invitation, revoked);
                say.emit(Some(said));
                // The organization was switched meanwhile: the keyboard belongs to another list by now.
                if here.get().is_none() {
                    return;
                }
                if state == RowState::Gone && has_focus_or_none_has(&[&revoke_id(&invitation.id)]) {
                    // The row goes, and the keyboard with it.
                    place_focus(ids::LIST);
                }
                rows.dispatch((invitation.id, state));
                reload.emit(());
            });
        })
    };
    let dialog = use_dialog(asking.is_some());
    let question = asking.as_ref().map(|asked| Question {
        heading: Message::RevokeTitle,
        text: html! {
            <>
                <p class="clip" title={asked.email.clone()}><strong>{ &asked.email }</strong></p>
                <p class="hint">{ line(words, Message::RevokeText) }</p>
            </>
        },
        keep: Message::RevokeKeep,
        confirm: Message::RevokeConfirm,
        class: "danger",
    });
    let reload = props.on_reload.reform(|_: MouseEvent| ());
    html! {
        <section ref={here} class="panel" aria-labelledby={ids::LIST}>
            <div class="panel-head">
                <h2 id={ids::LIST} tabindex="-1">
                    { line(words, Message::ListTitle) }
                    if let Some(slice) = slice {
                        { " " }<span class="badge">{ words.number(slice.total) }</span>
                    }
                </h2>
                { icon_button("", Icon::Retry, &words.say(Message::ListRefresh), !props.is_busy, reload.clone()) }
            </div>
            { failure(words, props, reload) }
            if let Some(slice) = slice {
                { page(words, props, slice, &rows.0, on_revoke) }
            } else if props.is_busy {
                { skeleton_rows(words, props.size.rows().min(10)) }
            }
            { confirm_dialog(words, dialog, question, on_confirm, on_keep) }
        </section>
    }
}

fn failure(words: &Words, props: &Props, retry: Callback<MouseEvent>) -> Html {
    let Some(error) = props.known.error().filter(|_| !props.is_busy || props.known.value().is_some()) else {
        return Html::default();
    };
    let what = if props.known.value().is_some() { Message::ListStale } else { Message::ListFailed };
    let again = button("small", &words.say(Message::Retry), retry);
    notice(Tone::Danger, true, &words.say(what), Some(&error_sentence(words, error)), again)
}

fn page(
    words: &Words,
    props: &Props,
    slice: &Slice<Invitation>,
    states: &RowStates,
    on_revoke: Callback<Invitation>,
) -> Html {
    if slice.total == 0 {
        return html! {
            <div class="empty">
                { icon(Icon::Mail) }
                <p>{ line(words, Message::ListEmpty) }</p>
                <p class="hint">{ line(words, Message::ListEmptyHint) }</p>
            </div>
        };
    }
    let table = Table {
        rows: &slice.rows,
        roles: props.roles.as_deref(),
        states,
        fresh: &props.fresh,
        is_busy: props.is_busy,
        on_revoke,
    };
    html! {
        <>
            { invitation_table(words, &table) }
            { pager(words, Message::PagerTitle, slice, props.is_busy, &props.on_go) }
        </>
    }
}

/// What is said of a revoke, and what its row shows from now on.
fn report(words: &Words, invitation: &Invitation, revoked: Revoked) -> (Said, RowState) {
    let of = |message| words.fill(message, &[("email", &invitation.email)]);
    // The row says it of itself; the status line, which may be far from the row or outlive it, names the address.
    let failed = |tone, text: String| {
        let named = ["\u{2068}", &invitation.email, "\u{2069}: ", &text].concat();
        (Said { tone, text: named }, RowState::Failed(text))
    };
    match revoked {
        Revoked::Proved => (Said { tone: Tone::Success, text: of(Message::Revoked) }, RowState::Gone),
        Revoked::NoLongerPending => {
            (Said { tone: Tone::Neutral, text: of(Message::RevokeNews) }, RowState::Gone)
        }
        Revoked::StillPending(error) => {
            failed(Tone::Danger, [words.say(Message::RevokeFailed), error_sentence(words, &error)].join(" "))
        }
        Revoked::Unknown(_) => failed(Tone::Warning, words.say(Message::RevokeUnknown)),
    }
}
