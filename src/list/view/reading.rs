//! Draws how far the whole list is read. Fetched when the admin is about to do something with the list.

use crate::i18n::{Message, error_sentence};
use crate::list::full_list::Progress;
use crate::list::messages::ActionMsg;
use crate::list::view::View;
use crate::ui::button;
use yew::prelude::*;

/// Draws it. That the reading goes on is seen; that it does not is read out too.
pub fn reading(view: &View) -> Html {
    let words = view.words;
    let whole = view.model.actions.full.as_ref();
    let list = whole.map(|whole| whole.next.as_ref().unwrap_or(&whole.list));
    let wants_all = view.model.query.needs_all() || view.model.actions.after.is_some();
    let (read, of) = list.map_or((0, 0), |list| list.count());
    let [read, total] = [read, of].map(|number| words.number(number));
    let values = [("read", &*read), ("total", &*total)];
    let said = match list.filter(|_| wants_all).map(|list| list.progress()) {
        None | Some(Progress::Complete) => None,
        Some(Progress::Reading) => {
            let how_far = match of {
                // Clerk tells how many there are with its first answer.
                0 => words.say(Message::ListLoading),
                _ => words.fill_plain(Message::ListReading, &values),
            };
            Some((how_far, Message::InviteStop))
        }
        Some(Progress::Stopped) => {
            Some((words.fill_plain(Message::ListReadStopped, &values), Message::ListReadOn))
        }
        Some(Progress::Failed(error)) => {
            let what = match of {
                0 => words.say(Message::ListFailed),
                _ => words.fill_plain(Message::ListReadFailed, &values),
            };
            Some(([what, error_sentence(words, error)].join(" "), Message::Retry))
        }
    };
    let goes_on = matches!(said, Some((_, Message::InviteStop)));
    html! {
        <>
            <p class="hint" role="status">{ said.as_ref().filter(|_| !goes_on).map(|(text, _)| text) }</p>
            if let Some((text, action)) = &said {
                if goes_on { <p class="hint">{ text }</p> }
                { button("small", &words.say(*action), view.act(ActionMsg::ReadingToggled)) }
            }
        </>
    }
}
