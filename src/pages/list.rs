//! The list of invitations. What works on it (searching, sorting, everything that is done with invitations) is fetched
//! when somebody is about to use it.

use crate::browser::{after, clock};
use crate::clerk::OrganizationInvitations;
use crate::components::{
    Icon, Table, button, icon, icon_button, ids, invitation_table, line, notice, pager, search_box,
    skeleton_rows, views,
};
use crate::domain::{Counts, InvitationId, Known, Listing, Place, Roles, Shown, View};
use crate::hooks::{Answer, Choice, Later, Sheet, Surroundings, Tone, Wish, use_later};
use crate::i18n::{Message, Words, error_sentence};
use crate::pages::roster::Roster;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What the list needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What stands around the page.
    pub around: Surroundings,
    /// Who, where and as what.
    pub place: Place,
    /// Where invitations are listed, sent and revoked.
    pub service: OrganizationInvitations,
    /// What is wanted.
    pub listing: Listing,
    /// What Clerk has answered, as far as it was asked.
    pub known: Known<Answer>,
    /// Is a page on its way?
    pub is_busy: bool,
    /// How many there are of each kind.
    pub counted: Option<Counts>,
    /// The roles, for their names.
    pub roles: Option<Rc<Roles>>,
    /// What was sent from here since the page was opened.
    pub fresh: Rc<Vec<InvitationId>>,
    /// Counts how often the list was asked for again.
    pub changes: u32,
    /// Where the list lies.
    pub sheet: Sheet,
    /// Look at something else.
    pub on_go: Callback<Listing>,
    /// Look for other words.
    pub on_search: Callback<String>,
    /// Ask for the list again.
    pub on_reload: Callback<()>,
    /// Something was done with invitations; these went out.
    pub on_changed: Callback<Vec<InvitationId>>,
    /// Ask for the roles again.
    pub on_retry_roles: Callback<()>,
    /// The page that the address names is behind the end; this is the last one.
    pub on_correct: Callback<View>,
}

/// How long nobody types, in milliseconds, before the words count.
const PAUSE: u32 = 150;

/// A page of the list.
#[function_component]
pub fn List(props: &Props) -> Html {
    let Props { sheet, listing, .. } = props;
    let words = &props.around.words;
    let redraw = use_force_update();
    let revision = use_mut_ref(|| 0u32);
    let needs_all = listing.needs_all();
    {
        let (sheet, revision) = (sheet.clone(), revision.clone());
        use_effect_with((), move |()| {
            sheet.drawn_by(Callback::from(move |()| {
                revision.replace_with(|revision| revision.wrapping_add(1));
                redraw.force_update();
            }));
            move || {
                sheet.drawn_by(Callback::noop());
                // What was being typed here is nothing to be searched for elsewhere.
                sheet.note(|leaf| leaf.letters = leaf.letters.wrapping_add(1));
            }
        });
    }
    if let Some(answer) = props.known.value().filter(|_| !needs_all) {
        sheet.lay(answer, true);
    }
    let has_news = sheet.read(|leaf| leaf.news.is_some());
    let (later, wake) = use_later(needs_all || has_news);
    {
        // Behind the end: the last row of the last page is gone, or the address named a page that never was.
        let instead = sheet.read(|leaf| {
            let slice =
                leaf.slice.as_ref().filter(|_| leaf.listing.as_ref() == Some(listing) && !leaf.is_partial);
            slice.and_then(|slice| Some(View { page: slice.instead()?, size: slice.size }))
        });
        let correct = props.on_correct.clone();
        use_effect_with(instead, move |instead| instead.iter().for_each(|view| correct.emit(*view)));
    }
    let on_choose = {
        let (sheet, wake) = (sheet.clone(), wake.clone());
        Callback::from(move |choice: Choice| {
            wake.emit(());
            sheet.change(|leaf| leaf.choose(choice));
        })
    };
    let on_wish = {
        let (sheet, wake) = (sheet.clone(), wake.clone());
        Callback::from(move |wish: Wish| {
            wake.emit(());
            sheet.change(|leaf| leaf.wishes.push(wish));
        })
    };
    let on_text = {
        let (sheet, on_search, wake) = (sheet.clone(), props.on_search.clone(), wake.clone());
        Callback::from(move |text: String| {
            wake.emit(());
            let mut letters = 0;
            sheet.change(|leaf| {
                leaf.letters = leaf.letters.wrapping_add(1);
                letters = leaf.letters;
                leaf.typed = Some(text.clone());
            });
            let (sheet, on_search) = (sheet.clone(), on_search.clone());
            spawn_local(async move {
                after(PAUSE).await;
                if sheet.read(|leaf| leaf.letters == letters) {
                    on_search.emit(text);
                }
            });
        })
    };
    {
        // What the address says counts, once it says something else: what was typed has got there, or somebody went back.
        let searched = use_mut_ref(|| listing.search.clone());
        if *searched.borrow() != listing.search {
            searched.replace(listing.search.clone());
            sheet.note(|leaf| leaf.typed = None);
        }
    }
    let revision = *revision.borrow();
    let reload = props.on_reload.reform(|_: MouseEvent| ());
    let wish = |wish: Wish| on_wish.reform(move |_: MouseEvent| wish.clone());
    let typed = sheet.read(|leaf| leaf.typed.clone()).unwrap_or_else(|| listing.search.clone());
    let total = sheet.read(|leaf| {
        let is_it = leaf
            .listing
            .as_ref()
            .is_some_and(|of| (of.shown, &of.search) == (listing.shown, &listing.search));
        // None found so far is not none.
        let total = leaf.slice.as_ref().filter(|_| is_it)?.total;
        (total > 0 || !leaf.is_partial).then_some(total)
    });
    html! {
        <section class="panel" aria-labelledby={ids::LIST}>
            <div class="panel-head">
                <h2 id={ids::LIST} tabindex="-1">
                    { line(words, title(listing.shown)) }
                    if let Some(total) = total { { " " }<span class="badge">{ words.number(total) }</span> }
                </h2>
                <div class="list-tools">
                    { icon_button("", Icon::Copy, &words.say(Message::ListCopy), true, wish(Wish::Copy)) }
                    { icon_button("", Icon::Download, &words.say(Message::ListExport), true, wish(Wish::Export)) }
                    { icon_button("", Icon::Retry, &words.say(Message::ListRefresh), !props.is_busy, reload.clone()) }
                </div>
            </div>
            { views(words, listing, props.counted.as_ref(), props.around.config.page_size, &props.on_go) }
            { search_box(words, typed, on_text) }
            { failure(words, props, reload) }
            if let Later::Failed(_) = later {
                { notice(
                    Tone::Danger,
                    true,
                    &words.say(Message::LaterFailed),
                    None,
                    button("small", &words.say(Message::Retry), wake.reform(|_| ())),
                ) }
            }
            { reading(words, sheet, wish(Wish::Reading)) }
            { page(words, props, &on_wish, &on_choose) }
            if later == Later::Here {
                <Roster props={props.clone()} {revision} />
            }
        </section>
    }
}

