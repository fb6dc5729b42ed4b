//! Draws the requests to join, in the place of the list of invitations.

use crate::domain::{Answer, JoinRequest};
use crate::feedback::{Severity, ids};
use crate::i18n::{Message, Plural, Words, error_sentence};
use crate::requests::model::{Asking, Job, Model, Outcome, Stage};
use crate::requests::update::Msg;
use crate::ui::{Icon, Question, button, clip, day, dialog, icon, leaving_to, line, notice, pager};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How many people a question names.
const NAMED: usize = 3;

/// What the requests are drawn from.
pub struct View<'a> {
    /// The reader's words.
    pub words: &'a Words,
    /// The requests.
    pub model: &'a Model,
    /// The organization's name.
    pub organization: &'a str,
    /// The node of the dialog.
    pub dialog: NodeRef,
    /// Sends a message to the requests.
    pub on: Callback<Msg>,
}

/// Draws the requests.
pub fn requests(view: &View) -> Html {
    html! {
        <>
            { failure(view) }
            { page(view) }
            { selection(view) }
            { question(view) }
        </>
    }
}

fn failure(view: &View) -> Html {
    let words = view.words;
    let Some(error) = view.model.page.known.error().filter(|_| !view.model.page.is_busy()) else {
        return Html::default();
    };
    let retry = leaving_to(ids::LIST, view.on.reform(|_| Msg::ReloadPressed));
    let again = button("small", &words.say(Message::Retry), retry);
    notice(
        Severity::Danger,
        true,
        &words.say(Message::RequestsFailed),
        Some(&error_sentence(words, error)),
        again,
    )
}

fn page(view: &View) -> Html {
    let (words, model) = (view.words, view.model);
    let Some(slice) = model.slice() else {
        return if model.page.is_busy() {
            html! { <p class="hint" role="status">{ line(words, Message::RequestsLoading) }</p> }
        } else {
            Html::default()
        };
    };
    if model.rows().is_empty() {
        return html! {
            <div class="empty">
                { icon(Icon::Mail) }
                <p>{ line(words, Message::RequestsNone) }</p>
                <p class="hint">{ line(words, Message::RequestsNoneHint) }</p>
            </div>
        };
    }
    let on_page = view.on.reform(Msg::PageChosen);
    html! {
        <>
            <table class="table requests" role="table" aria-labelledby={ids::LIST} aria-busy={model.page.is_busy().to_string()}>
                <thead role="rowgroup">
                    <tr role="row">
                        <th class="choose" role="columnheader" scope="col"><label>{ select_page(view) }</label></th>
                        { for [Message::RequestsWho, Message::RequestsSince].into_iter().map(|label| html! {
                            <th role="columnheader" scope="col">{ line(words, label) }</th>
                        }) }
                        <th class="row-actions" role="columnheader" scope="col">
                            <span class="visually-hidden">{ line(words, Message::ListActions) }</span>
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{ for model.rows().iter().map(|request| row(view, request)) }</tbody>
            </table>
            { pager(words, Message::RequestsPager, &slice, model.page.is_busy(), &on_page) }
        </>
    }
}

fn row(view: &View, request: &JoinRequest) -> Html {
    let words = view.words;
    let is_selected = view.model.selected.contains(&request.id);
    let job = view.model.job(&request.id);
    let is_busy = job.is_some_and(|job| !matches!(job.stage, Stage::Done(_)));
    html! {
        <tr
            key={request.id.0.clone()}
            role="row"
            class={is_selected.then_some("chosen")}
            aria-busy={is_busy.then_some("true")}
        >
            <td class="choose" role="cell">
                <label><input
                    type="checkbox"
                    aria-label={words.fill_plain(Message::RequestsSelect, &[("email", &request.email)])}
                    checked={is_selected}
                    disabled={!view.model.can_be_answered(&request.id)}
                    onclick={on_select(view, Some(request))}
                /></label>
            </td>
            <th role="rowheader" scope="row">
                { clip(&request.email) }
                if let Some(name) = &request.name { { " " }<span class="hint">{ clip(name) }</span> }
            </th>
            <td role="cell" data-label={words.say(Message::RequestsSince)}>{ day(words, request.since) }</td>
            <td class="row-actions" role="cell">{ answers(view, request, job) }</td>
        </tr>
    }
}

