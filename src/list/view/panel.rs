//! Draws a page of the list. What every visitor downloads.

use crate::domain::{ListQuery, Page, StatusFilter};
use crate::feedback::{Severity, ids};
use crate::i18n::{Message, error_sentence};
use crate::list::messages::{ActionMsg, Msg};
use crate::list::model::{AfterReading, Menu};
use crate::list::view::View;
use crate::list::view::table::{skeleton_rows, table};
use crate::list::view::tabs::{search_field, tabs};
use crate::ui::{Icon, button, icon, icon_button, line, menu_button, notice, pager, range};
use yew::prelude::*;

/// What is drawn around a page of the list by code that is fetched later.
#[derive(Default)]
pub struct Around {
    /// The field for the order.
    pub sorts: Html,
    /// The menu of what can be done with the whole list, while it is open.
    pub tools: Html,
    /// How far the whole list is read.
    pub reading: Option<Html>,
    /// What is said where the search finds nothing in the tab.
    pub no_match: Html,
    /// What stands above the page.
    pub above: Html,
    /// What stands below it.
    pub below: Html,
    /// What stands in the place of the page, its tools and all that is around it.
    pub instead: Option<Html>,
}

/// Draws the list.
pub fn panel(view: &View, around: Around) -> Html {
    let words = view.words;
    let tool = |shown, message, is_usable, onclick| {
        icon_button("quiet wide-only", shown, &words.say(message), is_usable, onclick)
    };
    let all = |after| view.on.reform(move |_| Msg::Action(ActionMsg::All(after)));
    let is_open = view.model.actions.menu == Some(Menu::Tools);
    let on_more = view.on.reform(|_| Msg::Action(ActionMsg::MenuPressed(Menu::Tools)));
    let reload = || view.on.reform(|_| Msg::ReloadPressed);
    if let Some((further, content)) =
        view.further.as_ref().filter(|further| further.is_current).zip(around.instead)
    {
        return html! {
            <section class="panel list" aria-labelledby={ids::LIST}>
                <h2 class="visually-hidden" id={ids::LIST} tabindex="-1">{ line(words, further.title) }</h2>
                <div class="list-head">{ tabs(view) }</div>
                { content }
            </section>
        };
    }
    html! {
        <section class="panel list" aria-labelledby={ids::LIST}>
            // The tabs say it to those who see.
            <h2 class="visually-hidden" id={ids::LIST} tabindex="-1">
                { line(words, title(view.model.query.filter)) }
                if let Some(total) = total(view) { { " " }{ words.number(total) } }
            </h2>
            <div class="list-head">
                { tabs(view) }
                <div class="list-tools">
                    { search_field(view) }
                    { around.sorts }
                    <span class="menu-place narrow-only">
                        { menu_button(Menu::Tools.opener(), words.say(Message::MoreActions), is_open, on_more) }
                        { around.tools }
                    </span>
                    { tool(Icon::Copy, Message::ListCopy, true, all(AfterReading::Copy)) }
                    { tool(Icon::Download, Message::ListExport, true, all(AfterReading::Export)) }
                    { tool(Icon::Retry, Message::ListRefresh, !view.model.is_busy(), reload()) }
                </div>
            </div>
            { failure(view, reload()) }
            // The line is always there: a live region that arrives together with its text is not read out.
            <div class="reading">{ around.reading.unwrap_or_else(|| html! { <p class="hint" role="status"></p> }) }</div>
            { around.above }
            { page(view, around.no_match) }
            <p class="visually-hidden" role="status">{ announcement(view) }</p>
            { around.below }
        </section>
    }
}

/// How many match. That none was found so far is not none.
fn total(view: &View) -> Option<u64> {
    let query = &view.model.query;
    let is_it = |of: &ListQuery| (of.filter, &of.search) == (query.filter, &query.search);
    let shown = view.model.shown.as_ref().filter(|shown| is_it(&shown.query))?;
    (shown.total > 0 || !shown.is_partial).then_some(shown.total)
}

fn failure(view: &View, retry: Callback<MouseEvent>) -> Html {
    let words = view.words;
    let has_rows = view.model.shown.is_some();
    let Some(error) = view.model.page.known.error().filter(|_| !view.model.is_busy() || has_rows) else {
        return Html::default();
    };
    let what = if has_rows { Message::ListStale } else { Message::ListFailed };
    let again = button("small", &words.say(Message::Retry), retry);
    notice(Severity::Danger, true, &words.say(what), Some(&error_sentence(words, error)), again)
}

fn title(filter: StatusFilter) -> Message {
    match filter {
        StatusFilter::Pending => Message::ListTitle,
        StatusFilter::Attention => Message::ListAttention,
        StatusFilter::Accepted => Message::ListAccepted,
        StatusFilter::Revoked => Message::ListRevoked,
        StatusFilter::All => Message::ListAll,
    }
}

fn page(view: &View, no_match: Html) -> Html {
    let query = &view.model.query;
    // The rows of another kind are not shown under the heading of this one.
    let Some((shown, rows)) = view.model.shown_rows() else {
        let is_awaited = view.model.is_busy() || query.needs_all();
        return if is_awaited {
            skeleton_rows(view.words, query.page.size.rows().min(10))
        } else {
            Html::default()
        };
    };
    let is_busy = view.model.is_busy() || shown.query != *query;
    if rows.is_empty() && shown.total == 0 {
        return match shown.is_partial {
            true => Html::default(),
            false if view.model.is_searching() => no_match,
            false => empty(view),
        };
    }
    let on_page = {
        let query = query.clone();
        view.on.reform(move |page| Msg::QueryChosen(ListQuery { page, ..query.clone() }))
    };
    html! {
        <>
            { table(view, &rows, is_busy) }
            { pager(view.words, Message::PagerTitle, &shown.slice(), is_busy, &on_page) }
        </>
    }
}

/// What is shown now, where the admin has chosen that: which invitations, how many, and which page of them.
fn announcement(view: &View) -> Option<String> {
    let model = view.model;
    let shown = model
        .shown
        .as_ref()
        .filter(|shown| model.is_chosen && shown.query == model.query && !shown.is_partial)?;
    if shown.total == 0 && model.is_searching() {
        return Some(view.words.say(Message::ListNoResults));
    }
    let title = view.words.say(title(model.query.filter));
    let total = view.words.number(shown.total);
    let range = (model.query.page.page != Page::FIRST).then(|| range(view.words, &shown.slice())).flatten();
    Some([title, total, range.unwrap_or_default()].join(" "))
}

fn empty(view: &View) -> Html {
    let words = view.words;
    let (text, hint) = match view.model.query.filter {
        StatusFilter::Attention => (Message::ListNoAttention, Some(Message::ListNoAttentionHint)),
        StatusFilter::Accepted => (Message::ListNoAccepted, None),
        StatusFilter::Revoked => (Message::ListNoRevoked, None),
        StatusFilter::Pending | StatusFilter::All => (Message::ListEmpty, Some(Message::ListEmptyHint)),
    };
    html! {
        <div class="empty">
            { icon(Icon::Mail) }
            <p>{ line(words, text) }</p>
            if let Some(hint) = hint { <p class="hint">{ line(words, hint) }</p> }
        </div>
    }
}
