//! Inviting people: the form. What stands behind it is fetched when somebody is about to use it.

use crate::browser::{Brought, decode, dropped, path, query, replace_address};
use crate::clerk::OrganizationInvitations;
use crate::components::{Form, Icon, button, icon, invite_form, line, notice};
use crate::domain::view::{named, without};
use crate::domain::{InvitationId, Known, Place, RoleKey, Roles, Seats};
use crate::hooks::{Act, Desk, Desks, Later, Surroundings, Tone, use_later};
use crate::i18n::{Message, Plural, Words};
use crate::pages::batch::InviteMany;
use yew::prelude::*;

/// What inviting needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What stands around the page.
    pub around: Surroundings,
    /// Who, where and as what.
    pub place: Place,
    /// Where invitations are sent from.
    pub service: OrganizationInvitations,
    /// The roles, as far as they are known.
    pub roles: Known<Roles>,
    /// The seats, when they are known.
    pub seats: Option<Seats>,
    /// Counts how often the list has changed from elsewhere than here.
    pub changes: u32,
    /// Ask for the roles again.
    pub on_retry_roles: Callback<()>,
    /// Invitations went out; these, as far as that is proved.
    pub on_sent: Callback<Vec<InvitationId>>,
}

/// What a link says who is to be invited with, and as what.
const INVITE: &str = "invite";
const ROLE: &str = "role";

/// The form, and behind it what it takes to send many.
#[function_component]
pub fn Invite(props: &Props) -> Html {
    let Surroundings { words, desks, .. } = &props.around;
    let desk_key = props.place.desk_key();
    let desk = use_memo(desk_key.clone(), |_| desks.of(&props.place));
    let revision = use_mut_ref(|| 0u32);
    let redraw = use_force_update();
    let was_at_it = desk.read(|papers| papers.batch.is_some() || !papers.draft.entries().is_empty());
    // Later on, what is kept is what is being sent from here.
    let was_unsettled = use_memo((), |()| Desks::is_unsettled(&desk_key));
    let (rest, wake) = use_later(was_at_it || *was_unsettled);
    {
        let (desk, revision) = (Desk::clone(&desk), revision.clone());
        use_effect_with((), move |()| {
            desk.drawn_by(Callback::from(move |()| {
                revision.replace_with(|revision| revision.wrapping_add(1));
                redraw.force_update();
            }));
            move || desk.drawn_by(Callback::noop())
        });
    }
    let on_act = {
        let (desk, wake) = (Desk::clone(&desk), wake.clone());
        Callback::from(move |act: Act| {
            wake.emit(());
            desk.change(|papers| {
                // What would send while something is on its way is no wish for later.
                let sends = match act {
                    Act::Send | Act::Enter(true) => true,
                    Act::Enter(false) => papers.text.trim().is_empty(),
                    Act::Typed | Act::Brought(_) => false,
                };
                if !(sends && (papers.batch.is_some() || papers.is_unsettled())) {
                    papers.acts.push(act);
                }
            });
        })
    };
    {
        // A link may say who is to be invited, never that it is done. It says so once: loaded anew, the box would have them
        // twice.
        let (desk, on_act) = (Desk::clone(&desk), on_act.clone());
        use_effect_with((), move |()| {
            let query = query();
            let [invite, role] = [INVITE, ROLE].map(|name| named(&query, name).map(decode));
            if let Some(role) = role.filter(|_| invite.is_some()) {
                desk.change(|papers| papers.picked = Some(RoleKey(role)));
            }
            if let Some(text) = invite {
                let rest = without(&query, &[INVITE, ROLE]).join("&");
                replace_address(&if rest.is_empty() { path() } else { [&*path(), "?", &rest].concat() });
                on_act.emit(Act::Brought(Brought::of_text(text)));
            }
        });
    }
    let on_text = {
        let (desk, on_act) = (Desk::clone(&desk), on_act.clone());
        Callback::from(move |text: String| {
            desk.change(|papers| (papers.text, papers.problems.email) = (text, None));
            on_act.emit(Act::Typed);
        })
    };
    let on_role = {
        let desk = Desk::clone(&desk);
        Callback::from(move |role| {
            desk.edit(|papers| (papers.picked, papers.problems.role) = (Some(role), None))
        })
    };
    let ondrop = on_act.reform(|event: DragEvent| {
        event.prevent_default();
        Act::Brought(dropped(&event))
    });
    let roles = props.roles.value();
    let preselected = roles.and_then(|roles| roles.preselected()).map(|role| role.key.clone());
    // A picked role that has gone from the set is picked no longer.
    let picked = desk.read(|papers| papers.picked.clone());
    let picked = picked.filter(|key| roles.is_some_and(|roles| roles.find(key).is_some()));
    let role = picked.or(preselected);
    let form = desk.read(|papers| Form {
        text: papers.text.clone(),
        role: role.clone(),
        roles: props.roles.clone(),
        problems: papers.problems.clone(),
        send: match papers.count {
            _ if papers.batch.is_some() => words.say(Message::StageSending),
            0 => words.say(Message::InviteSend),
            count => words.count(Plural::InviteSendMany, count),
        },
        is_sending: papers.batch.is_some(),
        is_settling: papers.is_unsettled(),
        on_text,
        on_role,
        on_act,
        on_retry_roles: props.on_retry_roles.clone(),
    });
    let onfocusin = {
        let wake = wake.clone();
        let is_unwanted = rest == Later::Unwanted;
        Callback::from(move |_: FocusEvent| {
            if is_unwanted {
                wake.emit(())
            }
        })
    };
    let revision = *revision.borrow();
    html! {
        <section
            class="panel"
            aria-labelledby="invite-heading"
            {onfocusin}
            ondragover={|event: DragEvent| event.prevent_default()}
            {ondrop}
        >
            <h2 id="invite-heading">{ line(words, Message::InviteTitle) }</h2>
            if roles.is_some_and(|roles| roles.migrating) {
                { migrating(words, &props.on_retry_roles) }
            }
            { invite_form(words, &form) }
            if let Later::Failed(_) = rest {
                { notice(
                    Tone::Danger,
                    true,
                    &words.say(Message::LaterFailed),
                    None,
                    button("small", &words.say(Message::Retry), wake.reform(|_| ())),
                ) }
            }
            if rest == Later::Here {
                <InviteMany props={props.clone()} desk={Desk::clone(&desk)} {role} {revision} />
            }
        </section>
    }
}

fn migrating(words: &Words, on_retry: &Callback<()>) -> Html {
    html! {
        <div class="notice warning">
            { icon(Icon::Lock) }
            <div>
                <p>{ line(words, Message::RolesMigrating) }</p>
                <p class="hint">{ line(words, Message::RolesMigratingHint) }</p>
            </div>
            { button("small", &words.say(Message::Retry), on_retry.reform(|_| ())) }
        </div>
    }
}
