//! Draws a page of the list. What every visitor downloads.

use crate::domain::{Error, ListQuery, StatusFilter};
use crate::feedback::{Severity, ids};
use crate::i18n::Message;
use crate::list::messages::{ActionMsg, Msg};
use crate::list::model::{AfterReading, Menu};
use crate::list::view::View;
use crate::list::view::table::{awaited_rows, table};
use crate::list::view::tabs::{search_field, tabs};
use crate::ui::{Icon, button, icon, icon_button, leaving_to, line, menu_button, notice, pager};
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
    /// What is said of a tab without invitations, and why it has none.
    pub empty: Option<(Message, Option<Message>)>,
    /// Whether all this is still to come.
    pub is_awaited: bool,
    /// What stands above the page.
    pub above: Html,
    /// What stands below it.
    pub below: Html,
    /// Why the list could not be read.
    pub why_failed: Option<String>,
    /// What a screen reader hears of what is shown.
    pub announcement: Option<String>,
    /// A tab behind those of the list, which leads to something else.
    pub further: Html,
    /// The keys that walk from tab to tab.
    pub on_tab_key: Option<Callback<KeyboardEvent>>,
    /// What names the single keys that are commands.
    pub keys: Option<Keys>,
    /// What stands in the place of the list.
    pub instead: Option<Instead>,
}

/// What names the keys that do the same as a part of the list's head.
#[derive(Default)]
pub struct Keys {
    /// What is said of the search field where the pointer rests on it.
    pub search: Option<String>,
    /// The button that refreshes the list.
    pub refresh: Option<Html>,
}

/// What stands in the place of the page, its tools and all that is around it.
pub struct Instead {
    /// What it is.
    pub title: Message,
    /// It itself.
    pub content: Html,
}

/// Draws the list.
pub fn panel(view: &View, around: Around) -> Html {
    let words = view.words;
    let (title, content) = match around.instead {
        Some(Instead { title, content }) => (html! { line(words, title) }, Some(content)),
        None => (heading(view), None),
    };
    html! {
        <section class="panel list" aria-labelledby={ids::LIST}>
            <div class="list-head">
                { tabs(view, around.further, content.is_some(), around.on_tab_key) }
                if content.is_none() { { tools(view, around.sorts, around.tools, around.keys) } }
            </div>
            // The tabs say it to those who see. It stands behind them: from here the keyboard goes on into the list.
            <h2 class="visually-hidden" id={ids::LIST} tabindex="-1">{ title }</h2>
            if let Some(content) = content {
                { content }
            } else {
                { failure(view, around.why_failed) }
                // The line is always there: a live region that arrives together with its text is not read out.
                <div class="reading">{ around.reading.unwrap_or_else(|| html! { <p class="hint" role="status"></p> }) }</div>
                { around.above }
                { page(view, around.no_match, around.empty, around.is_awaited) }
                <p class="visually-hidden" role="status">{ around.announcement }</p>
                { around.below }
            }
        </section>
    }
}

fn heading(view: &View) -> Html {
    html! {
        <>
            { line(view.words, title(view.model.query.filter)) }
            if let Some(total) = total(view) { { " " }{ view.words.number(total) } }
        </>
    }
}

fn tools(view: &View, sorts: Html, menu: Html, keys: Option<Keys>) -> Html {
    let Keys { search, refresh } = keys.unwrap_or_default();
    let words = view.words;
    let tool = |shown, message, is_usable, onclick| {
        icon_button("quiet wide-only", shown, &words.say(message), is_usable, onclick)
    };
    let all = |after| view.on.reform(move |_| Msg::Action(ActionMsg::All(after)));
    let is_open = view.model.actions.menu == Some(Menu::Tools);
    let on_more = view.on.reform(|_| Msg::Action(ActionMsg::MenuPressed(Menu::Tools)));
    html! {
        <div class="list-tools">
            { search_field(view, search) }
            { sorts }
            <span class="menu-place narrow-only">
                { menu_button(Menu::Tools.opener(), words.say(Message::MoreActions), is_open, on_more) }
                { menu }
            </span>
            { tool(Icon::Copy, Message::ListCopy, true, all(AfterReading::Copy)) }
            { tool(Icon::Download, Message::ListExport, true, all(AfterReading::Export)) }
            { refresh.unwrap_or_else(|| tool(Icon::Retry, Message::ListRefresh, !view.model.is_busy(), reload(view))) }
        </div>
    }
}

