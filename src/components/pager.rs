//! From page to page.

use crate::components::button::icon_button;
use crate::components::icon::{Icon, icon};
use crate::domain::{Page, PageSize, View};
use crate::hooks::use_words;
use crate::i18n::Message;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Where one is.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// The page on screen and its size.
    pub view: View,
    /// The last page.
    pub last: Page,
    /// The first and the last row on screen, from 1.
    pub range: Option<(u64, u64)>,
    /// How many rows there are in all.
    pub total: u64,
    /// Is another page on its way?
    pub is_busy: bool,
    /// Go to another page or size.
    pub on_go: Callback<View>,
}

/// First, previous, next, last; how many on a page; which of how many.
#[function_component]
pub fn Pager(props: &Props) -> Html {
    let words = use_words();
    let View { page, size } = props.view;
    let step = |shown: Icon, label: Message, target: Page| {
        let on_go = props.on_go.reform(move |_: MouseEvent| View { page: target, size });
        icon_button("", shown, &words.say(label), target != page && !props.is_busy, on_go)
    };
    let onchange = {
        let (on_go, first) = (props.on_go.clone(), props.range.map_or(1, |(first, _)| first));
        Callback::from(move |event: Event| {
            let rows =
                event.target_dyn_into::<HtmlSelectElement>().and_then(|select| select.value().parse().ok());
            let size = rows.map_or(size, PageSize::nearest);
            // The row at the top stays on screen.
            let page = Page::nearest((first.saturating_sub(1) / u64::from(size.rows()) + 1) as f64);
            on_go.emit(View { page, size });
        })
    };
    let range = props.range.map(|(first, last)| {
        let [first, last, total] = [first, last, props.total].map(|number| words.number(number));
        words.fill(Message::PagerRange, &[("first", &first), ("last", &last), ("total", &total)])
    });
    html! {
        <nav class="pager" aria-label={words.say(Message::PagerTitle)}>
            <label>
                { words.say(Message::PagerRows) }
                <span class="select">
                    <select class="input" {onchange}>
                        { for PageSize::ALL.into_iter().map(|choice| html! {
                            <option value={choice.rows().to_string()} selected={choice == size}>
                                { words.number(u64::from(choice.rows())) }
                            </option>
                        }) }
                    </select>
                    { icon(Icon::Caret) }
                </span>
            </label>
            <p>{ range }</p>
            <div class="pager-buttons">
                { step(Icon::First, Message::PagerFirst, Page::FIRST) }
                { step(Icon::Previous, Message::PagerPrevious, page.previous()) }
                { step(Icon::Next, Message::PagerNext, page.next().min(props.last)) }
                { step(Icon::Last, Message::PagerLast, props.last) }
            </div>
        </nav>
    }
}
