//! The viewer may not manage invitations here.

use crate::domain::{ActiveOrganization, Rights};
use crate::i18n::{Message, Words, system_role};
use crate::ui::{Icon, button, fact, icon, line};
use yew::prelude::*;

/// Draws what the viewer lacks: with another try, where only Clerk's last answer says that it is lacking.
pub fn no_right(words: &Words, active: &ActiveOrganization, on_retry: Option<Callback<MouseEvent>>) -> Html {
    let ActiveOrganization { viewer, organization, membership } = active;
    let what = match membership.rights {
        Rights::Read => Message::RightRead,
        Rights::Neither | Rights::Manage => Message::RightNeither,
    };
    let known = system_role(&membership.role).filter(|message| membership.role_name == message.english());
    let role = known.map_or_else(|| membership.role_name.clone(), |message| words.say(message));
    html! {
        <section class="card">
            { icon(Icon::Lock) }
            <h2>{ line(words, Message::RightTitle) }</h2>
            <p>{ line(words, what) }</p>
            <dl class="facts">
                { fact(&words.say(Message::RightViewer), viewer.email.as_ref().unwrap_or(&viewer.name)) }
                { fact(&words.say(Message::RightOrganization), &organization.name) }
                if !role.is_empty() { { fact(&words.say(Message::RightRole), &role) } }
                { fact(&words.say(Message::RightMissing), &words.say(Message::RightManage)) }
            </dl>
            <p class="hint">{ line(words, Message::RightHint) }</p>
            if let Some(on_retry) = on_retry {
                <div class="actions">{ button("", &words.say(Message::Retry), on_retry) }</div>
            }
        </section>
    }
}
