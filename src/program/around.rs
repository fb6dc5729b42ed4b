//! Draws what stands around a page of the list, and the requests to join. Fetched later.

use crate::i18n::Message;
use crate::list::view::{Around, FurtherTab, Instead, View};
use crate::program::messages::Msg;
use crate::program::model::{Model, Workspace};
use crate::program::panels::on;
use crate::program::store::Program;
use crate::route::requests_address;
use crate::{list, requests};
use yew::prelude::*;

/// Draws what stands around a page of the list; where people may ask to join, with a tab for them. Behind it the requests
/// stand in the place of the list.
pub fn around(program: &Program, model: &Model, workspace: &Workspace, view: &View) -> Around {
    let Some(asked) = workspace.requests.as_ref() else { return list::view::around(view) };
    let is_current = model.address.wants_requests();
    let tab = FurtherTab {
        label: Message::RequestsTab,
        count: asked.waiting(),
        address: requests_address(program.mount()),
        is_current,
    };
    let tab = list::view::further_tab(view, tab);
    if !is_current {
        let around = list::view::around(view);
        return Around { further: html! { <>{ tab }{ around.further }</> }, ..around };
    }
    let further = html! { <>{ tab }{ list::view::in_view(String::new()) }</> };
    let content = requests::view::requests(&requests::view::View {
        words: &model.words,
        model: asked,
        organization: &workspace.active.organization.name,
        dialog: view.dialog.clone(),
        on: on(program, &workspace.scope, Msg::Requests),
    });
    let instead = Instead { title: Message::RequestsTitle, content };
    Around {
        further,
        on_tab_key: Some(list::view::tab_keys(view)),
        instead: Some(instead),
        ..Around::default()
    }
}