/// The buttons, or what has become of the answer.
fn answers(view: &View, request: &JoinRequest, job: Option<&Job>) -> Html {
    let words = view.words;
    let said = job.map(|job| match &job.stage {
        Stage::Waiting | Stage::Sending => words.say(Message::RequestsSending),
        Stage::Done(Outcome::Answered) => words.say(match job.answer {
            Answer::Accept => Message::RequestsOutcomeAccepted,
            Answer::Decline => Message::RequestsOutcomeDeclined,
        }),
        Stage::Done(Outcome::Gone) => words.say(Message::RequestsOutcomeGone),
        Stage::Done(Outcome::Failed(error)) => error_sentence(words, error),
        Stage::Done(Outcome::Unknown(_)) => words.say(Message::RequestsOutcomeUnknown),
    });
    html! {
        <>
            if let Some(said) = said { <span class="hint">{ said }</span> }
            if view.model.can_be_answered(&request.id) {
                { for [(Answer::Accept, Message::RequestsAccept, Message::RequestsAcceptOf),
                       (Answer::Decline, Message::RequestsDecline, Message::RequestsDeclineOf)]
                    .into_iter().map(|(answer, label, of)| {
                        let id = request.id.clone();
                        html! {
                            <button
                                class="button small"
                                type="button"
                                aria-label={words.fill_plain(of, &[("email", &request.email)])}
                                onclick={view.on.reform(move |_| Msg::Pressed(answer, id.clone()))}
                            >
                                { line(words, label) }
                            </button>
                        }
                    })
                }
            }
        </>
    }
}

fn select_page(view: &View) -> Html {
    let rows = view.model.rows();
    let selected = rows.iter().filter(|row| view.model.selected.contains(&row.id)).count();
    let is_whole = selected > 0 && selected == rows.len();
    html! {
        <input
            type="checkbox"
            aria-label={view.words.say(Message::SelectPage)}
            checked={is_whole}
            ~indeterminate={selected > 0 && !is_whole}
            onclick={on_select(view, None)}
        />
    }
}

fn on_select(view: &View, request: Option<&JoinRequest>) -> Callback<MouseEvent> {
    let id = request.map(|request| request.id.clone());
    view.on.reform(move |event: MouseEvent| {
        let is_selected = event.target_dyn_into::<HtmlInputElement>().is_some_and(|field| field.checked());
        Msg::Selected(id.clone(), is_selected)
    })
}

/// What can be done with the selected requests.
fn selection(view: &View) -> Html {
    let words = view.words;
    let count = view.model.answerable().len() as u64;
    let act = |plural, answer| {
        button("small", &words.count(plural, count), view.on.reform(move |_| Msg::SelectedPressed(answer)))
    };
    // The line is always there: a live region that arrives together with its text is not read out.
    html! {
        <div class={classes!((count > 0).then_some("selection"))}>
            <p role="status">{ for (count > 0).then(|| words.count(Plural::Selected, count)) }</p>
            if count > 0 {
                <div class="actions">
                    { act(Plural::RequestsAccept, Answer::Accept) }
                    { act(Plural::RequestsDecline, Answer::Decline) }
                </div>
            }
        </div>
    }
}

fn question(view: &View) -> Html {
    let words = view.words;
    let question = view.model.asking.as_ref().map(|Asking { answer, requests }| {
        let count = requests.len() as u64;
        let (heading, text, plural, class) = match answer {
            Answer::Accept => {
                (Message::RequestsAcceptTitle, Message::RequestsAcceptText, Plural::RequestsAccept, "primary")
            }
            Answer::Decline => {
                (Message::RequestsDeclineTitle, Message::RequestsDeclineText, Plural::RequestsDecline, "danger")
            }
        };
        Question {
            heading,
            text: html! {
                <>
                    <ul class="named">
                        { for requests.iter().take(NAMED).map(|request| html! { <li>{ clip(&request.email) }</li> }) }
                        if requests.len() > NAMED {
                            <li>{ words.count(Plural::AndMore, count.saturating_sub(NAMED as u64)) }</li>
                        }
                    </ul>
                    <p class="hint">{ words.fill(text, &[("organization", view.organization)]) }</p>
                </>
            },
            keep: Message::RequestsKeep,
            confirm: Some(words.count(plural, count)),
            class,
        }
    });
    let (on_confirm, on_keep) = (view.on.reform(|_| Msg::Confirmed), view.on.reform(|()| Msg::Dismissed));
    dialog(words, view.dialog.clone(), question, on_confirm, on_keep)
}
