//! Draws what stands beside the content of a cell: who has joined and after how many days, and when somebody was invited again.
//! Fetched when the admin is about to do something with the list.

use crate::browser::{DateStyle, date};
use crate::domain::{Column, Invitation, StatusFilter};
use crate::i18n::{Message, Plural};
use crate::list::view::View;
use yew::prelude::*;

/// Draws it, each part with the column that it belongs to.
pub fn beside(view: &View, invitation: &Invitation) -> Vec<(Column, Html)> {
    let parts = [
        (Column::Email, name(view, invitation)),
        (Column::Changed, after(view, invitation)),
        (Column::Status, renewed(view, invitation)),
    ];
    let draw = |(column, said): (Column, Option<String>)| {
        let said = said?;
        Some((column, html! { <>{ " " }<span class="hint" title={said.clone()}>{ said }</span></> }))
    };
    parts.into_iter().filter_map(draw).collect()
}

/// The name of who has joined, once Clerk has told the members.
fn name(view: &View, invitation: &Invitation) -> Option<String> {
    let members = view.model.actions.members.as_ref().filter(|_| invitation.status.is_accepted())?;
    let member = members.people.iter().find(|member| member.email_key == invitation.email_key)?;
    (!member.name.is_empty()).then(|| member.name.clone())
}

/// After how many days a person has joined.
fn after(view: &View, invitation: &Invitation) -> Option<String> {
    let days = invitation.days_to_join().filter(|_| view.model.query.filter == StatusFilter::Accepted)?;
    Some(match days {
        0 => view.words.say(Message::JoinedSameDay),
        days => view.words.count(Plural::JoinedAfter, days),
    })
}

/// When the person of an expired invitation was invited again.
fn renewed(view: &View, invitation: &Invitation) -> Option<String> {
    let counts = view.model.counts.known.value()?;
    let (_, again) = counts.renewed.iter().find(|(id, _)| *id == invitation.id)?;
    let day = date(&view.words.locale, *again, DateStyle::Day)?;
    Some(view.words.fill_plain(Message::ListRenewed, &[("date", &day)]))
}