pub(super) fn reload(view: &View) -> Callback<MouseEvent> {
    view.on.reform(|_| Msg::ReloadPressed)
}

/// How many match. That none was found so far is not none.
fn total(view: &View) -> Option<u64> {
    let query = &view.model.query;
    let is_it = |of: &ListQuery| (of.filter, &of.search) == (query.filter, &query.search);
    let shown = view.model.shown.as_ref().filter(|shown| is_it(&shown.query))?;
    (shown.total > 0 || !shown.is_partial).then_some(shown.total)
}

/// Says that the list could not be read. Why, is for the code that is fetched later to say, except where there is no
/// connection: that code could not be fetched either.
fn failure(view: &View, why: Option<String>) -> Html {
    let words = view.words;
    let has_rows = view.model.shown.is_some();
    // What is asked for by itself moves no rows. Where the admin asks, it becomes news again when that has failed.
    let stays = has_rows && !view.model.is_reloading;
    let Some(error) = view.model.page.known.error().filter(|_| !view.model.is_busy() || stays) else {
        return Html::default();
    };
    let what = if has_rows { Message::ListStale } else { Message::ListFailed };
    let again = button("small", &words.say(Message::Retry), leaving_to(ids::LIST, reload(view)));
    let why = why.or_else(|| (*error == Error::Unreachable).then(|| words.say(Message::ErrorUnreachable)));
    notice(Severity::Danger, true, &words.say(what), why.as_deref(), again)
}

pub(super) fn title(filter: StatusFilter) -> Message {
    match filter {
        StatusFilter::Pending => Message::ListTitle,
        StatusFilter::Attention => Message::ListAttention,
        StatusFilter::Accepted => Message::ListAccepted,
        StatusFilter::Revoked => Message::ListRevoked,
        StatusFilter::All => Message::ListAll,
    }
}

fn page(view: &View, no_match: Html, said: Option<(Message, Option<Message>)>, is_awaited: bool) -> Html {
    let query = &view.model.query;
    // The rows of another kind are not shown under the heading of this one.
    let Some((shown, rows)) = view.model.shown_rows() else {
        let is_awaited = view.model.is_busy() || query.needs_all();
        return if is_awaited { awaited_rows(view) } else { Html::default() };
    };
    let is_busy = view.model.is_busy() || shown.query != *query;
    if rows.is_empty() && shown.total == 0 {
        return match shown.is_partial {
            true => Html::default(),
            false if view.model.is_searching() => no_match,
            false => empty(view, said, is_awaited),
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

/// Says that the tab has no invitations. `said` is what is said of it; where nothing was invited so far, that is said without it.
#[inline(never)] // Cold: see xtask/src/cold_code.
fn empty(view: &View, said: Option<(Message, Option<Message>)>, is_awaited: bool) -> Html {
    let words = view.words;
    let usual = match view.model.query.filter {
        StatusFilter::Pending | StatusFilter::All => Some((Message::ListEmpty, Some(Message::ListEmptyHint))),
        _ => None,
    };
    let Some((text, hint)) = said.or(usual) else {
        return if is_awaited { awaited_rows(view) } else { Html::default() };
    };
    html! {
        <div class="empty">
            { icon(Icon::Mail) }
            <p>{ line(words, text) }</p>
            if let Some(hint) = hint { <p class="hint">{ line(words, hint) }</p> }
        </div>
    }
}
