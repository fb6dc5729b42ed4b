//! What has happened while nobody looked.

use super::{Acts, NAMED};
use crate::components::{role_name, status_name};
use crate::domain::sending::MOST_ROWS;
use crate::domain::{Invitation, InvitationId, Invitations};
use crate::hooks::{News, Offer, RowState, Said, Tone};
use crate::i18n::{Message, Plural};
use std::rc::Rc;
use yew::platform::spawn_local;

/// Pages of the whole list that are looked through for what became of somebody.
const PAGES_FOR_NEWS: u32 = 4;

impl Acts {
    /// Tells once what a quiet look has found: of those that are gone, what became of them.
    pub(super) fn tell_news(self: &Rc<Self>) {
        let mut news = None;
        self.props.sheet.note(|leaf| {
            if let Some(untold) = leaf.news.as_mut().filter(|news| !news.is_told) {
                untold.is_told = true;
                news = Some(untold.clone());
            }
        });
        let Some(news) = news else { return };
        let acts = self.clone();
        spawn_local(async move {
            let found = if news.gone.is_empty() { vec![] } else { acts.look_for(&news.gone).await };
            acts.told(&news, &found);
        });
    }

    async fn look_for(&self, gone: &[InvitationId]) -> Vec<Invitation> {
        let mut found = vec![];
        for page in 1..=PAGES_FOR_NEWS {
            let Ok((rows, _)) = self.props.service.list(&[], page, MOST_ROWS).await else {
                break;
            };
            let is_last = rows.is_empty();
            found.extend(rows.into_iter().filter(|row| gone.contains(&row.id)));
            if is_last || found.len() == gone.len() {
                break;
            }
        }
        found
    }

    fn told(&self, news: &News, found: &[Invitation]) {
        let is_here = self.here.get().is_some()
            && self.props.sheet.read(|leaf| leaf.listing.as_ref() == Some(&self.props.listing));
        // Somebody looks at something else by now: at another part of the list, or at another organization.
        if !is_here {
            return;
        }
        let words = self.words();
        let statuses = self.props.listing.shown.statuses();
        let mut named = vec![];
        let mut count = 0u64;
        self.props.sheet.change(|leaf| {
            let Some(slice) = &mut leaf.slice else { return };
            let is_news = |(id, state): &(InvitationId, RowState)| {
                matches!(state, RowState::News(_)).then(|| id.clone())
            };
            let told: Vec<_> = leaf.states.iter().filter_map(is_news).collect();
            let mut marks = vec![];
            for row in &mut slice.rows {
                let now = found.iter().find(|now| now.id == row.id);
                // Others have pushed it to another page, no more.
                let is_elsewhere = |now: &&Invitation| statuses.is_empty() || statuses.contains(&now.status);
                if now.filter(is_elsewhere).is_some() {
                    continue;
                }
                if told.contains(&row.id) && !news.changed.contains(&row.id) {
                    continue;
                }
                if let Some(now) = now {
                    *row = now.clone();
                } else if !news.changed.contains(&row.id) {
                    continue;
                }
                let status = match now {
                    // Of those that are of one status only the role can be another.
                    None if statuses.len() == 1 => role_name(self.roles(), row),
                    _ => status_name(words, &row.status),
                };
                count += 1;
                if named.len() < NAMED {
                    named.push(words.fill(Message::NewsNamed, &[("email", &row.email), ("status", &status)]));
                }
                marks.push((row.id.clone(), words.fill(Message::NewsOf, &[("status", &status)])));
            }
            marks.into_iter().for_each(|(id, text)| leaf.mark(&id, Some(RowState::News(text))));
        });
        if count > named.len() as u64 {
            named.push(words.count(Plural::AndMore, count - named.len() as u64));
        }
        if news.joined > 0 {
            named.push(words.count(Plural::NewsJoined, news.joined));
        }
        if named.is_empty() {
            return;
        }
        let text = [words.say(Message::NewsTitle), words.list(&named)].join(" ");
        let offer = Offer { label: words.say(Message::NewsShow), accept: self.props.on_reload.clone() };
        self.props.around.say.emit(Some(Said { tone: Tone::Neutral, text, offer: Some(offer) }));
    }
}