/// How far the whole list is read. That it goes on is seen; that it does not, is read out too.
fn reading(words: &Words, sheet: &Sheet, on_wish: Callback<MouseEvent>) -> Html {
    let reading = sheet.read(|leaf| leaf.reading.clone());
    html! {
        <div class="reading">
            <p class="hint" role="status">
                { reading.as_ref().filter(|(_, wish)| *wish != Message::InviteStop).map(|(text, _)| text) }
            </p>
            if let Some((text, wish)) = &reading {
                if *wish == Message::InviteStop { <p class="hint">{ text }</p> }
                { button("small", &words.say(*wish), on_wish) }
            }
        </div>
    }
}

fn failure(words: &Words, props: &Props, retry: Callback<MouseEvent>) -> Html {
    let has_rows = props.sheet.read(|leaf| leaf.slice.is_some());
    let Some(error) = props.known.error().filter(|_| !props.is_busy || has_rows) else {
        return Html::default();
    };
    let what = if has_rows { Message::ListStale } else { Message::ListFailed };
    let again = button("small", &words.say(Message::Retry), retry);
    notice(Tone::Danger, true, &words.say(what), Some(&error_sentence(words, error)), again)
}

fn title(shown: Shown) -> Message {
    match shown {
        Shown::Pending => Message::ListTitle,
        Shown::Attention => Message::ListAttention,
        Shown::Accepted => Message::ListAccepted,
        Shown::Revoked => Message::ListRevoked,
        Shown::All => Message::ListAll,
    }
}

fn page(words: &Words, props: &Props, on_wish: &Callback<Wish>, on_choose: &Callback<Choice>) -> Html {
    let listing = &props.listing;
    props.sheet.read(|leaf| {
        // The rows of another kind are not shown under the heading of this one.
        let slice =
            leaf.slice.as_ref().filter(|_| leaf.listing.as_ref().is_some_and(|of| of.shown == listing.shown));
        let Some(slice) = slice else {
            let is_awaited = props.is_busy || listing.needs_all();
            return if is_awaited {
                skeleton_rows(words, listing.view.size.rows().min(10))
            } else {
                Html::default()
            };
        };
        let is_busy = props.is_busy || leaf.listing.as_ref() != Some(listing);
        if slice.rows.is_empty() && slice.total == 0 {
            return if leaf.is_partial { Html::default() } else { empty(words, listing) };
        }
        let table = Table {
            rows: &slice.rows,
            listing,
            leaf,
            roles: props.roles.as_deref(),
            fresh: &props.fresh,
            is_busy,
            now: clock(),
            on_go: &props.on_go,
            on_wish,
            on_choose,
        };
        let on_page = {
            let listing = listing.clone();
            props.on_go.reform(move |view| Listing { view, ..listing.clone() })
        };
        html! {
            <>
                { invitation_table(words, &table) }
                { pager(words, Message::PagerTitle, slice, is_busy, &on_page) }
            </>
        }
    })
}

fn empty(words: &Words, listing: &Listing) -> Html {
    let (text, hint) = match listing.shown {
        _ if !listing.search.trim().is_empty() => (Message::ListNoMatch, Some(Message::ListNoMatchHint)),
        Shown::Attention => (Message::ListNoAttention, Some(Message::ListNoAttentionHint)),
        Shown::Accepted => (Message::ListNoAccepted, None),
        Shown::Revoked => (Message::ListNoRevoked, None),
        Shown::Pending | Shown::All => (Message::ListEmpty, Some(Message::ListEmptyHint)),
    };
    html! {
        <div class="empty">
            { icon(Icon::Mail) }
            <p>{ line(words, text) }</p>
            if let Some(hint) = hint { <p class="hint">{ line(words, hint) }</p> }
        </div>
    }
}
