//! What is said when the viewer is still in the organization that they wanted to leave.

use crate::domain::Error;
use crate::feedback::{Severity, Toast};
use crate::i18n::{Message, error_sentence};
use crate::program::messages::Effect;
use crate::program::model::Model;

/// Says why. Only beside the list: elsewhere the page has asked for the other organization itself, and says so there.
pub fn tell(model: &mut Model, error: &Error) -> Vec<Effect> {
    if model.address.is_list {
        let reason = error_sentence(&model.words, error);
        let said = model.words.fill(Message::SwitchFailed, &[("reason", &reason)]);
        model.tell(Some(Toast::new(Severity::Danger, said)));
    }
    vec![]
}
