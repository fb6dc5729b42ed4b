//! How many seats are taken.

use crate::domain::Seats;
use crate::i18n::{Message, Plural, Words};
use crate::ui::element::classed;
use crate::ui::icon::{Icon, icon};
use crate::ui::text::line;
use yew::prelude::*;

/// The share of taken seats, in percent, from which on the meter says how many are left.
const NEAR: u64 = 80;

/// Draws the seats that members and pending invitations take.
pub fn seats_meter(words: &Words, seats: Seats) -> Html {
    let members = words.count(Plural::Members, seats.members);
    let pending = words.count(Plural::PendingInvitations, seats.pending);
    let parts = [("members", &*members), ("pending", &*pending)];
    let Some((most, left)) = seats.most.zip(seats.left()) else {
        let text = words.fill_plain(Message::SeatsUnlimited, &parts);
        return html! { <section class="seats" aria-label={words.say(Message::SeatsTitle)}><p>{ text }</p></section> };
    };
    let percent = |count: u64| (count.saturating_mul(100) / most).min(100);
    let members_share = percent(seats.members);
    let pending_share = percent(seats.pending).min(100 - members_share);
    let total = words.count(Plural::Seats, most.get());
    let text = words.fill_plain(
        Message::SeatsLimited,
        &[("members", &members), ("pending", &pending), ("seats", &total)],
    );
    let state = match left {
        0 => "full",
        _ if percent(seats.taken()) >= NEAR => "near",
        _ => "",
    };
    let meter = html! {
        <section class="seats" aria-label={words.say(Message::SeatsTitle)}>
            <p>
                if !state.is_empty() { { icon(Icon::Warning) } }
                { text }
            </p>
            <svg class="meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                <rect width={members_share.to_string()} height="1" />
                <rect class="pending" x={members_share.to_string()} width={pending_share.to_string()} height="1" />
            </svg>
            if left == 0 {
                <p class="hint">{ line(words, Message::SeatsFull) }</p>
            } else if !state.is_empty() {
                <p class="hint">{ words.count(Plural::SeatsLeft, left) }</p>
            }
        </section>
    };
    classed(&["seats ", state].concat(), meter)
}
