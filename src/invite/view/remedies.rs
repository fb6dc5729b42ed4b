//! Draws what settles a problem: of one entry, and of all entries that have it.

use crate::domain::RoleKey;
use crate::i18n::{Message, Plural, Words};
use crate::invite::entry::EntryState;
use crate::invite::groups::{Group, Issue};
use crate::invite::update::ComposerMsg;
use crate::invite::verdict::Verdict;
use crate::invite::view::View;
use crate::invite::view::doubt::doubt_offers;
use crate::invite::view::known::{Known, remedy};
use crate::invite::view::said::role_name;
use crate::outbox::wording::result_sentence;
use crate::ui::button;
use yew::prelude::*;

/// What the admin can do about a verdict.
pub fn remedies(view: &View, Known { entry, verdict, .. }: Known) -> Html {
    let words = view.words;
    let small = |label: String, msg| remedy(view, entry, &label, msg);
    match verdict {
        Some(Verdict::Mistyped(domain)) => html! {
            <>
                { small(
                    words.fill_plain(Message::EntryUse, &[("domain", domain)]),
                    ComposerMsg::DomainUsed(entry.id, domain.clone()),
                ) }
                { small(words.say(Message::EntryKeep), ComposerMsg::TextConfirmed(entry.id)) }
            </>
        },
        Some(Verdict::Doubtful(doubt)) => doubt_offers(view, entry, doubt),
        Some(Verdict::SeveralRoles(roles)) => {
            let name = |role: &RoleKey| role_name(view.known_roles(), &role.0);
            let label = |role| words.fill_plain(Message::EntryAs, &[("role", &name(role))]);
            roles
                .iter()
                .map(|role| small(label(role), ComposerMsg::RoleSettled(entry.id, role.clone())))
                .collect()
        }
        Some(Verdict::Pending(..)) => match entry.state {
            EntryState::Resend => {
                small(words.say(Message::EntryLeave), ComposerMsg::ResendChosen(entry.id, false))
            }
            EntryState::Unsettled(_) => Html::default(),
            _ => small(words.say(Message::EntryResend), ComposerMsg::ResendChosen(entry.id, true)),
        },
        _ => Html::default(),
    }
}

/// The problems that several entries have, each with what settles it for all of them.
pub fn groups(view: &View) -> Html {
    let several: Vec<_> = view.model.composer.groups_of_several().collect();
    if several.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="groups" aria-label={view.words.say(Message::FixTogether)}>
            { for several.iter().map(|group| drawn(view, group)) }
        </ul>
    }
}

fn drawn(view: &View, group: &Group) -> Html {
    let (said, label, msg) = act(view.words, group);
    html! {
        <li>
            <span class="clip">{ said }</span>
            { button("small", &label, view.compose(msg)) }
        </li>
    }
}

/// What the entries of a group have in common, and what settles that: what it is called and what it does.
fn act(words: &Words, Group { issue, ids }: &Group) -> (String, String, ComposerMsg) {
    let (ids, count) = (ids.clone(), ids.len() as u64);
    let remove = |said| (said, words.count(Plural::FixRemove, count), ComposerMsg::AllRemoved(ids.clone()));
    match issue {
        Issue::Mistyped(domain, meant) => {
            let count = words.number(count);
            let parts = [("count", &*count), ("domain", domain), ("meant", meant)];
            (
                words.fill_plain(Message::FixDomains, &parts),
                words.fill_plain(Message::EntryUse, &[("domain", meant)]),
                ComposerMsg::DomainUsedForAll(ids, meant.clone()),
            )
        }
        Issue::Twice => remove(words.count(Plural::CountTwice, count)),
        Issue::Member => remove(words.count(Plural::CountMembers, count)),
        Issue::NoSeat => {
            let said = words.say(Message::VerdictNoSeat);
            remove(
                words.fill_plain(Message::FixReason, &[("count", &words.number(count)), ("reason", &said)]),
            )
        }
        Issue::NotSent(result) => {
            let (_, said) = result_sentence(words, result);
            let parts = [("count", &*words.number(count)), ("reason", &*said)];
            let said = words.fill_plain(Message::FixReason, &parts);
            if result.may_succeed_later() {
                (said, words.count(Plural::FixRetry, count), ComposerMsg::RetryPressed(ids.clone()))
            } else {
                remove(said)
            }
        }
    }
}
