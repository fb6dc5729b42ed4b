//! What people see in place of Clerk's words, as the list has it now.

use crate::i18n::status_name;
use crate::list::messages::Context;
use crate::list::model::Model;
use crate::list::search::Vocabulary;

/// Lends what people see in place of Clerk's words.
pub fn with_vocabulary<T>(model: &Model, context: &Context, look: impl FnOnce(&Vocabulary) -> T) -> T {
    let (dismissed, shows_dismissed) = (&model.actions.dismissed, model.actions.shows_dismissed);
    look(&Vocabulary {
        roles: context.roles,
        statuses: &|status| status_name(context.words, status),
        lowercase: context.lowercase,
        now: context.today,
        is_member: &|key| context.people.is_member(key),
        is_dismissed: &|id| !shows_dismissed && dismissed.has(id),
    })
}
