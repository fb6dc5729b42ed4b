//! Draws what needs attention in one sentence, with the act that settles it. Fetched when the admin looks at it.

use crate::domain::StatusFilter;
use crate::i18n::{Message, Plural};
use crate::list::messages::ActionMsg;
use crate::list::view::View;
use crate::ui::button;
use yew::prelude::*;

/// Draws it above the rows that need attention.
pub fn attention(view: &View) -> Html {
    let (words, actions) = (view.words, &view.model.actions);
    let is_it = view.model.query.filter == StatusFilter::Attention;
    let Some(attention) = actions.attention.as_ref().filter(|_| is_it) else { return Html::default() };
    let expired = attention.expired.len() as u64;
    let counts = [(Plural::AttentionExpired, expired), (Plural::AttentionSoon, attention.soon)];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<_> = counts.map(|(plural, count)| words.count(plural, count)).collect();
    let toggle = if actions.shows_dismissed { Message::DismissedHide } else { Message::DismissedShow };
    html! {
        <div class="attention">
            if !counts.is_empty() { <p>{ words.list(&counts) }</p> }
            if attention.dismissed > 0 {
                <p class="hint">
                    { words.count(Plural::DismissedCount, attention.dismissed) }
                    { button("small quiet", &words.say(toggle), view.act(ActionMsg::DismissedToggled)) }
                </p>
            }
            if expired > 0 {
                <button
                    class="button small primary"
                    type="button"
                    aria-disabled={view.roles.is_some_and(|roles| roles.migrating).then_some("true")}
                    onclick={view.act(ActionMsg::InviteExpiredPressed)}
                >
                    { words.count(Plural::AgainMany, expired) }
                </button>
            }
        </div>
    }
}
