//! The pager below a list.

use crate::domain::{Page, PageRequest, PageSize, Slice};
use crate::i18n::{Message, Words};
use crate::ui::button::icon_button;
use crate::ui::icon::{Icon, icon};
use crate::ui::text::line;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Draws the buttons for the first, previous, next and last page, the choice of the page size, and which rows are shown.
///
/// The buttons are disabled while another page is being fetched (`is_busy`).
pub fn pager(
    words: &Words,
    title: Message,
    slice: &Slice,
    is_busy: bool,
    on_go: &Callback<PageRequest>,
) -> Html {
    let &Slice { page, size, .. } = slice;
    // The page may lie behind the last one while the list keeps rows on screen that it no longer has.
    let last = slice.last_page().max(page);
    let step = |shown: Icon, label: Message, target: Page| {
        let on_go = on_go.reform(move |_: MouseEvent| PageRequest { page: target, size });
        icon_button("", shown, &words.say(label), target != page && !is_busy, on_go)
    };
    let onchange = {
        let (on_go, first) = (on_go.clone(), slice.range().map_or(1, |(first, _)| first));
        Callback::from(move |event: Event| {
            let rows =
                event.target_dyn_into::<HtmlSelectElement>().and_then(|select| select.value().parse().ok());
            let size = rows.map_or(size, PageSize::nearest);
            // The row at the top stays on screen.
            let page = Page::nearest(first.saturating_sub(1) / u64::from(size.rows()) + 1);
            on_go.emit(PageRequest { page, size });
        })
    };
    html! {
        <nav class="pager" aria-label={words.say(title)}>
            <label>
                { line(words, Message::PagerRows) }
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
            <p>{ range(words, slice) }</p>
            <div class="pager-buttons">
                { step(Icon::First, Message::PagerFirst, Page::FIRST) }
                { step(Icon::Previous, Message::PagerPrevious, page.previous()) }
                { step(Icon::Next, Message::PagerNext, page.next().min(last)) }
                { step(Icon::Last, Message::PagerLast, last) }
            </div>
        </nav>
    }
}

/// Which rows are shown, of how many; `None` where there is none.
pub fn range(words: &Words, slice: &Slice) -> Option<String> {
    let (first, last) = slice.range()?;
    let [first, last, total] = [first, last, slice.total].map(|number| words.number(number));
    Some(words.fill_plain(Message::PagerRange, &[("first", &first), ("last", &last), ("total", &total)]))
}
